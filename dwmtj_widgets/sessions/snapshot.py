"""The setting of a lab as a small text: a file to save and open, and the end of an address that restores it.

Both hold the same JSON: the lab, the version of this format, the version of the package, and the lab's fields. Input
from outside is bounded in size and checked field by field before it reaches a lab.
"""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar
from unicodedata import category

import numpy as np
import numpy.typing as npt

from dwmtj_widgets import __version__
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.files import parsed_json
from dwmtj_widgets.texts import tr
from dwmtj_widgets.validation import one_of, short, whole, within

FORMAT: Final = 1
"""Increased when older packages can no longer read the files of newer ones."""
LARGEST_FILE: Final = 400_000
"""Characters. A graph of 200 nodes, the largest in a lab, needs about half of that."""
LONGEST_ADDRESS: Final = 6000
"""Characters; browsers and proxies accept 8000 for the whole address."""
MOST_ENTRIES: Final = 100_000

_NO_TEXT: Final = ("Cc", "Cs")
"""Control characters, and unpaired surrogates, which cannot be sent to a page."""

T = TypeVar("T")


def to_file(lab: str, fields: Mapping[str, Any]) -> str:
    """Return the text of a session file: readable JSON.

    Parameters
    ----------
    lab : str
        Name of the lab, such as "recall".
    fields : mapping
        Numbers, texts, truth values and lists of them.
    """
    return json.dumps(_envelope(lab, fields), indent=1, allow_nan=False) + "\n"


def from_file(text: str, lab: str) -> Fields:
    """Read a session file.

    Raises
    ------
    Refused
        If it is no session file of this lab, or made by a newer format.
    """
    if len(text) > LARGEST_FILE:
        msg = tr("The session file has {size} characters; at most {most} are read.").format(
            size=f"{len(text):,}", most=f"{LARGEST_FILE:,}"
        )
        raise Refused(msg)
    return _opened(text, lab, tr("The session file"))


def to_query(lab: str, fields: Mapping[str, Any]) -> str:
    """Return the value after ``?s=`` in an address: compressed JSON in letters that need no escape.

    Raises
    ------
    Refused
        If it is too long for an address, as a large graph is.
    """
    plain = json.dumps(_envelope(lab, fields), separators=(",", ":"), allow_nan=False).encode()
    text = urlsafe_b64encode(zlib.compress(plain, 9)).decode("ascii").rstrip("=")
    if len(text) > LONGEST_ADDRESS:
        msg = tr(
            "This setting needs {size} characters and an address takes {most}; save it as a file instead."
        ).format(size=f"{len(text):,}", most=f"{LONGEST_ADDRESS:,}")
        raise Refused(msg)
    return text


def from_query(text: str, lab: str) -> Fields:
    """Read the setting in an address.

    Raises
    ------
    Refused
        If it is no setting of this lab, or made by a newer format.
    """
    if len(text) > LONGEST_ADDRESS:
        msg = tr("The address carries {size} characters; at most {most} are read.").format(
            size=f"{len(text):,}", most=f"{LONGEST_ADDRESS:,}"
        )
        raise Refused(msg)
    try:
        packed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        # Bounded, because a few bytes can unpack to gigabytes.
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(packed, LARGEST_FILE)
        if not unpacker.eof or unpacker.unused_data:
            raise zlib.error("it does not end where it should")
        content = plain.decode("utf-8")
    except (binascii.Error, zlib.error, UnicodeError) as exc:
        msg = tr("The address carries a setting that is damaged; ask for it again, or copy all of it.")
        raise Refused(msg) from exc
    return _opened(content, lab, tr("The address"))


