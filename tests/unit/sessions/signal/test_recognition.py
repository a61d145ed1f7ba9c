"""Recognition of waveforms in the Signal Lab's session: teaching, testing, feeding."""

from threading import Event

import numpy as np
import pytest
from session_states import repeated

from dwmtj_widgets.mtj_rnn.recognition import recogniser
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.signal.recognition import INPUT, RecognitionSession, RecognitionSetting
from dwmtj_widgets.sessions.signal.training_set import TrainingSet
from dwmtj_widgets.sessions.signal.wave import Wave
from dwmtj_widgets.sessions.snapshot import from_file, to_file

NS = 1e-9


@pytest.fixture(scope="module")
def trained() -> RecognitionSession:
    session = RecognitionSession(RecognitionSetting(TrainingSet(teaching=200, testing=100)))
    session.train()
    return session


def test_unseen_windows_are_recognised_and_the_lines_of_python_agree(trained: RecognitionSession) -> None:
    found = trained.confusion
    assert found is not None
    assert found.total == 100
    assert found.accuracy > 0.95
    low, high = found.interval
    assert low < found.accuracy < high or found.accuracy == high == 1.0
    names = repeated(trained)
    np.testing.assert_array_equal(names["result"].confusion, found.counts)


def test_what_is_fed_is_read(trained: RecognitionSession) -> None:
    for kind in trained.learnt:
        trained.feed(kind)
        for _ in range(30):
            trained.step(10)
        assert trained.label(trained.samples) == kind
        start = trained.samples - 50
        outputs = trained.record.signals(start - 99, start + 50)[1:]
        expected = np.array([outputs[:, k : k + 100].mean(axis=1) for k in range(50)]).T
        np.testing.assert_allclose(trained.scores(start, start + 50), expected, atol=1e-9)
    trained.draw(Wave("square").shape)
    trained.set_feed(amplitude=1.2, noise=0.0)
    for _ in range(30):
        trained.step(10)
    assert trained.label(trained.samples) == "square"
    fed = trained.record.signals(trained.samples - 100, trained.samples)[INPUT]
    assert set(np.round(np.abs(fed), 9)) <= {1.2} | set(np.round(np.abs(fed[np.abs(fed) < 1.2]), 9))
    assert np.isclose(np.abs(fed), 1.2).sum() >= 90


def test_test_leaves_the_network_where_it_was(trained: RecognitionSession) -> None:
    before = trained.network.magnetization
    trained.setting.training_set.test(trained.network)
    np.testing.assert_array_equal(trained.network.magnetization, before)


def test_nothing_is_read_before_training_and_before_a_period() -> None:
    session = RecognitionSession(RecognitionSetting(TrainingSet(teaching=20, testing=10)))
    with pytest.raises(Refused, match="train it first"):
        session.step(5)
    session.train()
    session.step(99)
    assert session.label(99) == ""
    session.step(1)
    assert session.label(100) in session.learnt


def test_a_test_is_cancelled_within_a_window() -> None:
    lesson, cancel = TrainingSet(period=100e-9, size=100, teaching=3, testing=40), Event()
    network = recogniser(lesson.size, lesson.seed)
    lesson.teach(network)
    before, drive, parts = network.save(), network.drive, []

    def in_the_middle(signal, *, cancel):
        parts.append(drive(signal[: signal.size // 2], cancel=None))
        cancel.set()
        return parts[-1]

    network.drive = in_the_middle
    found = lesson.test(network, cancel=cancel)
    assert len(parts) == 1
    assert found.total == 5, "windows that were not heard are counted"
    assert network.save().magnetization.tobytes() == before.magnetization.tobytes()
    network.drive = drive
    assert lesson.test(network, cancel=cancel) is None


def test_cancelled_teaching_keeps_what_it_has() -> None:
    session, cancel = RecognitionSession(), Event()
    session.train(progress=lambda done, total: cancel.set() if done >= 3 else None, cancel=cancel)
    assert session.taught == 3
    assert session.learnt == session.setting.training_set.kinds
    assert session.confusion is None
    nothing = RecognitionSession()
    nothing.train(cancel=cancel)
    assert nothing.learnt == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": ("sine",)},
        {"kinds": ("sine", "sine")},
        {"kinds": ("sine", "triangle", "sawtooth", "square", "harmonics")},
        {"kinds": ("sine", "drawn")},
        {"period": 0.5 * NS},
        {"period": 20.1 * NS},
        {"noise": 2.0},
        {"size": 0},
        {"teaching": 0},
        {"seed": -1},
    ],
)
def test_refused_lessons_change_nothing(trained: RecognitionSession, changes: dict) -> None:
    lesson, network = trained.setting.training_set, trained.network
    with pytest.raises(Refused, match=r"\.$"):
        trained.change(**changes)
    assert trained.setting.training_set is lesson
    assert trained.network is network


def test_another_lesson_forgets(trained: RecognitionSession) -> None:
    session = RecognitionSession(RecognitionSetting(TrainingSet(teaching=10, testing=10)))
    session.train()
    session.change(kinds=("triangle", "square"))
    assert session.learnt == ()
    assert session.setting.source == "triangle"
    fresh = recogniser(40, 0)
    np.testing.assert_array_equal(session.network.magnetization, fresh.magnetization)


def test_recognition_setting_goes_through_a_file(trained: RecognitionSession) -> None:
    other = RecognitionSession()
    restore(other, from_file(to_file("signal", trained.setting.fields()), "signal"))
    assert other.setting.fields() == trained.setting.fields()
    with pytest.raises(Refused, match="size"):
        restore(other, from_file(to_file("signal", {**trained.setting.fields(), "size": 0}), "signal"))
    assert other.setting.fields() == trained.setting.fields()
