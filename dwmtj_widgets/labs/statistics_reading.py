"""The Statistics Lab's words: what its lines are, and how its chart is read."""

from __future__ import annotations

from math import ceil, isnan
from typing import Final

from dwmtj_widgets.labs.statistics_session import StatisticsSession

_KEY: Final = (
    ('stroke-width="2" d="M0 6H34M17 0V12"/><circle cx="17" cy="6" r="4"', "device, bar: 95 % interval"),
    (
        'stroke-width="1.4" stroke-dasharray="6 4" d="M0 6H34"',
        "ideal network, asynchronous: one neuron after the other",
    ),
    ('stroke-width="1.4" stroke-dasharray="1.5 3.5" d="M0 6H34"', "ideal network, synchronous: all at once"),
    (
        'stroke-dasharray="4 2.5" d="M17 0V12"',
        "capacity by theory, N = P / 0.138: room for P patterns to its right",
    ),
)
READING: Final = (
    '<div class="dwmtj-caption"><b>How to read it</b></div><p class="dwmtj-hint">Every point is the mean of many '
    "recalls. Each recall draws new random patterns, stores them in a network of its own, loads the input, and "
    "lets the walls move until all are at rest. A bit is right if it is that of the nearest stored pattern or of "
    'its inverse; an undecided one never is.</p><p class="dwmtj-hint">The ideal networks get the very same '
    "patterns and inputs. What lies between their curves and the device's is what the device adds, or "
    "takes.</p>"
)


def line_key() -> str:
    """Return what the lines of the accuracy chart mean."""
    svg = '<svg width="34" height="12" stroke="currentColor" fill="currentColor"><path {}/></svg>'
    entries = (f"<span>{svg.format(sample)}{text}</span>" for sample, text in _KEY)
    return f'<div class="dwmtj-line-key">{"".join(entries)}</div>'


def progress_text(session: StatisticsSession, *, running: bool, stopping: bool) -> str:
    """Return a progress bar, and how far the survey is in words."""
    survey = session.survey
    if survey is None:
        return '<progress max="1" value="0" aria-label="Trials made"></progress><span>ready</span>'
    done, total = survey.done, survey.total
    if running:
        state = "stopping" if stopping else _left(survey.seconds_left())
    else:
        state = "done" if survey.finished else "stopped"
    return (
        f'<progress max="{total}" value="{done}" aria-label="Trials made"></progress>'
        f'<span><b class="dwmtj-done">{done:,}</b> of {total:,} recalls, '
        f'<b class="dwmtj-state">{state}</b></span>'
    )


def plan_text(session: StatisticsSession) -> str:
    """Return what Start would make, if that is not what is shown."""
    if session.survey is not None and not session.changed:
        return ""
    sizes, patterns = len(session.planned.sizes), len(session.planned.patterns)
    trials = session.planned.trials
    begin = "Settings have changed; Start begins anew: " if session.changed else "Start makes "
    return (
        f"{begin}{sizes} sizes × {patterns} curve{'s' if patterns > 1 else ''} × {trials:,} trials "
        f"= {sizes * patterns * trials:,} recalls"
    )


def _left(seconds: float) -> str:
    """Return how long it will take in words."""
    if isnan(seconds):
        return "begun"
    if seconds < 90.0:
        return f"about {max(1, ceil(seconds))} s left"
    return f"about {ceil(seconds / 60.0)} min left"
