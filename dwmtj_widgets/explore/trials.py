"""One trial: random draw, network, run and judgement.

The sweep's seed, the key of the point and the number of the trial determine a trial to the bit. A key is a digest
of the task and of the settings that differ from the defaults. A point therefore keeps its trials when a grid is refined
or extended, and a sweep along a line of a map has the map's trials.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from threading import Event
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.explore.knobs import SPREADS, Value, defaults_of
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.ensemble import RunEnd, run_once
from dwmtj_widgets.hopfield.learning import RULES
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.run_settings import RunSettings, run_settings
from dwmtj_widgets.hopfield.variation import Variation, fabricate
from dwmtj_widgets.tasks.best_cut import best_cuts
from dwmtj_widgets.tasks.graphs import cut_value, random_graph
from dwmtj_widgets.tasks.maxcut import balanced_network, maxcut_network
from dwmtj_widgets.tasks.patterns import distort, symbol
from dwmtj_widgets.tasks.random_recall import draw, wrong_bits
from dwmtj_widgets.tasks.recall import SimulationOptions

Floats = NDArray[np.float64]

REVISION: Final = 2
"""Revision of the trials. Increased when their numbers change, so that old and new ones are not mixed."""

COLUMNS: Final = ("time", "energy", "accuracy", "success", "converged")
"""Measured quantities: s, J, share, 0 or 1, 0 or 1."""

_CHIP: Final = ("spread", *(f"spread_{name}" for name in SPREADS), "stuck", "jitter")
"""Settings that require every device to be simulated, even if zero."""


@dataclass(frozen=True)
class Point:
    """The settings of an experiment."""

    task: str
    values: Mapping[str, Value]
    """Settings by name, in SI units, already validated; the others are those of `defaults_of`."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Point, (self.task, dict(self.values))

    @cached_property
    def settings(self) -> dict[str, Value]:
        """All settings, defaults included."""
        return {**defaults_of(self.task, str(self.values.get("preset", "table1"))), **self.values}

    @cached_property
    def key(self) -> str:
        """Identity of the point: 32 hexadecimal digits."""
        plain = defaults_of(self.task, str(self.values.get("preset", "table1")))
        told = {n: v for n, v in self.values.items() if n == "preset" or n not in plain or plain[n] != v}
        if told.get("preset") == "table1":
            del told["preset"]
        text = json.dumps([self.task, told], sort_keys=True, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @cached_property
    def device(self) -> Device:
        """The nominal device."""
        return Device(**{entry.name: self.settings[entry.name] for entry in fields(Device)})  # type: ignore[arg-type]

    @property
    def size(self) -> int:
        """Number of neurons N."""
        if self.task == "image_recall":
            return int(_stored_symbols(str(self.settings["memories"])).shape[1])
        return int(self.settings["neurons"])

    @cached_property
    def variation(self) -> Variation | None:
        """Variation of chips; None if not set."""
        every = self.values.get("spread")
        told: dict[str, Any] = {}
        for name in SPREADS:
            value = self.values.get(f"spread_{name}", every)
            if value is not None:
                told[name] = value
        told |= {
            name: self.values[name] for name in ("stuck", "open", "levels", "jitter") if name in self.values
        }
        if not told:
            return None
        return Variation(
            **told,
            distribution=str(self.settings["distribution"]),
            stuck_at=str(self.settings["stuck_at"]),
        )

    @property
    def every_device(self) -> bool:
        """Whether every device is simulated."""
        return any(name in self.values for name in _CHIP)

    @cached_property
    def options(self) -> SimulationOptions:
        """Options of `Simulation`."""
        s = self.settings
        options = SimulationOptions(
            charge_voltage=float(s["charge_voltage"]),
            soma_start=str(s["soma_start"]),
            integrator=str(s["integrator"]),
            time_step=float(s["time_step"]),
            min_time=float(s["min_time"]),
            max_time=float(s["max_time"]),
        )
        if "load_time" in s:
            options["load_time"] = float(s["load_time"])
        return options

    @cached_property
    def run_settings(self) -> RunSettings:
        """Validated run settings, with the load time of this circuit and device."""
        o = self.options
        return run_settings(
            o["charge_voltage"],
            o.get("load_time"),
            o["integrator"],
            o["time_step"],
            o["min_time"],
            o["max_time"],
        ).fixed(self.size, self.device)

    def check(self) -> None:
        """Refuse settings that are legal one by one but not together."""
        for part in ("device", "variation", "size", "run_settings"):
            getattr(self, part)


@dataclass(frozen=True, eq=False)
class Trial:
    """A trial before its run: network, input and options of the `Simulation`."""

    network: Network
    pattern: NDArray[np.uint8]
    """(N,) bits to load."""
    options: SimulationOptions
    memories: NDArray[np.uint8] | None = None
    """(P, N) stored patterns of a recall."""
    target: int | None = None
    """Index of the pattern to recall; None for any."""
    adjacency: Floats | None = None
    """(N, N) graph of a max-cut."""
    reference: float = 1.0
    """The cut of accuracy 1."""


def trial_of(point: Point, seed: int, number: int) -> Trial:
    """Return a trial of a point."""
    rng = np.random.default_rng([seed, int(point.key, 16), number])
    return _PREPARE[point.task](point, rng)


def measured(point: Point, seed: int, number: int, cancel: Event | None = None) -> tuple[float, ...] | None:
    """Run a trial; return the values of `COLUMNS`, or None if cancelled."""
    trial = trial_of(point, seed, number)
    end = run_once(
        trial.network, trial.pattern, point.run_settings, str(point.settings["soma_start"]), cancel
    )
    if end is None:
        return None
    accuracy, success = judged(trial, end)
    return end.time, end.energy, accuracy, float(success), float(end.converged)


def judged(trial: Trial, end: RunEnd) -> tuple[float, bool]:
    """Return the accuracy of a final state, 0 to 1, and whether it is a full success (physics.md A4).

    A recall is compared with its target or the target's inverse, or without a target with the nearest pattern; a cut
    with `Trial.reference`.
    """
    if trial.adjacency is not None:
        cut = float(cut_value(trial.adjacency, end.bits))
        # A graph without edges has no cut; that is no failure.
        return (cut / trial.reference if trial.reference > 0.0 else 1.0), cut >= trial.reference
    assert trial.memories is not None
    wanted = trial.memories if trial.target is None else trial.memories[trial.target][None]
    wrong = wrong_bits(end.bits, wanted)
    return 1.0 - wrong / end.bits.shape[0], wrong == 0


def _random_recall(point: Point, rng: np.random.Generator) -> Trial:
    s = point.settings
    memories, cue = draw(int(s["patterns"]), int(s["neurons"]), rng)
    target = None
    if s["cue"] == "distorted":
        cue, target = distort(memories[0], float(s["distortion"]), rng), 0
    return Trial(_network(point, memories, rng), cue, point.options, memories, target)


def _image_recall(point: Point, rng: np.random.Generator) -> Trial:
    s = point.settings
    memories = _stored_symbols(str(s["memories"]))
    target = int(rng.integers(memories.shape[0]))
    share = float(s["distortion"])
    if s["flip"] == "either" and rng.random() < 0.5:
        share = 1.0 - share
    cue = distort(memories[target], share, rng)
    return Trial(_network(point, memories, rng), cue, point.options, memories, target)


def _max_cut(point: Point, rng: np.random.Generator) -> Trial:
    s = point.settings
    size, weight = int(s["neurons"]), float(s["weight"])
    graph = random_graph(size, float(s["density"]), rng).adjacency
    drawn = rng.integers(0, 2, size, dtype=np.uint8)
    search = int(rng.integers(2**32))
    if s["mapping"] == "paper":
        network = maxcut_network(graph, weight, float(s["asymmetry"]), point.device)
    else:
        network = balanced_network(graph, weight, point.device)
    best = s["reference"] == "best"
    reference = float(best_cuts(graph[None], search)[0]) if best else float(graph.sum()) / 2.0
    pattern = drawn if s["start"] == "random" else np.zeros_like(drawn)
    return Trial(_as_made(point, network, rng), pattern, point.options, adjacency=graph, reference=reference)


_PREPARE: Final = {"random_recall": _random_recall, "image_recall": _image_recall, "max_cut": _max_cut}


def _network(point: Point, memories: NDArray[np.uint8], rng: np.random.Generator) -> Network:
    weight = float(point.settings["weight"])
    weights = RULES[str(point.settings["rule"])](memories, weight)
    return _as_made(point, Network(weights, point.device, synaptic_weight=weight), rng)


def _as_made(point: Point, network: Network, rng: np.random.Generator) -> Network:
    """Return the design, or with variation a chip drawn for this trial."""
    variation = point.variation
    if variation is None:
        return network
    chip = fabricate(network, variation, int(rng.integers(2**63)), int(rng.integers(2**63)))
    if point.every_device:
        return chip
    # Open synapses and few levels leave the devices identical; two trajectories a neuron suffice.
    return Network(
        chip.weights, chip.device, connected=chip.connected, synaptic_weight=network.synaptic_weight
    )


@lru_cache(maxsize=64)
def _stored_symbols(names: str) -> NDArray[np.uint8]:
    memories = np.array([symbol(name) for name in names.split(",")])
    memories.setflags(write=False)
    return memories
