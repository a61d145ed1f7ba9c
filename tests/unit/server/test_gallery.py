"""Notebooks by name, the gallery's page, and the address for others."""

import json
import re
from pathlib import Path

import pytest
from browser_tools import write_notebook

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.server import notebooks_folder, serve
from dwmtj_widgets.server.app import origin_for_others
from dwmtj_widgets.server.gallery import exhibits, gallery_page
from dwmtj_widgets.server.notebooks import find_notebook, notebook_names, title_of


def test_notebooks_are_found_by_name_and_by_path(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "max_cut.ipynb", "1")
    assert json.loads(find_notebook(path).read_text(encoding="utf-8"))["cells"]
    assert title_of(path) == "Max Cut"
    assert notebooks_folder().is_dir()
    with pytest.raises(FileNotFoundError, match="There is no notebook named 'nonsense' in"):
        serve("nonsense")
    with pytest.raises(FileNotFoundError, match=r"There is no notebook '.*away\.ipynb'"):
        serve(tmp_path / "away.ipynb")
    with pytest.raises(Refused, match="port is 70000; it must lie between 0 and 65535"):
        serve(path, port=70000)
    with pytest.raises(Refused, match="preheat is -1"):
        serve(path, preheat=-1)
    with pytest.raises(Refused, match="base_url is '/a b', but must be made of letters, digits and"):
        serve(path, base_url="/a b")


def test_every_lab_and_lesson_is_in_the_gallery_with_a_picture() -> None:
    shown = {item.name: item for item in exhibits()}
    wanted = {name for name in notebook_names() if name.endswith("_lab") or name.startswith("lessons/")}
    assert wanted <= set(shown)
    for item in shown.values():
        assert item.picture is not None, f"{item.name} has no picture"
        assert item.picture.stat().st_size < 150_000
        assert item.sentence.endswith(".")
    page = gallery_page(list(shown.values()), "/some/where/")
    for item in shown.values():
        assert f'href="/some/where/{item.name}"' in page
        assert item.title in page


def test_address_for_others_is_the_one_they_reach() -> None:
    assert origin_for_others("127.0.0.1", 80) == origin_for_others("localhost", 80) == ""
    assert origin_for_others("192.0.2.7", 8866) == "http://192.0.2.7:8866"
    assert origin_for_others("fd00::7", 8866) == "http://[fd00::7]:8866"
    own = origin_for_others("0.0.0.0", 8866)
    assert own == "" or re.fullmatch(r"http://\d+\.\d+\.\d+\.\d+:8866", own)
    assert not own.startswith("http://0."), "an address that nobody can open"
