"""Weight, charge voltage and device as fields to share, and the device as a Python expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.tasks.recall import PRESET_NAMES
from dwmtj_widgets.texts import tr

_VOLTS: Final = (1e-6, 10.0, "V")
_LOADING: Final = (1e-12, 1e-3, "s")


TABLE_I, RELEASED = PRESET_NAMES
PRESETS: Final[Mapping[str, Device]] = {TABLE_I: Device(), RELEASED: Device.published()}
PRESET_LABELS: Final[Mapping[str, str]] = {TABLE_I: tr("Table I"), RELEASED: tr("Released simulator")}


@dataclass(frozen=True)
class Drive:
    """The settings that act on a running network."""

    weight: float = 0.1
    """W in volts."""
    charge_voltage: float = 0.1
    """V_C in volts."""
    device: Device = Device()  # noqa: RUF009 - frozen, so it may be shared
    published: bool = False
    """Run as in the released simulator: Euler steps, somas at the pattern from the start, no end before `min_time`."""
    load_time: float | None = None
    """Seconds; None for the default of circuit and device."""


def drive_setting(
    weight: float,
    charge_voltage: float,
    device: Device,
    published: bool,
    load_time: float | None = None,
) -> dict[str, Any]:
    """Return a drive as fields; the device by its differences from the preset."""
    return {
        "weight": weight,
        "charge_voltage": charge_voltage,
        **({} if load_time is None else {"load_time": load_time}),
        "published": published,
        "device": _changed(device, Device.published() if published else Device()),
    }


def read_drive(fields_: Fields) -> Drive:
    """Read a drive.

    Raises
    ------
    Refused
        If a field is missing or not legal.
    """
    drive = read_circuit(fields_)
    if "load_time" not in fields_:
        return drive
    return replace(drive, load_time=fields_.number("load_time", *_LOADING))


def read_circuit(fields_: Fields) -> Drive:
    """Read a drive with the default load time; a field of that name is left unread.

    Raises
    ------
    Refused
        If a field is missing or not legal.
    """
    published = fields_.truth("published")
    device, table = Device.published() if published else Device(), fields_.table("device")
    changed = {}
    for entry in (entry for entry in fields(Device) if entry.name in table):
        low, high = entry.metadata["legal"]
        changed[entry.name] = table.number(entry.name, low, high, entry.metadata["unit"])
    table.close()
    device = replace(device, **changed)  # at once, because a wide junction may only fit the new track
    return Drive(
        weight=fields_.number("weight", *_VOLTS),
        charge_voltage=fields_.number("charge_voltage", *_VOLTS),
        device=device,
        published=published,
    )


def device_text(device: Device) -> str:
    """Return the Python expression for a device."""
    if device == Device.published():
        return "Device.published()"
    changes = (f"{name}={value!r}" for name, value in _changed(device, Device()).items())
    return f"Device({', '.join(changes)})"


def _changed(device: Device, standard: Device) -> dict[str, float]:
    values = ((name, getattr(device, name)) for name in Device.names())
    return {name: value for name, value in values if value != getattr(standard, name)}
