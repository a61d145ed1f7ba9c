"""What the documentation says: its code samples run, its commands exist, its papers are cited in full."""

import inspect
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from reference import ROOT
from typer.testing import CliRunner

import dwmtj_widgets
from dwmtj_widgets import server
from dwmtj_widgets.cli import app

PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STANDING = {"serve", "paper", "warmup"}
"""Commands that do not end by themselves, or not soon; their options are looked up and they are not run."""
SQUARE = "4 5\n1 2 1\n2 3 1\n3 4 1\n4 1 1\n1 3 1\n"


@dataclass(frozen=True)
class Sample:
    """A piece of code in a page."""

    page: Path
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def samples(language: str) -> list[Sample]:
    """Return the fenced pieces of a language in all pages."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in FENCED.finditer(text):
            if match[1] == language:
                found.append(Sample(page, text.count("\n", 0, match.start()) + 2, match[2]))
    return found


def commands() -> Iterator[tuple[Sample, list[str]]]:
    """Yield the words of every `dwmtj` command in the shell samples, without `dwmtj`."""
    for sample in [*samples("sh"), *samples("bash")]:
        for line in sample.code.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and Path(words[0]).name == "dwmtj":
                yield sample, words[1:]


def named(sample: Sample, words: list[str]) -> str:
    return f"{sample}: dwmtj {' '.join(words)}"


COMMANDS = list(commands())
RUN = [(sample, words) for sample, words in COMMANDS if words and words[0] not in STANDING]


def test_there_are_samples_to_run() -> None:
    """An empty list of parameters would pass unseen."""
    assert len(samples("python")) >= 12
    assert len(RUN) >= 5
    assert {sample.page.name for sample in samples("python")} >= {"README.md", "python.md", "extend.md"}


@pytest.mark.parametrize("sample", samples("python"), ids=str)
def test_python_samples_run(sample: Sample, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each in a namespace of its own; a server is not started, but told how."""
    monkeypatch.chdir(tmp_path)
    signature = inspect.signature(server.serve)
    monkeypatch.setattr(server, "serve", lambda *given, **named: signature.bind(*given, **named) and 0)
    code = compile("\n" * (sample.line - 1) + sample.code, str(sample.page), "exec")
    exec(code, {"__name__": "__sample__"})


@pytest.mark.parametrize(("sample", "words"), RUN, ids=[named(*item) for item in RUN])
def test_commands_run(
    sample: Sample, words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "square.txt").write_text(SQUARE, encoding="utf-8")
    done = CliRunner().invoke(app, words, prog_name="dwmtj")
    assert done.exit_code == 0, f"{named(sample, words)}\n{done.output}"
    assert done.output.strip()


@pytest.mark.parametrize(("sample", "words"), COMMANDS, ids=[named(*item) for item in COMMANDS])
def test_options_of_all_commands_exist(sample: Sample, words: list[str]) -> None:
    options = [word.split("=")[0] for word in words if word.startswith("--")]
    command = [word for word in words[:1] if not word.startswith("-")]
    done = CliRunner().invoke(app, [*command, "--help"], prog_name="dwmtj")
    assert done.exit_code == 0, f"{named(sample, words)}\n{done.output}"
    known = set(re.findall(r"--[a-z][a-z-]*", done.output))
    assert set(options) <= known, f"{named(sample, words)}: {sorted(set(options) - known)} unknown"


def test_every_page_is_reached_from_the_first() -> None:
    """Sphinx warns of a page that is in no table of contents; of a link to a page that is not there only if it is one
    of its own."""
    for page in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{page.name} links to {target}"


def test_citation_names_the_software_and_both_papers() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    for key in ("message", "title", "authors", "version", "license", "type", "abstract"):
        assert citation[key], key
    assert citation["type"] == "software"
    assert citation["version"] == dwmtj_widgets.__version__
    assert citation["license"] == "BSD-3-Clause"
    works = {entry["title"]: entry for entry in citation["references"]}
    assert len(works) == 3
    for title, entry in works.items():
        assert entry["type"] in {"article", "data"}, title
        assert entry["year"] and (entry.get("doi") or entry.get("url")), title
        assert all(author["family-names"] and author["given-names"] for author in entry["authors"]), title
    papers = [entry for entry in works.values() if entry["type"] == "article"]
    assert sorted(entry["authors"][0]["family-names"] for entry in papers) == ["Mathews", "Zheng"]


def test_changes_know_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(dwmtj_widgets.__version__)}\b", text, re.MULTILINE)


def pinned(name: str) -> dict[str, str]:
    """Return the versions that a list of requirements pins; every line must pin one."""
    versions = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            package, version = line.split("==")
            versions[package.lower().replace("_", "-")] = version
    return versions


def test_binder_pins_all_that_the_package_needs() -> None:
    """And nothing older than what `pyproject.toml` asks for."""
    import tomllib

    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = pinned("binder/requirements.txt")
    for text in project["dependencies"]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(locked[wanted.name.lower()]), text
    assert "jupyter-server-proxy" in locked


@pytest.mark.parametrize("script", ["binder/postBuild", "binder/start"])
def test_binder_scripts_are_programs(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111, f"{script} is not executable"
    subprocess.run(["bash", "-n", str(path)], check=True)


def test_proxied_server_starts_as_binder_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command in the settings, with what the proxy fills in, calls `serve` rightly."""
    import json

    settings = json.loads((ROOT / "binder/jupyter_server_config.json").read_text(encoding="utf-8"))
    entry = settings["ServerProxy"]["servers"]["dwmtj"]
    assert entry["absolute_url"] is True
    python, flag, program = (word.format(port=1234, base_url="/user/somebody/") for word in entry["command"])
    assert (python, flag) == ("python", "-c")
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    signature = inspect.signature(server.serve)

    def recorded(*given: Any, **named: Any) -> int:
        signature.bind(*given, **named)
        calls.append((given, named))
        return 0

    monkeypatch.setattr(server, "serve", recorded)
    exec(program, {})
    ((_given, options),) = calls
    assert options["port"] == 1234
    assert options["base_url"] == "/user/somebody/dwmtj/"
    assert options["open_browser"] is False


def test_foreign_addresses_in_a_page_are_found() -> None:
    pytest.importorskip("sphinx", reason="The documentation is built with the extra docs.")
    sys.path.insert(0, str(ROOT / "docs" / "_extensions"))
    try:
        from no_foreign_hosts import foreign_addresses
    finally:
        sys.path.pop(0)
    page = '<a href="https://a.example">x</a><script src="https://b.example/x.js"></script><img src="y.png">'
    assert foreign_addresses(page) == ["https://b.example/x.js"]
