"""The input of the Recall Lab: drawn, distorted, opened, saved."""

import base64
import io
import re

import numpy as np
import pytest
from ipywidgets import HTML
from PIL import Image

from dwmtj_widgets.labs.recall import input_bench
from dwmtj_widgets.tasks.patterns import from_png, symbol, to_png


def test_drawn_input_is_loaded_as_drawn(visitor) -> None:
    before = visitor.find("editor").pattern
    cells = np.flatnonzero(before == 0)[:7]
    visitor.draw("editor", cells, 1)
    assert visitor.session.setting.input[cells].all()
    assert (visitor.session.setting.input != before).sum() == 7
    np.testing.assert_array_equal(visitor.session.simulation.pattern, visitor.find("editor").pattern)
    assert visitor.find("distortion").value == 0.0
    visitor.press("undo")
    np.testing.assert_array_equal(visitor.session.setting.input, before)
    np.testing.assert_array_equal(visitor.find("editor").pattern, before)
    visitor.press("redo")
    assert visitor.session.setting.input[cells].all()


def test_tools_of_the_input(visitor) -> None:
    before = visitor.session.setting.input
    visitor.press("invert")
    np.testing.assert_array_equal(visitor.session.setting.input, 1 - before)
    visitor.press("clear")
    assert not visitor.session.setting.input.any()
    visitor.press("random")
    assert 20 < visitor.session.setting.input.sum() < 80
    for _ in range(3):
        visitor.press("undo")
    np.testing.assert_array_equal(visitor.session.setting.input, before)


@pytest.mark.parametrize("percent", [0.0, 1.0, 33.0, 50.0])
def test_distortion_flips_that_share_of_the_memory(visitor, percent: float) -> None:
    visitor.press("run")
    visitor.frames(3)
    visitor.find("distortion").value = percent
    assert (visitor.find("editor").pattern != symbol("A")).sum() == percent
    assert visitor.session.simulation.time == 0.0
    np.testing.assert_array_equal(visitor.session.simulation.pattern, visitor.find("editor").pattern)


def test_dice_and_seed_flip_other_pixels(visitor) -> None:
    before = visitor.find("editor").pattern
    visitor.press("dice")
    assert visitor.find("seed").value == 2
    rolled = visitor.find("editor").pattern
    assert (rolled != before).any()
    assert (rolled != symbol("A")).sum() == 20
    visitor.find("seed").value = 1
    np.testing.assert_array_equal(visitor.find("editor").pattern, before)


def test_good_picture_becomes_the_input(visitor) -> None:
    visitor.open_file(to_png(symbol("heart"), scale=7))
    np.testing.assert_array_equal(visitor.find("editor").pattern, symbol("heart"))
    np.testing.assert_array_equal(visitor.session.setting.input, symbol("heart"))
    assert visitor.text("error") == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"this is no picture", to_png(symbol("heart"), scale=7)[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 99],
)
def test_bad_picture_is_one_sentence_and_nothing_else(visitor, content: bytes) -> None:
    visitor.press("run")
    visitor.frames(5)
    run, before, time = (
        visitor.session.simulation,
        visitor.session.setting.input,
        visitor.session.simulation.time,
    )
    visitor.open_file(content)
    assert "cannot be read as an image" in visitor.text("error")
    assert visitor.text("error").endswith(".")
    assert visitor.session.simulation is run
    assert run.time == time
    np.testing.assert_array_equal(visitor.find("editor").pattern, before)
    visitor.open_file(to_png(symbol("heart")))
    assert visitor.text("error") == ""
    np.testing.assert_array_equal(visitor.session.setting.input, symbol("heart"))


@pytest.mark.parametrize(("grey", "said"), [(200, "all pixels became ON."), (40, "all pixels became OFF.")])
def test_picture_that_turns_out_all_alike_says_so(visitor, grey: int, said: str) -> None:
    content = io.BytesIO()
    Image.new("L", (30, 30), grey).save(content, "PNG")
    visitor.open_file(content.getvalue())
    assert visitor.text("error").endswith(said)
    assert set(visitor.session.setting.input.tolist()) == {int(grey > 127)}
    visitor.open_file(to_png(symbol("heart")))
    assert visitor.text("error") == ""


def test_saved_picture_is_the_input(visitor) -> None:
    visitor.draw("editor", [0, 99], 1)
    links = [w.value for w in visitor.widgets() if isinstance(w, HTML) and "dwmtj-download" in w.value]
    (link,) = links
    content = base64.b64decode(re.search(r"base64,([^\"]+)", link).group(1))
    np.testing.assert_array_equal(from_png(content), visitor.session.setting.input)


def test_settings_that_leave_the_input_alone_make_no_picture_of_it(
    visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*arguments):
        made.append(arguments)
        return to_png(*arguments)

    monkeypatch.setattr(input_bench, "to_png", counted)
    visitor.find("weight").value = 120.0
    visitor.find("charge-voltage").value = 150.0
    assert not made
    visitor.find("distortion").value = 31.0
    assert len(made) == 1
