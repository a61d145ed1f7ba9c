"""Looking closer at one neuron of the Recall Lab, and looking back in its run."""

import re

import numpy as np
import pytest

from dwmtj_widgets import Network, hebbian_weights
from dwmtj_widgets.labs.common.neuron_reading import _line, neuron_text
from dwmtj_widgets.units import quantity

NS = 1e-9


# -- looking closer ----------------------------------------------------------------------------------------------


def test_one_selection_in_all_views(visitor) -> None:
    visitor.say("tracks", {"type": "select", "neuron": 42})
    assert visitor.find("tracks").selected == visitor.find("editor").selected == 42
    assert "Neuron 42" in visitor.find("neuron").value
    visitor.say("editor", {"type": "select", "cell": 7})
    assert visitor.find("tracks").selected == visitor.find("editor").selected == 7
    picture = visitor.find("picture")
    pixel = picture.width / 10
    picture._mouse_down_callbacks(3.5 * pixel, 2.5 * pixel)
    assert visitor.find("tracks").selected == visitor.find("editor").selected == 23
    assert "Neuron 23" in visitor.find("neuron").value


def test_pointer_over_a_row_shows_its_neuron_until_it_leaves(visitor) -> None:
    visitor.say("tracks", {"type": "select", "neuron": 42})
    visitor.say("tracks", {"type": "hover", "neuron": 3})
    assert "Neuron 3<" in visitor.find("neuron").value
    assert visitor.find("tracks").selected == 42
    visitor.say("tracks", {"type": "hover", "neuron": -1})
    assert "Neuron 42<" in visitor.find("neuron").value


def test_neuron_text_is_its_walls_in_numbers(visitor) -> None:
    visitor.press("instant")
    soma = visitor.session.simulation.soma
    for neuron in (int(soma.argmax()), int(soma.argmin())):
        visitor.say("tracks", {"type": "select", "neuron": neuron})
        on = soma[neuron] == 1.0
        text = re.sub("<[^>]*>", " ", visitor.find("neuron").value)
        assert ("soma 100.0 nm, 500 Ω, 0.00 m/s" if on else "soma 0.0 nm, 2000 Ω, 0.00 m/s") in text
        assert ("axons 100.0 nm, 500 Ω" if on else "axons 0.0 nm, 2000 Ω") in text


def test_flip_and_cut_act_on_the_selected_neuron_of_the_running_network(visitor) -> None:
    visitor.press("run")
    visitor.frames(20, 0.1)
    run, time, energy = (
        visitor.session.simulation,
        visitor.session.simulation.time,
        visitor.session.simulation.energy,
    )
    visitor.say("tracks", {"type": "select", "neuron": 42})
    soma = run.soma.copy()
    visitor.press("flip-soma")
    assert visitor.session.simulation is run
    assert (run.time, run.energy) == (time, energy)
    assert np.flatnonzero(run.soma != soma).tolist() == [42]
    assert run.soma[42] == pytest.approx(1.0 - soma[42])
    visitor.press("cut-axons")
    assert not run.network.connected[42].any()
    label = visitor.find("cut-axons").description
    visitor.say("tracks", {"type": "select", "neuron": 41})
    assert visitor.find("cut-axons").description != label
    visitor.say("tracks", {"type": "select", "neuron": 42})
    visitor.press("cut-axons")
    assert run.network.connected[42].sum() == 99
    assert visitor.lab.desk.clock.playing
    visitor.frames(200, 0.1)
    assert visitor.text("phase") == "converged"
    assert visitor.text("accuracy") == "100 %"


def test_velocities_of_a_neuron_have_minus_signs() -> None:
    assert _line(50e-9, 1000.0, -1.8142) == "50.0 nm, 1000 Ω, −1.81 m/s"


def test_cut_axons_leave_a_mark_on_the_tracks(visitor) -> None:
    visitor.press("cut-axons")
    assert visitor.find("tracks").cut == [visitor.lab.desk.selected]
    visitor.press("cut-axons")
    assert visitor.find("tracks").cut == []


# -- looking back ------------------------------------------------------------------------------------------------


