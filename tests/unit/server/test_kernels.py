"""Kernels that are kept ready."""

import asyncio

import pytest

from dwmtj_widgets.server.kernels import drop_lost_kernels


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
