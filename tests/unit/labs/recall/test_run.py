"""Running, pausing and stepping in the Recall Lab, and what its read-outs say."""

import re

import numpy as np
import pytest
from session_states import expected_run

from dwmtj_widgets.hopfield.walls import bits_of
from dwmtj_widgets.units import quantity

NS = 1e-9


@pytest.mark.parametrize("speed", [0.05, 2.0, 20.0])
def test_frames_advance_the_run_at_the_chosen_speed(visitor, speed: float) -> None:
    visitor.find("speed").value = speed
    visitor.frames(3)
    assert visitor.session.simulation.time == 0.0, "frames without Run move the walls"
    visitor.press("run")
    visitor.frames(10, 0.03)
    passed = visitor.session.simulation.time
    assert passed == pytest.approx(10 * 0.03 * speed * NS, rel=1e-6, abs=0.0)
    visitor.press("pause")
    assert visitor.text("time") == quantity(passed, "s", decimals=2)


def test_pause_holds_and_run_goes_on(visitor) -> None:
    visitor.press("run")
    assert visitor.find("run").disabled
    visitor.frames(10)
    visitor.press("pause")
    time = visitor.session.simulation.time
    visitor.frames(5)
    assert visitor.session.simulation.time == time
    assert visitor.find("pause").disabled
    visitor.press("run")
    visitor.frames(1)
    assert visitor.session.simulation.time > time


def test_slow_frame_does_not_make_the_walls_jump(visitor) -> None:
    visitor.press("run")
    visitor.frames(1, 600.0)
    assert visitor.session.simulation.time <= 0.1 * visitor.find("speed").value * NS * 1.001


def test_step_advances_by_a_tenth_of_a_nanosecond_and_holds(visitor) -> None:
    visitor.press("run")
    visitor.frames(3)
    before = visitor.session.simulation.time
    visitor.press("step")
    assert visitor.session.simulation.time == pytest.approx(before + 0.1 * NS, rel=1e-9, abs=0.0)
    visitor.frames(3)
    assert visitor.session.simulation.time == pytest.approx(before + 0.1 * NS, rel=1e-9, abs=0.0)


@pytest.mark.parametrize("how", ["frames", "instant"])
def test_read_outs_of_a_recall_are_those_of_the_engine(visitor, how: str) -> None:
    wanted = expected_run(visitor.session).run()
    if how == "instant":
        visitor.press("instant")
    else:
        visitor.find("speed").value = 20.0
        visitor.press("run")
        visitor.frames(200, 0.1)
    assert not visitor.lab.desk.clock.playing
    assert visitor.text("phase") == "converged"
    assert visitor.text("time") == quantity(wanted.time, "s", decimals=2)
    assert visitor.text("energy") == quantity(wanted.energy, "J", decimals=3)
    assert visitor.text("power") == quantity(wanted.power, "W", decimals=1)
    assert visitor.text("estimate") == "estimate " + quantity(
        wanted.published_energy_estimate, "J", decimals=2
    )
    assert visitor.text("accuracy") == "100 %"
    assert visitor.text("nearest") == "memory 1"
    assert visitor.text("undecided") == "0"
    energy = visitor.chart("energy")[1]
    assert energy.x[-1] == pytest.approx(wanted.time / NS, rel=1e-9, abs=0.0)
    assert energy.y[-1] == pytest.approx(wanted.energy / 1e-9, rel=1e-9, abs=0.0)


def test_phases_are_shown_as_they_come(visitor) -> None:
    seen = []
    visitor.press("run")
    for _ in range(150):
        visitor.frames(1, 0.1)
        if visitor.text("phase") not in seen:
            seen.append(visitor.text("phase"))
    assert seen == ["loading", "running", "converged"]


def test_words_tell_decided_somas_from_a_network_at_rest(visitor) -> None:
    def state() -> str:
        return visitor.find("state").value

    seen = [state()]
    visitor.press("run")
    for _ in range(150):
        visitor.frames(1, 0.1)
        decided = (bits_of(visitor.session.simulation.soma) >= 0).all()
        if visitor.session.simulation.phase == "run":
            assert ("Every soma is ON or OFF; some axons have not settled yet." in state()) is bool(decided)
        if state() != seen[-1]:
            seen.append(state())
    assert seen[0] == "Ready to load the input."
    assert seen[1] == "The somas do not have the whole input yet."
    assert any(re.fullmatch(r"\d+ somas? ha(s|ve) not decided yet\.", text) for text in seen)
    assert seen[-2:] == [
        "Every soma is ON or OFF; some axons have not settled yet.",
        "Converged: every wall is at rest.",
    ]


