"""A visitor of the Recall Lab for each test."""

import pytest
from visitors.recall import RecallVisitor

from dwmtj_widgets.widgets.views.track_field import TrackField


@pytest.fixture
def visitor(watch) -> RecallVisitor:
    return RecallVisitor(watch)


@pytest.fixture
def walls(monkeypatch) -> list[bytes]:
    """Record the frames of the track field."""
    sent: list[bytes] = []
    monkeypatch.setattr(TrackField, "send", lambda self, content, buffers=(): sent.append(bytes(buffers[0])))
    return sent
