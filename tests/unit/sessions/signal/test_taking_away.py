"""Settings, lines of Python and tables of the Signal Lab's session."""

import numpy as np
import pytest
from session_states import ZIGZAG, outputs, repeated

from dwmtj_widgets.labs.common.data_files import table_text
from dwmtj_widgets.labs.signal.export import signals_of
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import Wave
from dwmtj_widgets.sessions.snapshot import from_file, from_query, to_file, to_query

NS = 1e-9


def test_setting_goes_through_file_and_address(session: SignalSession) -> None:
    session.draw(ZIGZAG)
    session.reshape(period=12.5 * NS, amplitude=0.8)
    session.renew(size=33, seed=7)
    session.change(gain=1.3, temperature=20.0)
    for give, take in ((to_file, from_file), (to_query, from_query)):
        other = SignalSession()
        restore(other, take(give("signal", session.setting.fields()), "signal"))
        assert other.setting.fields() == session.setting.fields()
        assert other.setting.wave == session.setting.wave
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
    assert target == session.setting.wave.row(600)[-1]
    assert output == outputs(session)[599]
    assert lines[620].split(",")[1] == "", "the free run has no target"
    again = Wave.from_csv(session.wave_csv(), 20 * NS, 1.0)
    # Its samples do not hit the peak, which is scaled to 1.
    np.testing.assert_allclose(again.shape, session.setting.wave.shape, atol=1e-3)
