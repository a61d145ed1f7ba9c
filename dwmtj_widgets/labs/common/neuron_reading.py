"""One neuron's walls, resistances and velocities at a moment, from the circuit's equations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network
from dwmtj_widgets.hopfield.walls import WallState, axon_table
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity, with_minus
from dwmtj_widgets.widgets.views.neuron_view import NeuronFrame

Floats = npt.NDArray[np.float64]


def velocities(
    network: Network, moment: WallState, neuron: int, load_voltage: float | None
) -> tuple[float, Floats]:
    """Return the velocity in m/s of a neuron's soma wall and of its axons' walls (N - 1,); held walls have 0.

    `load_voltage` is the voltage at its dendrite while loading, else None.
    """
    axon = axon_table(moment.axon)
    dendrite = network.dendrite_voltage(axon)
    if load_voltage is not None:
        dendrite = np.full(network.size, load_voltage)
    soma = float(network.soma_velocity(dendrite)[neuron])
    axons = np.delete(network.axon_velocity(moment.soma)[neuron], neuron)
    return float(_unless_held(moment.soma[neuron], soma)), _unless_held(_axons_of(moment, neuron), axons)


def neuron_frame(network: Network, moment: WallState, neuron: int, load_voltage: float | None) -> NeuronFrame:
    """Return the frame of the neuron view."""
    soma_velocity, axon_velocities = velocities(network, moment, neuron, load_voltage)
    device = network.device
    return NeuronFrame(
        soma=float(moment.soma[neuron]),
        soma_direction=int(np.sign(soma_velocity)),
        axons=_axons_of(moment, neuron),
        axon_directions=np.sign(axon_velocities).astype(np.int8),
        window=(float(device.window_low), float(device.window_high)),
    )


def neuron_text(
    network: Network, moment: WallState, neuron: int, load_voltage: float | None, *, number: int
) -> str:
    """Return one line of HTML: the neuron's number on the page, and position, resistance and velocity of its walls."""
    soma_velocity, axon_velocities = velocities(network, moment, neuron, load_voltage)
    axons = _axons_of(moment, neuron)
    length = network.device.track_length
    soma_resistance = 1.0 / network.soma_conductance(moment.soma)[neuron]
    conductances = network.devices.conductance(np.nan_to_num(axon_table(moment.axon)))[neuron]
    axon_resistance = float((1.0 / np.delete(conductances, neuron)).mean())
    soma = _line(moment.soma[neuron] * length, soma_resistance, soma_velocity)
    axon = _line(axons.mean() * length, axon_resistance, float(axon_velocities.mean()))
    kind = tr("axons") if np.ptp(axons) == 0.0 else tr("axons (mean)")
    own = tr("soma")
    name = tr("Neuron {number}").format(number=number)
    return (
        f'<div class="dwmtj-neuron-text"><b>{name}</b><span>{own} {soma}</span>'
        f"<i></i><span>{kind} {axon}</span></div>"
    )


def _line(position: float, resistance: float, velocity: float) -> str:
    return with_minus(
        f"{quantity(position, 'm', decimals=1)}, {quantity(resistance, 'ohm', decimals=0)}, "
        f"{quantity(velocity, 'm/s', decimals=2)}"
    )


def _row(moment: WallState, neuron: int) -> Floats:
    if moment.axon.ndim == 1:
        return np.full(moment.soma.shape[0], moment.axon[neuron])
    return moment.axon[neuron].astype(np.float64)


def _axons_of(moment: WallState, neuron: int) -> Floats:
    return np.delete(_row(moment, neuron), neuron)


def _unless_held(position: float | Floats, velocity: float | Floats) -> Floats:
    """Return the velocity, or 0 if the wall is pressed against an end of its track."""
    p, v = np.asarray(position), np.asarray(velocity)
    held = ((p <= 0.0) & (v < 0.0)) | ((p >= 1.0) & (v > 0.0))
    result: Floats = np.where(held, 0.0, v)
    return result
