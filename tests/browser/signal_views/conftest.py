"""The views of the Signal Lab, on one page for all tests of a file."""

from collections.abc import Iterator

import pytest
from browser_tools import browser_context, served, write_notebook
from lab_pages.lab import STARTED
from lab_pages.signal_views import FIELD, KERNEL, PROBES, RASTER, WAVE, K, Lab, N


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("signal")
    log = folder / "log"
    log.touch()
    notebook = write_notebook(folder / "page.ipynb", KERNEL.format(path=str(log), n=N, k=K))
    with served(notebook) as server, browser_context(has_touch=True) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.add_init_script(PROBES)
        page.goto(server.address, timeout=STARTED)
        for name in (WAVE, FIELD, RASTER):
            page.wait_for_selector(f"{name}[data-frames]", timeout=STARTED)
        yield Lab(page, log)
        assert complaints == []


@pytest.fixture
def lab(opened: Lab) -> Lab:
    opened.page.mouse.move(1, 1)
    opened.forget()
    return opened
