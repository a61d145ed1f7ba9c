"""One domain-wall magnetic tunnel junction: its parameters (the paper's Table I) and its laws.

A track of length L carries one domain wall at x; ``p = x / L`` runs from 0 (OFF, antiparallel) to 1 (ON,
parallel). The junction sits over the middle of the track, insulated from it, and its conductance depends on
the position of the wall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.parameters import Parameters, parameter, translatable
from dwmtj_widgets.refusals import Refused

BOHR_MAGNETON: Final = 9.2740100783e-24
"""J/T (CODATA 2018)."""
ELEMENTARY_CHARGE: Final = 1.602176634e-19
"""C (exact)."""

PUBLISHED_MOBILITY: Final = 4 * 265933.0
"""m/s per A: the value of the paper's released simulator (physics.md A6)."""


class DeviceLaws:
    """Quantities derived from a device's parameters, for one device or elementwise for arrays of devices."""

    lande_g: Any
    polarization: Any
    saturation_magnetization: Any
    cross_section: Any
    track_length: Any
    mtj_width: Any
    mtj_center: Any
    soma_leak: Any
    axon_leak: Any
    tmr: Any
    r_parallel: Any
    r_track: Any
    window_conductance_step: Any
    fixed_mobility: Any

    @property
    def r_antiparallel(self) -> Any:
        """Resistance of the junction over an OFF wall, R_P (1 + TMR), in ohms."""
        return self.r_parallel * (1.0 + self.tmr)

    @property
    def mobility(self) -> Any:
        """Wall velocity per track current, mu = g P mu_B / (2 e M_s A), in m/s per A (physics.md A1)."""
        derived = (self.lande_g * self.polarization * BOHR_MAGNETON) / (
            2.0 * ELEMENTARY_CHARGE * self.saturation_magnetization * self.cross_section
        )
        return np.where(np.asarray(self.fixed_mobility) > 0.0, self.fixed_mobility, derived)[()]

    @property
    def window_low(self) -> Any:
        """Position x/L where a wall moving ON enters the junction's window."""
        return self.mtj_center - self.mtj_width / (2.0 * self.track_length)

    @property
    def window_high(self) -> Any:
        """Position x/L where a wall moving ON leaves the junction's window."""
        return self.mtj_center + self.mtj_width / (2.0 * self.track_length)

    def conductance(self, position: ArrayLike) -> NDArray[np.float64]:
        """Return the junction's conductance in siemens for walls at `position` (x/L), elementwise.

        Source: physics.md A1; the paper's Section "Spintronic neuron".
        """
        p = np.asarray(position, dtype=np.float64)
        off, on = 1.0 / self.r_antiparallel, 1.0 / self.r_parallel
        low, high = self.window_low, self.window_high
        share = np.clip((p - low) / (high - low), 0.0, 1.0)
        inside = (p > low) & (p < high)
        result: NDArray[np.float64] = off + (on - off) * share + inside * self.window_conductance_step * on
        return result


