"""The network for Spectre: a netlist and its Verilog-A modules.

The equations are those of the ngspice netlist. The wall is an ``idt`` of its velocity over the track's length, whose
second argument is the initial position, so the operating point before the transient is the start of the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.spice.bench import Bench
from dwmtj_widgets.spice.neurons import Dialect, neuron_lines
from dwmtj_widgets.spice.text import (
    ENERGIES,
    HOLD_TIME,
    INSTANCE_NAMES,
    SWITCH_RESISTANCE,
    continued,
    explanation,
    headline,
    number,
    outputs,
    parameters,
)

MODULE_FILE: Final = "dwmtj.va"
"""Default name of the file of modules that the netlist includes."""
_PULSE: Final = "delay=t_load rise=t_switch fall=t_switch width=1 period=2"
_POWERS: Final = ("p_supply", "p_synapses", "p_loading")
"""Nodes whose voltages are the powers in W."""
_DIALECT: Final = Dialect(
    comment="//",
    expression="{}",
    device="{} ({}) device {}",
    source="{} ({}) dwmtj_source volts={} r_on=r_on",
    meters=_POWERS,
)

_MODULES: Final = """\
// Written by dwmtj-widgets: a domain-wall magnetic tunnel junction, and the sources of a network of them.
// All values in SI units. The defaults are Table I of the paper.

