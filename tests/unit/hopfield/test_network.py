"""The circuit as data: V_DW, the equations of physics.md A2 device by device, cut synapses, copies."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dwmtj_widgets import Device, Network, hebbian_weights

SIZE = 5


@pytest.fixture
def rng() -> np.random.Generator:
    """One source of chance a test."""
    return np.random.default_rng(11)


def random_network(rng: np.random.Generator, *, spread: bool, cut: bool) -> Network:
    """Return a network with asymmetric weights, perhaps with varied devices and cut synapses."""
    weights = rng.normal(0.0, 0.1, (SIZE, SIZE))
    np.fill_diagonal(weights, 0.0)
    names = ("tmr", "r_parallel", "r_track", "soma_leak", "axon_leak", "polarization")
    variation = {name: getattr(Device(), name) * rng.uniform(0.8, 1.2, (SIZE, SIZE)) for name in names}
    connected = rng.random((SIZE, SIZE)) < 0.7 if cut else None
    return Network(weights, variation=variation if spread else None, connected=connected)


def device_at(network: Network, i: int, j: int) -> Device:
    """Return one device of a network: the axon from i to j, or the soma i = j."""
    return Device(**{name: float(values[i, j]) for name, values in network.variation.items()})


every_kind = pytest.mark.parametrize(
    ("spread", "cut"), [(False, False), (False, True), (True, False), (True, True)]
)


@every_kind
def test_dendrite_voltage_is_the_divider_of_its_synapses(
    rng: np.random.Generator, *, spread: bool, cut: bool
) -> None:
    network = random_network(rng, spread=spread, cut=cut)
    axon = rng.random((SIZE, SIZE))
    np.fill_diagonal(axon, np.nan)
    voltage = network.dendrite_voltage(axon)
    for j in range(SIZE):
        current, conductance = 0.0, 1.0 / device_at(network, j, j).r_track
        for i in range(SIZE):
            if i != j and network.connected[i, j]:
                g = float(device_at(network, i, j).conductance(axon[i, j]))
                current += network.weights[i, j] * g
                conductance += g
        assert voltage[j] == pytest.approx(current / conductance, rel=1e-12, abs=0.0)


@every_kind
def test_axons_share_the_current_of_their_soma(rng: np.random.Generator, *, spread: bool, cut: bool) -> None:
    network = random_network(rng, spread=spread, cut=cut)
    soma = rng.random(SIZE)
    velocity = network.axon_velocity(soma)
    assert np.isnan(np.diagonal(velocity)).all()
    for i in range(SIZE):
        junction = float(device_at(network, i, i).conductance(soma[i]))
        tracks = [device_at(network, i, j).r_track for j in range(SIZE) if j != i]
        # Kirchhoff at the node between the soma's junction and its axon tracks.
        node = network.supply_voltage * junction / (junction + sum(1.0 / r for r in tracks))
        for j in range(SIZE):
            if j != i:
                device = device_at(network, i, j)
                expected = device.mobility * node / device.r_track + device.axon_leak
                assert velocity[i, j] == pytest.approx(expected, rel=1e-11, abs=0.0)


@every_kind
def test_soma_velocity_is_the_track_current_times_the_mobility(
    rng: np.random.Generator, *, spread: bool, cut: bool
) -> None:
    network = random_network(rng, spread=spread, cut=cut)
    dendrite = rng.normal(0.0, 0.1, SIZE)
    velocity = network.soma_velocity(dendrite)
    for j in range(SIZE):
        device = device_at(network, j, j)
        expected = device.mobility * dendrite[j] / device.r_track + device.soma_leak
        assert velocity[j] == pytest.approx(expected, rel=1e-12, abs=0.0)


def test_identical_axons_follow_the_papers_short_formula() -> None:
    network = Network(hebbian_weights([[1, 0, 1, 1, 0, 1]], 0.1))
    d, soma = network.device, np.array([0.0, 0.45, 0.5, 0.55, 0.6, 1.0])
    resistance = 1.0 / d.conductance(soma)
    expected = d.mobility * network.supply_voltage / (resistance * 5 + d.r_track) + d.axon_leak
    velocity = network.axon_velocity(soma)
    for i in range(6):
        np.testing.assert_allclose(np.delete(velocity[i], i), expected[i], rtol=1e-12, atol=0.0)


@pytest.mark.parametrize("size", [2, 3, 20, 100])
def test_supply_voltage_balances_the_leak_at_the_mean_resistance(size: int) -> None:
    network = Network(np.zeros((size, size)))
    d = network.device
    expected = 5.0 / d.mobility * ((size - 1) * (500.0 + 2000.0) / 2 + 2000.0)
    assert network.supply_voltage == pytest.approx(expected, rel=1e-14, abs=0.0)
    # A soma of the mean resistance, 1250 ohm, holds its axons; a lower one drives them ON, a higher one OFF.
    balanced = d.window_low + (1 / 1250 - 1 / 2000) / (1 / 500 - 1 / 2000) * (d.window_high - d.window_low)
    velocity = [network.axon_velocity(np.full(size, at))[0, 1] for at in (0.0, balanced, 1.0)]
    assert velocity[0] < -0.5
    assert velocity[1] == pytest.approx(0.0, abs=1e-12)
    assert velocity[2] > 0.5


def test_cutting_a_synapse_takes_its_term_out_of_one_dendrite(network: Network) -> None:
    axon = np.linspace(0.0, 1.0, network.size**2).reshape(network.size, network.size)
    cut = network.with_synapse(2, 5, connected=False)
    before, after = network.dendrite_voltage(axon), cut.dendrite_voltage(axon)
    others = np.arange(network.size) != 5
    assert np.array_equal(before[others], after[others])
    g = network.axon_conductance(axon)[:, 5]
    w = network.weights[:, 5]
    rest = np.arange(network.size) != 2
    expected = (w * g)[rest].sum() / (1.0 / network.device.r_track + g[rest].sum())
    assert after[5] == pytest.approx(expected, rel=1e-12, abs=0.0)
    assert abs(after[5] - before[5]) > 1e-4
    restored = cut.with_synapse(2, 5, connected=True)
    assert np.array_equal(restored.dendrite_voltage(axon), before)


def test_a_cut_synapse_still_loads_its_soma(network: Network) -> None:
    """The axon's track stays connected; only its junction is open."""
    soma = np.linspace(0.0, 1.0, network.size)
    cut = network.with_synapse(2, 5, connected=False)
    assert np.array_equal(cut.axon_velocity(soma), network.axon_velocity(soma), equal_nan=True)


