"""The event integrator against closed forms, and against explicit Euler with a shrinking step."""

import numpy as np
import pytest
from numpy.typing import NDArray
from reference import NANOSECOND, PICOSECOND

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights

FEMTOSECOND = 1e-15


def silent(size: int, **parameters: float) -> Network:
    """Return a network without weights: after loading only the leaks move its somas."""
    return Network(np.zeros((size, size)), Device(**parameters))


@pytest.mark.kernels
@pytest.mark.parametrize("charge_voltage", [0.03, 0.1, 0.25])
@pytest.mark.parametrize("bit", [1, 0])
def test_soma_crosses_its_track_at_the_charge_current(charge_voltage: float, bit: int) -> None:
    network = silent(4)
    d = network.device
    velocity = d.mobility * charge_voltage / d.r_track + (d.soma_leak if bit else -d.soma_leak)
    traversal = d.track_length / velocity
    pattern, start = np.full(4, bit), np.full(4, 1.0 - bit)
    simulation = Simulation(network, pattern, charge_voltage=charge_voltage, soma_start=start)
    way = np.abs(simulation.step(0.3 * traversal).soma - start)
    np.testing.assert_allclose(way, 0.3, rtol=1e-12, atol=0.0)
    # 1e-8 of a track is where a wall counts as arrived.
    way = np.abs(simulation.step((0.7 - 1e-7) * traversal).soma - start)
    assert (way < 1.0).all()
    np.testing.assert_allclose(way, 1.0 - 1e-7, rtol=1e-10, atol=0.0)
    assert np.array_equal(simulation.step(2e-7 * traversal).soma, pattern)


@pytest.mark.parametrize("size", [2, 8, 60])
def test_axons_cross_their_tracks_by_the_law(size: int) -> None:
    network = silent(size)
    d = network.device
    current = network.supply_voltage / (d.r_parallel * (size - 1) + d.r_track)
    traversal = d.track_length / (d.mobility * current - abs(d.axon_leak))
    # Nothing else moves, so the run ends when the axons arrive, but not before loading ends.
    simulation = Simulation(network, np.ones(size), soma_start="pattern")
    half_way = Simulation(network, np.ones(size), soma_start="pattern").step(0.5 * traversal).axon
    np.testing.assert_allclose(half_way[~np.isnan(half_way)], 0.5, rtol=1e-12, atol=0.0)
    result = simulation.run()
    assert result.converged
    assert np.nanmin(result.axon) == 1.0
    assert result.time == pytest.approx(max(traversal, simulation.load_time), rel=0.0, abs=FEMTOSECOND)


def test_axons_fall_back_at_the_current_of_an_off_soma() -> None:
    network = silent(8, soma_leak=-0.2)
    d = network.device
    velocity = abs(d.axon_leak) - d.mobility * network.supply_voltage / (d.r_antiparallel * 7 + d.r_track)
    simulation = Simulation(network, np.ones(8), soma_start="pattern", load_time=40 * NANOSECOND)
    simulation.step(simulation.load_time)
    assert np.nanmin(simulation.axon) == 1.0
    for neuron in range(8):
        simulation.set_soma(neuron, 0.0)
    result = simulation.run()
    assert np.nanmax(result.axon) == 0.0
    assert result.time - simulation.load_time == pytest.approx(
        d.track_length / velocity, rel=0.0, abs=FEMTOSECOND
    )


def axon_way(network: Network, g_from: float, g_to: float, seconds: float) -> float:
    """Return how far (m) an axon moves while its soma's conductance goes evenly from one value to another.

    The integral of mu V_DW G / (N - 1 + R_M G) + v_leak over the time, with G linear in it.
    """
    d, fan = network.device, network.size - 1
    logarithm = np.log((fan + d.r_track * g_to) / (fan + d.r_track * g_from)) / (g_to - g_from)
    mean_current = network.supply_voltage / d.r_track * (1.0 - fan / d.r_track * logarithm)
    return float((d.mobility * mean_current + d.axon_leak) * seconds)


