"""Netlists for Spectre and modules in Verilog-A say the same."""

import re
from dataclasses import replace

import pytest
from spice_tools import instances, stored

from dwmtj_widgets import Device
from dwmtj_widgets.hopfield.variation import Variation, fabricate
from dwmtj_widgets.spice import bench, ngspice_netlist, spectre_netlist, verilog_a


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
