"""Parameters of the Explorer in groups, and their default ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from dwmtj_widgets.explore import Knob, knobs_of, linear, logarithmic
from dwmtj_widgets.explore.knobs import Value
from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.hopfield.variation import Variation
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.explorer.labels import GROUP_NAMES, name_of
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, quantity
from dwmtj_widgets.validation import whole

TASK_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"random_recall": tr("Random recall"), "image_recall": tr("Image recall"), "max_cut": tr("Max-cut")}
)
GROUPS: Final = tuple(GROUP_NAMES)
MOST_VALUES: Final = 40
"""Most values of each of two parameters; the page draws and reads all cells at once."""
MOST_ALONE: Final = 120
"""Most values of one parameter alone."""

_DRIVE: Final = (
    "weight",
    "charge_voltage",
    "load_time",
    "preset",
    "soma_start",
    "integrator",
    "time_step",
    "min_time",
    "max_time",
)
_VARIATION: Final = ("spread", "distribution", "stuck_at")
_SYMBOLS: Final[Mapping[str, str]] = MappingProxyType(
    {"weight": "W", "charge_voltage": "V_C", "neurons": "N", "patterns": "P"}
)
_RANGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "weight": (0.02, 0.16),
        "charge_voltage": (0.02, 0.16),
        "load_time": (5e-9, 40e-9),
        "time_step": (1e-13, 1e-11),
        "min_time": (0.0, 60e-9),
        "max_time": (50e-9, 3e-6),
        "neurons": (10, 60),
        "patterns": (1, 8),
        "distortion": (0.0, 0.5),
        "density": (0.1, 1.0),
        "asymmetry": (0.9, 1.5),
        "spread": (0.0, 0.1),
    }
)


def group_of(name: str) -> str:
    """Return the group of a setting, one of `GROUPS`."""
    if name in _DRIVE:
        return "Drive"
    if name in Device.__dataclass_fields__:
        return "Device"
    varies = name in _VARIATION or name.startswith("spread_") or name in Variation.controls()
    return "Variation" if varies else "Task"


def symbol_of(knob: Knob) -> str:
    """Return the short name of a setting."""
    entry = Device.controls().get(knob.name)
    return _SYMBOLS.get(knob.name) or (entry.metadata["symbol"] if entry else knob.name.replace("_", " "))


def label_of(knob: Knob) -> str:
    """Return the name of an axis, with its unit."""
    unit = DISPLAY_UNITS[knob.unit].symbol
    return f"{name_of(knob)}, {unit}" if unit else name_of(knob)


def sweepable(task: str) -> list[Knob]:
    """Return the parameters of a task by group, without lists of words and settings for the engine."""
    known = Device.controls()
    knobs = [
        knob
        for knob in knobs_of(task).values()
        if not knob.words and not (group_of(knob.name) == "Device" and knob.name not in known)
    ]
    return sorted(knobs, key=lambda knob: GROUPS.index(group_of(knob.name)))


def offered(knobs: Sequence[Knob]) -> list[tuple[str, str]]:
    """Return settings as options of a list: label and name."""
    return [(f"{GROUP_NAMES[group_of(knob.name)]} · {label_of(knob)}", knob.name) for knob in knobs]


def value_text(knob: Knob, value: Value) -> str:
    """Return the value of a setting as text."""
    return str(value) if isinstance(value, str) else quantity(float(value), knob.unit)


@dataclass(frozen=True)
class Range:
    """One parameter and its values: from `low` to `high` in SI units, or all words of a choice."""

    name: str
    low: float = 0.0
    high: float = 1.0
    count: int = 8
    log: bool = False

    def values(self, task: str, most: int) -> tuple[Value, ...]:
        """Return the values.

        Raises
        ------
        Refused
            If they are no valid range.
        """
        knob = knobs_of(task)[self.name]
        if knob.choices:
            return knob.choices
        count = whole(self.count, f"number of values of {self.name}", 2, most)
        if not self.low < self.high:
            low, high = (quantity(end, knob.unit) for end in (self.low, self.high))
            msg = tr("The range of {name} goes from {low} to {high}; its first value must be the lower one.")
            raise Refused(msg.format(name=self.name, low=low, high=high))
        values = (logarithmic if self.log else linear)(self.low, self.high, count)
        return tuple(dict.fromkeys(round(v) for v in values)) if knob.whole else values

    def finer(self, most: int) -> Range:
        """Return the range with a value added between each two, if there is room."""
        return replace(self, count=min(2 * self.count - 1, most))


def suggested(task: str, name: str, count: int = 8) -> Range:
    """Return an instructive range of a parameter."""
    knob = knobs_of(task)[name]
    if knob.choices:
        return Range(name, count=len(knob.choices))
    if name in _RANGES:
        low, high = _RANGES[name]
    else:
        entry = Device.controls().get(name) or Variation.controls()[name.removeprefix("spread_")]
        low, high = entry.metadata["slider"][:2]
    return Range(
        name, low, high, min(count, round(high - low) + 1) if knob.whole else _round_count(high - low)
    )


def _round_count(length: float) -> int:
    """Return a number of values, about 8, with a round step."""
    return min(
        range(6, 13), key=lambda n: (len(f"{length / (n - 1):.6e}".split("e")[0].rstrip("0")), abs(n - 8))
    )
