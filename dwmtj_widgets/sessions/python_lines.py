"""The Python that repeats a run of a network with all interventions."""

from __future__ import annotations

from typing import TypeVar

from dwmtj_widgets.sessions.device_setting import device_text
from dwmtj_widgets.sessions.journal import Journal
from dwmtj_widgets.sessions.network_setting import NetworkSetting

SettingT = TypeVar("SettingT", bound=NetworkSetting)


def run_lines(journal: Journal[SettingT]) -> str:
    """Return the lines that repeat a run from its start to its end, with all interventions."""
    begun = journal[0].setting
    lines = begun.network_lines()
    if begun.cut:
        lines += [*_connected_lines(begun), "network = network.changed(connected=connected)"]
    lines.append(f"simulation = Simulation(network, pattern, {begun.option_text()})")
    lines += [f"simulation.flip_soma({neuron})" for neuron in sorted(begun.flipped)]
    before, time = begun, 0.0
    for entry in journal[1:]:
        if entry.time > time:
            lines.append("simulation.run()" if entry.ended else f"simulation.step_to({entry.time!r})")
            time = entry.time
        if entry.action == "flip":
            lines.append(f"simulation.flip_soma({entry.neuron})")
        else:
            lines += _change_lines(before, entry.setting)
            before = entry.setting
    lines += ["run = simulation.run()", "print(run.time, run.energy, run.bits)  # seconds, joules"]
    return "\n".join([*lines, *begun.end_lines()])


def _change_lines(before: SettingT, after: SettingT) -> list[str]:
    """Return the lines that change a running simulation from one setting to another."""
    lines, weights = after.weight_lines(before)
    old, new, changes = before.drive, after.drive, []
    if weights:
        changes += [f"weights={weights}", f"synaptic_weight={new.weight!r}"]
    if new.device != old.device:
        changes.append(f"device={device_text(new.device)}")
    if new.charge_voltage != old.charge_voltage:
        changes.append(f"charge_voltage={new.charge_voltage!r}")
    if after.cut != before.cut:
        lines = [*lines, *_connected_lines(after)]
        changes.append("connected=connected")
    return [*lines, f"simulation.change({', '.join(changes)})"]


def _connected_lines(setting: NetworkSetting) -> list[str]:
    lines = [f"connected = {setting.connected_text()}"]
    return [*lines, f"connected[{sorted(setting.cut)!r}] = False  # cut axons"] if setting.cut else lines
