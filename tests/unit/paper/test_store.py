"""Points of the report that are kept on disk."""

import errno

import pytest

from dwmtj_widgets.paper.store import PointStore
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.files import write_atomically

SETTINGS = {"trials": 2, "seed": 0, "weight_V": 0.1}
COLUMNS = {"time": [1.0e-9, 0.1 + 0.2], "errors": [0.0, 1.0]}


def test_a_stored_point_comes_back_to_the_bit(tmp_path):
    PointStore(tmp_path / "a" / "b").save("p", SETTINGS, COLUMNS)
    store = PointStore(tmp_path / "a" / "b")
    assert store.load("p", SETTINGS) == COLUMNS
    assert store.load("q", SETTINGS) is None
    assert store.notes == []
    assert [file.name for file in (tmp_path / "a" / "b").iterdir()] == ["p.json"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_half_written_point_is_noticed(tmp_path, share):
    store = PointStore(tmp_path)
    store.save("p", SETTINGS, COLUMNS)
    content = (tmp_path / "p.json").read_bytes()
    (tmp_path / "p.json").write_bytes(content[: int(share * len(content))])
    assert store.load("p", SETTINGS) is None
    assert store.notes == ["p.json is damaged or half-written; it is measured anew."]


@pytest.mark.parametrize("damage", [("1e-09", "2e-09"), ('"errors"', '"terrors"'), ("sha256", "sha255")])
def test_a_changed_point_is_noticed(tmp_path, damage):
    store = PointStore(tmp_path)
    store.save("p", SETTINGS, COLUMNS)
    content = (tmp_path / "p.json").read_text()
    assert damage[0] in content
    (tmp_path / "p.json").write_text(content.replace(*damage))
    assert store.load("p", SETTINGS) is None
    assert len(store.notes) == 1


def test_another_setting_is_noticed_and_named(tmp_path):
    store = PointStore(tmp_path)
    store.save("p", SETTINGS, COLUMNS)
    assert store.load("p", {**SETTINGS, "trials": 9, "version": "2"}) is None
    assert store.notes == [
        "p.json was made with other settings (trials 2, now 9, version None, now '2'); it is measured anew."
    ]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path):
    write_atomically(tmp_path / "f", "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "f", "new \ud800")
    assert (tmp_path / "f").read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["f"]


def test_a_point_of_brackets_is_measured_anew(tmp_path):
    store = PointStore(tmp_path)
    (tmp_path / "p.json").write_text("[" * 100_000, encoding="utf-8")
    assert store.load("p", SETTINGS) is None
    assert "damaged" in store.notes[0]


def test_a_full_disk_says_that_the_report_goes_on(tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("dwmtj_widgets.paper.store.write_atomically", full)
    with pytest.raises(
        RuntimeError, match=r"No space left on device\. What was measured before is kept there"
    ):
        PointStore(tmp_path).save("p", SETTINGS, COLUMNS)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "f").write_text("")
    with pytest.raises(Refused, match="is a file; the points need a folder"):
        PointStore(tmp_path / "f")
