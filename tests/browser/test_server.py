"""The served page in a real browser: complete, private, and gone without a trace."""

import asyncio
import json
import re
import socket
import struct
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from browser_tools import (
    Served,
    browser_context,
    browser_page,
    record_requests,
    served,
    wait_for,
    write_notebook,
)
from lab_page import STARTED

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.server import notebooks_folder, serve
from dwmtj_widgets.server.app import origin_for_others
from dwmtj_widgets.server.gallery import exhibits, gallery_page
from dwmtj_widgets.server.kernels import drop_lost_kernels
from dwmtj_widgets.server.notebooks import find_notebook, notebook_names, title_of
from dwmtj_widgets.widgets.page.share_box import qr_code

PAGE = """
import anywidget, bqplot, ipywidgets, traitlets
from ipycanvas import Canvas
import ipycanvas.canvas

canvas = Canvas(width=300, height=200, layout=ipywidgets.Layout(width="300px", height="200px"))

def draw():
    ipycanvas.canvas._CANVAS_MANAGER._current_canvas = None
    canvas.fill_style = "#ff0000"
    canvas.fill_rect(0, 0, 300, 200)

canvas.on_client_ready(draw)

class Probe(anywidget.AnyWidget):
    _esm = "export default { render({model, el}) { el.innerHTML = `<b id='probe'>${model.get('n')}</b>` } }"
    n = traitlets.Int(42).tag(sync=True)

scales = {"x": bqplot.LinearScale(), "y": bqplot.LinearScale()}
figure = bqplot.Figure(marks=[bqplot.Lines(x=[0, 1, 2], y=[0, 1, 0], scales=scales)])
button = ipywidgets.Button(description="press")
button.add_class("dwmtj-press")
button.on_click(lambda _: setattr(button, "description", "pressed"))
formula = ipywidgets.HTMLMath("$$\\\\frac{1}{2}$$")
ipywidgets.VBox(
    [ipywidgets.HBox([canvas, Probe(), button, formula]), figure],
    layout=ipywidgets.Layout(width="100%", height="100vh"),
)
"""
CORNER = """() => {
  const canvas = document.querySelector("canvas");
  if (!canvas) return null;
  return [...canvas.getContext("2d").getImageData(2, 2, 1, 1).data].join() === "255,0,0,255"
    ? canvas.getBoundingClientRect().toJSON() : null;
}"""


@pytest.fixture(scope="module")
def page_notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_notebook(tmp_path_factory.mktemp("notebooks") / "little_page.ipynb", PAGE)


@pytest.fixture(scope="module")
def server(page_notebook: Path) -> Iterator[Served]:
    with served(page_notebook) as server:
        yield server


def open_page(page, address: str) -> None:
    page.goto(address, timeout=STARTED)
    page.wait_for_selector("#probe", timeout=STARTED)


def kernel_id(page) -> str:
    return json.loads(page.text_content("#jupyter-config-data"))["kernelId"]


def no_kernels(server: Served, timeout: float = 15.0) -> bool:
    return wait_for(lambda: not server.kernels(), "the kernel to end", timeout)


