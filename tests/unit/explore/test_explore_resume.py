"""Sweeps that are killed, damaged or lose their workers, and go on: to the bit as if nothing had been."""

import dataclasses
import json
import os
import signal
import struct
import subprocess
import sys
import textwrap
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dwmtj_widgets.explore import Result, Sweep, journal, linear, load_sweep, run_sweep, running
from dwmtj_widgets.explore.cluster import cluster_executor
from dwmtj_widgets.explore.datasets import write_netcdf
from dwmtj_widgets.explore.journal import JOURNAL, SPECIFICATION, Journal
from dwmtj_widgets.explore.running import identity_of
from dwmtj_widgets.explore.trials import REVISION
from dwmtj_widgets.refusals import Refused, Unable

SWEEP = Sweep("random_recall", {"weight": (0.05, 0.2), "tmr": (2.0, 3.0)}, trials=30, fixed={"neurons": 8})
KILLED = Sweep("random_recall", {"weight": linear(0.05, 0.3, 12)}, trials=800, fixed={"neurons": 12})
KILLS = 20


@pytest.fixture(scope="module")
def plain() -> Result:
    """The sweep without interruption."""
    return run_sweep(SWEEP)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder that holds all of it."""
    run_sweep(SWEEP, tmp_path, workers=2)
    return tmp_path


# -- killed ------------------------------------------------------------------------------------------------------

# One process imports and compiles everything; its children are killed. It has one thread when it forks.
MOTHER = """
import os, random, signal, sys, time
from dwmtj_widgets.explore import Sweep, run_sweep
from dwmtj_widgets.explore.trials import measured

sweep, folder, kills = Sweep.from_json(sys.argv[1]), sys.argv[2], int(sys.argv[3])
journal = folder + "/trials.journal"
measured(sweep.points[0], 0, 0)
chance = random.Random(7)
while kills:
    child = os.fork()
    if child == 0:
        run_sweep(sweep, folder, workers=2)
        os._exit(0)
    # After some bytes more, 0 among them, and not after a time: a busy machine gets on slowly.
    enough = os.path.getsize(journal) + max(chance.randrange(-3_000, 12_000), 0)
    while os.path.getsize(journal) < enough and not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(int(os.WIFSIGNALED(status)), os.path.getsize(journal), flush=True)
    kills -= 1
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="Needs fork and SIGKILL.")
def test_killed_twenty_times_and_gone_on_with(tmp_path: Path) -> None:
    plain = run_sweep(KILLED)
    folder = tmp_path / "killed"
    folder.mkdir()
    command = [sys.executable, "-c", textwrap.dedent(MOTHER), KILLED.as_json(), str(folder), str(KILLS)]
    (folder / JOURNAL).touch()
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    rows = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    sizes = [size for _, size in rows]
    assert len(rows) == KILLS
    assert sum(killed for killed, _ in rows) >= KILLS // 2, "the sweep was over too early to be killed"
    assert sizes == sorted(sizes)
    assert len(set(sizes)) >= 5, "it must get on between two kills"
    before = load_sweep(KILLED, folder)
    result = run_sweep(KILLED, folder)
    assert result.complete
    assert np.array_equal(result.rows, plain.rows)
    assert result.done == result.total == 9600
    one, other = write_netcdf(plain, tmp_path / "plain.nc"), write_netcdf(result, tmp_path / "killed.nc")
    assert one.read_bytes() == other.read_bytes()
    # Nothing was measured twice: the journal holds every trial once.
    with Journal(folder, identity_of(KILLED)) as journal:
        held = [
            (key, trial)
            for key, first, part in journal.records()
            for trial in range(first, first + len(part))
        ]
    assert len(held) == len(set(held)) == 9600
    assert before.done <= 9600


