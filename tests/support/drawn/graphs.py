"""Graphs that hypothesis draws."""

import numpy as np
from hypothesis import strategies as st

whole_numbers = st.integers(-9, 9)


@st.composite
def graphs(draw, weights=whole_numbers):
    """Draw an adjacency of 2 to 9 nodes."""
    size = draw(st.integers(2, 9))
    upper = np.zeros((size, size))
    pairs = np.triu_indices(size, 1)
    upper[pairs] = draw(st.lists(weights, min_size=len(pairs[0]), max_size=len(pairs[0])))
    return upper + upper.T
