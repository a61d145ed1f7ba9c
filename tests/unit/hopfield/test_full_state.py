"""Every device for itself: equal to the collapsed network without spread, to explicit Euler with it."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from reference import NANOSECOND, PICOSECOND, Case

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights

SIZE = 8
ELSEWHERE = ~np.eye(SIZE, dtype=bool)


def recall(seed: int) -> Case:
    """Return a recall of one stored pattern with two bits wrong."""
    rng = np.random.default_rng(seed)
    stored = rng.integers(0, 2, SIZE).astype(np.uint8)
    pattern = stored.copy()
    pattern[rng.choice(SIZE, 2, replace=False)] ^= 1
    return Case(Network(hebbian_weights([stored], 0.1)), pattern, {})


def full(case: Case, device: Device | None = None, **fields: NDArray[np.float64]) -> Case:
    """Return the run with N**2 devices, differing in `fields` if there are any."""
    device = case.network.device if device is None else device
    variation = fields or {"tmr": np.full((case.network.size,) * 2, device.tmr)}
    return Case(case.network.changed(device=device, variation=variation), case.pattern, case.options)


def lognormal(seed: int, share: float) -> dict[str, NDArray[np.float64]]:
    """Return TMR and R_P of all devices with a lognormal spread."""
    rng = np.random.default_rng(seed)
    return {
        name: getattr(Device(), name) * np.exp(rng.normal(0.0, share, (SIZE, SIZE)))
        for name in ("tmr", "r_parallel")
    }


def walls(simulation: Simulation) -> NDArray[np.float64]:
    """Return the positions of all N**2 walls, x/L, somas on the diagonal."""
    table = simulation.axon
    np.fill_diagonal(table, simulation.soma)
    return table


@pytest.mark.parametrize(
    ("integrator", "position", "energy"),
    # Euler's two ways differ in how they sum the energy of a step, by 1 ps of the power.
    [("events", 5e-5, 1e-5), ("euler", 1e-9, 1e-5)],
)
@pytest.mark.parametrize("seed", range(1, 7))
def test_devices_without_spread_are_the_collapsed_network(
    seed: int, integrator: str, position: float, energy: float
) -> None:
    """5e-5 of a track is 0.005 nm. Seed 0 is left out here and below: it decides late (see there)."""
    case = recall(seed)
    one, other = case.simulation(integrator=integrator), full(case).simulation(integrator=integrator)
    assert one.moment.axon.shape == (SIZE,)
    while not one.finished:
        one.step(0.5 * NANOSECOND)
        other.step(0.5 * NANOSECOND)
        np.testing.assert_allclose(walls(one), walls(other), rtol=0.0, atol=position)
    assert other.moment.axon.shape == (SIZE, SIZE)
    result, collapsed = other.run(), one.run()
    assert result.converged
    assert result.bits.tolist() == collapsed.bits.tolist()
    assert result.time == pytest.approx(collapsed.time, rel=0.0, abs=PICOSECOND)
    assert result.energy == pytest.approx(collapsed.energy, rel=energy, abs=0.0)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_leapfrog_agrees_with_a_fine_euler_step_under_spread(seed: int) -> None:
    """Seed 0 decides at 60 ns between dendrites in balance, which makes 0.02 nm out of the leapfrog's 0.002."""
    case = recall(seed)
    varied = full(case, **lognormal(seed, 0.05))
    leapfrog = varied.simulation()
    coarse, fine = (
        varied.simulation(integrator="euler", time_step=step * PICOSECOND) for step in (0.5, 0.25)
    )
    apart = 0.0
    while not leapfrog.finished:
        for simulation in (leapfrog, coarse, fine):
            simulation.step(0.5 * NANOSECOND)
        # Euler's first-order error is taken out by going to a step of zero; 5e-5 of a track is 0.005 nm.
        exact = 2 * walls(fine) - walls(coarse)
        np.testing.assert_allclose(walls(leapfrog), exact, rtol=0.0, atol=5e-5)
        assert np.abs(walls(leapfrog) - walls(fine)).max() < 3e-4
        apart = max(apart, float(np.ptp(np.where(ELSEWHERE, walls(leapfrog), 0.0), axis=1).max()))
    assert apart > 0.01, "the axons of one neuron must differ, or nothing was tested"
    assert leapfrog.time == pytest.approx(2 * fine.run().time - coarse.run().time, rel=0.0, abs=PICOSECOND)
    assert leapfrog.energy == pytest.approx(2 * fine.energy - coarse.energy, rel=3e-5, abs=0.0)


