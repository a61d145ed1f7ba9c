"""Changing the settings, walls and synapses of a run of the Recall Lab's session."""

from dataclasses import replace

import numpy as np
import pytest
from session_states import expected_run

from dwmtj_widgets import Device, hebbian_weights
from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.tasks.patterns import symbol
from dwmtj_widgets.tasks.recall import preset, recall_image

NS = 1e-9


@pytest.mark.parametrize(
    "changes",
    [
        {"weight": 0.2},
        {"charge_voltage": 0.2},
        {"device": Device(tmr=2.0)},
        {"weight": 0.05, "device": Device(track_length=120e-9)},
    ],
)
@pytest.mark.parametrize("begun", [5.0, 30.0])
def test_settings_act_on_the_running_network_and_keep_walls_time_and_energy(
    session: RecallSession, changes: dict, begun: float
) -> None:
    session.step(begun * NS)
    run, time, energy = session.simulation, session.simulation.time, session.simulation.energy
    soma, axon, record = run.soma.copy(), run.axon, len(session.recording)
    session.set_drive(**changes)
    assert session.simulation is run
    assert (run.time, run.energy) == (time, energy)
    np.testing.assert_array_equal(run.soma, soma)
    np.testing.assert_array_equal(run.axon, axon)
    assert len(session.recording) == record + 1  # with the moment of the change itself
    assert session.recording.times[-1] == run.time
    assert session.setting.drive == replace(RecallSession().setting.drive, **changes)
    np.testing.assert_array_equal(
        run.network.weights, hebbian_weights(np.array(session.setting.memories), session.setting.drive.weight)
    )
    assert run.network.device == session.setting.drive.device
    assert run.charge_voltage == session.setting.drive.charge_voltage
    session.finish()
    untouched = RecallSession()
    untouched.finish()
    if not (set(changes) == {"charge_voltage"} and begun > 16.0):  # disconnected after loading
        assert run.energy != untouched.simulation.energy


def test_settings_before_the_start_are_those_of_the_run(session: RecallSession) -> None:
    session.set_drive(weight=0.15, charge_voltage=0.2, device=Device(tmr=2.0))
    assert session.simulation.load_time == pytest.approx(22.21e-9, abs=0.01e-9)
    session.finish()
    wanted = expected_run(session).run()
    assert (session.simulation.time, session.simulation.energy) == (wanted.time, wanted.energy)


def test_settings_after_the_end_are_those_of_the_next_run(session: RecallSession) -> None:
    session.finish()
    run, time, energy = session.simulation, session.simulation.time, session.simulation.energy
    session.set_drive(weight=0.2)
    assert session.simulation is run
    assert (run.time, run.energy, run.phase) == (time, energy, "converged")
    session.reset()
    session.finish()
    wanted = expected_run(session).run()
    assert session.setting.drive.weight == 0.2
    assert (session.simulation.time, session.simulation.energy) == (wanted.time, wanted.energy)
    assert wanted.time != time


@pytest.mark.parametrize("distortion", [0.0, 0.2])
def test_released_simulator_is_the_published_preset(session: RecallSession, distortion: float) -> None:
    session.set_distortion(distortion, 1)
    session.step(3 * NS)
    options = preset("published").options
    session.set_drive(
        device=preset("published").device, published=True, charge_voltage=options["charge_voltage"]
    )
    assert session.simulation.time == 0.0
    np.testing.assert_array_equal(session.simulation.soma, session.setting.input)
    session.finish()
    wanted = recall_image(
        np.array(session.setting.memories),
        session.setting.input,
        session.setting.drive.weight,
        preset("published").device,
        **options,
    ).result
    assert session.simulation.time == wanted.time
    assert session.simulation.energy == pytest.approx(wanted.energy, rel=1e-12, abs=0.0)
    session.set_drive(device=Device(), published=False)
    assert not session.simulation.soma.any()
    assert session.simulation.time == 0.0


def test_papers_estimate_follows_the_weight_of_the_running_network(session: RecallSession) -> None:
    session.remove_memory(2)  # with two memories no weight is W itself, they are 0 and 2 W
    session.step(20 * NS)
    session.set_memory(1, symbol("heart"))
    for weight in (0.1, 0.2):
        session.set_drive(weight=weight)
        wanted = published_estimate(100, session.simulation.time, 0.1, weight)
        assert session.simulation.published_energy_estimate == pytest.approx(wanted, rel=1e-12, abs=0.0)


def test_flipped_soma_is_at_the_other_end_and_the_run_goes_on(session: RecallSession) -> None:
    session.finish()
    run, end, energy = session.simulation, session.simulation.time, session.simulation.energy
    wanted, soma = run.bits.copy(), run.soma.copy()
    session.flip_soma(37)
    soma[37] = 1.0 - soma[37]
    np.testing.assert_array_equal(run.soma, soma)
    assert session.simulation is run
    assert (run.time, run.energy) == (end, energy)
    assert not run.finished
    session.finish()
    np.testing.assert_array_equal(run.bits, wanted)
    assert run.time > end


