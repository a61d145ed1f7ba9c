"""Memory limits: of all pages together, and of each kernel.

`dwmtj serve` loads this module into its kernels, as an extension of IPython.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

KERNEL_MEMORY: Final = 2000
"""Megabytes that a kernel may take beyond its memory at the start. Labs were measured to need up to 0.4 GB."""
PAGE: Final = 250e6
"""Typical memory of a kernel, bytes."""
SHARE_OF_PAGES: Final = 0.75
"""Share of the computer's memory for pages; the rest is for the server, the browser, and kernels that take more."""
VARIABLE: Final = "DWMTJ_KERNEL_MEMORY"
OUT_OF_MEMORY: Final = 76
"""Exit status of a kernel that exceeded its memory."""
_FIRST_TO_GO: Final = 500
"""`oom_score_adj` of a kernel, so that the system ends kernels before the server when memory runs out."""
_PROC, _GROUPS = Path("/proc/self"), Path("/sys/fs/cgroup")


def machine_memory() -> int:
    """Return the memory in bytes of this computer or its container."""
    return min([_whole_memory(), *_group_limits()])


def default_places(preheat: int, memory: float) -> int:
    """Return the number of pages that fit into `memory` bytes beside the preheated kernels."""
    return max(1, int(SHARE_OF_PAGES * memory / PAGE) - preheat)


def _whole_memory() -> int:
    if sys.platform != "win32":
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    import ctypes

    kilobytes = ctypes.c_ulonglong()
    ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
    return 1024 * kilobytes.value


def _group_limits() -> list[int]:
    """Return the limits of the control groups of this process (Linux), in bytes."""
    try:
        lines = (_PROC / "cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []  # not Linux
    files = [_GROUPS / "memory.max", _GROUPS / "memory" / "memory.limit_in_bytes"]
    for line in lines:
        _, controllers, place = line.split(":", 2)
        if not controllers:
            group = _GROUPS / place.lstrip("/")
            files += [folder / "memory.max" for folder in (group, *group.parents)]
        elif "memory" in controllers.split(","):
            files.append(_GROUPS / "memory" / place.lstrip("/") / "memory.limit_in_bytes")
    limits = [file.read_text(encoding="utf-8").strip() for file in files if file.is_file()]
    return [int(limit) for limit in limits if limit != "max"]


def load_ipython_extension(shell: Any) -> None:
    """Limit the memory of this kernel and end it when it exceeds the limit; the server tells its page."""
    megabytes = int(os.environ.get(VARIABLE, "0"))
    score = _PROC / "oom_score_adj"
    if score.exists():
        score.write_text(str(max(_FIRST_TO_GO, int(score.read_text(encoding="utf-8")))), encoding="utf-8")
    if megabytes:
        _bound(megabytes * 1_000_000)
        _watch(shell)


def _bound(more: int) -> None:
    """Limit this process to `more` bytes of data beyond the present amount; only Linux enforces it.

    The limit is on data, not on addresses, because threads and libraries reserve gigabytes of addresses that they
    never use, more with every core. Memory already taken by the threads of BLAS does not count.
    """
    status = _PROC / "status"
    if not status.exists():
        return
    import resource

    fields = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
    now = 1024 * int(fields["VmData"].split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = now + more if hard == resource.RLIM_INFINITY else min(now + more, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _watch(shell: Any) -> None:
    """End this process when IPython, widgets, threads or Jupyter report a MemoryError.

    They only log it, and go on with a lab that does not answer.
    """
    logging.getLogger().addHandler(_Leave())
    report, report_of_thread = shell.showtraceback, threading.excepthook

    def showtraceback(exc_tuple: Any = None, *arguments: Any, **named: Any) -> Any:
        _leave_if_short_of_memory((exc_tuple or sys.exc_info())[1])
        return report(exc_tuple, *arguments, **named)

    def excepthook(arguments: threading.ExceptHookArgs) -> Any:
        _leave_if_short_of_memory(arguments.exc_value)
        return report_of_thread(arguments)

    shell.showtraceback = showtraceback
    threading.excepthook = excepthook


class _Leave(logging.Handler):
    """Ends the process when a MemoryError is logged."""

    def emit(self, record: logging.LogRecord) -> None:
        """Check the error of a record."""
        _leave_if_short_of_memory(record.exc_info[1] if record.exc_info else None)


def _leave_if_short_of_memory(error: BaseException | None, leave: Callable[[int], Any] = os._exit) -> None:
    while error is not None:
        if isinstance(error, MemoryError):
            leave(OUT_OF_MEMORY)
        error = error.__cause__ or error.__context__
