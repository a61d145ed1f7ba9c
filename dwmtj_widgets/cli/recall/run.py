"""The work of ``dwmtj recall`` and its report: text, or one JSON object."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import Field, asdict, dataclass, fields, replace
from typing import Any, Final

from dwmtj_widgets import __version__
from dwmtj_widgets.cli.typed_fields import described, field_values
from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.validation import within
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, load_pattern, to_text
from dwmtj_widgets.tasks.recall import Preset, Recall, judge, preset, recall_image
from dwmtj_widgets.units import from_shown, quantity

DISTORTION: Final = 20.0
"""Distortion of the first memory in %, if no other input is given."""

JSON_KEYS: Final = {
    "version": "version of this package",
    "time_s": "time-to-solution",
    "energy_J": "by the circuit",
    "energy_parts_J": "its supply, synapses and loading",
    "published_energy_estimate_J": "the paper's closed form, null outside its domain",
    "settled_at_release": "0 to 1: axons that had settled when loading ended",
    "power_W": "mean over the run",
    "accuracy": "0 to 1: bits equal to the target or to its inverse",
    "success": "whether all bits are equal",
    "target": "the memory nearest to the input before distortion",
    "nearest": "the memory nearest to the result",
    "nearest_accuracy": "0 to 1: bits equal to the nearest memory",
    "inverse": "whether the inverse of that memory is nearest",
    "converged": "whether every wall came to rest in time",
    "phase": "converged or timeout",
    "bits": "the result row by row: 1, 0, ? where undecided",
    "input": "the loaded bits",
    "seed": "seed of the distortion",
    "settings": "memories, input, distortion (0 to 1), preset, weight and all device fields; "
    "with a session file also the neurons cut and flipped",
}


@dataclass(frozen=True)
class RecallOrder:
    """Options of the command line, in display units (mV, %)."""

    memories: Sequence[str] = ()
    """Names of symbols, or files; the default memories if there are none."""
    input: str | None = None
    distortion: float | None = None
    seed: int = 0
    weight: float = 100.0
    charge_voltage: float | None = None
    load_time: float | None = None
    """In ns; by default the need of circuit and device."""
    changes: Sequence[str] = ()
    """Device fields as ``field=value``."""
    preset: str = "table1"
    integrator: str | None = None


@dataclass(frozen=True)
class RecallReport:
    """A recall with the names of its patterns. SI units."""

    answer: Recall
    names: Sequence[str]
    target: str
    seed: int
    settings: dict[str, Any]

    def text(self) -> str:
        """Return the report as text, with the pictures side by side."""
        result, judgement = self.answer.result, self.answer.judgement
        parts = result.energy_parts
        nearest = f"the inverse of {self._nearest}" if judgement.inverse else self._nearest
        time = quantity(result.time, "s")
        end = f"Converged after {time}" if result.converged else f"Gave up after {time}, walls still moving"
        share = quantity(judgement.nearest_accuracy, "%")
        flipped = quantity(self.settings["distortion"], "%")
        return f"""\
Stored {", ".join(self.names)}; loaded {self.settings["input"]} with {flipped} of its bits flipped (seed {self.seed}).

{self._pictures()}

