"""What the Recall Lab's session refuses leaves it as it was."""

import numpy as np
import pytest

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.recall import RecallSession

NS = 1e-9


def picture_of(session: RecallSession) -> dict:
    """Return all that a person could notice of a session, to compare before and after."""
    run, record = session.simulation, session.recording
    return {
        "memories": [memory.tolist() for memory in session.setting.memories],
        "base": session.setting.base.tolist(),
        "input": session.setting.input.tolist() if session.setting.base.max(initial=0) <= 1 else None,
        "target": session.setting.target,
        "distortion": (session.setting.distortion, session.setting.seed),
        "drive": session.setting.drive,
        "earlier": session.earlier,
        "run": id(run),
        "time": run.time,
        "energy": run.energy,
        "charge": run.charge_voltage,
        "soma": run.soma.tolist(),
        "weights": run.network.weights.tolist(),
        "record": record.times.tolist(),
    }


REFUSED = {
    "distortion above 1": lambda s: s.set_distortion(1.5, 1),
    "distortion not a number": lambda s: s.set_distortion(float("nan"), 1),
    "negative seed": lambda s: s.set_distortion(0.1, -1),
    "no weight": lambda s: s.set_drive(weight=float("nan")),
    "charge voltage too low to load": lambda s: s.set_drive(charge_voltage=0.001),
    "charge voltage not a number": lambda s: s.set_drive(charge_voltage=float("nan")),
    "good weight with bad charge voltage": lambda s: s.set_drive(weight=0.2, charge_voltage=0.001),
    "bad charge voltage with another preset": lambda s: s.set_drive(charge_voltage=0.001, published=True),
    "memory of another size": lambda s: s.set_memory(0, np.zeros(99, dtype=np.uint8)),
    "memory not of bits": lambda s: s.set_memory(0, np.full(100, 2, dtype=np.uint8)),
    "new memory of another size": lambda s: s.add_memory(np.zeros(99, dtype=np.uint8)),
    "new memory not of bits": lambda s: s.add_memory(np.full(100, 2, dtype=np.uint8)),
    "input of another size": lambda s: s.set_base(np.zeros(99, dtype=np.uint8)),
    "input not of bits": lambda s: s.set_base(np.full(100, 2, dtype=np.uint8)),
    "change of a memory that is not there": lambda s: s.set_memory(3, np.zeros(100, dtype=np.uint8)),
    "use of a memory that is not there": lambda s: s.take_memory(3),
    "removal of a memory that is not there": lambda s: s.remove_memory(3),
    "a moment that is not in the record": lambda s: s.continue_from(100_000),
    "a moment before the first": lambda s: s.continue_from(-1),
    "a neuron that is not there": lambda s: s.flip_soma(100),
    "axons of a neuron that is not there": lambda s: s.cut_axons(100, cut=True),
}


@pytest.mark.parametrize("state", ["fresh", "running", "ended"])
@pytest.mark.parametrize("what", REFUSED)
def test_refused_input_leaves_everything_as_it_was(session: RecallSession, what: str, state: str) -> None:
    if state == "running":
        session.step(20 * NS)
    elif state == "ended":
        session.finish()
    before = picture_of(session)
    with pytest.raises(Refused, match=r"\w") as caught:
        REFUSED[what](session)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith("."), sentence
    assert picture_of(session) == before
