"""Painting on a canvas, the view of one neuron, and where things lie."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipycanvas import Canvas
from ipycanvas.canvas import COMMANDS
from messages import say

from dwmtj_widgets import Device
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.views._canvas import painting
from dwmtj_widgets.widgets.views._geometry import chevrons, columns_for, grid_of_boxes
from dwmtj_widgets.widgets.views.neuron_view import NeuronFrame, NeuronView
from dwmtj_widgets.widgets.views.picture import Picture

# -- drawing -----------------------------------------------------------------------------------------------------


def test_painting_sends_one_message_however_deep(packets) -> None:
    canvas = Canvas(width=10, height=10)
    with painting():
        canvas.fill_rect(0, 0, 1, 1)
        with painting():
            canvas.fill_rect(1, 1, 1, 1)
        canvas.fill_rect(2, 2, 1, 1)
        assert packets == []
    assert len(packets) == 1


def test_error_while_painting_sends_nothing_and_spoils_nothing(packets) -> None:
    canvas = Canvas(width=10, height=10)

    def fail() -> None:
        with painting():
            canvas.fill_rect(0, 0, 1, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert packets == []
    with painting():
        canvas.fill_rect(0, 0, 2, 2)
    assert len(packets) == 1
    assert len(packets[0]) <= 2, "commands of the failed drawing were kept"


@pytest.mark.parametrize("make", [lambda: Picture(2, 2), lambda: NeuronView()])
def test_page_that_connects_gets_everything_in_one_message_and_hears_which_canvas(make, packets) -> None:
    view = make()
    if isinstance(view, Picture):
        view.draw(np.array([0.0, 0.5, 1.0, 0.0]))
    else:
        view.draw(NeuronFrame(0.5, 1, np.linspace(0, 1, 9), np.zeros(9, np.int8), (0.4, 0.6)))
    before = len(packets[-1])
    packets.clear()
    say(view.canvas if isinstance(view, NeuronView) else view.widget, {"event": "client_ready"})
    assert len(packets) == 1
    assert len(packets[0]) >= before
    assert packets[0][0][0] == COMMANDS["switchCanvas"], "a new page does not know which canvas is meant"


def test_neuron_view_before_its_first_frame_is_no_error(packets) -> None:
    view = NeuronView()
    view.redraw()
    say(view.canvas, {"event": "client_ready"})
    assert packets == []


def frame(soma: float = 0.3, count: int = 99, direction: int = 0) -> NeuronFrame:
    axons = np.linspace(0.0, 1.0, count) if count else np.array([])
    return NeuronFrame(soma, direction, axons, np.zeros(count, np.int8), (0.4, 0.6))


@pytest.mark.parametrize("count", [0, 1, 7, 99, 999])
def test_neuron_view_draws_a_track_for_every_axon_inside_the_canvas(rectangles, count: int) -> None:
    view = NeuronView(500, 128)
    view.draw(frame(count=count))
    width, height = view.canvas.width, view.canvas.height
    for _, _, x, y, wide, high in rectangles:
        assert x >= 0.0
        assert y >= 0.0
        assert x + wide <= width
        assert y + high <= height
        assert high > 0.0
    tracks = [box for box in rectangles if box[1] == palette.OFF]
    assert len(tracks) == count + 1
    corners = {(x, y) for _, _, x, y, _, _ in tracks}
    assert len(corners) == count + 1
    assert tracks[0][4] >= 0.8 * width, "the soma's track is not the large one"


@pytest.mark.parametrize("position", [0.0, 0.25, 0.5, 1.0])
def test_neuron_view_puts_the_wall_where_it_is(rectangles, position: float) -> None:
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(position, 0, np.array([1.0 - position]), np.zeros(1, np.int8), (0.4, 0.6)))
    tracks = [box for box in rectangles if box[1] == palette.OFF]
    ons = [box for box in rectangles if box[1] == palette.ON]
    walls = [box for box in rectangles if box[1] == palette.WALL]
    for track, on, wall, place in zip(tracks, ons, walls, (position, 1.0 - position), strict=True):
        assert on[2:4] == track[2:4]
        assert on[4] == pytest.approx(place * track[4])
        middle = wall[2] + wall[4] / 2
        assert middle == pytest.approx(track[2] + place * track[4], abs=wall[4] / 2 + 1e-9)
        assert track[2] <= wall[2]
        assert wall[2] + wall[4] <= track[2] + track[4] + 1e-9


def test_neuron_view_draws_the_junction_where_the_device_has_it(rectangles) -> None:
    device = Device(mtj_width=30e-9, mtj_center=0.6)
    window = (float(device.window_low), float(device.window_high))
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(0.1, 0, np.zeros(1), np.zeros(1, np.int8), window))
    (lid,) = [box for box in rectangles if box[1] == palette.WINDOW][:1]
    track = next(box for box in rectangles if box[1] == palette.OFF)
    assert (lid[2] - track[2]) / track[4] == pytest.approx(0.45)
    assert lid[4] / track[4] == pytest.approx(0.30)
    assert lid[3] < track[3] < track[3] + track[5] < lid[3] + lid[5], (
        "the lid does not stand out of the track"
    )


def test_neuron_view_has_its_names_in_the_ink_of_the_page_and_marks_cut_axons(
    rectangles, monkeypatch
) -> None:
    """A canvas knows no theme: with its names drawn, the panel had to stay light in the dark."""
    monkeypatch.setattr(Canvas, "fill_text", lambda self, *what: pytest.fail("text is drawn"))
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(0.5, 0, np.full(3, 0.5), np.zeros(3, np.int8), (0.4, 0.6)))
    (labels,) = [part for part in view.widget.children if part is not view.canvas]
    assert re.findall(r">([^<]+)<", labels.value) == ["soma", "axons", "× 3"]
    plain = len(rectangles)
    view.draw(NeuronFrame(0.5, 0, np.full(3, 0.5), np.zeros(3, np.int8), (0.4, 0.6), cut=True))
    assert re.findall(r">([^<]+)<", labels.value) == ["soma", "axons", "cut"]
    struck = [box for box in rectangles[plain:] if box[1] == palette.WALL and box[4] > 100]
    assert len(struck) == 3, "the three axons are not struck through"


def test_neuron_view_draws_what_stands_still_only_once(rectangles) -> None:
    view = NeuronView(500, 128)

    def fixed() -> int:
        return sum(box[1] == palette.WINDOW for box in rectangles)

    view.draw(frame(0.1))
    assert fixed() == 1
    view.draw(frame(0.2))
    assert fixed() == 1
    view.draw(NeuronFrame(0.2, 0, np.zeros(99), np.zeros(99, np.int8), (0.3, 0.6)))
    assert fixed() == 2
    view.draw(frame(0.2, count=5))
    assert fixed() == 3


def test_neuron_view_points_the_way_walls_go(monkeypatch, packets) -> None:
    drawn = []
    monkeypatch.setattr(Canvas, "fill_polygons", lambda self, shapes: drawn.append(np.asarray(shapes)))
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(0.5, 0, np.full(3, 0.5), np.zeros(3, np.int8), (0.4, 0.6)))
    assert drawn == []
    view.draw(NeuronFrame(0.5, -1, np.full(3, 0.5), np.array([1, 0, -1], np.int8), (0.4, 0.6)))
    soma, axons = drawn
    assert soma.shape == (1, 3, 2)
    assert axons.shape == (2, 3, 2)
    assert soma[0, 0, 0] < soma[0, 1, 0]
    assert axons[0, 0, 0] > axons[0, 1, 0]
    assert axons[1, 0, 0] < axons[1, 1, 0]


def test_neuron_view_sends_one_message_a_frame(packets) -> None:
    view = NeuronView(500, 128)
    view.draw(frame(0.1))
    view.draw(frame(0.2, direction=1))
    assert len(packets) == 2


# -- where things are --------------------------------------------------------------------------------------------


@given(
    count=st.integers(1, 500),
    columns=st.integers(1, 40),
    width=st.floats(50, 2000),
    height=st.floats(50, 2000),
    gap=st.floats(0.0, 0.5),
)
def test_boxes_fill_their_area_without_overlap(count, columns, width, height, gap) -> None:
    boxes = grid_of_boxes(count, 10.0, 20.0, width, height, columns=columns, gap=gap)
    assert len(boxes.left) == len(boxes.top) == count
    assert boxes.left.min() == pytest.approx(10.0)
    assert boxes.top.min() == pytest.approx(20.0)
    assert boxes.top.max() + boxes.height == pytest.approx(20.0 + height)
    if count >= columns:
        assert boxes.left.max() + boxes.width == pytest.approx(10.0 + width)
    order = np.lexsort((boxes.left, boxes.top))
    assert (order == np.arange(count)).all(), "boxes are not laid out row by row"
    places = set(zip(boxes.left.tolist(), boxes.top.tolist(), strict=True))
    assert len(places) == count
    for edges, size in ((boxes.left, boxes.width), (boxes.top, boxes.height)):
        apart = np.diff(np.unique(edges.round(6)))
        assert (apart >= size + gap - 1e-3).all()  # single precision


@given(count=st.integers(1, 2000), aspect=st.floats(0.5, 10))
def test_number_of_columns_suits_the_wanted_shape(count: int, aspect: float) -> None:
    columns = columns_for(count, 900.0, 180.0, aspect)
    assert 1 <= columns <= count
    if 4 <= columns < count:
        rows = -(-count // columns)
        assert (900.0 / columns) / (180.0 / rows) == pytest.approx(aspect, rel=0.6)


def test_chevrons_point_along_their_direction() -> None:
    shapes = chevrons(np.array([10.0, 20.0]), np.array([5.0, 6.0]), np.array([1.0, -1.0]), 4.0)
    assert shapes.shape == (2, 3, 2)
    np.testing.assert_allclose(shapes[0], [[14, 5], [10, 1], [10, 9]])
    np.testing.assert_allclose(shapes[1], [[16, 6], [20, 2], [20, 10]])
