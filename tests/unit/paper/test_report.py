"""The report of the paper's figures beside the released data."""

import json
import math
import re
import shutil
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reference import NANOSECOND, reference_rows
from small_cases import TINY, VERSION

from dwmtj_widgets.cli.paper import run as paper_report
from dwmtj_widgets.hopfield import published_estimate
from dwmtj_widgets.paper import FIGURES, Plan, fig5, fig7, fig8, make_report, points, report, table2
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.paper.trials import CHUNK, ReportPoint
from dwmtj_widgets.refusals import Refused


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, reference_folder: Path) -> report.Report:
    """A tiny run of every figure, beside the released data."""
    return make_report(
        tmp_path_factory.mktemp("whole"), TINY, version=VERSION, reference=reference_folder, workers=2
    )


def row(made: report.Report, figure: str, words: str):
    section = next(section for section in made.sections if section.name == figure)
    found = [row for row in section.comparisons if words in row.what]
    assert len(found) == 1, [row.what for row in section.comparisons]
    return found[0]


# -- the released data -------------------------------------------------------------------------------------------


def test_without_a_folder_there_is_nothing_released():
    released = Released()
    assert (released.fig5(), released.fig7(), released.graphs(), released.missing) == ({}, {}, [], [])
    assert released.own_letters


def test_a_missing_folder_and_a_broken_file_are_refused(tmp_path):
    with pytest.raises(Refused, match="There is no folder"):
        Released(tmp_path / "nowhere")
    (tmp_path / "figures").mkdir()
    for content in ("neurons,bits_tested\n3,3000\n", "neurons\nthree\n"):
        (tmp_path / "figures" / "fig5_random_recall.csv").write_text(content)
        with pytest.raises(Refused, match=re.escape("fig5_random_recall.csv in the reference folder")):
            Released(tmp_path).fig5()
    (tmp_path / "image_recall").mkdir()
    (tmp_path / "image_recall" / "letters.csv").write_text("letter,bits\nU,101\nT,111\nD,000\n")
    with pytest.raises(Refused, match=re.escape("letters.csv in the reference folder")):
        Released(tmp_path).letters()


def test_absent_files_are_named(tmp_path):
    made = make_report(tmp_path / "out", TINY, version=VERSION, reference=tmp_path, only=["fig5"])
    assert made.notes[-1] == "Not in the reference folder: figures/fig5_random_recall.csv."


# -- the report --------------------------------------------------------------------------------------------------


def test_every_figure_is_reported_beside_the_released_data(whole, reference_folder):
    assert [section.name for section in whole.sections] == list(FIGURES)
    assert whole.complete
    assert len([point for s in whole.sections for point in s.details]) == 4 * 14 + 3 * 11 + 51 + 24
    for section in whole.sections:
        for comparison in [*section.comparisons, *section.details]:
            assert math.isfinite(comparison.measured)
            if comparison.agrees is False:
                assert comparison.why, comparison.what
            if comparison.interval is not None:
                assert comparison.interval.low <= comparison.measured <= comparison.interval.high
                assert comparison.method
        assert all(comparison.released is not None for comparison in section.details)


def test_numbers_that_follow_from_formulas_are_exactly_the_printed_ones(whole):
    for words, printed, decimals in (
        ("energy for the printed 81.2 ns", 3.60, 2),
        ("power for the printed 81.2 ns", 44.3, 1),
        ("energy for the printed 344 ns", 17.4, 1),
        ("power for the printed 344 ns", 50.6, 1),
        ("energy for the printed 78.14 ns", 11.04, 2),
    ):
        found = row(whole, "table2", words)
        factor = 1e3 if "power" in words else 1e9
        assert round(found.measured * factor, decimals) == printed
        assert found.printed * factor == pytest.approx(printed)
        assert found.agrees is True
        assert found.recomputed
    assert round(published_estimate(60, 344e-9) * 1e9, 1) == 17.4


