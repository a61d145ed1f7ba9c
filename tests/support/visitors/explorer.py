"""An Explorer with a small sweep, and what a person reads of it."""

import re
from types import MappingProxyType

from dwmtj_widgets.explore import Point
from dwmtj_widgets.explore.trials import COLUMNS, measured
from dwmtj_widgets.labs import ExplorerLab
from dwmtj_widgets.sessions.explorer.ranges import Range
from dwmtj_widgets.sessions.trial import Chosen

SMALL = {
    "x": Range("weight", 0.05, 0.15, 3),
    "y": Range("charge_voltage", 0.05, 0.15, 3),
    "trials": 6,
    "fixed": MappingProxyType({"neurons": 9}),
}
PATIENCE = 120.0


def run(lab: ExplorerLab) -> None:
    lab.start()
    lab.work.wait(PATIENCE)
    lab.search.wait(PATIENCE)


def sentence(lab: ExplorerLab) -> str:
    return re.sub("<[^>]*>", "", lab.error.widget.value)


def chosen_of(task: str, values: dict, number: int = 1, seed: int = 5) -> Chosen:
    point = Point(task, values)
    row = measured(point, seed, number)
    assert row is not None
    return Chosen(point, seed, number, dict(zip(COLUMNS, row, strict=True)))
