"""The network as a netlist for ngspice.

The wall of a device is a state of the circuit: the voltage of a capacitor of 1 nF that a source charges with the
wall's velocity over the track's length, so 1 A is one track length a nanosecond. Beyond an end of the track a stiff
linear spring holds the wall; the equations stay continuous, and a wall leaves the end as soon as its velocity turns.

ngspice inserts the text of a braced expression into a behavioural source without its braces, so constants are
computed in ``.param`` lines, and the sources contain only names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dwmtj_widgets.spice.bench import Bench
from dwmtj_widgets.spice.neurons import Dialect, neuron_lines
from dwmtj_widgets.spice.text import (
    ENERGIES,
    INSTANCE_NAMES,
    continued,
    explanation,
    headline,
    outputs,
    parameters,
)

OPTIONS: Final = "method=gear maxord=2 reltol=1e-5 trtol=1"
"""Unlike the trapezoidal rule, Gear's does not ring where walls meet the ends of their tracks."""
_DIALECT: Final = Dialect(
    comment="*",
    expression="{{{}}}",
    device="{} {} dwmtj {}",
    source="{} {} source volts={}",
    meters=ENERGIES,
)
_WINDOW_STEP: Final = "+g_extra*u(V(wall)-low)*u(high-V(wall))"


def ngspice_netlist(bench: Bench) -> str:
    """Return the netlist for ngspice; the same bench gives the same text.

    Source: physics.md A1 to A5.

    Parameters
    ----------
    bench : Bench
        Network and conditions, see `spice.bench`.
    """
    return "\n".join(
        [
            f"* {headline(bench)}",
            "* Written by dwmtj-widgets. Run it with: ngspice -b -r network.raw network.cir",
            "*",
            *(f"* {line}".rstrip() for line in explanation(bench)),
            "",
            *_parameters(bench),
            *_device(bench),
            *_source(),
            *_common(bench),
            *neuron_lines(bench, _DIALECT),
            *_analysis(bench),
            ".end",
            "",
        ]
    )


def _parameters(bench: Bench) -> Iterator[str]:
    for title, group in parameters(bench):
        yield f"* {title}"
        for entry in group:
            value = f"{{{entry.value}}}" if entry.rule else entry.value
            yield f".param {entry.name} = {value} ; {entry.comment}"
        yield ""


def _device(bench: Bench) -> Sequence[str]:
    extra = ["+ g_extra={extra/rp}"] if bench.window_step else []
    own = " ".join(f"{short}={{{name}}}" for name, short in INSTANCE_NAMES.items())
    return [
        "* A domain-wall magnetic tunnel junction: a track that moves the wall, and over it, insulated, a junction",
        "* whose conductance tells where the wall is. mu, length ... are the device's own values, free=0 is a stuck",
        "* wall, start is where the wall is at time 0.",
        ".subckt dwmtj track_in track_out mtj_in mtj_out wall leak=0 start=0 free=1",
        *continued(own.split(" ")),
        ".param g_off={1/(rp*(1+mr))} g_range={1/rp-1/(rp*(1+mr))}",
        "+ low={center-width/(2*length)} high={center+width/(2*length)} window={width/length}",
        *extra,
        "+ drive={free*1e-9*mu/(rm*length)} slip={free*1e-9*leak/length} hold={1e-9/t_hold}",
        "Rtrack track_in track_out {rm}",
        "Bmtj mtj_in mtj_out I = V(mtj_in,mtj_out)*(g_off+g_range*min(max((V(wall)-low)/window,0),1)"
        + (_WINDOW_STEP if bench.window_step else "")
        + ")",
        "Cwall wall 0 1n ic={start}",
        "Bwall 0 wall I = drive*V(track_in,track_out)+slip-hold*(max(V(wall)-1,0)+min(V(wall),0))",
        ".ends",
        "",
    ]


def _source() -> Sequence[str]:
    return [
        "* A voltage source behind a switch that is closed while V(on) is 1 and open while it is 0; what it delivers",
        "* is counted at the node energy.",
        ".subckt source out on energy volts=0",
        ".param g_on={1/r_on} watts={volts/r_on}",
        "Bout 0 out I = g_on*(volts-V(out))*V(on)",
        "Benergy 0 energy I = watts*(volts-V(out))*V(on)",
        ".ends",
        "",
    ]


def _common(bench: Bench) -> Sequence[str]:
    return [
        "* What all neurons share: supply, the two phases, and the energies (1 nF: 1 W charges by 1 V a nanosecond)",
        "Vdw vdw 0 {v_dw}",
        "Vloading loading 0 pulse(1 0 {t_load} {t_switch} {t_switch} 1 2)",
        "Vrunning running 0 pulse(0 1 {t_load} {t_switch} {t_switch} 1 2)",
        f"Bsupply 0 {ENERGIES[0]} I = -V(vdw)*I(Vdw)",
        *(f"C{name} {name} 0 1n ic=0" for name in ENERGIES),
        "",
    ]


def _analysis(bench: Bench) -> Iterator[str]:
    yield f".options {OPTIONS}"
    yield ".save"
    yield from continued([f"v({node})" for node in outputs(bench)])
    yield ".tran {t_step} {t_stop} 0 {t_step} uic"
