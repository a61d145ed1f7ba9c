"""Parts common to both dialects: numbers, comments, the table of parameters, and the names of nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from textwrap import wrap
from typing import Final

from dwmtj_widgets.hopfield.device import BOHR_MAGNETON, ELEMENTARY_CHARGE, Device
from dwmtj_widgets.spice.bench import Bench

ENERGIES: Final = ("e_supply", "e_synapses", "e_loading")
"""Nodes whose voltages are the energies so far in nJ, in the order of the engine's parts."""
WIDTH: Final = 110
HOLD_TIME: Final = 2e-13
"""Time constant with which a wall beyond an end of its track springs back, s. At the velocities of Table I a wall
goes 0.002 nm beyond, and leaves the end at once when its velocity turns."""
SWITCH_TIME: Final = 1e-13
"""Time for switching the sources at the end of loading, s."""
SWITCH_RESISTANCE: Final = 1e-3
"""Resistance of a closed switch, ohm; the smallest resistance in series is R_P."""
INSTANCE_NAMES: Final = {
    "mobility": "mu",
    "track_length": "length",
    "mtj_width": "width",
    "mtj_center": "center",
    "tmr": "mr",
    "r_parallel": "rp",
    "r_track": "rm",
    "window_conductance_step": "extra",
}
"""Names of a device's own parameters, by the nominal parameter that they replace."""


@dataclass(frozen=True)
class Parameter:
    """One line of the table at the top of a netlist."""

    name: str
    value: str
    """A number in SI units, or an expression of the parameters above it."""
    comment: str
    rule: bool = False


def number(value: float) -> str:
    """Return a number with all its digits and an exponent that is a multiple of three, as in ``100E-9``."""
    return Decimal(repr(float(value))).normalize().to_eng_string()


def soma_node(neuron: int) -> str:
    """Return the node whose voltage is the position x/L of a soma's wall."""
    return f"s{neuron}"


def axon_node(source: int, target: int) -> str:
    """Return the node whose voltage is the position x/L of an axon's wall."""
    return f"a{source}_{target}"


def dendrite_node(neuron: int) -> str:
    """Return the node of a neuron's dendrite, where its synapses meet."""
    return f"d{neuron}"


def outputs(bench: Bench) -> list[str]:
    """Return the nodes to save: walls, dendrites, energies."""
    return [
        *(soma_node(i) for i in range(bench.size)),
        *(axon_node(i, j) for i, j in bench.axons),
        *(dendrite_node(i) for i in range(bench.size)),
        *ENERGIES,
    ]


def own_values(bench: Bench, i: int, j: int) -> str:
    """Return a device's own values as text for its line; i, j as in `Bench.differences`."""
    start = bench.soma[i] if i == j else bench.axon[i, j]
    words = [f"start={number(start)}"] if start or i == j else []
    words += ["free=0"] if bench.stuck[i, j] else []
    words += [f"{INSTANCE_NAMES[name]}={number(value)}" for name, value in bench.differences(i, j).items()]
    return "".join(f" {word}" for word in words)


def leak_of(bench: Bench, i: int, j: int, nominal: str) -> str:
    """Return a device's leak velocity; the nominal one by name, in the form `nominal`."""
    own = bench.leak(i, j)
    return nominal.format("soma_leak" if i == j else "axon_leak") if own is None else number(own)


def continued(words: Sequence[str]) -> Iterator[str]:
    """Yield words as continuation lines, which both dialects mark with a plus."""
    yield from (f"+ {line}" for line in wrap(" ".join(words), WIDTH, break_on_hyphens=False))


def headline(bench: Bench) -> str:
    """Return the title of the netlist, in one line."""
    return (
        f"DW-MTJ Hopfield network of {bench.size} neurons: {bench.size} somas and {len(bench.axons)} axons, "
        "every device a subcircuit"
    )


def explanation(bench: Bench) -> list[str]:
    """Return the explanation at the top of a netlist, line by line."""
    cut = len(bench.axons) - int(bench.network.connected.sum())
    last = bench.size - 1
    return [
        "All values in SI units. Neurons are numbered from 0.",
        f"  s0 ... s{last}    wall of a soma, x/L: 0 is the OFF end (antiparallel), 1 the ON end (parallel)",
        "  a0_1         wall of the axon from neuron 0 to neuron 1, x/L",
        f"  d0 ... d{last}    dendrite of a neuron, V: its synapses meet there, its soma's track leads to ground",
        "  e_supply, e_synapses, e_loading    energy spent so far, nJ",
        "Loading, until t_load: the dendrites are held at +v_c (bit 1) or -v_c (bit 0), the synaptic sources are off.",
        "Running, after it: the dendrites are free, the synaptic sources w0_1 ... are on.",
        f"Loaded bits: {''.join(map(str, bench.pattern.tolist()))}",
        *([f"{cut} synapses are cut: their junctions have no source and conduct nothing."] if cut else []),
        *(
            ["Devices differ: what is not the nominal value stands in the line of the device."]
            if bench.network.variation
            else []
        ),
    ]


def parameters(bench: Bench) -> Iterator[tuple[str, Sequence[Parameter]]]:
    """Yield the groups of parameters, each with its title."""
    yield "Nominal device", list(_device(bench.network.device))
    yield "Circuit and drive", list(_circuit(bench))
    yield (
        "Numerics",
        [
            Parameter("t_hold", number(HOLD_TIME), "a wall beyond an end of its track springs back, s"),
            Parameter("t_switch", number(SWITCH_TIME), "change from loading to running, s"),
            Parameter("r_on", number(SWITCH_RESISTANCE), "closed switch, ohm"),
            Parameter("t_stop", number(bench.stop_time), "s"),
            Parameter("t_step", number(bench.max_step), "greatest step, s"),
        ],
    )


def _device(device: Device) -> Iterator[Parameter]:
    material = ("lande_g", "polarization", "saturation_magnetization", "cross_section")
    for entry in fields(Device):
        unit = entry.metadata["unit"].replace("%", "1")
        label = entry.metadata["label"].replace("é", "e")
        if entry.name == "fixed_mobility" or (entry.name in material and device.fixed_mobility):
            continue
        if entry.name == "track_length" and not device.fixed_mobility:
            yield Parameter("bohr_magneton", number(BOHR_MAGNETON), "J/T")
            yield Parameter("electron_charge", number(ELEMENTARY_CHARGE), "C")
        yield Parameter(
            entry.name, number(getattr(device, entry.name)), label + (f", {unit}" if unit != "1" else "")
        )
    comment = "Wall velocity per track current, m/s per A"
    if device.fixed_mobility:
        yield Parameter("mobility", number(device.fixed_mobility), comment)
    else:
        rule = "lande_g*polarization*bohr_magneton/(2*electron_charge*saturation_magnetization*cross_section)"
        yield Parameter("mobility", rule, comment, rule=True)


def _circuit(bench: Bench) -> Iterator[Parameter]:
    yield Parameter("neurons", number(bench.size), "N")
    yield Parameter(
        "v_dw",
        "-axon_leak/mobility*((neurons-1)*r_parallel*(2+tmr)/2+r_track)",
        "Supply of the somas by the paper's Eq. (4), V",
        rule=True,
    )
    yield Parameter("v_c", number(bench.charge_voltage), "Charge voltage, V")
    yield Parameter("t_load", number(bench.load_time), "End of the loading, s")
