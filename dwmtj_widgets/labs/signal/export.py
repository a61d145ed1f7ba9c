"""Files of the Signal Lab's record: a table, an archive with all junctions, the charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.labs.common.data_files import ARCHIVE, Maker, archive, guarded_makers, table_text
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page.save_box import File, SaveBox

CHART: Final = "signal-chart"
"""Views of the class ``dwmtj-signal-chart`` are saved as charts."""
STEPS: Final = 127
"""Steps of a recorded magnetization between 0 and 1."""
_AT_ONCE: Final = 5_000
"""Samples read from the record at a time."""
_HINTS: Final = {
    "CSV": tr("Time and signals of every recorded sample, as a table"),
    "NPZ": tr("The signals, and the magnetization of every junction, for NumPy"),
}


class SignalExport:
    """A row of buttons; `box` is what goes into a page.

    Parameters
    ----------
    name : str
        Name of the lab in file names.
    record : callable
        Returns the record to save.
    names : callable
        Returns the names of its signals.
    setting : callable
        Returns the setting for the archive as a session file.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        name: str,
        record: Callable[[], SignalRecord],
        names: Callable[[], Sequence[str]],
        setting: Callable[[], str],
        error: ErrorLine,
    ) -> None:
        self._record, self._working = record, False
        makers: dict[str, Maker] = {
            "CSV": lambda: File(
                f"dwmtj-{name}.csv", "text/csv", table_text(signals_of(record(), names(), "_s")).encode()
            ),
            "NPZ": lambda: File(f"dwmtj-{name}.npz", ARCHIVE, record_archive(record(), names(), setting())),
        }
        self.box = SaveBox(
            guarded_makers(makers, error, self._check),
            CHART,
            _HINTS,
            picture_name=f"dwmtj-{name}-charts",
        )
        self.box.add_class("dwmtj-export")

    def show(self, *, working: bool) -> None:
        """Enable the buttons, except before the first sample or while another thread adds samples."""
        self._working = working
        self.box.enabled = len(self._record()) > 0 and not working

    def _check(self) -> None:
        if self._working or not len(self._record()):
            msg = tr("Nothing can be saved yet; let the network run, and pause it.")
            raise Refused(msg)


def signals_of(
    record: SignalRecord, names: Sequence[str], unit: str = ""
) -> dict[str, npt.NDArray[np.float64]]:
    """Return time in seconds and the signals of a record, shape (T,) each; the name of time ends with `unit`."""
    rows = record.signals(record.first, record.end)
    time = (record.first + 1 + np.arange(rows.shape[1])) * SAMPLE_TIME
    return {f"time{unit}": time, **dict(zip(names, rows, strict=True))}


def record_archive(record: SignalRecord, names: Sequence[str], setting: str) -> bytes:
    """Return a record as an ``.npz`` file: time, signals, and ``states`` (T, 3, N), magnetizations in 127ths."""
    first = record.states(record.first, record.first + 1)
    states = np.empty((len(record), *first.shape[1:]), dtype=np.int8)
    for start in range(0, len(record), _AT_ONCE):
        low = record.first + start
        states[start : start + _AT_ONCE] = np.rint(STEPS * record.states(low, low + _AT_ONCE))
    return archive({**signals_of(record, names), "states": states}, setting=setting)
