"""The stored images of the Recall Lab: one to eight small editors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, Button, HBox, Layout, VBox

from dwmtj_widgets.labs.common.cards import caption
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.editors.pixel_editor import PixelEditor

Bits = npt.NDArray[np.uint8]

MOST_ONES = 0.65
"""Share of ones above which a stored image outweighs the others: its weights push every neuron towards ON."""
LARGE_CELL, SMALL_CELL, MOST_LARGE = 7, 5, 3


class MemoryShelf:
    """A row of editors, one a memory, with buttons to use one as input, to add and to remove.

    Parameters
    ----------
    changed, taken, removed : callable
        Called with the memory's index (and its bits, for `changed`).
    added : callable
        Called without arguments.
    rows, columns : int
        Size of the images.
    most : int
        Largest number of memories.
    """

    def __init__(
        self,
        *,
        changed: Callable[[int, Bits], None],
        taken: Callable[[int], None],
        removed: Callable[[int], None],
        added: Callable[[], None],
        rows: int,
        columns: int,
        most: int,
    ) -> None:
        self._changed, self._taken, self._removed = changed, taken, removed
        self._rows, self._columns, self._most = rows, columns, most
        self._editors: list[PixelEditor] = []
        self.slots: list[VBox] = []
        """One for each memory that ever existed; those beyond the present number are hidden."""
        self._add = Button(
            description=tr("+ Add"),
            tooltip=tr("Store one more built-in image, the one least similar to the others"),
            layout=Layout(width="auto"),
        )
        self._add.add_class("dwmtj-small")
        self._add.add_class("dwmtj-add-memory")
        self._add.on_click(lambda _button: added())
        heading = caption(tr("Memories"), tr("draw to change"))
        self._box = HBox([])
        self._box.add_class("dwmtj-memories")
        self._filling = False
        self._hint = HTML()
        self._hint.add_class("dwmtj-hint")
        head = HBox([heading, self._add], layout=Layout(justify_content="space-between"))
        self.widget = VBox([head, self._box, self._hint])
        self.widget.add_class("dwmtj-card")
        self.widget.add_class("dwmtj-memories-card")

    def show(self, memories: Sequence[Bits]) -> None:
        """Show these memories, with as many editors as needed."""
        while len(self.slots) < len(memories):
            self._make_slot(len(self.slots), memories[len(self.slots)])
        self._filling = True
        try:
            for editor, bits in zip(self._editors, memories, strict=False):
                if (editor.pattern != bits).any():
                    editor.fill(bits)
        finally:
            self._filling = False
        wanted = tuple(self.slots[: len(memories)])
        if self._box.children != wanted:
            self._box.children = wanted
        self._add.disabled = len(memories) >= self._most
        # Many memories must be small, so that the input below them stays in sight.
        side = LARGE_CELL if len(memories) <= MOST_LARGE else SMALL_CELL
        for editor in self._editors:
            editor.cell_size = side
        self._hint.value = _advice(memories)

    def _make_slot(self, index: int, bits: Bits) -> None:
        editor = PixelEditor(
            rows=self._rows,
            columns=self._columns,
            pattern=bits,
            compact=True,
            cell_size=LARGE_CELL,
            label=tr("Memory {number}").format(number=index + 1),
        )
        editor.add_class(f"dwmtj-memory-{index + 1}")
        editor.on_change(lambda editor: self._edited(index, editor))
        use = Button(
            description=tr("Use"),
            tooltip=tr("Make memory {number} the input").format(number=index + 1),
            layout=Layout(width="auto"),
        )
        use.add_class(f"dwmtj-use-{index + 1}")
        use.on_click(lambda _button: self._taken(index))
        forget = Button(
            description="✕",
            tooltip=tr("Forget memory {number}").format(number=index + 1),
            layout=Layout(width="auto"),
        )
        forget.add_class(f"dwmtj-remove-{index + 1}")
        forget.on_click(lambda _button: self._removed(index))
        buttons = HBox([use, forget])
        buttons.add_class("dwmtj-small")
        slot = VBox([editor, buttons])
        slot.add_class("dwmtj-memory-slot")
        self._editors.append(editor)
        self.slots.append(slot)

    def _edited(self, index: int, editor: PixelEditor) -> None:
        if not self._filling:
            self._changed(index, editor.pattern)


def _advice(memories: Sequence[Bits]) -> str:
    """Return a sentence on the memory with the most ones, if there are too many."""
    shares = [float(bits.mean()) for bits in memories]
    fullest = int(np.argmax(shares))
    if shares[fullest] <= MOST_ONES:
        return ""
    return tr(
        "Memory {number} is {share} % ON. Images with many more ON than OFF pixels "
        "may not be recalled; about half of each works best."
    ).format(number=fullest + 1, share=f"{100 * shares[fullest]:.0f}")