def test_looking_back_shows_that_moment_in_every_view(walls, visitor) -> None:
    visitor.press("instant")
    scrub = visitor.find("scrub")
    assert scrub.value == scrub.max
    del walls[:]
    moment = visitor.look_back(180)
    assert moment.time == pytest.approx(18 * NS, rel=1e-9, abs=0.0)
    assert visitor.text("time") == "18.00 ns"
    assert visitor.text("energy") == quantity(moment.energy.sum(), "J", decimals=3)
    assert visitor.text("power") == quantity(moment.power.sum(), "W", decimals=1)
    assert visitor.text("phase") == "running"
    assert visitor.text("undecided") == str(((moment.soma >= 0.05) & (moment.soma <= 0.95)).sum()) != "0"
    assert walls == [np.rint(np.concatenate([moment.soma, moment.axon]) * 255).astype(np.uint8).tobytes()]
    for name in ("energy", "overlap", "moving"):
        assert visitor.chart(name)[2].x.tolist() == pytest.approx([18.0, 18.0]), name
    assert visitor.find("scrub-time").value == "18.00 ns"
    assert visitor.look_back(100).time < 16 * NS
    assert visitor.text("phase") == "loading"
    assert visitor.session.simulation.converged, "looking back changed the run"


def test_estimate_follows_when_looking_back(visitor) -> None:
    visitor.press("instant")
    at_end = visitor.text("estimate")
    visitor.look_back(250)
    assert visitor.text("estimate") != at_end
    visitor.look_back(0)
    assert visitor.text("estimate") == ""


def test_last_moment_of_a_run_that_converged_is_shown_as_converged(visitor) -> None:
    visitor.press("instant")
    visitor.look_back(250)
    visitor.look_back(len(visitor.session.recording) - 1)
    assert visitor.text("phase") == "converged"


def test_looking_back_holds_the_run_and_run_goes_on_from_its_end(visitor) -> None:
    visitor.press("run")
    visitor.frames(40, 0.1)
    time = visitor.session.simulation.time
    visitor.press("pause")
    visitor.look_back(20)
    assert visitor.text("time") == "2.00 ns"
    visitor.frames(3)
    assert visitor.text("time") == "2.00 ns"
    assert visitor.session.simulation.time == time
    visitor.press("run")
    visitor.frames(2)
    assert visitor.session.simulation.time > time
    assert visitor.find("continue").disabled


def test_scrubbing_in_a_run_stops_it(visitor) -> None:
    visitor.press("run")
    visitor.frames(40, 0.1)
    visitor.look_back(20)
    assert not visitor.lab.desk.clock.playing
    assert visitor.text("time") == "2.00 ns"


def test_continue_resumes_from_the_moment_with_the_present_settings(visitor) -> None:
    visitor.press("instant")
    end = visitor.session.simulation.time
    visitor.look_back(250)
    visitor.find("weight").value = 200.0
    assert visitor.text("time") == "25.00 ns", "a slider ends the look back"
    visitor.press("continue")
    assert visitor.lab.desk.clock.playing
    assert visitor.session.simulation.time == pytest.approx(25 * NS, rel=1e-9, abs=0.0)
    assert np.abs(visitor.session.simulation.network.weights).max() > 0.55
    visitor.frames(2, 0.1)
    assert visitor.session.simulation.time == pytest.approx(
        (25 + 0.2 * visitor.find("speed").value) * NS, rel=1e-6, abs=0.0
    )
    earlier, present, _ = visitor.chart("energy")
    assert earlier.x[-1] == pytest.approx(end / NS)
    assert present.x[-1] < end / NS
    assert visitor.find("scrub-time").value == "live"
    visitor.press("instant")
    assert visitor.text("phase") == "converged"
    assert visitor.session.simulation.time != end


def test_drawing_while_looking_back_begins_anew(visitor) -> None:
    visitor.press("instant")
    visitor.look_back(250)
    visitor.press("invert")
    assert visitor.text("time") == "0.00 ns"
    assert visitor.find("continue").disabled
    visitor.press("instant")
    assert visitor.text("nearest") == "memory 1, inverse"


def test_looking_back_shows_the_velocities_of_that_time(visitor) -> None:
    session = visitor.session
    session.step(17.5e-9)
    neuron = next(j for j in range(100) if 0.1 < session.simulation.soma[j] < 0.9)
    visitor.lab.desk.select(neuron)
    then = visitor.text("neuron-text")
    assert "m/s" in visitor.find("neuron").value
    seen = visitor.find("neuron").value
    visitor.find("weight").value = 50.0
    assert visitor.find("neuron").value != seen, then
    session.step(5e-9)
    index = session.recording.index_at(17.4e-9)
    visitor.find("scrub").value = index / (len(session.recording) - 1)
    assert visitor.lab.desk.moment is session.recording[index]
    moment = session.recording[index]
    before = hebbian_weights(np.array(session.setting.memories), 0.1)
    network = Network(before, synaptic_weight=0.1)
    assert visitor.find("neuron").value == neuron_text(network, moment, neuron, None, number=neuron)
    now = session.simulation.network
    assert visitor.find("neuron").value != neuron_text(now, moment, neuron, None, number=neuron)
