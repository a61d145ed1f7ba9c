"""The Signal Lab's session without a page: waveform, record, run, interventions, the way back, taking away."""

from threading import Event

import numpy as np
import pytest

from dwmtj_widgets.labs.common.data_files import table_text
from dwmtj_widgets.labs.signal.export import signals_of
from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform
from dwmtj_widgets.mtj_rnn.measures import quality
from dwmtj_widgets.mtj_rnn.recognition import recogniser
from dwmtj_widgets.mtj_rnn.signals import drawn
from dwmtj_widgets.sessions.signal.journal import MOST_KEPT
from dwmtj_widgets.sessions.signal.recognition import INPUT, RecognitionSession
from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.run import NORM, OUTPUT, TARGET
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.training_set import Lesson
from dwmtj_widgets.sessions.signal.wave import POINTS, SAMPLE_TIME, Wave, match
from dwmtj_widgets.sessions.snapshot import from_file, from_query, to_file, to_query

NS = 1e-9
ZIGZAG = np.abs(np.linspace(-1.0, 1.0, POINTS)) * 2.0 - 1.0


@pytest.fixture
def session() -> SignalSession:
    return SignalSession(train_periods=6, run_periods=4)


def outputs(session: SignalSession) -> np.ndarray:
    return session.record.signals(0, session.samples)[OUTPUT]


def picture_of(session: SignalSession) -> dict:
    """Return all that a person could notice of a session, to compare before and after."""
    return {
        "wave": session.wave,
        "learnt": session.learnt,
        "phase": (session.phase, session.left, session.samples),
        "setting": session.setting(),
        "record": session.record.signals(0, session.samples).tobytes(),
        "actions": list(session.journal.actions),
        "m": session.network.magnetization.tobytes(),
        "weights": session.network.weights.tobytes(),
        "alive": session.network.alive.tobytes(),
    }


def repeated(session) -> dict:
    """Run the lines of Python that a session gives, and return their names."""
    names: dict = {}
    exec(session.python(), names)
    return names


# -- the waveform ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sine", "square", "harmonics"])
@pytest.mark.parametrize("period", [20 * NS, 7.3 * NS])
def test_wave_is_the_engines_signal_piece_by_piece(kind: str, period: float) -> None:
    wave = Wave(kind, period, 0.7)
    whole = waveform(
        kind, period=period, sample_time=SAMPLE_TIME, periods=500 / wave.per_period, amplitude=0.7
    )
    np.testing.assert_array_equal(wave.row(500), whole)
    np.testing.assert_array_equal(wave.row(123), whole[:123])


def test_drawn_wave_keeps_what_fits_into_an_address() -> None:
    wave = Wave.of_samples(ZIGZAG / 3.0, 20 * NS, 2.0)
    np.testing.assert_allclose(wave.one_period, 2.0 * ZIGZAG / 3.0, rtol=0, atol=1.01e-4)
    expected = drawn(wave.samples, period=20 * NS, sample_time=SAMPLE_TIME, periods=3, amplitude=2.0)
    np.testing.assert_array_equal(wave.row(300), expected)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Wave("sine", 0.7 * NS), "at least 0.8 ns"),
        (lambda: Wave("sine", float("nan")), "period"),
        (lambda: Wave("noise"), "'noise'"),
        (lambda: Wave("sine", 20 * NS, -1.0), "Amplitude"),
        (lambda: Wave("drawn"), "drawn"),
        (lambda: Wave.of_samples([0.0, 1.0], 20 * NS, 1.0), "100 numbers"),
        (lambda: Wave.of_samples([2.0] * POINTS, 20 * NS, 1.0), "100 numbers"),
        (lambda: Wave.from_csv(b"1\nnan\n2\n", 20 * NS, 1.0), "finite"),
        (lambda: Wave.from_csv(b"0\n0\n0\n", 20 * NS, 1.0), "zeros"),
        (lambda: Wave.from_csv(b"", 20 * NS, 1.0), "empty"),
        (lambda: Wave.from_csv(b"1\n" * 3_000_000, 20 * NS, 1.0), "bytes"),
    ],
)
def test_impossible_waves_are_refused_in_a_sentence(make, words: str) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        make()
    assert str(refused.value).rstrip().endswith(".")


def test_table_of_one_period_is_scaled_to_its_peak() -> None:
    samples = 5.0 * np.sin(2.0 * np.pi * np.arange(400) / 400)
    content = "\n".join(f"{k * 0.05},{value:.9f}" for k, value in enumerate(samples)).encode()
    wave = Wave.from_csv(content, 20 * NS, 0.5)
    np.testing.assert_allclose(wave.one_period, 0.5 * Wave("sine").shape, rtol=0, atol=1e-3)