{end}.
Energy {quantity(result.energy, "J")}: supply {quantity(parts.supply, "J")}, \
synapses {quantity(parts.synapses, "J")}, loading {quantity(parts.loading, "J")}.
Mean power {quantity(self.answer.mean_power, "W")}.
{self._estimate()}{self._release()}
Accuracy {quantity(judgement.accuracy, "%")} to {self.target} or its inverse; nearest memory: {nearest} ({share})."""

    def json(self) -> str:
        """Return one JSON object; its keys are those of `JSON_KEYS`."""
        result, judgement = self.answer.result, self.answer.judgement
        estimate = result.published_energy_estimate
        values = {
            "version": __version__,
            "time_s": result.time,
            "energy_J": result.energy,
            "energy_parts_J": result.energy_parts._asdict(),
            "published_energy_estimate_J": None if math.isnan(estimate) else estimate,
            "settled_at_release": result.settled_at_release,
            "power_W": self.answer.mean_power,
            "accuracy": judgement.accuracy,
            "success": judgement.success,
            "target": self.target,
            "nearest": self._nearest,
            "nearest_accuracy": judgement.nearest_accuracy,
            "inverse": judgement.inverse,
            "converged": result.converged,
            "phase": result.phase,
            "bits": "".join("?01"[bit + 1] for bit in result.bits.tolist()),
            "input": "".join(map(str, self.answer.cue.tolist())),
            "seed": self.seed,
            "settings": self.settings,
        }
        return json.dumps(values, allow_nan=False)

    def _estimate(self) -> str:
        estimate = self.answer.result.published_energy_estimate
        if math.isnan(estimate):
            return "The published estimate of the energy says nothing of such a run."
        return f"Published estimate of the energy {quantity(estimate, 'J')}."

    def _release(self) -> str:
        """Return a line if the network was released before its axons had settled."""
        share = self.answer.result.settled_at_release
        if share == 1.0:
            return ""
        loading = quantity(self.settings["load_time_s"], "s")
        return (
            f"\nReleased after {loading} of loading with {quantity(share, '%')} of the axons settled; "
            "the others were still on their way."
        )

    @property
    def _nearest(self) -> str:
        return self.names[self.answer.judgement.nearest]

    def _pictures(self) -> str:
        answer = self.answer
        images = (answer.target, answer.cue, answer.result.bits)
        columns = [
            [title, *to_text(bits).splitlines()]
            for title, bits in zip(("memory", "input", "result"), images, strict=True)
        ]
        return "\n".join(
            "   ".join(f"{cell:10}" for cell in row).rstrip() for row in zip(*columns, strict=True)
        )


def run(order: RecallOrder) -> RecallReport:
    """Read the patterns of an order, run the network and judge its answer.

    Raises
    ------
    Refused
        If something in the order is illegal; the sentence says what arrived and what is legal.
    """
    names = list(order.memories or DEFAULT_MEMORIES)
    memories = [load_pattern(name) for name in names]
    source = names[0] if order.input is None else order.input
    whole = load_pattern(source)
    percent = (DISTORTION if order.input is None else 0.0) if order.distortion is None else order.distortion
    distortion = within(from_shown(percent, "%"), "distortion", 0.0, 0.5, "%")
    # The target is the memory nearest to the undistorted input.
    target = judge(whole, whole, memories).nearest
    chosen = preset(order.preset)
    options = chosen.options.copy()
    if order.charge_voltage is not None:
        options["charge_voltage"] = from_shown(order.charge_voltage, "V")
    if order.load_time is not None:
        options["load_time"] = from_shown(order.load_time, "s")
    if order.integrator is not None:
        options["integrator"] = order.integrator
    weight, device = from_shown(order.weight, "V"), changed_device(chosen.device, order.changes)
    cue = distort(whole, distortion, order.seed)
    answer = recall_image(memories, cue, weight, device, target=memories[target], **options)
    settings = {
        "memories": names,
        "input": source,
        "distortion": distortion,
        "preset": order.preset,
        "weight_V": weight,
        **run_settings(Preset(device, options), len(cue)),
    }
    return RecallReport(answer, names, names[target], order.seed, settings)


def changed_device(device: Device, changes: Sequence[str]) -> Device:
    """Return a device with some fields changed, each given as ``field=value`` in its display unit.

    Raises
    ------
    Refused
        If there is no such field, or its value is no number or outside its legal range.
    """
    changed = field_values(fields(Device), changes, "There is no device field {name}")
    return replace(device, **changed)


def device_fields() -> list[tuple[str, str]]:
    """Return name and description of every device field: label, default with its unit, legal range."""
    return [described(entry) for entry in fields(Device)]


def run_settings(chosen: Preset, size: int) -> dict[str, Any]:
    """Return drive and device of a run with `size` neurons, by names with SI units."""
    options = chosen.options
    voltage, loading = options.get("charge_voltage", 0.1), options.get("load_time")
    values = asdict(chosen.device).values()
    return {
        "charge_voltage_V": voltage,
        "load_time_s": default_load_time(size, chosen.device, voltage) if loading is None else loading,
        "min_time_s": options.get("min_time", 0.0),
        "soma_start": options.get("soma_start", "off"),
        "integrator": options.get("integrator", "events"),
        "device": {_key(entry): value for entry, value in zip(fields(Device), values, strict=True)},
    }


def _key(entry: Field[Any]) -> str:
    """Return a device field's name with its SI unit, as in `track_length_m` or `saturation_magnetization_A_per_m`."""
    unit = entry.metadata["unit"].replace("/", "_per_")
    return entry.name if unit in ("", "1", "%") else f"{entry.name}_{unit}"
