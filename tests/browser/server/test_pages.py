"""The served page in a real browser: complete, private, and gone without a trace."""

import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_tools import Served, browser_page, record_requests, served, wait_for, write_notebook
from lab_pages.lab import STARTED
from server_pages import no_kernels, open_page

CORNER = """() => {
  const canvas = document.querySelector("canvas");
  if (!canvas) return null;
  return [...canvas.getContext("2d").getImageData(2, 2, 1, 1).data].join() === "255,0,0,255"
    ? canvas.getBoundingClientRect().toJSON() : null;
}"""


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


def test_error_in_the_notebook_is_a_plain_sentence(tmp_path: Path) -> None:
    cell = "import warnings\nwarnings.warn('inside')\nraise RuntimeError('inside')"
    with served(write_notebook(tmp_path / "broken.ipynb", cell)) as server, browser_page() as page:
        page.goto(server.address, timeout=STARTED)
        page.wait_for_selector(".dwmtj-start-error:visible", timeout=STARTED)
        assert page.inner_text("body").strip() == (
            'The simulator could not be started. Reload the page; if it fails again, run "dwmtj check" in a terminal.'
        )
        assert "CellExecutionError" in server.output, "the terminal of the server does not say what is wrong"


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
            "The simulator did not send this part of the page. Reload the page."
        )
