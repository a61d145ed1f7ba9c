"""The kernel of a page: its specification, its supervision and its end."""

import asyncio
import contextlib
from datetime import UTC, datetime
from typing import Any

import orjson
import zmq
from ipykernel.kernelspec import KERNEL_NAME, RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web

from dwmtj_widgets.server.memory import OUT_OF_MEMORY

EXTENSIONS = ("dwmtj_widgets.server.memory", "dwmtj_widgets.server.fault_log")
"""IPython extensions, loaded into every kernel."""

AFTER_SILENCE = 45.0
"""Seconds from a page's last sign of life to the end of its kernel: less than a minute with the shutdown.

js/page/connection.js reports the kernel's end a little later (KEPT).
"""
# A kernel's own messages (busy, idle) have topics that begin so; those of its widgets do not.
_OF_THE_KERNEL_ITSELF = b"kernel."
_due: dict[str, asyncio.TimerHandle] = {}
_endings: set[asyncio.Task[None]] = set()


class OwnKernelSpecManager(KernelSpecManager):
    """A specification of one kernel only: the Python that runs the server.

    A kernel spec called "python3" in the user's folders may belong to another environment, without this package.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel by name."""
        return {KERNEL_NAME: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how to start the kernel."""
        if kernel_name != KERNEL_NAME:
            raise NoSuchKernel(kernel_name)
        # Without history no page waits for the user's history database or writes to it.
        arguments = ["--HistoryManager.enabled=False", *(f"--ext={module}" for module in EXTENSIONS)]
        return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict(extra_arguments=arguments))


class QuietKernelManager(AsyncMappingKernelManager):
    """Takes a kernel's activity from its own status messages, without reading every frame a second time.

    Jupyter's own way reads, verifies and dates all messages of a kernel: a third of the server's work for a frame.

    Attributes
    ----------
    restarted : set of str
        Kernels that died and were restarted, and so lost their state.
    """

    def __init__(self, **options: Any) -> None:
        self.restarted: set[str] = set()
        super().__init__(**options)

    def start_watching_activity(self, kernel_id: str) -> None:
        """Watch the states of a kernel."""
        super().start_watching_activity(kernel_id)
        self.add_restart_callback(kernel_id, lambda: self.restarted.add(kernel_id))
        kernel = self._kernels[kernel_id]

        def note(message: list[bytes]) -> None:
            *_, parent, _metadata, content = message
            state = orjson.loads(content).get("execution_state")
            if state is None:
                return
            if self.track_message_type(orjson.loads(parent).get("msg_type")):
                kernel.execution_state = state
                self.last_kernel_activity = kernel.last_activity = datetime.now(UTC)
            elif kernel.execution_state == "starting" and state != "starting":
                kernel.execution_state = "idle"

        stream = kernel._activity_stream
        stream.setsockopt(zmq.SUBSCRIBE, _OF_THE_KERNEL_ITSELF)
        stream.setsockopt(zmq.UNSUBSCRIBE, b"")
        stream.on_recv(note)


async def drop_lost_kernels(manager: Any, notebook: str | None) -> None:
    """Replace preheated kernels of a notebook that have died.

    Parameters
    ----------
    manager : QuietKernelManager
        Voila's manager; without preheating it keeps no kernels.
    notebook : str, optional
        Voila's path of the notebook.
    """
    pool = getattr(manager, "_pools", {}).get(notebook, [])
    kept = len(pool)
    for made in [task for task in pool if task.done()]:
        if made.exception() is not None:
            pool.remove(made)
            continue
        kernel_id = made.result()["kernel_id"]
        if kernel_id not in manager.restarted and await _lives(manager, kernel_id):
            continue
        with contextlib.suppress(ValueError):  # another page has taken it
            pool.remove(made)
        if kernel_id in manager:
            await ensure_async(manager.shutdown_kernel(kernel_id, now=True))
    if len(pool) < kept:
        manager.fill_if_needed(delay=0.0, notebook_name=notebook)


async def _lives(manager: Any, kernel_id: str) -> bool:
    return kernel_id in manager and bool(await ensure_async(manager.is_alive(kernel_id)))


def was_too_large(kernel: Any) -> bool:
    """Return whether the manager's kernel has ended because it exceeded its memory."""
    process = getattr(kernel.provisioner, "process", None)
    return process is not None and process.returncode == OUT_OF_MEMORY


def end_kernel_unless_connected(manager: Any, kernel_id: str, delay: float) -> None:
    """End a kernel after some seconds if no page is connected then; the latest call for a kernel counts."""

    async def end() -> None:
        # The page's farewell may end it at the same moment.
        with contextlib.suppress(KeyError, RuntimeError, web.HTTPError):
            if kernel_id in manager and not manager.kernel_model(kernel_id)["connections"]:
                await ensure_async(manager.shutdown_kernel(kernel_id))

    def due() -> None:
        del _due[kernel_id]
        task = loop.create_task(end())
        _endings.add(task)  # the loop itself holds tasks only weakly
        task.add_done_callback(_endings.discard)

    loop = asyncio.get_running_loop()
    earlier = _due.pop(kernel_id, None)
    if earlier is not None:
        earlier.cancel()
    _due[kernel_id] = loop.call_later(delay, due)
