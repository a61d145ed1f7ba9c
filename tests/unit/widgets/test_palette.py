"""Colours of states and curves."""

import base64
import io
import re

import numpy as np
from PIL import Image

from dwmtj_widgets.labs.common.style import style_sheet
from dwmtj_widgets.widgets import palette, style
from dwmtj_widgets.widgets.views._image import image_source


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


def test_blend_goes_from_off_to_on() -> None:
    assert palette.blend(0.0) == palette.OFF
    assert palette.blend(1.0) == palette.ON
    assert palette.blend(0.5, "#000000", "#ffffff") == "#808080"


def luminance(colour: str) -> float:
    channels = [v / 255 for v in rgb(colour)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_states_and_curves_differ_in_lightness_too() -> None:
    assert contrast(palette.ON, palette.OFF) >= 3.0  # WCAG 1.4.11
    assert len(set(palette.SERIES)) == 8, "eight memories need eight colours"
    for colour in (*palette.SERIES, palette.FOCUS):
        assert contrast(colour, "#ffffff") >= 3.0, colour
    for colour in (palette.INK, palette.FAINT):
        assert contrast(colour, "#ffffff") >= 4.5, colour


def test_colours_of_style_sheets_are_those_of_the_palette() -> None:
    field = style.sheet("track_field")
    for name, colour in (
        ("on", palette.ON),
        ("off", palette.OFF),
        ("wall", palette.WALL),
        ("gap", palette.GAP),
    ):
        assert f"--dwmtj-{name}: {colour};" in field
    lab = style_sheet().value
    for name, colour in (("on", palette.ON), ("off", palette.OFF)):
        assert re.search(rf"\.dwmtj-chip\.{name} \{{\s*background: {colour};", lab)


def test_image_source_is_the_pattern_in_the_colours_of_the_views() -> None:
    source = image_source(np.array([1, 0, 0, 1, 1, 0], dtype=np.uint8), 2, 3)
    prefix = "data:image/png;base64,"
    assert source.startswith(prefix)
    image = Image.open(io.BytesIO(base64.b64decode(source.removeprefix(prefix)))).convert("RGB")
    assert image.size == (3, 2)
    on, off = rgb(palette.ON), rgb(palette.OFF)
    assert [image.getpixel((x, y)) for y in range(2) for x in range(3)] == [on, off, off, on, on, off]
