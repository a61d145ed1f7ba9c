"""What the sessions of all labs keep to: a frozen setting, actions that replace it, and the lines that repeat it.

A setting says all that begins the same run, survey, sweep or training again. Share, Save, the address of a page and
``--session`` write its fields and read them back; nothing else of a session leaves it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from dwmtj_widgets.sessions.snapshot import Fields


class Setting(ABC):
    """All that a lab is set to; a frozen dataclass whose arrays are replaced, never written to."""

    lab: ClassVar[str]
    """Name of the lab in addresses and files, as "recall"."""

    @abstractmethod
    def fields(self) -> dict[str, Any]:
        """Return the setting as numbers, texts, truth values and lists of them, SI units.

        Raises
        ------
        Refused
            If it cannot be run.
        """

    @classmethod
    @abstractmethod
    def of(cls, fields: Fields) -> Self:
        """Take a setting from its fields.

        Raises
        ------
        Refused
            If a field is missing, unknown or not legal.
        """


SettingT = TypeVar("SettingT")


@dataclass(frozen=True)
class Open(Generic[SettingT]):
    """Take over a setting whole, at time 0; what was run before is given up."""

    setting: SettingT


@dataclass(frozen=True)
class Change(Generic[SettingT]):
    """Bring a setting to what is under way, or to what comes next; each session says which."""

    setting: SettingT


class Session(ABC, Generic[SettingT]):
    """What a lab is without a page."""

    @property
    @abstractmethod
    def setting(self) -> SettingT:
        """The present setting."""

    @abstractmethod
    def apply(self, action: Any) -> None:
        """Do an action whole, or refuse it and leave everything as it was.

        Every session knows `Open` and `Change`; what else it knows stands beside it.

        Raises
        ------
        Refused
            If the action is not legal now.
        """

    @abstractmethod
    def python(self) -> str:
        """Return the lines of Python that repeat what was done, bit for bit.

        Raises
        ------
        Refused
            If the setting cannot be run.
        """


def restore(session: Session[Any], fields: Fields) -> None:
    """Bring a session to the setting that was shared, at time 0.

    Raises
    ------
    Refused
        If a field is not legal; the session stays as it was.
    """
    session.apply(Open(type(session.setting).of(fields)))
