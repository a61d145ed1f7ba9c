"""Texts of the Explorer: the cost and progress of a sweep, the minimum, the explanation of the map."""

from __future__ import annotations

import os
from math import ceil, isnan
from typing import Final

from dwmtj_widgets.explore import Least
from dwmtj_widgets.labs.common.many_trials import progress_bar, reading_text
from dwmtj_widgets.labs.explorer.map import is_figure_8
from dwmtj_widgets.sessions.explorer.quantities import text
from dwmtj_widgets.sessions.explorer.ranges import symbol_of, value_text
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity

HOW_TO_READ: Final = reading_text(
    tr(
        "Every point is many recalls with these settings. Each draws its own patterns or graph, loads the input, and "
        "lets the walls move until all are at rest. A coarse grid comes first, then the points between, then more "
        "trials of each."
    ),
    tr(
        "Points of one colour do not differ significantly; a point that is pointed at says its own number. Intervals "
        "of accuracy and of shares hold the true value in 95 % of all sweeps. Those of times and energies know only "
        "what was seen: where one run in a hundred takes very long, 100 trials hold the true mean two times in three, "
        "1,000 trials nine times in ten."
    ),
    tr(
        "A trial is known by the seed, its point and its number alone: stopped, gone on with or made finer, a sweep "
        "gives the same numbers."
    ),
)
_LEASTS: Final = {
    "time": tr("least time-to-solution; dashed: 95 %"),
    "energy": tr("least energy; dashed: 95 %"),
    "energy_estimate": tr("least energy; dashed: 95 %"),
    "edp": tr("least energy-delay product; dashed: 95 %"),
    "edp_estimate": tr("least energy-delay product; dashed: 95 %"),
}
"""Meaning of the map's diamond, for each of `quantities.LEAST`."""
_MARKS: Final = {
    "alike": '<path d="M1 1H15V13H1ZM8 1V13M1 7H15" fill="#7c9096" stroke="var(--dwmtj-page)"/>',
    "ring": '<circle cx="8" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "diamond": '<path d="M8 1L13.5 7L8 13L2.5 7Z" fill="#fff" stroke="#1b2733" stroke-width="1.6"/>',
    "hatched": '<path d="M0 0H16V14H0Z" fill="var(--dwmtj-page)"/>'
    '<path d="M-1 9L9 -1M1 15L15 1M8 15L17 6" stroke="var(--dwmtj-hatch)"/>',
}


def plan_text(session: ExplorerSession) -> str:
    """Return the cost of the planned sweep."""
    planned, budget = session.planned, session.budget
    points, wanted = len(planned), session.recalls_wanted()
    there = points * planned.trials - wanted
    if not wanted:
        sentence = tr("{points} points × {trials} trials, all finished.")
    elif there:
        sentence = tr(
            "{points} points × {trials} trials, {there} finished: {wanted} recalls, about {time} on {cores} cores."
        )
    else:
        sentence = tr("{points} points × {trials} trials: {wanted} recalls, about {time} on {cores} cores.")
    said = sentence.format(
        points=f"{points:,}",
        trials=f"{planned.trials:,}",
        there=f"{there:,}",
        wanted=f"<b class='dwmtj-recalls'>{wanted:,}</b>",
        time=f"<b class='dwmtj-estimate'>{duration(session.seconds_wanted())}</b>",
        cores=os.cpu_count() or 1,
    )
    if budget is None:
        return said
    bounds = tr("On this public Binder a sweep ends by itself after {recalls} recalls or {time}.")
    return f"{said} {bounds.format(recalls=f'{budget.recalls:,}', time=duration(budget.seconds))}"


def progress_text(session: ExplorerSession, *, running: bool, stopping: bool) -> str:
    """Return a progress bar, and the progress in words."""
    if session.sweep is None:
        return progress_bar()
    if not session.idle.is_set():
        state = tr("stopping") if stopping else _left(session.seconds_left())
    elif running and not stopping:
        state = tr("reading")
    elif session.out_of_budget:
        state = tr("budget spent")
    else:
        state = tr("done") if session.finished else tr("stopped")
    return progress_bar(session.done, session.total, state)


def _left(seconds: float) -> str:
    return tr("begun") if isnan(seconds) else tr("about {time} left").format(time=duration(seconds))


def least_text(session: ExplorerSession, name: str, least: Least | None) -> str:
    """Return the minimum of a quantity, and its uncertainty."""
    if least is None:
        return ""
    sweep = session.shown

    def at(parameter: str, *values: object) -> str:
        knob = sweep.knob(parameter)
        texts = [v if isinstance(v, str) else value_text(knob, float(v)) for v in values]  # type: ignore[arg-type]
        return f"{symbol_of(knob)} = {_span(texts[0], texts[-1])}"

    where = ", ".join(at(parameter, value) for parameter, value in least.settings.items())
    ranges = ", ".join(at(parameter, *ends) for parameter, ends in least.ranges.items())
    sentence = tr(
        "<b>Least {value}</b> at {where}. 95 % of resamplings of the trials have it at {ranges}, {share} at this very "
        "point."
    )
    share = quantity(least.share, "%", decimals=0)
    return sentence.format(value=text(name, least.value), where=where, ranges=ranges, share=share)


def _span(low: str, high: str) -> str:
    return low if low == high else tr("{low} to {high}").format(low=low, high=high)


def key_text(session: ExplorerSession, name: str, least: Least | None) -> str:
    """Return the meaning of the map's marks."""
    sweep = session.shown
    if len(sweep.parameters) == 1 and not sweep.knob(next(iter(sweep.parameters))).is_text:
        bars = (
            tr("Bars: 95 % intervals; figure 8's setting: star, what is printed as the least (times 1000).")
            if is_figure_8(sweep)
            else tr("Bars: 95 % intervals.")
        )
        return f'<div class="dwmtj-chart-key"><span>{bars}</span></div>'
    entries = [("ring", tr("Table I, the paper's operating point"))]
    if session.reading is None or not session.reading.trials.all():
        entries.append(("hatched", tr("not measured yet")))
    if least is not None and name in _LEASTS:
        entries.insert(1, ("diamond", _LEASTS[name]))
    if session.reading is not None:
        entries.append(("alike", tr("one colour: no significant difference")))
    made = (
        f'<span><svg width="16" height="14">{_MARKS[mark]}</svg>{words}</span>' for mark, words in entries
    )
    return f'<div class="dwmtj-chart-key">{"".join(made)}</div>'


def duration(seconds: float) -> str:
    """Return a waiting time as text."""
    if seconds < 90.0:
        return f"{max(1, ceil(seconds))} s"
    return f"{ceil(seconds / 60.0)} min"
