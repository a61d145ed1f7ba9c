"""Waveforms: their values, their harmonics, phase and period; drawn ones, tables, noise, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal as scipy_signal

from dwmtj_widgets.mtj_rnn import waveform
from dwmtj_widgets.mtj_rnn.signals import KINDS, drawn, harmonic_sum, samples_from_csv, with_noise
from dwmtj_widgets.refusals import Refused

NS = 1e-9
GRID = {"period": 20 * NS, "sample_time": 0.2 * NS}
NAN = float("nan")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("sine", [0.0, np.sqrt(0.5), 1.0, np.sqrt(0.5), 0.0, -np.sqrt(0.5), -1.0, -np.sqrt(0.5)]),
        ("triangle", [0.0, 0.5, 1.0, 0.5, 0.0, -0.5, -1.0, -0.5]),
        ("sawtooth", [0.0, 0.25, 0.5, 0.75, -1.0, -0.75, -0.5, -0.25]),
        ("square", [1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0]),
    ],
)
def test_eight_samples_by_hand(kind: str, values: list[float]) -> None:
    wave = waveform(kind, period=8 * NS, sample_time=NS, periods=2)
    assert wave == pytest.approx(values * 2, rel=0.0, abs=1e-12)


def test_shapes_are_scipys() -> None:
    angle = 2 * np.pi * (np.arange(1000) + 0.5) / 1000
    half = {"period": 1000 * NS, "sample_time": NS, "phase": np.pi / 1000}
    assert waveform("square", **half) == pytest.approx(scipy_signal.square(angle), rel=0.0, abs=1e-9)
    assert waveform("sawtooth", **half) == pytest.approx(
        scipy_signal.sawtooth(angle + np.pi), rel=0.0, abs=1e-9
    )
    assert waveform("triangle", **half) == pytest.approx(
        scipy_signal.sawtooth(angle + np.pi / 2, 0.5), rel=0.0, abs=1e-9
    )


def test_the_two_harmonic_wave_is_what_it_says() -> None:
    wave = waveform("harmonics", **GRID)
    amplitude = np.abs(np.fft.rfft(wave)) / 50
    assert amplitude[2] / amplitude[1] == pytest.approx(0.5, rel=1e-12, abs=0.0)
    assert np.delete(amplitude, [1, 2]).max() < 1e-12
    fine = waveform("harmonics", period=6000 * NS, sample_time=NS)
    assert fine.max() == pytest.approx(1.0, rel=1e-12, abs=0.0)


@given(
    st.sampled_from(KINDS),
    st.integers(4, 300),
    st.integers(1, 5),
    st.floats(-5.0, 5.0),
    st.floats(-10.0, 10.0),
)
def test_every_wave_repeats_scales_and_stays_below_its_peak(
    kind: str, samples: int, periods: int, amplitude: float, phase: float
) -> None:
    grid = {"period": samples * NS, "sample_time": NS, "amplitude": amplitude, "phase": phase}
    one, many = waveform(kind, **grid), waveform(kind, periods=periods, **grid)
    assert many.shape == (samples * periods,)
    assert np.abs(many).max() <= abs(amplitude) * (1.0 + 1e-9)
    if kind not in {"square", "sawtooth"}:  # at a jump one rounding error decides
        assert many == pytest.approx(np.tile(one, periods), rel=0.0, abs=1e-8)


def test_phase_is_in_radians_ahead() -> None:
    for kind in KINDS:
        ahead = waveform(kind, **GRID, phase=np.pi / 2)
        assert ahead == pytest.approx(np.roll(waveform(kind, **GRID), -25), rel=0.0, abs=1e-9), kind


def test_periods_need_not_be_whole() -> None:
    wave = waveform("sine", period=10.5 * NS, sample_time=NS, periods=4)
    assert wave == pytest.approx(np.sin(2 * np.pi * np.arange(42) / 10.5), rel=0.0, abs=1e-12)


def test_sums_of_harmonics() -> None:
    angle = 2 * np.pi * np.arange(200) / 100
    total = harmonic_sum([1.0, 0.0, 0.3], [0.2], **GRID, periods=2, amplitude=2.0)
    expected = 2.0 * (np.sin(angle) + 0.3 * np.sin(3 * angle) + 0.2 * np.cos(angle))
    assert total == pytest.approx(expected, rel=0.0, abs=1e-12)


@given(st.lists(st.floats(-1.0, 1.0), min_size=2, max_size=40))
def test_a_drawn_period_comes_back_on_its_own_grid(samples: list[float]) -> None:
    count = max(len(samples), 4)
    row = np.interp(np.arange(count), np.arange(len(samples)), samples)
    wave = drawn(row, period=count * NS, sample_time=NS, periods=3)
    assert wave == pytest.approx(np.tile(row, 3), rel=0.0, abs=1e-9)


def test_a_drawn_period_is_linear_between_its_samples_and_round_the_end() -> None:
    wave = drawn([0.0, 1.0, 0.0, -1.0], period=8 * NS, sample_time=NS)
    assert wave == pytest.approx([0.0, 0.5, 1.0, 0.5, 0.0, -0.5, -1.0, -0.5], rel=0.0, abs=1e-12)
    sine = np.sin(2 * np.pi * np.arange(1000) / 1000)
    assert drawn(sine, **GRID) == pytest.approx(waveform("sine", **GRID), rel=0.0, abs=1e-5)


@pytest.mark.parametrize(
    ("content", "samples"),
    [
        ("1\n2\n3\n", [1, 2, 3]),
        ("volts\n1\n-2.5e-1\n", [1, -0.25]),
        ("1, 2, 3, 4", [1, 2, 3, 4]),
        (b"\xef\xbb\xbftime,value\r\n0,1\r\n1,2\r\n2,5\r\n", [1, 2, 5]),
        ("\n0,0\n\n1,1\n4,4\n", [0, 2, 4]),
        ("\ufeff1\n2\n", [1, 2]),
        ("1\r2\r3\r", [1, 2, 3]),
        ("# made by hand\n0.5\n# and so on\n1\n", [0.5, 1]),
        ("# time value\n0.0 1.0\n1.0 2.0\n2.0 5.0\n", [1, 2, 5]),
        ("0,0\n0,5\n1,0\n0,5\n", [0.0, 0.5, 1.0, 0.5]),
        ("volts\n-0,5\n0,5\n0,25\n", [-0.5, 0.5, 0.25]),
        ("t;U\n0;0,5\n1;1,5\n", [0.5, 1.5]),
        ("t;U\r0;0,5\r1;1,5\r", [0.5, 1.5]),
        ("0,1\n# so far, so good\n1,2\n2,5\n", [1, 2, 5]),
        ("t;U.V\n0;0.5\n1;1.5\n", [0.5, 1.5]),
        ("t\tU\n0\t0,5\n1\t1,5\n", [0.5, 1.5]),
        ("0.5,\n1,\n", [0.5, 1]),
        ('"0.5"\n"1"\n', [0.5, 1]),
        ("1\n2\n".encode("utf-16"), [1, 2]),
        (b"\xfe\xff" + "1\n2\n".encode("utf-16-be"), [1, 2]),
        (".5\n+1\n1e-1\n", [0.5, 1, 0.1]),
    ],
)
def test_tables(content: str | bytes, samples: list[float]) -> None:
    assert samples_from_csv(content) == pytest.approx(samples, rel=1e-12, abs=0.0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "The table is empty"),
        ("\n \n", "The table is empty"),
        ("value\n", "The table is empty"),
        ("0.5 V\n1\n2\n", "Line 1 .*'V'"),
        ("O.5\n1\n2\n", "Line 1 .*'O.5'"),
        ("0,5 V\n1,5 V\n", "Line 1 .*'5 V'"),
        ("0.5,x\n1,2\n", "Line 1 .*'x'"),
        ("a\nb\n1\n", "Line 2 .*'b'"),
        ("1_0\n2\n", "Line 1 .*'1_0'"),
        ("٣\n1\n", "Line 1 "),
        ("1e999\n2\n", "Line 1 .*too large"),
        ("0;0.5\n1;1,5\n", "Line 2 .*'1,5'"),
        ("time,value\n0,1\n0,2\n", "must increase"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (b"1\x002\x00", "control characters"),
        ("1\nx\n", "Line 2 .*'x'"),
        ("1\nnan\n", "Line 2 .*'nan'"),
        ("a\n1\ninf\n", "Line 3 .*'inf'"),
        ("5\n", "2 to 100,000"),
        ("1\n2,3\n", r"hold \[1, 2\] values"),
        ("1,2,3\n4,5,6\n", r"hold \[3\] values"),
        ("0.5,1\n0.5,2\n", "must increase"),
        ("1\n" * 100_001, "100,000"),
        ("1\n" * 3_000_000, "5,000,000 bytes"),
        (b"\xff\xfe1", "UTF-8"),
        ("1,,2\n", "Line 1 .*''"),
    ],
)
def test_tables_that_are_refused(content: str | bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as caught:
        samples_from_csv(content)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_noise_is_white_seeded_and_as_strong_as_asked() -> None:
    wave = waveform("sine", **GRID, periods=500, amplitude=2.0)
    noisy = with_noise(wave, 0.1, seed=3)
    assert np.array_equal(noisy, with_noise(wave, 0.1, seed=3))
    assert not np.array_equal(noisy, with_noise(wave, 0.1, seed=4))
    noise = noisy - wave
    assert noise.std() == pytest.approx(0.2, rel=0.02, abs=0.0)
    assert abs(np.corrcoef(noise[1:], noise[:-1])[0, 1]) < 0.02
    rng = np.random.default_rng(3)
    assert np.array_equal(with_noise(wave, 0.1, rng), noisy)
    assert not np.array_equal(with_noise(wave, 0.1, rng), noisy)


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: waveform("cosine", **GRID), "kind is 'cosine'"),
        (lambda: waveform("sine", period=0.5 * NS, sample_time=0.2 * NS), "at least 0.8 ns"),
        (lambda: waveform("sine", period=0.0, sample_time=NS), "period is 0 ns"),
        (lambda: waveform("sine", period=NAN, sample_time=NS), "period is nan"),
        (lambda: waveform("sine", period=NS, sample_time=-1.0), "sample_time"),
        (lambda: waveform("sine", **GRID, periods=0), "periods is 0"),
        (lambda: waveform("sine", **GRID, periods=1e-9), "periods"),
        (lambda: waveform("sine", **GRID, periods=1e12), "periods"),
        (lambda: waveform("sine", **GRID, periods=NAN), "periods is nan"),
        (lambda: waveform("sine", **GRID, amplitude=NAN), "amplitude is nan"),
        (lambda: waveform("sine", **GRID, phase=NAN), "phase is nan"),
        (lambda: harmonic_sum([0.0] * 51, **GRID), "harmonic 51"),
        (lambda: harmonic_sum([NAN], **GRID), "sines holds nan"),
        (lambda: drawn([1.0], **GRID), "samples has the shape"),
        (lambda: drawn([1.0, NAN], **GRID), "nan at place 1"),
        (lambda: drawn([[1.0], [2.0]], **GRID), "samples has the shape"),
        (lambda: with_noise([1.0], -0.1), "level"),
        (lambda: with_noise([], 0.1), "signal has the shape"),
    ],
)
def test_an_impossible_signal_gets_one_sentence(attempt: object, words: str) -> None:
    assert callable(attempt)
    with pytest.raises(Refused, match=words) as caught:
        attempt()
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
