"""Patterns as images and files."""

import io
import struct
import zlib

import numpy as np
import pytest
from drawn.pictures import assert_one_sentence, pictures
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks import images
from dwmtj_widgets.tasks.files import MAX_FILE_BYTES
from dwmtj_widgets.tasks.patterns import SYMBOLS, from_png, load_pattern, symbol, to_png


def png(image, **options):
    file = io.BytesIO()
    image.save(file, **{"format": "PNG", **options})
    return file.getvalue()


def as_image(pattern):
    return Image.fromarray(pattern.reshape(10, 10) * np.uint8(255))


# -- images ------------------------------------------------------------------------------------------------------


@given(pictures(), st.integers(1, 5))
def test_png_comes_back(picture, scale):
    rows, columns, pattern = picture
    data = to_png(pattern, rows, columns, scale)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (columns * scale, rows * scale)
    assert from_png(data, rows, columns).tolist() == pattern.tolist()


def test_one_is_white():
    with Image.open(io.BytesIO(to_png([1, 0], 1, 2))) as image:
        assert np.asarray(image).tolist() == [[255, 0]]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "PPM", "WEBP"])
@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_common_formats_are_read(kind, mode):
    large = as_image(symbol("heart")).resize((320, 320), Image.Resampling.NEAREST)
    data = png(large.convert(mode), format=kind)
    assert from_png(data).tolist() == symbol("heart").tolist()


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P", "I;16"])
def test_other_modes_are_read(mode):
    image = as_image(symbol("note"))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * np.uint16(257))
        assert image.mode == mode
    else:
        image = image.convert(mode)
    assert from_png(png(image)).tolist() == symbol("note").tolist()


def test_dark_16_bit_grey_stays_dark():
    image = Image.fromarray(np.array([[20_000, 40_000]], dtype=np.uint16))
    assert from_png(png(image), 1, 2).tolist() == [0, 1]


def test_float_brightness_is_taken_from_0_to_1():
    image = Image.fromarray(np.array([[0.2, 0.9, np.nan, 7.0]], dtype=np.float32))
    assert from_png(png(image, format="TIFF"), 1, 4).tolist() == [0, 1, 0, 1]


def test_transparent_is_black():
    pixels = np.zeros((1, 3, 4), dtype=np.uint8)
    pixels[0] = [[255, 255, 255, 0], [255, 255, 255, 255], [0, 0, 0, 255]]
    assert from_png(png(Image.fromarray(pixels)), 1, 3).tolist() == [0, 1, 0]


def test_brightness_is_the_mean_of_a_field_against_the_threshold():
    image = Image.fromarray(np.array([[0, 0, 0, 255]] * 4, dtype=np.uint8))
    assert from_png(png(image), 1, 2).tolist() == [0, 1]
    assert from_png(png(image), 1, 1).tolist() == [0]
    assert from_png(png(image), 1, 1, threshold=0.2).tolist() == [1]


KINDS_OF_MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "WEBP": ("RGB", "RGBA"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "I", "F"),
    "GIF": ("P",),
    "BMP": ("1", "L", "P", "RGB"),
    "PPM": ("1", "L", "RGB", "I;16"),
}
UPRIGHT = ("PNG", "JPEG", "WEBP", "TIFF")
"""Kinds of files that can say how they are to be turned."""
DEPTHS = {"I;16": (np.uint16, 65535), "I": (np.int32, 65535), "F": (np.float32, 1.0)}
CASES = [
    (kind, mode, orientation)
    for kind, modes in KINDS_OF_MODES.items()
    for mode in modes
    for orientation in (range(1, 9) if kind in UPRIGHT else (1,))
]


@pytest.mark.parametrize(("kind", "mode", "orientation"), CASES)
def test_every_kind_mode_and_orientation_is_read_as_pillow_turns_it(kind, mode, orientation):
    """The letter J is like none of its eight turns and reflections, so each is told from the others."""
    large = np.asarray(as_image(symbol("J")).resize((160, 160), Image.Resampling.NEAREST))
    if mode in DEPTHS:
        kept, white = DEPTHS[mode]
        image = Image.fromarray((large / 255.0 * white).astype(kept))
    else:
        image = Image.fromarray(large).convert("RGB").convert(mode)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = png(image, format=kind, **({"exif": exif} if kind in UPRIGHT else {}))
    noted = Image.fromarray(large)
    noted.getexif()[0x0112] = orientation
    right = ImageOps.exif_transpose(noted).resize((10, 10), Image.Resampling.BOX)
    assert from_png(data).tolist() == (np.asarray(right).ravel() >= 128).astype(int).tolist()


@pytest.mark.parametrize("mode", ["L", "P", "RGB", "I;16"])
def test_a_colour_that_is_said_to_be_transparent_is_black(mode):
    grey = np.array([[255, 0], [100, 255]], dtype=np.uint8)
    image = (
        Image.fromarray(grey.astype(np.uint16) * 257)
        if mode == "I;16"
        else Image.fromarray(grey).convert(mode)
    )
    white = {"L": 255, "P": image.getpixel((0, 0)), "RGB": (255, 255, 255), "I;16": 65535}[mode]
    assert from_png(png(image), 2, 2, threshold=0.3).tolist() == [1, 0, 1, 1]
    assert from_png(png(image, transparency=white), 2, 2, threshold=0.3).tolist() == [0, 0, 1, 0]


