"""Journal of a run: its first setting, and every intervention at its device time, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

SettingT = TypeVar("SettingT")


@dataclass(frozen=True)
class Entry(Generic[SettingT]):
    """One intervention in a run."""

    time: float
    """Seconds of device time."""
    action: Literal["begin", "change", "flip"]
    setting: SettingT
    """Setting from then on."""
    neuron: int = -1
    """Neuron whose soma was flipped."""
    ended: bool = False
    """Whether the run had ended and was continued by this."""


Journal = tuple[Entry[SettingT], ...]
"""In the order of time; the first is "begin"."""


def entry_at(journal: Journal[SettingT], time: float) -> Entry[SettingT]:
    """Return the last entry at or before `time`, in seconds."""
    return next((entry for entry in reversed(journal) if entry.time <= time), journal[0])


def with_entry(journal: Journal[SettingT], entry: Entry[SettingT]) -> Journal[SettingT]:
    """Return the journal with one more entry; it replaces preceding changes at the same time."""
    last = journal[-1]
    if entry.action == last.action == "change" and entry.time == last.time:
        entry = Entry(entry.time, "change", entry.setting, ended=last.ended)
        return (*journal[:-1], entry)
    return (*journal, entry)
