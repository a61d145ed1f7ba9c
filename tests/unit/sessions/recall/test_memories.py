"""Memories and input of the Recall Lab's session."""

import numpy as np
import pytest

from dwmtj_widgets import hebbian_weights
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.recall import MOST_MEMORIES, RecallSession
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol

NS = 1e-9


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
    np.testing.assert_array_equal(session.setting.memories[1], symbol("heart"))


def test_memories_are_one_to_eight(session: RecallSession) -> None:
    for count in range(3, MOST_MEMORIES):
        assert len(session.setting.memories) == count
        session.add_memory(symbol("cross"))
    assert MOST_MEMORIES == 8
    with pytest.raises(Refused, match=r"^At most 8 memories; remove one first\.$"):
        session.add_memory(symbol("cross"))
    assert len(session.setting.memories) == 8
    while len(session.setting.memories) > 1:
        session.remove_memory(0)
    with pytest.raises(Refused, match="nothing to recall"):
        session.remove_memory(0)
    np.testing.assert_array_equal(session.setting.memories, [symbol("cross")])
    np.testing.assert_array_equal(
        session.simulation.network.weights, hebbian_weights(np.array([symbol("cross")]), 0.1)
    )


@pytest.mark.parametrize(("target", "removed", "left"), [(0, 2, 0), (2, 0, 1), (1, 2, 1), (2, 1, 1)])
def test_target_stays_the_same_image_when_another_memory_goes(
    session: RecallSession, target: int, removed: int, left: int
) -> None:
    session.take_memory(target)
    wanted = session.setting.memories[target].copy()
    session.remove_memory(removed)
    assert session.setting.target == left
    np.testing.assert_array_equal(session.setting.memories[session.setting.target], wanted)


def test_target_is_always_one_of_the_memories(session: RecallSession) -> None:
    session.take_memory(2)
    session.remove_memory(2)
    assert session.setting.target == 1
    session.finish()
    assert 0.0 <= session.judgement(session.simulation.bits).accuracy <= 1.0


def test_taking_a_memory_makes_it_base_and_target(session: RecallSession) -> None:
    session.step(5 * NS)
    session.take_memory(2)
    assert session.setting.target == 2
    np.testing.assert_array_equal(session.setting.base, symbol("L"))
    assert (session.setting.input != symbol("L")).sum() == 20
    assert session.simulation.time == 0.0
    session.finish()
    assert session.judgement(session.simulation.bits).nearest == 2


# -- input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("inverse", [False, True])
def test_drawn_input_is_taken_as_it_is_and_judged_by_what_it_resembles(
    session: RecallSession, index: int, inverse: bool
) -> None:
    drawn = distort(session.setting.memories[index], 0.1, 3)
    if inverse:
        drawn = (1 - drawn).astype(np.uint8)
    session.step(2 * NS)
    session.set_base(drawn)
    np.testing.assert_array_equal(session.setting.input, drawn)
    assert session.setting.distortion == 0.0
    assert session.setting.target == index
    assert session.simulation.time == 0.0
    np.testing.assert_array_equal(session.simulation.pattern, drawn)
    session.finish()
    judgement = session.judgement(session.simulation.bits)
    assert (judgement.nearest, judgement.inverse, judgement.success) == (index, inverse, True)


def test_distortion_flips_as_many_bits_of_the_base(session: RecallSession) -> None:
    for fraction, seed in ((0.0, 1), (0.07, 1), (0.5, 9)):
        session.set_distortion(fraction, seed)
        assert (session.setting.input != session.setting.base).sum() == round(100 * fraction)
        np.testing.assert_array_equal(session.simulation.pattern, session.setting.input)
    few = session.setting.input
    session.set_distortion(0.5, 10)
    assert (session.setting.input != few).any(), "another seed flips the same bits"


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
    begun = np.array(session.setting.memories)
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
