"""The report as one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import inf
from typing import Final

from dwmtj_widgets.pages import document
from dwmtj_widgets.paper.findings import ComparedNumber, Section, Table, measured_text, text
from dwmtj_widgets.paper.svg import chart_svg
from dwmtj_widgets.tasks.intervals import Interval

INTERVALS: Final = (
    "Every number has its 95 % interval: where the measured number would be with endless trials. Intervals named "
    "bounded count on what the trials may have missed, up to the 3000 ns after which a run is given up; few trials "
    "leave them wide. The bars of figure 8's charts are Student's, which know only what was seen. A number does not "
    "agree if it lies outside the range of 999 of 1000 repetitions of the paper's own number of trials, given ours. It "
    "agrees if it lies in that range and within 10 % of ours, a share within two points. In between it is open: a "
    "repetition might give it, which is no agreement yet. A curve does not agree if more of its points miss than "
    "chance explains. Numbers that were recomputed from printed or released ones are counted apart: nothing was "
    "measured for them."
)
INTEGRATOR: Final = (
    "Statistics are made with the integrator from event to event and the device of the released simulator; on the "
    "released recalls it ends in the same bits as Euler's 1 ps, and times differ by less than a nanosecond. The "
    "benchmark graphs are run with Euler's 1 ps, as released."
)


def page(title: str, sections: Sequence[Section], head: Sequence[str]) -> str:
    """Return the whole report.

    Parameters
    ----------
    title : str
        Title of the page.
    sections : sequence of Section
        One for each figure.
    head : sequence of str
        Sentences before the sections.
    """
    links = "".join(f'<a href="#{s.name}">{escape(s.title.split(":")[0])}</a>' for s in sections)
    body = [
        *(f"<p>{escape(sentence)}</p>" for sentence in head),
        f'<p class="note">{INTERVALS}</p><p class="note">{INTEGRATOR}</p>',
        f"<nav>{links}</nav>",
        *map(_section, sections),
    ]
    return document(title, body)


def tally(sections: Sequence[Section]) -> str:
    """Return one sentence on how many numbers agree."""
    rows = [row for section in sections for row in section.comparisons]
    recomputed = [row for row in rows if row.recomputed]
    measured = [row for row in rows if not row.recomputed and (row.agrees is not None or row.open)]
    yes, no, known = (sum(row.agrees is verdict for row in measured) for verdict in (True, False, None))
    right = sum(row.agrees is True for row in recomputed)
    alone = len(rows) - len(recomputed) - len(measured)
    return (
        f"Measured: {yes} of {len(measured)} compared numbers agree, {no} do not, {known} are open; {alone} more have "
        f"nothing to be compared with. Recomputed from stated numbers: {right} of {len(recomputed)} agree."
    )


def _section(section: Section) -> str:
    charts = "".join(
        f"<figure><figcaption>{escape(chart.title)}</figcaption>{chart_svg(chart)}</figure>"
        for chart in section.charts
    )
    details = _comparisons(section.details) if section.details else ""
    return "\n".join(
        [
            f'<section id="{section.name}"><h2>{escape(section.title)}</h2><p>{escape(section.setting)}</p>',
            f'<div class="charts">{charts}</div>' if charts else "",
            *map(_table, section.tables),
            _comparisons(section.comparisons),
            *(f'<p class="note">{escape(note)}</p>' for note in section.notes),
            f"<details><summary>All {len(section.details)} points</summary>{details}</details>"
            if details
            else "",
            "</section>",
        ]
    )


def _comparisons(rows: Sequence[ComparedNumber]) -> str:
    header = [
        "",
        "Measured",
        "95 % interval",
        "999 of 1000 repetitions",
        "Printed",
        "Released",
        "Agrees",
        "",
    ]
    shown = [name != "Released" or any(row.released is not None for row in rows) for name in header]
    lines = [_row(row, shown) for row in rows]
    head = "".join(f"<th>{escape(name)}</th>" for name, on in zip(header, shown, strict=True) if on)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def _row(row: ComparedNumber, shown: Sequence[bool]) -> str:
    undecided = ("n", "? open" if row.open else "–")
    verdict = undecided if row.agrees is None else ("yes", "✓ yes") if row.agrees else ("no", "✗ no")
    exact = row.method == "exact"
    digits = 6 if exact else 4
    own = f"{_range(row, row.interval)}<small>{escape(row.method)}</small>"
    if exact or row.recomputed:
        own = "recomputed" if row.recomputed else "exact"
    words = " ".join(part for part in (row.setting and f"{row.setting}.", row.why) if part)
    cells = [
        ("", escape(row.what)),
        ("n", measured_text(row.unit, row.measured, digits=digits)),
        ("n", own),
        ("n", "–" if exact else _range(row, row.repeat)),
        ("n", text(row.printed, row.unit)),
        ("n", text(row.released, row.unit, digits)),
        verdict,
        ("", escape(words)),
    ]
    fields = [
        f'<td class="{kind}">{content}</td>' for (kind, content), on in zip(cells, shown, strict=True) if on
    ]
    return f"<tr>{''.join(fields)}</tr>"


def _range(row: ComparedNumber, interval: Interval | None) -> str:
    if interval is None:
        return "–"
    if interval.low == -inf:
        return f"up to {measured_text(row.unit, interval.high)}"
    return measured_text(row.unit, *interval)


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in table.header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    content = f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    if table.folded:
        return f"<details><summary>{escape(table.title)}</summary>{content}</details>"
    return f"<h3>{escape(table.title)}</h3>{content}"
