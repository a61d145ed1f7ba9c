"""The command ``dwmtj``: the labs, a recall and a max-cut without a browser, and a look at this computer.

Commands return their exit status. Whatever goes wrong comes out as one sentence on stderr and status 2.
Physics is imported inside the commands, so that ``dwmtj --help`` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from dwmtj_widgets.units import quantity

_EXPECTED = (typer.TyperException, ValueError, OSError, RuntimeError)


class OneSentence(TyperGroup):
    """A group of commands that answers every error with one sentence on stderr and status 2."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command; leaves with its status, or returns it if not `standalone_mode`."""
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except Exception as error:
            typer.echo(_sentence(error), err=True)
            status = 2
        if standalone_mode:
            sys.exit(status if isinstance(status, int) else 0)
        return status


class RecallCommand(TyperCommand):
    """``dwmtj recall``, whose help ends with what ``--set`` and ``--json`` know."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the device fields, as their metadata have them, and the keys of the JSON object."""
        from dwmtj_widgets import recall_report

        with formatter.section("Device fields (--set FIELD=VALUE, in the unit given)"):
            formatter.write_dl(recall_report.device_fields())
        with formatter.section("Keys of the JSON object (--json; SI units)"):
            formatter.write_dl(list(recall_report.JSON_KEYS.items()))


class MaxcutCommand(TyperCommand):
    """``dwmtj maxcut``, whose help ends with what ``--json`` knows."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the keys of the JSON object."""
        from dwmtj_widgets import maxcut_report

        with formatter.section("Keys of the JSON object (--json; SI units)"):
            formatter.write_dl(list(maxcut_report.JSON_KEYS.items()))


app = typer.Typer(
    cls=OneSentence,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> int:
    """Simulate spintronic neural networks. Without a command, open the Recall Lab."""
    if version:
        from dwmtj_widgets import __version__

        typer.echo(__version__)
        return 0
    return serve() if context.invoked_subcommand is None else 0


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port to listen on; if it is taken, the next free one.")] = 8866,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    preheat: Annotated[int, typer.Option(help="How many kernels to keep ready for the next pages.")] = 0,
    notebook: Annotated[str, typer.Option(help="Name of a lab, or an .ipynb file.")] = "recall_lab",
) -> int:
    """Serve a lab as a web page until Ctrl+C."""
    from dwmtj_widgets import server

    return server.serve(notebook, host=host, port=port, open_browser=not no_browser, preheat=preheat)


@app.command(cls=RecallCommand)
def recall(
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
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Device field to change, as in tmr=250; repeat it.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Device and start: table1 or published.")] = "table1",
    integrator: Annotated[
        str | None,
        typer.Option(help="events or euler; by default events, published euler.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Recall a stored image from a distorted one, and say how long it took and at what energy."""
    from dwmtj_widgets import recall_report

    report = recall_report.run(
        recall_report.Order(
            memories=memory or [],
            input=input_,
            distortion=distortion,
            seed=seed,
            weight=weight,
            charge_voltage=charge_voltage,
            changes=set_ or [],
            preset=preset,
            integrator=integrator,
        )
    )
    typer.echo(report.json() if as_json else report.text())
    return 0


@app.command(cls=MaxcutCommand)
def maxcut(
    file: Annotated[str, typer.Argument(help='Graph: "nodes edges", then "node node weight" (rudy, Gset).')],
    runs: Annotated[
        int, typer.Option(help="1 is the paper's run; more start at random, and the best counts.")
    ] = 1,
    weight: Annotated[float, typer.Option(help="Synaptic weight W in mV.")] = 100.0,
    charge_voltage: Annotated[
        float | None, typer.Option(help="Charge voltage V_C in mV; by default 100.", show_default=False)
    ] = None,
    asymmetry: Annotated[
        float, typer.Option(help="How much an edge outweighs other pairs with the paper's sources.")
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
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Divide a graph so that much weight lies between the parts, by the device and by other methods."""
    from dwmtj_widgets import maxcut_report

    report = maxcut_report.run(
        maxcut_report.Order(
            file=file,
            runs=runs,
            weight=weight,
            charge_voltage=charge_voltage,
            asymmetry=asymmetry,
            preset=preset,
            seed=seed,
            exact=exact,
            balanced=balanced,
        )
    )
    typer.echo(report.json() if as_json else report.text())
    return 0


@app.command()
def paper(
    quick: Annotated[bool, typer.Option("--quick", help="Few trials: under a minute.")] = False,
    reference: Annotated[
        Path | None, typer.Option(help="Folder of the released data, to stand beside the measured.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report and the measured points.")] = Path(
        "dwmtj-paper"
    ),
    seed: Annotated[int, typer.Option(help="Of everything drawn at random.")] = 0,
    only: Annotated[
        str | None, typer.Option(help="Figures, as in fig5,fig8; by default all.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> int:
    """Measure every number the paper prints and lay it beside the print; goes on where it was stopped."""
    from dwmtj_widgets import paper_report

    order = paper_report.Order(out=out, quick=quick, reference=reference, seed=seed, only=only)
    report = paper_report.run(order, lambda sentence: typer.echo(sentence, err=True))
    typer.echo(paper_report.json_line(report) if as_json else paper_report.text(report))
    return 0 if report.complete else paper_report.STOPPED


@app.command()
def warmup() -> int:
    """Compile every kernel for this computer, so that no later start has to."""
    from dwmtj_widgets import machine

    seconds, cache = machine.warm_up(), machine.kernel_cache()
    typer.echo(
        f"{quantity(cache.compiled, '')} kernels compiled and {quantity(cache.loaded, '')} found compiled."
    )
    typer.echo(f"That took {quantity(seconds, '', decimals=1)} s; they are in {cache.folder}.")
    return 0


@app.command()
def check() -> int:
    """Say what of this computer the labs need, and make one recall; status 1 if something essential fails."""
    from dwmtj_widgets import machine

    faults = 0
    for finding in machine.findings():
        typer.echo(finding.sentence)
        faults += finding.fatal
    typer.echo("Something essential is missing, see above." if faults else "Everything needed is there.")
    return 1 if faults else 0


def main() -> None:
    """Run the command line; the entry point named in pyproject.toml."""
    for stream in (sys.stdout, sys.stderr):
        # A console that knows no Ω shows ? in its place rather than failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="dwmtj")


def _sentence(error: Exception) -> str:
    text = error.format_message() if isinstance(error, typer.TyperException) else str(error)
    text = " ".join(text.split())  # what Typer says may have several lines
    if not isinstance(error, _EXPECTED) or not text:
        text = f"This is a fault of dwmtj, please report it: {type(error).__name__} {text}".rstrip()
    return text if text.endswith((".", "?")) else f"{text}."
