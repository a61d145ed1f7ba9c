"""The command ``dwmtj paper``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def paper(
    quick: Annotated[bool, typer.Option("--quick", help="Few trials: under a minute.")] = False,
    reference: Annotated[
        Path | None, typer.Option(help="Folder of the released data, for comparison.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report and the measured points.")] = Path(
        "dwmtj-paper"
    ),
    seed: Annotated[int, typer.Option(help="Seed of all random numbers.")] = 0,
    only: Annotated[
        str | None, typer.Option(help="Figures, as in fig5,fig8; by default all.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> int:
    """Measure every number in the paper and compare; continues a stopped report."""
    from dwmtj_widgets.cli.paper import run

    order = run.PaperOrder(out=out, quick=quick, reference=reference, seed=seed, only=only)
    report = run.run(order, lambda sentence: typer.echo(sentence, err=True))
    typer.echo(run.json_line(report) if as_json else run.text(report))
    return 0 if report.complete else run.STOPPED
