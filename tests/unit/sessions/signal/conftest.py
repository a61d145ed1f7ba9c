"""A session of the Signal Lab for each test."""

import pytest

from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.setting import SignalSetting


@pytest.fixture
def session() -> SignalSession:
    return SignalSession(SignalSetting(train_periods=6, run_periods=4))
