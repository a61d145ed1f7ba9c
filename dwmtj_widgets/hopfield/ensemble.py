"""Many runs of one network at once, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import count
from threading import Event, Lock

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield._engines import Engine
from dwmtj_widgets.hopfield._kernels.circuit import BROKEN, CONVERGED
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.simulation import run_settings, starting_somas
from dwmtj_widgets.hopfield.walls import WallState, bits_of


@dataclass(frozen=True)
class EnsembleResult:
    """The ends of B runs, in the order of their patterns. SI units."""

    time: NDArray[np.float64]
    """(B,) time-to-solution in seconds."""
    energy: NDArray[np.float64]
    """(B,) joules, by the circuit."""
    bits: NDArray[np.int8]
    """(B, N) 1, 0, or -1 where undecided."""
    converged: NDArray[np.bool_]
    """(B,) whether every wall came to rest in time."""
    done: NDArray[np.bool_]
    """(B,) False for runs that were not made because of `cancel`; their other entries are nan, -1 and False."""


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
        When it is set the runs not yet begun are left out.

    Returns
    -------
    EnsembleResult

    Raises
    ------
    ValueError
        If an input is illegal; the sentence says what arrived and what is legal.
    """
    rows = validation.bit_patterns(patterns, network.size)
    settings = run_settings(charge_voltage, load_time, integrator, time_step, min_time, max_time)
    starts = starting_somas(soma_start, rows)
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

    def work() -> None:
        engine = settings.engine(network, rows[0])
        while (index := next_run()) < total and not (cancel is not None and cancel.is_set()):
            _run_one(index, engine, rows, starts, result)
            if progress is not None:
                progress(int(result.done.sum()), total)

    with ThreadPoolExecutor(threads) as pool:
        finished, _pending = wait([pool.submit(work) for _ in range(threads)], return_when=FIRST_EXCEPTION)
    for future in finished:
        future.result()
    return result


def _run_one(
    index: int,
    engine: Engine,
    rows: NDArray[np.uint8],
    starts: NDArray[np.float64],
    result: EnsembleResult,
) -> None:
    cold_axons = np.zeros(rows.shape[1])
    engine.reset(WallState(0.0, starts[index], cold_axons, np.zeros(3), np.zeros(3)), rows[index])
    status = engine.advance(np.inf)
    if status == BROKEN:
        msg = f"the walls of run {index} could not be followed to the end; check the device."
        raise RuntimeError(msg)
    state = engine.state()
    result.time[index] = state.time
    result.energy[index] = state.energy.sum()
    result.bits[index] = bits_of(state.soma)
    result.converged[index] = status == CONVERGED
    result.done[index] = True
