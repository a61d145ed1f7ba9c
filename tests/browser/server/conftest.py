"""A server with a little page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import Served, served, write_notebook

PAGE = """
import anywidget, bqplot, ipywidgets, traitlets
from ipycanvas import Canvas
import ipycanvas.canvas

canvas = Canvas(width=300, height=200, layout=ipywidgets.Layout(width="300px", height="200px"))

def draw():
    ipycanvas.canvas._CANVAS_MANAGER._current_canvas = None
    canvas.fill_style = "#ff0000"
    canvas.fill_rect(0, 0, 300, 200)

canvas.on_client_ready(draw)

class Probe(anywidget.AnyWidget):
    _esm = "export default { render({model, el}) { el.innerHTML = `<b id='probe'>${model.get('n')}</b>` } }"
    n = traitlets.Int(42).tag(sync=True)

scales = {"x": bqplot.LinearScale(), "y": bqplot.LinearScale()}
figure = bqplot.Figure(marks=[bqplot.Lines(x=[0, 1, 2], y=[0, 1, 0], scales=scales)])
button = ipywidgets.Button(description="press")
button.add_class("dwmtj-press")
button.on_click(lambda _: setattr(button, "description", "pressed"))
formula = ipywidgets.HTMLMath("$$\\\\frac{1}{2}$$")
ipywidgets.VBox(
    [ipywidgets.HBox([canvas, Probe(), button, formula]), figure],
    layout=ipywidgets.Layout(width="100%", height="100vh"),
)
"""


@pytest.fixture(scope="session")
def page_notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_notebook(tmp_path_factory.mktemp("notebooks") / "little_page.ipynb", PAGE)


@pytest.fixture(scope="session")
def server(page_notebook: Path) -> Iterator[Served]:
    with served(page_notebook) as server:
        yield server
