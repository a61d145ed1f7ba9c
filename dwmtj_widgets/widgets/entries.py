"""ipywidgets' number controls without the kernel's echo of a value to the page that has set it.

When the echo arrives, a held key has moved on, and the echo would set the page back. All labs and views use these
sliders and number fields.
"""

from __future__ import annotations

import ipywidgets
from traitlets import CFloat, CInt


class FloatSlider(ipywidgets.FloatSlider):
    """A slider."""

    value = CFloat(0.0).tag(sync=True, echo_update=False)


class FloatLogSlider(ipywidgets.FloatLogSlider):
    """A slider with a logarithmic scale."""

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
