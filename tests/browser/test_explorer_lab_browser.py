"""The Explorer in a real browser: a map that fills, stops and goes on, a point that opens as the very run, files."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser_tools import served
from lab_pages.lab import LabPage, picture_of

from dwmtj_widgets.explore import Point, Sweep, linear, run_sweep
from dwmtj_widgets.explore.trials import measured
from dwmtj_widgets.units import quantity

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "explorer.ipynb"
VOLTS = linear(0.05, 0.15, 3)

PROBES = """
Object.assign(probe, {
  map: () => document.querySelector(".dwmtj-heat-map"),
  values: () => probe.map().dataset.values.split(","),
  tip: () => probe.map().querySelector(".tip").textContent,
});
"""


class Page(LabPage):
    """The open Explorer."""

    probes = PROBES

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-start")
        self.wait("probe.map()?.dataset.cells === '0'")

    def ask_for(self, trials: int) -> None:
        """Ask for 3 x 3 points of 9 neurons, and wait until the kernel has heard of it."""
        self.type_in("setting-value", 9)
        for letter in "xy":
            for name, number in (("low", 50), ("high", 150), ("count", 3)):
                self.type_in(f"{name}-{letter}", number)
        self.type_in("trials", trials)
        self.wait(f"probe.text('plan').startsWith('9 points × {trials:,} trials')")
        self.wait("probe.map().dataset.columns === '3' && probe.text('chips').includes('N = 9')")

    def place(self, column: int, row: int) -> tuple[float, float]:
        """Where a cell of a map of 3 x 3 is in the window, by walking over it."""
        box = self.page.locator(".dwmtj-heat-map").bounding_box()
        wanted = f"W = {1000 * VOLTS[column]:g} mV, V_C = {1000 * VOLTS[row]:g} mV"
        for share_x in np.linspace(0.1, 0.8, 8):
            for share_y in np.linspace(0.05, 0.9, 8):
                x, y = box["x"] + share_x * box["width"], box["y"] + share_y * box["height"]
                self.page.mouse.move(x, y)
                if self.ask("probe.tip()").startswith(wanted):
                    return x, y
        raise AssertionError(f"There is no cell of {wanted}.")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    # So that the kernels of a fresh installation find theirs compiled.
    measured(Point("random_recall", {}), 0, 0)
    with served(NOTEBOOK, preheat=1) as server:
        yield server.address


@pytest.fixture
def lab(address: str, context) -> Iterator[Page]:
    lab = Page(context.new_page(), address)
    yield lab
    lab.close()


def test_a_sweep_stops_goes_on_is_saved_and_opens_as_the_very_run(lab: Page, tmp_path: Path) -> None:
    # The first look: all in one screen, with the paper's point and what Start would cost.
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3, "the page scrolls at 1280x800"
    for name in (
        "start",
        "map",
        "progress",
        "task",
        "parameter-x",
        "parameter-y",
        "trials",
        "quantity-choice",
    ):
        assert lab.ask(f"probe.inSight('.dwmtj-{name}')"), f"{name} is out of sight"
    assert lab.ask("probe.map().dataset.spots") == "Table I"
    assert lab.text("plan").startswith("64 points × 30 trials: 1,920 recalls, about ")
    for name in ("stop", "continue", "finer", "export-csv"):
        assert lab.page.is_disabled(f".dwmtj-{name}"), name

    # The map fills while trials are made, and stays as it is after Stop.
    lab.ask_for(4000)
    lab.click("start")
    lab.wait("Number(probe.map().dataset.cells) === 9 && probe.text('state').includes('left')")
    done = lab.ask("probe.number('done')")
    lab.wait(f"probe.number('done') > {done}")
    lab.click("stop")
    lab.wait("probe.text('state') === 'stopped' && !document.querySelector('.dwmtj-continue').disabled")
    rest = "[probe.number('done'), probe.map().dataset.values]"
    held = lab.page.evaluate(f"() => probe.answers(() => {rest})")
    assert len(held) == 1, "trials are made after Stop"
    done = lab.ask("probe.number('done')")
    assert 0 < done < 36_000

    # Continue adds to what is there.
    lab.click("continue")
    lab.wait(f"probe.number('done') > {done}")
    lab.click("stop")
    lab.wait_text("state", "stopped")
    done = lab.ask("probe.number('done')")

    # Fewer trials are all there; the numbers are those of the engine alone.
    lab.type_in("trials", 20)
    lab.wait("probe.text('plan').startsWith('9 points × 20 trials')")
    lab.click("start")
    lab.wait_text("state", "done")
    sweep = Sweep(
        "random_recall", {"weight": VOLTS, "charge_voltage": VOLTS}, trials=20, fixed={"neurons": 9}
    )
    result = run_sweep(sweep)
    statistics = result.statistics()
    values = [float(value) for value in lab.ask("probe.values()")]
    np.testing.assert_allclose(values, statistics["edp"] * 1e18, rtol=1e-5)
    lab.wait("probe.map().dataset.spots === 'Table I; least'")

    # Pointing at a cell shows its numbers, a click its trials.
    x, y = lab.place(2, 1)
    tip, value = lab.ask("probe.tip()"), statistics["edp"][7] * 1e18
    assert f": {value:.4g} aJ s, 95 %: " in tip and tip.endswith(", 20 trials")
    lab.page.mouse.click(x, y)
    lab.wait("probe.text('where') === 'W = 150 mV, V_C = 100 mV' && probe.text('point-trials') === '20'")
    lab.type_in("trial", 13)
    time, energy = result.rows[7, 13, :2]
    lab.wait(f"probe.text('outcome').includes('{quantity(time, 's', decimals=2)}')")
    assert lab.page.input_value(".dwmtj-trial-python textarea").count("trial_of(point, 0, 13)") == 1

    # The run behind it moves, and ends as it did in the sweep.
    lab.click("open-run")
    lab.wait("document.querySelector('.dwmtj-explorer-run .dwmtj-run')?.textContent === 'Running …'")
    lab.wait("parseFloat(probe.text('time')) > 1")
    assert not lab.page.is_visible(".dwmtj-start")
    lab.page.click(".dwmtj-explorer-run .dwmtj-instant")
    lab.wait("probe.text('run-verdict') === 'This run ended the same, to the last bit.'")
    assert lab.text("time") == quantity(time, "s", decimals=2)
    assert lab.text("energy") == quantity(energy, "J", decimals=3)
    lab.click("close-run")
    lab.page.wait_for_selector(".dwmtj-start:visible")
    lab.wait("!document.querySelector('.dwmtj-explorer-run .dwmtj-run')")
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3

    # What is saved is what was measured.
    with lab.saved_file("export-csv", tmp_path).open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["edp_estimate_J_s"]) for row in rows] == statistics["edp_estimate"].tolist()
    assert picture_of(lab.saved_file("export-png", tmp_path)).shape[1] > 1000


def test_keys_walk_over_the_map_and_bad_input_is_one_sentence(lab: Page, tmp_path: Path) -> None:
    lab.ask_for(5)
    lab.click("start")
    lab.wait_text("state", "done")
    lab.page.focus(".dwmtj-heat-map")
    lab.page.keyboard.press("ArrowRight")
    assert lab.ask("probe.tip()").startswith("W = 50 mV, V_C = 50 mV: ")
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"):
        lab.page.keyboard.press(key)
    assert lab.ask("probe.tip()").startswith("W = 100 mV, V_C = 150 mV: ")
    assert lab.ask("probe.map().querySelector('.tip').getAttribute('role')") == "status"
    lab.page.keyboard.press("Enter")
    lab.wait("probe.text('where') === 'W = 100 mV, V_C = 150 mV' && probe.map().dataset.selected === '1,2'")

    shown = lab.ask("probe.map().dataset.values")
    lab.type_in("high-x", 20)
    lab.wait("document.querySelector('.dwmtj-error [role=alert]')")
    sentence = lab.text("error").strip()
    assert sentence == "The range of weight goes from 50 mV to 20 mV; its first value must be the lower one."
    assert lab.ask("probe.map().dataset.values") == shown
    assert "Traceback" not in lab.page.inner_text("body")
    lab.type_in("high-x", 150)
    lab.wait("!document.querySelector('.dwmtj-error [role=alert]')")

    # Figure 8 is a curve, with what is printed; it too can be saved as a picture.
    lab.click("preset-figure-8")
    lab.wait("probe.text('plan').startsWith('12 points × 400 trials')")
    lab.type_in("trials", 5)
    lab.wait("probe.text('plan').startsWith('12 points × 5 trials')")
    lab.click("start")
    lab.wait_text("state", "done")
    for name, points in (("measured", "12"), ("printed in figure 8", "1")):
        lab.wait(
            f"document.querySelector('.dwmtj-curve-plot [data-name^=\"{name}\"]')?.dataset.points === '{points}'"
        )
    assert not lab.page.is_visible(".dwmtj-heat-map")
    assert picture_of(lab.saved_file("export-png", tmp_path)).shape[1] > 1000


def test_a_phone_sees_the_map_first_and_can_tap_a_point(address: str, context) -> None:
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    lab = Page(phone.new_page(), address)
    assert [x for x, _ in lab.ask("probe.overflow()")] == [0, 0, 0], "the page scrolls sideways"
    for name in ("start", "map"):
        assert lab.ask(f"probe.inSight('.dwmtj-{name}')"), f"{name} is out of sight"
    lab.ask_for(4)
    lab.page.tap(".dwmtj-start")
    lab.wait_text("state", "done")
    lab.page.locator(".dwmtj-heat-map").scroll_into_view_if_needed()
    lab.page.touchscreen.tap(*lab.place(0, 2))
    lab.wait("probe.text('where') === 'W = 50 mV, V_C = 150 mV'")
    lab.page.tap(".dwmtj-open-run")
    lab.page.wait_for_selector(".dwmtj-explorer-run .dwmtj-run")
    assert [x for x, _ in lab.ask("probe.overflow()")] == [0] * 4, "the run scrolls sideways"
    lab.page.tap(".dwmtj-close-run")
    lab.page.wait_for_selector(".dwmtj-start:visible")
    lab.close()
    phone.close()
