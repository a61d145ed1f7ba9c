"""Interactive, physically exact simulation of spintronic neural networks.

    >>> from dwmtj_widgets import Network, Simulation, hebbian_weights
    >>> memory = [1, 0, 1, 1, 0]
    >>> run = Simulation(Network(hebbian_weights([memory], weight=0.1)), pattern=[1, 0, 1, 1, 1]).run()
    >>> run.converged, run.bits.tolist()
    (True, [1, 0, 1, 1, 0])

Values are in SI units throughout. Importing this package imports no part of Jupyter; the labs are in
`dwmtj_widgets.labs`.
"""

from typing import TYPE_CHECKING, Any

from dwmtj_widgets.hopfield import Device as Device
from dwmtj_widgets.hopfield import Network as Network
from dwmtj_widgets.hopfield import Simulation as Simulation
from dwmtj_widgets.hopfield import hebbian_weights as hebbian_weights
from dwmtj_widgets.hopfield import recall_many as recall_many
from dwmtj_widgets.refusals import Refused as Refused

if TYPE_CHECKING:
    from dwmtj_widgets.tasks.graph_files import load_graph as load_graph
    from dwmtj_widgets.tasks.graphs import cut_value as cut_value
    from dwmtj_widgets.tasks.maxcut import maxcut_network as maxcut_network

__version__ = "0.1.0"

# Tasks import packages for files and images, so they are imported on first use.
_TASKS = {"cut_value": "graphs", "load_graph": "graph_files", "maxcut_network": "maxcut"}


def __getattr__(name: str) -> Any:
    if name not in _TASKS:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.tasks.{_TASKS[name]}"), name)
    return value
