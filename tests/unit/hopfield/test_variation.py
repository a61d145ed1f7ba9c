"""Chips: the same seed is the same chip, faults are where they are said to be, jitter has the scatter that it says."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from reference import NANOSECOND, PICOSECOND

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights, recall_many
from dwmtj_widgets.hopfield.ensemble import recall_chips
from dwmtj_widgets.hopfield.variation import Chip, Variation, fabricate
from dwmtj_widgets.refusals import Refused

SIZE = 10
EVERY = {"track_length": 0.05, "tmr": 0.05, "r_parallel": 0.05, "leak": 0.05, "mobility": 0.05}


def design(seed: int = 1, size: int = SIZE) -> Network:
    """Return a network that stores one random pattern."""
    return Network(hebbian_weights(np.random.default_rng(seed).integers(0, 2, (1, size)), 0.1))


def cue(seed: int = 1, size: int = SIZE) -> NDArray[np.uint8]:
    """Return that pattern with two bits wrong."""
    bits = np.random.default_rng(seed).integers(0, 2, (1, size))[0].astype(np.uint8)
    bits[:2] ^= 1
    return bits


# -- the same chip -----------------------------------------------------------------------------------------------


def test_same_seed_same_chip_and_another_seed_another() -> None:
    variation = Variation(**EVERY, stuck=0.1, open=0.1, jitter=1.0)
    one, same, other = (fabricate(design(), variation, seed) for seed in (5, 5, 6))
    for name in one.variation:
        assert np.array_equal(one.variation[name], same.variation[name])
        assert not np.array_equal(one.variation[name], other.variation[name])
    assert np.array_equal(one.stuck, same.stuck, equal_nan=True)
    assert np.array_equal(one.connected, same.connected)
    runs = [Simulation(chip, cue(), max_time=100 * NANOSECOND).run() for chip in (one, same, other)]
    assert (runs[0].time, runs[0].energy) == (runs[1].time, runs[1].energy)
    assert runs[0].energy != runs[2].energy


@pytest.mark.kernels
def test_each_kind_of_fault_draws_for_itself() -> None:
    """More of one kind leaves the others as they were, and a larger share holds the smaller one's devices."""
    few = fabricate(design(), Variation(tmr=0.05, stuck=0.1, open=0.1), 3)
    more = fabricate(design(), Variation(tmr=0.1, mobility=0.1, stuck=0.3, open=0.1), 3)
    spread = [np.asarray(chip.variation["tmr"]) / 3.0 - 1.0 for chip in (few, more)]
    np.testing.assert_allclose(2.0 * spread[0], spread[1], rtol=1e-12, atol=1e-15)
    assert np.array_equal(few.connected, more.connected)
    assert (more.free <= few.free).all()
    assert np.array_equal(few.stuck[~few.free], more.stuck[~few.free])


@pytest.mark.kernels
@pytest.mark.parametrize("distribution", ["normal", "lognormal"])
def test_spreads_have_the_width_that_was_asked_for(distribution: str) -> None:
    chip = fabricate(design(size=100), Variation(**EVERY, distribution=distribution), 0)
    table_one = Device()
    nominal = {name: getattr(table_one, name) for name in chip.variation if name != "fixed_mobility"}
    nominal["fixed_mobility"] = table_one.mobility
    assert set(nominal) == {
        "track_length",
        "tmr",
        "r_parallel",
        "soma_leak",
        "axon_leak",
        "fixed_mobility",
    }
    for name, value in nominal.items():
        ratio = np.asarray(chip.variation[name]) / value
        deviation = np.log(ratio) if distribution == "lognormal" else ratio - 1.0
        # 10,000 draws: four standard errors; cutting off at three deviations takes away 1.3 % of the width.
        assert deviation.mean() == pytest.approx(0.0, abs=4 * 0.05 / 100)
        assert deviation.std() == pytest.approx(0.05 * 0.9866, rel=4 / np.sqrt(20_000))
        assert np.abs(deviation).max() <= 0.15 * (1 + 1e-12)
        assert len(np.unique(ratio)) == 10_000 or name == "fixed_mobility"


