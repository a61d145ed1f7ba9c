"""Labs that have done something, and parts of lessons: what a visitor has before them."""

from collections.abc import Callable
from typing import Any

from visitors.lab import find

from dwmtj_widgets.labs import ExplorerLab, MaxcutLab, RecallLab, SignalLab, StatisticsLab, lessons
from dwmtj_widgets.labs.lessons.course import TOPICS


def recall_lab() -> RecallLab:
    """Return a lab whose run has ended."""
    lab = RecallLab()
    lab.desk.instant()
    return lab


def maxcut_lab() -> MaxcutLab:
    """Return a lab whose run has ended."""
    lab = MaxcutLab()
    lab.desk.instant()
    return lab


def statistics_lab() -> StatisticsLab:
    """Return a lab with a survey of one point."""
    lab = StatisticsLab()
    lab._change(smallest=5, largest=5, steps=1, patterns=(1,), trials=2)
    lab.start()
    lab.work.wait(60.0)
    return lab


def signal_lab() -> SignalLab:
    """Return a lab that has run for a moment."""
    lab = SignalLab()
    find(lab.widget, "step").click()
    return lab


def recognition_lab() -> SignalLab:
    """Return a lab that tells waveforms apart."""
    lab = SignalLab()
    lab.mode.index = 1
    return lab


def explorer_lab() -> ExplorerLab:
    """Return a lab with a sweep of small networks, one point of which is looked at."""
    lab = ExplorerLab()
    lab._change(trials=1, fixed={"neurons": 5})
    lab.start()
    lab.work.wait(120.0)
    lab._point_chosen(0)
    return lab


def explorer_run() -> ExplorerLab:
    """Return a lab in which a trial of its sweep is open."""
    lab = explorer_lab()
    lab.point.open.click()
    assert lab.run.lab is not None
    return lab


IN_USE: dict[str, Callable[[], Any]] = {
    "recall": recall_lab,
    "maxcut": maxcut_lab,
    "statistics": statistics_lab,
    "signal": signal_lab,
    "recognition": recognition_lab,
    "explorer": explorer_lab,
    "run of the explorer": explorer_run,
    **{name: getattr(lessons, name) for name in lessons.__all__ if name != "Lesson"},
    **{
        f"lesson {number}, {part}": lambda number=number, part=part: getattr(lessons.Lesson(number), part)
        for number in range(1, len(TOPICS) + 1)
        for part in ("prediction", "outcome", "figure", "check", "exercise")
    },
}
"""Every lab and every part of a lesson, with what makes it."""
