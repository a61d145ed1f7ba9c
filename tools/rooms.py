"""Draw the rooms of the package and what they import, from the sources, into CONTRIBUTING.md.

python -m tools.rooms            write the picture
python -m tools.rooms --check    fail if it is not that of the sources
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "dwmtj_widgets"
PAGE: Final = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- rooms: made by `python -m tools.rooms` -->", "<!-- rooms end -->"
FOUNDATION: Final = "units, validation, ..."
"""The modules beside the rooms: everybody may use them."""


def rooms() -> dict[str, set[str]]:
    """Return the rooms, that is folders of the package with Python in them, and those that each imports."""
    names = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file())
    return {name: _imports(PACKAGE / name) & set(names) - {name} for name in names}


def _imports(folder: Path) -> set[str]:
    found = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{one.name}" for one in node.names]
            elif isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            else:
                continue
            found |= {name.split(".")[1] for name in names if name.startswith(f"{PACKAGE.name}.")}
    return found


def floors(below: dict[str, set[str]]) -> list[list[str]]:
    """Return the rooms floor by floor, the ground first; each imports from lower floors alone.

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
    """Return the floors, the roof first, each room with what it imports, as Markdown."""
    below = rooms()
    lines = [BEGIN, "```text"]
    width = max(map(len, below)) + 2
    for number, floor in reversed(list(enumerate(floors(below)))):
        for name in floor:
            needs = ", ".join(sorted(below[name])) or FOUNDATION
            lines.append(f"{number}  {name.ljust(width)} -> {needs}")
    return "\n".join([*lines, "```", END])


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    new = f"{before}{picture()}{after}"
    if "--check" in sys.argv[1:]:
        return 0 if new == text else 1
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
