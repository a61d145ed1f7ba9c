"""A class behind the nginx of docs/deploy: four servers, a prefix, a password, and nobody before a bare page."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from browser_tools import Served, browser_context, served, wait_for
from lab_pages.lab import STARTED, LabPage
from needed import needed

from dwmtj_widgets.server.places import busy_page

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
PORTS = ("8866", "8867", "8868", "8869")
PASSWORD = {"username": "class", "password": "spin"}
MAIN = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/dwmtj.conf;
}}
"""


@dataclass
class Class:
    """Four servers of one place each, and the address of the proxy before them."""

    servers: list[Served]
    address: str

    def fill(self, *numbers: int) -> None:
        """Let each of these servers (1 to 4) send a page, past the proxy: its place is taken for 45 s."""

        def take(number: int) -> None:
            with urlopen(f"{self.servers[number - 1].address}lessons/01_one_wall", timeout=90) as answer:
                answer.read()

        with ThreadPoolExecutor() as pool:
            list(pool.map(take, numbers))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def require_nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return needed(found, "No nginx found: apt-get install nginx.")


@contextlib.contextmanager
def proxy(folder: Path, servers: list[Served]) -> Iterator[str]:
    """Run the configuration of docs/deploy, with other ports and files in this folder."""
    port = free_port()
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    changes = {"listen 80;": f"listen 127.0.0.1:{port};", "/etc/nginx": str(folder)}
    changes |= {f":{old}": f":{urlsplit(new.address).port}" for old, new in zip(PORTS, servers, strict=True)}
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "dwmtj.conf").write_text(text, encoding="utf-8")
    (folder / "dwmtj.htpasswd").write_text("class:{PLAIN}spin\n", encoding="utf-8")
    (folder / "dwmtj_busy.html").write_text(busy_page(), encoding="utf-8")
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder), encoding="utf-8")
    log = folder / "error.log"
    command = [require_nginx(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(log)]
    process = subprocess.Popen(command)

    def listens() -> bool:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as knock:
            return knock.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_for(listens, "nginx to listen")
        yield f"http://127.0.0.1:{port}/dwmtj/"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    require_nginx()
    with contextlib.ExitStack() as stack:
        start = [served(None, base_url="/dwmtj/", max_kernels=1) for _ in PORTS]
        servers = [stack.enter_context(server) for server in start]
        address = stack.enter_context(proxy(tmp_path_factory.mktemp("nginx"), servers))
        yield Class(servers, address)


class Page(LabPage):
    """The Recall Lab as a student of the class has it."""

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-run")
        self.wait("probe.text('time') !== ''")

    def run(self) -> None:
        self.click("reset")
        self.click("instant")
        self.wait_text("phase", "converged")

    @property
    def server(self) -> str:
        """The number of the server that answered the last page of this browser."""
        (cookie,) = (c for c in self.page.context.cookies() if c["name"] == "dwmtj")
        return str(cookie["value"])


def is_ours(text: str, title: str) -> bool:
    """Whether a page is one of ours that asks again by itself."""
    return f"<h1>{title}</h1>" in text and 'http-equiv="refresh" content="20"' in text


def test_full_server_sends_visitors_on_and_their_pages_stay_where_they_are(school: Class) -> None:
    lab = f"{school.address}recall_lab"
    with browser_context(http_credentials=PASSWORD) as context:
        context.add_cookies([{"name": "dwmtj", "value": "1", "url": school.address}])
        first = Page(context.new_page(), lab)
        assert first.server == "1"
        second = Page(context.new_page(), lab)
        assert second.server in "234"
        others = {2, 3, 4} - {int(second.server)}
        first.run()
        second.run()
        # The first page's kernel is not where this browser asks first: its page still finds it, and takes it along.
        kernel = "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
        found = f"fetch('/dwmtj/api/kernels/' + {kernel}).then((answer) => answer.status)"
        assert first.page.evaluate(found) == 200
        school.fill(*others)
        waiting = context.new_page()
        answer = waiting.goto(lab, timeout=STARTED)
        assert answer.status == 503
        assert is_ours(answer.text(), "The class is full")
        assert answer.headers["retry-after"] == "20"
        first.close()
        wait_for(lambda: not school.servers[0].kernels(), "the kernel of the closed page to end", 15)
        waiting.reload(timeout=STARTED)
        waiting.wait_for_selector(".dwmtj-run", timeout=STARTED)
        waiting.close()
        second.page.reload(timeout=STARTED)
        second.wait_ready()
        second.run()
        # The page that was left may still ask for its kernel, which is not at the server of the new one.
        left = "/dwmtj/api/kernels/"
        second.complaints = [
            line for line in second.complaints if not ("status of 404" in line and left in line)
        ]
        second.close()


def test_password_is_asked_for(school: Class) -> None:
    with browser_context() as context:
        for path in ("", "recall_lab", "api/kernels/x", "voila/static/voila.js"):
            assert context.request.get(school.address + path).status == 401


def test_more_starts_than_the_proxy_lets_wait_get_a_page_that_asks_again(school: Class) -> None:
    """More at once than its line is long; no such lab is there, so no kernel starts."""
    place = urlsplit(school.address)
    request = (
        "GET /dwmtj/no_such_lab HTTP/1.1\r\nHost: labs.example.org\r\nConnection: close\r\n"
        "Authorization: Basic Y2xhc3M6c3Bpbg==\r\n\r\n"
    )
    with contextlib.ExitStack() as stack:
        line = []
        for _ in range(70):
            student = stack.enter_context(socket.create_connection((place.hostname, place.port), 30))
            student.sendall(request.encode())
            line.append(student)
        answer = b""
        while piece := line[-1].recv(65536):
            answer += piece
    head, _, body = answer.decode().partition("\r\n\r\n")
    assert re.match(r"HTTP/1\.1 503 ", head)
    assert "Retry-After: 20" in head
    assert is_ours(body, "The labs are busy")


def test_servers_that_are_down_are_passed_over_and_said_when_all_are(school: Class) -> None:
    """The last test: it stops the servers."""
    with browser_context(http_credentials=PASSWORD) as context:
        context.add_cookies([{"name": "dwmtj", "value": "2", "url": school.address}])
        for server in school.servers[1:3]:
            server.stop()
        answer = context.request.get(school.address)
        assert answer.status == 200
        assert re.match("dwmtj=[14];", answer.headers["set-cookie"])
        for server in school.servers:
            server.stop()
        answer = context.request.get(school.address)
        assert answer.status == 502
        assert is_ours(answer.text(), "The labs are busy")
