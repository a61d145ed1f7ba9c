"""Interactive, physically exact simulation of spintronic neural networks.

    >>> from dwmtj_widgets import Network, Simulation, hebbian_weights
    >>> memory = [1, 0, 1, 1, 0]
    >>> run = Simulation(Network(hebbian_weights([memory], weight=0.1)), pattern=[1, 0, 1, 1, 1]).run()
    >>> run.converged, run.bits.tolist()
    (True, [1, 0, 1, 1, 0])

Values are in SI units throughout. Importing this package imports no part of Jupyter; the labs are in
`dwmtj_widgets.labs`.
"""

from dwmtj_widgets.hopfield import Device as Device
from dwmtj_widgets.hopfield import Network as Network
from dwmtj_widgets.hopfield import Simulation as Simulation
from dwmtj_widgets.hopfield import hebbian_weights as hebbian_weights
from dwmtj_widgets.hopfield import recall_many as recall_many

__version__ = "0.1.0"
