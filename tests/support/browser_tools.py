"""What the browser tests share: a served notebook, a page of a real browser, and patience without fixed sleeps."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import psutil
from needed import needed

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Several pages are open at once, and none is to rest because another one lies before it.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
_SERVE = """
import json, sys
from dwmtj_widgets.server import serve
notebook, options = json.loads(sys.argv[1])
sys.exit(serve(notebook, **options))
"""


def wait_for(condition: Callable[[], Any], what: str, timeout: float = 30.0) -> Any:
    """Ask again and again until the answer is true, and return it; fail with a sentence after the timeout."""
    end = time.monotonic() + timeout
    while not (answer := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"Waited {timeout:g} s in vain for {what}.")
        time.sleep(0.05)
    return answer


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, or of what the variable CHROMIUM names."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CHROMIUM_NAMES)), None)


def require_browser() -> str:
    """Return the path of a browser; without one skip the test, or fail it where CI is set."""
    return needed(
        find_chromium(), "No Chromium found: apt-get install chromium (or set CHROMIUM to its path)."
    )


def write_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook of code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)
    return path


@dataclass
class Served:
    """A server in a child process."""

    process: psutil.Popen
    log: Path
    address: str = ""
    seen: set[psutil.Process] = field(default_factory=set)

    @property
    def output(self) -> str:
        """All that the server has printed."""
        return self.log.read_text(encoding="utf-8")

    def kernels(self) -> list[psutil.Process]:
        """Return the kernels that are running now."""
        running = []
        for child in self.process.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if any("ipykernel" in part for part in child.cmdline()):
                    running.append(child)
        self.seen.update(running)
        return running

    def stop(self) -> int:
        """Stop the server as Ctrl+C does, and return its exit status."""
        if self.process.poll() is None:
            self.kernels()
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@contextlib.contextmanager
def served(
    notebook: str | Path | None, *, before: str = "", prefix: Sequence[str] = (), **options: Any
) -> Iterator[Served]:
    """Serve a notebook (None: the gallery) in a child process on a free port; at the end no kernel may be left.

    `before` is Python that runs in the child first: it may shorten what the server waits for. `prefix` is a command
    that runs the server as its own, as `unshare` does under another user.
    """
    options = {"port": 0, "open_browser": False, **options}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as stream:
            command = [
                *prefix,
                sys.executable,
                "-c",
                before + _SERVE,
                json.dumps([None if notebook is None else str(notebook), options]),
            ]
            server = Served(psutil.Popen(command, stdout=stream, stderr=subprocess.STDOUT), log)
        try:
            line = wait_for(lambda: _address_line(server), "the server's address", 90)
            server.address = line.split(": ", 1)[1].split("  ")[0]
            yield server
        finally:
            try:
                server.stop()
            finally:
                if server.process.poll() is None:
                    server.process.kill()
                    server.process.wait(10)
                _, left = psutil.wait_procs(server.seen, timeout=10)
                for kernel in left:
                    kernel.kill()
                assert not left, f"{len(left)} kernels outlived the server"


def _address_line(server: Served) -> str | None:
    if server.process.poll() is not None:
        raise AssertionError(f"The server ended at once:\n{server.output}")
    return next((line for line in server.output.splitlines() if "http://" in line and "Ctrl+C" in line), None)


@contextlib.contextmanager
def browser_context(**options: Any) -> Iterator[Any]:
    """Give a Playwright browser context (sync API), by default with a window of 1280x800."""
    executable = require_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        try:
            yield browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        finally:
            browser.close()


@contextlib.contextmanager
def browser_page(**options: Any) -> Iterator[Any]:
    """Give one Playwright page (sync API)."""
    with browser_context(**options) as context:
        yield context.new_page()


def record_requests(page: Any) -> list[str]:
    """Return a list to which every address is added that the page asks for, websockets included."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda connection: addresses.append(connection.url))
    return addresses
