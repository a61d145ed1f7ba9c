"""An undirected, weighted graph that a person edits while its nodes show the walls of a running network."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, MutableSequence
from typing import Any

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.widgets.editors._graph import DrawnGraph, Floats, Nodes, checked_graph, edited
from dwmtj_widgets.widgets.style import css, script

_HISTORY = 200
_ON_ABOVE, _OFF_BELOW = 0.95, 0.05
_ON_BYTE, _OFF_BYTE = 243, 12  # js/graph_editor tells decided nodes by these


class GraphEditor(anywidget.AnyWidget):
    """Editor of a simple graph of 2 to 200 nodes.

    A person's edits appear in the browser at once and reach Python one by one. The browser lays them over the graph
    until Python has answered, so neither a busy kernel nor a late answer can undo them.

    Parameters
    ----------
    positions, edges, weights
        First graph, as in `show_graph`; two joined nodes if `positions` is None.
    **traits
        Any trait below, and those of every widget (`layout`, ...).

    Attributes
    ----------
    width, height : int
        Size of the canvas in CSS pixels; it shrinks in proportion where the page is narrower.
    mode : str
        Action of pointer and finger: ``"move"``, ``"add"``, ``"connect"`` or ``"delete"``.
    selected : int
        The ringed node, -1 for none.
    new_weight : float
        Weight of the edges that a person adds.
    disabled : bool
        Show only; selecting still works.
    show_labels : bool
        Write each node's number into it, where there is room.
    label, summary : str
        Accessible name, and a sentence that is read after it and the numbers of nodes and edges.
    can_undo, can_redo : bool
        Whether `undo` and `redo` have something to do; read-only.

    Examples
    --------
    >>> editor = GraphEditor([[0, 0], [1, 0], [0.5, 1]], edges=[[0, 1], [2, 1]])
    >>> editor.edges.tolist()
    [[0, 1], [1, 2]]
    """

    _esm = script("graph_editor")
    _css = css("parts", "graph_editor")

    width = traitlets.Int(500, min=100, max=4000).tag(sync=True)
    height = traitlets.Int(500, min=100, max=4000).tag(sync=True)
    mode = traitlets.Enum(["move", "add", "connect", "delete"], "move").tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True, echo_update=False)
    new_weight = traitlets.Float(1.0).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)
    show_labels = traitlets.Bool(True).tag(sync=True)
    label = traitlets.Unicode("Graph").tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    can_undo = traitlets.Bool(False, read_only=True).tag(sync=True)
    can_redo = traitlets.Bool(False, read_only=True).tag(sync=True)

    # The graph as the browser reads it: float32 x, y; uint8 pairs; float32.
    _positions = traitlets.Bytes().tag(sync=True)
    _edges = traitlets.Bytes().tag(sync=True)
    _weights = traitlets.Bytes().tag(sync=True)
    # "client:sequence" of the last edit or selection that was applied; sent with the result.
    _acknowledged = traitlets.Unicode("").tag(sync=True)
    # Counts renumberings; an edit that was sent before one is dropped.
    _generation = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        positions: npt.ArrayLike | None = None,
        edges: npt.ArrayLike = (),
        weights: npt.ArrayLike | None = None,
        **traits: Any,
    ) -> None:
        if positions is None:
            positions, edges, weights = [[0.25, 0.5], [0.75, 0.5]], [[0, 1]], None
        self._graph = checked_graph(positions, edges, weights)
        self._undo: deque[DrawnGraph] = deque(maxlen=_HISTORY)
        self._redo: list[DrawnGraph] = []
        self._walls: bytes | None = None
        self._client = ""
        # All moves of one drag, or of one held key, are one entry of the history.
        self._open_stroke: tuple[str, int] | None = None
        self._callbacks: dict[str, list[Callable[..., None]]] = {"graph": [], "move": [], "select": []}
        super().__init__(**traits)
        self._show()
        self.on_msg(self._receive)

    @property
    def positions(self) -> Floats:
        """Positions of the nodes in the unit square, x to the right and y down, a new array of shape (N, 2)."""
        return self._graph.positions.copy()

    @property
    def edges(self) -> Nodes:
        """The two nodes of every edge, the smaller first, a new array of shape (E, 2)."""
        return self._graph.edges.copy()

    @property
    def weights(self) -> Floats:
        """The weight of every edge, a new array of shape (E,)."""
        return self._graph.weights.copy()

    def show_graph(
        self, positions: npt.ArrayLike, edges: npt.ArrayLike, weights: npt.ArrayLike | None = None
    ) -> None:
        """Replace the graph, as an entry of the history; calls no callback and clears the walls.

        Parameters
        ----------
        positions
            (N, 2) x and y in 0 to 1, N in 2 to 200.
        edges
            (E, 2) pairs of node numbers 0 to N - 1, in either order.
        weights
            (E,) finite numbers; all 1 if None.

        Raises
        ------
        Refused
            If something is not as above, an edge joins a node to itself, or two edges join the same nodes; the
            old graph then stays.
        """
        graph = checked_graph(positions, edges, weights)
        with self.hold_sync():
            self.draw(None)
            if not graph.is_same(self._graph):
                self._remember()
                self._graph = graph
                self._renumber()

    def draw(self, walls: npt.ArrayLike | None) -> None:
        """Show wall positions x/L of the somas, shape (N,), else Refused; None shows plain nodes.

        Above 0.95 a node is ON, below 0.05 it is OFF, in between it is undecided. A frame is N bytes.
        """
        shown = None
        if walls is not None:
            places = np.asarray(walls, dtype=np.float64)
            if places.shape != (self._graph.size,) or not np.isfinite(places).all():
                wanted = f"one finite x/L for each of the {self._graph.size} nodes"
                raise Refused(f"walls got the shape {places.shape}, but must be {wanted}.")
            shown = _to_bytes(places)
        if shown != self._walls:
            self._walls = shown
            self._send_walls()

    def undo(self) -> None:
        """Go back one entry of the history, if there is one, and call the callbacks."""
        self._replay(self._undo, self._redo)

    def redo(self) -> None:
        """Take back the last `undo`, if there was no change since."""
        self._replay(self._redo, self._undo)

    def on_graph(self, callback: Callable[[Floats, Nodes, Floats], None]) -> None:
        """Call ``callback(positions, edges, weights)`` when a person or an undo has changed nodes or edges."""
        self._callbacks["graph"].append(callback)

    def on_move(self, callback: Callable[[Floats], None]) -> None:
        """Call ``callback(positions)`` when nodes were only moved."""
        self._callbacks["move"].append(callback)

    def on_select(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(node)`` when a person selects a node by click or arrow key; -1 for none."""
        self._callbacks["select"].append(callback)

    @traitlets.validate("selected")
    def _check_selected(self, proposal: Any) -> int:
        node, last = proposal["value"], self._graph.size - 1
        if not -1 <= node <= last:
            raise traitlets.TraitError(f"selected got node {node}, but must be 0 to {last}, or -1 for none.")
        return int(node)

    def _show(self) -> None:
        """Send the graph to the browser."""
        graph = self._graph
        with self.hold_sync():
            self._positions = graph.positions.astype(np.float32).tobytes()
            self._edges = graph.edges.astype(np.uint8).tobytes()
            self._weights = graph.weights.astype(np.float32).tobytes()
            self.set_trait("can_undo", bool(self._undo))
            self.set_trait("can_redo", bool(self._redo))

    def _renumber(self) -> None:
        with self.hold_sync():
            self._generation += 1
            if self.selected >= self._graph.size:
                self.selected = -1
            self._show()

    def _remember(self) -> None:
        self._undo.append(self._graph)
        self._redo.clear()
        self._open_stroke = None

    def _replay(self, source: MutableSequence[DrawnGraph], target: MutableSequence[DrawnGraph]) -> None:
        if not source:
            return
        before = self._graph
        target.append(before)
        self._graph = source.pop()
        self._open_stroke = None
        self._renumber()
        self._announce(before)

    def _announce(self, before: DrawnGraph) -> None:
        if self._graph.size != before.size:
            self.draw(None)  # the new nodes have no walls yet
        if not self._graph.is_same_network(before):
            self._call("graph", self.positions, self.edges, self.weights)
        elif not np.array_equal(self._graph.positions, before.positions):
            self._call("move", self.positions)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Handle a message of the browser; see js/graph_editor for the protocol."""
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "ready":
            self._send_walls()
        elif kind == "edit":
            self._take_up(content)
        elif kind in ("undo", "redo") and not self.disabled:
            self.undo() if kind == "undo" else self.redo()
        elif kind == "select":
            self._select(content)

    def _select(self, content: dict[str, Any]) -> None:
        node: Any = content.get("node")
        is_node = isinstance(node, int) and -1 <= node < self._graph.size  # else it is for an earlier graph
        with self.hold_sync():
            self._acknowledged = f"{content.get('client')}:{content.get('sequence')}"
            if is_node:
                self.selected = node
        if is_node:
            self._call("select", node)

    def _take_up(self, content: dict[str, Any]) -> None:
        before, client = self._graph, str(content.get("client"))
        # Held, so that the graph and the number of its last edit are sent in one message.
        with self.hold_sync():
            self._acknowledged = f"{client}:{content.get('sequence')}"
            if content.get("generation") == self._generation and not self.disabled:
                # The browser keeps the rules; an edit that breaks them is for another graph or forged.
                with contextlib.suppress(Refused):
                    self._edit(content, (client, content.get("stroke", -1)))
                if self._client not in ("", client) and self._graph is not before:
                    self._generation += 1  # edits that another page has sent use older numbers
                self._client = client
        # After the answer, because a callback may be slow.
        self._announce(before)

    def _edit(self, content: dict[str, Any], stroke: tuple[str, int]) -> None:
        graph = edited(self._graph, content, self.new_weight)
        if graph is None:
            return
        moves = content["op"] == "move"
        if not moves or stroke != self._open_stroke:
            self._remember()
        self._open_stroke = stroke if moves else None
        self._graph = graph
        if content["op"] == "remove" and self.selected >= content["node"]:
            self.selected = -1 if self.selected == content["node"] else self.selected - 1
        self._show()

    def _send_walls(self) -> None:
        self.send({"type": "walls"}, buffers=[self._walls or b""])

    def _call(self, event: str, *arguments: Any) -> None:
        for callback in tuple(self._callbacks[event]):
            callback(*arguments)


def _to_bytes(walls: Floats) -> bytes:
    """Return x/L as 0 to 255 so that rounding changes no node's state: ON, OFF or undecided."""
    least = np.where(walls > _ON_ABOVE, _ON_BYTE, np.where(walls < _OFF_BELOW, 0, _OFF_BYTE + 1))
    most = np.where(walls > _ON_ABOVE, 255, np.where(walls < _OFF_BELOW, _OFF_BYTE, _ON_BYTE - 1))
    return np.clip(np.rint(walls * 255.0), least, most).astype(np.uint8).tobytes()
