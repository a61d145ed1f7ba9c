"""The command ``dwmtj``: the labs, their work without a browser, and checks of this computer.

Each larger command is a folder: `command` has its options, `run` does the work, `text` formats the result. Commands
return their exit status. A refusal is one sentence on stderr and status 2; a fault of the program is its traceback, a
sentence with the address for reports, and status 70.
Physics is imported inside the commands, so that ``dwmtj --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from dwmtj_widgets.cli.maxcut.command import MaxcutCommand, maxcut
from dwmtj_widgets.cli.paper.command import paper
from dwmtj_widgets.cli.recall.command import RecallCommand, recall
from dwmtj_widgets.cli.search import SearchCommand, search
from dwmtj_widgets.cli.signal.command import app as signal
from dwmtj_widgets.cli.spice.command import SpiceCommand, spice
from dwmtj_widgets.cli.sweep.command import SweepCommand, sweep
from dwmtj_widgets.faults import REPORTS, log_fault, named
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.texts import LANGUAGE, LANGUAGES, VARIABLE
from dwmtj_widgets.units import quantity

TOKEN_VARIABLE = "DWMTJ_TOKEN"

REFUSED: Final = 2
FAULT: Final = 70
"""EX_SOFTWARE of sysexits.h, which Python does not name on Windows."""

_EXPECTED = (typer.TyperException, Refused, OSError)


class OneSentence(TyperGroup):
    """A group of commands that separates refusals, one sentence and status 2, from our own faults."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command; leaves with its status, or returns it if not `standalone_mode`."""
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except _EXPECTED as error:
            typer.echo(_sentence(error), err=True)
            status = REFUSED
        except Exception as error:
            log_fault(error)
            fault = f"This is a fault of dwmtj, not of what was given ({named(error)})"
            typer.echo(f"{fault}; please report it at {REPORTS}", err=True)
            status = FAULT
        if standalone_mode:
            sys.exit(status if isinstance(status, int) else 0)
        return status


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
    """Simulate spintronic neural networks. Without a command, open the page with all labs."""
    if version:
        from dwmtj_widgets import __version__

        typer.echo(__version__)
        return 0
    if context.invoked_subcommand is not None:
        return 0
    return serve(token=os.environ.get(TOKEN_VARIABLE) or None, language=LANGUAGE)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port to listen on; if it is taken, the next free one.")] = 8866,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    preheat: Annotated[int, typer.Option(help="Number of kernels to keep ready for the next pages.")] = 0,
    max_kernels: Annotated[
        int | None,
        typer.Option(
            help="Most pages open at once, each with a kernel of 0.25 GB; by default by this computer's memory.",
            show_default=False,
        ),
    ] = None,
    kernel_memory: Annotated[
        int | None,
        typer.Option(
            help="Megabytes that a kernel may take beyond its memory at the start; 0 for no limit, by default 2000.",
            show_default=False,
        ),
    ] = None,
    idle_timeout: Annotated[
        int, typer.Option(help="Seconds of silence after which a kernel without a page ends.")
    ] = 120,
    base_url: Annotated[str, typer.Option(help="Path of the pages, for a server behind a proxy.")] = "/",
    token: Annotated[
        str | None,
        typer.Option(
            envvar=TOKEN_VARIABLE,
            help="Required in the address at the first visit; by default one is made, and none on this computer.",
            show_default=False,
        ),
    ] = None,
    notebook: Annotated[
        str | None,
        typer.Option(
            help="Name of a lab, or an .ipynb file; by default a page with all of them.", show_default=False
        ),
    ] = None,
    language: Annotated[
        str, typer.Option(envvar=VARIABLE, help=f"Language of the labs: {' or '.join(LANGUAGES)}.")
    ] = LANGUAGE,
) -> int:
    """Serve the labs as web pages until Ctrl+C."""
    from dwmtj_widgets import server

    return server.serve(
        notebook,
        host=host,
        port=port,
        open_browser=not no_browser,
        preheat=preheat,
        max_kernels=max_kernels,
        cull_idle_timeout=idle_timeout,
        base_url=base_url,
        token=token,
        language=language,
        kernel_memory=kernel_memory,
    )


app.command(cls=RecallCommand)(recall)
app.command(cls=MaxcutCommand)(maxcut)
app.command()(paper)
app.add_typer(signal, name="signal")
app.command(cls=SpiceCommand)(spice)
app.command(cls=SweepCommand)(sweep)
app.command(cls=SearchCommand)(search)


@app.command()
def warmup() -> int:
    """Compile every kernel for this computer, so that later starts are quick."""
    from dwmtj_widgets import machine

    seconds, cache = machine.warm_up(), machine.kernel_cache()
    typer.echo(
        f"{quantity(cache.compiled, '')} kernels compiled and {quantity(cache.loaded, '')} found compiled."
    )
    typer.echo(f"That took {quantity(seconds, '', decimals=1)} s; they are in {cache.place}.")
    return 0


@app.command()
def check() -> int:
    """Check this computer and make one recall; status 1 if something essential fails."""
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
        # A console without Ω shows ? instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="dwmtj")


def _sentence(error: Exception) -> str:
    text = error.format_message() if isinstance(error, typer.TyperException) else str(error)
    text = " ".join(text.split()) or type(error).__name__  # what Typer says may have several lines
    return text if text.endswith((".", "?")) else f"{text}."
