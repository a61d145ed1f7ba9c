"""Colours and encoding of quantities between -1 and +1."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.widgets import palette

Floats = npt.NDArray[np.float64]

NEUTRAL: Final = "#cdd5de"

COLOURS: Final = (palette.OFF, NEUTRAL, palette.ON)
"""Colours of -1, 0 and +1: dark blue, a light grey, amber. The browser interpolates between them."""

# Rounding errors at the ends are accepted: a solver keeps unit vectors to 1e-12 or so.
_ROUNDING = 1e-6


def checked(name: str, values: npt.ArrayLike, shape: str, *, dimensions: int) -> Floats:
    """Return `values` as an array of numbers from -1 to 1.

    Parameters
    ----------
    name, shape
        Name and legal form of the values, for the sentence of refusal.
    values
        Anything NumPy reads as numbers.
    dimensions
        Required number of dimensions.

    Raises
    ------
    ValueError
        If the values are no numbers, have other dimensions, or include nan or one beyond -1 to 1.
    """
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as exc:
        raise ValueError(f"{name} cannot be read as an array of numbers, but must be {shape}.") from exc
    if array.ndim != dimensions:
        raise ValueError(f"{name} got the shape {array.shape}, but must be {shape}.")
    wrong = array[~(np.abs(array) <= 1.0 + _ROUNDING)]
    if wrong.size:
        raise ValueError(f"{name} got the value {wrong[0]:g}, but must be {shape}.")
    return np.clip(array, -1.0, 1.0)


def to_bytes(values: Floats) -> npt.NDArray[np.uint8]:
    """Return -1 to +1 as 0 to 255."""
    return np.rint((values + 1.0) * 127.5).astype(np.uint8)
