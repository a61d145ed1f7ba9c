"""A saved run plays from a file, with the network cut, in a window and on a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_tools import browser_context

from dwmtj_widgets.labs import RecallLab

FILM = "document.getElementById('time').textContent"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A run with interventions as a file, and the time of its end in ns."""
    lab = RecallLab()
    lab.session.step(30e-9)
    lab.session.set_drive(weight=0.15)
    lab.session.flip_soma(3)
    lab.session.finish()
    path = tmp_path_factory.mktemp("film") / "run.html"
    path.write_text(lab.export.page(), encoding="utf-8")
    end = 1e9 * lab.session.simulation.time
    lab.close()
    return path, end


@pytest.fixture(
    params=[{"width": 1280, "height": 800}, {"width": 390, "height": 844}], ids=["window", "phone"]
)
def page(request: pytest.FixtureRequest, saved: tuple[Path, float]) -> Iterator[Any]:
    with browser_context(viewport=request.param) as context:
        context.set_offline(True)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(saved[0].as_uri())
        page.wait_for_function(f"() => parseFloat({FILM}) > 0")
        yield page
        assert errors == []


def test_it_plays_to_its_end_and_can_be_scrubbed(page: Any, saved: tuple[Path, float]) -> None:
    page.select_option("#speed", "50")
    page.wait_for_function("() => document.getElementById('play').textContent === 'Play'", timeout=60_000)
    assert page.text_content("#time") == f"{saved[1]:.2f} ns"
    assert "Converged" in page.text_content("#state") or "rest" in page.text_content("#state")
    painted = "() => document.getElementById('tracks').toDataURL().length"
    at_end = page.evaluate(painted)
    page.focus("#bar")
    page.keyboard.press("Home")
    page.wait_for_function(f"() => parseFloat({FILM}) === 0")
    assert page.text_content("#state") == "loading"
    assert page.evaluate(painted) != at_end


def test_an_intervention_is_gone_to_by_its_button(page: Any) -> None:
    first = page.locator("ol button").first
    assert "W 150 mV" in page.text_content("ol li")
    first.click()
    assert page.text_content("#time") == "30.00 ns"
    assert page.locator(".marks i").count() == page.locator("ol li").count() == 2


def test_nothing_reaches_beyond_the_page(page: Any) -> None:
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
