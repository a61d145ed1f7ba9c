"""An interactive map of one quantity over two others: colours, hatching for missing values, marks.

It knows numbers, names and colours, but not their meaning. Colours get lighter with the value, so that they are
readable for the colour-blind and in grey. Cells are reached by mouse, finger and arrow keys.

bqplot's GridHeatMap was tried first. It draws a new picture in 34 ms (8 x 8 cells) to 113 ms (40 x 40) and can be
clicked, but it has no keyboard access, shows no interval under the pointer, and paints missing values in the darkest
colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Final, Literal

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.style import css, script

MOST_CELLS: Final = 10_000
RAMP: Final = ("#13203a", palette.OFF, "#47708f", "#7c9096", "#b3ab84", "#e2c468", "#fbe9b0")
"""Colours from the least value to the greatest, lighter in nearly equal steps."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """An axis of equal steps, a value each."""

    label: str
    """Name of the axis, with unit."""
    values: Sequence[str]
    """Texts of the values, without unit."""
    symbol: str = ""
    """Name of the quantity in the tooltip."""
    unit: str = ""
    """Unit after a value in the tooltip."""


@dataclass(frozen=True)
class Colours:
    """Scale of the colours: name with unit, range, and whether it is logarithmic."""

    label: str
    low: float
    high: float
    unit: str = ""
    log: bool = False


@dataclass(frozen=True)
class Spot:
    """A mark on the map; positions count steps from 0 and may lie between two."""

    x: float
    y: float
    label: str
    shape: Literal["ring", "diamond"] = "ring"
    box: tuple[float, float, float, float] | None = None
    """Least and greatest x, least and greatest y of a dashed frame around whole cells."""


class HeatMap(anywidget.AnyWidget):
    """Cells in a box as wide as the page allows.

    Attributes
    ----------
    label : str
        Accessible name.
    height : int
        CSS pixels; 0 to fill the place in the page.
    selected : list of int
        Outlined column and row, [-1, -1] for none.
    """

    _esm = script("heat_map")
    _css = css("parts", "heat_map")

    label = traitlets.Unicode(tr("Map")).tag(sync=True)
    height = traitlets.Int(0, min=0, max=2000).tag(sync=True)
    selected = traitlets.List(traitlets.Int(), [-1, -1]).tag(sync=True)
    _ramp = traitlets.List(list(RAMP)).tag(sync=True)
    _map = traitlets.Dict().tag(sync=True, echo_update=False)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._callbacks: list[Callable[[int, int], None]] = []
        self.on_msg(self._receive)

    def show(
        self,
        x: Steps,
        y: Steps,
        colours: Colours,
        values: npt.ArrayLike,
        *,
        low: npt.ArrayLike | None = None,
        high: npt.ArrayLike | None = None,
        shades: npt.ArrayLike | None = None,
        notes: Sequence[str] = (),
        spots: Sequence[Spot] = (),
        message: str = "",
    ) -> None:
        """Show a map; `message` is shown in the middle if there are no values.

        Parameters
        ----------
        x, y : Steps
            The axes, X and Y values long.
        colours : Colours
            Scale of the colours.
        values : array_like, shape (X, Y)
            In display units, nan where unknown.
        low, high : array_like, shape (X, Y), optional
            Ends of the intervals, nan where there is none.
        shades : array_like, shape (X, Y), optional
            Values for the colours of cells, if not `values`.
        notes : sequence of str, optional
            Additional text of each cell in the tooltip, Y cells of the first column first.
        spots : sequence of Spot
            Marks on the map.

        Raises
        ------
        ValueError
            If shapes do not fit, there are too many cells, or the range of the colours is empty.
        """
        shape = (len(x.values), len(y.values))
        if not 1 <= shape[0] * shape[1] <= MOST_CELLS:
            msg = f"The map has {shape[0]} x {shape[1]} cells; it takes 1 to {MOST_CELLS:,}."
            raise ValueError(msg)
        if not colours.low < colours.high or (colours.log and colours.low <= 0.0):
            msg = f"The colours of {colours.label!r} reach from {colours.low:g} to {colours.high:g}; that is no range."
            raise ValueError(msg)
        if notes and len(notes) != shape[0] * shape[1]:
            msg = (
                f"There are {len(notes)} notes for {shape[0]} x {shape[1]} cells; there must be one for each."
            )
            raise ValueError(msg)
        self._map = {
            "x": {**asdict(x), "values": list(x.values)},
            "y": {**asdict(y), "values": list(y.values)},
            "colours": asdict(colours),
            "values": _column("values", values, shape),
            "low": [] if low is None else _column("low", low, shape),
            "high": [] if high is None else _column("high", high, shape),
            "shades": [] if shades is None else _column("shades", shades, shape),
            "notes": list(notes),
            "spots": [asdict(spot) for spot in spots],
            "message": message,
        }

    def on_pick(self, callback: Callable[[int, int], None]) -> None:
        """Call ``callback(column, row)`` when a person clicks a cell, or presses Enter on it."""
        self._callbacks.append(callback)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "pick" or not self._map:
            return
        column, row = content.get("column"), content.get("row")
        if not (type(column) is int and type(row) is int):
            return
        if 0 <= column < len(self._map["x"]["values"]) and 0 <= row < len(self._map["y"]["values"]):
            for callback in self._callbacks:
                callback(column, row)


def _column(name: str, numbers: npt.ArrayLike, shape: tuple[int, int]) -> list[float | None]:
    """Return numbers in one row for the page: short, and None for nan."""
    array: Floats = np.asarray(numbers, dtype=np.float64)
    if array.shape != shape:
        msg = f"{name} has the shape {array.shape}; the map has {shape[0]} x {shape[1]} cells."
        raise ValueError(msg)
    return [float(f"{v:.6g}") if isfinite(v) else None for v in array.ravel().tolist()]
