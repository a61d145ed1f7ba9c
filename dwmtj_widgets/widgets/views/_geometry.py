"""Geometry of a canvas: pure functions of sizes, in canvas pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Boxes:
    """Equal boxes: left and top edge of each, and their common size."""

    left: Floats
    top: Floats
    width: float
    height: float


def grid_of_boxes(
    count: int, left: float, top: float, width: float, height: float, *, columns: int, gap: float
) -> Boxes:
    """Lay out `count` boxes row by row in `columns` columns, with gaps, so that they fill the given area."""
    rows = max(ceil(count / columns), 1)
    index = np.arange(count)
    box_width = (width - gap * (columns - 1)) / columns
    box_height = (height - gap * (rows - 1)) / rows
    # Single precision, because canvas coordinates are sent with every frame.
    lefts = (left + (index % columns) * (box_width + gap)).astype(np.float32)
    tops = (top + (index // columns) * (box_height + gap)).astype(np.float32)
    return Boxes(lefts, tops, box_width, box_height)


def columns_for(count: int, width: float, height: float, aspect: float) -> int:
    """Return the number of columns that brings a box's width / height closest to `aspect`."""
    ideal = (count * width / (height * aspect)) ** 0.5
    return min(max(round(ideal), 1), max(count, 1))


def chevrons(x: Floats, y: Floats, direction: Floats, size: float) -> npt.NDArray[np.float32]:
    """Return small triangles pointing left (-1) or right (1) at the given centres, shape (K, 3, 2)."""
    tip = np.stack([x + direction * size, y], axis=1)
    upper = np.stack([x, y - size], axis=1)
    lower = np.stack([x, y + size], axis=1)
    return np.stack([tip, upper, lower], axis=1).astype(np.float32)
