"""Pictures that hypothesis draws, and what is asked of a refusal."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays


@st.composite
def pictures(draw):
    rows, columns = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    return rows, columns, draw(arrays.arrays(np.uint8, rows * columns, elements=st.integers(0, 1)))


def assert_one_sentence(error):
    text = str(error.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 300
