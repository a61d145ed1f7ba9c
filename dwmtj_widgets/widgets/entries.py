"""ipywidgets' own number controls, whose value the kernel does not say back to the page that has set it.

By the time it would arrive, a held key has moved on, and the echo would set the page back. Every lab and view makes its
sliders and number fields from these.
"""

from __future__ import annotations

import ipywidgets
from traitlets import CFloat, CInt


class FloatSlider(ipywidgets.FloatSlider):
    """A slider."""

    value = CFloat(0.0).tag(sync=True, echo_update=False)


class FloatLogSlider(ipywidgets.FloatLogSlider):
    """A slider whose scale is a logarithm."""

    value = CFloat(1.0).tag(sync=True, echo_update=False)


class IntText(ipywidgets.IntText):
    """A field for a whole number."""

    value = CInt(0).tag(sync=True, echo_update=False)


class BoundedIntText(ipywidgets.BoundedIntText):
    """A field for a whole number in a range."""

    value = CInt(0).tag(sync=True, echo_update=False)


class FloatText(ipywidgets.FloatText):
    """A field for a number."""

    value = CFloat(0.0).tag(sync=True, echo_update=False)
