"""The memory of a run: bounded, harmless to the run, and good to start again from."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from reference import NANOSECOND, PICOSECOND, Case, cases, letters_network

from dwmtj_widgets import Device, Network, Simulation
from dwmtj_widgets.hopfield.recording import Recording

INTERVAL = 0.5 * NANOSECOND


def with_spread(network: Network) -> Network:
    """Return the network with devices that differ."""
    shape = (network.size, network.size)
    return network.changed(variation={"tmr": 3.0 * np.exp(np.random.default_rng(3).normal(0.0, 0.1, shape))})


@settings(max_examples=25)
@given(cases(sizes=(2, 7)), st.floats(0.02, 20.0), st.integers(200, 20_000), st.floats(0.1, 30.0))
def test_recording_does_not_disturb_a_run(case: Case, interval: float, max_bytes: int, frame: float) -> None:
    plain, recorded = case.simulation().run(), case.simulation()
    recorded.record(interval * NANOSECOND, max_bytes)
    while not recorded.finished:
        recorded.step(frame * NANOSECOND)
    result = recorded.result()
    assert (result.time, result.energy_parts, result.phase) == (plain.time, plain.energy_parts, plain.phase)
    assert np.array_equal(result.soma, plain.soma)
    assert np.array_equal(result.axon, plain.axon, equal_nan=True)


@pytest.mark.parametrize("varied", [False, True])
@pytest.mark.parametrize("integrator", ["events", "euler"])
def test_moments_are_what_the_run_went_through(
    network: Network, probe: NDArray[np.uint8], integrator: str, *, varied: bool
) -> None:
    network = with_spread(network) if varied else network
    simulation = Simulation(network, probe, integrator=integrator)
    recording = simulation.record(INTERVAL)
    assert simulation.recording is recording
    result = simulation.run()
    times = recording.times
    np.testing.assert_allclose(times[:-1], INTERVAL * np.arange(len(recording) - 1), rtol=1e-9, atol=0.0)
    assert times[-1] == result.time
    assert np.array_equal(recording[len(recording) - 1].soma, result.soma)
    assert recording.somas.shape == (len(recording), network.size)
    assert recording.energies.shape == recording.powers.shape == (len(recording), 3)
    assert tuple(recording.energies[-1]) == tuple(result.energy_parts)
    follower = Simulation(network, probe, integrator=integrator)
    for index in range(1, len(recording) - 1, 7):
        follower.step(recording[index].time - follower.time)
        np.testing.assert_allclose(recording[index].soma, follower.soma, rtol=0.0, atol=1e-12)
        # Devices that differ keep their many axons in single precision.
        np.testing.assert_allclose(recording[index].axon, follower.moment.axon, rtol=0.0, atol=1e-7)


@settings(max_examples=30)
@given(cases(sizes=(3, 7), any_device=False), st.data())
def test_a_restart_from_a_moment_ends_the_same(case: Case, data: st.DataObject) -> None:
    """The two presets: in a window of half a track steps are long, and a restart inside one may cost 4 ps."""
    simulation = case.simulation()
    recording = simulation.record(INTERVAL)
    result = simulation.run()
    assume(result.converged)
    index = data.draw(st.integers(0, len(recording) - 1), label="moment")
    # Left out: runs that a nudge of 1e-6 of a track at the moment makes end elsewhere or 5 ps apart. What is read
    # inside a step is good to 1e-5, and such a run multiplies it.
    moment = recording[index]
    nudged = case.simulation().restart(moment)
    for neuron, position in enumerate(moment.soma):
        if 0.0 < position < 1.0:
            nudged.set_soma(neuron, position + (1e-6 if position < 0.5 else -1e-6))
    moved = nudged.run()
    assume(abs(moved.time - result.time) < 5 * PICOSECOND and np.array_equal(moved.bits, result.bits))
    again = case.simulation().restart(moment)
    assert (again.time, again.energy) == (moment.time, float(moment.energy[:].sum()))
    assert np.array_equal(again.soma, moment.soma)
    end = again.run()
    assert end.bits.tolist() == result.bits.tolist()
    assert end.time == pytest.approx(result.time, rel=0.0, abs=PICOSECOND)
    assert end.energy == pytest.approx(result.energy, rel=1e-4, abs=0.0)


@pytest.mark.parametrize("varied", [False, True])
@pytest.mark.parametrize("integrator", ["events", pytest.param("euler", marks=pytest.mark.slow)])
def test_a_restart_from_every_moment_of_a_recall(
    network: Network, probe: NDArray[np.uint8], integrator: str, *, varied: bool
) -> None:
    network = with_spread(network) if varied else network
    simulation = Simulation(network, probe, integrator=integrator)
    recording = simulation.record(4 * NANOSECOND)
    result = simulation.run()
    for index in range(len(recording)):
        end = simulation.restart(recording[index]).run()
        assert end.bits.tolist() == result.bits.tolist()
        assert end.time == pytest.approx(result.time, rel=0.0, abs=PICOSECOND)
        assert end.energy == pytest.approx(result.energy, rel=1e-4, abs=0.0)


def test_a_full_buffer_is_thinned_and_its_interval_doubles(
    network: Network, probe: NDArray[np.uint8]
) -> None:
    moment_bytes = 8 * (2 * network.size + 6)
    simulation = Simulation(network, probe)
    recording = simulation.record(INTERVAL, max_bytes=20 * moment_bytes)
    intervals = set()
    while not simulation.finished:
        simulation.step(NANOSECOND)
        intervals.add(round(recording.interval / INTERVAL, 9))
        assert recording.nbytes <= 20 * moment_bytes
        assert recording.times[0] == 0.0
        gaps = np.diff(recording.times)[:-1]
        np.testing.assert_allclose(gaps, recording.interval, rtol=1e-9, atol=0.0)
    assert intervals == {1.0, 2.0, 4.0, 8.0}
    assert len(recording) >= 9
    assert recording.times[-1] == simulation.time


def test_index_at_finds_the_last_moment_not_after(network: Network, probe: NDArray[np.uint8]) -> None:
    simulation = Simulation(network, probe)
    recording = simulation.record(INTERVAL)
    simulation.run()
    last = len(recording) - 1
    for time, index in [
        (-1.0, 0),
        (0.0, 0),
        (0.49 * NANOSECOND, 0),
        (0.5 * NANOSECOND, 1),
        (0.51 * NANOSECOND, 1),
        (16 * NANOSECOND, 32),
        (simulation.time, last),
        (1.0, last),
    ]:
        assert recording.index_at(time) == index
    assert all(recording.index_at(time) == index for index, time in enumerate(recording.times))


def test_forgetting_the_future_lets_the_run_be_recorded_anew(
    network: Network, probe: NDArray[np.uint8]
) -> None:
    simulation = Simulation(network, probe)
    recording = simulation.record(INTERVAL)
    result = simulation.run()
    times, somas = recording.times, recording.somas
    simulation.restart(recording[40])
    recording.cut_after(40)
    assert len(recording) == 41
    assert simulation.run().time == pytest.approx(result.time, rel=0.0, abs=PICOSECOND)
    np.testing.assert_allclose(recording.times, times, rtol=1e-9, atol=0.0)
    np.testing.assert_allclose(recording.somas, somas, rtol=0.0, atol=3e-4)


def test_recording_can_begin_in_mid_run(network: Network, probe: NDArray[np.uint8]) -> None:
    simulation = Simulation(network, probe).step(20.25 * NANOSECOND)
    recording = simulation.record(INTERVAL)
    simulation.step(NANOSECOND)
    expected = np.array([20.25, 20.5, 21.0]) * NANOSECOND
    np.testing.assert_allclose(recording.times, expected, rtol=1e-9, atol=0.0)


def test_an_empty_recording_answers() -> None:
    recording = Recording()
    assert (len(recording), recording.nbytes, recording.next_time(), recording.index_at(1.0)) == (
        0,
        0,
        0.0,
        0,
    )
    assert recording.times.shape == (0,)
    assert recording.energies.shape == recording.powers.shape == (0, 3)


@pytest.mark.parametrize(
    ("varied", "options"),
    [(False, {}), (True, {}), (True, {"max_bytes": 2_000_000})],
    ids=["identical devices", "different devices", "told to keep less"],
)
def test_a_recall_of_a_hundred_neurons_fits_in_ten_megabytes(
    *, varied: bool, options: dict[str, Any]
) -> None:
    network = letters_network(Device())
    network = with_spread(network) if varied else network
    pattern = np.random.default_rng(2).integers(0, 2, 100)
    simulation = Simulation(network, pattern)
    recording = simulation.record(0.1 * NANOSECOND, **options)
    result = simulation.run()
    assert result.converged
    assert recording.times[-1] == result.time
    assert recording.nbytes <= options.get("max_bytes", 8_000_000)
    # Identical devices keep every moment; N**2 axons are thinned until they fit.
    assert len(recording) > (result.time / (0.1 * NANOSECOND) if not varied else 20)
