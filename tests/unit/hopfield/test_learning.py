"""Learning rules: what each is by definition, what cannot change it; and weights of few levels."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets import hebbian_weights
from dwmtj_widgets.hopfield.learning import RULES, pseudo_inverse_weights, quantised, storkey_weights
from dwmtj_widgets.refusals import Refused

Rule = Callable[[ArrayLike, float], NDArray[np.float64]]

patterns = arrays.arrays(
    np.uint8,
    st.tuples(st.integers(1, 5), st.integers(2, 12)),
    elements=st.integers(0, 1),
)


@given(patterns, st.sampled_from([0.1, 0.04, 0.25]))
def test_weights_are_the_sum_over_patterns_of_agreeing_minus_differing(
    stored: NDArray[np.uint8], weight: float
) -> None:
    weights = hebbian_weights(stored, weight)
    size = stored.shape[1]
    assert weights.shape == (size, size)
    for i in range(size):
        for j in range(size):
            agreeing = int((stored[:, i] == stored[:, j]).sum())
            expected = weight * (2 * agreeing - len(stored)) if i != j else 0.0
            assert weights[i, j] == expected


@given(patterns, st.data())
def test_inverse_patterns_and_their_order_give_the_same_weights(
    stored: NDArray[np.uint8], data: st.DataObject
) -> None:
    inverted = data.draw(arrays.arrays(np.uint8, (len(stored), 1), elements=st.integers(0, 1)))
    order = data.draw(st.permutations(range(len(stored))))
    changed = (stored ^ inverted)[order]
    assert np.array_equal(hebbian_weights(changed, 0.1), hebbian_weights(stored, 0.1))


@given(patterns, st.data())
def test_permuting_neurons_permutes_the_weights(stored: NDArray[np.uint8], data: st.DataObject) -> None:
    order = np.array(data.draw(st.permutations(range(stored.shape[1]))))
    permuted = hebbian_weights(stored[:, order], 0.1)
    assert np.array_equal(permuted, hebbian_weights(stored, 0.1)[np.ix_(order, order)])


def test_patterns_add_up_and_are_not_averaged() -> None:
    once = hebbian_weights([[1, 0, 1]], 0.1)
    np.testing.assert_allclose(hebbian_weights([[1, 0, 1]] * 3, 0.1), 3 * once, rtol=1e-15, atol=0.0)


def test_booleans_lists_and_arrays_are_the_same_bits() -> None:
    expected = hebbian_weights(np.array([[1, 0, 1], [1, 1, 0]], dtype=np.uint8), 0.1)
    for form in (
        [[1, 0, 1], [1, 1, 0]],
        [[True, False, True], [True, True, False]],
        ((1.0, 0.0, 1.0), (1, 1, 0)),
    ):
        assert np.array_equal(hebbian_weights(form, 0.1), expected)


@pytest.mark.parametrize("pattern", [[1, 0, 1, 1, 0], [0, 0, 0, 0], [1, 1]])
def test_a_single_pattern_is_a_fixed_point_of_the_sign_rule(pattern: list[int]) -> None:
    signs = 2 * np.array(pattern) - 1
    assert np.array_equal(np.sign(hebbian_weights([pattern], 0.1) @ signs), signs)


# -- Storkey's rule and the pseudo-inverse -----------------------------------------------------------------------

OTHERS = [storkey_weights, pseudo_inverse_weights]


@pytest.mark.parametrize("rule", OTHERS)
@pytest.mark.parametrize("pattern", [[1, 0, 1, 1, 0], [0, 0, 0, 0], [1, 1]])
def test_a_single_pattern_has_the_same_weights_by_every_rule(rule: Rule, pattern: list[int]) -> None:
    np.testing.assert_allclose(rule([pattern], 0.1), hebbian_weights([pattern], 0.1), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("rule", OTHERS)
@given(stored=patterns, data=st.data())
def test_rules_are_symmetric_and_blind_to_inversion(
    rule: Rule, stored: NDArray[np.uint8], data: st.DataObject
) -> None:
    weights = rule(stored, 0.1)
    inverted = data.draw(arrays.arrays(np.uint8, (len(stored), 1), elements=st.integers(0, 1)))
    np.testing.assert_allclose(weights, weights.T, rtol=0.0, atol=1e-12)
    np.testing.assert_allclose(rule(stored ^ inverted, 0.1), weights, rtol=0.0, atol=1e-12)
    assert not np.diagonal(weights).any()
    neurons = np.array(data.draw(st.permutations(range(stored.shape[1]))))
    permuted = rule(stored[:, neurons], 0.1)
    np.testing.assert_allclose(permuted, weights[np.ix_(neurons, neurons)], rtol=0.0, atol=1e-12)


@given(patterns)
def test_storkeys_rule_is_its_definition(stored: NDArray[np.uint8]) -> None:
    """Synapse by synapse, as the article has it."""
    signs, size = 2.0 * stored - 1.0, stored.shape[1]
    w = np.zeros((size, size))
    for xi in signs:
        old = w.copy()
        for i in range(size):
            for j in range(size):
                if i != j:
                    h_ij = sum(old[i, k] * xi[k] for k in range(size) if k not in (i, j))
                    h_ji = sum(old[j, k] * xi[k] for k in range(size) if k not in (i, j))
                    w[i, j] = old[i, j] + (xi[i] * xi[j] - xi[i] * h_ji - h_ij * xi[j]) / size
    np.testing.assert_allclose(storkey_weights(stored, 0.1), 0.1 * size * w, rtol=0.0, atol=1e-12)


@given(patterns)
def test_the_pseudo_inverse_reproduces_its_patterns(stored: NDArray[np.uint8]) -> None:
    """With the diagonal that was cut out every pattern is an eigenvector, also of patterns that depend on another."""
    signs, size = 2.0 * stored - 1.0, stored.shape[1]
    projector = np.linalg.pinv(signs) @ signs
    whole = pseudo_inverse_weights(stored, 0.1) / (0.1 * size) + np.diag(np.diagonal(projector))
    np.testing.assert_allclose(whole, projector, rtol=0.0, atol=1e-9)
    np.testing.assert_allclose(whole @ signs.T, signs.T, rtol=0.0, atol=1e-9)


def test_correlated_patterns_are_held_better_than_by_hebb() -> None:
    """Eight patterns of 40 bits that agree in three quarters of them."""
    rng = np.random.default_rng(0)
    stored = (rng.random((8, 40)) < 0.85).astype(np.uint8)
    signs = 2.0 * stored - 1.0
    held = {
        name: int((np.sign(signs @ rule(stored, 0.1)) == signs).all(axis=1).sum())
        for name, rule in RULES.items()
    }
    assert held["hebb"] < held["storkey"] <= held["pseudo_inverse"] == 8


# -- quantisation ------------------------------------------------------------------------------------------------


@given(patterns, st.integers(2, 40))
def test_quantised_weights_are_the_nearest_levels(stored: NDArray[np.uint8], levels: int) -> None:
    weights = hebbian_weights(stored, 0.1) * np.random.default_rng(0).random((stored.shape[1],) * 2)
    rounded = quantised(weights, levels)
    off = ~np.eye(len(weights), dtype=bool)
    top = np.abs(weights).max()
    if top == 0.0:
        assert not rounded.any()
        return
    allowed = np.linspace(-top, top, levels)
    distance = np.abs(weights[off][:, None] - allowed).min(axis=1)
    np.testing.assert_allclose(np.abs(rounded - weights)[off], distance, rtol=0.0, atol=1e-9 * top * levels)
    assert (np.abs(rounded[off][:, None] - allowed).min(axis=1) <= 1e-12 * top).all()
    assert np.abs(rounded).max() == top
    assert not np.diagonal(rounded).any()


def test_weights_on_levels_stay_and_half_way_goes_up() -> None:
    weights = hebbian_weights([[1, 0, 1, 0], [1, 1, 0, 0]], 0.1)
    np.testing.assert_allclose(quantised(weights, 3), weights, rtol=1e-15, atol=0.0)
    assert set(quantised(weights, 2)[~np.eye(4, dtype=bool)]) == {-0.2, 0.2}
    assert quantised(weights, 2)[0, 1] == 0.2
    assert not quantised(np.zeros((3, 3)), 2).any()


@pytest.mark.parametrize("levels", [1, 0, 2.5, 65537])
def test_numbers_of_levels_that_are_none_are_refused(levels: int) -> None:
    with pytest.raises(Refused, match="levels is"):
        quantised(np.zeros((3, 3)), levels)
