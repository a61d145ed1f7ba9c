"""What was done to a run in mid-course, in words."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.sessions.journal import Entry, Journal
from dwmtj_widgets.sessions.network_setting import NetworkSetting
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity


class Intervention(NamedTuple):
    """One intervention, or several at one time."""

    time: float
    """s"""
    words: str


def interventions(journal: Journal[NetworkSetting], first: int = 0) -> list[Intervention]:
    """Return what was done to a run, in order.

    Parameters
    ----------
    journal : Journal
        Of the run.
    first : int
        Number of the first neuron in words, as the page counts.
    """
    return [Intervention(entry.time, _words(before, entry, first)) for before, entry in pairwise(journal)]


def _words(before: Entry[NetworkSetting], entry: Entry[NetworkSetting], first: int) -> str:
    if entry.action == "flip":
        return tr("soma {neuron} flipped").format(neuron=entry.neuron + first)
    old, new = before.setting, entry.setting
    parts = []
    if new.drive.weight != old.drive.weight:
        parts.append(f"W {quantity(new.drive.weight, 'V')}")
    if new.drive.charge_voltage != old.drive.charge_voltage:
        parts.append(f"V_C {quantity(new.drive.charge_voltage, 'V')}")
    parts += _device_words(old.drive.device, new.drive.device)
    for words, neurons in (
        (tr("axons of {neurons} cut"), new.cut - old.cut),
        (tr("axons of {neurons} restored"), old.cut - new.cut),
    ):
        if neurons:
            parts.append(words.format(neurons=", ".join(str(neuron + first) for neuron in sorted(neurons))))
    return "; ".join(parts) or tr("other weights")


def _device_words(old: Device, new: Device) -> list[str]:
    fields = Device.controls()
    return [
        f"{tr(fields[name].metadata['label'])} {quantity(getattr(new, name), fields[name].metadata['unit'])}"
        for name in Device.names()
        if getattr(new, name) != getattr(old, name)
    ]
