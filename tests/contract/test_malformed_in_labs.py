"""Labs show why they do not take a malformed file, and nothing else changes."""

import json
import pickle

import numpy as np
import pytest
from malformed.graphs import GRAPHS, PATH
from malformed.images import IMAGES, LEGAL
from malformed.refusals import assert_plain
from malformed.settings import ADDRESSES, SESSION_FILES
from visitors.lab import Visitor, Watch

from dwmtj_widgets.labs import MaxcutLab, RecallLab
from dwmtj_widgets.labs.common.run import desk as run_desk
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.snapshot import from_file, to_file
from dwmtj_widgets.widgets.page import clock


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    for module in (clock, run_desk):
        monkeypatch.setattr(module, "monotonic", watch)
    return watch


def engine_of(visitor: Visitor) -> tuple[int, bytes, str]:
    session = visitor.session
    fields = json.dumps(session.setting.fields())
    return id(session.simulation), pickle.dumps(session.simulation.moment), fields


@pytest.fixture
def recall(watch: Watch) -> Visitor:
    return begun(RecallLab(), watch, "recall")


@pytest.fixture
def maxcut(watch: Watch) -> Visitor:
    return begun(MaxcutLab(), watch, "maxcut")


def begun(page: RecallLab | MaxcutLab, watch: Watch, kind: str) -> Visitor:
    visitor = Visitor(page, watch)
    visitor.kind = kind
    visitor.session.step(3e-9)
    return visitor


def test_the_recall_lab_shows_the_sentence_and_nothing_else_changes(recall: Visitor) -> None:
    before, shown = engine_of(recall), recall.find("editor").pattern.copy()
    names = (
        "empty",
        "PNG without its end",
        "PNG of 50,000 x 50,000",
        "GIF film cut in its first picture",
        "SVG behind the mark of a PNG",
        "PSD",
    )
    cases = {name: IMAGES[name] for name in names}
    # The opener refuses it before anyone looks at its picture.
    cases["5 MB and a byte"] = (IMAGES["5 MB and a byte"][0], "at most 5,000,000 are read")
    for name, (content, words) in cases.items():
        recall.open_file(content)
        assert words in recall.text("error"), name
        assert_plain(recall.text("error"))
        assert engine_of(recall) == before, name
        np.testing.assert_array_equal(recall.find("editor").pattern, shown)
    recall.open_file(LEGAL["16 bits"])
    assert recall.text("error") == ""
    np.testing.assert_array_equal(recall.session.setting.input, [1] * 50 + [0] * 50)


def test_the_maxcut_lab_shows_the_sentence_and_nothing_else_changes(maxcut: Visitor) -> None:
    before, name_before = engine_of(maxcut), maxcut.text("graph-name")
    cases = {
        name: GRAPHS[name]
        for name in ("empty", "UTF-16 cut in a character", "self-loop", "weight 1e999", "NULs", "gzip")
    }
    edges = b"".join(b"%d %d\n" % (i + 1, j + 1) for i, j in np.argwhere(np.tri(700, k=-1)).tolist())
    cases["700 nodes, all edges"] = (b"700 %d\n%s" % (700 * 699 // 2, edges), "the lab shows at most 200")
    for name, (content, words) in cases.items():
        maxcut.open_file(content, "x" * 5000 + ".txt" if name == "gzip" else "some.txt")
        maxcut.lab.preparation.wait(60.0)
        sentence = maxcut.text("error")
        assert words.replace("some.txt", "") in sentence.replace("&#x27;", "'"), name
        assert_plain(sentence)
        assert engine_of(maxcut) == before, name
        assert maxcut.text("graph-name") == name_before
    maxcut.open_file(PATH, "y" * 5000 + ".txt")
    maxcut.lab.preparation.wait(60.0)
    assert maxcut.text("error") == ""
    assert maxcut.session.setting.graph.size == 3
    shared = to_file("maxcut", maxcut.session.setting.fields())
    restore(maxcut.session, from_file(shared, "maxcut"))


@pytest.mark.parametrize("kind", ["recall", "maxcut"])
def test_a_lab_shows_why_it_does_not_take_a_setting(kind: str, request: pytest.FixtureRequest) -> None:
    visitor = request.getfixturevalue(kind)
    before = engine_of(visitor)
    (box,) = (w for w in visitor.widgets() if "dwmtj-share-box" in w._dom_classes)
    texts = [("address", ADDRESSES[name][0]) for name in ("twice", "nested deep inside", "field twice")]
    texts += [("file", text) for of, text, _words in SESSION_FILES.values() if of == kind][-12:]
    for what, text in texts:
        box._opened = False  # as a page that has just been opened
        box._receive(box, {"type": "take", "what": what, "text": text}, [])
        assert_plain(visitor.text("error"))
        assert engine_of(visitor) == before
