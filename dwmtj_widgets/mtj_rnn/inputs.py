"""Checks of the network's signals, targets and labels, with the sentences of refusal."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import numbers

Floats = NDArray[np.float64]

MOST_SAMPLES: Final = 20_000_000
"""Longest signal: 160 MB, and some minutes of computing for forty junctions."""
LARGEST_SIGNAL: Final = 1e6
"""A larger signal must be a mistake: the network's own output is near 1."""
MOST_CLASSES: Final = 100
"""Most classes; each has its own readout."""


def bounded(amount: float, name: str, most: int) -> int:
    """Return `amount` of samples or steps as a whole number from 1 to `most`."""
    if not 0.5 <= amount <= most:
        msg = f"{name} is {amount:,.4g} samples or steps long; it must be between 1 and {most:,}."
        raise Refused(msg)
    return max(round(amount), 1)


def signal_of(values: ArrayLike, name: str, samples: int | None = None) -> Floats:
    """Return an input signal, one value a sample, as a new row (T,); `samples` is the required T, if known."""
    row = numbers(values, name)
    wanted = "one value a sample" if samples is None else f"{samples} values, one a sample"
    if row.ndim != 1 or not row.size or (samples is not None and row.size != samples):
        msg = f"{name} has the shape {row.shape}; it must be one row, {wanted}."
        raise Refused(msg)
    return _moderate(row, name)


def target_of(values: ArrayLike) -> Floats:
    """Return a training target as a new array (T, K)."""
    array = numbers(values, "target")
    array = array[:, None] if array.ndim == 1 else array
    if array.ndim != 2 or not array.size:
        msg = f"target has the shape {array.shape}; it must be (samples,) or (samples, readouts), not empty."
        raise Refused(msg)
    return _moderate(array, "target")


def labels_of(labels: ArrayLike, samples: int) -> NDArray[np.intp]:
    """Return the classes of the windows of a signal of `samples` samples, shape (windows,)."""
    given = numbers(labels, "labels")
    if given.ndim != 1 or not given.size or samples % given.size:
        msg = (
            f"labels have the shape {given.shape} for {samples} samples; there must be one for every window, "
            "all windows equally long."
        )
        raise Refused(msg)
    wrong = ~((given >= 0) & (given < MOST_CLASSES) & (given == np.floor(given)))
    if wrong.any():
        msg = f"labels hold {given[wrong][0]:g}; classes are numbered 0 to {MOST_CLASSES - 1}."
        raise Refused(msg)
    return given.astype(np.intp)


def _moderate(array: Floats, name: str) -> Floats:
    if array.shape[0] > MOST_SAMPLES:
        msg = f"{name} has {array.shape[0]:,} samples; the most is {MOST_SAMPLES:,}, give it in parts."
        raise Refused(msg)
    wrong = ~(np.abs(array) <= LARGEST_SIGNAL)
    if wrong.any():
        place = int(np.flatnonzero(wrong.any(axis=-1) if array.ndim == 2 else wrong)[0])
        msg = (
            f"{name} holds {np.atleast_1d(array[place])[0]:g} at sample {place}; every value must be a number "
            f"between {-LARGEST_SIGNAL:g} and {LARGEST_SIGNAL:g}."
        )
        raise Refused(msg)
    return array
