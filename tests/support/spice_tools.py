"""What the tests of netlists share."""

import numpy as np
from needed import needed

from dwmtj_widgets import Network, hebbian_weights
from dwmtj_widgets.spice import NgspiceError, find_ngspice


def require_ngspice() -> str:
    """Return the path of ngspice; without it skip the test, or fail it where CI is set."""
    try:
        return find_ngspice()
    except NgspiceError as missing:
        return needed(None, str(missing))


def stored(size: int, patterns: int, seed: int, wrong: int = 2) -> tuple[Network, np.ndarray]:
    """Return a network that stores random patterns, and the first of them with some bits wrong."""
    rng = np.random.default_rng(seed)
    memories = rng.integers(0, 2, (patterns, size))
    cue = memories[0].astype(np.uint8)
    cue[rng.permutation(size)[:wrong]] ^= 1
    return Network(hebbian_weights(memories, 0.1)), cue


def instances(netlist, kind):
    """Return name, nodes and values of every instance of a subcircuit or module, in either dialect."""
    found = {}
    for line in netlist.splitlines():
        words = line.replace("(", " ").replace(")", " ").replace("{", "").replace("}", "").split()
        if line.startswith("X") and kind in words:
            place = words.index(kind)
            found[words[0]] = (words[1:place], dict(word.split("=") for word in words[place + 1 :]))
    return found
