"""The settings of the labs with a running network, as fields to share, and the Python that repeats their run."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import numpy as np

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.device_setting import device_text, drive_setting, read_drive
from dwmtj_widgets.sessions.maxcut import MOST_NODES, MaxcutSession
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.sessions.recall import COLUMNS, MOST_MEMORIES, ROWS, RecallSession
from dwmtj_widgets.sessions.snapshot import Fields, bit_text
from dwmtj_widgets.tasks.graphs import Graph, weighted_edges
from dwmtj_widgets.texts import tr

SessionT = TypeVar("SessionT", bound=NetworkSession[Any])

PIXELS: Final = ROWS * COLUMNS
_SEEDS: Final = (0, 2**63 - 1)
_WEIGHTS: Final = (-1e6, 1e6)
"""Legal range of the weights of a graph's edges."""


@dataclass(frozen=True)
class Sharing(Generic[SessionT]):
    """How the setting of one lab is taken away and brought back."""

    setting: Callable[[SessionT], dict[str, Any]]
    restore: Callable[[SessionT, Fields], None]
    python: Callable[[SessionT], str]


def recall_setting(session: RecallSession) -> dict[str, Any]:
    """Return what the Recall Lab was set to."""
    return {
        "memories": [bit_text(bits) for bits in session.memories],
        "base": bit_text(session.base),
        "target": session.target,
        "distortion": session.distortion,
        "seed": session.seed,
        **_run_setting(session),
    }


def restore_recall(session: RecallSession, fields: Fields) -> None:
    """Set the Recall Lab to what was shared, at time 0.

    Raises
    ------
    Refused
        If a field is not legal; the session stays as it was.
    """
    memories = fields.items("memories", lambda entry, name: entry.bits(name, PIXELS), MOST_MEMORIES)
    if not memories:
        msg = tr("memories is empty; a network without any has nothing to recall.")
        raise Refused(msg)
    changes = {
        "memories": memories,
        "base": fields.bits("base", PIXELS),
        "target": fields.whole("target", 0, len(memories) - 1),
        "distortion": fields.number("distortion", 0.0, 1.0, "%"),
        "seed": fields.whole("seed", *_SEEDS),
        **_run_changes(fields, PIXELS),
    }
    fields.close()
    session.become(**changes)


def maxcut_setting(session: MaxcutSession) -> dict[str, Any]:
    """Return what the Max-cut Lab was set to."""
    graph = session.graph
    known = {"optimum": graph.optimum} if graph.optimum is not None else {}
    return {
        "name": graph.name,
        "nodes": graph.size,
        "edges": [number for edge in _edges(graph) for number in edge],
        **known,
        "asymmetry": session.asymmetry,
        **_run_setting(session),
    }


def restore_maxcut(session: MaxcutSession, fields: Fields) -> None:
    """Set the Max-cut Lab to what was shared, at time 0.

    Raises
    ------
    Refused
        If a field is not legal; the session stays as it was.
    """
    session.become(**_maxcut_changes(fields))


def maxcut_session(fields: Fields) -> MaxcutSession:
    """Return a session of the Max-cut Lab as it was shared, at time 0.

    Raises
    ------
    Refused
        If a field is not legal.
    """
    changes = _maxcut_changes(fields)
    session = MaxcutSession(changes["graph"])
    session.become(**changes)
    return session


def _maxcut_changes(fields: Fields) -> dict[str, Any]:
    nodes = fields.whole("nodes", 2, MOST_NODES)
    most = 3 * nodes * (nodes - 1) // 2
    numbers = fields.items("edges", lambda entry, name: entry.number(name, *_WEIGHTS), most)
    optimum = fields.number("optimum", 0.0, 1e12) if "optimum" in fields else None
    changes = {
        "graph": Graph(fields.text("name", 200), _adjacency(numbers, nodes), optimum),
        "asymmetry": fields.number("asymmetry", 0.5, 2.0),
        **_run_changes(fields, nodes),
    }
    fields.close()
    return changes


def recall_python(session: RecallSession) -> str:
    """Return the lines that repeat the Recall Lab's run from its start, with all that was done to it."""
    begun = session.at(0.0)
    weight = begun.drive.weight
    return "\n".join(
        [
            *_imports("Network, Simulation, hebbian_weights"),
            "from dwmtj_widgets.tasks.patterns import distort",
            "",
            *_memory_lines(begun),
            f'base = np.array([int(bit) for bit in "{bit_text(begun.base)}"], dtype=np.uint8)',
            f"pattern = distort(base, {begun.distortion!r}, seed={begun.seed})",
            f"device = {device_text(begun.drive.device)}",
            f"weights = hebbian_weights(memories, {weight!r})  # volts",
            f"network = Network(weights, device, synaptic_weight={weight!r})",
            *_run_lines(session, _recall_weights),
        ]
    )


def maxcut_python(session: MaxcutSession) -> str:
    """Return the lines that repeat the Max-cut Lab's run from its start, with all that was done to it."""
    begun = session.at(0.0)
    size, drive = begun.graph.size, begun.drive
    return "\n".join(
        [
            *_imports("Network, Simulation, cut_value, maxcut_network"),
            "",
            f"adjacency = np.zeros(({size}, {size}))",
            f"for i, j, weight in {_edges(begun.graph)!r}:",
            "    adjacency[i, j] = adjacency[j, i] = weight",
            f"pattern = np.zeros({size}, dtype=np.uint8)",
            f"device = {device_text(drive.device)}",
            f"network = maxcut_network(adjacency, {drive.weight!r}, {begun.asymmetry!r}, device)  # volts",
            *_run_lines(session, _maxcut_weights),
            "print(cut_value(adjacency, run.bits))",
        ]
    )


