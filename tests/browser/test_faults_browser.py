"""What happens when something fails: kernel, network, server, browser. `--log-cli-level=INFO` says how long it took."""

import logging
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from browser_tools import CHROMIUM_ARGUMENTS, Served, require_browser, served, wait_for, write_notebook
from faulty_network import FaultyNetwork, faulty_network
from lab_pages.lab import STARTED, LabPage

from dwmtj_widgets.server.messages import MOST_BYTES

LOG = logging.getLogger("faults")
TRYING = "Connection to the simulator was lost. Trying again; your run is kept for half a minute."
ENDED = "The simulator of this page has ended. Reload the page to start a new one."
TOO_LONG = "This is too large for the simulator: a file may have at most 5 MB."
PROBES = """
Object.assign(probe, {
  painted: () => Number(document.querySelector(".dwmtj-clock")?.dataset.painted ?? 0),
  notice: () => document.getElementById("dwmtj-lost")?.textContent ?? "",
});
const plainSend = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  window.lastSocket = this;
  plainSend.call(this, message);
};
"""


class Student(LabPage):
    """The Recall Lab as a student has it open."""

    probes = PROBES

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-track-canvas[data-frames]")

    def run(self) -> None:
        """Let it run, so slowly that no run ends in a test."""
        self.page.focus(".dwmtj-speed .noUi-handle")
        self.page.keyboard.press("Home")
        self.click("run")
        self.wait("probe.number('time') > 0")
        self.goes_on()

    def goes_on(self) -> None:
        """Wait until more frames are painted, and later times are shown."""
        painted, moment = self.ask("probe.painted()"), self.number("time")
        self.wait(f"probe.painted() > {painted} + 10 && probe.number('time') > {moment}")

    def is_told(self, sentence: str) -> None:
        """Wait until a sentence stands at the top of the page."""
        self.wait(f"probe.notice() === {sentence!r}")
        assert self.page.is_visible("#dwmtj-lost") == bool(sentence)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served("recall_lab") as server:
        yield server


@pytest.fixture
def network(server: Served) -> Iterator[FaultyNetwork]:
    with faulty_network(urlsplit(server.address).port) as network:
        yield network


@pytest.fixture(autouse=True)
def _no_kernel_is_left(server: Served, context) -> Iterator[None]:
    yield
    for page in context.pages:  # of a test that failed
        page.close()
    wait_for(lambda: not server.kernels(), "the last kernel to end", 90)


def through(network: FaultyNetwork) -> str:
    return f"http://127.0.0.1:{network.port}/"


def took(what: str, begun: float, at_most: float) -> None:
    """Report the seconds since something was done, which have a bound."""
    seconds = time.monotonic() - begun
    LOG.info("%s: %.1f s", what, seconds)
    assert seconds < at_most, f"{what}: {seconds:.1f} s, more than {at_most:g} s"


def opened(server: Served, open_page: Callable[[], Any]) -> tuple[Any, psutil.Process]:
    """Open a page, and return it and its kernel."""
    before = set(server.kernels())
    page = open_page()
    (kernel,) = set(server.kernels()) - before
    return page, kernel


def test_killed_kernel_is_said_on_its_page_and_the_other_student_goes_on(server: Served, context) -> None:
    first, kernel = opened(server, lambda: Student(context.new_page(), server.address))
    second = Student(context.new_page(), server.address)
    second.run()
    first.page.bring_to_front()
    first.run()
    begun = time.monotonic()
    kernel.kill()
    first.is_told(ENDED)
    took("killed kernel, said", begun, 20)
    first.wait("[...document.querySelectorAll('.dwmtj-lab button')].every((one) => one.matches(':disabled'))")
    assert first.ask("document.querySelectorAll('.dwmtj-ended').length") == 0, "said twice"
    second.page.bring_to_front()
    second.goes_on()
    assert second.ask("probe.notice()") == ""
    assert len(server.kernels()) == 1, "a new kernel was started for a page that knows nothing of it"
    second.page.close()
    first.page.close()


