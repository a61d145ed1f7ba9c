"""Random recall and its survey: the physics of the device and of the ideal networks, and who decides the chance."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.hopfield import published
from dwmtj_widgets.paper.points import Plan
from dwmtj_widgets.paper.trials import columns_of, measure
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks import recall_survey
from dwmtj_widgets.tasks.ideal_hopfield import energy, settle_in_turn, settle_together
from dwmtj_widgets.tasks.random_recall import (
    Conditions,
    SurveyTrial,
    distances,
    draw,
    draw_trial,
    recall,
    run_trial,
    wrong_bits,
)
from dwmtj_widgets.tasks.recall_survey import (
    MOST_RECALLS,
    RECORD,
    Survey,
    SurveyPoint,
    coarse_first,
    record_of,
    spread,
)

TABLE = Conditions()
PUBLISHED = Conditions(device=Device.published(), soma_start="pattern", min_time=published.MIN_TIME)
BOTH = pytest.mark.parametrize("conditions", [TABLE, PUBLISHED], ids=["Table I", "published"])


# -- the device --------------------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("neurons", [3, 5, 9, 21, 61])
def test_one_pattern_is_always_recalled_by_an_odd_number_of_neurons(
    conditions: Conditions, neurons: int
) -> None:
    """The first curve of the paper's figure 5 is 100 % throughout."""
    for number in range(40):
        trial = run_trial(conditions, neurons, 1, number)
        assert [wrong_bits(b, trial.patterns) for b in (trial.run.bits, trial.in_turn, trial.together)] == [
            0
        ] * 3
        assert trial.run.converged


@BOTH
def test_two_patterns_are_nearly_always_recalled_by_29_neurons(conditions: Conditions) -> None:
    """The paper's text: the accuracy approaches 99 %; four patterns are harder for so few neurons."""
    two, four = (
        np.mean([record_of(run_trial(conditions, 29, p, k))[0] for k in range(150)]) / 29 for p in (2, 4)
    )
    assert two < 0.02 < four < 0.2


@BOTH
def test_a_recall_is_a_run_of_the_simulation_to_the_bit(conditions: Conditions) -> None:
    for number in range(10):
        patterns, cue, _rng = draw_trial(conditions, 17, 3, number)
        run = Simulation(
            Network(hebbian_weights(patterns, conditions.weight), conditions.device),
            cue,
            soma_start=conditions.soma_start,
            min_time=conditions.min_time,
        ).run()
        own, whole = recall(patterns, cue, conditions), run_trial(conditions, 17, 3, number).run
        for end in (own, whole):
            assert (end.time, end.energy, end.converged) == (run.time, run.energy, run.converged)
            np.testing.assert_array_equal(end.bits, run.bits)


def test_the_papers_trials_are_made_of_the_same_parts() -> None:
    point = Plan.short().random_recall(13, 2, weight=0.05, charge_voltage=0.07)
    conditions = replace(PUBLISHED, weight=0.05, charge_voltage=0.07)
    columns = columns_of(point, measure(point, range(6)))
    for number in range(6):
        patterns, cue = draw(2, 13, point.generator(number))
        end = recall(patterns, cue, conditions)
        assert columns["time"][number] == end.time
        assert columns["energy"][number] == end.energy
        assert columns["errors"][number] == wrong_bits(end.bits, patterns)


@BOTH
def test_permuted_neurons_give_the_permuted_answer(conditions: Conditions) -> None:
    moved = np.random.default_rng(3).permutation(19)
    for number in range(10):
        patterns, cue, _rng = draw_trial(conditions, 19, 3, number)
        there, here = recall(patterns[:, moved], cue[moved], conditions), recall(patterns, cue, conditions)
        np.testing.assert_array_equal(there.bits, here.bits[moved])
        assert there.time == pytest.approx(here.time, rel=1e-6, abs=0.0)
        assert there.energy == pytest.approx(here.energy, rel=1e-6, abs=0.0)
        weights = hebbian_weights(patterns, 1.0)
        np.testing.assert_array_equal(
            settle_together(weights[np.ix_(moved, moved)], cue[moved]), settle_together(weights, cue)[moved]
        )


