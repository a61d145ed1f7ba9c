"""Parts of lessons that a test opens, closed at its end."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def opened() -> Iterator[list]:
    """Give a list; what is put into it is closed at the end."""
    parts: list = []
    yield parts
    for part in parts:
        part.close()
        assert part.widget.comm is None, "a closed part keeps its widgets"
