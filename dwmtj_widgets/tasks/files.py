"""Atomic writing of files, and parsing of untrusted JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import not_above

MAX_FILE_BYTES: Final = 5_000_000


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield the path of a file to write; on success it replaces `path` atomically.

    A reader finds the old file or the new one, never a part.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that a reader finds the old one or the new one, never a part."""
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def parsed_json(text: str, **hooks: Any) -> Any:
    """Parse a JSON text from an untrusted source.

    Parameters
    ----------
    text : str
        The text.
    **hooks
        As of `json.loads`.

    Raises
    ------
    Refused
        If it is no JSON, or is nested more deeply than can be read.
    """
    try:
        return json.loads(text, **hooks)
    except Refused:  # by one of the hooks
        raise
    except RecursionError as exc:
        msg = "It is nested too deeply."
        raise Refused(msg) from exc
    except ValueError as exc:
        raise Refused(str(exc)) from exc


def file_content(path: Path) -> bytes:
    """Read a file of at most 5 MB."""
    if not path.is_file():  # a device or a pipe might never end
        msg = f"There is no file {str(path)!r}."
        raise Refused(msg)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        msg = f"{str(path)!r} cannot be read: {exc.strerror or exc}."
        raise Refused(msg) from exc
    not_above(len(data), MAX_FILE_BYTES, "The file", "bytes")
    return data