def status(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_page_shows_its_widgets_asks_no_other_host_and_takes_its_kernel_along(server: Served) -> None:
    with browser_page() as page:
        asked = record_requests(page)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        open_page(page, server.address)
        page.wait_for_selector("svg .line", timeout=STARTED)
        corner = page.wait_for_function(CORNER, timeout=STARTED).json_value()
        assert (corner["x"], corner["y"]) == (0, 0), "the app does not get the whole window"
        page.click(".dwmtj-press")
        page.wait_for_selector(".dwmtj-press:has-text('pressed')")
        page.wait_for_selector("mjx-container")
        assert page.title() == "DW-MTJ labs"
        assert page.get_attribute("html", "lang") == "en"
        assert not page.is_visible("#dwmtj-starting")
        assert page.evaluate(
            "[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]"
        ) == [
            1280,
            800,
        ]
        hosts = {
            urlsplit(address).hostname for address in asked if not address.startswith(("blob:", "data:"))
        }
        assert hosts == {"127.0.0.1"}
        # Some 110 without the scripts in one piece: a new Voila may have changed how it names them.
        assert len(asked) < 60
        assert complaints == []
        assert len(server.kernels()) == 1
    assert no_kernels(server)


def test_reload_gives_a_new_kernel_for_the_old_one(server: Served) -> None:
    with browser_page() as page:
        open_page(page, server.address)
        (first,) = server.kernels()
        page.reload(timeout=STARTED)
        page.wait_for_selector("#probe", timeout=STARTED)
        wait_for(lambda: first not in server.kernels(), "the first kernel to end", 15)
        assert len(server.kernels()) == 1
    assert no_kernels(server)


def test_page_that_is_left_while_it_starts_leaves_no_kernel(server: Served) -> None:
    with browser_page() as page:
        page.goto(server.address, wait_until="commit", timeout=STARTED)
        wait_for(server.kernels, "the kernel to start")
    assert no_kernels(server, 30)


def test_preheated_kernel_ends_with_its_page_and_is_replaced(page_notebook: Path) -> None:
    with served(page_notebook, preheat=1) as server:
        (ready,) = wait_for(server.kernels, "the preheated kernel")
        with browser_page() as page:
            open_page(page, server.address)
            assert ready in server.kernels()
            page.reload(timeout=STARTED)
            page.wait_for_selector("#probe", timeout=STARTED)
            wait_for(lambda: ready not in server.kernels(), "the first page's kernel to end", 15)
        wait_for(lambda: len(server.kernels()) == 1, "only the kernel for the next page to be left", 20)


def test_preheated_kernel_that_died_before_use_is_not_given_to_a_page(page_notebook: Path) -> None:
    with served(page_notebook, preheat=1) as server:
        (ready,) = wait_for(server.kernels, "the preheated kernel")
        used = [-1.0]

        def rests() -> bool:
            used.append(sum(ready.cpu_times()[:2]))
            return len(used) > 20 and used[-1] == used[-20] > 0.5

        wait_for(rests, "the kernel to have run the notebook", 60)
        ready.kill()
        ready.wait(10)
        with browser_page() as page:
            open_page(page, server.address)
            assert ready not in server.kernels()


class Pool:
    """What `drop_lost_kernels` knows of Voila's manager: one kernel that is kept ready, and what happens to it."""

    def __init__(self, *, lives: bool, restarted: bool, fails: bool = False) -> None:
        made: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()
        if fails:
            made.set_exception(RuntimeError("no memory"))
        else:
            made.set_result({"kernel_id": "one"})
        self._pools, self._lives = {"lab.ipynb": [made]}, lives
        self.restarted = {"one"} if restarted else set()
        self.ended: list[str] = []
        self.filled: list[str] = []

    def __contains__(self, kernel_id: str) -> bool:
        return kernel_id not in self.ended

    async def is_alive(self, _kernel_id: str) -> bool:
        return self._lives

    async def shutdown_kernel(self, kernel_id: str, *, now: bool) -> None:
        assert now
        self.ended.append(kernel_id)

    def fill_if_needed(self, *, delay: float, notebook_name: str) -> None:
        self.filled.append(notebook_name)


@pytest.mark.parametrize(
    ("state", "ended", "filled"),
    [
        ({"lives": True, "restarted": False}, [], []),
        ({"lives": False, "restarted": False}, ["one"], ["lab.ipynb"]),
        ({"lives": True, "restarted": True}, ["one"], ["lab.ipynb"]),  # it has nothing of the notebook
        ({"lives": True, "restarted": False, "fails": True}, [], ["lab.ipynb"]),
    ],
)
def test_only_kernels_that_have_what_the_notebook_made_stay_ready(state, ended, filled) -> None:
    async def go() -> Pool:
        pool = Pool(**state)
        await drop_lost_kernels(pool, "lab.ipynb")
        await drop_lost_kernels(pool, "another.ipynb")
        return pool

    pool = asyncio.run(go())
    assert (pool.ended, pool.filled) == (ended, filled)
    assert len(pool._pools["lab.ipynb"]) == (0 if filled else 1)


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


def test_error_in_the_notebook_is_a_plain_sentence(tmp_path: Path) -> None:
    cell = "import warnings\nwarnings.warn('inside')\nraise RuntimeError('inside')"
    with served(write_notebook(tmp_path / "broken.ipynb", cell)) as server, browser_page() as page:
        page.goto(server.address, timeout=STARTED)
        page.wait_for_selector(".dwmtj-start-error:visible", timeout=STARTED)
        assert page.inner_text("body").strip() == (
            'The simulator could not be started. Reload the page; if it fails again, run "dwmtj check" in a terminal.'
        )
        assert "CellExecutionError" in server.output, "whoever runs the server cannot see what is wrong"


LATE = """
import queue, threading, time
kernel = get_ipython().kernel
send, waiting = kernel.session.send, queue.Queue()

def late(stream, *arguments, **named):
    if stream is not kernel.iopub_socket:
        return send(stream, *arguments, **named)
    waiting.put((stream, arguments, named))

def pass_on():
    time.sleep(6)
    while True:
        stream, arguments, named = waiting.get()
        send(stream, *arguments, **named)

kernel.session.send = late
threading.Thread(target=pass_on, daemon=True).start()
display("late, but there")
"""


def test_what_a_cell_shows_late_is_waited_for(tmp_path: Path) -> None:
    """A busy computer may hand over the end of a cell long before what it shows."""
    late = write_notebook(tmp_path / "late.ipynb", LATE)
    with served(late) as server, urllib.request.urlopen(server.address, timeout=60) as answer:
        assert "late, but there" in answer.read().decode()


# The page asks 100 ms later whether the widget is there; here it does so after the 2 s that it has patience for.
SLOW_TO_LOOK = """
const plain = window.setTimeout;
window.setTimeout = (work, delay, ...given) => plain(work, delay === 100 ? 3000 : delay, ...given);
"""
BUSY = """
import time
from ipywidgets import HTML, VBox, Widget

answer = Widget._handle_control_comm_msg.__func__

def late(cls, message):
    time.sleep({seconds})
    answer(cls, message)

Widget._handle_control_comm_msg = classmethod(late)
page = VBox([HTML("<b id='probe'>here</b>")])
page
"""


@pytest.mark.parametrize(("seconds", "slow_to_look"), [(1.0, True), (6.0, False)])
def test_widgets_of_a_busy_kernel_are_waited_for(tmp_path: Path, seconds: float, slow_to_look: bool) -> None:
    """A model that came as Jupyter's patience of 2 s ended was not found, and after 4 s it asks in another way."""
    busy = write_notebook(tmp_path / "busy.ipynb", BUSY.format(seconds=seconds))
    with served(busy) as server, browser_page() as page:
        if slow_to_look:
            page.add_init_script(SLOW_TO_LOOK)
        open_page(page, server.address)
        assert page.inner_text("body").strip() == "here"


def test_widget_that_does_not_come_is_a_plain_sentence(tmp_path: Path) -> None:
    closed = write_notebook(tmp_path / "closed.ipynb", BUSY.format(seconds=0), "page.close()")
    with served(closed) as server, browser_page() as page:
        page.goto(server.address, timeout=STARTED)
        page.wait_for_selector(".dwmtj-start-error:visible", timeout=STARTED)
        assert page.inner_text("body").strip() == (
            "The simulator did not send what belongs here. Reload the page."
        )


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


def test_notebooks_are_found_by_name_and_by_path(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "max_cut.ipynb", "1")
    assert json.loads(find_notebook(path).read_text(encoding="utf-8"))["cells"]
    assert title_of(path) == "Max Cut"
    assert notebooks_folder().is_dir()
    with pytest.raises(FileNotFoundError, match="There is no notebook named 'nonsense' in"):
        serve("nonsense")
    with pytest.raises(FileNotFoundError, match=r"There is no notebook '.*away\.ipynb'"):
        serve(tmp_path / "away.ipynb")
    with pytest.raises(Refused, match="port is 70000; it must lie between 0 and 65535"):
        serve(path, port=70000)
    with pytest.raises(Refused, match="preheat is -1"):
        serve(path, preheat=-1)
    with pytest.raises(Refused, match="base_url is '/a b', but must be made of letters, digits and"):
        serve(path, base_url="/a b")


# -- the gallery -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gallery() -> Iterator[Served]:
    with served(None) as server:
        yield server


def test_every_lab_and_lesson_is_in_the_gallery_with_a_picture() -> None:
    shown = {item.name: item for item in exhibits()}
    wanted = {name for name in notebook_names() if name.endswith("_lab") or name.startswith("lessons/")}
    assert wanted <= set(shown)
    for item in shown.values():
        assert item.picture is not None, f"{item.name} has no picture"
        assert item.picture.stat().st_size < 150_000
        assert item.sentence.endswith(".")
    page = gallery_page(list(shown.values()), "/some/where/")
    for item in shown.values():
        assert f'href="/some/where/{item.name}"' in page
        assert item.title in page


def test_gallery_leads_to_a_lab_and_back(gallery: Served) -> None:
    with browser_context() as context:
        page = context.new_page()
        requests = record_requests(page)
        page.goto(gallery.address)
        assert page.evaluate("[...document.images].every((image) => image.alt === '')")
        loaded = "() => [...document.images].every((image) => image.naturalWidth > 0)"
        page.wait_for_function(loaded, polling=100)
        assert gallery.kernels() == [], "a page without a simulator needs no kernel"
        page.click(".dwmtj-exhibit:has-text('Recall Lab')")
        page.wait_for_selector(".dwmtj-home", timeout=STARTED)
        page.wait_for_selector(".dwmtj-track-canvas[data-frames]", timeout=STARTED)
        assert len(gallery.kernels()) == 1
        page.click(".dwmtj-home")
        page.wait_for_selector("h1")
        assert page.url == gallery.address
        no_kernels(gallery)
        assert {urlsplit(request).netloc for request in requests} <= {urlsplit(gallery.address).netloc, ""}


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "recall_lab.ipynb",
        "../pyproject.toml",
        "voila/tree",
        "voila/render/recall_lab.ipynb",
        "voila/api/contents/",
        "voila/files/recall_lab.ipynb",
        "dwmtj/pictures/gallery.html.j2",
        "dwmtj/pictures/../gallery.html.j2",
        "logout",
        "voila/templates/..",
        "voila/templates/",
        "voila/templates/dwmtj",
        "voila/templates/nothing/static/x.css",
        "voila/templates/dwmtj/static/../index.html.j2",
        "voila/static/..",
        "voila/static/",
        "voila/labextensions/..",
        "voila/api/themes/..",
        "api/kernels/nothing",
        "api/kernels/01234567-89ab-cdef-0123-456789abcdef",
        "dwmtj/pictures/",
    ],
)
def test_gallery_shows_nothing_else_of_its_folder(gallery: Served, path: str) -> None:
    assert status(gallery.address + path) in (403, 404)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "login",
        "dwmtj/scripts.js",
        "dwmtj/pictures/recall_lab.webp",
        "voila/static/voila.js",
        "voila/templates/dwmtj/static/dwmtj.js",
    ],
)
def test_every_answer_carries_the_policy(gallery: Served, path: str) -> None:
    try:
        with urllib.request.urlopen(gallery.address + path, timeout=60) as answer:
            headers = answer.headers
    except urllib.error.HTTPError as error:
        error.close()
        headers = error.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers.get_all("Content-Security-Policy")
    assert len(policy) == 1
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'"):
        assert rule in policy[0]


def test_kernels_are_kept_ready_for_the_recall_lab_alone() -> None:
    with served(None, preheat=1) as server:
        wait_for(lambda: len(server.kernels()) == 1, "the kernel that is kept ready")
        assert status(server.address) == 200
        assert len(server.kernels()) == 1


def test_address_for_others_is_the_one_they_reach() -> None:
    assert origin_for_others("127.0.0.1", 80) == origin_for_others("localhost", 80) == ""
    assert origin_for_others("192.0.2.7", 8866) == "http://192.0.2.7:8866"
    assert origin_for_others("fd00::7", 8866) == "http://[fd00::7]:8866"
    own = origin_for_others("0.0.0.0", 8866)
    assert own == "" or re.fullmatch(r"http://\d+\.\d+\.\d+\.\d+:8866", own)
    assert not own.startswith("http://0."), "an address that nobody can open"


def test_code_of_an_address_is_a_picture_unless_cameras_could_not_read_it() -> None:
    picture = ElementTree.fromstring(qr_code("http://192.0.2.7:8866/recall_lab?s=abc"))
    assert picture.tag == "svg" and picture.get("viewBox")
    assert qr_code("http://192.0.2.7:8866/recall_lab?s=" + "a" * 1200) == ""
