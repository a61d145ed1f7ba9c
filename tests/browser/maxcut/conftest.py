"""The Max-cut Lab on a server, and a page of it for the tests with a mouse."""

from collections.abc import Iterator

import numpy as np
import pytest
from browser_tools import Served, served
from lab_pages.maxcut import Page
from reference import ROOT

from dwmtj_widgets import Simulation, maxcut_network
from dwmtj_widgets.tasks.graphs import petersen_graph

NOTEBOOK = ROOT / "notebooks" / "maxcut_lab.ipynb"


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    Simulation(
        maxcut_network(petersen_graph().adjacency), np.zeros(10)
    ).run()  # compiled before the page asks
    with served(NOTEBOOK, preheat=1) as server:
        yield server


@pytest.fixture(scope="module")
def lab(server: Served, context) -> Iterator[Page]:
    """One page for all tests with a mouse, as each kernel takes seconds; a test begins by choosing its graph."""
    lab = Page(context.new_page(), server.address)
    yield lab
    lab.close()
