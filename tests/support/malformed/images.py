"""Malformed images, and unusual ones that are whole."""

import gzip
import io
import struct
import zlib

import numpy as np
from PIL import Image

from dwmtj_widgets.tasks.files import MAX_FILE_BYTES


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, color: int = 0) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def pixels(content: bytes) -> bytes:
    return chunk(b"IDAT", zlib.compress(content))


NOISE = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
PICTURE = Image.fromarray(NOISE)
KINDS = {kind: saved(PICTURE, kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")}
FILM = saved(PICTURE, "GIF", save_all=True, append_images=[PICTURE.rotate(90)])
NO_IMAGE, TOO_LARGE = "cannot be read as an image", "more than 20,000,000 pixels"
IMAGES = {
    "empty": (b"", NO_IMAGE),
    "one byte": (b"\x89", NO_IMAGE),
    "NULs": (b"\0" * 10_000, NO_IMAGE),
    "noise": (NOISE.tobytes(), NO_IMAGE),
    "prose": (b"this is no picture", NO_IMAGE),
    **{
        f"{kind} without its end": (content[: len(content) // 2], NO_IMAGE) for kind, content in KINDS.items()
    },
    **{f"{kind} of 12 bytes": (content[:12], NO_IMAGE) for kind, content in KINDS.items()},
    "GIF film cut in its first picture": (FILM[:400], NO_IMAGE),
    "GIF of 1 x 60,000 without pixels": (b"GIF89a" + struct.pack("<HH", 1, 60_000) + b"\0\0\0", NO_IMAGE),
    "GIF of 65,535 x 65,535": (
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0)
        + b","
        + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
        + b"\x02\x02D\x01\0;",
        TOO_LARGE,
    ),
    "PNG of its mark alone": (b"\x89PNG\r\n\x1a\n", NO_IMAGE),
    "PNG sent as text": (KINDS["PNG"].replace(b"\r\n", b"\n", 1), NO_IMAGE),
    "PNG after an empty line": (b"\n" + KINDS["PNG"], NO_IMAGE),
    "PNG with a wrong checksum": (KINDS["PNG"][:29] + b"\0\0\0\0" + KINDS["PNG"][33:], NO_IMAGE),
    "PNG without pixels": (png(10, 10), NO_IMAGE),
    "PNG of no width": (png(0, 10, pixels(b"")), NO_IMAGE),
    "PNG with too few pixels": (png(100, 100, pixels(b"\0" * 50)), NO_IMAGE),
    "PNG whose pixels are noise": (png(10, 10, chunk(b"IDAT", b"noise" * 20)), NO_IMAGE),
    "PNG of an unknown colour": (png(10, 10, pixels(b"\0" * 110), color=5), NO_IMAGE),
    "PNG of 3 bits": (png(10, 10, pixels(b"\0" * 110), depth=3), NO_IMAGE),
    "PNG of 50,000 x 50,000": (png(50_000, 50_000, pixels(b"\0" * 1000)), TOO_LARGE),
    "PNG of 2,147,483,647 x 2,147,483,647": (png(2**31 - 1, 2**31 - 1, pixels(b"\0" * 1000)), TOO_LARGE),
    "PNG just above the limit, whole": (png(5000, 4001, pixels(b"\0" * 4001 * 5001)), TOO_LARGE),
    "PNG with a text of 50 MB": (
        png(10, 10, chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * 50_000_000)), pixels(b"\0" * 110)),
        NO_IMAGE,
    ),
    "BMP of 100,000 x 100,000": (
        KINDS["BMP"][:18] + struct.pack("<ii", 100_000, 100_000) + KINDS["BMP"][26:],
        TOO_LARGE,
    ),
    "BMP of negative width": (KINDS["BMP"][:18] + struct.pack("<i", -40) + KINDS["BMP"][22:], TOO_LARGE),
    "TIFF whose directory lies outside": (b"II*\0" + struct.pack("<I", 10**9) + b"\0" * 50, NO_IMAGE),
    "TIFF whose directory is itself": (b"II*\0" + struct.pack("<I", 0) + b"\0" * 50, NO_IMAGE),
    "PPM of 90,000 x 90,000": (b"P6 90000 90000 255\n" + b"\0" * 100, TOO_LARGE),
    "PPM of negative size": (b"P6 -10 10 255\n" + b"\0" * 300, NO_IMAGE),
    "PPM in letters": (b"P3 ten ten 255\n", NO_IMAGE),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NO_IMAGE),
    "SVG behind the mark of a PNG": (b"\x89PNG\r\n\x1a\n<svg/>", NO_IMAGE),
    "web page": (b"<!DOCTYPE html><html><body>404</body></html>", NO_IMAGE),
    "PDF": (b"%PDF-1.7\n1 0 obj\n", NO_IMAGE),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", NO_IMAGE),
    "PSD": (b"8BPS\0\1" + b"\0" * 6 + struct.pack(">HIIHH", 3, 10, 10, 8, 3) + b"\0" * 400, NO_IMAGE),
    "ICNS": (b"icns" + struct.pack(">I", 100) + b"ic07" + b"\0" * 92, NO_IMAGE),
    "ICO": (saved(PICTURE, "ICO"), NO_IMAGE),
    "TGA": (saved(PICTURE, "TGA"), NO_IMAGE),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 100, NO_IMAGE),
    "AVIF": (b"\0\0\0 ftypavif" + b"\0" * 100, NO_IMAGE),
    "ZIP": (b"PK\3\4" + b"\0" * 100, NO_IMAGE),
    "gzip of a PNG": (gzip.compress(KINDS["PNG"]), NO_IMAGE),
    "5 MB and a byte": (KINDS["PNG"] + b"\0" * MAX_FILE_BYTES, "more than 5,000,000 bytes"),
}
HALVES = np.repeat([255] * 5 + [0] * 5, 4)[:, None].repeat(40, axis=1).astype(np.uint8)
"""40 x 40 pixels, the upper half white."""
WHITE = Image.fromarray(HALVES)
CLEAR = Image.merge("RGBA", [Image.new("L", (40, 40), 255)] * 3 + [WHITE])
ROWS = b"".join(b"\0" + row.astype(">u2").tobytes() for row in HALVES.astype(np.uint16) * 257)
LEGAL = {
    "1 bit": saved(WHITE.convert("1"), "PNG"),
    "palette": saved(WHITE.convert("P"), "PNG"),
    "palette with a transparent colour": saved(CLEAR.quantize(4), "PNG"),
    "grey and alpha": saved(CLEAR.convert("LA"), "PNG"),
    "alpha": saved(CLEAR, "PNG"),
    "16 bits": png(40, 40, pixels(ROWS), depth=16),
    "CMYK": saved(WHITE.convert("CMYK"), "JPEG", quality=95),
    "grey JPEG": saved(WHITE, "JPEG", quality=95),
    "16 bits in TIFF": saved(Image.fromarray(HALVES.astype(np.uint16) * 257), "TIFF"),
    "film": saved(WHITE, "GIF", save_all=True, append_images=[WHITE.rotate(90)]),
    "moving PNG": saved(WHITE, "PNG", save_all=True, append_images=[WHITE.rotate(90)]),
    "WebP without loss": saved(WHITE.convert("RGB"), "WEBP", lossless=True),
    "1 x 60,000": saved(WHITE.resize((1, 60_000), Image.Resampling.NEAREST), "GIF"),
    "one row": saved(WHITE.resize((1, 10), Image.Resampling.NEAREST), "PNG"),
    "bytes behind the end": saved(WHITE, "PNG") + b"more",
}
