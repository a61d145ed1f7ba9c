"""Messages of a page to its kernel: their parts, and the amount that the kernel has not yet handled."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import orjson

MOST_BYTES: Final = 7_000_000
"""Largest message in bytes. A file may have 5 MB, and its description is small. js/page has the same number."""
MOST_UNDER_WAY: Final = 2 * MOST_BYTES
"""Most bytes that may wait for one kernel, from all its pages; a page that sends more must wait."""
PRICE: Final = 1000
"""Overhead of a waiting message in bytes."""
FEWEST_PARTS, MOST_PARTS = 6, 1000
"""Parts of a message from a page, as counted in its head: channel, four texts and their end, then buffers."""
CHANNELS: Final = frozenset({b"shell", b"control"})
"""Channels that a kernel answers. Messages to the others would stay in their queues."""


@dataclass(frozen=True)
class Message:
    """A message of a page."""

    channel: str
    name: str
    """Its `msg_id`, which the kernel's answer names."""
    kind: str
    """Its `msg_type`."""
    parts: list[bytes]
    """Header, parent header, metadata, content and buffers."""

    @property
    def size(self) -> int:
        """Bytes that the message takes while it waits."""
        return PRICE + sum(map(len, self.parts))


def read_message(frame: str | bytes) -> Message | None:
    """Return the message in a frame of a websocket, or None if the frame does not follow the protocol.

    A frame begins with the number of its parts and their offsets, 8 bytes each. In the older protocol, or in a forged
    message, these bytes may give numbers of some 10^19, which must not be used as sizes.
    """
    if not isinstance(frame, bytes):
        return None
    count = int.from_bytes(frame[:8], "little")
    if not FEWEST_PARTS <= count <= MOST_PARTS or len(frame) < 8 * (count + 1):
        return None
    begins: list[int] = np.frombuffer(frame, "<u8", count, offset=8).tolist()
    if begins != sorted(begins) or begins[0] < 8 * (count + 1) or begins[-1] > len(frame):
        return None
    channel, *parts = (frame[a:b] for a, b in pairwise(begins))
    if channel not in CHANNELS:
        return None
    try:
        header = orjson.loads(parts[0])
    except orjson.JSONDecodeError:
        return None
    if not isinstance(header, dict):
        return None
    name, kind = header.get("msg_id"), header.get("msg_type")
    if not isinstance(name, str) or not isinstance(kind, str):
        return None
    return Message(channel.decode(), name, kind, parts)


class UnderWay:
    """Messages sent to one kernel that it has not yet handled."""

    def __init__(self) -> None:
        self.bytes = 0
        self._waiting: dict[str, deque[tuple[str, int]]] = {}

    def has_room_for(self, message: Message) -> bool:
        """Whether a message may be sent now."""
        return self.bytes == 0 or self.bytes + message.size <= MOST_UNDER_WAY

    def sent(self, message: Message) -> None:
        """Count a message."""
        self.bytes += message.size
        self._waiting.setdefault(message.channel, deque()).append((message.name, message.size))

    def answered(self, name: str) -> None:
        """Stop counting a message that the kernel has handled, and all before it.

        A kernel handles the messages of a channel in order, and does not report one that it cannot read.
        """
        for waiting in self._waiting.values():
            if any(name == other for other, _ in waiting):
                while waiting:
                    other, size = waiting.popleft()
                    self.bytes -= size
                    if other == name:
                        return


_under_way: WeakKeyDictionary[Any, UnderWay] = WeakKeyDictionary()


def under_way_to(kernel: Any) -> UnderWay:
    """Return the account of the manager's kernel."""
    return _under_way.setdefault(kernel, UnderWay())


def answered_name(parts: Sequence[bytes]) -> str | None:
    """Return the name of the message that a kernel has handled, from the parts of its idle status."""
    parent = orjson.loads(parts[-3])
    name = parent.get("msg_id")
    return name if isinstance(name, str) else None
