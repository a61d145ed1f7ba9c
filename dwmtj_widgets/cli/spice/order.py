"""Options of ``dwmtj spice``: the network, its run, and the output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.cli.recall.run import DISTORTION, changed_device
from dwmtj_widgets.cli.typed_fields import described, field_values
from dwmtj_widgets.hopfield import Device, Network, hebbian_weights
from dwmtj_widgets.hopfield.validation import bit_pattern, within
from dwmtj_widgets.hopfield.variation import Variation, fabricate
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.spice import Bench, bench
from dwmtj_widgets.tables import text_of
from dwmtj_widgets.tasks.files import file_content
from dwmtj_widgets.tasks.patterns import distort, load_pattern, random_pattern
from dwmtj_widgets.tasks.recall import preset
from dwmtj_widgets.units import from_shown
from dwmtj_widgets.validation import generator, whole

NEURONS: Final = 12
MOST_NEURONS: Final = 200
"""Largest network: its netlist has 40,000 devices and 10 MB."""
WEIGHT: Final = 100.0
"""mV"""
CUT: Final = "cut"


@dataclass(frozen=True)
class SpiceOrder:
    """Options of the command line, in display units (mV, %, ns, ps)."""

    weights: Path | None = None
    neurons: int | None = None
    patterns: int | None = None
    memories: Sequence[str] = ()
    input: str | None = None
    distortion: float | None = None
    seed: int = 0
    weight: float | None = None
    charge_voltage: float | None = None
    soma_start: str | None = None
    changes: Sequence[str] = ()
    """Device fields as ``field=value``."""
    variation: Sequence[str] = ()
    """Fields of `Variation` as ``field=value``."""
    preset: str = "table1"
    stop: float | None = None
    step: float = 20.0
    dialect: str = "ngspice"
    out: Path | None = None
    compare: bool = False
    html: Path | None = None
    timeout: float = 600.0


def prepared(order: SpiceOrder) -> tuple[Bench, dict[str, Any]]:
    """Return the bench and its settings.

    Raises
    ------
    Refused
        If something in the order is illegal; the sentence says what arrived and what is legal.
    """
    chosen = preset(order.preset)
    device = changed_device(chosen.device, order.changes)
    seed = whole(order.seed, "seed", 0, 2**63 - 1)
    design, pattern, source = _design(order, device, seed)
    network: Network = design
    variation = changed_variation(order.variation)
    if order.variation:
        network = fabricate(design, variation, seed)
    percent = (DISTORTION if order.input is None else 0.0) if order.distortion is None else order.distortion
    distortion = within(from_shown(percent, "%"), "distortion", 0.0, 0.5, "%")
    voltage = chosen.options.get("charge_voltage", 0.1)
    if order.charge_voltage is not None:
        voltage = from_shown(order.charge_voltage, "V")
    start = order.soma_start or chosen.options.get("soma_start", "off")
    made = bench(
        network,
        distort(pattern, distortion, seed),
        charge_voltage=voltage,
        soma_start=start,
        stop_time=None if order.stop is None else from_shown(order.stop, "s"),
        max_step=order.step / 1e12,
    )
    settings = {
        **source,
        "distortion": distortion,
        "seed": seed,
        "charge_voltage_V": voltage,
        "soma_start": start,
        "preset": order.preset,
        "variation": asdict(variation) if order.variation else None,
        "device": asdict(device),
    }
    return made, settings


def _design(
    order: SpiceOrder, device: Device, seed: int
) -> tuple[Network, NDArray[np.uint8], dict[str, Any]]:
    """Return the network without variation, the input before distortion, and the settings of both."""
    _one_source(order)
    if order.weights is not None:
        weights, connected = read_weights(order.weights)
        network = Network(weights, device, connected=connected)
        pattern = (
            random_pattern(network.size, seed) if order.input is None else _bits(order.input, network.size)
        )
        name = "random" if order.input is None else order.input
        return network, pattern, {"weights": str(order.weights), "input": name}
    weight = from_shown(WEIGHT if order.weight is None else order.weight, "V")
    if order.memories:
        names = list(order.memories)
        stored = np.stack([load_pattern(memory) for memory in names])
    else:
        size = whole(NEURONS if order.neurons is None else order.neurons, "neurons", 2, MOST_NEURONS)
        count = whole(1 if order.patterns is None else order.patterns, "patterns", 1, 1000)
        chance = generator(seed)
        stored = np.stack([random_pattern(size, chance) for _ in range(count)])
        names = ["random"] * count
    network = Network(hebbian_weights(stored, weight), device, synaptic_weight=weight)
    pattern = stored[0] if order.input is None else _bits(order.input, network.size)
    source = {"memories": names, "weight_V": weight, "input": order.input or names[0]}
    return network, pattern, source


def _one_source(order: SpiceOrder) -> None:
    given = {
        "a file of weights": order.weights is not None,
        "--memory": bool(order.memories),
        "--neurons or --patterns": order.neurons is not None or order.patterns is not None,
    }
    named = [name for name, there in given.items() if there]
    if len(named) > 1:
        msg = f"The network comes from {' and '.join(named)}; give one of them."
        raise Refused(msg)
    if order.weights is not None and order.weight is not None:
        msg = "The weights come from a file; --weight is for patterns that are stored, leave it out."
        raise Refused(msg)


def _bits(text: str, size: int) -> NDArray[np.uint8]:
    """Return the pattern for bits, a symbol's name or a file's path."""
    if set(text) <= {"0", "1"}:
        return bit_pattern([int(bit) for bit in text], size, "input")
    return bit_pattern(load_pattern(text), size, "input")


def read_weights(path: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the weights (N, N) in volts from a CSV file in mV, and which synapses are connected.

    Raises
    ------
    Refused
        If it cannot be read, or does not hold as many columns as rows.
    """
    text = text_of(file_content(path), path.name)
    lines = [line.split(",") for line in text.splitlines() if line.strip()]
    size = whole(len(lines), f"The number of rows in {path.name}", 2, MOST_NEURONS)
    weights, connected = np.zeros((size, size)), np.ones((size, size), dtype=bool)
    for i, cells in enumerate(lines):
        if len(cells) != size:
            msg = (
                f"{path.name} has {size} rows, but {len(cells)} columns in row {i + 1}; give as many as rows."
            )
            raise Refused(msg)
        for j, cell in enumerate(cells):
            if cell.strip().lower() == CUT:
                connected[i, j] = False
                continue
            try:
                weights[i, j] = from_shown(float(cell), "V")
            except ValueError as exc:
                msg = f"{path.name} holds {cell.strip()!r} in row {i + 1}; a weight is a number in mV, or {CUT}."
                raise Refused(msg) from exc
    return weights, connected


def changed_variation(changes: Sequence[str]) -> Variation:
    """Return the variation from texts ``field=value`` in display units.

    Raises
    ------
    Refused
        If there is no such field, or its value is no number or outside its legal range.
    """
    return Variation(**field_values(_varying(), changes, "There is no {name} to vary"))  # type: ignore[arg-type]


def variation_fields() -> list[tuple[str, str]]:
    """Return name and description of every field of the variation."""
    return [described(entry) for entry in _varying()]


def _varying() -> list[Field[float]]:
    """Return the fields of `Variation` that a netlist can have."""
    return [entry for name, entry in Variation.controls().items() if name != "jitter"]
