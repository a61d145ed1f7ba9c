"""A recorded run as a moving picture: the tracks of all walls, the image of the somas, the time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets import palette

Pixels = npt.NDArray[np.uint8]

MOST_FRAMES: Final = 150
FRAME_MS: Final = 40
LAST_MS: Final = 2000
"""Duration of the last frame in milliseconds."""
LEVELS: Final = 32
"""Distinct wall positions in the picture."""
_SHADES: Final = 16
_SIDE, _LARGEST_CELL = 500, 40
_MARGIN, _HEAD, _PICTURE = 10, 40, 160

_PAPER: Final = "#f4f6f9"
_NAMES: Final = ("gap", "on", "off", "wall", "soma on", "soma off", "soma wall")
_SOLID: Final = (palette.GAP, palette.ON, palette.OFF, palette.WALL, "#fff2c9", "#7fb2f0", palette.FOCUS)
COLOURS: Final = (
    *_SOLID,
    *(palette.blend(k / (LEVELS - 1)) for k in range(LEVELS)),
    *(palette.blend(k / (_SHADES - 1), _PAPER, palette.INK) for k in range(_SHADES)),
)
"""Colours of a film: of tracks and somas, then of pixels from OFF to ON, then of letters from paper to ink."""
_INDEX: Final = {name: k for k, name in enumerate(_NAMES)}
_PIXEL, _LETTER = len(_SOLID), len(_SOLID) + LEVELS


@dataclass(frozen=True)
class Film:
    """Pictures of a network's run.

    Parameters
    ----------
    neurons : int
        N; each of the N x N walls has a track.
    columns : int
        Columns of the somas' image beside the tracks; 0 for no image.
    """

    neurons: int
    columns: int = 0

    @property
    def cell(self) -> int:
        """Side of a device's cell in pixels."""
        return max(1, min(_LARGEST_CELL, _SIDE // self.neurons))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        field = self.cell * self.neurons
        beside = _PICTURE + _MARGIN if self.columns else 0
        return max(field + beside, 300) + 2 * _MARGIN, field + _HEAD + _MARGIN

    def frame(self, moment: WallState) -> Pixels:
        """Return a moment as indices into `COLOURS`, shape (height, width)."""
        width, height = self.size
        page = np.full((height, width), _LETTER, dtype=np.uint8)
        field = self._field(moment)
        page[_HEAD : _HEAD + len(field), _MARGIN : _MARGIN + len(field)] = field
        if self.columns:
            image = self._image(moment)
            left = 2 * _MARGIN + len(field)
            page[_HEAD : _HEAD + image.shape[0], left : left + image.shape[1]] = image
        text = f"{quantity(moment.time, 's', decimals=2)}    {quantity(float(moment.energy.sum()), 'J', decimals=3)}"
        page[:_HEAD] = np.maximum(page[:_HEAD], _letters(text, width))
        return page

    def _field(self, moment: WallState) -> Pixels:
        size, levels = self.neurons, _levels(moment.axon)
        table = np.repeat(levels[:, None], size, axis=1) if levels.ndim == 1 else levels
        cells = self._tracks[table]
        own = np.arange(size)
        cells[own, own] = self._somas[_levels(moment.soma)]
        return cells.transpose(0, 2, 1, 3).reshape(size * self.cell, size * self.cell)

    def _image(self, moment: WallState) -> Pixels:
        rows = (_PIXEL + _levels(moment.soma)).reshape(-1, self.columns).astype(np.uint8)
        side = _PICTURE // self.columns
        return np.kron(rows, np.ones((side, side), dtype=np.uint8))

    @cached_property
    def _tracks(self) -> Pixels:
        gap = max(1, round(self.cell / 6)) if self.cell >= 4 else 0
        return self._cells(self.cell - gap, "")

    @cached_property
    def _somas(self) -> Pixels:
        return self._cells(self.cell, "soma ")

    def _cells(self, box: int, prefix: str) -> Pixels:
        """Return a cell with its track for every level, shape (LEVELS, cell, cell)."""
        cells = np.full((LEVELS, self.cell, self.cell), _INDEX["gap"], dtype=np.uint8)
        cells[:, :box, :box] = _INDEX[f"{prefix}off"]
        for level in range(LEVELS):
            at = level / (LEVELS - 1) * box
            cells[level, :box, : round(at)] = _INDEX[f"{prefix}on"]
            if 0 < level < LEVELS - 1 and box > 1:
                thick = max(1, round(box / 5))
                left = min(max(round(at - thick / 2), 0), box - thick)
                cells[level, :box, left : left + thick] = _INDEX[f"{prefix}wall"]
        return cells


def film(moments: Sequence[WallState], columns: int, report: Callable[[float], None], cancel: Event) -> bytes:
    """Return moments as a GIF that runs for ever, at most `MOST_FRAMES` of them, evenly sampled.

    Parameters
    ----------
    moments : sequence of WallState
        At least one, of one network.
    columns : int
        As for `Film`.
    report : callable
        Called with the progress, from 0 to 1.
    cancel : threading.Event
        Checked before every frame.

    Raises
    ------
    Unable
        If it was cancelled.
    """
    chosen = sampled(len(moments))
    plan = Film(len(moments[0].soma), columns)
    colours = bytes(int(colour[k : k + 2], 16) for colour in COLOURS for k in (1, 3, 5))

    def pictures() -> Iterator[Image.Image]:
        for done, index in enumerate(chosen, start=1):
            if cancel.is_set():
                msg = tr("The GIF was not finished.")
                raise Unable(msg)
            picture = Image.fromarray(plan.frame(moments[index]))
            picture.putpalette(colours)
            yield picture
            report(done / len(chosen))

    frames, file = pictures(), io.BytesIO()
    durations = [FRAME_MS] * (len(chosen) - 1) + [LAST_MS]
    # All frames share one colour table, so that none must be made for each.
    options = {"duration": durations, "loop": 0, "optimize": False}
    next(frames).save(file, "GIF", save_all=True, append_images=frames, **options)
    return file.getvalue()


def sampled(count: int, most: int = MOST_FRAMES) -> list[int]:
    """Return the indices of at most `most` of `count` moments, including the first and the last."""
    numbers: list[int] = np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int)).tolist()
    return numbers


def _levels(positions: npt.NDArray[np.floating]) -> npt.NDArray[np.intp]:
    """Return wall positions x/L as levels; 0 for nan, where there is no device."""
    return np.rint(np.nan_to_num(positions) * (LEVELS - 1)).astype(np.intp)


def _letters(text: str, width: int) -> Pixels:
    """Return a line of text as indices into `COLOURS`, shape (head, width)."""
    line = Image.new("L", (width, _HEAD))
    ImageDraw.Draw(line).text(
        (_MARGIN, _HEAD / 2), text, fill=255, font=ImageFont.load_default(18), anchor="lm"
    )
    return (_LETTER + np.asarray(line, dtype=np.uint16) * (_SHADES - 1) // 255).astype(np.uint8)
