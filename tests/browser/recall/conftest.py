"""The Recall Lab on a server, and a page of it for each test."""

from collections.abc import Iterator

import pytest
from browser_tools import Served, served
from lab_pages.recall import Page, engine
from reference import ROOT

from dwmtj_widgets.tasks.patterns import symbol

NOTEBOOK = ROOT / "notebooks" / "recall_lab.ipynb"


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    engine(symbol("A"))  # so that the kernels of a fresh installation find theirs compiled
    with served(NOTEBOOK, preheat=1) as server:
        yield server


@pytest.fixture
def lab(server: Served, context) -> Iterator[Page]:
    lab = Page(context.new_page(), server.address)
    yield lab
    lab.close()
