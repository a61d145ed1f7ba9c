"""Checks of a task's inputs, with the sentences of refusal; those of networks are in `hopfield.validation`."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import numbers
from dwmtj_widgets.validation import whole as whole

MAX_FILE_BYTES: Final = 5_000_000
LARGEST_PATTERN: Final = 1_000_000
"""Bits; a network of that many neurons would exceed any memory."""

Seed: TypeAlias = int | np.random.Generator
"""An integer from 0 on, which gives the same bits each time, or a NumPy Generator, which continues its stream."""


def generator(seed: Seed) -> np.random.Generator:
    """Return `seed` if it is a Generator, else a new one."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(whole(seed, "seed", 0, 2**64 - 1))


def undecided_bits(bits: ArrayLike, name: str = "bits") -> NDArray[np.int8]:
    """Return `bits` as a new int8 array of any shape (..., N): 1, 0, or -1 where undecided."""
    array = _rows(bits, name)
    wrong = ~np.isin(array, (-1.0, 0.0, 1.0))
    if wrong.any():
        msg = f"{name} hold {array[wrong][0]:g}; a bit is 1, 0, or -1 where undecided."
        raise Refused(msg)
    return array.astype(np.int8)


def positions_or_undecided(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return `values` as a float array of any shape (..., N): each from 0 to 1, or -1 where undecided."""
    array = _rows(values, name)
    legal = ((array >= 0.0) & (array <= 1.0)) | (array == -1.0)
    if not legal.all():
        msg = f"{name} holds {array[~legal][0]:g}; a bit is 0, 1, or -1 where undecided, a wall between 0 and 1."
        raise Refused(msg)
    return array


def file_content(path: Path) -> bytes:
    """Read a file of at most 5 MB."""
    if not path.is_file():  # a device or a pipe might never end
        msg = f"There is no file {str(path)!r}."
        raise Refused(msg)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        msg = f"{str(path)!r} cannot be read: {exc.strerror or exc}."
        raise Refused(msg) from exc
    not_above(len(data), MAX_FILE_BYTES, "The file", "bytes")
    return data


def not_above(count: int, limit: int, name: str, what: str) -> None:
    """Refuse a `count` beyond `limit`."""
    if count > limit:
        msg = f"{name} has more than {limit:,} {what}; make it smaller."
        raise Refused(msg)


def _rows(values: ArrayLike, name: str) -> NDArray[np.float64]:
    array = numbers(values, name)
    if array.ndim == 0 or array.size == 0:
        msg = f"{name} has the shape {array.shape}; it must be one row of bits or more."
        raise Refused(msg)
    return array
