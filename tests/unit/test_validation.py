"""Bad input fails at the door: one sentence that names what arrived, never a trace out of a kernel."""

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights, recall_many
from dwmtj_widgets.hopfield import published_estimate
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import quantity
from dwmtj_widgets.validation import count, finite, short, whole, within

WEIGHTS = np.array([[0.0, 0.1, -0.1], [0.1, 0.0, 0.1], [-0.1, 0.1, 0.0]])
PATTERN = [1, 0, 1]
NAN, INF = float("nan"), float("inf")


def refusal(attempt: Callable[[], object]) -> str:
    """Return the sentence with which an input is refused, after a look at its form."""
    with pytest.raises(Refused, match=r".") as caught:
        attempt()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    # One sentence: a full stop, and no other that ends one.
    assert not re.search(r"[.!?] [A-Z]", sentence), sentence
    assert type(caught.value) is Refused
    return sentence


def run(**options: Any) -> Simulation:
    """Start a small network."""
    return Simulation(Network(WEIGHTS), PATTERN, **options)


def illegal_values() -> list[Any]:
    """Return every field of Device with values just beyond its legal range, and with what is no number."""
    rows = []
    for entry in fields(Device):
        low, high = entry.metadata["legal"]
        beyond = [
            low - 1e-3 * max(abs(low), 1e-6),
            high + 1e-3 * max(abs(high), 1e-6),
            NAN,
            INF,
            -INF,
            "wide",
            None,
        ]
        if low > 0.0:
            beyond += [0.0, -entry.default]
        rows += [pytest.param(entry.name, value, id=f"{entry.name}={value!r}") for value in beyond]
    return rows


@pytest.mark.parametrize(("name", "value"), illegal_values())
def test_device_refuses_what_is_illegal(name: str, value: float) -> None:
    sentence = refusal(lambda: Device(**{name: value}))
    (entry,) = [entry for entry in fields(Device) if entry.name == name]
    assert name in sentence
    assert entry.metadata["label"] in sentence
    if isinstance(value, float) and np.isfinite(value):
        assert quantity(value, entry.metadata["unit"]) in sentence
    else:
        assert repr(value) in sentence


def legal_ends() -> list[Any]:
    """Return every field of Device with both ends of its legal range, where geometry leaves them possible."""
    geometry = {"track_length", "mtj_width", "mtj_center"}
    return [
        pytest.param(entry.name, value, id=f"{entry.name}={value!r}")
        for entry in fields(Device)
        for value in entry.metadata["legal"]
        if entry.name not in geometry
    ]


@pytest.mark.parametrize(("name", "value"), legal_ends())
def test_device_takes_the_ends_of_the_legal_range(name: str, value: float) -> None:
    assert getattr(Device(**{name: value}), name) == value


@pytest.mark.parametrize(
    "parameters", [{"mtj_width": 100e-9}, {"track_length": 20e-9}, {"mtj_center": 0.05}, {"mtj_center": 0.95}]
)
def test_device_refuses_a_window_that_does_not_fit(parameters: dict[str, float]) -> None:
    assert "MTJ window" in refusal(lambda: Device(**parameters))


MATRICES = {
    "a vector": ([1.0, 2.0], r"shape \(2,\)"),
    "a number": (0.1, r"shape \(\)"),
    "not square": (np.zeros((2, 3)), r"shape \(2, 3\)"),
    "three axes": (np.zeros((2, 2, 2)), r"shape \(2, 2, 2\)"),
    "ragged": ([[0.0, 0.1], [0.1]], "weights"),
    "words": ([["a", "b"], ["c", "d"]], "weights"),
    "nan": ([[0.0, NAN], [0.1, 0.0]], r"weights\[0, 1\] is nan"),
    "infinite": ([[0.0, 0.1], [-INF, 0.0]], r"weights\[1, 0\] is -inf"),
    "self-coupled": ([[0.0, 0.1], [0.1, 0.2]], r"weights\[1, 1\] is 0.2 V"),
    "one neuron": ([[0.0]], "1 neuron"),
    "no neuron": (np.zeros((0, 0)), "0 neuron"),
}


@pytest.mark.parametrize(("weights", "named"), MATRICES.values(), ids=MATRICES)
def test_network_refuses_weights(weights: Any, named: str) -> None:
    assert re.search(named, refusal(lambda: Network(weights)))


