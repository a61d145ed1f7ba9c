"""What the server answers to whom: files, websockets, ports, tokens."""

import re
import socket
import struct
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_tools import Served, browser_context, browser_page, served, wait_for, write_notebook
from lab_pages.lab import STARTED
from server_pages import kernel_id, no_kernels, open_page, status


def test_template_and_files_are_not_for_the_visitor_to_choose(server: Served) -> None:
    with urllib.request.urlopen(f"{server.address}?template=reveal&theme=dark", timeout=60) as answer:
        page = answer.read().decode()
    assert "DW-MTJ labs" in page
    assert "reveal" not in page
    assert 'data-jp-theme-light="true"' in page
    for path in (
        "voila/files/little_page.ipynb",
        "little_page.ipynb",
        "voila/files/x.png",
        "voila/tree",
        "voila/api/contents",
    ):
        assert status(server.address + path) in (403, 404), path
    # A name that somebody else has let point to this computer.
    assert status(server.address + "voila/static/voila.js") == 200
    assert status(server.address, Host="attacker.example") == 403


@pytest.mark.parametrize("offered", [None, "kernel.websocket.jupyter.org", "v0.kernel.websocket.jupyter.org"])
def test_websocket_of_another_protocol_is_refused_and_the_server_lives(
    server: Served, offered: str | None
) -> None:
    kernel = "01234567-89ab-cdef-0123-456789abcdef"  # refused before it is looked for
    address = urlsplit(server.address)
    headers = {
        "Host": address.netloc,
        "Origin": server.address.rstrip("/"),
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        **({} if offered is None else {"Sec-WebSocket-Protocol": offered}),
    }
    lines = [
        f"GET /api/kernels/{kernel}/channels HTTP/1.1",
        *(f"{k}: {v}" for k, v in headers.items()),
    ]
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
    assert status(server.address + "voila/static/voila.js") == 200


@pytest.mark.parametrize(
    "forged",
    [
        b"\xff" * 8,  # 10^19 parts
        struct.pack("<2Q", 1, 16),
        struct.pack("<7Q", 6, 56, 61, 10**6, 10**6, 10**6, 10**6) + b"shell",  # parts that are not there
        struct.pack("<7Q", 6, 56, 61, 56, 61, 56, 61) + b"shell",  # the same part again and again
        "text",
    ],
)
def test_forged_message_ends_its_connection_and_the_server_lives(server: Served, forged: bytes | str) -> None:
    others = server.kernels()  # of a page that never connected, for instance
    with browser_page() as page:
        open_page(page, server.address)
        code = page.evaluate(
            """async ([server, kernel, forged]) => {
              const address = `${server}api/kernels/${kernel}/channels?session_id=forger`;
              const socket = new WebSocket(address, "v1.kernel.websocket.jupyter.org");
              await new Promise((done, fail) => Object.assign(socket, { onopen: done, onerror: fail }));
              const closed = new Promise((done) => (socket.onclose = (event) => done(event.code)));
              socket.send(typeof forged === "string" ? forged : new Uint8Array(forged));
              return closed;
            }""",
            [
                server.address.replace("http", "ws", 1),
                kernel_id(page),
                forged if isinstance(forged, str) else list(forged),
            ],
        )
        assert code == 1003
        page.click(".dwmtj-press")
        page.wait_for_selector(".dwmtj-press:has-text('pressed')")
    wait_for(lambda: set(server.kernels()) <= set(others), "the page's kernel to end", 15)


def test_kernel_that_a_proxy_cannot_ask_for_at_once_is_asked_for_again(server: Served) -> None:
    asked = []

    def overloaded(route) -> None:
        asked.append(route.request.url)
        if len(asked) > 2:
            route.continue_()
        else:
            route.fulfill(status=503, body="busy")

    others = server.kernels()
    with browser_page() as page:
        page.route(re.compile(r"/api/kernels/[^/?]+(\?|$)"), overloaded)
        open_page(page, server.address)
        assert not page.is_visible("#dwmtj-lost")
    assert len(asked) > 2
    wait_for(lambda: set(server.kernels()) <= set(others), "the page's kernel to end", 15)


def test_what_pages_were_asked_with_is_not_for_others(page_notebook: Path) -> None:
    with served(page_notebook, preheat=1) as server, browser_page() as page:
        open_page(page, server.address)
        assert status(f"{server.address}voila/query/{kernel_id(page)}") in (403, 404)


def test_taken_port_is_named_and_the_next_free_one_used(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "empty.ipynb", "")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with served(notebook, port=port) as server:
            used = urlsplit(server.address).port
            assert used != port
            assert f"Port {port} is taken, using {used}." in server.output
            assert status(server.address + "voila/static/voila.js") == 200


def test_other_hosts_need_the_token(page_notebook: Path) -> None:
    with served(page_notebook, host="0.0.0.0", base_url="/labs") as server:
        parts = urlsplit(server.address)
        assert parts.path == "/labs/"
        local = f"http://127.0.0.1:{parts.port}/labs/"
        with browser_context() as context:
            page = context.new_page()
            answer = page.goto(local, timeout=STARTED)
            assert "/login" in answer.url
            assert not server.kernels()
            open_page(page, f"{local}?{parts.query}")
            # Another server behind the same proxy has cookies of its own.
            cookies = context.cookies()
            assert {cookie["path"] for cookie in cookies} == {"/labs/"}
            assert all(cookie["name"].startswith("dwmtj-") for cookie in cookies)
        assert no_kernels(server)


def test_another_site_cannot_end_a_kernel_and_nobody_gets_a_cookie(server: Served) -> None:
    with browser_page() as page:
        open_page(page, server.address)
        address = f"{server.address}voila/api/shutdown/{kernel_id(page)}"
        foreign = {"Origin": "http://elsewhere.example"}
        assert page.request.post(address, headers=foreign).status in (403, 404)
        assert len(server.kernels()) == 1
        assert page.context.cookies() == []
        assert page.request.post(address).status == 204
    assert no_kernels(server)


def test_token_and_path_can_be_chosen(page_notebook: Path) -> None:
    with served(page_notebook, host="0.0.0.0", base_url="labs/one", token="class-7") as server:
        parts = urlsplit(server.address)
        assert (parts.path, parts.query) == ("/labs/one/", "token=class-7")
        local = f"http://127.0.0.1:{parts.port}/labs/one/"
        script = f"{local}voila/static/voila.js"
        with urllib.request.urlopen(f"{local}?token=wrong", timeout=60) as answer:
            assert "/login" in answer.url
        assert status(script) == 200
        with browser_page() as page:
            open_page(page, f"{local}?token=class-7")
        assert no_kernels(server)


def test_ctrl_c_ends_quietly(page_notebook: Path) -> None:
    with served(page_notebook) as server:
        with browser_page() as page:
            open_page(page, server.address)
            assert server.stop() == 0
            page.wait_for_selector("#dwmtj-lost:visible", timeout=STARTED)
        assert "Traceback" not in server.output
        assert len(server.output.splitlines()) == 2, "its address and its limits"
