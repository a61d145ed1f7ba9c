"""One neuron and small networks: the engine, and the lessons' parts."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from visitors.lab import find
from visitors.lessons import press

from dwmtj_widgets import Network, Simulation
from dwmtj_widgets.labs import lessons
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.lessons import one_neuron as one_neuron_session
from dwmtj_widgets.sessions.lessons.one_neuron import OneNeuronSession
from dwmtj_widgets.sessions.lessons.small_network import SmallSession

NS, UA, MV = 1e-9, 1e-6, 1e-3


# -- one neuron --------------------------------------------------------------------------------------------------


@given(st.integers(3, 100), st.floats(0, 1))
def test_neuron_has_the_currents_of_the_network(size: int, soma: float) -> None:
    session = OneNeuronSession(size)
    network = Network(np.zeros((size, size)))
    wanted = network.axon_velocity(np.full(size, soma))[0, 1]
    assert session.axon_velocity(soma) == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    assert session.supply == pytest.approx(network.supply_voltage, rel=1e-12)


@pytest.mark.parametrize("size", [3, 10, 100])
def test_threshold_lies_at_44_nm_whatever_the_size(size: int) -> None:
    session = OneNeuronSession(size)
    assert session.threshold() == pytest.approx(0.44, abs=1e-12)
    session.set_supply_share(2.0)
    assert np.isnan(session.threshold()), "twice the supply, and an OFF soma fires too"


def test_neuron_run_agrees_with_the_engine() -> None:
    """The experiment's neuron beside a neuron of the network while it is loaded."""
    session = OneNeuronSession(10)
    session.set_voltage(0.1)
    run = Simulation(Network(np.zeros((10, 10))), [1] * 10)
    for _ in range(10):
        session.step(1.0 * NS)
        run.step(1.0 * NS)
        assert session.soma == pytest.approx(run.soma[0], abs=1e-3)
        assert session.axon == pytest.approx(run.axon[0, 1], abs=5e-3)


def test_neuron_run_builds_one_network(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    monkeypatch.setattr(one_neuron_session, "Network", lambda *parts: built.append(parts) or Network(*parts))
    one_neuron_session._network.cache_clear()
    session = OneNeuronSession(50)
    session.set_voltage(0.1)
    session.finish()
    assert session.axon == 1.0 and len(built) == 1
    assert session.rule == Network(np.zeros((50, 50))).supply_voltage
    session.set_size(20)
    assert session.rule == Network(np.zeros((20, 20))).supply_voltage
    one_neuron_session._network.cache_clear()


def test_neuron_part_shows_only_what_was_seen(opened: list) -> None:
    part = lessons.OneNeuron()
    opened.append(part)
    assert part.plot._chart["marks"] == [], "the threshold would answer the prediction"
    part.voltage.value = 10 * MV
    press(part, "instant")
    assert part.session.soma == 1.0 and part.session.axon == 1.0
    (mark,) = part.plot._chart["marks"]
    assert mark["label"] == "44.0 nm"
    part.size.value = 25
    assert part.session.size == 25 and "150.4 mV" in part.readout.widget.value


# -- small networks ----------------------------------------------------------------------------------------------


def test_small_network_is_the_engine_s() -> None:
    session = SmallSession([[0.0, -0.1], [-0.1, 0.0]], [1, 0])
    session.finish()
    assert session.simulation.bits.tolist() == [0, 0]
    session.set_weight(0, 1, 0.1)
    assert session.setting.weights[1, 0] == 0.1
    session.reset()
    session.finish()
    assert session.simulation.bits.tolist() == [1, 1]
    with pytest.raises(Refused, match="W from 1 to 2"):
        session.set_weight(0, 1, 9.0)
    with pytest.raises(Refused, match=r"diagonal|itself"):
        session.set_weight(1, 1, 0.1)
    assert session.setting.weights[0, 1] == 0.1


@pytest.mark.parametrize("loaded", list(product([0, 1], repeat=3)))
def test_three_neurons_end_where_the_lesson_says(loaded: tuple[int, ...]) -> None:
    weights = np.array([[0, -1, 1], [-1, 0, -1], [1, -1, 0]]) * 0.1
    session = SmallSession(weights, loaded)
    session.finish()
    assert session.simulation.bits.tolist() == [1, 0, 1]


def test_small_network_part_compares_with_the_guess(opened: list) -> None:
    part = lessons.SmallNetwork()
    opened.append(part)
    find(part.widget, "w-1-2").value = -100.0
    assert part.session.setting.weights[1, 0] == -0.1 and find(part.widget, "w-2-1").value == -100.0
    press(part, "guess-1")
    press(part, "guess-1")
    press(part, "guess-2")
    assert part.guess == [0, 1]
    press(part, "instant")
    assert "OFF OFF" in part.verdict.value and "otherwise" in part.verdict.value
    press(part, "guess-2")
    assert "As you predicted" in part.verdict.value
    find(part.widget, "w-1-2").value = 9e9
    assert "W from 1 to 2" in part.desk.error.widget.value and find(part.widget, "w-1-2").value == -100.0
    find(part.widget, "size").value = 3
    assert part.session.size == 3 and len(part.guess) == 3
    find(part.widget, "load-3").value = True
    assert part.session.setting.bits.tolist() == [1, 0, 1]
