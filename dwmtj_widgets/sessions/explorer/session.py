"""The Explorer without a page: the planned sweep, its progress, and its cost."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic, perf_counter
from typing import Any, Final, TypeAlias

import numpy as np

from dwmtj_widgets.explore import Point, Result, Sweep, load_sweep, run_sweep
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Change, Open, Session
from dwmtj_widgets.sessions.explorer.cost import Budget, Pace
from dwmtj_widgets.sessions.explorer.ranges import MOST_ALONE, MOST_VALUES
from dwmtj_widgets.sessions.explorer.reading import Reading, next_failed, trial_row
from dwmtj_widgets.sessions.explorer.setting import ExplorerSetting
from dwmtj_widgets.texts import tr

MORE: Final = 4
"""Factor on the number of trials when all are finished."""
_READING_SHARE: Final = 0.25
"""Largest share of time for statistics while trials run."""


@dataclass(frozen=True)
class Begin:
    """Begin the present setting's sweep, which `work` makes; its finished trials are kept."""


@dataclass(frozen=True)
class More:
    """Finish the sweep, else request more trials of each point."""


@dataclass(frozen=True)
class Finer:
    """Begin a sweep with a value added between each two of every axis; existing points keep their trials."""


Action: TypeAlias = Open[ExplorerSetting] | Change[ExplorerSetting] | Begin | More | Finer


