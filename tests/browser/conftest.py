"""A gallery for the pages of all files; every test with a server or a browser is slow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import Served, served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def gallery() -> Iterator[Served]:
    """All labs and lessons on one server. A test leaves the pages that it opens, and their kernels end."""
    with served(None) as server:
        yield server