@pytest.mark.parametrize("size", [3, 8, 60])
def test_axon_follows_a_soma_that_drifts_through_its_window(size: int) -> None:
    """Somas without input drift ON at 0.2 m/s; the axons' way under them is an integral with a logarithm."""
    network = silent(size)
    d = network.device
    simulation = Simulation(network, np.zeros(size))
    loaded = simulation.load_time
    off, on = 1.0 / d.r_antiparallel, 1.0 / d.r_parallel
    # Soma p = 0.2 m/s t / L. An axon leaves OFF when its soma passes the mean resistance, where its current balances.
    window = (d.window_high - d.window_low) * d.track_length / d.soma_leak
    entry = loaded + d.window_low * d.track_length / d.soma_leak
    balanced = 2.0 / (d.r_parallel + d.r_antiparallel)
    start = entry + window * (balanced - off) / (on - off)

    def expected(delay: float) -> float:
        g = balanced + (on - off) * delay / window
        return axon_way(network, balanced, g, delay) / d.track_length

    for delay in (5 * NANOSECOND, 10 * NANOSECOND, 20 * NANOSECOND):
        simulation.step(start + delay - simulation.time)
        axon = simulation.axon
        assert 0.0 < expected(delay) < 1.0
        # Inside a long step a position is read off a cubic: 0.01 nm.
        np.testing.assert_allclose(axon[~np.isnan(axon)], expected(delay), rtol=0.0, atol=1e-4)
        drifted = d.soma_leak * (start + delay - loaded) / d.track_length
        np.testing.assert_allclose(simulation.soma, drifted, rtol=1e-12, atol=0.0)
    delays = np.linspace(20 * NANOSECOND, 79 * NANOSECOND, 6001)
    arrival = start + float(np.interp(1.0, [expected(delay) for delay in delays], delays))
    simulation.step(arrival - PICOSECOND - simulation.time)
    assert np.nanmax(simulation.axon) < 1.0
    assert np.nanmin(simulation.step(2 * PICOSECOND).axon) == 1.0
    result = simulation.run()
    assert result.bits.tolist() == [1] * size
    assert result.time == pytest.approx(loaded + d.track_length / d.soma_leak, rel=0.0, abs=FEMTOSECOND)


def state(simulation: Simulation) -> NDArray[np.float64]:
    """Return all walls, in the order soma, axon."""
    return np.concatenate([simulation.soma, simulation.moment.axon])


@pytest.mark.parametrize("device", [Device(), Device.published()], ids=["Table I", "published"])
def test_euler_approaches_it_with_the_first_order(
    memory: NDArray[np.uint8], probe: NDArray[np.uint8], device: Device
) -> None:
    network = Network(hebbian_weights([memory], 0.1), device)
    moment = 24 * NANOSECOND
    exact = Simulation(network, probe).step(moment)
    steps = PICOSECOND * np.array([16.0, 8.0, 4.0, 2.0, 1.0, 0.5])
    walls, energy = [], []
    for time_step in steps:
        euler = Simulation(network, probe, integrator="euler", time_step=time_step).step(moment)
        assert euler.time == pytest.approx(moment, rel=1e-12, abs=0.0)
        walls.append(np.abs(state(euler) - state(exact)).max())
        energy.append(abs(euler.energy / exact.energy - 1.0))
    for errors in (walls, energy):
        order = np.polyfit(np.log(steps), np.log(errors), 1)[0]
        assert 0.93 < order < 1.07
    # What would be left at a step of zero is the event integrator's own error.
    assert walls[-1] < 5e-5
    assert energy[-1] < 1e-4


def stirred(seed: int, *, cut: bool, symmetric: bool, published: bool) -> tuple[Network, NDArray[np.int64]]:
    """Return a network of five neurons with weights at random, and a pattern."""
    rng = np.random.default_rng(seed)
    weights = rng.normal(0.0, 0.1, (5, 5))
    if symmetric:
        weights = (weights + weights.T) / 2**0.5
    np.fill_diagonal(weights, 0.0)
    connected = rng.random((5, 5)) < 0.7 if cut else None
    device = Device.published() if published else Device()
    return Network(weights, device, connected=connected), rng.integers(0, 2, 5)


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("symmetric", [True, False])
@pytest.mark.parametrize("cut", [False, True])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_euler_of_a_small_step_agrees_on_any_network(
    seed: int, *, cut: bool, symmetric: bool, published: bool
) -> None:
    network, pattern = stirred(seed, cut=cut, symmetric=symmetric, published=published)
    exact = Simulation(network, pattern, max_time=80 * NANOSECOND)
    euler = Simulation(
        network, pattern, max_time=80 * NANOSECOND, integrator="euler", time_step=0.1 * PICOSECOND
    )
    for _ in range(15):
        exact.step(5 * NANOSECOND)
        euler.step(5 * NANOSECOND)
        np.testing.assert_allclose(state(exact), state(euler), rtol=0.0, atol=1e-4)
    assert exact.run().phase == euler.run().phase
    assert exact.time == pytest.approx(euler.time, rel=0.0, abs=PICOSECOND)
    assert exact.energy == pytest.approx(euler.energy, rel=2e-5, abs=0.0)


