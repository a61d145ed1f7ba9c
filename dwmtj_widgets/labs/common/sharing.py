"""Connection of a lab's session and the share box: the setting as address and file, both ways."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.snapshot import LARGEST_FILE, Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.widgets.page.share_box import ShareBox


def share_box(
    lab: str,
    setting: Callable[[], dict[str, Any]],
    restore: Callable[[Fields], None],
    python: Callable[[], str],
    guarded: Callable[..., AbstractContextManager[None]],
    say: Callable[[str], None],
) -> ShareBox:
    """Return the share box of a lab.

    Parameters
    ----------
    lab : str
        Name of the lab in addresses and files, such as "recall".
    setting : callable
        Returns the present setting in the form of `snapshot.to_file`.
    restore : callable
        Applies a setting completely, or refuses it and changes nothing.
    python : callable
        Returns the lines of Python that repeat the present run.
    guarded : callable
        Context manager that turns a refusal into a sentence on the page.
    say : callable
        Shows a sentence in the error line.
    """

    def asked(make: Callable[[], str]) -> Callable[[], str]:
        def answer() -> str:
            with guarded():
                return make()
            return ""

        return answer

    def take(read: Callable[[str, str], Fields]) -> Callable[[str], None]:
        def receive(text: str) -> None:
            with guarded():
                restore(read(text, lab))

        return receive

    def keep() -> tuple[str, str]:
        with guarded(clears=False):  # the page asks by itself
            present = setting()
            try:
                return "address", to_query(lab, present)
            except Refused:  # too long for an address
                return "file", to_file(lab, present)
        return "address", ""

    box = ShareBox(
        {
            "address": asked(lambda: to_query(lab, setting())),
            "file": asked(lambda: to_file(lab, setting())),
            "python": asked(python),
        },
        {"address": take(from_query), "file": take(from_file)},
        keep=keep,
        file_name=f"dwmtj-{lab}.json",
        longest=LARGEST_FILE,
        refused=say,
    )
    box.add_class("dwmtj-share-box")
    return box
