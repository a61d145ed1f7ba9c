"""The picture of the bits."""

import numpy as np
import pytest
from ipycanvas import Canvas

from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.views.picture import Picture


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


@pytest.fixture
def styled(monkeypatch, rectangles) -> list[tuple]:
    """Record the pixels of a picture as (x, y, (red, green, blue)) of the last drawing."""
    seen: list[tuple] = []

    def fill(self, x, y, width, height, color, alpha=1):
        seen[:] = [(a, b, tuple(int(v) for v in c)) for a, b, c in zip(x, y, color, strict=True)]

    monkeypatch.setattr(Canvas, "fill_styled_rects", fill)
    return seen


def test_picture_is_row_by_row_off_blue_on_amber_and_between_where_a_wall_moves(styled, rectangles) -> None:
    view = Picture(2, 3, side=60)
    view.draw(np.array([1.0, 0.0, 0.0, 0.0, 0.5, 1.0]))
    assert [colour for _, _, colour in styled[:4]] == [rgb(palette.ON), *[rgb(palette.OFF)] * 3]
    assert styled[5][2] == rgb(palette.ON)
    assert styled[4][2] == rgb(palette.blend(0.5))
    left, top = [x for x, _, _ in styled], [y for _, y, _ in styled]
    assert left[:3] == sorted(set(left[:3]))
    assert left[:3] == left[3:]
    assert top[0] == top[1] == top[2] < top[3] == top[5]
    bars = [box for box in rectangles if box[1] == palette.WALL]
    assert len(bars) == 1, "walls that rest are marked, or one that moves is not"
    assert bars[0][2] == left[4]


def test_picture_is_drawn_again_only_if_something_changed(packets) -> None:
    view = Picture(2, 2)
    positions = np.array([0.0, 1.0, 0.0, 1.0])
    view.draw(positions, selected=1)
    view.draw(positions.copy(), selected=1)
    assert len(packets) == 1
    positions[0] = 0.5  # a picture that kept the array would see no change
    view.draw(positions, selected=1)
    view.draw(positions, selected=2)
    assert len(packets) == 3


def test_picture_outlines_the_selected_pixel_only(monkeypatch, packets) -> None:
    outlines = []
    monkeypatch.setattr(Canvas, "stroke_rect", lambda self, *box: outlines.append(box))
    view = Picture(2, 2, side=50)
    view.draw(np.ones(4))
    assert outlines == []
    view.draw(np.ones(4), selected=3)
    ((x, y, width, height),) = outlines
    assert 50 <= x < x + width <= 100
    assert 50 <= y < y + height <= 100


def test_click_in_the_picture_names_its_pixel(packets) -> None:
    view = Picture(10, 10, side=160)
    heard = []
    view.on_select(heard.append)
    pixels = view.widget.width / 10
    for row, column in ((0, 0), (0, 9), (3, 7), (9, 0), (9, 9)):
        view._clicked((column + 0.5) * pixels, (row + 0.5) * pixels)
    assert heard == [0, 9, 37, 90, 99]
    for outside in (
        (-pixels, 5.0),
        (5.0, -pixels),
        (view.widget.width, 5.0),
        (5.0, view.widget.height + 1.0),
    ):
        view._clicked(*outside)
    assert len(heard) == 5
