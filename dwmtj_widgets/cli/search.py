"""The command ``dwmtj search``: accurate designs that no other beats in both time and energy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from dwmtj_widgets.cli.tables import aligned
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import quantity

if TYPE_CHECKING:
    from dwmtj_widgets.explore import Design, Found, Search


class SearchCommand(TyperCommand):
    """``dwmtj search``, whose help ends with all settings."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write every setting with its tasks, default and legal range."""
        from dwmtj_widgets.cli import typed_values

        with formatter.section("Settings (--param NAME=LOW:HIGH and --set NAME=VALUE)"):
            formatter.write_dl(typed_values.settings())


def search(
    task: Annotated[str, typer.Option(help="random_recall, image_recall or max_cut.")] = "random_recall",
    param: Annotated[
        list[str] | None, typer.Option(help="Range to search, as in weight=20:400; repeat it.")
    ] = None,
    accuracy: Annotated[float, typer.Option(help="Least mean accuracy of a design that counts, %.")] = 99.0,
    designs: Annotated[int, typer.Option(help="Number of designs to try.")] = 100,
    trials: Annotated[int, typer.Option(help="Trials of each design.")] = 100,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Fixed setting, as in neurons=30; repeat it.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the proposals and of all random numbers.")] = 0,
    out: Annotated[Path, typer.Option(help="Folder of the trials; the same search continues there.")] = Path(
        "dwmtj-search"
    ),
    workers: Annotated[
        int | None, typer.Option(help="Threads; by default one a core.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Find the designs that no other beats in both speed and energy; continues a stopped search."""
    from dwmtj_widgets.cli.sweep.run import STOPPED
    from dwmtj_widgets.explore import Found, run_search

    wanted = _typed(task, param or [], accuracy, designs, trials, seed, set_ or [])
    found = Found(wanted)

    def watch(present: Found) -> None:
        nonlocal found
        found = present

    def progress(done: int, total: int) -> None:
        typer.echo(f"{done:,} of {total:,} designs, {len(found.front)} on the front.", err=True)

    try:
        found = run_search(wanted, out, workers=workers, progress=progress, watch=watch)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
    typer.echo(_json(found) if as_json else _text(found, out))
    return 0 if found.complete else STOPPED


def _typed(
    task: str, param: list[str], accuracy: float, designs: int, trials: int, seed: int, fixed: list[str]
) -> Search:
    from dwmtj_widgets.cli.typed_values import fixed_values, split, values_of
    from dwmtj_widgets.explore import Search, knobs_of
    from dwmtj_widgets.explore.knobs import knob_of

    knobs_of(task)
    if not param:
        msg = "There is nothing to seek; say what and in which range, as in --param weight=20:400."
        raise Refused(msg)
    ranges: dict[str, Any] = {}
    for text in param:
        name, given = split(text, "--param")
        if name in ranges:
            msg = f"{name} is there twice; give its range once."
            raise Refused(msg)
        ranges[name] = values_of(knob_of(task, name), given, latin=True)
    return Search(task, ranges, accuracy / 100.0, designs, trials, seed, fixed_values(task, fixed))


def _json(found: Found) -> str:
    """Return one JSON object, SI units."""
    from dwmtj_widgets import __version__

    search = found.search
    content = {
        "version": __version__,
        "task": search.task,
        "ranges": {name: list(ends) for name, ends in search.ranges.items()},
        "fixed": dict(search.fixed),
        "least_accuracy": search.accuracy,
        "trials": search.trials,
        "seed": search.seed,
        "complete": found.complete,
        "designs": [_entry(design) for design in found.designs],
        "front": [_entry(design) for design in found.front],
    }
    return json.dumps(content, allow_nan=False)


def _entry(design: Design) -> dict[str, Any]:
    return {
        "settings": dict(design.values),
        "accuracy": design.accuracy,
        "time_s": design.time,
        "energy_J": design.energy,
        "accurate": design.accurate,
    }


def _text(found: Found, out: Path) -> str:
    """Return the front as a table, the fastest design first."""
    from dwmtj_widgets.cli.typed_values import value_text
    from dwmtj_widgets.explore.knobs import knob_of

    search, front = found.search, found.front
    accurate = sum(design.accurate for design in found.designs)
    least = quantity(search.accuracy, "%")
    lines = [
        f"{search.task}: {len(found.designs):,} of {search.designs:,} designs, {accurate:,} with an accuracy of at "
        f"least {least}."
    ]
    if front:
        rows = [[*search.ranges, "accuracy", "time", "energy"]]
        for design in front:
            settings = [
                value_text(knob_of(search.task, name), value) for name, value in design.values.items()
            ]
            numbers = ((design.accuracy, "%"), (design.time, "s"), (design.energy, "J"))
            rows.append([*settings, *(quantity(value, unit) for value, unit in numbers)])
        lines += ["", *aligned(rows), ""]
        lines.append("No design tried is both faster and thriftier than one of these.")
    elif found.designs:
        lines.append("None is accurate enough; widen the ranges, try more designs, or lower --accuracy.")
    if not found.complete:
        lines.append(f"Stopped; the same command goes on where it was, its trials are in {out}.")
    return "\n".join(lines)
