"""The command ``dwmtj recall``."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand


class RecallCommand(TyperCommand):
    """``dwmtj recall``, whose help ends with the names for ``--set`` and ``--json``."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the device fields from their metadata, and the keys of the JSON object."""
        from dwmtj_widgets.cli.recall import run

        with formatter.section("Device fields (--set FIELD=VALUE, in the unit given)"):
            formatter.write_dl(run.device_fields())
        with formatter.section("Keys of the JSON object (--json; SI units)"):
            formatter.write_dl(list(run.JSON_KEYS.items()))


def recall(
    context: typer.Context,
    memory: Annotated[
        list[str] | None, typer.Option(help="Pattern to store: a symbol, a .txt or an image file; repeat it.")
    ] = None,
    input_: Annotated[
        str | None, typer.Option("--input", help="Pattern to load; by default the first memory.")
    ] = None,
    distortion: Annotated[
        float | None,
        typer.Option(
            help="Bits of it to flip, 0 to 50 %; by default 20, but 0 with --input.", show_default=False
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Chooses the bits to flip.")] = 0,
    weight: Annotated[float, typer.Option(help="Synaptic weight W in mV.")] = 100.0,
    charge_voltage: Annotated[
        float | None,
        typer.Option(help="Charge voltage V_C in mV; by default 100, published 250.", show_default=False),
    ] = None,
    load_time: Annotated[
        float | None,
        typer.Option(help="Loading in ns; by default what circuit and device need.", show_default=False),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Device field to change, as in tmr=250; repeat it.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Device and start: table1 or published.")] = "table1",
    integrator: Annotated[
        str | None,
        typer.Option(help="events or euler; by default events, published euler.", show_default=False),
    ] = None,
    session: Annotated[
        str | None,
        typer.Option(
            help="File that the Recall Lab saved, in place of all other options.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Recall a stored image from a distorted one, and say how long it took and at what energy."""
    from dwmtj_widgets.cli.recall import run

    if session is not None:
        from dwmtj_widgets.cli.shared_session import recall_of, refuse_others

        refuse_others(context)
        report = recall_of(session)
    else:
        report = run.run(
            run.RecallOrder(
                memories=memory or [],
                input=input_,
                distortion=distortion,
                seed=seed,
                weight=weight,
                charge_voltage=charge_voltage,
                load_time=load_time,
                changes=set_ or [],
                preset=preset,
                integrator=integrator,
            )
        )
    typer.echo(report.json() if as_json else report.text())
    return 0