@pytest.mark.parametrize("kind", ["harmonics", "triangle", "square"])
def test_match_finds_shift_and_error_as_the_thorough_measure_does(kind: str) -> None:
    wave = Wave(kind, 20 * NS)
    noise = 0.05 * np.random.default_rng(1).standard_normal(500)
    signal = (
        np.interp((np.arange(500) / 100 + 0.3137) % 1.0, np.arange(POINTS) / POINTS, wave.shape, period=1.0)
        + noise
    )
    found, thorough = match(signal, wave), quality(signal, wave.one_period, 100.0)
    assert found.error == pytest.approx(thorough.error, abs=0.01)
    assert (found.shift - 0.3137 + 0.5) % 1.0 == pytest.approx(0.5, abs=0.003)


# -- the record --------------------------------------------------------------------------------------------------


def test_record_forgets_the_oldest_and_keeps_the_rest() -> None:
    record = SignalRecord(2, 1, most=100)
    for start in range(0, 230, 10):
        states = np.zeros((10, 3, 2))
        states[:, 1] = (np.arange(start, start + 10) / 300)[:, None]
        record.append(np.arange(start, start + 10.0)[:, None], states)
        assert len(record) <= 100
    assert record.end == 230
    np.testing.assert_array_equal(record.signals(0, 300)[0], np.arange(record.first, 230))
    np.testing.assert_allclose(
        record.states(record.first, 230)[:, 1, 0], np.arange(record.first, 230) / 300, atol=0.004
    )
    record.cut_after(200)
    assert record.end == 200
    assert record.signals(195, 300).shape == (1, 5)


# -- the run -----------------------------------------------------------------------------------------------------


def test_run_is_what_the_engine_gives_however_it_is_cut_into_frames(session: SignalSession) -> None:
    chance = np.random.default_rng(0)
    session.train()
    while session.left:
        session.step(int(chance.integers(1, 40)))
    session.generate()
    while session.left:
        session.step(int(chance.integers(1, 40)))
    network, wave = MTJNetwork(40, 0), Wave()
    target = wave.row(600)
    course = network.train(target, SAMPLE_TIME)
    free = network.generate(80 * NS)
    np.testing.assert_array_equal(outputs(session), np.concatenate([course.output, free]))
    np.testing.assert_array_equal(session.network.magnetization, network.magnetization)
    record = session.record.signals(0, 600)
    np.testing.assert_array_equal(record[TARGET], target)
    np.testing.assert_array_equal(record[NORM], course.weight_norm)


def test_phases_follow_one_another_and_end(session: SignalSession) -> None:
    assert (session.phase, session.finished, session.must_train) == ("ready", False, True)
    with pytest.raises(ValueError, match="train it first"):
        session.generate()
    session.finish()
    assert (session.phase, session.finished, session.samples) == ("train", True, 600)
    assert not session.must_train
    session.finish()
    assert (session.phase, session.finished, session.samples) == ("run", True, 1000)
    session.go_on()
    assert session.left == 400, "the free run goes on"


def test_default_wave_is_learnt_and_its_error_is_the_engines_measure() -> None:
    session = SignalSession(run_periods=5)
    session.finish()
    session.finish()
    free = outputs(session)[-500:]
    assert session.measured is None
    measure = session.measuring()
    assert measure is not None
    found = measure()
    assert session.measured is found
    assert found.error == quality(free, session.wave.one_period, 100.0).error
    assert found.error < 0.1
    # The training's clock goes on: 100 periods of 100 samples end where a period begins.
    assert found.fixed_error == quality(free, session.wave.one_period, 100.0, release=0.0).fixed_error
    target = np.tile(session.wave.one_period, 5)
    expected = np.sqrt(np.mean((free - target) ** 2)) / session.wave.one_period.std()
    assert found.fixed_error == pytest.approx(expected, rel=1e-9)
    assert found.fixed_error >= found.error
    period = session.generated_period()
    assert period is not None
    np.testing.assert_allclose(period, session.wave.one_period, atol=0.2)
    session.kick()
    assert session.measured is None, "the measure is of what was before"
    assert session.measuring() is None


