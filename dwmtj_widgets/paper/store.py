"""Measured points on disk, one JSON file each, so that an interrupted report can be resumed.

Files are written atomically. Each contains the settings of its point and a checksum, which reveal other settings and
damage.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.tasks.files import parsed_json, write_atomically
from dwmtj_widgets.validation import short

Columns: TypeAlias = dict[str, list[float]]
"""Measured columns by name, one entry a trial. SI units."""


@dataclass
class PointStore:
    """The points of one folder.

    Parameters
    ----------
    folder : Path
        Created if it does not exist.
    """

    folder: Path
    notes: list[str] = field(default_factory=list)
    """One sentence for each unusable file."""

    def __post_init__(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            msg = f"{str(self.folder)!r} is a file; the points need a folder."
            raise Refused(msg)
        self.folder.mkdir(parents=True, exist_ok=True)

    def load(self, key: str, settings: Mapping[str, Any]) -> Columns | None:
        """Return a point measured with exactly these settings; None if there is none, and `notes` says why."""
        path = self._path(key)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            self.notes.append(f"{path.name} cannot be read ({error}); it is measured anew.")
            return None
        try:
            content = parsed_json(text)
            stored, columns = content["settings"], content["columns"]
            whole = content["sha256"] == _digest(stored, columns)
        except (ValueError, TypeError, KeyError):
            whole, stored, columns = False, {}, {}
        if not whole:
            self.notes.append(f"{path.name} is damaged or half-written; it is measured anew.")
            return None
        wanted = json.loads(json.dumps(settings))
        if stored != wanted:
            names = sorted(name for name in {*stored, *wanted} if stored.get(name) != wanted.get(name))
            changes = ", ".join(
                f"{name} {short(stored.get(name))}, now {short(wanted.get(name))}" for name in names
            )
            self.notes.append(f"{path.name} was made with other settings ({changes}); it is measured anew.")
            return None
        result: Columns = columns
        return result

    def save(self, key: str, settings: Mapping[str, Any], columns: Columns) -> None:
        """Store a point, replacing one of the same key.

        Raises
        ------
        Unable
            If it cannot be written; earlier points are kept.
        """
        content = {"settings": settings, "columns": columns, "sha256": _digest(settings, columns)}
        try:
            write_atomically(self._path(key), json.dumps(content, allow_nan=False))
        except OSError as exc:
            msg = (
                f"The points cannot be written to {str(self.folder)!r}: {exc.strerror or exc}. What was measured "
                "before is kept there; make room, and the same report goes on."
            )
            raise Unable(msg) from exc

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _digest(settings: Mapping[str, Any], columns: Mapping[str, Any]) -> str:
    text = json.dumps([settings, columns], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
