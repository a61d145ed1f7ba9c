"""A shared setting gives the very same run: through an address, through a file, and as lines of Python."""

import contextlib
import io
import json
import re
from dataclasses import replace

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from typer.testing import CliRunner

from dwmtj_widgets import cli
from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.snapshot import Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.tasks.graphs import Graph, petersen_graph, random_graph
from dwmtj_widgets.units import quantity

LABS = ("recall", "maxcut")


def fresh(lab):
    return RecallSession() if lab == "recall" else MaxcutSession(MaxcutSetting(graph=random_graph(7, 0.5, 0)))


def changed(lab):
    """Return a session in which everything that can be shared is other than at first."""
    session = fresh(lab)
    if lab == "recall":
        session.remove_memory(1)
        session.set_base(1 - session.setting.memories[1])
        session.set_distortion(0.17, 12)
    else:
        session.set_graph(weighted())
        session.set_asymmetry(1.2)
    session.set_drive(weight=0.08, charge_voltage=0.12, device=replace(Device(), tmr=2.5, axon_leak=-6.0))
    session.cut_axons(3, cut=True)
    session.flip_soma(2)
    return session


def weighted():
    graph = random_graph(9, 0.6, 3).adjacency.copy()
    graph *= np.random.default_rng(0).uniform(0.5, 2.0, graph.shape)
    return Graph("weighted", np.triu(graph) + np.triu(graph).T)


def final(session):
    session.finish()
    moment = session.simulation.moment
    return moment.time, moment.energy.tobytes(), moment.soma.tobytes(), moment.axon.tobytes()


def refusal(lab, session, setting):
    """Return the sentence with which a setting is refused, or nothing."""
    try:
        restore(session, Fields(setting))
    except Refused as error:
        return str(error)
    return ""


def setting_of(lab, session):
    return session.setting.fields()


@pytest.mark.parametrize("lab", LABS)
@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("way", ["address", "file"])
def test_a_shared_setting_gives_the_same_run_bit_for_bit(lab, published, way) -> None:
    mine, yours = changed(lab), fresh(lab)
    if published:
        mine.set_drive(published=True, device=replace(Device.published(), tmr=2.5))
        mine.flip_soma(2)
    setting = setting_of(lab, mine)
    read = (
        from_query(to_query(lab, setting), lab) if way == "address" else from_file(to_file(lab, setting), lab)
    )
    restore(yours, read)
    assert setting_of(lab, yours) == setting
    assert final(yours) == final(mine)


@pytest.mark.parametrize("lab", LABS)
@pytest.mark.parametrize("published", [False, True])
def test_the_lines_of_python_repeat_the_run(lab, published) -> None:
    session = changed(lab)
    if published:
        session.set_drive(published=True, device=Device.published())
    names: dict[str, object] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(session.python(), names)
    session.finish()
    run, moment = names["run"], session.simulation.moment
    assert (run.time, run.energy) == (moment.time, moment.energy.sum())
    assert (run.soma == moment.soma).all()
    assert said.getvalue().startswith(repr(run.time))


def disturb(session, lab):
    """Do to a run all that a person can, at times that no step of the lines would hit by chance."""
    for _ in range(40):
        session.step(0.3337e-9)
    session.set_drive(weight=0.06)
    session.set_drive(weight=0.05)
    session.flip_soma(4)
    session.step(5.01e-9)
    session.set_drive(charge_voltage=0.09, device=replace(session.setting.drive.device, tmr=2.4))
    session.cut_axons(3, cut=False)
    session.step(3.1e-9)
    if lab == "recall":
        session.set_memory(0, 1 - session.setting.memories[0])
    else:
        session.set_asymmetry(1.1)
    session.flip_soma(1)
    session.continue_from(session.recording.index_at(20e-9))
    session.step(4.5e-9)
    session.cut_axons(6, cut=True)
    session.finish()
    session.set_drive(weight=0.07)  # of the next run, until this one goes on
    session.flip_soma(5)
    session.step(1.7e-9)
    session.flip_soma(5)