def test_network_keeps_copies_that_cannot_be_written() -> None:
    weights = np.array([[0.0, 0.1], [0.1, 0.0]])
    connected = np.ones((2, 2), dtype=bool)
    network = Network(weights, connected=connected)
    weights[0, 1], connected[0, 1] = 9.0, False
    assert network.weights[0, 1] == 0.1
    assert network.connected[0, 1]
    for array in (network.weights, network.connected):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 1] = 1


def test_changed_replaces_one_part_and_keeps_the_others(network: Network) -> None:
    cut = network.with_synapse(0, 1, connected=False)
    device = Device(tmr=2.0)
    other = cut.changed(device=device)
    assert other.device == device
    assert np.array_equal(other.weights, network.weights)
    assert not other.connected[0, 1]
    doubled = cut.changed(weights=2 * network.weights)
    assert doubled.device == network.device
    assert not doubled.connected[0, 1]
    assert network.connected[0, 1], "the first network must not change"


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([[0.0, 0.3], [-0.1, 0.0]], 0.1),
        ([[0.0, 0.0], [0.0, 0.0]], 0.0),
        ([[0.0, 0.3, -0.3], [0.3, 0.0, 0.1], [-0.3, 0.1, 0.0]], 0.1),
    ],
)
def test_synaptic_weight_is_the_smallest_magnitude(weights: NDArray[np.float64], expected: float) -> None:
    assert Network(weights).synaptic_weight == expected


def test_synaptic_weight_can_be_told() -> None:
    assert Network([[0.0, 0.3], [0.3, 0.0]], synaptic_weight=0.15).synaptic_weight == 0.15


def test_uniform_tells_whether_devices_differ(network: Network) -> None:
    assert network.uniform
    assert not network.changed(variation={"tmr": np.full((network.size, network.size), 3.0)}).uniform