def test_a_spread_in_every_field_reaches_its_devices() -> None:
    """Each field alone changes the run, and by the same in both integrators."""
    case = recall(1)
    plain = full(case).simulation().run()
    rng = np.random.default_rng(9)
    names = [
        "lande_g",
        "polarization",
        "saturation_magnetization",
        "cross_section",
        "track_length",
        "mtj_width",
    ]
    names += ["mtj_center", "soma_leak", "axon_leak", "tmr", "r_parallel", "r_track"]
    for name in names:
        spread = getattr(Device(), name) * np.exp(rng.normal(0.0, 0.03, (SIZE, SIZE)))
        varied = full(case, **{name: np.minimum(spread, 0.99) if name == "polarization" else spread})
        leapfrog, euler = varied.simulation().run(), varied.simulation(integrator="euler").run()
        assert leapfrog.time == pytest.approx(euler.time, rel=0.0, abs=20 * PICOSECOND), name
        assert leapfrog.energy == pytest.approx(euler.energy, rel=5e-4, abs=0.0), name
        assert (leapfrog.time, leapfrog.energy) != (plain.time, plain.energy), name


@pytest.mark.kernels
def test_one_slow_axon_arrives_last() -> None:
    """Its own leak alone makes it slower: the time is the law of that one device."""
    size = 4
    leak = np.full((size, size), -5.0)
    leak[2, 1] = -6.0
    network = Network(np.zeros((size, size)), variation={"axon_leak": leak})
    d = network.device
    drive = d.mobility * network.supply_voltage / (d.r_parallel * (size - 1) + d.r_track)
    simulation = Simulation(network, np.ones(size), soma_start="pattern")
    simulation.step(10 * NANOSECOND)
    ways = (drive + leak) * 10 * NANOSECOND / d.track_length
    other = ~np.eye(size, dtype=bool)
    np.testing.assert_allclose(simulation.axon[other], ways[other], rtol=1e-9, atol=0.0)
    result = simulation.run()
    assert result.time == pytest.approx(d.track_length / (drive - 6.0), rel=0.0, abs=0.01 * PICOSECOND)


@pytest.mark.parametrize("integrator", ["events", pytest.param("euler", marks=pytest.mark.slow)])
def test_frames_of_any_length_do_not_change_a_run_of_every_device(integrator: str) -> None:
    case = full(recall(2), **lognormal(2, 0.1))
    whole = case.simulation(integrator=integrator).run()
    for frame in (0.013, 0.7, 7.0):
        simulation = case.simulation(integrator=integrator)
        while not simulation.finished:
            simulation.step(frame * NANOSECOND)
        chopped = simulation.result()
        assert chopped.time == whole.time
        assert chopped.energy_parts == whole.energy_parts
        assert np.array_equal(chopped.soma, whole.soma)
        assert np.array_equal(chopped.axon, whole.axon, equal_nan=True)


@pytest.mark.kernels
def test_axons_apart_stay_apart_when_the_spread_is_taken_away() -> None:
    """A run whose walls have come apart is not collapsed again, whatever becomes of its devices."""
    case = recall(3)
    varied = full(case, **lognormal(3, 0.2))
    simulation = varied.simulation().step(12 * NANOSECOND)
    before = simulation.axon
    simulation.change(variation={})
    assert simulation.network.uniform
    assert np.array_equal(simulation.axon, before, equal_nan=True)
    simulation.step(0.5 * NANOSECOND)
    assert simulation.moment.axon.shape == (SIZE, SIZE)
    moved = (simulation.axon - before)[ELSEWHERE]
    assert (np.abs(moved - np.median(moved)) > 1e-6).any(), (
        "half of the somas are OFF, so axons differ in speed"
    )
    assert simulation.run().converged


@pytest.mark.kernels
def test_a_single_stuck_axon_changes_one_dendrite_only() -> None:
    """TMR of nearly nothing: the junction no longer tells where its wall is."""
    case = recall(4)
    plain = full(case).simulation().step(16 * NANOSECOND)
    before = plain.soma
    moving = np.flatnonzero(np.abs(plain.step(0.2 * NANOSECOND).soma - before) > 1e-3)
    assert moving.size > 0
    tmr = np.full((SIZE, SIZE), 3.0)
    source, target = (moving[0] + 1) % SIZE, moving[0]
    tmr[source, target] = 0.01
    simulation = full(case, tmr=tmr).simulation().step(16.2 * NANOSECOND)
    assert np.flatnonzero(np.abs(simulation.soma - plain.soma) > 1e-9).tolist() == [target]


def test_a_soma_that_arrives_last_ends_the_run_at_its_arrival() -> None:
    """A soma that drifts ON beyond the window arrives long after its axons."""
    size = 3
    simulation: dict[str, Any] = {}
    for name, variation in (("one", None), ("every", {"tmr": np.full((size, size), 3.0)})):
        network = Network(np.zeros((size, size)), Device(soma_leak=0.3), variation=variation)
        start = Simulation(network, [1, 1, 1], soma_start="pattern").step(50 * NANOSECOND)
        assert start.time == pytest.approx(40 * NANOSECOND, rel=1e-9, abs=0.0), "the axons take 40 ns"
        simulation[name] = start.set_soma(0, 0.7).run()
    exact = (40 + 0.3 * 100 / 0.3) * NANOSECOND
    assert simulation["one"].time == pytest.approx(exact, rel=0.0, abs=0.01 * PICOSECOND)
    assert simulation["every"].time == pytest.approx(exact, rel=0.0, abs=0.01 * PICOSECOND)
