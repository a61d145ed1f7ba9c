"""Reports of the progress of long commands."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

PATIENCE: Final = 2.0
"""Seconds between two reports."""


class Reporter:
    """Says how far a command is, with the seconds since it began, at most every `PATIENCE` seconds.

    Parameters
    ----------
    say : callable
        Prints a line.
    at_once : bool
        Whether the first report need not wait.
    """

    def __init__(self, say: Callable[[str], None], *, at_once: bool = False) -> None:
        self._say, self._begun = say, monotonic()
        self._last = self._begun - PATIENCE if at_once else self._begun

    def report(self, text: str) -> None:
        """Say a sentence, or leave it out because the last one was just said."""
        now = monotonic()
        if now - self._last >= PATIENCE:
            self._last = now
            self._say(f"[{now - self._begun:4.0f} s] {text}")
