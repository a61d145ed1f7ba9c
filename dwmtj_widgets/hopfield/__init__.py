"""The network of domain-wall magnetic tunnel junctions: device, circuit, learning, runs. No Jupyter, no files."""

from dwmtj_widgets.hopfield.device import Device as Device
from dwmtj_widgets.hopfield.energy import published_estimate as published_estimate
from dwmtj_widgets.hopfield.ensemble import recall_many as recall_many
from dwmtj_widgets.hopfield.learning import hebbian_weights as hebbian_weights
from dwmtj_widgets.hopfield.network import Network as Network
from dwmtj_widgets.hopfield.simulation import Simulation as Simulation
