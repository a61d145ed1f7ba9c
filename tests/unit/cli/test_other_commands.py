"""The commands that start the server, compile kernels and check an installation."""

from importlib import metadata

import pytest
from commands import run

from dwmtj_widgets import __version__, machine
from dwmtj_widgets.tasks.patterns import symbol


@pytest.fixture
def served(monkeypatch):
    calls = []

    def serve(*arguments, **options):
        calls.append((*arguments, options))
        return 0

    monkeypatch.setattr("dwmtj_widgets.server.serve", serve)
    return calls


STANDARD = {
    "host": "127.0.0.1",
    "port": 8866,
    "open_browser": True,
    "preheat": 0,
    "max_kernels": None,
    "kernel_memory": None,
    "cull_idle_timeout": 120,
    "base_url": "/",
    "token": None,
    "language": "en",
}


@pytest.mark.parametrize(
    ("arguments", "notebook", "options"),
    [
        ([], None, {}),
        (["serve"], None, {}),
        (["serve", "--port", "0", "--no-browser"], None, {"port": 0, "open_browser": False}),
        (["serve", "--host", "0.0.0.0", "--preheat", "2"], None, {"host": "0.0.0.0", "preheat": 2}),
        (["serve", "--notebook", "a/b"], "a/b", {}),
        (
            ["serve", "--max-kernels", "30", "--idle-timeout", "60"],
            None,
            {"max_kernels": 30, "cull_idle_timeout": 60},
        ),
        (["serve", "--base-url", "labs", "--token", "abc"], None, {"base_url": "labs", "token": "abc"}),
        (["serve", "--language", "de"], None, {"language": "de"}),
    ],
)
def test_serve_is_told_what_was_typed(served, arguments, notebook, options):
    assert run(*arguments).exit_code == 0
    assert served == [(notebook, {**STANDARD, **options})]


@pytest.mark.parametrize("arguments", [[], ["serve"]])
def test_token_of_the_environment_holds_with_and_without_the_command(served, monkeypatch, arguments):
    monkeypatch.setenv("DWMTJ_TOKEN", "class-7")
    assert run(*arguments).exit_code == 0
    assert served == [(None, {**STANDARD, "token": "class-7"})]


def test_status_of_the_server_is_passed_on(monkeypatch):
    monkeypatch.setattr("dwmtj_widgets.server.serve", lambda *_, **__: 3)
    assert run().exit_code == run("serve").exit_code == 3


def test_version_and_help_open_nothing(served):
    assert run("--version").stdout == f"{__version__}\n"
    text = run("--help").stdout
    assert all(f"  {command} " in text for command in ("serve", "recall", "maxcut", "warmup", "check"))
    assert run("serve", "-h").exit_code == 0
    assert served == []


def test_warmup_compiles_or_loads_every_kernel_and_says_where():
    result = run("warmup")
    cache = machine.kernel_cache()
    assert result.exit_code == 0
    assert result.stderr == ""
    assert len(cache.folders) == 2  # of the circuit and of the macrospins
    assert all(str(folder) in result.stdout for folder in cache.folders)
    assert cache.loaded + cache.compiled >= 6  # advance and read of three engines
    assert all(list(folder.glob("*.nbi")) for folder in cache.folders)


def test_check_finds_everything_here():
    result = run("check")
    assert result.exit_code == 0, result.stdout
    for name in ("Python", "core(s)", "dwmtj-widgets", *machine.PACKAGES, "rowser", "The kernel cache is"):
        assert name in result.stdout
    assert "all 100 bits right in 74.88 ns" in result.stdout
    assert result.stdout.endswith("Everything needed is there.\n")


def test_check_without_a_package_says_so(monkeypatch):
    version = metadata.version

    def all_but_voila(name):
        if name == "voila":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(machine.metadata, "version", all_but_voila)
    result = run("check")
    assert result.exit_code == 1
    assert "voila is missing; python -m pip install voila installs it." in result.stdout
    assert result.stdout.endswith("Something essential is missing, see above.\n")


def test_check_without_a_browser_names_the_command(monkeypatch):
    monkeypatch.setattr(machine, "find_browser", lambda: None)
    result = run("check")
    assert result.exit_code == 0
    assert "apt-get install chromium" in result.stdout


def test_check_compares_the_time(monkeypatch):
    monkeypatch.setattr(machine, "REFERENCE_TIME", 80e-9)
    result = run("check")
    assert result.exit_code == 1
    assert "A recall took 74.88 ns of device time; it should take 80 ns." in result.stdout


def broken(*_, **__):
    raise RuntimeError("broken")


@pytest.mark.parametrize(
    ("distortion", "message"),
    [
        (broken, "A recall failed with RuntimeError: broken"),
        (lambda *_, **__: symbol("heart"), "A recall came out wrong: "),
    ],
)
def test_check_says_when_a_recall_fails(distortion, message, monkeypatch):
    monkeypatch.setattr("dwmtj_widgets.tasks.patterns.distort", distortion)
    result = run("check")
    assert result.exit_code == 1
    assert message in result.stdout


def test_check_says_when_the_cache_cannot_be_written(monkeypatch, tmp_path):
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr(machine, "kernel_cache", lambda: machine.KernelCache((tmp_path, file / "x"), 2, 0))
    assert "which cannot be written (set NUMBA_CACHE_DIR)" in run("check").stdout
    monkeypatch.setattr(machine, "kernel_cache", lambda: machine.KernelCache((tmp_path,), 2, 1))
    assert "is cold: " in run("check").stdout
    monkeypatch.setattr(machine, "kernel_cache", lambda: machine.KernelCache((), 0, 0))
    assert "as no folder can be written: every start takes a minute longer" in run("check").stdout
    monkeypatch.setattr(machine, "_kernels", list)
    assert "numba is switched off" in run("check").stdout
