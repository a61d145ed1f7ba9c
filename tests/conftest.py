"""What holds for every test: the same examples in every run, and no verdict by the clock."""

import os
from collections.abc import Iterator

# Before NumPy comes: on small matrices the threads of its linear algebra wait for one another, up to a second where a
# hundredth would do, and more so where tests run side by side.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pytest
from browser_tools import browser_context
from hypothesis import HealthCheck, settings

from dwmtj_widgets import Network, hebbian_weights

settings.register_profile(
    "house",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def memory() -> np.ndarray:
    """A pattern of eight bits."""
    return np.array([1, 0, 1, 1, 0, 0, 1, 0], dtype=np.uint8)


@pytest.fixture(scope="session")
def network(memory: np.ndarray) -> Network:
    """A network of Table I that stores `memory`; immutable, so one is enough."""
    return Network(hebbian_weights([memory], 0.1))


@pytest.fixture(scope="session")
def probe(memory: np.ndarray) -> np.ndarray:
    """`memory` with two bits wrong: the network takes tens of nanoseconds to repair them."""
    wrong = memory.copy()
    wrong[[1, 6]] ^= 1
    return wrong


@pytest.fixture(scope="module")
def context() -> Iterator:
    """A browser with a window of 1280x800, for the pages of one file."""
    with browser_context() as context:
        yield context
