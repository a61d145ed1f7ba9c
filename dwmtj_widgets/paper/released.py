"""The released data, read from a folder that is given; nothing of it is part of this package."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

_T = TypeVar("_T")

# Used only where the paper's own three images are not given. Drawn for this package.
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
    ....##....
    ....##....
    ....##....
    ....##....
    ....##....
    ....##....
    ....##....
    """,
    """
    #######...
    ########..
    .......##.
    ##.....###
    ##......##
    ##......##
    ##.....###
    .......##.
    ########..
    #######...
    """,
)


class Graph(NamedTuple):
    """A benchmark graph and what the release says of it. SI units."""

    name: str
    adjacency: NDArray[np.float64]
    time: float
    cut: float
    best_known: float


@dataclass
class Released:
    """What a folder holds of the release; without a folder, nothing.

    Raises
    ------
    ValueError
        If the folder is not there, or a file in it is not what it should be.
    """

    folder: Path | None = None
    missing: list[str] = field(default_factory=list)
    """Files that were looked for in the folder in vain."""

    def __post_init__(self) -> None:
        if self.folder is not None and not self.folder.is_dir():
            msg = f"There is no folder {str(self.folder)!r}; give the one that holds figures/ and maxcut/."
            raise ValueError(msg)

    def fig5(self) -> dict[tuple[int, int], float]:
        """Return the share of wrong bits by (neurons, patterns)."""
        return {
            (int(row["neurons"]), count): float(row[f"bit_errors_{count}_pattern{'s' if count > 1 else ''}"])
            / float(row["bits_tested"])
            for row in self._rows("figures/fig5_random_recall.csv")
            for count in (1, 2, 3, 4)
        }

    def fig6(self, kind: str) -> dict[tuple[str, float], float]:
        """Return the share of wrong bits by (letter, distortion); `kind` is ``"plotted"`` or ``"released"``."""
        return {
            (letter, float(row["distortion"])): float(row[f"{letter}_error_{kind}"])
            for row in self._rows("figures/fig6c_image_recall.csv")
            for letter in "UTD"
        }

    def fig7(self) -> dict[int, tuple[float, float, float]]:
        """Return by nodes the mean cut of the optimum, of the 0.5-approximation and of the device."""
        return {
            int(row["nodes"]): (
                float(row["optimal_cut"]),
                float(row["half_approximation_cut"]),
                float(row["device_cut"]),
            )
            for row in self._rows("figures/fig7_maxcut.csv")
        }

    def fig8(self, series: str) -> dict[float, tuple[float, float]]:
        """Return mean time (s) and energy (J) by voltage; `series` is ``"weight"`` or ``"charge_voltage"``."""
        return {
            float(row[f"{series}_V"]): (float(row["mean_time_ns"]) * 1e-9, float(row["energy_nJ"]) * 1e-9)
            for row in self._rows(f"figures/fig8_{series}.csv")
        }

    def letters(self) -> NDArray[np.uint8]:
        """Return the three images of figure 6(a), U, T, D, shape (3, 100); without a folder three of our own."""
        rows = {row["letter"]: row["bits"] for row in self._rows("image_recall/letters.csv")}
        if not rows:
            texts = ["".join(text.split()) for text in _OWN_LETTERS]
            return np.array([[c == "#" for c in text] for text in texts], dtype=np.uint8)

        def parse() -> NDArray[np.uint8]:
            letters = np.array([[int(c) for c in rows[name]] for name in "UTD"], dtype=np.uint8)
            if letters.shape != (3, 100) or letters.max() > 1:
                raise ValueError(letters.shape)
            return letters

        return self._sound("image_recall/letters.csv", parse)

    @property
    def own_letters(self) -> bool:
        """Whether `letters` are ours, for want of the paper's."""
        return not self._rows("image_recall/letters.csv")

    def graphs(self) -> list[Graph]:
        """Return the benchmark graphs that are there."""
        result = []
        for row in self._rows("maxcut/published_times.csv"):
            name = f"maxcut/{row['instance']}"
            path = self._path(name)
            if path is not None:
                adjacency = self._sound(name, lambda path=path: read_graph(path))  # type: ignore[misc]
                time, cut, best = (float(row[k]) for k in ("time_ns", "cut", "best_known_cut"))
                result.append(Graph(row["instance"], adjacency, time * 1e-9, cut, best))
        return result

    def _path(self, name: str) -> Path | None:
        if self.folder is None:
            return None
        path = self.folder / name
        if not path.is_file():
            if name not in self.missing:
                self.missing.append(name)
            return None
        return path

    def _rows(self, name: str) -> list[dict[str, str]]:
        path = self._path(name)
        if path is None:
            return []
        with path.open(encoding="utf-8", newline="") as stream:
            return self._sound(name, lambda: list(csv.DictReader(stream)))

    def _sound(self, name: str, parse: Callable[[], _T]) -> _T:
        try:
            return parse()
        except (KeyError, ValueError, IndexError, TypeError, csv.Error) as error:
            msg = f"{name} in the reference folder cannot be read ({error}); put the released file there."
            raise ValueError(msg) from error


def read_graph(path: Path) -> NDArray[np.float64]:
    """Return the adjacency of a graph file in rudy form, shape (N, N)."""
    numbers = [float(word) for word in path.read_text(encoding="utf-8").split()]
    nodes, edges = int(numbers[0]), int(numbers[1])
    table = np.array(numbers[2:]).reshape(edges, 3)
    adjacency = np.zeros((nodes, nodes))
    first, second = table[:, 0].astype(int) - 1, table[:, 1].astype(int) - 1
    adjacency[first, second] = adjacency[second, first] = table[:, 2]
    return adjacency
