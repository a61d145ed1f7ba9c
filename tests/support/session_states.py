"""What tests of sessions compare: the engine's own run, outputs, and what lines of Python leave behind."""

import numpy as np

from dwmtj_widgets import Network, Simulation, hebbian_weights
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.signal.record import OUTPUT
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import POINTS

ZIGZAG = np.abs(np.linspace(-1.0, 1.0, POINTS)) * 2.0 - 1.0


def expected_run(session: RecallSession, *, memories=None, **options) -> Simulation:
    """Return what the engine itself makes of the session's present settings, not yet run."""
    drive = session.setting.drive
    stored = session.setting.memories if memories is None else memories
    network = Network(
        hebbian_weights(np.array(stored), drive.weight), drive.device, synaptic_weight=drive.weight
    )
    return Simulation(network, session.setting.input, charge_voltage=drive.charge_voltage, **options)


def outputs(session: SignalSession) -> np.ndarray:
    return session.record.signals(0, session.samples)[OUTPUT]


def repeated(session) -> dict:
    """Run the lines of Python that a session gives, and return their names."""
    names: dict = {}
    exec(session.python(), names)
    return names
