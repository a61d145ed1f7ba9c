"""The experiment of the fifth lesson: the parts of a recall's time and energy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

import numpy as np
from ipywidgets import HTML, HBox

from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.lessons.figure import curve
from dwmtj_widgets.labs.lessons.part import Part, shown_in
from dwmtj_widgets.sessions.lessons.energy import CHARGES, WEIGHTS, Bill, EnergySession
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.plots.curve_plot import Curve, CurvePlot, Scale
from dwmtj_widgets.widgets.views.meters import Meters, Reading

_TIME: Final = (20.0, 200.0)
_ENERGY: Final = (1.0, 300.0)
_PRODUCTS: Final = (100.0, 1000.0, 10000.0)
"""Products of the lines of equal product, aJ s."""


class EnergyBench(Part):
    """Voltages and noise of a recall, the parts of its time and energy, and the kept recalls.

    Parameters
    ----------
    session : EnergySession, optional
    """

    def __init__(self, session: EnergySession | None = None) -> None:
        self.session = EnergySession() if session is None else session
        self._errors = ErrorLine()
        drive = self.session
        self.weight = QuantitySlider("Weight W", "V", drive.weight, *WEIGHTS, 0.01, name="weight")
        self.charge = QuantitySlider(
            "Charge V_C", "V", drive.charge_voltage, *CHARGES, 0.01, name="charge-voltage"
        )
        self.noise = QuantitySlider(
            "Distortion", "%", drive.distortion, 0.0, 0.5, 0.05, name="distortion", hint="Noise in the input"
        )
        self.weight.on_change(lambda value: self._do(lambda: drive.set(weight=value)))
        self.charge.on_change(lambda value: self._do(lambda: drive.set(charge_voltage=value)))
        self.noise.on_change(lambda value: self._do(lambda: drive.set(distortion=value)))
        keep = button("Keep this recall", "keep-run", "Put it into the table and the chart", "primary")
        forget = button("Forget all", "forget-runs", "Empty the table and the chart")
        keep.on_click(lambda _button: self._do(drive.keep))
        forget.on_click(lambda _button: self._do(drive.forget))
        self.readout, self.bars, self.table = Meters("readout"), HTML(), HTML()
        self.bars.add_class("dwmtj-bars")
        self.table.add_class("dwmtj-kept-runs")
        self.plot = CurvePlot(height=280)
        self.plot.label = "Energy against time of every recall, with lines of equal energy-delay product"
        controls = HBox([self.weight.widget, self.charge.widget, self.noise.widget])
        controls.add_class("dwmtj-controls-row")
        charts = HBox([self.plot, self.table])
        charts.add_class("dwmtj-charts-row")
        buttons = HBox([keep, forget])
        buttons.add_class("dwmtj-controls-row")
        super().__init__(
            "Experiment",
            "what a recall costs",
            "energy-bench",
            controls,
            self.readout.widget,
            self.bars,
            buttons,
            charts,
            self._errors.widget,
        )
        self._show()

    @property
    def begun(self) -> bool:
        """Whether a recall was kept."""
        return bool(self.session.kept)

    def _do(self, action: Callable[[], None]) -> None:
        with self._errors.guarded():
            try:
                action()
            finally:
                self._show()

    def _show(self) -> None:
        session, bill = self.session, self.session.bill
        self.weight.show(session.weight)
        self.charge.show(session.charge_voltage)
        self.noise.show(session.distortion)
        self.readout.show(
            [
                Reading("Time", quantity(bill.time, "s", decimals=1), "time", "Until all walls are at rest"),
                Reading("Energy", quantity(bill.energy.total, "J", decimals=1), "energy", "By the circuit"),
                Reading(
                    "Energy × time", quantity(bill.product, "J s", decimals=0), "product", "1 aJ s is 1 nJ ns"
                ),
                Reading("Bits right", quantity(bill.right, "%", decimals=0), "right-bits"),
            ]
        )
        shown_in(self.bars, _bars(bill))
        shown_in(self.table, _table(session.kept))
        self.plot.show(
            Scale("Time, ns", *_TIME, "ns", log=True, symbol="t"),
            Scale("Energy, nJ", *_ENERGY, "nJ", log=True, symbol="E"),
            [*_equal_products(), *_points(session.kept, bill)],
        )


def _bars(bill: Bill) -> str:
    settled = bill.time - bill.decided_time
    energy = bill.energy
    time = _bar(
        "Where the time goes",
        "s",
        [
            ("loading", bill.load_time),
            ("until all somas have decided", bill.decided_time - bill.load_time),
            ("axons settle", settled),
        ],
    )
    return time + _bar(
        "Where the energy goes",
        "J",
        [("supply V_DW", energy.supply), ("synapses W", energy.synapses), ("loading V_C", energy.loading)],
    )


def _bar(title: str, unit: str, parts: Sequence[tuple[str, float]]) -> str:
    total = sum(value for _name, value in parts) or 1.0
    pieces = "".join(
        f'<i class="piece-{k}" style="width:{100.0 * value / total:.2f}%"></i>'
        for k, (_n, value) in enumerate(parts)
    )
    keys = "".join(
        f'<li><i class="piece-{k}"></i>{escape(name)} <b>{quantity(value, unit, digits=3)}</b></li>'
        for k, (name, value) in enumerate(parts)
    )
    return f'<div class="dwmtj-bill"><span>{title}</span><div aria-hidden="true">{pieces}</div><ul>{keys}</ul></div>'


def _table(kept: Sequence[Bill]) -> str:
    if not kept:
        return "<p><small>Recalls that you keep are listed here.</small></p>"
    rows = "".join(
        f"<tr><td>{_marker(k)}</td><td>{quantity(b.weight, 'V')}</td><td>{quantity(b.charge_voltage, 'V')}</td>"
        f"<td>{quantity(b.distortion, '%')}</td><td>{quantity(b.time, 's', digits=3)}</td>"
        f"<td>{quantity(b.energy.total, 'J', digits=3)}</td><td>{quantity(b.right, '%')}</td></tr>"
        for k, b in enumerate(kept)
    )
    return (
        "<table><thead><tr><th></th><th>W</th><th>V_C</th><th>Noise</th><th>Time</th><th>Energy</th><th>Right</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _marker(index: int) -> str:
    return chr(ord("a") + index)


def _points(kept: Sequence[Bill], bill: Bill) -> list[Curve]:
    found = [
        curve(f"kept {_marker(k)}", [shown(b.time, "s")], [shown(b.energy.total, "J")], palette.SERIES[0],
              label=_marker(k), marker="circle")
        for k, b in enumerate(kept)
    ]  # fmt: skip
    now = curve(
        "now", [shown(bill.time, "s")], [shown(bill.energy.total, "J")], palette.FOCUS, marker="diamond"
    )
    return [*found, now]


def _equal_products() -> list[Curve]:
    times = np.geomspace(*_TIME, 40)
    curves = []
    for product in _PRODUCTS:
        inside = times[(product / times >= _ENERGY[0]) & (product / times <= _ENERGY[1])]
        curves.append(
            curve(f"{product:g} aJ s", inside, product / inside, palette.EARLIER, label=f"{product:g} aJ s",
                  dash="dotted", live=False, width=1.0)
        )  # fmt: skip
    return curves
