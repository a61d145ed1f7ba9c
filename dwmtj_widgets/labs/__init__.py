"""The dashboards: each joins a simulation to views. Displaying a lab shows its page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dwmtj_widgets.labs.explorer_lab import ExplorerLab as ExplorerLab
    from dwmtj_widgets.labs.maxcut_lab import MaxcutLab as MaxcutLab
    from dwmtj_widgets.labs.recall_lab import RecallLab as RecallLab
    from dwmtj_widgets.labs.signal_lab import SignalLab as SignalLab
    from dwmtj_widgets.labs.statistics_lab import StatisticsLab as StatisticsLab

_LABS = {
    "ExplorerLab": "explorer_lab",
    "MaxcutLab": "maxcut_lab",
    "RecallLab": "recall_lab",
    "SignalLab": "signal_lab",
    "StatisticsLab": "statistics_lab",
}

__all__ = ["ExplorerLab", "MaxcutLab", "RecallLab", "SignalLab", "StatisticsLab"]


def __getattr__(name: str) -> Any:
    # A page waits for its kernel to import what its lab needs; it should not wait for the other labs too.
    if name in _LABS:
        return getattr(import_module(f"{__name__}.{_LABS[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
