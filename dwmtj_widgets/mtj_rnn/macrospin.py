"""One magnetic tunnel junction as a macrospin: its parameters, the LLG equation, and closed-form results.

The free layer's magnetization is a unit vector m. A bias field pulls it along x, the film's shape holds it in
the plane (hard axis z), polariser and analyser point along y. The current through the junction acts as a
torque field a in tesla; the junction's output is m_y. Source: physics.md B.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.parameters import Parameters, parameter, translatable

GYROMAGNETIC_RATIO: Final = 1.760859e11
"""rad/(s T), of the electron."""
VACUUM_PERMEABILITY: Final = 1.25663706212e-6
"""N/A^2 (CODATA 2018)."""
BOLTZMANN: Final = 1.380649e-23
"""J/K (exact)."""


@dataclass(frozen=True, kw_only=True)
class Junction(Parameters):
    """A magnetic tunnel junction with an in-plane free layer. All values in SI units, fields as mu0 H in tesla.

    Every field's metadata hold ``label``, ``symbol``, ``unit``, ``legal`` (range) and ``slider`` (low, high,
    step). A change is ``dataclasses.replace(junction, damping=0.02)``.

    Raises
    ------
    Refused
        If a value is not finite or outside its legal range.
    """

    bias_field: float = parameter(
        50e-3,
        label=translatable("Bias field"),
        symbol="mu0 H_x",
        unit="T",
        legal=(1e-3, 2.0),
        slider=(10e-3, 200e-3, 1e-3),
    )
    magnetization: float = parameter(
        1.0,
        label=translatable("Magnetization"),
        symbol="mu0 M",
        unit="T",
        legal=(1e-2, 3.0),
        slider=(0.2, 2.0, 0.01),
    )
    """Saturation magnetization mu0 M, which is also the demagnetizing field that makes z a hard axis."""
    damping: float = parameter(
        0.05,
        label=translatable("Gilbert damping"),
        symbol="alpha",
        unit="1",
        legal=(0.0, 1.0),
        slider=(0.01, 0.2, 0.005),
    )
    torque_ratio: float = parameter(
        0.2,
        label=translatable("Damping-like torque ratio"),
        symbol="xi",
        unit="1",
        legal=(-2.0, 2.0),
        slider=(0.0, 1.0, 0.05),
    )
    """Damping-like (Slonczewski) torque over the field-like one."""
    volume: float = parameter(
        4e-23,
        label=translatable("Free layer volume"),
        symbol="V",
        unit="m3",
        legal=(1e-26, 1e-18),
        slider=(5e-24, 2e-22, 1e-24),
    )
    """Used only for the thermal field; 4e4 nm3 is a disk of 160 nm diameter, 2 nm thick."""

    @property
    def saturation_magnetization(self) -> float:
        """M_s in A/m."""
        return self.magnetization / VACUUM_PERMEABILITY

    @property
    def precession_frequency(self) -> float:
        """Angular frequency of small undamped precession, gamma sqrt(B_x (B_x + M)), in rad/s (Kittel)."""
        return float(GYROMAGNETIC_RATIO * np.sqrt(self.bias_field * (self.bias_field + self.magnetization)))

    @property
    def damping_rate(self) -> float:
        """Decay rate of small precession, gamma alpha (2 B_x + M) / (2 (1 + alpha^2)), in 1/s."""
        stiffness = 2.0 * self.bias_field + self.magnetization
        return GYROMAGNETIC_RATIO * self.damping * stiffness / (2.0 * (1.0 + self.damping**2))

    @property
    def damped_frequency(self) -> float:
        """Angular frequency of small precession with damping, in rad/s; zero where it is overdamped.

        The linearised equation has the determinant omega^2 / (1 + alpha^2).
        """
        squared = self.precession_frequency**2 / (1.0 + self.damping**2) - self.damping_rate**2
        return float(np.sqrt(max(squared, 0.0)))

    def sigmoid(self, torque_field: ArrayLike) -> NDArray[np.float64]:
        """Return m_y at rest under a constant torque field (tesla), a / sqrt(a^2 + B_x^2), elementwise.

        Exact without damping-like torque, which tilts m out of the plane by about xi a / M.
        """
        a = np.asarray(torque_field, dtype=np.float64)
        result: NDArray[np.float64] = a / np.hypot(a, self.bias_field)
        return result

    def energy_density(self, m: ArrayLike) -> NDArray[np.float64]:
        """Return M_s (-B_x m_x + M m_z^2 / 2) in J/m^3 for unit vectors m, shape (3, ...); no current."""
        x, _y, z = np.asarray(m, dtype=np.float64)
        density = -self.bias_field * x + 0.5 * self.magnetization * z**2
        result: NDArray[np.float64] = self.saturation_magnetization * density
        return result

    def effective_field(self, m: NDArray[np.float64], torque_field: ArrayLike) -> NDArray[np.float64]:
        """Return the field about which m precesses, in tesla: H_eff and both torques written as fields.

        Parameters
        ----------
        m : ndarray, shape (3, ...)
            Unit vectors.
        torque_field : array_like, shape (...)
            Torque field a of the current in tesla.
        """
        a = np.asarray(torque_field, dtype=np.float64)
        x, _y, z = m
        bias = np.full_like(x, self.bias_field)
        static = np.stack([bias, np.zeros_like(x), -self.magnetization * z])
        field_like = np.stack([np.zeros_like(x), np.broadcast_to(a, x.shape), np.zeros_like(x)])
        damping_like = self.torque_ratio * a * np.stack([-z, np.zeros_like(x), x])  # m x y
        result: NDArray[np.float64] = static + field_like + damping_like
        return result

    def rate(
        self, m: NDArray[np.float64], torque_field: ArrayLike, extra_field: ArrayLike = 0.0
    ) -> NDArray[np.float64]:
        """Return dm/dt in 1/s, shape (3, ...): the Landau-Lifshitz-Gilbert equation with Slonczewski torques.

        ``dm/dt = -gamma / (1 + alpha^2) [m x b + alpha m x (m x b)]`` (physics.md B). The kernel integrates the
        same equation; `extra_field` (tesla) is added to b.
        """
        b = self.effective_field(m, torque_field) + np.asarray(extra_field, dtype=np.float64)
        precession = np.cross(m, b, axis=0)
        relaxation = np.cross(m, precession, axis=0)
        prefactor = -GYROMAGNETIC_RATIO / (1.0 + self.damping**2)
        result: NDArray[np.float64] = prefactor * (precession + self.damping * relaxation)
        return result

    def thermal_field(self, temperature: float, time_step: float) -> float:
        """Return the standard deviation in tesla of each component of the thermal field.

        The field is constant during one step: sqrt(2 alpha k_B T / (gamma M_s V dt)) (W. F. Brown,
        Phys. Rev. 130, 1677 (1963)).

        Parameters
        ----------
        temperature : float
            Kelvin.
        time_step : float
            Seconds.
        """
        moment = self.saturation_magnetization * self.volume
        power = 2.0 * self.damping * BOLTZMANN * temperature / (GYROMAGNETIC_RATIO * moment * time_step)
        return float(np.sqrt(power))
