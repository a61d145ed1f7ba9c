"""A comparison as one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.charts import COLOURS, INK, Curve, CurveChart, curve_chart_svg
from dwmtj_widgets.pages import document
from dwmtj_widgets.spice.comparing import TIME_TOLERANCE, WALL_TOLERANCE, Comparison
from dwmtj_widgets.units import quantity, shown

TITLE: Final = "The network and its circuit, simulated twice"
_AXONS: Final = 6
_SOMAS: Final = 16
_PARTS: Final = ("supply", "synapses", "loading")
_TIME: Final = "time in ns"
_BLUE, _RED, _GREEN, _PINK = COLOURS

Floats = NDArray[np.float64]


def comparison_page(comparison: Comparison) -> str:
    """Return the page: verdict, curves of both simulations, numbers and netlist."""
    charts = "".join(
        f"<figure><figcaption>{escape(chart.title)}</figcaption>{curve_chart_svg(chart)}</figure>"
        for chart in _charts(comparison)
    )
    return document(
        TITLE,
        [
            *(f"<p>{escape(sentence)}</p>" for sentence in sentences(comparison)),
            f'<div class="charts">{charts}</div>',
            _table(comparison),
            f"<details><summary>The netlist</summary><pre>{escape(comparison.netlist)}</pre></details>",
        ],
    )


def sentences(comparison: Comparison) -> list[str]:
    """Return a description of the comparison and its verdict."""
    bench, size = comparison.bench, comparison.bench.size
    kind = "event integrator" if bench.network.uniform else "integrator of every device for itself"
    return [
        f"A network of {size} neurons, {size * size} devices each with a wall of its own, loaded until "
        f"{quantity(bench.load_time, 's')} at {quantity(bench.charge_voltage, 'V')} and watched until "
        f"{quantity(bench.stop_time, 's')}: by the package's {kind} and, as a circuit, by {comparison.version}.",
        verdict(comparison),
    ]


def verdict(comparison: Comparison) -> str:
    """Return one sentence on whether the two agree."""
    limits = f"{quantity(WALL_TOLERANCE, 'm')} and {quantity(TIME_TOLERANCE, 's')}"
    if not comparison.agrees:
        return f"The two do not agree within {limits}."
    if comparison.time_deviation is None:
        return (
            f"The walls agree within {quantity(WALL_TOLERANCE, 'm')}; they still move when the watching ends."
        )
    return f"The two agree within {limits}."


def rows(comparison: Comparison) -> list[tuple[str, str, str, str, str]]:
    """Return the compared numbers as text: name, engine, ngspice, deviation, tolerance."""
    ours, theirs = comparison.engine, comparison.ngspice
    late = comparison.time_deviation
    table = [
        (
            "Last motion of a wall",
            _rest(ours.rest_time),
            _rest(theirs.rest_time),
            "-" if late is None else quantity(late, "s", digits=2),
            quantity(TIME_TOLERANCE, "s"),
        ),
        (
            f"Soma walls, at most ({_whose_soma(comparison)})",
            "",
            "",
            quantity(comparison.soma_deviation, "m", digits=2),
            quantity(WALL_TOLERANCE, "m"),
        ),
        (
            f"Axon walls, at most ({_whose_axon(comparison)})",
            "",
            "",
            quantity(comparison.axon_deviation, "m", digits=2),
            quantity(WALL_TOLERANCE, "m"),
        ),
    ]
    energies = [("Energy", ours.total_energy[-1], theirs.total_energy[-1])]
    for k, part in enumerate(_PARTS):
        energies.append((f"  {part}", ours.energy[-1, k], theirs.energy[-1, k]))
    for name, mine, other in energies:
        relative = f" ({(other - mine) / mine:.1e})" if mine else ""
        difference = f"{quantity(other - mine, 'J', digits=2)}{relative}"
        table.append((name, quantity(mine, "J", digits=6), quantity(other, "J", digits=6), difference, ""))
    return table


def _rest(time: float | None) -> str:
    return "still moving" if time is None else quantity(time, "s", decimals=3)


def _whose_soma(comparison: Comparison) -> str:
    moment, neuron = np.unravel_index(comparison.soma_deviations.argmax(), comparison.soma_deviations.shape)
    return f"neuron {neuron} at {quantity(float(comparison.times[moment]), 's')}"


def _whose_axon(comparison: Comparison) -> str:
    apart = comparison.axon_deviations
    moment, source, target = np.unravel_index(int(np.nanargmax(apart)), apart.shape)
    return f"{source} to {target} at {quantity(float(comparison.times[moment]), 's')}"


def _table(comparison: Comparison) -> str:
    head = "".join(
        f"<th>{name}</th>" for name in ("", "Package", "ngspice", "Deviation (relative)", "Tolerance")
    )
    body = "".join(
        "<tr>" + "".join(f'<td class="n">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in rows(comparison)
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _charts(comparison: Comparison) -> Iterator[CurveChart]:
    yield _walls(comparison, "Somas", list(_somas(comparison)), _BLUE)
    yield _walls(comparison, "Axons", list(_axons(comparison)), _GREEN)
    yield _deviations(comparison)
    yield _energies(comparison)


def _somas(comparison: Comparison) -> Iterator[tuple[str, Floats, Floats]]:
    # Only the somas with the largest deviations are drawn if there are many.
    worst = comparison.soma_deviations.max(axis=0).argsort(kind="stable")[::-1]
    for i in sorted(worst[:_SOMAS]):
        yield f"soma {i}", comparison.engine.soma[:, i], comparison.ngspice.soma[:, i]


def _axons(comparison: Comparison) -> Iterator[tuple[str, Floats, Floats]]:
    """Yield the axons with the largest deviations, at most one a neuron: those of identical devices move as one."""
    apart = np.where(np.isnan(comparison.axon_deviations), -1.0, comparison.axon_deviations).max(axis=0)
    neurons = apart.max(axis=1).argsort(kind="stable")[::-1][:_AXONS]
    for i in sorted(neurons):
        j = int(apart[i].argmax())
        yield f"axon {i} to {j}", comparison.engine.axon[:, i, j], comparison.ngspice.axon[:, i, j]


def _walls(
    comparison: Comparison, title: str, walls: list[tuple[str, Floats, Floats]], colour: str
) -> CurveChart:
    time = comparison.times * shown(1.0, "s")
    broad = [Curve(f"{name}, package", time, ours, "broad", colour) for name, ours, _ in walls]
    fine = [Curve(f"{name}, ngspice", time, theirs) for name, _, theirs in walls]
    legend = (Curve("package", time, time, "broad", colour), Curve("ngspice", time, time))
    shown_walls = f"{title}: walls" if title == "Somas" else f"{title}: walls of {len(walls)} of them"
    return CurveChart(shown_walls, _TIME, "position x/L", [*broad, *fine], legend)


def _deviations(comparison: Comparison) -> CurveChart:
    time, nanometres = comparison.times * shown(1.0, "s"), shown(1.0, "m")
    soma = comparison.soma_deviations.max(axis=1) * nanometres
    axon = np.nanmax(comparison.axon_deviations, axis=(1, 2)) * nanometres
    limit = np.full(len(time), WALL_TOLERANCE * nanometres)
    curves = [
        Curve("greatest of the somas", time, soma, "fine", _BLUE),
        Curve("greatest of the axons", time, axon, "fine", _PINK),
        Curve("tolerance", time, limit, "limit", _RED),
    ]
    title = "Deviation of the walls"
    return CurveChart(title, _TIME, "deviation in nm", curves, curves)


def _energies(comparison: Comparison) -> CurveChart:
    time, factor = comparison.times * shown(1.0, "s"), shown(1.0, "J")
    curves, legend = [], []
    series = [("total", comparison.engine.total_energy, comparison.ngspice.total_energy)]
    for k, part in enumerate(_PARTS):
        series.append((part, comparison.engine.energy[:, k], comparison.ngspice.energy[:, k]))
    for (name, ours, _), colour in zip(series, (_BLUE, _PINK, _GREEN, _RED), strict=True):
        curves.append(Curve(f"{name}, package", time, ours * factor, "broad", colour))
        legend.append(Curve(name, time, time, "broad", colour))
    curves += [Curve(f"{name}, ngspice", time, theirs * factor) for name, _, theirs in series]
    legend.append(Curve("ngspice", time, time, "fine", INK))
    return CurveChart("Energy so far", _TIME, "energy in nJ", curves, legend)
