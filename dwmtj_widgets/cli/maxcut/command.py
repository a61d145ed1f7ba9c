"""The command ``dwmtj maxcut``."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from dwmtj_widgets.refusals import Refused


class MaxcutCommand(TyperCommand):
    """``dwmtj maxcut``, whose help ends with the keys of ``--json``."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the keys of the JSON object."""
        from dwmtj_widgets.cli.maxcut.text import JSON_KEYS

        with formatter.section("Keys of the JSON object (--json; SI units)"):
            formatter.write_dl(list(JSON_KEYS.items()))


def maxcut(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(
            help='Graph: "nodes edges", then "node node weight" (rudy, Gset).', show_default=False
        ),
    ] = None,
    runs: Annotated[
        int, typer.Option(help="1 is the paper's run; more start at random, and the best counts.")
    ] = 1,
    weight: Annotated[float, typer.Option(help="Synaptic weight W in mV.")] = 100.0,
    charge_voltage: Annotated[
        float | None, typer.Option(help="Charge voltage V_C in mV; by default 100.", show_default=False)
    ] = None,
    asymmetry: Annotated[
        float, typer.Option(help="Ratio of an edge's source to another pair's, with the paper's sources.")
    ] = 1.05,
    balanced: Annotated[
        bool | None,
        typer.Option(
            help="Sources that sum to zero at every neuron; by default for more than one run.",
            show_default=False,
        ),
    ] = None,
    preset: Annotated[str, typer.Option(help="Device and start: table1 or published.")] = "table1",
    seed: Annotated[int, typer.Option(help="Chooses the random starts.")] = 0,
    exact: Annotated[
        float | None,
        typer.Option(
            help="Seconds to look for the optimum; by default 10 up to 24 nodes, else 0.", show_default=False
        ),
    ] = None,
    goemans_williamson: Annotated[
        bool,
        typer.Option(
            "--goemans-williamson", help="Also round its semidefinite relaxation: seconds, up to 200 nodes."
        ),
    ] = False,
    session: Annotated[
        str | None,
        typer.Option(
            help="In place of a graph: file that the Max-cut Lab saved; beside it only --exact, --seed and "
            "--goemans-williamson.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Divide a graph so that much weight lies between the parts, by the device and by other methods."""
    from dwmtj_widgets.cli.maxcut import run, text

    given = [path for path in (file, session) if path is not None]
    if len(given) != 1:
        msg = "Give a graph file, or with --session what the Max-cut Lab saved."
        raise Refused(msg)
    order = run.MaxcutOrder(
        file=given[0],
        runs=runs,
        weight=weight,
        charge_voltage=charge_voltage,
        asymmetry=asymmetry,
        preset=preset,
        seed=seed,
        exact=exact,
        balanced=balanced,
        relax=goemans_williamson,
    )
    if session is not None:
        from dwmtj_widgets.cli.shared_session import maxcut_of, refuse_others

        refuse_others(context, "exact", "seed", "goemans_williamson")
        report = maxcut_of(order)
    else:
        report = run.run(order)
    typer.echo(text.json_of(report) if as_json else text.text_of(report))
    return 0
