"""The views of the Signal Lab on one page, what asks it, and a notebook that shows it."""

import json
from pathlib import Path

import numpy as np
from browser_tools import wait_for

K, N = 64, 40
WAVE, FIELD, RASTER = (f".dwmtj-{name}-canvas" for name in ("waveform", "sphere", "raster"))
LEFT, RIGHT, TOP, BOTTOM = 42, 18, 9, 23  # waveform_editor/drawing.js: what is round the plot, CSS pixels
KERNEL = """
import asyncio, json
import numpy as np
from ipywidgets import Button, HBox, VBox
from dwmtj_widgets.widgets.plots.raster import Raster
from dwmtj_widgets.widgets.views.sphere_field import SphereField
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor

log = open({path!r}, "a")
def tell(kind, value):
    print(json.dumps([kind, value]), file=log, flush=True)

wave = WaveformEditor(width=480, height=200, reference_name="network")
wave.on_draw(lambda samples: tell("draw", samples.tolist()))
field = SphereField(width=480, height=240)
field.on_select(lambda k: tell("select", [k, field.selected]))
field.on_hover(lambda k: tell("hover", k))
angle = np.linspace(-1.5, 1.5, {n})
fan = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
field.draw(fan)
raster = Raster(junctions={n}, columns=100, width=480, height=160, time_label="last 40 ns")
ramp = np.linspace(-1, 1, {n})
raster.push(np.tile(ramp[:, None], (1, 30)))

ways = np.array([[0, 1, 0], [0, -1, 0], [0.6, 0.8, 0], [-0.6, 0.8, 0], [0.6, 0.8, 0]])

def one_moves():
    moved = fan.copy()
    moved[7] = [0, 0, 1]
    field.draw(moved)

def many(count):
    turn = np.linspace(0, 3, count)
    field.draw(np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))

async def animate():
    for k in range(60):
        turn = angle + k / 20
        field.draw(np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))
        raster.push(np.sin(turn)[:, None])
        await asyncio.sleep(0.02)
    field.draw(fan)
    tell("animated", 60)

def grow():
    raster.junctions = 3
    raster.push([[-1, -1], [0, 0], [1, 1]])

def shrink_back():
    raster.junctions = {n}

commands = dict(
    flat=lambda: wave.show(np.zeros({k})),
    ends=lambda: wave.show(np.linspace(-0.1, 0.1, {k})),
    high=lambda: wave.show(np.full({k}, 0.9)),
    samples=lambda: tell("samples", wave.samples.tolist()),
    reference=lambda: wave.show_reference(np.full({k}, -0.5)),
    alone=lambda: wave.show_reference(None),
    lock=lambda: setattr(wave, "disabled", True),
    unlock=lambda: setattr(wave, "disabled", False),
    fan=lambda: field.draw(fan),
    one_moves=one_moves,
    ways=lambda: field.draw(ways, np.arange(5) == 2),
    one=lambda: many(1), seven=lambda: many(7), two_hundred=lambda: many(200),
    none=lambda: setattr(field, "selected", -1),
    animate=lambda: globals().update(task=asyncio.get_running_loop().create_task(animate())),
    plus=lambda: raster.push(np.ones(({n}, 3))),
    minus=lambda: raster.push(-np.ones(({n}, 90))),
    record=lambda: raster.show_window(np.tile(np.linspace(-1, 1, 50), ({n}, 1)), now=10),
    later=lambda: raster.mark(40),
    live=raster.live, clear=raster.clear, grow=grow, shrink_back=shrink_back,
    row=lambda: setattr(raster, "selected", 3),
)
buttons = []
for name, command in commands.items():
    button = Button(description=name)
    button.add_class(f"do-{{name}}")
    button.on_click(lambda _button, command=command: command())
    buttons.append(button)
page = HBox([VBox([wave, raster]), field, VBox(buttons)])
page
"""
PROBES = """
window.probe = {
  /** How many pixels of a part of a canvas (shares of its width and height) are within `reach` of a colour. */
  count: (name, colour, [left, top, right, bottom] = [0, 0, 1, 1], reach = 24) => {
    const canvas = document.querySelector(name);
    const [x, y] = [Math.round(left * canvas.width), Math.round(top * canvas.height)];
    const [w, h] = [Math.round(right * canvas.width) - x, Math.round(bottom * canvas.height) - y];
    const { data } = canvas.getContext("2d").getImageData(x, y, w, h);
    const wanted = [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
    let found = 0;
    for (let k = 0; k < data.length; k += 4) {
      found += Number(wanted.every((value, c) => Math.abs(data[k + c] - value) <= reach));
    }
    return found;
  },
  /** The colours of a column of a canvas' own pixels at some shares of its height. */
  column: (name, x, shares) => {
    const canvas = document.querySelector(name);
    const context = canvas.getContext("2d");
    return shares.map((y) => [...context.getImageData(x, Math.floor(y * canvas.height), 1, 1).data.slice(0, 3)]);
  },
  /** The middle of the pixels of a colour in one column of pixels, in CSS pixels from the top; null if none. */
  height: (name, x, colour, reach = 40) => {
    const canvas = document.querySelector(name);
    const ratio = canvas.width / canvas.clientWidth;
    const { data } = canvas.getContext("2d").getImageData(Math.round(x * ratio), 0, 1, canvas.height);
    const wanted = [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
    const rows = [];
    for (let y = 0; y < canvas.height; y += 1) {
      if (wanted.every((value, c) => Math.abs(data[4 * y + c] - value) <= reach)) rows.push(y);
    }
    return rows.length ? rows.reduce((sum, y) => sum + y, 0) / rows.length / ratio : null;
  },
};
"""


