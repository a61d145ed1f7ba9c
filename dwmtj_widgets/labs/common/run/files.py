"""Files of a recorded run: every moment as a table and as an archive, its curves as a drawing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from html import escape
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.charts import HEIGHT, INK, LEGEND_LINE, WIDTH, Curve, CurveChart, curve_chart_svg
from dwmtj_widgets.hopfield.walls import axon_table
from dwmtj_widgets.labs.common.data_files import archive, table_text
from dwmtj_widgets.sessions.network import Floats, NetworkSession
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette

_PARTS: Final = ("supply", "synapses", "loading")
_TITLE: Final = 30
_STYLE: Final = (
    f"text{{font:12px system-ui,'Segoe UI',Roboto,sans-serif;fill:{INK}}}"
    ".title{font-size:14px;font-weight:600}"
    ".grid{stroke:#dfe5ec;fill:none}"
    f".axis{{stroke:{INK};fill:none}}"
)


def run_table(session: NetworkSession[Any, Any], python: str = "") -> bytes:
    """Return the record as comma-separated values, a line a moment: time (s), energies (J), powers (W), somas (x/L).

    Lines that begin with ``#`` stand before it, which ``numpy.genfromtxt`` leaves out: the Python that repeats the
    run with all that was done to it, if it is given.
    """
    record = session.recording
    columns = {"time_s": record.times, "energy_J": record.energies.sum(axis=1)}
    columns |= {f"energy_{part}_J": column for part, column in zip(_PARTS, record.energies.T, strict=True)}
    columns["power_W"] = record.powers.sum(axis=1)
    columns |= {f"soma_{k}": column for k, column in enumerate(record.somas.T)}
    comment = "".join(f"# {line}".rstrip() + "\n" for line in python.splitlines())
    return (comment + table_text(columns)).encode()


def run_archive(session: NetworkSession[Any, Any], setting: str = "", python: str = "") -> bytes:
    """Return the record and the network as an ``.npz`` file. SI units; positions are x/L.

    It holds ``time`` (T,), ``soma`` (T, N), ``axon`` (T, N), or (T, N, N) where the axons of a neuron do not move as
    one, ``energy`` and ``power`` (T, 3: supply, synapses, loading), ``input`` and ``weights`` (N, N, volts),
    ``connected`` (N, N), ``supply_voltage`` and ``charge_voltage``, where devices differ ``variation_...``, and as JSON
    ``device`` and, if given, ``setting``; ``python`` are the lines that repeat the run with all that was done to it.
    """
    record, network = session.recording, session.simulation.network
    axons = [record[k].axon for k in range(len(record))]
    if len({axon.ndim for axon in axons}) > 1:
        axons = [axon_table(axon) for axon in axons]
    arrays: dict[str, npt.NDArray[Any]] = {
        "time": record.times,
        "soma": record.somas,
        "axon": np.array(axons),
        "energy": record.energies,
        "power": record.powers,
        "input": session.simulation.pattern,
        "weights": network.weights,
        "connected": network.connected,
        "supply_voltage": np.asarray(network.supply_voltage),
        "charge_voltage": np.asarray(session.simulation.charge_voltage),
    }
    arrays |= {f"variation_{name}": np.asarray(values) for name, values in network.variation.items()}
    texts = {"device": json.dumps(asdict(network.device)), "setting": setting, "python": python}
    return archive(arrays, **{name: text for name, text in texts.items() if text})


def time_chart(title: str, time: Floats, values: Floats, names: Sequence[str] = ()) -> CurveChart:
    """Return a chart of `values` (T,) or (lines, T) over `time` (T,) in ns; `title` names the quantity and its unit."""
    label = title.removesuffix(tr(", over ns"))
    rows = np.atleast_2d(values)
    labels = [f"{label} {name}" for name in names] if names else [label]
    curves = [
        Curve(name, time, row, colour=palette.SERIES[k % len(palette.SERIES)])
        for k, (name, row) in enumerate(zip(labels, rows, strict=True))
    ]
    legend = [replace(curve, name=name) for curve, name in zip(curves, names, strict=False)]
    return CurveChart(label, tr("Time, ns"), label, curves, legend)


def charts_svg(charts: Sequence[CurveChart]) -> str:
    """Return charts, one above the other, as a self-contained SVG file."""
    parts, y = [], 0
    for chart in charts:
        height = HEIGHT + (LEGEND_LINE + 6 if chart.legend else 0)
        place = f'<svg x="0" y="{y + _TITLE}" width="{WIDTH}" height="{height}" '
        parts += [
            f'<text class="title" x="16" y="{y + 20}">{escape(chart.title)}</text>',
            curve_chart_svg(chart).replace("<svg ", place, 1),
        ]
        y += _TITLE + height
    size = f'width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            f'<style>{_STYLE}</style><rect width="{WIDTH}" height="{y}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )
