"""Checked settings of a run, shared by `Simulation` and the ensembles."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield._engines import FULL_STEP as FULL_STEP
from dwmtj_widgets.hopfield._engines import Engine, EulerEngine, EventEngine, FullEngine
from dwmtj_widgets.hopfield._kernels.circuit import Schedule
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.loading import check_loadable, default_load_time
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import quantity


@dataclass(frozen=True)
class RunSettings:
    """Drive and integration of a run, checked. SI units."""

    charge_voltage: float
    load_time: float | None
    """None for `loading.default_load_time`."""
    min_time: float
    max_time: float
    integrator: str
    time_step: float

    def fixed(self, size: int, device: Device) -> RunSettings:
        """Return the settings with the load time fixed for a network of `size` neurons and this device.

        Raises
        ------
        Refused
            If the device cannot be loaded, or not within the time of a run.
        """
        check_loadable(size, device, self.charge_voltage)
        if self.load_time is not None:
            return self
        loading = default_load_time(size, device, self.charge_voltage)
        if self.max_time <= loading:
            msg = (
                f"max_time is {quantity(self.max_time, 's')}; it must be longer than the loading, which takes "
                f"{quantity(loading, 's')} with this device at N = {size}."
            )
            raise Refused(msg)
        return replace(self, load_time=loading)

    def engine(self, network: Network, pattern: NDArray[np.uint8], *, full: bool = False) -> Engine:
        """Return a new engine; `FullEngine` if devices differ or the axons of a neuron started apart."""
        fixed = self.fixed(network.size, network.device)
        assert fixed.load_time is not None
        schedule = Schedule(fixed.charge_voltage, fixed.load_time, fixed.min_time, fixed.max_time)
        if full or not network.uniform:
            if self.integrator == "events":
                return FullEngine(network, pattern, schedule)
            return FullEngine(network, pattern, schedule, step=self.time_step, leapfrog=False)
        if self.integrator == "events":
            return EventEngine(network, pattern, schedule)
        return EulerEngine(network, pattern, schedule, self.time_step)

    def with_charge_voltage(self, charge_voltage: float) -> RunSettings:
        """Return the settings with another V_C; a fixed load time stays."""
        validation.published_load_time(charge_voltage)
        return replace(self, charge_voltage=float(charge_voltage))


def run_settings(
    charge_voltage: float,
    load_time: float | None,
    integrator: str,
    time_step: float,
    min_time: float,
    max_time: float,
) -> RunSettings:
    """Check and bundle the settings of a run for `Simulation` and `recall_many`."""
    validation.one_of(integrator, "integrator", ("events", "euler"))
    shortest = validation.published_load_time(charge_voltage)
    loading = None if load_time is None else validation.positive(load_time, "load_time", "s")
    last = validation.positive(max_time, "max_time", "s")
    first = validation.within(min_time, "min_time", 0.0, last, "s")
    if last <= (given := shortest if loading is None else loading):
        msg = (
            f"max_time is {quantity(last, 's')}; it must be longer than the loading, {quantity(given, 's')}."
        )
        raise Refused(msg)
    step = validation.within(time_step, "time_step", 1e-15, 1e-10, "s")
    return RunSettings(float(charge_voltage), loading, first, last, integrator, step)


def starting_somas(soma_start: str | ArrayLike, pattern: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the somas' walls at time 0, shape like `pattern`."""
    if isinstance(soma_start, str):
        validation.one_of(soma_start, "soma_start", ("off", "pattern"))
        return np.zeros(pattern.shape) if soma_start == "off" else pattern.astype(np.float64)
    return validation.wall_positions(soma_start, pattern.shape, "soma_start")
