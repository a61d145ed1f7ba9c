"""What a visitor sends cannot take the server's memory, files or kernels from the others."""

import contextlib
import http.server
import socket
import struct
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from browser_tools import Served, browser_page, served, wait_for, write_notebook
from lab_pages.lab import STARTED
from raw_websocket import BINARY, CLOSE, PING, PONG, TEXT, RawWebsocket, open_kernel

from dwmtj_widgets.server.listening import MOST_BODY
from dwmtj_widgets.server.memory import default_places, machine_memory
from dwmtj_widgets.server.messages import MOST_BYTES

MEGABYTE = 2**20
TOO_LARGE = (
    "The simulator of this page needed more memory than it may have, and has ended. "
    "Reload the page to start a new one."
)
BUSY = """
import os, time
def wait(comm, message):
    while not os.path.exists({go!r}):
        time.sleep(0.05)
get_ipython().kernel.comm_manager.register_target("busy", wait)
"""
TOO_BIG = 1009
"""Close code of a message that is larger than a server takes."""
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


@pytest.fixture
def kernel(server: Served) -> str:
    """Give each test a kernel of its own: without a page it ends in the midst of the tests."""
    return open_kernel(server.address)


def memory(server: Served) -> int:
    return server.process.memory_info().rss


def answers(server: Served, kernel: str) -> None:
    """A page of the kernel gets its answer."""
    with RawWebsocket(server.address, kernel, "honest") as page:
        page.say("shell", "kernel_info_request", "question", {})
        assert page.wait_answer("question", "kernel_info_reply")["status"] == "ok"


# -- messages ----------------------------------------------------------------------------------------------------


def test_nothing_is_read_after_the_server_has_closed(server: Served, kernel: str) -> None:
    """A frame that came after the close was read by the older protocol: 57 bytes took 3.4 GB for good."""
    before = memory(server)
    for k in range(10):
        with RawWebsocket(server.address, kernel, f"forger-{k}") as page:
            page.send(*[(TEXT, b"x"), (BINARY, FORGED)] * 20)
            assert page.wait_closed() == 1003
    assert memory(server) - before < 20 * MEGABYTE
    answers(server, kernel)


def test_nothing_is_read_from_a_page_whose_pings_were_not_answered(notebook: Path) -> None:
    with served(notebook, before=QUICK_PINGS) as server:
        kernel = open_kernel(server.address)
        before = memory(server)
        sockets = [RawWebsocket(server.address, kernel, f"silent-{k}") for k in range(5)]
        for page in sockets:
            assert page.status == 101
            page.wait_closed()
            page.send(*[(BINARY, FORGED)] * 40, (CLOSE, b""))
            while page.receive() is not None:  # until all is read
                pass
            page.close()
        assert memory(server) - before < 20 * MEGABYTE


@pytest.mark.parametrize("channel", ["stdin", "iopub", "nothing"])
def test_channel_that_no_kernel_answers_is_refused(server: Served, kernel: str, channel: str) -> None:
    """What nobody takes from a queue would stay in it."""
    with RawWebsocket(server.address, kernel, "forger") as page:
        page.say(channel, "comm_msg", "one", {})
        assert page.wait_closed() == 1003


@pytest.mark.parametrize("content", [b"", b"x" * 125])
def test_pings_are_answered(server: Served, kernel: str, content: bytes) -> None:
    with RawWebsocket(server.address, kernel, "pinging") as page:
        page.send((PING, content))
        while (frame := page.receive()) is not None and frame[0] != PONG:
            pass
        assert frame == (PONG, content)


def test_message_that_is_too_large_is_not_taken(server: Served, kernel: str) -> None:
    with RawWebsocket(server.address, kernel, "large") as page:
        with contextlib.suppress(ConnectionError):  # it is closed while this is being sent
            page.send((BINARY, bytes(MOST_BYTES + 1)))
        assert page.wait_closed() in (TOO_BIG, None)
    answers(server, kernel)


