"""Running ngspice."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.spice.waveforms import Waveforms, read_raw, time_so_far
from dwmtj_widgets.units import quantity

Progress = Callable[[float], None]

TIMEOUT: Final = 600.0
_PAUSE: Final = 0.05
_GRACE: Final = 5.0
_STOP = re.compile(r"^\.tran\s+\S+\s+(\S+)", re.MULTILINE | re.IGNORECASE)
_STOP_PARAMETER = re.compile(r"^\.param\s+t_stop\s*=\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_TELLING = re.compile(r"error:|too small|undefined|cannot|unknown|bad syntax|smashing|no such", re.IGNORECASE)
_NOISE = re.compile(r"^(note|warning|trying)\b|aren't any circuits", re.IGNORECASE)


class NgspiceError(Unable):
    """ngspice is not installed, failed, or was stopped; the sentence says which."""


def find_ngspice() -> str:
    """Return the path of ngspice.

    Raises
    ------
    NgspiceError
        If it is not installed; the sentence says how to install it.
    """
    found = shutil.which("ngspice")
    if found is None:
        msg = (
            "ngspice is not installed; install it with apt-get install ngspice (Debian, Ubuntu), "
            "dnf install ngspice (Fedora) or brew install ngspice (macOS)."
        )
        raise NgspiceError(msg)
    return found


def ngspice_version() -> str:
    """Return the name and version of the installed ngspice, as in ``"ngspice-39"``."""
    answer = subprocess.run(
        [find_ngspice(), "--version"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=30,
        check=False,
    )
    found = re.search(r"ngspice-\S+", answer.stdout)
    return found.group() if found else "ngspice of unknown version"


def run_ngspice(
    netlist: str,
    *,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
    cancel: Event | None = None,
) -> Waveforms:
    """Run ngspice on a netlist in a temporary folder.

    Parameters
    ----------
    netlist : str
        With a ``.tran`` line, as `ngspice_netlist` writes it.
    timeout : float
        Seconds after which ngspice is stopped.
    progress : callable, optional
        Called as ``progress(share)`` now and then with the finished share of the transient, 0 to 1.
    cancel : threading.Event, optional
        Stops ngspice when set.

    Raises
    ------
    NgspiceError
        If ngspice is not installed, fails, ends early, takes longer than `timeout`, or was cancelled.
    Refused
        If `timeout` is not above zero.
    """
    patience = validation.positive(timeout, "timeout", "")
    executable, version = find_ngspice(), ngspice_version()
    stop = _stop_time(netlist)
    begun = monotonic()
    with tempfile.TemporaryDirectory(prefix="dwmtj-spice-") as name:
        folder = Path(name)
        (folder / "network.cir").write_text(netlist, encoding="ascii")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [executable, "-b", "-r", "network.raw", "network.cir"],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                _wait(process, begun + patience, folder / "network.raw", stop, progress, cancel)
            finally:
                _end(process)
        found = _result(process.returncode, folder, stop)
    if progress is not None:
        progress(1.0)
    return replace(found, version=version, seconds=monotonic() - begun)


def _wait(
    process: subprocess.Popen[bytes],
    deadline: float,
    raw: Path,
    stop: float | None,
    progress: Progress | None,
    cancel: Event | None,
) -> None:
    while process.poll() is None:
        if cancel is not None and cancel.is_set():
            msg = "ngspice was stopped on request."
            raise NgspiceError(msg)
        if monotonic() > deadline:
            msg = f"ngspice was stopped after its time was up{_reached(raw)}; allow more, or take a smaller network."
            raise NgspiceError(msg)
        if progress is not None and stop is not None:
            progress(min(time_so_far(raw) / stop, 1.0))
        try:
            process.wait(_PAUSE)
        except subprocess.TimeoutExpired:
            continue


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _result(status: int, folder: Path, stop: float | None) -> Waveforms:
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raw = folder / "network.raw"
    if status != 0 or not raw.is_file():
        ending = f"a signal ({-status})" if status < 0 else f"status {status}"
        msg = f"ngspice failed with {ending}: {_complaint(log)}"
        raise NgspiceError(msg)
    found = read_raw(raw)
    if not len(found.times) or (stop is not None and found.times[-1] < stop * (1 - 1e-6)):
        reached = found.times[-1] if len(found.times) else 0.0
        msg = f"ngspice gave up at {quantity(reached, 's')}: {_complaint(log)}"
        raise NgspiceError(msg)
    return found


def _complaint(log: str) -> str:
    """Return ngspice's error messages in one sentence."""
    lines = [" ".join(line.split()) for line in log.splitlines() if line.strip()]
    words = [line for line in lines if _TELLING.search(line) and not _NOISE.search(line)]
    chosen = dict.fromkeys(words[:3] or lines[-3:])
    return "; ".join(chosen).rstrip(".") + "." if chosen else "it said nothing."


def _stop_time(netlist: str) -> float | None:
    """Return the stop time of a netlist's transient in seconds, None if it is not a plain number."""
    for pattern in (_STOP, _STOP_PARAMETER):
        found = pattern.search(netlist)
        if found:
            try:
                return float(found.group(1))
            except ValueError:
                continue
    return None


def _reached(raw: Path) -> str:
    time = time_so_far(raw)
    return f" at {quantity(time, 's')} of the transient" if time else ""
