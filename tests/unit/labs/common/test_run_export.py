"""A recorded run as files: what is read back is what was recorded, in pictures to the pixel, in numbers to the bit."""

import contextlib
import csv
import io
import json
from dataclasses import asdict
from threading import Event
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from visitors.lab import Visitor, Watch

from dwmtj_widgets.charts import CurveChart
from dwmtj_widgets.explore import Point
from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.hopfield.walls import axon_table
from dwmtj_widgets.labs import MaxcutLab, RecallLab
from dwmtj_widgets.labs.common.run.export import RunExport
from dwmtj_widgets.labs.common.run.files import charts_svg, run_archive, run_table, time_chart
from dwmtj_widgets.labs.common.run.film import COLOURS, LAST_MS, MOST_FRAMES, Film, film, sampled
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.snapshot import from_file
from dwmtj_widgets.sessions.trial import Chosen, TrialSession
from dwmtj_widgets.tasks.graphs import random_graph
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.page.save_box import File, SaveBox

SVG = "{http://www.w3.org/2000/svg}"
HEAD, MARGIN = 40, 10


def recall() -> RecallSession:
    session = RecallSession()
    session.finish()
    return session


def maxcut() -> MaxcutSession:
    session = MaxcutSession(MaxcutSetting(graph=random_graph(12, 0.5, 1)))
    session.finish()
    return session


def varied() -> TrialSession:
    """Return a run of a chip whose devices all differ, so that every axon goes its own way."""
    point = Point("random_recall", {"neurons": 8, "spread": 0.05})
    session = TrialSession(Chosen(point, 3, 0, {}))
    session.finish()
    return session


def moments(record: Recording):
    return [record[k] for k in range(len(record))]


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


def shares(tracks: np.ndarray, on: str, off: str) -> np.ndarray:
    """Return where the wall of every track is by its pixels, shape (..., width, 3): 1 where all are ON."""
    is_on, is_off = (tracks == rgb(on)).all(axis=-1), (tracks == rgb(off)).all(axis=-1)
    wall = ~is_on & ~is_off
    return (is_on.sum(axis=-1) + 0.5 * wall.sum(axis=-1)) / tracks.shape[-2]


@pytest.mark.parametrize("make", [recall, maxcut, varied])
def test_the_last_frame_of_the_film_is_the_walls_at_the_end(make) -> None:
    session = make()
    record, columns = session.recording, 10 if make is recall else 0
    told: list[float] = []
    content = film(moments(record), columns, told.append, Event())
    plan = Film(record.somas.shape[1], columns)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.format == "GIF" and picture.size == plan.size
        assert picture.n_frames == min(len(record), MOST_FRAMES)
        assert picture.info["loop"] == 0
        picture.seek(picture.n_frames - 1)
        assert picture.info["duration"] == LAST_MS
        pixels = np.asarray(picture.convert("RGB"))
    end, size, cell = session.simulation.moment, plan.neurons, plan.cell
    field = pixels[HEAD : HEAD + size * cell, MARGIN : MARGIN + size * cell]
    cells = field.reshape(size, cell, size, cell, 3).transpose(0, 2, 1, 3, 4)
    gap = max(1, round(cell / 6))
    own = np.eye(size, dtype=bool)
    axon = shares(cells[~own][:, 0, : cell - gap], palette.ON, palette.OFF)
    step = 1.0 / (cell - gap) + 1.0 / 31.0  # of a pixel, and of the walls that are told apart
    np.testing.assert_allclose(axon, axon_table(end.axon)[~own], atol=step, rtol=0.0)
    at_ends = np.isin(axon_table(end.axon)[~own], (0.0, 1.0))
    np.testing.assert_array_equal(axon[at_ends], axon_table(end.axon)[~own][at_ends])
    soma = shares(cells[own][:, 0], "#fff2c9", "#7fb2f0")
    np.testing.assert_allclose(soma, end.soma, atol=step, rtol=0.0)
    if columns:
        left = 2 * MARGIN + size * cell
        image = pixels[HEAD + 8 : HEAD + 160 : 16, left + 8 : left + 160 : 16].reshape(100, 3)
        wanted = [rgb(palette.blend(round(x * 31) / 31)) for x in end.soma]
        assert image.tolist() == [list(colour) for colour in wanted]
    assert told == sorted(told) and told[-1] == 1.0


