"""One wall: the formula, the engine, and the lesson's part."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from visitors.lab import find
from visitors.lessons import press

from dwmtj_widgets import Device, Network, Simulation
from dwmtj_widgets.labs import lessons
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.lessons.one_wall import OneWallSession

NS, UA, MV = 1e-9, 1e-6, 1e-3
MOBILITY = Device().mobility


@given(st.floats(-20, 40), st.floats(-10, -1), st.floats(0, 1), st.floats(0.01, 60))
def test_wall_moves_as_the_formula_says(current: float, leak: float, start: float, time: float) -> None:
    session = OneWallSession(current=current * UA, position=start)
    session.set_leak(leak)
    session.step(time * NS)
    moved = start + (MOBILITY * current * UA + leak) * time * NS / 100e-9
    assert session.position == pytest.approx(min(max(moved, 0.0), 1.0), abs=1e-9)
    assert session.time == pytest.approx(time * NS, rel=1e-9, abs=0.0)
    assert 500.0 <= session.resistance <= 2000.0


def test_wall_of_the_experiment_agrees_with_the_engine() -> None:
    """The same wall as the soma of a network that is being loaded."""
    session = OneWallSession(Device(axon_leak=-1e-3), current=0.1 / 2000.0, position=0.0)
    device = Device(soma_leak=-1e-3)
    run = Simulation(Network(np.zeros((2, 2)), device), [1, 1])
    for _ in range(5):
        session.step(0.3 * NS)
        run.step(0.3 * NS)
        assert session.position == pytest.approx(run.soma[0], abs=1e-9)


def test_wall_reports_rest_and_refuses_what_never_ends() -> None:
    session = OneWallSession()
    assert session.velocity == 0.0 and session.free_velocity > 0.0, "held at the ON end"
    session.set_current(0.0)
    session.finish()
    assert (session.position, session.resistance) == (0.0, 2000.0)
    assert session.time == pytest.approx(20 * NS, abs=1e-15)
    balanced = OneWallSession(current=5.0 / MOBILITY, position=0.5)
    assert abs(balanced.free_velocity) < 1e-12
    balanced.current = -balanced.device.axon_leak / balanced.device.mobility
    if balanced.free_velocity == 0.0:
        with pytest.raises(Refused, match="cancel"):
            balanced.finish()
    with pytest.raises(Refused, match="Current is"):
        session.set_current(float("nan"))
    with pytest.raises(Refused, match="Axon leak velocity"):
        session.set_leak(1.0)
    assert session.current == 0.0 and session.device.axon_leak == -5.0


@pytest.mark.parametrize("step", [0.00167, 0.067, 0.1, 1.3])
def test_record_of_a_wall_spans_its_chart_whatever_the_steps(step: float) -> None:
    session = OneWallSession()
    while session.time < 45 * NS:
        session.step(step * NS)
    times, resistances = session.record
    assert times[-1] == session.time and times.size == resistances.size
    assert times[-1] - times[0] >= 40 * NS
    assert np.diff(times[:-1]).min() > 0.0999 * NS
    assert np.diff(times).max() < 0.2 * NS


def test_wall_part_follows_its_controls_and_its_clock(opened: list) -> None:
    part = lessons.OneWall()
    opened.append(part)
    assert find(part.widget, "run").description == "▶ Run"
    press(part, "current-off")
    assert part.session.current == 0.0 and part.current.value == 0.0
    press(part, "run")
    assert part.desk.clock.playing
    for _ in range(5):
        part.desk._frame(0.1)
    assert part.session.time == pytest.approx(5 * 0.1 * 2 * NS, rel=1e-9, abs=0.0)
    shown = f"{100 - 5.0:.1f} nm" in part.readout.widget.value
    assert shown or part.session.place == pytest.approx(95e-9, rel=1e-6, abs=0.0)
    press(part, "instant")
    assert not part.desk.clock.playing and "2000 Ω" in part.readout.widget.value
    before = part.drawing.value
    press(part, "reset")
    assert part.session.position == 1.0 and part.drawing.value != before


def test_wall_at_rest_goes_on_when_its_current_is_changed(opened: list) -> None:
    """Else 3 µA shows 0.00 m/s beside a wall that would move, as if it were too weak to move one."""
    part = lessons.OneWall()
    opened.append(part)
    assert not part.begun
    part.current.value = 0.0
    press(part, "run")
    while part.desk.clock.playing:
        part.desk._frame(1.0)
    assert part.begun and part.session.position == 0.0
    part.current.value = 10e-6
    assert part.desk.clock.playing
    part.desk._frame(10.0)
    assert part.session.position == 1.0
    part.current.value = 3e-6
    part.desk._frame(1.0)
    part.desk.refresh()
    assert "−1.81 m/s" in part.readout.widget.value.replace("-", "−")
    press(part, "pause")
    part.current.value = 4e-6
    assert not part.desk.clock.playing, "a person has held it"
    part.session.position = 0.0
    part.desk.refresh()
    assert "Current + leak" in part.readout.widget.value and "held at the end" in part.readout.widget.value


def test_wall_that_rests_lets_the_kernel_rest(opened: list) -> None:
    part = lessons.OneWall()
    opened.append(part)
    press(part, "run")
    for _ in range(200):
        if not part.desk.clock.playing:
            break
        part.desk._frame(0.1)
    assert not part.desk.clock.playing
    assert part.session.time == pytest.approx(20 * NS, abs=0.3 * NS)
