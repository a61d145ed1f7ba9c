"""Messages, memory and files that a server takes, and who may start a kernel."""

import struct
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from raw_websocket import pack_message

from dwmtj_widgets.server import memory as memory_of
from dwmtj_widgets.server.lab_page import is_visit
from dwmtj_widgets.server.listening import MOST_FILES
from dwmtj_widgets.server.memory import default_places, machine_memory
from dwmtj_widgets.server.messages import MOST_BYTES, MOST_PARTS, MOST_UNDER_WAY, UnderWay, read_message

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"


def test_forged_numbers_are_no_message() -> None:
    """Counts of parts, and where they begin, are believed in no message."""
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


def test_pages_by_default_fill_three_quarters_of_the_memory() -> None:
    assert default_places(0, 8e9) == 24
    assert default_places(2, 8e9) == 22
    assert default_places(0, 0.1e9) == 1
    assert 2**28 < machine_memory() <= psutil.virtual_memory().total


def test_memory_of_a_container_is_what_it_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both versions of control groups are read; one further up may be narrower than the own one."""
    proc, groups = tmp_path / "proc", tmp_path / "groups"
    (groups / "class" / "labs").mkdir(parents=True)
    (groups / "memory" / "labs").mkdir(parents=True)
    proc.mkdir()
    monkeypatch.setattr(memory_of, "_PROC", proc)
    monkeypatch.setattr(memory_of, "_GROUPS", groups)
    assert machine_memory() == memory_of._whole_memory()
    (proc / "cgroup").write_text("0::/class/labs\n")
    (groups / "class" / "labs" / "memory.max").write_text("max\n")
    assert machine_memory() == memory_of._whole_memory()
    (groups / "class" / "memory.max").write_text("300000000\n")
    assert machine_memory() == 300_000_000
    (proc / "cgroup").write_text("5:cpu,memory:/labs\n")
    (groups / "memory" / "labs" / "memory.limit_in_bytes").write_text("200000000\n")
    assert machine_memory() == 200_000_000


def test_server_raises_its_limit_of_files() -> None:
    """1,100 connections were more than the usual 1,024 files."""
    code = (
        "import resource; _, hard = resource.getrlimit(resource.RLIMIT_NOFILE); "
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard)); "
        "from dwmtj_widgets.server.listening import raise_file_limit; most = raise_file_limit(); "
        "print(hard, most, resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    hard, most, soft = map(int, told.split())
    assert most == soft == (MOST_FILES if hard < 0 else min(MOST_FILES, hard)) > 256


@pytest.mark.parametrize(
    ("headers", "visit"),
    [
        ({}, True),
        ({"User-Agent": "curl/8", "Accept": "*/*"}, True),
        ({"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),
        ({"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}, False),
        ({"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, False),
        ({"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}, False),
        ({"Sec-Fetch-Dest": "script", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, False),
        ({"Sec-Fetch-Dest": "object", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),
        (
            {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Purpose": "prefetch;prerender"},
            False,
        ),
        ({"User-Agent": BROWSER, "Accept": "text/html,application/xhtml+xml"}, True),
        ({"User-Agent": BROWSER, "Accept": "image/avif,image/webp,*/*;q=0.8"}, False),
    ],
)
def test_only_who_opens_a_page_starts_a_kernel(headers: dict[str, str], visit: bool) -> None:
    assert is_visit(headers) is visit