VARIATIONS = {
    "unknown field": ({"colour": np.ones((3, 3))}, "'colour'"),
    "wrong shape": ({"tmr": np.ones(3)}, r"variation\['tmr'\] has the shape \(3,\)"),
    "a number": ({"tmr": 3.0}, r"variation\['tmr'\] has the shape \(\)"),
    "negative": ({"r_parallel": -np.ones((3, 3))}, r"variation\['r_parallel'\] is -1"),
    "one value too large": ({"polarization": np.eye(3) + 0.5}, r"variation\['polarization'\] is 1.5"),
    "nan": ({"tmr": np.where(np.eye(3) > 0, NAN, 3.0)}, r"variation\['tmr'\] is nan"),
    "window off its track": ({"mtj_width": np.full((3, 3), 120e-9)}, "MTJ window"),
}


@pytest.mark.parametrize(("variation", "named"), VARIATIONS.values(), ids=VARIATIONS)
def test_network_refuses_variation(variation: Any, named: str) -> None:
    assert re.search(named, refusal(lambda: Network(WEIGHTS, variation=variation)))


PATTERNS = {
    "too short": ([1, 0], r"shape \(2,\)"),
    "too long": ([1, 0, 1, 1], r"shape \(4,\)"),
    "an image": ([[1, 0, 1]], r"shape \(1, 3\)"),
    "two": ([1, 0, 2], "holds 2"),
    "minus one": ([1, 0, -1], "holds -1"),
    "grey": ([1, 0.5, 0], "holds 0.5"),
    "nan": ([1, NAN, 0], "holds nan"),
    "nothing": (None, r"shape \(\)"),
    "words": (["on", "off", "on"], "pattern"),
}


@pytest.mark.parametrize(("pattern", "named"), PATTERNS.values(), ids=PATTERNS)
def test_simulation_refuses_patterns(pattern: Any, named: str) -> None:
    assert re.search(named, refusal(lambda: Simulation(Network(WEIGHTS), pattern)))


OPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "charge voltage too low": ({"charge_voltage": 0.0199}, "charge_voltage is 19.9 mV"),
    "charge voltage zero": ({"charge_voltage": 0.0}, "charge_voltage is 0 mV"),
    "charge voltage negative": ({"charge_voltage": -0.1}, "charge_voltage is -100 mV"),
    "charge voltage nan": ({"charge_voltage": NAN}, "charge_voltage is nan"),
    "charge voltage infinite": ({"charge_voltage": INF}, "charge_voltage is inf"),
    "charge voltage missing": ({"charge_voltage": None}, "charge_voltage is None"),
    "charge voltage in words": ({"charge_voltage": "high"}, "charge_voltage is 'high'"),
    "charge voltages": ({"charge_voltage": [0.1, 0.2]}, r"charge_voltage is \[0.1, 0.2\]"),
    "load time zero": ({"load_time": 0.0}, "load_time is 0 ns"),
    "load time in words": ({"load_time": "long"}, "load_time is 'long'"),
    "load time longer than the run": ({"load_time": 3e-6}, "max_time is 3000 ns"),
    "load time negative": ({"load_time": -16e-9}, "load_time is -16 ns"),
    "load time nan": ({"load_time": NAN}, "load_time is nan"),
    "load time infinite": ({"load_time": INF}, "load_time is inf"),
    "start unknown": ({"soma_start": "on"}, "soma_start is 'on'"),
    "start of two": ({"soma_start": [0.0, 1.0]}, r"soma_start has the shape \(2,\)"),
    "start off the track": ({"soma_start": [0.0, 1.0, 1.1]}, "soma_start holds"),
    "start nan": ({"soma_start": [0.0, 1.0, NAN]}, "soma_start holds"),
    "start missing": ({"soma_start": None}, "soma_start"),
    "integrator unknown": ({"integrator": "rk4"}, "integrator is 'rk4'"),
    "integrator missing": ({"integrator": None}, "integrator is None"),
    "time step zero": ({"time_step": 0.0}, "time_step is 0 ns"),
    "time step negative": ({"time_step": -1e-12}, "time_step is -0.001 ns"),
    "time step too long": ({"time_step": 1e-9}, "time_step is 1 ns"),
    "time step nan": ({"time_step": NAN}, "time_step is nan"),
    "earliest end negative": ({"min_time": -1e-9}, "min_time is -1 ns"),
    "earliest end nan": ({"min_time": NAN}, "min_time is nan"),
    "earliest end after the last": ({"min_time": 90e-9, "max_time": 80e-9}, "min_time is 90 ns"),
    "last time while loading": ({"max_time": 15e-9}, "max_time is 15 ns"),
    "last time as loading ends": ({"max_time": 16e-9}, "max_time is 16 ns"),
    "last time zero": ({"max_time": 0.0}, "max_time is 0 ns"),
    "last time infinite": ({"max_time": INF}, "max_time is inf"),
    "last time nan": ({"max_time": NAN}, "max_time is nan"),
}


