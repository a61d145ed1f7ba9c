"""Symbols, chance, distortion, overlap, text and images."""

import io
import itertools
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageOps

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks import checks, images
from dwmtj_widgets.tasks.patterns import (
    DEFAULT_MEMORIES,
    SYMBOLS,
    distort,
    from_png,
    from_text,
    load_pattern,
    overlap,
    random_pattern,
    symbol,
    to_png,
    to_text,
)

REFERENCE_LETTERS = Path(__file__).parents[4] / "shared" / "reference" / "image_recall" / "letters.csv"

seeds = st.integers(0, 2**64 - 1)
bits = st.integers(1, 200).flatmap(lambda n: arrays.arrays(np.uint8, n, elements=st.integers(0, 1)))


@st.composite
def pictures(draw):
    rows, columns = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    return rows, columns, draw(arrays.arrays(np.uint8, rows * columns, elements=st.integers(0, 1)))


def png(image, **options):
    file = io.BytesIO()
    image.save(file, **{"format": "PNG", **options})
    return file.getvalue()


def as_image(pattern):
    return Image.fromarray(pattern.reshape(10, 10) * np.uint8(255))


def assert_one_sentence(error):
    text = str(error.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 300


# -- symbols -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SYMBOLS)
def test_symbol_is_ten_by_ten_and_readable_both_ways(name):
    assert [len(row) for row in SYMBOLS[name].splitlines()] == [10] * 10
    assert to_text(symbol(name)) == SYMBOLS[name]
    assert symbol(name.swapcase()).tolist() == symbol(name).tolist()


def test_there_are_three_memories_and_more_symbols():
    assert len(DEFAULT_MEMORIES) == 3
    assert len(SYMBOLS) >= 9
    assert all(name in SYMBOLS for name in DEFAULT_MEMORIES)


def test_no_two_symbols_look_alike():
    for first, second in itertools.combinations(SYMBOLS, 2):
        assert abs(overlap(symbol(first), symbol(second))) <= 0.65, (first, second)


def test_default_memories_hardly_overlap():
    for first, second in itertools.combinations(DEFAULT_MEMORIES, 2):
        assert abs(overlap(symbol(first), symbol(second))) <= 0.15


def test_symbols_are_not_those_of_the_release():
    if not REFERENCE_LETTERS.exists():
        pytest.skip(f"no reference data in {REFERENCE_LETTERS}")
    for line in REFERENCE_LETTERS.read_text().splitlines()[1:]:
        released = [int(bit) for bit in line.split(",")[1]]
        assert all(abs(overlap(symbol(name), released)) < 0.7 for name in SYMBOLS)


def test_unknown_symbol_is_named_with_those_there_are():
    with pytest.raises(Refused, match=r"no symbol named 'Q'; there are A, J, L, .* smiley\.") as error:
        symbol("Q")
    assert_one_sentence(error)


def test_a_file_without_an_ending_is_read_by_its_content(tmp_path):
    drawn = symbol("J")
    (tmp_path / "text").write_text(to_text(drawn, 10))
    (tmp_path / "picture").write_bytes(to_png(drawn, 10, 10))
    for name in ("text", "picture"):
        assert (load_pattern(tmp_path / name) == drawn).all()
    with pytest.raises(Refused, match="no symbol named"):
        load_pattern(tmp_path / "neither")


# -- chance ------------------------------------------------------------------------------------------------------


@given(st.integers(1, 300), seeds)
def test_random_pattern_is_bits_and_the_same_for_a_seed(size, seed):
    pattern = random_pattern(size, seed)
    assert pattern.shape == (size,)
    assert pattern.dtype == np.uint8
    assert set(pattern.tolist()) <= {0, 1}
    assert pattern.tolist() == random_pattern(size, seed).tolist()


def test_random_pattern_is_fair_and_a_generator_goes_on():
    generator = np.random.default_rng(1)
    first, second = random_pattern(10_000, generator), random_pattern(10_000, generator)
    assert abs(first.mean() - 0.5) < 0.02
    assert abs(overlap(first, second)) < 0.04


@given(bits, st.floats(0, 1), seeds)
def test_distort_flips_exactly_the_share_and_the_same_for_a_seed(pattern, fraction, seed):
    before = pattern.copy()
    distorted = distort(pattern, fraction, seed)
    assert (distorted != pattern).sum() == round(fraction * len(pattern))
    assert distorted.tolist() == distort(pattern, fraction, seed).tolist()
    assert pattern.tolist() == before.tolist()


@given(bits, st.floats(0, 1), st.floats(0, 1), seeds)
def test_more_distortion_with_the_same_seed_keeps_the_flipped_bits(pattern, one, other, seed):
    less, more = sorted((one, other))
    flipped = distort(pattern, less, seed) != pattern
    assert ((distort(pattern, more, seed) != pattern) >= flipped).all()


def test_distortion_depends_on_the_seed_and_reaches_every_bit():
    pattern = symbol("A")
    flipped = [distort(pattern, 0.2, seed) != pattern for seed in range(100)]
    assert len({bytes(row) for row in flipped}) == 100
    assert np.any(flipped, axis=0).all()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: distort([0, 1], -0.1, 0), "fraction is -10%"),
        (lambda: distort([0, 1], 1.1, 0), "fraction is 110%"),
        (lambda: distort([0, 1], float("nan"), 0), "fraction is nan"),
        (lambda: distort([0, 2], 0.1, 0), "holds 2"),
        (lambda: distort([[0, 1]], 0.1, 0), "shape"),
        (lambda: distort([0, 1], 0.1, -1), "seed is -1"),
        (lambda: distort([0, 1], 0.1, 1.5), "seed is 1.5"),
        (lambda: distort([0, 1], 0.1, None), "seed is None"),
        (lambda: random_pattern(0, 0), "size is 0"),
        (lambda: random_pattern(2.5, 0), "size is 2.5"),
        (lambda: random_pattern(10**9, 0), "size is 1000000000"),
        (lambda: random_pattern(10, "a"), "seed is 'a'"),
    ],
)
def test_illegal_chance_is_refused(make, message):
    with pytest.raises(Refused, match=message) as error:
        make()
    assert_one_sentence(error)


