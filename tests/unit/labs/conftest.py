"""A clock on the wall of the labs that the test turns."""

import pytest
from visitors.lab import Watch

from dwmtj_widgets.labs.common.run import desk as run_desk
from dwmtj_widgets.widgets.page import clock


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    for module in (clock, run_desk):
        monkeypatch.setattr(module, "monotonic", watch)
    return watch
