"""Build the numba kernels as WebAssembly: ``python -m tools.wasm``."""
