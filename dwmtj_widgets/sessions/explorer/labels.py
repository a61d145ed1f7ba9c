"""Names of the Explorer's settings in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dwmtj_widgets.explore import Knob
from dwmtj_widgets.texts import tr

# The engine rooms name their settings in English; here they are named once more for the catalogue to find them.
# Those of the device are named where its sliders are made.
KNOB_LABELS: Final = (
    tr("Synaptic weight W"),
    tr("Charge voltage V_C"),
    tr("Time of loading"),
    tr("Preset of device and start"),
    tr("Somas at time 0"),
    tr("Integrator"),
    tr("Step of the Euler integrator"),
    tr("Earliest end of a run"),
    tr("When a run is given up"),
    tr("Neurons N"),
    tr("Stored patterns P"),
    tr("What is loaded"),
    tr("Learning rule"),
    tr("Bits that are flipped"),
    tr("Stored symbols"),
    tr("Bits that are flipped: the distortion, or by a coin the rest"),
    tr("Nodes N"),
    tr("Edges, of all pairs"),
    tr("Weight of an edge over another pair's"),
    tr("Network of a graph"),
    tr("Division that is loaded"),
    tr("What a cut is measured by"),
    tr("Spread of all device parameters"),
    tr("Spread of track length"),
    tr("Spread of TMR"),
    tr("Spread of parallel resistance"),
    tr("Spread of leak velocity"),
    tr("Spread of mobility"),
    tr("Stuck walls"),
    tr("Open synapses"),
    tr("Weight levels"),
    tr("Velocity jitter"),
    tr("Distribution of the spreads"),
    tr("Where stuck walls are"),
)
GROUP_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"Drive": tr("Drive"), "Task": tr("Task"), "Device": tr("Device"), "Variation": tr("Variation")}
)


def name_of(knob: Knob) -> str:
    """Return the name of a setting on the page."""
    return tr(knob.label)
