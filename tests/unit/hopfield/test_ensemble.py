"""Many runs at once: the same as one after the other, in order, in any pool, and interruptible."""

from threading import Event, Lock
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from reference import NANOSECOND, letters_network

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights, recall_many
from dwmtj_widgets.hopfield.ensemble import EnsembleResult

RUNS = 24


@pytest.fixture(scope="module")
def patterns() -> NDArray[np.int64]:
    """Bits to load, one run a row."""
    return np.random.default_rng(12).integers(0, 2, (RUNS, 8))


def equal(one: EnsembleResult, other: EnsembleResult) -> bool:
    """Tell whether two results are equal to the bit."""
    names = ("time", "energy", "bits", "converged", "done")
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in names)


OPTIONS: list[dict[str, Any]] = [
    {},
    {"integrator": "euler", "time_step": 4e-12},
    {
        "charge_voltage": 0.25,
        "load_time": 30 * NANOSECOND,
        "soma_start": "pattern",
        "min_time": 70 * NANOSECOND,
    },
    {"max_time": 40 * NANOSECOND},
]


def spread(network: Network) -> Network:
    """Return the network with devices that differ."""
    tmr = 3.0 * np.exp(np.random.default_rng(3).normal(0.0, 0.1, (network.size, network.size)))
    return network.changed(variation={"tmr": tmr})


@pytest.mark.parametrize("varied", [False, True])
@pytest.mark.parametrize("options", OPTIONS, ids=["events", "euler", "schedule", "short"])
def test_every_row_is_a_run_of_its_own(
    network: Network, patterns: NDArray[np.int64], options: dict[str, Any], *, varied: bool
) -> None:
    network = spread(network) if varied else network
    many = recall_many(network, patterns, **options)
    assert many.bits.dtype == np.int8
    assert many.done.all()
    for row, pattern in enumerate(patterns):
        single = Simulation(network, pattern, **options).run()
        assert (many.time[row], many.energy[row]) == (single.time, single.energy)
        assert many.bits[row].tolist() == single.bits.tolist()
        assert many.converged[row] == single.converged
    assert many.converged.any() == ("max_time" not in options) or not many.converged.all()


def test_rows_differ_so_that_their_order_is_tested(network: Network, patterns: NDArray[np.int64]) -> None:
    assert len(set(recall_many(network, patterns).time)) > RUNS // 2
    turned = recall_many(network, patterns[::-1])
    assert np.array_equal(turned.time[::-1], recall_many(network, patterns).time)


@pytest.mark.parametrize("options", OPTIONS[:2], ids=["events", "euler"])
def test_the_number_of_workers_changes_nothing(
    network: Network, patterns: NDArray[np.int64], options: dict[str, Any]
) -> None:
    alone = recall_many(network, patterns, workers=1, **options)
    for workers in (2, 3, 2 * RUNS):
        assert equal(recall_many(network, patterns, workers=workers, **options), alone)


def test_every_row_can_start_somewhere_else(network: Network, patterns: NDArray[np.int64]) -> None:
    starts = np.random.default_rng(1).random((RUNS, 8))
    many = recall_many(network, patterns, soma_start=starts)
    single = Simulation(network, patterns[5], soma_start=starts[5]).run()
    assert (many.time[5], many.energy[5]) == (single.time, single.energy)


def test_progress_counts_up_to_the_whole(network: Network, patterns: NDArray[np.int64]) -> None:
    calls: list[tuple[int, int]] = []
    recall_many(network, patterns, workers=1, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(done, RUNS) for done in range(1, RUNS + 1)]
    lock, seen = Lock(), []

    def note(done: int, total: int) -> None:
        with lock:
            seen.append((done, total))

    recall_many(network, patterns, workers=3, progress=note)
    assert len(seen) == RUNS
    assert max(seen) == (RUNS, RUNS)


def test_cancelled_before_it_begins_nothing_is_done(network: Network, patterns: NDArray[np.int64]) -> None:
    cancel = Event()
    cancel.set()
    result = recall_many(network, patterns, cancel=cancel)
    assert not result.done.any()
    assert np.isnan(result.time).all()
    assert np.isnan(result.energy).all()
    assert (result.bits == -1).all()
    assert not result.converged.any()


@pytest.mark.parametrize("workers", [1, 3])
def test_cancelled_on_the_way_it_leaves_the_rest_undone(
    network: Network, patterns: NDArray[np.int64], workers: int
) -> None:
    cancel = Event()

    def stop_after_five(done: int, _total: int) -> None:
        if done >= 5:
            cancel.set()

    result = recall_many(network, patterns, workers=workers, progress=stop_after_five, cancel=cancel)
    # A worker that had begun finishes its run.
    assert 5 <= result.done.sum() < 5 + workers + 1
    whole = recall_many(network, patterns)
    assert np.array_equal(result.time[result.done], whole.time[result.done])
    assert np.isnan(result.time[~result.done]).all()
    assert (result.bits[~result.done] == -1).all()


def test_a_failing_progress_report_is_not_swallowed(network: Network, patterns: NDArray[np.int64]) -> None:
    def fail(_done: int, _total: int) -> None:
        raise OSError("the page is gone")

    with pytest.raises(OSError, match="the page is gone"):
        recall_many(network, patterns, workers=2, progress=fail)


def test_undecided_and_late_runs_are_told_apart() -> None:
    """A soma in mid-track at the end is neither 0 nor 1, and the run has not converged."""
    network = Network(np.zeros((3, 3)), Device(soma_leak=0.2))
    result = recall_many(network, [[0, 0, 1]], max_time=250 * NANOSECOND)
    assert result.bits.tolist() == [[-1, -1, 1]]
    assert not result.converged[0]
    assert result.time[0] == 250 * NANOSECOND


def test_a_hundred_neurons_recall_as_a_batch() -> None:
    network = letters_network(Device())
    patterns = np.random.default_rng(2).integers(0, 2, (6, 100))
    result = recall_many(network, patterns)
    assert result.converged.all()
    assert set(np.unique(result.bits)) == {0, 1}
    stored = np.sign(network.weights)
    # Every end is a state that the weights hold: each bit agrees with the sign of what it is fed.
    signs = 2.0 * result.bits - 1.0
    assert np.array_equal(np.sign(signs @ network.weights), signs), stored.shape


def test_one_pattern_is_an_ensemble_of_one() -> None:
    network = Network(hebbian_weights([[1, 0, 1]], 0.1))
    result = recall_many(network, [[1, 0, 1]])
    assert (result.time.shape, result.bits.shape) == ((1,), (1, 3))
