"""The commands ``dwmtj signal generate`` and ``dwmtj signal recognise``."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

app = typer.Typer(
    help="Teach a recurrent network of magnetic tunnel junctions to play a waveform, or to tell waveforms apart.",
    rich_markup_mode=None,
)


class GenerateCommand(TyperCommand):
    """``dwmtj signal generate``, whose help ends with the names for ``--set`` and ``--json``."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the settings, as their metadata have them, and the keys of the JSON object."""
        from dwmtj_widgets.cli.signal import run

        _write_epilog(formatter, run.GENERATE_KEYS)


class RecogniseCommand(TyperCommand):
    """``dwmtj signal recognise``, whose help ends with the names for ``--set`` and ``--json``."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the settings, as their metadata have them, and the keys of the JSON object."""
        from dwmtj_widgets.cli.signal import run

        _write_epilog(formatter, run.RECOGNISE_KEYS)


Settings = Annotated[
    list[str] | None, typer.Option("--set", help="Setting to change, as in gain=1.2; repeat it.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Size = Annotated[int, typer.Option(help="Number of junctions.")]
Seed = Annotated[int, typer.Option(help="Chooses the network.")]
Period = Annotated[float, typer.Option(help="Period of the waveform in ns.")]


@app.command(cls=GenerateCommand)
def generate(
    wave: Annotated[
        str,
        typer.Option(help="sine, triangle, sawtooth, square, harmonics, or a CSV file of one period."),
    ] = "harmonics",
    period: Period = 20.0,
    amplitude: Annotated[
        float, typer.Option(help="Peak value of a named waveform, and a factor on a table.")
    ] = 1.0,
    size: Size = 40,
    seed: Seed = 0,
    train: Annotated[int, typer.Option(help="Periods to learn from.")] = 100,
    periods: Annotated[int, typer.Option(help="Periods to run freely.")] = 50,
    set_: Settings = None,
    output: Annotated[
        str | None, typer.Option(help="CSV file to write the free run to.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Learn a waveform, freeze the readout, run freely, and say how near that is to the waveform."""
    from dwmtj_widgets.cli.signal import run

    report = run.generate(
        run.GenerateOrder(wave, period, amplitude, size, seed, train, periods, set_ or [], output)
    )
    typer.echo(report.json() if as_json else report.text())
    return 0


@app.command(cls=RecogniseCommand)
def recognise(
    waves: Annotated[
        str, typer.Option(help="Two or more waveforms with commas between; also CSV files of one period.")
    ] = "sine,sawtooth,square",
    period: Period = 20.0,
    noise: Annotated[float, typer.Option(help="Standard deviation of the noise, in % of the peak.")] = 10.0,
    size: Size = 40,
    seed: Seed = 0,
    train: Annotated[int, typer.Option(help="Windows, one period long, to learn from.")] = 800,
    windows: Annotated[int, typer.Option(help="Unseen windows to test with.")] = 200,
    set_: Settings = None,
    as_json: AsJson = False,
) -> int:
    """Learn to tell waveforms apart, and count how many unseen windows are recognised."""
    from dwmtj_widgets.cli.signal import run

    report = run.recognise(run.RecogniseOrder(waves, period, noise, size, seed, train, windows, set_ or []))
    typer.echo(report.json() if as_json else report.text())
    return 0


def _write_epilog(formatter: Any, keys: dict[str, str]) -> None:
    from dwmtj_widgets.cli.signal import inputs

    with formatter.section("Settings (--set NAME=VALUE, in the unit given)"):
        formatter.write_dl(inputs.setting_fields())
    with formatter.section("Keys of the JSON object (--json; SI units)"):
        formatter.write_dl(list(keys.items()))