def test_the_first_frame_is_the_first_moment_and_the_time_goes_on() -> None:
    session = recall()
    content = film(moments(session.recording), 10, lambda _share: None, Event())
    plan = Film(100, 10)
    with Image.open(io.BytesIO(content)) as picture:
        first = np.asarray(picture.convert("RGB"))
        colours = np.array([rgb(colour) for colour in COLOURS], dtype=np.uint8)
        np.testing.assert_array_equal(first, colours[plan.frame(session.recording[0])])
        heads = set()
        for index in range(picture.n_frames):
            picture.seek(index)
            heads.add(np.asarray(picture.convert("RGB"))[:HEAD].tobytes())
    assert len(heads) == MOST_FRAMES, "every frame says another time"


def test_a_film_is_sampled_evenly_from_the_first_moment_to_the_last() -> None:
    assert sampled(1) == [0]
    assert sampled(7) == list(range(7))
    many = sampled(10_000)
    assert (len(many), many[0], many[-1]) == (MOST_FRAMES, 0, 9_999)
    assert set(np.diff(many)) <= {67, 68}


def test_a_film_that_is_stopped_is_refused() -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(Unable, match="The GIF was not finished"):
        film(moments(maxcut().recording), 0, lambda _share: None, cancel)


@pytest.mark.parametrize("make", [recall, maxcut, varied])
def test_the_table_is_the_record_bit_for_bit(make) -> None:
    session = make()
    record = session.recording
    rows = list(csv.reader(io.StringIO(run_table(session).decode())))
    heads, numbers = rows[0], np.array(rows[1:], dtype=np.float64)
    assert heads[:6] == [
        "time_s", "energy_J", "energy_supply_J", "energy_synapses_J", "energy_loading_J", "power_W",
    ]  # fmt: skip
    np.testing.assert_array_equal(numbers[:, 0], record.times)
    np.testing.assert_array_equal(numbers[:, 1], record.energies.sum(axis=1))
    np.testing.assert_array_equal(numbers[:, 2:5], record.energies)
    np.testing.assert_array_equal(numbers[:, 5], record.powers.sum(axis=1))
    np.testing.assert_array_equal(numbers[:, 6:], record.somas)


