"""Memory layout of the kernels' arguments, for calls through flat memory, as in WebAssembly.

This is the only description of that memory. The build makes the entries of the modules from it, and writes it for the
page to `modules/engine.json`.

- A *block* is an array: its type, and its shape in numbers and *sizes* ("N").
- A *record* is a named tuple of a kernel. Each of its arrays is a block named ``record_field``; all its floats and
  flags together are one block of float64 with the record's name, a number a field.
- An *entry* is a kernel that can be called. Its parameters are records, blocks and scalars, in the kernel's order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dwmtj_widgets.hopfield._kernels import circuit, euler, events, films, full
from dwmtj_widgets.mtj_rnn import _kernels as macrospins

TYPES: Final = ("float64", "int64", "uint64", "int8", "uint8", "bool")
ALIGNMENT: Final = 16
"""Alignment of every block, in bytes."""


@dataclass(frozen=True)
class Block:
    """An array of a kernel."""

    name: str
    type: str
    shape: tuple[int | str, ...]
    fields: tuple[str, ...] = ()
    """Names of a record's numbers, in order."""


@dataclass(frozen=True)
class Record:
    """A named tuple of a kernel."""

    name: str
    make: type
    blocks: tuple[Block, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Fields that are floats or flags."""
        return next((block.fields for block in self.blocks if block.name == self.name), ())


@dataclass(frozen=True)
class Parameter:
    """One parameter of an entry."""

    name: str
    kind: str
    """"record", "block", "size", "float64", "int64" or "bool"; the last three are scalars of that type."""


@dataclass(frozen=True)
class Entry:
    """A kernel that can be called through flat memory."""

    name: str
    kernel: Callable[..., Any]
    parameters: tuple[Parameter, ...]
    returns: bool
    """Whether the kernel returns a status; otherwise it only fills arrays."""


@dataclass(frozen=True)
class Module:
    """Kernels that work on the same memory: one WebAssembly module."""

    name: str
    sizes: tuple[str, ...]
    records: Mapping[str, Record]
    blocks: Mapping[str, Block]
    """All blocks, including those of records, in the order of memory."""
    entries: Mapping[str, Entry]


def _block(name: str, text: str) -> Block:
    kind, *shape = text.split()
    return Block(name, kind, tuple(int(each) if each.isdigit() else each for each in shape))


def _record(name: str, make: Any, **fields: str) -> Record:
    """Return a record; all fields without a block are its floats and flags."""
    arrays = tuple(_block(f"{name}_{field}", text) for field, text in fields.items())
    numbers = tuple(field for field in make._fields if field not in fields)
    if not numbers:
        return Record(name, make, arrays)
    return Record(name, make, (Block(name, "float64", (len(numbers),), numbers), *arrays))


def _module(name: str, sizes: str, parts: tuple[Record | Block, ...], **entries: tuple[Any, str]) -> Module:
    records = {part.name: part for part in parts if isinstance(part, Record)}
    blocks: dict[str, Block] = {}
    for part in parts:
        for block in part.blocks if isinstance(part, Record) else (part,):
            blocks[block.name] = block
    made = {}
    for entry, (kernel, text) in entries.items():
        taken, arrow, _status = text.partition(" -> ")
        parameters = tuple(_parameters(taken, sizes.split(), records, blocks))
        made[entry] = Entry(entry, kernel, parameters, bool(arrow))
    return Module(name, tuple(sizes.split()), records, blocks, made)


def _parameters(
    text: str, sizes: list[str], records: Mapping[str, Record], blocks: Mapping[str, Block]
) -> Iterator[Parameter]:
    for word in text.split():
        name, _, kind = word.partition(":")
        if kind:
            yield Parameter(name, kind)
        elif name in records:
            yield Parameter(name, "record")
        elif name in sizes:
            yield Parameter(name, "size")
        else:
            yield Parameter(blocks[name].name, "block")


_CIRCUIT = _record("circuit", circuit.Circuit)
_SCHEDULE = _record("schedule", circuit.Schedule)
_DRIVE = _record(
    "drive",
    events.Drive,
    weights="float64 N N",
    links="float64 N N",
    squares="float64 N",
    pattern="uint8 N",
)
_START = (
    _block("start_soma", "float64 N"),
    _block("start_axon", "float64 N"),
    _block("start_energy", "float64 3"),
)
_NOW = (_block("now_energy", "float64 3"), _block("now_power", "float64 3"))


def _frames(walls: str, positions: str) -> Record:
    return _record(
        "frames",
        films.Frames,
        count="int64 1",
        time="float64 F",
        walls=f"uint8 F {walls}",
        energies="float64 F 3",
        powers="float64 F 3",
        positions=f"float64 {positions}",
    )


EVENTS: Final = _module(
    "events",
    "N F",
    (
        _CIRCUIT,
        _SCHEDULE,
        _DRIVE,
        *_START,
        *_NOW,
        _block("now_positions", "float64 2 N"),
        _record(
            "walls",
            events.Walls,
            pos="float64 2 N",
            rates="float64 3 2 N",
            region="int8 2 N",
            push="int8 2 N",
            moves="bool 2 N",
            clock="float64 2",
            power="float64 3 3",
            energy="float64 3",
        ),
        _record(
            "scratch",
            events.Scratch,
            n="float64 3 N",
            d="float64 3 N",
            dn="float64 N",
            dd="float64 N",
            free="float64 3 2 N",
            slope="float64 2 N",
            fixed_n="float64 N",
            fixed_d="float64 N",
            summed="int8 N",
            active="int64 N+1",
        ),
        _frames("2 N", "2 N"),
    ),
    place=(events.place, "time:float64 start_soma start_axon start_energy walls circuit scratch"),
    advance=(events.advance, "target:float64 walls drive circuit schedule scratch -> status"),
    read=(events.read, "time:float64 walls now_positions now_energy now_power"),
    film=(films.film_events, "until:float64 frames walls drive circuit schedule scratch -> status"),
)

EULER: Final = _module(
    "euler",
    "N F",
    (
        _CIRCUIT,
        _SCHEDULE,
        _DRIVE,
        *_START,
        _record(
            "grid",
            euler.Grid,
            soma="float64 N",
            axon="float64 N",
            count="int64 1",
            power="float64 3",
            energy="float64 3",
            branch="float64 N",
            g="float64 N",
            fixed_n="float64 N",
            fixed_d="float64 N",
            n="float64 N",
            d="float64 N",
            potential="float64 N",
            region="int8 N",
            active="int64 N+1",
            scan="int64 1",
        ),
        _frames("2 N", "2 N"),
    ),
    place=(euler.place, "time:float64 time_step:float64 start_soma start_axon start_energy grid"),
    advance=(euler.advance, "target:float64 time_step:float64 grid drive circuit schedule -> status"),
    film=(
        films.film_euler,
        "until:float64 interval:float64 time_step:float64 frames grid drive circuit schedule -> status",
    ),
)

_AXON = ("weights", "offset", "slope", "g_off", "g_on", "g_step", "drive", "leak")
_SOMA = ("low", "high", "g_off", "g_on", "g_step", "drive", "leak", "g_track", "fan")
_FULL_STEP = "step:float64 leapfrog:bool supply:float64"

FULL: Final = _module(
    "full",
    # J is N where walls jitter, else 0.
    "N J F",
    (
        _SCHEDULE,
        _block("pattern", "uint8 N"),
        _record("somas", full.Somas, **dict.fromkeys(_SOMA, "float64 N")),
        _record("axons", full.Axons, **dict.fromkeys(_AXON, "float64 N N")),
        _record(
            "noise",
            full.Noise,
            seed="uint64",
            axon_scale="float64 J J",
            soma_scale="float64 J",
            axon_leak="float64 J J",
            soma_leak="float64 J",
        ),
        _block("stuck", "float64 N N"),
        _block("start_soma", "float64 N"),
        _block("start_axon", "float64 N N"),
        _block("start_energy", "float64 3"),
        _block("now_soma", "float64 N"),
        _block("now_axon", "float64 N N"),
        *_NOW,
        _record(
            "state",
            full.State,
            soma="float64 2 N",
            axon="float64 2 N N",
            flip="int64 1",
            clock="float64 2",
            n="float64 N",
            d="float64 N",
            node="float64 N",
            sums="float64 2",
            fed="float64 N",
            way="float64 N",
            power="float64 2 3",
            energy="float64 3",
        ),
        _frames("N N", "N+1 N"),
    ),
    place=(
        full.place,
        "time:float64 step:float64 leapfrog:bool start_soma start_axon start_energy stuck state somas axons",
    ),
    advance=(full.advance, f"target:float64 {_FULL_STEP} state somas axons noise pattern schedule -> status"),
    read=(full.read, "time:float64 state now_soma now_axon now_energy now_power"),
    film=(
        films.film_full,
        f"until:float64 interval:float64 {_FULL_STEP} frames state somas axons noise pattern schedule -> status",
    ),
)

MTJ_RNN: Final = _module(
    "mtj_rnn",
    # Junctions, readouts, samples; lengths of thermal fields, targets and states: that of all samples, or 0.
    "N K T H L S",
    (
        _record("magnet", macrospins.Magnet),
        _block("m", "float64 3 N"),
        _block("current", "float64 N"),
        _record(
            "wires",
            macrospins.Wires,
            recurrent="float64 N N",
            feedback="float64 K N",
            alive="float64 N",
            share="float64 N",
        ),
        _record("learner", macrospins.Learner, weights="float64 K N", covariance="float64 N N"),
        _block("drive", "float64 T N"),
        _block("thermal", "float64 H 3 N"),
        _block("targets", "float64 L K"),
        _block("output", "float64 T K"),
        _block("norm", "float64 T"),
        _block("states", "float64 S 3 N"),
        _record(
            "room",
            macrospins.Room,
            work="float64 8 N",
            coupling="float64 N N",
            regressor="float64 N",
            gained="float64 N",
        ),
    ),
    advance=(
        macrospins.advance,
        "m current magnet wires learner drive thermal targets steps:int64 output norm states most:float64 room"
        " -> status",
    ),
)

STATUSES: Final = {
    "RUNNING": circuit.RUNNING,
    "CONVERGED": circuit.CONVERGED,
    "TIMEOUT": circuit.TIMEOUT,
    "BROKEN": circuit.BROKEN,
    "REACHED": films.REACHED,
}
"""Statuses of the Hopfield modules' entries; see `circuit` and `films`."""

MODULES: Final[Mapping[str, Module]] = {module.name: module for module in (EVENTS, EULER, FULL, MTJ_RNN)}


def length(size: int | str, sizes: Mapping[str, int]) -> int:
    """Return a length of a shape: a number, a size ("N"), or one more than a size ("N+1")."""
    if isinstance(size, int):
        return size
    name, _, more = size.partition("+")
    return sizes[name] + int(more or 0)


def described(module: Module) -> dict[str, Any]:
    """Return a module's memory and entries for the page."""
    return {
        "sizes": list(module.sizes),
        "blocks": {
            block.name: {"type": block.type, "shape": list(block.shape)}
            | ({"fields": list(block.fields)} if block.fields else {})
            for block in module.blocks.values()
        },
        "entries": {
            entry.name: [list(argument) for argument in flat_arguments(module, entry)]
            for entry in module.entries.values()
        },
    }


def flat_arguments(module: Module, entry: Entry) -> list[tuple[str, str]]:
    """Return the compiled entry's parameters in order: name and "size", "block" (its address) or a scalar's type."""
    used: dict[str, None] = {}
    for parameter in entry.parameters:
        if parameter.kind == "record":
            used.update(dict.fromkeys(block.name for block in module.records[parameter.name].blocks))
        elif parameter.kind == "block":
            used[parameter.name] = None
    needed = {
        str(size).partition("+")[0]
        for name in used
        for size in module.blocks[name].shape
        if isinstance(size, str)
    }
    sizes = [(size, "size") for size in module.sizes if size in needed]
    scalars = [
        (each.name, each.kind) for each in entry.parameters if each.kind not in {"record", "block", "size"}
    ]
    return [*scalars, *sizes, *((name, "block") for name in used)]
