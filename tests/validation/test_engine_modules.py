"""The kernels as WebAssembly: they are those of the sources, and give the bits that numba gives."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from random_runs import random_parts
from reference import ROOT
from wasm_engine import films_agree, same_film, trainings_agree

from dwmtj_widgets.engine.layout import MODULES, Record, length
from dwmtj_widgets.engine.modules import description, module_bytes
from dwmtj_widgets.engine.source import Frames, chunks
from dwmtj_widgets.hopfield._kernels import euler, events, films, full
from dwmtj_widgets.hopfield._kernels.circuit import CONVERGED, TIMEOUT
from dwmtj_widgets.mtj_rnn import _kernels as macrospins

sys.path.append(str(ROOT))

from tools.wasm.__main__ import stale
from tools.wasm.sources import meant

RUNS, BATCH = 1000, 100
STARTS = [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(BATCH, RUNS, BATCH))]
LARGEST = 40_000
"""Bytes of a module: they travel with every page."""


def test_the_modules_are_built_from_the_kernels_as_they_are() -> None:
    assert stale() == []


def test_a_changed_kernel_is_noticed_and_a_changed_comment_is_not() -> None:
    kernel = 'def f(x):\n    """Say."""\n    # So.\n    return x + 1.0\n'
    same = 'def f(x):\n    """Say it\n    at length."""\n\n    return x + 1.0  # Or so.\n'
    assert list(meant(kernel)) == list(meant(same))
    assert list(meant(kernel)) != list(meant(kernel.replace("1.0", "2.0")))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("wasm-ld") is None, reason="needs wasm-ld (Debian: lld)")
def test_building_again_gives_the_same_bytes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.wasm", "--rebuild"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_small_and_needs_nothing_of_the_page(name: str) -> None:
    import wasmtime

    code = module_bytes(name)
    assert len(code) < LARGEST
    assert wasmtime.Module(wasmtime.Engine(), code).imports == []


MADE = {
    "walls": events.make_walls(5),
    "scratch": events.make_scratch(5),
    "grid": euler.make_grid(5),
    "state": full.make_state(5),
    "room": macrospins.make_room(5),
}


def _records() -> Iterator[tuple[str, Record]]:
    for module in MODULES.values():
        yield from ((module.name, record) for record in module.records.values())


@pytest.mark.parametrize(("module", "record"), list(_records()), ids=lambda each: getattr(each, "name", each))
def test_the_layout_is_that_of_the_kernels(module: str, record: Record) -> None:
    arrays = {block.name.removeprefix(f"{record.name}_") for block in record.blocks} - {record.name}
    assert arrays | set(record.numbers) == set(record.make._fields)
    made: Any = (
        films.make_frames(7, 5, full_state=module == "full")
        if record.name == "frames"
        else MADE.get(record.name)
    )
    if made is None:
        return
    for block in record.blocks:
        array = getattr(made, block.name.removeprefix(f"{record.name}_"))
        assert array.shape == tuple(length(each, {"N": 5, "F": 7}) for each in block.shape), block.name
        assert array.dtype == np.dtype(block.type), block.name


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ["events", "euler", "full"])
def test_a_thousand_random_runs_have_the_same_bits(kind: str, start: int) -> None:
    """Frames, times, energies, powers: of every part between things done, in every phase."""
    apart = [
        seed
        for seed in range(start, start + BATCH)
        for part in random_parts(kind, seed)
        if not films_agree(part, 33 + seed % 200)
    ]
    assert apart == [], kind


@pytest.mark.parametrize("start", STARTS)
def test_a_thousand_random_trainings_have_the_same_bits(start: int) -> None:
    assert [seed for seed in range(start, start + BATCH) if not trainings_agree(seed)] == []


@pytest.mark.slow
def test_the_random_runs_reach_every_phase() -> None:
    """Else the tests above would say less than they seem to."""
    ends = {
        (kind, list(chunks(part))[-1].status)
        for kind in ("events", "euler", "full")
        for seed in range(30)
        for part in random_parts(kind, seed)
    }
    ended = {CONVERGED, TIMEOUT, films.REACHED}
    assert ends == {(kind, each) for kind in ("events", "euler", "full") for each in ended} - {
        ("events", TIMEOUT)
    }


def test_energies_and_walls_are_compared_to_the_last_bit() -> None:
    """A film that differs by one unit in the last place is another one."""
    part = random_parts("events", 0)[0]
    film = next(chunks(part))
    moved = Frames(film.status, film.time, film.walls, np.nextafter(film.energies, np.inf), film.powers)
    assert not same_film(film, moved)


def test_what_the_page_is_told_names_the_versions_that_made_the_modules() -> None:
    assert set(description()["made_by"]) == {"python", "numba", "llvmlite", "llvm", "linker"}
