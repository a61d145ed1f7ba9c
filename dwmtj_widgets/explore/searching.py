"""Search: the Pareto front of energy against time among the designs that are accurate enough (the extra ``search``).

Optuna's tree-structured Parzen estimator proposes one design after the other; each is measured by trials of its own, as
a point of a sweep is. The proposals follow from the seed and the numbers measured so far, and those are kept in the
folder: a search that was interrupted proposes the same again, finds its trials there, and goes on.
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
"""Digits of a proposal: nobody builds a device to more."""


@dataclass(frozen=True)
class Search:
    """What is to be found, and among what. SI units; what can be set is listed by `knobs_of`.

    Parameters
    ----------
    task : {"random_recall", "image_recall", "max_cut"}
        What a trial is.
    ranges : mapping of name to (low, high)
        The settings that are sought; numbers.
    accuracy : float
        The least mean accuracy of a design that counts, 0 to 1.
    designs : int
        How many are tried.
    trials : int
        Of each design.
    seed : int
        Of the proposals and of everything drawn at random, from 0 to 2**32 - 1.
    fixed : mapping of name to value
        Settings that do not vary and are not the defaults.

    Raises
    ------
    Refused
        If something is illegal; the sentence says what arrived and what is legal.
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
        # A Latin hypercube asks the same of its ranges: two numbers, the lower first.
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
    """One design that was tried. SI units."""

    values: Mapping[str, Value]
    accuracy: float
    time: float
    """Mean time-to-solution, s."""
    energy: float
    """Mean energy by the circuit, J."""
    accurate: bool
    """Whether it is accurate enough."""


@dataclass
class Found:
    """The designs tried so far, in their order."""

    search: Search
    designs: list[Design] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether all are there."""
        return len(self.designs) == self.search.designs

    @property
    def front(self) -> list[Design]:
        """The accurate designs of which no other is both faster and thriftier, the fastest first."""
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
    """Try designs, one after the other, each on all cores; the same seed finds the same.

    Parameters
    ----------
    search : Search
        What is wanted.
    folder : path, optional
        Where trials are kept, and taken from; see `run_sweep`.
    workers : int, optional
        Threads; by default one a core.
    progress : callable, optional
        Called as ``progress(done, total)`` with numbers of designs.
    watch : callable, optional
        Called with what was found so far after every design.
    cancel : threading.Event, optional
        When it is set what is there is returned within 0.2 s.

    Raises
    ------
    Refused
        If the folder holds another sweep.
    Unable
        If Optuna is not installed, or another process is at work in the folder.
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
