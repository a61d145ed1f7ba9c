"""A session of the Recall Lab for each test."""

import pytest

from dwmtj_widgets.sessions.recall import RecallSession


@pytest.fixture
def session() -> RecallSession:
    return RecallSession()