def test_benchmark_graphs_give_the_released_times_and_cuts(whole):
    for line in reference_rows("maxcut/published_times.csv"):
        time = row(whole, "table2", f"{line['instance']}: time")
        assert not time.recomputed
        assert abs(time.measured - float(line["time_ns"]) * NANOSECOND) <= 2e-12
        assert time.agrees is True
        cut = row(whole, "table2", f"{line['instance']}: cut")
        assert (cut.measured, cut.agrees) == (float(line["cut"]), True)


def test_what_the_print_got_wrong_is_said(whole):
    third = row(whole, "fig6", "Plotted error")
    assert third.agrees is False
    assert "a third" in third.why
    lost = row(whole, "fig8", "Energy-delay product")
    assert lost.agrees is False
    assert "factor of 1000" in lost.why
    assert lost.released == pytest.approx(155.6e-18, rel=1e-3, abs=0.0)
    caption = row(whole, "fig8", "V_C behind the released energies")
    assert (caption.measured, caption.printed, caption.agrees) == (0.1, 0.25, False)
    saving = row(whole, "table2", "Less energy than the memristor")
    assert saving.measured == pytest.approx(0.7583, abs=1e-4)
    assert saving.agrees is False
    assert "mean" in row(whole, "fig8", "in units of our medians").what


