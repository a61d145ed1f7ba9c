"""A Dask cluster as the executor of a sweep (the extra ``cluster``).

The workers need the same version of this package. If one dies, Dask gives its tasks to another. A trial depends on its
own seed alone, so the result is the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Final

from dwmtj_widgets.refusals import Unable

CONNECT_SECONDS: Final = 10.0


@contextmanager
def cluster_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a Dask scheduler; yield an executor for `run_sweep`, and the cluster's number of parallel tasks.

    Parameters
    ----------
    address : str
        The scheduler's, for example ``"tcp://192.168.1.10:8786"``.

    Raises
    ------
    Unable
        If Dask is not installed, no scheduler answers at the address, or the cluster has no workers.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError
    except ModuleNotFoundError as exc:
        msg = "A cluster needs Dask, which is not installed; pip install 'dwmtj-widgets[cluster]'."
        raise Unable(msg) from exc
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as exc:
        msg = f"No Dask scheduler answers at {address!r} ({' '.join(str(exc).split())}); start one with dask scheduler."
        raise Unable(msg) from exc
    with client:
        threads = sum(client.nthreads().values())
        if threads == 0:
            msg = f"The Dask scheduler at {address!r} has no workers; start some with dask worker {address}."
            raise Unable(msg)
        executor = client.get_executor(pure=False)
        # `run_sweep` takes these for the loss of workers, not for a fault of a trial.
        executor.lost = (KilledWorker, CommClosedError)
        yield executor, threads