def test_inverse_patterns_are_the_same_network() -> None:
    patterns, cue, _rng = draw_trial(TABLE, 15, 2, 0)
    there, here = recall(1 - patterns, cue, TABLE), recall(patterns, cue, TABLE)
    assert (there.time, there.energy) == (here.time, here.energy)
    np.testing.assert_array_equal(there.bits, here.bits)


# -- the ideal networks ------------------------------------------------------------------------------------------

weights_and_start = st.integers(2, 12).flatmap(
    lambda size: st.tuples(
        st.lists(st.lists(st.integers(-3, 3), min_size=size, max_size=size), min_size=size, max_size=size),
        st.lists(st.integers(0, 1), min_size=size, max_size=size),
    )
)


def symmetric(rows: list[list[int]]) -> np.ndarray:
    upper = np.triu(np.array(rows, dtype=float), 1)
    return upper + upper.T


@given(case=weights_and_start, seed=st.integers(0, 99))
def test_in_turn_the_energy_never_rises_and_no_neuron_ends_against_its_field(case, seed: int) -> None:
    weights, start = symmetric(case[0]), np.array(case[1])
    end = settle_in_turn(weights, start, seed)
    assert energy(weights, end) <= energy(weights, start)
    signs = 2 * end.astype(float) - 1
    assert ((weights @ signs) * signs >= 0).all()
    np.testing.assert_array_equal(settle_in_turn(weights, end, seed + 1), end)


def test_in_turn_follows_the_textbook_one_neuron_after_the_other() -> None:
    """The same orders, neuron by neuron, with the energy looked at after every one of them."""
    for number in range(20):
        patterns, cue, _rng = draw_trial(TABLE, 25, 4, number)
        weights = hebbian_weights(patterns, 1.0)
        rng, state, changed = np.random.default_rng(number), cue.copy(), True
        while changed:
            changed = False
            for neuron in rng.permutation(25):
                before, field = energy(weights, state), weights[neuron] @ (2.0 * state - 1.0)
                wanted = state[neuron] if field == 0 else int(field > 0)
                changed |= bool(wanted != state[neuron])
                state[neuron] = wanted
                assert energy(weights, state) <= before
        np.testing.assert_array_equal(settle_in_turn(weights, cue, number), state)


@given(case=weights_and_start)
def test_together_ends_at_rest_or_alternates_between_two_states(case) -> None:
    weights, start = symmetric(case[0]), np.array(case[1])
    end = settle_together(weights, start)
    state = 2.0 * start - 1.0
    for _ in range(200):  # past any approach to the cycle of so few neurons
        state, before = np.where(weights @ state == 0, state, np.sign(weights @ state)), state
    np.testing.assert_array_equal(end, np.where(state == before, state > 0, -1))


def test_together_two_neurons_that_agree_chase_each_other_and_never_decide() -> None:
    pair = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert settle_together(pair, [1, 0]).tolist() == [-1, -1]
    assert settle_together(pair, [1, 1]).tolist() == [1, 1]
    assert set(settle_in_turn(pair, [1, 0], 0).tolist()) in ({0}, {1})


def test_ideal_networks_refuse_one_way_weights() -> None:
    for settle in (lambda w: settle_together(w, [1, 0]), lambda w: settle_in_turn(w, [1, 0], 0)):
        with pytest.raises(Refused, match="weights are not symmetric"):
            settle(np.array([[0.0, 1.0], [2.0, 0.0]]))


# -- how an end is judged ----------------------------------------------------------------------------------------