class Lab:
    """The open page, and what the kernel behind it has told."""

    def __init__(self, page, log: Path) -> None:
        self.page, self.log = page, log
        self.devtools = page.context.new_cdp_session(page)
        self.read = 0

    def told(self, kind: str) -> list:
        """Return what the kernel has told since `forget`."""
        lines = self.log.read_text(encoding="utf-8").splitlines()[self.read :]
        return [value for name, value in map(json.loads, lines) if name == kind]

    def forget(self) -> None:
        self.read = len(self.log.read_text(encoding="utf-8").splitlines())

    def wait_told(self, kind: str, count: int = 1) -> list:
        return wait_for(lambda: len(self.told(kind)) >= count and self.told(kind), f"{count} times {kind!r}")

    def do(self, name: str) -> None:
        """Let the kernel run one of its commands; not by the mouse, which may be in the middle of a stroke."""
        self.page.eval_on_selector(f".do-{name}", "(button) => button.click()")

    def ask(self, expression: str):
        return self.page.evaluate(f"() => ({expression})")

    def wait(self, expression: str):
        return self.page.wait_for_function(f"() => ({expression})", polling=30).json_value()

    def data(self, name: str, key: str) -> str:
        return self.ask(f"document.querySelector('{name}').dataset.{key}")

    def wait_data(self, name: str, key: str, value) -> None:
        self.wait(f"document.querySelector('{name}').dataset.{key} === '{value}'")

    def box(self, name: str) -> dict:
        return self.page.locator(name).bounding_box()

    def shown(self) -> list[float]:
        return [float(number) for number in self.data(WAVE, "samples").split()]

    def samples(self) -> np.ndarray:
        """Return the samples that the kernel has."""
        count = len(self.told("samples"))
        self.do("samples")
        return np.array(self.wait_told("samples", count + 1)[-1])

    def flat(self) -> None:
        """Make the curve 0 everywhere, in the kernel and on the page."""
        self.do("flat")
        self.wait_flat()
        self.forget()

    def wait_flat(self) -> None:
        """Wait until the page shows 0 everywhere; it is painted a moment after it is told."""
        self.wait(f"document.querySelector('{WAVE}').dataset.samples === Array({K}).fill('0.000').join(' ')")

    def point(self, column: float, value: float) -> tuple[float, float]:
        """Return where a column (k + 0.5 is the middle of the k-th) and a value are in the window."""
        box = self.box(WAVE)
        width, height = box["width"] - LEFT - RIGHT, box["height"] - TOP - BOTTOM
        return box["x"] + LEFT + column / K * width, box["y"] + TOP + (1 - value) / 2 * height

    def stroke(self, *points: tuple[float, float]) -> None:
        """Drag through points with one mouse event each, as a fast hand does."""
        mouse = self.page.mouse
        mouse.move(*self.point(*points[0]))
        mouse.down()
        for point in points[1:]:
            mouse.move(*self.point(*point))
        mouse.up()

    def touch(self, *places: tuple[float, float]) -> None:
        for k, (x, y) in enumerate(places):
            kind = "touchMove" if k else "touchStart"
            self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        self.devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def cell(self, k: int) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a sphere's cell as shares of the field."""
        columns, rows = int(self.data(FIELD, "columns")), int(self.data(FIELD, "rows"))
        row, column = divmod(k, columns)
        return column / columns, row / rows, (column + 1) / columns, (row + 1) / rows

    def sphere(self, k: int) -> tuple[float, float]:
        """Return where the middle of a sphere is in the window."""
        box, (left, top, right, bottom) = self.box(FIELD), self.cell(k)
        return box["x"] + (left + right) / 2 * box["width"], box["y"] + (top + bottom) / 2 * box["height"]

    def pixels(self, k: int, colour: str) -> int:
        return self.ask(f"probe.count('{FIELD}', '{colour}', {list(self.cell(k))})")

    def column(self, x: int, rows: int = N) -> list[list[int]]:
        """Return the colours of all rows in one column of the raster."""
        shares = [(row + 0.6) / rows for row in range(rows)]
        return self.ask(f"probe.column('{RASTER}', {x}, {shares})")
