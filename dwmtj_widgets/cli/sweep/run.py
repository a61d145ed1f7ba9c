"""The work of ``dwmtj sweep`` and its report: text, or JSON."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any, Final

import numpy as np

from dwmtj_widgets import __version__
from dwmtj_widgets.cli.progress import Reporter
from dwmtj_widgets.cli.tables import aligned
from dwmtj_widgets.cli.typed_values import fixed_values, split, value_text, values_of
from dwmtj_widgets.explore import TASKS, Least, Result, Sweep, knobs_of, load_sweep, run_sweep, stepped
from dwmtj_widgets.explore.cluster import cluster_executor
from dwmtj_widgets.explore.datasets import (
    as_json,
    check_xarray,
    check_zarr,
    write_csv,
    write_netcdf,
    write_zarr,
)
from dwmtj_widgets.explore.knobs import Value, knob_of
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.validation import whole

ZARR: Final = "sweep.zarr"
STOPPED: Final = 130
"""Exit status after Ctrl+C, as in shells."""
_LONGEST: Final = 60
"""Most points in the printed table."""

FIGURE_8_WEIGHTS: Final = stepped(0.02, 0.24, 0.02)
"""V; the printed grid."""
FIGURE_8_TRIALS: Final = 4000
"""Below W = 0.06 V a few runs take very long, so means need many trials (the paper: 100)."""


@dataclass(frozen=True)
class SweepOrder:
    """Options of the command line, in display units."""

    task: str | None = None
    parameters: Sequence[str] = ()
    trials: int | None = None
    fixed: Sequence[str] = ()
    seed: int = 0
    latin: int = 0
    figure8: bool = False
    out: Path = Path("dwmtj-sweep")
    workers: int | None = None
    processes: bool = False
    scheduler: str | None = None
    interval: str = "student"
    csv: bool = False
    netcdf: bool = False
    zarr: bool = False


@dataclass(frozen=True)
class SweepReport:
    """A complete or stopped sweep."""

    order: SweepOrder
    result: Result
    files: list[Path] = field(default_factory=list)

    @cached_property
    def least(self) -> Least | None:
        """Minimum of the energy-delay product by the circuit; None before the first trial."""
        return self.result.least("edp") if self.result.done else None

    @cached_property
    def least_estimate(self) -> Least | None:
        """Minimum of the energy-delay product by the paper's estimate; None outside the estimate's domain."""
        known = np.isfinite(self.result.statistics(self.order.interval)["edp_estimate"]).any()
        return self.result.least("edp_estimate") if known else None

    def json(self) -> str:
        """Return one JSON object in SI units."""
        content = {"version": __version__, **as_json(self.result, self.order.interval)}
        for name, least in (("least_edp", self.least), ("least_edp_estimate", self.least_estimate)):
            if least is not None:
                content[name] = _as_json(least)
        content["files"] = [str(path) for path in self.files]
        return json.dumps(content, allow_nan=False)

    def text(self) -> str:
        """Return a table of the points, the minimum of the energy-delay product, and the files."""
        result = self.result
        lines = [
            f"{result.sweep.task}: {len(result.sweep):,} points, {result.done:,} of {result.total:,} trials."
        ]
        if len(result.sweep) <= _LONGEST:
            lines += ["", *self._table(), ""]
        if self.least is not None:
            lines.append(self._least())
        if not result.complete:
            lines.append(
                f"Stopped; the same command goes on where it was, its trials are in {self.order.out}."
            )
        lines += [f"Written: {path}" for path in self.files]
        return "\n".join(lines)

    def _least(self) -> str:
        least, sweep = self.least, self.result.sweep
        assert least is not None
        where = ", ".join(
            f"{name} = {value_text(sweep.knob(name), value)}" for name, value in least.settings.items()
        )
        ranges = ", ".join(
            f"{name} {value_text(sweep.knob(name), low)} to {value_text(sweep.knob(name), high)}"
            for name, (low, high) in least.ranges.items()
        )
        return (
            f"The least energy-delay product (by the circuit, means) is {least.value * 1e18:.4g} aJ s at {where}; "
            f"95 % of resamplings: {ranges or 'no range'}, this very point in {least.share:.0%}."
        )

    def _table(self) -> list[str]:
        sweep, numbers = self.result.sweep, self.result.statistics(self.order.interval)
        heads = [
            *sweep.parameters,
            "trials",
            "accuracy",
            "success",
            "time",
            "energy",
            "EDP",
            "EDP (est.)",
        ]
        rows = [heads]
        for index, point in enumerate(sweep.points):
            row = [value_text(sweep.knob(name), point.values[name]) for name in sweep.parameters]
            row.append(str(int(self.result.trials[index])))
            for name, unit in (("accuracy", "%"), ("success", "%"), ("time", "s"), ("energy", "J")):
                row.append(_between(numbers, name, index, unit))
            row.append(_between(numbers, "edp", index, "J s"))
            row.append(_between(numbers, "edp_estimate", index, "J s"))
            rows.append(row)
        return aligned(rows)


def _as_json(least: Least) -> dict[str, Any]:
    return {
        "value_J_s": least.value,
        "at": dict(least.settings),
        "share_of_resamplings": least.share,
        "interval_95": {name: list(ends) for name, ends in least.ranges.items()},
    }


def run(order: SweepOrder, say: Callable[[str], None]) -> SweepReport:
    """Run a sweep; progress goes to `say`. Ctrl+C stops it and keeps finished trials.

    Raises
    ------
    Refused
        If something in the order is illegal; the sentence says what arrived and what is legal.
    """
    sweep = sweep_of(order)
    # Before the sweep, which may take hours.
    if order.netcdf:
        check_xarray()
    if order.zarr:
        check_zarr(order.out / ZARR)
    reporter = Reporter(say)

    def progress(done: int, total: int) -> None:
        reporter.report(f"{done:,} of {total:,} trials.")

    try:
        with _executor(order) as (executor, workers):
            result = run_sweep(sweep, order.out, executor=executor, workers=workers, progress=progress)
    except KeyboardInterrupt:
        result = load_sweep(sweep, order.out)
    for note in result.notes:
        say(note)
    try:
        files = _written(order, result)
    except OSError as exc:
        msg = f"{exc.strerror or exc} where the table is written; the trials are kept in {order.out}, make room."
        raise Unable(msg) from exc
    return SweepReport(order, result, files)


def _written(order: SweepOrder, result: Result) -> list[Path]:
    """Write the requested tables, and return their paths."""
    files = []
    if order.csv:
        files.append(write_csv(result, order.out / "sweep.csv", order.interval))
    if order.netcdf:
        files.append(write_netcdf(result, order.out / "sweep.nc", order.interval))
    if order.zarr:
        files.append(write_zarr(result, order.out / ZARR, order.interval))
    return files


def sweep_of(order: SweepOrder) -> Sweep:
    """Return the sweep of the options.

    Raises
    ------
    Refused
        If something in the order is illegal.
    """
    if order.figure8:
        if order.parameters or order.latin or order.task not in (None, "random_recall"):
            msg = "--figure8 is a sweep of its own; leave out --task, --param and --latin."
            raise Refused(msg)
        fixed = {"preset": "published", **fixed_values("random_recall", order.fixed)}
        trials = FIGURE_8_TRIALS if order.trials is None else order.trials
        return Sweep("random_recall", {"weight": FIGURE_8_WEIGHTS}, trials, order.seed, fixed)
    task = order.task or TASKS[0]
    knobs_of(task)
    if not order.parameters:
        msg = "There is nothing to sweep; say what varies, as in --param weight=20:400:20, or --figure8."
        raise Refused(msg)
    values: dict[str, tuple[Value, ...]] = {}
    for text in order.parameters:
        name, given = split(text, "--param")
        if name in values:
            msg = f"{name} is there twice; give all of its values at once."
            raise Refused(msg)
        values[name] = values_of(knob_of(task, name), given, latin=order.latin > 0)
    trials = 100 if order.trials is None else order.trials
    return Sweep(task, values, trials, order.seed, fixed_values(task, order.fixed), order.latin)


@contextmanager
def _executor(order: SweepOrder) -> Iterator[tuple[Executor | None, int | None]]:
    """Yield the executor, None for threads, and the number of tasks at once."""
    if order.scheduler is not None and order.processes:
        msg = "--scheduler and --processes exclude each other; leave one of the two out."
        raise Refused(msg)
    if order.scheduler is not None:
        with cluster_executor(order.scheduler) as (executor, threads):
            yield executor, order.workers or threads
    elif order.processes:
        count = cpu_count() or 1 if order.workers is None else whole(order.workers, "workers", 1, 1024)
        # A forked process would inherit the state of threads without the threads.
        pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_leave_ctrl_c)
        try:
            yield pool, count
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    else:
        yield None, order.workers


def _leave_ctrl_c() -> None:
    """Ignore Ctrl+C, which reaches all processes of a terminal but is handled by the first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _between(numbers: dict[str, Any], name: str, index: int, unit: str) -> str:
    """Return a value and its interval, as in ``81.2 ns (80.1 to 82.4)``."""
    value, low, high = (float(numbers[f"{name}{end}"][index]) for end in ("", "_low", "_high"))
    if value != value:
        return "-"
    if unit == "J s":
        text, scale = f"{value * 1e18:.4g} aJ s", 1e18
    else:
        text, scale = quantity(value, unit), shown(1.0, unit)
    return text if low != low else f"{text} ({low * scale:.4g} to {high * scale:.4g})"
