"""The page's half of the graph editor, and graphs to begin with."""

import numpy as np

SQUARE = [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]
RING = [[0, 1], [1, 2], [2, 3], [0, 3]]


class FrontEnd:
    """Sends what js/graph_editor sends."""

    def __init__(self, editor, client="a"):
        self.editor, self.client, self.sequence = editor, client, 0

    def send(self, kind, **content):
        self.editor._handle_custom_msg({"type": kind, **content}, [])

    def ask(self, kind, **content):
        self.sequence += 1
        self.send(kind, client=self.client, sequence=self.sequence, **content)

    def edit(self, op, generation=None, **content):
        generation = self.editor._generation if generation is None else generation
        self.ask("edit", op=op, generation=generation, **content)


def as_the_browser_reads(editor):
    """What js/graph_editor/model.js makes of the traits: nodes, and edges with their weights."""
    places = np.frombuffer(editor._positions, np.float32).reshape(-1, 2)
    ends = np.frombuffer(editor._edges, np.uint8).reshape(-1, 2)
    weights = np.frombuffer(editor._weights, np.float32)
    return places, ends, weights


def assert_shown(editor):
    places, ends, weights = as_the_browser_reads(editor)
    np.testing.assert_allclose(places, editor.positions, atol=1e-7)
    np.testing.assert_array_equal(ends, editor.edges)
    np.testing.assert_allclose(weights, editor.weights, rtol=1e-7)
