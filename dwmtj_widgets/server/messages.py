"""What a page says to its kernel: where the parts of a message lie, and how much the kernel has not dealt with."""

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
"""Largest message. A file may have 5 MB, and its description is small. The page knows the number too (js/page)."""
MOST_UNDER_WAY: Final = 2 * MOST_BYTES
"""Bytes that may wait for one kernel, of all its pages; a page that sends more must wait."""
PRICE: Final = 1000
"""Bytes that a waiting message takes besides its own."""
FEWEST_PARTS, MOST_PARTS = 6, 1000
"""Parts of a message from a page, as its head counts them: channel, four texts and their end, then buffers."""
CHANNELS: Final = frozenset({b"shell", b"control"})
"""Those that a kernel answers. What is sent to the others would stay in their queues."""


@dataclass(frozen=True)
class Message:
    """A message of a page."""

    channel: str
    name: str
    """Its `msg_id`: the kernel names it when it has dealt with it."""
    kind: str
    """Its `msg_type`."""
    parts: list[bytes]
    """Header, parent header, metadata, content, and what is sent with them."""

    @property
    def size(self) -> int:
        """Bytes that it takes while it waits."""
        return PRICE + sum(map(len, self.parts))


def read_message(frame: str | bytes) -> Message | None:
    """Return the message in a frame of a websocket, or None if there is none of the one protocol.

    A frame begins with the number of its parts and where each begins, in 8 bytes each. In the older protocol other
    bytes stand there, some 10^19; so may they in a forged message. Nothing may be made by such a number.
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
    """What pages have sent to one kernel, and it has not dealt with."""

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
        """Count no longer a message that a kernel has dealt with, nor those before it.

        A kernel takes the messages of a channel one after the other, and does not say that it drops one that it cannot
        read.
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
    """Return the account of a kernel, by its manager."""
    return _under_way.setdefault(kernel, UnderWay())


def answered_name(parts: Sequence[bytes]) -> str | None:
    """Return which message a kernel has dealt with, by the parts of its saying that it is idle."""
    parent = orjson.loads(parts[-3])
    name = parent.get("msg_id")
    return name if isinstance(name, str) else None
