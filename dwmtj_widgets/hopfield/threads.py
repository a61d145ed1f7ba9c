"""Run one function in several threads and wait for all of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event


def in_threads(work: Callable[[Event], None], threads: int) -> None:
    """Call ``work(stop)`` in `threads` threads and return when all have ended.

    `stop` is set when one fails or the wait is interrupted, so that the others end early; the error is then raised.
    """
    stop = Event()

    def watched() -> None:
        try:
            work(stop)
        except BaseException:
            stop.set()
            raise

    with ThreadPoolExecutor(threads, thread_name_prefix="dwmtj-work") as pool:
        workers = [pool.submit(watched) for _ in range(threads)]
        try:
            wait(workers)
        finally:
            stop.set()  # Ctrl+C interrupts only this thread
    for worker in workers:
        worker.result()
