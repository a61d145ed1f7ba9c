"""An Explorer with a small sweep for each test."""

import pytest
from visitors.explorer import SMALL

from dwmtj_widgets.labs import ExplorerLab


@pytest.fixture
def lab():
    lab = ExplorerLab()
    lab._change(**SMALL)
    yield lab
    lab.close()
