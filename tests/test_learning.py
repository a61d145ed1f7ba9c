"""Hebb's rule: the sum of outer products, and what cannot change it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from dwmtj_widgets import hebbian_weights

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