class ExplorerSession(Session[ExplorerSetting]):
    """A setting, the sweep begun with an earlier or the same one, and its trials in a folder of the session.

    A refused setting does not change the sweep.

    Parameters
    ----------
    budget : Budget, optional
        Limits of one sweep; by default none.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self._setting = ExplorerSetting()
        self.planned = self._setting.sweep()
        """The last legal sweep."""
        self.budget = budget
        self.sweep: Sweep | None = None
        """The begun sweep."""
        self._begun_with = self._setting
        self.result: Result | None = None
        self.reading: Reading | None = None
        self.idle = Event()
        """Set while no trials are running."""
        self.idle.set()
        self.out_of_budget = False
        self._folders = TemporaryDirectory(prefix="dwmtj-explorer-", ignore_cleanup_errors=True)
        self._counts: dict[Path, dict[str, int]] = {}
        """Stored trials of every point, by folder."""
        self._spent: dict[str, tuple[int, float]] = {}
        """Recalls and seconds of the sweeps of each folder."""
        self._begun, self._before, self._done = monotonic(), 0, 0
        self._reading_took = 0.0
        self._pace = Pace()

    def close(self) -> None:
        """Delete the trials."""
        self._folders.cleanup()

    # -- setting and actions -------------------------------------------------------------------------------------

    @property
    def setting(self) -> ExplorerSetting:
        """The present setting, legal or not."""
        return self._setting

    def apply(self, action: Action) -> None:
        """Carry out an action.

        A `Change` to an illegal setting is kept, because two values may need to change before both are legal;
        `planned` stays the last legal sweep. `Open` discards the sweep, but keeps its trials.

        Raises
        ------
        Refused
            If it is not legal now, or the sweep's budget is spent.
        """
        match action:
            case Open(setting):
                self.planned = setting.sweep()
                self._setting = self._begun_with = setting
                self.sweep = self.result = self.reading = None
                self._done = 0
            case Change(setting):
                self._setting = setting
                self.planned = setting.sweep()
            case Begin():
                self._begin(self.setting)
            case More():
                self._more()
            case Finer():
                self._begin(self._finer())

    def change(self, **changes: Any) -> None:
        """Replace settings; those that another task does not have are dropped."""
        self.apply(Change(self.setting.changed(**changes)))

    def begin(self) -> None:
        """Begin the present setting's sweep."""
        self.apply(Begin())

    def more(self) -> None:
        """Finish the sweep, else request more trials of each point."""
        self.apply(More())

    def finer(self) -> None:
        """Begin a sweep with a value added between each two of every axis."""
        self.apply(Finer())

    def python(self) -> str:
        """Return the lines that make the begun sweep, or the planned one."""
        return self.shown.lines()

    @property
    def changed(self) -> bool:
        """Whether the settings differ from those of the begun sweep."""
        return self.sweep is not None and self.planned.as_json() != self.sweep.as_json()

    @property
    def shown(self) -> Sweep:
        """The begun sweep, or the planned one before that."""
        return self.planned if self.sweep is None else self.sweep

    @property
    def finished(self) -> bool:
        """Whether all trials of the sweep are finished."""
        return self.result is not None and self.result.complete

    def recalls_wanted(self) -> int:
        """Return the number of recalls that the planned sweep still needs."""
        return sum(missing for _point, missing in self._wanted())

    def seconds_wanted(self) -> float:
        """Return their estimated time on this computer in seconds."""
        return self._pace.seconds(self._wanted())

    def _wanted(self) -> list[tuple[Point, int]]:
        trials, there = self.planned.trials, self._counts.get(self._folder_of(self.planned), {})
        return [(point, max(0, trials - there.get(point.key, 0))) for point in self.planned.points]

    # -- the sweep -----------------------------------------------------------------------------------------------

    def _begin(self, setting: ExplorerSetting) -> None:
        sweep = setting.sweep()
        self._afford(sweep)
        self.planned = self.sweep = sweep
        self._setting = self._begun_with = setting
        if self.result is None or self.result.sweep.as_json() != sweep.as_json():
            self.result = self.reading = None
            self._done = 0

    def _more(self) -> None:
        if self.sweep is None:
            msg = tr("Nothing has been tried yet; press Start.")
            raise Refused(msg)
        if not self.finished:
            self._afford(self.sweep)
            return
        self._begin(replace(self._begun_with, trials=MORE * self._begun_with.trials))

    def _finer(self) -> ExplorerSetting:
        setting = self._begun_with
        most = MOST_ALONE if setting.y is None else MOST_VALUES
        x, y = setting.x.finer(most), setting.y and setting.y.finer(most)
        finer = replace(setting, x=x, y=y)
        if len(finer.sweep()) == len(setting.sweep()):
            msg = tr(
                "The grid is as fine as the page can show: {most} values an axis; narrow the ranges instead."
            )
            raise Refused(msg.format(most=most))
        return finer

    def work(self, cancel: Event) -> None:
        """Make the missing trials of the begun sweep until `cancel` is set or the budget is used up."""
        sweep = self.sweep
        assert sweep is not None
        folder = self._folder_of(sweep)
        self.out_of_budget = False
        self.idle.clear()
        try:
            there = load_sweep(sweep, folder).trials if folder.is_dir() else np.zeros(len(sweep), dtype=int)
            self._before = self._done = int(there.sum())
            self._begun = monotonic()
            with ThreadPoolExecutor(1) as reader:
                watch = _Watch(self, reader, str(folder), cancel)
                result = run_sweep(sweep, folder, watch=watch.take, cancel=cancel)
                self._done = result.done
                self.idle.set()  # the rest only reads
        finally:
            self.idle.set()
        made = (result.trials - there).tolist()
        self._pace.learn(zip(sweep.points, made, strict=True), monotonic() - self._begun)
        self.read(result)

    def read(self, result: Result) -> None:
        """Read a result so far."""
        start = perf_counter()
        reading = Reading.of(result)
        self._reading_took = perf_counter() - start
        counts = self._counts.setdefault(self._folder_of(result.sweep), {})
        for point, count in zip(result.sweep.points, reading.trials.tolist(), strict=True):
            counts[point.key] = max(count, counts.get(point.key, 0))
        self.result, self.reading = result, reading  # in this order: a reading is never without its result

    @property
    def done(self) -> int:
        """Number of finished trials of the sweep."""
        return self._done

    @property
    def total(self) -> int:
        """Number of requested trials of the sweep."""
        return len(self.shown) * self.shown.trials

    def seconds_left(self) -> float:
        """Return the remaining time of the sweep in seconds, nan if unknown."""
        made = self._done - self._before
        if self.idle.is_set() or made <= 0:
            return float("nan")
        return (self.total - self._done) * (monotonic() - self._begun) / made

    # -- one point -----------------------------------------------------------------------------------------------

    def row(self, point: int, trial: int) -> dict[str, float]:
        """Return the measurements of a trial, by the names of `explore.trials.COLUMNS`.

        Raises
        ------
        Refused
            If the trial has not been made.
        """
        return trial_row(self._existing(), point, trial)

    def next_failed(self, point: int, after: int) -> int | None:
        """Return the number of the next trial without full success, cyclically."""
        return next_failed(self._existing(), point, after)

    def _existing(self) -> Result:
        if self.result is None:
            msg = tr("Nothing has been measured yet; press Start.")
            raise Refused(msg)
        return self.result

    # -- inside --------------------------------------------------------------------------------------------------

    def _folder_of(self, sweep: Sweep) -> Path:
        """Return the folder of a sweep's trials, for any values and number of trials."""
        axes = "-".join(sweep.parameters)
        fixed = Point(sweep.task, sweep.fixed).key
        return Path(self._folders.name) / f"{sweep.task}-{sweep.seed}-{axes}-{fixed[:12]}"

    def _afford(self, sweep: Sweep) -> None:
        if self.budget is not None:
            self.budget.check(*self._spent.get(str(self._folder_of(sweep)), (0, 0.0)))


class _Watch:
    """Watches a growing result: counts, reads in its own thread, and ends the sweep at its limits."""

    def __init__(self, session: ExplorerSession, reader: ThreadPoolExecutor, key: str, cancel: Event) -> None:
        self._session, self._reader, self._key, self._cancel = session, reader, key, cancel
        self._spent = session._spent.get(key, (0, 0.0))
        self._reading: Future[None] | None = None
        self._due = 0.0

    def take(self, result: Result) -> None:
        """Read a result so far; must be fast, because it is called by the thread that distributes trials."""
        session, now = self._session, monotonic()
        session._done = result.done
        if now >= self._due and (self._reading is None or self._reading.done()):
            self._reading = self._reader.submit(session.read, result)
            self._due = now + session._reading_took / _READING_SHARE
        recalls, seconds = self._spent
        spent = recalls + result.done - session._before, seconds + now - session._begun
        session._spent[self._key] = spent
        if session.budget is not None and session.budget.is_spent(*spent):
            session.out_of_budget = not result.complete
            self._cancel.set()
