"""A visitor of the Recall Lab for each test, with a watch that the test winds."""

import pytest
from lab_visitor import Watch
from visitors.recall import RecallVisitor

from dwmtj_widgets.labs.common.run import desk as run_desk
from dwmtj_widgets.widgets.page import clock
from dwmtj_widgets.widgets.views.track_field import TrackField


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    for module in (clock, run_desk):
        monkeypatch.setattr(module, "monotonic", watch)
    return watch


@pytest.fixture
def visitor(watch) -> RecallVisitor:
    return RecallVisitor(watch)


@pytest.fixture
def walls(monkeypatch) -> list[bytes]:
    """Record the frames of the track field."""
    sent: list[bytes] = []
    monkeypatch.setattr(TrackField, "send", lambda self, content, buffers=(): sent.append(bytes(buffers[0])))
    return sent
