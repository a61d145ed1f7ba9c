"""The raster of signals without a browser, and its colours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots import _diverging
from dwmtj_widgets.widgets.plots.raster import Raster

NOT_MESSAGES = [None, "draw", 3, [], {}, {"type": None}, {"type": "dance"}, {"type": ["draw"]}]


@pytest.fixture
def sent(monkeypatch):
    """Record the custom messages of the views, as (content, buffers)."""
    messages = []

    def send(_self, content, buffers=None):
        messages.append((content, [bytes(b) for b in buffers or ()]))

    monkeypatch.setattr(Raster, "send", send)
    return messages


# -- raster ------------------------------------------------------------------------------------------------------


def moments(data: bytes, rows: int) -> list[list[int]]:
    return np.frombuffer(data, np.uint8).reshape(-1, rows).tolist()


def test_raster_sends_a_byte_a_sample_moment_after_moment(sent):
    raster = Raster(junctions=2, columns=4)
    raster.push([[-1, 0, 1], [1, 1, -1]])
    content, (data,) = sent[0]
    assert content == {"type": "push", "rows": 2, "columns": 4, "live": True}
    assert moments(data, 2) == [[0, 255], [128, 255], [255, 0]]
    raster.push(np.empty((2, 0)))
    assert len(sent) == 1


def test_raster_keeps_the_last_moments_for_pages_that_connect(sent):
    raster = Raster(junctions=1, columns=4)
    for value in (-1, -0.5, 0, 0.5, 1):
        raster.push([[value]])
    raster._receive(raster, {"type": "ready"}, [])
    content, (data,) = sent[-1]
    assert content == {"type": "all", "rows": 1, "columns": 4, "live": True}
    assert moments(data, 1) == [[64], [128], [191], [255]]


def test_raster_sends_no_more_than_it_shows(sent):
    raster = Raster(junctions=1, columns=3)
    raster.push([np.linspace(-1, 1, 11)])
    assert moments(sent[0][1][0], 1) == [[204], [230], [255]]


def test_record_is_shown_over_the_full_width_and_gives_way_to_the_next_push(sent):
    raster = Raster(junctions=1, columns=2, width=100)
    raster.push([[1]])
    raster.show_window([[-1, 0, 1]], now=1)
    assert sent[-1] == ({"type": "all", "rows": 1, "columns": 3, "live": False}, [bytes([0, 128, 255])])
    assert raster._now == pytest.approx(0.5)
    count = len(sent)
    raster.mark(2)
    assert raster._now == pytest.approx(5 / 6) and len(sent) == count
    raster._receive(raster, {"type": "ready"}, [])
    assert sent[-1] == sent[-2]
    raster.push([[-1]])
    assert sent[-1] == ({"type": "all", "rows": 1, "columns": 2, "live": True}, [bytes([255, 0])])
    assert raster._now == -1
    raster.show_window([[0]])
    assert raster._now == -1
    raster.live()
    assert sent[-1][1] == [bytes([255, 0])]


def test_long_record_is_shown_by_means_no_wider_than_the_picture(sent):
    raster = Raster(junctions=2, width=100)
    values = np.stack([np.linspace(-1, 1, 1050), np.tile([1.0, -1.0], 525)])
    raster.show_window(values, now=1049)
    content, (data,) = sent[-1]
    assert content["columns"] == 100
    shown = np.frombuffer(data, np.uint8).reshape(100, 2)
    assert shown[0, 0] <= 2 and shown[-1, 0] >= 253
    assert (np.diff(shown[:, 0].astype(int)) >= 0).all()
    assert (np.abs(shown[:, 1] - 127.5) < 15).all()
    assert raster._now == pytest.approx(1049.5 / 1050)


@given(st.integers(1, 400), st.integers(100, 130))
def test_any_record_keeps_its_mean(length, width):
    values = np.random.default_rng(length).uniform(-1, 1, (1, length))
    raster = Raster(junctions=1, width=width)
    raster.send = lambda content, buffers: messages.append((content, buffers))
    messages = []
    raster.show_window(values)
    content, (data,) = messages[0]
    shown = np.frombuffer(data, np.uint8) / 127.5 - 1
    assert content["columns"] == len(shown) == min(length, width)
    edges = np.linspace(0, length, len(shown) + 1).astype(int)
    assert (shown * np.diff(edges)).sum() / length == pytest.approx(values.mean(), abs=0.005)


def test_clear_and_other_sizes_forget(sent):
    raster = Raster(junctions=2, columns=4)
    raster.push(np.ones((2, 3)))
    raster.show_window(np.ones((2, 3)), now=0)
    raster.clear()
    assert sent[-1] == ({"type": "all", "rows": 2, "columns": 4, "live": True}, [b""])
    assert raster._now == -1
    raster.push(np.ones((2, 3)))
    raster.junctions = 3
    assert sent[-1] == ({"type": "all", "rows": 3, "columns": 4, "live": True}, [b""])
    raster.push(np.ones((3, 1)))
    raster.columns = 9
    assert sent[-1] == ({"type": "all", "rows": 3, "columns": 9, "live": True}, [b""])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (np.zeros((3, 2)), r"got the shape \(3, 2\), but must be 2 rows of numbers from -1 to 1"),
        (np.zeros(2), r"got the shape \(2,\)"),
        ([[0], [np.nan]], "got the value nan"),
        ([[0], [1.1]], "got the value 1.1"),
        ([[0], [0, 1]], "cannot be read"),
    ],
)
def test_raster_refuses_in_one_sentence_and_keeps_its_picture(sent, values, sentence):
    raster = Raster(junctions=2, columns=4)
    raster.push(np.ones((2, 1)))
    for name, call in (("columns", raster.push), ("values", raster.show_window)):
        with pytest.raises(ValueError, match=f"{name} {sentence}") as caught:
            call(values)
        assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    raster._receive(raster, {"type": "ready"}, [])
    assert len(sent) == 2 and sent[1][1] == [bytes([255, 255])]


@pytest.mark.parametrize("now", [-1, 3, 1.5, "1"])
def test_marked_moment_has_to_be_there(sent, now):
    raster = Raster(junctions=1)
    with pytest.raises(ValueError, match=r"now got .*, but must be a whole number from 0 to 2, or None"):
        raster.show_window([[0, 0, 0]], now=now)
    assert sent == []
    raster.show_window([[0, 0, 0]], now=0)
    with pytest.raises(ValueError, match="now got"):
        raster.mark(now)
    assert raster._now == pytest.approx(1 / 6)
    raster.mark(None)
    assert raster._now == -1


def test_nothing_can_be_marked_without_a_record(sent):
    raster = Raster(junctions=1)
    raster.mark(None)
    with pytest.raises(ValueError, match="call show_window first"):
        raster.mark(0)
    with pytest.raises(ValueError, match="values got no moment"):
        raster.show_window(np.empty((1, 0)))


@pytest.mark.parametrize("content", NOT_MESSAGES)
def test_raster_overhears_what_is_no_message(sent, content):
    raster = Raster()
    raster._receive(raster, content, [])
    assert sent == []


# -- colours -----------------------------------------------------------------------------------------------------


def lightness(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG defines it."""
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_colours_end_in_those_of_the_house_and_differ_by_more_than_hue():
    low, middle, high = _diverging.COLOURS
    assert (low, high) == (palette.OFF, palette.ON)
    light = {
        name: lightness(colour) + 0.05 for name, colour in (("low", low), ("mid", middle), ("high", high))
    }
    assert light["mid"] / light["low"] > 3 and light["high"] / light["low"] > 3
    # Grey against amber: alike in lightness, but blue is what every eye tells from yellow.
    assert int(middle[5:7], 16) - int(high[5:7], 16) > 120


@given(st.floats(-1, 1))
def test_bytes_are_the_nearest(value):
    byte = int(_diverging.to_bytes(np.array([value]))[0])
    assert abs(byte / 127.5 - 1 - value) <= 0.5 / 127.5 + 1e-12
