"""A point of the Explorer: its trials, and the run that is opened."""

import numpy as np
import pytest
from visitors.explorer import PATIENCE, chosen_of, run, sentence
from visitors.lab import find

from dwmtj_widgets.explore import Point
from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.labs import ExplorerLab
from dwmtj_widgets.labs.explorer.trial_lab import MaxcutTrialLab, graph_of
from dwmtj_widgets.labs.maxcut.graph_preparation import prepared
from dwmtj_widgets.sessions.explorer.quantities import NAMES, range_text, text
from dwmtj_widgets.sessions.trial import Chosen, TrialSession, image_session, trial_lines
from dwmtj_widgets.tasks.graphs import petersen_graph
from dwmtj_widgets.tasks.maxcut import maxcut_network


def test_a_point_shows_its_trials_and_opens_the_very_run(lab: ExplorerLab) -> None:
    run(lab)
    lab.map.heat._receive(None, {"type": "pick", "column": 2, "row": 1}, [])
    assert lab.map.heat.selected == [2, 1]
    assert lab.point.point == 7
    table = lab.point.numbers.value
    assert "W = 150 mV, V_C = 100 mV" in table
    statistics = lab.session.result.statistics()
    for name in NAMES:
        assert text(name, statistics[name][7]) in table
        assert range_text(name, statistics[f"{name}_low"][7], statistics[f"{name}_high"][7]) in table
    lab.point.trial.field.value = 4
    row = lab.session.row(7, 4)
    assert lab.point.chosen.row == row
    assert lab.point.python.text == trial_lines(lab.session.shown.points[7], 0, 4)
    lab.point.trial.field.value = 99
    assert sentence(lab) == "Trial 99 of this point has not been made; there are 0 to 5."
    lab.point.trial.field.value = 4
    assert sentence(lab) == ""

    find(lab.widget, "open-run").click()
    assert lab._page.layout.display == "none"
    opened = lab.run.lab
    assert opened is not None and opened.desk.clock.playing
    opened.desk._frame(0.03)
    assert 0.0 < opened.session.simulation.time < 2e-9
    while not opened.session.simulation.finished:
        opened.desk._frame(0.1)
    simulation = opened.session.simulation
    assert (simulation.time, float(simulation.energy)) == (row["time"], row["energy"])
    assert 'data-alike="true"' in lab.run.verdict.value
    find(lab.widget, "close-run").click()
    assert lab._page.layout.display is None
    assert lab.run.widget.layout.display == "none" and lab.run.lab is None


def test_a_max_cut_opens_in_its_lab(lab: ExplorerLab) -> None:
    lab._change(task="max_cut", trials=1)
    run(lab)
    lab._point_chosen(4)
    find(lab.widget, "open-run").click()
    lab.run.work.wait(PATIENCE)
    opened = lab.run.lab
    assert isinstance(opened, MaxcutTrialLab)
    np.testing.assert_array_equal(opened.session.setting.graph.adjacency, lab.run.chosen.trial.adjacency)
    opened.desk.instant()
    assert 'data-alike="true"' in lab.run.verdict.value


def test_a_verdict_is_of_the_run_that_is_there(lab: ExplorerLab) -> None:
    run(lab)
    lab._point_chosen(7)
    find(lab.widget, "open-run").click()
    opened = lab.run.lab
    assert opened is not None
    opened.desk.instant()
    assert 'data-alike="true"' in lab.run.verdict.value
    opened.desk.reset()
    assert lab.run.verdict.value == ""
    opened.desk.instant()
    assert 'data-alike="true"' in lab.run.verdict.value
    opened.desk.flip_soma()
    assert lab.run.verdict.value == ""


def test_a_run_of_another_graph_has_ended_otherwise() -> None:
    point = Point("max_cut", {"neurons": 9})
    chosen = Chosen(point, 0, 0, {})
    other = Simulation(maxcut_network(petersen_graph().adjacency), np.zeros(10))
    other.run()
    assert not chosen.ended_alike(other)
    verdicts: list[bool] = []
    lab = MaxcutTrialLab(
        chosen,
        prepared(graph_of(chosen.trial, 0)),
        lambda simulation: verdicts.append(simulation.finished and chosen.ended_alike(simulation)),
    )
    lab._ready(prepared(petersen_graph()))
    lab.desk.instant()
    assert lab.desk.error.widget.value == ""
    assert verdicts and not any(verdicts)
    lab.close()


@pytest.mark.parametrize("task", ["image_recall", "random_recall"])
def test_a_trial_that_is_looked_at_runs_with_its_own_options(task: str) -> None:
    point = Point(task, {"soma_start": "pattern", "min_time": 90e-9})
    chosen = Chosen(point, 0, 0, {})
    session = (image_session if task == "image_recall" else TrialSession)(chosen)
    trial = chosen.trial
    wanted = Simulation(trial.network, trial.pattern, **trial.options).run()
    session.finish()
    run = session.simulation
    np.testing.assert_array_equal(session.recording[0].soma, trial.pattern)
    assert run.time >= 90e-9
    assert (run.time, run.energy) == (wanted.time, wanted.energy)


def test_a_max_cut_that_is_no_longer_wanted_does_not_open(lab: ExplorerLab) -> None:
    lab._change(task="max_cut", trials=1)
    run(lab)
    lab._point_chosen(4)
    button = find(lab.widget, "open-run")
    offered = button.description
    button.click()
    assert button.disabled and button.description == "Laying out the graph …"
    lab.share._take["file"](lab.share._give["file"]())
    lab.run.work.wait(PATIENCE)
    assert lab.run.lab is None and lab._page.layout.display is None
    assert not button.disabled and button.description == offered
    assert sentence(lab) == ""


def test_a_max_cut_that_is_being_prepared_gives_way_to_what_is_opened_meanwhile(lab: ExplorerLab) -> None:
    later = chosen_of("random_recall", {"neurons": 9})
    lab.run.show(chosen_of("max_cut", {"neurons": 12}))
    lab.run.show(later)
    lab.run.work.wait(PATIENCE)
    assert lab.run.chosen is later and not isinstance(lab.run.lab, MaxcutTrialLab)
