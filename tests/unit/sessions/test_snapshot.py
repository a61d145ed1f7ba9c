"""Settings as text: they come back as they were, and nothing damaged, foreign or too large is taken."""

import contextlib
import json
import zlib
from base64 import urlsafe_b64encode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.snapshot import (
    FORMAT,
    LARGEST_FILE,
    LONGEST_ADDRESS,
    Fields,
    bit_text,
    from_file,
    from_query,
    to_file,
    to_query,
)

SETTING = {
    "weight": 0.1,
    "seed": 7,
    "published": False,
    "input": "0110",
    "memories": ["01", "10"],
    "device": {"tmr": 3.0},
}


def taken(fields: Fields) -> dict[str, object]:
    found = {
        "weight": fields.number("weight", 0.01, 0.25, "V"),
        "seed": fields.whole("seed", 0, 10),
        "published": fields.truth("published"),
        "input": bit_text(fields.bits("input", 4)),
        "memories": [bit_text(bits) for bits in fields.items("memories", lambda f, name: f.bits(name, 2), 8)],
        "device": {"tmr": fields.table("device").number("tmr", 0.0, 10.0)},
    }
    fields.close()
    return found


def packed(content: bytes) -> str:
    return urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


def test_what_is_written_is_read() -> None:
    assert taken(from_file(to_file("recall", SETTING), "recall")) == SETTING
    assert taken(from_query(to_query("recall", SETTING), "recall")) == SETTING


@given(st.binary(max_size=60), st.floats(0.01, 0.25), st.integers(0, 10), st.booleans())
def test_any_setting_survives_the_address(raw: bytes, weight: float, seed: int, published: bool) -> None:
    bits = np.unpackbits(np.frombuffer(raw, dtype=np.uint8))
    query = to_query("x", {"weight": weight, "seed": seed, "published": published, "bits": bit_text(bits)})
    assert query.replace("-", "").replace("_", "").isalnum(), "no letter that an address escapes"
    fields = from_query(query, "x")
    assert fields.number("weight", 0.01, 0.25) == weight
    assert (fields.whole("seed", 0, 10), fields.truth("published")) == (seed, published)
    assert (fields.bits("bits", len(bits)) == bits).all()
    fields.close()


@given(st.binary(max_size=300))
def test_noise_is_refused_with_a_sentence(noise: bytes) -> None:
    for read, text in ((from_file, noise.decode("latin-1")), (from_query, noise.decode("latin-1"))):
        with pytest.raises(Refused, match=r"^The (session file|address) .*\.$"):
            read(text, "recall")


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_address_is_refused_or_reads_as_it_was(data: st.DataObject) -> None:
    good = to_query("recall", SETTING)
    place = data.draw(st.integers(0, len(good) - 1))
    letter = data.draw(st.sampled_from("ABCabc019-_%+é"))
    changed = good[:place] + letter + good[place + 1 :]
    with contextlib.suppress(Refused):
        assert taken(from_query(changed, "recall")) == SETTING  # the checksum lets nothing else through


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weight": 7.0}, "weight is 7000 mV; it must lie between 10 mV and 250 mV."),
        ({"weight": "0.1"}, "weight is '0.1'; it must be a number"),
        ({"weight": True}, "weight is True; it must be a number"),
        ({"weight": None}, "weight is None"),
        ({"weight": 1e999}, "not JSON"),
        ({"seed": 1.5}, "seed is 1.5; it must be a whole number"),
        ({"seed": 11}, "seed is 11"),
        ({"published": 1}, "published is 1; it must be true or false"),
        ({"input": "011"}, "input is '011'; it must be 4 characters"),
        ({"input": "0112"}, "each 0 or 1"),
        ({"input": ["0", "1"]}, "a text of 0 and 1"),
        ({"memories": "01"}, "memories is '01'; it must be a list of at most 8"),
        ({"memories": ["01"] * 9}, "a list of at most 8"),
        ({"memories": ["01", 3]}, "memories[1] is 3"),
        ({"device": 5}, "device is 5; it must be a table"),
        ({"device": {}}, "The setting lacks the field tmr"),
        ({"surprise": 1}, "There is no field 'surprise'"),
        ({"x" * 99: 1}, "There is no field 'xxx"),
    ],
)
def test_every_field_is_checked(change: dict[str, object], sentence: str) -> None:
    text = json.dumps({"dwmtj": FORMAT, "version": "1", "lab": "recall", "setting": {**SETTING, **change}})
    with pytest.raises(Refused) as refused:
        taken(from_file(text, "recall"))
    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 160


def test_other_labs_and_formats_are_named() -> None:
    with pytest.raises(Refused, match="of the lab 'maxcut'; this is the lab 'recall'"):
        from_file(to_file("maxcut", SETTING), "recall")
    newer = to_file("recall", SETTING).replace(f'"dwmtj": {FORMAT}', '"dwmtj": 99')
    with pytest.raises(Refused, match="format 99"):
        from_file(newer, "recall")


def test_sizes_are_bounded() -> None:
    with pytest.raises(Refused, match=f"at most {LARGEST_FILE:,}"):
        from_file(" " * (LARGEST_FILE + 1), "recall")
    with pytest.raises(Refused, match=f"at most {LONGEST_ADDRESS:,}"):
        from_query("A" * (LONGEST_ADDRESS + 1), "recall")
    bomb = packed(b"0" * 4_000_000)
    assert len(bomb) < LONGEST_ADDRESS
    with pytest.raises(Refused, match="damaged"):
        from_query(bomb, "recall")
    with pytest.raises(Refused, match="save it as a file"):
        to_query("x", {"bits": bit_text(np.random.default_rng(0).integers(0, 2, 60_000, dtype=np.uint8))})
    with pytest.raises(Refused, match="not JSON"):
        from_file("[" * 100_000, "recall")
