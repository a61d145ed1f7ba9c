"""The waveform of the Signal Lab: its shapes, its range, and how well an output matches it."""

import numpy as np
import pytest
from session_states import ZIGZAG

from dwmtj_widgets.mtj_rnn import waveform
from dwmtj_widgets.mtj_rnn.measures import quality
from dwmtj_widgets.mtj_rnn.signals import drawn
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.wave import POINTS, SAMPLE_TIME, Wave, match

NS = 1e-9


@pytest.mark.parametrize("kind", ["sine", "square", "harmonics"])
@pytest.mark.parametrize("period", [20 * NS, 7.3 * NS])
def test_wave_is_the_engines_signal_piece_by_piece(kind: str, period: float) -> None:
    wave = Wave(kind, period, 0.7)
    whole = waveform(
        kind, period=period, sample_time=SAMPLE_TIME, periods=500 / wave.per_period, amplitude=0.7
    )
    np.testing.assert_array_equal(wave.row(500), whole)
    np.testing.assert_array_equal(wave.row(123), whole[:123])


def test_drawn_wave_keeps_what_fits_into_an_address() -> None:
    wave = Wave.of_samples(ZIGZAG / 3.0, 20 * NS, 2.0)
    np.testing.assert_allclose(wave.one_period, 2.0 * ZIGZAG / 3.0, rtol=0, atol=1.01e-4)
    expected = drawn(wave.samples, period=20 * NS, sample_time=SAMPLE_TIME, periods=3, amplitude=2.0)
    np.testing.assert_array_equal(wave.row(300), expected)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Wave("sine", 0.7 * NS), "at least 0.8 ns"),
        (lambda: Wave("sine", float("nan")), "period"),
        (lambda: Wave("noise"), "'noise'"),
        (lambda: Wave("sine", 20 * NS, -1.0), "Amplitude"),
        (lambda: Wave("drawn"), "drawn"),
        (lambda: Wave.of_samples([0.0, 1.0], 20 * NS, 1.0), "100 numbers"),
        (lambda: Wave.of_samples([2.0] * POINTS, 20 * NS, 1.0), "100 numbers"),
        (lambda: Wave.from_csv(b"1\nnan\n2\n", 20 * NS, 1.0), "finite"),
        (lambda: Wave.from_csv(b"0\n0\n0\n", 20 * NS, 1.0), "zeros"),
        (lambda: Wave.from_csv(b"", 20 * NS, 1.0), "empty"),
        (lambda: Wave.from_csv(b"1\n" * 3_000_000, 20 * NS, 1.0), "bytes"),
    ],
)
def test_impossible_waves_are_refused_in_a_sentence(make, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        make()
    assert str(refused.value).rstrip().endswith(".")


def test_table_of_one_period_is_scaled_to_its_peak() -> None:
    samples = 5.0 * np.sin(2.0 * np.pi * np.arange(400) / 400)
    content = "\n".join(f"{k * 0.05},{value:.9f}" for k, value in enumerate(samples)).encode()
    wave = Wave.from_csv(content, 20 * NS, 0.5)
    np.testing.assert_allclose(wave.one_period, 0.5 * Wave("sine").shape, rtol=0, atol=1e-3)


@pytest.mark.parametrize("kind", ["harmonics", "triangle", "square"])
def test_match_finds_shift_and_error_as_the_thorough_measure_does(kind: str) -> None:
    wave = Wave(kind, 20 * NS)
    noise = 0.05 * np.random.default_rng(1).standard_normal(500)
    signal = (
        np.interp((np.arange(500) / 100 + 0.3137) % 1.0, np.arange(POINTS) / POINTS, wave.shape, period=1.0)
        + noise
    )
    found, thorough = match(signal, wave), quality(signal, wave.one_period, 100.0)
    assert found.error == pytest.approx(thorough.error, abs=0.01)
    assert (found.shift - 0.3137 + 0.5) % 1.0 == pytest.approx(0.5, abs=0.003)
