"""Netlists of the network for circuit simulators, runs of ngspice, and comparison with the engine."""

from dwmtj_widgets.spice.bench import Bench as Bench
from dwmtj_widgets.spice.bench import bench as bench
from dwmtj_widgets.spice.comparing import Comparison as Comparison
from dwmtj_widgets.spice.comparing import compare as compare
from dwmtj_widgets.spice.ngspice import ngspice_netlist as ngspice_netlist
from dwmtj_widgets.spice.running import NgspiceError as NgspiceError
from dwmtj_widgets.spice.running import find_ngspice as find_ngspice
from dwmtj_widgets.spice.running import run_ngspice as run_ngspice
from dwmtj_widgets.spice.spectre import spectre_netlist as spectre_netlist
from dwmtj_widgets.spice.spectre import verilog_a as verilog_a
from dwmtj_widgets.spice.waveforms import Waveforms as Waveforms
