"""The field of tracks without a browser."""

import numpy as np
import pytest
from messages import MALFORMED, say

from dwmtj_widgets.widgets.views.track_field import TrackField


def test_field_sends_two_bytes_a_neuron_and_only_what_is_new(sent) -> None:
    field = TrackField(neurons=3)
    soma, axon = np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.25, 0.001])
    field.draw(soma, axon)
    field.draw(soma.copy(), axon.copy())
    field.draw(soma + 1e-6 * np.array([1, 1, -1]), axon)
    assert sent == [(field, {"type": "walls", "whole": False}, [bytes([0, 128, 255, 255, 64, 0])])]
    field.draw(soma[::-1], axon)
    assert sent[1:] == [(field, {"type": "walls", "whole": False}, [bytes([255, 128, 0, 255, 64, 0])])]


def test_field_sends_every_device_where_they_differ(sent) -> None:
    field = TrackField(neurons=2)
    field.draw(np.array([0.2, 1.0]), np.array([[np.nan, 0.4], [0.6, np.nan]]))
    assert sent == [(field, {"type": "walls", "whole": True}, [bytes([51, 102, 153, 255])])]
    field.draw(np.array([0.2, 1.0]), np.array([0.4, 0.6]))
    assert sent[1][1:] == ({"type": "walls", "whole": False}, [bytes([51, 255, 102, 153])])


def test_field_changes_none_of_the_arrays_it_is_given(sent) -> None:
    soma, axon = np.array([0.2, 1.0]), np.array([[np.nan, 0.4], [0.6, np.nan]])
    before = soma.copy(), axon.copy()
    TrackField(neurons=2).draw(soma, axon)
    np.testing.assert_array_equal(soma, before[0])
    np.testing.assert_array_equal(axon, before[1])


def test_field_shows_its_last_walls_to_every_page_that_connects(sent) -> None:
    field = TrackField(neurons=2)
    say(field, {"type": "ready"})
    assert sent == []
    field.draw(np.zeros(2), np.ones(2))
    say(field, {"type": "ready"})
    say(field, {"type": "ready"})
    assert len(sent) == 3
    assert sent[0] == sent[1] == sent[2]


def test_field_tells_of_rows_that_are_clicked_and_entered(sent) -> None:
    field = TrackField(neurons=5)
    heard = []
    field.on_select(lambda neuron: heard.append(("select", neuron)))
    field.on_hover(lambda neuron: heard.append(("hover", neuron)))
    for kind, neuron in (("select", 4), ("hover", 0), ("hover", -1)):
        say(field, {"type": kind, "neuron": neuron})
    assert heard == [("select", 4), ("hover", 0), ("hover", -1)]


@pytest.mark.parametrize(
    "content", [*MALFORMED, *({"type": "hover", "neuron": n} for n in (None, "1", 5, -2, 1.0, [0], 1e9))]
)
def test_field_overhears_rows_that_are_none(sent, content) -> None:
    field = TrackField(neurons=5)
    heard = []
    field.on_select(heard.append)
    field.on_hover(heard.append)
    field._receive(field, content, [])
    assert heard == []
    assert sent == []
