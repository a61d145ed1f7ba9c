"""What is refused is `Refused`: a ValueError of ours says that a program is wrong, and this list says where."""

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from reference import ROOT

from dwmtj_widgets import Refused
from dwmtj_widgets.refusals import Unable

PACKAGE = ROOT / "dwmtj_widgets"

PROGRAMS_ALONE = {
    "_jit.py": "a cached kernel that is damaged; the cache drops it",
    "labs/common/page.py": "a lab names an area that no page has",
    "labs/lessons/answers.py": "a lesson asks without an answer or a hint",
    "labs/lessons/asking.py": "a lesson names an option that it does not have",
    "widgets/page/share_box.py": "a lab leaves out what the box gives or takes",
    "widgets/plots": "a lab draws arrays that do not go together; nobody types them",
    "widgets/views": "as in the plots",
}
"""Files and folders in which a plain ValueError may be raised, and of what; pages report it as a fault of ours."""


def raised(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the class of every error that a file raises by name."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and node.exc is not None:
            error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(error, ast.Name):
                yield node.lineno, error.id


def test_what_is_refused_is_refused_by_name() -> None:
    left, used = [], set()
    for file in sorted(PACKAGE.rglob("*.py")):
        inside = file.relative_to(PACKAGE).as_posix()
        place = next((one for one in PROGRAMS_ALONE if inside == one or inside.startswith(f"{one}/")), None)
        for line, error in raised(file):
            if error == "ValueError" and place is None:
                left.append(f"{inside}:{line}")
            elif error == "ValueError":
                used.add(place)
    assert left == [], "raise Refused for input, and add to the list what only a program can do wrong"
    assert used == PROGRAMS_ALONE.keys(), "the list names a place that raises no ValueError any more"


@pytest.mark.parametrize(("kind", "builtin"), [(Refused, ValueError), (Unable, RuntimeError)])
def test_a_refusal_is_caught_by_its_builtin_and_comes_out_of_another_process(
    kind: type[Refused], builtin: type[Exception]
) -> None:
    refusal = kind("N is 0; it must be at least 2.")
    assert isinstance(refusal, builtin) and isinstance(refusal, Refused)
    again = pickle.loads(pickle.dumps(refusal))
    assert (type(again), str(again)) == (kind, str(refusal))
