"""Runs as films of key frames, computed by the same kernels with numba in Python and as WebAssembly in a page.

`layout` describes the memory of both, `modules` gives access to the WebAssembly, `source` makes films.
"""
