"""Netlists: what they say, and that ngspice, run on them, says what the package's own engine says."""

import re
import shutil
import threading
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from reference import NANOMETRE, NANOSECOND, PICOSECOND, transient
from spice_tools import require_ngspice, stored

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.charts import Curve, CurveChart, curve_chart_svg
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.variation import Chip, Variation, fabricate
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.spice import (
    NgspiceError,
    bench,
    compare,
    comparing,
    ngspice_netlist,
    run_ngspice,
    running,
    spectre_netlist,
    verilog_a,
)
from dwmtj_widgets.spice.text import number
from dwmtj_widgets.spice.waveforms import read_raw, time_so_far

STEP = 50 * PICOSECOND
"""Long for the circuit simulator, and still well within the tolerances; keeps these tests short."""


def lines(netlist, start):
    return [line for line in netlist.splitlines() if line.startswith(start)]


def instances(netlist, kind):
    """Return name, nodes and values of every instance of a subcircuit or module, in either dialect."""
    found = {}
    for line in netlist.splitlines():
        words = line.replace("(", " ").replace(")", " ").replace("{", "").replace("}", "").split()
        if line.startswith("X") and kind in words:
            place = words.index(kind)
            found[words[0]] = (words[1:place], dict(word.split("=") for word in words[place + 1 :]))
    return found


# -- what a netlist says -----------------------------------------------------------------------------------------


def test_every_device_is_a_subcircuit_with_its_wall_as_a_node():
    network, cue = stored(5, 1, 0)
    netlist = ngspice_netlist(bench(network, cue))
    devices = instances(netlist, "dwmtj")
    walls = [nodes[-1] for nodes, _ in devices.values()]
    assert len(devices) == 25
    assert sorted(walls) == sorted(
        [f"s{i}" for i in range(5)] + [f"a{i}_{j}" for i in range(5) for j in range(5) if i != j]
    )
    assert devices["Xs3"] == (["d3", "0", "vdw", "f3", "s3"], {"leak": "soma_leak", "start": "0"})
    assert devices["Xa3_1"] == (["f3", "0", "w3_1", "d1", "a3_1"], {"leak": "axon_leak"})
    sources = instances(netlist, "source")
    assert sources["Xload3"] == (["d3", "loading", "e_loading"], {"volts": "v_c" if cue[3] else "-v_c"})
    for i in range(5):
        for j in range(5):
            if i != j:
                nodes, values = sources[f"Xw{i}_{j}"]
                assert nodes == [f"w{i}_{j}", "running", "e_synapses"]
                assert float(values["volts"]) == network.weights[i, j]
    saved = netlist[netlist.index(".save") : netlist.index(".tran")]
    assert all(f"v({wall})" in saved for wall in walls)
    assert netlist.isascii()
    assert max(map(len, netlist.splitlines())) < 160


def test_the_same_network_gives_the_same_text():
    for write in (ngspice_netlist, spectre_netlist):
        first, second = (write(bench(*stored(6, 2, 1))) for _ in range(2))
        assert first == second
        assert first != write(bench(*stored(6, 2, 2)))


def test_parameters_are_those_of_the_device():
    device = Device(tmr=2.5, axon_leak=-4.0, track_length=120 * NANOMETRE)
    network = Network(hebbian_weights([[1, 0, 1]], 0.1), device)
    netlist = ngspice_netlist(bench(network, [1, 0, 1], charge_voltage=0.2))
    values = dict(re.findall(r"^\.param (\w+) = ([^{ ]+) ;", netlist, re.MULTILINE))
    for entry in fields(Device):
        if entry.name != "fixed_mobility":
            assert float(values[entry.name]) == getattr(device, entry.name)
    assert float(values["v_c"]) == 0.2
    # Its walls are slower than those of Table I, for which the published 15 ns suffice.
    assert float(values["t_load"]) == default_load_time(3, device, 0.2) > 15e-9
    # The rules are Python as well as SPICE.
    known = {name: float(value) for name, value in values.items()}
    for name in ("mobility", "v_dw"):
        (rule,) = re.findall(rf"^\.param {name} = \{{(.*)\}}", netlist, re.MULTILINE)
        known[name] = eval(rule, {}, known)
    assert known["mobility"] == pytest.approx(device.mobility, rel=1e-14, abs=0)
    assert known["v_dw"] == pytest.approx(network.supply_voltage, rel=1e-14, abs=0)
    standard = ngspice_netlist(bench(Network(network.weights), [1, 0, 1], charge_voltage=0.2))
    assert float(re.findall(r"^\.param t_load = (\S+) ;", standard, re.MULTILINE)[0]) == 15e-9
    prescribed = ngspice_netlist(bench(Network(network.weights, Device(fixed_mobility=1e6)), [1, 0, 1]))
    assert ".param mobility = 1E+6 ;" in prescribed
    assert "lande_g" not in prescribed


