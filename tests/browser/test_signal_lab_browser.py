"""The Signal Lab in a real browser: drawn, taught, running by itself, disturbed; recognition; refusals; a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import Served, served
from lab_pages.lab import LabPage

from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.snapshot import to_query

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "signal_lab.ipynb"

PROBES = """
Object.assign(probe, {
  data: (name) => ({ ...document.querySelector(`.dwmtj-${name} canvas, canvas.dwmtj-${name}`)?.dataset }),
  isActive: (name) => document.querySelector(`.dwmtj-${name}`).classList.contains("mod-active"),
  isPrimary: (name) => document.querySelector(`.dwmtj-${name}`).classList.contains("mod-primary"),
});
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    # So that the kernel of a fresh installation finds the engine compiled.
    network = MTJNetwork(4)
    network.train(waveform("sine", period=20e-9, sample_time=0.2e-9))
    network.generate(1e-9)
    with served(NOTEBOOK, preheat=1) as server:
        yield server


class Page(LabPage):
    """The open Signal Lab."""

    probes = PROBES

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-train")
        self.wait("probe.data('scope').frames > 0 && probe.text('time') !== ''")

    def instant(self, word: str) -> None:
        self.click("instant")
        self.wait_text("phase", word)

    def draw(self, *points: tuple[float, float]) -> None:
        """Drag the mouse over the waveform, through points of (share of the width, share of the height)."""
        box = self.page.locator(".dwmtj-waveform canvas").bounding_box()
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=6)
        self.page.mouse.up()


@pytest.fixture
def lab(server: Served, context) -> Iterator[Page]:
    lab = Page(context.new_page(), server.address)
    yield lab
    lab.close()


def test_lab_opens_complete_in_one_screen_and_refuses_bad_tables(lab: Page, tmp_path: Path) -> None:
    for name in (
        "waveform",
        "scope",
        "error-value",
        "spheres canvas",
        "raster-view canvas",
        "kick",
        "new-network",
    ):
        assert lab.ask(f"probe.inSight('.dwmtj-{name}')"), f"{name} is out of sight"
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3, "the page scrolls at 1280x800"
    assert lab.ask("['left', 'middle', 'right'].map((n) => document.querySelector('.dwmtj-' + n))"
                   ".every((e) => e.scrollHeight <= e.clientHeight)")  # fmt: skip
    assert lab.text("phase") == "ready"
    assert lab.ask("['train', 'generate', 'run'].filter(probe.isPrimary)") == ["train"]
    # Tables that hold no waveform: one sentence each, and all goes on.
    cases = ((b"1\nnan\n2\n", "finite"), (b"\x89PNG\x00\xff", "UTF-8"), (b"", "empty"))
    for number, (content, words) in enumerate(cases):
        path = tmp_path / f"wave{number}.csv"
        path.write_bytes(content)
        lab.open_file(path)
        lab.wait(f"probe.text('error').includes('{words}')")
        assert lab.ask("document.querySelectorAll('.dwmtj-error [role=alert]').length") == 1
        assert lab.ask("probe.isActive('shape-harmonics')")
    lab.click("step")
    lab.wait("probe.text('error') === '' && probe.number('time') === 1")


def test_draw_train_freeze_and_read_the_error_then_kick_and_cut(lab: Page) -> None:
    assert lab.ask("probe.isActive('shape-harmonics')")
    # A hump, a shoulder and a dip, from one end of the period to the other.
    height = [0.5, 0.28, 0.14, 0.2, 0.34, 0.42, 0.46, 0.54, 0.68, 0.82, 0.86, 0.74, 0.5]
    lab.draw(*((0.13 + 0.83 * k / 12, value) for k, value in enumerate(height)))
    lab.page.click(".dwmtj-waveform button:has-text('Smooth')")
    lab.wait("!probe.isActive('shape-harmonics')")
    lab.click("train")
    lab.wait("probe.text('phase') === 'training'")
    before = lab.ask("Number(probe.data('scope').frames)")
    lab.wait(f"probe.data('scope').frames > {before} + 10 && probe.number('time') > 20")
    lab.click("pause")
    lab.wait_text("phase", "held")
    lab.wait("probe.isPrimary('run')")
    # What was under way when the run was held still arrives; then the time stays for eight looks.
    lab.wait(
        "(window.looks = window.was === probe.number('time') ? (window.looks ?? 0) + 1 : 0,"
        " window.was = probe.number('time'), window.looks >= 8)"
    )
    held = lab.number("time")
    lab.click("step")
    lab.wait(f"probe.number('time') > {held}")
    assert lab.number("time") == pytest.approx(held + 1.0, abs=0.06)
    lab.instant("trained")
    lab.wait("probe.isPrimary('generate') && probe.number('time') === 2000")
    weights = lab.text("weights")
    assert float(weights) > 0.1
    lab.type_in("run-periods", 10)
    lab.click("generate")
    lab.wait("probe.number('time') > 2020")
    lab.instant("generated")
    lab.wait("probe.text('locked') === '10'")
    assert lab.text("weights") == weights, "the readout is frozen"
    assert 0.0 < lab.number("error-value") < 10.0
    assert lab.ask("document.querySelector('.dwmtj-waveform-key').textContent.includes('generated')")
    for width in (1366, 1280, 1199, 1024, 800):
        lab.page.set_viewport_size({"width": width, "height": 800})
        lab.wait(f"document.querySelector('.dwmtj-lab').clientWidth === {width}")
        assert lab.ask("probe.cut()") == [], width
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    lab.click("kick")
    lab.wait("probe.text('locked') === '–'")
    lab.click("cut-some")
    lab.wait("probe.text('alive') === '36'")
    lab.click("generate")
    lab.wait("probe.number('time') > 2240")
    lab.click("mend")
    lab.wait("probe.text('alive') === '40'")


