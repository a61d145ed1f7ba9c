"""Tells what a program sets in a control from what a person does there."""

from __future__ import annotations


class ByProgram:
    """True inside ``with``: observers of a control that is set there leave out what they would answer a person."""

    def __init__(self) -> None:
        self._depth = 0

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(self, *_error: object) -> None:
        self._depth -= 1

    def __bool__(self) -> bool:
        return self._depth > 0
