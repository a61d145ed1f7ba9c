"""Definition of a sweep: task, parameters and their values, trials a point, seed, fixed settings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from dwmtj_widgets.explore.knobs import MOST_TRIALS, Knob, Value, knob_of, knobs_of
from dwmtj_widgets.explore.trials import Point
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.files import parsed_json
from dwmtj_widgets.validation import not_above, short, whole

FORMAT: Final = "dwmtj sweep 1"
MOST_POINTS: Final = 100_000
_KEYS: Final = ("format", "task", "parameters", "trials", "seed", "fixed", "latin")
_DIGITS: Final = 12
"""Significant digits of a range's values: few enough that a refined range contains the coarse one's values."""


def linear(low: float, high: float, count: int) -> tuple[float, ...]:
    """Return `count` values from `low` to `high`, equally spaced."""
    return tuple(_tidy(v) for v in np.linspace(low, high, whole(count, "count", 1, MOST_POINTS)))


def logarithmic(low: float, high: float, count: int) -> tuple[float, ...]:
    """Return `count` logarithmically spaced values from `low` to `high`, both above zero.

    Raises
    ------
    Refused
        If an end is not above zero.
    """
    if not (low > 0.0 and high > 0.0):
        msg = f"A logarithmic range from {low:g} to {high:g} is none; both ends must be above zero."
        raise Refused(msg)
    return tuple(_tidy(v) for v in np.geomspace(low, high, whole(count, "count", 1, MOST_POINTS)))


def stepped(low: float, high: float, step: float) -> tuple[float, ...]:
    """Return the values from `low` to `high`, inclusive, in steps of `step`, which is above zero.

    Raises
    ------
    Refused
        If the step is not above zero, or the range is empty or too fine.
    """
    if not (np.isfinite([low, high, step]).all() and step > 0.0 and low <= high):
        msg = f"{low:g} to {high:g} in steps of {step:g} is no range; it takes low <= high and a step above zero."
        raise Refused(msg)
    count = int(np.floor((high - low) / step * (1.0 + 1e-12) + 1e-9)) + 1
    not_above(count, MOST_POINTS, "The range", "values")
    return tuple(_tidy(low + k * step) for k in range(count))


@dataclass(frozen=True)
class Sweep:
    """Trials of a task at many points. SI units; `knobs_of` lists the settings.

    Parameters
    ----------
    task : {"random_recall", "image_recall", "max_cut"}
        What a trial is.
    parameters : mapping of name to sequence
        The varied settings with their values (`linear`, `logarithmic`, `stepped`, or any list); every combination is
        a point. For a Latin hypercube the two ends of each.
    trials : int
        Trials a point.
    seed : int
        Seed of all trials, from 0 to 2**64 - 1.
    fixed : mapping of name to value
        Constant settings that differ from the defaults.
    latin : int
        Number of points of a Latin hypercube; 0 for a grid.

    Raises
    ------
    Refused
        If an argument is illegal.
    """

    task: str
    parameters: Mapping[str, Sequence[Value]]
    trials: int = 100
    seed: int = 0
    fixed: Mapping[str, Value] = field(default_factory=dict)
    latin: int = 0

    def __post_init__(self) -> None:
        knobs_of(self.task)
        if not self.parameters:
            msg = "The sweep has no parameters; name at least one, with its values."
            raise Refused(msg)
        put = object.__setattr__
        put(self, "trials", whole(self.trials, "trials", 1, MOST_TRIALS))
        put(self, "seed", whole(self.seed, "seed", 0, 2**64 - 1))
        put(self, "latin", whole(self.latin, "latin", 0, MOST_POINTS))
        values = {name: self._values(name, given) for name, given in self.parameters.items()}
        put(self, "parameters", MappingProxyType(values))
        fixed = {name: knob_of(self.task, name).checked(value) for name, value in self.fixed.items()}
        put(self, "fixed", MappingProxyType(fixed))
        both = [name for name in values if name in fixed]
        if both:
            msg = f"{both[0]} is both fixed and a parameter; leave one of the two out."
            raise Refused(msg)
        not_above(len(self), MOST_POINTS, "The sweep", "points")
        for point in self.points:
            point.check()

    def _values(self, name: str, given: Sequence[Value]) -> tuple[Value, ...]:
        knob = knob_of(self.task, name)
        if isinstance(given, str) or not hasattr(given, "__iter__"):
            msg = f"{name} is {short(given)}; a parameter takes a list of values."
            raise Refused(msg)
        values = tuple(knob.checked(_plain(value)) for value in given)
        if not values:
            msg = f"{name} has no values; give at least one."
            raise Refused(msg)
        if self.latin:
            if knob.is_text or len(values) != 2 or not values[0] < values[1]:  # type: ignore[operator]
                found = short(list(values))
                msg = f"{name} is {found}; in a Latin hypercube it takes two numbers, the lower end first."
                raise Refused(msg)
        elif len(set(values)) < len(values):
            msg = f"{name} has a value twice; every value must be another."
            raise Refused(msg)
        return values

    def __len__(self) -> int:
        return self.latin or int(np.prod([len(values) for values in self.parameters.values()]))

    def __reduce__(self) -> tuple[Any, ...]:
        return Sweep.from_json, (self.as_json(),)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of values of each parameter; for a Latin hypercube the number of points."""
        return (self.latin,) if self.latin else tuple(len(values) for values in self.parameters.values())

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the dimensions of `shape`."""
        return ("point",) if self.latin else tuple(self.parameters)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """All points, the last parameter varying fastest."""
        names = tuple(self.parameters)
        rows = self._latin_rows() if self.latin else list(product(*self.parameters.values()))
        return tuple(Point(self.task, {**self.fixed, **dict(zip(names, row, strict=True))}) for row in rows)

    def _latin_rows(self) -> list[tuple[Value, ...]]:
        from scipy.stats import qmc

        unit = qmc.LatinHypercube(len(self.parameters), rng=self.seed).random(self.latin)
        columns: list[list[Value]] = []
        for (name, ends), shares in zip(self.parameters.items(), unit.T, strict=True):
            low, high = float(ends[0]), float(ends[1])
            if knob_of(self.task, name).whole:
                columns.append([int(low + share * (high - low + 1.0)) for share in shares])
            else:
                columns.append([_tidy(low + share * (high - low)) for share in shares])
        return list(zip(*columns, strict=True))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Indices of the points, a coarse grid first and finer ones after, so that the whole map is soon visible."""
        if self.latin:
            return tuple(range(len(self)))
        levels = [_levels(length) for length in self.shape]
        places = np.stack(np.unravel_index(np.arange(len(self)), self.shape))
        fineness = np.max([level[place] for level, place in zip(levels, places, strict=True)], axis=0)
        return tuple(np.argsort(fineness, kind="stable").tolist())

    def knob(self, name: str) -> Knob:
        """Return the description of a setting of this sweep's task."""
        return knob_of(self.task, name)

    def as_json(self) -> str:
        """Return the sweep as a JSON object, from which `from_json` restores it."""
        content = {
            "format": FORMAT,
            "task": self.task,
            "parameters": {name: list(values) for name, values in self.parameters.items()},
            "trials": self.trials,
            "seed": self.seed,
            "fixed": dict(self.fixed),
            "latin": self.latin,
        }
        return json.dumps(content, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Sweep:
        """Return the sweep that `as_json` wrote.

        Raises
        ------
        Refused
            If the text is not that of a sweep, or a value in it is illegal.
        """
        try:
            content = parsed_json(text)
        except Refused as exc:
            msg = f"The sweep cannot be read: it is no JSON ({exc})."
            raise Refused(msg) from exc
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            msg = f"This is no sweep; it must be a JSON object whose format is {FORMAT!r}."
            raise Refused(msg)
        strange = [key for key in content if key not in _KEYS]
        missing = [key for key in ("task", "parameters") if key not in content]
        if strange or missing:
            what = f"has {short(strange[0])}" if strange else f"lacks {missing[0]!r}"
            msg = f"The sweep {what}; its keys are {', '.join(_KEYS)}."
            raise Refused(msg)
        told = {key: value for key, value in content.items() if key != "format"}
        for key in ("parameters", "fixed"):
            if not isinstance(told.get(key, {}), dict):
                msg = f"{key} of the sweep is {short(told[key])}; it must be an object of names and values."
                raise Refused(msg)
        return cls(**told)

    def lines(self) -> str:
        """Return the Python lines that repeat the sweep."""
        parts = [repr(self.task), repr({name: list(values) for name, values in self.parameters.items()})]
        parts += [f"trials={self.trials}", f"seed={self.seed}"]
        parts += [f"fixed={dict(self.fixed)!r}"] if self.fixed else []
        parts += [f"latin={self.latin}"] if self.latin else []
        body = "".join(f"    {part},\n" for part in parts)
        return (
            f"from dwmtj_widgets.explore import Sweep, run_sweep\n\nsweep = Sweep(\n{body})\n"
            "result = run_sweep(sweep)\nresult.dataset()\n"
        )


def _plain(value: Any) -> Any:
    """Convert a NumPy scalar to Python's type, which JSON supports."""
    return value.item() if isinstance(value, np.generic) else value


def _tidy(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _levels(length: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return for each of `length` places the refinement at which it is reached; the ends come first."""
    top = max(length - 1, 1).bit_length()
    levels = np.array([top - min(top, (k & -k).bit_length() - 1 if k else top) for k in range(length)])
    levels[-1] = 0
    return levels
