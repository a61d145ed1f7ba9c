"""Files, addresses and lines of Python of the Explorer."""

import csv
import io
import tempfile
from types import MappingProxyType

import numpy as np
import pytest
from visitors.explorer import SMALL, run, sentence

from dwmtj_widgets.explore import Sweep
from dwmtj_widgets.explore.datasets import csv_text
from dwmtj_widgets.explore.trials import COLUMNS
from dwmtj_widgets.labs import ExplorerLab
from dwmtj_widgets.labs.explorer.trial_lab import RecallTrialLab
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.explorer.ranges import Range
from dwmtj_widgets.sessions.snapshot import Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.widgets.page.save_box import File, SaveBox

# -- the lab -----------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_written_is_one_sentence(lab: ExplorerLab, tmp_path, monkeypatch) -> None:
    pytest.importorskip("xarray")
    run(lab)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert lab.save._makers["netCDF"]() is None
    assert sentence(lab).startswith("The file cannot be made: [Errno 2]")


def test_files_hold_the_sweep(lab: ExplorerLab) -> None:
    xarray = pytest.importorskip("xarray")
    makers = lab.save._makers
    assert [make() for make in makers.values()] == [None] * 3
    run(lab)
    result = lab.session.result
    file = makers["CSV"]()
    assert file is not None and file.content.decode() == csv_text(result)
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert len(rows) == 9 and "edp_estimate_J_s" in rows[0]
    netcdf = makers["netCDF"]()
    assert netcdf is not None
    with xarray.open_dataset(io.BytesIO(netcdf.content), engine="scipy") as data:
        assert Sweep.from_json(data.attrs["sweep"]).as_json() == result.sweep.as_json()
        np.testing.assert_array_equal(data["time"].values.ravel(), result.statistics()["time"])
    archive = makers["NPZ"]()
    assert archive is not None and archive.name == "dwmtj-sweep-random-recall.npz"
    with np.load(io.BytesIO(archive.content)) as data:
        for k, name in enumerate(COLUMNS):
            np.testing.assert_array_equal(data[name], result.rows[data["point"], data["trial"], k])
        assert data["trial"].size == result.done
        assert Sweep.from_json(str(data["sweep"])).as_json() == result.sweep.as_json()


# -- sharing -----------------------------------------------------------------------------------------------------


def rows_of_lab(lab: ExplorerLab) -> bytes:
    run(lab)
    assert lab.session.result is not None and lab.session.result.complete
    return lab.session.result.rows.tobytes()


SHARED = {
    **SMALL,
    "y": Range("patterns", 1, 4, 4),
    "seed": 2**40 + 3,
    "fixed": MappingProxyType({"neurons": 9, "tmr": 2.5, "rule": "storkey", "cue": "distorted"}),
}


@pytest.mark.parametrize("way", ["address", "file"])
@pytest.mark.parametrize("flat", [False, True])
def test_a_shared_setting_gives_the_same_sweep_bit_for_bit(lab: ExplorerLab, way: str, flat: bool) -> None:
    lab._change(**{**SHARED, **({"y": None} if flat else {})})
    lab.quantity.value = "accuracy"
    text = (to_query if way == "address" else to_file)("explorer", lab.setting())
    yours = ExplorerLab()
    yours._change(**SMALL)
    yours.start()
    yours.restore((from_query if way == "address" else from_file)(text, "explorer"))
    assert (yours.session.sweep, yours.session.result, yours.work.running) == (None, None, False)
    assert yours.setting() == lab.setting()
    assert yours.quantity.value == "accuracy"
    assert yours.controls.seed.value == 2**40 + 3
    assert yours.controls.axes["y"].parameter.value == ("" if flat else "patterns")
    assert len(yours.controls.setting.chips.children) == 4
    assert rows_of_lab(yours) == rows_of_lab(lab)
    yours.close()


def test_the_lines_of_python_repeat_the_sweep(lab: ExplorerLab) -> None:
    lab._change(**SHARED)
    mine = rows_of_lab(lab)
    sent: list[str] = []
    lab.share.send = lambda content, buffers=None: sent.append(content["text"])
    lab.share._receive(lab.share, {"type": "give", "what": "python"}, [])
    names: dict[str, object] = {}
    exec(sent[0], names)
    assert names["result"].rows.tobytes() == mine


def test_a_setting_that_is_not_legal_leaves_the_explorer_as_it_was(lab: ExplorerLab) -> None:
    lab._change(**SHARED)
    mine, setting, result = rows_of_lab(lab), lab.setting(), lab.session.result
    x = setting["x"]
    bad = {
        "task": ("sudoku", 3),
        "x": (
            {**x, "low": 0.5},
            {**x, "count": 1},
            {**x, "count": 500},
            {**x, "name": "colour"},
            {**x, "z": 1},
            7,
        ),
        "y": ({**x}, None),
        "trials": (0, 10**9, 1.5),
        "seed": (-1, 2**64),
        "fixed": ({"neurons": 1}, {"neurons": 4.5}, {"colour": 1}, {"rule": "guess"}, {"tmr": "high"}, []),
        "quantity": ("beauty", None),
        "else": (1,),
    }
    for name, values in bad.items():
        for value in values:
            with pytest.raises(Refused, match=r"^[^\n]+\.$"):
                lab.restore(Fields({**setting, name: value}))
    for name in set(setting) - {"y"}:
        with pytest.raises(Refused, match=f"lacks the field {name}"):
            lab.restore(Fields({key: value for key, value in setting.items() if key != name}))
    assert lab.session.result is result and lab.setting() == setting
    assert lab.session.result.rows.tobytes() == mine


def test_a_trial_on_the_explorers_page_shares_no_address(lab: ExplorerLab) -> None:
    lab._change(
        task="image_recall", x=Range("weight", 0.05, 0.15, 2), y=None, trials=1, fixed=MappingProxyType({})
    )
    run(lab)
    lab._point_chosen(0)
    lab._open(lab.point.chosen)
    trial = lab.run.lab
    assert isinstance(trial, RecallTrialLab) and trial.share is None
    trial.desk.instant()
    assert trial.export.box.enabled
    film = trial.export
    assert (film.columns, film._lab.run_setting()) == (10, "")


def test_a_file_is_made_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made, sent = [], []
    box = SaveBox(
        {"CSV": lambda: made.append(1) or File("a.csv", "text/csv", b"1,2"), "nothing": lambda: None}, "map"
    )
    monkeypatch.setattr(box, "send", lambda content, buffers=None: sent.append((content, buffers)))
    assert made == []
    for content in (
        {"type": "save", "label": "CSV"},
        {"type": "save", "label": "nothing"},
        {"type": "save", "label": 3},
    ):
        box._receive(box, content, [])
    assert sent == [
        ({"type": "file", "label": "CSV", "name": "a.csv", "kind": "text/csv"}, [b"1,2"]),
        ({"type": "nothing", "label": "nothing"}, None),
    ]
    box.close()
