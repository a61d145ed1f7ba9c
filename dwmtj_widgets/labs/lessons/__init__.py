"""The parts of lessons: questions with judged answers, small experiments, measured charts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dwmtj_widgets.labs.lessons.course import Lesson as Lesson
    from dwmtj_widgets.labs.lessons.cut_bench import CutBench as CutBench
    from dwmtj_widgets.labs.lessons.energy_bench import EnergyBench as EnergyBench
    from dwmtj_widgets.labs.lessons.one_neuron import OneNeuron as OneNeuron
    from dwmtj_widgets.labs.lessons.one_wall import OneWall as OneWall
    from dwmtj_widgets.labs.lessons.recall_bench import RecallBench as RecallBench
    from dwmtj_widgets.labs.lessons.small_network import SmallNetwork as SmallNetwork
    from dwmtj_widgets.labs.lessons.tune_bench import TuneBench as TuneBench

_PARTS = {
    "CutBench": "cut_bench",
    "EnergyBench": "energy_bench",
    "Lesson": "course",
    "OneNeuron": "one_neuron",
    "OneWall": "one_wall",
    "RecallBench": "recall_bench",
    "SmallNetwork": "small_network",
    "TuneBench": "tune_bench",
}

__all__ = [
    "CutBench",
    "EnergyBench",
    "Lesson",
    "OneNeuron",
    "OneWall",
    "RecallBench",
    "SmallNetwork",
    "TuneBench",
]


def __getattr__(name: str) -> Any:
    # A lesson imports only its own parts, so that it starts quickly.
    if name in _PARTS:
        return getattr(import_module(f"{__name__}.{_PARTS[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
