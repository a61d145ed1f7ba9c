"""The Recall Lab's session without a page: how it begins, one run, its record, and an earlier run."""

import numpy as np
import pytest
from session_states import expected_run

from dwmtj_widgets.sessions.recall import RecallSession, Trace
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol

NS = 1e-9


# -- the beginning -----------------------------------------------------------------------------------------------


def test_begins_with_three_memories_and_the_first_one_distorted(session: RecallSession) -> None:
    np.testing.assert_array_equal(session.setting.memories, [symbol(name) for name in DEFAULT_MEMORIES])
    assert len(session.setting.memories) == 3
    assert (session.setting.input != session.setting.memories[0]).sum() == 20
    assert session.setting.target == 0
    assert session.simulation.time == 0.0
    assert session.earlier is None
    assert len(session.recording) == 1


def test_same_seed_same_input_and_same_run(session: RecallSession) -> None:
    again = RecallSession()
    np.testing.assert_array_equal(again.setting.input, session.setting.input)
    np.testing.assert_array_equal(
        session.setting.input, distort(session.setting.base, session.setting.distortion, session.setting.seed)
    )
    for one in (session, again):
        one.finish()
    assert again.simulation.time == session.simulation.time
    assert again.simulation.energy == session.simulation.energy


def test_changing_what_was_handed_out_or_in_changes_nothing_stored(session: RecallSession) -> None:
    mine = np.ones(100, dtype=np.uint8)
    session.set_memory(0, mine)
    session.set_base(mine)
    mine[:] = 0
    session.setting.input[:] = 0
    session.take_memory(0)
    session.setting.base[:] = 0
    assert session.setting.memories[0].all()


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
        trace.overlaps[:, 0],
        [(1 - 2.0 * memory).mean() for memory in session.setting.memories],
        rtol=0.0,
        atol=1e-12,
    )
    assert trace.moving[-1] == 0  # the run has ended: all walls rest
    for k in (0, 1, 30, length // 2, length - 2):
        one, two = (np.tile(record[j].axon[:, None], (1, 100)) for j in (k, k + 1))
        for table, j in ((one, k), (two, k + 1)):
            np.fill_diagonal(table, record[j].soma)
        assert trace.moving[k] == (one != two).sum(), f"at {trace.time[k] / NS:.1f} ns"
    assert trace.moving.max() > 1000
