"""The work of ``dwmtj spice`` and its report: text, or one JSON object."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dwmtj_widgets import __version__
from dwmtj_widgets.cli.progress import Reporter
from dwmtj_widgets.cli.spice.order import SpiceOrder, prepared
from dwmtj_widgets.hopfield.validation import one_of, positive
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.spice import Bench, ngspice_netlist, spectre_netlist, verilog_a
from dwmtj_widgets.spice.comparing import TIME_TOLERANCE, WALL_TOLERANCE, Comparison, compare_bench
from dwmtj_widgets.spice.comparison_page import comparison_page, rows, sentences
from dwmtj_widgets.tasks.files import write_atomically
from dwmtj_widgets.units import quantity

DIALECTS: Final = ("ngspice", "spectre")

JSON_KEYS: Final = {
    "version": "version of this package",
    "neurons": "N",
    "devices": "N * N",
    "supply_voltage_V": "V_DW",
    "load_time_s": "end of the loading",
    "stop_time_s": "end of the transient",
    "max_step_s": "greatest step of the circuit simulator",
    "input": "the loaded bits",
    "dialect": "ngspice or spectre",
    "files": "written files",
    "netlist": "its text, null if it was written to a file or only compared",
    "comparison": "null without --compare or --html, else an object:",
    " agrees": "whether walls and last motion are within the tolerances",
    " wall_deviation_m": "largest deviation of a wall between ngspice and the package",
    " soma_deviation_m": "the same for somas",
    " axon_deviation_m": "the same for axons",
    " wall_deviation_time_s": "time of the largest deviation",
    " last_motion_s": "end of the last motion of a wall, by package and ngspice; null if one still moves",
    " time_deviation_s": "deviation of the end of the last motion, null if one is null",
    " time_to_solution_s": "by the package, null if it is not reached",
    " energy_J": "energy until the end of the transient, by package and ngspice",
    " energy_parts_J": "its supply, synapses and loading",
    " energy_deviation_J": "ngspice minus package",
    " relative_energy_deviation": "relative to the package's energy",
    " tolerances": "wall_m and time_s",
    " ngspice": "version of ngspice",
    " ngspice_seconds": "computing time of ngspice",
    " time_points": "number of compared times",
    "settings": "all options, and all device fields; SI units",
}


@dataclass(frozen=True)
class SpiceReport:
    """A netlist, its files, and a comparison."""

    bench: Bench
    dialect: str
    netlist: str
    files: Sequence[Path]
    comparison: Comparison | None
    settings: dict[str, Any]

    @property
    def agrees(self) -> bool:
        """Whether the comparison is within the tolerances; True without comparison."""
        return self.comparison is None or self.comparison.agrees

    def text(self) -> str:
        """Return the report as text, or the netlist if it was not written to a file."""
        if self.comparison is None and not self.files:
            return self.netlist.removesuffix("\n")
        lines = [] if self.comparison is None else _compared(self.comparison)
        if self.comparison is None:
            devices = quantity(self.bench.size**2, "")
            lines.append(
                f"{self.bench.size} neurons, {devices} devices, {len(self.netlist.splitlines())} lines."
            )
        return "\n".join([*lines, *(f"Written: {path}" for path in self.files)])

    def json(self) -> str:
        """Return one JSON object; its keys are those of `JSON_KEYS`."""
        b = self.bench
        shown = not self.files and self.comparison is None
        values = {
            "version": __version__,
            "neurons": b.size,
            "devices": b.size**2,
            "supply_voltage_V": b.network.supply_voltage,
            "load_time_s": b.load_time,
            "stop_time_s": b.stop_time,
            "max_step_s": b.max_step,
            "input": "".join(map(str, b.pattern.tolist())),
            "dialect": self.dialect,
            "files": [str(path) for path in self.files],
            "netlist": self.netlist if shown else None,
            "comparison": None if self.comparison is None else _numbers(self.comparison),
            "settings": self.settings,
        }
        return json.dumps(values, allow_nan=False)


def run(order: SpiceOrder, say: Callable[[str], None]) -> SpiceReport:
    """Make the network, write its netlist, and compare on request.

    Raises
    ------
    Refused
        If something in the order is illegal; the sentence says what arrived and what is legal.
    NgspiceError
        If ngspice is needed and is not installed, or fails.
    OSError
        If a file cannot be written.
    """
    dialect = one_of(order.dialect, "dialect", DIALECTS)
    comparing = order.compare or order.html is not None
    if dialect == "spectre" and comparing:
        msg = "ngspice is compared, and cannot run the spectre dialect; leave out --dialect or --compare and --html."
        raise Refused(msg)
    timeout = positive(order.timeout, "timeout", "")
    bench, settings = prepared(order)
    netlist, files = _written(bench, dialect, order.out)
    comparison = None
    if comparing:
        comparison = compare_bench(bench, timeout=timeout, progress=_progress(say))
        if order.html is not None:
            write_atomically(order.html, comparison_page(comparison))
            files.append(order.html)
    return SpiceReport(bench, dialect, netlist, files, comparison, settings)


def _written(bench: Bench, dialect: str, out: Path | None) -> tuple[str, list[Path]]:
    if dialect == "ngspice":
        netlist = ngspice_netlist(bench)
        if out is None:
            return netlist, []
        write_atomically(out, netlist)
        return netlist, [out]
    if out is None:
        msg = (
            "The spectre dialect is two files, a netlist and its Verilog-A modules; "
            "name the first, as in --out network.scs."
        )
        raise Refused(msg)
    modules = out.with_suffix(".va")
    if modules == out:
        msg = f"{str(out)!r} is the name of the Verilog-A modules; name the netlist, as in --out network.scs."
        raise Refused(msg)
    netlist = spectre_netlist(bench, modules.name)
    write_atomically(modules, verilog_a())
    write_atomically(out, netlist)
    return netlist, [out, modules]


def _progress(say: Callable[[str], None]) -> Callable[[float], None]:
    reporter = Reporter(say)

    def progress(share: float) -> None:
        if share < 1.0:
            reporter.report(f"ngspice has done {quantity(share, '%', decimals=0)} of the transient.")

    return progress


def _compared(comparison: Comparison) -> list[str]:
    table = [("", "package", "ngspice", "deviation (relative)", "tolerance"), *rows(comparison)]
    widths = [max(len(row[k]) for row in table) for k in range(5)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    about, verdict = sentences(comparison)
    took = (
        f"ngspice took {quantity(comparison.seconds, '', decimals=1)} s; {len(comparison.times)} time points."
    )
    return [about, "", *lines, "", took, verdict]


def _numbers(comparison: Comparison) -> dict[str, Any]:
    ours, theirs = comparison.engine, comparison.ngspice
    both = {"package": ours, "ngspice": theirs}
    parts = ("supply", "synapses", "loading")
    return {
        "agrees": comparison.agrees,
        "wall_deviation_m": comparison.wall_deviation,
        "soma_deviation_m": comparison.soma_deviation,
        "axon_deviation_m": comparison.axon_deviation,
        "wall_deviation_time_s": comparison.wall_deviation_time,
        "last_motion_s": {name: trace.rest_time for name, trace in both.items()},
        "time_deviation_s": comparison.time_deviation,
        "time_to_solution_s": comparison.solution_time,
        "energy_J": {name: float(trace.total_energy[-1]) for name, trace in both.items()},
        "energy_parts_J": {
            name: dict(zip(parts, trace.energy[-1].tolist(), strict=True)) for name, trace in both.items()
        },
        "energy_deviation_J": comparison.energy_deviation,
        "relative_energy_deviation": comparison.relative_energy_deviation,
        "tolerances": {"wall_m": WALL_TOLERANCE, "time_s": TIME_TOLERANCE},
        "ngspice": comparison.version,
        "ngspice_seconds": comparison.seconds,
        "time_points": len(comparison.times),
    }
