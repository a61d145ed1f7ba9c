"""What the tests of the Signal Lab's session compare: its output and all that shows of it."""

import numpy as np

from dwmtj_widgets.sessions.signal.run import OUTPUT
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import POINTS

ZIGZAG = np.abs(np.linspace(-1.0, 1.0, POINTS)) * 2.0 - 1.0


def outputs(session: SignalSession) -> np.ndarray:
    return session.record.signals(0, session.samples)[OUTPUT]


def repeated(session) -> dict:
    """Run the lines of Python that a session gives, and return their names."""
    names: dict = {}
    exec(session.python(), names)
    return names
