"""Cost of a sweep: seconds per trial on this computer, learnt from sweeps, and a budget on shared computers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from dwmtj_widgets.explore import Point
from dwmtj_widgets.explore.trials import measured
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.texts import tr

_SAMPLE: Final = 8
"""Trials for a first estimate of a trial's cost on this computer."""
_FIRST: Final = Point("random_recall", {"neurons": 30})


@dataclass(frozen=True)
class Budget:
    """Limits of one sweep on a shared computer."""

    recalls: int = 20_000
    seconds: float = 120.0

    def is_spent(self, recalls: int, seconds: float) -> bool:
        """Return whether a sweep with these recalls and seconds has used up its budget."""
        return recalls >= self.recalls or seconds >= self.seconds

    def check(self, recalls: int, seconds: float) -> None:
        """Refuse to continue a sweep that has used up its budget.

        Raises
        ------
        Refused
            If the budget is used up.
        """
        if self.is_spent(recalls, seconds):
            msg = tr(
                "This sweep has had its {recalls} recalls or {minutes} minutes, which is what this public Binder "
                "gives to one; on your own computer nothing bounds it."
            )
            raise Refused(msg.format(recalls=f"{self.recalls:,}", minutes=f"{self.seconds / 60:g}"))


BINDER: Final = ("BINDER_LAUNCH_HOST", "BINDER_REQUEST", "BINDER_SERVICE_HOST")
"""Variables that identify a session on Binder: two of BinderHub, and one of its Kubernetes service."""


def budget_here(environment: Mapping[str, str] = os.environ) -> Budget | None:
    """Return the budget of a sweep on this computer, None if there is no limit."""
    return Budget() if any(name in environment for name in BINDER) else None


class Pace:
    """Speed of trials on this computer: from a few trials at first, then from all sweeps.

    The first trials also load the compiled kernels, so that the first map need not wait for them.
    """

    def __init__(self) -> None:
        measured(_FIRST, 0, 0)
        start = perf_counter()
        for number in range(_SAMPLE):
            measured(_FIRST, 0, number)
        self._first = (perf_counter() - start) / (_SAMPLE * _work_of(_FIRST))
        self._known: dict[object, float] = {}

    def seconds(self, wanted: Iterable[tuple[Point, int]]) -> float:
        """Return the estimated time of this many trials of each point."""
        cores, total = os.cpu_count() or 1, 0.0
        for point, trials in wanted:
            # Short trials are mostly Python, of which only one thread runs at a time.
            first = self._first / (cores if point.every_device else 1)
            total += trials * _work_of(point) * self._known.get(_kind_of(point), first)
        return total

    def learn(self, made: Iterable[tuple[Point, int]], seconds: float) -> None:
        """Record the time of trials of points of one kind."""
        rows = [(point, trials) for point, trials in made if trials > 0]
        if sum(trials for _point, trials in rows) >= _SAMPLE:
            self._known[_kind_of(rows[0][0])] = seconds / sum(n * _work_of(point) for point, n in rows)


def _kind_of(point: Point) -> object:
    """Key of trials that share a cost model."""
    return point.task, point.every_device, point.settings["integrator"]


def _work_of(point: Point) -> float:
    """Return the estimated time of a trial relative to one of ten neurons (fitted on one computer)."""
    size = point.size
    if point.task == "max_cut":
        return 15.0 + 1.0 * size
    if point.every_device:
        return 1.6 * size + 0.03 * size**2
    return (0.65 + 0.012 * size) / 0.77 * (100.0 if point.settings["integrator"] == "euler" else 1.0)
