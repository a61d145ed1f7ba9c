"""The package's WebAssembly modules and their description for the page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "modules"
DESCRIPTION: Final = FOLDER / "engine.json"


@cache
def description() -> dict[str, Any]:
    """Return versions, digest of the kernels' sources, and every module's memory and entries."""
    result: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return result


def module_bytes(name: str) -> bytes:
    """Return a module's WebAssembly."""
    return (FOLDER / f"{name}.wasm").read_bytes()
