"""The labs behind jupyter-server-proxy, as Binder and hubs start them: our configuration, their login, a browser."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from browser_tools import browser_context, wait_for
from lab_pages.lab import STARTED, LabPage

ROOT = Path(__file__).parents[2]
TOKEN = secrets.token_hex(16)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Jupyter server with `binder/jupyter_server_config.json`, without a slash at its end."""
    folder = tmp_path_factory.mktemp("hub")
    # `python` of the configuration is the one that runs the tests, and no setting of this user counts.
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_CONFIG_PATH": str(ROOT / "binder"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }
    options = ["--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}", "--no-browser", "--allow-root"]
    log = folder / "log"
    with log.open("wb") as stream:
        server = psutil.Popen(
            [sys.executable, "-m", "jupyter_server", *options],
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
        )

    def address() -> str | None:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8"))
        return found and found[0]

    try:
        yield wait_for(address, "the address of the Jupyter server", 60)
    finally:
        started = server.children(recursive=True)
        server.terminate()
        _, left = psutil.wait_procs([server, *started], timeout=20)
        for process in left:
            process.kill()


class Page(LabPage):
    """The Recall Lab as a visitor of a hub has it."""

    def wait_ready(self) -> None:
        """Wait until the gallery is there."""
        self.wait_for_part(".dwmtj-exhibit")

    def run(self) -> None:
        self.wait_for_part(".dwmtj-run")
        self.wait("probe.text('time') !== ''")
        self.click("instant")
        self.wait_text("phase", "converged")


def test_lab_opens_runs_and_reloads_behind_a_login(hub: str) -> None:
    with browser_context() as context:
        lab = Page(context.new_page(), f"{hub}/dwmtj/?token={TOKEN}")
        refused: list[str] = []
        lab.page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 300 else None)
        login = [cookie for cookie in context.cookies() if cookie["name"].startswith("username-")]
        lab.page.click(f'.dwmtj-exhibit[href="{urlsplit(hub).path}/dwmtj/recall_lab"]')
        lab.run()
        assert lab.page.evaluate("getComputedStyle(document.querySelector('.dwmtj-lab')).display") == "grid"
        lab.page.reload(timeout=STARTED)
        lab.run()
        lab.page.click(".dwmtj-home")
        lab.wait_for_part(".dwmtj-exhibit")
        # Nothing of ours took the visitor's login, or added one; and who knows nothing of it is not let in.
        assert [cookie for cookie in context.cookies() if cookie["name"].startswith("username-")] == login
        assert {cookie["path"] for cookie in context.cookies()} == {"/"}
        assert lab.page.request.get(f"{hub}/api/contents").status == 200
        assert refused == []
        lab.close()
        stranger = context.browser.new_context().new_page()
        stranger.goto(f"{hub}/dwmtj/")
        assert urlsplit(stranger.url).path == "/login"
