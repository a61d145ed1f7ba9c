"""JupyterLab and Notebook 7 as the browser tests use them: one server for both, and a notebook open in a page."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Any
from urllib.request import urlopen

import psutil
from browser_tools import wait_for, write_notebook

REPOSITORY = Path(__file__).parents[2]
STARTED = 90_000
"""Milliseconds for a page, a kernel and a lab to be there, on a busy machine."""

NOTEBOOK = """
window.notebook = {
  app: () => window.jupyterapp,
  panel: () => [...jupyterapp.shell.widgets("main")].find((w) => w.content?.model?.cells),
  ready: () => !!window.jupyterapp?.shell && !!notebook.panel()?.sessionContext.session?.kernel,
  status: () => notebook.panel().sessionContext.session?.kernel?.status ?? "none",
  /** All that a shortcut of the notebook can change. */
  state: () => JSON.stringify({
    cells: notebook.panel().content.widgets.map((w) => [w.model.type, w.model.sharedModel.getSource()]),
    outputs: notebook.panel().content.widgets.map((w) => w.model.type === "code" && w.model.outputs.length),
    counts: notebook.panel().content.widgets.map((w) => w.model.executionCount),
    active: notebook.panel().content.activeCellIndex,
    mode: notebook.panel().content.mode,
    chosen: notebook.panel().content.widgets.map((w) => notebook.panel().content.isSelected(w)),
    dialogs: document.querySelectorAll(".jp-Dialog").length,
  }),
  run: async (index) => {
    notebook.panel().content.activeCellIndex = index;
    await jupyterapp.commands.execute("notebook:run-cell");
  },
  text: (index) => notebook.panel().content.widgets[index].outputArea.node.textContent,
};
"""


class JupyterServer:
    """A server with JupyterLab and Notebook 7 whose kernels import this package from its sources."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def open(self, page: Any, front_end: str, name: str, *cells: str) -> None:
        """Write a notebook and open it in JupyterLab ("lab") or Notebook 7 ("notebook"), with a kernel."""
        write_notebook(self.folder / f"{name}.ipynb", *cells)
        path = {"lab": f"lab/tree/{name}.ipynb?reset", "notebook": f"notebooks/{name}.ipynb"}[front_end]
        page.add_init_script(NOTEBOOK)
        page.goto(f"{self.address}/{path}", timeout=STARTED)
        page.wait_for_function("notebook.ready()", polling=100, timeout=STARTED)


@contextlib.contextmanager
def jupyter_server(folder: Path) -> Iterator[JupyterServer]:
    """Serve a folder by a Jupyter server of one's own settings, without password, on a free port."""
    notebooks, own = folder / "notebooks", folder / "jupyter"
    settings = own / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    notebooks.mkdir()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
    }
    options = [
        "--ServerApp.open_browser=False",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={notebooks}",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--ServerApp.allow_root=True",
        "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    ]
    log = folder / "log"
    with log.open("wb") as stream:
        process = psutil.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    server = JupyterServer(notebooks, f"http://127.0.0.1:{port}")
    try:
        wait_for(lambda: _answers(process, server.address, log), "JupyterLab's server", 90.0)
        yield server
    finally:
        kernels = process.children(recursive=True) if process.is_running() else []
        process.terminate()
        _, left = psutil.wait_procs([process, *kernels], timeout=20)
        for one in left:
            one.kill()


def _answers(process: psutil.Popen, address: str, log: Path) -> bool:
    if process.poll() is not None:
        raise AssertionError(f"JupyterLab's server ended at once:\n{log.read_text()}")
    with contextlib.suppress(OSError), urlopen(f"{address}/api") as answer:
        return answer.status == 200
    return False
