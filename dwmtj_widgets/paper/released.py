"""The released data, read from a folder that the user provides; this package contains none of it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.graph_files import load_graph

_T = TypeVar("_T")
_K = TypeVar("_K")
Row: TypeAlias = dict[str, str]

_LETTERS: Final = "image_recall/letters.csv"

# Used only without the paper's three images. Drawn for this package.
_OWN_LETTERS: Final = (
    """
    ##......##
    ##......##
    ##......##
    ##......##
    ##......##
    ##......##
    ##......##
    ###....###
    .########.
    ..######..
    """,
    """
    ##########
    ##########
    ##########
    ...####...
    ...####...
    ...####...
    ...####...
    ...####...
    ...####...
    ...####...
    """,
    """
    ..#####...
    ..######..
    ..##..###.
    ..##...##.
    ..##...##.
    ..##...##.
    ..##...##.
    ..##..###.
    ..######..
    ..#####...
    """,
)


class BenchmarkGraph(NamedTuple):
    """A benchmark graph and its released numbers. SI units."""

    name: str
    adjacency: NDArray[np.float64]
    time: float
    cut: float
    best_known: float


@dataclass
class Released:
    """The release in a folder; empty without a folder.

    Raises
    ------
    Refused
        If the folder does not exist, or a file in it cannot be read.
    """

    folder: Path | None = None
    missing: list[str] = field(default_factory=list)
    """Files that the folder lacks."""

    def __post_init__(self) -> None:
        if self.folder is not None and not self.folder.is_dir():
            msg = f"There is no folder {str(self.folder)!r}; give the one that holds figures/ and maxcut/."
            raise Refused(msg)

    def fig5(self) -> dict[tuple[int, int], float]:
        """Return the share of wrong bits by (neurons, patterns)."""

        def entry(row: Row) -> dict[tuple[int, int], float]:
            names = {count: f"bit_errors_{count}_pattern{'s' if count > 1 else ''}" for count in (1, 2, 3, 4)}
            bits = float(row["bits_tested"])
            return {(int(row["neurons"]), count): float(row[name]) / bits for count, name in names.items()}

        return self._table("figures/fig5_random_recall.csv", entry)

    def fig6(self, kind: str) -> dict[tuple[str, float], float]:
        """Return the share of wrong bits by (letter, distortion); `kind` is ``"plotted"`` or ``"released"``."""
        return self._table(
            "figures/fig6c_image_recall.csv",
            lambda row: {(k, float(row["distortion"])): float(row[f"{k}_error_{kind}"]) for k in "UTD"},
        )

    def fig7(self) -> dict[int, tuple[float, float, float]]:
        """Return the mean cuts of optimum, 0.5-approximation and device, by number of nodes."""

        def entry(row: Row) -> dict[int, tuple[float, float, float]]:
            optimum, half, device = (
                float(row[f"{k}_cut"]) for k in ("optimal", "half_approximation", "device")
            )
            return {int(row["nodes"]): (optimum, half, device)}

        return self._table("figures/fig7_maxcut.csv", entry)

    def fig8(self, series: str) -> dict[float, tuple[float, float]]:
        """Return mean time (s) and energy (J) by voltage; `series` is ``"weight"`` or ``"charge_voltage"``."""

        def entry(row: Row) -> dict[float, tuple[float, float]]:
            time, energy = (float(row[name]) * 1e-9 for name in ("mean_time_ns", "energy_nJ"))
            return {float(row[f"{series}_V"]): (time, energy)}

        return self._table(f"figures/fig8_{series}.csv", entry)

    def letters(self) -> NDArray[np.uint8]:
        """Return the three images of figure 6(a), U, T, D, shape (3, 100); without the file three of our own."""
        texts = self._letter_texts()
        if not texts:
            own = ["".join(text.split()) for text in _OWN_LETTERS]
            return np.array([[c == "#" for c in text] for text in own], dtype=np.uint8)

        def parse() -> NDArray[np.uint8]:
            return validation.bit_patterns([[int(c) for c in texts[name]] for name in "UTD"], 100, "letters")

        return self._sound(_LETTERS, parse)

    @property
    def own_letters(self) -> bool:
        """Whether `letters` are ours, not the paper's."""
        return not self._letter_texts()

    def graphs(self) -> list[BenchmarkGraph]:
        """Return the available benchmark graphs."""

        def entry(row: Row) -> dict[str, tuple[float, float, float]]:
            time, cut, best = (float(row[name]) for name in ("time_ns", "cut", "best_known_cut"))
            return {row["instance"]: (time * 1e-9, cut, best)}

        result = []
        for name, (time, cut, best) in self._table("maxcut/published_times.csv", entry).items():
            path = self._path(f"maxcut/{name}")
            if path is not None:
                result.append(
                    BenchmarkGraph(
                        name, self._sound(f"maxcut/{name}", partial(load_graph, path)), time, cut, best
                    )
                )
        return result

    def _letter_texts(self) -> dict[str, str]:
        return self._table(_LETTERS, lambda row: {row["letter"]: row["bits"]})

    def _path(self, name: str) -> Path | None:
        if self.folder is None:
            return None
        path = self.folder / name
        if not path.is_file():
            if name not in self.missing:
                self.missing.append(name)
            return None
        return path

    def _table(self, name: str, entry: Callable[[Row], dict[_K, _T]]) -> dict[_K, _T]:
        """Return the merged entries of all rows of a file; empty if the file does not exist."""
        path = self._path(name)
        if path is None:
            return {}

        def parse() -> dict[_K, _T]:
            with path.open(encoding="utf-8", newline="") as stream:
                return {key: value for row in csv.DictReader(stream) for key, value in entry(row).items()}

        return self._sound(name, parse)

    def _sound(self, name: str, parse: Callable[[], _T]) -> _T:
        try:
            return parse()
        except (KeyError, ValueError, IndexError, TypeError, OSError, csv.Error) as error:
            msg = f"{name} in the reference folder cannot be read ({error}); put the released file there."
            raise Refused(msg) from error
