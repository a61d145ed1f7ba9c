"""A sweep's statistics as a table of named, unit-carrying coordinates: xarray Dataset, netCDF, Zarr, CSV, JSON."""

from __future__ import annotations

import csv
import io
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.explore.quantities import QUANTITIES
from dwmtj_widgets.explore.sweep import Sweep
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.tasks.files import replacing, write_atomically

if TYPE_CHECKING:
    import xarray

ENDS: Final = {
    "": "",
    "_low": ", lower end of the 95 % interval",
    "_high": ", upper end of the 95 % interval",
}


class SweepTrials(Protocol):
    """The part of a `Result` that tables are made from."""

    sweep: Sweep

    @property
    def done(self) -> int:
        """Number of measured trials."""

    @property
    def total(self) -> int:
        """Number of requested trials."""

    @property
    def complete(self) -> bool:
        """Whether all requested trials are measured."""

    def counted(self, interval: str = "student") -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]]:
        """Return the number of trials of each point, shape (points,), and their statistics."""


def dataset(result: SweepTrials, interval: str = "student") -> xarray.Dataset:
    """Return the statistics of a result as variables over the sweep's parameters.

    A grid has a dimension for each parameter; a Latin hypercube has one, ``point``, along which the parameters are
    coordinates. Every variable and coordinate has ``long_name`` and ``units`` (SI); the sweep itself is in the
    attribute ``sweep``, from which `Sweep.from_json` restores it.

    Parameters
    ----------
    result : SweepTrials
        May be incomplete.
    interval : {"student", "bootstrap", "bounded"}
        Interval of mean times and energies, see `Result.statistics`.

    Raises
    ------
    Unable
        If xarray is not installed.
    """
    check_xarray()
    import xarray as xr

    sweep = result.sweep
    coordinates: dict[str, Any] = {}
    for name, values in sweep.parameters.items():
        along = [point.values[name] for point in sweep.points] if sweep.latin else list(values)
        knob = sweep.knob(name)
        attributes = {"long_name": knob.label, "units": _si(knob.unit)}
        coordinates[name] = ("point" if sweep.latin else name, np.array(along), attributes)
    variables: dict[str, Any] = {}
    for name, column in _columns(result, interval).items():
        label, unit = _described(name)
        variables[name] = (
            sweep.dimensions,
            column.reshape(sweep.shape),
            {"long_name": label, "units": _si(unit)},
        )
    about = {
        "title": f"Sweep of {sweep.task}",
        "sweep": sweep.as_json(),
        "interval": f"95 %, {interval} for times and energies, bounded for accuracies, Wilson for shares of trials",
        "complete": int(result.complete),
    }
    return xr.Dataset(variables, coordinates, about)


def write_netcdf(result: SweepTrials, path: Path | str, interval: str = "student") -> Path:
    """Write the Dataset as a netCDF file (version 3, by scipy), whole or not at all; returns its path."""
    target = Path(path)
    table = dataset(result, interval)
    with replacing(target) as part:
        table.to_netcdf(part, engine="scipy")
    return target


def write_zarr(result: SweepTrials, path: Path | str, interval: str = "student") -> Path:
    """Write the Dataset as a Zarr store (format 2), a folder; returns its path.

    An older store is replaced once the new one is complete.

    Raises
    ------
    Refused
        If the path holds anything other than a Zarr store.
    Unable
        If xarray or Zarr is not installed.
    """
    target = Path(path)
    check_zarr(target)
    table = dataset(result, interval)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as room:
        new, old = Path(room) / "new", Path(room) / "old"
        table.to_zarr(new, zarr_format=2)  # format 3 has no standard for strings yet
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    return target


def check_zarr(target: Path) -> None:
    """Raise what `write_zarr` would raise, before a sweep of hours."""
    if target.exists() and not (target / ".zgroup").is_file():
        msg = f"{str(target)!r} is no Zarr store and would be overwritten; take another name."
        raise Refused(msg)
    check_xarray()
    if find_spec("zarr") is None:
        msg = "A Zarr store needs Zarr, which is not installed; pip install 'dwmtj-widgets[zarr]'."
        raise Unable(msg)


def check_xarray() -> None:
    """Check that a Dataset can be made.

    Raises
    ------
    Unable
        If xarray is not installed.
    """
    if find_spec("xarray") is None:
        msg = "A Dataset needs xarray, which is not installed; pip install 'dwmtj-widgets[explore]'."
        raise Unable(msg)


def write_csv(result: SweepTrials, path: Path | str, interval: str = "student") -> Path:
    """Write `csv_text` to a file, whole or not at all; returns its path."""
    target = Path(path)
    write_atomically(target, csv_text(result, interval))
    return target


def csv_text(result: SweepTrials, interval: str = "student") -> str:
    """Return the statistics as comma-separated values, one line a point, with SI units in the column names."""
    sweep = result.sweep
    columns = _columns(result, interval)
    heads = [_named(name, sweep.knob(name).unit) for name in sweep.parameters]
    heads += [_named(name, _described(name)[1]) for name in columns]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    for index, point in enumerate(sweep.points):
        numbers = [column[index].item() for column in columns.values()]
        told = ["" if number != number else repr(number) for number in numbers]
        writer.writerow([*(point.values[name] for name in sweep.parameters), *told])
    return text.getvalue()


def as_json(result: SweepTrials, interval: str = "student") -> dict[str, Any]:
    """Return the statistics as a JSON object: one list a column, null for nan, SI units."""
    sweep = result.sweep
    columns = {
        _named(name, _described(name)[1]): [None if v != v else v for v in column.tolist()]
        for name, column in _columns(result, interval).items()
    }
    points = {
        _named(name, sweep.knob(name).unit): [point.values[name] for point in sweep.points]
        for name in sweep.parameters
    }
    return {
        "task": sweep.task,
        "trials": result.done,
        "wanted": result.total,
        "complete": result.complete,
        "seed": sweep.seed,
        "fixed": dict(sweep.fixed),
        "shape": list(sweep.shape),
        "points": {**points, **columns},
    }


def _columns(result: SweepTrials, interval: str) -> dict[str, NDArray[Any]]:
    trials, columns = result.counted(interval)
    return {**columns, "trials": trials}


def _described(name: str) -> tuple[str, str]:
    """Return label and SI unit of a column."""
    if name == "trials":
        return "Trials that were made", "1"
    for end, words in ENDS.items():
        quantity = QUANTITIES.get(name.removesuffix(end) if end else name)
        if quantity is not None and name.endswith(end):
            return quantity.label + words, quantity.unit
    raise KeyError(name)


def _si(unit: str) -> str:
    """Return the SI unit of a key of `units.DISPLAY_UNITS`: shares are not converted to per cent."""
    return "1" if unit in ("", "%") else unit


def _named(name: str, unit: str) -> str:
    """Return a name with its unit, as in `weight_V` or `soma_leak_m_per_s`."""
    plain = _si(unit).replace("/", "_per_").replace(" ", "_")
    return name if plain == "1" else f"{name}_{plain}"
