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
