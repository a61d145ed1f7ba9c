"""Search for the Pareto front of energy and time among sufficiently accurate designs (the extra ``search``).

Optuna's tree-structured Parzen estimator proposes one design after the other; each is measured as a point of a sweep.
The proposals follow from the seed and the earlier measurements, which are kept in the folder: an interrupted search
repeats its proposals, finds their trials there, and continues.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import Any, Final

from dwmtj_widgets.explore.knobs import MOST_TRIALS, Value, knob_of
from dwmtj_widgets.explore.running import run_sweep
from dwmtj_widgets.explore.sweep import Sweep
from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.validation import whole

MOST_DESIGNS: Final = 10_000
_DIGITS: Final = 6
"""Significant digits of a proposal; no device is built more precisely."""


@dataclass(frozen=True)
class Search:
    """Requested search. SI units; `knobs_of` lists the settings.

    Parameters
    ----------
    task : {"random_recall", "image_recall", "max_cut"}
        What a trial is.
    ranges : mapping of name to (low, high)
        The settings to optimise; numbers.
    accuracy : float
        Minimum mean accuracy of a design, 0 to 1.
    designs : int
        Number of designs.
    trials : int
        Trials a design.
    seed : int
        Seed of the proposals and of all trials, from 0 to 2**32 - 1.
    fixed : mapping of name to value
        Constant settings that differ from the defaults.

    Raises
    ------
    Refused
        If an argument is illegal.
    """

    task: str
    ranges: Mapping[str, tuple[float, float]]
    accuracy: float = 0.99
    designs: int = 100
    trials: int = 100
    seed: int = 0
    fixed: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "accuracy", validation.within(self.accuracy, "accuracy", 0.0, 1.0, "%"))
        put(self, "designs", whole(self.designs, "designs", 1, MOST_DESIGNS))
        put(self, "trials", whole(self.trials, "trials", 1, MOST_TRIALS))
        put(self, "seed", whole(self.seed, "seed", 0, 2**32 - 1))
        # The ranges of a Latin hypercube have the same rules: two numbers, the lower first.
        corners = Sweep(
            self.task, {name: tuple(ends) for name, ends in self.ranges.items()}, latin=1, fixed=self.fixed
        )
        put(self, "ranges", corners.parameters)
        put(self, "fixed", corners.fixed)

    def sweep_of(self, values: Mapping[str, Value]) -> Sweep:
        """Return the sweep of one point that measures a design."""
        return Sweep(self.task, {n: [v] for n, v in values.items()}, self.trials, self.seed, self.fixed)


@dataclass(frozen=True)
class Design:
    """A measured design. SI units."""

    values: Mapping[str, Value]
    accuracy: float
    time: float
    """Mean time-to-solution, s."""
    energy: float
    """Mean energy by the circuit, J."""
    accurate: bool
    """Whether its accuracy is sufficient."""


@dataclass
class Found:
    """The measured designs, in order."""

    search: Search
    designs: list[Design] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether all requested designs are measured."""
        return len(self.designs) == self.search.designs

    @property
    def front(self) -> list[Design]:
        """The Pareto front: accurate designs that no other beats in both time and energy, the fastest first."""
        best: list[Design] = []
        for design in sorted((d for d in self.designs if d.accurate), key=lambda d: (d.time, d.energy)):
            if not best or design.energy < best[-1].energy:
                best.append(design)
        return best


def run_search(
    search: Search,
    folder: Path | str | None = None,
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    watch: Callable[[Found], None] | None = None,
    cancel: Event | None = None,
) -> Found:
    """Measure one design after the other, each on all cores; the same seed gives the same result.

    Parameters
    ----------
    search : Search
        The requested search.
    folder : path, optional
        Folder of the trials; see `run_sweep`.
    workers : int, optional
        Threads; by default one a core.
    progress : callable, optional
        Called as ``progress(done, total)`` with numbers of designs.
    watch : callable, optional
        Called with the designs so far after every design.
    cancel : threading.Event, optional
        Once set, the measured designs are returned within 0.2 s.

    Raises
    ------
    Refused
        If the folder holds another sweep.
    Unable
        If Optuna is not installed, or another process has locked the folder.
    """
    stop, found = cancel or Event(), Found(search)
    study = _study(search)
    while not found.complete and not stop.is_set():
        proposal = study.ask()
        values = {name: _proposed(proposal, search, name) for name in search.ranges}
        result = run_sweep(search.sweep_of(values), folder, workers=workers, cancel=stop)
        if not result.complete:
            break
        numbers = {name: float(column[0]) for name, column in result.statistics().items()}
        design = Design(
            MappingProxyType(values),
            numbers["accuracy"],
            numbers["time"],
            numbers["energy"],
            numbers["accuracy"] >= search.accuracy,
        )
        found.designs.append(design)
        proposal.set_constraint("accuracy", search.accuracy - design.accuracy)
        study.tell(proposal, [design.time, design.energy])
        if progress is not None:
            progress(len(found.designs), search.designs)
        if watch is not None:
            watch(found)
    return found


def _proposed(proposal: Any, search: Search, name: str) -> Value:
    low, high = search.ranges[name]
    if knob_of(search.task, name).whole:
        return int(proposal.suggest_int(name, low, high))
    return float(f"{proposal.suggest_float(name, low, high):.{_DIGITS}g}")


def _study(search: Search) -> Any:
    try:
        import optuna
    except ModuleNotFoundError as exc:
        msg = "A search needs Optuna, which is not installed; pip install 'dwmtj-widgets[search]'."
        raise Unable(msg) from exc
    loudness = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        sampler = optuna.samplers.TPESampler(seed=search.seed)
        return optuna.create_study(directions=["minimize", "minimize"], sampler=sampler)
    finally:
        optuna.logging.set_verbosity(loudness)
