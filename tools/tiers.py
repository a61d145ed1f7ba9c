"""Run the tests tier by tier, the quickest first: ``python -m tools.tiers [TIER ...]``; prints the time of each."""

from __future__ import annotations

import os
import subprocess
import sys
from time import monotonic
from typing import Final

# A file is one worker's, as its tests share what is slow to make.
SIDE_BY_SIDE: Final = ("-n", "2", "--dist", "loadfile")

TIERS: Final[dict[str, tuple[str, ...]]] = {
    "fast": (*SIDE_BY_SIDE, "-m", "not slow", "tests"),
    "slow": (*SIDE_BY_SIDE, "-m", "slow", "tests/unit", "tests/contract", "tests/validation"),
    "kernels": ("-m", "kernels", "tests/unit", "tests/validation"),
    # One at a time: a page that shares two cores with other tests is no page that anybody uses.
    "browser": ("tests/browser",),
}
"""Arguments of pytest."""


def run(tier: str) -> int:
    """Run a tier, and return the exit status of pytest."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"} if tier == "kernels" else None
    command = [sys.executable, "-m", "pytest", "--durations=10", *TIERS[tier]]
    print(f"\n== {tier}: {' '.join(command[1:])}", flush=True)
    return subprocess.run(command, env=environment, check=False).returncode


def main(chosen: list[str]) -> int:
    """Run the chosen tiers, all of them by default, until one fails; return the status of the last."""
    if unknown := set(chosen) - set(TIERS):
        print(
            f"There is no tier {', '.join(sorted(unknown))}; choose from {', '.join(TIERS)}.", file=sys.stderr
        )
        return 2
    times: dict[str, float] = {}
    status = 0
    for tier in chosen or TIERS:
        begun = monotonic()
        status = run(tier)
        times[tier] = monotonic() - begun
        if status:
            break
    print()
    for tier, seconds in times.items():
        print(f"{tier:8} {seconds:6.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
