"""Patterns: symbols, chance, overlap, and text."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from drawn.pictures import assert_one_sentence, pictures
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.patterns import (
    DEFAULT_MEMORIES,
    SYMBOLS,
    distort,
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
