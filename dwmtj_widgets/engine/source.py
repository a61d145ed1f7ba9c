"""Films of runs: key frames from a simulation and the actions on it.

Actions cut a run into parts. A part holds the kernels' inputs as arrays by the names of `layout`. `frames` makes its
key frames in Python; a page makes the same frames from the same arrays with the modules.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.engine.layout import MODULES, Module
from dwmtj_widgets.engine.memory import NativeEngine
from dwmtj_widgets.hopfield._engines import Inputs, broken_at
from dwmtj_widgets.hopfield._kernels.circuit import BROKEN, RUNNING
from dwmtj_widgets.hopfield.simulation import Simulation
from dwmtj_widgets.hopfield.walls import WallState

DEFAULT_INTERVAL: Final = 0.1e-9
"""Time between frames of an engine with a fixed step, s: the error of a wall at 4 m/s is then at most 1/255 of a track
of 100 nm. The event engine chooses its own frames."""
ROOM: Final = 256
"""Frames in one chunk."""


class Engine(Protocol):
    """A module's kernels and their memory; see `NativeEngine`."""

    blocks: dict[str, NDArray[Any]]

    def __init__(self, name: str, sizes: Mapping[str, int]) -> None: ...

    def call(self, entry: str, **scalars: float) -> int:
        """Call a kernel on the blocks; returns its status."""


@dataclass(frozen=True)
class Action:
    """An intervention in a run."""

    time: float
    """Seconds of device time."""
    name: Literal["change", "set_soma", "flip_soma", "cut_synapse", "restore_synapse"]
    """A method of `Simulation`."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Its arguments."""


@dataclass(frozen=True)
class Part:
    """A run between two actions, in the form of the kernels."""

    module: str
    """"events", "euler" or "full"."""
    sizes: Mapping[str, int]
    """All sizes except the number of frames, which the player chooses."""
    blocks: Mapping[str, NDArray[Any]]
    scalars: Mapping[str, float]
    """Scalars of `place` and `film`, without `until`."""
    until: float
    """Seconds; infinite for the last part."""


@dataclass(frozen=True)
class Frames:
    """Key frames of a part, in the order of time."""

    status: int
    """Status of `_kernels.circuit` at the last frame, or `films.REACHED` if an action follows."""
    time: NDArray[np.float64]
    """(F,) s."""
    walls: NDArray[np.uint8]
    """(F, 2, N) somas and axons, or (F, N, N) with somas on the diagonal, where devices differ; 255 is x = L."""
    energies: NDArray[np.float64]
    """(F, 3) J: supply of the somas, synapses, loading."""
    powers: NDArray[np.float64]
    """(F, 3) W, in the same order."""


def parts(
    simulation: Simulation, actions: Iterable[Action] = (), *, interval: float = DEFAULT_INTERVAL
) -> Iterator[Part]:
    """Yield the parts of a run from a simulation's present moment on; the simulation advances to the last action.

    Actions after the end of the run take effect at its end.

    Parameters
    ----------
    simulation : Simulation
        The run.
    actions : iterable of Action
        In the order of time.
    interval : float
        Seconds between the frames of engines with a fixed step.
    """
    for action in actions:
        inputs, start = simulation.engine_inputs(), simulation.moment
        if not simulation.finished:
            simulation.step_to(action.time)
        yield _part(inputs, start, interval, np.inf if simulation.finished else action.time)
        getattr(simulation, action.name)(**action.values)
    yield _part(simulation.engine_inputs(), simulation.moment, interval, np.inf)


def as_json(part: Part) -> dict[str, Any]:
    """Return a part in the form that a page reads (js/engine/film.js): arrays as base64, an infinite end as None."""
    return {
        "module": part.module,
        "sizes": dict(part.sizes),
        "blocks": {name: base64.b64encode(values.tobytes()).decode() for name, values in part.blocks.items()},
        "scalars": dict(part.scalars),
        "until": None if np.isinf(part.until) else part.until,
    }


def _part(inputs: Inputs, start: WallState, interval: float, until: float) -> Part:
    module = MODULES[inputs.kernel]
    blocks = dict(_flat(module, inputs.values))
    size = start.soma.size
    sizes = {"N": size, "J": blocks["noise_soma_scale"].size if "noise_soma_scale" in blocks else 0}
    blocks |= {"start_soma": start.soma, "start_axon": start.axon, "start_energy": start.energy}
    scalars = {**inputs.scalars, "time": start.time, "interval": interval}
    return Part(inputs.kernel, sizes, blocks, scalars, until)


def _flat(module: Module, values: Mapping[str, Any]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield copies of the blocks of records and arrays, because the simulation changes its own."""
    for name, value in values.items():
        if name not in module.records:
            yield name, np.array(value, dtype=module.blocks[name].type)
            continue
        record = module.records[name]
        for block in record.blocks:
            if block.name == name:
                numbers = [float(getattr(value, field)) for field in record.numbers]
                yield name, np.array(numbers, dtype=block.type)
            else:
                yield (
                    block.name,
                    np.array(getattr(value, block.name.removeprefix(f"{name}_")), dtype=block.type),
                )


def chunks(part: Part, room: int = ROOM, engine_type: type[Engine] = NativeEngine) -> Iterator[Frames]:
    """Yield a part's key frames in chunks of at most `room`.

    Parameters
    ----------
    part : Part
        The part to film.
    room : int
        More than `films.MOST_IN_A_STEP`.
    engine_type : type
        Class that calls the kernels.

    Raises
    ------
    Unable
        If the walls become non-finite.
    """
    engine = engine_type(part.module, {**part.sizes, "F": room})
    for name, values in part.blocks.items():
        engine.blocks[name][...] = values
    engine.call("place", **part.scalars)
    while True:
        status = engine.call("film", until=part.until, **part.scalars)
        count = int(engine.blocks["frames_count"][0])
        taken = ("time", "walls", "energies", "powers")
        made = Frames(status, *(engine.blocks[f"frames_{name}"][:count].copy() for name in taken))
        if status == BROKEN:
            raise broken_at(float(made.time[-1]) if count else part.scalars["time"])
        if count:
            yield made
        if status != RUNNING:
            return


def frames(part: Part, room: int = ROOM, engine_type: type[Engine] = NativeEngine) -> Frames:
    """Return all key frames of a part; see `chunks`."""
    made = list(chunks(part, room, engine_type))
    return Frames(
        made[-1].status,
        np.concatenate([each.time for each in made]),
        np.concatenate([each.walls for each in made]),
        np.concatenate([each.energies for each in made]),
        np.concatenate([each.powers for each in made]),
    )