def test_page_waits_while_its_kernel_has_too_much_to_do(tmp_path: Path) -> None:
    """What waits for a busy kernel lies in the page, not in the server or the kernel."""
    go = tmp_path / "go"
    with served(write_notebook(tmp_path / "busy.ipynb", BUSY.format(go=str(go)))) as server:
        kernel = open_kernel(server.address)
        (process,) = server.kernels()
        page = RawWebsocket(server.address, kernel)
        page.say("shell", "comm_open", "begin", {"comm_id": "c", "target_name": "busy", "data": {}})
        before = memory(server) + process.memory_info().rss
        sent: list[int] = []

        def flood() -> None:
            for k in range(40):
                page.say("shell", "comm_msg", f"m{k}", {"comm_id": "none", "data": {}}, bytes(5 * MEGABYTE))
                sent.append(k)

        sender = threading.Thread(target=flood, daemon=True)
        sender.start()
        wait_for(lambda: sent, "the first message to be sent")
        seen, since = 0, time.monotonic()
        while time.monotonic() < since + 2:  # until nothing more is taken
            if len(sent) > seen:
                seen, since = len(sent), time.monotonic()
            time.sleep(0.05)
        grown = memory(server) + process.memory_info().rss - before
        assert len(sent) < 20, "a kernel that answers nothing takes all"
        assert grown < 100 * MEGABYTE
        go.touch()
        wait_for(lambda: len(sent) == 40, "the rest to be sent")
        page.close()


TALKS = """
from comm import create_comm
def talk(comm, message):
    for _ in range(1000):
        comm.send({}, buffers=[bytes(20_000)])
get_ipython().kernel.comm_manager.register_target("talks", talk)
"""


def test_broken_socket_is_no_error_of_each_message_to_it(tmp_path: Path) -> None:
    """Each message that could not be sent any more wrote a traceback."""
    with served(write_notebook(tmp_path / "talks.ipynb", TALKS)) as server:
        kernel = open_kernel(server.address)
        page = RawWebsocket(server.address, kernel)
        page.say("shell", "comm_open", "begin", {"comm_id": "c", "target_name": "talks", "data": {}})
        page.receive()
        page.reset()
        answers(server, kernel)
        assert "Traceback" not in server.output
        assert "never retrieved" not in server.output


def test_kernel_that_dies_while_a_page_connects_is_said(notebook: Path) -> None:
    """The page waited a minute for the answer of a kernel that was not there any more."""
    with served(notebook) as server:
        kernel = open_kernel(server.address)
        (process,) = server.kernels()
        process.suspend()
        pages: list[RawWebsocket] = []
        connecting = threading.Thread(target=lambda: pages.append(RawWebsocket(server.address, kernel)))
        connecting.start()
        process.kill()
        connecting.join()
        assert pages[0].status == 404
        assert "Traceback" not in server.output
        pages[0].close()


# -- memory ------------------------------------------------------------------------------------------------------


def test_limits_are_said_at_the_start_and_hold_in_the_kernel(server: Served, kernel: str) -> None:
    places = default_places(0, machine_memory())
    said = f"At most {places} pages at once (--max-kernels), 2000 MB for a kernel's work (--kernel-memory)."
    assert said in server.output

    def limits() -> list[tuple[int, int]]:
        found = []
        for process in server.kernels():
            with contextlib.suppress(psutil.NoSuchProcess):  # a kernel of an earlier test is ending
                found.append(process.rlimit(psutil.RLIMIT_DATA))
        return found

    # A kernel limits itself a moment after its process has begun.
    wait_for(lambda: limits() and all(2.0e9 < soft == hard < 3.5e9 for soft, hard in limits()), "the limits")
    first_to_go = [Path(f"/proc/{process.pid}/oom_score_adj").read_text() for process in server.kernels()]
    own = Path(f"/proc/{server.process.pid}/oom_score_adj").read_text()
    assert all(int(score) >= max(500, int(own)) for score in first_to_go), "the server would end before them"


