"""The command ``dwmtj sweep``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from dwmtj_widgets.refusals import Refused


class SweepCommand(TyperCommand):
    """``dwmtj sweep``, whose help ends with all settings and the forms of values."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the forms of values, and every setting with its tasks, default and legal range."""
        from dwmtj_widgets.cli import typed_values

        with formatter.section("Values (--param NAME=VALUES, in the unit given below)"):
            formatter.write_dl(list(typed_values.FORMS.items()))
        with formatter.section("Settings (--param and --set)"):
            formatter.write_dl(typed_values.settings())


def sweep(
    task: Annotated[
        str | None,
        typer.Option(
            help="random_recall, image_recall or max_cut; the first if not given.", show_default=False
        ),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            help="Setting to vary, as in weight=20:400:20, tmr=100,200 or rule=hebb,storkey; repeat it."
        ),
    ] = None,
    trials: Annotated[
        int | None,
        typer.Option(help="Trials a point; by default 100, for --figure8 4000.", show_default=False),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Fixed setting, as in neurons=30; repeat it.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of all random numbers.")] = 0,
    latin: Annotated[
        int, typer.Option(help="Number of points of a Latin hypercube instead of a grid; 0 for a grid.")
    ] = 0,
    figure8: Annotated[
        bool, typer.Option("--figure8", help="The paper's Figure 8: 60 neurons against the weight voltage.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder of the trials; the same sweep continues there.")] = Path(
        "dwmtj-sweep"
    ),
    workers: Annotated[
        int | None, typer.Option(help="Tasks at once; by default one a core.", show_default=False)
    ] = None,
    processes: Annotated[
        bool, typer.Option("--processes", help="Processes instead of threads: faster on more than 4 cores.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, as in tcp://10.0.0.1:8786.")
    ] = None,
    bootstrap: Annotated[
        bool, typer.Option("--bootstrap", help="Bootstrap intervals instead of Student's.")
    ] = False,
    bounded: Annotated[
        bool,
        typer.Option(
            "--bounded",
            help="Intervals that allow for long runs, up to max_time, that the trials have missed.",
        ),
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Also write FOLDER/sweep.csv.")] = False,
    netcdf: Annotated[bool, typer.Option("--netcdf", help="Also write FOLDER/sweep.nc.")] = False,
    zarr: Annotated[
        bool, typer.Option("--zarr", help="Also write the Zarr store FOLDER/sweep.zarr.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Measure accuracy, time and energy over ranges of any settings; continues a stopped sweep."""
    from dwmtj_widgets.cli.sweep import run

    if bootstrap and bounded:
        msg = "--bootstrap and --bounded exclude each other; leave one of the two out."
        raise Refused(msg)
    order = run.SweepOrder(
        task=task,
        parameters=param or [],
        trials=trials,
        fixed=set_ or [],
        seed=seed,
        latin=latin,
        figure8=figure8,
        out=out,
        workers=workers,
        processes=processes,
        scheduler=scheduler,
        interval="bootstrap" if bootstrap else "bounded" if bounded else "student",
        csv=csv,
        netcdf=netcdf,
        zarr=zarr,
    )
    report = run.run(order, lambda sentence: typer.echo(sentence, err=True))
    typer.echo(report.json() if as_json else report.text())
    return 0 if report.result.complete else run.STOPPED
