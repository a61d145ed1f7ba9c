"""Every sentence with which the network refuses an input, in one place.

A kernel never sees what did not pass here. Each function returns the value in the form the rest of the code
works with, or raises `ValueError` with one sentence: what arrived, what is legal, and the usual fix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from dwmtj_widgets.units import quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

SMALLEST_NETWORK: Final = 2
LARGEST_VOLTAGE: Final = 1000.0
"""Volts; what is beyond no junction bears, and a kernel could not square."""

# The release's table (paper, Section "Numerical"; physics.md A3): lowest charge voltage in volts, load time in
# seconds. Below the last row the axons would not have settled when the weights are connected.
LOAD_TIMES: Final = ((0.15, 15e-9), (0.07, 16e-9), (0.05, 17e-9), (0.03, 18e-9), (0.02, 20e-9))


def finite(value: float, name: str, unit: str = "") -> float:
    """Return `value` as a float, refusing nan and infinity."""
    number = _number(value, name)
    if not np.isfinite(number):
        msg = f"{name} is {number}; it has to be a finite number{_in(unit)}."
        raise ValueError(msg)
    return number


def positive(value: float, name: str, unit: str = "") -> float:
    """Return `value` as a float above zero."""
    number = finite(value, name, unit)
    if number <= 0.0:
        msg = f"{name} is {quantity(number, unit)}; it has to be above zero."
        raise ValueError(msg)
    return number


def within(value: float, name: str, low: float, high: float, unit: str = "") -> float:
    """Return `value` as a float inside the closed range from `low` to `high`."""
    number = finite(value, name, unit)
    if not low <= number <= high:
        msg = (
            f"{name} is {quantity(number, unit)}; "
            f"it has to lie between {quantity(low, unit)} and {quantity(high, unit)}."
        )
        raise ValueError(msg)
    return number


def weight_matrix(weights: ArrayLike) -> NDArray[np.float64]:
    """Return `weights` (volts) as a new C-contiguous (N, N) array: square, finite, zero diagonal."""
    array = _array(weights, "weights")
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        msg = f"weights have the shape {array.shape}; they have to be square, (N, N) in volts."
        raise ValueError(msg)
    if array.shape[0] < SMALLEST_NETWORK:
        msg = f"weights are for {array.shape[0]} neuron(s); a network needs at least {SMALLEST_NETWORK}."
        raise ValueError(msg)
    if not np.isfinite(array).all():
        row, column = np.argwhere(~np.isfinite(array))[0]
        msg = f"weights[{row}, {column}] is {array[row, column]}; every weight has to be a finite voltage."
        raise ValueError(msg)
    if np.abs(array).max() > LARGEST_VOLTAGE:
        msg = f"weights reach {np.abs(array).max():g} V; the most is {LARGEST_VOLTAGE:g} V."
        raise ValueError(msg)
    if np.diagonal(array).any():
        neuron = int(np.flatnonzero(np.diagonal(array))[0])
        msg = (
            f"weights[{neuron}, {neuron}] is {array[neuron, neuron]:g} V; a neuron has no synapse onto itself, "
            "set the diagonal to zero (numpy.fill_diagonal)."
        )
        raise ValueError(msg)
    return array


def bit_pattern(pattern: ArrayLike, size: int | None = None, name: str = "pattern") -> NDArray[np.uint8]:
    """Return `pattern` as a new (N,) uint8 array of 0 and 1; `size` is the N that is wanted, if known."""
    array = _array(pattern, name)
    if array.ndim != 1 or (size is not None and array.shape[0] != size):
        wanted = "one row of bits" if size is None else f"{size} bits, one a neuron"
        msg = f"{name} has the shape {array.shape}; it has to be {wanted} (flatten an image row by row)."
        raise ValueError(msg)
    return _bits(array, name)


def bit_patterns(patterns: ArrayLike, size: int | None = None, name: str = "patterns") -> NDArray[np.uint8]:
    """Return `patterns` as a new (P, N) uint8 array of 0 and 1, at least one pattern."""
    array = _array(patterns, name)
    if array.ndim != 2 or array.shape[0] == 0 or (size is not None and array.shape[1] != size):
        columns = "N" if size is None else str(size)
        msg = f"{name} have the shape {array.shape}; they have to be (number of patterns, {columns}) bits."
        raise ValueError(msg)
    return _bits(array, name)


def wall_positions(start: ArrayLike, shape: tuple[int, ...], name: str) -> NDArray[np.float64]:
    """Return `start` as a new array of wall positions x/L in [0, 1] of the given shape."""
    array = _array(start, name)
    if array.shape != shape:
        msg = f"{name} has the shape {array.shape}; it has to be {shape}, one wall position a device."
        raise ValueError(msg)
    if not np.isfinite(array).all() or array.min() < 0.0 or array.max() > 1.0:
        msg = f"{name} holds a value outside 0 to 1; a wall position is x/L, from 0 (OFF) to 1 (ON)."
        raise ValueError(msg)
    return array


def neuron_index(index: int, size: int, name: str = "neuron") -> int:
    """Return `index` as a valid neuron number."""
    number = _number(index, name)
    if not number.is_integer() or not 0 <= number < size:
        msg = f"{name} is {index}; this network's neurons are numbered 0 to {size - 1}."
        raise ValueError(msg)
    return int(number)


def load_duration(load_time: float | None, charge_voltage: float) -> float:
    """Return the loading time in seconds, from the published schedule when `load_time` is None.

    Source: physics.md A3. A shorter time would release the network before its axons mirror their somas.
    """
    voltage = positive(charge_voltage, "charge_voltage", "V")
    if voltage > LARGEST_VOLTAGE:
        msg = f"charge_voltage is {voltage:g} V; the most is {LARGEST_VOLTAGE:g} V."
        raise ValueError(msg)
    # A slider's 0.15 may arrive one rounding error short of 0.15.
    duration = next((time for lowest, time in LOAD_TIMES if voltage >= lowest * (1.0 - 1e-12)), None)
    if duration is None:
        msg = (
            f"charge_voltage is {quantity(voltage, 'V')}; below {quantity(LOAD_TIMES[-1][0], 'V')} the axons "
            "do not settle while loading, raise it."
        )
        raise ValueError(msg)
    if load_time is None:
        return duration
    wanted = positive(load_time, "load_time", "s")
    if wanted < duration * (1.0 - 1e-12):
        msg = (
            f"load_time is {quantity(wanted, 's')}; with a charge voltage of {quantity(voltage, 'V')} the axons "
            f"need {quantity(duration, 's')} to settle, raise one of the two (or leave load_time out)."
        )
        raise ValueError(msg)
    return wanted


def one_of(value: str, name: str, choices: Sequence[str]) -> str:
    """Return `value` if it is one of `choices`."""
    if value not in choices:
        msg = f"{name} is {value!r}; it has to be one of {', '.join(map(repr, choices))}."
        raise ValueError(msg)
    return value


def _number(value: float, name: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as exc:
        msg = f"{name} is {value!r}; it has to be a number."
        raise ValueError(msg) from exc


def table(values: ArrayLike, shape: tuple[int, ...], name: str) -> NDArray[np.float64]:
    """Return `values` as a new array of numbers of the given shape."""
    array = _array(values, name)
    if array.shape != shape:
        msg = f"{name} has the shape {array.shape}; it has to be {shape}."
        raise ValueError(msg)
    return array


def count(value: int, name: str, least: int) -> int:
    """Return `value` as a whole number, at least `least`."""
    number = _number(value, name)
    if not number.is_integer() or number < least:
        msg = f"{name} is {value}; it has to be a whole number of at least {least}."
        raise ValueError(msg)
    return int(number)


def _array(values: ArrayLike, name: str) -> NDArray[np.float64]:
    if isinstance(values, np.ndarray) and np.iscomplexobj(values):
        msg = f"{name} holds complex numbers; real ones are wanted."
        raise ValueError(msg)
    try:
        return np.array(values, dtype=np.float64, order="C")
    except (TypeError, ValueError) as exc:
        msg = f"{name} cannot be read as an array of numbers; give a list or a NumPy array with equal rows."
        raise ValueError(msg) from exc


def _bits(array: NDArray[np.float64], name: str) -> NDArray[np.uint8]:
    wrong = ~((array == 0.0) | (array == 1.0))
    if wrong.any():
        msg = f"{name} holds {array[wrong][0]:g}; a bit is 0 or 1 (threshold an image first)."
        raise ValueError(msg)
    return array.astype(np.uint8)


def _in(unit: str) -> str:
    return f" in {unit}" if unit else ""
