"""Patterns of bits: built-in symbols, random patterns, distortion, and conversion from and to text and images.

A pattern is a flat row of N bits, an image row by row. Networks store and load patterns.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tables import text_of
from dwmtj_widgets.tasks.files import file_content
from dwmtj_widgets.tasks.images import from_png, to_png
from dwmtj_widgets.validation import short

__all__ = [
    "DEFAULT_MEMORIES",
    "SIDE",
    "SYMBOLS",
    "distort",
    "from_png",
    "from_text",
    "load_pattern",
    "overlap",
    "random_pattern",
    "symbol",
    "to_png",
    "to_text",
]

SIDE: Final = 10
"""Rows and columns of the built-in symbols."""

_ONES, _ZEROS = "#1X@", ".0 -"

_SHEET: Final = """
A           J           L           H           K
....##....  ...#######  ###.......  ##......##  ###....###
...####...  ...#######  ###.......  ##......##  ###...###.
..##..##..  .....###..  ###.......  ##......##  ###..###..
.##....##.  .....###..  ###.......  ##......##  ###.###...
.##....##.  .....###..  ###.......  ##########  ######....
##......##  .....###..  ###.......  ##########  ######....
##########  ###..###..  ###.......  ##......##  ###.###...
##########  ###..###..  ##########  ##......##  ###..###..
##......##  ########..  ##########  ##......##  ###...###.
##......##  .######...  ##########  ##......##  ###....###

N           S           X           Z           arrow
##......##  ..########  ###....###  ##########  ....##....
###.....##  .#########  ###....###  ##########  ...####...
####....##  ###.......  .###..###.  .......###  ..######..
#####...##  ###.......  ..######..  ......###.  .########.
##.###..##  .########.  ...####...  ....####..  ##########
##..###.##  ..########  ...####...  ..####....  ...####...
##...#####  .......###  ..######..  .###......  ...####...
##....####  .......###  .###..###.  ###.......  ...####...
##.....###  #########.  ###....###  ##########  ...####...
##......##  ########..  ###....###  ##########  ...####...

cross       heart       house       note        smiley
..........  ..........  ....##....  ..########  ..######..
...####...  .###..###.  ...####...  ..########  .########.
...####...  ##########  ..######..  ..##....##  ##......##
.########.  ##########  .########.  ..##....##  ##.#..#.##
.########.  ##########  ##########  ..##....##  ##.#..#.##
.########.  .########.  .##....##.  ..##....##  ##......##
.########.  ..######..  .##....##.  ####..####  ##.#..#.##
...####...  ...####...  .##.##.##.  ####..####  ##..##..##
...####...  ....##....  .##.##.##.  ####..####  .########.
..........  ..........  .##.##.##.  .##....##.  ..######..
"""


def _cut_out(sheet: str) -> Mapping[str, str]:
    symbols = {}
    for block in sheet.strip().split("\n\n"):
        names, *rows = block.splitlines()
        for column, name in enumerate(names.split()):
            start = column * (SIDE + 2)
            symbols[name] = "\n".join(row[start : start + SIDE] for row in rows)
    return MappingProxyType(symbols)


SYMBOLS: Final = _cut_out(_SHEET)
"""The built-in symbols by name, each ten rows of ten characters: ``#`` is 1, ``.`` is 0."""

DEFAULT_MEMORIES: Final = ("A", "J", "L")
"""A lab's first memories. Their overlaps reach 0.14, and about half of the bits are 1: all are recalled from 20 %
distortion, and nearly always from 30 %."""


def symbol(name: str) -> NDArray[np.uint8]:
    """Return a built-in symbol as bits, shape (100,); upper and lower case are equivalent.

    Raises
    ------
    Refused
        If there is no symbol of this name; the sentence lists those there are.
    """
    for known, text in SYMBOLS.items():
        if known.casefold() == name.casefold():
            return from_text(text)
    msg = f"There is no symbol named {short(name)}; there are {', '.join(SYMBOLS)}."
    raise Refused(msg)


def load_pattern(source: str | Path, rows: int = SIDE, columns: int = SIDE) -> NDArray[np.uint8]:
    """Return the pattern of a symbol's name or a file's path, shape (rows * columns,).

    `from_text` reads files that end in .txt, `from_png` all others; for a file without an ending its content decides.
    A symbol has precedence over a file of the same name.

    Raises
    ------
    Refused
        If there is no such symbol or file, or it does not hold a pattern of this size.
    """
    path = Path(source)
    is_symbol = str(source).casefold() in map(str.casefold, SYMBOLS)
    is_named_file = path.suffix == "" and not is_symbol and path.is_file()
    if path.suffix == "" and not is_named_file:
        bits = symbol(str(source))
        if bits.shape[0] != rows * columns:
            msg = f"The symbols are {SIDE} x {SIDE} bits; there is none of {rows} x {columns}."
            raise Refused(msg)
        return bits
    content = file_content(path)
    is_text = _is_text(content) if is_named_file else path.suffix.lower() == ".txt"
    if not is_text:
        return from_png(path, rows, columns)
    return from_text(text_of(content, repr(str(path))), rows, columns)


def _is_text(content: bytes) -> bool:
    """Return whether a file is text: pictures contain control characters."""
    return not any(byte < 32 and byte not in b"\t\n\r" for byte in content)


