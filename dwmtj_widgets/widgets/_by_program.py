"""A flag that separates a program's changes of a control from a person's."""

from __future__ import annotations


class ByProgram:
    """True inside ``with``. Observers ignore changes made inside ``with``."""

    def __init__(self) -> None:
        self._depth = 0

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(self, *_error: object) -> None:
        self._depth -= 1

    def __bool__(self) -> bool:
        return self._depth > 0