def _run_setting(session: NetworkSession[Any]) -> dict[str, Any]:
    return {
        **drive_setting(**vars(session.drive)),
        "cut": sorted(session.cut),
        "flipped": sorted(session.flipped),
    }


def _run_changes(fields: Fields, size: int) -> dict[str, Any]:
    def neurons(name: str) -> frozenset[int]:
        return frozenset(fields.items(name, lambda entry, label: entry.whole(label, 0, size - 1), size))

    return {"drive": read_drive(fields), "cut": neurons("cut"), "flipped": neurons("flipped")}


def _edges(graph: Graph) -> list[tuple[int, int, float]]:
    ends, weights = weighted_edges(graph.adjacency)
    return [(int(i), int(j), float(weight)) for (i, j), weight in zip(ends, weights, strict=True)]


def _adjacency(numbers: list[float], nodes: int) -> np.ndarray:
    if len(numbers) % 3:
        msg = tr("edges holds {count} numbers; they must be node, node, weight for every edge.").format(
            count=len(numbers)
        )
        raise Refused(msg)
    adjacency = np.zeros((nodes, nodes))
    for first, second, weight in np.reshape(numbers, (-1, 3)):
        ends = sorted((first, second))
        if ends != [int(end) for end in ends] or not 0 <= ends[0] < ends[1] < nodes or weight == 0.0:
            msg = tr(
                "edges joins {first} and {second} with weight {weight}; the ends must be two of the nodes "
                "0 to {last}, and the weight not zero."
            ).format(first=f"{first:g}", second=f"{second:g}", weight=f"{weight:g}", last=nodes - 1)
            raise Refused(msg)
        low, high = int(ends[0]), int(ends[1])
        if adjacency[low, high]:
            msg = tr("edges joins {first} and {second} twice.").format(first=low, second=high)
            raise Refused(msg)
        adjacency[low, high] = adjacency[high, low] = weight
    return adjacency


def _imports(names: str) -> list[str]:
    return ["import numpy as np", "", f"from dwmtj_widgets import Device, {names}"]


def _memory_lines(session: RecallSession) -> list[str]:
    stored = ",\n".join(f'    "{bit_text(bits)}"' for bits in session.memories)
    return [
        "memories = np.array([[int(bit) for bit in row] for row in [",
        f"{stored},",
        "]], dtype=np.uint8)",
    ]


def _recall_weights(before: RecallSession, after: RecallSession) -> tuple[list[str], str]:
    """Return lines, and the expression of the weights, empty if they are as before."""
    lines = [] if after.memories is before.memories else _memory_lines(after)
    if not lines and after.drive.weight == before.drive.weight:
        return [], ""
    return lines, f"hebbian_weights(memories, {after.drive.weight!r})"


def _maxcut_weights(before: MaxcutSession, after: MaxcutSession) -> tuple[list[str], str]:
    if (after.drive.weight, after.asymmetry) == (before.drive.weight, before.asymmetry):
        return [], ""
    return [], f"maxcut_network(adjacency, {after.drive.weight!r}, {after.asymmetry!r}).weights"


def _run_lines(
    session: SessionT, weights: Callable[[SessionT, SessionT], tuple[list[str], str]]
) -> list[str]:
    """Return the lines from the network to the end of its run, with all that was done to it."""
    begun, lines = session.at(0.0), []
    if begun.cut:
        lines += [*_connected_lines(begun), "network = network.changed(connected=connected)"]
    options = [f"charge_voltage={begun.drive.charge_voltage!r}"]
    if begun.drive.load_time is not None:
        options.append(f"load_time={begun.drive.load_time!r}")
    if begun.drive.published:
        options += [
            'soma_start="pattern"',
            'integrator="euler"',
            f"min_time={begun.published_min_time!r}",
        ]
    lines.append(f"simulation = Simulation(network, pattern, {', '.join(options)})")
    lines += [f"simulation.flip_soma({neuron})" for neuron in sorted(begun.flipped)]
    before, time = begun, 0.0
    for entry in session.journal[1:]:
        if entry.time > time:
            lines.append("simulation.run()" if entry.ended else f"simulation.step_to({entry.time!r})")
            time = entry.time
        if entry.action == "flip":
            lines.append(f"simulation.flip_soma({entry.neuron})")
            continue
        after = copy(session)
        vars(after).update(entry.settings)
        lines += _change_lines(before, after, *weights(before, after))
        before = after
    return [*lines, "run = simulation.run()", "print(run.time, run.energy, run.bits)  # seconds, joules"]


def _change_lines(
    before: NetworkSession[Any], after: NetworkSession[Any], lines: list[str], weights: str
) -> list[str]:
    """Return the lines that change a running simulation from one setting to another."""
    old, new, changes = before.drive, after.drive, []
    if weights:
        changes += [f"weights={weights}", f"synaptic_weight={new.weight!r}"]
    if new.device != old.device:
        changes.append(f"device={device_text(new.device)}")
    if new.charge_voltage != old.charge_voltage:
        changes.append(f"charge_voltage={new.charge_voltage!r}")
    if after.cut != before.cut:
        lines = [*lines, *_connected_lines(after)]
        changes.append("connected=connected")
    return [*lines, f"simulation.change({', '.join(changes)})"]


def _connected_lines(session: NetworkSession[Any]) -> list[str]:
    lines = ["connected = np.ones((network.size, network.size), dtype=bool)"]
    return [*lines, f"connected[{sorted(session.cut)!r}] = False  # cut axons"] if session.cut else lines


RECALL: Final = Sharing(recall_setting, restore_recall, recall_python)
MAXCUT: Final = Sharing(maxcut_setting, restore_maxcut, maxcut_python)
