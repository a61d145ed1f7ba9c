"""The kernels as WebAssembly beside the same kernels of numba, in one run. Run: python benchmarks/engine_modules.py.

Needs node. Times are CPU time, the best of several; both sides make the same key frames.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from time import process_time

import numpy as np

from dwmtj_widgets import Network, Simulation, hebbian_weights
from dwmtj_widgets.engine.modules import module_bytes
from dwmtj_widgets.engine.source import Part, as_json, frames, parts
from dwmtj_widgets.hopfield.variation import Variation, fabricate
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol

TIMINGS = 8
FILMS = {"events": 50, "euler": 1, "full": 1}
"""In one timing: node's clock of CPU time has steps of some milliseconds."""
PAGE = Path(__file__).with_suffix(".mjs")


def main() -> None:
    films = recalls()
    told = [{"timings": TIMINGS, "films": FILMS[name], **as_json(part)} for name, part in films.items()]
    done = subprocess.run(
        ["node", str(PAGE)], input=json.dumps(told), capture_output=True, text=True, check=True
    )
    print("one image recall, N = 100, as key frames")
    print("| kernel | bytes | gzip | compile in node, ms | frames | numba, ms | node, ms | node / numba |")
    print("|---|---|---|---|---|---|---|---|")
    for (name, part), page in zip(films.items(), json.loads(done.stdout), strict=True):
        code = module_bytes(name)
        count, native = timed(part, FILMS[name])
        if count != page["frames"]:
            sys.exit(f"{name}: {page['frames']} frames in node, {count} here")
        print(
            f"| {name} | {len(code)} | {len(gzip.compress(code))} | {page['compile']:.1f} | {count} | {native:.2f} "
            f"| {page['film']:.2f} | {page['film'] / native:.2f} |"
        )


def recalls() -> dict[str, Part]:
    memories = np.array([symbol(name) for name in DEFAULT_MEMORIES])
    network = Network(hebbian_weights(memories, 0.1))
    cue = distort(memories[0], 0.2, 1)
    chip = fabricate(network, Variation(track_length=0.05), 0)
    runs = {
        "events": Simulation(network, cue),
        "euler": Simulation(network, cue, integrator="euler"),
        "full": Simulation(chip, cue),
    }
    return {name: next(parts(run)) for name, run in runs.items()}


def timed(part: Part, films: int) -> tuple[int, float]:
    """Return how many frames, and the best CPU time in ms."""
    count, best = len(frames(part).time), np.inf
    for _ in range(TIMINGS):
        start = process_time()
        for _film in range(films):
            frames(part)
        best = min(best, (process_time() - start) / films)
    return count, best * 1e3


if __name__ == "__main__":
    main()
