"""A Signal Lab with short runs for each test."""

from collections.abc import Iterator

import pytest

from dwmtj_widgets.labs.signal.lab import SignalLab
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession, RecognitionSetting
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.setting import SignalSetting
from dwmtj_widgets.sessions.signal.training_set import TrainingSet


@pytest.fixture
def lab() -> Iterator[SignalLab]:
    made = SignalLab(
        SignalSession(SignalSetting(train_periods=10, run_periods=5)),
        RecognitionSession(RecognitionSetting(TrainingSet(teaching=60, testing=30))),
    )
    yield made
    made.close()
