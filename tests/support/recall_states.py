"""What the tests of the Recall Lab's session compare: the engine's own run, and all that shows of a session."""

import numpy as np

from dwmtj_widgets import Network, Simulation, hebbian_weights
from dwmtj_widgets.sessions.recall import RecallSession


def expected_run(session: RecallSession, *, memories=None, **options) -> Simulation:
    """Return what the engine itself makes of the session's present settings, not yet run."""
    drive = session.drive
    stored = session.memories if memories is None else memories
    network = Network(
        hebbian_weights(np.array(stored), drive.weight), drive.device, synaptic_weight=drive.weight
    )
    return Simulation(network, session.input, charge_voltage=drive.charge_voltage, **options)
