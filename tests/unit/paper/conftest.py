"""The released data, for the tests that compare with them."""

from pathlib import Path

import pytest
from reference import reference_file


@pytest.fixture(scope="module")
def reference_folder() -> Path:
    return reference_file("README.md").parent
