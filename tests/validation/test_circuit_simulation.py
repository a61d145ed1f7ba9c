"""Seven ngspice transients, every device a subcircuit of its own, against the event integrator.

The circuit simulation takes steps of 20 ps with a second-order rule, so walls agree to a few hundredths of a
nanometre. It rounds the corner where a wall reaches the end of its track, hence the wider limit there.
"""

import functools

import numpy as np
import pytest
from numpy.typing import NDArray
from reference import NANOSECOND, PICOSECOND, TRANSIENTS, Transient, bits, transient

from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.hopfield.simulation import axon_table

TRACK = 100.0
"""Nanometres, of all seven."""
MOVED = 0.05 / TRACK
"""The reference takes a wall that is farther than this from where it ends as moving (x/L)."""

circuit = functools.cache(transient)

exact_or_derived = pytest.mark.parametrize(
    ("exact_mobility", "inside", "at_ends", "timing"),
    [
        pytest.param(True, 0.05, 0.06, 0.02, id="mobility of the circuit simulation"),
        pytest.param(False, 0.06, 0.06, 0.03, id="mobility derived from Table I"),
    ],
)
every_transient = pytest.mark.parametrize("name", TRANSIENTS)


def walls_at(recording: Recording, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the recorded walls (T, N + N**2) in nanometres; after the end of the run they stand."""
    moments = [recording[recording.index_at(time)] for time in times]
    return TRACK * np.array([np.concatenate([m.soma, axon_table(m.axon).ravel()]) for m in moments])


def last_motion(run: Transient, *, exact_mobility: bool) -> float:
    """Return the last time at which a wall is more than 0.05 nm from where it ends, to 1 ps, in seconds."""
    end = run.simulation(exact_mobility=exact_mobility).run()
    simulation = run.simulation(exact_mobility=exact_mobility).step(end.time - NANOSECOND)
    recording = simulation.record(PICOSECOND)
    assert simulation.run().time == end.time
    walls = np.array(
        [np.concatenate([m.soma, m.axon]) for m in map(recording.__getitem__, range(len(recording)))]
    )
    moving = (np.abs(walls - walls[-1]) > MOVED).any(axis=1)
    assert moving[0], "the last nanosecond must contain the last motion"
    return float(recording.times[np.flatnonzero(moving)[-1]])


@every_transient
@exact_or_derived
def test_walls_follow_the_circuit_simulation(
    name: str, *, exact_mobility: bool, inside: float, at_ends: float, timing: float
) -> None:
    run = circuit(name)
    simulation = run.simulation(exact_mobility=exact_mobility)
    recording = simulation.record(0.5 * NANOSECOND)
    result = simulation.run()
    assert "".join(map(str, result.bits)) == run.settings["final"]
    ours = walls_at(recording, run.times)
    theirs = TRACK * np.concatenate([run.soma, run.axon.reshape(len(run.times), -1)], axis=1)
    difference = np.abs(ours - theirs)
    away = (np.minimum(ours, theirs) > 0.5) & (np.maximum(ours, theirs) < TRACK - 0.5)
    assert away.any()
    assert difference[away].max() <= inside
    assert np.nanmax(difference) <= at_ends
    motion = last_motion(run, exact_mobility=exact_mobility)
    assert abs(motion - run.settings["convergence_time_ns"] * NANOSECOND) <= timing * NANOSECOND


@every_transient
def test_energy_follows_the_circuit_simulation(name: str) -> None:
    run = circuit(name)
    stop = run.settings["stop_time_ns"] * NANOSECOND
    simulation = run.simulation(min_time=stop)
    load = simulation.step(simulation.load_time).energy
    assert load == pytest.approx(run.settings["energy_J"]["load"], rel=1e-4, abs=0.0)
    result = simulation.run()
    assert result.time == stop
    total = run.settings["energy_J"]["load"] + run.settings["energy_J"]["run_to_stop"]
    assert result.energy == pytest.approx(total, rel=1e-4, abs=0.0)
    assert np.array_equal(result.bits, bits(run.settings["final"]))


@every_transient
def test_readable_equations_are_those_of_the_circuit(name: str) -> None:
    """Dendrite voltages and powers out of the circuit simulation's own walls, at every sample."""
    run = circuit(name)
    network = run.network()
    assert network.supply_voltage == pytest.approx(run.settings["supply_voltage_V"], rel=1e-12, abs=0.0)
    running = run.times > run.settings["load_time_ns"] * NANOSECOND * (1 + 1e-9)
    assert 0 < running.sum() < len(running)
    for k in np.flatnonzero(running):
        axon, soma = run.axon[k], np.clip(run.soma[k], 0.0, 1.0)
        dendrite = network.dendrite_voltage(np.clip(axon, 0.0, 1.0))
        # 1 uV of about 0.1 V: a wall on its way is kept with the circuit simulation's own rounding.
        np.testing.assert_allclose(dendrite, run.dendrite[k], rtol=0.0, atol=1e-6)
        conductance = network.axon_conductance(axon)
        synapses = (network.weights * (network.weights - dendrite) * conductance).sum()
        tracks = network.device.r_track / (network.size - 1)
        supply = (network.supply_voltage**2 / (1.0 / network.soma_conductance(soma) + tracks)).sum()
        assert synapses == pytest.approx(run.power[k, 2], rel=1e-4, abs=0.0)
        assert supply == pytest.approx(run.power[k, 0], rel=1e-4, abs=0.0)
