"""The contract of all labs' sessions: a frozen setting, actions that replace it, and the lines that repeat it.

A setting determines a run, survey, sweep or training completely. Share, Save, the address of a page and ``--session``
write its fields and read them back; nothing else of a session is shared.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from dwmtj_widgets.sessions.snapshot import Fields


class Setting(ABC):
    """The complete setting of a lab: a frozen dataclass whose arrays are replaced, never written to."""

    lab: ClassVar[str]
    """Name of the lab in addresses and files, such as "recall"."""

    @abstractmethod
    def fields(self) -> dict[str, Any]:
        """Return the setting as numbers, texts, truth values and lists of them, SI units.

        Raises
        ------
        Refused
            If the setting cannot be run.
        """

    @classmethod
    @abstractmethod
    def of(cls, fields: Fields) -> Self:
        """Return a setting from its fields.

        Raises
        ------
        Refused
            If a field is missing, unknown or not legal.
        """


SettingT = TypeVar("SettingT")


@dataclass(frozen=True)
class Open(Generic[SettingT]):
    """Replace the setting completely, at time 0; the run so far is discarded."""

    setting: SettingT


@dataclass(frozen=True)
class Change(Generic[SettingT]):
    """Apply a setting to the running work, or to the next; each session defines which."""

    setting: SettingT


class Session(ABC, Generic[SettingT]):
    """A lab without a page."""

    @property
    @abstractmethod
    def setting(self) -> SettingT:
        """The present setting."""

    @abstractmethod
    def apply(self, action: Any) -> None:
        """Carry out an action completely, or refuse it and change nothing.

        Every session knows `Open` and `Change`; its other actions are in its module.

        Raises
        ------
        Refused
            If the action is not legal now.
        """

    @abstractmethod
    def python(self) -> str:
        """Return the lines of Python that repeat the session's work, bit for bit.

        Raises
        ------
        Refused
            If the setting cannot be run.
        """


def restore(session: Session[Any], fields: Fields) -> None:
    """Apply a shared setting to a session, at time 0.

    Raises
    ------
    Refused
        If a field is not legal; the session is then unchanged.
    """
    session.apply(Open(type(session.setting).of(fields)))
