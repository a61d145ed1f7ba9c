"""What happens in the Explorer, without a page: the sweep that is asked for, how far it is, what it costs."""

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
"""Times as many trials, when all that were wanted are there."""
_READING_SHARE: Final = 0.25
"""Most of the time that goes into statistics while trials are made."""


@dataclass(frozen=True)
class Begin:
    """Take the present setting's sweep as the one to be made by `work`; trials of it that are there are kept."""


@dataclass(frozen=True)
class More:
    """Go on with the sweep that was begun or, if it is complete, want more trials of each point."""


@dataclass(frozen=True)
class Finer:
    """Begin a sweep with a value between each two of every axis; the points that are there keep their trials."""


Action: TypeAlias = Open[ExplorerSetting] | Change[ExplorerSetting] | Begin | More | Finer


class ExplorerSession(Session[ExplorerSetting]):
    """A setting, the sweep that was begun with some of them, and its trials, which lie in a folder of the session.

    A refused setting leaves the sweep as it was.

    Parameters
    ----------
    budget : Budget, optional
        What one sweep may cost; by default nothing bounds it.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self._setting = ExplorerSetting()
        self.planned = self._setting.sweep()
        """The last sweep that was legal."""
        self.budget = budget
        self.sweep: Sweep | None = None
        """What was begun."""
        self._begun_with = self._setting
        self.result: Result | None = None
        self.reading: Reading | None = None
        self.idle = Event()
        """Set while no trials are being made."""
        self.idle.set()
        self.out_of_budget = False
        self._folders = TemporaryDirectory(prefix="dwmtj-explorer-", ignore_cleanup_errors=True)
        self._counts: dict[Path, dict[str, int]] = {}
        """Trials of every point that lie in each folder."""
        self._spent: dict[str, tuple[int, float]] = {}
        """Recalls made and seconds taken for the sweeps of each folder."""
        self._begun, self._before, self._done = monotonic(), 0, 0
        self._reading_took = 0.0
        self._pace = Pace()

    def close(self) -> None:
        """Give up the trials."""
        self._folders.cleanup()

    # -- what is asked for ---------------------------------------------------------------------------------------

    @property
    def setting(self) -> ExplorerSetting:
        """What is asked for, legal or not."""
        return self._setting

    def apply(self, action: Action) -> None:
        """Do an action.

        A `Change` that no sweep can be made of stays asked for, as two values may need to change before both are
        legal; `planned` stays the last legal sweep. `Open` gives up what was begun, but keeps its trials.

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
        """Ask for other values of some fields; what another task does not know is left behind."""
        self.apply(Change(self.setting.changed(**changes)))

    def begin(self) -> None:
        """Take the present setting's sweep as the one to be made."""
        self.apply(Begin())

    def more(self) -> None:
        """Go on with the sweep or, if it is complete, want more trials of each point."""
        self.apply(More())

    def finer(self) -> None:
        """Begin a sweep with a value between each two of every axis."""
        self.apply(Finer())

    def python(self) -> str:
        """Return the lines that make the sweep that was begun, or the one that is planned."""
        return self.shown.lines()

    @property
    def changed(self) -> bool:
        """Whether the settings are no more those of the sweep that was begun."""
        return self.sweep is not None and self.planned.as_json() != self.sweep.as_json()

    @property
    def shown(self) -> Sweep:
        """The sweep that was begun, or the one that is planned before there is one."""
        return self.planned if self.sweep is None else self.sweep

    @property
    def finished(self) -> bool:
        """Whether all trials of the sweep are there."""
        return self.result is not None and self.result.complete

    def recalls_wanted(self) -> int:
        """Return how many recalls the planned sweep still takes."""
        return sum(missing for _point, missing in self._wanted())

    def seconds_wanted(self) -> float:
        """Return about how many seconds they take on this computer."""
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
        """Make what is missing of the sweep that was begun until `cancel` is set or the budget is spent."""
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
                self.idle.set()  # what follows is only reading
        finally:
            self.idle.set()
        made = (result.trials - there).tolist()
        self._pace.learn(zip(sweep.points, made, strict=True), monotonic() - self._begun)
        self.read(result)

    def read(self, result: Result) -> None:
        """Take in a result as far as it is."""
        start = perf_counter()
        reading = Reading.of(result)
        self._reading_took = perf_counter() - start
        counts = self._counts.setdefault(self._folder_of(result.sweep), {})
        for point, count in zip(result.sweep.points, reading.trials.tolist(), strict=True):
            counts[point.key] = max(count, counts.get(point.key, 0))
        self.result, self.reading = result, reading  # in this order: a reading is never without its result

    @property
    def done(self) -> int:
        """How many trials of the sweep are there."""
        return self._done

    @property
    def total(self) -> int:
        """How many trials of the sweep are wanted."""
        return len(self.shown) * self.shown.trials

    def seconds_left(self) -> float:
        """Return how long the rest of the sweep will take, nan before that is known."""
        made = self._done - self._before
        if self.idle.is_set() or made <= 0:
            return float("nan")
        return (self.total - self._done) * (monotonic() - self._begun) / made

    # -- one point -----------------------------------------------------------------------------------------------

    def row(self, point: int, trial: int) -> dict[str, float]:
        """Return what was measured in a trial, by the names of `explore.trials.COLUMNS`.

        Raises
        ------
        Refused
            If it has not been made.
        """
        return trial_row(self._existing(), point, trial)

    def next_failed(self, point: int, after: int) -> int | None:
        """Return the number of the next trial that was no full success, from the first again after the last."""
        return next_failed(self._existing(), point, after)

    def _existing(self) -> Result:
        if self.result is None:
            msg = tr("Nothing has been measured yet; press Start.")
            raise Refused(msg)
        return self.result

    # -- inside --------------------------------------------------------------------------------------------------

    def _folder_of(self, sweep: Sweep) -> Path:
        """Return where a sweep's trials lie, whatever its values and number of trials."""
        axes = "-".join(sweep.parameters)
        fixed = Point(sweep.task, sweep.fixed).key
        return Path(self._folders.name) / f"{sweep.task}-{sweep.seed}-{axes}-{fixed[:12]}"

    def _afford(self, sweep: Sweep) -> None:
        if self.budget is not None:
            self.budget.check(*self._spent.get(str(self._folder_of(sweep)), (0, 0.0)))


class _Watch:
    """What is done with the result now and then while it grows: counted, read in a thread of its own, and ended."""

    def __init__(self, session: ExplorerSession, reader: ThreadPoolExecutor, key: str, cancel: Event) -> None:
        self._session, self._reader, self._key, self._cancel = session, reader, key, cancel
        self._spent = session._spent.get(key, (0, 0.0))
        self._reading: Future[None] | None = None
        self._due = 0.0

    def take(self, result: Result) -> None:
        """Take in a result as far as it is; called by the thread that hands out trials, which must not be held up."""
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