@pytest.mark.parametrize("edge", ["window_low", "window_high"])
@pytest.mark.parametrize("bit", [0, 1])
def test_walls_that_start_on_an_edge_of_the_window(edge: str, bit: int, memory: NDArray[np.uint8]) -> None:
    network = Network(hebbian_weights([memory], 0.1))
    start = np.full(network.size, getattr(network.device, edge))
    options = {"soma_start": start, "max_time": 30 * NANOSECOND}
    pattern = np.full(network.size, bit)
    exact = Simulation(network, pattern, **options)
    euler = Simulation(network, pattern, integrator="euler", time_step=0.1 * PICOSECOND, **options)
    for _ in range(10):
        exact.step(0.3 * NANOSECOND)
        euler.step(0.3 * NANOSECOND)
        np.testing.assert_allclose(state(exact), state(euler), rtol=0.0, atol=1e-5)


def test_a_soma_in_perfect_balance_leaves_when_the_balance_ends() -> None:
    """Without leak a soma between +W and -W stands exactly still, until one of its axons enters its window."""
    weights = np.zeros((3, 3))
    weights[0, 2], weights[1, 2] = 0.1, -0.1
    options = {"load_time": 60 * NANOSECOND, "max_time": 200 * NANOSECOND}
    network = Network(weights, Device(soma_leak=0.0))
    exact = Simulation(network, [1, 1, 0], **options)
    euler = Simulation(network, [1, 1, 0], integrator="euler", time_step=0.2 * PICOSECOND, **options)
    for simulation in (exact, euler):
        simulation.step(60.5 * NANOSECOND)
        assert simulation.converged
        assert simulation.soma.tolist() == [1.0, 1.0, 0.0]
        simulation.set_soma(1, 0.0)  # its axon falls from ON through the window
    for _ in range(25):
        exact.step(2 * NANOSECOND)
        euler.step(2 * NANOSECOND)
        np.testing.assert_allclose(exact.soma, euler.soma, rtol=0.0, atol=1e-3)
    assert exact.soma[2] == 1.0


@pytest.mark.slow
def test_a_soma_in_perfect_balance_leaves_when_the_balance_ends_slowly() -> None:
    """Two axons that feed it with opposite sign move as one, until the soma of one of them enters its window."""
    parameters = {"track_length": 60e-9, "mtj_width": 30e-9, "axon_leak": -9.0, "tmr": 0.5}
    device = Device(soma_leak=0.0, r_parallel=100.0, r_track=500.0, **parameters)
    network = Network(hebbian_weights([[1, 1, 1, 0, 0, 1, 0, 0, 1]], 0.1), device)
    pattern = [1, 0, 0, 0, 0, 0, 0, 1, 0]
    coarse, fine = (
        Simulation(network, pattern, integrator="euler", time_step=time_step * PICOSECOND).run().time
        for time_step in (0.1, 0.05)
    )
    exact = Simulation(network, pattern).run().time
    assert exact == pytest.approx(2 * fine - coarse, rel=0.0, abs=0.5 * PICOSECOND)


@pytest.mark.parametrize(
    ("stored", "pattern"),
    [
        ([[0, 1, 0, 0], [1, 0, 1, 0]], [0, 0, 0, 1]),
        pytest.param(
            [[0, 0, 1, 1, 1, 1, 1], [0, 1, 0, 1, 0, 1, 1]], [0, 0, 0, 0, 0, 0, 0], marks=pytest.mark.slow
        ),
    ],
)
def test_late_decisions_are_accurate_to_a_picosecond(stored: list[list[int]], pattern: list[int]) -> None:
    """Dendrites in balance let their somas drift for 200 ns; then soma and axon pull each other out of it."""
    network = Network(hebbian_weights(stored, 0.1))
    coarse, fine = (
        Simulation(network, pattern, integrator="euler", time_step=time_step * PICOSECOND).run().time
        for time_step in (0.4, 0.2)
    )
    limit = 2 * fine - coarse  # Euler's rule at a step of zero
    assert Simulation(network, pattern).run().time == pytest.approx(limit, rel=0.0, abs=PICOSECOND)
