"""A module's kernels as WebAssembly, called by wasmtime as a page calls them: by what engine.json tells alone."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import wasmtime
from numpy.typing import NDArray
from random_runs import random_training

from dwmtj_widgets.engine.memory import NativeEngine
from dwmtj_widgets.engine.modules import description, module_bytes
from dwmtj_widgets.engine.source import Frames, Part, chunks

PAGE = 65536


class WasmEngine:
    """Blocks in a module's own memory, and its entries; what `NativeEngine` is for the kernels of this process."""

    def __init__(self, name: str, sizes: Mapping[str, int]) -> None:
        self._told = description()["modules"][name]
        self.sizes = {size: int(sizes[size]) for size in self._told["sizes"]}
        self._store = wasmtime.Store(_engine())
        instance = wasmtime.Instance(self._store, _module(name), [])
        self._exports: Any = instance.exports(self._store)
        places, end = self._laid_out(self._exports["__heap_base"].value(self._store))
        memory = self._exports["memory"]
        missing = end - memory.data_len(self._store)
        if missing > 0:
            memory.grow(self._store, -(-missing // PAGE))
        # Memory never grows again, so its address stays.
        base = ctypes.addressof(memory.data_ptr(self._store).contents)
        self.addresses = places
        self.blocks: dict[str, NDArray[Any]] = {
            name: self._view(base + places[name], self._told["blocks"][name]) for name in places
        }

    def call(self, entry: str, **scalars: float) -> int:
        """Call an entry; returns its status."""
        arguments = [self._argument(name, kind, scalars) for name, kind in self._told["entries"][entry]]
        status: int = self._exports[entry](self._store, *arguments)
        return status

    def _argument(self, name: str, kind: str, scalars: Mapping[str, float]) -> float:
        if kind == "block":
            return self.addresses[name]
        if kind == "size":
            return self.sizes[name]
        return float(scalars[name]) if kind == "float64" else int(scalars[name])

    def _laid_out(self, start: int) -> tuple[dict[str, int], int]:
        alignment, places, end = description()["alignment"], {}, start
        for name, block in self._told["blocks"].items():
            end = -(-end // alignment) * alignment
            places[name] = end
            end += int(np.prod(self._shape(block), dtype=np.int64)) * np.dtype(block["type"]).itemsize
        return places, end

    def _shape(self, block: Mapping[str, Any]) -> list[int]:
        lengths = []
        for each in block["shape"]:
            name, _, more = str(each).partition("+")
            lengths.append(each if isinstance(each, int) else self.sizes[name] + int(more or 0))
        return lengths

    def _view(self, address: int, block: Mapping[str, Any]) -> NDArray[Any]:
        shape, kind = self._shape(block), np.dtype(block["type"])
        length = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
        if not length:
            return np.empty(shape, dtype=kind)
        raw = (ctypes.c_char * length).from_address(address)
        return np.frombuffer(raw, dtype=kind).reshape(shape)


@cache
def _engine() -> wasmtime.Engine:
    return wasmtime.Engine()


@cache
def _module(name: str) -> wasmtime.Module:
    return wasmtime.Module(_engine(), module_bytes(name))


def same_film(first: Frames, second: Frames) -> bool:
    """Tell whether two films are equal to the bit."""
    arrays = ("time", "walls", "energies", "powers")
    return first.status == second.status and all(
        getattr(first, name).tobytes() == getattr(second, name).tobytes() for name in arrays
    )


def films_agree(part: Part, room: int) -> bool:
    """Tell whether a part of a run is the same film by the kernels as they are here and by WebAssembly."""
    native, wasm = chunks(part, room), chunks(part, room, WasmEngine)
    return all(same_film(one, other) for one, other in zip(native, wasm, strict=True))


def trainings_agree(seed: int) -> bool:
    """Tell whether a random training is the same by the kernels as they are here and by WebAssembly."""
    training = random_training(seed)
    engines = [kind("mtj_rnn", training.sizes) for kind in (NativeEngine, WasmEngine)]
    for engine in engines:
        for name, values in training.blocks.items():
            engine.blocks[name][...] = values
    statuses = [engine.call("advance", **training.scalars) for engine in engines]
    one, other = (engine.blocks for engine in engines)
    return statuses[0] == statuses[1] and all(one[name].tobytes() == other[name].tobytes() for name in one)
