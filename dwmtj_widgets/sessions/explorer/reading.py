"""Results of a sweep so far: its statistics, and the measurements of one trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.explore import Result, Sweep
from dwmtj_widgets.explore.trials import COLUMNS
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.texts import tr

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reading:
    """Statistics of the trials so far."""

    sweep: Sweep
    columns: Mapping[str, Floats]
    """Columns of `Result.statistics`."""
    trials: NDArray[np.int64]
    """Trials of each point."""

    @property
    def done(self) -> int:
        """Number of finished trials."""
        return int(self.trials.sum())

    @classmethod
    def of(cls, result: Result) -> Reading:
        """Read a result, which may be growing."""
        trials, columns = result.counted()
        return cls(result.sweep, columns, trials)


def trial_row(result: Result, point: int, trial: int) -> dict[str, float]:
    """Return the measurements of a trial, by the names of `COLUMNS`.

    Raises
    ------
    Refused
        If the trial has not been made.
    """
    made = result.numbers(point)
    if trial not in made:
        sentence = (
            tr("Trial {trial} of this point has not been made; there are 0 to {last}.")
            if len(made)
            else tr("Trial {trial} of this point has not been made; there are none yet.")
        )
        raise Refused(sentence.format(trial=trial, last=made.max(initial=0)))
    return dict(zip(COLUMNS, result.rows[point, trial].tolist(), strict=True))


def next_failed(result: Result, point: int, after: int) -> int | None:
    """Return the number of the next trial without full success, cyclically."""
    made = result.numbers(point)
    failed = made[result.rows[point, made, COLUMNS.index("success")] == 0.0]
    if not len(failed):
        return None
    later = failed[failed > after]
    return int(later[0] if len(later) else failed[0])
