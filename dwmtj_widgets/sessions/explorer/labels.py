"""Names of the Explorer's settings in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dwmtj_widgets.explore import Knob
from dwmtj_widgets.texts import tr

GROUP_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"Drive": tr("Drive"), "Task": tr("Task"), "Device": tr("Device"), "Variation": tr("Variation")}
)


def name_of(knob: Knob) -> str:
    """Return the name of a setting on the page."""
    return tr(knob.label)
