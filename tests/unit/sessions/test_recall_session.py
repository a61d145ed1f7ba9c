"""The Recall Lab's session without a page: memories, input, one run, its record, and an earlier run."""

from dataclasses import replace

import numpy as np
import pytest

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.labs.common.neuron_reading import velocities
from dwmtj_widgets.sessions.recall import MOST_MEMORIES, RecallSession, Trace
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol
from dwmtj_widgets.tasks.recall import preset, recall_image

NS = 1e-9


@pytest.fixture
def session() -> RecallSession:
    return RecallSession()


def expected_run(session: RecallSession, *, memories=None, **options) -> Simulation:
    """Return what the engine itself makes of the session's present settings, not yet run."""
    drive = session.drive
    stored = session.memories if memories is None else memories
    network = Network(
        hebbian_weights(np.array(stored), drive.weight), drive.device, synaptic_weight=drive.weight
    )
    return Simulation(network, session.input, charge_voltage=drive.charge_voltage, **options)


def picture_of(session: RecallSession) -> dict:
    """Return all that a person could notice of a session, to compare before and after."""
    run, record = session.simulation, session.recording
    return {
        "memories": [memory.tolist() for memory in session.memories],
        "base": session.base.tolist(),
        "input": session.input.tolist() if session.base.max(initial=0) <= 1 else None,
        "target": session.target,
        "distortion": (session.distortion, session.seed),
        "drive": session.drive,
        "earlier": session.earlier,
        "run": id(run),
        "time": run.time,
        "energy": run.energy,
        "charge": run.charge_voltage,
        "soma": run.soma.tolist(),
        "weights": run.network.weights.tolist(),
        "record": record.times.tolist(),
    }


# -- the beginning -----------------------------------------------------------------------------------------------


def test_begins_with_three_memories_and_the_first_one_distorted(session: RecallSession) -> None:
    np.testing.assert_array_equal(session.memories, [symbol(name) for name in DEFAULT_MEMORIES])
    assert len(session.memories) == 3
    assert (session.input != session.memories[0]).sum() == 20
    assert session.target == 0
    assert session.simulation.time == 0.0
    assert session.earlier is None
    assert len(session.recording) == 1


def test_same_seed_same_input_and_same_run(session: RecallSession) -> None:
    again = RecallSession()
    np.testing.assert_array_equal(again.input, session.input)
    np.testing.assert_array_equal(session.input, distort(session.base, session.distortion, session.seed))
    for one in (session, again):
        one.finish()
    assert again.simulation.time == session.simulation.time
    assert again.simulation.energy == session.simulation.energy


def test_changing_what_was_handed_out_or_in_changes_nothing_stored(session: RecallSession) -> None:
    mine = np.ones(100, dtype=np.uint8)
    session.set_memory(0, mine)
    session.set_base(mine)
    mine[:] = 0
    session.input[:] = 0
    session.take_memory(0)
    session.base[:] = 0
    assert session.memories[0].all()


# -- the run -----------------------------------------------------------------------------------------------------


def test_run_is_what_the_engine_gives(session: RecallSession) -> None:
    wanted = expected_run(session).run()
    session.finish()
    run = session.simulation
    assert (run.time, run.energy, run.power) == (wanted.time, wanted.energy, wanted.power)
    np.testing.assert_array_equal(run.bits, wanted.bits)
    judgement = session.judgement(run.bits)
    assert judgement.success
    assert (judgement.nearest, judgement.inverse) == (0, False)


def test_steps_lead_to_the_same_end_and_are_recorded(session: RecallSession) -> None:
    wanted = expected_run(session).run()
    session.step(0.37 * NS)
    assert session.simulation.time == pytest.approx(0.37 * NS, rel=1e-12, abs=0.0)
    while not session.simulation.finished:
        session.step(1.7 * NS)
    assert session.simulation.time == pytest.approx(wanted.time, rel=1e-9, abs=0.0)
    assert session.simulation.energy == pytest.approx(wanted.energy, rel=1e-9, abs=0.0)
    times = session.recording.times
    np.testing.assert_allclose(times[:-1], np.arange(len(times) - 1) * 0.1 * NS, rtol=0.0, atol=1e-16)
    assert times[-1] == session.simulation.time
    before = session.simulation.time
    session.step(1 * NS)
    assert session.simulation.time == before, "a run that has ended goes on"


