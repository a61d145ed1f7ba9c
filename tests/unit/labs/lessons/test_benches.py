"""Memory, energy, cuts and tunes: the engine, and the lessons' parts."""

import numpy as np
import pytest
from ipywidgets import HTML
from visitors.lab import find
from visitors.lessons import NUMBERS, press

from dwmtj_widgets import Simulation, cut_value
from dwmtj_widgets.labs import lessons
from dwmtj_widgets.labs.lessons.course import Lesson
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.lessons import tune as tune_session
from dwmtj_widgets.sessions.lessons.cut import EDGES, CutSession, ends_of, lesson_graph, start_of
from dwmtj_widgets.sessions.lessons.energy import EnergySession
from dwmtj_widgets.sessions.lessons.tune import PERIOD, TuneSession
from dwmtj_widgets.units import quantity

NS, UA, MV = 1e-9, 1e-6, 1e-3


def test_recall_part_recalls_and_says_what(opened: list) -> None:
    part = lessons.RecallBench()
    opened.append(part)
    press(part, "instant")
    assert "memory 1" in part.verdict.value and "100 %" in part.verdict.value


def test_bill_adds_up_and_is_the_run_s() -> None:
    session = EnergySession()
    once = session.bill
    assert once.load_time <= once.decided_time <= once.time
    assert once.right == 1.0
    assert once.product == pytest.approx(once.time * once.energy.total, rel=1e-6, abs=0.0)
    assert once.energy.loading == pytest.approx(100 * 0.1**2 / 2000.0 * 16 * NS, rel=1e-6, abs=0.0)
    session.set(weight=0.2)
    assert session.bill.energy.total / once.energy.total == pytest.approx(3.5, abs=0.05)
    assert 0.95 < session.bill.time / once.time < 1.0
    with pytest.raises(Refused, match="Weight W"):
        session.set(weight=5.0)
    assert session.weight == 0.2
    session.keep()
    session.keep()
    assert len(session.kept) == 1, "the same recall is kept once"


def test_energy_part_keeps_runs(opened: list) -> None:
    part = lessons.EnergyBench()
    opened.append(part)
    press(part, "keep-run")
    part.weight.value = 0.2
    press(part, "keep-run")
    assert part.table.value.count("<tr>") == 3
    assert "83 nJ" in part.table.value
    press(part, "forget-runs")
    assert "listed here" in part.table.value


def test_lesson_s_graph_ends_in_two_local_optima() -> None:
    graph = lesson_graph()
    assert len(EDGES) == 14 and graph.optimum == 11.0
    network = Simulation(CutSession().setting.network, start_of(1, 8)).network
    seen = set()
    for number in range(1, 41):
        bits = Simulation(network, start_of(number, 8)).run().bits
        cut = cut_value(graph.adjacency, bits)
        gains = [
            cut_value(graph.adjacency, np.where(np.arange(8) == k, 1 - bits, bits)) - cut for k in range(8)
        ]
        assert max(gains) <= 0.0
        seen.add(float(cut))
    assert seen == {9.0, 11.0}
    ends = ends_of(graph, 40)
    assert 0.5 < ends[11.0] / 40 < 0.7


def test_cut_part_counts_each_end_once(opened: list) -> None:
    part = lessons.CutBench()
    opened.append(part)
    press(part, "instant")
    press(part, "another")
    press(part, "another")
    part.desk.refresh()
    assert sum(part.session.ends.values()) == 3
    assert "of 3" in part.tally.value
    square = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]), np.array([[0, 1], [1, 2], [0, 2]]), np.ones(3)
    part._drawn(*square)
    assert part.session.setting.graph.optimum == 2.0 and part.session.ends.total() == 0


def test_tune_is_learnt_and_kept() -> None:
    session = TuneSession()
    with pytest.raises(Refused, match="train it first"):
        session.set_free()
    session.finish()
    assert session.trained and session.left == 0
    session.set_free()
    session.step(3 * PERIOD)
    session.finish()
    found = session.heard()
    assert found is not None and found.error < 0.05 and abs(found.period_error) < 2e-3
    first, rows = session.record
    assert first + rows.shape[1] == session.samples
    assert np.isnan(rows[0]).all(), "the tune is gone"


