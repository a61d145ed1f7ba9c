"""Write the package's WebAssembly modules, or check them.

python -m tools.wasm            build the modules whose kernels changed; needs wasm-ld (Debian: lld)
python -m tools.wasm --check    fail if a kernel changed since they were built; needs no linker
python -m tools.wasm --rebuild  build all anew, and fail if they are not those of the package, byte for byte
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from time import perf_counter
from typing import Any, Final

from dwmtj_widgets.engine.modules import DESCRIPTION, FOLDER, description, module_bytes
from tools.wasm.sources import digest

COMMAND: Final = "python -m tools.wasm"
# numba reads these when it is imported: a processor without extensions.
COMPILER: Final = {"NUMBA_OPT": "3", "NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}


def main() -> int:
    parser = argparse.ArgumentParser(COMMAND, description="The numba kernels as WebAssembly.")
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--check", action="store_true", help="fail if a kernel changed since the modules were built"
    )
    group.add_argument(
        "--rebuild", action="store_true", help="build all, and fail if the package has other modules"
    )
    asked = parser.parse_args()
    if asked.check:
        return _say(stale())
    if COMPILER.items() <= os.environ.items():
        return _say(differences()) if asked.rebuild else build()
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, **COMPILER, "NUMBA_CACHE_DIR": cache}
        command = [sys.executable, "-m", "tools.wasm", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode


def build() -> int:
    """Write the description and every module whose kernels have changed."""
    from dwmtj_widgets.engine.layout import MODULES

    kept = description() if DESCRIPTION.is_file() else {"made_by": None, "modules": {}}
    versions = made_by()
    modules: dict[str, Any] = {}
    for name in MODULES:
        modules[name] = described_module(name)
        old = kept["modules"].get(name, {})
        if kept["made_by"] == versions and old == modules[name] | {"sha256": old.get("sha256")}:
            modules[name] = old
            continue
        code = _built(name)
        (FOLDER / f"{name}.wasm").write_bytes(code)
        modules[name]["sha256"] = hashlib.sha256(code).hexdigest()
    whole = {"made_by": versions, **described_modules(), "modules": modules}
    DESCRIPTION.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    return 0


def _built(name: str) -> bytes:
    from dwmtj_widgets.engine.layout import MODULES
    from tools.wasm.build import built

    start = perf_counter()
    code = built(MODULES[name])
    print(f"{name}.wasm: {len(code)} bytes, {perf_counter() - start:.1f} s", flush=True)
    return code


def described_modules() -> dict[str, Any]:
    """Return the description of all modules for the page."""
    from dwmtj_widgets.engine.layout import ALIGNMENT, STATUSES

    return {"alignment": ALIGNMENT, "statuses": STATUSES}


def described_module(name: str) -> dict[str, Any]:
    """Return the description of a module for the page, with the digest of its kernels."""
    from dwmtj_widgets.engine.layout import MODULES, described

    return {"sources": digest(name), **described(MODULES[name])}


def made_by() -> dict[str, str]:
    """Return the versions of all tools that affect the bytes of a module."""
    import llvmlite
    import llvmlite.binding
    import numba

    from tools.wasm.build import linker_version

    return {
        "python": ".".join(platform.python_version_tuple()[:2]),
        "numba": numba.__version__,
        "llvmlite": llvmlite.__version__,
        "llvm": ".".join(map(str, llvmlite.binding.llvm_version_info)),
        "linker": linker_version(),
    }


def stale() -> list[str]:
    """Return the faults of the package's modules that can be found without building them."""
    from dwmtj_widgets.engine.layout import MODULES

    found = []
    kept = description()
    if any(kept.get(name) != value for name, value in described_modules().items()):
        found.append(f"engine.json has other statuses or another alignment; {COMMAND} writes it.")
    for name in MODULES:
        old, now = kept["modules"].get(name, {}), described_module(name)
        if old.get("sources") != now["sources"]:
            found.append(f"the kernels of {name} changed since {name}.wasm was built; {COMMAND} builds it.")
        elif old != now | {"sha256": hashlib.sha256(module_bytes(name)).hexdigest()}:
            found.append(
                f"engine.json describes another {name}.wasm or another memory of it; {COMMAND} makes both."
            )
    return found


def differences() -> list[str]:
    """Build all modules, and return their differences from the package's."""
    from dwmtj_widgets.engine.layout import MODULES

    kept, now = description()["made_by"], made_by()
    changed = [f"{name} {kept.get(name)} -> {now[name]}" for name in now if kept.get(name) != now[name]]
    built = {name: _built(name) for name in MODULES}
    if changed:
        print(
            f"The modules were made by other versions ({', '.join(changed)}); their bytes are not compared."
        )
        return []
    return [
        f"{name}.wasm is not what its kernels give; {COMMAND} builds it."
        for name, code in built.items()
        if module_bytes(name) != code
    ]


def _say(found: list[str]) -> int:
    """Print the faults; returns 1 if there are any."""
    print("\n".join(found) or "The modules are those of the kernels.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
