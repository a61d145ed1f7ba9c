"""Small images inside HTML, in the colours of the views."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from dwmtj_widgets.widgets import palette


def image_source(bits: npt.NDArray[np.uint8], rows: int, columns: int) -> str:
    """Return bits of shape (rows * columns,) as the `src` of an <img>: a PNG of one pixel a bit."""
    image = Image.fromarray(bits.reshape(rows, columns).astype(np.uint8), mode="P")
    image.putpalette([int(colour[k : k + 2], 16) for colour in (palette.OFF, palette.ON) for k in (1, 3, 5)])
    buffer = BytesIO()
    image.save(buffer, "PNG", bits=1)
    return "data:image/png;base64," + b64encode(buffer.getvalue()).decode("ascii")