@given(
    states=st.lists(st.lists(st.integers(-1, 1), min_size=6, max_size=6), min_size=1, max_size=4),
    patterns=st.lists(st.lists(st.integers(0, 1), min_size=6, max_size=6), min_size=1, max_size=3),
)
def test_distances_are_counted_bit_by_bit(states, patterns) -> None:
    found = distances(np.array(states, dtype=np.int8), np.array(patterns, dtype=np.uint8))
    for k, state in enumerate(states):
        for p, pattern in enumerate(patterns):
            wrong = sum(s != b for s, b in zip(state, pattern, strict=True))
            inverse = sum(s != 1 - b for s, b in zip(state, pattern, strict=True))
            assert found[k, p] == min(wrong, inverse)
    assert (
        wrong_bits(np.array(states[0], dtype=np.int8), np.array(patterns, dtype=np.uint8)) == found[0].min()
    )


def test_undecided_bits_never_count() -> None:
    assert wrong_bits(np.full(5, -1, dtype=np.int8), np.ones((1, 5), dtype=np.uint8)) == 5


# -- chance ------------------------------------------------------------------------------------------------------


def test_the_input_is_random_or_the_first_pattern_with_its_share_of_flipped_bits() -> None:
    patterns, cue, _rng = draw_trial(TABLE, 41, 3, 7)
    assert 0 < wrong_bits(cue.astype(np.int8), patterns) < 21
    for share, flipped in ((0.0, 0), (0.1, 4), (0.5, 20)):
        stored, distorted, _rng = draw_trial(Conditions(distortion=share), 41, 3, 7)
        np.testing.assert_array_equal(stored, patterns)
        assert (stored[0] != distorted).sum() == flipped


def test_every_seed_size_number_of_patterns_and_trial_has_its_own_chance() -> None:
    drawn = [
        draw_trial(Conditions(seed=seed), 20, patterns, trial)[1].tobytes()
        for seed in (1, 2)
        for patterns in (1, 2)
        for trial in range(5)
    ]
    assert len(set(drawn)) == len(drawn)


@pytest.fixture
def stop_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Event]:
    """Return an event that is set when so many trials have been begun."""
    cancel, left = Event(), [0]

    def counted(conditions: Conditions, neurons: int, patterns: int, trial: int) -> SurveyTrial:
        left[0] -= 1
        if left[0] == 0:
            cancel.set()
        return run_trial(conditions, neurons, patterns, trial)

    def after(trials: int) -> Event:
        cancel.clear()
        left[0] = trials
        return cancel

    monkeypatch.setattr(recall_survey, "run_trial", counted)
    return after


def records(survey: Survey) -> dict[SurveyPoint, list]:
    return {point: survey.records(point).tolist() for point in survey.points}


def test_records_depend_neither_on_threads_nor_on_stopping_nor_on_when_trials_were_asked_for(
    stop_after: Callable[[int], Event],
) -> None:
    sizes, patterns = [5, 21, 9], [3, 1]
    once = Survey(TABLE, sizes, patterns, 12)
    once.run(workers=1)
    threads = Survey(TABLE, sizes, patterns, 12)
    threads.run(workers=4)
    pieces = Survey(TABLE, sizes, patterns, 5)
    pieces.run(stop_after(7), workers=2)
    assert 7 <= pieces.done <= 8  # another may be under way
    assert not pieces.finished
    pieces.extend(7)
    pieces.run(stop_after(20), workers=3)
    pieces.run()
    assert once.finished and threads.finished and pieces.finished
    assert records(once) == records(threads) == records(pieces)
    alone = record_of(run_trial(TABLE, 9, 3, 11))
    assert once.records(SurveyPoint(3, 9))[11].tolist() == np.array([alone], RECORD)[0].tolist()


def test_a_stopped_survey_keeps_what_it_has_and_says_which(stop_after: Callable[[int], Event]) -> None:
    survey = Survey(TABLE, [7, 11], [2], 10)
    survey.run(stop_after(6), workers=1)
    assert survey.done == 6
    made = {point.neurons: survey.numbers(point).tolist() for point in survey.points}
    assert made == {7: [0, 1, 2, 3], 11: [0, 1]}
    assert 0.0 < survey.seconds_left() < 60.0
    assert np.isnan(Survey(TABLE, [7], [2], 1).seconds_left())


