"""A run as a film of key frames, computed by the kernels: here by numba, in a page by the same kernels as WebAssembly.

`layout` describes the memory of both, `modules` has the WebAssembly, `source` makes films.
"""