def test_long_training_shows_its_progress_stops_and_is_looked_back_over(lab: Page) -> None:
    lab.type_in("size", 200)
    lab.wait("probe.text('alive') === '200'")
    lab.type_in("train-periods", 500)
    lab.wait("probe.text('phase-steps').includes('500 periods')")
    lab.click("instant")
    lab.wait("document.querySelector('.dwmtj-state progress')?.value > 0")
    lab.click("pause")
    lab.wait("!document.querySelector('.dwmtj-state progress')")
    assert 0.0 < lab.number("time") < 10_000.0
    assert lab.text("phase") == "held"
    end = lab.number("time")
    lab.page.focus(".dwmtj-scrub .noUi-handle")
    lab.page.keyboard.press("Home")
    lab.wait("probe.number('time') === 0")
    for _ in range(8):
        lab.page.keyboard.press("PageUp")
    lab.wait(f"probe.number('time') > 0 && probe.number('time') < 0.1 * {end}")
    moment = lab.number("time")
    lab.wait("!document.querySelector('.dwmtj-continue').disabled")
    lab.click("continue")
    lab.wait(f"probe.text('scrub-time') === 'live' && probe.number('time') > {moment}")
    assert lab.number("time") < end


def test_recognition_is_trained_tested_and_its_label_read(lab: Page) -> None:
    lab.page.click(".dwmtj-mode button:nth-child(2)")
    lab.page.wait_for_selector(".dwmtj-feed")
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3
    lab.type_in("teaching", 200)
    lab.wait("probe.text('phase-steps').includes('200 periods')")
    lab.click("train")
    lab.wait_text("phase", "trained")
    lab.wait("probe.number('accuracy') > 90")
    assert lab.ask("document.querySelectorAll('.dwmtj-confusion td[style]').length") == 9
    lab.click("feed")
    for kind in ("square", "sine"):
        lab.click(f"feed-{kind}")
        lab.wait(f"probe.text('label') === '{kind}'")
    # A wave drawn by hand: high, then low.
    lab.draw((0.15, 0.12), (0.5, 0.12), (0.51, 0.86), (0.85, 0.86))
    lab.wait("probe.isActive('feed-drawn')")
    lab.wait("probe.text('label') === 'square'")


def test_what_was_learnt_is_there_after_a_look_at_the_other_mode(lab: Page) -> None:
    lab.type_in("train-periods", 5)
    lab.click("instant")
    lab.wait("probe.number('time') === 100")
    lab.wait("new URL(location.href).searchParams.has('s')")  # which the page keeps for a reload
    lab.page.click(".dwmtj-mode button:nth-child(2)")
    lab.page.wait_for_selector(".dwmtj-feed")
    lab.page.click(".dwmtj-mode button:nth-child(1)")
    lab.wait("probe.number('time') === 100")


def test_address_with_a_setting_opens_on_a_phone_without_sideways_scrolling(server: Served, context) -> None:
    session = SignalSession()
    session.choose("triangle")
    session.renew(size=25, seed=3)
    query = to_query("signal", {"mode": "generate", **session.setting.fields()})
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    lab = Page(phone.new_page(), f"{server.address}?s={query}")
    lab.wait("probe.isActive('shape-triangle') && probe.text('alive') === '25'")
    assert all(sideways == 0 for sideways, _down in lab.ask("probe.overflow()"))
    assert lab.ask("probe.inSight('.dwmtj-train') && probe.inSight('.dwmtj-scope')")
    assert lab.ask("probe.inSight('.dwmtj-scrub-bar')")
    lab.page.tap(".dwmtj-train")
    lab.wait("probe.text('phase') === 'training'")
    lab.close()
    phone.close()
