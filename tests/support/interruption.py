"""A command that is stopped with Ctrl+C in the middle of its work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from dwmtj_widgets.cli.sweep.run import STOPPED
from dwmtj_widgets.explore.journal import JOURNAL

# A process that was put into the background ignores SIGINT, and so do its children.
LISTENING = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("dwmtj_widgets", run_name="__main__", alter_sys=True)
"""
needs_ctrl_c = pytest.mark.skipif(os.name == "nt", reason="Needs SIGINT.")


def stopped_by_ctrl_c(arguments: Sequence[str], folder: Path) -> str:
    """Start a command that keeps a journal in a folder, stop it when something stands there; return what it printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENING, *arguments, "--out", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    journal, deadline = folder / JOURNAL, time.monotonic() + 120
    while not (journal.exists() and journal.stat().st_size > 2000):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == STOPPED, err
    assert "Traceback" not in err
    return out
