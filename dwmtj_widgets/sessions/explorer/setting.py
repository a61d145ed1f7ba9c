"""Setting of the Explorer's sweep, and presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any, ClassVar, Final, Self

from dwmtj_widgets.explore import TASKS, Knob, Sweep, defaults_of, knobs_of
from dwmtj_widgets.explore.knobs import MOST_TRIALS, Value
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Setting
from dwmtj_widgets.sessions.explorer.ranges import MOST_ALONE, MOST_VALUES, Range, suggested, sweepable
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.texts import tr

_SEEDS: Final = (0, 2**64 - 1)
_ENDS: Final = (-1e30, 1e30)
"""Limits of a range's ends before its parameter is known."""
_LONGEST_WORD: Final = 1000


@dataclass(frozen=True)
class ExplorerSetting(Setting):
    """Setting of a sweep, checked when the sweep is made. SI units."""

    lab: ClassVar[str] = "explorer"

    task: str = "random_recall"
    x: Range = Range("weight", 0.02, 0.16, 8)  # noqa: RUF009 - frozen, so it may be shared
    y: Range | None = Range("charge_voltage", 0.02, 0.16, 8)  # noqa: RUF009 - frozen, so it may be shared
    trials: int = 30
    """Trials of each point."""
    seed: int = 0
    fixed: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({"neurons": 30}))
    """Fixed settings that differ from the defaults."""

    @property
    def defaults(self) -> dict[str, Value]:
        """Default settings of the present preset."""
        return defaults_of(self.task, str(self.fixed.get("preset", "table1")))

    def sweep(self) -> Sweep:
        """Return the sweep of this setting.

        Raises
        ------
        Refused
            If a setting is illegal; the sentence says which and what is legal.
        """
        if self.y is not None and self.y.name == self.x.name:
            msg = tr("Both axes are {name}; choose another parameter for one of them, or none.")
            raise Refused(msg.format(name=self.x.name))
        most = MOST_ALONE if self.y is None else MOST_VALUES
        parameters = {
            axis.name: axis.values(self.task, most) for axis in (self.x, self.y) if axis is not None
        }
        fixed = {name: value for name, value in self.fixed.items() if name not in parameters}
        return Sweep(self.task, parameters, self.trials, self.seed, fixed)

    def changed(self, **changes: Any) -> ExplorerSetting:
        """Return a changed setting without those that another task does not have."""
        new = replace(self, **changes)
        if new.task == self.task:
            return new
        known = knobs_of(new.task)
        fixed = {name: value for name, value in new.fixed.items() if name in known}
        x = new.x if new.x.name in known else suggested(new.task, "weight")
        y = new.y
        if y is not None and y.name not in known:
            y = suggested(new.task, "charge_voltage" if x.name == "weight" else "weight")
        return replace(new, fixed=MappingProxyType(fixed), x=x, y=y)

    def fields(self) -> dict[str, Any]:
        """Return the setting as fields to share.

        Raises
        ------
        Refused
            If the setting is illegal.
        """
        self.sweep()
        upright = {} if self.y is None else {"y": asdict(self.y)}
        return {
            "task": self.task,
            "x": asdict(self.x),
            **upright,
            "trials": self.trials,
            "seed": self.seed,
            "fixed": dict(self.fixed),
        }

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Return a legal shared setting.

        Raises
        ------
        Refused
            If a field is missing or not legal.
        """
        task = fields.choice("task", TASKS)
        table = fields.table("fixed")
        fixed = {name: _value(table, knob) for name, knob in knobs_of(task).items() if name in table}
        table.close()
        setting = cls(
            task=task,
            x=_range(fields.table("x"), task),
            y=_range(fields.table("y"), task) if "y" in fields else None,
            trials=fields.whole("trials", 1, MOST_TRIALS),
            seed=fields.whole("seed", *_SEEDS),
            fixed=MappingProxyType(fixed),
        )
        fields.close()
        setting.sweep()
        return setting


PRESETS: Final[Mapping[str, ExplorerSetting]] = MappingProxyType(
    {
        "W × V_C map": ExplorerSetting(),
        "Figure 8": ExplorerSetting(
            x=Range("weight", 0.02, 0.24, 12), y=None, trials=400, fixed=MappingProxyType({"neurons": 60})
        ),
    }
)


def _range(table: Fields, task: str) -> Range:
    found = Range(
        table.choice("name", [knob.name for knob in sweepable(task)]),
        table.number("low", *_ENDS),
        table.number("high", *_ENDS),
        table.whole("count", 1, MOST_ALONE),
        table.truth("log"),
    )
    table.close()
    return found


def _value(table: Fields, knob: Knob) -> Value:
    if knob.is_text:
        return knob.checked(table.text(knob.name, _LONGEST_WORD))
    return knob.checked(table.number(knob.name, knob.low, knob.high, knob.unit))