def test_numbers_keep_every_digit():
    for value in (0.1, 1e-7, 5e-17, -0.1, 1063615.1568589318, 1 / 3, 0.0, 2e22):
        assert float(number(value)) == value


def test_a_cut_synapse_has_no_source_and_its_axon_stays():
    network, cue = stored(4, 1, 0)
    netlist = ngspice_netlist(bench(network.with_synapse(2, 0, connected=False), cue))
    assert "Xw2_0" not in instances(netlist, "source")
    assert "Xa2_0" in instances(netlist, "dwmtj")
    assert len(instances(netlist, "source")) == 4 + 11
    assert "1 synapses are cut" in netlist


def test_devices_that_differ_say_where():
    rng = np.random.default_rng(3)
    lengths = 100 * NANOMETRE * (1 + 0.05 * rng.standard_normal((4, 4)))
    magnetization = np.full((4, 4), 8e5)
    magnetization[1, 2] = 7e5
    leaks = np.full((4, 4), 0.2)
    leaks[2, 2] = 0.3
    network, cue = stored(4, 1, 0)
    network = network.changed(
        variation={
            "track_length": lengths,
            "saturation_magnetization": magnetization,
            "soma_leak": leaks,
        }
    )
    devices = instances(ngspice_netlist(bench(network, cue)), "dwmtj")
    for i in range(4):
        for j in range(4):
            _, values = devices[f"Xs{i}" if i == j else f"Xa{i}_{j}"]
            assert float(values["length"]) == lengths[i, j]
            assert ("mu" in values) == ((i, j) == (1, 2))
    assert float(devices["Xa1_2"][1]["mu"]) == pytest.approx(
        network.device.mobility * 8 / 7, rel=1e-14, abs=0
    )
    assert devices["Xs2"][1]["leak"] == "0.3"
    assert devices["Xs1"][1]["leak"] == "soma_leak"


def test_stuck_walls_and_starting_walls():
    network, cue = stored(3, 1, 0)
    stuck = np.full((3, 3), np.nan)
    stuck[0, 1], stuck[2, 2] = 0.25, 1.0
    chip = Chip(network.weights, stuck=stuck)
    devices = instances(ngspice_netlist(bench(chip, cue, soma_start=[0.5, 0.0, 0.1])), "dwmtj")
    assert devices["Xa0_1"][1] == {"leak": "axon_leak", "start": "0.25", "free": "0"}
    assert devices["Xs2"][1] == {"leak": "soma_leak", "start": "1", "free": "0"}
    assert devices["Xs0"][1] == {"leak": "soma_leak", "start": "0.5"}
    assert "free" not in devices["Xa1_0"][1]


def test_it_is_watched_until_all_is_at_rest():
    network, cue = stored(4, 1, 0)
    time = Simulation(network, cue).run().time
    stop = bench(network, cue).stop_time
    assert time + 2 * NANOSECOND <= stop < time + 3 * NANOSECOND
    assert stop * 1e9 == round(stop * 1e9)
    assert bench(network, cue, stop_time=30.5 * NANOSECOND).stop_time == 30.5 * NANOSECOND


