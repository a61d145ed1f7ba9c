"""The Statistics Lab in a real browser: curves that grow, stop and go on, a point that is clicked, a bad input."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser_tools import served
from lab_pages.lab import LabPage

from dwmtj_widgets.tasks.random_recall import Conditions, run_trial, wrong_bits
from dwmtj_widgets.units import quantity

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "statistics_lab.ipynb"
SIZES = (5, 13, 21)

PROBES = """
Object.assign(probe, {
  chart: (name) => document.querySelector(`.dwmtj-${name}-chart .dwmtj-curve-plot`)
    ?? document.querySelector(`.dwmtj-curve-plot.dwmtj-${name}-chart`),
  points: (name) => Number(probe.chart(name)?.dataset.points ?? -1),
  /** Where the marker of a curve's point is in the window. */
  place: (name, curve, index) => {
    const marker = probe.chart(name).querySelectorAll(`.curve[data-name="${curve}"] .point`)[index];
    const { left, top, width, height } = marker.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  },
});
"""


class Page(LabPage):
    """The open Statistics Lab."""

    probes = PROBES

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-start")
        self.wait("probe.chart('accuracy')?.querySelector('.message')")

    def ask_for(self, sizes: tuple[int, ...], trials: int) -> None:
        """Ask for one and three patterns, and wait until the kernel has heard of it."""
        self.type_in("smallest", sizes[0])
        self.type_in("largest", sizes[-1])
        self.type_in("steps", len(sizes))
        self.type_in("trials", trials)
        for count in (2, 4):
            self.click(f"patterns-{count}")
        self.wait(f"probe.text('plan').includes('{len(sizes)} sizes × 2 curves × {trials:,} trials')")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    run_trial(Conditions(), 5, 1, 0)  # so that the kernels of a fresh installation find theirs compiled
    with served(NOTEBOOK, preheat=1) as server:
        yield server.address


@pytest.fixture
def lab(address: str, context) -> Iterator[Page]:
    lab = Page(context.new_page(), address)
    yield lab
    lab.close()


def test_a_survey_grows_stops_goes_on_and_shows_a_point(lab: Page) -> None:
    # The first look: all in one screen, with what theory says.
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3, "the page scrolls at 1280x800"
    for name in ("start", "accuracy-chart", "progress", "sizes", "patterns", "trials", "point", "time-chart"):
        assert lab.ask(f"probe.inSight('.dwmtj-{name}')"), f"{name} is out of sight"
    assert lab.ask("probe.chart('accuracy').querySelectorAll('.mark').length") == 4
    assert lab.page.is_disabled(".dwmtj-stop")
    assert lab.page.is_disabled(".dwmtj-continue")

    # Curves grow while the trials are made, and stay as they are after Stop.
    lab.ask_for(SIZES, 4000)
    lab.click("start")
    lab.wait("probe.points('accuracy') > 0 && probe.text('state').includes('left')")
    done = lab.ask("probe.number('done')")
    lab.wait(
        f"probe.number('done') > {done} && probe.points('accuracy') === 12 && probe.points('time') === 6"
    )
    assert lab.ask("document.querySelector('.dwmtj-progress progress').max") == 24_000
    lab.click("stop")
    lab.wait_text("state", "stopped")
    progress = "document.querySelector('.dwmtj-progress progress').value"
    rest = f"[probe.number('done'), {progress}, probe.text('accuracy-chart')]"
    held = lab.page.evaluate(f"() => probe.answers(() => {rest})")
    assert len(held) == 1, "trials are made after Stop"
    done = lab.ask("probe.number('done')")
    assert 0 < done < 24_000

    # Continue adds to what is there.
    lab.click("continue")
    lab.wait(f"probe.number('done') > {done}")
    lab.click("stop")
    lab.wait_text("state", "stopped")
    assert lab.ask("probe.number('done')") > done

    # A click on a point shows its trials; one of them is what the engine alone makes of the same seeds.
    lab.page.mouse.click(*lab.ask("probe.place('accuracy', '3 patterns, device', 0)"))
    lab.wait("probe.text('point').includes('N = 5, 3 patterns')")
    assert lab.ask("probe.chart('accuracy').querySelector('.tip').textContent").startswith(
        "3 patterns, device"
    )
    assert re.search(r"Time [\d.]+ ns, median [\d.]+, 95 %: [\d.]+–[\d.]+", lab.text("time-distribution"))
    assert lab.ask("probe.chart('accuracy').querySelector('.ring').getAttribute('visibility')") == "visible"
    trial = run_trial(Conditions(), 5, 3, 0)
    wanted = f"{wrong_bits(trial.run.bits, trial.patterns):.0f} of 5 bits wrong"
    lab.wait(f"probe.text('outcome').includes('{wanted}')")
    assert quantity(trial.run.time, "s", decimals=2) in lab.text("outcome")
    assert "neurons=5, patterns=3, trial=0" in lab.page.input_value(".dwmtj-python textarea")


def test_a_finished_survey_reads_as_the_engine_has_it_and_bad_input_is_one_sentence(lab: Page) -> None:
    lab.ask_for(SIZES, 12)
    lab.click("start")
    lab.wait_text("state", "done")
    lab.page.click(".dwmtj-table-panel .jupyter-widget-Collapse-header")
    lab.wait("document.querySelectorAll('.dwmtj-table tbody tr').length === 6")
    rows = lab.ask(
        "[...document.querySelectorAll('.dwmtj-table tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))"
    )
    for row in rows:
        patterns, neurons = int(row[0]), int(row[1])
        trials = [run_trial(Conditions(), neurons, patterns, k) for k in range(12)]
        right = 1 - np.mean([wrong_bits(t.run.bits, t.patterns) for t in trials]) / neurons
        assert row[2] == "12"
        assert row[3] == quantity(float(right), "%", decimals=2)
        assert row[8] == quantity(float(np.mean([t.run.time for t in trials])), "s")

    # The keys walk along a curve, say what they are at, and choose.
    lab.page.focus(".dwmtj-accuracy-chart .dwmtj-curve-plot, .dwmtj-curve-plot.dwmtj-accuracy-chart")
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        lab.page.keyboard.press(key)
    tip = lab.ask("probe.chart('accuracy').querySelector('.tip').textContent")
    assert re.match(r"3 patterns, device, N = 13: [\d.]+ % \([\d.]+ to [\d.]+\), 12 trials", tip)
    lab.page.keyboard.press("Enter")
    lab.wait("probe.text('point').includes('N = 13, 3 patterns')")

    lab.type_in("largest", 999)
    lab.wait("document.querySelector('.dwmtj-error [role=alert]')")
    sentence = lab.text("error").strip()
    assert sentence == "largest size is 999; it must lie between 3 and 200."
    # Were it begun, 78 recalls would be made. The field that comes after the click is answered after it.
    lab.type_in("trials", 13)
    lab.click("start")
    lab.type_in("trials", 14)
    lab.wait_text("continue", "+ 14 trials")
    assert (lab.ask("probe.number('done')"), lab.text("state")) == (72, "done")
    assert "Traceback" not in lab.page.inner_text("body")
    lab.type_in("largest", 21)
    lab.wait("!document.querySelector('.dwmtj-error [role=alert]')")


def test_a_phone_sees_the_chart_first_and_can_tap_a_point(address: str, context) -> None:
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    lab = Page(phone.new_page(), address)
    assert [x for x, _ in lab.ask("probe.overflow()")] == [0, 0, 0], "the page scrolls sideways"
    for name in ("start", "accuracy-chart"):
        assert lab.ask(f"probe.inSight('.dwmtj-{name}')"), f"{name} is out of sight"
    lab.ask_for(SIZES, 10)
    lab.page.tap(".dwmtj-start")
    lab.wait_text("state", "done")
    lab.page.locator(".dwmtj-accuracy-chart").scroll_into_view_if_needed()
    lab.page.touchscreen.tap(*lab.ask("probe.place('accuracy', '3 patterns, device', 2)"))
    lab.wait("probe.text('point').includes('N = 21, 3 patterns')")
    lab.close()
    phone.close()
