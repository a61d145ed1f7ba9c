"""What the network of MTJs can do, and how fast. Run: python benchmarks/signals.py [--quick].

Generation: 100 periods of 20 ns of training, then 50 periods by itself; error after the best alignment by one
phase, and with the phase fixed at release. Recognition: unseen phases, amplitudes 0.8 to 1.2, 10 % noise, windows of
one period. All on one core.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
from scipy.integrate import solve_ivp

from dwmtj_widgets.charts import Curve, CurveChart, curve_chart_svg
from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform
from dwmtj_widgets.mtj_rnn.measures import Quality, quality
from dwmtj_widgets.mtj_rnn.recognition import examine, labelled_stream, recogniser, train
from dwmtj_widgets.mtj_rnn.signals import KINDS

NS = 1e-9
PERIOD, SAMPLE = 20 * NS, 0.2 * NS
TRAINED, FREE = 100, 50
GRID = {"period": PERIOD, "sample_time": SAMPLE}
TASKS = (
    ("sine", "square"),
    ("sine", "triangle"),
    ("sine", "square", "sawtooth"),
    ("sine", "triangle", "square"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a quarter of the seeds (three for the drawing), small sizes only",
    )
    parser.add_argument(
        "--drawing", type=Path, help="only measure error against size, and draw it into this SVG file"
    )
    arguments = parser.parse_args()
    quick = arguments.quick
    if arguments.drawing:
        draw_error_against_size(arguments.drawing, seeds=3 if quick else 10)
        return
    seeds = 5 if quick else 20
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores; {seeds} seeds")
    speed()
    for kind in KINDS:
        generation(kind, seeds)
    for name in ("sine", "harmonics"):
        generation(name, seeds, method="ridge")
    for kinds in TASKS:
        recognition(kinds, max(seeds // 2, 3))
    for size in (10, 20, 40, 80) if quick else (10, 20, 30, 40, 60, 100, 150, 200):
        generation("triangle", min(seeds, 10), size=size)


def draw_error_against_size(file: Path, seeds: int) -> None:
    """Draw the median error of the triangle wave over the number of junctions."""
    sizes = np.array([10, 20, 30, 40, 60, 100, 200])
    medians = [
        np.median([generated("triangle", seed, int(n), "FORCE").error for seed in range(seeds)])
        for n in sizes
    ]
    errors = 100.0 * np.array(medians)
    print(dict(zip(sizes.tolist(), errors.round(2).tolist(), strict=True)))
    curve = Curve(f"median of {seeds} seeds", sizes, np.log10(errors), style="broad")
    title = "Triangle wave, 50 free periods after 100 of training"
    chart = CurveChart(title, "Junctions N", "log10 of the error in %", [curve])
    # A file of its own, without the page whose style sheet charts otherwise share.
    style = "<style>text{font:13px sans-serif;fill:#1d232b}.grid{stroke:#dde3ea}path{fill:none;stroke:#1d232b}</style>"
    drawing = curve_chart_svg(chart).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    file.write_text(drawing.replace(">", f">{style}", 1), encoding="utf-8")


def generated(kind: str, seed: int, size: int, method: str) -> Quality:
    """Train a network, let it run by itself, and compare."""
    network = MTJNetwork(size, seed)
    network.generate(5 * PERIOD)
    lesson = waveform(kind, **GRID, periods=TRAINED)
    if method == "FORCE":
        network.train(lesson, SAMPLE)
    else:
        network.train_ridge(lesson, SAMPLE, washout=500)
    return quality(network.generate(FREE * PERIOD), waveform(kind, **GRID))


def generation(kind: str, seeds: int, size: int = 40, method: str = "FORCE") -> None:
    """Error of one waveform over many seeds."""
    found = [generated(kind, seed, size, method) for seed in range(seeds)]
    errors = np.array([each.error for each in found])
    fixed = np.median([each.fixed_error for each in found])
    drift = np.median([abs(each.period_error_ppm) for each in found])
    shape = np.median([each.shape_error for each in found])
    locked = np.median([each.locked for each in found])
    print(
        f"{method} {kind:10s} N = {size:3d}: median error {100 * np.median(errors):6.2f} %, quartiles "
        f"{100 * np.quantile(errors, 0.25):.2f} to {100 * np.quantile(errors, 0.75):.2f} %, "
        f"below 5 % {np.mean(errors < 0.05):4.0%}, below 10 % {np.mean(errors < 0.1):4.0%}; "
        f"phase fixed at release {100 * fixed:.2f} %, "
        f"period off by {drift:.0f} ppm, shape alone {100 * shape:.2f} %, locked {locked:.0f} of {FREE} periods",
        flush=True,
    )


def recognition(kinds: tuple[str, ...], seeds: int) -> None:
    """Accuracy of one set of waveforms over many seeds."""
    shapes = [waveform(kind, **GRID) for kind in kinds]
    for hold in (5, 1):
        all_windows, settled = [], []
        for seed in range(seeds):
            network = recogniser(40, seed)
            train(network, shapes, seed=2 * seed, hold=hold, **GRID)
            stream = labelled_stream(shapes, 400, seed=2 * seed + 1, hold=hold, **GRID)
            result = examine(network, stream)
            all_windows.append(result.accuracy)
            settled.append(result.settled_accuracy)
        rest = f", settled ones {np.median(settled):.1%}" if hold > 1 else ""
        print(
            f"{' / '.join(kinds)}, another waveform every {hold} periods: median {np.median(all_windows):.1%} of all "
            f"windows{rest}, worst seed {min(all_windows):.1%}",
            flush=True,
        )


def speed() -> None:
    """The kernel against a NumPy loop and SciPy's solvers on the same equations, each warm."""
    network = MTJNetwork(40, 0)
    network.train(waveform("sine", **GRID, periods=2), SAMPLE)
    lesson = waveform("sine", **GRID, periods=TRAINED)
    seconds = timed(lambda: network.train(lesson, SAMPLE))
    steps = TRAINED * PERIOD / network.time_step * network.size
    print(
        f"training 40 junctions for {TRAINED} periods: {seconds:.3f} s, {steps / seconds:.3g} junction steps a second"
    )
    kernel = timed(lambda: network.step(100 * NS)) / 100
    print(f"  kernel, midpoint of {network.time_step * 1e12:g} ps: {kernel * 1e3:.3f} ms a nanosecond")
    rate, start = equations(network)
    count = round(2 * NS / network.time_step)
    loop = timed(lambda: numpy_loop(rate, start, network.time_step, count)) / 2
    print(f"  the same steps in a NumPy loop: {loop * 1e3:.1f} ms a nanosecond = {loop / kernel:,.0f} x")
    exact = solved(rate, start, "DOP853", 1e-12)
    network.step(2 * NS)
    print(f"  error of m after 2 ns: kernel {np.abs(packed(network) - exact)[:120].max():.1e}")
    for method, tolerance in (("RK45", 1e-4), ("DOP853", 1e-4), ("RK45", 1e-6), ("DOP853", 1e-6)):
        begin = perf_counter()
        end = solved(rate, start, method, tolerance)
        each = (perf_counter() - begin) / 2
        print(
            f"  solve_ivp {method}, tolerance {tolerance:g}: {each * 1e3:.1f} ms a nanosecond = "
            f"{each / kernel:,.0f} x, error of m {np.abs(end - exact)[:120].max():.1e}"
        )