def test_tune_run_in_small_steps_is_the_same() -> None:
    whole, steps = TuneSession(size=12), TuneSession(size=12)
    whole.finish()
    steps.train()
    while steps.left:
        steps.step(7.3 * NS)
    np.testing.assert_array_equal(whole.record[1], steps.record[1])


def test_tune_part_goes_from_training_to_playing(opened: list) -> None:
    part = lessons.TuneBench()
    opened.append(part)
    assert find(part.widget, "generate").disabled
    press(part, "train")
    press(part, "instant")
    assert "has learnt" in part.readout.widget.value
    press(part, "generate")
    assert "let go" in part.readout.widget.value
    press(part, "instant")
    assert (
        "plays by itself" in part.readout.widget.value and "with the phase fixed" in part.readout.widget.value
    )
    press(part, "kick")
    press(part, "instant")
    assert "plays by itself" in part.readout.widget.value, "a kick is forgotten"
    assert find(part.widget, "mend").disabled
    press(part, "cut-one")
    assert ">39<" in part.readout.widget.value
    press(part, "instant")
    assert "plays by itself" not in part.readout.widget.value
    press(part, "mend")
    assert ">40<" in part.readout.widget.value
    press(part, "shape-sine")
    assert part.session.phase == "ready"


def test_flat_line_does_not_play() -> None:
    session = TuneSession(size=12)
    session.finish()
    session.set_free()
    assert session.judgement == ""
    session.network.cut(range(12))
    session.finish()
    assert session.judgement == "silent"
    found = session.heard()
    assert found is not None and found.locked == 0
    session.restore()
    assert session.judgement == "" and session.network.alive.all()


def test_last_junction_is_not_cut() -> None:
    session = TuneSession(size=2)
    session.cut_one()
    with pytest.raises(Refused, match="press Restore"):
        session.cut_one()
    session.restore()
    session.cut_one()
    assert session.network.alive.sum() == 1


def test_tune_part_says_that_training_comes_first(opened: list) -> None:
    part = lessons.TuneBench()
    opened.append(part)
    for name in ("step", "run"):
        press(part, name)
        part.desk._frame(0.03)
        assert "train it first" in part.desk.error.widget.value
        assert not part.desk.clock.playing
        press(part, "shape-sine")
        assert part.desk.error.widget.value == ""


def test_every_single_step_of_a_tune_is_one_nanosecond(opened: list) -> None:
    part = lessons.TuneBench()
    opened.append(part)
    press(part, "train")
    assert "1 ns" in find(part.widget, "step").tooltip
    for samples in (5, 10, 15):
        press(part, "step")
        assert part.session.samples == samples
    assert part.session.time == pytest.approx(3 * NS, rel=1e-6, abs=0.0)


def test_tune_is_measured_thoroughly_once_and_at_the_end(
    opened: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured, quality = [], tune_session.quality
    monkeypatch.setattr(
        tune_session,
        "quality",
        lambda *signals, **more: measured.append(len(signals[0])) or quality(*signals, **more),
    )
    part = lessons.TuneBench(TuneSession(size=12))
    opened.append(part)
    session = part.session
    press(part, "instant")
    press(part, "generate")
    assert np.isnan(session.error())
    for _ in range(6):
        part.desk._frame(0.2)
        part.desk.refresh()
    assert session.left and not measured
    error = session.error()
    _first, (_target, output) = session.record
    assert error == pytest.approx(quality(output, session.one_period).error, rel=0.05)
    assert quantity(error, "%", decimals=1) in part.readout.widget.value
    press(part, "instant")
    part.desk.refresh()
    found = session.heard()
    assert found is not None and measured == [50 * 100]
    assert quantity(found.error, "%", decimals=1) in part.readout.widget.value
    assert "ppm" in part.readout.widget.value


@pytest.mark.parametrize("number", NUMBERS)
def test_figure_is_measured(number: int, opened: list) -> None:
    lesson = Lesson(number)
    lesson.prediction.kept = 0
    figure = lesson.figure
    opened += [figure, lesson.prediction]
    if not figure.charts:
        press(figure, "measure")
    assert figure.charts
    for chart in figure.charts:
        values = [value for curve in chart._chart["curves"] for value in curve["y"]]
        assert values and all(value is not None for value in values)
    captions = [w.value for w in figure.widget.children if isinstance(w, HTML)]
    assert any("paper" in text.lower() for text in captions)
