"""Record and run of the Signal Lab's session without a page."""

from threading import Event

import numpy as np
import pytest
from session_states import ZIGZAG, outputs, repeated

from dwmtj_widgets.mtj_rnn import MTJNetwork
from dwmtj_widgets.mtj_rnn.measures import quality
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.record import NORM, TARGET, SignalRecord
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.setting import SignalSetting
from dwmtj_widgets.sessions.signal.wave import POINTS, SAMPLE_TIME, Wave, match

NS = 1e-9


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
    with pytest.raises(Refused, match="train it first"):
        session.generate()
    session.finish()
    assert (session.phase, session.finished, session.samples) == ("train", True, 600)
    assert not session.must_train
    session.finish()
    assert (session.phase, session.finished, session.samples) == ("run", True, 1000)
    session.go_on()
    assert session.left == 400, "the free run goes on"


def test_default_wave_is_learnt_and_its_error_is_the_engines_measure() -> None:
    session = SignalSession(SignalSetting(run_periods=5))
    session.finish()
    session.finish()
    free = outputs(session)[-500:]
    assert session.readings.measured is None
    measure = session.readings.measuring()
    assert measure is not None
    found = measure()
    assert session.readings.measured is found
    assert found.error == quality(free, session.setting.wave.one_period, 100.0).error
    assert found.error < 0.1
    # The training's clock goes on: 100 periods of 100 samples end where a period begins.
    assert found.fixed_error == quality(free, session.setting.wave.one_period, 100.0, release=0.0).fixed_error
    target = np.tile(session.setting.wave.one_period, 5)
    expected = np.sqrt(np.mean((free - target) ** 2)) / session.setting.wave.one_period.std()
    assert found.fixed_error == pytest.approx(expected, rel=1e-9)
    assert found.fixed_error >= found.error
    period = session.readings.generated_period()
    assert period is not None
    np.testing.assert_allclose(period, session.setting.wave.one_period, atol=0.2)
    session.kick()
    assert session.readings.measured is None, "the measure is of what was before"
    assert session.readings.measuring() is None


def test_error_of_every_period_is_noted(session: SignalSession) -> None:
    session.finish()
    times, errors, fixed = session.readings.error_curve()
    assert np.isnan(fixed).all(), "nothing was let go"
    np.testing.assert_allclose(times, np.arange(1, 7) * 20 * NS)
    target, output, _norm = session.record.signals(200, 300)
    assert errors[2] == pytest.approx(
        np.sqrt(np.mean((output - target) ** 2)) / session.setting.wave.one_period.std()
    )
    assert session.readings.error_at(350) == session.errors[2]
    assert session.readings.error_at(99) is None


def test_another_wave_in_mid_training_is_learnt_from_then_on(session: SignalSession) -> None:
    session.train()
    session.step(250)
    session.draw(ZIGZAG)
    session.step(100)
    expected = Wave.of_samples(ZIGZAG, 20 * NS, 1.0).row(350)[250:]
    np.testing.assert_array_equal(session.record.signals(250, 350)[TARGET], expected)
    assert session.learnt == session.setting.wave


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
    assert last.error == match(output, session.setting.wave).error
    assert last.fixed == pytest.approx(
        np.sqrt(np.mean((output - session.setting.wave.row(900)[800:]) ** 2))
        / session.setting.wave.one_period.std()
    )
    _times, errors, fixed = session.readings.error_curve()
    assert (errors[-1], fixed[-1]) == (last.error, last.fixed)
    session.kick()
    assert session.last_error is None


@pytest.mark.parametrize("ran", [6, 10])
def test_one_seed_gives_one_result_whatever_was_learnt_before(ran: int) -> None:
    """What the junctions did for another waveform is not what the next one begins with."""
    fresh = SignalSession(SignalSetting(Wave("sine"), train_periods=6, run_periods=4))
    used = SignalSession(SignalSetting(Wave("square"), train_periods=6, run_periods=4))
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
    assert used.setting == fresh.setting
    np.testing.assert_array_equal(repeated(used)["network"].magnetization, fresh.network.magnetization)


def test_another_wave_in_mid_training_is_marked(session: SignalSession) -> None:
    session.train()
    session.step(250)
    session.choose("square")
    session.step(100)
    session.step(100)
    assert session.readings.marks == [(0, "training"), (250, "another waveform")]


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