def test_32_bits_have_the_scale_that_holds_their_values():
    wide = Image.fromarray(np.array([[2**31 - 1, 2**29, 65535, 0]], dtype=np.int32))
    assert from_png(png(wide, format="TIFF"), 1, 4).tolist() == [1, 0, 0, 0]
    narrow = Image.fromarray(np.array([[65535, 40_000, 20_000, 0]], dtype=np.int32))
    assert from_png(png(narrow, format="TIFF"), 1, 4).tolist() == [1, 1, 0, 0]


def test_a_photo_that_lies_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees clockwise
    lying = (
        as_image(symbol("J"))
        .resize((160, 160), Image.Resampling.NEAREST)
        .transpose(Image.Transpose.ROTATE_90)
    )
    assert from_png(png(lying, format="JPEG", exif=exif)).tolist() == symbol("J").tolist()


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_all_kinds_are_read(kind):
    assert from_png(kind(to_png(symbol("A")))).tolist() == symbol("A").tolist()


def test_a_file_is_read_by_its_path(tmp_path):
    path = tmp_path / "a b.png"
    path.write_bytes(to_png(symbol("A"), scale=8))
    assert from_png(path).tolist() == from_png(str(path)).tolist() == symbol("A").tolist()


def huge_png(width, height):
    """Return a PNG that says it is huge, with nearly no data."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


@pytest.mark.parametrize("size", [(5000, 4001), (10_000, 10_000), (30_000, 30_000)])
def test_a_huge_image_is_refused_before_it_is_decoded(size, monkeypatch):
    monkeypatch.setattr(images, "_reduced", lambda *_: pytest.fail("decoded"))
    with pytest.raises(Refused, match="more than 20,000,000 pixels") as error:
        from_png(huge_png(*size))
    assert_one_sentence(error)


def test_a_large_file_is_refused(tmp_path):
    path = tmp_path / "large.png"
    path.write_bytes(to_png(symbol("A")) + bytes(MAX_FILE_BYTES))
    for source in (path, path.read_bytes()):
        with pytest.raises(Refused, match="more than 5,000,000 bytes") as error:
            from_png(source)
        assert_one_sentence(error)


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\x89PNG\r\n\x1a\n",
        to_png(symbol("A"), scale=20)[:80],
        huge_png(10, 0),
        huge_png(100, 100),
        EPS,
    ],
    ids=["empty", "text", "signature", "truncated", "flat", "without pixels", "EPS"],
)
def test_broken_data_is_refused_in_one_sentence(data):
    with pytest.raises(Refused, match="The data cannot be read as an image") as error:
        from_png(data)
    assert_one_sentence(error)


@given(st.binary(max_size=60), st.integers(0, 200))
def test_damaged_data_never_does_anything_but_a_sentence(noise, place):
    good = to_png(symbol("smiley"), scale=4)
    damaged = good[:place] + noise + good[place + len(noise) :]
    try:
        found = from_png(damaged)
    except Refused as error:
        found = str(error)
    assert found.endswith(".") if isinstance(found, str) else found.shape == (100,)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": 1.5}, "threshold is 1.5"),
        ({"threshold": float("nan")}, "threshold is nan"),
        ({"rows": 0}, "rows is 0"),
        ({"columns": 10_000}, "columns is 10000"),
        ({"rows": 2.5}, "rows is 2.5"),
    ],
)
def test_illegal_reading_options_are_refused(options, message):
    with pytest.raises(Refused, match=message) as error:
        from_png(to_png(symbol("A")), **options)
    assert_one_sentence(error)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0, 1], 1, 3), "shape"),
        (([0, 2], 1, 2), "holds 2"),
        (([0, 1], 1, 2, 0), "scale is 0"),
        (([0] * 1000, 10, 100, 1000), "more than 20,000,000 pixels"),
    ],
)
def test_illegal_writing_is_refused(arguments, message):
    with pytest.raises(Refused, match=message) as error:
        to_png(*arguments)
    assert_one_sentence(error)


# -- names and files ---------------------------------------------------------------------------------------------


def test_a_pattern_is_found_by_name_text_file_or_image(tmp_path):
    text, image = tmp_path / "x.TXT", tmp_path / "x.bmp"
    text.write_text("\ufeff" + SYMBOLS["X"] + "\n", encoding="utf-8")
    as_image(symbol("X")).save(image)
    for source in ("x", "X", text, str(text), image):
        assert load_pattern(source).tolist() == symbol("X").tolist()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", None, "There is no file"),
        ("a.txt", None, "There is no file"),
        ("a.png", b"no image", "a.png' cannot be read as an image"),
        ("a.txt", b"\xff\xfe\x00", "not a text file"),
        ("a.txt", b"##\n##\n", "needs 10 columns"),
        ("a.txt", b"#" * (MAX_FILE_BYTES + 1), "more than 5,000,000 bytes"),
    ],
)
def test_illegal_files_are_refused(tmp_path, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused, match=message) as error:
        load_pattern(path)
    assert str(error.value).endswith(".")


def test_a_folder_is_no_file_and_a_symbol_has_one_size(tmp_path):
    folder = tmp_path / "folder.png"
    folder.mkdir()
    with pytest.raises(Refused, match="There is no file"):
        load_pattern(folder)
    with pytest.raises(Refused, match="10 x 10 bits"):
        load_pattern("A", 8, 8)
