"""Compiled entries of a module: they make the kernel's records from flat memory and call the kernel."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba import carray, types

from dwmtj_widgets.engine.layout import Block, Entry, Module, Record, flat_arguments

_ADDRESSED = {
    "float64": types.float64,
    "int64": types.int64,
    "uint64": types.uint64,
    "int8": types.int8,
    "uint8": types.uint8,
    "bool": types.boolean,
}
# 64-bit integers are slow in a page, so sizes and counts have 32 bits.
_PASSED = {"size": types.int32, "int64": types.int32, "bool": types.int32, "float64": types.float64}


def compiled(module: Module, entry: Entry) -> Any:
    """Return the entry as a function of C, compiled by numba."""
    source = entry_source(module, entry)
    names: dict[str, Any] = {"carray": carray, "np": np, "kernel": entry.kernel}
    names.update({f"make_{record.name}": record.make for record in module.records.values()})
    exec(compile(source, f"<{module.name}.{entry.name}>", "exec"), names)
    signature = types.int32(
        *(
            types.CPointer(_ADDRESSED[module.blocks[name].type]) if kind == "block" else _PASSED[kind]
            for name, kind in flat_arguments(module, entry)
        )
    )
    return numba.cfunc(signature)(names[entry.name])


def entry_source(module: Module, entry: Entry) -> str:
    """Return the entry in Python."""
    names = [name for name, _kind in flat_arguments(module, entry)]
    made = [_argument(module, parameter.name, parameter.kind) for parameter in entry.parameters]
    lines = [f"def {entry.name}({', '.join(names)}):"]
    call = f"kernel({', '.join(made)})"
    lines += [f"    return np.int32({call})"] if entry.returns else [f"    {call}", "    return 0"]
    return "\n".join(lines) + "\n"


def _argument(module: Module, name: str, kind: str) -> str:
    if kind == "record":
        record = module.records[name]
        fields = ", ".join(_field(module, record, field) for field in record.make._fields)
        return f"make_{name}({fields})"
    if kind == "block":
        return _array(module.blocks[name])
    return {"float64": name, "size": name, "int64": f"np.int64({name})", "bool": f"({name} != 0)"}[kind]


def _field(module: Module, record: Record, field: str) -> str:
    if field in record.numbers:
        number = f"carray({record.name}, ({len(record.numbers)},))[{record.numbers.index(field)}]"
        return f"({number} != 0.0)" if record.make.__annotations__[field] == "bool" else number
    block = module.blocks[f"{record.name}_{field}"]
    return _array(block) if block.shape else f"carray({block.name}, (1,))[0]"


def _array(block: Block) -> str:
    return f"carray({block.name}, ({''.join(f'{size}, ' for size in block.shape)}))"
