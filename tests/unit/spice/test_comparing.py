"""The engine and ngspice agree, and the page that shows it."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from reference import NANOMETRE, NANOSECOND, PICOSECOND, transient
from spice_tools import require_ngspice, stored

from dwmtj_widgets import Device, Network, Simulation
from dwmtj_widgets.charts import Curve, CurveChart, curve_chart_svg
from dwmtj_widgets.hopfield.variation import Chip, Variation, fabricate
from dwmtj_widgets.spice import bench, compare, comparing, ngspice_netlist, run_ngspice
from dwmtj_widgets.spice.comparison_page import comparison_page

STEP = 50 * PICOSECOND
"""Long for the circuit simulator, and still well within the tolerances; keeps these tests short."""


def assert_agrees(found, wall=0.06, time=0.02, energy=2e-4):
    """Well within the tolerances, which are 0.15 nm and 0.05 ns."""
    assert found.agrees
    assert found.wall_deviation <= wall * NANOMETRE
    assert found.time_deviation <= time * NANOSECOND
    assert abs(found.relative_energy_deviation) <= energy
    assert found.solution_time is not None
    assert abs(found.solution_time - found.ngspice.rest_time) < 0.1 * NANOSECOND


@pytest.mark.parametrize(
    ("size", "patterns", "seed"), [(3, 1, 1), (8, 2, 0), (12, 1, 1)], ids=["3", "8", "12"]
)
def test_ngspice_agrees_with_the_event_integrator(size, patterns, seed):
    require_ngspice()
    network, cue = stored(size, patterns, seed)
    found = compare(network, cue, max_step=STEP)
    assert_agrees(found)
    assert len(found.times) > 300
    assert found.engine.soma.shape == (len(found.times), size)
    assert found.solution_time == Simulation(network, cue).run().time
    moved = np.ptp(found.engine.axon, axis=0)[~np.eye(size, dtype=bool)]
    assert moved.max() == 1.0


@pytest.mark.parametrize("name", ["n3_s2", "n8_2pat"])
def test_the_netlist_agrees_with_an_older_one_by_other_hands(name):
    require_ngspice()
    run = transient(name)
    options = {
        "charge_voltage": run.settings["charge_voltage_V"],
        "load_time": run.settings["load_time_ns"] * NANOSECOND,
        "soma_start": run.settings["soma_start"],
    }
    found = compare(run.network(), run.pattern, max_step=STEP, **options)
    assert_agrees(found, wall=0.15)
    assert abs(found.ngspice.rest_time - run.settings["convergence_time_ns"] * NANOSECOND) < 0.03 * NANOSECOND
    seen = np.array([np.interp(run.times, found.times, wall) for wall in found.ngspice.soma.T]).T
    here = (run.times > found.times[0]) & (run.times <= found.times[-1])
    np.testing.assert_allclose(seen[here], np.clip(run.soma, 0, 1)[here], rtol=0, atol=0.15 / 100)


def chips():
    network, cue = stored(4, 1, 5, wrong=1)
    spread = Variation(track_length=0.05, tmr=0.1, r_parallel=0.05, leak=0.1, mobility=0.05)
    yield pytest.param(fabricate(network, spread, 1), cue, {}, id="spread")
    faults = Variation(stuck=0.15, open=0.2, stuck_at="anywhere")
    yield pytest.param(fabricate(network, faults, 2), cue, {}, id="stuck and open")
    rng = np.random.default_rng(5)
    shares = {"saturation_magnetization": 0.05, "mtj_width": 0.1, "mtj_center": 0.05, "r_track": 0.1}
    variation = {
        name: getattr(Device(), name) * (1 + share * rng.standard_normal((4, 4)))
        for name, share in shares.items()
    }
    yield pytest.param(network.changed(variation=variation), cue, {}, id="other fields")
    rng = np.random.default_rng(1)
    asymmetric = rng.normal(0.0, 0.1, (5, 5)) * (1 - np.eye(5))
    links = np.ones((5, 5))
    links[0, 1] = links[3, 2] = links[3, 4] = 0
    start = {"soma_start": rng.random(5)}
    yield pytest.param(
        Network(asymmetric, connected=links), [1, 0, 0, 1, 1], start, id="any weights, cut, any start"
    )
    options = {"charge_voltage": 0.25, "soma_start": "pattern"}
    yield pytest.param(Network(network.weights, Device.published()), cue, options, id="published device")


@pytest.mark.parametrize(("network", "cue", "options"), list(chips()))
def test_ngspice_agrees_on_any_chip(network, cue, options):
    require_ngspice()
    found = compare(network, cue, max_step=STEP, **options)
    assert_agrees(found)
    if isinstance(network, Chip):
        held = ~np.isnan(network.stuck)
        np.fill_diagonal(held, False)
        assert (np.ptp(found.ngspice.axon, axis=0)[held] < 1e-12).all()


def test_what_still_moves_is_compared_by_its_walls():
    require_ngspice()
    found = compare(*stored(3, 1, 1), stop_time=20 * NANOSECOND, max_step=STEP)
    assert found.agrees
    assert found.engine.rest_time is found.ngspice.rest_time is found.time_deviation is None
    assert found.solution_time is None
    assert found.times[-1] == pytest.approx(20 * NANOSECOND, rel=1e-6, abs=0.0)


@pytest.mark.parametrize("change", [("volts=0.1", "volts=0.101"), ("rp={r_parallel}", "rp=505")])
def test_another_circuit_does_not_agree(change, monkeypatch):
    require_ngspice()
    write = comparing.ngspice_netlist
    monkeypatch.setattr(comparing, "ngspice_netlist", lambda made: write(made).replace(*change))
    found = compare(*stored(4, 1, 1), max_step=STEP)
    assert change[1] in found.netlist
    assert not found.agrees
    assert max(found.wall_deviation / 0.15e-9, found.time_deviation / 0.05e-9) > 1.0


def test_walls_pressed_against_an_end_stay_there_and_leave_at_once():
    """While loading, every soma is pressed against an end of its track; some turn at the release."""
    require_ngspice()
    network, cue = stored(8, 2, 0)
    prepared = bench(network, cue, max_step=STEP)
    found = run_ngspice(ngspice_netlist(prepared))
    walls = np.stack([found.node(f"s{i}") for i in range(8)], axis=1)
    assert -0.0002 < walls.min() < 0.0  # 0.02 nm
    assert 1.0 < walls.max() < 1.0002
    pressed = (found.times > 5 * NANOSECOND) & (found.times < prepared.load_time)
    assert np.ptp(walls[pressed], axis=0).max() < 1e-6
    turning = np.abs(walls[-1] - walls[pressed][-1]) > 0.9
    assert turning.any()
    run = prepared.simulation().step(prepared.load_time + NANOSECOND)
    after = np.array([np.interp(run.time, found.times, wall) for wall in walls.T])
    np.testing.assert_allclose(after[turning], run.soma[turning], rtol=0, atol=0.0002)


def test_the_page_stands_alone(tmp_path):
    require_ngspice()
    found = compare(*stored(3, 1, 1), max_step=STEP)
    page = comparison_page(found)
    assert page.count("<svg ") == page.count("</svg>") == 4
    assert "The two agree within 0.15 nm and 0.05 ns." in page
    assert f"{found.ngspice.rest_time * 1e9:.3f} ns" in page
    assert ".subckt dwmtj" in page
    assert not re.search(r"https?://|<script|<link|src=", page)
    assert "nan" not in re.sub(r"<pre>.*</pre>", "", page, flags=re.DOTALL)
    for title in ("soma 2, package", "axon 2 to ", "tolerance", "synapses, ngspice"):
        assert title in page


def test_curves_are_drawn_with_few_points_and_none_missed():
    x = np.linspace(0.0, 10.0, 5001)
    y = np.where(x < 5.0, x, 10.0 - x)
    drawing = curve_chart_svg(CurveChart("a < b", "x", "y", [Curve("c & d", x, y)]))
    (path,) = re.findall(r'<path d="M([^"]*)" fill="none"', drawing)
    assert len(path.split("L")) == 3
    assert "a &lt; b" in drawing and "c &amp; d" in drawing


def test_ngspice_is_found_where_the_shell_finds_it():
    assert require_ngspice() == shutil.which("ngspice")
    assert Path(require_ngspice()).is_file()
