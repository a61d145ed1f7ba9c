"""Programs that a test needs: without one it is left out here, and fails where all of them must be."""

import os
from typing import TypeVar

import pytest

Found = TypeVar("Found")


def needed(found: Found | None, reason: str) -> Found:
    """Return what was found; without it skip the test with a reason, or fail it where CI is set."""
    if found is None:
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return found
