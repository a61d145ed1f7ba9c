"""Texts of the Statistics Lab: its lines, and the explanation of its chart."""

from __future__ import annotations

from math import ceil, isnan
from typing import Final

from dwmtj_widgets.labs.common.many_trials import progress_bar, reading_text
from dwmtj_widgets.sessions.statistics import StatisticsSession
from dwmtj_widgets.texts import tr

_KEY: Final = (
    ('stroke-width="2" d="M0 6H34M17 0V12"/><circle cx="17" cy="6" r="4"', tr("device, bar: 95 % interval")),
    (
        'stroke-width="1.4" stroke-dasharray="6 4" d="M0 6H34"',
        tr("ideal network, asynchronous: one neuron after the other"),
    ),
    (
        'stroke-width="1.4" stroke-dasharray="1.5 3.5" d="M0 6H34"',
        tr("ideal network, synchronous: all at once"),
    ),
    (
        'stroke-dasharray="4 2.5" d="M17 0V12"',
        tr("capacity by theory, N = P / 0.138: room for P patterns to its right"),
    ),
)
MEANS_AGAINST_SIZE: Final = {"time": tr("Mean time against size"), "energy": tr("Mean energy against size")}
"""Titles of the small charts, by quantity."""
READING: Final = reading_text(
    tr(
        "Every point is the mean of many recalls. Each recall draws new random patterns, stores them in a network of "
        "its own, loads the input, and lets the walls move until all are at rest. A bit is right if it is that of the "
        "nearest stored pattern or of its inverse; an undecided one never is."
    ),
    tr(
        "Intervals of accuracies hold the true value in 95 % of all surveys. Those of mean times and energies know "
        "only what was seen: where one run in a hundred takes very long, 100 trials hold the true mean two times in "
        "three, 1,000 trials nine times in ten."
    ),
    tr(
        "The ideal networks get the very same patterns and inputs. What lies between their curves and the device's is "
        "what the device adds, or takes."
    ),
)


def line_key() -> str:
    """Return the meaning of the lines of the accuracy chart."""
    svg = '<svg width="34" height="12" stroke="currentColor" fill="currentColor"><path {}/></svg>'
    entries = (f"<span>{svg.format(sample)}{text}</span>" for sample, text in _KEY)
    return f'<div class="dwmtj-chart-key is-hanging">{"".join(entries)}</div>'


def progress_text(session: StatisticsSession, *, running: bool, stopping: bool) -> str:
    """Return a progress bar, and the progress in words."""
    survey = session.survey
    if survey is None:
        return progress_bar()
    if running:
        state = tr("stopping") if stopping else _left(survey.seconds_left())
    else:
        state = tr("done") if survey.finished else tr("stopped")
    return progress_bar(survey.done, survey.total, state)


def plan_text(session: StatisticsSession) -> str:
    """Return the survey that Start would make, if it differs from the shown one."""
    if session.survey is not None and not session.changed:
        return ""
    sizes, patterns = len(session.planned.sizes), len(session.planned.patterns)
    trials = session.planned.trials
    sentence = (
        tr("{sizes} sizes × {patterns} curves × {trials} trials = {recalls} recalls")
        if patterns > 1
        else tr("{sizes} sizes × {patterns} curve × {trials} trials = {recalls} recalls")
    )
    work = sentence.format(
        sizes=sizes, patterns=patterns, trials=f"{trials:,}", recalls=f"{sizes * patterns * trials:,}"
    )
    if session.changed:
        return tr("Settings have changed; Start begins a new survey: {work}").format(work=work)
    return tr("Start makes {work}").format(work=work)


def _left(seconds: float) -> str:
    """Return the remaining time in words."""
    if isnan(seconds):
        return tr("begun")
    if seconds < 90.0:
        return tr("about {seconds} s left").format(seconds=max(1, ceil(seconds)))
    return tr("about {minutes} min left").format(minutes=ceil(seconds / 60.0))
