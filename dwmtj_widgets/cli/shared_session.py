"""The run in a lab's session file, reproduced bit for bit and reported as by the commands for one run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import typer

from dwmtj_widgets.cli.maxcut import run as maxcut_report
from dwmtj_widgets.cli.recall import run as recall_report
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.run_setting import RECALL, maxcut_session
from dwmtj_widgets.sessions.snapshot import Fields, from_file
from dwmtj_widgets.tables import text_of
from dwmtj_widgets.tasks.checks import file_content
from dwmtj_widgets.tasks.graphs import completed, cut_value
from dwmtj_widgets.tasks.maxcut import MaxCut
from dwmtj_widgets.tasks.recall import Preset, Recall


def refuse_others(context: typer.Context, *allowed: str) -> None:
    """Refuse options that have no effect with a session file.

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
    """Reproduce a run saved by the Recall Lab.

    Raises
    ------
    Refused
        If the file is not that; the sentence says why.
    """
    session = RecallSession()
    RECALL.restore(session, _fields(file, "recall"))
    result = session.simulation.run()
    memories = np.array(session.memories)
    names = [f"memory {k + 1}" for k in range(len(memories))]
    answer = Recall(
        network=session.simulation.network,
        memories=memories,
        cue=session.input,
        target=memories[session.target],
        result=result,
        judgement=session.judgement(result.bits),
    )
    settings = {
        "memories": names,
        "input": f"the input of {Path(file).name}{_interventions(session)}",
        "distortion": session.distortion,
        **_settings(session),
    }
    return recall_report.RecallReport(answer, names, names[session.target], session.seed, settings)


def maxcut_of(order: maxcut_report.MaxcutOrder) -> maxcut_report.MaxcutReport:
    """Reproduce a run saved by the Max-cut Lab, and compare it with conventional methods.

    Raises
    ------
    Refused
        If the file is not that; the sentence says why.
    """
    session = maxcut_session(_fields(order.file, "maxcut"))
    result = session.simulation.run()
    graph = session.graph.adjacency
    bits = completed(graph, result.bits[None])
    run = MaxCut(
        adjacency=graph,
        network=session.simulation.network,
        charge_voltage=session.drive.charge_voltage,
        loaded=session.input[None],
        bits=bits,
        undecided=result.bits[None] < 0,
        cuts=cut_value(graph, bits),
        time=np.array([result.time]),
        energy=np.array([result.energy]),
        converged=np.array([result.converged]),
    )
    settings = {**_settings(session), "asymmetry": session.asymmetry, "balanced": False}
    baselines = maxcut_report.baselines_of(graph, order, 1)
    return maxcut_report.MaxcutReport(
        order, run, run, baselines, settings, f"Device, the saved run{_interventions(session)}"
    )


def _interventions(session: NetworkSession[Any]) -> str:
    """Return the number of neurons cut and flipped, for the name of the run."""
    done = [
        f"{len(some)} {what}" for some, what in ((session.cut, "cut"), (session.flipped, "flipped")) if some
    ]
    return f" ({', '.join(done)} neurons)" if done else ""


def _settings(session: NetworkSession[Any]) -> dict[str, Any]:
    drive = session.drive
    return {
        "preset": "published" if drive.published else "table1",
        "weight_V": drive.weight,
        **recall_report.run_settings(Preset(drive.device, session.options), len(session.input)),
        "cut": sorted(session.cut),
        "flipped": sorted(session.flipped),
    }


def _fields(file: str, lab: str) -> Fields:
    return from_file(text_of(file_content(Path(file)), repr(file)), lab)
