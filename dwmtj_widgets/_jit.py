"""How kernels are compiled: once for this machine, cached on disk, callable without Python's lock."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import config

_F = TypeVar("_F", bound=Callable[..., Any])


def _place_cache() -> None:
    """Point numba's cache to a folder that can be written, before the first kernel is declared.

    numba refuses to cache at all when neither the package's folder nor the home folder is writable, as on
    some shared servers.
    """
    if config.CACHE_DIR:  # type: ignore[attr-defined]
        return
    candidates = (Path(__file__).parent / "__pycache__", Path.home() / ".cache")
    if any(_writable(folder) for folder in candidates):
        return
    folder = Path(tempfile.gettempdir()) / f"dwmtj-kernels-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    folder.mkdir(mode=0o700, exist_ok=True)
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


_place_cache()


def kernel(function: _F) -> _F:
    """Compile a kernel: no Python lock, IEEE division, sums in the order written."""
    compiled: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return cast(_F, compiled)


def inlined(function: _F) -> _F:
    """Compile a small piece of a kernel into its callers."""
    compiled: Any = numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")(function)
    return cast(_F, compiled)


def reordering_kernel(function: _F) -> _F:
    """Compile a kernel whose sums over devices may be reordered, so that they use the vector unit."""
    compiled: Any = numba.njit(
        cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "nsz", "contract"}
    )(function)
    return cast(_F, compiled)