def test_a_network_that_never_rests_is_watched_as_long_as_the_engine_goes_on():
    restless = Network([[0.0, 0.1, -0.1], [-0.1, 0.0, 0.1], [0.1, -0.1, 0.0]])
    assert not Simulation(restless, [1, 0, 1]).run().converged
    prepared = bench(restless, [1, 0, 1])
    assert prepared.stop_time == 3e-6
    longer = bench(restless, [1, 0, 1], stop_time=4e-6)
    assert longer.simulation(min_time=longer.stop_time).step(3.5e-6).phase == "run"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stop_time": 16 * NANOSECOND}, "stop_time is 16 ns; it must be later than the loading, 16 ns."),
        ({"stop_time": -1.0}, "stop_time is"),
        ({"max_step": 1e-6}, "max_step is 1000 ns; it must lie between"),
        ({"charge_voltage": 0.01}, "charge_voltage is 10 mV"),
        ({"soma_start": "on"}, "soma_start is 'on'"),
    ],
)
def test_what_is_refused(options, message):
    with pytest.raises(Refused, match=re.escape(message)):
        bench(*stored(3, 1, 0), **options)


def test_jitter_is_refused():
    network, cue = stored(3, 1, 0)
    with pytest.raises(Refused, match=r"velocity jitter is 1 m/s; a netlist has no thermal jitter"):
        bench(Chip(network.weights, jitter=1.0), cue)


def test_sixty_neurons():
    netlist = ngspice_netlist(bench(*stored(60, 3, 0)))
    assert len(instances(netlist, "dwmtj")) == 3600
    assert len(instances(netlist, "source")) == 60 + 3540


# -- Spectre and Verilog-A ---------------------------------------------------------------------------------------


def modules():
    """Return ports and parameters of the Verilog-A modules, by name."""
    found = {}
    for name, ports, body in re.findall(
        r"^module (\w+)\((.*?)\);(.*?)^endmodule", verilog_a(), re.DOTALL | re.MULTILINE
    ):
        declared = re.findall(r"^  (?:inout|electrical) (.*);", body, re.MULTILINE)
        assert declared == [ports, ports], name
        found[name] = (ports.split(", "), re.findall(r"^  parameter real (\w+) = ", body, re.MULTILINE))
    return found


def chip_bench():
    network, cue = stored(4, 1, 0)
    variation = Variation(track_length=0.05, tmr=0.1, leak=0.1, mobility=0.05, stuck=0.2, open=0.2)
    return bench(fabricate(network, variation, 1), cue)


@pytest.mark.parametrize("make", [lambda: bench(*stored(5, 2, 0)), chip_bench], ids=["uniform", "chip"])
def test_both_dialects_say_the_same(make):
    prepared = make()
    ngspice, spectre = ngspice_netlist(prepared), spectre_netlist(prepared)
    assert instances(spectre, "device") == instances(ngspice, "dwmtj")
    sources = {
        name: ([nodes[0], nodes[1], nodes[2].replace("e_", "p_")], {**values, "r_on": "r_on"})
        for name, (nodes, values) in instances(ngspice, "source").items()
    }
    assert instances(spectre, "dwmtj_source") == sources
    parameters = dict(re.findall(r"^\.param (\w+) = \{?([^{} ]+)\}? ;", ngspice, re.MULTILINE))
    assert dict(re.findall(r"^parameters (\w+)=(\S+) //", spectre, re.MULTILINE)) == parameters
    assert "r_on" in parameters


def test_the_spectre_netlist_uses_what_the_modules_declare():
    netlist, known = spectre_netlist(chip_bench(), "other.va"), modules()
    assert set(known) == {"dwmtj", "dwmtj_source", "dwmtj_supply", "dwmtj_meter"}
    assert 'ahdl_include "other.va"' in netlist
    for kind in ("dwmtj_source", "dwmtj_supply", "dwmtj_meter"):
        ports, parameters = known[kind]
        for nodes, values in instances(netlist, kind).values():
            assert len(nodes) == len(ports)
            assert set(values) <= set(parameters)
    head, body = netlist.split("core (")
    ports, parameters = known["dwmtj"]
    assert f"subckt device ({' '.join(ports)})" in head
    handed = re.findall(r"(\w+)=(\w+)", body.split("ends device")[0])
    assert sorted(name for name, _ in handed) == sorted(parameters)
    assert all(name == value for name, value in handed)


