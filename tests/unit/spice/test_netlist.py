"""What a netlist for ngspice says."""

import re
from dataclasses import fields

import numpy as np
import pytest
from reference import NANOMETRE, NANOSECOND
from spice_tools import instances, stored

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.variation import Chip
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.spice import bench, ngspice_netlist, spectre_netlist
from dwmtj_widgets.spice.text import number


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