@pytest.mark.kernels
def test_shares_are_met_exactly() -> None:
    chip = fabricate(design(), Variation(stuck=0.07, open=0.1), 0)
    assert (~chip.free).sum() == 7
    assert SIZE * (SIZE - 1) - chip.connected.sum() == 9


@pytest.mark.kernels
def test_the_places_where_walls_are_stuck() -> None:
    def places(where: str) -> NDArray[np.float64]:
        stuck = fabricate(design(), Variation(stuck=0.5, stuck_at=where), 0).stuck
        values: NDArray[np.float64] = stuck[~np.isnan(stuck)]
        return values

    assert set(places("off")) == {0.0}
    assert set(places("on")) == {1.0}
    assert set(places("either")) == {0.0, 1.0}
    assert len(set(places("anywhere"))) == 50


# -- how chips run -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [8, 20, 60])
def test_without_any_variation_a_chip_is_the_design(size: int) -> None:
    """The kernel of every device against the collapsed one."""
    for seed in (1, 2):
        network, pattern = design(seed, size), cue(seed, size)
        chip = Simulation(fabricate(network, Variation(), seed), pattern).run()
        plain = Simulation(network, pattern).run()
        assert chip.bits.tolist() == plain.bits.tolist()
        assert chip.time == pytest.approx(plain.time, rel=0.0, abs=PICOSECOND)
        assert chip.energy == pytest.approx(plain.energy, rel=1e-5, abs=0.0)


@pytest.mark.kernels
def test_stuck_walls_do_not_move_and_others_do() -> None:
    chip = fabricate(design(), Variation(stuck=0.3, stuck_at="anywhere"), 2)
    simulation = Simulation(chip, cue())
    held, off_diagonal = ~chip.free, ~np.eye(SIZE, dtype=bool)
    for _ in range(20):
        simulation.step(2 * NANOSECOND)
        table = simulation.axon
        np.fill_diagonal(table, simulation.soma)
        np.testing.assert_allclose(table[held], chip.stuck[held], rtol=1e-15, atol=0.0)
    assert (table[~held & off_diagonal] != 0.0).any()
    assert simulation.run().converged


@pytest.mark.kernels
def test_a_stuck_soma_stays_for_any_load_and_any_force() -> None:
    stuck = np.full((4, 4), np.nan)
    stuck[1, 1] = 1.0
    chip = Chip(hebbian_weights([[1, 0, 1, 0]], 0.1), stuck=stuck)
    simulation = Simulation(chip, [1, 0, 1, 0])
    assert simulation.soma.tolist() == [0.0, 1.0, 0.0, 0.0]
    simulation.flip_soma(1)
    assert simulation.soma[1] == 1.0
    assert simulation.run().converged
    assert simulation.bits[1] == 1
    assert chip.soma_velocity(np.full(4, 0.1))[1] == 0.0
    assert chip.soma_velocity(np.full(4, 0.1))[0] > 0.0


def test_open_synapses_and_levels_reach_the_circuit() -> None:
    network = Network(hebbian_weights(np.random.default_rng(4).integers(0, 2, (3, SIZE)), 0.1))
    chip = fabricate(network, Variation(open=0.2, levels=2), 0)
    np.testing.assert_allclose(np.abs(chip.weights[~np.eye(SIZE, dtype=bool)]), 0.3, rtol=1e-12, atol=0.0)
    same = Network(chip.weights, connected=chip.connected, synaptic_weight=0.1)
    one, other = Simulation(chip, cue()).run(), Simulation(same, cue()).run()
    assert one.bits.tolist() == other.bits.tolist()
    assert one.energy == pytest.approx(other.energy, rel=1e-4, abs=0.0)
    assert chip.synaptic_weight == network.synaptic_weight


