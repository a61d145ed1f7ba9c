"""Malformed session files and addresses, and the sessions that they are given to."""

import bz2
import gzip
import json
import pickle
import zlib
from base64 import urlsafe_b64encode
from functools import cache

from dwmtj_widgets.sessions.contract import Session, restore
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.setting import SignalSetting
from dwmtj_widgets.sessions.snapshot import FORMAT, LARGEST_FILE, LONGEST_ADDRESS
from dwmtj_widgets.tasks.graphs import random_graph


class Lab:
    """A session in mid-run, its setting as fields, and all that could change of it."""

    def __init__(self, session: Session) -> None:
        self.session, self.setting = session, session.setting.fields()

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
    session: Session
    if name in ("recall", "maxcut"):
        graph = random_graph(7, 0.5, 0)
        session = RecallSession() if name == "recall" else MaxcutSession(MaxcutSetting(graph=graph))
        session.step(5e-9)
    else:
        session = SignalSession(SignalSetting(size=5)) if name == "signal" else RecognitionSession()
        session.network.step(1e-9)
    return Lab(session)


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
    restore(place.session, fields)
