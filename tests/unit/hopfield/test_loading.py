"""How long a network is loaded (physics.md A8): as circuit and device need, or as long as somebody says."""

import numpy as np
import pytest

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights, recall_many
from dwmtj_widgets.hopfield.energy import settling_time
from dwmtj_widgets.hopfield.ensemble import recall_chips
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.validation import LOAD_TIMES
from dwmtj_widgets.hopfield.variation import Variation, fabricate
from dwmtj_widgets.refusals import Refused

NS = 1e-9
SLOW = {
    "TMR 50 %": (Device(tmr=0.5), 0.175),
    "TMR 100 %": (Device(tmr=1.0), 0.351),
    "axon leak -1 m/s": (Device(axon_leak=-1.0), 0.211),
    "track of 200 nm": (Device(track_length=200e-9), 0.495),
}
"""Devices, and where the published 16 ns leave their ON axons at N = 60."""


def design(device: Device | None = None, size: int = 60) -> Network:
    patterns = np.random.default_rng(5).integers(0, 2, (2, size))
    return Network(hebbian_weights(patterns, 0.1), device)


def at_release(network: Network, **options: object) -> Simulation:
    simulation = Simulation(network, np.ones(network.size), **options)  # type: ignore[arg-type]
    return simulation.step_to(simulation.load_time)


@pytest.mark.parametrize("size", [2, 3, 10, 34, 60, 100, 300])
@pytest.mark.parametrize("device", [Device(), Device.published()])
def test_table_one_and_the_release_load_as_published(size: int, device: Device) -> None:
    for voltage, time in LOAD_TIMES:
        assert default_load_time(size, device, voltage) == time  # to the bit


def test_faster_devices_load_no_shorter() -> None:
    assert default_load_time(60, Device(tmr=6.0), 0.1) == 16 * NS
    assert default_load_time(60, Device(track_length=60e-9), 0.1) == 16 * NS


@pytest.mark.parametrize("name", SLOW)
def test_slow_devices_are_given_the_time_that_they_need(name: str) -> None:
    device, published = SLOW[name]
    short = at_release(design(device), load_time=16 * NS)
    assert short.axon[0, 1] == pytest.approx(published, abs=0.005)
    assert short.settled_at_release == 0.0
    enough = at_release(design(device))
    assert enough.axon[0, 1] == 1.0
    assert enough.settled_at_release == 1.0
    ratio = settling_time(60, 0.1, device) / settling_time(60, 0.1, Device())
    assert enough.load_time == 16 * NS * ratio
    assert enough.load_time == default_load_time(60, device, 0.1)


def test_small_networks_of_the_paper_are_released_early_and_say_so() -> None:
    shares = {size: at_release(design(size=size)).settled_at_release for size in (10, 32, 33, 60)}
    assert shares == {10: 0.0, 32: 0.0, 33: 1.0, 60: 1.0}
    bits = np.arange(20) < 15
    early = Simulation(design(size=20), bits)
    assert np.isnan(early.settled_at_release)
    early.step(15.9 * NS)
    assert np.isnan(early.settled_at_release)
    result = early.run()
    assert result.settled_at_release == early.settled_at_release == 0.25  # OFF axons are where they began


@pytest.mark.parametrize("integrator", ["events", "euler"])
def test_share_is_of_the_release_however_the_run_is_cut(integrator: str) -> None:
    def run(*durations: float) -> float:
        simulation = Simulation(design(size=20), np.arange(20) < 15, integrator=integrator, load_time=9 * NS)
        simulation.record()
        for duration in durations:
            simulation.step(duration * NS)
        return simulation.run().settled_at_release

    assert run() == run(9.0) == run(8.9995, 0.001) == run(*[0.3] * 100) == 0.25


def test_share_is_measured_again_after_going_back_before_the_release() -> None:
    simulation = Simulation(design(size=20), np.ones(20))
    record = simulation.record()
    simulation.run()
    assert simulation.settled_at_release == 0.0
    simulation.restart(record[record.index_at(20 * NS)])
    assert simulation.settled_at_release == 0.0
    simulation.restart(record[record.index_at(10 * NS)])
    assert np.isnan(simulation.settled_at_release)
    assert simulation.run().settled_at_release == 0.0


def test_stuck_axons_do_not_count() -> None:
    network = design(size=40)
    chip = fabricate(network, Variation(stuck=0.2, stuck_at="off"), 3)
    assert (~chip.free).any()
    assert at_release(chip, load_time=40 * NS).settled_at_release < 1.0  # fed by somas that are stuck
    free_somas = fabricate(network, Variation(stuck=0.0), 3)
    assert at_release(free_somas).settled_at_release == 1.0


def test_ensembles_and_chips_load_as_one_run_does() -> None:
    device = Device(tmr=1.0)
    network, patterns = design(device, 20), np.eye(3, 20, dtype=np.uint8)
    chips = [fabricate(network, Variation(tmr=0.05), seed) for seed in range(3)]
    many, made = recall_many(network, patterns), recall_chips(chips, patterns)
    for k, pattern in enumerate(patterns):
        assert many.time[k] == Simulation(network, pattern).run().time
        alone = Simulation(chips[k], pattern)
        assert alone.load_time == default_load_time(20, device, 0.1)  # of the nominal device
        assert made.time[k] == alone.run().time


def test_a_time_given_on_purpose_may_be_too_short() -> None:
    assert Simulation(design(), np.ones(60), load_time=1 * NS).load_time == 1 * NS
    assert at_release(design(), load_time=1 * NS).settled_at_release == 0.0


def test_the_load_time_of_a_run_stays_when_the_device_is_changed() -> None:
    simulation = Simulation(design(), np.ones(60)).step(5 * NS)
    simulation.change(device=Device(tmr=0.5))
    assert simulation.load_time == 16 * NS
    assert simulation.run().settled_at_release == 0.0


@pytest.mark.parametrize(
    ("device", "options", "sentence"),
    [
        (Device(soma_leak=-60.0), {}, "drives a soma with 53.18 m/s only, so none could be loaded ON"),
        (Device(soma_leak=-60.0), {"load_time": 50 * NS}, "soma_leak is -60 m/s"),
        (Device(axon_leak=-1e-3), {}, "max_time is 3000 ns; it must be longer than the loading, which takes"),
    ],
)
def test_devices_that_cannot_be_loaded_are_refused_with_the_reason(device, options, sentence) -> None:
    with pytest.raises(Refused, match=sentence):
        Simulation(design(device), np.ones(60), **options)
    with pytest.raises(Refused, match=sentence):
        recall_many(design(device), np.ones((1, 60)), **options)


def test_a_change_that_is_refused_changes_nothing() -> None:
    simulation = Simulation(design(), np.ones(60)).step(5 * NS)
    network, moment = simulation.network, simulation.moment
    with pytest.raises(Refused, match="soma_leak"):
        simulation.change(device=Device(soma_leak=-60.0), charge_voltage=0.05)
    assert simulation.network is network
    assert simulation.charge_voltage == 0.1
    assert simulation.moment is moment
    assert simulation.run().time == Simulation(design(), np.ones(60)).run().time
