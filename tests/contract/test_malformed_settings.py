"""Session files and addresses, each malformed in its own way: refused with one sentence, and nothing else happens."""

import pytest
from malformed.refusals import sentence_of
from malformed.settings import ADDRESSES, SESSION_FILES, lab, packed, taken, written

from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.snapshot import from_file, from_query, to_file


@pytest.mark.parametrize("name", SESSION_FILES)
def test_a_malformed_session_file_is_refused_and_the_session_stays(name: str) -> None:
    lab_name, text, words = SESSION_FILES[name]
    before = lab(lab_name).state()
    sentence = sentence_of(lambda: taken(lab_name, from_file(text, lab_name)))
    assert words in sentence
    assert lab(lab_name).state() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_malformed_address_is_refused_and_the_session_stays(name: str) -> None:
    query, words = ADDRESSES[name]
    before = lab("recall").state()
    sentence = sentence_of(lambda: taken("recall", from_query(query, "recall")))
    assert words in sentence
    assert lab("recall").state() == before


@pytest.mark.parametrize("lab_name", ["recall", "maxcut", "signal", "recognition"])
def test_what_the_cases_were_made_from_is_read(lab_name: str) -> None:
    text = written(lab_name)
    for fields in (from_file(text, lab_name), from_query(packed(text), lab_name)):
        taken(lab_name, fields)
    lab.cache_clear()  # the run began again


def test_a_large_seed_is_kept_to_the_last_digit() -> None:
    session, seed = RecallSession(), 2**63 - 1
    restore(session, from_file(written("recall", seed=seed), "recall"))
    assert session.setting.seed == seed
    assert from_file(to_file("recall", session.setting.fields()), "recall").whole("seed", 0, seed) == seed


def test_a_junction_that_fits_only_the_track_that_comes_with_it_is_read() -> None:
    session = RecallSession()
    device = {"track_length": 200e-9, "mtj_width": 120e-9, "mtj_center": 0.5}
    restore(session, from_file(written("recall", device=device), "recall"))
    assert session.setting.drive.device.mtj_width == 120e-9
