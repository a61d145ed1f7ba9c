"""The notebooks of the lessons run, and are plain."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from reference import ROOT
from visitors.lessons import FOLDER

from dwmtj_widgets.labs.lessons.course import TOPICS
from dwmtj_widgets.server.gallery import exhibits

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_seven_lessons_in_the_gallery_and_the_solutions_are_not() -> None:
    assert [path.stem for path in NOTEBOOKS] == [f"{k:02d}_{name}" for k, name in enumerate(TOPICS, 1)]
    shown = {item.name: item for item in exhibits()}
    for number, path in enumerate(NOTEBOOKS, 1):
        item = shown[f"lessons/{path.stem}"]
        assert item.order == number and item.title.startswith(f"{number} · ")
    assert not any("solution" in name or "teacher" in name for name in shown)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_lesson_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) == 6
    for cell in code:
        shown = [mime for output in cell.outputs for mime in output.get("data", {})]
        assert "application/vnd.jupyter.widget-view+json" in shown, cell.source
        assert not any(output.output_type in ("error", "stream") for output in cell.outputs), cell.outputs


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_lesson_is_plain(path: Path) -> None:
    """A line or two of code a cell, no outputs kept, and links that lead to lessons that are there."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
            assert len([line for line in text.splitlines() if line.strip()]) <= 3
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert (FOLDER / target).is_file(), target
    joined = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    for part in ("lesson.prediction", "lesson.outcome", "lesson.figure", "lesson.check", "lesson.exercise"):
        assert part in joined
