"""The Recall Lab: draw images, store them in a network of domain walls, distort one, and watch it come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.labs.device_panel import DevicePanel
from dwmtj_widgets.labs.input_bench import InputBench
from dwmtj_widgets.labs.memory_shelf import MemoryShelf
from dwmtj_widgets.labs.network_session import Drive
from dwmtj_widgets.labs.page import lab_page
from dwmtj_widgets.labs.recall_session import COLUMNS, MOST_MEMORIES, ROWS, RecallSession, RecallTrace
from dwmtj_widgets.labs.run_desk import RunDesk
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets._closing import close_all
from dwmtj_widgets.widgets._image import image_source
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.picture import Picture
from dwmtj_widgets.widgets.time_plot import TimePlot

PUBLISHED_IMAGE_VOLTAGE = 0.25
SHORTEST_AXIS = 20.0
"""Nanoseconds that a chart shows at least."""

PRESETS = {"Table I": Device(), "Released simulator": Device.published()}


class RecallLab:
    """The lab as one widget; displaying it (or its `widget`) shows the page.

    Parameters
    ----------
    session : RecallSession, optional
        Memories, input and run to begin with.
    """

    def __init__(self, session: RecallSession | None = None) -> None:
        self.session = RecallSession() if session is None else session
        self.desk = RunDesk(self.session, self._draw_moment, self._draw_charts)
        self.picture = Picture(ROWS, COLUMNS, side=160)
        self.verdict = HTML()
        self.charts = {
            "energy": TimePlot("Energy, nJ, over ns"),
            "overlap": TimePlot("Overlap with each memory", limits=(-1.05, 1.05)),
            "moving": TimePlot("Walls in motion"),
        }
        self.shelf = MemoryShelf(
            changed=lambda k, bits: self._do(lambda: self.session.set_memory(k, bits)),
            taken=lambda k: self._restart(lambda: self.session.take_memory(k)),
            removed=lambda k: self._do(lambda: self.session.remove_memory(k)),
            added=lambda: self._do(lambda: self.session.add_memory(np.zeros(ROWS * COLUMNS, dtype=np.uint8))),
            rows=ROWS,
            columns=COLUMNS,
            most=MOST_MEMORIES,
        )
        self.bench = InputBench(
            drawn=lambda bits: self._restart(lambda: self.session.set_base(bits)),
            distorted=lambda share, seed: self._restart(lambda: self.session.set_distortion(share, seed)),
            guarded=self.desk.guarded,
            rows=ROWS,
            columns=COLUMNS,
            bits=self.session.input,
            distortion=self.session.distortion,
            seed=self.session.seed,
        )
        self._make_drive()
        self.widget = self._layout()
        self._wire()
        self._shown_earlier: RecallTrace | None = None
        self._show_settings()
        self.desk.select(self._flipped_neuron())

    def _flipped_neuron(self) -> int:
        """A neuron that has something to do: the first pixel that was flipped ON, if there is one."""
        flipped = np.flatnonzero(self.session.input > self.session.base)
        return int(flipped[0]) if len(flipped) else 0

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.widget)

    def close(self) -> None:
        """Stop the clock and give up the lab's widgets."""
        self.desk.stop()
        close_all(self.widget, *self.shelf.slots)

    # -- building ------------------------------------------------------------------------------------------------

    def _make_drive(self) -> None:
        drive = self.session.drive
        self.weight = QuantitySlider(
            "Weight W",
            "V",
            drive.weight,
            0.01,
            0.25,
            0.005,
            name="weight",
            hint="Voltage of one stored pattern",
        )
        self.charge = QuantitySlider(
            "Charge V_C",
            "V",
            drive.charge_voltage,
            0.02,
            0.25,
            0.005,
            name="charge-voltage",
            hint="Loading voltage",
        )
        self.device_panel = DevicePanel(self._set_device, self._choose_preset, PRESETS)

    def _layout(self) -> VBox:
        title = HTML('<div class="dwmtj-title">Recall Lab</div>')
        desk = self.desk
        top = HBox([title, desk.transport, desk.phase_bar.widget, desk.clock])
        drive = VBox([self.weight.widget, self.charge.widget, self.device_panel.widget])
        drive.add_class("dwmtj-card")
        left = VBox([self.shelf.widget, self.bench.widget, drive])
        result = HBox([self.picture.widget, self.verdict])
        result.add_class("dwmtj-result")
        heading = HTML(
            '<div class="dwmtj-caption"><b>Recalled image</b>the 100 somas; click one to see its neuron</div>'
        )
        card = VBox([heading, result])
        card.add_class("dwmtj-card")
        charts = VBox([chart.widget for chart in self.charts.values()])
        charts.add_class("dwmtj-card")
        right = VBox([desk.readout.widget, card, charts])
        bottom = VBox([desk.error, desk.scrub_bar])
        areas = {"top": top, "left": left, "middle": desk.tracks_panel, "right": right, "bottom": bottom}
        return lab_page(areas)

    def _wire(self) -> None:
        """Attach every callback of the lab, in one place."""
        self.weight.on_change(lambda value: self._do(lambda: self.session.set_drive(weight=value)))
        self.charge.on_change(lambda value: self._do(lambda: self.session.set_drive(charge_voltage=value)))
        self.picture.on_select(lambda pixel: self._do(lambda: self.desk.select(pixel)))
        self.bench.editor.on_select(lambda cell: self._do(lambda: self.desk.select(max(cell, 0))))
        self.desk.on_select(lambda neuron: setattr(self.bench.editor, "selected", neuron))

    # -- what a person does --------------------------------------------------------------------------------------

    def _do(self, action: Callable[[], None]) -> None:
        with self.desk.guarded():
            try:
                action()
            finally:
                self._show_settings()
            self.desk.refresh()

    def _restart(self, action: Callable[[], None]) -> None:
        """Do what begins a new run, and show it."""
        with self.desk.guarded():
            try:
                action()
            finally:
                self._show_settings()
            self.desk.restarted()

    def _set_device(self, name: str, value: float) -> None:
        self._do(lambda: self._replace_device(name, value))

    def _replace_device(self, name: str, value: float) -> None:
        self.session.set_drive(device=replace(self.session.drive.device, **{name: value}))

    def _choose_preset(self, name: str) -> None:
        published = PRESETS[name] != Device()
        drive = Drive(device=PRESETS[name], published=published)
        # The released images were loaded at another voltage than Table I's (physics.md A6).
        voltage = PUBLISHED_IMAGE_VOLTAGE if published else drive.charge_voltage
        self._restart(lambda: self.session.set_drive(**vars(replace(drive, charge_voltage=voltage))))

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        """Put all controls where the session is, which matters after something was refused."""
        session = self.session
        self.shelf.show(session.memories)
        self.bench.show(session.input, session.distortion, session.seed)
        self.weight.show(session.drive.weight)
        self.charge.show(session.drive.charge_voltage)
        self.device_panel.show(session.drive.device)

    def _draw_moment(self, moment: WallState, texts: bool) -> None:
        self.picture.draw(moment.soma, self.desk.shown_neuron)
        if texts:
            self.verdict.value = self._verdict(moment)

    def _verdict(self, moment: WallState) -> str:
        simulation = self.session.simulation
        if moment.time <= simulation.load_time and not (
            simulation.finished and moment.time == simulation.time
        ):
            return _verdict_table([("Nearest", "–", "nearest"), ("Bits right", "–", "accuracy")])
        judgement = self.session.judgement(bits_of(moment.soma))
        memory = self.session.memories[judgement.nearest]
        picture = 1 - memory if judgement.inverse else memory
        source = image_source(picture.astype(np.uint8), ROWS, COLUMNS)
        inverse = ", inverse" if judgement.inverse else ""
        undecided = int((bits_of(moment.soma) < 0).sum())
        rows = [
            ("Nearest", f"memory {judgement.nearest + 1}{inverse}", "nearest"),
            ("Bits right", f"{100 * judgement.accuracy:.0f} %", "accuracy"),
            ("Undecided", f"{undecided}", "undecided"),
        ]
        alt = f"Memory {judgement.nearest + 1}{inverse}"
        return _verdict_table(rows, f'<img alt="{alt}" src="{source}">')

    def _draw_charts(self, now: float | None) -> None:
        trace, earlier = self.session.trace(), self.session.earlier
        if earlier is not self._shown_earlier:
            self._shown_earlier = earlier
            curves = None if earlier is None else _curves(earlier)
            for name, chart in self.charts.items():
                chart.keep_as_earlier(
                    None if curves is None else curves["time"], None if curves is None else curves[name]
                )
        curves = _curves(trace)
        times = [curves["time"][-1], SHORTEST_AXIS] + (
            [shown(earlier.time[-1], "s")] if earlier is not None else []
        )
        names = [f"{k + 1}" for k in range(len(self.session.memories))]
        for key, chart in self.charts.items():
            chart.show(
                curves["time"],
                curves[key],
                names=names if key == "overlap" else (),
                end=float(max(times)),
                now=None if now is None else shown(now, "s"),
            )


def _curves(trace: RecallTrace) -> dict[str, np.ndarray]:
    """Return a run's curves in display units."""
    return {
        "time": trace.time * shown(1.0, "s"),
        "energy": trace.energy * shown(1.0, "J"),
        "overlap": trace.overlaps,
        "moving": trace.moving,
    }


def _verdict_table(rows: list[tuple[str, str, str]], picture: str = "") -> str:
    """Return rows of (label, text, NAME of the class dwmtj-NAME) as HTML below a picture."""
    table = "".join(f'<dt>{label}</dt><dd class="dwmtj-{name}">{text}</dd>' for label, text, name in rows)
    return f'<div class="dwmtj-verdict">{picture}<dl>{table}</dl></div>'
