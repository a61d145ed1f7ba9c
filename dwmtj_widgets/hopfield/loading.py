"""Load time of a network, and whether its axons have settled when it is released (physics.md A8)."""

from __future__ import annotations

from functools import lru_cache
from math import isinf

import numpy as np

from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.energy import settling_time
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.validation import published_load_time
from dwmtj_widgets.hopfield.variation import Chip
from dwmtj_widgets.hopfield.walls import WallState, axon_table
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import quantity

_ARRIVED = 1e-9
"""Distance from an end of the track, x/L, at which a wall counts as arrived."""


@lru_cache(maxsize=256)  # a sweep calls this for every trial, with few settings
def default_load_time(size: int, device: Device, charge_voltage: float) -> float:
    """Return the load time in seconds that this device needs; for Table I it is the published one.

    The published schedule depends on V_C alone. A device whose walls settle more slowly than those of Table I is
    loaded for longer in the same ratio; a faster one is not loaded for less.

    Raises
    ------
    Refused
        If the charge voltage is outside the schedule, or the device cannot be loaded; see `check_loadable`.
    """
    scheduled = published_load_time(charge_voltage)
    check_loadable(size, device, charge_voltage)
    needed = settling_time(size, charge_voltage, device)
    return scheduled * max(1.0, needed / settling_time(size, charge_voltage, Device()))


def check_loadable(size: int, device: Device, charge_voltage: float) -> None:
    """Refuse a device whose walls the charge voltage cannot move to ON.

    Raises
    ------
    Refused
        With the reason.
    """
    if not isinf(settling_time(size, charge_voltage, device)):
        return
    driven = device.mobility * charge_voltage / device.r_track
    if driven + device.soma_leak <= 0.0:
        msg = (
            f"soma_leak is {quantity(device.soma_leak, 'm/s')}; a charge voltage of {quantity(charge_voltage, 'V')} "
            f"drives a soma with {quantity(float(driven), 'm/s')} only, so none could be loaded ON; raise "
            "charge_voltage or soma_leak."
        )
    else:
        msg = (
            f"With a TMR of {quantity(device.tmr, '%')} an ON soma drives its axons no faster than they leak back "
            f"({quantity(device.axon_leak, 'm/s')}), so they never settle; raise tmr."
        )
    raise Refused(msg)


def settled_share(network: Network, pattern: np.ndarray, moment: WallState) -> float:
    """Return the share, 0 to 1, of axons that have reached the end of the track to which the loaded bit drives them.

    Stuck axons do not count; the share is 1 if all are stuck.
    """
    axon = axon_table(moment.axon)
    counted = ~np.eye(network.size, dtype=bool)
    if isinstance(network, Chip):
        counted &= network.free
    arrived = np.where(pattern[:, None] == 1, axon >= 1.0 - _ARRIVED, axon <= _ARRIVED)
    return float(arrived[counted].mean()) if counted.any() else 1.0