def test_the_modules_are_balanced_and_know_their_names():
    text = re.sub(r"//.*", "", verilog_a())
    assert len(re.findall(r"\bmodule\b", text)) == len(re.findall(r"\bendmodule\b", text)) == 4
    assert len(re.findall(r"\bbegin\b", text)) == len(re.findall(r"\bend\b", text)) == 4
    assert text.count("(") - len(re.findall(r"from \(", text)) == text.count(")") - len(
        re.findall(r"(?:inf|1)\);", text)
    )
    functions = {"V", "I", "idt", "min", "max", "analog", "begin", "end"}
    for body in re.findall(r"^module \w+(.*?)^endmodule", text, re.DOTALL | re.MULTILINE):
        declared = {
            name
            for kind in ("electrical", "parameter real", "real", "branch \\(out\\)")
            for listing in re.findall(rf"^  {kind} ([^;=]*)", body, re.MULTILINE)
            for name in re.findall(r"\w+", listing)
        }
        used = re.findall(r"\b[a-zA-Z_]\w*", body.split("analog", 1)[1])
        assert set(used) - declared - functions == set()


def test_openvaf_reads_the_modules_and_finds_the_same_physics(tmp_path):
    """The front end of OpenVAF compiles them; its interpreter is asked for the currents at some voltages."""
    openvaf = pytest.importorskip("openvaf_py", reason="python -m pip install openvaf-py")
    file = tmp_path / "dwmtj.va"
    file.write_text(verilog_a(), encoding="utf-8")
    compiled = {module.name: module for module in openvaf.compile_va(str(file))}
    assert set(compiled) == set(modules())
    # The interpreter knows no time, so the integral is taken away and leaves what is integrated.
    file.write_text(verilog_a().replace("idt(velocity", "(velocity").replace(", start);", ");"), "utf-8")
    (module,) = (found for found in openvaf.compile_va(str(file)) if found.name == "dwmtj")
    published = Device.published()
    for device in (Device(), published, replace(Device(), tmr=2.0, r_track=3000.0, mtj_center=0.45)):
        values = {
            **module.get_param_defaults(),
            "mu": float(device.mobility),
            "length": device.track_length,
            "width": device.mtj_width,
            "center": device.mtj_center,
            "mr": device.tmr,
            "rp": device.r_parallel,
            "rm": device.r_track,
            "extra": device.window_conductance_step,
            "leak": device.axon_leak,
        }
        for wall in (0.0, 0.2, 0.43, 0.5, 0.56, 0.8, 1.0):
            across = {
                "V(wall)": wall,
                "V(track_in,track_out)": 0.02,
                "V(mtj_in,mtj_out)": 0.1,
                "mfactor": 1.0,
            }
            residuals, _ = module.run_init_eval({**values, **across})
            track, _, junction = (found[0] for found in residuals[:3])
            assert track == pytest.approx(0.02 / device.r_track, rel=1e-12, abs=0)
            assert junction == pytest.approx(0.1 * device.conductance(wall), rel=1e-12, abs=0)
            velocity = device.mobility * 0.02 / device.r_track + device.axon_leak
            assert abs(residuals[5][0]) == pytest.approx(
                abs(velocity / device.track_length - wall), rel=1e-9, abs=0
            )


# -- running ngspice ---------------------------------------------------------------------------------------------

DIVIDER = "* two resistors\nV1 in 0 1\nR1 in out 1k\nR2 out 0 1k\n.tran 1n 100n\n.end\n"


