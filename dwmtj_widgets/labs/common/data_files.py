"""Numbers as files: exact tables of comma-separated values and NumPy archives."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page.save_box import File

ARCHIVE: Final = "application/zip"
"""MIME type of a NumPy archive."""

Maker = Callable[[], File | None]
"""Returns a file, or None if there is none or it will be delivered later."""


def table_text(columns: Mapping[str, npt.NDArray[Any]]) -> str:
    """Return columns of equal length as comma-separated values.

    Numbers have all digits, so that reading them gives the same bits; nan is left empty.
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


def guarded_makers(
    makers: Mapping[str, Maker],
    error: ErrorLine,
    check: Callable[[], None] = lambda: None,
) -> dict[str, Maker]:
    """Return makers for a `SaveBox` whose refusals are sentences on the page.

    Parameters
    ----------
    makers : mapping of str to callable
        By the label of a button the function that makes its file.
    error : ErrorLine
        The edge of the lab.
    check : callable
        Called before a file is made; raises `Refused` if there is nothing to save.
    """

    def asked(make: Maker) -> Maker:
        def answer() -> File | None:
            with error.guarded():
                check()
                try:
                    return make()
                except OSError as exc:
                    raise Unable(tr("The file cannot be made: {error}").format(error=exc)) from exc
            return None

        return answer

    return {label: asked(make) for label, make in makers.items()}
