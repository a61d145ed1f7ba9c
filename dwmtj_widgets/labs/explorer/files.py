"""Files of a sweep: its statistics as a table or a dataset, all its trials as an archive."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from dwmtj_widgets.explore import Result
from dwmtj_widgets.explore.datasets import csv_text, write_netcdf
from dwmtj_widgets.explore.trials import COLUMNS
from dwmtj_widgets.labs.common.data_files import ARCHIVE, Maker, archive
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.widgets.page.save_box import File


def sweep_files(session: ExplorerSession) -> dict[str, Maker]:
    """Return the maker of each file of a session's sweep, by the label of its button."""

    def maker(make: Callable[[Result], File]) -> Maker:
        return lambda: None if session.result is None else make(session.result)

    return {label: maker(make) for label, make in _MAKERS.items()}


def _csv(result: Result) -> File:
    return File(_name(result, "csv"), "text/csv", csv_text(result).encode())


def _npz(result: Result) -> File:
    """Return a file with a row for every trial, in the order of the sweep's points."""
    numbers = [result.numbers(point) for point in range(len(result.sweep))]
    point, trial = np.repeat(np.arange(len(numbers)), list(map(len, numbers))), np.concatenate(numbers)
    rows = result.rows[point, trial]
    columns = {name: rows[:, k] for k, name in enumerate(COLUMNS)}
    content = archive({"point": point, "trial": trial, **columns}, sweep=result.sweep.as_json())
    return File(_name(result, "npz"), ARCHIVE, content)


def _netcdf(result: Result) -> File:
    with TemporaryDirectory() as folder:
        content = write_netcdf(result, Path(folder) / "sweep.nc").read_bytes()
    return File(_name(result, "nc"), "application/x-netcdf", content)


def _name(result: Result, ending: str) -> str:
    return f"dwmtj-sweep-{result.sweep.task.replace('_', '-')}.{ending}"


_MAKERS: Final[dict[str, Callable[[Result], File]]] = {
    "CSV": _csv,
    "NPZ": _npz,
    **({"netCDF": _netcdf} if find_spec("xarray") is not None else {}),
}