@pytest.mark.parametrize("lab", LABS)
@pytest.mark.parametrize("published", [False, True])
def test_the_lines_of_python_repeat_a_run_with_all_that_was_done_to_it(lab, published) -> None:
    session = changed(lab)
    if published:
        session.set_drive(published=True, device=replace(Device.published(), tmr=2.5))
    disturb(session, lab)
    lines = session.python()
    assert {entry.action for entry in session.journal} == {"begin", "change", "flip"}
    assert "simulation.step_to(" in lines and "simulation.flip_soma(5)" in lines
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(lines, names)
    session.finish()
    run, moment = names["run"], session.simulation.moment
    assert (run.time, run.energy) == (moment.time, moment.energy.sum())
    assert (run.soma == moment.soma).all()
    undisturbed = fresh(lab)
    restore(undisturbed, Fields(session.at(0.0).fields()))
    assert final(undisturbed)[0] != run.time
    session.set_drive(weight=0.2)
    assert session.python() == lines  # what is shown is still this run
    session.reset()
    assert "step_to" not in session.python()


@pytest.mark.parametrize("lab", LABS)
def test_a_load_time_of_ones_own_is_shared_and_printed(lab) -> None:
    mine, yours = changed(lab), fresh(lab)
    assert "load_time" not in setting_of(lab, mine)  # so that an older package can read it
    mine.set_drive(load_time=9.5e-9)
    restore(yours, from_file(to_file(lab, setting_of(lab, mine)), lab))
    assert yours.setting.drive == mine.setting.drive
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(mine.python(), names)
    assert names["run"].time == final(mine)[0] == final(yours)[0]
    if lab == "recall":  # in a max-cut all axons are loaded OFF, where they are
        assert names["run"].settled_at_release < 1.0


@pytest.mark.parametrize("lab", LABS)
@pytest.mark.parametrize("published", [False, True])
def test_lab_command_line_and_python_end_alike_to_the_last_bit(lab, published, tmp_path) -> None:
    session = changed(lab)
    if published:
        session.set_drive(published=True, device=replace(Device.published(), tmr=2.5))
    file = tmp_path / "session.json"
    file.write_text(to_file(lab, setting_of(lab, session)), encoding="utf-8")
    answer = CliRunner().invoke(cli.app, [lab, "--session", str(file), "--json"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(session.python(), names)
    while not session.simulation.finished:  # frame by frame, of uneven length, as a page asks for them
        session.step(0.37e-9)
    moment, run = session.simulation.moment, names["run"]
    assert found["time_s"] == run.time == moment.time
    assert found["energy_J"] == run.energy == session.simulation.energy
    assert found["bits"] == "".join("?01"[bit + 1] for bit in run.bits)
    assert (run.bits == session.simulation.bits).all() and (run.soma == moment.soma).all()
    assert found["settings"]["flipped"] == sorted(session.setting.flipped)
    assert found["settings"]["preset"] == ("published" if published else "table1")
    said = CliRunner().invoke(cli.app, [lab, "--session", str(file)])
    assert said.exit_code == 0 and quantity(run.time, "s") in said.stdout
    assert f"{len(session.setting.cut)} cut" in said.stdout and "the paper's run" not in said.stdout


NOTEBOOK_CELL = """
from dwmtj_widgets.labs import MaxcutLab, RecallLab

for kind, text in ((RecallLab, {recall!r}), (MaxcutLab, {maxcut!r})):
    lab = kind()
    lab.share._take["file"](text)
    lab.desk.instant()
    run = lab.session.simulation
    print(lab.desk.error.widget.value, repr(run.time), repr(run.energy), run.soma.tobytes().hex())
    lab.close()
"""


@pytest.mark.slow
def test_a_session_opened_in_a_notebook_ends_alike_to_the_last_bit() -> None:
    """In a kernel of its own, as in JupyterLab and Voila."""
    sessions = {lab: changed(lab) for lab in LABS}
    texts = {lab: to_file(lab, setting_of(lab, session)) for lab, session in sessions.items()}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(NOTEBOOK_CELL.format(**texts))])
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    said = "".join(output.text for output in notebook.cells[0].outputs if output.output_type == "stream")
    for session in sessions.values():
        session.finish()
    runs = [session.simulation for session in sessions.values()]
    wanted = [f"{run.time!r} {run.energy!r} {run.soma.tobytes().hex()}" for run in runs]
    assert [line.strip() for line in said.splitlines()] == wanted


