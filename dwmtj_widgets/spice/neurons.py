"""The lines of a network's neurons, in the same order and with the same names in both dialects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dwmtj_widgets.spice.bench import Bench
from dwmtj_widgets.spice.text import axon_node, dendrite_node, leak_of, number, own_values, soma_node


@dataclass(frozen=True)
class Dialect:
    """Syntax of a simulator's lines."""

    comment: str
    """Start of a comment."""
    expression: str
    """Form of a parameter, or of an expression, used as a value."""
    device: str
    """Form of a line of a device: name, nodes, values."""
    source: str
    """Form of a line of a switched source: name, nodes, volts."""
    meters: tuple[str, str, str]
    """Nodes that measure the sources' power or energy: supply, synapses, loading."""


def neuron_lines(bench: Bench, dialect: Dialect) -> Iterator[str]:
    """Yield the lines of all neurons, each with its soma, its loading, and its axons with their sources."""
    for i in range(bench.size):
        volts = dialect.expression.format("v_c" if bench.pattern[i] else "-v_c")
        yield f"{dialect.comment} Neuron {i}"
        yield _device(bench, dialect, i, i, f"Xs{i}", f"{dendrite_node(i)} 0 vdw f{i} {soma_node(i)}")
        yield dialect.source.format(f"Xload{i}", f"{dendrite_node(i)} loading {dialect.meters[2]}", volts)
        for j in range(bench.size):
            if i != j:
                yield from _synapse(bench, dialect, i, j)
        yield ""


def _synapse(bench: Bench, dialect: Dialect, i: int, j: int) -> Iterator[str]:
    nodes = f"f{i} 0 w{i}_{j} {dendrite_node(j)} {axon_node(i, j)}"
    yield _device(bench, dialect, i, j, f"Xa{i}_{j}", nodes)
    if bench.network.connected[i, j]:
        volts = number(bench.network.weights[i, j])
        yield dialect.source.format(f"Xw{i}_{j}", f"w{i}_{j} running {dialect.meters[1]}", volts)


def _device(bench: Bench, dialect: Dialect, i: int, j: int, name: str, nodes: str) -> str:
    values = f"leak={leak_of(bench, i, j, dialect.expression)}{own_values(bench, i, j)}"
    return dialect.device.format(name, nodes, values)
