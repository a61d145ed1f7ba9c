"""The Explorer's words: what a sweep costs, how far it is, where the least is, how its map is read."""

from __future__ import annotations

import os
from math import ceil, isnan
from typing import Final

from dwmtj_widgets.explore import Least
from dwmtj_widgets.labs.explorer_map import is_figure_8
from dwmtj_widgets.labs.explorer_quantities import LEAST, NAMES, text
from dwmtj_widgets.labs.explorer_ranges import symbol_of, value_text
from dwmtj_widgets.labs.explorer_session import ExplorerSession
from dwmtj_widgets.units import quantity

HOW_TO_READ: Final = (
    '<div class="dwmtj-caption"><b>How to read it</b></div><p class="dwmtj-hint">Every point is many recalls with '
    "these settings. Each draws its own patterns or graph, loads the input, and lets the walls move until all are at "
    "rest. A coarse grid comes first, then the points between, then more trials of each.</p>"
    '<p class="dwmtj-hint">Intervals hold the true mean in 95 % of all sweeps. A trial is known by the seed, its point '
    "and its number alone: stopped, gone on with or made finer, a sweep gives the same numbers.</p>"
)
_MARKS: Final = {
    "ring": '<circle cx="8" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "diamond": '<path d="M8 1L13.5 7L8 13L2.5 7Z" fill="#fff" stroke="#1b2733" stroke-width="1.6"/>',
    "hatched": '<path d="M0 0H16V14H0Z" fill="var(--dwmtj-page)"/>'
    '<path d="M-1 9L9 -1M1 15L15 1M8 15L17 6" stroke="var(--dwmtj-hatch)"/>',
}


def plan_text(session: ExplorerSession) -> str:
    """Return what the planned sweep costs."""
    planned, budget = session.planned, session.budget
    points, wanted = len(planned), session.recalls_wanted()
    what = f"{points:,} points × {planned.trials:,} trials"
    if not wanted:
        said = f"{what}, all there."
    else:
        there = points * planned.trials - wanted
        reused = f", {there:,} of them there" if there else ""
        seconds = session.seconds_wanted()
        said = (
            f"{what}{reused}: <b class='dwmtj-recalls'>{wanted:,}</b> recalls, about "
            f"<b class='dwmtj-estimate'>{duration(seconds)}</b> on {os.cpu_count() or 1} cores."
        )
    if budget is not None:
        said += (
            f" On this public Binder a sweep ends by itself after {budget.recalls:,} recalls or "
            f"{duration(budget.seconds)}."
        )
    return said


def progress_text(session: ExplorerSession, *, running: bool, stopping: bool) -> str:
    """Return a progress bar, and how far the sweep is in words."""
    if session.sweep is None:
        return '<progress max="1" value="0" aria-label="Trials made"></progress><span>ready</span>'
    done, total = session.done, session.total
    if not session.idle.is_set():
        left = session.seconds_left()
        state = "stopping" if stopping else ("begun" if isnan(left) else f"about {duration(left)} left")
    elif running and not stopping:
        state = "reading"
    elif session.out_of_budget:
        state = "budget spent"
    else:
        state = "done" if session.finished else "stopped"
    return (
        f'<progress max="{total}" value="{done}" aria-label="Trials made"></progress>'
        f'<span><b class="dwmtj-done">{done:,}</b> of {total:,} recalls, <b class="dwmtj-state">{state}</b></span>'
    )


def least_text(session: ExplorerSession, name: str, least: Least | None) -> str:
    """Return where a quantity is least, and how sure that is."""
    if least is None:
        return ""
    sweep = session.shown

    def at(parameter: str, *values: object) -> str:
        knob = sweep.knob(parameter)
        told = [v if isinstance(v, str) else value_text(knob, float(v)) for v in values]  # type: ignore[arg-type]
        return f"{symbol_of(knob)} = {' to '.join(dict.fromkeys(told))}"

    where = ", ".join(at(parameter, value) for parameter, value in least.settings.items())
    ranges = ", ".join(at(parameter, *ends) for parameter, ends in least.ranges.items())
    return (
        f"<b>Least {text(name, least.value)}</b> at {where}. 95 % of resamplings of the trials have it at {ranges}, "
        f"{quantity(least.share, '%', decimals=0)} at this very point."
    )


def key_text(session: ExplorerSession, name: str, least: Least | None) -> str:
    """Return what the marks of the map mean."""
    sweep = session.shown
    if len(sweep.parameters) == 1 and not sweep.knob(next(iter(sweep.parameters))).is_text:
        told = ["Bars: 95 % intervals"]
        if is_figure_8(sweep):
            told.append("figure 8's setting: star, what is printed as the least (times 1000)")
        return f'<div class="dwmtj-key-line"><span>{"; ".join(told)}.</span></div>'
    entries = [("ring", "Table I, the paper's operating point")]
    if session.reading is None or not session.reading.trials.all():
        entries.append(("hatched", "not measured yet"))
    if least is not None and name in LEAST:
        entries.insert(1, ("diamond", f"least {NAMES[name].split(',')[0].lower()}; dashed: 95 %"))
    made = (
        f'<span><svg width="16" height="14">{_MARKS[mark]}</svg>{words}</span>' for mark, words in entries
    )
    return f'<div class="dwmtj-key-line">{"".join(made)}</div>'


def duration(seconds: float) -> str:
    """Return a time that a person waits."""
    if seconds < 90.0:
        return f"{max(1, ceil(seconds))} s"
    return f"{ceil(seconds / 60.0)} min"
