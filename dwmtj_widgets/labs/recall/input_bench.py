"""The input of the Recall Lab: a large editor with its tools, and the distortion."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, Button, HBox, Layout, VBox

from dwmtj_widgets.labs.common.cards import caption
from dwmtj_widgets.labs.common.page import ErrorLine, download_link
from dwmtj_widgets.tasks.patterns import from_png, to_png
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.editors.pixel_editor import PixelEditor
from dwmtj_widgets.widgets.entries import BoundedIntText
from dwmtj_widgets.widgets.page.file_opener import FileOpener

Bits = npt.NDArray[np.uint8]

LARGEST_SEED = 9999


class InputBench:
    """Editor, tools and distortion, with callbacks for a person's changes.

    Parameters
    ----------
    drawn : callable
        Called with the bits when a person has changed them.
    distorted : callable
        Called with fraction and seed when a person has changed one of them.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        *,
        drawn: Callable[[Bits], None],
        distorted: Callable[[float, int], None],
        error: ErrorLine,
        rows: int,
        columns: int,
        bits: Bits,
        distortion: float,
        seed: int,
    ) -> None:
        self._drawn, self._distorted, self._error = drawn, distorted, error
        self._rows, self._columns = rows, columns
        self._filling = False
        self._saved: Bits | None = None
        self._random = np.random.default_rng()
        self.editor = PixelEditor(rows=rows, columns=columns, pattern=bits, cell_size=19, label="")
        self.editor.add_class("dwmtj-editor")
        self.editor.on_change(self._edited)
        self._undo = self._tool(tr("Undo"), "undo", tr("Take back the last stroke"), self.editor.undo)
        self._redo = self._tool(
            tr("Redo"), "redo", tr("Redo the last stroke that was taken back"), self.editor.redo
        )
        tools = [
            self._undo,
            self._redo,
            self._tool(tr("Clear"), "clear", tr("All pixels OFF"), self.editor.clear),
            self._tool(tr("Invert"), "invert", tr("Swap ON and OFF"), self.editor.invert),
            self._tool(tr("Random"), "random", tr("Every pixel by chance"), self._randomise),
        ]
        opener = FileOpener(
            self._opened,
            error.say,
            accept="image/*",
            hint=tr("Read a picture, as 10 x 10 pixels; or drop it on the lab"),
        )
        self._download = HTML()
        tool_box = VBox([*tools, opener, self._download])
        tool_box.add_class("dwmtj-input-tools")
        tool_box.add_class("dwmtj-small")
        heading = caption(tr("Input"), tr("what is loaded; draw on it"))
        self.distortion = QuantitySlider(
            tr("Distortion"),
            "%",
            distortion,
            0.0,
            0.5,
            0.01,
            name="distortion",
            hint=tr("Share of flipped pixels"),
        )
        self.distortion.slider.add_class("dwmtj-distort")
        self._seed = BoundedIntText(
            value=seed, min=0, max=LARGEST_SEED, description=tr("Seed"), layout=Layout(width="150px")
        )
        self._seed.add_class("dwmtj-seed")
        dice = Button(
            description=tr("⚄ Other pixels"), tooltip=tr("Flip other pixels"), layout=Layout(width="auto")
        )
        dice.add_class("dwmtj-dice")
        dice.add_class("dwmtj-small")
        dice.on_click(
            lambda _button: setattr(self._seed, "value", (self._seed.value + 1) % (LARGEST_SEED + 1))
        )
        self.distortion.on_change(lambda _value: self._tell_distortion())
        self._seed.observe(lambda _change: self._tell_distortion(), "value")
        self.widget = VBox(
            [
                heading,
                HBox([self.editor, tool_box]),
                self.distortion.widget,
                HBox([self._seed, dice], layout=Layout(justify_content="space-between")),
            ]
        )
        self.widget.add_class("dwmtj-card")
        self.widget.add_class("dwmtj-input-card")

    def show(self, bits: Bits, distortion: float, seed: int) -> None:
        """Show input and distortion without callbacks."""
        self._filling = True
        try:
            if (self.editor.pattern != bits).any():
                self.editor.fill(bits)
            self.distortion.show(distortion)
            self._seed.max = max(seed, LARGEST_SEED)  # a shared seed may be larger
            self._seed.value = seed
        finally:
            self._filling = False
        self._undo.disabled, self._redo.disabled = not self.editor.can_undo, not self.editor.can_redo
        if self._saved is None or (bits != self._saved).any():  # most settings leave the picture alone
            self._saved = bits.copy()
            png = to_png(bits, self._rows, self._columns)
            self._download.value = download_link(tr("Save"), "download", "dwmtj-input.png", png, "image/png")

    def _tool(self, label: str, name: str, hint: str, action: Callable[[], None]) -> Button:
        button = Button(description=label, tooltip=hint, layout=Layout(width="auto"))
        button.add_class(f"dwmtj-{name}")
        button.on_click(lambda _button: action())
        return button

    def _edited(self, editor: PixelEditor) -> None:
        if not self._filling:
            self._drawn(editor.pattern)

    def _randomise(self) -> None:
        self.editor.fill(self._random.integers(0, 2, self._rows * self._columns))

    def _tell_distortion(self) -> None:
        if self._filling:
            return
        self._distorted(self.distortion.value, self._seed.value)

    def _opened(self, _name: str, content: bytes) -> None:
        bits = None
        with self._error.guarded():
            bits = from_png(content, self._rows, self._columns)
            self.editor.fill(bits)
        if bits is not None and bits.all():
            self._error.say(tr("Every part of this picture is brighter than half: all pixels became ON."))
        elif bits is not None and not bits.any():
            self._error.say(tr("Every part of this picture is darker than half: all pixels became OFF."))