def test_ngspice_is_run_and_read():
    require_ngspice()
    shares = []
    found = run_ngspice(DIVIDER, progress=shares.append)
    np.testing.assert_allclose(found.node("out"), 0.5, rtol=1e-9)
    assert found.times[-1] == pytest.approx(100 * NANOSECOND, rel=1e-6, abs=0.0)
    assert found.version.startswith("ngspice-")
    assert found.seconds > 0.0
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
    with pytest.raises(Refused, match="has saved no node 'x'"):
        found.node("x")


def test_without_ngspice_a_sentence_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        NgspiceError, match=r"^ngspice is not installed; install it with apt-get install ngspice"
    ):
        run_ngspice(DIVIDER)


@pytest.mark.parametrize(
    ("netlist", "words"),
    [
        ("* t\nR1 a 0 {unheard_of}\nV1 a 0 1\n.tran 1n 10n\n.end\n", r"Undefined parameter \[unheard_of\]"),
        ("* t\nX1 a 0 unheard_of\nV1 a 0 1\n.tran 1n 10n\n.end\n", "unknown subckt: x1 a 0 unheard_of"),
        ("* t\nV1 a 0 1\nV2 a 0 2\n.tran 1n 10n\n.end\n", "timestep too small"),
    ],
)
def test_what_ngspice_complains_of_is_said(netlist, words):
    require_ngspice()
    with pytest.raises(NgspiceError, match=rf"(?is)^ngspice failed with status 1: .*{words}.*\.$") as failure:
        run_ngspice(netlist)
    assert "\n" not in str(failure.value)


def test_ngspice_is_stopped_when_its_time_is_up_or_on_request(tmp_path, monkeypatch):
    """Nothing is left behind: no process, no folder."""
    require_ngspice()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    started = []
    popen = running.subprocess.Popen

    def remembered(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(running, "ngspice_version", lambda: "ngspice")
    monkeypatch.setattr(running.subprocess, "Popen", remembered)
    endless = DIVIDER.replace("1n 100n", "1p 1 0 1p")
    with pytest.raises(NgspiceError, match="ngspice was stopped after its time was up"):
        run_ngspice(endless, timeout=0.3)
    cancel = threading.Event()
    with pytest.raises(NgspiceError, match="stopped on request"):
        run_ngspice(endless, progress=lambda share: cancel.set(), cancel=cancel)
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refused, match="timeout is 0"):
        run_ngspice(DIVIDER, timeout=0.0)


def test_an_end_before_the_end_is_an_error(monkeypatch):
    require_ngspice()
    monkeypatch.setattr(running, "_stop_time", lambda netlist: 1.0)
    with pytest.raises(NgspiceError, match="ngspice gave up at 100 ns"):
        run_ngspice(DIVIDER)


def test_a_raw_file_is_read_as_far_as_it_goes(tmp_path):
    head = (
        b"Title: x\nFlags: real\nNo. Variables: 2\nNo. Points: 0       \n"
        b"Variables:\n\t0\ttime\ttime\n\t1\tv(s0)\tvoltage\nBinary:\n"
    )
    data = np.array([[0.0, 0.25], [1e-9, 0.5], [2e-9, 0.75]]).tobytes()
    file = tmp_path / "x.raw"
    assert time_so_far(file) == 0.0
    file.write_bytes(head[:60])
    assert time_so_far(file) == 0.0
    with pytest.raises(Refused, match=r"'x.raw' is no binary file of a transient"):
        read_raw(file)
    file.write_bytes(head)
    assert time_so_far(file) == 0.0
    file.write_bytes(head + data[:-9])
    assert time_so_far(file) == 1e-9
    found = read_raw(file)
    np.testing.assert_array_equal(found.times, [0.0, 1e-9])
    np.testing.assert_array_equal(found.node("s0"), [0.25, 0.5])
    np.testing.assert_allclose(found.at(np.array([0.5e-9])).node("s0"), [0.375])
    file.write_bytes(head.replace(b"Variables: 2", b"Variables: 3") + data)
    with pytest.raises(Refused, match="is no binary file"):
        read_raw(file)


# -- the engine and ngspice --------------------------------------------------------------------------------------


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
    page = found.html()
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
