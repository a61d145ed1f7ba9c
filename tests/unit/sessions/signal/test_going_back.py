"""Going back in a run of the Signal Lab's session."""

import numpy as np
import pytest
from session_states import outputs

from dwmtj_widgets.mtj_rnn import MTJNetwork
from dwmtj_widgets.sessions.signal.journal import MOST_KEPT
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.setting import SignalSetting


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
    session = SignalSession(SignalSetting(size=20, train_periods=4, run_periods=80))
    session.finish()
    session.finish()
    measure = session.readings.measuring()
    measure()
    assert session.readings.measured is not None
    end = session.samples
    session.continue_from(end - round(70 * session.setting.wave.per_period))
    session.cut(list(range(15)))
    session.finish()
    assert session.samples == end
    assert session.readings.measured is None
    measure()  # one that was under way
    assert session.readings.measured is None


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
    fresh = SignalSession(SignalSetting(train_periods=6, run_periods=4, changes={"temperature": 50.0}))
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
