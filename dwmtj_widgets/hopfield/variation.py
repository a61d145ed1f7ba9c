"""Fabricated chips: device spread, stuck walls, open synapses, thermal jitter.

A design is a `Network` of identical devices. `fabricate` makes a chip from it. All draws come from one seed, so the
same seed gives the same chip. Each kind of fault has an independent stream: more of one kind leaves the others
unchanged, and a larger spread moves every device further in the same direction.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.learning import MOST_LEVELS, quantised
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.parameters import parameter, translatable
from dwmtj_widgets.refusals import Refused

DISTRIBUTIONS: Final = ("normal", "lognormal")
STUCK_PLACES: Final = ("off", "on", "either", "anywhere")
_CUT: Final = 3.0
"""Standard deviations beyond which a device would fail inspection; such draws are repeated."""
_SPREAD: Final = (0.0, 0.3)


def _spread(label: str, symbol: str) -> Any:
    return parameter(0.0, label=label, symbol=symbol, unit="%", legal=_SPREAD, slider=(0.0, 0.2, 0.005))


@dataclass(frozen=True, kw_only=True)
class Variation:
    """Differences between chips and their design; by default none.

    Numeric fields have the same metadata as `Device`'s. Spreads are standard deviations relative to the design's
    value, of the value (``"normal"``) or of its logarithm (``"lognormal"``, the design is the median), cut off at
    three standard deviations.

    Raises
    ------
    Refused
        If a value is outside its legal range.
    """

    track_length: float = _spread(translatable("Spread of track length"), "s_L")
    tmr: float = _spread(translatable("Spread of TMR"), "s_TMR")
    r_parallel: float = _spread(translatable("Spread of parallel resistance"), "s_RP")
    leak: float = _spread(translatable("Spread of leak velocity"), "s_v")
    mobility: float = _spread(translatable("Spread of mobility"), "s_mu")
    stuck: float = parameter(
        0.0,
        label=translatable("Stuck walls"),
        symbol="stuck",
        unit="%",
        legal=(0.0, 1.0),
        slider=(0.0, 0.2, 0.005),
    )
    """Share of all N**2 walls that never move."""
    open: float = parameter(
        0.0,
        label=translatable("Open synapses"),
        symbol="open",
        unit="%",
        legal=(0.0, 1.0),
        slider=(0.0, 0.5, 0.01),
    )
    """Share of all N (N - 1) junctions of axons that conduct nothing."""
    levels: float = parameter(
        0.0,
        label=translatable("Weight levels"),
        symbol="levels",
        unit="1",
        legal=(0.0, float(MOST_LEVELS)),
        slider=(0.0, 32.0, 1.0),
    )
    """Number of voltages of a synaptic source, see `quantised`; 0 for any voltage."""
    jitter: float = parameter(
        0.0,
        label=translatable("Velocity jitter"),
        symbol="s_jitter",
        unit="m/s",
        legal=(0.0, 100.0),
        slider=(0.0, 5.0, 0.1),
    )
    """Thermal jitter of a moving wall: standard deviation of its velocity averaged over 1 ns, m/s."""
    distribution: str = "normal"
    """Distribution of the spreads: "normal" or "lognormal"."""
    stuck_at: str = "either"
    """Positions of stuck walls: "off", "on", "either" end at random, or "anywhere" on the track."""

    def __post_init__(self) -> None:
        for entry in self.controls().values():
            low, high = entry.metadata["legal"]
            name = f"{entry.metadata['label']} ({entry.name})"
            value = validation.within(getattr(self, entry.name), name, low, high, entry.metadata["unit"])
            object.__setattr__(self, entry.name, value)
        if self.levels and (self.levels < 2.0 or not self.levels.is_integer()):
            msg = f"levels is {self.levels:g}; it must be a whole number of at least 2, or 0 for any voltage."
            raise Refused(msg)
        validation.one_of(self.distribution, "distribution", DISTRIBUTIONS)
        validation.one_of(self.stuck_at, "stuck_at", STUCK_PLACES)

    @classmethod
    def controls(cls) -> dict[str, Field[float]]:
        """Return the numeric fields, by name."""
        return {entry.name: entry for entry in fields(cls) if entry.metadata}


class Chip(Network):
    """A fabricated network: devices differ, some walls are stuck, all others move with jitter.

    Parameters
    ----------
    weights, device, variation, connected, synaptic_weight
        As for `Network`.
    stuck : array_like, shape (N, N), optional
        Position x/L of stuck walls, nan for free ones: entry (i, j) is the axon from i to j, entry (i, i) the
        soma of i.
    jitter : float
        Standard deviation of a moving wall's velocity averaged over 1 ns, m/s. A wall pressed against an end of its
        track stays there (physics.md A1).
    noise_seed : int
        Seed of the jitter. The same seed gives the same jitter, however a run is cut into steps.

    Raises
    ------
    Refused
        If a value is illegal.
    """

    def __init__(
        self,
        weights: ArrayLike,
        device: Device | None = None,
        *,
        variation: Mapping[str, ArrayLike] | None = None,
        connected: ArrayLike | None = None,
        synaptic_weight: float | None = None,
        stuck: ArrayLike | None = None,
        jitter: float = 0.0,
        noise_seed: int = 0,
    ) -> None:
        super().__init__(
            weights, device, variation=variation, connected=connected, synaptic_weight=synaptic_weight
        )
        shape = self.weights.shape
        walls = validation.table(np.full(shape, np.nan) if stuck is None else stuck, shape, "stuck")
        held = walls[~np.isnan(walls)]
        if ((held < 0.0) | (held > 1.0)).any():
            msg = "stuck holds a value outside 0 to 1; it is x/L, from 0 (OFF) to 1 (ON), or nan for a free wall."
            raise Refused(msg)
        walls.setflags(write=False)
        self.stuck = walls
        low, high = Variation.controls()["jitter"].metadata["legal"]
        self.jitter = validation.within(jitter, "jitter", low, high, "m/s")
        self.noise_seed = int(validation.within(noise_seed, "noise_seed", 0, 2**63 - 1))

    @property
    def uniform(self) -> bool:
        """Always False: every axon is simulated separately."""
        return False

    @property
    def free(self) -> NDArray[np.bool_]:
        """Mask of the walls that can move, shape (N, N)."""
        return np.isnan(self.stuck)

    def changed(
        self,
        *,
        weights: ArrayLike | None = None,
        device: Device | None = None,
        variation: Mapping[str, ArrayLike] | None = None,
        connected: ArrayLike | None = None,
        synaptic_weight: float | None = None,
    ) -> Chip:
        """Return a chip with some of its parts replaced; stuck walls and jitter stay."""
        network = super().changed(
            weights=weights,
            device=device,
            variation=variation,
            connected=connected,
            synaptic_weight=synaptic_weight,
        )
        return _chip(network, stuck=self.stuck, jitter=self.jitter, noise_seed=self.noise_seed)

    def soma_velocity(self, dendrite: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the free velocity of every soma's wall in m/s, zero where it is stuck, without jitter."""
        return np.where(np.diagonal(self.free), super().soma_velocity(dendrite), 0.0)

    def axon_velocity(self, soma: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the free velocity of every axon's wall in m/s, zero where it is stuck, without jitter."""
        velocity = super().axon_velocity(soma)
        return np.where(np.isnan(velocity) | self.free, velocity, 0.0)


def fabricate(network: Network, variation: Variation, seed: int, noise_seed: int | None = None) -> Chip:
    """Return one chip of a design; the same seed gives the same chip.

    Parameters
    ----------
    network : Network
        The design, with identical devices; its cut synapses stay cut.
    variation : Variation
        How chips differ from it.
    seed : int
        From 0 to 2**63 - 1.
    noise_seed : int, optional
        Seed of the jitter; by default `seed`.

    Raises
    ------
    Refused
        If the network's devices differ already, the seed is illegal, or a spread moves a junction off its track.
    """
    if not network.uniform:
        msg = "the network's devices differ already; a chip is made of a design of identical devices."
        raise Refused(msg)
    number = int(validation.within(seed, "seed", 0, 2**63 - 1))
    size = network.size
    weights = quantised(network.weights, int(variation.levels)) if variation.levels else network.weights
    links = network.connected & ~_chosen(variation.open, ~np.eye(size, dtype=bool), _chance(number, "open"))
    design = Network(
        weights,
        network.device,
        variation=_spreads(network.device, size, variation, number),
        connected=links,
        # The weight magnitude in the paper's estimate must not change with the levels.
        synaptic_weight=network.synaptic_weight or None,
    )
    return _chip(
        design,
        stuck=_stuck(size, variation, number),
        jitter=variation.jitter,
        noise_seed=number if noise_seed is None else noise_seed,
    )


def _chip(network: Network, **faults: Any) -> Chip:
    return Chip(
        network.weights,
        network.device,
        variation=network.variation,
        connected=network.connected,
        synaptic_weight=network.synaptic_weight or None,
        **faults,
    )


def _chance(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def _spreads(device: Device, size: int, variation: Variation, seed: int) -> dict[str, NDArray[np.float64]]:
    """Return the fields in which devices differ, (N, N) each."""
    # The spread applies to the mobility itself, not to the material parameters behind it.
    nominal = {
        "track_length": {"track_length": device.track_length},
        "tmr": {"tmr": device.tmr},
        "r_parallel": {"r_parallel": device.r_parallel},
        "leak": {"soma_leak": device.soma_leak, "axon_leak": device.axon_leak},
        "mobility": {"fixed_mobility": float(device.mobility)},
    }
    result = {}
    for name, values in nominal.items():
        share = getattr(variation, name)
        if share == 0.0:
            continue
        deviation = share * _normal(_chance(seed, name), (size, size))
        factor = np.exp(deviation) if variation.distribution == "lognormal" else 1.0 + deviation
        result.update({target: value * factor for target, value in values.items()})
    return result


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return standard normal numbers, redrawn where they are beyond `_CUT`."""
    values = rng.standard_normal(shape)
    while (far := np.abs(values) > _CUT).any():
        values[far] = rng.standard_normal(int(far.sum()))
    return values


def _chosen(share: float, among: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Choose exactly this share of the places in `among`; a larger share includes a smaller one's places."""
    places = np.flatnonzero(among)
    chosen = np.zeros(among.size, dtype=bool)
    chosen[rng.permutation(places)[: round(share * places.size)]] = True
    return chosen.reshape(among.shape)


def _stuck(size: int, variation: Variation, seed: int) -> NDArray[np.float64]:
    """Return the positions of stuck walls, (N, N), nan for free ones."""
    rng = _chance(seed, "stuck")
    held = _chosen(variation.stuck, np.ones((size, size), dtype=bool), rng)
    drawn = rng.random((size, size))
    places = {
        "off": np.zeros((size, size)),
        "on": np.ones((size, size)),
        "either": np.round(drawn),
        "anywhere": drawn,
    }
    return np.where(held, places[variation.stuck_at], np.nan)
