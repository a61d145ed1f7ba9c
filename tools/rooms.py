"""Draw the rooms of the package and their imports into CONTRIBUTING.md: ``python -m tools.rooms``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "dwmtj_widgets"
PAGE: Final = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- rooms: made by `python -m tools.rooms` -->", "<!-- rooms end -->"
FOUNDATION: Final = "units, validation, ..."
"""The modules outside the rooms, which all rooms may import."""


def rooms() -> dict[str, set[str]]:
    """Return the rooms, the package's folders with Python files, and the rooms that each imports."""
    names = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file())
    return {name: _imports(PACKAGE / name) & set(names) - {name} for name in names}


def _imports(folder: Path) -> set[str]:
    names = (name for file in folder.rglob("*.py") for _line, name in imported(file))
    return {name.split(".")[1] for name in names if name.startswith(f"{PACKAGE.name}.")}


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the absolute name of every import anywhere in a file of the package."""
    package = [PACKAGE.name, *file.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def floors(below: dict[str, set[str]]) -> list[list[str]]:
    """Return the rooms floor by floor, the ground floor first; each imports only from lower floors.

    Raises
    ------
    ValueError
        If rooms import each other in a circle.
    """
    left, found = dict(below), list[list[str]]()
    while left:
        floor = sorted(name for name, needs in left.items() if not needs & left.keys())
        if not floor:
            msg = f"The rooms {', '.join(sorted(left))} import each other in a circle."
            raise ValueError(msg)
        found.append(floor)
        for name in floor:
            del left[name]
    return found


def picture() -> str:
    """Return the floors from the top, each room with its imports, as Markdown."""
    below = rooms()
    lines = [BEGIN, "```text"]
    width = max(map(len, below)) + 2
    for number, floor in reversed(list(enumerate(floors(below)))):
        for name in floor:
            needs = ", ".join(sorted(below[name])) or FOUNDATION
            lines.append(f"{number}  {name.ljust(width)} -> {needs}")
    return "\n".join([*lines, "```", END])


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{picture()}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
