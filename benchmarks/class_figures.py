"""What a class costs, read from the processes, and how the figures are printed."""

from __future__ import annotations

import contextlib
import math
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import psutil
from browser_tools import Served

MANY_CORES, USABLE = 16, 0.8
"""For the calculation: so many cores, of which this share may be busy."""
RATES = (30.0, 20.0, 10.0)


@dataclass(frozen=True)
class Cost:
    """CPU seconds so far, and the time at which they were read."""

    at: float
    server: float
    kernels: float
    audience: float
    """Load of the clients and the browser, which are not on the server in a real class."""


def cost(server: Served) -> Cost:
    own = psutil.Process(server.process.pid)
    theirs = {own, *server.kernels()}
    audience = [p for p in [psutil.Process(), *psutil.Process().children(recursive=True)] if p not in theirs]
    return Cost(time.monotonic(), cpu_seconds([own]), cpu_seconds(theirs - {own}), cpu_seconds(audience))


def cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def memory(server: Served) -> dict[str, float]:
    """Return megabytes of the server and of its kernels, in which pages that are shared count once."""
    kernels = [process.memory_full_info() for process in server.kernels()]
    return {
        "server": psutil.Process(server.process.pid).memory_full_info().pss / 1e6,
        "kernels": len(kernels),
        "all_kernels": sum(info.pss for info in kernels) / 1e6,
        "largest_resident": max((info.rss for info in kernels), default=0) / 1e6,
    }


@dataclass
class Stage:
    """How it went while some animated at once."""

    name: str
    animating: int
    seconds: float
    client_rates: list[float]
    page_rates: list[float]
    frame_seconds: list[float]
    slider_seconds: list[float]
    page_slider_seconds: list[float]
    server_cores: float
    kernel_cores: float
    audience_cores: float
    failures: list[str] = field(default_factory=list)

    @property
    def frames(self) -> float:
        """Frames a second of all together."""
        return sum(self.client_rates) + sum(self.page_rates)

    def rows(self) -> list[tuple[str, str]]:
        each = self.frames or math.nan
        return [
            ("frames a second, each client", spread(self.client_rates)),
            ("frames a second painted, each page", spread(self.page_rates)),
            ("frames a second, together", f"{self.frames:.0f}"),
            ("frame: asked to answered, clients", percentiles(self.frame_seconds)),
            ("slider to new number, clients", percentiles(self.slider_seconds)),
            ("slider to painted number, pages", percentiles(self.page_slider_seconds)),
            ("cores: server", f"{self.server_cores:.2f}"),
            ("cores: all kernels", f"{self.kernel_cores:.2f}"),
            ("cores: clients and browser", f"{self.audience_cores:.2f} of {os.cpu_count()}"),
            ("CPU of a frame: server", f"{1e3 * self.server_cores / each:.1f} ms"),
            ("CPU of a frame: kernel", f"{1e3 * self.kernel_cores / each:.1f} ms"),
            ("cut off", f"{len(self.failures)}"),
        ]


def stages_table(stages: list[Stage]) -> str:
    """Return the stages side by side, as a table in Markdown."""
    columns = [dict(stage.rows()) for stage in stages]
    names = [f"{stage.animating} animating, {stage.seconds:.0f} s" for stage in stages]
    return table(["", *names], [[name, *(column[name] for column in columns)] for name in columns[0]])


def capacity_table(stage: Stage) -> str:
    """Return what many cores would bear, of the CPU that a frame cost server and kernel."""
    server, kernel = stage.server_cores / stage.frames, stage.kernel_cores / stage.frames
    rows = []
    for rate in RATES:
        one = USABLE / (server * rate)  # a server process has one thread
        students = USABLE * MANY_CORES / ((server + kernel) * rate)
        rows.append(
            [f"{rate:.0f}", f"{one:.0f}", f"{students:.0f}", f"{math.ceil(students / one)} server processes"]
        )
    return table(
        ["frames a second", "animating, one server process", f"animating, {MANY_CORES} cores", "with"], rows
    )


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def percentiles(seconds: list[float]) -> str:
    """Return median, 95th percentile and maximum, and of how many."""
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    median, p95 = (ordered[min(int(share * len(ordered)), len(ordered) - 1)] for share in (0.5, 0.95))
    return f"{_shown(median)}, 95 % {_shown(p95)}, longest {_shown(ordered[-1])} ({len(ordered)})"


def spread(rates: list[float]) -> str:
    return f"{min(rates):.1f} to {max(rates):.1f}" if rates else "none"


def _shown(seconds: float) -> str:
    return f"{1e3 * seconds:.0f} ms" if seconds < 2 else f"{seconds:.1f} s"
