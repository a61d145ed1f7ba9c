"""Checks of the network's inputs, with the sentences of refusal.

A kernel never sees what did not pass here. Each function returns the value in the form the rest of the code
works with, or raises `Refused` with one sentence: what arrived, what is legal, and the usual fix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import quantity
from dwmtj_widgets.validation import Seed as Seed
from dwmtj_widgets.validation import count as count
from dwmtj_widgets.validation import finite as finite
from dwmtj_widgets.validation import generator as generator
from dwmtj_widgets.validation import not_above as not_above
from dwmtj_widgets.validation import numbers as numbers
from dwmtj_widgets.validation import one_of as one_of
from dwmtj_widgets.validation import positive as positive
from dwmtj_widgets.validation import real as real
from dwmtj_widgets.validation import table as table
from dwmtj_widgets.validation import whole as whole
from dwmtj_widgets.validation import within as within

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SMALLEST_NETWORK: Final = 2
LARGEST_VOLTAGE: Final = 1000.0
"""Volts: physical and numerical upper limit."""

LARGEST_PATTERN: Final = 1_000_000
"""Bits; a network of that many neurons would exceed any memory."""

# The release's table (paper, Section "Numerical"; physics.md A3): lowest charge voltage in volts, load time in
# seconds. Below the last row the axons would not have settled when the weights are connected.
LOAD_TIMES: Final = ((0.15, 15e-9), (0.07, 16e-9), (0.05, 17e-9), (0.03, 18e-9), (0.02, 20e-9))


def weight_matrix(weights: ArrayLike) -> NDArray[np.float64]:
    """Return `weights` (volts) as a new C-contiguous (N, N) array: square, finite, zero diagonal."""
    array = numbers(weights, "weights")
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        msg = f"weights have the shape {array.shape}; they must be square, (N, N) in volts."
        raise Refused(msg)
    if array.shape[0] < SMALLEST_NETWORK:
        msg = f"weights are for {array.shape[0]} neuron(s); a network needs at least {SMALLEST_NETWORK}."
        raise Refused(msg)
    if not np.isfinite(array).all():
        row, column = np.argwhere(~np.isfinite(array))[0]
        msg = f"weights[{row}, {column}] is {array[row, column]}; every weight must be a finite voltage."
        raise Refused(msg)
    if np.abs(array).max() > LARGEST_VOLTAGE:
        msg = f"weights reach {np.abs(array).max():g} V; the most is {LARGEST_VOLTAGE:g} V."
        raise Refused(msg)
    if np.diagonal(array).any():
        neuron = int(np.flatnonzero(np.diagonal(array))[0])
        msg = (
            f"weights[{neuron}, {neuron}] is {array[neuron, neuron]:g} V; a neuron has no synapse onto itself, "
            "set the diagonal to zero (numpy.fill_diagonal)."
        )
        raise Refused(msg)
    return array


def bit_pattern(pattern: ArrayLike, size: int | None = None, name: str = "pattern") -> NDArray[np.uint8]:
    """Return `pattern` as a new (N,) uint8 array of 0 and 1; `size` is the required N, if known."""
    array = numbers(pattern, name)
    if array.ndim != 1 or (size is not None and array.shape[0] != size):
        wanted = "one row of bits" if size is None else f"{size} bits, one a neuron"
        msg = f"{name} has the shape {array.shape}; it must be {wanted} (flatten an image row by row)."
        raise Refused(msg)
    return _bits(array, name)


def bit_patterns(patterns: ArrayLike, size: int | None = None, name: str = "patterns") -> NDArray[np.uint8]:
    """Return `patterns` as a new (P, N) uint8 array of 0 and 1, at least one pattern."""
    array = numbers(patterns, name)
    if array.ndim != 2 or array.shape[0] == 0 or (size is not None and array.shape[1] != size):
        columns = "N" if size is None else str(size)
        msg = f"{name} have the shape {array.shape}; they must be (number of patterns, {columns}) bits."
        raise Refused(msg)
    return _bits(array, name)


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


def wall_positions(start: ArrayLike, shape: tuple[int, ...], name: str) -> NDArray[np.float64]:
    """Return `start` as a new array of wall positions x/L in [0, 1] of the given shape."""
    array = numbers(start, name)
    if array.shape != shape:
        msg = f"{name} has the shape {array.shape}; it must be {shape}, one wall position a device."
        raise Refused(msg)
    if not np.isfinite(array).all() or array.min() < 0.0 or array.max() > 1.0:
        msg = f"{name} holds a value outside 0 to 1; a wall position is x/L, from 0 (OFF) to 1 (ON)."
        raise Refused(msg)
    return array


def neuron_index(index: int, size: int, name: str = "neuron") -> int:
    """Return `index` as a valid neuron number."""
    number = real(index, name)
    if not number.is_integer() or not 0 <= number < size:
        msg = f"{name} is {index}; this network's neurons are numbered 0 to {size - 1}."
        raise Refused(msg)
    return int(number)


def published_load_time(charge_voltage: float) -> float:
    """Return the published schedule's load time in seconds for a charge voltage (physics.md A3)."""
    voltage = positive(charge_voltage, "charge_voltage", "V")
    if voltage > LARGEST_VOLTAGE:
        msg = f"charge_voltage is {voltage:g} V; the most is {LARGEST_VOLTAGE:g} V."
        raise Refused(msg)
    # A slider's 0.15 may arrive one rounding error short of 0.15.
    duration = next((time for lowest, time in LOAD_TIMES if voltage >= lowest * (1.0 - 1e-12)), None)
    if duration is None:
        msg = (
            f"charge_voltage is {quantity(voltage, 'V')}; below {quantity(LOAD_TIMES[-1][0], 'V')} the axons "
            "do not settle while loading, raise it."
        )
        raise Refused(msg)
    return duration


def _bits(array: NDArray[np.float64], name: str) -> NDArray[np.uint8]:
    wrong = ~((array == 0.0) | (array == 1.0))
    if wrong.any():
        msg = f"{name} holds {array[wrong][0]:g}; a bit is 0 or 1 (threshold an image first)."
        raise Refused(msg)
    return array.astype(np.uint8)


def _rows(values: ArrayLike, name: str) -> NDArray[np.float64]:
    array = numbers(values, name)
    if array.ndim == 0 or array.size == 0:
        msg = f"{name} has the shape {array.shape}; it must be one row of bits or more."
        raise Refused(msg)
    return array
