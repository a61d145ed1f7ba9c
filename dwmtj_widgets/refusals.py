"""The errors that are no fault of the program: a request cannot be met, and one sentence says why."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 - a refusal is an answer, not a mistake
    """An input is refused; the message is one sentence: what arrived, what is legal, and the usual fix.

    The labs and the command line show the sentence. They report every other error as a fault of the program.
    """


class Unable(Refused, RuntimeError):  # noqa: N818 - as above
    """A legal input cannot be processed now: a program is missing, the disk is full, the work was stopped."""