def test_error_of_every_period_is_noted(session: SignalSession) -> None:
    session.finish()
    times, errors, fixed = session.error_curve()
    assert np.isnan(fixed).all(), "nothing was let go"
    np.testing.assert_allclose(times, np.arange(1, 7) * 20 * NS)
    target, output, _norm = session.record.signals(200, 300)
    assert errors[2] == pytest.approx(
        np.sqrt(np.mean((output - target) ** 2)) / session.wave.one_period.std()
    )
    assert session.error_at(350) == session.errors[2]
    assert session.error_at(99) is None


def test_another_wave_in_mid_training_is_learnt_from_then_on(session: SignalSession) -> None:
    session.train()
    session.step(250)
    session.draw(ZIGZAG)
    session.step(100)
    expected = Wave.of_samples(ZIGZAG, 20 * NS, 1.0).row(350)[250:]
    np.testing.assert_array_equal(session.record.signals(250, 350)[TARGET], expected)
    assert session.learnt == session.wave


def test_last_error_is_the_end_of_the_curve_in_every_phase(session: SignalSession) -> None:
    """One window and one alignment for the number and the chart, with the phase free and fixed."""
    assert session.last_error is None
    session.train()
    session.step(250)
    assert session.last_error is not None and session.last_error.end == 200
    session.finish()
    session.generate()
    assert session.last_error is None, "no period of the free run is whole"
    session.step(350)
    last = session.last_error
    assert last is not None and last.end == 900
    output = outputs(session)[800:900]
    assert last.error == match(output, session.wave).error
    assert last.fixed == pytest.approx(
        np.sqrt(np.mean((output - session.wave.row(900)[800:]) ** 2)) / session.wave.one_period.std()
    )
    _times, errors, fixed = session.error_curve()
    assert (errors[-1], fixed[-1]) == (last.error, last.fixed)
    session.kick()
    assert session.last_error is None


@pytest.mark.parametrize("ran", [6, 10])
def test_one_seed_gives_one_result_whatever_was_learnt_before(ran: int) -> None:
    """What the junctions did for another waveform is not what the next one begins with."""
    fresh = SignalSession(Wave("sine"), train_periods=6, run_periods=4)
    used = SignalSession(Wave("square"), train_periods=6, run_periods=4)
    used.finish()
    if ran > 6:
        used.finish()
        used.cut_some()
    used.choose("sine")
    assert used.must_train
    for session in (fresh, used):
        session.train()
        session.finish()
        session.finish()
    np.testing.assert_array_equal(outputs(used), outputs(fresh))
    assert used.setting() == fresh.setting()
    np.testing.assert_array_equal(repeated(used)["network"].magnetization, fresh.network.magnetization)


def test_another_wave_in_mid_training_is_marked(session: SignalSession) -> None:
    session.train()
    session.step(250)
    session.choose("square")
    session.step(100)
    session.step(100)
    assert session.marks == [(0, "training"), (250, "another waveform")]


@pytest.mark.parametrize(
    ("kind", "jumps"),
    [("sine", False), ("triangle", False), ("harmonics", False), ("square", True), ("sawtooth", True)],
)
def test_waves_with_jumps_are_known(kind: str, jumps: bool) -> None:
    assert Wave(kind).jumps is jumps
    assert Wave(kind, amplitude=0.01).jumps is jumps
    assert not Wave.of_samples(np.zeros(POINTS), 20 * NS, 1.0).jumps


def test_cancelled_training_keeps_what_it_has(session: SignalSession) -> None:
    cancel = Event()
    session.finish(progress=lambda done, total: cancel.set(), cancel=cancel)
    assert 0 < session.samples < 600
    assert session.left == 600 - session.samples
    assert np.any(session.network.weights)
    session.finish()
    assert session.samples == 600


# -- intervening -------------------------------------------------------------------------------------------------


def test_interventions_act_on_the_running_network(session: SignalSession) -> None:
    session.finish()
    before = session.network.magnetization
    session.kick()
    assert np.abs(session.network.magnetization - before).max() > 0.01
    session.cut([3])
    session.cut_some()
    assert session.network.alive.sum() == 35
    assert not session.network.alive[3]
    session.mend()
    assert session.network.alive.all()
    session.change(temperature=300.0, gain=1.0)
    assert session.network.settings.temperature == 300.0
    assert session.network.settings.gain == 1.0
    assert session.samples == 600, "the run goes on"
    session.cut([0])
    for _ in range(10):
        session.cut_some()
    assert not session.network.alive.any()
    with pytest.raises(ValueError, match="restore"):
        session.cut_some()


