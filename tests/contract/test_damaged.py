"""Settings, graphs and images that are damaged anywhere are refused with a sentence, or taken."""

import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from malformed.graphs import GRAPHS
from malformed.images import IMAGES, KINDS
from malformed.refusals import assert_plain
from malformed.settings import ADDRESSES, SESSION_FILES, lab, packed, taken, written

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.snapshot import from_file, from_query
from dwmtj_widgets.tasks.graph_files import format_graph, read_graph
from dwmtj_widgets.tasks.graphs import petersen_graph
from dwmtj_widgets.tasks.patterns import from_png


def test_there_are_more_than_a_hundred_cases_and_no_two_are_the_same() -> None:
    groups = (SESSION_FILES, ADDRESSES, GRAPHS, IMAGES)
    assert all(len(group) >= 25 for group in groups)
    assert sum(map(len, groups)) >= 100
    for group in groups:
        assert len({pickle.dumps(case[:-1]) for case in group.values()}) == len(group)


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Draw what became of a file: some bytes are others, and a piece is lost or there twice."""
    content = bytearray(good)
    for place, byte in draw(
        st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), max_size=4)
    ):
        content[place] = byte
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(good))] * 2)))
    return bytes(content[:first] + content[first:last] * draw(st.integers(0, 2)) + content[last:])


def refused_or_taken(attempt: Callable[[], object]) -> None:
    """Let anything but a plain sentence be an error."""
    try:
        attempt()
    except Refused as refusal:
        assert_plain(str(refusal))


@pytest.mark.parametrize("lab_name", ["recall", "maxcut", "signal", "recognition"])
@settings(max_examples=80)
@given(data=st.data())
def test_a_damaged_setting_is_refused_or_taken(lab_name: str, data: st.DataObject) -> None:
    content = data.draw(damaged(written(lab_name).encode()))
    text = content.decode("utf-8", "replace")
    refused_or_taken(lambda: taken(lab_name, from_file(text, lab_name)))
    refused_or_taken(lambda: taken(lab_name, from_query(packed(content), lab_name)))
    query = data.draw(damaged(packed(written(lab_name)).encode())).decode("latin-1")
    refused_or_taken(lambda: taken(lab_name, from_query(query, lab_name)))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**300, 10**400)
    | st.floats()
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("lab_name", ["recall", "maxcut", "signal", "recognition"])
@settings(max_examples=80)
@given(data=st.data())
def test_any_value_in_a_field_is_refused_or_taken(lab_name: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(lab(lab_name).setting)))
    text = written(lab_name, **{name: data.draw(VALUES)})
    refused_or_taken(lambda: taken(lab_name, from_file(text, lab_name)))


@settings(max_examples=300)
@given(damaged(format_graph(petersen_graph().adjacency).encode()))
def test_a_damaged_graph_is_refused_or_taken(content: bytes) -> None:
    refused_or_taken(lambda: read_graph(content, "some.txt"))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_image_is_refused_or_taken(kind: str, data: st.DataObject) -> None:
    refused_or_taken(lambda: from_png(data.draw(damaged(KINDS[kind]))))