@pytest.mark.parametrize("lab", LABS)
def test_a_file_that_is_no_session_of_the_lab_is_one_sentence(lab, tmp_path) -> None:
    file = tmp_path / "session.json"
    other = next(name for name in LABS if name != lab)
    for content in (b"", b"\xff\xfe", b"{}", to_file(other, setting_of(other, fresh(other))).encode()):
        file.write_bytes(content)
        answer = CliRunner().invoke(cli.app, [lab, "--session", str(file)])
        assert answer.exit_code == 2 and answer.stdout == ""
        assert re.fullmatch(r"[^\n]+\.\n", answer.stderr)
    missing = CliRunner().invoke(cli.app, [lab, "--session", str(tmp_path / "none.json")])
    assert "There is no file" in missing.stderr
    file.write_text(to_file(lab, setting_of(lab, fresh(lab))), encoding="utf-8")
    both = CliRunner().invoke(cli.app, [lab, "--session", str(file), "--weight", "80"])
    assert both.exit_code == 2 and both.stdout == ""
    assert both.stderr == "--weight cannot be given with --session: the file says all of the run.\n"


@pytest.mark.parametrize("lab", LABS)
def test_every_field_is_wanted_and_checked_and_nothing_half_taken(lab) -> None:
    session = changed(lab)
    before, setting = final(session), setting_of(lab, session)
    bad = [None, [], {}, "x", -1, 1e9, [[1]], [0.5], {"tmr": "high"}, {"color": 1}, [10**6], True]
    for name in setting:
        without = {key: value for key, value in setting.items() if key != name}
        with pytest.raises(Refused, match=f"^The setting lacks the field {name}|lacks the field"):
            restore(session, Fields(without))
        sentences = [refusal(lab, session, {**setting, name: value}) for value in bad]
        restore(session, Fields(setting))
        assert sum(bool(sentence) for sentence in sentences) >= len(bad) - 4, name
        assert not any("\n" in sentence for sentence in sentences)
    with pytest.raises(Refused, match="no field 'else'"):
        restore(session, Fields({**setting, "else": 1}))
    assert setting_of(lab, session) == setting
    assert final(session) == before


def test_known_optimum_travels_with_its_graph() -> None:
    mine, yours = MaxcutSession(MaxcutSetting(graph=petersen_graph())), fresh("maxcut")
    restore(yours, Fields(mine.setting.fields()))
    given, taken = mine.setting.graph, yours.setting.graph
    assert (taken.name, taken.optimum) == (given.name, given.optimum)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_edges_are_two_nodes_and_a_weight(data: st.DataObject) -> None:
    session, setting = fresh("maxcut"), fresh("maxcut").setting.fields()
    edges = list(setting["edges"])
    place = data.draw(st.integers(0, len(edges) - 1))
    edges[place] = data.draw(st.floats(-1e7, 1e7, allow_nan=False) | st.integers(-3, 9))
    with contextlib.suppress(Refused):
        restore(session, Fields({**setting, "edges": edges}))
    adjacency = session.setting.graph.adjacency
    assert (adjacency == adjacency.T).all()
    assert (np.diag(adjacency) == 0.0).all()
