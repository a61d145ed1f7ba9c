"""A small sweep, run once."""

import pytest
from small_cases import SMALL

from dwmtj_widgets.explore import Result, run_sweep


@pytest.fixture(scope="module")
def small() -> Result:
    """The small sweep, measured by one thread."""
    return run_sweep(SMALL, workers=1)
