"""How a run is driven, integrated and begun: what `Simulation` and the ensembles are told, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield._engines import FULL_STEP as FULL_STEP
from dwmtj_widgets.hopfield._engines import Engine, EulerEngine, EventEngine, FullEngine
from dwmtj_widgets.hopfield._kernels.circuit import Schedule
from dwmtj_widgets.hopfield.network import Network


@dataclass(frozen=True)
class RunSettings:
    """How a run is driven and integrated; checked."""

    schedule: Schedule
    integrator: str
    time_step: float

    def engine(self, network: Network, pattern: NDArray[np.uint8], *, full: bool = False) -> Engine:
        """Return a fresh engine; the one for N**2 devices if they differ or started apart."""
        if full or not network.uniform:
            if self.integrator == "events":
                return FullEngine(network, pattern, self.schedule)
            return FullEngine(network, pattern, self.schedule, step=self.time_step, leapfrog=False)
        if self.integrator == "events":
            return EventEngine(network, pattern, self.schedule)
        return EulerEngine(network, pattern, self.schedule, self.time_step)

    def with_charge_voltage(self, charge_voltage: float) -> RunSettings:
        """Return the settings with another V_C; the load time of a run that has begun stays."""
        voltage = validation.positive(charge_voltage, "charge_voltage", "V")
        validation.load_duration(None, voltage)
        return RunSettings(self.schedule._replace(charge_voltage=voltage), self.integrator, self.time_step)


def run_settings(
    charge_voltage: float,
    load_time: float | None,
    integrator: str,
    time_step: float,
    min_time: float,
    max_time: float,
) -> RunSettings:
    """Check and bundle what `Simulation` and `recall_many` are told about a run."""
    validation.one_of(integrator, "integrator", ("events", "euler"))
    loading = validation.load_duration(load_time, charge_voltage)
    last = validation.positive(max_time, "max_time", "s")
    first = validation.within(min_time, "min_time", 0.0, last, "s")
    if last <= loading:
        msg = f"max_time is {last * 1e9:g} ns; it has to be longer than the loading, {loading * 1e9:g} ns."
        raise ValueError(msg)
    step = validation.within(time_step, "time_step", 1e-15, 1e-10, "s")
    return RunSettings(Schedule(float(charge_voltage), loading, first, last), integrator, step)


def starting_somas(soma_start: str | ArrayLike, pattern: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the somas' walls at time 0, shape like `pattern`."""
    if isinstance(soma_start, str):
        validation.one_of(soma_start, "soma_start", ("off", "pattern"))
        return np.zeros(pattern.shape) if soma_start == "off" else pattern.astype(np.float64)
    return validation.wall_positions(soma_start, pattern.shape, "soma_start")
