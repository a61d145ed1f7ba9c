"""Which kernel the pages get, and when it ends."""

import asyncio
import contextlib
from typing import Any

from ipykernel.kernelspec import KERNEL_NAME, RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_core.utils import ensure_async
from tornado import web

_endings: set[asyncio.Task[None]] = set()


class OwnKernelSpecManager(KernelSpecManager):
    """Knows one kernel: the Python that runs the server.

    A kernel spec called "python3" in the user's folders may belong to another environment, without this package.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel by name."""
        return {KERNEL_NAME: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how to start the kernel."""
        if kernel_name != KERNEL_NAME:
            raise NoSuchKernel(kernel_name)
        # Without history no page waits for the user's history database, or writes into it.
        arguments = ["--HistoryManager.enabled=False"]
        return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict(extra_arguments=arguments))


def end_kernel_unless_connected(manager: Any, kernel_id: str, delay: float) -> None:
    """End a kernel after some seconds, if no page is connected to it then."""

    async def end() -> None:
        await asyncio.sleep(delay)
        # The page's own farewell may end it at the same moment.
        with contextlib.suppress(KeyError, RuntimeError, web.HTTPError):
            if kernel_id in manager and not manager.kernel_model(kernel_id)["connections"]:
                await ensure_async(manager.shutdown_kernel(kernel_id))

    task = asyncio.get_running_loop().create_task(end())
    _endings.add(task)  # the loop itself holds tasks only weakly
    task.add_done_callback(_endings.discard)
