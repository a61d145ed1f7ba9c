"""Work that several threads share, and its end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event


def in_threads(work: Callable[[Event], None], threads: int) -> None:
    """Call ``work(stop)`` in so many threads, and return when all have ended.

    `stop` is set as soon as one of them fails or the wait is interrupted, so that the others do not go on for nothing;
    the error is then raised.
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
            stop.set()  # Ctrl+C reaches this thread alone
    for worker in workers:
        worker.result()