@pytest.mark.parametrize(("options", "named"), OPTIONS.values(), ids=OPTIONS)
def test_simulation_and_ensemble_refuse_options(options: dict[str, Any], named: str) -> None:
    assert re.search(named, refusal(lambda: run(**options)))
    together = refusal(lambda: recall_many(Network(WEIGHTS), [PATTERN], **options))
    assert named.split()[0] in together


def test_a_slider_one_rounding_error_short_is_taken() -> None:
    short = np.nextafter(0.02, 0.0)
    assert run(charge_voltage=short).load_time == 20e-9


CALLS: dict[str, tuple[Callable[[], object], str]] = {
    "step of zero": (lambda: run().step(0), "duration is 0 ns"),
    "step back": (lambda: run().step(-1e-9), "duration is -1 ns"),
    "step of nan": (lambda: run().step(NAN), "duration is nan"),
    "step without end": (lambda: run().step(INF), "duration is inf"),
    "step in words": (lambda: run().step("far"), "duration is 'far'"),  # type: ignore[arg-type]
    "recording without interval": (lambda: run().record(0.0), "interval is 0 ns"),
    "recording of nan": (lambda: run().record(NAN), "interval is nan"),
    "recording without room": (lambda: run().record(max_bytes=0), "max_bytes is 0"),
    "soma of no neuron": (lambda: run().set_soma(3, 0.5), "neuron is 3"),
    "soma counted from the end": (lambda: run().set_soma(-1, 0.5), "neuron is -1"),
    "soma off its track": (lambda: run().set_soma(0, 1.01), "position is 1.01"),
    "soma nowhere": (lambda: run().set_soma(0, NAN), "position is nan"),
    "flip of no neuron": (lambda: run().flip_soma(9), "neuron is 9"),
    "synapse onto itself": (lambda: run().cut_synapse(1, 1), "neuron 1"),
    "synapse from nowhere": (lambda: run().cut_synapse(-1, 0), "source is -1"),
    "synapse to nowhere": (lambda: run().restore_synapse(0, 3), "target is 3"),
    "change to ragged weights": (lambda: run().change(weights=[[0.0, 0.1], [0.1]]), "weights"),
    "change to more neurons": (lambda: run().change(weights=np.zeros((4, 4))), "weights are for 4 neurons"),
    "change of charge voltage": (lambda: run().change(charge_voltage=0.01), "charge_voltage is 10 mV"),
    "connections of another size": (
        lambda: Network(WEIGHTS, connected=[[True]]),
        r"connected has the shape \(1, 1\)",
    ),
    "learning a vector": (lambda: hebbian_weights([1, 0], 0.1), r"shape \(2,\)"),
    "learning nothing": (lambda: hebbian_weights([], 0.1), r"shape \(0,\)"),
    "learning ragged patterns": (lambda: hebbian_weights([[1, 0], [1]], 0.1), "patterns"),
    "learning grey": (lambda: hebbian_weights([[1, 0.5]], 0.1), "0.5"),
    "learning without weight": (lambda: hebbian_weights([[1, 0]], 0.0), "weight is 0 mV"),
    "learning backwards": (lambda: hebbian_weights([[1, 0]], -0.1), "weight is -100 mV"),
    "learning nan": (lambda: hebbian_weights([[1, 0]], NAN), "weight is nan"),
    "one pattern for an ensemble": (lambda: recall_many(Network(WEIGHTS), PATTERN), r"shape \(3,\)"),
    "no pattern for an ensemble": (
        lambda: recall_many(Network(WEIGHTS), np.zeros((0, 3))),
        r"shape \(0, 3\)",
    ),
    "short patterns for an ensemble": (lambda: recall_many(Network(WEIGHTS), [[1, 0]]), r"shape \(1, 2\)"),
    "one start for an ensemble": (
        lambda: recall_many(Network(WEIGHTS), [PATTERN] * 2, soma_start=[0.0, 1.0, 1.0]),
        r"soma_start has the shape \(3,\)",
    ),
    "estimate for none": (lambda: published_estimate(0, 1e-7), "size is 0"),
    "estimate of nan": (lambda: published_estimate(60, NAN), "time is nan"),
    "estimate without weight": (lambda: published_estimate(60, 1e-7, weight=NAN), "weight is nan"),
    "estimate without charge": (
        lambda: published_estimate(60, 1e-7, charge_voltage=0.0),
        "charge_voltage is 0 mV",
    ),
    "ragged connections": (lambda: Network(WEIGHTS, connected=[[True], [True, False]]), "connected"),
    "ragged variation": (lambda: Network(WEIGHTS, variation={"tmr": [[1.0], [1.0, 2.0]]}), "variation"),
    "variation in words": (lambda: Network(WEIGHTS, variation={"tmr": "wide"}), "variation"),
    "complex weights": (lambda: Network(WEIGHTS * 1j), "weights"),
    "weights that overflow": (lambda: Simulation(Network(WEIGHTS * 1e200), PATTERN).run(), "weights"),
    "charge voltage that overflows": (lambda: run(charge_voltage=1e200).run(), "charge_voltage"),
    "negative synaptic weight": (lambda: Network(WEIGHTS, synaptic_weight=-0.1), "synaptic_weight"),
    "half a neuron": (lambda: run().set_soma(0.5, 0.5), "neuron is 0.5"),  # type: ignore[arg-type]
    "neuron nan": (lambda: run().set_soma(NAN, 0.5), "neuron is nan"),  # type: ignore[arg-type]
    "neuron in words": (lambda: run().flip_soma("a"), "neuron is 'a'"),  # type: ignore[arg-type]
    "no neuron": (lambda: run().flip_soma(None), "neuron is None"),  # type: ignore[arg-type]
    "negative workers": (lambda: recall_many(Network(WEIGHTS), [PATTERN], workers=-1), "workers is -1"),
    "half a network": (lambda: published_estimate(5.5, 1e-7), "size is 5.5"),  # type: ignore[arg-type]
    "a device in words": (lambda: Network(WEIGHTS, "Table I"), "device"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize(("attempt", "named"), CALLS.values(), ids=CALLS)
def test_calls_refuse(attempt: Callable[[], object], named: str) -> None:
    assert re.search(named, refusal(attempt))


REFUSED_CHANGES: dict[str, Callable[[Simulation], object]] = {
    "weights": lambda s: s.change(weights=np.full((3, 3), 0.1)),
    "charge voltage": lambda s: s.change(charge_voltage=0.001),
    "soma": lambda s: s.set_soma(1, 2.0),
    "synapse": lambda s: s.cut_synapse(0, 0),
    "step": lambda s: s.step(-1.0),
}


@pytest.mark.parametrize("attempt", REFUSED_CHANGES.values(), ids=REFUSED_CHANGES)
def test_a_refused_change_leaves_the_run_as_it_was(attempt: Callable[[Simulation], object]) -> None:
    simulation, untouched = run().step(17e-9), run().step(17e-9)
    network, voltage = simulation.network, simulation.charge_voltage
    refusal(lambda: attempt(simulation))
    assert simulation.network is network
    assert simulation.charge_voltage == voltage
    assert np.array_equal(simulation.soma, untouched.soma)
    one, other = simulation.run(), untouched.run()
    assert (one.time, one.energy) == (other.time, other.energy)


# -- what comes from outside may be of any size ------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["x" * 10_000, 10**4000, [[["deep"] * 99] * 99] * 99, {"a": "b" * 999}, 3.0, None, "short"]
)
def test_a_sentence_quotes_little_of_anything(value: object) -> None:
    assert 0 < len(short(value)) <= 40


def test_small_values_are_quoted_whole() -> None:
    for value in ("weight", 0.1, [1, 2], {"a": 1}, None, True):
        assert short(value) == repr(value)


@pytest.mark.parametrize(
    "check", [finite, lambda v, name: within(v, name, 0.0, 1.0), lambda v, n: count(v, n, 0)]
)
def test_whole_numbers_that_no_float_holds_are_refused(check: Callable[[int, str], object]) -> None:
    with pytest.raises(Refused, match=r"^weight is 1000.*; it must be a smaller number\.$"):
        check(10**400, "weight")


@pytest.mark.parametrize("value", [2**53 + 1, 2**63 - 1, np.int64(2**62 + 1)])
def test_whole_numbers_keep_their_last_digit(value: int) -> None:
    assert whole(value, "seed", 0, 2**63 - 1) == value
    assert count(value, "seed", 0) == value


def test_a_count_may_come_as_a_float_and_a_whole_number_may_not() -> None:
    assert count(3.0, "workers", 1) == 3
    with pytest.raises(Refused, match=r"^seed is 3\.0; it must be a whole number\.$"):
        whole(3.0, "seed", 0, 9)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"^seed is 10; it must lie between 0 and 9\.$"):
        whole(10, "seed", 0, 9)
