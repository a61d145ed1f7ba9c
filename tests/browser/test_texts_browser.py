"""A German server in a real browser: the Recall Lab says what it does in German, and nothing is cut off."""

import re
from collections.abc import Iterator

import pytest
from browser_tools import browser_context, served
from lab_pages.lab import LabPage


class GermanPage(LabPage):
    """The open Recall Lab of a German server."""

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-track-canvas[data-frames]")
        self.wait_for_part(".dwmtj-share-address")


@pytest.fixture(scope="module")
def lab() -> Iterator[GermanPage]:
    with served(None, language="de") as server, browser_context() as context:
        page = GermanPage(context.new_page(), f"{server.address}recall_lab")
        yield page
        page.close()


def test_recall_lab_runs_in_german(lab: GermanPage) -> None:
    assert lab.ask("document.documentElement.lang") == "de"
    assert lab.text("home") == "Alle Labore"
    assert lab.text("title") == "Erinnerungs-Labor"
    assert lab.text("run") == "▶ Starten"
    assert lab.text("phase") == "bereit"
    lab.page.click(".dwmtj-run")
    lab.wait("probe.text('phase') === 'konvergiert'")
    assert lab.text("run") == "▶ Neu starten"
    assert lab.text("state") == "Konvergiert: Alle Wände ruhen."
    assert re.fullmatch(r"Muster \d(, invers)?", lab.text("nearest"))


def test_scripts_and_style_sheets_speak_german(lab: GermanPage) -> None:
    assert lab.text("share-address") == "Link"
    editor = lab.ask("document.querySelector('.dwmtj-editor canvas').getAttribute('aria-label')")
    assert re.fullmatch(r"Pixeleditor: 10 mal 10 Zellen, \d+ an", editor)
    assert lab.ask("document.querySelector('.dwmtj-upload').textContent") == "Öffnen"


def test_no_german_text_is_cut_off(lab: GermanPage) -> None:
    assert lab.ask("probe.cut()") == []
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3, "the page scrolls at 1280x800"