def test_all_of_a_curve_is_there_before_any_point_is_finished(stop_after: Callable[[int], Event]) -> None:
    survey = Survey(TABLE, spread(3, 41, 12), [1, 2], 50)
    survey.run(stop_after(2 * 12 * 4), workers=1)
    assert {survey.count(point) for point in survey.points} == {4}


@given(sizes=st.lists(st.integers(3, 200), min_size=1, max_size=40, unique=True).map(sorted))
def test_coarse_first_takes_every_size_once_and_the_ends_early(sizes: list[int]) -> None:
    order = coarse_first(sizes)
    assert sorted(order) == sizes
    early = order[: max(2, (len(sizes) + 7) // 8 + 1)]
    assert {sizes[0], sizes[-1]} <= set(early)


@given(low=st.integers(3, 200), high=st.integers(3, 200), count=st.integers(1, 60), odd=st.booleans())
def test_sizes_are_spread_from_end_to_end(low: int, high: int, count: int, odd: bool) -> None:
    legal = [n for n in range(low, high + 1) if n % 2 or not odd]
    if not legal:
        with pytest.raises(Refused, match=r"exchange them|widen the range"):
            spread(low, high, count, odd=odd)
        return
    sizes = spread(low, high, count, odd=odd)
    assert sizes == sorted(set(sizes))
    assert set(sizes) <= set(legal)
    assert len(sizes) == min(count, len(legal))
    if len(sizes) > 1:
        assert (sizes[0], sizes[-1]) == (legal[0], legal[-1])
        steps = np.diff([legal.index(n) for n in sizes])
        assert steps.max() - steps.min() <= 1


# -- what is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Survey(TABLE, [2], [1], 1), "sizes is 2; it must lie between 3 and 200"),
        (lambda: Survey(TABLE, [201], [1], 1), "sizes is 201; it must lie between 3 and 200"),
        (lambda: Survey(TABLE, [], [1], 1), "There are no sizes; choose at least one"),
        (lambda: Survey(TABLE, [5], [], 1), "There are no patterns; choose at least one"),
        (lambda: Survey(TABLE, [5], [9], 1), "patterns is 9; it must lie between 1 and 8"),
        (lambda: Survey(TABLE, [5], [1], 0), "trials is 0; it must lie between 1 and 20000"),
        (
            lambda: Survey(TABLE, range(3, 200), range(1, 9), 20_000),
            f"are 31,520,000 recalls; {MOST_RECALLS:,} is the most",
        ),
        (lambda: Conditions(seed=-1), "seed is -1"),
        (lambda: Conditions(charge_voltage=0.01), "charge_voltage is 10 mV"),
        (lambda: Conditions(weight=0.0), "weight is 0"),
        (lambda: Conditions(distortion=1.5), "distortion is 150"),
        (lambda: Conditions(soma_start="on"), "soma_start is 'on'"),
        (lambda: run_trial(TABLE, 2, 1, 0), "neurons is 2"),
        (lambda: run_trial(TABLE, 5, 1, -1), "trial is -1"),
        (lambda: spread(40, 20, 5), "The smallest size, 40, is above the largest, 20"),
        (lambda: spread(8, 8, 1), "There is no odd number from 8 to 8"),
    ],
)
def test_bad_input_is_one_sentence(make, sentence: str) -> None:
    with pytest.raises(Refused, match=r"\.$") as refused:
        make()
    assert sentence in str(refused.value)


def test_a_refused_extension_leaves_the_survey_as_it_was() -> None:
    survey = Survey(TABLE, [5], [1], 2)
    survey.run()
    with pytest.raises(Refused, match="trials a point is 20001"):
        survey.extend(19_999)
    assert (survey.trials, survey.done, survey.finished) == (2, 2, True)
