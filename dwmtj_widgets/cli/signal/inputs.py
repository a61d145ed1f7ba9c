"""Inputs of ``dwmtj signal``: waveforms by name or as a table, and settings as ``name=value``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.cli.typed_fields import described, field_values
from dwmtj_widgets.mtj_rnn import NetworkSettings, waveform
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.mtj_rnn.signals import KINDS, MOST_CSV_BYTES, samples_from_csv
from dwmtj_widgets.refusals import Refused

Floats = NDArray[np.float64]

SHAPE_POINTS: Final = 200
"""Samples in a period of a named waveform's shape."""
SUFFIXES: Final = (".csv", ".txt")


def settings(changes: Sequence[str]) -> dict[str, float]:
    """Return settings given as ``name=value`` in their display units, by name in SI units.

    Raises
    ------
    Refused
        If there is no such setting, or its value is no number.
    """
    return field_values(_known(), changes)


def setting_fields() -> list[tuple[str, str]]:
    """Return name and description of every setting: label, default with its unit, legal range."""
    return [described(entry) for entry in _known()]


def _known() -> tuple[Field[Any], ...]:
    return (*fields(NetworkSettings), *fields(Junction))


def shape_of(name: str) -> Floats:
    """Return one period of a named waveform, or of a table."""
    if name in KINDS:
        return waveform(name, period=1.0, sample_time=1.0 / SHAPE_POINTS)
    if not name.lower().endswith(SUFFIXES):
        msg = f"wave is {name!r}; it must be one of {', '.join(KINDS)}, or a file that ends in .csv."
        raise Refused(msg)
    path = Path(name)
    if not path.is_file():
        msg = f"There is no file {name}; give one period as comma-separated values, or one of {', '.join(KINDS)}."
        raise Refused(msg)
    with path.open("rb") as stream:
        return samples_from_csv(stream.read(MOST_CSV_BYTES + 1))
