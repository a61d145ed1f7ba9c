"""A graph editor, the hand that edits, and what it calls."""

import pytest
from graph_hand import RING, SQUARE, FrontEnd

from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor


@pytest.fixture
def editor():
    return GraphEditor(SQUARE, RING, [1, 2, 3, -4])


@pytest.fixture
def hand(editor):
    return FrontEnd(editor)


@pytest.fixture
def calls(editor):
    """The callbacks that were called, in order."""
    seen = []
    editor.on_graph(
        lambda positions, edges, weights: seen.append(("graph", edges.tolist(), weights.tolist()))
    )
    editor.on_move(lambda positions: seen.append(("move", positions.tolist())))
    editor.on_select(lambda node: seen.append(("select", node)))
    return seen
