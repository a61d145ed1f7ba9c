"""The function behind `dwmtj serve`."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.server.memory import KERNEL_MEMORY
from dwmtj_widgets.server.memory import VARIABLE as MEMORY_VARIABLE
from dwmtj_widgets.server.notebooks import find_notebook
from dwmtj_widgets.texts import LANGUAGE, VARIABLE, catalogue
from dwmtj_widgets.validation import whole

SHARE = Path(__file__).parent / "share" / "jupyter"
RUNTIME_FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
"""Folders outside the home folder to which Jupyter and IPython may write."""


def serve(
    notebook: str | Path | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8866,
    open_browser: bool = True,
    preheat: int = 0,
    max_kernels: int | None = None,
    cull_idle_timeout: int = 120,
    base_url: str = "/",
    token: str | None = None,
    language: str = LANGUAGE,
    kernel_memory: int | None = None,
) -> int:
    """Serve all labs and lessons, or one notebook, until Ctrl+C; every page gets a kernel, which ends with the page.

    Parameters
    ----------
    notebook : str or pathlib.Path, optional
        Name of a notebook of the package, or the path of an `.ipynb` file; by default the gallery, a page from which
        all labs and lessons can be opened.
    host : str
        Address to listen on. A token is required unless it is this computer itself.
    port : int
        Port to listen on, 0 to 65535; 0 takes any free one. If it is taken the next free one is used.
    open_browser : bool
        Open the page in a browser, if there is one and a display for it.
    preheat : int
        Number of kernels to keep ready for the next pages (from the gallery: for the Recall Lab), 0 or more. Each
        takes the memory of a running lab.
    max_kernels : int, optional
        Number of pages that may be open at once, 1 or more; by default as many as fill three quarters of the memory
        of this computer or its container. Each has a kernel of about 0.25 GB; a preheated kernel takes as much
        and does not count. A visitor beyond that number reads that the class is full.
    cull_idle_timeout : int
        Seconds of silence, 1 or more, after which a kernel without a page ends.
    base_url : str
        Path of the page, for a server behind a proxy: letters, digits and ``- . _ ~ /``.
    token : str, optional
        Required in the address (``?token=...``) at the first visit: letters, digits and ``- . _ ~``; "" for none. By
        default one is made at every start, and none is required on this computer itself.
    language : str
        Code of the pages' language, one of `dwmtj_widgets.texts.LANGUAGES`; by default ``DWMTJ_LANGUAGE``, else
        English. Lessons and the report on the paper are in English.
    kernel_memory : int, optional
        Megabytes that a kernel may take beyond its memory at the start, 300 or more, or 0 for no limit; by default
        2000. A kernel that needs more is ended, and its page says why. Only Linux has such a limit.

    Returns
    -------
    int
        Exit status: 0 after Ctrl+C (or SIGTERM).

    Raises
    ------
    FileNotFoundError
        If there is no such notebook.
    Refused
        If a number is outside its range, a path or token has other characters than these, or there is no such language.
    OSError
        If it cannot listen on that host, or there is no free port.
    """
    path = None if notebook is None else find_notebook(notebook)
    whole(port, "port", 0, 65535)
    whole(preheat, "preheat", 0, 64)
    whole(cull_idle_timeout, "cull_idle_timeout", 1, 86400)
    if max_kernels is not None:
        whole(max_kernels, "max_kernels", 1, 10_000)
    kernel_memory = KERNEL_MEMORY if kernel_memory is None else kernel_memory
    if kernel_memory != 0:
        whole(kernel_memory, "kernel_memory", 300, 1_000_000)
    _check_characters("base_url", base_url, "/")
    _check_characters("token", token or "")
    catalogue(language)
    search = os.pathsep.join(filter(None, [str(SHARE), os.environ.get("JUPYTER_PATH")]))
    kernels = {
        # Many kernels share few cores: more threads in one would only slow down the others.
        "NUMBA_NUM_THREADS": os.environ.get("NUMBA_NUM_THREADS", "1"),
        # The page knows its own changes; an echo would double the messages of every drag on a slider.
        "JUPYTER_WIDGETS_ECHO": os.environ.get("JUPYTER_WIDGETS_ECHO", "0"),
        VARIABLE: language,
        MEMORY_VARIABLE: str(kernel_memory),
    }
    with _runtime_folders() as folders, _environment({"JUPYTER_PATH": search, **kernels, **folders}):
        # Jupyter packages are slow to import, and importing this function needs none. They look for
        # their folders during the import.
        from dwmtj_widgets.server.app import LabServer, server_config

        # Voila's parts report errors of a notebook in the log of the instance.
        server = LabServer.instance(
            config=server_config(
                path,
                host=host,
                preheat=preheat,
                max_kernels=max_kernels,
                cull_idle_timeout=cull_idle_timeout,
                base_url=base_url,
                token=token,
                language=language,
                kernel_memory=kernel_memory,
            )
        )
        try:
            # Voila would run a voila.py in the current folder, which could override these settings.
            server.config_file_paths = []
            server.initialize([])
            server.run(port=port, open_browser=open_browser)
        finally:
            LabServer.clear_instance()
    return 0


@contextmanager
def _runtime_folders() -> Iterator[dict[str, str]]:
    """Give Jupyter and IPython temporary folders if the user's home is not writable."""
    if _home_takes_files():
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="dwmtj_", ignore_cleanup_errors=True) as folder:
        yield {name: os.environ.get(name, f"{folder}/{name.lower()}") for name in RUNTIME_FOLDERS} | {
            # Libraries fail without a home, even if they do not need it; this one is not writable.
            "HOME": os.environ.get("HOME", os.devnull)
        }


def _home_takes_files() -> bool:
    try:
        return Path.home().is_dir() and os.access(Path.home(), os.W_OK)
    except RuntimeError:  # neither HOME nor an entry for this user
        return False


def _check_characters(name: str, value: str, more: str = "") -> None:
    if not re.fullmatch(rf"[A-Za-z0-9._~{more}-]*", value):
        allowed = "letters, digits and " + " ".join(f"- . _ ~ {more}".split())
        raise Refused(f"{name} is {value!r}, but must be made of {allowed}.")


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    # Kernels inherit the environment, the only place from which Jupyter reads JUPYTER_PATH.
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