def random_pattern(size: int, seed: validation.Seed) -> NDArray[np.uint8]:
    """Return `size` bits, each 0 or 1 with equal odds, shape (size,).

    Raises
    ------
    Refused
        If `size` is not a whole number above zero, or the seed is neither a whole number nor a Generator.
    """
    count = validation.whole(size, "size", 1, validation.LARGEST_PATTERN)
    return validation.generator(seed).integers(0, 2, size=count, dtype=np.uint8)


def distort(pattern: ArrayLike, fraction: float, seed: validation.Seed) -> NDArray[np.uint8]:
    """Return the pattern with ``round(fraction * N)`` different bits flipped, shape (N,).

    With the same integer seed a larger fraction flips the bits of a smaller one and some more, so that a slider
    adds and removes single bits. Source: physics.md A4.

    Parameters
    ----------
    pattern : array_like, shape (N,)
        Bits 0 and 1.
    fraction : float
        Share of the bits, 0 to 1.
    seed : int or numpy.random.Generator
        Chooses the bits.

    Raises
    ------
    Refused
        If the pattern is not a row of bits, the fraction outside 0 to 1, or the seed not one.
    """
    bits = validation.bit_pattern(pattern)
    count = round(validation.within(fraction, "fraction", 0.0, 1.0, "%") * bits.shape[0])
    bits[validation.generator(seed).permutation(bits.shape[0])[:count]] ^= 1
    return bits


def overlap(a: ArrayLike, b: ArrayLike) -> np.float64 | NDArray[np.float64]:
    """Return the mean product of two patterns taken as +1 and -1: 1 if equal, -1 if inverse, 0 if unrelated.

    Parameters
    ----------
    a, b : array_like, shapes (..., N), broadcast against each other
        Bits 0 and 1, or wall positions x/L from 0 to 1; an undecided bit, -1, counts as halfway.

    Returns
    -------
    numpy.float64 or ndarray, shape (...)
        From -1 to 1.

    Raises
    ------
    Refused
        If the shapes do not go together, or a value is neither in 0 to 1 nor -1.
    """
    left, right = _signs(a, "the first pattern"), _signs(b, "the second pattern")
    try:
        return (left * right).mean(axis=-1)  # type: ignore[no-any-return]
    except ValueError as exc:
        msg = (
            f"Patterns of the shapes {left.shape} and {right.shape} have no overlap; they need as many bits."
        )
        raise Refused(msg) from exc


def from_text(text: str, rows: int | None = None, columns: int | None = None) -> NDArray[np.uint8]:
    """Read a picture of characters, shape (N,): ``# 1 X @`` are 1, ``. 0 -`` and the space are 0.

    Empty lines before and after the picture are ignored.

    Parameters
    ----------
    text : str
        One line a row, all equally long.
    rows, columns : int, optional
        The required size; by default any.

    Raises
    ------
    Refused
        If a character means nothing, a line is longer or shorter than the first, or the size is another;
        the sentence names line and column.
    """
    lines = list(enumerate(text.splitlines(), start=1))
    while lines and not lines[0][1]:
        del lines[0]
    while lines and not lines[-1][1]:
        del lines[-1]
    if not lines:
        msg = "The text is empty; a pattern is rows of # (1) and . (0)."
        raise Refused(msg)
    width = (
        len(lines[0][1])
        if columns is None
        else validation.whole(columns, "columns", 1, validation.LARGEST_PATTERN)
    )
    for number, line in lines:
        for place, character in enumerate(line, start=1):
            if character not in _ONES + _ZEROS:
                msg = (
                    f"Line {number}, column {place} holds {character!r}; "
                    f"1 is one of {' '.join(_ONES)}, 0 is one of {' '.join(_ZEROS.replace(' ', ''))} or a space."
                )
                raise Refused(msg)
        if len(line) != width:
            msg = f"Line {number} ends after column {len(line)}; every line of this pattern needs {width} columns."
            raise Refused(msg)
    if rows is not None and len(lines) != rows:
        msg = f"The pattern ends with line {lines[-1][0]} after {len(lines)} rows; it needs {rows} rows."
        raise Refused(msg)
    return np.array([character in _ONES for _, line in lines for character in line], dtype=np.uint8)


def to_text(pattern: ArrayLike, columns: int = SIDE) -> str:
    """Return a pattern, shape (N,), as rows of characters: ``#`` is 1, ``.`` is 0, ``?`` is undecided (-1).

    Raises
    ------
    Refused
        If the pattern is not a row of bits that fills whole rows.
    """
    bits = validation.undecided_bits(pattern)
    width = validation.whole(columns, "columns", 1, validation.LARGEST_PATTERN)
    if bits.ndim != 1 or bits.shape[0] % width:
        msg = f"A pattern of the shape {bits.shape} does not fill rows of {width} columns."
        raise Refused(msg)
    characters = "".join("?.#"[bit + 1] for bit in bits.tolist())
    return "\n".join(characters[start : start + width] for start in range(0, len(characters), width))


def _signs(values: ArrayLike, name: str) -> NDArray[np.float64]:
    positions = validation.positions_or_undecided(values, name)
    return np.where(positions < 0.0, 0.0, 2.0 * positions - 1.0)