# -- overlap -----------------------------------------------------------------------------------------------------


@given(st.data(), bits)
def test_overlap_is_symmetric_and_bounded(data, first):
    second = data.draw(arrays.arrays(np.uint8, len(first), elements=st.integers(0, 1)))
    assert overlap(first, second) == overlap(second, first)
    assert -1.0 <= overlap(first, second) <= 1.0
    assert overlap(first, second) == pytest.approx(-overlap(1 - first, second), abs=1e-15)


@given(bits)
def test_overlap_with_itself_and_its_inverse(pattern):
    assert overlap(pattern, pattern) == 1.0
    assert overlap(pattern, 1 - pattern) == -1.0


def test_overlap_counts_undecided_bits_and_walls_on_their_way():
    assert overlap([1, -1, 0, -1], [1, 1, 0, 0]) == 0.5
    assert overlap([1.0, 0.5, 0.0, 0.75], [1, 1, 0, 0]) == pytest.approx((1 + 0 + 1 - 0.5) / 4)


def test_overlap_is_taken_along_the_last_axis():
    states, memories = np.array([[1, 0], [1, 1], [0, 1]]), np.array([[1, 0], [0, 0]])
    assert overlap(states, memories[0]).tolist() == [1.0, 0.0, -1.0]
    assert overlap(states[:, None], memories).tolist() == [[1.0, 0.0], [0.0, -1.0], [-1.0, 0.0]]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ([0, 1], [0, 1, 1], r"shapes \(2,\) and \(3,\)"),
        ([0, 2], [0, 1], "holds 2"),
        ([0, 1], [0, float("nan")], "second pattern holds nan"),
        ([], [], "shape"),
        (1, 1, "shape"),
        (["a"], [1], "array of numbers"),
    ],
)
def test_illegal_overlap_is_refused(first, second, message):
    with pytest.raises(Refused, match=message) as error:
        overlap(first, second)
    assert_one_sentence(error)


# -- text --------------------------------------------------------------------------------------------------------


@given(pictures())
def test_text_comes_back(picture):
    rows, columns, pattern = picture
    assert from_text(to_text(pattern, columns), rows, columns).tolist() == pattern.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#1X@", [1, 1, 1, 1]),
        (".0 -", [0, 0, 0, 0]),
        ("\n\n#.\n.#\n\n", [1, 0, 0, 1]),
        ("#.\r\n.#\r\n", [1, 0, 0, 1]),
        ("  \n##\n  ", [0, 0, 1, 1, 0, 0]),
    ],
)
def test_text_is_read(text, expected):
    assert from_text(text).tolist() == expected


def test_undecided_bits_are_shown_and_not_read():
    assert to_text([1, -1, 0, 0], 2) == "#?\n.."
    with pytest.raises(Refused, match="Line 1, column 2 holds '\\?'"):
        from_text("#?\n..")


@pytest.mark.parametrize(
    ("text", "size", "message"),
    [
        ("", {}, "empty"),
        ("\n\n", {}, "empty"),
        ("##\n#\n##", {}, "Line 2 ends after column 1; .* 2 columns"),
        ("##\n###", {}, "Line 2 ends after column 3"),
        ("##\n#\t", {}, r"Line 2, column 2 holds '\\t'"),
        ("..\n..\na.", {}, "Line 3, column 1 holds 'a'"),
        ("\n#.\n#x", {}, "Line 3, column 2 holds 'x'"),
        ("##\n##", {"rows": 3}, "line 2 after 2 rows; it needs 3"),
        ("##\n##", {"columns": 3}, "Line 1 ends after column 2; .* 3 columns"),
        ("##", {"columns": 0}, "columns is 0"),
    ],
)
def test_illegal_text_is_refused_with_its_place(text, size, message):
    with pytest.raises(Refused, match=message) as error:
        from_text(text, **size)
    assert_one_sentence(error)


@pytest.mark.parametrize(
    ("pattern", "columns", "message"),
    [
        ([0, 1, 1], 2, r"shape \(3,\) does not fill rows of 2 columns"),
        ([[0, 1]], 2, r"shape \(1, 2\) does not fill"),
        ([0, 3], 2, "bits hold 3"),
        ([0, 1], 0, "columns is 0"),
        (1, 1, r"bits has the shape \(\)"),
    ],
)
def test_what_is_no_picture_is_not_written(pattern, columns, message):
    with pytest.raises(Refused, match=message) as error:
        to_text(pattern, columns)
    assert_one_sentence(error)


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
    path.write_bytes(to_png(symbol("A")) + bytes(checks.MAX_FILE_BYTES))
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
        ("a.txt", b"#" * (checks.MAX_FILE_BYTES + 1), "more than 5,000,000 bytes"),
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
