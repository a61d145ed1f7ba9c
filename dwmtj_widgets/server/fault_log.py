"""Faults of the labs on the terminal of the server.

`dwmtj serve` loads this module into its kernels, as an extension of IPython: what a kernel writes to stderr goes to its
page, which shows none of it.
"""

from __future__ import annotations

import logging
from typing import Any

from traitlets.log import get_logger

from dwmtj_widgets.faults import LOGGER


def load_ipython_extension(_shell: Any) -> None:
    """Let what is logged as a fault go where the messages of the kernel itself go."""
    logger = get_logger()
    assert isinstance(logger, logging.Logger)
    for handler in logger.handlers:
        LOGGER.addHandler(handler)
