"""The dashboards: each joins a simulation to views. Displaying a lab shows its page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dwmtj_widgets.labs.explorer.lab import ExplorerLab as ExplorerLab
    from dwmtj_widgets.labs.maxcut.lab import MaxcutLab as MaxcutLab
    from dwmtj_widgets.labs.recall.lab import RecallLab as RecallLab
    from dwmtj_widgets.labs.signal.lab import SignalLab as SignalLab
    from dwmtj_widgets.labs.statistics.lab import StatisticsLab as StatisticsLab

_LABS = {
    "ExplorerLab": "explorer.lab",
    "MaxcutLab": "maxcut.lab",
    "RecallLab": "recall.lab",
    "SignalLab": "signal.lab",
    "StatisticsLab": "statistics.lab",
}

__all__ = ["ExplorerLab", "MaxcutLab", "RecallLab", "SignalLab", "StatisticsLab"]


def __getattr__(name: str) -> Any:
    # A page waits for its kernel to import the lab, so the other labs are not imported.
    if name in _LABS:
        return getattr(import_module(f"{__name__}.{_LABS[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
