"""The command ``dwmtj spice``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand


class SpiceCommand(TyperCommand):
    """``dwmtj spice``, whose help ends with the names for ``--vary``, ``--set`` and ``--json``."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the fields of the variation and of the device, and the keys of the JSON object."""
        from dwmtj_widgets.cli.recall.run import device_fields
        from dwmtj_widgets.cli.spice import order, run

        with formatter.section("Variation between devices (--vary FIELD=VALUE, in the unit given)"):
            formatter.write_dl(order.variation_fields())
        with formatter.section("Device fields (--set FIELD=VALUE, in the unit given)"):
            formatter.write_dl(device_fields())
        with formatter.section("Keys of the JSON object (--json; SI units)"):
            formatter.write_dl(list(run.JSON_KEYS.items()))


def spice(
    weights: Annotated[
        Path | None,
        typer.Argument(
            help="CSV file of N rows of N weights in mV, row i from neuron i; cut is a cut synapse."
        ),
    ] = None,
    neurons: Annotated[
        int | None,
        typer.Option(
            help="Size of a network that stores random patterns; by default 12.", show_default=False
        ),
    ] = None,
    patterns: Annotated[
        int | None, typer.Option(help="Number of stored patterns; by default 1.", show_default=False)
    ] = None,
    memory: Annotated[
        list[str] | None,
        typer.Option(
            help="Pattern of 10 x 10 to store instead: a symbol, a .txt or an image file; repeat it."
        ),
    ] = None,
    input_: Annotated[
        str | None,
        typer.Option(
            "--input", help="Pattern to load: bits, as in 0110, or as for --memory; or the first stored."
        ),
    ] = None,
    distortion: Annotated[
        float | None,
        typer.Option(
            help="Bits of it to flip, 0 to 50 %; by default 20, but 0 with --input.", show_default=False
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of all random numbers.")] = 0,
    weight: Annotated[
        float | None,
        typer.Option(help="Synaptic weight W of stored patterns in mV; by default 100.", show_default=False),
    ] = None,
    charge_voltage: Annotated[
        float | None,
        typer.Option(help="Charge voltage V_C in mV; by default 100, published 250.", show_default=False),
    ] = None,
    soma_start: Annotated[
        str | None,
        typer.Option(
            help="Somas at time 0: off or pattern; by default off, published pattern.", show_default=False
        ),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Device field to change, as in tmr=250; repeat it.")
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(help="Spread between devices, as in tmr=5; repeat it."),
    ] = None,
    preset: Annotated[str, typer.Option(help="Device and start: table1 or published.")] = "table1",
    stop: Annotated[
        float | None,
        typer.Option(
            help="End of the transient in ns; by default when all walls are at rest.", show_default=False
        ),
    ] = None,
    step: Annotated[float, typer.Option(help="Greatest step of the circuit simulator in ps.")] = 20.0,
    dialect: Annotated[str, typer.Option(help="ngspice or spectre.")] = "ngspice",
    out: Annotated[
        Path | None,
        typer.Option(help="File for the netlist; by default it is printed.", show_default=False),
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Run ngspice and compare it with the package's engine.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(help="File for a page with the curves; implies --compare.", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds that ngspice may take.")] = 600.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Write a network as a netlist, and compare ngspice with the package; status 1 if they do not agree."""
    from dwmtj_widgets.cli.spice import order, run

    report = run.run(
        order.SpiceOrder(
            weights=weights,
            neurons=neurons,
            patterns=patterns,
            memories=memory or [],
            input=input_,
            distortion=distortion,
            seed=seed,
            weight=weight,
            charge_voltage=charge_voltage,
            soma_start=soma_start,
            changes=set_ or [],
            variation=vary or [],
            preset=preset,
            stop=stop,
            step=step,
            dialect=dialect,
            out=out,
            compare=compare,
            html=html,
            timeout=timeout,
        ),
        lambda sentence: typer.echo(sentence, err=True),
    )
    typer.echo(report.json() if as_json else report.text())
    return 0 if report.agrees else 1
