"""A server whose user has no home folder: a container that is run under any number, a home that is read only."""

import os
import subprocess
import urllib.request
from pathlib import Path

import pytest
from browser_tools import served, write_notebook


@pytest.mark.parametrize("home", ["/proc/no_such_folder", None])
def test_page_opens_without_a_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    for name in (
        "XDG_CACHE_HOME",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "IPYTHONDIR",
    ):
        monkeypatch.delenv(name, raising=False)
    if home is None:
        monkeypatch.delenv("HOME")
        # A user whom the system knows still has the home that is listed there.
        if subprocess.run(["unshare", "-U", "--map-user=12345", "true"], capture_output=True).returncode:
            pytest.skip("This system lets no process change its user.")
        prefix = ["unshare", "-U", "--map-user=12345"]
    else:
        monkeypatch.setenv("HOME", home)
        prefix = []
    notebook = write_notebook(tmp_path / "little.ipynb", "print('the kernel runs')")
    with served(notebook, prefix=prefix) as server:
        with urllib.request.urlopen(server.address, timeout=300) as answer:
            page = answer.read().decode()
        assert "the kernel runs" in page
        assert "Traceback" not in server.output
    assert os.environ.get("HOME") == home
