"""Checks of this computer: its packages, its kernel cache, and a test recall.

Used by `dwmtj warmup` and `dwmtj check`.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from dwmtj_widgets.units import quantity

PACKAGES: Final = ("numpy", "numba", "ipywidgets", "ipycanvas", "bqplot", "anywidget", "voila")
BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "firefox",
    "firefox-esr",
    "microsoft-edge",
)

# The recall of `check`: default memories and device, the first memory with 20 % distortion, seed 0.
REFERENCE_TIME: Final = 74.885e-9
TIME_TOLERANCE: Final = 0.01e-9


@dataclass(frozen=True)
class Finding:
    """One sentence about this computer, and whether it prevents the package from working."""

    sentence: str
    fatal: bool = False


@dataclass(frozen=True)
class KernelCache:
    """The folders of compiled kernels, and the kernels that this process has loaded from them so far."""

    folders: tuple[Path, ...]
    """One for each folder of kernels; empty if numba stores none."""
    loaded: int
    compiled: int

    @property
    def writable(self) -> bool:
        """Whether all folders are writable."""
        try:
            for folder in self.folders:
                folder.mkdir(parents=True, exist_ok=True)
                tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            return False
        return bool(self.folders)

    @property
    def place(self) -> str:
        """The folders as text."""
        return " and ".join(map(str, self.folders))


def _kernels() -> list[Any]:
    from dwmtj_widgets.hopfield._kernels import circuit, euler, events, films, full
    from dwmtj_widgets.mtj_rnn import _kernels as macrospins

    # If numba is switched off, kernels are plain functions without statistics.
    functions = (
        f for module in (circuit, euler, events, films, full, macrospins) for f in vars(module).values()
    )
    return [function for function in functions if hasattr(function, "stats")]


def kernel_cache() -> KernelCache:
    """Return the state of the kernel cache."""
    stats = [function.stats for function in _kernels()]
    folders = tuple(dict.fromkeys(Path(entry.cache_path) for entry in stats if entry.cache_path))
    loaded = sum(sum(entry.cache_hits.values()) for entry in stats)
    return KernelCache(folders, loaded, sum(sum(entry.cache_misses.values()) for entry in stats))


def warm_up() -> float:
    """Compile every kernel for this computer, or load it from the cache; returns the seconds taken."""
    import numpy as np

    from dwmtj_widgets import Network, Simulation, hebbian_weights
    from dwmtj_widgets.hopfield.variation import Variation, fabricate
    from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform

    start = perf_counter()
    memory, cue = [1, 0, 1, 0], [1, 0, 1, 1]
    cut = np.ones((4, 4), dtype=bool)
    cut[0, 1] = False
    for variation in (None, {"tmr": np.linspace(2.9, 3.1, 16).reshape(4, 4)}):
        for connected in (None, cut):
            network = Network(hebbian_weights([memory], 0.1), variation=variation, connected=connected)
            for integrator in ("events", "euler"):
                Simulation(network, cue, integrator=integrator, max_time=20e-9).run()
    chip = fabricate(Network(hebbian_weights([memory], 0.1)), Variation(tmr=0.05, jitter=0.01, stuck=0.1), 0)
    Simulation(chip, cue, max_time=20e-9).run()
    junctions = MTJNetwork(4, temperature=300.0)
    junctions.train(waveform("sine", period=2e-9, sample_time=0.2e-9, periods=2), record=True)
    junctions.generate(1e-9)
    return perf_counter() - start


def find_browser() -> str | None:
    """Return a browser of this computer, None if there is none."""
    if sys.platform == "darwin":
        return "Safari"
    if sys.platform == "win32":
        return "Microsoft Edge"
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def findings() -> Iterator[Finding]:
    """Yield a sentence about everything that the package needs."""
    yield Finding(f"Python {platform.python_version()} on {platform.platform()} with {_cores()} core(s).")
    yield from map(_package, ("dwmtj-widgets", *PACKAGES))
    browser = find_browser()
    yield Finding(
        f"Browser: {browser}."
        if browser
        else "No browser was found; sudo apt-get install chromium installs one, or open the lab's address elsewhere."
    )
    yield _recall()
    damage = _damage()
    yield from map(Finding, damage)
    yield _cache(damaged=bool(damage))


def _cores() -> int:
    # In a container or on a class server this process may have fewer cores than the machine.
    affinity: Any = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _package(name: str) -> Finding:
    try:
        return Finding(f"{name} {metadata.version(name)}.")
    except metadata.PackageNotFoundError:
        return Finding(f"{name} is missing; python -m pip install {name} installs it.", fatal=True)


def _recall() -> Finding:
    try:
        from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol
        from dwmtj_widgets.tasks.recall import recall_image

        start = perf_counter()
        memories = [symbol(name) for name in DEFAULT_MEMORIES]
        answer = recall_image(memories, distort(memories[0], 0.2, seed=0), target=memories[0])
    except Exception as error:
        return Finding(f"A recall failed with {type(error).__name__}: {error}", fatal=True)
    took = quantity(perf_counter() - start, "", decimals=1)
    time = quantity(answer.result.time, "s")
    if not answer.judgement.success:
        share = quantity(answer.judgement.accuracy, "%")
        return Finding(f"A recall came out wrong: {share} of the bits are right after {time}.", fatal=True)
    if abs(answer.result.time - REFERENCE_TIME) > TIME_TOLERANCE:
        wanted = quantity(REFERENCE_TIME, "s")
        return Finding(f"A recall took {time} of device time; it should take {wanted}.", fatal=True)
    return Finding(
        f"A recall got all {answer.cue.shape[0]} bits right in {time} of device time ({took} s on this computer)."
    )


def _damage() -> list[str]:
    from dwmtj_widgets import _jit

    return _jit.verify(_kernels())


def _cache(*, damaged: bool = False) -> Finding:
    """Return whether the test recall found its kernels in the cache."""
    cache = kernel_cache()
    if not cache.folders and not _kernels():
        return Finding(
            "The kernels are not compiled: numba is switched off (NUMBA_DISABLE_JIT), and all is slow."
        )
    if not cache.folders:
        return Finding(
            "The compiled kernels are not kept, as no folder can be written: every start takes a minute longer. "
            "Set NUMBA_CACHE_DIR to a folder that can be written."
        )
    state = "warm"
    if cache.compiled:
        state = "cold: kernels were compiled just now (dwmtj warmup compiles all)"
    if damaged:
        state = "mended: what was damaged is dropped (dwmtj warmup compiles it)"
    access = "which can be written" if cache.writable else "which cannot be written (set NUMBA_CACHE_DIR)"
    return Finding(f"The kernel cache is {state}; it is in {cache.place}, {access}.")
