"""The kernels of the Hopfield network give the same bits as plain Python and compiled (as WebAssembly).

Runs with NUMBA_DISABLE_JIT=1, and then measures which lines of the kernels the tests reach.
"""

from collections.abc import Iterator

import numba
import numpy as np
import pytest
from random_runs import random_parts
from wasm_engine import films_agree

pytestmark = [
    pytest.mark.kernels,
    pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="runs with NUMBA_DISABLE_JIT=1"),
]

SHORT = {
    "events": [*range(13), *range(14, 29), *range(35, 43), *range(50, 53)],
    "euler": [5, 6, 7, 9, 13, 14, 19, 29, 31, 33],
    "full": [3, 19, 22, 24],
}
"""Random runs that take no second without a compiler."""


@pytest.fixture(autouse=True)
def arithmetic_of_the_machine() -> Iterator[None]:
    """Let whole numbers run over and division by zero be infinite, as they are compiled."""
    with np.errstate(all="ignore"):
        yield


@pytest.mark.parametrize(("kind", "seed"), [(kind, seed) for kind, seeds in SHORT.items() for seed in seeds])
def test_a_run_in_plain_python_has_the_same_bits(kind: str, seed: int) -> None:
    assert all(films_agree(part, 33 + seed % 200) for part in random_parts(kind, seed))
