"""The Recall Lab: draw images, store them in a network of domain walls, distort one, and watch its recall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.hopfield.published import IMAGE_CHARGE_VOLTAGE
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.network_lab import NetworkLab, verdict_table
from dwmtj_widgets.labs.common.page import lab_page
from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.recall.input_bench import InputBench
from dwmtj_widgets.labs.recall.memory_shelf import MemoryShelf
from dwmtj_widgets.sessions.recall import (
    COLUMNS,
    MOST_MEMORIES,
    ROWS,
    RecallSession,
    RecallTrace,
)
from dwmtj_widgets.tasks.recall import Judgement
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets.page._closing import close_all
from dwmtj_widgets.widgets.plots.time_plot import TimePlot
from dwmtj_widgets.widgets.views._image import image_source
from dwmtj_widgets.widgets.views.picture import Picture


class RecallLab(NetworkLab[RecallSession, RecallTrace]):
    """The lab as one widget; displaying it (or its `widget`) shows the page.

    Parameters
    ----------
    session : RecallSession, optional
        Initial memories, input and run.
    """

    released_voltage = IMAGE_CHARGE_VOLTAGE
    title, key = tr("Recall Lab"), "recall"
    shared: ClassVar[bool] = True

    def __init__(self, session: RecallSession | None = None) -> None:
        charts = {
            "energy": TimePlot(tr("Energy, nJ, over ns")),
            "overlap": TimePlot(tr("Overlap with memory"), limits=(-1.05, 1.05)),
            "moving": TimePlot(tr("Walls in motion")),
        }
        super().__init__(RecallSession() if session is None else session, charts)
        self.export.columns = COLUMNS
        self.picture = Picture(ROWS, COLUMNS, side=160)
        self.verdict = HTML()
        self.shelf = MemoryShelf(
            changed=lambda k, bits: self._do(lambda: self.session.set_memory(k, bits)),
            taken=lambda k: self._restart(lambda: self.session.take_memory(k)),
            removed=lambda k: self._do(lambda: self.session.remove_memory(k)),
            added=lambda: self._do(lambda: self.session.add_memory(self.session.unlike_symbol())),
            rows=ROWS,
            columns=COLUMNS,
            most=MOST_MEMORIES,
        )
        self.bench = InputBench(
            drawn=lambda bits: self._restart(lambda: self.session.set_base(bits)),
            distorted=lambda share, seed: self._restart(lambda: self.session.set_distortion(share, seed)),
            error=self.error,
            rows=ROWS,
            columns=COLUMNS,
            bits=self.session.setting.input,
            distortion=self.session.setting.distortion,
            seed=self.session.setting.seed,
        )
        self.widget = self._page()
        self.picture.on_select(lambda pixel: self._do(lambda: self.desk.select(pixel)))
        self.bench.editor.on_select(lambda cell: self._do(lambda: self.desk.select(max(cell, 0))))
        self.desk.on_select(lambda neuron: setattr(self.bench.editor, "selected", neuron))
        self._show_settings()
        self.desk.select(self._flipped_neuron())

    def _flipped_neuron(self) -> int:
        """A neuron whose wall will move: the first pixel flipped ON, if there is one."""
        flipped = np.flatnonzero(self.session.setting.input > self.session.setting.base)
        return int(flipped[0]) if len(flipped) else 0

    def close(self) -> None:
        """Stop the clock and close the lab's widgets, also those of removed memories."""
        super().close()
        close_all(*self.shelf.slots)

    def _page(self) -> Whole:
        left = VBox([self.shelf.widget, self.bench.widget, self._drive_card(), self._share_card()])
        result = HBox([self.picture.widget, VBox([self.verdict, self.state])])
        result.add_class("dwmtj-result")
        heading = caption(tr("Recalled image"), tr("the 100 somas; click one to see its neuron"))
        recalled = card("recalled", heading, result)
        right = VBox([self.desk.readout.widget, recalled, self._charts_card()])
        areas = {
            "top": self._top(),
            "left": left,
            "middle": self.desk.tracks.widget,
            "right": right,
            "bottom": self._bottom(),
        }
        return lab_page(areas, "network-lab", "recall-lab")

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        super()._show_settings()
        setting = self.session.setting
        self.shelf.show(setting.memories)
        self.bench.show(setting.input, setting.distortion, setting.seed)

    def _show_lab(self, moment: WallState, texts: bool) -> None:
        self.picture.draw(moment.soma, self.desk.shown_neuron)
        if texts:
            self.verdict.value = self._verdict(moment)

    def _verdict(self, moment: WallState) -> str:
        simulation = self.session.simulation
        at_end = simulation.finished and moment.time == simulation.time
        if simulation.loading_at(moment.time) and not at_end:
            return verdict_table([(tr("Nearest"), "–", "nearest"), (tr("Target"), "–", "asked")])
        bits = bits_of(moment.soma)
        judgement = self.session.judgement(bits, moment.time)
        run = self.session.at(moment.time)
        memory = run.memories[judgement.nearest]
        picture = 1 - memory if judgement.inverse else memory
        source = image_source(picture.astype(np.uint8), ROWS, COLUMNS)
        name = _name_of(judgement)
        near, right = (f"{100 * share:.0f} %" for share in (judgement.nearest_accuracy, judgement.accuracy))
        rows = [
            (tr("Nearest"), f'<span class="dwmtj-nearest">{name}</span> ({near})', "nearest-memory"),
            (
                tr("Target"),
                f'{_memory(run.target)} (<span class="dwmtj-accuracy">{right}</span>)',
                "asked",
            ),
            (tr("Undecided"), f"{int((bits < 0).sum())}", "undecided"),
        ]
        return verdict_table(rows, f'<img alt="{name[0].upper()}{name[1:]}" src="{source}">')

    def _outcome(self, moment: WallState) -> str:
        judgement = self.session.judgement(bits_of(moment.soma), moment.time)
        nearest = tr("Nearest is {memory}, with {share} % of its bits.").format(
            memory=_name_of(judgement), share=f"{100 * judgement.nearest_accuracy:.0f}"
        )
        target = self.session.at(moment.time).target
        if judgement.nearest == target:
            return nearest
        asked = tr("The target was {memory}; {share} % of the bits are right.").format(
            memory=_memory(target), share=f"{100 * judgement.accuracy:.0f}"
        )
        return f"{nearest} {asked}"

    def _curves(self, trace: RecallTrace) -> Mapping[str, npt.NDArray[np.float64]]:
        return {
            "energy": trace.energy * shown(1.0, "J"),
            "overlap": trace.overlaps,
            "moving": trace.moving,
        }

    def _names(self, chart: str) -> Sequence[str]:
        return [f"{k + 1}" for k in range(self.session.most_memories)] if chart == "overlap" else ()


def _memory(index: int, *, inverse: bool = False) -> str:
    name = tr("memory {number}, inverse") if inverse else tr("memory {number}")
    return name.format(number=index + 1)


def _name_of(judgement: Judgement) -> str:
    return _memory(judgement.nearest, inverse=judgement.inverse)