Rate = Callable[[float, np.ndarray], np.ndarray]


def equations(network: MTJNetwork) -> tuple[Rate, np.ndarray]:
    """Right-hand side of the free network in NumPy, and its present state, (4 N,)."""
    settings, junction, size = network.settings, network.junction, network.size
    wires = network.wires
    drive = settings.bias * network.draw.bias
    loop = wires.recurrent + np.outer(network.weights, wires.feedback[0])
    per_second = wires.share / network.time_step

    def rate(_time: float, flat: np.ndarray) -> np.ndarray:
        m, a = flat[: 3 * size].reshape(3, size), flat[3 * size :]
        current = (settings.torque_scale * (m[1] @ loop + drive) - a) * per_second
        return np.concatenate([junction.rate(m, a).ravel(), current])

    return rate, packed(network)


def solved(rate: Rate, start: np.ndarray, method: str, tolerance: float) -> np.ndarray:
    """State after 2 ns by SciPy; its own guess of a first step would be far too long."""
    return solve_ivp(
        rate, (0.0, 2 * NS), start, method=method, rtol=tolerance, atol=tolerance, first_step=1e-13
    ).y[:, -1]


def packed(network: MTJNetwork) -> np.ndarray:
    """The state as one row."""
    return np.concatenate([network.magnetization.ravel(), network.torque_field])


def numpy_loop(rate: Rate, state: np.ndarray, step: float, count: int) -> np.ndarray:
    """Explicit midpoint and a return to the sphere, as many evaluations as the kernel."""
    size = state.size // 4
    for _ in range(count):
        state = state + step * rate(0.0, state + 0.5 * step * rate(0.0, state))
        m = state[: 3 * size].reshape(3, size)
        m /= np.linalg.norm(m, axis=0)
    return state


def timed(work: Callable[[], object]) -> float:
    """Seconds of the fastest of three."""
    times = []
    for _ in range(3):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return min(times)


if __name__ == "__main__":
    main()
