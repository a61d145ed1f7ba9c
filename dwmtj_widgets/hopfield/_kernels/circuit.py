"""The circuit's constants and the law of one device, shared by all kernels of identical devices.

symbol    meaning                                                              unit
p         wall position x/L: s of a soma, a of the axons of one neuron          1
rate      velocity over track length                                           1/s
G         conductance of a junction                                            S
n_j, d_j  sum_i W_ij G_i and 1/R_M + sum_i G_i: V_j = n_j / d_j                A, S
region    0 below the junction's window, 1 inside, 2 above                     -
"""

from __future__ import annotations

from typing import NamedTuple

from dwmtj_widgets._jit import inlined

RUNNING, CONVERGED, TIMEOUT, BROKEN = 0, 1, 2, 3
"""Status of a kernel: target time reached; all walls stationary; out of time; not finite."""

SOMA_PART, SYNAPSE_PART, LOAD_PART = 0, 1, 2
"""Indices of the parts of power and energy: supply of the somas, synapses, loading."""


class Circuit(NamedTuple):
    """Constants of a network of identical devices, one float each."""

    low: float
    """Window edges, x/L."""
    high: float
    g_off: float
    """Conductances below and above the window, S; the slope inside, S per unit p; the step inside, S."""
    g_on: float
    g_slope: float
    g_step: float
    g_track: float
    """1 / R_M, S."""
    r_track: float
    fan_out: float
    """N - 1."""
    soma_drive: float
    """mu / (R_M L): rate of a soma per volt at its dendrite, 1/(V s)."""
    soma_leak: float
    """1/s."""
    axon_drive: float
    """mu V_DW / L, so that an axon's rate is axon_drive G / (N - 1 + R_M G), ohm/s."""
    axon_leak: float
    """1/s."""
    supply: float
    """V_DW^2 (N - 1): power of a soma is supply G / (N - 1 + R_M G), V^2."""


class Schedule(NamedTuple):
    """Charge voltage, load time, earliest end and time limit of a run; volts and seconds."""

    charge_voltage: float
    load_time: float
    min_time: float
    max_time: float


@inlined
def conductance(p, region, c):
    """Conductance in S of a junction whose wall is at p in the given region."""
    if region == 0:
        return c.g_off
    if region == 2:
        return c.g_on
    return c.g_off + c.g_slope * (p - c.low) + c.g_step