ASKS = """
import numpy as np
from ipywidgets import Button
kept = []
def ask(_):
    kept.append(np.ones({bytes} // 8))
button = Button(description="ask")
button.add_class("dwmtj-ask")
button.on_click(ask)
button
"""


def test_kernel_that_asks_for_too_much_ends_and_its_page_says_why(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "asks.ipynb", ASKS.format(bytes=200_000_000))
    with served(notebook, kernel_memory=300) as server, browser_page() as page:
        page.goto(server.address, timeout=STARTED)
        page.click(".dwmtj-ask", timeout=STARTED)
        page.wait_for_function("() => document.querySelector('#dwmtj-lost').hidden", timeout=STARTED)
        assert len(server.kernels()) == 1, "what it may have, it may have"
        page.click(".dwmtj-ask")
        page.wait_for_selector("#dwmtj-lost:visible", timeout=STARTED)
        page.wait_for_function(f"() => document.querySelector('#dwmtj-lost').textContent === {TOO_LARGE!r}")
        assert server.kernels() == []


def test_kernel_that_asks_for_too_much_while_it_starts_says_so(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "asks.ipynb", "import numpy as np", "x = np.ones(10**8)", "1")
    with served(notebook, kernel_memory=300) as server, urllib.request.urlopen(server.address) as answer:
        assert (
            "needed more memory than it may have, and ended while it was starting" in answer.read().decode()
        )


# -- connections -------------------------------------------------------------------------------------------------


FEW_FILES = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
from dwmtj_widgets.server import listening
listening.PATIENCE = 3.0
"""


def test_half_open_requests_end_and_cost_nothing(notebook: Path) -> None:
    """Beyond the limit of files the server asked for connections without rest, and wrote 2 MB a second."""
    with served(notebook, before=FEW_FILES) as server:
        address = urlsplit(server.address)
        half = [socket.create_connection((address.hostname, address.port)) for _ in range(250)]
        for connection in half:
            connection.sendall(b"GET / HTTP/1.1\r\n")
        before = server.process.cpu_times()
        # All are ended, in three rounds, and then somebody else has a turn.
        with urllib.request.urlopen(f"{server.address}voila/static/voila.js", timeout=60) as answer:
            assert answer.status == 200
        for connection in half:
            connection.settimeout(60)
            assert connection.recv(1) == b""
            connection.close()
        now = server.process.cpu_times()
        assert now.user + now.system - before.user - before.system < 1.0
        assert len(server.output.splitlines()) < 10


def test_body_is_bounded_and_not_waited_for(notebook: Path) -> None:
    """95 MB of an unfinished POST were held for ever, before a login."""
    with served(
        notebook, before="from dwmtj_widgets.server import listening\nlistening.PATIENCE = 1.0\n"
    ) as server:
        address = urlsplit(server.address)
        for length in (2_000_000, 500_000):
            with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
                connection.sendall(f"POST /login HTTP/1.1\r\nHost: {address.netloc}\r\n".encode())
                connection.sendall(f"Content-Length: {length}\r\n\r\nabc".encode())
                answer = b""
                while piece := connection.recv(1000):
                    answer += piece
                # What is too large is refused at once; what does not come is given up without a word.
                assert answer.startswith(b"HTTP/1.1 400 ") is (length > MOST_BODY), answer
        assert len(server.output.splitlines()) < 10


# -- who may start a kernel --------------------------------------------------------------------------------------


@contextlib.contextmanager
def foreign_page(html: str) -> Iterator[str]:
    """Serve a page of another site on this computer."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}/"
        site.shutdown()


def test_pictures_of_a_foreign_page_start_no_kernel() -> None:
    """Thirty of them started 47 kernels."""
    with served(None) as server, browser_page() as page:
        html = "".join(f"<img src='{server.address}recall_lab?i={k}'>" for k in range(30))
        html += f"<iframe src='{server.address}maxcut_lab'></iframe>"
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        with foreign_page(html) as address:
            page.goto(address, timeout=STARTED)  # until everything is answered
        assert len([url for url in asked if url.startswith(server.address)]) == 31
        assert server.kernels() == []
