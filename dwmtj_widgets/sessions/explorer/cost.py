"""What a sweep costs: seconds a trial on this computer, learned as sweeps are made, and a budget where it is shared."""

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
"""Trials by which the cost of a trial on this computer is judged."""
_FIRST: Final = Point("random_recall", {"neurons": 30})


@dataclass(frozen=True)
class Budget:
    """What one sweep may cost where many people share a computer."""

    recalls: int = 20_000
    seconds: float = 120.0

    def is_spent(self, recalls: int, seconds: float) -> bool:
        """Return whether a sweep that took so many recalls and seconds has had its share."""
        return recalls >= self.recalls or seconds >= self.seconds

    def check(self, recalls: int, seconds: float) -> None:
        """Refuse to go on with a sweep that took so many recalls and seconds, if it has had its share.

        Raises
        ------
        Refused
            If it has.
        """
        if self.is_spent(recalls, seconds):
            msg = tr(
                "This sweep has had its {recalls} recalls or {minutes} minutes, which is what this public Binder "
                "gives to one; on your own computer nothing bounds it."
            )
            raise Refused(msg.format(recalls=f"{self.recalls:,}", minutes=f"{self.seconds / 60:g}"))


BINDER: Final = ("BINDER_LAUNCH_HOST", "BINDER_REQUEST", "BINDER_SERVICE_HOST")
"""Variables by which a session on Binder is known: two that BinderHub sets, and one of its Kubernetes service."""


def budget_here(environment: Mapping[str, str] = os.environ) -> Budget | None:
    """Return the budget of a sweep on this computer, None if it has no bounds."""
    return Budget() if any(name in environment for name in BINDER) else None


class Pace:
    """How fast trials go on this computer: by a few at first, then by the sweeps that were made.

    Making the first few also loads compiled kernels, so that the first map need not wait for them.
    """

    def __init__(self) -> None:
        measured(_FIRST, 0, 0)
        start = perf_counter()
        for number in range(_SAMPLE):
            measured(_FIRST, 0, number)
        self._first = (perf_counter() - start) / (_SAMPLE * _work_of(_FIRST))
        self._known: dict[object, float] = {}

    def seconds(self, wanted: Iterable[tuple[Point, int]]) -> float:
        """Return about how long so many trials of each of some points take."""
        cores, total = os.cpu_count() or 1, 0.0
        for point, trials in wanted:
            # Of what is short most is Python, of which one thread runs at a time.
            first = self._first / (cores if point.every_device else 1)
            total += trials * _work_of(point) * self._known.get(_kind_of(point), first)
        return total

    def learn(self, made: Iterable[tuple[Point, int]], seconds: float) -> None:
        """Take note of how long so many trials of points of one kind took."""
        rows = [(point, trials) for point, trials in made if trials > 0]
        if sum(trials for _point, trials in rows) >= _SAMPLE:
            self._known[_kind_of(rows[0][0])] = seconds / sum(n * _work_of(point) for point, n in rows)


def _kind_of(point: Point) -> object:
    """Return what trials have in common whose cost grows with the size alike."""
    return point.task, point.every_device, point.settings["integrator"]


def _work_of(point: Point) -> float:
    """Return about how long a trial takes, in units of one of ten neurons (fitted on one computer)."""
    size = point.size
    if point.task == "max_cut":
        return 15.0 + 1.0 * size
    if point.every_device:
        return 1.6 * size + 0.03 * size**2
    return (0.65 + 0.012 * size) / 0.77 * (100.0 if point.settings["integrator"] == "euler" else 1.0)
