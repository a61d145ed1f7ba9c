"""A Statistics Lab for each test."""

import pytest
from visitors.statistics import SMALL

from dwmtj_widgets.labs import StatisticsLab


@pytest.fixture
def lab():
    lab = StatisticsLab()
    yield lab
    lab.close()


@pytest.fixture
def small(lab: StatisticsLab) -> StatisticsLab:
    lab._change(**SMALL)
    return lab
