"""The run of a file that a lab has saved, to the last bit, as the commands for one run tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import typer

from dwmtj_widgets.cli.maxcut import run as maxcut_report
from dwmtj_widgets.cli.recall import run as recall_report
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting
from dwmtj_widgets.sessions.network_setting import NetworkSetting
from dwmtj_widgets.sessions.recall import RecallSession, RecallSetting
from dwmtj_widgets.sessions.snapshot import Fields, from_file
from dwmtj_widgets.tables import text_of
from dwmtj_widgets.tasks.files import file_content
from dwmtj_widgets.tasks.graphs import completed, cut_value
from dwmtj_widgets.tasks.maxcut import MaxCut
from dwmtj_widgets.tasks.recall import Preset, Recall


def refuse_others(context: typer.Context, *allowed: str) -> None:
    """Refuse options that a session file leaves without effect.

    Raises
    ------
    Refused
        If a parameter other than these, ``--session`` and ``--json`` was given.
    """
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        is_given = source is not None and source.name == "COMMANDLINE"
        if is_given and name not in {*allowed, "session", "as_json"}:
            msg = f"{parameter.opts[0]} cannot be given with --session: the file says all of the run."
            raise Refused(msg)


def recall_of(file: str) -> recall_report.RecallReport:
    """Run what the Recall Lab has saved.

    Raises
    ------
    Refused
        If the file is not that; the sentence says why.
    """
    setting = RecallSetting.of(_fields(file, RecallSetting.lab))
    session = RecallSession(setting)
    result = session.simulation.run()
    memories = np.array(setting.memories)
    names = [f"memory {k + 1}" for k in range(len(memories))]
    answer = Recall(
        network=session.simulation.network,
        memories=memories,
        cue=setting.input,
        target=memories[setting.target],
        result=result,
        judgement=session.judgement(result.bits),
    )
    settings = {
        "memories": names,
        "input": f"the input of {Path(file).name}{_interventions(setting)}",
        "distortion": setting.distortion,
        **_settings(setting),
    }
    return recall_report.RecallReport(answer, names, names[setting.target], setting.seed, settings)


def maxcut_of(order: maxcut_report.MaxcutOrder) -> maxcut_report.MaxcutReport:
    """Run what the Max-cut Lab has saved, the file of an order, beside what the computer finds.

    Raises
    ------
    Refused
        If the file is not that; the sentence says why.
    """
    setting = MaxcutSetting.of(_fields(order.file, MaxcutSetting.lab))
    session = MaxcutSession(setting)
    result = session.simulation.run()
    graph = setting.graph.adjacency
    bits = completed(graph, result.bits[None])
    run = MaxCut(
        adjacency=graph,
        network=session.simulation.network,
        charge_voltage=setting.drive.charge_voltage,
        loaded=setting.input[None],
        bits=bits,
        undecided=result.bits[None] < 0,
        cuts=cut_value(graph, bits),
        time=np.array([result.time]),
        energy=np.array([result.energy]),
        converged=np.array([result.converged]),
    )
    settings = {**_settings(setting), "asymmetry": setting.asymmetry, "balanced": False}
    baselines = maxcut_report.baselines_of(graph, order, 1)
    return maxcut_report.MaxcutReport(
        order, run, run, baselines, settings, f"Device, the saved run{_interventions(setting)}"
    )


def _interventions(setting: NetworkSetting) -> str:
    """Return the number of neurons cut and flipped, for the name of the run."""
    done = [
        f"{len(some)} {what}" for some, what in ((setting.cut, "cut"), (setting.flipped, "flipped")) if some
    ]
    return f" ({', '.join(done)} neurons)" if done else ""


def _settings(setting: NetworkSetting) -> dict[str, Any]:
    drive = setting.drive
    return {
        "preset": "published" if drive.published else "table1",
        "weight_V": drive.weight,
        **recall_report.run_settings(Preset(drive.device, setting.options), len(setting.input)),
        "cut": sorted(setting.cut),
        "flipped": sorted(setting.flipped),
    }


def _fields(file: str, lab: str) -> Fields:
    return from_file(text_of(file_content(Path(file)), repr(file)), lab)