def test_changing_a_running_chip_keeps_its_faults() -> None:
    chip = fabricate(design(), Variation(stuck=0.2, jitter=1.0), 1)
    simulation = Simulation(chip, cue()).step(20 * NANOSECOND)
    simulation.change(device=dataclasses.replace(Device(), tmr=2.0)).cut_synapse(0, 1)
    now = simulation.network
    assert isinstance(now, Chip)
    assert np.array_equal(now.stuck, chip.stuck, equal_nan=True)
    assert (now.jitter, now.noise_seed, now.device.tmr) == (1.0, 1, 2.0)
    assert not now.connected[0, 1]


# -- jitter ------------------------------------------------------------------------------------------------------


def free_somas(jitter: float, seed: int, integrator: str = "events", **options: Any) -> Simulation:
    """Return somas that nothing drives, in the middle of their tracks."""
    size = 40
    device = Device(soma_leak=0.0)
    chip = Chip(np.zeros((size, size)), device, jitter=jitter, noise_seed=seed)
    return Simulation(chip, np.ones(size), soma_start=np.full(size, 0.5), integrator=integrator, **options)


@pytest.mark.parametrize("integrator", ["events", "euler"])
@pytest.mark.parametrize("duration", [1.0, 4.0])
def test_jitter_scatters_as_it_says_at_every_step_and_time(integrator: str, duration: float) -> None:
    """A velocity whose mean over 1 ns scatters by s scatters by s / sqrt(t) over t ns: the way by s sqrt(t)."""
    ways = []
    for seed in range(12):
        simulation = free_somas(2.0, seed, integrator, time_step=10e-12).step(20 * NANOSECOND)
        simulation.change(weights=np.zeros((40, 40)))
        for neuron in range(40):
            simulation.set_soma(neuron, 0.5)
        before = simulation.soma
        simulation.step(duration * NANOSECOND)
        ways.append((simulation.soma - before) * simulation.network.device.track_length)
    moved = np.concatenate(ways)
    expected = 2.0 * NANOSECOND * np.sqrt(duration)
    assert moved.std() == pytest.approx(expected, rel=4 / np.sqrt(2 * moved.size))
    assert moved.mean() == pytest.approx(0.0, abs=4 * expected / np.sqrt(moved.size))
    # Kurtosis of a normal law is 3; its standard error is sqrt(24 / n).
    kurtosis = ((moved / moved.std()) ** 4).mean()
    assert kurtosis == pytest.approx(3.0, abs=4 * np.sqrt(24 / moved.size))


def test_jitter_is_the_seeds_however_a_run_is_cut() -> None:
    chip = fabricate(design(), Variation(jitter=2.0), 0, noise_seed=7)
    whole = Simulation(chip, cue()).run()
    for frame in (0.013, 0.7):
        simulation = Simulation(chip, cue())
        while not simulation.finished:
            simulation.step(frame * NANOSECOND)
        assert simulation.time == whole.time
        assert np.array_equal(simulation.axon, whole.axon, equal_nan=True)
        assert simulation.energy_parts == whole.energy_parts
    other = Simulation(fabricate(design(), Variation(jitter=2.0), 0, noise_seed=8), cue()).run()
    assert other.time != whole.time
    assert whole.converged


def test_a_wall_pressed_against_an_end_does_not_jitter() -> None:
    chip = Chip(np.zeros((3, 3)), jitter=5.0)
    simulation = Simulation(chip, [1, 1, 1], soma_start="pattern").step(5 * NANOSECOND)
    assert simulation.soma.tolist() == [1.0, 1.0, 1.0]
    assert len(set(simulation.axon[~np.eye(3, dtype=bool)])) == 6