def test_a_record_cut_short_anywhere_is_known_and_measured_anew(
    plain: Result, stored: Path, tmp_path: Path
) -> None:
    whole = (stored / JOURNAL).read_bytes()
    with Journal(stored, identity_of(SWEEP)) as journal:
        *_, (_key, _first, last) = journal.records()
    length = 32 + last.size * 8
    for cut in (1, 2, 3, 4, 5, 17, length // 2, length - 29, length - 3, length - 1):
        (stored / JOURNAL).write_bytes(whole[: len(whole) - cut])
        before = load_sweep(SWEEP, stored)
        assert before.done == 120 - len(last)
        left = length - cut
        assert before.notes == [
            f"trials.journal has {left} bytes at its end that are half-written or damaged; "
            "the trials in them are measured anew."
        ]
        result = run_sweep(SWEEP, stored)
        assert result.notes == []
        assert np.array_equal(result.rows, plain.rows)


def test_damage_within_is_cut_out_and_the_rest_is_kept(plain: Result, stored: Path) -> None:
    content = bytearray((stored / JOURNAL).read_bytes())
    for place in (5, len(content) // 2):
        content[place] ^= 0x40
    (stored / JOURNAL).write_bytes(content)
    before = load_sweep(SWEEP, stored)
    assert 0 < before.done < 120
    assert "within it that are half-written or damaged" in before.notes[0]
    assert load_sweep(SWEEP, stored).notes == []
    result = run_sweep(SWEEP, stored)
    assert np.array_equal(result.rows, plain.rows)


def test_garbage_that_looks_like_a_record_is_not_taken_for_one(plain: Result, stored: Path) -> None:
    content = (stored / JOURNAL).read_bytes()
    (stored / JOURNAL).write_bytes(b"\xd7DWJ" * 20 + content + b"\xd7DWJ" + bytes(200))
    result = load_sweep(SWEEP, stored)
    assert np.array_equal(result.rows, plain.rows)
    assert "280" not in result.notes[0] or "284" in result.notes[0]


def test_damage_that_looks_like_many_records_costs_no_more_than_its_size(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A head every 28 bytes, each of which claims all that follows: a checksum for each takes hours at 8 MB."""
    checked = 0

    def counted(data: bytes) -> int:
        nonlocal checked
        checked += len(data)
        return zlib.crc32(data)

    monkeypatch.setattr(journal, "zlib", SimpleNamespace(crc32=counted))
    head = struct.pack("<4s16sIHH", b"\xd7DWJ", bytes(16), 0, 20_000, 5)
    content = head * 40_000
    (stored / JOURNAL).write_bytes(content)
    result = load_sweep(SWEEP, stored)
    assert result.done == 0
    assert f"{len(content):,} bytes at its end" in result.notes[0]
    assert checked < 20 * len(content)


def test_a_specification_of_brackets_is_damaged(stored: Path) -> None:
    (stored / SPECIFICATION).write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(Refused, match="is damaged, so nobody knows"):
        run_sweep(SWEEP, stored)


def test_another_sweep_is_named_in_a_short_sentence(stored: Path) -> None:
    content = json.loads((stored / SPECIFICATION).read_text(encoding="utf-8"))
    content["task"] = "x" * 100_000
    (stored / SPECIFICATION).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(Refused, match="holds another sweep") as refused:
        run_sweep(SWEEP, stored)
    assert len(str(refused.value)) < 400


FULL = """
import resource, sys
from dwmtj_widgets.explore import Sweep, run_sweep

# A file may grow to so many bytes: to the sweep it is a full disk.
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
try:
    run_sweep(Sweep.from_json(sys.argv[1]), sys.argv[2], workers=2)
except RuntimeError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Needs limits of resources.")
def test_a_full_disk_says_that_the_sweep_goes_on(plain: Result, tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, SWEEP.as_json(), str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "What was measured before is kept there; make room, and the same sweep" in ended.stdout
    assert 0 < load_sweep(SWEEP, tmp_path).done < 120
    assert np.array_equal(run_sweep(SWEEP, tmp_path).rows, plain.rows)


def test_every_damaged_byte_is_noticed(stored: Path) -> None:
    content = (stored / JOURNAL).read_bytes()
    rng = np.random.default_rng(0)
    for place in [*range(40), *rng.integers(40, len(content), 40).tolist()]:
        damaged = bytearray(content)
        damaged[place] ^= 1 << int(rng.integers(8))
        (stored / JOURNAL).write_bytes(damaged)
        assert load_sweep(SWEEP, stored).notes, place


def test_cancelled_and_gone_on_with(plain: Result, tmp_path: Path) -> None:
    for least in (1, 40, 90):
        cancel = threading.Event()

        def progress(done: int, _total: int, stop: threading.Event = cancel, least: int = least) -> None:
            if done >= least:
                stop.set()

        part = run_sweep(SWEEP, tmp_path, workers=2, progress=progress, cancel=cancel)
        assert np.array_equal(part.rows[part.there], plain.rows[part.there])
    assert np.array_equal(run_sweep(SWEEP, tmp_path).rows, plain.rows)


def test_a_stop_does_not_wait_for_kernels_that_are_being_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A compilation cannot be interrupted: the sweep returns, and what it would have given is left out."""
    begun, compiled, cancel = threading.Event(), threading.Event(), threading.Event()

    def compiling(*_arguments: object) -> None:
        begun.set()
        assert compiled.wait(60)

    monkeypatch.setattr(running, "measured", compiling)
    with ThreadPoolExecutor(1) as pool:
        sweep = pool.submit(run_sweep, SWEEP, tmp_path, workers=2, cancel=cancel)
        try:
            assert begun.wait(60)
            cancel.set()
            assert sweep.result(30).done == 0
            assert not compiled.is_set()
        finally:
            compiled.set()


def test_what_was_measured_before_an_error_is_kept(plain: Result, tmp_path: Path) -> None:
    def fail(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(SWEEP, tmp_path, workers=2, progress=fail)
    kept = load_sweep(SWEEP, tmp_path)
    assert kept.done > 0
    assert np.array_equal(run_sweep(SWEEP, tmp_path).rows, plain.rows)


# -- whose folder it is ------------------------------------------------------------------------------------------


def test_more_values_and_more_trials_go_on_with_what_is_there(plain: Result, stored: Path) -> None:
    wider = dataclasses.replace(SWEEP, parameters={"weight": (0.05, 0.1, 0.2), "tmr": (2.0, 3.0)}, trials=40)
    assert load_sweep(wider, stored).done == 120
    grown = run_sweep(wider, stored)
    assert np.array_equal(grown.rows[[0, 1, 4, 5], :30], plain.rows)
    assert np.array_equal(grown.rows, run_sweep(wider).rows)
    assert np.array_equal(load_sweep(SWEEP, stored).rows, plain.rows)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"seed": 1}, "seed 0, now 1"),
        ({"fixed": {"neurons": 9}}, r"fixed {'neurons': 8}, now {'neurons': 9}"),
        ({"parameters": {"weight": (0.05,)}}, r"parameters \['weight', 'tmr'\], now \['weight'\]"),
        ({"task": "max_cut"}, "task 'random_recall', now 'max_cut'"),
    ],
)
def test_another_sweep_is_refused(stored: Path, changes: dict[str, object], what: str) -> None:
    content = (stored / JOURNAL).read_bytes()
    with pytest.raises(Refused, match=rf"holds another sweep \({what}\); take another folder"):
        run_sweep(dataclasses.replace(SWEEP, **changes), stored)  # type: ignore[arg-type]
    assert (stored / JOURNAL).read_bytes() == content


def test_trials_of_another_revision_are_refused(stored: Path) -> None:
    path = stored / SPECIFICATION
    path.write_text(json.dumps({**json.loads(path.read_text()), "revision": REVISION - 1}))
    with pytest.raises(Refused, match=rf"revision {REVISION - 1}, now {REVISION}\)"):
        run_sweep(SWEEP, stored)


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_damaged_specification_is_said(stored: Path, text: str) -> None:
    (stored / SPECIFICATION).write_text(text)
    with pytest.raises(Refused, match=r"sweep.json' is damaged"):
        run_sweep(SWEEP, stored)


def test_trials_without_a_specification_are_refused(stored: Path) -> None:
    (stored / SPECIFICATION).unlink()
    with pytest.raises(Refused, match=r"holds trials but no sweep.json"):
        run_sweep(SWEEP, stored)


def test_a_file_is_no_folder_and_nothing_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="is a file; a sweep needs a folder"):
        run_sweep(SWEEP, tmp_path / "file")
    with pytest.raises(Refused, match="There is no folder"):
        load_sweep(SWEEP, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_two_processes_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        Journal(tmp_path, identity_of(SWEEP)),
        pytest.raises(Unable, match="Another process is at work"),
    ):
        run_sweep(SWEEP, tmp_path)
    assert run_sweep(SWEEP, tmp_path).complete


# -- a cluster ---------------------------------------------------------------------------------------------------

CLUSTER = Sweep("random_recall", {"weight": linear(0.05, 0.3, 6)}, trials=600, fixed={"neurons": 16})


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Needs SIGKILL.")
def test_a_cluster_that_loses_a_worker_measures_the_same(tmp_path: Path) -> None:
    from distributed import LocalCluster

    plain = run_sweep(CLUSTER)
    killed: list[int] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        victim = next(iter(cluster.workers.values())).pid

        def progress(done: int, total: int) -> None:
            if not killed and done < total - 1000:
                killed.append(done)
                os.kill(victim, signal.SIGKILL)

        with cluster_executor(cluster.scheduler_address) as (executor, threads):
            assert threads == 2
            result = run_sweep(
                CLUSTER, tmp_path, executor=executor, workers=threads, task_seconds=0.1, progress=progress
            )
    assert killed
    assert result.complete
    assert np.array_equal(result.rows, plain.rows)
    assert np.array_equal(load_sweep(CLUSTER, tmp_path).rows, plain.rows)


def test_a_cluster_that_is_not_there_is_said() -> None:
    with (
        pytest.raises(Unable, match="No Dask scheduler answers at 'nonsense://x'"),
        cluster_executor("nonsense://x"),
    ):
        pass
