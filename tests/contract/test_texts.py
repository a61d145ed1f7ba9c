"""The texts of the labs: all are in the catalogue, all have a German one, and a German lab shows no English one."""

import ast
import html
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from reference import ROOT
from typer.testing import CliRunner

from dwmtj_widgets import texts
from dwmtj_widgets.cli import app
from dwmtj_widgets.explore import knobs
from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.hopfield.variation import Variation
from dwmtj_widgets.mtj_rnn import NetworkSettings
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.server.gallery import ROOMS, exhibits, gallery_page
from dwmtj_widgets.server.places import full_page
from dwmtj_widgets.server.scripts import page_texts
from dwmtj_widgets.server.serving import serve

PACKAGE = ROOT / "dwmtj_widgets"
TEMPLATE = texts.LOCALE / "dwmtj.pot"
GERMAN = texts.LOCALE / "de" / "LC_MESSAGES" / "dwmtj.po"
PLACE = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")
SENTENCE = "The language 'xx' is not there; choose en or de."


def messages(catalogue: Catalog) -> dict:
    return {message.id: message for message in catalogue if message.id}


@cache
def template() -> dict:
    return messages(read_po(io.BytesIO(TEMPLATE.read_bytes())))


@cache
def german() -> dict:
    return messages(read_po(io.BytesIO(GERMAN.read_bytes()), locale="de"))


# -- the catalogue -----------------------------------------------------------------------------------------------


def test_template_is_what_stands_in_the_code(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    found = tmp_path / "found.pot"
    command = "pybabel -q extract -F babel.cfg -k tr -k translatable -o"
    CommandLineInterface().run([*command.split(), str(found), "."])
    assert set(messages(read_po(io.BytesIO(found.read_bytes())))) == set(template()), "run pybabel extract"


def test_every_marked_text_of_python_is_found() -> None:
    """Babel does not look into f-strings."""
    marked = {
        call.args[0].value
        for file in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("tr", "translatable")
        if isinstance(call.args[0], ast.Constant)
    }
    assert len(marked) > 500
    assert marked <= set(template())


def sources() -> list[Path]:
    """Return the scripts, and the templates of pages, as they are written."""
    folders = [folder for folder in (ROOT / "js").iterdir() if folder.name != "node_modules"]
    modules = [file for folder in folders for file in folder.rglob("*.js")]
    assert len(modules) > 30
    return [*modules, *PACKAGE.rglob("*.j2")]


def test_every_marked_text_of_scripts_is_found() -> None:
    for file in sources():
        script = file.read_text(encoding="utf-8")
        marked = texts.marked(script)
        assert set(marked) <= set(template()), file
        # What is named from Python: the gallery's rooms and labs.
        others = re.findall(r"\btr\((?:text\)|room\)|item\.)", script)
        assert len(re.findall(r"\btr\(", script)) == len(marked) + len(others), f"no literal in {file}"


def test_bundles_say_what_their_modules_say() -> None:
    """A bundler may write a string or a name in another way, which `texts_of` would not find."""
    written = {file: set(texts.marked(file.read_text(encoding="utf-8"))) for file in sources()}
    bundles = {file.stem: file for file in PACKAGE.rglob("*.js")}
    bundles["page"] = bundles.pop("dwmtj")
    assert len(bundles) > 10
    bundled = set()
    for name, bundle in bundles.items():
        script = bundle.read_text(encoding="utf-8")
        own = {text for file, found in written.items() if file.parent.name == name for text in found}
        assert own <= set(texts.marked(script)), bundle
        bundled |= set(texts.marked(script))
    modules = {text for file, found in written.items() if ROOT / "js" in file.parents for text in found}
    assert bundled == modules


def test_names_given_elsewhere_are_in_the_catalogue() -> None:
    fields = (Device.controls(), Variation.controls(), NetworkSettings.controls(), Junction.controls())
    labels = [entry.metadata["label"] for some in fields for entry in some.values()]
    labels += [knob.label for task in knobs.TASKS for knob in knobs.knobs_of(task).values()]
    labels += [
        text for item in exhibits() if ROOMS[item.room] != "Lessons" for text in (item.title, item.sentence)
    ]
    assert len(labels) > 30
    assert set(labels) <= set(template())


def test_every_text_has_a_german_one() -> None:
    assert set(german()) == set(template()), "run pybabel update"
    wrong = []
    for text, message in german().items():
        same = all(
            Counter(kind.findall(text)) == Counter(kind.findall(message.string)) for kind in (PLACE, TAG)
        )
        if not message.string.strip() or message.fuzzy or not same:
            wrong.append((text, message.string))
    assert wrong == []


def test_compiled_catalogue_is_that_of_the_text_file() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(GERMAN.read_bytes()), locale="de"))
    compiled.seek(0)
    stored = read_mo(io.BytesIO(GERMAN.with_suffix(".mo").read_bytes()))
    told = {text: message.string for text, message in messages(read_mo(compiled)).items()}
    assert {text: message.string for text, message in messages(stored).items()} == told, "run pybabel compile"


