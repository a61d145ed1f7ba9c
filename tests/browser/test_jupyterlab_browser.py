"""Labs and lessons in JupyterLab and Notebook 7: keys, cells that run again, ended kernels, labs out of sight.

One server and one browser for all. What a lab itself does is tested on pages of our own server.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from browser_tools import wait_for
from jupyter_tools import STARTED, JupyterServer, jupyter_server

LABS = {
    "Recall": ["pixel-canvas", "track-canvas"],
    "Maxcut": ["graph-canvas"],
    "Statistics": ["curve-plot", "text-area"],
    "Signal": ["waveform-canvas", "sphere-canvas"],
    "Explorer": ["heat-map"],
}
"""With parts that can be focused, by the ends of their classes."""
SHOW_ALL = [f"from dwmtj_widgets.labs import {name}Lab\n{name}Lab()" for name in LABS] + [
    "from dwmtj_widgets.labs.lessons import Lesson, OneWall\nLesson(1).prediction",
    "OneWall()",
]
RECALL = "from dwmtj_widgets.labs import RecallLab\nRecallLab()"
BELOW = 'from IPython.display import HTML\nHTML(\'<div style="height: 3000px" class="below">below</div>\')'
COUNTS = """from comm import get_comm_manager
from ipywidgets.widgets.widget import _instances
print("widgets", len(_instances), "comms", len(get_comm_manager().comms), "end")"""
ENDED = "The simulator of this lab has ended. Run the notebook's cells again to start a new one."

KINDS = """() => {
  const kinds = new Map();
  for (const element of document.querySelectorAll(":is(.dwmtj-lab, .dwmtj-lesson-part) *")) {
    const isOpen = element.tabIndex >= 0 && !element.disabled && element.checkVisibility();
    const isPlain = element.matches("button, a, input");
    const name = [element.localName, element.type, element.getAttribute("role"),
      ...[...element.classList].filter((one) => !/^(lm|mod)-/.test(one) && !(isPlain && /^dwmtj-/.test(one))),
    ].join(" ");
    if (!isOpen || kinds.has(name)) continue;
    element.dataset.kind = kinds.size;
    kinds.set(name, kinds.size);
  }
  return [...kinds.keys()];
}"""
KEYS = [
    "d",
    "d",
    "x",
    "m",
    "a",
    "b",
    "c",
    "v",
    "z",
    "y",
    "r",
    "o",
    "0",
    "0",
    "j",
    "k",
    "Shift+M",
    "Shift+Z",
    "Shift+L",
]
"""Each of them does something to the cells, or to the kernel, of a notebook in command mode."""
MOVES = [
    "ArrowUp",
    "ArrowLeft",
    "ArrowRight",
    "ArrowDown",
    "Shift+ArrowDown",
    "Control+Shift+ArrowDown",
    "Control+A",
]
RUNS = ["Enter", "Shift+Enter", "Control+Enter", "Alt+Enter", "Control+Backspace", " "]
"""These press buttons and follow links, too; so they are pressed on all others."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    with jupyter_server(tmp_path_factory.mktemp("jupyter")) as server:
        yield server


def opened(server: JupyterServer, context: Any, front_end: str, name: str, *cells: str) -> Any:
    page = context.new_page()
    page.set_default_timeout(STARTED)
    server.open(page, front_end, name, *cells)
    return page


def run(page: Any, cell: int, shown: str | None = None) -> None:
    """Run a cell, and wait until something is shown in its output."""
    page.evaluate("(index) => notebook.run(index)", cell)
    if shown is not None:
        page.wait_for_selector(
            f".jp-Cell:nth-child({cell + 1} of .jp-Cell) .jp-OutputArea {shown}", timeout=STARTED
        )


def wait(page: Any, expression: str) -> None:
    page.wait_for_function(f"() => ({expression})", polling=50, timeout=STARTED)


# -- keys --------------------------------------------------------------------------------------------------------