def test_settings_before_the_run_begin_it_with_them(session: SignalSession) -> None:
    session.change(damping=0.1)
    session.step(50)
    network = MTJNetwork(40, 0, damping=0.1)
    np.testing.assert_array_equal(outputs(session), network.train(Wave().row(50), SAMPLE_TIME).output)


@pytest.mark.parametrize(
    "refused",
    [
        lambda s: s.change(damping=7.0),
        lambda s: s.change(nonsense=1.0),
        lambda s: s.renew(size=0),
        lambda s: s.renew(size=201),
        lambda s: s.renew(seed=-1),
        lambda s: s.cut([40]),
        lambda s: s.reshape(period=0.5 * NS),
        lambda s: s.open_csv(b"1\nnan\n"),
        lambda s: s.draw([0.0] * 3),
        lambda s: s.set_lengths(train_periods=0),
        lambda s: s.continue_from(601),
        lambda s: s.restore(from_file(to_file("signal", {**s.setting(), "size": 0}), "signal")),
        lambda s: s.restore(from_file(to_file("signal", {**s.setting(), "changed": {"gain": 99}}), "signal")),
        lambda s: s.restore(from_file(to_file("signal", {**s.setting(), "extra": 1}), "signal")),
    ],
)
def test_what_is_refused_changes_nothing(session: SignalSession, refused) -> None:
    session.step(450)
    before = picture_of(session)
    with pytest.raises(ValueError, match=r"\.$"):
        refused(session)
    assert picture_of(session) == before


def test_flat_waveform_cannot_be_trained(session: SignalSession) -> None:
    session.draw(np.zeros(POINTS))
    with pytest.raises(ValueError, match="flat"):
        session.train()


# -- the way back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", [0, 1, 77, 100, 450, 600, 731, 1000])
def test_going_back_repeats_the_run_bit_for_bit(session: SignalSession, moment: int) -> None:
    session.finish()
    session.finish()
    whole, m = outputs(session), session.network.magnetization
    session.continue_from(moment)
    assert session.samples == moment
    np.testing.assert_array_equal(outputs(session), whole[:moment])
    while session.samples < 1000:
        session.finish()
    np.testing.assert_array_equal(outputs(session), whole)
    np.testing.assert_array_equal(session.network.magnetization, m)


def test_going_back_before_an_intervention_undoes_it_and_after_it_repeats_it(session: SignalSession) -> None:
    session.finish()
    session.generate()
    session.step(150)
    session.kick()
    session.cut([5])
    session.step(250)
    whole = outputs(session)
    session.continue_from(900)
    assert not session.network.alive[5]
    session.finish()
    np.testing.assert_array_equal(outputs(session), whole)
    session.continue_from(750)
    assert session.network.alive[5]
    session.step(50)
    assert (outputs(session)[750:] != whole[750:800]).any()


def test_going_back_forgets_the_measure_of_a_run_as_long() -> None:
    session = SignalSession(size=20, train_periods=4, run_periods=80)
    session.finish()
    session.finish()
    measure = session.measuring()
    measure()
    assert session.measured is not None
    end = session.samples
    session.continue_from(end - round(70 * session.wave.per_period))
    session.cut(list(range(15)))
    session.finish()
    assert session.samples == end
    assert session.measured is None
    measure()  # one that was under way
    assert session.measured is None


def test_going_back_keeps_the_present_settings(session: SignalSession) -> None:
    session.step(300)
    session.change(temperature=300.0)
    session.step(200)
    session.change(temperature=50.0, gain=1.1)
    session.continue_from(200)
    assert session.network.settings.temperature == 50.0
    assert session.network.settings.gain == 1.1
    assert session.samples == 200


def test_going_back_to_the_first_moment_keeps_the_present_settings(session: SignalSession) -> None:
    session.step(300)
    session.change(temperature=50.0)
    session.continue_from(0)
    assert session.network.settings.temperature == 50.0
    assert (session.phase, session.samples, session.learnt, session.journal.actions) == ("ready", 0, None, [])
    session.step(100)
    fresh = SignalSession(train_periods=6, run_periods=4, changes={"temperature": 50.0})
    fresh.step(100)
    np.testing.assert_array_equal(outputs(session), outputs(fresh))


def test_the_way_back_begins_at_the_last_kept_state_alone(session: SignalSession, monkeypatch) -> None:
    session.finish()
    restored, restore = [], MTJNetwork.restore
    monkeypatch.setattr(
        MTJNetwork, "restore", lambda network, state: (restored.append(state), restore(network, state))[1]
    )
    session.continue_from(450)
    assert len(session.journal._kept) > 1
    assert [state is session.journal._kept[-1][2] for state in restored] == [True]