`include "disciplines.vams"

// A track that moves the wall, and over it, insulated, a junction whose conductance tells where the wall is.
// V(wall) is the wall's position x/L, from 0 (OFF, antiparallel) to 1 (ON, parallel).
module dwmtj(track_in, track_out, mtj_in, mtj_out, wall);
  inout track_in, track_out, mtj_in, mtj_out, wall;
  electrical track_in, track_out, mtj_in, mtj_out, wall;

{parameters}

  real g_off, g_on, low, high, inside, added, velocity, beyond;

  analog begin
    g_on = 1.0 / rp;
    g_off = 1.0 / (rp * (1.0 + mr));
    low = center - width / (2.0 * length);
    high = center + width / (2.0 * length);
    inside = min(max((V(wall) - low) / (high - low), 0.0), 1.0);
    added = (V(wall) > low && V(wall) < high) ? extra * g_on : 0.0;
    I(track_in, track_out) <+ V(track_in, track_out) / rm;
    I(mtj_in, mtj_out) <+ V(mtj_in, mtj_out) * (g_off + (g_on - g_off) * inside + added);

    velocity = free * (mu * V(track_in, track_out) / rm + leak);
    beyond = max(V(wall) - 1.0, 0.0) + min(V(wall), 0.0);
    V(wall) <+ idt(velocity / length - beyond / t_hold, start);
  end
endmodule

// A voltage source behind a switch that is closed while V(on) is 1 and open while it is 0. What it delivers flows, at
// 1 A for 1 W, into the node power.
module dwmtj_source(out, on, power);
  inout out, on, power;
  electrical out, on, power;

  parameter real volts = 0;
  parameter real r_on = {switch} from (0:inf); // closed switch, ohm

  real delivered;

  analog begin
    delivered = V(on) * (volts - V(out)) / r_on;
    I(out) <+ -delivered;
    I(power) <+ -volts * delivered;
  end
endmodule

// The supply of all somas, metered in the same way.
module dwmtj_supply(out, power);
  inout out, power;
  electrical out, power;

  parameter real volts = 0;

  branch (out) supply;

  analog begin
    V(supply) <+ volts;
    I(power) <+ volts * I(supply);
  end
endmodule

// The sum of the powers at its first node, V in W, and their integral at its second, V in nJ.
module dwmtj_meter(power, energy);
  inout power, energy;
  electrical power, energy;

  analog begin
    I(power) <+ V(power);
    V(energy) <+ 1.0e9 * idt(V(power), 0.0);
  end
endmodule
"""


def verilog_a() -> str:
    """Return the Verilog-A modules: the device, its sources and the meter of their energy. Source: physics.md A1."""
    return _MODULES.format(parameters="\n".join(_module_parameters()), switch=_real(SWITCH_RESISTANCE))


def _module_parameters() -> Iterator[str]:
    nominal = Device()
    table = (
        ("mu", nominal.mobility, "(0:inf)", "wall velocity per track current, m/s per A"),
        ("length", nominal.track_length, "(0:inf)", "track, m"),
        ("width", nominal.mtj_width, "(0:inf)", "junction, m"),
        ("center", nominal.mtj_center, "(0:1)", "middle of the junction, x/L"),
        ("mr", nominal.tmr, "(0:inf)", "tunnel magnetoresistance"),
        ("rp", nominal.r_parallel, "(0:inf)", "parallel resistance of the junction, ohm"),
        ("rm", nominal.r_track, "(0:inf)", "resistance of the track, ohm"),
        ("extra", nominal.window_conductance_step, "[0:inf)", "conductance added inside the window, x 1/rp"),
        ("leak", 0.0, "(-inf:inf)", "leak velocity, m/s"),
        ("start", 0.0, "[0:1]", "wall at time 0, x/L"),
        ("free", 1.0, "[0:1]", "0 for a stuck wall"),
        ("t_hold", HOLD_TIME, "(0:inf)", "a wall beyond an end springs back, s"),
    )
    for name, value, legal, comment in table:
        yield f"  parameter real {name} = {_real(value)} from {legal};".ljust(58) + f"// {comment}"


def spectre_netlist(bench: Bench, module_file: str = MODULE_FILE) -> str:
    """Return the netlist for Spectre; the same bench gives the same text.

    Parameters
    ----------
    bench : Bench
        Network and conditions, see `spice.bench`.
    module_file : str
        Name of the file that holds `verilog_a`, beside the netlist.
    """
    return "\n".join(
        [
            f"// {headline(bench)}",
            f"// Written by dwmtj-widgets. Run it with: spectre network.scs (the modules are in {module_file})",
            "//",
            *(f"// {line}".rstrip() for line in explanation(bench)),
            "simulator lang=spectre",
            f'ahdl_include "{module_file}"',
            "",
            *_parameters(bench),
            *_subcircuits(bench),
            *_common(),
            *neuron_lines(bench, _DIALECT),
            *_analysis(bench),
            "",
        ]
    )


def _real(value: float) -> str:
    """Return a number in Verilog-A's form: digits on both sides of a point."""
    mantissa, _, exponent = number(value).partition("E")
    return mantissa + (f"e{int(exponent)}" if exponent else "")


def _parameters(bench: Bench) -> Iterator[str]:
    for title, group in parameters(bench):
        yield f"// {title}"
        for entry in group:
            yield f"parameters {entry.name}={entry.value} // {entry.comment}"
        yield ""


def _subcircuits(bench: Bench) -> Sequence[str]:
    own = [f"{short}={name}" for name, short in INSTANCE_NAMES.items()]
    handed = [f"{name}={name}" for name in ("leak", "start", "free", *INSTANCE_NAMES.values(), "t_hold")]
    return [
        "// A device with the nominal values, unless its line says otherwise",
        "subckt device (track_in track_out mtj_in mtj_out wall)",
        "parameters leak=0 start=0 free=1",
        *continued(own),
        "core (track_in track_out mtj_in mtj_out wall) dwmtj",
        *continued(handed),
        "ends device",
        "",
    ]


def _common() -> Sequence[str]:
    return [
        "// What all neurons share: supply, the two phases, and the meters",
        f"Xdw (vdw {_POWERS[0]}) dwmtj_supply volts=v_dw",
        f"Vloading (loading 0) vsource type=pulse val0=1 val1=0 {_PULSE}",
        f"Vrunning (running 0) vsource type=pulse val0=0 val1=1 {_PULSE}",
        *(
            f"X{energy} ({power} {energy}) dwmtj_meter"
            for power, energy in zip(_POWERS, ENERGIES, strict=True)
        ),
        "",
    ]


def _analysis(bench: Bench) -> Iterator[str]:
    yield "accuracy options reltol=1e-5"
    yield "save"
    yield from continued(outputs(bench))
    yield "transient tran stop=t_stop maxstep=t_step method=gear2only"
