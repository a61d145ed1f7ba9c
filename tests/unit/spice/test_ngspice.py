"""ngspice is run, read, stopped, and its complaints are said."""

import threading

import numpy as np
import pytest
from reference import NANOSECOND
from spice_tools import require_ngspice

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.spice import NgspiceError, run_ngspice, running
from dwmtj_widgets.spice.waveforms import read_raw, time_so_far

DIVIDER = "* two resistors\nV1 in 0 1\nR1 in out 1k\nR2 out 0 1k\n.tran 1n 100n\n.end\n"


def test_ngspice_is_run_and_read():
    require_ngspice()
    shares = []
    found = run_ngspice(DIVIDER, progress=shares.append)
    np.testing.assert_allclose(found.node("out"), 0.5, rtol=1e-9)
    assert found.times[-1] == pytest.approx(100 * NANOSECOND, rel=1e-6, abs=0.0)
    assert found.version.startswith("ngspice-")
    assert found.seconds > 0.0
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
    with pytest.raises(Refused, match="has saved no node 'x'"):
        found.node("x")


def test_without_ngspice_a_sentence_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        NgspiceError, match=r"^ngspice is not installed; install it with apt-get install ngspice"
    ):
        run_ngspice(DIVIDER)


@pytest.mark.parametrize(
    ("netlist", "words"),
    [
        ("* t\nR1 a 0 {unheard_of}\nV1 a 0 1\n.tran 1n 10n\n.end\n", r"Undefined parameter \[unheard_of\]"),
        ("* t\nX1 a 0 unheard_of\nV1 a 0 1\n.tran 1n 10n\n.end\n", "unknown subckt: x1 a 0 unheard_of"),
        ("* t\nV1 a 0 1\nV2 a 0 2\n.tran 1n 10n\n.end\n", "timestep too small"),
    ],
)
def test_what_ngspice_complains_of_is_said(netlist, words):
    require_ngspice()
    with pytest.raises(NgspiceError, match=rf"(?is)^ngspice failed with status 1: .*{words}.*\.$") as failure:
        run_ngspice(netlist)
    assert "\n" not in str(failure.value)


def test_ngspice_is_stopped_when_its_time_is_up_or_on_request(tmp_path, monkeypatch):
    """Nothing is left behind: no process, no folder."""
    require_ngspice()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    started = []
    popen = running.subprocess.Popen

    def remembered(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(running, "ngspice_version", lambda: "ngspice")
    monkeypatch.setattr(running.subprocess, "Popen", remembered)
    endless = DIVIDER.replace("1n 100n", "1p 1 0 1p")
    with pytest.raises(NgspiceError, match="ngspice was stopped after its time was up"):
        run_ngspice(endless, timeout=0.3)
    cancel = threading.Event()
    with pytest.raises(NgspiceError, match="stopped on request"):
        run_ngspice(endless, progress=lambda share: cancel.set(), cancel=cancel)
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refused, match="timeout is 0"):
        run_ngspice(DIVIDER, timeout=0.0)


def test_an_end_before_the_end_is_an_error(monkeypatch):
    require_ngspice()
    monkeypatch.setattr(running, "_stop_time", lambda netlist: 1.0)
    with pytest.raises(NgspiceError, match="ngspice gave up at 100 ns"):
        run_ngspice(DIVIDER)


def test_a_raw_file_is_read_as_far_as_it_goes(tmp_path):
    head = (
        b"Title: x\nFlags: real\nNo. Variables: 2\nNo. Points: 0       \n"
        b"Variables:\n\t0\ttime\ttime\n\t1\tv(s0)\tvoltage\nBinary:\n"
    )
    data = np.array([[0.0, 0.25], [1e-9, 0.5], [2e-9, 0.75]]).tobytes()
    file = tmp_path / "x.raw"
    assert time_so_far(file) == 0.0
    file.write_bytes(head[:60])
    assert time_so_far(file) == 0.0
    with pytest.raises(Refused, match=r"'x.raw' is no binary file of a transient"):
        read_raw(file)
    file.write_bytes(head)
    assert time_so_far(file) == 0.0
    file.write_bytes(head + data[:-9])
    assert time_so_far(file) == 1e-9
    found = read_raw(file)
    np.testing.assert_array_equal(found.times, [0.0, 1e-9])
    np.testing.assert_array_equal(found.node("s0"), [0.25, 0.5])
    np.testing.assert_allclose(found.at(np.array([0.5e-9])).node("s0"), [0.375])
    file.write_bytes(head.replace(b"Variables: 2", b"Variables: 3") + data)
    with pytest.raises(Refused, match="is no binary file"):
        read_raw(file)