def test_kept_states_are_bounded(session: SignalSession) -> None:
    session.set_lengths(train_periods=90)
    session.finish()
    assert len(session.journal._kept) <= MOST_KEPT
    whole = outputs(session)
    session.continue_from(4321)
    session.step(100)
    np.testing.assert_array_equal(outputs(session)[4321:], whole[4321:4421])


# -- taking away -------------------------------------------------------------------------------------------------


def test_setting_goes_through_file_and_address(session: SignalSession) -> None:
    session.draw(ZIGZAG)
    session.reshape(period=12.5 * NS, amplitude=0.8)
    session.renew(size=33, seed=7)
    session.change(gain=1.3, temperature=20.0)
    for give, take in ((to_file, from_file), (to_query, from_query)):
        other = SignalSession()
        other.restore(take(give("signal", session.setting()), "signal"))
        assert other.setting() == session.setting()
        assert other.wave == session.wave
        assert (other.samples, other.phase) == (0, "ready")
        other.step(40)
    session.step(40)
    np.testing.assert_array_equal(outputs(other), outputs(session))


def test_lines_of_python_repeat_everything_bit_for_bit(session: SignalSession) -> None:
    session.change(damping=0.06)
    session.train()
    session.step(320)
    session.draw(ZIGZAG)
    session.finish()
    session.change(temperature=100.0)
    session.generate()
    session.step(123)
    session.kick()
    session.cut([1, 2])
    session.step(77)
    session.mend()
    session.continue_from(750)
    session.finish()
    session.choose("sine")
    session.train()
    session.step(60)
    names = repeated(session)
    np.testing.assert_array_equal(names["network"].magnetization, session.network.magnetization)
    np.testing.assert_array_equal(names["network"].weights, session.network.weights)
    assert names["network"].output == session.network.output


def test_record_as_a_table(session: SignalSession) -> None:
    session.finish()
    session.generate()
    session.step(20)
    names = ("target", "output", "weight_norm")
    lines = table_text(signals_of(session.record, names, "_s")).splitlines()
    assert lines[0] == "time_s,target,output,weight_norm"
    assert len(lines) == 621
    time, target, output, _norm = (float(cell) for cell in lines[600].split(","))
    assert time == pytest.approx(120 * NS, rel=1e-6, abs=0.0)
    assert target == session.wave.row(600)[-1]
    assert output == outputs(session)[599]
    assert lines[620].split(",")[1] == "", "the free run has no target"
    again = Wave.from_csv(session.wave_csv(), 20 * NS, 1.0)
    # Its samples do not hit the peak, which is scaled to 1.
    np.testing.assert_allclose(again.shape, session.wave.shape, atol=1e-3)


# -- recognition -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trained() -> RecognitionSession:
    session = RecognitionSession(Lesson(teaching=200, testing=100))
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
    trained.lesson.test(trained.network)
    np.testing.assert_array_equal(trained.network.magnetization, before)


def test_nothing_is_read_before_training_and_before_a_period() -> None:
    session = RecognitionSession(Lesson(teaching=20, testing=10))
    with pytest.raises(ValueError, match="train it first"):
        session.step(5)
    session.train()
    session.step(99)
    assert session.label(99) == ""
    session.step(1)
    assert session.label(100) in session.learnt


def test_a_test_is_cancelled_within_a_window() -> None:
    lesson, cancel = Lesson(period=100e-9, size=100, teaching=3, testing=40), Event()
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
    assert session.learnt == session.lesson.kinds
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
    lesson, network = trained.lesson, trained.network
    with pytest.raises(ValueError, match=r"\.$"):
        trained.change(**changes)
    assert trained.lesson is lesson
    assert trained.network is network


def test_another_lesson_forgets(trained: RecognitionSession) -> None:
    session = RecognitionSession(Lesson(teaching=10, testing=10))
    session.train()
    session.change(kinds=("triangle", "square"))
    assert session.learnt == ()
    assert session.source == "triangle"
    fresh = recogniser(40, 0)
    np.testing.assert_array_equal(session.network.magnetization, fresh.magnetization)


def test_recognition_setting_goes_through_a_file(trained: RecognitionSession) -> None:
    other = RecognitionSession()
    other.restore(from_file(to_file("signal", trained.setting()), "signal"))
    assert other.setting() == trained.setting()
    with pytest.raises(ValueError, match="size"):
        other.restore(from_file(to_file("signal", {**trained.setting(), "size": 0}), "signal"))
    assert other.setting() == trained.setting()
