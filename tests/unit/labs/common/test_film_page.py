"""A run as a page of its own: it holds the record, and needs nothing beside it."""

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from dwmtj_widgets.explore import Point
from dwmtj_widgets.labs import MaxcutLab, RecallLab
from dwmtj_widgets.labs.common.network_lab import NetworkLab
from dwmtj_widgets.labs.common.run import film_page
from dwmtj_widgets.labs.explorer.trial_lab import TrialLab
from dwmtj_widgets.sessions.trial import Chosen

MAKERS = {
    "recall": RecallLab,
    "maxcut": MaxcutLab,
    "devices that differ": lambda: TrialLab(
        Chosen(Point("random_recall", {"neurons": 7, "spread_tmr": 0.05}), 3, 1, {}), lambda _run: None
    ),
}


@pytest.fixture(params=MAKERS)
def lab(request: pytest.FixtureRequest) -> Iterator[NetworkLab[Any, Any]]:
    made = MAKERS[request.param]()
    made.session.step(20e-9)
    made.session.flip_soma(3)
    made.session.cut_axons(2, cut=True)
    made.session.finish()
    yield made
    made.close()


def content_of(page: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return what a page says of its run, and its arrays."""
    found = re.search(r'<script type="application/json" id="film">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    film = json.loads(found[1])
    about, data = film["about"], zlib.decompress(b64decode(film["bytes"]))
    size, moments = about["neurons"], about["moments"]
    lines = 3 + sum(len(chart["lines"]) for chart in about["charts"])
    numbers = np.frombuffer(data, "<f8", lines * moments).reshape(lines, moments)
    shape = (size, size) if about["whole"] else (2, size)
    walls = np.frombuffer(data, np.uint8, offset=numbers.nbytes).reshape(moments, *shape) / 255
    return about, {"numbers": numbers, "walls": walls}


def test_page_holds_the_record(lab: NetworkLab[Any, Any]) -> None:
    about, arrays = content_of(lab.export.page())
    record, simulation = lab.session.recording, lab.session.simulation
    assert about["moments"] == len(record)
    assert about["whole"] == (record[0].axon.ndim > 1)
    assert about["loading"] == simulation.load_time
    np.testing.assert_array_equal(arrays["numbers"][0], record.times)
    np.testing.assert_array_equal(arrays["numbers"][1], record.energies.sum(axis=1))
    np.testing.assert_array_equal(arrays["numbers"][2], record.powers.sum(axis=1))
    for kept, moment in zip(arrays["walls"], (record[k] for k in range(len(record))), strict=True):
        off_diagonal = ~np.eye(len(moment.soma), dtype=bool)
        somas, axons = (np.diag(kept), kept[off_diagonal]) if about["whole"] else kept
        wanted = moment.axon[off_diagonal] if about["whole"] else moment.axon
        np.testing.assert_allclose(somas, moment.soma, atol=0.501 / 255, rtol=0)
        np.testing.assert_allclose(axons, wanted, atol=0.501 / 255, rtol=0)


def test_interventions_are_marked_with_their_words(lab: NetworkLab[Any, Any]) -> None:
    about, _arrays = content_of(lab.export.page())
    first = 1 if isinstance(lab, MaxcutLab) else 0
    times, words = zip(*about["marks"], strict=True)
    assert times == (lab.session.journal[1].time,) * 2
    assert words == (f"soma {3 + first} flipped", f"axons of {2 + first} cut")


def test_page_needs_nothing_beside_it_and_shows_the_lines(lab: NetworkLab[Any, Any]) -> None:
    page = lab.export.page()
    assert not re.search(r"""(src|href)=|url\(|@import|https?://(?!www\.w3\.org/2000/svg)""", page)
    assert "default-src 'none'" in page
    assert "simulation.flip_soma(3)" in page


def test_a_page_that_would_be_too_large_has_fewer_moments(
    lab: NetworkLab[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(lab.export.page())
    bytes_without_a_film = 40_000
    monkeypatch.setattr(film_page, "LARGEST_PAGE", (whole + bytes_without_a_film) // 2)
    page = lab.export.page()
    about, arrays = content_of(page)
    record = lab.session.recording
    assert len(page) < whole
    assert about["moments"] < len(record)
    assert arrays["numbers"][0][[0, -1]].tolist() == [record.times[0], record.times[-1]]
