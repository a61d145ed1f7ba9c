"""The Max-cut Lab's advice on poor cuts: the cause, and what works."""

from __future__ import annotations

from typing import Any

from dwmtj_widgets.sessions.maxcut import MaxcutSession
from dwmtj_widgets.tasks.maxcut_pull import can_be_balanced, cause_of_poor_cuts, is_poor
from dwmtj_widgets.texts import tr


def advice(session: MaxcutSession[Any], cut: float, best: float, balanced: str, other: str) -> str:
    """Return why the run that has ended cuts so little, and what works; empty if it does well or is under way.

    Parameters
    ----------
    session : MaxcutSession
    cut, best : float
        The shown cut, and the best known.
    balanced, other : str
        Labels of the buttons for runs with balanced weights, and for divisions without the device.
    """
    why = cause_text(session, cut, best)
    if not why:
        return ""
    if can_be_balanced(session.setting.graph.adjacency):
        offer = tr("“{button}” balances the two, which works at any density.").format(button=balanced)
    else:
        offer = tr("Balanced, nothing is left of either; “{button}” divides the graph.").format(button=other)
    return f"{why} {offer}"


def cause_text(session: MaxcutSession[Any], cut: float, best: float) -> str:
    """Return why the run that has ended cuts so little; empty if it does well or is under way.

    Parameters
    ----------
    session : MaxcutSession
    cut, best : float
        The shown cut, and the best known.
    """
    graph = session.setting.graph.adjacency
    if not session.simulation.finished or not is_poor(graph, cut, best):
        return ""
    cause = cause_of_poor_cuts(session.simulation.network)
    if cause == "attraction" and (graph < 0.0).any():
        return tr(
            "Missing edges and negative ones attract more than the others repel, and pull all nodes to one side."
        )
    if cause == "attraction":
        return tr("Missing edges attract more than edges repel, and pull all nodes to one side.")
    if cause == "repulsion":
        return tr("Edges repel more than missing edges attract, and push all nodes to one side.")
    return ""
