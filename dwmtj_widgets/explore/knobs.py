"""The settings of each task, all of which can be swept: names, units, legal ranges, defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from dwmtj_widgets.hopfield import published, validation
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.learning import RULES
from dwmtj_widgets.hopfield.variation import DISTRIBUTIONS, STUCK_PLACES, Variation
from dwmtj_widgets.parameters import translatable
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.graphs import LARGEST_GRAPH
from dwmtj_widgets.tasks.maxcut import ASYMMETRY
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, symbol
from dwmtj_widgets.tasks.recall import PRESET_NAMES
from dwmtj_widgets.validation import known_names, short

Value: TypeAlias = float | int | str
"""Value of one setting, in SI units."""

TASKS: Final = ("random_recall", "image_recall", "max_cut")
SPREADS: Final = ("track_length", "tmr", "r_parallel", "leak", "mobility")
"""Device parameters that `spread` varies together and `spread_...` one by one."""
MOST_TRIALS: Final = 1_000_000


@dataclass(frozen=True)
class Knob:
    """One setting of a task."""

    name: str
    label: str
    unit: str
    """A key of `units.DISPLAY_UNITS`."""
    default: Value | None
    """Table I default; None if unset is distinct."""
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    choices: tuple[str, ...] = ()
    """Legal words; a number has none."""
    words: str = ""
    """Description of legal words that are no list of choices."""

    @property
    def is_text(self) -> bool:
        """Whether the value is a word."""
        return bool(self.choices or self.words)

    def checked(self, value: Any) -> Value:
        """Return the validated value."""
        if self.is_text:
            if not isinstance(value, str):
                legal = self.words or f"one of {', '.join(self.choices)}"
                msg = f"{self.name} is {short(value)}; it must be {legal}."
                raise Refused(msg)
            return validation.one_of(value, self.name, self.choices) if self.choices else _memories(value)
        number = validation.within(value, self.name, self.low, self.high, self.unit)
        if not self.whole:
            return number + 0.0  # turns -0.0 into 0.0
        if not number.is_integer():
            msg = f"{self.name} is {number:g}; it must be a whole number."
            raise Refused(msg)
        return int(number)


def _memories(text: str) -> str:
    names = [part.strip() for part in text.split(",")]
    for name in names:
        symbol(name)
    return ",".join(names)


def _number(name: str, label: str, unit: str, default: float | None, low: float, high: float) -> Knob:
    return Knob(name, label, unit, default, low, high)


def _count(name: str, label: str, default: int, low: int, high: int) -> Knob:
    return Knob(name, label, "1", default, low, high, whole=True)


def _word(name: str, label: str, default: str, choices: tuple[str, ...]) -> Knob:
    return Knob(name, label, "", default, choices=choices)


def _common() -> list[Knob]:
    return [
        _number("weight", translatable("Synaptic weight W"), "V", 0.1, 1e-6, validation.LARGEST_VOLTAGE),
        _number(
            "charge_voltage",
            translatable("Charge voltage V_C"),
            "V",
            0.1,
            validation.LOAD_TIMES[-1][0],
            validation.LARGEST_VOLTAGE,
        ),
        _number("load_time", translatable("Time of loading"), "s", None, 1e-12, 1e-3),
        _word("preset", translatable("Preset of device and start"), "table1", PRESET_NAMES),
        _word("soma_start", translatable("Somas at time 0"), "off", ("off", "pattern")),
        _word("integrator", translatable("Integrator"), "events", ("events", "euler")),
        _number("time_step", translatable("Step of the Euler integrator"), "s", 1e-12, 1e-15, 1e-10),
        _number("min_time", translatable("Earliest end of a run"), "s", 0.0, 0.0, 1e-3),
        _number("max_time", translatable("When a run is given up"), "s", 3e-6, 3e-8, 1e-3),
    ]


def _recall() -> list[Knob]:
    return [
        _word("rule", translatable("Learning rule"), "hebb", tuple(RULES)),
        _number("distortion", translatable("Bits that are flipped"), "%", 0.2, 0.0, 1.0),
    ]


_OWN: Final[Mapping[str, list[Knob]]] = {
    "random_recall": [
        _count("neurons", translatable("Neurons N"), 60, 3, 2000),
        _count("patterns", translatable("Stored patterns P"), 1, 1, 2000),
        _word("cue", translatable("What is loaded"), "random", ("random", "distorted")),
        *_recall(),
    ],
    "image_recall": [
        Knob(
            "memories",
            translatable("Stored symbols"),
            "",
            ",".join(DEFAULT_MEMORIES),
            words="names of symbols with commas between",
        ),
        _word(
            "flip",
            translatable("Bits that are flipped: the distortion, or by a coin the rest"),
            "few",
            ("few", "either"),
        ),
        *_recall(),
    ],
    "max_cut": [
        _count("neurons", translatable("Nodes N"), 60, 3, LARGEST_GRAPH),
        _number("density", translatable("Edges, of all pairs"), "%", 0.5, 0.0, 1.0),
        _number(
            "asymmetry", translatable("Weight of an edge over another pair's"), "1", ASYMMETRY, 0.0, 100.0
        ),
        _word("mapping", translatable("Network of a graph"), "paper", ("paper", "balanced")),
        _word("start", translatable("Division that is loaded"), "off", ("off", "random")),
        _word("reference", translatable("What a cut is measured by"), "best", ("best", "total")),
    ],
}


def _variation() -> list[Knob]:
    low, high = Variation.controls()["tmr"].metadata["legal"]
    knobs = [_number("spread", translatable("Spread of all device parameters"), "%", None, low, high)]
    for name, entry in Variation.controls().items():
        low, high = entry.metadata["legal"]
        full_name = f"spread_{name}" if name in SPREADS else name
        label, unit = entry.metadata["label"], entry.metadata["unit"]
        knobs.append(Knob(full_name, label, unit, None, low, high, whole=name == "levels"))
    return [
        *knobs,
        _word("distribution", translatable("Distribution of the spreads"), "normal", DISTRIBUTIONS),
        _word("stuck_at", translatable("Where stuck walls are"), "either", STUCK_PLACES),
    ]


def _device() -> list[Knob]:
    table_one = asdict(Device())
    return [
        Knob(
            entry.name,
            entry.metadata["label"],
            entry.metadata["unit"],
            table_one[entry.name],
            *entry.metadata["legal"],
        )
        for entry in fields(Device)
    ]


@cache
def knobs_of(task: str) -> Mapping[str, Knob]:
    """Return the settings of a task by name: its own, drive and run, device, variation.

    Raises
    ------
    Refused
        If there is no such task.
    """
    validation.one_of(task, "task", TASKS)
    return MappingProxyType(
        {knob.name: knob for knob in [*_OWN[task], *_common(), *_device(), *_variation()]}
    )


def knob_of(task: str, name: str) -> Knob:
    """Return one setting of a task.

    Raises
    ------
    Refused
        If there is no such task, or it has no such setting.
    """
    knobs = knobs_of(task)
    if name not in knobs:
        known = known_names(name, knobs, "dwmtj sweep --help")
        msg = f"There is nothing named {short(name)} to set in {task}; {known}."
        raise Refused(msg)
    return knobs[name]


def defaults_of(task: str, preset: str = "table1") -> dict[str, Value]:
    """Return the defaults of a task's settings; settings without a default are left out.

    ``"published"`` is the released simulator's device, somas that start at the pattern, and its earliest end of a run
    (physics.md A6); images are loaded with V_C = 0.25 V, and a coin decides whether the distortion or its complement is
    flipped. Unlike the release it uses the event integrator.
    """
    values = {knob.name: knob.default for knob in knobs_of(task).values() if knob.default is not None}
    if validation.one_of(preset, "preset", PRESET_NAMES) == "published":
        values |= asdict(Device.published()) | {"preset": preset, "soma_start": published.SOMA_START}
        values["min_time"] = published.MIN_TIME
        if task == "image_recall":
            values |= {
                "min_time": published.IMAGE_MIN_TIME,
                "charge_voltage": published.IMAGE_CHARGE_VOLTAGE,
                "flip": "either",
            }
    return values
