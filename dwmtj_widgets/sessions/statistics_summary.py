"""Statistics of many random recalls: shares with their intervals, means, and the rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.tasks.intervals import Interval, share_mean, student_mean, wilson
from dwmtj_widgets.tasks.random_recall import CAPACITY
from dwmtj_widgets.tasks.recall_survey import RECORD, Survey, SurveyPoint
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity

Records = npt.NDArray[np.void]
Floats = npt.NDArray[np.float64]

SYSTEMS: Final = {"device": "", "in turn": "in_turn_", "together": "together_"}
"""Systems that recall, with the prefixes of their columns."""
QUANTITIES: Final = {"time": "s", "energy": "J", "power": "W"}
"""Quantities of a run of the device, with their units."""
FEW: Final = 8
"""Fewest trials for the interval of a mean."""


@dataclass(frozen=True)
class Estimate:
    """A mean and its 95 % interval (None for too few trials)."""

    value: float
    interval: Interval | None


def share(
    records: Records, neurons: int, measure: str, system: str = "device", *, interval: bool = True
) -> Estimate:
    """Return a share, 0 to 1, of trials or of their bits.

    Parameters
    ----------
    records : ndarray, shape (K,) of `recall_survey.RECORD`
        At least one.
    neurons : int
        N.
    measure : {"bits", "perfect", "meant"}
        Bits equal to the nearest pattern or its inverse (the paper's accuracy); trials with all bits equal; trials
        that end in the first pattern or its inverse. An undecided bit is never right.
    system : {"device", "in turn", "together"}
        The device, or an ideal network.
    interval : bool
        Whether to compute an interval, which takes longer than the share.
    """
    column = SYSTEMS[system] + ("astray" if measure == "meant" else "wrong")
    wrong = records[column].astype(np.int64)
    if measure == "bits":
        return _bits(wrong, neurons) if interval else Estimate(1.0 - float(wrong.mean()) / neurons, None)
    right = int((wrong == 0).sum())
    return Estimate(right / len(wrong), wilson(right, len(wrong)))


def quantity_of(records: Records, name: str) -> Floats:
    """Return time (s), energy (J) or mean power (W) of each trial, shape (K,)."""
    values: Floats = records["energy"] / records["time"] if name == "power" else records[name]
    return values


def mean(records: Records, name: str) -> Estimate:
    """Return the mean of time (s), energy (J) or power (W)."""
    values = quantity_of(records, name)
    return Estimate(float(values.mean()), student_mean(values) if len(values) >= FEW else None)


def _bits(wrong: npt.NDArray[np.int64], neurons: int) -> Estimate:
    """Return the share of right bits; trials are counted, not bits, which are correlated."""
    shares = 1.0 - wrong / neurons
    value = 1.0 - float(wrong.mean()) / neurons
    return Estimate(value, share_mean(shares) if len(wrong) >= FEW else None)


Shares = Callable[[SurveyPoint, str, str], Estimate | None]
"""Returns a share of a point, for a measure and a system; only the device's has an interval."""

_ENDS: Final = ("", "_low", "_high")
HEADER: Final = (
    "patterns",
    "neurons",
    "load",
    "capacity_neurons",
    "trials",
    *(f"{measure}{end}" for measure in ("right_bits", "perfect") for end in _ENDS),
    *(
        f"{ideal}_{measure}"
        for ideal in ("asynchronous", "synchronous")
        for measure in ("right_bits", "perfect")
    ),
    "undecided_bits",
    "not_converged",
    *(
        f"{name}_{what}_{unit}"
        for name, unit in QUANTITIES.items()
        for what in ("mean", "median", "q025", "q975")
    ),
)


def table(survey: Survey, shares: Shares) -> Iterator[list[Any]]:
    """Yield a row for every point with trials, with the columns of `HEADER`; SI units, shares from 0 to 1."""
    for point in survey.points:
        if survey.count(point):
            yield _row(point, survey.records(point), shares)


def _row(point: SurveyPoint, records: Records, shares: Shares) -> list[Any]:
    row: list[Any] = [
        point.patterns,
        point.neurons,
        point.patterns / point.neurons,
        point.patterns / CAPACITY,
        len(records),
    ]
    for system in SYSTEMS:
        for measure in ("bits", "perfect"):
            estimate = shares(point, measure, system)
            assert estimate is not None
            row += [estimate.value, *((estimate.interval or ("", "")) if system == "device" else ())]
    row += [int(records["undecided"].sum()), int((~records["converged"]).sum())]
    for name in QUANTITIES:
        values = quantity_of(records, name)
        row += [float(values.mean()), *(float(v) for v in np.quantile(values, [0.5, 0.025, 0.975]))]
    return row


def csv_text(survey: Survey, shares: Shares) -> str:
    """Return the table as comma-separated values, with the conditions in a comment before it."""
    text = io.StringIO()
    text.write(f"# {survey.conditions}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(table(survey, shares))
    return text.getvalue()


def trials_of(survey: Survey) -> dict[str, npt.NDArray[Any]]:
    """Return all trials as columns of shape (K,), SI units: number of patterns, neurons and trial, then `RECORD`'s."""
    there = [(point, *survey.numbered(point)) for point in survey.points]
    columns = {
        "patterns": np.concatenate([np.full(len(made), point.patterns) for point, made, _records in there]),
        "neurons": np.concatenate([np.full(len(made), point.neurons) for point, made, _records in there]),
        "trial": np.concatenate([made for _point, made, _records in there]),
    }
    records = np.concatenate([records for _point, _made, records in there])
    return {**columns, **{name: records[name] for name in RECORD.names or ()}}


def html_table(survey: Survey, shares: Shares) -> str:
    """Return the table as HTML."""
    heads = "".join(f"<th>{name}</th>" for name in _READ)
    rows = (_read(dict(zip(HEADER, row, strict=True))) for row in table(survey, shares))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


_READ: Final = (
    tr("Patterns"),
    tr("Neurons"),
    tr("Trials"),
    tr("Right bits"),
    tr("95 % interval"),
    tr("Perfect"),
    tr("Ideal asynchronous"),
    tr("Ideal synchronous"),
    tr("Mean time"),
    tr("Mean energy"),
    tr("Mean power"),
    tr("Gave up"),
)


def _read(row: dict[str, Any]) -> list[str]:
    low, high = row["right_bits_low"], row["right_bits_high"]
    return [
        str(row["patterns"]),
        str(row["neurons"]),
        f"{row['trials']:,}",
        quantity(row["right_bits"], "%", decimals=2),
        "–" if low == "" else tr("{low} to {high}").format(low=f"{100 * low:.2f}", high=f"{100 * high:.2f}"),
        quantity(row["perfect"], "%", decimals=1),
        quantity(row["asynchronous_right_bits"], "%", decimals=2),
        quantity(row["synchronous_right_bits"], "%", decimals=2),
        *(quantity(row[f"{name}_mean_{unit}"], unit) for name, unit in QUANTITIES.items()),
        str(row["not_converged"]),
    ]