def test_vanishing_jitter_is_none() -> None:
    """And the long steps that a run without jitter takes where few axons move do no harm."""
    chip = fabricate(design(2, 20), Variation(**dict.fromkeys(EVERY, 0.08)), 4)
    shaken = Chip(chip.weights, chip.device, variation=chip.variation, jitter=1e-9)
    one, other = Simulation(chip, cue(2, 20)), Simulation(shaken, cue(2, 20))
    while one.time < 100 * NANOSECOND:
        one.step(5 * NANOSECOND)
        other.step(5 * NANOSECOND)
        np.testing.assert_allclose(one.axon, other.axon, rtol=0.0, atol=1e-5)
        assert one.energy == pytest.approx(other.energy, rel=1e-6, abs=0.0)
    quiet, plain = one.run(), other.run()
    assert quiet.time > 100 * NANOSECOND, "axons must creep, or no long step was taken"
    # The end of a run with jitter is known to a step of 20 ps.
    assert quiet.time == pytest.approx(plain.time, rel=0.0, abs=20 * PICOSECOND)
    assert quiet.energy == pytest.approx(plain.energy, rel=2e-4, abs=0.0)
    assert quiet.bits.tolist() == plain.bits.tolist()


# -- many chips --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 3])
def test_many_chips_are_each_a_run_of_its_own(workers: int) -> None:
    chips = [fabricate(design(), Variation(**EVERY), seed) for seed in range(6)]
    many = recall_chips(chips, cue(), workers=workers)
    for index, chip in enumerate(chips):
        single = Simulation(chip, cue()).run()
        assert (many.time[index], many.energy[index]) == (single.time, single.energy)
        assert many.bits[index].tolist() == single.bits.tolist()
    assert len(set(many.time)) == 6


def test_a_design_many_times_over_is_one_network_with_many_patterns() -> None:
    patterns = np.random.default_rng(0).integers(0, 2, (4, SIZE))
    one, other = recall_chips([design()] * 4, patterns), recall_many(design(), patterns)
    assert np.array_equal(one.time, other.time)
    assert np.array_equal(one.energy, other.energy)


# -- what is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"tmr": 0.31}, r"Spread of TMR \(tmr\) is 31%; it must lie between 0% and 30%."),
        ({"tmr": -0.1}, "Spread of TMR"),
        ({"stuck": 1.5}, "Stuck walls"),
        ({"levels": 1}, "levels is 1; it must be a whole number of at least 2, or 0"),
        ({"levels": 2.5}, "levels is 2.5"),
        ({"jitter": float("nan")}, "Velocity jitter"),
        ({"distribution": "uniform"}, "distribution is 'uniform'; it must be one of 'normal', 'lognormal'"),
        ({"stuck_at": "there"}, "stuck_at is 'there'"),
    ],
)
def test_illegal_variations_are_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        Variation(**fields)


def test_illegal_chips_are_refused() -> None:
    with pytest.raises(Refused, match="stuck holds a value outside 0 to 1"):
        Chip(np.zeros((2, 2)), stuck=[[2.0, np.nan], [np.nan, np.nan]])
    with pytest.raises(Refused, match="stuck has the shape"):
        Chip(np.zeros((2, 2)), stuck=[0.0])
    with pytest.raises(Refused, match="differ already"):
        fabricate(fabricate(design(), Variation(), 0), Variation(), 0)
    with pytest.raises(Refused, match="seed is -1"):
        fabricate(design(), Variation(), -1)
    with pytest.raises(Refused, match="There are no networks"):
        recall_chips([], [1, 0])
    with pytest.raises(Refused, match="network 1 has 8 neurons; the patterns have 10 bits"):
        recall_chips([design(), design(size=8)], cue())
    with pytest.raises(Refused, match="patterns are 3 rows; one is wanted for each of 2 networks"):
        recall_chips([design()] * 2, np.ones((3, SIZE)))
    narrow = Network(design().weights, Device(track_length=22e-9))
    with pytest.raises(Refused, match="variation moves an MTJ window off its track"):
        fabricate(narrow, Variation(track_length=0.1), 0)
