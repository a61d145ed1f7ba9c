"""What comes from outside and is no good: each of these is refused with one sentence, and nothing else happens.

Session files, addresses, graph files and images, over 100 of them, each malformed in its own way.
"""

import bz2
import gzip
import io
import json
import pickle
import re
import struct
import tracemalloc
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from time import thread_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lab_visitor import Visitor, Watch
from PIL import Image

from dwmtj_widgets.labs import MaxcutLab, RecallLab
from dwmtj_widgets.labs.common.run import desk as run_desk
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions import run_setting
from dwmtj_widgets.sessions.maxcut import MaxcutSession
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.snapshot import (
    FORMAT,
    LARGEST_FILE,
    LONGEST_ADDRESS,
    from_file,
    from_query,
    to_file,
)
from dwmtj_widgets.tasks.checks import MAX_FILE_BYTES
from dwmtj_widgets.tasks.graph_files import format_graph, read_graph
from dwmtj_widgets.tasks.graphs import petersen_graph, random_graph
from dwmtj_widgets.tasks.patterns import from_png, symbol, to_png
from dwmtj_widgets.widgets.page import clock

MOST_SECONDS = 1.0
"""Seconds of this thread's own time, so that a busy machine does not count."""
MOST_BYTES = 64_000_000
LONGEST_SENTENCE = 300


# -- what is asked of every refusal ------------------------------------------------------------------------------


def sentence_of(attempt: Callable[[], object]) -> str:
    """Return the one plain sentence with which something is refused, at little cost."""
    begun = thread_time()
    with pytest.raises(Refused) as refusal:
        attempt()
    assert thread_time() - begun < MOST_SECONDS
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=re.escape(str(refusal.value))):
            attempt()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES
    sentence = str(refusal.value)
    assert_plain(sentence)
    return sentence


def assert_plain(sentence: str) -> None:
    assert sentence.endswith(".")
    assert len(sentence) <= LONGEST_SENTENCE
    assert sentence.isprintable(), "one line, no half or control characters"
    assert not re.search(r"Traceback|\w+(Error|Exception)\b|<class|object at 0x|errno", sentence)


# -- session files and addresses ---------------------------------------------------------------------------------


class Lab:
    """A session in mid-run, how a setting is brought to it, and all that could change of it."""

    def __init__(self, session: object, restore: Callable, setting: dict) -> None:
        self.session, self.restore, self.setting = session, restore, setting

    def state(self) -> object:
        session = self.session
        engine = (
            (session.simulation.moment, len(session.recording))
            if isinstance(session, NetworkSession)
            else session.network.save()
        )
        parts = {name: (id(value), repr(value)) for name, value in vars(session).items()}
        return parts, pickle.dumps(engine)


@cache
def lab(name: str) -> Lab:
    """Return a lab that every case leaves as it was, so that one is enough."""
    if name == "recall":
        session = RecallSession()
        session.step(5e-9)
        return Lab(session, run_setting.restore_recall, run_setting.recall_setting(session))
    if name == "maxcut":
        session = MaxcutSession(random_graph(7, 0.5, 0))
        session.step(5e-9)
        return Lab(session, run_setting.restore_maxcut, run_setting.maxcut_setting(session))
    session = SignalSession(size=5) if name == "signal" else RecognitionSession()
    session.network.step(1e-9)
    return Lab(session, type(session).restore, session.setting())


def written(lab_name: str, /, *, without: str = "", **changes: object) -> str:
    """Return a session file in which fields are changed."""
    setting = {**lab(lab_name).setting, **changes}
    setting.pop(without, None)
    return json.dumps({"dwmtj": FORMAT, "version": "1", "lab": lab_name, "setting": setting})


def envelope(**changes: object) -> str:
    return json.dumps({**json.loads(written("recall")), **changes})


