"""Reading of text and tables of numbers from users' files: an unambiguous result, or one sentence of refusal."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from typing import Final, NamedTuple

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import LONGEST_QUOTED

# A byte order mark gives the encoding. That of UTF-32 begins like that of UTF-16, so it is tested first.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""Control characters that no text contains; tab, line ends and form feed are allowed."""

_POINT: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COMMA: Final = re.compile(r"[+-]?(\d+,?\d*|,\d+)([eE][+-]?\d+)?", re.ASCII)
_PAIR_OF_DIGITS: Final = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_BEGINS_LIKE_A_NUMBER: Final = re.compile(r"[+-]?([.,]?\d|[oOlI][.,]\d|nan\b|inf)", re.IGNORECASE)
"""A digit, also after a sign or a point, and the letters O, l and I in the place of 0 and 1."""


class Table(NamedTuple):
    """Rows of numbers and their line numbers in the text."""

    rows: list[list[float]]
    lines: list[int]


def text_of(content: bytes | str, name: str) -> str:
    """Return the text of a file, every line ended by a line feed.

    Parameters
    ----------
    content : bytes or str
        UTF-8, or what its byte order mark says; lines end as on any system, old ones too.
    name : str
        Name of the file in a refusal.

    Raises
    ------
    Refused
        If it is no text.
    """
    if isinstance(content, bytes):
        coding = next((coding for mark, coding in _MARKS if content.startswith(mark)), "utf-8")
        try:
            text = content.decode(coding)
        except UnicodeDecodeError as exc:
            msg = f"{name} is not a text file; save it as text in UTF-8."
            raise Refused(msg) from exc
    else:
        text = content
    if _NO_TEXT.search(text):
        msg = f"{name} is not a text file: it holds control characters; save it as text in UTF-8."
        raise Refused(msg)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def number_table(content: bytes | str, name: str = "The table") -> Table:
    """Return the numbers of a table.

    The separator is the first of semicolon, tab, comma and space that occurs in the text. With semicolons or tabs, or
    with one number a line, numbers may have a decimal comma. A line that begins with ``#`` is a comment. The first
    other line is a heading if none of its cells begins like a number.

    Parameters
    ----------
    content : bytes or str
    name : str
        Name of the table in a refusal.

    Raises
    ------
    Refused
        If it is no text, empty, or a cell is not a finite number; the sentence names the line.
    """
    rows, decimal = _cells(text_of(content, name), name)
    if rows and not any(_BEGINS_LIKE_A_NUMBER.match(cell) for cell in rows[0][1]):
        del rows[0]
    if not rows:
        msg = f"{name} is empty; it must hold at least one number."
        raise Refused(msg)
    table = Table([], [])
    for line, cells in rows:
        table.rows.append(
            [_number(cell, decimal, f"Line {line} of {name[0].lower()}{name[1:]}") for cell in cells]
        )
        table.lines.append(line)
    return table


def _cells(text: str, name: str) -> tuple[list[tuple[int, list[str]]], re.Pattern[str]]:
    """Return the cells of every line that has any, with the line's number, and the decimal separator."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if _has_content(line)]
    separator = next((mark for mark in ';\t,"' if any(mark in line for _number, line in lines)), " ")
    if separator == " ":
        return [(number, line.split()) for number, line in lines], _POINT
    if separator == "," and _is_column_of_decimals([line for _number, line in lines]):
        return [(number, [line.strip()]) for number, line in lines], _COMMA
    delimiter = "," if separator == '"' else separator
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    rows = []
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if not any(row) or row[0].startswith("#"):
                continue
            # Spreadsheets fill up shorter lines with separators.
            while not row[-1]:
                del row[-1]
            rows.append((reader.line_num, row))
    except csv.Error as exc:
        msg = f"{name} cannot be read as separated values: {exc}."
        raise Refused(msg) from exc
    points = any("." in cell for _line, row in rows for cell in row if _BEGINS_LIKE_A_NUMBER.match(cell))
    return rows, _POINT if delimiter == "," or points else _COMMA


def _has_content(line: str) -> bool:
    """Return whether a line is neither empty nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _is_column_of_decimals(lines: list[str]) -> bool:
    """Return whether lines like ``0,5`` are one number each: as times and values they would not be in order."""
    body = [line.strip() for line in lines]
    if body and not _BEGINS_LIKE_A_NUMBER.match(body[0]) and "," not in body[0]:
        del body[0]
    if len(body) < 2 or not all(_PAIR_OF_DIGITS.fullmatch(line) for line in body):
        return False
    times = [int(line.partition(",")[0]) for line in body]
    return any(later <= earlier for earlier, later in itertools.pairwise(times))


def _number(cell: str, written: re.Pattern[str], where: str) -> float:
    if not written.fullmatch(cell):
        if cell.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
            msg = f"{where} holds {cell!r}; every number must be finite, remove it."
        else:
            msg = (
                f"{where} holds {cell[:LONGEST_QUOTED]!r}; every cell must be a plain number, as 0.5 or 2e-3."
            )
        raise Refused(msg)
    value = float(cell.replace(",", "."))
    if value in (float("inf"), float("-inf")):
        msg = f"{where} holds {cell[:LONGEST_QUOTED]!r}, which is too large for a number; every number must be finite."
        raise Refused(msg)
    return value
