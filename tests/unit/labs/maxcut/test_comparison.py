"""What computers find of the Max-cut Lab's graph, beside what the device finds."""

import re

import numpy as np
import pytest
from visitors.maxcut import PATIENCE, MaxcutVisitor

from dwmtj_widgets import cut_value
from dwmtj_widgets.labs.maxcut import comparison
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.tasks.maxcut_baselines import Division


def test_exact_search_proves_the_optimum_of_a_small_graph(visitor) -> None:
    visitor.choose("nodes", 12)
    adjacency = visitor.adjacency
    divisions = (np.arange(2**11)[:, None] >> np.arange(12)) & 1
    optimum = cut_value(adjacency, divisions).max()
    visitor.press("exact")
    assert visitor.find("exact").disabled
    assert "at most 10 s" in visitor.find("exact-text").value
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.find("exact-text").value == f"Exact search: {optimum:g} is the optimum, proven."
    assert visitor.text("best-known") == f"{optimum:g}"
    assert any("Optimum" in w.value for w in visitor.widgets() if "dwmtj-cut-readout" in w._dom_classes)
    assert not visitor.find("exact").disabled


def test_search_out_of_time_says_that_it_is_only_a_bound(visitor, monkeypatch) -> None:
    monkeypatch.setattr(comparison, "LONGEST_SEARCH", 0.05)
    visitor.choose("nodes", 60)
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    found = re.fullmatch(
        r"Exact search: (\d+) found, (?:not proven|less than the best known \d+); no cut exceeds (\d+)\.",
        visitor.find("exact-text").value,
    )
    assert int(found[1]) < int(found[2])
    assert f"none above {found[2]}" in visitor.find("cut-readout").value


@pytest.mark.parametrize(
    ("cut", "bound", "sentence"),
    [
        (251.0, 260.0, "Exact search: 251 found, less than the best known 255; no cut exceeds 260."),
        (251.0, None, "Exact search: 251 found, less than the best known 255."),
        (251.0, 255.0, "Exact search: no cut exceeds 255, so the best known is the optimum, proven."),
        (256.0, 260.0, "Exact search: 256 found, not proven; no cut exceeds 260."),
        (256.0, 256.0, "Exact search: 256 is the optimum, proven."),
    ],
)
def test_a_search_is_told_beside_the_best_cut_that_is_known(
    visitor, monkeypatch, cut, bound, sentence
) -> None:
    visitor.lab.beaten(255.0)
    found = Division(cut, np.zeros(24, dtype=np.int8), bound)
    monkeypatch.setattr(comparison, "exact_cut", lambda *_: found)
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.find("exact-text").value == sentence
    assert visitor.text("best-known") == f"{max(cut, 255.0):g}"
    assert ("Optimum" in visitor.find("cut-readout").value) == ("proven." in sentence)
    if "less than" in sentence:
        visitor.lab.beaten(257.0)
        assert visitor.find("exact-text").value == sentence.replace("255", "257")


def test_answer_on_a_graph_that_is_gone_is_dropped(visitor, monkeypatch) -> None:
    monkeypatch.setattr(comparison, "LONGEST_SEARCH", 1.0)
    visitor.choose("nodes", 60)
    visitor.press("exact")
    visitor.choose("famous", "Petersen")
    assert visitor.find("exact-text").value == ""
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.find("exact-text").value == ""
    assert visitor.text("best-known") == "12"
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    assert "12 is the optimum" in visitor.find("exact-text").value


def test_goemans_williamson_is_offered_if_it_can_be_computed(watch, monkeypatch) -> None:
    for installed in (object(), None):
        monkeypatch.setattr(comparison, "find_spec", lambda _name, found=installed: found)
        visitor = MaxcutVisitor(watch)
        offered = [w for w in visitor.widgets() if "dwmtj-goemans-williamson" in w._dom_classes]
        assert len(offered) == (0 if installed is None else 1)
        visitor.lab.close()


def test_failing_method_is_one_sentence(visitor, monkeypatch) -> None:
    def fails(*_arguments):
        raise Unable("The solver gave up.")

    monkeypatch.setattr(comparison, "exact_cut", fails)
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.text("error") == "The solver gave up."
    assert not visitor.find("exact").disabled
