"""What the released simulator did, beside its device (`Device.published`); physics.md A6. SI units."""

from __future__ import annotations

from typing import Final

MIN_TIME: Final = 28e-9
"""s. Earliest end of a run: random recall and max-cut."""
IMAGE_MIN_TIME: Final = 56e-9
"""s. The same of a recall of images."""
IMAGE_CHARGE_VOLTAGE: Final = 0.25
"""V. V_C of a recall of images; elsewhere it is the 0.1 V that are the default."""
SOMA_START: Final = "pattern"
"""Somas at time 0 stand at the pattern that is loaded."""