# -- choosing a language -----------------------------------------------------------------------------------------


def in_german(code: str, language: str = "de") -> subprocess.CompletedProcess:
    environment = {**os.environ, texts.VARIABLE: language}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT, env=environment
    )


def test_languages() -> None:
    assert texts.LANGUAGES == ("en", "de")
    assert texts.tr("Running.") == "Running."
    assert texts.catalogue("de").gettext("Running.") == "Läuft."


def test_unknown_language_is_one_sentence() -> None:
    with pytest.raises(Refused, match=re.escape(SENTENCE)):
        serve("recall_lab", language="xx", open_browser=False)
    done = CliRunner().invoke(app, ["serve", "--language", "xx", "--no-browser"])
    assert done.exit_code == 2 and done.stderr.strip() == SENTENCE
    done = in_german("from dwmtj_widgets.labs import RecallLab", "xx")
    assert (
        done.returncode == 1 and done.stderr.splitlines()[-1] == f"dwmtj_widgets.refusals.Refused: {SENTENCE}"
    )


def test_scripts_get_the_texts_that_they_use() -> None:
    script = 'say(tr("Undone.")); say(tr("No " +\n  "edge.")); tr(\n  "cut",\n); other("Running.")'
    assert texts.texts_of(script, "de") == {
        "Undone.": "Zurückgenommen.",
        "No edge.": "Keine Kante.",
        "cut": "getrennt",
    }
    assert texts.texts_of(script) == {}


def test_pages_of_the_server_are_german() -> None:
    page = gallery_page(exhibits(), "/", "de")
    assert '<html lang="de">' in page and "Erinnerungs-Labor" in page and "Draw a picture" not in page
    assert '<html lang="de">' in full_page("de") and "Alle Plätze sind belegt." in full_page("de")
    assert page_texts("de")["All labs"] == "Alle Labore"
    assert page_texts("en") == {}


# -- the labs ----------------------------------------------------------------------------------------------------

SHOWN = """
import json
from ipywidgets import Widget
from dwmtj_widgets import labs

# What nobody reads: names of models and classes, scripts, style sheets, lines of Python.
KEYS = ("_model", "_view", "_esm", "_css", "_dom", "_anywidget", "layout", "style", "icon", "mode", "marker")

def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if not key.startswith(KEYS):
                yield from strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from strings(one)

shown = {}
for name in labs.__all__:
    lab = getattr(labs, name)()
    waiting, told = [lab.widget], set()
    if hasattr(lab, "desk") and hasattr(lab.desk, "instant"):
        lab.desk.instant()
    while waiting:
        widget = waiting.pop()
        waiting.extend(getattr(widget, "children", ()))
        told.update(strings(widget.get_state()))
    shown[name] = sorted(text for text in told if not text.lstrip().startswith("<style"))
    lab.close()
print(json.dumps(shown))
"""


def test_labs_in_german_show_no_english() -> None:
    done = in_german(SHOWN)
    assert done.returncode == 0, done.stderr
    labs = json.loads(done.stdout.splitlines()[-1])
    assert len(labs) >= 5
    translated = {message.string for message in german().values()}
    english = {
        text: re.compile(".+".join(map(re.escape, PLACE.split(TAG.sub("", text)))) + r"\Z")
        for text, message in german().items()
        if message.string != text and text not in translated
    }
    for name, shown in labs.items():
        parts = {html.unescape(part).strip() for text in shown for part in re.split(r"<[^>]*>|\n", text)}
        assert len(parts & translated) > 20, name
        found = {(text, part) for part in parts for text, pattern in english.items() if pattern.match(part)}
        assert found == set(), name
