"""Compilation of a module's kernels to WebAssembly: numba's LLVM code for wasm32, llvmlite's compiler, LLD's linker.

numba optimises for a processor without extensions. Processor and memory layout are then removed from its code, and
LLVM optimises again for wasm32 with its vectors of 128 bits. No multiplication is fused with an addition and no sum is
reordered (`_jit.kernel`), so a page gets the same bits as Python.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

import llvmlite.binding as llvm

from dwmtj_widgets.engine.layout import Module
from tools.wasm.entries import compiled

TRIPLE: Final = "wasm32-unknown-unknown"
FEATURES: Final = "+bulk-memory,+simd128"
LINKER: Final = "wasm-ld"
STACK: Final = 64 * 1024
# Functions that numba's code calls. The C library's square root is an equally exact machine instruction here. Only
# references to arrays owned by Python are counted; arrays in flat memory have no owner, so nothing is ever freed.
_PROVIDED: Final = """
define double @square_root(double %x) {
  %root = call double @llvm.sqrt.f64(double %x)
  ret double %root
}
declare double @llvm.sqrt.f64(double)
define void @NRT_MemInfo_call_dtor(ptr %info) {
  unreachable
}
"""


def built(module: Module) -> bytes:
    """Return a module as WebAssembly.

    Raises
    ------
    RuntimeError
        If a kernel calls a function that a page does not have.
    """
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(
        cpu="generic", features=FEATURES, opt=3, reloc="static"
    )
    whole = _parsed(_PROVIDED, machine)
    for entry in module.entries.values():
        function = compiled(module, entry)
        part = _parsed(function._library.get_llvm_str(), machine)
        part.get_function(function.native_name).name = entry.name
        whole.link_in(part)
    _keep_only(whole, set(module.entries))
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    llvm.create_pass_builder(machine, options).getModulePassManager().run(
        whole, llvm.create_pass_builder(machine, options)
    )
    if missing := [each.name for each in _declared(whole)]:
        msg = f"the kernels of {module.name} call {', '.join(missing)}, which a page does not have."
        raise RuntimeError(msg)
    return _linked(machine.emit_object(whole), list(module.entries))


def linker_version() -> str:
    """Return the linker's version."""
    done = subprocess.run([LINKER, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _parsed(code: str, machine: Any) -> Any:
    """Return LLVM code as a module for another target machine."""
    code = re.sub(r"^target (datalayout|triple) = .*$", "", code, flags=re.MULTILINE)
    code = re.sub(r'"(target-cpu|target-features|tune-cpu)"="[^"]*"', "", code)
    code = re.sub(r"@sqrt\(", "@square_root(", code)
    part = llvm.parse_assembly(
        f'target datalayout = "{machine.target_data}"\ntarget triple = "{TRIPLE}"\n{code}'
    )
    part.verify()
    return part


def _keep_only(whole: Any, entries: set[str]) -> None:
    """Let the optimiser drop everything that no entry needs; WebAssembly has no symbols with several definitions."""
    for symbol in (*whole.functions, *whole.global_variables):
        if not symbol.is_declaration and symbol.name not in entries:
            symbol.linkage = "internal"


def _declared(whole: Any) -> list[Any]:
    """Return the called functions without definition, except those of LLVM."""
    return [each for each in whole.functions if each.is_declaration and not each.name.startswith("llvm.")]


def _linked(code: bytes, entries: list[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder) / "kernels.o", Path(folder) / "kernels.wasm"
        source.write_bytes(code)
        exports = [f"--export={entry}" for entry in (*entries, "__heap_base")]
        options = ["--no-entry", "--strip-all", "-O2", "-z", f"stack-size={STACK}"]
        subprocess.run([LINKER, *options, *exports, "-o", str(result), str(source)], check=True)
        return result.read_bytes()