def test_running_again_begins_anew_and_shows_the_first_run_behind(visitor) -> None:
    visitor.press("instant")
    first = visitor.session.simulation.time
    assert visitor.find("run").description == "▶ Run again"
    assert visitor.find("step").disabled
    visitor.press("run")
    visitor.frames(5)
    assert 0.0 < visitor.session.simulation.time < 2 * NS
    assert visitor.chart("energy")[0].x[-1] == pytest.approx(first / NS)


def test_reset_goes_back_to_the_start(visitor) -> None:
    visitor.press("instant")
    visitor.press("reset")
    assert visitor.text("time") == "0.00 ns"
    assert visitor.text("phase") == "ready"
    assert not visitor.lab.desk.clock.playing
    assert visitor.find("scrub").disabled


def test_every_frame_draws_the_walls_and_a_resting_lab_draws_none(walls, visitor) -> None:
    visitor.press("run")
    visitor.frames(5)
    del walls[:]
    visitor.frames(5)
    assert len(walls) == len(set(walls)) == 5
    moment = visitor.session.simulation.moment
    assert walls[-1] == np.rint(np.concatenate([moment.soma, moment.axon]) * 255).astype(np.uint8).tobytes()
    visitor.press("pause")
    del walls[:]
    visitor.frames(5)
    assert walls == []


def test_page_that_connects_is_told_the_present_state(walls, visitor) -> None:
    visitor.press("instant")
    del walls[:]
    visitor.say("tracks", {"type": "ready"})
    visitor.say("clock", {"type": "ready"})
    moment = visitor.session.simulation.moment
    assert walls
    assert walls[-1] == np.rint(np.concatenate([moment.soma, moment.axon]) * 255).astype(np.uint8).tobytes()
    assert visitor.text("phase") == "converged"
    assert not visitor.lab.desk.clock.playing


def test_a_second_instant_leaves_a_disturbed_run_alone(visitor) -> None:
    visitor.session.step(20e-9)
    visitor.press("flip-soma")
    visitor.press("instant")
    run, time = visitor.session.simulation, visitor.session.simulation.time
    visitor.press("instant")
    assert visitor.session.simulation is run
    assert visitor.session.earlier is None
    visitor.find("weight").value = 150.0
    visitor.press("instant")  # settings were changed: the next run
    assert visitor.session.simulation is not run
    assert visitor.session.earlier.time[-1] == time
    assert visitor.session.simulation.network.synaptic_weight == 0.15


def test_no_estimate_is_shown_where_it_says_nothing(visitor) -> None:
    visitor.session.set_drive(load_time=5e-9)
    visitor.session.step(10e-9)
    visitor.lab.desk.refresh()
    assert visitor.text("estimate") == ""
    visitor.session.step(20e-9)
    visitor.lab.desk.refresh()
    assert visitor.text("estimate").startswith("estimate ")


def test_no_wall_moves_where_every_wall_is_at_rest(visitor) -> None:
    """198 walls in motion stood beside that sentence: those that had moved last."""
    for _ in range(10):
        visitor.press("step")
    assert visitor.session.trace().moving[-1] > 0
    visitor.press("instant")
    assert "every wall is at rest" in visitor.find("state").value
    moving = visitor.session.trace().moving
    assert moving[-1] == 0
    assert moving[-2] > 0


def test_charts_of_a_playing_run_follow_a_slider_with_its_frames(visitor, monkeypatch) -> None:
    drawn = []
    draw = visitor.lab.desk._draw_charts
    monkeypatch.setattr(visitor.lab.desk, "_draw_charts", lambda now: (drawn.append(now), draw(now)))

    def drag() -> int:
        drawn.clear()
        for value in range(105, 155, 5):
            visitor.find("weight").value = float(value)
        return len(drawn)

    assert drag() == 10, "no frame will draw the charts of a held run"
    visitor.find("weight").value = 100.0
    visitor.press("run")
    visitor.frames(1)
    assert drag() == 0
    visitor.frames(20)
    assert len(drawn) == 1
    assert visitor.session.simulation.network.weights.max() == pytest.approx(0.45)


def test_mean_power_is_energy_over_time(visitor) -> None:
    session = visitor.session
    session.step(30e-9)
    visitor.lab.desk.refresh()
    mean = session.simulation.energy / session.simulation.time
    assert f"mean {quantity(mean, 'W', decimals=0)}" in visitor.lab.desk.readout.widget.value