@dataclass(frozen=True, kw_only=True)
class Device(DeviceLaws, Parameters):
    """A domain-wall magnetic tunnel junction; the defaults are the paper's Table I. All values in SI units.

    Every field's metadata hold ``label``, ``symbol``, ``unit``, ``legal`` (range) and ``slider`` (low, high,
    step). A change is ``dataclasses.replace(device, tmr=2.0)``.

    Raises
    ------
    Refused
        If a value is not finite or outside its legal range, or the junction does not fit on its track.
    """

    lande_g: float = parameter(
        2.1,
        label=translatable("Landé factor"),
        symbol="g",
        unit="1",
        legal=(0.1, 10.0),
        slider=(1.5, 2.5, 0.01),
    )
    polarization: float = parameter(
        0.7,
        label=translatable("Spin polarization"),
        symbol="P",
        unit="1",
        legal=(0.01, 1.0),
        slider=(0.3, 1.0, 0.01),
    )
    saturation_magnetization: float = parameter(
        8e5,
        label=translatable("Saturation magnetization"),
        symbol="M_s",
        unit="A/m",
        legal=(1e4, 1e7),
        slider=(4e5, 1.6e6, 1e4),
    )
    cross_section: float = parameter(
        50e-18,
        label=translatable("Track cross-section"),
        symbol="A",
        unit="m2",
        legal=(1e-18, 1e-14),
        slider=(30e-18, 100e-18, 1e-18),
    )
    track_length: float = parameter(
        100e-9,
        label=translatable("Track length"),
        symbol="L",
        unit="m",
        legal=(1e-9, 1e-5),
        slider=(60e-9, 200e-9, 1e-9),
    )
    mtj_width: float = parameter(
        20e-9,
        label=translatable("MTJ width"),
        symbol="MTJ_w",
        unit="m",
        legal=(1e-10, 1e-5),
        slider=(4e-9, 50e-9, 1e-9),
    )
    mtj_center: float = parameter(
        0.5,
        label=translatable("MTJ placement"),
        symbol="MTJ_p",
        unit="%",
        legal=(0.0, 1.0),
        slider=(0.3, 0.7, 0.01),
    )
    soma_leak: float = parameter(
        0.2,
        label=translatable("Soma leak velocity"),
        symbol="v_soma",
        unit="m/s",
        legal=(-100.0, 100.0),
        slider=(-2.0, 2.0, 0.05),
    )
    axon_leak: float = parameter(
        -5.0,
        label=translatable("Axon leak velocity"),
        symbol="v_axon",
        unit="m/s",
        legal=(-100.0, -1e-3),
        slider=(-10.0, -1.0, 0.1),
    )
    tmr: float = parameter(
        3.0,
        label=translatable("Tunnel magnetoresistance"),
        symbol="TMR",
        unit="%",
        legal=(0.01, 100.0),
        slider=(0.5, 6.0, 0.05),
    )
    r_parallel: float = parameter(
        500.0,
        label=translatable("MTJ parallel resistance"),
        symbol="R_P",
        unit="ohm",
        legal=(1.0, 1e9),
        slider=(100.0, 2000.0, 10.0),
    )
    r_track: float = parameter(
        2000.0,
        label=translatable("Track resistance"),
        symbol="R_M",
        unit="ohm",
        legal=(1.0, 1e9),
        slider=(500.0, 6000.0, 50.0),
    )
    window_conductance_step: float = parameter(
        0.0, label=translatable("Extra window conductance"), symbol="dG R_P", unit="1", legal=(0.0, 10.0)
    )
    """Conductance added inside the window, as a share of 1/R_P; 0.1 in the released simulator (physics.md A6)."""
    fixed_mobility: float = parameter(
        0.0, label=translatable("Prescribed mobility"), symbol="mu", unit="1", legal=(0.0, 1e9)
    )
    """m/s per A; zero derives the mobility from g, P, M_s and A."""

    def __post_init__(self) -> None:
        for name in ("r_parallel", "r_track"):
            entry = self.__dataclass_fields__[name]
            validation.positive(
                getattr(self, name), f"{entry.metadata['label']} ({name})", entry.metadata["unit"]
            )
        super().__post_init__()
        if self.window_low <= 0.0 or self.window_high >= 1.0:
            msg = (
                f"The MTJ window, {self.window_low:.3g} to {self.window_high:.3g} of the track, does not fit on it; "
                "make mtj_width smaller or the track longer."
            )
            raise Refused(msg)

    @classmethod
    def published(cls) -> Device:
        """Return the device of the paper's released simulator, which differs from Table I (physics.md A6)."""
        return cls(mtj_width=10e-9, window_conductance_step=0.1, fixed_mobility=PUBLISHED_MOBILITY)


class DeviceArray(DeviceLaws):
    """N x N devices: entry (i, j) is the axon from neuron i to neuron j, entry (i, i) the soma of neuron i.

    Parameters
    ----------
    nominal : Device
        The nominal device; it sets the supply voltage.
    size : int
        The number of neurons N.
    variation : mapping of field name to (N, N) array
        Fields in which single devices differ from the nominal one.
    """

    def __init__(self, nominal: Device, size: int, variation: Mapping[str, ArrayLike]) -> None:
        known = {entry.name: entry for entry in fields(Device)}
        for name in variation:
            validation.one_of(name, "variation", list(known))
        for name in known:
            values = np.full((size, size), getattr(nominal, name))
            if name in variation:
                values = self._checked(variation[name], known[name], size)
            values.setflags(write=False)
            setattr(self, name, values)
        if (self.window_low <= 0.0).any() or (self.window_high >= 1.0).any():
            msg = "variation moves an MTJ window off its track; make the spread or mtj_width smaller."
            raise Refused(msg)

    @staticmethod
    def _checked(values: ArrayLike, entry: Field[Any], size: int) -> NDArray[np.float64]:
        array = validation.table(values, (size, size), f"variation[{entry.name!r}]")
        low, high = entry.metadata["legal"]
        for value in (array.min(), array.max()):  # min and max are both nan if one value is
            validation.within(float(value), f"variation[{entry.name!r}]", low, high, entry.metadata["unit"])
        return array
