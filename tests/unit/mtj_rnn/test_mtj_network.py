"""The network: same seed same bits, chunks, save and restore, kicks and cuts, the coupled equations, refusals."""

from collections.abc import Callable
from threading import Event
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from dwmtj_widgets.mtj_rnn import MTJNetwork, running, waveform
from dwmtj_widgets.mtj_rnn.recognition import recogniser
from dwmtj_widgets.refusals import Refused, Unable

NANOSECOND = 1e-9
PERIOD, SAMPLE = 20 * NANOSECOND, 0.2 * NANOSECOND
SINE = waveform("sine", period=PERIOD, sample_time=SAMPLE, periods=3)
NAN = float("nan")


def trained(**parameters: Any) -> MTJNetwork:
    """Return a small network that has learnt for three periods."""
    network = MTJNetwork(12, 5, **parameters)
    network.train(SINE)
    return network


def same(one: MTJNetwork, other: MTJNetwork) -> bool:
    """Whether two networks agree in every bit that matters."""
    a, b = one.save(), other.save()
    return (
        all(
            np.array_equal(getattr(a, name), getattr(b, name))
            for name in ("magnetization", "torque_field", "weights", "covariance", "alive")
        )
        and (a.junction, a.settings, a.clock, a.input, a.window, a.learnt, a.generators)
        == (b.junction, b.settings, b.clock, b.input, b.window, b.learnt, b.generators)
    )  # fmt: skip


HOT: dict[str, Any] = {"temperature": 300.0, "agitation": 0.05, "renewal": 22e-9}


@pytest.mark.parametrize("parameters", [{}, HOT])
def test_same_seed_same_bits_and_another_seed_another_network(parameters: dict[str, Any]) -> None:
    one, other = trained(**parameters), trained(**parameters)
    assert same(one, other)
    assert np.array_equal(one.generate(5 * NANOSECOND), other.generate(5 * NANOSECOND))
    stranger = MTJNetwork(12, 6, **parameters).train(SINE)
    assert not np.array_equal(stranger.output, MTJNetwork(12, 5, **parameters).train(SINE).output)
    assert not np.array_equal(MTJNetwork(12, 6, **parameters).magnetization, MTJNetwork(12, 5).magnetization)