GOOD = written("recall")
ZEROS = "0" * 100
SESSION_FILES = {
    "empty": ("recall", "", "not JSON"),
    "only spaces": ("recall", " \n\t ", "not JSON"),
    "prose": ("recall", "Dear all, this is my session.", "not JSON"),
    "cut off": ("recall", GOOD[: len(GOOD) // 2], "not JSON"),
    "written twice": ("recall", GOOD * 2, "not JSON"),
    "NUL in the middle": ("recall", GOOD.replace(":", ":\0", 1), "not JSON"),
    "single quotes": ("recall", GOOD.replace('"', "'"), "not JSON"),
    "a list": ("recall", "[1, 2]", "does not hold a setting"),
    "null": ("recall", "null", "does not hold a setting"),
    "other JSON": ("recall", '{"cells": [], "nbformat": 4}', "does not hold a setting"),
    "no version": ("recall", GOOD.replace('"version": "1", ', ""), "does not hold a setting"),
    "one more entry": ("recall", envelope(more=1), "does not hold a setting"),
    "newer format": ("recall", envelope(dwmtj=FORMAT + 1), f"has the format {FORMAT + 1}"),
    "format true": ("recall", envelope(dwmtj=True), "has the format True"),
    "format in words": ("recall", envelope(dwmtj="one" * 999), "has the format 'one"),
    "another lab": ("recall", written("maxcut"), "of the lab 'maxcut'"),
    "lab is a list": ("recall", envelope(lab=[["x"] * 99] * 99), "of the lab [['x"),
    "setting is a list": ("recall", envelope(setting=[1]), "setting is [1]"),
    "setting is null": ("recall", envelope(setting=None), "setting is None"),
    "empty setting": ("recall", envelope(setting={}), "lacks the field memories"),
    "NaN": ("recall", written("recall", weight=float("nan")), "not JSON"),
    "Infinity": ("recall", written("recall", weight=float("inf")), "not JSON"),
    "1e999": ("recall", GOOD.replace('"weight": 0.1', '"weight": 1e999'), "weight is inf"),
    "whole number of 400 digits": ("recall", written("recall", weight=10**400), "weight is 1000"),
    "whole number of 400 digits as seed": ("recall", written("recall", seed=10**400), "seed is 1000"),
    "whole number of 5000 digits": (
        "recall",
        GOOD.replace('"weight": 0.1', f'"weight": {"9" * 5000}'),
        "JSON",
    ),
    "nested 100,000 deep": ("recall", "[" * 100_000 + "]" * 100_000, "The session file"),
    "nested 900 deep in a field": (
        "recall",
        GOOD.replace('"weight": 0.1', f'"weight": {"[" * 900 + "]" * 900}'),
        "weight is [",
    ),
    "field twice": ("recall", GOOD.replace('"weight"', '"weight": 0.2, "weight"'), "'weight' twice"),
    "too large": ("recall", GOOD + " " * LARGEST_FILE, f"at most {LARGEST_FILE:,}"),
    "field missing": ("recall", written("recall", without="seed"), "lacks the field seed"),
    "surplus field": ("recall", written("recall", colour="red"), "no field 'colour'"),
    "no memories": ("recall", written("recall", memories=[]), "memories is empty"),
    "nine memories": ("recall", written("recall", memories=[ZEROS] * 9), "at most 8"),
    "memory of 99 bits": ("recall", written("recall", memories=[ZEROS[1:]]), "memories[0]"),
    "memory with a 2": ("recall", written("recall", memories=[ZEROS[1:] + "2"]), "each 0 or 1"),
    "memory of Arabic digits": ("recall", written("recall", base="٠١" * 50), "each 0 or 1"),
    "memory is a number": ("recall", written("recall", memories=[0]), "memories[0] is 0"),
    "target not stored": ("recall", written("recall", target=3), "target is 3"),
    "negative seed": ("recall", written("recall", seed=-1), "seed is -1"),
    "seed of 64 bits": ("recall", written("recall", seed=2**63), f"seed is {2**63}"),
    "half a seed": ("recall", written("recall", seed=0.5), "seed is 0.5"),
    "distortion of 150 %": ("recall", written("recall", distortion=1.5), "distortion is 150%"),
    "weight of zero": ("recall", written("recall", weight=0), "weight is 0 mV"),
    "weight of 1 MV": ("recall", written("recall", weight=1e6), "weight is"),
    "weight is a table": ("recall", written("recall", weight={"mV": 100}), "weight is {'mV'"),
    "charge voltage too low": ("recall", written("recall", charge_voltage=1e-3), "charge_voltage is 1 mV"),
    "preset is a word": ("recall", written("recall", published="no"), "published is 'no'"),
    "cut neuron 100": ("recall", written("recall", cut=[100]), "cut[0] is 100"),
    "flipped half a neuron": ("recall", written("recall", flipped=[1.5]), "flipped[0] is 1.5"),
    "101 flipped neurons": ("recall", written("recall", flipped=[1] * 101), "at most 100"),
    "unknown part of a device": ("recall", written("recall", device={"colour": 1}), "no field 'colour'"),
    "negative TMR": ("recall", written("recall", device={"tmr": -1.0}), "tmr is -100%"),
    "junction beside its track": ("recall", written("recall", device={"mtj_center": 0.99}), "does not fit"),
    "201 nodes": ("maxcut", written("maxcut", nodes=201), "nodes is 201"),
    "a billion nodes": ("maxcut", written("maxcut", nodes=10**9), "nodes is 1000000000"),
    "half an edge": ("maxcut", written("maxcut", edges=[0, 1]), "edges holds 2 numbers"),
    "edge onto itself": ("maxcut", written("maxcut", edges=[2, 2, 1]), "joins 2 and 2"),
    "edge twice": ("maxcut", written("maxcut", edges=[0, 1, 1, 1, 0, 1]), "0 and 1 twice"),
    "edge to nowhere": ("maxcut", written("maxcut", edges=[0, 7, 1]), "joins 0 and 7"),
    "edge from half a node": ("maxcut", written("maxcut", edges=[0.5, 1, 1]), "joins 0.5 and 1"),
    "edge of weight 0": ("maxcut", written("maxcut", edges=[0, 1, 0]), "weight 0"),
    "edge of weight 1e300": ("maxcut", written("maxcut", edges=[0, 1, 1e300]), "edges[2] is 1e+300"),
    "optimum below zero": ("maxcut", written("maxcut", optimum=-1), "optimum is -1"),
    "100,000 edges": ("maxcut", written("maxcut", nodes=200, edges=[0] * 100_000), "edges is [0"),
    "name of 10,000 letters": ("maxcut", written("maxcut", name="x" * 10_000), "10,000 characters"),
    "half a character": ("maxcut", written("maxcut", name="\ud83d"), r"name is '\ud83d'"),
    "control characters": ("maxcut", written("maxcut", name="a\0\x1b[2J"), r"name is 'a\x00"),
    "asymmetry of 9": ("maxcut", written("maxcut", asymmetry=9), "asymmetry is 9"),
    "unknown waveform": ("signal", written("signal", waveform="sinus" * 9999), "waveform is 'sinus"),
    "99 samples": (
        "signal",
        written("signal", waveform="drawn", samples=[0.5] * 99),
        "must be 100 numbers",
    ),
    "sample of 2": ("signal", written("signal", waveform="drawn", samples=[2.0] * 100), "samples[0] is 2"),
    "period of zero": ("signal", written("signal", period=0), "period is 0 ns"),
    "period of a second": ("signal", written("signal", period=1.0), "Period is 1e+09 ns"),
    "no junctions": ("signal", written("signal", size=0), "size is 0"),
    "training of a year": ("signal", written("signal", train_periods=10**9), "train_periods is 1000000000"),
    "gain of 99": ("signal", written("signal", changed={"gain": 99}), "gain is 99"),
    "unknown parameter": ("signal", written("signal", changed={"loudness": 11}), "no field 'loudness'"),
    "one waveform to tell apart": ("recognition", written("recognition", kinds=["sine"]), "sine"),
    "same waveform twice": ("recognition", written("recognition", kinds=["sine", "sine"]), "sine, sine"),
    "noise of 200 %": ("recognition", written("recognition", noise=2.0), "noise is 2"),
}


def packed(text: str | bytes) -> str:
    content = text.encode() if isinstance(text, str) else text
    return urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def deflated(content: bytes, **options: object) -> bytes:
    squeezer = zlib.compressobj(9, **options)
    return squeezer.compress(content) + squeezer.flush()


QUERY = packed(GOOD)
RAW = zlib.compress(GOOD.encode(), 9)
ADDRESSES = {
    "empty": ("", "damaged"),
    "one letter": ("e", "damaged"),
    "a word": ("recall", "damaged"),
    "only signs": ("%%%$$$", "damaged"),
    "umlauts": ("äöü", "damaged"),
    "emoji": ("😀" * 20, "damaged"),
    "NUL": ("\0" * 20, "damaged"),
    "half a character": ("\ud83d", "damaged"),
    "first half": (QUERY[: len(QUERY) // 2], "damaged"),
    "last letters missing": (QUERY[:-4], "damaged"),
    "second half": (QUERY[len(QUERY) // 2 :], "damaged"),
    "first letter another": ("A" + QUERY[1:], "damaged"),
    "letter in the middle another": (
        QUERY[:99] + ("A" if QUERY[99] != "A" else "B") + QUERY[100:],
        "damaged",
    ),
    "all small letters": (QUERY.lower(), "damaged"),
    "backwards": (QUERY[::-1], "damaged"),
    "whole address": (f"https://example.org/labs/recall?s={QUERY}", "damaged"),
    "twice": (base64(RAW * 2), "damaged"),
    "more behind the end": (base64(RAW + b"more"), "damaged"),
    "checksum wrong": (base64(RAW[:-1] + bytes([RAW[-1] ^ 1])), "damaged"),
    "not compressed": (base64(GOOD.encode()), "damaged"),
    "JSON itself": (GOOD, "damaged"),
    "gzip": (base64(gzip.compress(GOOD.encode())), "damaged"),
    "bzip2": (base64(bz2.compress(GOOD.encode())), "damaged"),
    "deflate without a head": (base64(deflated(GOOD.encode(), wbits=-15)), "damaged"),
    "foreign dictionary": (base64(deflated(GOOD.encode(), zdict=b"memories")), "damaged"),
    "compressed twice": (packed(RAW), "damaged"),
    "unpacks to 4 MB": (packed(b" " * 4_000_000), "damaged"),
    "too long": ("A" * (LONGEST_ADDRESS + 1), f"at most {LONGEST_ADDRESS:,}"),
    "Latin-1 inside": (packed('{"é": 1}'.encode("latin-1")), "damaged"),
    "UTF-16 inside": (packed(GOOD.encode("utf-16")), "damaged"),
    "nothing inside": (packed(b""), "not JSON"),
    "list inside": (packed(b"[]"), "does not hold a setting"),
    "number inside": (packed(b"1"), "does not hold a setting"),
    "nested deep inside": (packed(b"[" * 100_000), "The address"),
    "NaN inside": (packed(GOOD.replace('"weight": 0.1', '"weight": NaN')), "not JSON"),
    "another lab": (packed(written("signal")), "of the lab 'signal'"),
    "newer format": (packed(envelope(dwmtj=99)), "has the format 99"),
    "version is a novel": (packed(envelope(dwmtj=99, version="v" * 99_999)), "made by version 'vvv"),
    "field missing": (packed(written("recall", without="base")), "lacks the field base"),
    "surplus field": (packed(written("recall", x=0)), "no field 'x'"),
    "field twice": (packed(GOOD.replace('"seed"', '"seed": 5, "seed"')), "'seed' twice"),
    "bits missing": (packed(written("recall", base="01")), "base is '01'"),
    "voltage too low": (packed(written("recall", charge_voltage=1e-6)), "charge_voltage is 0.001 mV"),
}


def taken(lab_name: str, fields: object) -> None:
    place = lab(lab_name)
    place.restore(place.session, fields)


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
    run_setting.restore_recall(session, from_file(written("recall", seed=seed), "recall"))
    assert session.seed == seed
    assert (
        from_file(to_file("recall", run_setting.recall_setting(session)), "recall").whole("seed", 0, seed)
        == seed
    )


def test_a_junction_that_fits_only_the_track_that_comes_with_it_is_read() -> None:
    session = RecallSession()
    device = {"track_length": 200e-9, "mtj_width": 120e-9, "mtj_center": 0.5}
    run_setting.restore_recall(session, from_file(written("recall", device=device), "recall"))
    assert session.drive.device.mtj_width == 120e-9


# -- graphs ------------------------------------------------------------------------------------------------------

PATH = b"3 2\n1 2 1\n2 3 1\n"
GRAPHS = {
    "empty": (b"", "The file is empty"),
    "only empty lines": (b"\r\n\r\n\r\n", "The file is empty"),
    "only comments": (b"# a graph\n% nothing\n", "The file is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "The file is empty"),
    "UTF-16 cut in a character": (PATH.decode().encode("utf-16")[:-1], "some.txt is not a text file"),
    "UTF-16 without a mark": (PATH.decode().encode("utf-16-be"), "some.txt is not a text file"),
    "UTF-32 cut in a character": (PATH.decode().encode("utf-32")[:-1], "some.txt is not a text file"),
    "Latin-1": ("# für uns\n".encode("latin-1") + PATH, "some.txt is not a text file"),
    "half a character at the end": (PATH + b"\xe2\x82", "some.txt is not a text file"),
    "picture": (to_png(symbol("A")), "some.txt is not a text file"),
    "gzip": (gzip.compress(PATH), "some.txt is not a text file"),
    "NUL in a number": (b"3\0 2\n1 2\n2 3\n", "some.txt is not a text file"),
    "NULs": (b"\0" * 1000, "some.txt is not a text file"),
    "web page": (b"<!DOCTYPE html>\n<html></html>\n", "as the number of nodes"),
    "JSON": (b'{"nodes": 3, "edges": 2}\n', "Line 1"),
    "commas": (b"3,2\n1,2,1\n2,3,1\n", "Line 1 has 1 field"),
    "semicolons": (b"3 2\n1;2;1\n2;3;1\n", "Line 2 has 1 field"),
    "DIMACS": (b"p edge 3 2\ne 1 2\ne 2 3\n", "Line 1 has 4 field"),
    "Matrix Market": (b"%%MatrixMarket matrix\n3 3 2\n2 1 1\n3 2 1\n", "Line 2 has 3 field"),
    "edges without a head": (b"1 2 1\n2 3 1\n", "Line 1 has 3 field"),
    "head of one number": (b"3\n1 2\n", "Line 1 has 1 field"),
    "words for numbers": (b"three two\n", "'three' as the number of nodes"),
    "negative nodes": (b"-3 2\n1 2\n2 3\n", "Line 1 has -3 as the number of nodes"),
    "no nodes": (b"0 0\n", "Line 1 has 0 as the number of nodes"),
    "one node": (b"1 0\n", "Line 1 has 1 as the number of nodes"),
    "2001 nodes": (b"2001 0\n", "Line 1 has 2001 as the number of nodes"),
    "nodes of 18 digits": (b"999999999999999999 1\n1 2\n", "as the number of nodes"),
    "nodes of 100,000 digits": (b"9" * 100_000 + b" 1\n1 2\n", "as the number of nodes"),
    "negative edges": (b"3 -2\n1 2\n2 3\n", "Line 1 has -2 as the number of edges"),
    "more edges than pairs": (b"3 4\n1 2\n1 3\n2 3\n", "Line 1 has 4 as the number of edges"),
    "all edges of 2000 nodes announced": (b"2000 1999000\n1 2\n", "1999000 edges are announced"),
    "decimal point": (b"3.0 2\n1 2\n2 3\n", "'3.0' as the number of nodes"),
    "exponent": (b"1e3 2\n1 2\n2 3\n", "'1e3' as the number of nodes"),
    "hexadecimal": (b"0x3 2\n1 2\n2 3\n", "'0x3' as the number of nodes"),
    "underscore": (b"1_0 2\n1 2\n2 3\n", "'1_0' as the number of nodes"),
    "Arabic digits": ("٣ ٢\n١ ٢\n٢ ٣\n".encode(), "'٣' as the number of nodes"),
    "full-width digits": ("３ ２\n".encode(), "'３' as the number of nodes"),
    "superscript": ("3 ²\n".encode(), "'²' as the number of edges"),
    "zero-width space": ("3\u200b 2\n".encode(), r"'3\u200b' as the number of nodes"),
    "byte order mark in the middle": ("3 2\n\ufeff1 2\n2 3\n".encode(), "Line 2"),
    "node 0": (b"3 2\n0 1\n1 2\n", "Line 2 has 0 as a node"),
    "node beyond the last": (b"3 2\n1 2\n2 4\n", "Line 3 has 4 as a node"),
    "negative node": (b"3 2\n1 2\n2 -3\n", "Line 3 has -3 as a node"),
    "half a node": (b"3 2\n1 2\n2 2.5\n", "Line 3 has '2.5' as a node"),
    "node with a name": (b"3 2\n1 2\n2 c\n", "Line 3 has 'c' as a node"),
    "self-loop": (b"3 2\n1 2\n2 2\n", "Line 3 joins node 2 to itself"),
    "edge twice": (b"3 2\n1 2\n1 2\n", "Line 3 joins nodes 1 and 2, as does line 2"),
    "edge both ways": (b"3 2\n1 2\n2 1\n", "Line 3 joins nodes 1 and 2, as does line 2"),
    "edge missing": (b"3 2\n1 2\n", "Line 2 is the last"),
    "edge too many": (b"3 1\n1 2\n2 3\n", "Line 3 is one edge more"),
    "edge of one node": (b"3 2\n1 2\n2\n", "Line 3 has 1 field"),
    "four columns": (b"3 2\n1 2 1 1\n2 3 1 1\n", "Line 2 has 4 field"),
    "weight nan": (b"3 2\n1 2 nan\n2 3\n", "Line 2 has 'nan' as a weight"),
    "weight inf": (b"3 2\n1 2 inf\n2 3\n", "Line 2 has 'inf' as a weight"),
    "weight -inf": (b"3 2\n1 2 -Infinity\n2 3\n", "Line 2 has '-Infinity' as a weight"),
    "weight 1e999": (b"3 2\n1 2 1e999\n2 3\n", "Line 2 has '1e999' as a weight"),
    "weight 1e13": (b"3 2\n1 2 1e13\n2 3\n", "Line 2 has '1e13' as a weight"),
    "weight of a million digits": (b"3 2\n1 2 " + b"9" * 1_000_000 + b"\n2 3\n", "Line 2 has '999"),
    "decimal comma": (b"3 2\n1 2 1,5\n2 3 1\n", "Line 2 has '1,5' as a weight"),
    "minus sign of print": ("3 2\n1 2 −1\n2 3 1\n".encode(), "Line 2 has '−1' as a weight"),
    "complex weight": (b"3 2\n1 2 1j\n2 3 1\n", "Line 2 has '1j' as a weight"),
    "CR only, edge missing": (b"3 2\r1 2\r", "Line 2 is the last"),
    "5 MB and a byte": (b" " * (MAX_FILE_BYTES + 1), "some.txt has more than 5,000,000 bytes"),
    "5 MB of comments": (b"# \n" * (MAX_FILE_BYTES // 3), "The file is empty"),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_malformed_graph_is_refused(name: str) -> None:
    content, words = GRAPHS[name]
    assert words in sentence_of(lambda: read_graph(content, "some.txt"))


@pytest.mark.parametrize(
    "content",
    [
        PATH,
        PATH.replace(b"\n", b"\r\n"),
        PATH.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + PATH,
        PATH.replace(b" ", b"\t"),
    ],
    ids=["plain", "CR LF", "CR", "byte order mark", "tabulators"],
)
def test_ways_to_write_the_same_graph_are_read(content: bytes) -> None:
    np.testing.assert_array_equal(read_graph(content, "some.txt"), [[0, 1, 0], [1, 0, 1], [0, 1, 0]])


# -- images ------------------------------------------------------------------------------------------------------


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, color: int = 0) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def pixels(content: bytes) -> bytes:
    return chunk(b"IDAT", zlib.compress(content))


NOISE = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
PICTURE = Image.fromarray(NOISE)
KINDS = {kind: saved(PICTURE, kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")}
FILM = saved(PICTURE, "GIF", save_all=True, append_images=[PICTURE.rotate(90)])
NO_IMAGE, TOO_LARGE = "cannot be read as an image", "more than 20,000,000 pixels"
IMAGES = {
    "empty": (b"", NO_IMAGE),
    "one byte": (b"\x89", NO_IMAGE),
    "NULs": (b"\0" * 10_000, NO_IMAGE),
    "noise": (NOISE.tobytes(), NO_IMAGE),
    "prose": (b"this is no picture", NO_IMAGE),
    **{
        f"{kind} without its end": (content[: len(content) // 2], NO_IMAGE) for kind, content in KINDS.items()
    },
    **{f"{kind} of 12 bytes": (content[:12], NO_IMAGE) for kind, content in KINDS.items()},
    "GIF film cut in its first picture": (FILM[:400], NO_IMAGE),
    "GIF of 1 x 60,000 without pixels": (b"GIF89a" + struct.pack("<HH", 1, 60_000) + b"\0\0\0", NO_IMAGE),
    "GIF of 65,535 x 65,535": (
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0)
        + b","
        + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
        + b"\x02\x02D\x01\0;",
        TOO_LARGE,
    ),
    "PNG of its mark alone": (b"\x89PNG\r\n\x1a\n", NO_IMAGE),
    "PNG sent as text": (KINDS["PNG"].replace(b"\r\n", b"\n", 1), NO_IMAGE),
    "PNG after an empty line": (b"\n" + KINDS["PNG"], NO_IMAGE),
    "PNG with a wrong checksum": (KINDS["PNG"][:29] + b"\0\0\0\0" + KINDS["PNG"][33:], NO_IMAGE),
    "PNG without pixels": (png(10, 10), NO_IMAGE),
    "PNG of no width": (png(0, 10, pixels(b"")), NO_IMAGE),
    "PNG with too few pixels": (png(100, 100, pixels(b"\0" * 50)), NO_IMAGE),
    "PNG whose pixels are noise": (png(10, 10, chunk(b"IDAT", b"noise" * 20)), NO_IMAGE),
    "PNG of an unknown colour": (png(10, 10, pixels(b"\0" * 110), color=5), NO_IMAGE),
    "PNG of 3 bits": (png(10, 10, pixels(b"\0" * 110), depth=3), NO_IMAGE),
    "PNG of 50,000 x 50,000": (png(50_000, 50_000, pixels(b"\0" * 1000)), TOO_LARGE),
    "PNG of 2,147,483,647 x 2,147,483,647": (png(2**31 - 1, 2**31 - 1, pixels(b"\0" * 1000)), TOO_LARGE),
    "PNG just above the limit, whole": (png(5000, 4001, pixels(b"\0" * 4001 * 5001)), TOO_LARGE),
    "PNG with a text of 50 MB": (
        png(10, 10, chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * 50_000_000)), pixels(b"\0" * 110)),
        NO_IMAGE,
    ),
    "BMP of 100,000 x 100,000": (
        KINDS["BMP"][:18] + struct.pack("<ii", 100_000, 100_000) + KINDS["BMP"][26:],
        TOO_LARGE,
    ),
    "BMP of negative width": (KINDS["BMP"][:18] + struct.pack("<i", -40) + KINDS["BMP"][22:], TOO_LARGE),
    "TIFF whose directory lies outside": (b"II*\0" + struct.pack("<I", 10**9) + b"\0" * 50, NO_IMAGE),
    "TIFF whose directory is itself": (b"II*\0" + struct.pack("<I", 0) + b"\0" * 50, NO_IMAGE),
    "PPM of 90,000 x 90,000": (b"P6 90000 90000 255\n" + b"\0" * 100, TOO_LARGE),
    "PPM of negative size": (b"P6 -10 10 255\n" + b"\0" * 300, NO_IMAGE),
    "PPM in letters": (b"P3 ten ten 255\n", NO_IMAGE),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NO_IMAGE),
    "SVG behind the mark of a PNG": (b"\x89PNG\r\n\x1a\n<svg/>", NO_IMAGE),
    "web page": (b"<!DOCTYPE html><html><body>404</body></html>", NO_IMAGE),
    "PDF": (b"%PDF-1.7\n1 0 obj\n", NO_IMAGE),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", NO_IMAGE),
    "PSD": (b"8BPS\0\1" + b"\0" * 6 + struct.pack(">HIIHH", 3, 10, 10, 8, 3) + b"\0" * 400, NO_IMAGE),
    "ICNS": (b"icns" + struct.pack(">I", 100) + b"ic07" + b"\0" * 92, NO_IMAGE),
    "ICO": (saved(PICTURE, "ICO"), NO_IMAGE),
    "TGA": (saved(PICTURE, "TGA"), NO_IMAGE),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 100, NO_IMAGE),
    "AVIF": (b"\0\0\0 ftypavif" + b"\0" * 100, NO_IMAGE),
    "ZIP": (b"PK\3\4" + b"\0" * 100, NO_IMAGE),
    "gzip of a PNG": (gzip.compress(KINDS["PNG"]), NO_IMAGE),
    "5 MB and a byte": (KINDS["PNG"] + b"\0" * MAX_FILE_BYTES, "more than 5,000,000 bytes"),
}


@pytest.mark.parametrize("name", IMAGES)
def test_a_malformed_image_is_refused(name: str) -> None:
    content, words = IMAGES[name]
    assert words in sentence_of(lambda: from_png(content))


HALVES = np.repeat([255] * 5 + [0] * 5, 4)[:, None].repeat(40, axis=1).astype(np.uint8)
"""40 x 40 pixels, the upper half white."""
WHITE = Image.fromarray(HALVES)
CLEAR = Image.merge("RGBA", [Image.new("L", (40, 40), 255)] * 3 + [WHITE])
ROWS = b"".join(b"\0" + row.astype(">u2").tobytes() for row in HALVES.astype(np.uint16) * 257)
LEGAL = {
    "1 bit": saved(WHITE.convert("1"), "PNG"),
    "palette": saved(WHITE.convert("P"), "PNG"),
    "palette with a transparent colour": saved(CLEAR.quantize(4), "PNG"),
    "grey and alpha": saved(CLEAR.convert("LA"), "PNG"),
    "alpha": saved(CLEAR, "PNG"),
    "16 bits": png(40, 40, pixels(ROWS), depth=16),
    "CMYK": saved(WHITE.convert("CMYK"), "JPEG", quality=95),
    "grey JPEG": saved(WHITE, "JPEG", quality=95),
    "16 bits in TIFF": saved(Image.fromarray(HALVES.astype(np.uint16) * 257), "TIFF"),
    "film": saved(WHITE, "GIF", save_all=True, append_images=[WHITE.rotate(90)]),
    "moving PNG": saved(WHITE, "PNG", save_all=True, append_images=[WHITE.rotate(90)]),
    "WebP without loss": saved(WHITE.convert("RGB"), "WEBP", lossless=True),
    "1 x 60,000": saved(WHITE.resize((1, 60_000), Image.Resampling.NEAREST), "GIF"),
    "one row": saved(WHITE.resize((1, 10), Image.Resampling.NEAREST), "PNG"),
    "bytes behind the end": saved(WHITE, "PNG") + b"more",
}


@pytest.mark.parametrize("name", LEGAL)
def test_unusual_but_whole_images_are_read(name: str) -> None:
    np.testing.assert_array_equal(from_png(LEGAL[name]), [1] * 50 + [0] * 50)


@pytest.mark.parametrize("step", ["open", "convert"])
def test_a_picture_that_memory_does_not_suffice_for_is_not_called_broken(step: str, monkeypatch) -> None:
    def without_memory(*_arguments: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr(*((Image, "open") if step == "open" else (Image.Image, "convert")), without_memory)
    said = sentence_of(lambda: from_png(LEGAL["1 bit"]))
    assert "needs more memory than there is" in said and "cannot be read as an image" not in said


# -- in the labs -------------------------------------------------------------------------------------------------


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    for module in (clock, run_desk):
        monkeypatch.setattr(module, "monotonic", watch)
    return watch


def engine_of(visitor: Visitor) -> tuple[int, bytes, str]:
    session, of = visitor.session, getattr(run_setting, f"{visitor.kind}_setting")
    return id(session.simulation), pickle.dumps(session.simulation.moment), json.dumps(of(session))


@pytest.fixture
def recall(watch: Watch) -> Visitor:
    return begun(RecallLab(), watch, "recall")


@pytest.fixture
def maxcut(watch: Watch) -> Visitor:
    return begun(MaxcutLab(), watch, "maxcut")


def begun(page: RecallLab | MaxcutLab, watch: Watch, kind: str) -> Visitor:
    visitor = Visitor(page, watch)
    visitor.kind = kind
    visitor.session.step(3e-9)
    return visitor


def test_the_recall_lab_shows_the_sentence_and_nothing_else_changes(recall: Visitor) -> None:
    before, shown = engine_of(recall), recall.find("editor").pattern.copy()
    names = (
        "empty",
        "PNG without its end",
        "PNG of 50,000 x 50,000",
        "GIF film cut in its first picture",
        "SVG behind the mark of a PNG",
        "PSD",
    )
    cases = {name: IMAGES[name] for name in names}
    # The opener refuses it before anyone looks at its picture.
    cases["5 MB and a byte"] = (IMAGES["5 MB and a byte"][0], "at most 5,000,000 are read")
    for name, (content, words) in cases.items():
        recall.open_file(content)
        assert words in recall.text("error"), name
        assert_plain(recall.text("error"))
        assert engine_of(recall) == before, name
        np.testing.assert_array_equal(recall.find("editor").pattern, shown)
    recall.open_file(LEGAL["16 bits"])
    assert recall.text("error") == ""
    np.testing.assert_array_equal(recall.session.input, [1] * 50 + [0] * 50)


def test_the_maxcut_lab_shows_the_sentence_and_nothing_else_changes(maxcut: Visitor) -> None:
    before, name_before = engine_of(maxcut), maxcut.text("graph-name")
    cases = {
        name: GRAPHS[name]
        for name in ("empty", "UTF-16 cut in a character", "self-loop", "weight 1e999", "NULs", "gzip")
    }
    edges = b"".join(b"%d %d\n" % (i + 1, j + 1) for i, j in np.argwhere(np.tri(700, k=-1)).tolist())
    cases["700 nodes, all edges"] = (b"700 %d\n%s" % (700 * 699 // 2, edges), "the lab shows at most 200")
    for name, (content, words) in cases.items():
        maxcut.open_file(content, "x" * 5000 + ".txt" if name == "gzip" else "some.txt")
        maxcut.lab.preparation.wait(60.0)
        sentence = maxcut.text("error")
        assert words.replace("some.txt", "") in sentence.replace("&#x27;", "'"), name
        assert_plain(sentence)
        assert engine_of(maxcut) == before, name
        assert maxcut.text("graph-name") == name_before
    maxcut.open_file(PATH, "y" * 5000 + ".txt")
    maxcut.lab.preparation.wait(60.0)
    assert maxcut.text("error") == ""
    assert maxcut.session.graph.size == 3
    shared = to_file("maxcut", run_setting.maxcut_setting(maxcut.session))
    run_setting.restore_maxcut(maxcut.session, from_file(shared, "maxcut"))


@pytest.mark.parametrize("kind", ["recall", "maxcut"])
def test_a_lab_shows_why_it_does_not_take_a_setting(kind: str, request: pytest.FixtureRequest) -> None:
    visitor = request.getfixturevalue(kind)
    before = engine_of(visitor)
    (box,) = (w for w in visitor.widgets() if "dwmtj-share-box" in w._dom_classes)
    texts = [("address", ADDRESSES[name][0]) for name in ("twice", "nested deep inside", "field twice")]
    texts += [("file", text) for of, text, _words in SESSION_FILES.values() if of == kind][-12:]
    for what, text in texts:
        box._opened = False  # as a page that has just been opened
        box._receive(box, {"type": "take", "what": what, "text": text}, [])
        assert_plain(visitor.text("error"))
        assert engine_of(visitor) == before


# -- all of them, and any other ----------------------------------------------------------------------------------


def test_there_are_more_than_a_hundred_cases_and_no_two_are_the_same() -> None:
    groups = (SESSION_FILES, ADDRESSES, GRAPHS, IMAGES)
    assert all(len(group) >= 25 for group in groups)
    assert sum(map(len, groups)) >= 100
    for group in groups:
        assert len({pickle.dumps(case[:-1]) for case in group.values()}) == len(group)


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Draw what became of a file: some bytes are others, and a piece is lost or there twice."""
    content = bytearray(good)
    for place, byte in draw(
        st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), max_size=4)
    ):
        content[place] = byte
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(good))] * 2)))
    return bytes(content[:first] + content[first:last] * draw(st.integers(0, 2)) + content[last:])


def refused_or_taken(attempt: Callable[[], object]) -> None:
    """Let anything but a plain sentence be an error."""
    try:
        attempt()
    except Refused as refusal:
        assert_plain(str(refusal))


@pytest.mark.parametrize("lab_name", ["recall", "maxcut", "signal", "recognition"])
@settings(max_examples=80)
@given(data=st.data())
def test_a_damaged_setting_is_refused_or_taken(lab_name: str, data: st.DataObject) -> None:
    content = data.draw(damaged(written(lab_name).encode()))
    text = content.decode("utf-8", "replace")
    refused_or_taken(lambda: taken(lab_name, from_file(text, lab_name)))
    refused_or_taken(lambda: taken(lab_name, from_query(packed(content), lab_name)))
    query = data.draw(damaged(packed(written(lab_name)).encode())).decode("latin-1")
    refused_or_taken(lambda: taken(lab_name, from_query(query, lab_name)))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**300, 10**400)
    | st.floats()
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("lab_name", ["recall", "maxcut", "signal", "recognition"])
@settings(max_examples=80)
@given(data=st.data())
def test_any_value_in_a_field_is_refused_or_taken(lab_name: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(lab(lab_name).setting)))
    text = written(lab_name, **{name: data.draw(VALUES)})
    refused_or_taken(lambda: taken(lab_name, from_file(text, lab_name)))


@settings(max_examples=300)
@given(damaged(format_graph(petersen_graph().adjacency).encode()))
def test_a_damaged_graph_is_refused_or_taken(content: bytes) -> None:
    refused_or_taken(lambda: read_graph(content, "some.txt"))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_image_is_refused_or_taken(kind: str, data: st.DataObject) -> None:
    refused_or_taken(lambda: from_png(data.draw(damaged(KINDS[kind]))))
