"""Speed and accuracy of the engine, printed beside the released program and ngspice. Run: python benchmarks/engine.py.

All figures are of one run on this machine, kernels warm. The released program's and ngspice's are those of
their README (CPU seconds of one core of a like machine).
"""

from __future__ import annotations

import os
import platform
import statistics
from time import perf_counter

import numpy as np

from dwmtj_widgets import Network, Simulation, hebbian_weights, recall_many
from dwmtj_widgets.hopfield._engines import FULL_STEP, FullEngine
from dwmtj_widgets.hopfield._kernels.circuit import Schedule
from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol

RELEASED_100_SECONDS = 236.0
RELEASED_60_SECONDS = 57.0
NGSPICE_20_SECONDS_PER_NS = 0.098


def main() -> None:
    memories = np.array([symbol(name) for name in DEFAULT_MEMORIES])
    network = Network(hebbian_weights(memories, 0.1))
    shares = np.arange(1, 11) * 0.05
    cues = np.array([distort(m, share, seed) for share in shares for seed in range(7) for m in memories])
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores; {len(cues)} image recalls, N = 100"
    )
    events = time_recalls(network, cues, "events", len(cues))
    euler = time_recalls(network, cues, "euler", 21)
    print(f"  released program: {RELEASED_100_SECONDS:g} s a recall")
    print(
        f"    = {RELEASED_100_SECONDS / events:,.0f} x events, {RELEASED_100_SECONDS / euler:,.0f} x Euler 1 ps"
    )
    time_ensemble(network, np.tile(cues, (20, 1)))
    accuracy(network, cues[::10])
    full = time_full(100, network.weights, cues[30], 1.0)
    thousand = np.random.default_rng(0).integers(0, 2, (3, 1000))
    large = time_full(1000, hebbian_weights(thousand, 0.1), thousand[0], 0.02)
    print(
        f"  a device step costs {full / large:.2f} x as much at N = 1000 as at N = 100 (memory, not arithmetic)"
    )
    compare_with_ngspice()


def time_recalls(network: Network, cues: np.ndarray, integrator: str, count: int) -> float:
    """Median seconds of one recall, construction included."""
    Simulation(network, cues[0], integrator=integrator).run()
    seconds = []
    for cue in cues[:: max(len(cues) // count, 1)]:
        simulation = Simulation(network, cue, integrator=integrator)
        start = perf_counter()
        simulation.run()
        seconds.append(perf_counter() - start)
    median = statistics.median(seconds)
    print(
        f"one recall, {integrator}: median {median * 1e3:.3f} ms, mean {statistics.mean(seconds) * 1e3:.3f} ms, "
        f"slowest {max(seconds) * 1e3:.3f} ms (one core)"
    )
    return median


def time_ensemble(network: Network, cues: np.ndarray) -> None:
    """Recalls a second on all cores."""
    recall_many(network, cues[:4])
    start = perf_counter()
    result = recall_many(network, cues)
    rate = len(cues) / (perf_counter() - start)
    assert result.converged.all()
    print(f"recall_many: {rate:,.0f} recalls a second on {os.cpu_count()} cores ({len(cues)} recalls)")


def accuracy(network: Network, cues: np.ndarray) -> None:
    """Events against the full-state leapfrog at 1 ps, another code for the same equations, and at its own step."""
    for step in (1e-12, FULL_STEP):
        worst_time = worst_place = 0.0
        for cue in cues:
            simulation = Simulation(network, cue)
            schedule = Schedule(0.1, simulation.load_time, 0.0, 3e-6)
            other = FullEngine(network, np.asarray(cue, dtype=np.uint8), schedule, step=step)
            cold = np.zeros(network.size)
            other.reset(WallState(0.0, cold, cold, np.zeros(3), np.zeros(3)))
            for time in np.arange(1.0, 100.0, 1.0) * 1e-9:
                if simulation.finished:
                    break
                simulation.step(time - simulation.time)
                if not simulation.finished:
                    other.advance(time)
                    apart = np.abs(other.state().soma - simulation.soma).max()
                    off = ~np.eye(network.size, dtype=bool)
                    apart = max(apart, np.abs(other.state().axon - simulation.axon)[off].max())
                    worst_place = max(worst_place, float(apart) * network.device.track_length)
            other.advance(np.inf)
            worst_time = max(worst_time, abs(other.state().time - simulation.time))
        print(
            f"events against the full-state leapfrog at {step * 1e12:g} ps: "
            f"{worst_time * 1e12:.4f} ps in time, {worst_place * 1e9:.5f} nm in position, at worst"
        )


def time_full(size: int, weights: np.ndarray, cue: np.ndarray, share: float) -> float:
    """Device steps a second of the full-state kernel on one core, for a share of a 60 ns run at 1 ps."""
    network = Network(weights)
    engine = FullEngine(
        network, np.asarray(cue, dtype=np.uint8), Schedule(0.1, 16e-9, 0.0, 3e-6), step=1e-12, leapfrog=False
    )
    cold = np.zeros(size)
    engine.reset(WallState(0.0, cold, cold, np.zeros(3), np.zeros(3)))
    engine.advance(1e-12)
    duration = 60e-9 * share
    start = perf_counter()
    engine.advance(duration)
    seconds = perf_counter() - start
    rate = duration / 1e-12 * size**2 / seconds
    print(f"full state, Euler 1 ps, N = {size}: {rate:.3g} device steps a second on one core")
    return rate


def compare_with_ngspice() -> None:
    """The same 20-neuron circuit for 150 ns, as in the reference transients."""
    pattern = np.random.default_rng(1).integers(0, 2, (1, 20))
    network = Network(hebbian_weights(pattern, 0.1))
    cue = distort(pattern[0], 0.3, 1)
    seconds = []
    for _ in range(20):
        simulation = Simulation(network, cue, min_time=150e-9)
        start = perf_counter()
        simulation.run()
        seconds.append(perf_counter() - start)
    ours = statistics.median(seconds)
    spice = NGSPICE_20_SECONDS_PER_NS * 150
    print(f"20 neurons, 150 ns: {ours * 1e3:.3f} ms; ngspice {spice:.1f} s = {spice / ours:,.0f} x")


if __name__ == "__main__":
    main()
