"""From points to the report: measures missing points, compares all, and writes the report."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from threading import Event
from typing import Any, Final, NamedTuple

import numpy as np

from dwmtj_widgets.paper import fig5, fig6, fig7, fig8, points, report_page, table2
from dwmtj_widgets.paper.findings import Results, Section, as_json
from dwmtj_widgets.paper.points import Plan
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.paper.store import Columns, PointStore
from dwmtj_widgets.paper.trials import CHUNK, TASKS, ReportPoint, columns_of, measure
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.files import write_atomically
from dwmtj_widgets.trials import TrialTable, run_trials
from dwmtj_widgets.validation import short

TITLE: Final = "The paper, measured again"
_AS_HIGH_AS_CONTENT: Final = (
    "const page = this.contentDocument.documentElement; "
    "new ResizeObserver(() => { this.style.height = page.offsetHeight + 'px'; }).observe(page);"
)
Progress = Callable[[int, int, ReportPoint], None]


class _Figure(NamedTuple):
    points: Callable[[Plan, Released], list[ReportPoint]]
    section: Callable[[Plan, Results, Released], Section]


_FIGURES: Final = {
    "fig5": _Figure(lambda plan, _: points.fig5_points(plan), fig5.section),
    "fig6": _Figure(points.fig6_points, fig6.section),
    "fig7": _Figure(lambda plan, _: points.fig7_points(plan), fig7.section),
    "fig8": _Figure(lambda plan, _: points.fig8_points(plan), fig8.section),
    "table2": _Figure(points.table2_points, table2.section),
}
FIGURES: Final = tuple(_FIGURES)


@dataclass
class Report:
    """A report, possibly incomplete."""

    plan: Plan
    version: str
    sections: list[Section] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    """Figures with points that are not measured."""
    notes: list[str] = field(default_factory=list)
    folder: Path = field(default_factory=Path)

    @property
    def page(self) -> Path:
        """Path of the HTML file."""
        return self.folder / "report.html"

    @property
    def complete(self) -> bool:
        """Whether every requested figure is there."""
        return not self.pending

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON object, in SI units."""
        sections = [
            {
                "name": s.name,
                "title": s.title,
                "setting": s.setting,
                "comparisons": list(map(as_json, s.comparisons)),
                "points": list(map(as_json, s.details)),
                "notes": s.notes,
            }
            for s in self.sections
        ]
        return {
            "version": self.version,
            "seed": self.plan.seed,
            "quick": self.plan.quick,
            "complete": self.complete,
            "pending": self.pending,
            "summary": report_page.tally(self.sections),
            "notes": self.notes,
            "sections": sections,
        }

    def html(self) -> str:
        """Return the report as an HTML page."""
        kind = "Quick report: few trials, wide intervals." if self.plan.quick else "Full report."
        missing = [f"Not measured yet: {', '.join(self.pending)}."] if self.pending else []
        head = [
            f"{kind} Seed {self.plan.seed}, dwmtj-widgets {self.version}.",
            report_page.tally(self.sections),
        ]
        return report_page.page(TITLE, self.sections, [*head, *missing, *self.notes])

    def _repr_html_(self) -> str:
        # A frame, as high as its content, keeps the page's style from the notebook.
        source = escape(self.html())
        return (
            f'<iframe title="{TITLE}" srcdoc="{source}" onload="{_AS_HIGH_AS_CONTENT}" scrolling="no" '
            'style="width:100%;height:48rem;border:0"></iframe>'
        )

    def write(self) -> None:
        """Write ``report.html`` and ``report.json`` into the folder."""
        write_atomically(
            self.folder / "report.json", json.dumps(self.as_json(), indent=1, allow_nan=False) + "\n"
        )
        write_atomically(self.page, self.html())


def make_report(
    folder: Path,
    plan: Plan,
    *,
    version: str,
    reference: Path | None = None,
    only: Sequence[str] = FIGURES,
    workers: int | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _sentence: None,
    cancel: Event | None = None,
) -> Report:
    """Measure missing points, compare, and write the report; the result does not depend on the number of workers.

    Every point is stored as soon as it is measured. After an interruption or `cancel` the next call with the same
    settings resumes, with the same result as without the interruption.

    Parameters
    ----------
    folder : Path
        Folder of the points and the report.
    plan : Plan
        Numbers of trials, and the seed.
    version : str
        Version of this package; points of another version are measured again.
    reference : Path, optional
        The folder of the released data.
    only : sequence of str
        Selection of `FIGURES`.
    workers : int, optional
        Threads; by default one a core.
    progress : callable, optional
        Called as ``progress(done, total, point)`` before each point that must be measured.
    say : callable, optional
        Called with a sentence on every stored point that could not be used.
    cancel : threading.Event, optional
        Once set, the report is made of the complete figures.

    Raises
    ------
    Refused
        If a figure is unknown, or the reference folder does not exist or is damaged.
    """
    wanted = _known(only)
    released = Released(reference)
    needed = {name: _FIGURES[name].points(plan, released) for name in wanted}
    todo = {point.key: point for some in needed.values() for point in some}
    for point in todo.values():
        point.settings["version"] = version
    store = PointStore(folder / "points")
    results: dict[str, Columns] = {}
    stop = cancel or Event()
    try:
        for number, point in enumerate(todo.values()):
            if stop.is_set():
                break
            columns = _stored(store, point, say)
            if columns is None:
                if progress is not None:
                    progress(number, len(todo), point)
                columns = _measured(point, workers, stop)
                if columns is None:
                    break
                store.save(point.key, point.settings, columns)
            results[point.key] = columns
    except KeyboardInterrupt:
        stop.set()
    report = Report(plan, version, folder=folder)
    for name in wanted:
        if all(point.key in results for point in needed[name]):
            report.sections.append(_FIGURES[name].section(plan, results, released))
        else:
            report.pending.append(name)
    report.notes = _notes(released)
    report.write()
    return report


def _known(only: Sequence[str]) -> list[str]:
    for name in only:
        if name not in FIGURES:
            msg = f"There is no figure {short(name)}; there are {', '.join(FIGURES)}."
            raise Refused(msg)
    return [name for name in FIGURES if name in only]


def _stored(store: PointStore, point: ReportPoint, say: Callable[[str], None]) -> Columns | None:
    before = len(store.notes)
    columns = store.load(point.key, point.settings)
    for note in store.notes[before:]:
        say(note)
    return columns


def _measured(point: ReportPoint, workers: int | None, stop: Event) -> Columns | None:
    """Measure a point on all cores; None if it was stopped."""
    table = TrialTable(np.zeros((1, point.trials, len(TASKS[point.task].columns))))
    run_trials([point], table, measure, chunk=CHUNK, workers=workers, cancel=stop, patience=None)
    return columns_of(point, table.rows[0]) if table.complete else None


def _notes(released: Released) -> list[str]:
    if released.folder is None:
        return ["No reference folder was given, so the column of released numbers is absent."]
    notes = ["The released numbers were read from the reference folder that was given."]
    if released.missing:
        notes.append(f"Not in the reference folder: {', '.join(released.missing)}.")
    return notes
