"""The one formatter: what people see, and the way back to the bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.units import DISPLAY_UNITS, from_shown, quantity, shown, with_minus

READ_OUTS = [
    (8.12e-8, "s", "81.2 ns"),
    (3.6e-9, "J", "3.6 nJ"),
    (1.27e-16, "J s", "127 aJ s"),
    (0.0443, "W", "44.3 mW"),
    (0.1, "V", "100 mV"),
    (5e-5, "A", "50 µA"),
    (20e-9, "m", "20 nm"),
    (50e-18, "m2", "50 nm²"),
    (-5.0, "m/s", "-5 m/s"),
    (8e5, "A/m", "800 kA/m"),
    (2000.0, "ohm", "2000 Ω"),
    (3e-23, "m3", "3e+04 nm³"),
    (0.05, "T", "50 mT"),
    (300.0, "K", "300 K"),
    (6.4e9, "Hz", "6.4 GHz"),
    (3.0, "%", "300%"),
    (0.7, "1", "0.7"),
    (12.0, "", "12"),
    (0.0, "s", "0 ns"),
]


@pytest.mark.parametrize(("value", "unit", "text"), READ_OUTS)
def test_quantities_as_people_read_them(value: float, unit: str, text: str) -> None:
    assert quantity(value, unit) == text


def test_every_display_unit_is_in_the_table_above() -> None:
    assert {unit for _value, unit, _text in READ_OUTS} == set(DISPLAY_UNITS)


@pytest.mark.parametrize(
    ("digits", "decimals", "text"),
    [(4, None, "81.23 ns"), (2, None, "81 ns"), (4, 1, "81.2 ns"), (4, 0, "81 ns"), (2, 3, "81.235 ns")],
)
def test_digits_and_fixed_decimals(digits: int, decimals: int | None, text: str) -> None:
    assert quantity(81.2346e-9, "s", digits=digits, decimals=decimals) == text


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        (100.0, "mV", 0.1),
        (250.0, "mV", 0.25),
        (20.0, "mV", 0.02),
        (16.0, "ns", 16e-9),
        (300.0, "%", 3.0),
        (800.0, "kA/m", 8e5),
    ],
)
def test_typed_numbers_come_back_to_the_bit(number: float, unit: str, value: float) -> None:
    (key,) = [key for key, display in DISPLAY_UNITS.items() if display.symbol == unit]
    assert from_shown(number, key) == value


@given(st.sampled_from(sorted(DISPLAY_UNITS)), st.floats(1e-30, 1e30))
def test_there_and_back(unit: str, value: float) -> None:
    assert from_shown(shown(value, unit), unit) == pytest.approx(value, rel=4 * np.finfo(float).eps, abs=0.0)


def test_unknown_unit_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        quantity(1.0, "parsec")


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("-5 m/s", "−5 m/s"),
        ("soma 20 nm, -.5 m/s", "soma 20 nm, −.5 m/s"),
        ("Goemans-Williamson", "Goemans-Williamson"),
        ("10-20 ns", "10-20 ns"),
        ("1e-9", "1e-9"),
    ],
)
def test_numbers_on_a_page_have_minus_signs(written: str, seen: str) -> None:
    assert with_minus(written) == seen
