"""The readout's training: recursive least squares against the textbook, against ridge, and inside the network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform
from dwmtj_widgets.mtj_rnn.force import Readout, ridge
from dwmtj_widgets.refusals import Refused

Floats = NDArray[np.float64]


def textbook(
    states: Floats, targets: Floats, beta: float, forgetting: float
) -> tuple[Floats, Floats, Floats]:
    """Recursive least squares as in S. Haykin, Adaptive Filter Theory: outputs before correction, weights, P."""
    p = np.eye(states.shape[1]) / beta
    w = np.zeros((targets.shape[1], states.shape[1]))
    outputs = np.empty_like(targets)
    for row, (r, target) in enumerate(zip(states, targets, strict=True)):
        k = p @ r / (forgetting + r @ p @ r)
        outputs[row] = w @ r
        w = w + np.outer(target - outputs[row], k)
        p = (p - np.outer(k, r) @ p) / forgetting
    return outputs, w, p


@pytest.mark.kernels
@pytest.mark.parametrize("forgetting", [1.0, 0.995])
@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_update_is_the_textbooks(forgetting: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    states, targets = rng.uniform(-1.0, 1.0, (300, 13)), rng.standard_normal((300, 2))
    readout = Readout(2, 13, 0.7, forgetting)
    outputs = np.array([readout.update(r, t) for r, t in zip(states, targets, strict=True)])
    expected, w, p = textbook(states, targets, 0.7, forgetting)
    assert outputs == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert readout.weights == pytest.approx(w, rel=1e-9, abs=1e-9)
    assert readout.covariance == pytest.approx(p, rel=1e-9, abs=1e-9)
    assert np.array_equal(readout.covariance, readout.covariance.T)


@pytest.mark.parametrize("forgetting", [1.0, 0.999])
def test_force_in_the_network_is_the_textbooks(forgetting: float) -> None:
    network = MTJNetwork(15, 2, regularization=1.0, forgetting=forgetting, renewal=0.0)
    network.cut([4])
    target = waveform("triangle", period=20e-9, sample_time=0.2e-9, periods=6)
    course = network.train(target, record=True)
    assert course.states is not None
    seen = course.states[:, 1] * network.alive
    outputs, w, p = textbook(seen, target[:, None], 1.0, forgetting)
    assert course.output == pytest.approx(outputs[:, 0], rel=1e-9, abs=1e-9)
    assert network.weights == pytest.approx(w[0], rel=1e-9, abs=1e-9)
    assert network.save().covariance == pytest.approx(p, rel=1e-9, abs=1e-9)
    assert network.weights[4] == 0.0


def test_renewal_begins_p_anew_and_keeps_the_weights() -> None:
    """Two blocks of 150 samples: the textbook with its second block about the weights of the first."""
    network = MTJNetwork(15, 2, regularization=0.5, renewal=30e-9, renewal_regularization=2.0)
    target = waveform("triangle", period=20e-9, sample_time=0.2e-9, periods=3)
    course = network.train(target[:290], record=True)
    assert course.states is not None
    first, second = course.states[:150, 1], course.states[150:, 1]
    _outputs, w, _p = textbook(first, target[:150, None], 0.5, 1.0)
    _outputs, correction, p = textbook(second, target[150:290, None] - second @ w.T, 2.0, 1.0)
    assert network.weights == pytest.approx((w + correction)[0], rel=1e-9, abs=1e-9)
    assert network.save().covariance == pytest.approx(p, rel=1e-9, abs=1e-9)
    network.train(target[290:])
    assert np.array_equal(network.save().covariance, np.eye(15) / 2.0)


def test_a_regularization_given_in_mid_run_takes_effect_at_once() -> None:
    """What is learnt then is the textbook about the weights of before, with the new beta."""
    network = MTJNetwork(15, 2, regularization=0.5, renewal=0.0)
    target = waveform("triangle", period=20e-9, sample_time=0.2e-9, periods=3)
    network.train(target[:150])
    before = network.weights.copy()
    network.change(regularization=4.0)
    assert np.array_equal(network.save().covariance, np.eye(15) / 4.0)
    assert np.array_equal(network.weights, before)
    course = network.train(target[150:], record=True)
    assert course.states is not None
    states = course.states[:, 1]
    _outputs, correction, p = textbook(states, target[150:, None] - (states @ before)[:, None], 4.0, 1.0)
    assert network.weights == pytest.approx(before + correction[0], rel=1e-9, abs=1e-9)
    assert network.save().covariance == pytest.approx(p, rel=1e-9, abs=1e-9)


def test_other_changes_in_mid_run_keep_what_was_seen() -> None:
    network = MTJNetwork(15, 2, renewal=0.0)
    network.train(waveform("triangle", period=20e-9, sample_time=0.2e-9, periods=1))
    before = network.save().covariance
    network.change(gain=1.3, forgetting=0.999)
    assert np.array_equal(network.save().covariance, before)


@pytest.mark.kernels
def test_all_samples_together_are_ridge_regression() -> None:
    """Without forgetting the recursion minimises the same sum as ridge with the same beta."""
    rng = np.random.default_rng(1)
    states = rng.standard_normal((400, 9))
    targets = states @ rng.standard_normal((9, 3)) + 0.1 * rng.standard_normal((400, 3))
    readout = Readout(3, 9, 2.5)
    for r, t in zip(states, targets, strict=True):
        readout.update(r, t)
    weights = ridge(states, targets, 2.5)
    assert readout.weights == pytest.approx(weights, rel=1e-9, abs=1e-12)
    normal = np.linalg.solve(states.T @ states + 2.5 * np.eye(9), states.T @ targets).T
    assert weights == pytest.approx(normal, rel=1e-10, abs=1e-13)
    assert readout.read(states) == pytest.approx(states @ weights.T, rel=1e-8, abs=1e-10)
    assert ridge(states, targets[:, 0], 2.5).shape == (1, 9)


@pytest.mark.kernels
def test_a_correction_leaves_almost_no_error_on_its_own_sample() -> None:
    readout = Readout(1, 4, 1e-6)
    state, target = np.array([0.3, -0.2, 0.9, 0.1]), 0.8
    before = readout.update(state, target)[0] - target
    after = readout.read(state)[0] - target
    # The error shrinks by 1 / (1 + r . P r).
    assert after / before == pytest.approx(1.0 / (1.0 + 1e6 * state @ state), rel=1e-6, abs=0.0)


@pytest.mark.kernels
def test_forgetting_follows_a_target_that_changes() -> None:
    rng = np.random.default_rng(3)
    states = rng.standard_normal((2000, 5))
    truth = np.where(np.arange(2000)[:, None] < 1000, 1.0, -1.0) * np.arange(1.0, 6.0)
    wanted = (states * truth).sum(axis=1)
    ends = {}
    for forgetting in (1.0, 0.98):
        readout = Readout(1, 5, 1.0, forgetting)
        for r, t in zip(states, wanted, strict=True):
            readout.update(r, t)
        ends[forgetting] = np.abs(readout.weights[0] - truth[-1]).max()
    assert ends[0.98] < 1e-6 < 1.0 < ends[1.0]


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: Readout(0, 3), "outputs is 0"),
        (lambda: Readout(1, 0), "size is 0"),
        (lambda: Readout(1, 3, 0.0), "regularization"),
        (lambda: Readout(1, 3, 1.0, 1.5), "forgetting"),
        (lambda: Readout(1, 3).update([1.0, 2.0], 1.0), "state has the shape"),
        (lambda: Readout(1, 3).update([1.0, 2.0, 3.0], [1.0, 2.0]), "target has the shape"),
        (lambda: ridge([1.0], [1.0]), "states have the shape"),
        (lambda: ridge([[1.0], [2.0]], [1.0]), "targets has the shape"),
        (lambda: ridge([[1.0]], [1.0], -1.0), "regularization"),
    ],
)
def test_what_does_not_fit_is_refused(attempt: object, words: str) -> None:
    assert callable(attempt)
    with pytest.raises(Refused, match=words):
        attempt()