def test_message_that_is_too_large_is_refused_in_its_page(server: Served, context) -> None:
    """The server breaks off a connection that brings one; what the lab is doing goes on."""
    student = Student(context.new_page(), server.address)
    student.run()
    student.page.evaluate(f"lastSocket.send(new Uint8Array({MOST_BYTES + 1}))")
    student.is_told(TOO_LONG)
    student.goes_on()
    student.is_told("")
    student.page.close()


def test_broken_websocket_comes_back_with_the_run(server: Served, network: FaultyNetwork, context) -> None:
    student, kernel = opened(server, lambda: Student(context.new_page(), through(network)))
    student.type_in_readout("weight", 110)
    weight = student.page.inner_text(".dwmtj-weight .widget-readout")
    assert "110" in weight
    student.run()
    begun = time.monotonic()
    network.go_down()
    student.is_told(TRYING)
    took("broken network, said", begun, 10)
    moment = student.number("time")
    wait_for(lambda: network.refused >= 3, "three attempts in vain to connect again")
    took("broken network, third attempt in vain", begun, 25)
    begun = time.monotonic()
    network.come_up()
    student.is_told("")
    student.goes_on()
    took("mended network, running again", begun, 20)
    assert student.number("time") > moment
    assert student.page.inner_text(".dwmtj-weight .widget-readout") == weight
    assert server.kernels() == [kernel]
    student.click("pause")
    student.page.close()


def test_network_that_comes_back_too_late_is_said(server: Served, network: FaultyNetwork, context) -> None:
    student, kernel = opened(server, lambda: Student(context.new_page(), through(network)))
    student.run()
    begun = time.monotonic()
    network.go_down()
    student.is_told(TRYING)
    wait_for(lambda: not kernel.is_running(), "the kernel to end", 90)
    took("broken network, kernel gone", begun, 60)
    network.come_up()
    begun = time.monotonic()
    student.is_told(ENDED)
    took("mended network, said that it is too late", begun, 10)
    student.page.close()


def test_restarted_server_is_said_and_a_reload_is_enough(context) -> None:
    with served("recall_lab") as server:
        port = urlsplit(server.address).port
        student = Student(context.new_page(), server.address)
        student.run()
        begun = time.monotonic()
        assert server.stop() == 0
        took("server stopped, kernel included", begun, 15)
        student.is_told(TRYING)
        took("server stopped, said", begun, 20)
    with served("recall_lab", port=port) as server:
        begun = time.monotonic()
        assert urlsplit(server.address).port == port
        student.is_told(ENDED)
        took("server back, said that the run is gone", begun, 10)
        student.page.reload(timeout=STARTED)
        student.wait_ready()
        student.run()
        took("reloaded and running", begun, 60)
        assert len(server.kernels()) == 1
        student.page.close()
        wait_for(lambda: not server.kernels(), "the kernel to end", 15)


def test_tab_closed_while_it_runs_takes_its_kernel_along(server: Served, context) -> None:
    student, kernel = opened(server, lambda: Student(context.new_page(), server.address))
    student.run()
    begun = time.monotonic()
    student.page.close()
    wait_for(lambda: not kernel.is_running(), "the kernel to end")
    took("closed tab, kernel gone", begun, 10)


def test_kernels_without_a_page_end_within_a_minute(server: Served, network: FaultyNetwork, context) -> None:
    """A browser was killed, a computer fell silent, a page never connected."""
    before = chromium_processes()
    browser = context.browser.browser_type.launch(executable_path=require_browser(), args=CHROMIUM_ARGUMENTS)
    victim, of_killed = opened(server, lambda: Student(browser.new_page(), server.address))
    silent, of_silent = opened(server, lambda: Student(browser.new_page(), through(network)))
    silent.run()
    victim.page.bring_to_front()
    victim.run()
    network.fall_silent()
    for process in chromium_processes() - before:
        process.kill()
    killed = time.monotonic()

    def fetch() -> None:
        with urllib.request.urlopen(server.address, timeout=60) as answer:
            answer.read()

    _, of_fetched = opened(server, fetch)
    left = {
        "killed browser": (of_killed, killed),
        "silent computer": (of_silent, killed),
        "page that never connected": (of_fetched, time.monotonic()),
    }

    def all_gone() -> bool:
        for name, (kernel, begun) in list(left.items()):
            if not kernel.is_running():
                took(f"{name}, kernel gone", begun, 60)
                del left[name]
        return not left

    wait_for(all_gone, "the kernels to end", 90)


