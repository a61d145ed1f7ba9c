"""A session of the Signal Lab for each test."""

import pytest

from dwmtj_widgets.sessions.signal.session import SignalSession


@pytest.fixture
def session() -> SignalSession:
    return SignalSession(train_periods=6, run_periods=4)
