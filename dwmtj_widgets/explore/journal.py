"""Measured trials on disk: an append-only file whose records have checksums, so that no trial is lost or counted twice.

A record holds some trials of one point and is written in one piece. The checksum reveals a record that was truncated
by the death of the process or damaged later; it is reported, and its trials are measured again. A file beside the
journal specifies the sweep. The folder accepts the same sweep again, also with other values of its parameters or
another number of trials, and refuses any other.
"""

from __future__ import annotations

import json
import os
import re
import struct
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.explore.trials import COLUMNS, REVISION
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.tasks.files import parsed_json, replacing, write_atomically
from dwmtj_widgets.validation import short

Floats = NDArray[np.float64]

JOURNAL: Final = "trials.journal"
SPECIFICATION: Final = "sweep.json"
_MAGIC: Final = b"\xd7DWJ"
_HEAD: Final = struct.Struct("<4s16sIHH")
"""Magic, key of the point, first trial, trials, columns."""
_TAIL: Final = struct.Struct("<I")
_BEGINNING: Final = re.compile(
    rb"(?s)(?=" + re.escape(_MAGIC) + rb".{22}" + re.escape(struct.pack("<H", len(COLUMNS))) + rb")"
)
"""Possible beginning of a record: a head with the right magic and number of columns."""
_MOST_CLAIMS: Final = 16
"""Limit of failed checks of a damaged journal, in multiples of its size."""
_MOST: Final = 2**16 - 1
_SYNC_SECONDS: Final = 1.0


class Journal:
    """The trials of one folder, which is locked while the journal is open.

    Parameters
    ----------
    folder : Path
        Created if it does not exist.
    identity : mapping
        What all trials in the folder have in common; JSON values.

    Raises
    ------
    Refused
        If the folder holds another sweep's trials, or its specification is damaged.
    Unable
        If another process has locked the folder.
    """

    def __init__(self, folder: Path, identity: Mapping[str, Any]) -> None:
        if folder.exists() and not folder.is_dir():
            msg = f"{str(folder)!r} is a file; a sweep needs a folder."
            raise Refused(msg)
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.notes: list[str] = []
        """One sentence for each damage found."""
        self._file = _locked(folder / JOURNAL)
        self._synced = monotonic()
        try:
            self._check(json.loads(json.dumps({"revision": REVISION, **identity})))
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write everything to disk and unlock the folder."""
        if not self._file.closed:
            try:
                os.fsync(self._file.fileno())
            finally:
                self._file.close()

    def records(self) -> Iterator[tuple[str, int, Floats]]:
        """Yield key, first trial and rows (trials, columns) of every valid record; damage is noted and removed."""
        self._file.seek(0)
        content = self._file.read()
        sound = _sound_records(content)
        damaged = len(content) - sum(end - start for start, end in sound)
        if damaged:
            self._cut_out(content, sound, damaged)
        for start, end in sound:
            yield _unpacked(content[start:end])

    def append(self, key: str, first: int, rows: Floats) -> None:
        """Add trials `first`, `first` + 1, ... of a point."""
        for start in range(0, rows.shape[0], _MOST):
            part = np.ascontiguousarray(rows[start : start + _MOST], dtype="<f8")
            head = _HEAD.pack(_MAGIC, bytes.fromhex(key), first + start, *part.shape)
            body = head + part.tobytes()
            self._write(body + _TAIL.pack(zlib.crc32(body)))

    def _write(self, record: bytes) -> None:
        """Write a record in one piece.

        Raises
        ------
        Unable
            If it cannot be written; earlier records are kept.
        """
        try:
            # What is written survives the death of this process; fsync, now and then, that of the computer.
            left = memoryview(record)
            while left:
                left = left[self._file.write(left) :]
            if monotonic() - self._synced > _SYNC_SECONDS:
                os.fsync(self._file.fileno())
                self._synced = monotonic()
        except OSError as exc:
            msg = (
                f"The trials cannot be written to {str(self.folder)!r}: {exc.strerror or exc}. What was measured "
                "before is kept there; make room, and the same sweep in the same folder goes on."
            )
            raise Unable(msg) from exc

    def _check(self, identity: dict[str, Any]) -> None:
        path = self.folder / SPECIFICATION
        if not path.exists():
            if (self.folder / JOURNAL).stat().st_size:
                msg = f"{str(self.folder)!r} holds trials but no {SPECIFICATION} to say of what; take another folder."
                raise Refused(msg)
            write_atomically(path, json.dumps(identity, indent=1, allow_nan=False) + "\n")
            return
        try:
            stored = parsed_json(path.read_text(encoding="utf-8"))
            assert isinstance(stored, dict)
        except (ValueError, AssertionError) as exc:
            msg = f"{str(path)!r} is damaged, so nobody knows what its trials are of; take another folder."
            raise Refused(msg) from exc
        other = [name for name in {**stored, **identity} if stored.get(name) != identity.get(name)]
        if other:
            changes = ", ".join(
                f"{name} {short(stored.get(name))}, now {short(identity.get(name))}" for name in other
            )
            msg = f"{str(self.folder)!r} holds another sweep ({changes}); take another folder, or the same sweep."
            raise Refused(msg)

    def _cut_out(self, content: bytes, sound: list[tuple[int, int]], damaged: int) -> None:
        where = "at its end" if not sound or sound[-1][1] + damaged == len(content) else "within it"
        self.notes.append(
            f"{JOURNAL} has {damaged:,} bytes {where} that are half-written or damaged; "
            "the trials in them are measured anew."
        )
        if where == "at its end":
            self._file.truncate(len(content) - damaged)
            self._file.seek(0, os.SEEK_END)
            return
        with replacing(self.folder / JOURNAL) as part:
            part.write_bytes(b"".join(content[start:end] for start, end in sound))
        self._file.close()
        self._file = _locked(self.folder / JOURNAL)


def _sound_records(content: bytes) -> list[tuple[int, int]]:
    """Return start and end of every valid record, in order.

    Damage may look like the beginnings of many records, each of which claims the bytes behind it. The number of failed
    checks is limited, so that the time grows linearly with the size; what follows counts as damaged.
    """
    sound, place, effort = [], 0, len(content) * _MOST_CLAIMS
    while effort >= 0 and (found := _BEGINNING.search(content, place)):
        start = found.start()
        *_, count, columns = _HEAD.unpack_from(content, start)
        tail = start + _HEAD.size + 8 * count * columns
        end = tail + _TAIL.size
        place = start + 1
        if end <= len(content):
            if _TAIL.unpack_from(content, tail)[0] == zlib.crc32(memoryview(content)[start:tail]):
                sound.append((start, end))
                place = end
            else:
                effort -= end - start
    return sound


def _unpacked(record: bytes) -> tuple[str, int, Floats]:
    _magic, key, first, count, columns = _HEAD.unpack_from(record)
    rows = np.frombuffer(record, dtype="<f8", count=count * columns, offset=_HEAD.size)
    return key.hex(), first, rows.reshape(count, columns).astype(np.float64)


def _locked(path: Path) -> IO[bytes]:
    """Open and lock a file to read and append; the system unlocks it when the process dies."""
    file = path.open("a+b", buffering=0)
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(2**30)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as exc:
        file.close()
        msg = f"Another process is at work in {str(path.parent)!r}; wait for it, or take another folder."
        raise Unable(msg) from exc
    return file
