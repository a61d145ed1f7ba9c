"""Changing a run of the Signal Lab's session, and what it refuses."""

import numpy as np
import pytest
from session_states import outputs

from dwmtj_widgets.mtj_rnn import MTJNetwork
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import POINTS, SAMPLE_TIME, Wave
from dwmtj_widgets.sessions.snapshot import from_file, to_file

NS = 1e-9


def picture_of(session: SignalSession) -> dict:
    """Return all that a person could notice of a session, to compare before and after."""
    return {
        "wave": session.setting.wave,
        "learnt": session.learnt,
        "phase": (session.phase, session.left, session.samples),
        "setting": session.setting.fields(),
        "record": session.record.signals(0, session.samples).tobytes(),
        "actions": list(session.journal.actions),
        "m": session.network.magnetization.tobytes(),
        "weights": session.network.weights.tobytes(),
        "alive": session.network.alive.tobytes(),
    }


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
    with pytest.raises(Refused, match="restore"):
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
        lambda s: restore(s, from_file(to_file("signal", {**s.setting.fields(), "size": 0}), "signal")),
        lambda s: restore(
            s, from_file(to_file("signal", {**s.setting.fields(), "changed": {"gain": 99}}), "signal")
        ),
        lambda s: restore(s, from_file(to_file("signal", {**s.setting.fields(), "extra": 1}), "signal")),
    ],
)
def test_what_is_refused_changes_nothing(session: SignalSession, refused) -> None:
    session.step(450)
    before = picture_of(session)
    with pytest.raises(Refused, match=r"\.$"):
        refused(session)
    assert picture_of(session) == before


def test_flat_waveform_cannot_be_trained(session: SignalSession) -> None:
    session.draw(np.zeros(POINTS))
    with pytest.raises(Refused, match="flat"):
        session.train()
