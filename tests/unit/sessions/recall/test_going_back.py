"""Looking back in a run of the Recall Lab's session, and going on from there."""

import numpy as np
import pytest

from dwmtj_widgets import Device, hebbian_weights
from dwmtj_widgets.labs.common.neuron_reading import velocities
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.tasks.patterns import symbol

NS = 1e-9


def test_continuing_with_unchanged_settings_leads_to_the_same_end(session: RecallSession) -> None:
    session.finish()
    end, whole = session.simulation.result(), session.trace()
    index = session.recording.index_at(25 * NS)
    moment = session.recording[index]
    session.continue_from(index)
    assert session.simulation.time == moment.time == pytest.approx(25 * NS, rel=1e-9, abs=0.0)
    np.testing.assert_array_equal(session.simulation.soma, moment.soma)
    assert session.simulation.energy == pytest.approx(whole.energy[index], rel=1e-12, abs=0.0)
    assert len(session.recording) == index + 1
    assert session.earlier is not None
    np.testing.assert_array_equal(session.earlier.time, whole.time)
    np.testing.assert_array_equal(session.earlier.overlaps, whole.overlaps)
    session.finish()
    assert session.simulation.time == pytest.approx(end.time, rel=1e-9, abs=0.0)
    assert session.simulation.energy == pytest.approx(end.energy, rel=1e-9, abs=0.0)
    assert (np.diff(session.recording.times) > 0.0).all()
    assert len(session.recording) == pytest.approx(len(whole.time), abs=1)


def test_continuing_takes_the_present_settings(session: RecallSession) -> None:
    session.finish()
    end = session.simulation.time
    session.set_drive(weight=0.2, device=Device(tmr=2.0))
    session.continue_from(session.recording.index_at(20 * NS))
    assert session.simulation.network.device == Device(tmr=2.0)
    np.testing.assert_array_equal(
        session.simulation.network.weights, hebbian_weights(np.array(session.setting.memories), 0.2)
    )
    session.finish()
    assert session.simulation.time != end


def test_continuing_from_the_end_takes_the_present_settings(session: RecallSession) -> None:
    """What has come to rest under the old weights moves again under new ones."""
    session.finish()
    end = session.simulation.time
    session.set_memory(0, (1 - symbol("L")).astype(np.uint8))
    session.set_memory(1, symbol("L"))
    session.continue_from(len(session.recording) - 1)
    np.testing.assert_array_equal(
        session.simulation.network.weights, hebbian_weights(np.array(session.setting.memories), 0.1)
    )
    assert not session.simulation.finished
    session.finish()
    assert session.simulation.time > end
    assert session.judgement(session.simulation.bits).nearest_accuracy == 1.0


def test_continuing_from_the_start_loads_as_the_present_charge_voltage_needs(session: RecallSession) -> None:
    session.finish()
    session.set_drive(charge_voltage=0.02)
    session.continue_from(0)
    assert (session.simulation.charge_voltage, session.simulation.load_time) == (0.02, 20e-9)


def test_continuing_from_the_start_is_a_run_from_the_start(session: RecallSession) -> None:
    session.finish()
    end = session.simulation.time
    session.continue_from(0)
    assert session.simulation.time == 0.0
    session.finish()
    assert session.simulation.time == pytest.approx(end, rel=1e-9, abs=0.0)
    assert session.earlier is not None


def test_looking_back_finds_the_network_of_that_time(session: RecallSession) -> None:
    session.step(18 * NS)
    before = session.simulation.network
    session.set_drive(weight=0.05, charge_voltage=0.2)
    session.cut_axons(5, cut=True)
    session.step(3 * NS)
    session.flip_soma(3)
    assert session.network_at(session.simulation.time) is session.simulation.network
    assert session.network_at(18 * NS).synaptic_weight == 0.05
    past = session.network_at(17.9 * NS)
    assert np.array_equal(past.weights, before.weights)
    assert np.array_equal(past.connected, before.connected)
    assert session.network_at(17 * NS) is past  # made once
    assert (session.charge_voltage_at(10 * NS), session.charge_voltage_at(19 * NS)) == (0.1, 0.2)
    moment = session.recording[session.recording.index_at(17.5 * NS)]
    later = session.recording[session.recording.index_at(17.6 * NS)]
    free = [j for j in range(100) if 0.1 < moment.soma[j] < 0.9 and 0.1 < later.soma[j] < 0.9]
    assert free
    shown = [velocities(past, moment, j, None)[0] for j in free]
    gone = (later.soma - moment.soma)[free] * 100e-9 / (later.time - moment.time)
    np.testing.assert_allclose(shown, gone, rtol=0.05)
