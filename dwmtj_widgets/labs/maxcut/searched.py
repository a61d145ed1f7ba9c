"""What the longer searches of the Max-cut Lab ask of it."""

from __future__ import annotations

from typing import Protocol

from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.run.desk import RunDesk
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting


class SearchedLab(Protocol):
    """A lab with a graph of which good divisions are searched."""

    session: MaxcutSession[MaxcutSetting]
    error: ErrorLine
    desk: RunDesk
    """Its `press` delays actions while another graph is in preparation."""
    best_known: float
    """The greatest known cut of the present graph."""

    def beaten(self, cut: float) -> None:
        """Note a cut that a search has found, and show it everywhere."""
