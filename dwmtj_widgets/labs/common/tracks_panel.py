"""All walls of a network at once, and below them a large view of one neuron with its actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.hopfield import Network
from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.labs.common.neuron_reading import neuron_frame, neuron_text
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.views.neuron_view import NeuronView
from dwmtj_widgets.widgets.views.track_field import TrackField


class TracksPanel:
    """Track field, neuron view and two buttons; `widget` goes into a page.

    Parameters
    ----------
    neurons : int
        N.
    field_side : int
        Side of the track field in CSS pixels.
    neuron_size : (int, int)
        Width and height of the neuron view in CSS pixels.
    """

    def __init__(self, neurons: int, field_side: int, neuron_size: tuple[int, int]) -> None:
        self._side = field_side
        self.field = TrackField(neurons=neurons, cell_size=self._cell_size(neurons), selected=0)
        self.field.add_class("dwmtj-tracks")
        self.neuron = NeuronView(*neuron_size)
        self.heading = HTML(_heading(neurons))
        self.text = HTML()
        self.text.add_class("dwmtj-neuron")
        self.flip = button(
            tr("Flip soma"), "flip-soma", tr("Put this soma's wall at the other end of its track")
        )
        self.cut = button(tr("Cut axons"), "cut-axons", tr("Open the synapses of this neuron's axons"))
        tools = HBox([self.flip, self.cut])
        tools.add_class("dwmtj-small")
        head = HBox([self.text, tools])
        head.add_class("dwmtj-neuron-head")
        self.widget = VBox([self.heading, self.field, head, self.neuron.widget])
        self.widget.add_class("dwmtj-tracks-panel")

    def count_from(self, first: int) -> None:
        """Set the displayed number of the first neuron."""
        self.field.first = first

    def resize(self, neurons: int) -> None:
        """Set the number of neurons, in the same square or, if that is too small, with a pixel for each device."""
        self.field.neurons, self.field.cell_size = neurons, self._cell_size(neurons)
        self.heading.value = _heading(neurons)

    def _cell_size(self, neurons: int) -> float:
        return max(self._side / neurons, 1.0)

    def mark_cut(self, neurons: Iterable[int]) -> None:
        """Mark the neurons whose axons are cut."""
        self.field.cut = sorted(neurons)

    def draw(self, network: Network, moment: WallState, neuron: int, load_voltage: float | None) -> None:
        """Show a moment, with a large view of one neuron."""
        self.field.draw(moment.soma, moment.axon)
        frame = neuron_frame(network, moment, neuron, load_voltage)
        self.neuron.draw(replace(frame, cut=neuron in self.field.cut))

    def write(self, network: Network, moment: WallState, neuron: int, load_voltage: float | None) -> None:
        """Write positions, resistances and velocities of a neuron's walls."""
        self.text.value = neuron_text(network, moment, neuron, load_voltage, number=neuron + self.field.first)

    def show_buttons(self, *, enabled: bool, is_cut: bool) -> None:
        """Enable the buttons to flip the soma, and to cut or restore the axons."""
        self.flip.disabled = self.cut.disabled = not enabled
        self.cut.description = tr("Restore axons") if is_cut else tr("Cut axons")


def _heading(neurons: int) -> str:
    own, on, off = tr("its soma"), tr("ON"), tr("OFF")
    rows = tr("row = a neuron's axons")
    title = tr("All {number} walls").format(number=f"{neurons**2:,}")
    return (
        f'<div class="dwmtj-caption"><b>{title}</b>{rows} '
        f'<span class="dwmtj-nowrap"><i class="dwmtj-chip soma"></i>{own}</span> '
        f'<span class="dwmtj-nowrap"><i class="dwmtj-chip on"></i>{on}</span> '
        f'<span class="dwmtj-nowrap"><i class="dwmtj-chip off"></i>{off}</span></div>'
    )
