"""Errors of commands are one sentence and a status."""

import subprocess
import sys

import pytest
from commands import run

from dwmtj_widgets.cli.recall import run as recall_report
from dwmtj_widgets.faults import REPORTS
from dwmtj_widgets.refusals import Unable


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["--nonsense"], "No such option: --nonsense"),
        (["recall", "--nonsense"], "No such option: --nonsense"),
        (["recall", "extra"], "extra"),
        (["recall", "--weight"], "--weight"),
        (["recall", "--weight", "abc"], "Invalid value for '--weight'"),
        (["recall", "--weight", "-1"], "weight is -1 mV; it must be above zero."),
        (["recall", "--weight", "0"], "weight is 0 mV; it must be above zero."),
        (["recall", "--weight", "nan"], "weight is nan; it must be a finite number"),
        (["recall", "--weight", "inf"], "weight is inf; it must be a finite number"),
        (["recall", "--charge-voltage", "10"], "charge_voltage is 10 mV"),
        (["recall", "--charge-voltage", "nan"], "charge_voltage is nan"),
        (["recall", "--distortion", "51"], "distortion is 51%; it must lie between 0% and 50%."),
        (["recall", "--distortion", "-1"], "distortion is -1%"),
        (["recall", "--distortion", "nan"], "distortion is nan"),
        (["recall", "--seed", "-1"], "seed is -1"),
        (["recall", "--seed", "1.5"], "Invalid value for '--seed'"),
        (["recall", "--memory", "Q"], "There is no symbol named 'Q'; there are A, "),
        (["recall", "--memory", ""], "There is no symbol named ''"),
        (["recall", "--input", "Q"], "There is no symbol named 'Q'"),
        (["recall", "--memory", "missing.png"], "There is no file 'missing.png'."),
        (["recall", "--preset", "spice"], "preset is 'spice'; it must be one of 'table1', 'published'."),
        (["recall", "--integrator", "rk4"], "integrator is 'rk4'"),
        (["recall", "--set", "tmr=100", "--set", "tmr=200"], "tmr is there twice; give it once."),
        (["recall", "--set", "tmr"], "tmr is ''; it must be a number in %, as in tmr=300."),
        (["recall", "--set", "tmr=much"], "tmr is 'much'; it must be a number in %, as in tmr=300."),
        (["recall", "--set", "lande_g=x"], "lande_g is 'x'; it must be a number, as in lande_g=2.1."),
        (["recall", "--set", "track_length=1,5"], "track_length is '1,5'; it must be a number in nm"),
        (["recall", "--set", "tmr=nan"], "Tunnel magnetoresistance (tmr) is nan"),
        (["recall", "--set", "r_track=0"], "Track resistance (r_track) is 0 Ω; it must be above zero."),
        (["recall", "--set", "mtj_width=100"], "does not fit on it"),
        (["recall", "--set", "length=1"], "There is no device field 'length'; there are lande_g, "),
        (["serve", "--port", "abc"], "Invalid value for '--port'"),
        (["serve", "--port", "-1"], "port is -1"),
        (["serve", "--preheat", "-1"], "preheat is -1"),
        (["serve", "--max-kernels", "0"], "max_kernels is 0"),
        (["serve", "--kernel-memory", "100"], "kernel_memory is 100"),
        (["serve", "--idle-timeout", "0"], "cull_idle_timeout is 0"),
        (
            ["serve", "--base-url", "a b"],
            "base_url is 'a b', but must be made of letters, digits and - . _ ~ /.",
        ),
        (["serve", "--token", "a?b"], "token is 'a?b', but must be made of letters, digits and - . _ ~."),
        (["serve", "--notebook", "no_such_lab"], "There is no notebook named 'no_such_lab'"),
    ],
)
def test_an_error_is_one_sentence_and_status_2(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith((".\n", "?\n"))
    assert message in result.stderr


@pytest.mark.parametrize(
    ("name", "content"), [("bad.png", b"no image"), ("bad.txt", b"##\n#"), ("bad.txt", b"\xff\xfe")]
)
def test_a_bad_file_is_one_sentence_and_status_2(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    result = run("recall", "--input", path)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (Unable("walls were\nlost"), "walls were lost."),
        (OSError(28, "No space left"), "[Errno 28] No space left."),
        (OSError(), "OSError."),
    ],
)
def test_what_is_refused_is_one_sentence(error, message, monkeypatch):
    def fail(_):
        raise error

    monkeypatch.setattr(recall_report, "run", fail)
    result = run("recall")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message + "\n")


def test_a_fault_is_its_traceback_and_a_sentence_on_stderr():
    """In a process of its own, in which nobody has told logging what to do."""
    lines = (
        "from dwmtj_widgets import cli; from dwmtj_widgets.cli.recall import run\n"
        "def broken(_): raise ZeroDivisionError('division\\nby zero')\n"
        "run.run = broken\n"
        "cli.app(['recall', '--json'])\n"
    )
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (70, "")
    first, *traceback, last = done.stderr.splitlines()
    assert first == "ZeroDivisionError: division by zero" and traceback[0].startswith("Traceback")
    sentence = "This is a fault of dwmtj, not of what was given (ZeroDivisionError: division by zero)"
    assert last == f"{sentence}; please report it at {REPORTS}"
