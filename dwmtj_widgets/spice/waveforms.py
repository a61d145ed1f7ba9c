"""Waveforms of a circuit simulator, and the reader of ngspice's files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.spice.bench import Bench
from dwmtj_widgets.spice.text import ENERGIES, axon_node, dendrite_node, soma_node

_DATA = b"\nBinary:\n"
_LONGEST_HEAD = 1 << 20


@dataclass(frozen=True)
class Waveforms:
    """Voltages of some nodes at the simulator's time points."""

    names: tuple[str, ...]
    """Names of the columns: "time", then nodes as in "v(s0)"."""
    table: NDArray[np.float64]
    """(T, number of names) seconds and volts."""
    version: str = ""
    """Version of the simulator."""
    seconds: float = 0.0
    """Computing time."""

    @property
    def times(self) -> NDArray[np.float64]:
        """Seconds since loading began, shape (T,)."""
        return self.table[:, 0]

    def node(self, name: str) -> NDArray[np.float64]:
        """Return the voltages of a node, shape (T,).

        Raises
        ------
        Refused
            If it was not saved.
        """
        try:
            return self.table[:, self.names.index(f"v({name})")]
        except ValueError as exc:
            msg = f"The circuit simulation has saved no node {name!r}."
            raise Refused(msg) from exc

    def at(self, times: NDArray[np.float64]) -> Waveforms:
        """Return the waveforms at other times, shape (T,) in seconds, by linear interpolation."""
        columns = [times, *(np.interp(times, self.times, column) for column in self.table.T[1:])]
        return replace(self, table=np.stack(columns, axis=1))

    def somas(self, bench: Bench) -> NDArray[np.float64]:
        """Return the walls of the somas, x/L, shape (T, N).

        A wall pressed against an end is a few thousandths of a nanometre beyond it; its position is clipped.
        """
        return np.clip(np.stack([self.node(soma_node(i)) for i in range(bench.size)], axis=1), 0.0, 1.0)

    def axons(self, bench: Bench) -> NDArray[np.float64]:
        """Return the walls of the axons, x/L, shape (T, N, N), nan on the diagonal."""
        walls = np.full((len(self.times), bench.size, bench.size), np.nan)
        for i, j in bench.axons:
            walls[:, i, j] = np.clip(self.node(axon_node(i, j)), 0.0, 1.0)
        return walls

    def dendrites(self, bench: Bench) -> NDArray[np.float64]:
        """Return the voltages of the dendrites, shape (T, N)."""
        return np.stack([self.node(dendrite_node(i)) for i in range(bench.size)], axis=1)

    def energies(self) -> NDArray[np.float64]:
        """Return the energies so far in joules, shape (T, 3): supply, synapses, loading."""
        return np.stack([self.node(name) for name in ENERGIES], axis=1) * 1e-9


def read_raw(path: Path) -> Waveforms:
    """Read a binary file of ngspice (``ngspice -b -r``), also an unfinished one.

    Raises
    ------
    Refused
        If it is not such a file of real numbers.
    OSError
        If it cannot be read.
    """
    content = path.read_bytes()
    names, begin = _head(content, path)
    rows = (len(content) - begin) // (8 * len(names))
    table = np.frombuffer(content, dtype="<f8", offset=begin, count=rows * len(names))
    return Waveforms(names, table.reshape(rows, len(names)))


def time_so_far(path: Path) -> float:
    """Return the last time in seconds in a file that ngspice is writing, 0 if there is none yet."""
    if not path.is_file():
        return 0.0
    with path.open("rb") as stream:
        start = stream.read(_LONGEST_HEAD)
        if _DATA not in start:
            return 0.0
        names, begin = _head(start, path)
        row = 8 * len(names)
        rows = (path.stat().st_size - begin) // row
        if rows == 0:
            return 0.0
        stream.seek(begin + (rows - 1) * row)
        return float(np.frombuffer(stream.read(8), dtype="<f8")[0])


def _head(content: bytes, path: Path) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and the offset of the numbers."""
    head, mark, _ = content.partition(_DATA)
    _, _, listing = head.decode("utf-8", "replace").partition("\nVariables:")
    names = tuple(words[1].lower() for words in map(str.split, listing.splitlines()) if len(words) >= 3)
    if not mark or not names or b"Flags: real" not in head or b"No. Variables: %d\n" % len(names) not in head:
        msg = f"{path.name!r} is no binary file of a transient by ngspice."
        raise Refused(msg)
    return names, len(head) + len(mark)
