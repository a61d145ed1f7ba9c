"""What was done to a run, in order: what it began with, and every intervention at its device time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

SettingT = TypeVar("SettingT")


@dataclass(frozen=True)
class Entry(Generic[SettingT]):
    """One thing that was done to a run."""

    time: float
    """Seconds of device time."""
    action: Literal["begin", "change", "flip"]
    setting: SettingT
    """What holds from then on."""
    neuron: int = -1
    """Whose soma was flipped."""
    ended: bool = False
    """Whether the run had ended, and went on by this."""


Journal = tuple[Entry[SettingT], ...]
"""In the order of time; the first is "begin"."""


def entry_at(journal: Journal[SettingT], time: float) -> Entry[SettingT]:
    """Return the last thing done until `time`, in seconds; what was done just then is in force then."""
    return next((entry for entry in reversed(journal) if entry.time <= time), journal[0])


def with_entry(journal: Journal[SettingT], entry: Entry[SettingT]) -> Journal[SettingT]:
    """Return the journal with one more entry; of changes in a row at one time the last alone matters."""
    last = journal[-1]
    if entry.action == last.action == "change" and entry.time == last.time:
        entry = Entry(entry.time, "change", entry.setting, ended=last.ended)
        return (*journal[:-1], entry)
    return (*journal, entry)
