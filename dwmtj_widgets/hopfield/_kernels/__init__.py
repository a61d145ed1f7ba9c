"""The compiled part: arrays and floats in, arrays filled, a status out. The only place that knows numba."""