@pytest.mark.parametrize("parameters", [{}, HOT])
def test_work_in_pieces_is_the_same_work(parameters: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = MTJNetwork(12, 5, **parameters)
    course = whole.train(SINE, record=True)
    free = whole.generate(30 * NANOSECOND)
    whole.step(3.1 * NANOSECOND)
    # Pieces given by the caller, and pieces between two looks at `cancel`.
    monkeypatch.setattr(running, "CHUNK_WORK", 4000)
    parts = MTJNetwork(12, 5, **parameters)
    courses = [parts.train(piece, record=True) for piece in (SINE[:7], SINE[7:150], SINE[150:])]
    frees = [parts.generate(duration) for duration in (10 * NANOSECOND, 20 * NANOSECOND)]
    for duration in (1.0, 0.1, 2.0):
        parts.step(duration * NANOSECOND)
    assert same(whole, parts)
    for name in ("output", "target", "error", "weight_norm", "states", "time"):
        together = np.concatenate([getattr(piece, name) for piece in courses])
        assert np.array_equal(together, getattr(course, name)), name
    assert np.array_equal(np.concatenate(frees), free)


@pytest.mark.parametrize("parameters", [{}, HOT])
def test_saved_and_restored_bit_for_bit(parameters: dict[str, Any]) -> None:
    network = trained(**parameters)
    network.cut([3])
    network.input = 0.2
    state = network.save()
    first = network.generate(10 * NANOSECOND), network.train(SINE).output
    after = network.save()
    # Everything that could be changed is changed before going back.
    network.kick().cut([1, 2]).change(gain=0.5, temperature=100.0, damping=0.2, time_step=3e-12)
    network.input = -1.0
    network.train(np.column_stack([SINE, SINE]), 0.3 * NANOSECOND)
    network.restore(state)
    assert np.array_equal(network.generate(10 * NANOSECOND), first[0])
    assert np.array_equal(network.train(SINE).output, first[1])
    twin = MTJNetwork(12, 5).restore(after)
    assert same(network, twin)
    with pytest.raises(Refused, match=r"seed 5.*seed 6"):
        MTJNetwork(12, 6).restore(state)


def test_a_saved_state_is_a_copy() -> None:
    network = trained()
    state = network.save()
    before = state.magnetization.copy(), state.weights.copy()
    network.train(SINE)
    assert np.array_equal(state.magnetization, before[0]) and np.array_equal(state.weights, before[1])


def test_the_kernel_solves_the_coupled_equations_of_the_documentation() -> None:
    """Junctions, synapses and the closed loop against another solver and the readable equation."""
    network = trained(time_step=0.5e-12)
    network.kick(0.2, 1)
    network.cut([4])
    settings, draw, junction = network.settings, network.draw, network.junction
    alive = network.alive.astype(float)
    recurrent = settings.gain * draw.recurrent
    feedback = settings.feedback * draw.feedback(1)[0]
    time_constants = settings.time_constant * settings.time_constant_spread**draw.spread
    weights = network.weights

    def rate(_time: float, flat: NDArray[np.float64]) -> NDArray[np.float64]:
        m, a = flat[:36].reshape(3, 12), flat[36:]
        seen = m[1] * alive
        output = weights @ seen
        inputs = seen @ recurrent + feedback * output + settings.bias * draw.bias
        da = (settings.torque_scale * inputs * alive - a) / time_constants
        return np.concatenate([junction.rate(m, a).ravel(), da])

    start = np.concatenate([network.magnetization.ravel(), network.torque_field])
    duration = 2 * NANOSECOND
    exact = solve_ivp(rate, (0.0, duration), start, method="DOP853", rtol=1e-10, atol=1e-12).y[:, -1]
    network.step(duration)
    assert network.magnetization.ravel() == pytest.approx(exact[:36], rel=0.0, abs=1e-4)
    assert network.torque_field == pytest.approx(exact[36:], rel=0.0, abs=1e-4 * settings.torque_scale)


def test_the_output_is_the_weights_times_the_states() -> None:
    network = MTJNetwork(12, 5)
    course = network.train(SINE, record=True)
    frozen = network.observe(5 * NANOSECOND)
    assert course.states is not None and frozen.states is not None
    assert frozen.output == pytest.approx(frozen.states[:, 1] @ network.weights, rel=1e-12, abs=1e-14)
    assert network.output == pytest.approx(frozen.output[-1], rel=1e-12, abs=0.0)
    assert np.array_equal(frozen.states[-1], network.magnetization)
    assert frozen.time[0] == pytest.approx(course.time[-1] + SAMPLE, rel=1e-12, abs=0.0)
    assert course.weight_norm[-1] == pytest.approx(np.linalg.norm(network.weights), rel=1e-12, abs=0.0)
    assert course.completed


def test_generating_does_not_learn() -> None:
    network = trained()
    before = network.save()
    network.generate(20 * NANOSECOND)
    after = network.save()
    assert np.array_equal(before.weights, after.weights) and np.array_equal(
        before.covariance, after.covariance
    )


def test_a_network_that_has_learnt_goes_on_by_itself() -> None:
    network = MTJNetwork(40, 0)
    network.train(waveform("sine", period=PERIOD, sample_time=SAMPLE, periods=40))
    free = network.generate(3 * PERIOD)
    # The first sample after training follows the last target without a gap.
    assert np.sqrt(np.mean((free - SINE) ** 2)) < 0.05
    assert free.shape == (300,)


def test_cut_junctions_are_out_and_can_be_mended() -> None:
    network = trained()
    network.cut([2, 7])
    assert network.alive.tolist() == [index not in {2, 7} for index in range(12)]
    network.step(60 * NANOSECOND)
    # No current comes in any more, so they relax to the bias field.
    assert np.abs(network.torque_field[[2, 7]]).max() < 1e-6
    assert network.magnetization[0, [2, 7]].min() > 0.9999
    state = network.save()
    network._m[:, 2] = [0.0, 1.0, 0.0]
    disturbed = network.generate(2 * NANOSECOND)
    network.restore(state)
    assert np.array_equal(network.generate(2 * NANOSECOND), disturbed)
    network.mend([2]).mend()
    assert network.alive.all()


@pytest.mark.kernels
def test_a_kick_is_seeded_and_of_the_size_asked_for() -> None:
    one, other, third = (MTJNetwork(500, 1) for _ in range(3))
    before = one.magnetization
    one.kick(0.1, 4)
    other.kick(0.1, 4)
    third.kick(0.1, 5)
    assert np.array_equal(one.magnetization, other.magnetization)
    assert not np.array_equal(one.magnetization, third.magnetization)
    angles = np.arccos((before * one.magnetization).sum(axis=0))
    # Two of the three components turn a vector: mean square 2 * 0.1 ** 2.
    assert np.sqrt(np.mean(angles**2)) == pytest.approx(0.1 * np.sqrt(2.0), rel=0.1, abs=0.0)
    unmoved = MTJNetwork(5, 1).kick(0.0)
    assert unmoved.magnetization == pytest.approx(MTJNetwork(5, 1).magnetization, rel=0.0, abs=1e-15)


def test_heat_shakes_and_cold_stills() -> None:
    network = MTJNetwork(20, 3, gain=0.0, bias=0.0)
    network.step(20 * NANOSECOND)
    still = network.magnetization
    assert np.abs(still[1:]).max() < 1e-6
    network.temperature = 300.0
    network.step(2 * NANOSECOND)
    assert np.abs(network.magnetization[1]).max() > 0.01
    network.temperature = 0.0
    network.step(20 * NANOSECOND)
    assert np.abs(network.magnetization[1:]).max() < 1e-6


def test_settings_change_in_mid_run_and_time_goes_on() -> None:
    network = trained()
    time = network.time
    assert time == pytest.approx(3 * PERIOD, rel=1e-12, abs=0.0)
    network.change(gain=0.3, damping=0.1, time_step=3e-12)
    assert network.time == time
    assert (network.settings.gain, network.junction.damping) == (0.3, 0.1)
    # 66.7 steps of 3 ps make a sample, so 67 slightly shorter ones are made.
    assert network.time_step == pytest.approx(SAMPLE / 67, rel=1e-12, abs=0.0)
    network.step(network.time_step * 10)
    assert network.time == pytest.approx(time + network.time_step * 10, rel=1e-12, abs=0.0)


def test_forgetting_may_be_changed_while_learning() -> None:
    one, other = trained(), trained(forgetting=0.99)
    twin = MTJNetwork(12, 5).change(forgetting=0.99)
    twin.train(SINE)
    assert np.array_equal(twin.weights, other.weights)
    assert not np.array_equal(one.weights, other.weights)


@pytest.mark.kernels
def test_the_same_draw_behind_every_strength() -> None:
    weak, strong = MTJNetwork(6, 2, gain=0.7), MTJNetwork(6, 2, gain=1.4)
    assert np.array_equal(2.0 * weak.wires.recurrent, strong.wires.recurrent)
    assert np.array_equal(np.diagonal(strong.wires.recurrent), np.zeros(6))


@pytest.mark.kernels
def test_constant_input_moves_a_lone_junction_to_its_sigmoid() -> None:
    network = MTJNetwork(1, 0, bias=0.0, gain=0.0, torque_ratio=0.0, input_strength=2.0)
    network.input = 0.5
    network.step(60 * NANOSECOND)
    torque = network.settings.torque_scale * 2.0 * 0.5 * network.draw.input
    assert network.torque_field == pytest.approx(torque, rel=1e-9, abs=0.0)
    assert network.magnetization[1] == pytest.approx(network.junction.sigmoid(torque), rel=1e-6, abs=0.0)


def test_progress_is_told_and_a_stop_keeps_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK_WORK", 20_000)
    network, cancel, seen = MTJNetwork(12, 5), Event(), []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done > 60:
            cancel.set()

    course = network.train(SINE, progress=progress, cancel=cancel)
    assert not course.completed
    assert seen == sorted(seen) and {total for _done, total in seen} == {300}
    done = seen[-1][0]
    assert 60 < done < 300
    assert course.output.shape == course.error.shape == course.time.shape == (done,)
    other = MTJNetwork(12, 5)
    other.train(SINE[:done])
    assert same(network, other)
    assert network.generate(PERIOD, cancel=cancel).shape == (0,)
    labels = recogniser(5).learn_labels(SINE, [0, 1, 0], cancel=cancel)
    assert not labels.completed and labels.output.shape == (0, 2)


@pytest.mark.kernels
@pytest.mark.parametrize("size", [40, 200, 1000])
def test_a_chunk_is_short_enough_to_be_stopped(size: int) -> None:
    """Between two looks at `cancel` lie at most 10^8 products of the coupling and of the junctions."""
    network = MTJNetwork(size, 0)
    steps = max(network._chunk_steps // network._steps, 1) * network._steps
    assert steps * size * (size + 40) * 2 < 1.2e8


def test_two_readouts_learn_two_targets() -> None:
    network = MTJNetwork(40, 1)
    both = np.column_stack(
        [waveform(kind, period=PERIOD, sample_time=SAMPLE, periods=20) for kind in ("sine", "triangle")]
    )
    course = network.train(both)
    assert course.output.shape == course.error.shape == (2000, 2)
    assert np.sqrt(np.mean(course.error[-100:] ** 2)) < 0.05
    assert network.generate(PERIOD).shape == (100, 2)
    assert network.weights.shape == (2, 40)


def test_ridge_under_the_perfect_target_is_the_classical_reservoir() -> None:
    network = MTJNetwork(40, 0)
    target = waveform("sine", period=PERIOD, sample_time=SAMPLE, periods=30)
    course = network.train_ridge(target, washout=200)
    assert np.sqrt(np.mean((course.output - target)[200:] ** 2)) < 0.02
    assert np.sqrt(np.mean((network.generate(PERIOD) - target[:100]) ** 2)) < 0.1


def test_an_output_without_bounds_is_refused_and_undone() -> None:
    network = MTJNetwork(6, 0, regularization=1e-9)
    before = network.save()
    network._readout.covariance[:] = np.diag([1e308] * 6)
    network._readout.weights[:] = 1e308
    with pytest.raises(Unable, match="put back"):
        network.train(SINE)
    assert np.array_equal(network.magnetization, before.magnetization)
    assert network.time == before.clock[0]


Attempt = Callable[[MTJNetwork], object]


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda _: MTJNetwork(0), "size is 0"),
        (lambda _: MTJNetwork(1001), "size is 1001"),
        (lambda _: MTJNetwork(2.5), "size is 2.5"),  # type: ignore[arg-type]
        (lambda _: MTJNetwork(5, -1), "seed is -1"),
        (lambda _: MTJNetwork(5, gain=NAN), "gain"),
        (lambda _: MTJNetwork(5, gian=1.0), "'gian' is no parameter"),
        (lambda n: n.train([]), "target has the shape"),
        (lambda n: n.train([0.0, NAN]), "nan at sample 1"),
        (lambda n: n.train(SINE, 0.0), "sample_time is 0 ns"),
        (lambda n: n.train(SINE, 1.0), "sample_time"),
        (lambda n: n.train(SINE, signal=SINE[:5]), "300 values"),
        (lambda n: n.train_ridge(SINE, washout=300), "washout is 300"),
        (lambda n: n.generate(0.0), "duration is 0 ns"),
        (lambda n: n.generate(0.01 * NANOSECOND), "duration"),
        (lambda n: n.generate(NAN), "duration is nan"),
        (lambda n: n.generate(1.0), "duration"),
        (lambda n: n.observe(0.003), "GB"),
        (lambda n: n.step(-1.0), "duration"),
        (lambda n: n.drive([[1.0]]), "signal has the shape"),
        (lambda n: n.drive(["a"]), "signal cannot be read"),
        (lambda n: n.cut([12]), "numbered 0 to 11"),
        (lambda n: n.cut([0.5]), "numbered 0 to 11"),
        (lambda n: n.kick(-1.0), "strength"),
        (lambda n: n.classify(SINE), "learnt no labels"),
        (lambda n: n.learn_labels(SINE, [0, 1]) and n.classify(SINE[:9]), "signal has 9 samples"),
        (lambda n: n.learn_labels(SINE, [0] * 7), "one for every window"),
        (lambda n: n.learn_labels(SINE, [0, 1, -2]), "labels hold -2"),
        (lambda n: setattr(n, "temperature", -1.0), "temperature"),
        (lambda n: setattr(n, "input", NAN), "input is nan"),
    ],
)
def test_an_impossible_network_gets_one_sentence(attempt: Attempt, words: str) -> None:
    network = MTJNetwork(12, 5)
    with pytest.raises(Refused, match=words) as caught:
        attempt(network)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.endswith(".")
    assert len(sentence) < 250, "a list of all names is no help"


