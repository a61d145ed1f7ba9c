"""Training and free run in the Signal Lab without a browser, and what is said of them."""

from dataclasses import replace
from time import monotonic

import numpy as np
import pytest
from visitors.signal import error, finish, frames, primary, read

from dwmtj_widgets.labs.signal.lab import SignalLab
from dwmtj_widgets.labs.signal.texts import GOOD_ERROR, _judgement, state_text
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.setting import SignalSetting
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME, Wave
from dwmtj_widgets.units import quantity

NS = 1e-9


def test_one_primary_button_leads_from_training_to_the_free_run(lab: SignalLab) -> None:
    mode = lab.generate
    assert primary(mode) == ["first"]
    mode.transport.first.click()
    assert mode.clock.playing
    assert primary(mode) == []
    frames(mode, 3)
    mode.transport.pause.click()
    assert not mode.clock.playing
    assert primary(mode) == ["run"]
    mode.transport.run.click()
    while mode.clock.playing:
        frames(mode, 1, 0.1)
    assert (mode.session.phase, mode.session.finished) == ("train", True)
    assert primary(mode) == ["second"]
    assert "trained" in mode.steps.value
    mode.transport.second.click()
    while mode.clock.playing:
        frames(mode, 1, 0.1)
    finish(mode)
    assert mode.session.readings.measured is not None
    assert read(mode, "error-value") == quantity(mode.session.readings.measured.error, "%", digits=3)
    assert read(mode, "locked") == str(mode.session.readings.measured.locked)
    assert "generated" in mode.steps.value
    assert not mode.measuring.running, "what is measured is not measured again"
    assert error(lab) == ""


@pytest.mark.parametrize(
    ("kind", "periods", "words"),
    [
        ("square", 10, "it cannot follow the jump"),
        ("harmonics", 1, "Train longer, or freeze"),
        ("harmonics", 50, "Learnt."),
    ],
)
def test_training_says_learnt_only_where_it_is(kind: str, periods: int, words: str) -> None:
    session = SignalSession(SignalSetting(Wave(kind), train_periods=periods))
    session.finish()
    last = session.last_error
    assert last is not None and (last.error < GOOD_ERROR) == (words == "Learnt.")
    said = state_text(session, playing=False, working=False)
    assert words in said
    assert words == "Learnt." or quantity(last.error, "%", digits=3) in said


def judged(session: SignalSession) -> str:
    """Return what is said of a free run at its end."""
    measure = session.readings.measuring()
    assert measure is not None
    measure()
    return state_text(session, playing=False, working=False)


def test_waveform_with_jumps_is_not_told_to_train_longer() -> None:
    session = SignalSession(SignalSetting(Wave("square"), train_periods=20, run_periods=10))
    session.finish()
    session.finish()
    assert "longer training does not help" in judged(session).lower()
    assert "Train longer" not in judged(session)


def test_cut_and_silent_networks_are_judged_as_such() -> None:
    session = SignalSession(SignalSetting(train_periods=20, run_periods=5))
    session.finish()
    session.finish()
    judged(session)
    found = session.readings.measured
    assert found is not None
    session.cut(list(range(4, 12)))
    assert "Without 8 junctions" in _judgement(session, replace(found, error=0.6, shape_error=0.5))
    session.finish()
    assert session.readings.silent
    assert "fallen silent" in judged(session)


def test_meter_and_chart_show_the_same_errors(lab: SignalLab) -> None:
    mode, session = lab.generate, lab.session
    session.finish()
    session.generate()
    session.step(250)
    mode.refresh()
    last = session.last_error
    assert last is not None

    def last_points() -> dict[str, float]:
        return {curve["name"]: curve["y"][-1] for curve in mode.charts.error._chart["curves"]}

    assert read(mode, "error-value") == quantity(last.error, "%", digits=3)
    assert read(mode, "fixed-error") == quantity(last.fixed, "%", digits=3) + " phase fixed"
    assert last_points() == pytest.approx(
        {"error": 100 * last.error, "phase fixed at release": 100 * last.fixed}, rel=1e-6
    )
    mode.instant()
    finish(mode)
    whole = session.readings.measured
    assert whole is not None
    assert read(mode, "error-value") == quantity(whole.error, "%", digits=3)
    assert read(mode, "fixed-error") == quantity(whole.fixed_error, "%", digits=3) + " phase fixed"
    points = last_points()
    assert points["error, whole run"] == pytest.approx(100 * whole.error, rel=1e-6)
    assert points["phase fixed, whole run"] == pytest.approx(100 * whole.fixed_error, rel=1e-6)


def test_frames_advance_at_the_pace_that_is_set(lab: SignalLab) -> None:
    mode = lab.generate
    mode.transport.speed.value = 50.0
    mode.train()
    frames(mode, 40, 0.025)
    assert mode.session.time == pytest.approx(50 * NS, abs=1.01 * SAMPLE_TIME)
    before = mode.session.samples
    mode.transport.step.click()
    assert mode.session.samples == before + 5
    assert not mode.clock.playing


def test_free_run_that_single_steps_bring_to_its_end_is_measured(lab: SignalLab) -> None:
    mode = lab.generate
    lab.session.set_lengths(train_periods=2, run_periods=1)
    mode.transport.instant.click()
    finish(mode)
    mode.transport.second.click()
    mode.transport.pause.click()
    while lab.session.left:
        mode.transport.step.click()
    finish(mode)
    assert lab.session.readings.measured is not None
    assert "Measuring" not in mode.state.value


def test_views_show_what_the_engine_has(lab: SignalLab) -> None:
    mode = lab.generate
    mode.train()
    frames(mode, 30)
    network = mode.session.network
    drawn = np.frombuffer(mode.stage.spheres._vectors, dtype=np.int8).reshape(-1, 3)
    np.testing.assert_allclose(drawn / 127.0, network.magnetization.T, atol=0.005)
    points = np.frombuffer(mode.scope._points, dtype="<f4").reshape(2, -1)
    record = mode.session.record.signals(0, mode.session.samples)
    shown = min(points.shape[1], mode.session.samples)
    np.testing.assert_allclose(points[:, -shown:], record[:2, -shown:], atol=1e-6)
    assert mode.stage.raster._live.shape == (shown, 40)


def test_instant_trains_in_the_background_and_stops_at_once(lab: SignalLab) -> None:
    mode = lab.generate
    lab.session.renew(size=200)
    lab.session.set_lengths(train_periods=400)
    mode.transport.instant.click()
    assert mode.working
    assert not mode.transport.pause.disabled
    end = monotonic() + 30.0
    while not lab.session.samples and monotonic() < end:
        mode.work.look()
    assert "<progress" in mode.state.value
    mode.transport.pause.click()
    assert not mode.work.running
    assert 0 < lab.session.samples < 40_000
    assert lab.session.left == 40_000 - lab.session.samples
