"""The step of the integrator: bounded by the network's fastest time, said, and never the cause of garbage."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwmtj_widgets.mtj_rnn import MTJNetwork, NetworkSettings, running, waveform
from dwmtj_widgets.mtj_rnn.macrospin import GYROMAGNETIC_RATIO, Junction
from dwmtj_widgets.mtj_rnn.recognition import recogniser
from dwmtj_widgets.mtj_rnn.stepping import LongestStep, largest_torque_field, longest_step
from dwmtj_widgets.refusals import Refused

PICOSECOND = 1e-12
SAMPLE = 0.2e-9


def measured_damping(network: MTJNetwork) -> float:
    """Return the damping of a lone junction near rest, from the growth or decay of its precession, in 1/s."""
    network._m[:] = np.array([[1.0], [1e-4], [0.0]])
    states = network.observe(100 * SAMPLE, record=True).states
    assert states is not None
    _x, y, z = states[:, :, 0].T
    # The energy of small precession, which falls evenly, unlike y or z alone.
    field, stiff = network.junction.bias_field, network.junction.bias_field + network.junction.magnetization
    energy = np.log(field * y**2 + stiff * z**2)
    turns = 2.0 * np.pi / network.junction.precession_frequency
    length = max(round(10 * turns / SAMPLE), 20)
    return float(-(energy[length] - energy[0]) / (2.0 * length * SAMPLE))


def lone(**parameters: float) -> MTJNetwork:
    """Return one junction that feels no current."""
    return MTJNetwork(1, 0, gain=0.0, bias=0.0, feedback=0.0, input_strength=0.0, **parameters)


@pytest.mark.kernels
@pytest.mark.parametrize(("step", "off"), [(4.0, 0.008), (12.0, 0.165), (20.0, 0.74)])
def test_a_long_step_damps_by_itself_as_the_formula_says(
    step: float, off: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "longest_step", lambda *_: LongestStep(1.0, ""))
    network = lone(damping=0.01, time_step=step * PICOSECOND)
    junction = network.junction
    d = GYROMAGNETIC_RATIO * network.time_step / (1.0 + junction.damping**2)
    field, stiff = junction.bias_field, junction.magnetization
    added = d**3 * field**2 * stiff * (stiff + field / 2) / (16 * (2 * field + stiff)) / junction.damping
    predicted = d**2 * field * (stiff - field) / 8 + added
    assert predicted == pytest.approx(off, rel=0.1)
    assert measured_damping(network) / junction.damping_rate - 1.0 == pytest.approx(predicted, rel=0.08)


@given(
    bias=st.floats(0.01, 0.2),
    magnetization=st.floats(0.2, 2.0),
    damping=st.floats(0.01, 0.1),
)
@settings(max_examples=30, deadline=None)
def test_the_longest_step_keeps_the_damping(bias: float, magnetization: float, damping: float) -> None:
    values = {"bias_field": bias, "magnetization": magnetization, "damping": damping}
    longest = longest_step(Junction(**values), lone().settings, 2e-9).length
    network = lone(**values, time_step=min(longest, 20 * PICOSECOND))
    assert measured_damping(network) / network.junction.damping_rate == pytest.approx(1.0, abs=0.14)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"time_constant": 1e-10, "time_constant_spread": 20.0, "time_step": 2e-11},
            "a quarter of its shortest",
        ),
        (
            {"damping": 0.01, "time_step": 2e-11},
            r"Time step \(time_step\) is 0.02 ns.*at most 0.00406 ns.*damp",
        ),
        ({"time_step": 2e-11}, "half a radian of precession in the torque field of 230 mT"),
        ({"temperature": 2000.0, "volume": 1e-26, "time_step": 5e-12}, "thermal field"),
    ],
)
def test_a_step_that_is_too_long_is_refused_at_the_door(changes: dict[str, float], words: str) -> None:
    with pytest.raises(Refused, match=words):
        MTJNetwork(40, 0, **changes)
    network = MTJNetwork(40, 0)
    before = network.junction, network.settings, network.time_step
    with pytest.raises(Refused, match=words):
        network.change(**changes)
    assert (network.junction, network.settings, network.time_step) == before


def test_the_default_step_stays_unless_the_network_is_faster() -> None:
    for network in (MTJNetwork(40, 0), MTJNetwork(40, 0, damping=0.01, temperature=300.0), recogniser(40, 0)):
        assert network.time_step == pytest.approx(4 * PICOSECOND, rel=1e-12, abs=0.0)
    # What made 1.9e40 T is followed by shorter steps, unless a longer one was asked for.
    network = MTJNetwork(40, 0, time_constant=1e-10, time_constant_spread=20.0)
    assert network.time_step <= network.longest_step < 4 * PICOSECOND
    half = MTJNetwork(
        40, 0, time_constant=1e-10, time_constant_spread=20.0, time_step=0.5 * network.time_step
    )
    for each in (network, half):
        each.step(0.1e-9)  # soon synapses as fast as this make the loop oscillate, and differences grow
    assert network.torque_field == pytest.approx(half.torque_field, rel=0.0, abs=1e-3)
    network.train(waveform("sine", period=20e-9, sample_time=SAMPLE, periods=5))
    assert np.abs(network.torque_field).max() < 1.0


@pytest.mark.kernels
def test_settings_changed_in_mid_run_shorten_the_step_and_give_it_back() -> None:
    network = MTJNetwork(40, 0)
    before = network.time_step
    network.step(1e-9).change(torque_scale=0.2)
    assert network.time_step <= network.longest_step < before
    assert network.time == pytest.approx(1e-9, rel=1e-9, abs=0.0)
    assert network.change(torque_scale=NetworkSettings().torque_scale).time_step == before


def step_with_a_strong_input(network: MTJNetwork) -> None:
    """Run freely under a constant input that no step can follow."""
    network.input = 1e4
    network.step(10e-9)


@pytest.mark.kernels
@pytest.mark.parametrize(
    "run",
    [
        lambda network: network.drive(np.full(50, 1e4)),
        lambda network: network.train(np.full(50, 5e5)),
        step_with_a_strong_input,
    ],
    ids=["drive", "train", "step"],
)
def test_a_run_that_goes_beyond_its_steps_ends_with_a_sentence(run: Callable[[MTJNetwork], object]) -> None:
    network = MTJNetwork(12, 5)
    network.generate(1e-9)
    before = network.save()
    with pytest.raises(
        RuntimeError, match=r"The torque field reached .* mT, and steps of 0.004 ns.*shorter\.$"
    ):
        run(network)
    after = network.save()
    assert np.array_equal(before.magnetization, after.magnetization)
    assert np.array_equal(before.weights, after.weights)
    assert before.clock == after.clock


@pytest.mark.kernels
@pytest.mark.parametrize("damping", [0.0, 0.01, 0.05, 1.0])
def test_the_largest_torque_field_is_beyond_the_expected_one(damping: float) -> None:
    """A run is ended at twice the angle a step that steps are made for, so an ordinary one never is."""
    network = MTJNetwork(40, 0, damping=damping)
    expected = 2.0 * 0.05 * np.sqrt(1.6**2 + (2.0**2 + 2.0**2 + 0.5**2) / 3.0)
    assert largest_torque_field(network.junction, network.time_step) > 2.0 * expected