class Fields:
    """The fields of a setting, read and checked one by one.

    Parameters
    ----------
    values : mapping
        The parsed fields.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def number(self, name: str, low: float, high: float, unit: str = "") -> float:
        """Read a number in a range, SI units.

        Raises
        ------
        Refused
            If it is missing, no number or outside; the same for all other kinds.
        """
        return within(self._plain(name, (int, float), "a number"), name, low, high, unit)

    def whole(self, name: str, low: int, high: int) -> int:
        """Read an integer in a range."""
        return whole(self._plain(name, (int,), "a whole number"), name, low, high)

    def truth(self, name: str) -> bool:
        """Read true or false."""
        value = self._take(name)
        if not isinstance(value, bool):
            msg = f"{name} is {short(value)}; it must be true or false."
            raise Refused(msg)
        return value

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """Read one of several texts."""
        return one_of(self._plain(name, (str,), "a text"), name, choices)

    def text(self, name: str, longest: int) -> str:
        """Read a text of at most `longest` characters."""
        text: str = self._plain(name, (str,), "a text")
        if len(text) > longest:
            msg = f"{name} has {len(text):,} characters; at most {longest:,} are read."
            raise Refused(msg)
        if any(category(character) in _NO_TEXT for character in text):
            msg = f"{name} is {short(text)}; it must be a text that can be printed."
            raise Refused(msg)
        return text

    def bits(self, name: str, size: int) -> npt.NDArray[np.uint8]:
        """Read a text of `size` characters 0 and 1, as an array of shape (size,)."""
        text = self._plain(name, (str,), "a text of 0 and 1")
        if len(text) != size or set(text) - {"0", "1"}:
            msg = f"{name} is {short(text)}; it must be {size} characters, each 0 or 1."
            raise Refused(msg)
        return np.frombuffer(text.encode(), dtype=np.uint8) - ord("0")

    def items(self, name: str, read: Callable[[Fields, str], T], most: int = MOST_ENTRIES) -> list[T]:
        """Read a list, with every entry read by ``read(fields, name)`` like a field."""
        values = self._take(name)
        if not isinstance(values, list) or len(values) > most:
            msg = f"{name} is {short(values)}; it must be a list of at most {most:,}."
            raise Refused(msg)
        return [read(Fields({f"{name}[{k}]": value}), f"{name}[{k}]") for k, value in enumerate(values)]

    def table(self, name: str) -> Fields:
        """Read a table of fields."""
        value = self._take(name)
        if not isinstance(value, dict):
            msg = f"{name} is {short(value)}; it must be a table of fields."
            raise Refused(msg)
        return Fields(value)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def close(self) -> None:
        """Refuse unread fields, which belong to another lab or version and would be lost silently.

        Raises
        ------
        Refused
            If there is such a field.
        """
        if self._values:
            msg = tr("There is no field {name} in this setting.").format(name=short(next(iter(self._values))))
            raise Refused(msg)

    def _plain(self, name: str, kinds: tuple[type, ...], what: str) -> Any:
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, kinds):
            msg = f"{name} is {short(value)}; it must be {what}."
            raise Refused(msg)
        return value

    def _take(self, name: str) -> Any:
        if name not in self._values:
            msg = tr("The setting lacks the field {name}.").format(name=name)
            raise Refused(msg)
        return self._values.pop(name)


def bit_text(bits: npt.NDArray[np.uint8]) -> str:
    """Return bits as the text that `Fields.bits` reads."""
    return "".join("1" if bit else "0" for bit in bits)


def _envelope(lab: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"dwmtj": FORMAT, "version": __version__, "lab": lab, "setting": dict(fields)}


def _opened(text: str, lab: str, source: str) -> Fields:
    try:
        content = parsed_json(text, parse_constant=_refuse_constant, object_pairs_hook=_without_twins)
    except _TwinsError as exc:
        msg = tr("{source} does not hold a setting of a lab: it has the field {name} twice.").format(
            source=source, name=exc
        )
        raise Refused(msg) from exc
    except Refused as exc:
        msg = tr("{source} does not hold a setting of a lab: it is not JSON.").format(source=source)
        raise Refused(msg) from exc
    if not isinstance(content, dict) or set(content) != {"dwmtj", "version", "lab", "setting"}:
        msg = tr("{source} does not hold a setting of a lab.").format(source=source)
        raise Refused(msg)
    if content["dwmtj"] != FORMAT or isinstance(content["dwmtj"], bool):
        msg = tr(
            "{source} has the format {format}, made by version {version}; this package, {own}, reads format {known}."
        ).format(
            source=source,
            format=short(content["dwmtj"]),
            version=short(content["version"]),
            own=__version__,
            known=FORMAT,
        )
        raise Refused(msg)
    if content["lab"] != lab:
        msg = tr("{source} holds a setting of the lab {other}; this is the lab {own}.").format(
            source=source, other=short(content["lab"]), own=repr(lab)
        )
        raise Refused(msg)
    return Fields(content).table("setting")


def _refuse_constant(name: str) -> float:
    msg = f"{name} is no number"
    raise Refused(msg)


class _TwinsError(Refused):
    """A table has a field twice; JSON would silently drop the first."""


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _value in pairs]
        raise _TwinsError(short(next(name for name in names if names.count(name) > 1)))
    return table
