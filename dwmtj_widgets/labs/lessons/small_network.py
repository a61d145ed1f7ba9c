"""The experiment of the third lesson: set the weights of a few neurons, predict their final states, and run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, GridBox, HBox, Label, Layout, ToggleButton, ToggleButtons, VBox, Widget

from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.labs.common.network_lab import NetworkLab
from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.lessons.bench import bench
from dwmtj_widgets.labs.lessons.part import shown_in
from dwmtj_widgets.sessions.lessons.small_network import SIZES, SmallSession, SmallTrace
from dwmtj_widgets.units import from_shown, quantity, shown
from dwmtj_widgets.widgets.entries import FloatText
from dwmtj_widgets.widgets.page._closing import close_all
from dwmtj_widgets.widgets.plots.time_plot import TimePlot

_CELL: Final = "86px"


class SmallNetwork(NetworkLab[SmallSession, SmallTrace]):
    """Two to four neurons; displaying it shows the part.

    Parameters
    ----------
    session : SmallSession, optional
    """

    def __init__(self, session: SmallSession | None = None) -> None:
        charts = {"somas": TimePlot("Soma walls, 0 OFF to 1 ON, over ns", height=150, limits=(0.0, 1.0))}
        super().__init__(
            SmallSession() if session is None else session, charts, field_side=132, neuron_size=(420, 110)
        )
        self.guess: list[int | None] = []
        self.sizes = ToggleButtons(
            options=[(f"{n} neurons", n) for n in range(SIZES[0], SIZES[1] + 1)], value=self.session.size
        )
        self.sizes.add_class("dwmtj-size")
        self._table, self._rows = VBox([]), VBox([])
        self._entries: dict[tuple[int, int], FloatText] = {}
        self._inputs: list[ToggleButton] = []
        self._guesses: list[ToggleButton] = []
        self.by_hand, self.verdict = HTML(), HTML()
        self.by_hand.add_class("dwmtj-by-hand")
        self._filling = False
        self.widget = self._page()
        self.sizes.observe(self._sized, "value")
        self._build()
        self._show_settings()
        self.desk.select(0)

    @property
    def begun(self) -> bool:
        """Whether the present run has begun."""
        return self.session.simulation.time > 0.0

    def _page(self) -> Whole:
        desk = self.desk
        columns = HBox([self._table, self._rows])
        columns.add_class("dwmtj-small-columns")
        return bench(
            "write W, predict, run",
            "small-network",
            self.sizes,
            columns,
            HBox([desk.transport.widget, desk.clock]),
            desk.phase_bar.widget,
            self.state,
            self.by_hand,
            self.verdict,
            self.charts["somas"].widget,
            desk.error.widget,
            self.news.region,
        )

    # -- what a person does --------------------------------------------------------------------------------------

    def _sized(self, change: Any) -> None:
        if self._filling:
            return

        def resize() -> None:
            self.session.set_size(change["new"])
            self._build()
            self.desk.resized()

        self._do(resize)

    def _weighed(self, source: int, target: int, change: Any) -> None:
        if not self._filling:
            volts = from_shown(change["new"], "V")
            self._restart(lambda: self._write(source, target, volts))

    def _write(self, source: int, target: int, volts: float) -> None:
        self.session.set_weight(source, target, volts)
        self.session.reset()

    def _loaded(self, _change: Any) -> None:
        if not self._filling:
            bits = [int(button.value) for button in self._inputs]
            self._restart(lambda: self.session.set_bits(bits))

    def _guessed(self, neuron: int, _button: Any) -> None:
        order: dict[int | None, int | None] = {None: 1, 1: 0, 0: None}
        with self.error.guarded():
            self.guess[neuron] = order[self.guess[neuron]]
            self._show_guess()
            self.desk.refresh()

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Make the fields for the session's number of neurons."""
        old = [*self._table.children, *self._rows.children]
        size = self.session.size
        self._entries, self.guess = {}, [None] * size
        cells: list[Widget] = [Label("W, mV", layout=Layout(width="auto"))]
        cells += [Label(f"to {j + 1}") for j in range(size)]
        for i in range(size):
            cells.append(Label(f"from {i + 1}"))
            cells += [self._entry(i, j) if i != j else Label("–") for j in range(size)]
        grid = GridBox(
            cells, layout=Layout(grid_template_columns=f"60px repeat({size}, {_CELL})", grid_gap="4px")
        )
        grid.add_class("dwmtj-weights")
        note = HTML("<small>A weight and its way back are the same: both change.</small>")
        self._table.children = (grid, note)
        self._inputs = [self._toggle(f"load-{k + 1}", f"Bit loaded into neuron {k + 1}") for k in range(size)]
        for made in self._inputs:
            made.observe(self._loaded, "value")
        self._guesses = [self._guess_button(k) for k in range(size)]
        self._rows.children = (
            _labelled("Load", self._inputs),
            _labelled("I predict it ends as", self._guesses),
        )
        close_all(*old)

    def _entry(self, source: int, target: int) -> FloatText:
        made = FloatText(
            continuous_update=False, step=10.0, layout=Layout(width="auto", min_width="0"),
            tooltip=f"Weight from neuron {source + 1} to neuron {target + 1} in mV",
        )  # fmt: skip
        made.add_class(f"dwmtj-w-{source + 1}-{target + 1}")
        made.observe(partial(self._weighed, source, target), "value")
        self._entries[source, target] = made
        return made

    @staticmethod
    def _toggle(name: str, hint: str) -> ToggleButton:
        made = ToggleButton(tooltip=hint, layout=Layout(width="58px"))
        made.add_class(f"dwmtj-{name}")
        return made

    def _guess_button(self, neuron: int) -> Any:
        from dwmtj_widgets.labs.common.transport import button

        made = button("?", f"guess-{neuron + 1}", f"Your prediction for neuron {neuron + 1}: ON, OFF or none")
        made.layout.width = "58px"
        made.on_click(partial(self._guessed, neuron))
        return made

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        super()._show_settings()
        self._filling = True
        try:
            self.sizes.value = self.session.size
            for (i, j), entry in self._entries.items():
                entry.value = round(shown(float(self.session.setting.weights[i, j]), "V"), 6)
            for bit, toggle in zip(self.session.setting.bits, self._inputs, strict=True):
                toggle.value, toggle.description = bool(bit), _name(int(bit))
        finally:
            self._filling = False
        self._show_guess()

    def _show_guess(self) -> None:
        for guessed, button in zip(self.guess, self._guesses, strict=True):
            button.description = "?" if guessed is None else _name(guessed)

    def _show_lab(self, moment: WallState, texts: bool) -> None:
        if texts:
            shown_in(self.by_hand, self._dendrite_table(moment))
            shown_in(self.verdict, self._verdict(moment))

    def _dendrite_table(self, moment: WallState) -> str:
        voltages, velocities = self.session.dendrites(moment), self.session.velocities(moment)
        cells = zip(bits_of(moment.soma), moment.soma, voltages, velocities, strict=True)
        rows = "".join(
            f"<tr><th scope='row'>{k}</th><td>{_name(int(bit))}</td><td>{soma:.2f}</td>"
            f"<td class='dwmtj-dendrite-{k}'>{quantity(voltage, 'V', decimals=1)}</td>"
            f"<td>{quantity(velocity, 'm/s', decimals=1)}</td><td>{_way(velocity)}</td></tr>"
            for k, (bit, soma, voltage, velocity) in enumerate(cells, 1)
        )
        return (
            "<table><thead><tr><th scope='col'>Neuron</th><th scope='col'>Soma</th><th scope='col'>Wall x/L</th>"
            "<th scope='col'>Dendrite V</th><th scope='col'>Pushed at</th><th scope='col'>Towards</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )

    def _verdict(self, moment: WallState) -> str:
        simulation = self.session.simulation
        if not simulation.finished or moment.time != simulation.time:
            return ""
        end = [int(bit) for bit in simulation.bits]
        names = " ".join(map(_name, end))
        text = f'It ended as <b class="dwmtj-end">{names}</b> after {quantity(simulation.time, "s")}.'
        if None in self.guess:
            return f'<p class="dwmtj-said">{text} Predict all of them before you run, and it compares.</p>'
        right = self.guess == end
        said = "As you predicted." if right else "You predicted otherwise; look at the dendrites' voltages."
        return f'<p class="dwmtj-said {"right" if right else "other"}">{text} <b>{said}</b></p>'

    def _curves(self, trace: SmallTrace) -> Mapping[str, npt.NDArray[np.float64]]:
        return {"somas": trace.somas}

    def _names(self, chart: str) -> Sequence[str]:
        return [f"{k + 1}" for k in range(self.session.size)]


def _labelled(label: str, buttons: Sequence[Widget]) -> VBox:
    row = HBox(list(buttons))
    made = VBox([Label(label, layout=Layout(width="auto")), row])
    made.add_class("dwmtj-bits-row")
    return made


def _name(bit: int) -> str:
    return {1: "ON", 0: "OFF", -1: "between"}[bit]


def _way(velocity: float) -> str:
    return "ON" if velocity > 0.0 else "OFF"
