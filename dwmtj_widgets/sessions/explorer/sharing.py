"""The setting of the Explorer as fields to share."""

from __future__ import annotations

from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Final

from dwmtj_widgets.explore import TASKS, knobs_of
from dwmtj_widgets.explore.knobs import MOST_TRIALS, Knob, Value
from dwmtj_widgets.sessions.explorer.ranges import MOST_ALONE, Range, Settings, sweepable
from dwmtj_widgets.sessions.snapshot import Fields

_SEEDS: Final = (0, 2**64 - 1)
_ENDS: Final = (-1e30, 1e30)
"""Ends of a range before its parameter says what is legal."""
_LONGEST_WORD: Final = 1000


def explorer_setting(settings: Settings) -> dict[str, Any]:
    """Return what the Explorer was set to.

    Raises
    ------
    Refused
        If no sweep can be made of it.
    """
    settings.sweep()
    upright = {} if settings.y is None else {"y": asdict(settings.y)}
    return {
        "task": settings.task,
        "x": asdict(settings.x),
        **upright,
        "trials": settings.trials,
        "seed": settings.seed,
        "fixed": dict(settings.fixed),
    }


def read_explorer(fields: Fields) -> Settings:
    """Take the settings that were shared, of which a sweep can be made.

    Raises
    ------
    Refused
        If a field is missing or not legal.
    """
    task = fields.choice("task", TASKS)
    table = fields.table("fixed")
    fixed = {name: _value(table, knob) for name, knob in knobs_of(task).items() if name in table}
    table.close()
    settings = Settings(
        task=task,
        x=_range(fields.table("x"), task),
        y=_range(fields.table("y"), task) if "y" in fields else None,
        trials=fields.whole("trials", 1, MOST_TRIALS),
        seed=fields.whole("seed", *_SEEDS),
        fixed=MappingProxyType(fixed),
    )
    settings.sweep()
    return settings


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
