"""Numbers as files: tables of comma-separated values to the last digit, and NumPy archives."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

ARCHIVE: Final = "application/zip"
"""MIME type of a NumPy archive."""


def table_text(columns: Mapping[str, npt.NDArray[Any]]) -> str:
    """Return columns of equal length as comma-separated values.

    Numbers have all digits, so that reading them gives the same bits; what is no number is left empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    values = [["" if v != v else repr(v) for v in column.tolist()] for column in columns.values()]
    writer.writerows(zip(*values, strict=True))
    return text.getvalue()


def archive(arrays: Mapping[str, npt.NDArray[Any]], **texts: str) -> bytes:
    """Return arrays and texts as an ``.npz`` file, which ``numpy.load`` reads without pickles."""
    file = io.BytesIO()
    content: dict[str, Any] = {**arrays, **{name: np.array(text) for name, text in texts.items()}}
    np.savez_compressed(file, allow_pickle=False, **content)
    return file.getvalue()