def test_report_is_one_file_that_needs_no_other(whole):
    html = whole.page.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|object|iframe)|@import|url\(|src=", html)
    assert set(re.findall(r'href="([^"]*)"', html)) == {f"#{name}" for name in FIGURES}
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(drawings) == 1 + 1 + 1 + 5
    for drawing in drawings:
        ElementTree.fromstring(drawing)
        assert not re.search("nan|inf", drawing, re.IGNORECASE)
    for words in (
        "Accuracy in %",
        "accuracy in %",
        "Energy in nJ",
        "Time in ns",
        "aJ s",
        "Memristor",
        "SONOS",
    ):
        assert words.lower() in html.lower()


def test_json_is_the_report_in_si_units(whole):
    stored = json.loads((whole.folder / "report.json").read_text(encoding="utf-8"))
    assert stored == json.loads(paper_report.json_line(whole))
    assert [section["name"] for section in stored["sections"]] == list(FIGURES)
    table = next(section for section in stored["sections"] if section["name"] == "table2")
    mean = next(line for line in table["comparisons"] if line["what"] == "Random recall: mean time")
    assert mean["printed"] == 81.2e-9
    assert mean["interval_95"][0] <= mean["measured"] <= mean["interval_95"][1]
    assert stored["complete"] is True


@pytest.mark.slow
def test_workers_do_not_matter_and_seeds_do(whole, tmp_path, reference_folder):
    settings = {"version": VERSION, "reference": reference_folder, "only": ["fig5", "fig7"]}
    alone = make_report(tmp_path / "alone", TINY, workers=1, **settings)
    others = [section for section in whole.sections if section.name in ("fig5", "fig7")]
    assert [vars(section) for section in alone.sections] == [vars(section) for section in others]
    other_seed = Plan(seed=4, quick=True, recall=4, heavy=6, image=2, max_cut=2)
    fresh = make_report(tmp_path / "fresh", other_seed, workers=2, **settings)
    assert vars(fresh.sections[0]) != vars(alone.sections[0])


@pytest.mark.slow
def test_interrupted_and_resumed_equals_uninterrupted(tmp_path):
    plain = make_report(tmp_path / "plain", TINY, version=VERSION, only=["fig5", "fig8"])
    stop, seen = threading.Event(), []

    def progress(done: int, total: int, point: ReportPoint) -> None:
        seen.append((done, total, point.key))
        if done == 58:
            stop.set()

    folder = tmp_path / "resumed"
    first = make_report(folder, TINY, version=VERSION, only=["fig5", "fig8"], progress=progress, cancel=stop)
    assert (first.pending, first.complete) == (["fig8"], False)
    assert [section.name for section in first.sections] == ["fig5"]
    assert "Not measured yet: fig8." in first.page.read_text()
    again: list[str] = []
    resumed = make_report(
        folder,
        TINY,
        version=VERSION,
        only=["fig5", "fig8"],
        progress=lambda _done, _total, point: again.append(point.key),
    )
    assert not {key for _, _, key in seen[:-1]} & set(again)
    assert seen[-1][2] == again[0]
    for name in ("report.html", "report.json"):
        assert (folder / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()
    assert resumed.complete
    assert plain.complete


def test_ctrl_c_keeps_the_points_of_a_report(tmp_path):
    def progress(done: int, _total: int, _point: ReportPoint) -> None:
        if done == 3:
            raise KeyboardInterrupt

    made = make_report(tmp_path, TINY, version=VERSION, only=["fig5"], progress=progress)
    assert made.pending == ["fig5"]
    assert len(list((tmp_path / "points").iterdir())) == 3
    assert "the same command goes on where it was" in paper_report.text(made)


@pytest.mark.slow
def test_a_damaged_point_and_another_version_are_measured_anew(whole, tmp_path, reference_folder):
    folder = tmp_path / "copy"
    shutil.copytree(whole.folder, folder)
    broken = sorted((folder / "points").glob("cut-n1*.json"))[0]
    broken.write_text(broken.read_text()[:100])
    said, measured = [], []

    def make(version: str) -> report.Report:
        return make_report(
            folder,
            TINY,
            version=version,
            reference=reference_folder,
            only=["fig7"],
            say=said.append,
            progress=lambda _done, _total, point: measured.append(point.key),
        )

    assert vars(make(VERSION).sections[0]) == vars(whole.sections[2])
    assert said == [f"{broken.name} is damaged or half-written; it is measured anew."]
    assert measured == [broken.stem]
    said.clear()
    make("other")
    assert len(said) == 51
    assert f"version {VERSION!r}, now 'other'" in said[0]


def test_unknown_figures_are_refused(tmp_path):
    with pytest.raises(Refused, match="There is no figure 'fig9'; there are fig5, fig6"):
        make_report(tmp_path, TINY, version=VERSION, only=["fig9"])


def test_without_a_reference_the_column_is_absent(tmp_path):
    made = make_report(tmp_path, TINY, version=VERSION, only=["fig6", "table2"])
    html = made.page.read_text()
    assert "<th>Released</th>" not in html
    assert "No reference folder was given" in html
    assert "three letters U, T, D of our own" in html
    assert row(made, "table2", "Random recall: mean time").printed == 81.2e-9


def test_plans_are_those_of_the_issue():
    full, short = Plan(), Plan.short()
    assert full.recall == full.image == full.max_cut == 1000
    assert full.random_recall(60, 1, weight=0.02).trials == full.heavy > 1000
    assert full.random_recall(60, 1, weight=0.08).trials == 1000
    assert short.quick
    every = [
        *points.fig5_points(full),
        *points.fig6_points(full, Released()),
        *points.fig7_points(full),
        *points.fig8_points(full),
    ]
    settings = {point.key: point.settings for point in every}
    assert all(settings[point.key] == point.settings for point in every)
    assert CHUNK > 0
    assert fig5.PRINTED_TRIALS == 1000
    assert fig7.PRINTED_GRAPHS == 20
    assert (fig8.PRINTED_TRIALS, table2.GRAPHS) == (100, 10)


def test_gap_of_figure_7_is_what_is_missing_to_the_optimum():
    plan = Plan()
    key = plan.random_max_cut(20).key
    gaps = fig7._gaps(plan, {key: {"cut": [90.0, 57.0], "optimum": [100.0, 60.0]}}, 20)
    assert gaps == pytest.approx([0.1, 0.05], rel=1e-12)
