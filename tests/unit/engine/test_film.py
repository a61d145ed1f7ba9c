"""A run as key frames: they are the session's moments, and straight lines between them are within one grey level."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from needed import needed
from random_runs import random_parts, random_run
from reference import ROOT

from dwmtj_widgets import Network, Simulation, hebbian_weights
from dwmtj_widgets.engine.source import Action, Frames, Part, as_json, chunks, frames, parts
from dwmtj_widgets.hopfield._kernels import films
from dwmtj_widgets.hopfield._kernels.circuit import CONVERGED

GREY = 1.0 / 255.0


def moments(
    simulation: Simulation, made: list[Part], actions: list[Action]
) -> Iterator[tuple[Simulation, Frames]]:
    """Yield the session at the beginning of every part, and the part's film."""
    for part, action in zip(made, [*actions, None], strict=True):
        yield deepcopy(simulation), frames(part)
        if action is not None:
            if not simulation.finished:
                simulation.step_to(action.time)
            getattr(simulation, action.name)(**action.values)


def walls_of(simulation: Simulation, shape: tuple[int, ...]) -> Any:
    """Return the walls as a frame holds them, x/L."""
    axon, soma = simulation.moment.axon, simulation.soma
    if axon.ndim == 1:
        return np.stack([soma, axon])
    table = axon.copy()
    np.fill_diagonal(table, soma)
    assert table.shape == shape
    return table


@pytest.mark.parametrize(
    "seeds",
    [range(3, 12), pytest.param(range(3), marks=pytest.mark.slow)],
    ids=["nine runs", "three long ones"],
)
@pytest.mark.parametrize("kind", ["events", "euler", "full"])
def test_every_frame_is_a_moment_of_the_session(kind: str, seeds: range) -> None:
    for seed in seeds:
        simulation, actions, interval = random_run(kind, seed)
        made = list(parts(deepcopy(simulation), actions, interval=interval))
        for session, film in moments(simulation, made, actions):
            for k, time in enumerate(film.time):
                if time > session.time:
                    session.step_to(float(time))
                assert session.time == time
                assert session.moment.energy.tobytes() == film.energies[k].tobytes()
                assert session.moment.power.tobytes() == film.powers[k].tobytes()
                walls = np.rint(255.0 * walls_of(session, film.walls[k].shape)).astype(np.uint8)
                np.testing.assert_array_equal(walls, film.walls[k])


def test_a_wall_is_within_one_grey_level_of_the_engine_at_every_time() -> None:
    for seed in range(40):
        simulation, actions, interval = random_run("events", seed)
        made = list(parts(deepcopy(simulation), actions, interval=interval))
        for session, film in moments(simulation, made, actions):
            if film.time[-1] == film.time[0]:
                continue
            for time in np.sort(np.random.default_rng(seed).uniform(film.time[0], film.time[-1], 50)):
                session.step_to(float(time))
                k = int(np.searchsorted(film.time, time, side="right")) - 1
                share = (time - film.time[k]) / (film.time[k + 1] - film.time[k])
                drawn = (1.0 - share) * film.walls[k] + share * film.walls[k + 1]
                assert np.abs(drawn / 255.0 - walls_of(session, drawn.shape)).max() <= GREY + 1e-9, (
                    seed,
                    time,
                )


@pytest.mark.parametrize("kind", ["events", "euler", "full"])
def test_a_film_does_not_depend_on_how_it_is_cut(kind: str) -> None:
    for seed in range(8):
        for part in random_parts(kind, seed):
            whole = frames(part, 4096)
            for room in (films.MOST_IN_A_STEP + 1, 70):
                cut = frames(part, room)
                assert cut.status == whole.status
                for name in ("time", "walls", "energies", "powers"):
                    assert getattr(cut, name).tobytes() == getattr(whole, name).tobytes()


def test_what_is_done_after_the_end_makes_the_run_go_on_from_there() -> None:
    network = Network(hebbian_weights([[1, 0, 1, 1, 0, 0]], 0.1))
    run = Simulation(network, [1, 0, 1, 1, 0, 1])
    end = deepcopy(run).run()
    first, second = (frames(part) for part in parts(run, [Action(2 * end.time, "flip_soma", {"neuron": 2})]))
    assert (first.status, first.time[-1]) == (CONVERGED, end.time)
    assert second.time[0] == end.time and second.status == CONVERGED and second.time[-1] > end.time
    assert second.walls[0, 0, 2] == 255 - first.walls[-1, 0, 2]


def test_the_page_makes_the_same_frames() -> None:
    """The modules of js/engine, run by node on what a session sends: every bit, in as many chunks."""
    sent = [
        part
        for kind in ("events", "euler", "full")
        for seed in range(12)
        for part in random_parts(kind, seed)
    ]
    node = needed(shutil.which("node"), "No node found: apt-get install nodejs, or install the extra dev.")
    done = subprocess.run(
        [node, str(ROOT / "tests" / "support" / "film_of_parts.mjs")],
        input=json.dumps([as_json(part) for part in sent]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for part, answer in zip(sent, json.loads(done.stdout), strict=True):
        made = list(chunks(part, 40))
        assert answer["statuses"] == [each.status for each in made]
        for name in ("time", "walls", "energies", "powers"):
            values = b"".join(getattr(each, name).tobytes() for each in made)
            assert base64.b64decode(answer[name]) == values, (part.module, name)
