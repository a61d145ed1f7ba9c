"""A module's memory in Python: its blocks as arrays, its kernels as compiled by numba."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.engine.layout import MODULES, Parameter, Record, length


class NativeEngine:
    """A module's kernels and blocks; a page has the same under the same names.

    Parameters
    ----------
    name : str
        Name of the module, as in `layout.MODULES`.
    sizes : mapping of str to int
        Values of the sizes in its shapes.
    """

    def __init__(self, name: str, sizes: Mapping[str, int]) -> None:
        self.module = MODULES[name]
        self.sizes = {size: int(sizes[size]) for size in self.module.sizes}
        self.blocks: dict[str, NDArray[Any]] = {
            block.name: np.zeros([length(size, self.sizes) for size in block.shape], dtype=block.type)
            for block in self.module.blocks.values()
        }

    def call(self, entry: str, **scalars: float) -> int:
        """Call a kernel on the blocks; returns its status, 0 if it has none."""
        called = self.module.entries[entry]
        status = called.kernel(*(self._argument(each, scalars) for each in called.parameters))
        return int(status) if called.returns else 0

    def _argument(self, parameter: Parameter, scalars: Mapping[str, float]) -> Any:
        kind, name = parameter.kind, parameter.name
        if kind == "record":
            return self._record(self.module.records[name])
        if kind == "block":
            return self.blocks[name]
        if kind == "size":
            return self.sizes[name]
        return {"float64": float, "int64": int, "bool": bool}[kind](scalars[name])

    def _record(self, record: Record) -> Any:
        flags = record.make.__annotations__
        fields: list[Any] = []
        for field in record.make._fields:  # type: ignore[attr-defined]
            if field in record.numbers:
                number = float(self.blocks[record.name][record.numbers.index(field)])
                fields.append(number != 0.0 if flags[field] == "bool" else number)
            else:
                block = self.blocks[f"{record.name}_{field}"]
                fields.append(block if block.ndim else block[()])
        return record.make(*fields)
