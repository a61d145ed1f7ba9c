"""Faults of the program: every error that is no refusal is logged, and a sentence says where to report it."""

from __future__ import annotations

import logging
from typing import Final

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.texts import tr

REPORTS: Final = "https://github.com/OWNER/NAME/issues"
"""Address for reports, the same as in pyproject.toml."""

LOGGER: Final = logging.getLogger("dwmtj_widgets")

_LONGEST: Final = 100
"""Most characters of an error that a sentence quotes."""


def sentence_of(error: Exception) -> str:
    """Return the sentence of a page about an error.

    A refusal has its own sentence. Any other error is logged with its traceback, and is a fault of the program unless
    the computer lacks a file, disk space or memory.
    """
    if isinstance(error, Refused):
        return str(error)
    log_fault(error)
    if isinstance(error, (OSError, MemoryError)):
        return tr("The work failed: {error}").format(error=str(error) or type(error).__name__)
    return tr(
        "This is a fault of the program, not of what was entered ({fault}). Reset or a reload of the page may help; "
        "please report it at {address}"
    ).format(fault=named(error), address=REPORTS)


def named(error: Exception) -> str:
    """Return the type of an error and the beginning of its text, in one line."""
    text = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def log_fault(error: Exception) -> None:
    """Log an error with its traceback."""
    LOGGER.error("%s", named(error), exc_info=error)
