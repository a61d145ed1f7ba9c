"""The best of many runs in the Max-cut Lab."""

import re
from os import cpu_count
from threading import Event

import numpy as np
from browser_tools import wait_for
from visitors.maxcut import PATIENCE, bars

from dwmtj_widgets import cut_value
from dwmtj_widgets.labs.maxcut import best_of
from dwmtj_widgets.tasks.maxcut import balanced_network


def test_best_of_many_runs_shows_all_cuts_and_saves_the_best(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 60)
    visitor.press("best-of")
    assert visitor.find("best-of").disabled
    assert not visitor.find("best-of-stop").disabled
    visitor.lab.best_of.work.wait(PATIENCE)
    best = float(re.search(r"60 runs, best (\S+), mean", visitor.find("best-of-text").value)[1])
    assert best > 80.0
    assert bars(visitor.lab.best_of.histogram)[1].sum() == 60
    rows = visitor.saved("best-of-download").splitlines()
    sides = np.array([int(line.split()[1]) for line in rows[1:]])
    assert cut_value(visitor.adjacency, sides) == best
    assert float(visitor.text("best-known")) >= best
    assert not visitor.find("best-of").disabled
    assert visitor.session.simulation.time == 0.0, "the run on the page was touched"


def test_button_of_many_runs_says_what_they_are_and_so_they_are(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 20)
    visitor.find("asymmetry").value = 1.3
    visitor.find("weight").value = 80.0
    found = []
    ended = visitor.lab.best_of.work._ended
    monkeypatch.setattr(
        visitor.lab.best_of.work, "_ended", lambda result: (found.append(result), ended(result))
    )
    visitor.press("best-of")
    visitor.lab.best_of.work.wait(PATIENCE)
    weights = balanced_network(visitor.adjacency, 0.08).weights
    np.testing.assert_array_equal(found[0].network.weights, weights)
    hint = visitor.find("best-of").tooltip
    assert "balanced weights" in hint and "without asymmetry" in hint and "from event to event" in hint


def test_stop_keeps_what_is_there_and_begins_no_more_runs(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    lab, late, stopped = visitor.lab.best_of, [], Event()
    count = best_of._Runs.count
    monkeypatch.setattr(
        best_of._Runs, "count", lambda *a: (count(*a), late.append(1) if stopped.is_set() else None)
    )
    visitor.press("best-of")
    wait_for(lambda: lab._runs.done >= 20, "the first runs", PATIENCE)
    stopped.set()
    visitor.press("best-of-stop")
    lab.work.wait(PATIENCE)
    assert len(late) <= 2 * (cpu_count() or 1), "runs were begun after the stop"
    kept = int(re.match(r"([\d,]+) runs, stopped of 100,000", lab.text.value)[1].replace(",", ""))
    assert 20 <= kept < 100_000
    assert bars(lab.histogram)[1].sum() == kept
    assert visitor.find("best-of-stop").disabled


def test_histogram_grows_while_the_runs_go_on(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    lab = visitor.lab.best_of
    visitor.press("best-of")
    seen = set()

    def grown() -> bool:
        lab.work.look()
        seen.add(float(bars(lab.histogram)[1].sum()))
        return len(seen) >= 4

    wait_for(grown, "a histogram that grows", PATIENCE)
    assert re.match(r"[\d,]+ of 100,000 runs", lab.text.value)


def test_runs_of_a_graph_that_is_gone_are_not_shown(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    lab = visitor.lab.best_of
    visitor.press("best-of")
    wait_for(lambda: lab._runs.done >= 5, "the first runs", PATIENCE)
    visitor.choose("famous", "Petersen")
    lab.work.wait(PATIENCE)
    assert "runs" not in lab.text.value
    assert visitor.text("best-known") == "12"
    assert not visitor.find("best-of").disabled
    visitor.press("exact")  # draws the histogram again, with another cut to compare with
    visitor.lab.comparison.work.wait(PATIENCE)
    assert not bars(lab.histogram)[1].any(), "the runs of the other graph are shown"
    monkeypatch.setattr(best_of, "RUNS", 20)
    visitor.press("best-of")
    lab.work.wait(PATIENCE)
    assert "20 runs, best 12" in lab.text.value
