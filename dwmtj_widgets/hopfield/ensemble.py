"""Many runs at once, on all cores: of one network, or of one network each."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from threading import Event, Lock
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield._engines import Engine, broken_at
from dwmtj_widgets.hopfield._kernels.circuit import BROKEN, CONVERGED, RUNNING
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.run_settings import RunSettings, run_settings, starting_somas
from dwmtj_widgets.hopfield.threads import in_threads
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.refusals import Refused

_GLANCE: Final = 2e-9
"""Device time between two looks at `cancel` in a long run, s."""
_SHORT: Final = 200
"""Largest N for which a run of identical devices is too fast to need cancel polling."""


@dataclass(frozen=True)
class EnsembleResult:
    """Ends of B runs, in the order of their patterns. SI units."""

    time: NDArray[np.float64]
    """(B,) time-to-solution in seconds."""
    energy: NDArray[np.float64]
    """(B,) joules, by the circuit."""
    bits: NDArray[np.int8]
    """(B, N) 1, 0, or -1 where undecided."""
    converged: NDArray[np.bool_]
    """(B,) whether every wall came to rest in time."""
    done: NDArray[np.bool_]
    """(B,) False for runs left out after `cancel`; their other entries are nan, -1 and False."""


def recall_many(
    network: Network,
    patterns: ArrayLike,
    *,
    charge_voltage: float = 0.1,
    load_time: float | None = None,
    soma_start: str | ArrayLike = "off",
    integrator: str = "events",
    time_step: float = 1e-12,
    min_time: float = 0.0,
    max_time: float = 3e-6,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Event | None = None,
) -> EnsembleResult:
    """Run the network once for every pattern, each from a fresh start, to its end.

    The result does not depend on the number of workers. The other parameters are those of `Simulation`.

    Parameters
    ----------
    network : Network
        The circuit.
    patterns : array_like, shape (B, N)
        Bits to load, one run a row.
    workers : int, optional
        Threads; by default one a core.
    progress : callable, optional
        Called as ``progress(done, total)`` from the workers' threads after every run.
    cancel : threading.Event, optional
        Once set, runs not yet begun are left out.

    Returns
    -------
    EnsembleResult

    Raises
    ------
    Refused
        If an input is illegal; the sentence says what arrived and what is legal.
    """
    rows = validation.bit_patterns(patterns, network.size)
    settings = run_settings(charge_voltage, load_time, integrator, time_step, min_time, max_time)
    settings = settings.fixed(network.size, network.device)
    starts = starting_somas(soma_start, rows)

    def engines() -> Callable[[int], Engine]:
        engine = settings.engine(network, rows[0])
        return lambda _index: engine

    return _run_all(engines, rows, starts, workers, progress, cancel)


def recall_chips(
    networks: Sequence[Network],
    patterns: ArrayLike,
    *,
    charge_voltage: float = 0.1,
    load_time: float | None = None,
    soma_start: str | ArrayLike = "off",
    integrator: str = "events",
    time_step: float = 1e-12,
    min_time: float = 0.0,
    max_time: float = 3e-6,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Event | None = None,
) -> EnsembleResult:
    """Run many networks of one size, such as chips of one design, each once with its own pattern.

    The result does not depend on the number of workers. The other parameters, returns and errors are those of
    `recall_many`.

    Parameters
    ----------
    networks : sequence of Network
        The B circuits. They are taken one by one, so a sequence may make them on demand.
    patterns : array_like, shape (B, N) or (N,)
        Bits to load: one row for each network, or one for all.
    """
    total = len(networks)
    if total == 0:
        msg = "There are no networks; give at least one."
        raise Refused(msg)
    given = np.asarray(patterns)
    rows = validation.bit_patterns(
        np.broadcast_to(given, (total, *given.shape)) if given.ndim == 1 else given
    )
    if rows.shape[0] != total:
        msg = (
            f"patterns are {rows.shape[0]} rows; one is wanted for each of {total} networks, or one for all."
        )
        raise Refused(msg)
    settings = run_settings(charge_voltage, load_time, integrator, time_step, min_time, max_time)
    starts = starting_somas(soma_start, rows)

    def engine(index: int) -> Engine:
        network = networks[index]
        if network.size != rows.shape[1]:
            msg = f"network {index} has {network.size} neurons; the patterns have {rows.shape[1]} bits."
            raise Refused(msg)
        return settings.engine(network, rows[index])

    return _run_all(lambda: engine, rows, starts, workers, progress, cancel)


class RunEnd(NamedTuple):
    """The end of one run. SI units."""

    time: float
    energy: float
    bits: NDArray[np.int8]
    """(N,) 1, 0, or -1 where undecided."""
    converged: bool


def run_once(
    network: Network,
    pattern: NDArray[np.uint8],
    settings: RunSettings,
    soma_start: str = "off",
    cancel: Event | None = None,
) -> RunEnd | None:
    """Run a network once to its end, with the same bits as `Simulation` and little overhead round the kernel.

    Parameters
    ----------
    network : Network
        The circuit.
    pattern : ndarray of uint8, shape (N,)
        Bits to load; not checked.
    settings : RunSettings
        From `run_settings`.
    soma_start : {"off", "pattern"}
        Walls of the somas at time 0.
    cancel : threading.Event, optional
        When another thread sets it, the run stops within a few milliseconds.

    Returns
    -------
    RunEnd or None
        None if it was cancelled.
    """
    engine = settings.engine(network, pattern)
    start = starting_somas(soma_start, pattern)
    looks = cancel is not None and (not network.uniform or network.size > _SHORT)
    return _to_the_end(engine, pattern, start, cancel if looks else None)


def _run_all(
    engines: Callable[[], Callable[[int], Engine]],
    rows: NDArray[np.uint8],
    starts: NDArray[np.float64],
    workers: int | None,
    progress: Callable[[int, int], None] | None,
    cancel: Event | None,
) -> EnsembleResult:
    """Run every row; `engines` gives each worker a function from a run's number to its engine."""
    total, size = rows.shape
    result = EnsembleResult(
        time=np.full(total, np.nan),
        energy=np.full(total, np.nan),
        bits=np.full((total, size), -1, dtype=np.int8),
        converged=np.zeros(total, dtype=bool),
        done=np.zeros(total, dtype=bool),
    )
    wanted = (os.cpu_count() or 1) if workers is None else validation.count(workers, "workers", 1)
    threads = min(wanted, total)
    numbers, lock = count(), Lock()

    def next_run() -> int:
        with lock:
            return next(numbers)

    def work(stop: Event) -> None:
        engine_of = engines()
        while (index := next_run()) < total:
            if stop.is_set() or (cancel is not None and cancel.is_set()):
                return
            end = _to_the_end(engine_of(index), rows[index], starts[index], None)
            assert end is not None
            result.time[index], result.energy[index], result.bits[index], result.converged[index] = end
            result.done[index] = True
            if progress is not None:
                progress(int(result.done.sum()), total)

    in_threads(work, threads)
    return result


def _to_the_end(
    engine: Engine, pattern: NDArray[np.uint8], start: NDArray[np.float64], cancel: Event | None
) -> RunEnd | None:
    engine.reset(WallState(0.0, start, np.zeros(start.shape), np.zeros(3), np.zeros(3)), pattern)
    target = np.inf if cancel is None else _GLANCE
    while (status := engine.advance(target)) == RUNNING and cancel is not None:
        if cancel.is_set():
            return None
        target += _GLANCE
    state = engine.state()
    if status == BROKEN:
        raise broken_at(float(state.time))
    return RunEnd(float(state.time), float(state.energy.sum()), bits_of(state.soma), status == CONVERGED)