def test_reset_begins_anew_and_keeps_the_run_so_far_as_the_earlier_one(session: RecallSession) -> None:
    session.reset()
    assert session.earlier is None, "a run that never began is nothing to compare with"
    session.step(20 * NS)
    trace = session.trace()
    session.reset()
    assert session.simulation.time == 0.0
    assert len(session.recording) == 1
    assert isinstance(session.earlier, Trace)
    np.testing.assert_array_equal(session.earlier.time, trace.time)
    np.testing.assert_array_equal(session.earlier.energy, trace.energy)
    session.reset()
    np.testing.assert_array_equal(session.earlier.time, trace.time)


def test_trace_counts_what_the_walls_do(session: RecallSession) -> None:
    session.finish()
    trace, record = session.trace(), session.recording
    length = len(record)
    assert trace.time.shape == trace.energy.shape == trace.moving.shape == (length,)
    assert trace.overlaps.shape == (3, length)
    np.testing.assert_array_equal(trace.time, record.times)
    assert (np.diff(trace.energy) >= 0.0).all()
    assert trace.energy[-1] == pytest.approx(session.simulation.energy, rel=1e-12, abs=0.0)
    assert trace.overlaps[0, -1] == pytest.approx(1.0, abs=1e-12)
    # All walls OFF at the start: the overlap is the pattern's own mean sign, taken negative.
    np.testing.assert_allclose(
        trace.overlaps[:, 0], [(1 - 2.0 * memory).mean() for memory in session.memories], rtol=0.0, atol=1e-12
    )
    assert trace.moving[-1] == 0  # the run has ended: all walls rest
    for k in (0, 1, 30, length // 2, length - 2):
        one, two = (np.tile(record[j].axon[:, None], (1, 100)) for j in (k, k + 1))
        for table, j in ((one, k), (two, k + 1)):
            np.fill_diagonal(table, record[j].soma)
        assert trace.moving[k] == (one != two).sum(), f"at {trace.time[k] / NS:.1f} ns"
    assert trace.moving.max() > 1000


# -- intervening -------------------------------------------------------------------------------------------------


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
    assert session.drive == replace(RecallSession().drive, **changes)
    np.testing.assert_array_equal(
        run.network.weights, hebbian_weights(np.array(session.memories), session.drive.weight)
    )
    assert run.network.device == session.drive.device
    assert run.charge_voltage == session.drive.charge_voltage
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
    assert session.drive.weight == 0.2
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
    np.testing.assert_array_equal(session.simulation.soma, session.input)
    session.finish()
    wanted = recall_image(
        np.array(session.memories), session.input, session.drive.weight, preset("published").device, **options
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
    assert session.flipped == {37}
    assert session.simulation.soma[37] == session.recording[0].soma[37] == 1.0
    session.flip_soma(37)
    assert session.flipped == frozenset()
    assert session.recording[0].soma[37] == 0.0
    assert len(session.recording) == 1


def test_settings_of_the_run_stay_when_those_of_the_next_are_changed(session: RecallSession) -> None:
    session.set_drive(weight=0.15)
    session.finish()
    ran = session.drive
    session.set_drive(weight=0.2)
    session.remove_memory(0)
    session.set_drive(weight=0.05)
    assert session.as_run.drive == ran
    assert (len(session.as_run.memories), len(session.memories)) == (3, 2)
    session.cut_axons(5, cut=True)
    assert (session.as_run.drive, session.as_run.cut) == (session.drive, {5})
    with pytest.raises(ValueError, match="weight"):
        session.set_drive(weight=-1.0)
    assert session.as_run.drive == session.drive
    session.set_drive(charge_voltage=0.2)  # acts on the run that goes on
    assert session.as_run.drive == session.drive
    session.finish()
    session.set_drive(weight=0.1)
    session.continue_from(20)
    assert session.as_run.drive == session.drive
    session.finish()
    session.set_drive(weight=0.12)
    session.reset()
    assert session.as_run.drive == session.drive


@pytest.mark.parametrize("go_on", ["flip", "cut", "continue"])
def test_a_run_that_goes_on_after_its_end_has_what_the_controls_show(
    session: RecallSession, go_on: str
) -> None:
    session.finish()
    assert not session.changed_since_end
    session.set_drive(weight=0.05)
    session.set_memory(1, symbol("heart"))
    assert session.changed_since_end
    weights = hebbian_weights(np.array(session.memories), 0.05)
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


def test_a_run_is_judged_by_the_memories_that_it_had(session: RecallSession) -> None:
    session.step(20 * NS)
    session.set_memory(0, symbol("heart"))  # the running network follows
    session.finish()
    bits = session.simulation.bits
    after, curves = session.judgement(bits), session.trace().overlaps
    for k in range(3):
        session.set_memory(k, 1 - np.roll(bits, 7 * k + 1))  # of the next run
    session.remove_memory(2)
    assert session.judgement(bits) == after
    assert np.array_equal(session.trace().overlaps, curves)
    first = session.judgement(symbol(DEFAULT_MEMORIES[0]).astype(np.int8), 10 * NS)
    assert (first.nearest, first.accuracy) == (0, 1.0)
    assert session.judgement(symbol("heart").astype(np.int8), 20 * NS).accuracy == 1.0


def test_likeness_is_to_the_memories_of_each_moment(session: RecallSession) -> None:
    begun = np.array(session.memories)
    session.step(20 * NS)
    removed = session.simulation.time
    session.remove_memory(0)
    session.step(1 * NS)
    changed = session.simulation.time
    session.set_memory(1, symbol("heart"))
    session.finish()
    record, overlaps = session.recording, session.trace().overlaps
    signs = 2.0 * record.somas - 1.0
    early = record.times < removed
    np.testing.assert_allclose(
        overlaps[:, early], (2.0 * begun - 1.0) @ signs[early].T / 100, atol=1e-12, rtol=0.0
    )
    assert np.isnan(overlaps[2, ~early]).all(), "there is no third memory any more"
    late = record.times >= changed
    heart = (2.0 * symbol("heart") - 1.0) @ signs[late].T / 100
    np.testing.assert_allclose(overlaps[1, late], heart, atol=1e-12, rtol=0.0)
    between = ~early & ~late
    shifted = (2.0 * begun[2] - 1.0) @ signs[between].T / 100
    np.testing.assert_allclose(overlaps[1, between], shifted, atol=1e-12, rtol=0.0)


def test_estimate_is_of_the_weight_and_voltage_of_that_time(session: RecallSession) -> None:
    session.step(60 * NS)
    before = session.estimate_at(50 * NS)
    session.set_drive(weight=0.2, charge_voltage=0.2)
    session.step(5 * NS)
    assert session.estimate_at(50 * NS) == before == published_estimate(100, 50 * NS, 0.1, 0.1)
    assert session.estimate_at(62 * NS) == published_estimate(100, 62 * NS, 0.2, 0.2)


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


# -- memories ----------------------------------------------------------------------------------------------------


def test_drawing_in_a_memory_changes_the_weights_of_the_running_network(session: RecallSession) -> None:
    session.step(20 * NS)
    time, energy = session.simulation.time, session.simulation.energy
    session.set_memory(1, symbol("heart"))
    assert (session.simulation.time, session.simulation.energy) == (time, energy)
    np.testing.assert_array_equal(
        session.simulation.network.weights,
        hebbian_weights(np.array([symbol("A"), symbol("heart"), symbol("L")]), 0.1),
    )
    np.testing.assert_array_equal(session.memories[1], symbol("heart"))


def test_memories_are_one_to_eight(session: RecallSession) -> None:
    for count in range(3, MOST_MEMORIES):
        assert len(session.memories) == count
        session.add_memory(symbol("cross"))
    assert MOST_MEMORIES == 8
    with pytest.raises(ValueError, match="8 is the most"):
        session.add_memory(symbol("cross"))
    assert len(session.memories) == 8
    while len(session.memories) > 1:
        session.remove_memory(0)
    with pytest.raises(ValueError, match="nothing to recall"):
        session.remove_memory(0)
    np.testing.assert_array_equal(session.memories, [symbol("cross")])
    np.testing.assert_array_equal(
        session.simulation.network.weights, hebbian_weights(np.array([symbol("cross")]), 0.1)
    )


@pytest.mark.parametrize(("target", "removed", "left"), [(0, 2, 0), (2, 0, 1), (1, 2, 1), (2, 1, 1)])
def test_target_stays_the_same_image_when_another_memory_goes(
    session: RecallSession, target: int, removed: int, left: int
) -> None:
    session.take_memory(target)
    wanted = session.memories[target].copy()
    session.remove_memory(removed)
    assert session.target == left
    np.testing.assert_array_equal(session.memories[session.target], wanted)


def test_target_is_always_one_of_the_memories(session: RecallSession) -> None:
    session.take_memory(2)
    session.remove_memory(2)
    assert session.target == 1
    session.finish()
    assert 0.0 <= session.judgement(session.simulation.bits).accuracy <= 1.0


def test_taking_a_memory_makes_it_base_and_target(session: RecallSession) -> None:
    session.step(5 * NS)
    session.take_memory(2)
    assert session.target == 2
    np.testing.assert_array_equal(session.base, symbol("L"))
    assert (session.input != symbol("L")).sum() == 20
    assert session.simulation.time == 0.0
    session.finish()
    assert session.judgement(session.simulation.bits).nearest == 2


# -- input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("inverse", [False, True])
def test_drawn_input_is_taken_as_it_is_and_judged_by_what_it_resembles(
    session: RecallSession, index: int, inverse: bool
) -> None:
    drawn = distort(session.memories[index], 0.1, 3)
    if inverse:
        drawn = (1 - drawn).astype(np.uint8)
    session.step(2 * NS)
    session.set_base(drawn)
    np.testing.assert_array_equal(session.input, drawn)
    assert session.distortion == 0.0
    assert session.target == index
    assert session.simulation.time == 0.0
    np.testing.assert_array_equal(session.simulation.pattern, drawn)
    session.finish()
    judgement = session.judgement(session.simulation.bits)
    assert (judgement.nearest, judgement.inverse, judgement.success) == (index, inverse, True)


def test_distortion_flips_as_many_bits_of_the_base(session: RecallSession) -> None:
    for fraction, seed in ((0.0, 1), (0.07, 1), (0.5, 9)):
        session.set_distortion(fraction, seed)
        assert (session.input != session.base).sum() == round(100 * fraction)
        np.testing.assert_array_equal(session.simulation.pattern, session.input)
    few = session.input
    session.set_distortion(0.5, 10)
    assert (session.input != few).any(), "another seed flips the same bits"


# -- going back --------------------------------------------------------------------------------------------------


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
        session.simulation.network.weights, hebbian_weights(np.array(session.memories), 0.2)
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
        session.simulation.network.weights, hebbian_weights(np.array(session.memories), 0.1)
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


# -- what is refused ---------------------------------------------------------------------------------------------

REFUSED = {
    "distortion above 1": lambda s: s.set_distortion(1.5, 1),
    "distortion not a number": lambda s: s.set_distortion(float("nan"), 1),
    "negative seed": lambda s: s.set_distortion(0.1, -1),
    "no weight": lambda s: s.set_drive(weight=float("nan")),
    "charge voltage too low to load": lambda s: s.set_drive(charge_voltage=0.001),
    "charge voltage not a number": lambda s: s.set_drive(charge_voltage=float("nan")),
    "good weight with bad charge voltage": lambda s: s.set_drive(weight=0.2, charge_voltage=0.001),
    "bad charge voltage with another preset": lambda s: s.set_drive(charge_voltage=0.001, published=True),
    "memory of another size": lambda s: s.set_memory(0, np.zeros(99, dtype=np.uint8)),
    "memory not of bits": lambda s: s.set_memory(0, np.full(100, 2, dtype=np.uint8)),
    "new memory of another size": lambda s: s.add_memory(np.zeros(99, dtype=np.uint8)),
    "new memory not of bits": lambda s: s.add_memory(np.full(100, 2, dtype=np.uint8)),
    "input of another size": lambda s: s.set_base(np.zeros(99, dtype=np.uint8)),
    "input not of bits": lambda s: s.set_base(np.full(100, 2, dtype=np.uint8)),
    "change of a memory that is not there": lambda s: s.set_memory(3, np.zeros(100, dtype=np.uint8)),
    "use of a memory that is not there": lambda s: s.take_memory(3),
    "removal of a memory that is not there": lambda s: s.remove_memory(3),
    "a moment that is not in the record": lambda s: s.continue_from(100_000),
    "a moment before the first": lambda s: s.continue_from(-1),
    "a neuron that is not there": lambda s: s.flip_soma(100),
    "axons of a neuron that is not there": lambda s: s.cut_axons(100, cut=True),
}


@pytest.mark.parametrize("state", ["fresh", "running", "ended"])
@pytest.mark.parametrize("what", REFUSED)
def test_refused_input_leaves_everything_as_it_was(session: RecallSession, what: str, state: str) -> None:
    if state == "running":
        session.step(20 * NS)
    elif state == "ended":
        session.finish()
    before = picture_of(session)
    with pytest.raises(ValueError, match=r"\w") as caught:
        REFUSED[what](session)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith("."), sentence
    assert picture_of(session) == before