def test_keys_pressed_in_a_lab_do_nothing_to_the_notebook(server: JupyterServer, context) -> None:
    page = opened(server, context, "lab", "all", *SHOW_ALL)
    for cell in range(len(SHOW_ALL)):
        run(page, cell, ":is(.dwmtj-lab, .dwmtj-lesson-part) button")
    for part in (f".dwmtj-{part}" for parts in LABS.values() for part in parts):
        page.wait_for_selector(part, state="attached")
    wait(page, "notebook.status() === 'idle'")
    kinds = page.evaluate(KINDS)
    for part in (part for parts in LABS.values() for part in parts):
        assert any(part in kind for kind in kinds), f"{part} cannot be focused"
    for kind in (
        "noUi-handle",
        "select",
        "radio",
        "checkbox",
        "Collapse-header",
        "widget-toggle",
    ):
        assert any(kind in name for name in kinds), f"nothing like {kind} was found"
    for number, kind in enumerate(kinds):
        presses = [*KEYS, *MOVES]
        if not any(word in kind for word in ("button", "upload", "a ", "Collapse", "checkbox")):
            presses += RUNS
        focus = f"document.querySelector(`[data-kind='{number}']`)?.focus()"
        page.evaluate(focus)
        before = page.evaluate("notebook.state()")
        assert '"mode":"command"' in before, "in this mode the notebook takes no keys at all"
        for key in presses:
            page.keyboard.press(key)
            page.evaluate(focus)  # what a key does may take the focus elsewhere
        assert page.evaluate("notebook.state()") == before, f"keys reach the notebook from {kind!r}"


@pytest.mark.parametrize("front_end", ["lab", "notebook"])
def test_keys_of_the_application_work_in_a_lab(server: JupyterServer, context, front_end: str) -> None:
    """Save is the notebook's, wherever the focus is; without it the browser's own dialog would open."""
    page = opened(server, context, front_end, f"keys-{front_end}", RECALL)
    run(page, 0, ".dwmtj-pixel-canvas")
    wait(page, "notebook.panel().context.model.dirty")
    page.focus(".dwmtj-bench .dwmtj-pixel-canvas, .dwmtj-pixel-canvas")
    for key in KEYS:
        page.keyboard.press(key)
    assert page.evaluate("notebook.panel().content.widgets.length") == 1
    page.keyboard.press("Control+s")
    wait(page, "!notebook.panel().context.model.dirty")


def test_space_does_not_scroll_a_picture_away(server: JupyterServer, context) -> None:
    page = opened(server, context, "lab", "space", RECALL)
    run(page, 0, ".dwmtj-track-canvas")
    page.evaluate(
        """window.addEventListener("keydown", (event) => (window.prevented = event.defaultPrevented))"""
    )
    for part in (".dwmtj-pixel-canvas", ".dwmtj-track-canvas", ".noUi-handle"):
        page.focus(part)
        page.evaluate("window.prevented = undefined")
        page.keyboard.press(" ")
        # An editor that takes the key itself does not let it come as far as the window.
        assert page.evaluate("window.prevented") in (None, True), part


# -- cells that run again ----------------------------------------------------------------------------------------


def counts(page: Any, cell: int) -> tuple[int, int]:
    """Widgets and comms that the kernel has."""
    page.evaluate(f"notebook.panel().content.widgets[{cell}].model.outputs.clear()")
    run(page, cell)
    wait(page, f"/widgets .* end/.test(notebook.text({cell}))")
    words = page.evaluate(f"notebook.text({cell})").split()
    return int(words[1]), int(words[3])


def test_cell_that_runs_again_closes_its_earlier_lab(server: JupyterServer, context) -> None:
    page = opened(server, context, "lab", "again", RECALL, COUNTS)

    def once() -> None:
        run(page, 0)
        wait(page, "document.querySelectorAll('.dwmtj-lab .dwmtj-track-canvas').length === 1")
        wait(page, "notebook.status() === 'idle'")

    once()
    one = counts(page, 1)
    for _ in range(3):
        once()
    wait_for(lambda: counts(page, 1) == one, "the earlier labs to be closed")