def test_readouts_that_change_in_mid_run_are_refused() -> None:
    """The kernel would write beyond its arrays; it takes a second thread, here played by `progress`."""
    network, other = MTJNetwork(12, 5), MTJNetwork(12, 5)
    other.train(np.zeros((3, 2)))
    two_readouts = other.save()
    assert two_readouts.weights.shape == (2, 12)
    network.train(np.zeros(10))
    length = 4 * running.CHUNK_WORK / 12 * network.time_step
    with pytest.raises(RuntimeError, match="one thread at a time"):
        network.generate(length, progress=lambda _done, _total: network.restore(two_readouts) and None)
    assert network.weights.shape == (12,)
    network.generate(PERIOD)


@pytest.mark.kernels
def test_short_steps_of_junctions_add_up_to_their_sum() -> None:
    """Rounding each to whole steps of 4 ps would make 400 ps of 240."""
    network = MTJNetwork(6, 1)
    for _ in range(51):
        network.step(2.4e-12)
    restored = MTJNetwork(6, 1).restore(network.save())
    whole = MTJNetwork(6, 1).step(99 * 2.4e-12)
    for one in (network, restored):
        for _ in range(48):
            one.step(2.4e-12)
        assert one.time == pytest.approx(236e-12, rel=1e-12, abs=0.0), "237.6 ps are 59 steps, and not 60"
        assert same(one, whole)
