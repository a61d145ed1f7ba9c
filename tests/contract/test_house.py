"""The house: imports only go down, the ground knows no Jupyter, kernels alone know numba, no leftovers."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from reference import ROOT

import dwmtj_widgets
from tools.rooms import imported, picture

PACKAGE = ROOT / "dwmtj_widgets"

GROUND = {"hopfield", "mtj_rnn"}
BASEMENT = {"refusals", "units", "validation", "tables", "parameters", "_jit"}
SECOND = {"paper", "explore", "spice"}
BELOW: dict[str, set[str]] = {
    "refusals": set(),
    "faults": {"refusals", "texts"},
    "units": set(),
    "validation": {"refusals", "units"},
    "tables": {"refusals", "validation"},
    "parameters": {"units", "validation"},
    "_jit": set(),
    "charts": set(),
    "texts": {"refusals"},
    "pages": set(),
    "hopfield": BASEMENT,
    "mtj_rnn": BASEMENT,
    "trials": BASEMENT,
    "tasks": {"trials"} | GROUND | BASEMENT,
    "engine": GROUND | BASEMENT,
    "widgets": {"refusals", "units", "texts"},
    **{part: {"tasks", "trials", "charts", "pages"} | GROUND | BASEMENT for part in SECOND},
    "sessions": {"tasks", "charts", "texts"} | GROUND | BASEMENT | SECOND,
    "labs": {"faults", "sessions", "widgets", "tasks", "charts", "texts"} | GROUND | BASEMENT | SECOND,
    # The names that the package offers, and nothing that a view needs.
    "__init__": GROUND | {"refusals", "tasks", "units"},
}
"""What each part may import. Parts that are not named here (the command line, the server) stand on the roof:
they may import everything, and nobody below imports them."""

JUPYTER = re.compile(
    r"^(ipywidgets|ipycanvas|ipyevents|bqplot|bqscales|anywidget|voila|IPython|ipykernel|traitlets|notebook|nbformat"
    r"|nbclient|nbconvert|comm|jupyter\w*)$"
)
NUMERICS = {"numba", "scipy"}


def sources(*parts: str) -> list[Path]:
    """Return the Python files of some parts of the package, of all without a name; at least one."""
    folders = [PACKAGE / part for part in parts] if parts else [PACKAGE]
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    assert files, parts
    return files


def part_of(file: Path) -> str:
    """Return the part of the house that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def part_named(module: str) -> str | None:
    """Return the part of the house that a module's name leads to, None for other packages and the facade."""
    names = module.split(".")
    if names[0] != PACKAGE.name or len(names) == 1:
        return None
    inside = PACKAGE / names[1]
    return names[1] if inside.is_dir() or inside.with_suffix(".py").is_file() else None


def is_kernel(file: Path) -> bool:
    """Tell whether a file is compiled, `_kernels.py` or in a folder of that name, or tells how: `_jit.py`."""
    return any(name.removesuffix(".py") in {"_kernels", "_jit"} for name in file.parts)


def listed(found: list[str]) -> str:
    """Return findings as the text of a failure."""
    return "\n".join(["", *found])


def test_imports_only_go_down() -> None:
    found = []
    for file in sources():
        part = part_of(file)
        if part not in BELOW:
            continue
        for line, module in imported(file):
            other = part_named(module)
            if other is not None and other != part and other not in BELOW[part]:
                found.append(f"{file.relative_to(ROOT)}:{line} ({part}) imports {module}")
    assert not found, listed(found)


def test_no_part_imports_the_facade() -> None:
    """`from dwmtj_widgets import Network` inside a part would go up and come back down."""
    found = []
    for file in sources():
        if part_of(file) in BELOW and part_of(file) not in {"labs", "sessions", "__init__"}:
            for line, module in imported(file):
                if module == PACKAGE.name:
                    found.append(f"{file.relative_to(ROOT)}:{line} imports the package itself")
    assert not found, listed(found)


@pytest.mark.parametrize("part", ["hopfield", "mtj_rnn", "tasks", "sessions"])
def test_the_ground_knows_no_jupyter(part: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in sources(part)
        for line, module in imported(file)
        if JUPYTER.match(module.split(".")[0])
    ]
    assert not found, listed(found)


def test_views_know_arrays_and_colours_but_no_physics() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in sources("widgets")
        for line, module in imported(file)
        if module.split(".")[0] in NUMERICS
        or part_named(module) in GROUND | SECOND | {"tasks", "sessions", "labs"}
    ]
    assert not found, listed(found)


def test_kernels_alone_know_numba() -> None:
    files = sources()
    found = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in files
        for line, module in imported(file)
        if module.split(".")[0] == "numba" and not is_kernel(file)
    ]
    assert not found, listed(found)
    inside = [file for file in files if is_kernel(file)]
    assert any(module.split(".")[0] == "numba" for file in inside for _line, module in imported(file))


def test_kernels_know_no_device_and_no_simulation() -> None:
    """Arrays and floats in, arrays filled, a status out."""
    found = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in sources()
        if is_kernel(file)
        for line, module in imported(file)
        if part_named(module) not in {None, "_jit"} and "_kernels" not in module
    ]
    assert not found, listed(found)


def test_importing_the_package_imports_no_jupyter() -> None:
    command = "import sys, dwmtj_widgets; print('\\n'.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    modules = done.stdout.split()
    assert "dwmtj_widgets.hopfield.simulation" in modules
    assert [name for name in modules if JUPYTER.match(name.split(".")[0])] == []
    assert [
        name for name in modules if name.startswith(("dwmtj_widgets.labs", "dwmtj_widgets.widgets"))
    ] == []


def test_the_fixed_names_are_there() -> None:
    for name in ("Device", "Network", "Simulation", "hebbian_weights", "recall_many", "Refused"):
        assert callable(getattr(dwmtj_widgets, name)), name


LEFTOVERS = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|\bbreakpoint\(|\bpdb\b|/tmp/|/work/|/home/|\bimport \*|except\s*:|# *type: *ignore *$"
)


def test_nothing_is_left_lying() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number} {line.strip()}"
        for file in sources()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if LEFTOVERS.search(line)
    ]
    assert not found, listed(found)


def test_the_ground_prints_nothing_and_opens_no_file() -> None:
    """What a person reads and where files lie is decided above."""
    found = []
    for file in sources("hopfield"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"print", "open", "input"}
            ):
                found.append(f"{file.relative_to(ROOT)}:{node.lineno} calls {node.func.id}")
    assert not found, listed(found)


def test_the_picture_of_the_rooms_is_that_of_the_imports() -> None:
    assert picture() in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), "run `python -m tools.rooms`"
