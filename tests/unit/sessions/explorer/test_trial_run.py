"""The very run behind a point of the Explorer."""

import numpy as np
import pytest
from visitors.explorer import chosen_of

from dwmtj_widgets.explore import Point
from dwmtj_widgets.labs.explorer.trial_lab import MaxcutTrialLab, RecallTrialLab, TrialLab, graph_of
from dwmtj_widgets.labs.maxcut.graph_preparation import prepared
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.trial import Chosen, TrialSession

RUNS = [
    ("image_recall", {}, RecallTrialLab),
    ("image_recall", {"rule": "storkey", "weight": 0.06, "tmr": 2.0}, RecallTrialLab),
    ("image_recall", {"preset": "published"}, RecallTrialLab),
    ("image_recall", {"open": 0.05}, TrialLab),
    ("random_recall", {"neurons": 20, "patterns": 2}, TrialLab),
    ("random_recall", {"neurons": 8, "spread": 0.05}, TrialLab),
    ("max_cut", {"neurons": 12, "weight": 0.08, "asymmetry": 1.1}, MaxcutTrialLab),
    ("max_cut", {"neurons": 10, "start": "random", "max_time": 4e-8}, TrialLab),
]


@pytest.mark.parametrize(("task", "values", "kind"), RUNS)
def test_a_run_that_is_watched_ends_as_the_trial_did_to_the_bit(task: str, values: dict, kind: type) -> None:
    chosen, ends = chosen_of(task, values), []

    def ended(simulation) -> None:
        ends.append((chosen.ended_alike(simulation), simulation.time, float(simulation.energy)))

    if chosen.shelf_suffices:
        lab = RecallTrialLab(chosen, ended)
    elif chosen.graph_suffices:
        lab = MaxcutTrialLab(chosen, prepared(graph_of(chosen.trial, 1)), ended)
    else:
        lab = TrialLab(chosen, ended)
    try:
        assert type(lab) is kind
        # In pieces as a page asks for them, not in one go as the sweep did.
        while not lab.session.simulation.finished:
            lab.session.step(0.37e-9)
        lab.desk.refresh()
        assert ends[-1] == (True, chosen.row["time"], chosen.row["energy"])
        lab.desk.reset()
        lab.session.step(20e-9)
        lab.desk.select(2)
        lab.desk.flip_soma()
        lab.session.finish()
        lab.desk.refresh()
        assert ends[-1][0] is False, "what a person did has left no trace"
    finally:
        lab.close()


def test_a_trials_settings_and_its_open_synapses_stay() -> None:
    session = TrialSession(chosen_of("random_recall", {"neurons": 9, "open": 0.3}))
    missing = ~session.trial.network.connected
    assert missing.sum() > 9
    session.cut_axons(3, cut=True)
    session.cut_axons(3, cut=False)
    np.testing.assert_array_equal(session.simulation.network.connected, ~missing)
    session.cut_axons(4, cut=True)
    session.reset()
    assert not session.simulation.network.connected[4].any()
    assert not session.simulation.network.connected[missing].any()
    with pytest.raises(Refused, match="weight cannot be changed in a trial of a sweep"):
        session.set_drive(weight=0.2)


def test_a_network_that_is_too_large_to_be_shown_is_refused() -> None:
    point = Point("random_recall", {"neurons": 501})
    with pytest.raises(Refused, match="The run has 501 neurons; up to 500 can be shown"):
        TrialLab(Chosen(point, 0, 0, {}), lambda _simulation: None)
