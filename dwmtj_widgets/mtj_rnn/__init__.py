"""A recurrent network of magnetic tunnel junctions, trained by FORCE. No Jupyter, no files."""

from dwmtj_widgets.mtj_rnn.macrospin import Junction as Junction
from dwmtj_widgets.mtj_rnn.network import MTJNetwork as MTJNetwork
from dwmtj_widgets.mtj_rnn.signals import waveform as waveform
from dwmtj_widgets.mtj_rnn.wiring import NetworkSettings as NetworkSettings
