"""An Explorer's session with a small sweep for each test."""

import pytest
from visitors.explorer import SMALL

from dwmtj_widgets.sessions.explorer.session import ExplorerSession


@pytest.fixture
def session():
    session = ExplorerSession()
    session.change(**SMALL)
    yield session
    session.close()
