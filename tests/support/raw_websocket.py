"""A websocket as no browser would use it: frames of any kind, at any moment, and no answer to a ping."""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import urllib.request
from datetime import UTC, datetime
from itertools import pairwise
from typing import Self
from urllib.parse import urlsplit

PROTOCOL = "v1.kernel.websocket.jupyter.org"
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA


def open_kernel(address: str) -> str:
    """Ask for a page as a browser does that never connects, and return the id of its kernel."""
    with urllib.request.urlopen(address, timeout=90) as answer:
        found = re.search(r'"kernelId": "([0-9a-f-]{36})"', answer.read().decode())
    assert found is not None, "the page names no kernel"
    return found[1]


class RawWebsocket:
    """A websocket to a kernel; at the end of a block it is broken without a word."""

    def __init__(self, address: str, kernel_id: str, session: str = "raw") -> None:
        parts = urlsplit(address)
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout=60)
        self._read = self._socket.makefile("rb")
        lines = [
            f"GET {parts.path}api/kernels/{kernel_id}/channels?session_id={session} HTTP/1.1",
            f"Host: {parts.netloc}",
            f"Origin: http://{parts.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            f"Sec-WebSocket-Protocol: {PROTOCOL}",
        ]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.status = int(self._read.readline().split()[1])
        while self._read.readline().strip():
            pass

    def send(self, *frames: tuple[int, bytes]) -> None:
        """Send frames, (opcode, content), in one piece."""
        self._socket.sendall(b"".join(_frame(*frame) for frame in frames))

    def say(self, channel: str, kind: str, name: str, content: dict, *buffers: bytes) -> None:
        """Send a message to the kernel."""
        header = {
            "msg_id": name,
            "msg_type": kind,
            "session": "raw",
            "username": "",
            "version": "5.4",
            "date": datetime.now(UTC).isoformat(),  # a kernel takes no message twice
        }
        texts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
        self.send((BINARY, pack_message([channel.encode(), *texts, *buffers])))

    def receive(self) -> tuple[int, bytes] | None:
        """Return the next frame, (opcode, content); None at the end."""
        try:
            head = self._read.read(2)
            if len(head) < 2:
                return None
            length = head[1] & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self._read.read(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self._read.read(8))
            return head[0] & 0xF, self._read.read(length)
        except ConnectionResetError:
            return None

    def wait_closed(self) -> int | None:
        """Read until the other side closes, and return its code."""
        while (frame := self.receive()) is not None:
            if frame[0] == CLOSE:
                return int.from_bytes(frame[1][:2], "big") if frame[1] else None
        return None

    def wait_answer(self, name: str, kind: str) -> dict:
        """Read until the kernel answers a message by one of a kind, and return its content."""
        while (frame := self.receive()) is not None:
            if frame[0] == BINARY:
                _, header, parent, _, content = unpack_message(frame[1])[:5]
                if json.loads(parent).get("msg_id") == name and json.loads(header)["msg_type"] == kind:
                    return json.loads(content)
        raise AssertionError(f"The websocket was closed before {kind} came.")

    def reset(self) -> None:
        """Break the connection with all that is under way."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """Break the connection without a word."""
        self._read.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def pack_message(parts: list[bytes]) -> bytes:
    """Return a message of the one protocol: the number of its parts, where each begins, and the parts."""
    begins = [8 * (len(parts) + 2)]
    for part in parts:
        begins.append(begins[-1] + len(part))
    return struct.pack(f"<{len(begins) + 1}Q", len(begins), *begins) + b"".join(parts)


def unpack_message(message: bytes) -> list[bytes]:
    """Return the parts of a message."""
    (count,) = struct.unpack_from("<Q", message)
    begins = struct.unpack_from(f"<{count}Q", message, 8)
    return [message[a:b] for a, b in pairwise(begins)]


def _frame(opcode: int, content: bytes) -> bytes:
    length = len(content)
    if length < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | length)
    elif length < 65536:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, length)
    mask = os.urandom(1) * 4
    return head + mask + content.translate(bytes(byte ^ mask[0] for byte in range(256)))
