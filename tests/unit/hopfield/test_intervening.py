"""Intervening in a run: time and energy go on, times add up, and the record says what was done."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from reference import NANOSECOND, PICOSECOND
from runs import equations, every_integrator, same

from dwmtj_widgets import Device, Network, Simulation
from dwmtj_widgets.refusals import Refused


def soma_velocity_over(simulation: Simulation, dt: float) -> NDArray[np.float64]:
    """Return the velocities (m/s) of the somas over the next `dt`, from their positions alone."""
    soma = simulation.soma
    moved: NDArray[np.float64] = simulation.step(dt).soma - soma
    return moved * simulation.network.device.track_length / dt


# -- intervening -------------------------------------------------------------------------------------------------


NEURONS = 8
SPREAD = {"tmr": 3.0 * np.exp(np.random.default_rng(5).normal(0.0, 0.2, (NEURONS, NEURONS)))}
INTERVENTIONS: dict[str, Callable[[Simulation], Simulation]] = {
    "weights": lambda s: s.change(weights=-s.network.weights),
    "device": lambda s: s.change(device=Device(tmr=1.5, soma_leak=0.4)),
    "variation": lambda s: s.change(variation=SPREAD),
    "connected": lambda s: s.change(connected=np.random.default_rng(1).random((NEURONS, NEURONS)) < 0.6),
    "set_soma": lambda s: s.set_soma(0, 0.1),
    "flip_soma": lambda s: s.flip_soma(2),
    "cut_synapse": lambda s: s.cut_synapse(0, 1),
}


@every_integrator
@pytest.mark.parametrize("name", INTERVENTIONS)
def test_intervention_keeps_time_and_energy_and_changes_the_future(
    network: Network, probe: NDArray[np.uint8], name: str, integrator: str
) -> None:
    simulation = Simulation(network, probe, integrator=integrator).step(18 * NANOSECOND)
    untouched = Simulation(network, probe, integrator=integrator).run()
    before, soma = simulation.result(), simulation.soma.copy()
    assert INTERVENTIONS[name](simulation) is simulation
    after = simulation.result()
    assert (after.time, after.energy_parts, after.phase) == (before.time, before.energy_parts, before.phase)
    assert np.array_equal(after.axon, before.axon, equal_nan=True)
    assert int((after.soma != soma).sum()) == (1 if "soma" in name else 0)
    result = simulation.run()
    assert result.time > before.time
    assert result.energy > before.energy
    assert abs(result.energy / untouched.energy - 1.0) > 1e-4
    assert network.connected.sum() == NEURONS * (NEURONS - 1), "the network it was made of must not change"


@every_integrator
def test_charge_voltage_can_change_while_loading(
    network: Network, probe: NDArray[np.uint8], integrator: str
) -> None:
    simulation = Simulation(network, probe, integrator=integrator).step(0.5 * NANOSECOND)
    soma, energy, d = simulation.soma.copy(), simulation.energy, network.device
    simulation.change(charge_voltage=0.2)
    assert (simulation.charge_voltage, simulation.load_time) == (0.2, 16 * NANOSECOND)
    assert (simulation.time, simulation.energy) == (0.5 * NANOSECOND, energy)
    simulation.step(0.1 * NANOSECOND)
    way = (d.mobility * 0.2 / d.r_track + d.soma_leak) * 0.1 * NANOSECOND / d.track_length
    np.testing.assert_allclose((simulation.soma - soma)[probe == 1], way, rtol=1e-6, atol=0.0)


@every_integrator
@pytest.mark.parametrize("name", ["weights", "set_soma", "flip_soma"])
def test_a_converged_run_goes_on_after_an_intervention(
    network: Network, probe: NDArray[np.uint8], memory: NDArray[np.uint8], name: str, integrator: str
) -> None:
    simulation = Simulation(network, probe, integrator=integrator)
    end = simulation.run()
    assert end.converged
    INTERVENTIONS[name](simulation)
    assert (simulation.phase, simulation.finished, simulation.time) == ("run", False, end.time)
    again = simulation.run()
    assert again.converged
    assert again.time > end.time + 0.5 * NANOSECOND
    assert np.array_equal(again.bits, memory) == (name != "weights")


def test_an_intervention_that_moves_nothing_leaves_a_converged_run_converged(
    network: Network, probe: NDArray[np.uint8]
) -> None:
    simulation = Simulation(network, probe)
    end = simulation.run()
    assert same(simulation.change(weights=network.weights).result(), end)


@every_integrator
def test_a_flipped_soma_flips_back(network: Network, probe: NDArray[np.uint8], integrator: str) -> None:
    simulation = Simulation(network, probe, integrator=integrator).step(17 * NANOSECOND)
    soma = simulation.soma.copy()
    simulation.flip_soma(1)
    assert simulation.soma[1] == 1.0 - soma[1]
    simulation.flip_soma(1)
    np.testing.assert_allclose(simulation.soma, soma, rtol=0.0, atol=1e-15)


@every_integrator
def test_a_restored_synapse_makes_the_run_what_it_was(
    network: Network, probe: NDArray[np.uint8], integrator: str
) -> None:
    simulation = Simulation(network, probe, integrator=integrator).step(18 * NANOSECOND)
    simulation.cut_synapse(0, 1)
    assert not simulation.network.connected[0, 1]
    simulation.restore_synapse(0, 1)
    assert np.array_equal(simulation.network.connected, network.connected)
    untouched = Simulation(network, probe, integrator=integrator).run()
    assert simulation.run().time == pytest.approx(untouched.time, rel=0.0, abs=PICOSECOND)


@every_integrator
def test_a_cut_synapse_feeds_its_dendrite_no_more(
    network: Network, probe: NDArray[np.uint8], integrator: str
) -> None:
    """The soma that it fed changes its velocity at once, by the formula; the others keep theirs."""
    simulation = Simulation(network, probe, integrator=integrator).step(17 * NANOSECOND)
    before = soma_velocity_over(
        Simulation(network, probe, integrator=integrator).step(simulation.time), PICOSECOND
    )
    simulation.cut_synapse(0, 6)
    expected = equations(simulation)[0]
    after = soma_velocity_over(simulation, PICOSECOND)
    assert after[6] == pytest.approx(expected[6], rel=1e-4, abs=0.0)
    assert abs(after[6] - before[6]) > 0.1
    assert after[1] == pytest.approx(before[1], rel=1e-6, abs=0.0)


# -- time that adds up -------------------------------------------------------------------------------------------


def every_device(network: Network) -> Network:
    """Return the network followed device by device, though all are alike."""
    return network.changed(variation={"tmr": np.full((network.size, network.size), network.device.tmr)})


@every_integrator
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    ("frame", "count", "total"), [(0.3, 100, 30.0), (0.3, 7001, 2100.3), (1.7, 1000, 1700.0)]
)
def test_short_steps_of_walls_add_up_to_their_sum(
    network: Network,
    probe: NDArray[np.uint8],
    integrator: str,
    frame: float,
    count: int,
    total: float,
    *,
    full: bool,
) -> None:
    simulation = Simulation(every_device(network) if full else network, probe, integrator=integrator)
    for _ in range(count):
        simulation.step(frame * PICOSECOND)
    on_grid = np.ceil(total - 1e-6) if integrator == "euler" else total
    assert simulation.time == pytest.approx(on_grid * PICOSECOND, rel=1e-15, abs=0.0)
    whole = Simulation(simulation.network, probe, integrator=integrator).step(total * PICOSECOND)
    np.testing.assert_allclose(simulation.soma, whole.soma, rtol=0.0, atol=1e-13)
    assert same(simulation.run(), whole.run())


def test_interventions_keep_what_was_asked_for(network: Network, probe: NDArray[np.uint8]) -> None:
    simulation = Simulation(network, probe, integrator="euler")
    for _ in range(100):
        simulation.step(0.3 * PICOSECOND).change()
    assert simulation.time == 30 * PICOSECOND


def test_euler_of_every_device_stays_on_the_grid_of_times(network: Network, probe: NDArray[np.uint8]) -> None:
    options = {"integrator": "euler", "time_step": 1e-11, "min_time": 3e-6, "max_time": 4e-6}
    end = Simulation(every_device(network), probe, **options).run()
    # Adding up 300,000 steps would end 5e-16 s beside it.
    assert end.time == Simulation(network, probe, **options).run().time == 300_000 * 1e-11
    given_up = {**options, "min_time": 0.0, "max_time": 20.0034e-9}
    for one in (network, every_device(network)):
        assert Simulation(one, probe, **given_up).run().time == 2001 * 1e-11


@every_integrator
def test_step_to_ends_at_a_time_to_the_bit(
    network: Network, probe: NDArray[np.uint8], integrator: str
) -> None:
    simulation = Simulation(network, probe, integrator=integrator).step(3.1 * NANOSECOND)
    assert simulation.step_to(20.123 * NANOSECOND).time == 20123 * PICOSECOND
    assert simulation.step_to(20.123 * NANOSECOND).time == 20123 * PICOSECOND
    with pytest.raises(Refused, match=r"time is 20 ns; the run is at 20\.12 ns already"):
        simulation.step_to(20 * NANOSECOND)


# -- the record after an intervention ----------------------------------------------------------------------------


@every_integrator
@pytest.mark.parametrize("full", [False, True])
def test_restarting_cuts_the_record_after_that_moment(
    network: Network, probe: NDArray[np.uint8], integrator: str, *, full: bool
) -> None:
    simulation = Simulation(every_device(network) if full else network, probe, integrator=integrator)
    record = simulation.record(0.5 * NANOSECOND)
    simulation.run()
    kept = [record[k] for k in range(10)]
    for index in (10, 40, 10):
        moment = record[min(index, len(record) - 1)]
        simulation.restart(moment)
        assert record.times[-1] == simulation.time == pytest.approx(moment.time, rel=1e-12, abs=0.0)
        assert len(record) == index + 1
        simulation.change(weights=1.1 * simulation.network.weights).run()
        assert (np.diff(record.times) > 0.0).all()
        assert record.times[-1] == simulation.time
        assert all(record[k] is moment for k, moment in enumerate(kept))


@every_integrator
def test_every_intervention_is_in_the_record(
    network: Network, probe: NDArray[np.uint8], integrator: str
) -> None:
    simulation = Simulation(network, probe, integrator=integrator)
    record = simulation.record(0.5 * NANOSECOND)
    simulation.run()
    simulation.restart(record[50])
    for intervene in (
        lambda: simulation.flip_soma(2),
        lambda: simulation.cut_synapse(1, 3),
        lambda: simulation.set_soma(0, 0.5),
        lambda: simulation.restore_synapse(1, 3),
    ):
        simulation.step(0.7 * NANOSECOND)
        intervene()
        assert record.times[-1] == simulation.time
        assert np.array_equal(record[len(record) - 1].soma, simulation.soma)
    simulation.run()
    assert (np.diff(record.times) > 0.0).all()
    last = simulation.flip_soma(1).time
    assert record.times[-1] == last
    assert record[len(record) - 1].soma[1] == simulation.soma[1]
