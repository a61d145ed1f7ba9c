"""Searches for good designs."""

import dataclasses
import threading
from pathlib import Path
from typing import Any

import pytest

from dwmtj_widgets.explore import Found, Search, run_search, run_sweep
from dwmtj_widgets.refusals import Refused

SEARCH = Search(
    "random_recall",
    {"weight": (0.02, 0.3), "tmr": (1.0, 5.0)},
    accuracy=0.95,
    designs=14,
    trials=4,
    fixed={"neurons": 9, "cue": "distorted"},
)


@pytest.fixture(scope="module")
def found() -> Found:
    """What an uninterrupted search finds."""
    return run_search(SEARCH)


def test_the_front_is_what_no_accurate_design_beats(found: Found) -> None:
    assert found.complete and len(found.designs) == 14
    good = [d for d in found.designs if d.accuracy >= 0.95]
    front = [d for d in good if not any(o.time <= d.time and o.energy < d.energy for o in good)]
    assert {id(d) for d in found.front} <= {id(d) for d in front}
    assert found.front == sorted(found.front, key=lambda d: d.time)
    assert len(found.front) > 1
    design = found.front[0]
    assert all(low <= design.values[name] <= high for name, (low, high) in SEARCH.ranges.items())
    again = run_sweep(SEARCH.sweep_of(design.values))
    assert again.rows[0, :, 0].mean() == design.time


def test_an_interrupted_search_goes_on_to_the_same_end(found: Found, tmp_path: Path) -> None:
    for stop_after in (3, 9):
        cancel, tried = threading.Event(), []

        def progress(
            done: int, total: int, stop: Any = cancel, last: int = stop_after, seen: Any = tried
        ) -> None:
            seen.append((done, total))
            if done == last:
                stop.set()

        part = run_search(SEARCH, tmp_path, progress=progress, cancel=cancel)
        assert len(part.designs) == stop_after
        assert part.designs == found.designs[:stop_after]
    size = (tmp_path / "trials.journal").stat().st_size
    assert run_search(SEARCH, tmp_path).designs == found.designs
    whole = (tmp_path / "trials.journal").stat().st_size
    assert whole / size == pytest.approx(14 / 9, rel=0.2)
    assert run_search(SEARCH, tmp_path).designs == found.designs
    assert (tmp_path / "trials.journal").stat().st_size == whole
    assert run_search(dataclasses.replace(SEARCH, seed=1)).designs != found.designs


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ranges": {"rule": ("hebb", "storkey")}}, "rule is"),
        ({"ranges": {"weight": (0.2, 0.1)}}, "the lower end first"),
        ({"accuracy": 1.5}, "accuracy is 150%"),
        ({"designs": 0}, "designs is 0"),
    ],
)
def test_illegal_searches_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        dataclasses.replace(SEARCH, **changes)