def page_counts(page: Any) -> dict[str, int]:
    """DOM nodes and listeners of the page that are not garbage."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("HeapProfiler.collectGarbage")
    found = {one["name"]: int(one["value"]) for one in devtools.send("Performance.getMetrics")["metrics"]}
    devtools.detach()
    return {name: found[name] for name in ("Nodes", "JSEventListeners")}


def test_page_of_a_cell_that_ran_twenty_times_is_that_of_one_run(server: JupyterServer, context) -> None:
    """JupyterLab itself keeps some six nodes and a listener of each run of any cell; a lab has 1,400 and 1,700."""
    page = opened(server, context, "lab", "twenty", RECALL)

    def once() -> None:
        run(page, 0)
        wait(page, "document.querySelectorAll('.dwmtj-lab .dwmtj-track-canvas').length === 1")
        wait(page, "notebook.status() === 'idle'")

    # JupyterLab (4.6) keeps a toolbar each time another cell becomes the active one, so none does from here on.
    once()
    once()
    before = page_counts(page)
    for _ in range(20):
        once()

    def grown() -> dict[str, int]:
        return {name: count - before[name] for name, count in page_counts(page).items()}

    wait_for(
        lambda: (now := grown())["Nodes"] < 20 * 20 and now["JSEventListeners"] < 20 * 5,
        "the page to give up what the earlier labs had",
        120,
    )


# -- the kernel --------------------------------------------------------------------------------------------------


def assert_ended(page: Any) -> None:
    page.wait_for_selector(".dwmtj-ended")
    assert page.locator(".dwmtj-ended").all_text_contents() == [ENDED]
    assert page.evaluate(
        "[...document.querySelectorAll('.dwmtj-lab button')].every((one) => one.matches(':disabled'))"
    )
    assert page.evaluate("document.querySelector('.dwmtj-lab').inert")


@pytest.mark.parametrize(
    ("front_end", "ending"),
    [
        ("lab", "kernel.restart()"),
        ("lab", "shutdown()"),
        ("notebook", "kernel.requestExecute({code: 'import os; os._exit(1)'})"),
    ],
    ids=["restarted", "shut down", "died"],
)
def test_ended_kernel_is_said_in_the_lab(server: JupyterServer, context, front_end: str, ending: str) -> None:
    page = opened(server, context, front_end, f"ended-{ending[:9].strip('(.)')}", RECALL)
    run(page, 0, ".dwmtj-run")
    assert page.locator(".dwmtj-ended").count() == 0
    page.evaluate(f"void notebook.panel().sessionContext.session.{ending}")
    assert_ended(page)


# -- out of sight ------------------------------------------------------------------------------------------------


AWAY = {
    "scrolled away": "document.querySelector('.below').scrollIntoView({block: 'end'})",
    "behind another tab": "jupyterapp.commands.execute('launcher:create')",
}
BACK = {
    "scrolled away": "document.querySelector('.dwmtj-lab').scrollIntoView()",
    "behind another tab": "jupyterapp.shell.activateById(notebook.panel().id)",
}


def test_kernel_rests_while_no_pixel_of_the_lab_is_seen(server: JupyterServer, context) -> None:
    page = context.new_page()
    sent: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(bytes(frame))))
    page.set_default_timeout(STARTED)
    server.open(page, "lab", "sight", RECALL, BELOW)
    run(page, 1, ".below")
    run(page, 0, ".dwmtj-run")
    page.focus(".dwmtj-speed .noUi-handle")
    page.keyboard.press("Home")  # so slowly that the run does not end
    page.click(".dwmtj-run")

    def asked() -> int:
        page.evaluate("0")  # lets the news of what was sent come in
        return sum(b'"type":"ask"' in frame.replace(b" ", b"") for frame in sent)

    def until_at_rest(what: str, polls: int = 15) -> None:
        last: list[int] = []
        wait_for(lambda: last.append(asked()) or last[-polls:] == last[-1:] * polls, what)

    for away, go in AWAY.items():
        seen = asked()
        wait_for(lambda seen=seen: asked() > seen + 5, "frames to be asked for")
        page.evaluate(f"void {go}")
        until_at_rest(f"the kernel to rest while the lab is {away}")
        page.evaluate(f"void {BACK[away]}")
    seen = asked()
    wait_for(lambda: asked() > seen + 5, "the run to go on")
