"""Graph files and images that are malformed, each in its own way: refused with one sentence at little cost."""

import numpy as np
import pytest
from malformed.graphs import GRAPHS, PATH
from malformed.images import IMAGES, LEGAL
from malformed.refusals import sentence_of
from PIL import Image

from dwmtj_widgets.tasks.graph_files import read_graph
from dwmtj_widgets.tasks.patterns import from_png

# -- graphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GRAPHS)
def test_a_malformed_graph_is_refused(name: str) -> None:
    content, words = GRAPHS[name]
    assert words in sentence_of(lambda: read_graph(content, "some.txt"))


@pytest.mark.parametrize(
    "content",
    [
        PATH,
        PATH.replace(b"\n", b"\r\n"),
        PATH.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + PATH,
        PATH.replace(b" ", b"\t"),
    ],
    ids=["plain", "CR LF", "CR", "byte order mark", "tabulators"],
)
def test_ways_to_write_the_same_graph_are_read(content: bytes) -> None:
    np.testing.assert_array_equal(read_graph(content, "some.txt"), [[0, 1, 0], [1, 0, 1], [0, 1, 0]])


# -- images ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IMAGES)
def test_a_malformed_image_is_refused(name: str) -> None:
    content, words = IMAGES[name]
    assert words in sentence_of(lambda: from_png(content))


@pytest.mark.parametrize("name", LEGAL)
def test_unusual_but_whole_images_are_read(name: str) -> None:
    np.testing.assert_array_equal(from_png(LEGAL[name]), [1] * 50 + [0] * 50)


@pytest.mark.parametrize("step", ["open", "convert"])
def test_a_picture_that_memory_does_not_suffice_for_is_not_called_broken(step: str, monkeypatch) -> None:
    def without_memory(*_arguments: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr(*((Image, "open") if step == "open" else (Image.Image, "convert")), without_memory)
    said = sentence_of(lambda: from_png(LEGAL["1 bit"]))
    assert "needs more memory than there is" in said and "cannot be read as an image" not in said
