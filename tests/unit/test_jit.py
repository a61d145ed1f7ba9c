"""The cache of compiled kernels: where it lies, and what becomes of files that are damaged."""

import importlib.util
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from dwmtj_widgets import _jit, cli, machine

SOURCE = """
from dwmtj_widgets._jit import kernel

@kernel
def twice(x):
    return 2.0 * x
"""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Return what declares a kernel as a new process does, with its cache in `tmp_path`."""
    source = tmp_path / "little.py"
    source.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(_jit.config, "CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(_jit, "damaged", [])

    def again() -> Any:
        spec = importlib.util.spec_from_file_location("little", source)
        assert spec is not None and spec.loader is not None
        module: ModuleType = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.twice

    return again


def hits(kernel: Any) -> int:
    return sum(kernel.stats.cache_hits.values())


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flip_inside(data: bytes) -> bytes:
    """Change machine code, which numba would run."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


def noise(data: bytes) -> bytes:
    return bytes((37 * k * k + 11) % 256 for k in range(len(data)))


@pytest.mark.parametrize(
    ("suffix", "damage"),
    [
        ("nbc", cut),
        ("nbc", flip_inside),
        ("nbc", noise),
        ("nbi", noise),
        ("nbi", cut),
        ("nbi", lambda _: b""),
    ],
)
def test_damaged_file_is_dropped_and_the_kernel_compiled_again(
    load: Callable[[], Any], tmp_path: Path, suffix: str, damage: Callable[[bytes], bytes]
) -> None:
    assert load()(1.5) == 3.0
    whole = load()
    assert (whole(1.5), hits(whole), _jit.damaged) == (3.0, 1, [])
    (file,) = tmp_path.rglob(f"*.{suffix}")
    file.write_bytes(damage(file.read_bytes()))
    mended = load()
    assert (mended(1.5), hits(mended)) == (3.0, 0)
    assert len(_jit.damaged) == 1 and "twice" in _jit.damaged[0]
    after = load()
    assert (after(1.5), hits(after), len(_jit.damaged)) == (3.0, 1, 1)


def test_machine_code_that_was_changed_is_not_run(load: Callable[[], Any], tmp_path: Path) -> None:
    """It would compute something else, and nothing would complain."""
    source = tmp_path / "little.py"
    source.write_text(SOURCE.replace("2.0", "2.5"), encoding="utf-8")
    assert load()(1.5) == 3.75
    (file,) = tmp_path.rglob("*.nbc")
    whole, factor = file.read_bytes(), struct.pack("<d", 2.5)
    assert factor in whole
    file.write_bytes(whole.replace(factor, struct.pack("<d", 3.5)))
    mended = load()
    assert (mended(1.5), hits(mended)) == (3.75, 0)
    assert "its checksum differs" in _jit.damaged[0]


def test_check_reads_all_files_and_says_what_is_damaged(
    load: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load()(1.5) == 3.0
    monkeypatch.setattr(machine, "_kernels", lambda: [load()])
    assert "damaged" not in CliRunner().invoke(cli.app, ["check"]).stdout
    (file,) = tmp_path.rglob("*.nbc")
    file.write_bytes(cut(file.read_bytes()))
    text = CliRunner().invoke(cli.app, ["check"]).stdout
    assert f"The compiled kernel twice in {file.parent} is damaged" in text
    assert "The kernel cache is mended" in text
    assert "damaged (" not in CliRunner().invoke(cli.app, ["check"]).stdout.replace(_jit.damaged[0], "")


def test_kernel_is_compiled_where_its_file_cannot_be_kept(
    load: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_jit._CheckedFile, "_save_data", full)
    assert load()(1.5) == 3.0


def place(*prefix: str, **environment: str | None) -> str:
    """Return where a new process, run by the command `prefix`, puts its kernels if it cannot write into the package."""
    code = (
        "import os, pathlib, sys; from dwmtj_widgets import _jit; package = pathlib.Path(_jit.__file__).parent; "
        "writable = _jit._writable; "
        "_jit._writable = lambda folder: package not in folder.parents and writable(folder); "
        "_jit.config.CACHE_DIR = ''; print(_jit._place_cache(), _jit.config.CACHE_DIR)"
    )
    asked = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
    process = subprocess.run([*prefix, sys.executable, "-c", code], env=asked, capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def test_every_folder_is_tried(tmp_path: Path) -> None:
    home, cache, temporary = tmp_path / "home", tmp_path / "cache", tmp_path / "temporary"
    for folder in (home, cache, temporary):
        folder.mkdir()
    no_folder = tmp_path / "file"
    no_folder.touch()
    named = {"HOME": str(home), "XDG_CACHE_HOME": str(cache), "TMPDIR": str(temporary)}
    assert place(**named) == f"True {cache / 'numba'}"
    assert place(**named | {"XDG_CACHE_HOME": str(no_folder)}) == f"True {home / '.cache' / 'numba'}"
    lost = {**named, "HOME": str(no_folder), "XDG_CACHE_HOME": None}
    own = temporary / f"dwmtj-kernels-{os.getuid()}"
    assert place(**lost) == f"True {own}"
    # Others could have put something into a folder that they can write, and it would be run.
    own.chmod(0o777)
    elsewhere = Path(place(**lost).removeprefix("True "))
    assert elsewhere.parent == temporary and elsewhere != own
    assert not elsewhere.exists(), "a folder of one process stays behind"
    own.rmdir()
    own.symlink_to(home)
    assert Path(place(**lost).removeprefix("True ")) not in (own, home)


def test_user_without_name_and_home_computes(tmp_path: Path) -> None:
    """As in a container that is run under any number: no HOME, and no entry in the list of users."""
    if subprocess.run(["unshare", "-U", "--map-user=12345", "true"], capture_output=True).returncode:
        pytest.skip("This system lets no process change its user.")
    code = "from dwmtj_widgets.hopfield._kernels import events; print('declared')"
    environment = {
        name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")
    }
    process = subprocess.run(
        ["unshare", "-U", "--map-user=12345", sys.executable, "-c", code],
        env={**environment, "NUMBA_CACHE_DIR": "/proc/no_such_folder"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert process.stdout == "declared\n", process.stderr
    assert list(tmp_path.iterdir()) == [], "something was left in the working folder"
    lost = {"HOME": None, "XDG_CACHE_HOME": None, "NUMBA_CACHE_DIR": None, "TMPDIR": str(tmp_path)}
    assert place("unshare", "-U", "--map-user=12345", **lost) == f"True {tmp_path / 'dwmtj-kernels-12345'}"


def test_no_kernel_may_reorder_a_sum_or_fuse_operations() -> None:
    """Else its bits would be those of one kind of processor, and no page could have them."""
    free = [kernel.__name__ for kernel in machine._kernels() if kernel.targetoptions.get("fastmath")]
    assert machine._kernels() and free == []