def chromium_processes() -> set[psutil.Process]:
    """Return the processes of all browsers of these tests."""
    return {child for child in psutil.Process().children(recursive=True) if "chrom" in child.name()}


DIES_AT_ONCE = """
from dwmtj_widgets.server import lab_page
write = lab_page.LabPage.write

def write_and_kill(self, chunk):
    write(self, chunk)
    if '"kernelId"' in chunk:
        process = self.kernel_manager.get_kernel(self.kernel_id).provisioner.process
        process.kill()
        process.wait()

lab_page.LabPage.write = write_and_kill
"""


def test_kernel_that_dies_as_its_page_begins_is_said(tmp_path: Path, context) -> None:
    """The sentence was written into the script that names the kernel, where nobody sees it."""
    notebook = write_notebook(tmp_path / "slow.ipynb", "import time\ntime.sleep(600)", "1")
    with served(notebook, before=DIES_AT_ONCE) as server:
        page = context.new_page()
        page.goto(server.address, timeout=STARTED)
        page.wait_for_selector(".dwmtj-start-error:visible", timeout=STARTED)
        assert "ended while it was starting" in page.inner_text(".dwmtj-start-error")
        page.close()


def test_kernel_that_dies_while_it_starts_is_said(tmp_path: Path, context) -> None:
    notebook = write_notebook(tmp_path / "slow.ipynb", "import time\ntime.sleep(600)", "1")
    with served(notebook) as server:
        page = context.new_page()
        page.goto(server.address, wait_until="commit", timeout=STARTED)
        (kernel,) = wait_for(server.kernels, "the kernel to start")
        wait_for(lambda: kernel.is_running() and len(kernel.threads()) > 4, "the kernel to listen")
        begun = time.monotonic()
        kernel.kill()
        page.wait_for_selector(".dwmtj-start-error:visible", timeout=STARTED)
        took("kernel killed while it starts, said", begun, 30)
        assert "ended while it was starting" in page.inner_text(".dwmtj-start-error")
        page.close()


def test_one_page_too_many_is_told_and_gets_the_next_free_place(context) -> None:
    with served("recall_lab", max_kernels=1) as server:
        first = Student(context.new_page(), server.address)
        first.page.reload(timeout=STARTED)  # its old place counts as its own
        first.wait_ready()
        second = context.new_page()
        begun = time.monotonic()
        answer = second.goto(server.address, timeout=STARTED)
        assert answer.status == 503
        took("full class, said", begun, 30)
        assert second.inner_text("h1") == "The class is full"
        assert "All places are taken." in second.inner_text("p")
        assert len(server.kernels()) == 1
        begun = time.monotonic()
        first.page.close()
        second.wait_for_selector(".dwmtj-track-canvas[data-frames]", timeout=STARTED)
        took("place became free, next page open", begun, 60)
        assert len(server.kernels()) == 1
        second.close()


def test_full_server_refuses_each_of_many_at_once(tmp_path: Path) -> None:
    """Pages that start count before their kernels are there."""
    from concurrent.futures import ThreadPoolExecutor

    notebook = write_notebook(tmp_path / "empty.ipynb", "1")
    with served(notebook, max_kernels=2) as server:

        def status(_: int) -> int:
            try:
                with urllib.request.urlopen(server.address, timeout=60) as answer:
                    answer.read()
                    return int(answer.status)
            except urllib.error.HTTPError as error:
                error.close()
                return error.code

        with ThreadPoolExecutor(6) as pool:
            assert sorted(pool.map(status, range(6))) == [200, 200, 503, 503, 503, 503]
        assert len(server.kernels()) == 2
