"""Compiled kernels: they take arrays and floats, fill arrays and return a status."""
