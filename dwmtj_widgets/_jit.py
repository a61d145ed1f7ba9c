"""Compilation of kernels: once for this machine, cached on disk, callable without Python's lock."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import logging
import os
import pickle
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from numba.core import config
from numba.core.caching import FunctionCache, IndexDataCacheFile

_F = TypeVar("_F", bound=Callable[..., Any])
_MARK: Final = b"sha256:"

damaged: list[str] = []
"""A sentence about each damaged file that this process found in the cache."""


def _place_cache() -> bool:
    """Point numba's cache to a writable folder before the first kernel is declared; False if there is none.

    numba tries the package's folder and the home folder, and refuses to declare a kernel if neither is writable.
    For a user without a home folder it makes a folder named "~" in the current one.
    """
    chosen = config.CACHE_DIR  # type: ignore[attr-defined]
    if chosen and _writable(Path(chosen)):
        return True
    if _writable(Path(__file__).parent / "__pycache__"):
        return True
    folder = next(filter(_writable, _home_caches()), None) or _temporary_cache()
    if folder is None:
        return False
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return True


def _home_caches() -> Iterator[Path]:
    if named := os.environ.get("XDG_CACHE_HOME"):
        yield Path(named) / "numba"
    with contextlib.suppress(RuntimeError):  # neither HOME nor an entry for this user
        yield Path.home() / ".cache" / "numba"


def _temporary_cache() -> Path | None:
    """Return a folder for kernels that only this user can write, because its files are executed."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    try:
        folder = Path(tempfile.gettempdir()) / f"dwmtj-kernels-{user}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _only_ours(folder):
            folder = Path(tempfile.mkdtemp(prefix="dwmtj-kernels-"))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
    except OSError:
        return None
    return folder


def _only_ours(folder: Path) -> bool:
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode):
        return False
    # Windows has no such owners and modes; its temporary folder belongs to the user.
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


class _CheckedFile(IndexDataCacheFile):
    """Files of one kernel with a checksum at their end, verified before their machine code is run.

    numba, which stops at the end of the pickle, can read them too, and files without a checksum are accepted.
    """

    def _dump(self, content: Any) -> bytes:
        data: bytes = super()._dump(content)
        return data + _checksum(data)

    def _load_data(self, name: str) -> Any:
        data = Path(self._data_path(name)).read_bytes()
        content, mark, _ = data.rpartition(_MARK)
        if mark and content + _checksum(content) != data:
            raise ValueError("its checksum differs")
        return pickle.loads(data)


def _checksum(data: bytes) -> bytes:
    return _MARK + hashlib.sha256(data).digest()


class _CheckedCache(FunctionCache):
    """A cache that recompiles kernels whose files are damaged, for instance after a full disk or a power failure."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        inner = self._cache_file
        base = inner._index_name.removesuffix(".nbi")
        self._cache_file = _CheckedFile(inner._cache_path, base, inner._source_stamp)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the compiled kernel, None if it is missing or damaged."""
        try:
            return super().load_overload(sig, target_context)
        except Exception as error:  # invalid pickles raise all kinds of errors
            self._drop(error)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Store a compiled kernel; if the disk is full, it is compiled again next time."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            logging.getLogger(__name__).warning(
                "A compiled kernel could not be kept in %s (%s).", self.cache_path, error
            )

    def verify(self) -> None:
        """Drop damaged files without running any."""
        try:
            for name in self._cache_file._load_index().values():
                with contextlib.suppress(FileNotFoundError):
                    self._cache_file._load_data(name)
        except Exception as error:
            self._drop(error)

    def _drop(self, error: Exception) -> None:
        name = self._py_func.__name__
        damaged.append(
            f"The compiled kernel {name} in {self.cache_path} is damaged ({error}); it is compiled again."
        )
        logging.getLogger(__name__).warning(damaged[-1])
        try:
            self.flush()
        except OSError:  # a read-only folder
            self.disable()


_CACHED = _place_cache()


def _compiled(function: _F, **options: Any) -> _F:
    kernel: Any = numba.njit(nogil=True, error_model="numpy", **options)(function)
    if _CACHED and hasattr(kernel, "enable_caching"):  # a plain function if numba is switched off
        kernel._cache = _CheckedCache(function)
    return cast(_F, kernel)


def verify(kernels: Iterable[Any]) -> list[str]:
    """Check the files of these kernels, drop damaged ones, and return a sentence about each."""
    for each in kernels:
        if isinstance(cache := getattr(each, "_cache", None), _CheckedCache):
            cache.verify()
    return damaged


def kernel(function: _F) -> _F:
    """Compile a kernel: no Python lock, IEEE division, sums in the written order, no fused operations.

    It gives the same bits on every machine, and as WebAssembly in a page.
    """
    return _compiled(function)


def inlined(function: _F) -> _F:
    """Compile a small function into the kernels that call it."""
    return _compiled(function, inline="always")