def test_a_soma_flipped_before_the_start_is_recorded_so_and_stays_flipped(session: RecallSession) -> None:
    session.flip_soma(37)
    session.set_drive(charge_voltage=0.2)  # begins anew, with another load time
    assert session.recording[0].soma[37] == session.simulation.soma[37] == 1.0
    session.step(5 * NS)
    session.continue_from(0)
    assert session.setting.flipped == {37}
    assert session.simulation.soma[37] == session.recording[0].soma[37] == 1.0
    session.flip_soma(37)
    assert session.setting.flipped == frozenset()
    assert session.recording[0].soma[37] == 0.0
    assert len(session.recording) == 1


def test_settings_of_the_run_stay_when_those_of_the_next_are_changed(session: RecallSession) -> None:
    session.set_drive(weight=0.15)
    session.finish()
    ran = session.setting.drive
    session.set_drive(weight=0.2)
    session.remove_memory(0)
    session.set_drive(weight=0.05)
    assert session.as_run.drive == ran
    assert (len(session.as_run.memories), len(session.setting.memories)) == (3, 2)
    session.cut_axons(5, cut=True)
    assert (session.as_run.drive, session.as_run.cut) == (session.setting.drive, {5})
    with pytest.raises(Refused, match="weight"):
        session.set_drive(weight=-1.0)
    assert session.as_run.drive == session.setting.drive
    session.set_drive(charge_voltage=0.2)  # acts on the run that goes on
    assert session.as_run.drive == session.setting.drive
    session.finish()
    session.set_drive(weight=0.1)
    session.continue_from(20)
    assert session.as_run.drive == session.setting.drive
    session.finish()
    session.set_drive(weight=0.12)
    session.reset()
    assert session.as_run.drive == session.setting.drive


@pytest.mark.parametrize("go_on", ["flip", "cut", "continue"])
def test_a_run_that_goes_on_after_its_end_has_what_the_controls_show(
    session: RecallSession, go_on: str
) -> None:
    session.finish()
    assert not session.changed_since_end
    session.set_drive(weight=0.05)
    session.set_memory(1, symbol("heart"))
    assert session.changed_since_end
    weights = hebbian_weights(np.array(session.setting.memories), 0.05)
    assert not np.array_equal(session.simulation.network.weights, weights)  # what has ended stays
    if go_on == "flip":
        session.flip_soma(37)
    elif go_on == "cut":
        session.cut_axons(5, cut=True)
    else:
        session.continue_from(len(session.recording) - 1)
    assert np.array_equal(session.simulation.network.weights, weights)
    assert session.simulation.network.synaptic_weight == session.as_run.drive.weight == 0.05
    assert not session.changed_since_end


def test_estimate_is_of_the_weight_and_voltage_of_that_time(session: RecallSession) -> None:
    session.step(60 * NS)
    before = session.estimate_at(50 * NS)
    session.set_drive(weight=0.2, charge_voltage=0.2)
    session.step(5 * NS)
    assert session.estimate_at(50 * NS) == before == published_estimate(100, 50 * NS, 0.1, 0.1)
    assert session.estimate_at(62 * NS) == published_estimate(100, 62 * NS, 0.2, 0.2)


def test_a_load_time_begins_a_new_run_and_goes_with_the_setting(session: RecallSession) -> None:
    session.step(5 * NS)
    session.set_drive(load_time=8 * NS)
    assert (session.simulation.time, session.simulation.load_time, session.load_time) == (0.0, 8 * NS, 8 * NS)
    session.finish()
    assert session.simulation.settled_at_release < 1.0
    session.set_drive(load_time=None, device=Device(tmr=1.0))
    assert session.load_time == session.simulation.load_time > 40 * NS
    session.step(1 * NS)
    session.set_drive(device=Device())  # a run that has begun keeps its own
    assert session.load_time == session.simulation.load_time > 40 * NS
    session.finish()
    session.set_drive(weight=0.09)
    assert session.load_time == 16 * NS  # of the next run


def test_cut_axons_stay_cut_until_they_are_restored(session: RecallSession) -> None:
    def reached() -> list[int]:
        return session.simulation.network.connected.sum(axis=1)[[4, 5]].tolist()

    whole = reached()
    session.step(20 * NS)
    run, time = session.simulation, session.simulation.time
    session.cut_axons(5, cut=True)
    assert (session.simulation, session.simulation.time) == (run, time)
    assert reached() == [whole[0], 0]
    for change in (
        lambda: session.set_drive(weight=0.2, device=Device(tmr=2.0)),
        lambda: session.set_memory(0, symbol("heart")),
        lambda: session.continue_from(10),
        session.reset,
        lambda: session.take_memory(1),
        lambda: session.set_drive(published=True),
    ):
        change()
        assert reached() == [whole[0], 0]
    session.cut_axons(5, cut=False)
    assert reached() == whole
