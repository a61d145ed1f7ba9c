"""Connection of a lab's session and the share box: the setting as address and file, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.snapshot import LARGEST_FILE, Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.widgets.page.share_box import ShareBox


class SharedLab(Protocol):
    """The lab of a share box."""

    @property
    def key(self) -> str:
        """Name of the lab in addresses and files, such as "recall"."""

    @property
    def error(self) -> ErrorLine:
        """The edge of the lab."""

    def setting(self) -> dict[str, Any]:
        """Return the present setting in the form of `snapshot.to_file`."""

    def restore(self, fields: Fields) -> None:
        """Apply a setting completely, or refuse it and change nothing."""

    def python(self) -> str:
        """Return the Python code that repeats the present run."""


def share_box(lab: SharedLab) -> ShareBox:
    """Return the share box of a lab."""
    key, guarded = lab.key, lab.error.guarded

    def asked(make: Callable[[], str]) -> Callable[[], str]:
        def answer() -> str:
            with guarded():
                return make()
            return ""

        return answer

    def take(read: Callable[[str, str], Fields]) -> Callable[[str], None]:
        def receive(text: str) -> None:
            with guarded():
                lab.restore(read(text, key))

        return receive

    def keep() -> tuple[str, str]:
        with guarded(clears=False):  # the page asks by itself
            present = lab.setting()
            try:
                return "address", to_query(key, present)
            except Refused:  # too long for an address
                return "file", to_file(key, present)
        return "address", ""

    box = ShareBox(
        {
            "address": asked(lambda: to_query(key, lab.setting())),
            "file": asked(lambda: to_file(key, lab.setting())),
            "python": asked(lab.python),
        },
        {"address": take(from_query), "file": take(from_file)},
        keep=keep,
        file_name=f"dwmtj-{key}.json",
        longest=LARGEST_FILE,
        refused=lab.error.say,
    )
    box.add_class("dwmtj-share-box")
    return box
