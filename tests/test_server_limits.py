"""What a visitor sends cannot take the server's memory, files or kernels from the others."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import Served, served, write_notebook
from raw_websocket import BINARY, CLOSE, PING, PONG, TEXT, RawWebsocket, open_kernel, pack_message

from dwmtj_widgets.server.messages import MOST_BYTES, MOST_PARTS, MOST_UNDER_WAY, UnderWay, read_message

MEGABYTE = 2**20
FORGED = struct.pack("<7Q", 6, *[56] * 6)
"""In the older protocol it has 10^8 parts."""
QUICK_PINGS = """
from dwmtj_widgets.server import connection
connection.PING_INTERVAL, connection.PING_TIMEOUT = 200, 300
"""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_notebook(tmp_path_factory.mktemp("notebooks") / "nothing.ipynb", "1")


@pytest.fixture(scope="module")
def server(notebook: Path) -> Iterator[Served]:
    with served(notebook) as server:
        yield server


@pytest.fixture(scope="module")
def kernel(server: Served) -> str:
    return open_kernel(server.address)


def memory(server: Served) -> int:
    return server.process.memory_info().rss


def answers(server: Served, kernel: str) -> None:
    """A page of the kernel gets its answer."""
    page = RawWebsocket(server.address, kernel, "honest")
    page.say("shell", "kernel_info_request", "question", {})
    assert page.wait_answer("question", "kernel_info_reply")["status"] == "ok"
    page.close()


# -- messages ----------------------------------------------------------------------------------------------------


def test_nothing_is_read_after_the_server_has_closed(server: Served, kernel: str) -> None:
    """A frame that came after the close was read by the older protocol: 57 bytes took 3.4 GB for good."""
    before = memory(server)
    for k in range(10):
        socket = RawWebsocket(server.address, kernel, f"forger-{k}")
        socket.send(*[(TEXT, b"x"), (BINARY, FORGED)] * 20)
        assert socket.wait_closed() == 1003
        socket.close()
    assert memory(server) - before < 20 * MEGABYTE
    answers(server, kernel)


def test_nothing_is_read_from_a_page_whose_pings_were_not_answered(notebook: Path) -> None:
    with served(notebook, before=QUICK_PINGS) as server:
        kernel = open_kernel(server.address)
        before = memory(server)
        sockets = [RawWebsocket(server.address, kernel, f"silent-{k}") for k in range(5)]
        for socket in sockets:
            assert socket.status == 101
            socket.wait_closed()
            socket.send(*[(BINARY, FORGED)] * 40, (CLOSE, b""))
            while socket.receive() is not None:  # until all is read
                pass
            socket.close()
        assert memory(server) - before < 20 * MEGABYTE


@pytest.mark.parametrize("channel", ["stdin", "iopub", "nothing"])
def test_channel_that_no_kernel_answers_is_refused(server: Served, kernel: str, channel: str) -> None:
    """What nobody takes from a queue would stay in it."""
    socket = RawWebsocket(server.address, kernel, "forger")
    socket.say(channel, "comm_msg", "one", {})
    assert socket.wait_closed() == 1003
    socket.close()


@pytest.mark.parametrize("content", [b"", b"x" * 125])
def test_pings_are_answered(server: Served, kernel: str, content: bytes) -> None:
    socket = RawWebsocket(server.address, kernel, "pinging")
    socket.send((PING, content))
    while (frame := socket.receive()) is not None and frame[0] != PONG:
        pass
    assert frame == (PONG, content)
    socket.close()


def test_forged_numbers_are_no_message() -> None:
    """Of parts, and of where they begin: none may be believed."""
    header = b'{"msg_id": "a", "msg_type": "comm_msg"}'
    whole = pack_message([b"shell", header, b"{}", b"{}", b"{}"])
    assert read_message(whole) is not None
    for count in (0, 1, 5, 7, MOST_PARTS, MOST_PARTS + 1, 2**31, 2**63, 2**64 - 1):
        assert read_message(struct.pack("<Q", count) + whole[8:]) is None, count
    for place in range(1, 7):
        for begin in (0, 8, 2**31, 2**63, 2**64 - 1):
            forged = bytearray(whole)
            struct.pack_into("<Q", forged, 8 * place, begin)
            assert read_message(bytes(forged)) is None, (place, begin)
    for frame in (
        b"",
        b"x",
        whole[:20],
        "text",
        struct.pack("<Q", 0),
        pack_message([b"shell", b"[]", b"", b"", b""]),
    ):
        assert read_message(frame) is None
    many = pack_message([b"shell", header, b"{}", b"{}", b"{}", *[b""] * MOST_PARTS])
    assert read_message(many) is None


def test_what_a_kernel_has_dealt_with_is_no_longer_under_way() -> None:
    def message(name: str, size: int, channel: bytes = b"shell"):
        header = f'{{"msg_id": "{name}", "msg_type": "comm_msg"}}'.encode()
        return read_message(pack_message([channel, header, b"{}", b"{}", b"{}", bytes(size)]))

    account = UnderWay()
    account.sent(message("a", MOST_BYTES))
    assert account.has_room_for(message("b", MOST_BYTES // 2))
    assert not account.has_room_for(message("b", MOST_BYTES))
    account.sent(message("b", MOST_BYTES // 2))  # which the kernel drops without a word
    account.sent(message("c", 10))
    account.sent(message("d", 10, b"control"))
    account.answered("unknown")
    account.answered("c")
    assert account.bytes == message("d", 10).size
    account.answered("d")
    assert account.bytes == 0
    assert UnderWay().has_room_for(message("e", 2 * MOST_UNDER_WAY)), "what is sent alone waits for nothing"
