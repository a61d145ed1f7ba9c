"""Energy and power by the circuit (physics.md A5, written out here), and the paper's closed-form estimate."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from reference import NANOSECOND

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.hopfield import published_estimate
from dwmtj_widgets.hopfield.energy import Parts, estimate_stages, settling_time


def circuit_power(simulation: Simulation) -> Parts:
    """Return the power of the present moment by the formulas of physics.md A5, from the walls alone."""
    network, loading = simulation.network, simulation.time <= simulation.load_time
    size = network.size
    r_track = np.broadcast_to(network.devices.r_track, (size, size))
    supply, synapses, charging = 0.0, 0.0, 0.0
    soma_resistance = 1.0 / network.soma_conductance(simulation.soma)
    for i in range(size):
        tracks = 1.0 / sum(1.0 / r_track[i, j] for j in range(size) if j != i)
        supply += network.supply_voltage**2 / (soma_resistance[i] + tracks)
    if loading:
        charging = sum(simulation.charge_voltage**2 / r_track[j, j] for j in range(size))
    else:
        voltage = network.dendrite_voltage(simulation.axon)
        conductance = network.axon_conductance(simulation.axon)
        for i in range(size):
            for j in range(size):
                synapses += network.weights[i, j] * (network.weights[i, j] - voltage[j]) * conductance[i, j]
    return Parts(supply, synapses, charging)


def spread(network: Network) -> Network:
    """Return the network with devices that differ in every resistance."""
    rng = np.random.default_rng(8)
    shape = (network.size, network.size)
    names = ("tmr", "r_parallel", "r_track")
    return network.changed(
        variation={n: getattr(network.device, n) * rng.uniform(0.9, 1.1, shape) for n in names}
    )


@pytest.mark.parametrize(
    ("integrator", "varied", "tolerance"),
    # Between the ends of a step the power is read off a polynomial; Euler's walls are on the grid.
    [("events", False, 2e-3), ("euler", False, 1e-10), ("events", True, 2e-4), ("euler", True, 1e-10)],
)
@pytest.mark.parametrize("cut", [False, True])
def test_power_is_that_of_the_circuit(
    network: Network, probe: NDArray[np.uint8], integrator: str, tolerance: float, *, varied: bool, cut: bool
) -> None:
    if cut:
        network = network.with_synapse(3, 1, connected=False).with_synapse(2, 6, connected=False)
    if varied:
        network = spread(network)
    simulation = Simulation(network, probe, integrator=integrator)
    for target in (0.7, 1.3, 9.0, 15.9, 16.1, 17.5, 21.0, 27.0, 31.0, 43.0):
        simulation.step(target * NANOSECOND - simulation.time)
        power, expected = simulation.power_parts, circuit_power(simulation)
        assert power.loading == pytest.approx(expected.loading, rel=1e-12, abs=0.0)
        assert power.supply == pytest.approx(expected.supply, rel=tolerance, abs=0.0)
        assert power.synapses == pytest.approx(expected.synapses, rel=tolerance, abs=0.0)
        assert simulation.power == pytest.approx(sum(power), rel=1e-14, abs=0.0)


@pytest.mark.parametrize("integrator", ["events", "euler"])
@pytest.mark.parametrize("varied", [False, True])
def test_energy_is_the_integral_of_power(
    network: Network, probe: NDArray[np.uint8], integrator: str, *, varied: bool
) -> None:
    simulation = Simulation(spread(network) if varied else network, probe, integrator=integrator)
    recording = simulation.record(0.01 * NANOSECOND)
    simulation.run()
    times, powers, energies = recording.times, recording.powers, recording.energies
    running = times > simulation.load_time + 0.02 * NANOSECOND  # power jumps when loading ends
    for mask in (running, times < simulation.load_time - 0.02 * NANOSECOND):
        assert mask.sum() > 1000
        integral = np.trapezoid(powers[mask], times[mask], axis=0)
        gained = energies[mask][-1] - energies[mask][0]
        np.testing.assert_allclose(gained, integral, rtol=5e-5, atol=1e-9 * gained.sum())


@pytest.mark.parametrize("integrator", ["events", "euler"])
@pytest.mark.parametrize("charge_voltage", [0.1, 0.25])
def test_loading_energy_is_known(
    network: Network, probe: NDArray[np.uint8], charge_voltage: float, integrator: str
) -> None:
    simulation = Simulation(network, probe, charge_voltage=charge_voltage, integrator=integrator)
    parts = simulation.run().energy_parts
    expected = network.size * charge_voltage**2 / network.device.r_track * simulation.load_time
    # Euler loads while t <= t_load: one step of 1 ps more.
    assert parts.loading == pytest.approx(expected, rel=1e-12 if integrator == "events" else 1e-4, abs=0.0)


def test_a_network_at_rest_spends_its_supply_and_its_weights() -> None:
    """All somas and axons ON: every term of A5 is a number."""
    size = 4
    network = Network(0.1 * (1.0 - np.eye(size)))
    result = Simulation(network, np.ones(size), soma_start="pattern", load_time=60 * NANOSECOND).run()
    assert result.time == 60 * NANOSECOND
    g = 1 / 500
    voltage = 3 * 0.1 * g / (1 / 2000 + 3 * g)
    expected = 12 * 0.1 * (0.1 - voltage) * g + 4 * network.supply_voltage**2 / (500 + 2000 / 3)
    assert result.power == pytest.approx(expected, rel=1e-12, abs=0.0)


def test_parts_add_up() -> None:
    parts = Parts(supply=1.0, synapses=2.0, loading=4.0)
    assert parts.total == 7.0


# -- the paper's estimate --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "nanoseconds", "nanojoules", "milliwatts"),
    [(60, 81.2, "3.60", "44.3"), (60, 344.0, "17.4", "50.6"), (100, 78.14, "11.04", None)],
)
def test_estimate_gives_the_printed_digits(
    size: int, nanoseconds: float, nanojoules: str, milliwatts: str | None
) -> None:
    energy = published_estimate(size, nanoseconds * NANOSECOND)
    decimals = len(nanojoules.split(".")[1])
    assert f"{energy * 1e9:.{decimals}f}" == nanojoules
    if milliwatts is not None:
        assert f"{energy / (nanoseconds * NANOSECOND) * 1e3:.1f}" == milliwatts


def estimate_by_hand(size: int, time: float, v_c: float, w: float, d: Device) -> float:
    """Return the estimate as physics.md A5 writes it, with exact binomials."""
    r_m, r_p, r_ap = d.r_track, d.r_parallel, d.r_parallel * (1 + d.tmr)
    v_dw = abs(d.axon_leak) / d.mobility * ((size - 1) * (r_p + r_ap) / 2 + r_m)
    p_out = (v_dw**2 / (r_p + r_m / (size - 1)) + v_dw**2 / (r_ap + r_m / (size - 1))) / 2
    p_in = 0.0
    for r in (r_p, r_ap):
        p_in += 0.5 * 2 / 2 ** (size - 1) * w**2 / (r_m + r / (size - 1))
        for c in range(1, size - 1):
            a, b = r / c, r / (size - 1 - c)
            share = math.comb(size - 1, c) / 2 ** (size - 1)
            p_in += 0.5 * share * w**2 * (a + b + 4 * r_m) / (a * b + b * r_m + a * r_m)
    t_con = d.track_length / (d.mobility * v_dw / (r_p * (size - 1) + r_m) - abs(d.axon_leak))
    t_con += 0.6 * d.track_length / (d.mobility * v_c / r_m + d.soma_leak)
    return t_con * size * (v_c**2 / r_m + p_out) + (time - t_con) * size * (p_in + p_out)


@given(
    st.integers(3, 120),
    st.floats(20 * NANOSECOND, 1000 * NANOSECOND),
    st.floats(0.02, 0.3),
    st.floats(0.01, 0.3),
    st.sampled_from([Device(), Device.published(), Device(tmr=1.2, r_track=900.0, soma_leak=-0.1)]),
)
def test_estimate_is_the_closed_form(size: int, time: float, v_c: float, w: float, device: Device) -> None:
    expected = estimate_by_hand(size, time, v_c, w, device)
    if time < settling_time(size, v_c, device):
        assert math.isnan(published_estimate(size, time, v_c, w, device))
        return
    assert published_estimate(size, time, v_c, w, device) == pytest.approx(expected, rel=1e-11, abs=0.0)


OUTSIDE: dict[str, tuple[int, float, dict[str, Any]]] = {
    "while loading": (60, 15.3e-9, {}),
    "where it would be negative": (60, 12e-9, {}),
    "at once": (60, 0.0, {}),
    "before the beginning": (60, -1e-9, {}),
    "two neurons": (2, 1e-7, {}),
    "one neuron": (1, 1e-7, {}),
    "no weight": (60, 1e-7, {"weight": 0.0}),
    "weight of the wrong sign": (60, 1e-7, {"weight": -0.1}),
    "soma held by its leak": (60, 1e-7, {"device": Device(soma_leak=-53.2)}),
    "slow leak": (60, 1e-7, {"device": Device(axon_leak=-0.1)}),
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_estimate_is_nan_outside_its_domain(case: str) -> None:
    size, time, options = OUTSIDE[case]
    assert math.isnan(published_estimate(size, time, **options))
    assert estimate_stages(size, **options).energy(np.array([time])).shape == (1,)
    assert np.isnan(estimate_stages(size, **options).energy(np.array([time]))).all()


def test_estimate_begins_where_loading_ends() -> None:
    start = settling_time(60, 0.1, Device())
    assert start == pytest.approx(15.36 * NANOSECOND, abs=0.01 * NANOSECOND)
    charge = 60 * (0.1**2 / 2000)
    assert published_estimate(60, start) > start * charge > 0.0
    assert math.isnan(published_estimate(60, math.nextafter(start, 0.0)))
    times = np.array([10e-9, start, 81.2e-9, 344e-9])
    found = estimate_stages(60).energy(times)
    assert math.isnan(found[0])
    assert found[1:].tolist() == [published_estimate(60, time) for time in times[1:]]


def test_estimate_of_a_large_network_is_finite() -> None:
    """Binomials of a thousand exceed floating point; their shares do not."""
    energies = [published_estimate(size, 100 * NANOSECOND) for size in (100, 300, 1000, 2000)]
    assert all(small < large < math.inf for small, large in pairwise(energies))


def test_settling_time_is_a_soma_and_then_its_axons() -> None:
    d = Device()
    soma = 0.6 * 100e-9 / (d.mobility * 0.1 / 2000 + 0.2)
    supply = 5.0 / d.mobility * (59 * 1250 + 2000)
    axon = 100e-9 / (d.mobility * supply / (500 * 59 + 2000) - 5.0)
    assert settling_time(60, 0.1, d) == pytest.approx(soma + axon, rel=1e-12, abs=0.0)


def test_a_run_reports_the_estimate_for_its_own_time(network: Network, probe: NDArray[np.uint8]) -> None:
    simulation = Simulation(network, probe, charge_voltage=0.25)
    assert math.isnan(simulation.published_energy_estimate)
    result = simulation.run()
    assert result.published_energy_estimate == published_estimate(8, result.time, 0.25, 0.1, network.device)
    assert result.published_energy_estimate != pytest.approx(result.energy, rel=1e-3, abs=0.0), (
        "not the same thing"
    )


@pytest.mark.parametrize(("size", "weights"), [(5, 0.0), (2, 0.1)])
def test_without_weights_or_for_two_neurons_there_is_no_estimate(size: int, weights: float) -> None:
    network = Network(weights * (1.0 - np.eye(size)))
    result: Any = Simulation(network, np.ones(size), max_time=40 * NANOSECOND).run()
    assert math.isnan(result.published_energy_estimate)


def test_three_stored_patterns_spend_more_than_the_estimate() -> None:
    """Weights reach 3 W, which the estimate ignores (physics.md A5)."""
    rng = np.random.default_rng(6)
    patterns = rng.integers(0, 2, (3, 60))
    network = Network(hebbian_weights(patterns, 0.1))
    result = Simulation(network, patterns[0], min_time=80 * NANOSECOND).run()
    assert result.energy > 1.5 * result.published_energy_estimate
