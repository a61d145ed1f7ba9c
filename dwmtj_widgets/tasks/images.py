"""Patterns as image files. Files from outside are bounded before they are decoded."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageOps

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.files import MAX_FILE_BYTES, file_content

MAX_PIXELS: Final = 20_000_000

# Raster formats that Pillow reads by itself. For others it runs foreign programs (Ghostscript for EPS).
_FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")

_TOO_LARGE: Final = (
    "{name} needs more memory than there is; make the picture smaller, or close other programs."
)


def from_png(
    source: bytes | bytearray | memoryview | str | Path,
    rows: int = 10,
    columns: int = 10,
    threshold: float = 0.5,
) -> NDArray[np.uint8]:
    """Reduce an image to bits, shape (rows * columns,): bright is 1.

    The image (PNG, JPEG, GIF, BMP, WebP, TIFF or PPM; the first frame of several) is rotated as its metadata say,
    laid over black, so that transparent pixels are 0, made grey, and divided into rows and columns. A bit is 1 where
    the mean brightness of its field reaches the threshold. An image of another aspect ratio is stretched.

    Parameters
    ----------
    source : bytes or path
        The file's content or its path; at most 5 MB and 20 megapixels.
    rows, columns : int
        Size of the pattern.
    threshold : float
        Brightness from 0 (black) to 1 (white).

    Raises
    ------
    Refused
        If there is no such file, it is too large or no image, or another value is illegal.
    """
    shape = (validation.whole(columns, "columns", 1, 1000), validation.whole(rows, "rows", 1, 1000))
    level = validation.within(threshold, "threshold", 0.0, 1.0)
    data = file_content(Path(source)) if isinstance(source, str | Path) else bytes(source)
    validation.not_above(len(data), MAX_FILE_BYTES, "The image", "bytes")
    name = repr(str(source)) if isinstance(source, str | Path) else "The data"
    not_an_image = f"{name} cannot be read as an image; give a whole {', '.join(_FORMATS[:-1])} or PPM file."
    with warnings.catch_warnings():
        # Pillow warns of odd files and of large ones, which are read or refused here, so its warnings are ignored.
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            pixels = image.width * image.height
        except Image.DecompressionBombError:
            pixels = MAX_PIXELS + 1
        except MemoryError as exc:
            raise Refused(_TOO_LARGE.format(name=name)) from exc
        except Exception as exc:  # Pillow's readers raise all kinds of exceptions on broken data
            raise Refused(not_an_image) from exc
        validation.not_above(pixels, MAX_PIXELS, "The image", "pixels")
        try:
            brightness = _reduced(image, shape)
        except MemoryError as exc:
            raise Refused(_TOO_LARGE.format(name=name)) from exc
        except Exception as exc:  # as above
            raise Refused(not_an_image) from exc
    return (brightness.ravel() >= level).astype(np.uint8)


def to_png(pattern: ArrayLike, rows: int = 10, columns: int = 10, scale: int = 1) -> bytes:
    """Return a pattern, shape (rows * columns,), as a PNG file: 1 is white, `scale` pixels a side for each bit.

    Raises
    ------
    Refused
        If the pattern is not rows x columns bits, or the image would have more pixels than `from_png` reads.
    """
    height, width = validation.whole(rows, "rows", 1, 1000), validation.whole(columns, "columns", 1, 1000)
    side = validation.whole(scale, "scale", 1, 1000)
    validation.not_above(height * width * side * side, MAX_PIXELS, "The image", "pixels")
    bits = validation.bit_pattern(pattern, height * width)
    grey = np.where(bits.reshape(height, width), np.uint8(255), np.uint8(0))
    file = io.BytesIO()
    Image.fromarray(grey.repeat(side, axis=0).repeat(side, axis=1)).save(file, "PNG")
    return file.getvalue()


def _reduced(image: Image.Image, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return the mean brightness, 0 to 1, of each field of the image, shape (rows, columns)."""
    image.load()
    # A photo's orientation may be given in its metadata.
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode == "F" or image.mode.startswith("I"):
        deep = Image.fromarray(_deep_grey(image).astype(np.float32))
        return np.asarray(deep.resize(shape, Image.Resampling.BOX), dtype=np.float64)
    mode = "RGBA" if image.has_transparency_data else "L"
    small = image.convert(mode).resize(shape, Image.Resampling.BOX)
    if mode == "RGBA":
        small = Image.alpha_composite(Image.new("RGBA", shape, "black"), small).convert("L")
    return np.asarray(small, dtype=np.float64) / 255.0


def _deep_grey(image: Image.Image) -> NDArray[np.float64]:
    """Return the brightness, 0 to 1, of a grey image of more than 8 bits, which Pillow would clip at 255."""
    values = np.asarray(image).astype(np.float64)
    # Images of 32 bits often hold 16-bit values; the file does not say so.
    whole = 65535.0 if values.max(initial=0.0) <= 65535.0 else 2.0**31 - 1.0
    white = 1.0 if image.mode == "F" else whole
    grey = (np.nan_to_num(values, nan=0.0, posinf=white, neginf=0.0) / white).clip(0.0, 1.0)
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey[values == transparent] = 0.0
    return grey
