"""Tables of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest


def aligned(rows: Sequence[Sequence[str]], *, named: bool = False) -> list[str]:
    """Return rows as lines with right-aligned cells; the first cells of `named` rows are left-aligned.

    Rows may be shorter than others.
    """
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    first = str.ljust if named else str.rjust
    lines = []
    for row in rows:
        cells = [(first if k == 0 else str.rjust)(cell, widths[k]) for k, cell in enumerate(row)]
        lines.append("  ".join(cells).rstrip())
    return lines