@pytest.mark.parametrize("make", [recall, maxcut, varied])
def test_the_archive_is_the_record_bit_for_bit(make) -> None:
    session = make()
    record, network = session.recording, session.simulation.network
    with np.load(io.BytesIO(run_archive(session, "{}"))) as found:
        assert found["time"].tobytes() == record.times.tobytes()
        assert found["soma"].tobytes() == record.somas.tobytes()
        assert found["energy"].tobytes() == record.energies.tobytes()
        assert found["power"].tobytes() == record.powers.tobytes()
        for k in (0, len(record) // 2, len(record) - 1):
            np.testing.assert_array_equal(found["axon"][k], record[k].axon)
        np.testing.assert_array_equal(found["weights"], network.weights)
        np.testing.assert_array_equal(found["connected"], network.connected)
        np.testing.assert_array_equal(found["input"], session.setting.input)
        assert float(found["supply_voltage"]) == network.supply_voltage
        assert float(found["charge_voltage"]) == session.simulation.charge_voltage
        assert json.loads(str(found["device"])) == asdict(network.device)
        for name, values in network.variation.items():
            np.testing.assert_array_equal(found[f"variation_{name}"], values)
        assert str(found["setting"]) == "{}"


class Desk(Visitor):
    """A person who saves things, and the files that come."""

    def __init__(self, lab, monkeypatch) -> None:
        super().__init__(lab, Watch())
        self.files: dict[str, bytes] = {}
        monkeypatch.setattr(SaveBox, "deliver", lambda _box, label, file: self.take(label, file))

    def take(self, _label: str, file: File | None) -> None:
        if file is not None:
            self.files[file.name] = file.content

    def save(self, label: str) -> None:
        self.say("export", {"type": "save", "label": label})
        self.lab.export.work.wait(60)


@pytest.mark.parametrize(("kind", "charts"), [(RecallLab, 3), (MaxcutLab, 2)])
def test_a_lab_offers_its_run_once_there_is_one(kind, charts, monkeypatch) -> None:
    desk = Desk(kind(), monkeypatch)
    name = desk.lab.key
    assert not desk.find("export").enabled
    desk.save("CSV")
    assert (desk.text("error"), desk.files) == ("Nothing is recorded yet; press Run first.", {})
    desk.press("instant")
    assert desk.find("export").enabled
    for label in ("GIF", "CSV", "NPZ", "SVG", "PNG"):
        desk.save(label)
    assert desk.text("error") == ""
    assert list(desk.files) == [
        f"dwmtj-{name}-run.gif", f"dwmtj-{name}-run.csv", f"dwmtj-{name}-run.npz",
        f"dwmtj-{name}-charts.svg", f"dwmtj-{name}-charts.png",
    ]  # fmt: skip
    with Image.open(io.BytesIO(desk.files[f"dwmtj-{name}-run.gif"])) as picture:
        assert picture.size == Film(desk.session.simulation.network.size, 10 if kind is RecallLab else 0).size
    drawing = ElementTree.fromstring(desk.files[f"dwmtj-{name}-charts.svg"])
    assert drawing.tag == f"{SVG}svg" and int(drawing.get("width", 0)) > 0
    assert len(drawing.findall(f"{SVG}svg")) == charts
    assert desk.files[f"dwmtj-{name}-charts.png"] == desk.files[f"dwmtj-{name}-charts.svg"], "painted there"
    desk.press("reset")
    assert not desk.find("export").enabled
    desk.lab.close()


def test_the_archive_of_a_lab_carries_the_setting_that_repeats_it(monkeypatch) -> None:
    desk = Desk(RecallLab(), monkeypatch)
    desk.session.set_distortion(0.3, 5)
    desk.press("instant")
    desk.save("NPZ")
    with np.load(io.BytesIO(desk.files["dwmtj-recall-run.npz"])) as found:
        again = RecallSession()
        restore(again, from_file(str(found["setting"]), "recall"))
        again.finish()
        assert again.recording.somas.tobytes() == found["soma"].tobytes()
        assert again.recording.energies.tobytes() == found["energy"].tobytes()
    desk.lab.close()


@pytest.mark.parametrize("kind", [RecallLab, MaxcutLab])
def test_what_is_set_after_the_end_is_not_the_setting_of_the_run(kind, monkeypatch) -> None:
    desk = Desk(kind(), monkeypatch)
    desk.press("instant")
    desk.find("weight").value = 200.0
    if kind is MaxcutLab:
        desk.find("asymmetry").value = 1.3
    run = desk.session.simulation.result()
    desk.save("NPZ")
    with np.load(io.BytesIO(desk.files[f"dwmtj-{desk.lab.key}-run.npz"])) as found:
        again = kind()
        again.share._take["file"](str(found["setting"]))
        again.session.finish()
        assert again.session.simulation.network.weights.tobytes() == found["weights"].tobytes()
        assert again.session.simulation.time == found["time"][-1] == run.time
    again.close()
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(desk.lab.share._give["python"](), names)
    assert (names["run"].time, names["run"].energy) == (run.time, run.energy)
    assert json.loads(desk.lab.share._give["file"]())["setting"]["weight"] == 0.2, "that of the next run"
    desk.lab.close()


@pytest.mark.parametrize("kind", [RecallLab, MaxcutLab])
def test_table_and_archive_of_a_disturbed_run_carry_the_lines_that_repeat_it(kind, monkeypatch) -> None:
    desk = Desk(kind(), monkeypatch)
    desk.session.step(40e-9)
    desk.session.set_drive(weight=0.15)
    desk.session.flip_soma(3)
    desk.press("instant")
    run = desk.session.simulation.result()
    for label in ("CSV", "NPZ"):
        desk.save(label)
    table = desk.files[f"dwmtj-{desk.lab.key}-run.csv"].decode()
    with np.load(io.BytesIO(desk.files[f"dwmtj-{desk.lab.key}-run.npz"])) as found:
        lines = str(found["python"])
    assert lines == desk.lab.share._give["python"]()
    assert [line[2:] for line in table.splitlines() if line.startswith("#")] == lines.splitlines()
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(lines, names)
    assert (names["run"].time, names["run"].energy) == (run.time, run.energy)
    columns = np.genfromtxt(
        io.StringIO(table), delimiter=",", skip_header=len(lines.splitlines()), names=True
    )
    assert columns["time_s"].tolist() == desk.session.recording.times.tolist()
    desk.lab.close()


def test_a_curve_with_a_gap_is_drawn_in_pieces() -> None:
    time, gap = np.arange(5.0), np.array([0.0, 1.0, np.nan, 1.0, 0.0])
    drawing = charts_svg([time_chart("Likeness", time, np.array([gap, time]), "ab")])
    assert "nan" not in drawing
    paths = [
        path.get("d", "")
        for path in ElementTree.fromstring(drawing).iter(f"{SVG}path")
        if path.find(f"{SVG}title") is not None
    ]
    assert [path.count("M") for path in paths] == [2, 1]


def test_walls_that_were_flipped_before_the_start_are_so_in_table_archive_and_film() -> None:
    session = RecallSession()
    session.flip_soma(7)
    session.finish()
    rows = list(csv.reader(io.StringIO(run_table(session).decode())))
    assert float(rows[1][rows[0].index("soma_7")]) == 1.0
    with np.load(io.BytesIO(run_archive(session))) as found:
        assert found["soma"][0].tolist() == np.eye(100)[7].tolist()
    content = film(moments(session.recording), 10, lambda _share: None, Event())
    with Image.open(io.BytesIO(content)) as picture:
        first = np.asarray(picture.convert("RGB"))
    colours = np.array([rgb(colour) for colour in COLOURS], dtype=np.uint8)
    flipped, plain = session.recording[0], RecallSession().recording[0]
    np.testing.assert_array_equal(first, colours[Film(100, 10).frame(flipped)])
    assert (first != colours[Film(100, 10).frame(plain)]).any()


def test_only_one_film_is_made_at_a_time_and_the_page_goes_on(monkeypatch) -> None:
    desk = Desk(RecallLab(), monkeypatch)
    desk.press("instant")
    export: RunExport = desk.lab.export
    desk.say("export", {"type": "save", "label": "GIF"})
    assert export.work.running and export.box.enabled
    assert (export.box.working, export.box.progress[-1]) == ("GIF", "%")
    desk.press("reset")  # the record of the film is its own
    export.work.wait(60)
    assert (export.box.working, export.box.enabled) == ("", False)
    with Image.open(io.BytesIO(desk.files["dwmtj-recall-run.gif"])) as picture:
        assert picture.n_frames == MOST_FRAMES
    desk.lab.close()


def test_a_chart_names_its_quantity_its_unit_and_its_lines() -> None:
    chart = time_chart("Energy, nJ, over ns", np.array([0.0, 1.0]), np.array([[0.0, 2.0], [1.0, 1.0]]), "ab")
    assert isinstance(chart, CurveChart)
    assert (chart.title, chart.x_label, chart.y_label) == ("Energy, nJ", "Time, ns", "Energy, nJ")
    assert [curve.name for curve in chart.curves] == ["Energy, nJ a", "Energy, nJ b"]
    assert [curve.name for curve in chart.legend] == ["a", "b"]
    assert chart.curves[0].colour != chart.curves[1].colour
