"""The work of ``dwmtj paper``, its messages and its report."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dwmtj_widgets import __version__
from dwmtj_widgets.cli.progress import Reporter
from dwmtj_widgets.paper import FIGURES, Plan, Report, make_report
from dwmtj_widgets.paper.findings import text as shown
from dwmtj_widgets.paper.report_page import tally
from dwmtj_widgets.paper.trials import ReportPoint
from dwmtj_widgets.validation import whole

STOPPED: Final = 130
"""Exit status after Ctrl+C, as in shells."""


@dataclass(frozen=True)
class PaperOrder:
    """Options of the command line."""

    out: Path = Path("dwmtj-paper")
    quick: bool = False
    reference: Path | None = None
    seed: int = 0
    only: str | None = None
    """Figures, separated by commas."""


def run(order: PaperOrder, say: Callable[[str], None]) -> Report:
    """Make the report; progress goes to `say`.

    Raises
    ------
    Refused
        If something in the order is illegal; the sentence says what arrived and what is legal.
    """
    seed = whole(order.seed, "seed", 0, 2**64 - 1)
    plan = Plan.short(seed) if order.quick else Plan(seed)
    figures = FIGURES if order.only is None else [name.strip() for name in order.only.split(",")]
    reporter = Reporter(say, at_once=True)

    def progress(done: int, total: int, point: ReportPoint) -> None:
        reporter.report(f"{done:3d} of {total} points are there, next is {point.key}.")

    return make_report(
        order.out,
        plan,
        version=__version__,
        reference=order.reference,
        only=figures,
        progress=progress,
        say=say,
    )


def json_line(report: Report) -> str:
    """Return the report as one JSON object in SI units."""
    return json.dumps(report.as_json(), allow_nan=False)


def text(report: Report) -> str:
    """Return the numbers of agreements and disagreements, and where the report is."""
    lines = []
    for section in report.sections:
        rows = section.comparisons
        agree, not_ = (sum(row.agrees is verdict for row in rows) for verdict in (True, False))
        lines.append(
            f"{section.title}: {agree} agree, {not_} do not, {sum(row.open for row in rows)} are open."
        )
        for row in rows:
            if row.agrees is False or row.open:
                made = "recomputed" if row.recomputed else "measured"
                numbers = f"{made} {shown(row.measured, row.unit)}, stated {shown(row.stated, row.unit)}"
                kind = "open, " if row.open else ""
                lines.append(f"  {row.what}: {kind}{numbers}. {row.why}".rstrip())
    lines.append(tally(report.sections))
    if report.pending:
        lines.append(
            f"Stopped before {', '.join(report.pending)}; the same command goes on where it was, "
            f"its points are in {report.folder / 'points'}."
        )
    lines.append(f"The report is {report.page}, its numbers are in {report.folder / 'report.json'}.")
    return "\n".join(lines)
