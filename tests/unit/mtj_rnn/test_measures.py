"""Measures: signals whose error, phase, period and spectrum are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwmtj_widgets.mtj_rnn import waveform
from dwmtj_widgets.mtj_rnn.measures import align, quality, relative_error, spectrum
from dwmtj_widgets.mtj_rnn.signals import KINDS, at_share
from dwmtj_widgets.refusals import Refused

NS = 1e-9
SINE = waveform("sine", period=100 * NS, sample_time=NS)


def wave(kind: str, *, stretch: float = 1.0, periods: float = 50, phase: float = 0.0) -> np.ndarray:
    """A signal of 100 samples a period, the period off by the factor `stretch`."""
    return waveform(kind, period=100 * stretch * NS, sample_time=NS, periods=periods / stretch, phase=phase)


@pytest.mark.parametrize("kind", ["sine", "triangle", "harmonics"])
@settings(max_examples=15)
@given(phase=st.floats(-3.1, 3.1))
def test_a_perfect_signal_at_any_phase_has_no_error(kind: str, phase: float) -> None:
    one = waveform(kind, period=1000 * NS, sample_time=NS)
    found = quality(wave(kind, periods=5, phase=phase), one, 100)
    assert found.error < 1e-4
    assert found.phase == pytest.approx(phase, rel=0.0, abs=1e-4)
    assert abs(found.period_error_ppm) < 1.0
    assert found.shape_error < 1e-4
    assert found.locked == 5
    assert found.aligned_target == pytest.approx(wave(kind, periods=5, phase=phase), rel=0.0, abs=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shift_by_whole_samples_costs_nothing_even_with_jumps(kind: str) -> None:
    one = wave(kind, periods=1)
    found = quality(np.roll(np.tile(one, 10), -30), one)
    assert found.error < 1e-6
    assert found.phase == pytest.approx(0.6 * np.pi, rel=0.0, abs=1e-6)


def test_an_offset_is_an_error_of_its_share_of_the_variation() -> None:
    one = wave("sine", periods=1)
    assert relative_error(one + 0.1, one, one) == pytest.approx(0.1 * np.sqrt(2.0), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("per_period", [100.0, 37.3])
@settings(max_examples=10)
@given(st.floats(0.0, 0.999), st.integers(0, 1000))
def test_no_phase_is_better_than_the_best(kind: str, per_period: float, shift: float, seed: int) -> None:
    one = waveform(kind, period=100 * NS, sample_time=NS)
    share = np.arange(int(4 * per_period)) / per_period
    y = at_share(one, share + shift) + 0.2 * np.random.default_rng(seed).standard_normal(share.size)
    found = quality(y, one, per_period).error
    shifts = np.arange(round(2 * per_period)) / round(2 * per_period)
    errors = [relative_error(y, at_share(one, share + other), one) for other in shifts]
    # The coarse search sees means of what a jump divides.
    assert found <= min(errors) + (0.02 if kind in ("square", "sawtooth") else 1e-9)


@pytest.mark.parametrize("kind", ["sine", "triangle", "harmonics"])
@pytest.mark.parametrize("per_period", [100.0, 37.5])
@settings(max_examples=10)
@given(st.floats(0.0, 0.999), st.integers(1, 6))
def test_quick_alignment_is_the_thorough_one_to_a_part_of_a_sample(
    kind: str, per_period: float, shift: float, periods: int
) -> None:
    one = waveform(kind, period=100 * NS, sample_time=NS)
    share = np.arange(round(2 * periods * per_period)) / per_period
    y = at_share(one, share + shift)
    quick, thorough = align(y, one, per_period), quality(y, one, per_period)
    apart = quick.shift - thorough.phase / (2.0 * np.pi)
    assert abs((apart + 0.5) % 1.0 - 0.5) <= 1.0 / (16 * per_period)
    assert thorough.error - 1e-6 <= quick.error <= 0.1
    np.testing.assert_array_equal(quick.aligned, at_share(one, share + quick.shift))
    assert quick.error == relative_error(y, quick.aligned, one)


def test_a_constant_target_has_no_error() -> None:
    assert np.isnan(relative_error(SINE, SINE, np.full(100, 3.0)))
    assert np.isnan(align(SINE, np.zeros(100), 100.0).error)


@settings(max_examples=10)
@given(st.floats(0.01, 1.0), st.integers(0, 1000))
def test_noise_shows_as_its_strength(level: float, seed: int) -> None:
    noise = level * np.random.default_rng(seed).standard_normal(5000)
    found = quality(wave("sine") + noise, SINE)
    expected = np.sqrt(np.mean(noise**2)) / np.sqrt(0.5)
    assert found.error == pytest.approx(expected, rel=0.01, abs=0.0)
    assert found.error <= expected * (1 + 1e-9)


@pytest.mark.parametrize("kind", ["sine", "triangle", "harmonics"])
@pytest.mark.parametrize("ppm", [-2000.0, -100.0, 100.0, 2000.0])
def test_a_wrong_period_is_told_and_counts(kind: str, ppm: float) -> None:
    one = waveform(kind, period=1000 * NS, sample_time=NS)
    found = quality(wave(kind, stretch=1 + ppm * 1e-6), one, 100)
    assert found.period_error_ppm == pytest.approx(ppm, rel=0.03, abs=2.0)
    if kind == "sine":
        # The phase runs evenly through 2 pi 50 ppm: rms deviation from its middle is that over sqrt(12).
        drift = 2 * np.pi * 50 * abs(ppm) * 1e-6 / np.sqrt(12)
        assert found.error == pytest.approx(drift, rel=0.03, abs=0.0)
        assert found.shape_error < 0.02 * found.error + 2e-3


def test_drift_costs_twice_as_much_with_the_phase_fixed_at_release() -> None:
    """238 ppm over 50 periods: 2.2 % with the best phase, 4.3 % with the one at release."""
    one = waveform("sine", period=20.0, sample_time=0.2)
    share = np.arange(50 * 100) / 100 / (1.0 + 238e-6)
    found = quality(np.sin(2.0 * np.pi * share), one)
    assert found.error == pytest.approx(0.0216, abs=2e-4)
    assert found.fixed_error == pytest.approx(0.0432, abs=2e-4)
    # A signal that begins in the middle of a period is compared from there on.
    late = quality(np.sin(2.0 * np.pi * (share + 0.3)), one, release=0.3)
    assert late.fixed_error == pytest.approx(found.fixed_error, rel=1e-3)
    assert quality(np.sin(2.0 * np.pi * (share + 0.3)), one).fixed_error > 1.0


def test_locked_counts_whole_periods_until_the_phase_is_lost() -> None:
    # A sine that is off by the angle d has the normalised error 2 sin(d / 2): 0.5 at 29 degrees.
    stretch = 1.01
    found = quality(wave("sine", stretch=stretch), SINE)
    lost = np.degrees(2 * np.arcsin(0.25)) / 360 / (1 - 1 / stretch)
    assert abs(found.locked - lost) < 1.5
    assert quality(np.r_[wave("sine", periods=7), np.zeros(500)], SINE).locked == 7
    assert quality(np.zeros(500) + 3.0, SINE).locked == 0


def test_silence_has_the_error_one() -> None:
    found = quality(np.zeros(500), SINE)
    # Linear interpolation between samples takes up to 0.05 % of a sine.
    assert found.error == pytest.approx(1.0, rel=1e-3, abs=0.0)
    one = quality(SINE, SINE)
    assert np.isnan(one.period_error) and one.locked == 1


def test_error_does_not_depend_on_the_target_s_size() -> None:
    y = (
        wave("triangle", stretch=1.001)
        + 0.05 * np.random.default_rng(0).standard_normal(5000)[: wave("triangle", stretch=1.001).size]
    )
    one = waveform("triangle", period=100 * NS, sample_time=NS)
    assert quality(7.0 * y, 7.0 * one).error == pytest.approx(quality(y, one).error, rel=1e-6, abs=0.0)


def test_spectrum_of_known_waves() -> None:
    y = 0.3 + 2.0 * wave("sine", periods=10) + 0.5 * np.cos(2 * np.pi * 30 * np.arange(1000) / 1000)
    frequency, amplitude = spectrum(y, NS)
    assert frequency.shape == amplitude.shape == (501,)
    assert frequency[10] == pytest.approx(1e7, rel=1e-12, abs=0.0)
    assert amplitude[[0, 10, 30]] == pytest.approx([0.3, 2.0, 0.5], rel=1e-12, abs=0.0)
    assert np.delete(amplitude, [0, 10, 30]).max() < 1e-12
    assert spectrum([1.0, -1.0], NS)[1] == pytest.approx([0.0, 1.0], rel=0.0, abs=1e-15)
    assert spectrum([1.0, 0.0, -1.0], NS)[0].shape == (2,)


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: quality(SINE[:50], SINE), "at least one period"),
        (lambda: quality(SINE, SINE, 3.0), "4 samples"),
        (lambda: quality(SINE, np.ones(100)), "constant"),
        (lambda: quality([np.nan] * 100, SINE), "signal"),
        (lambda: quality([], SINE), "signal"),
        (lambda: quality(SINE, SINE, -1.0), "samples_per_period"),
        (lambda: spectrum([[1.0]], NS), "signal"),
        (lambda: spectrum([1.0], 0.0), "sample_time"),
    ],
)
def test_what_has_no_measure_is_refused(attempt: object, words: str) -> None:
    assert callable(attempt)
    with pytest.raises(Refused, match=words):
        attempt()


@pytest.mark.parametrize("pattern", [[1.0, -1.0], [1.0, 0.0, -1.0, 0.0]])
def test_waveform_of_high_harmonics_alone_has_a_quality(pattern: list[float]) -> None:
    one = np.tile(pattern, 100 // len(pattern))
    found = quality(at_share(one, np.arange(200) / 4.1), one, 4.1)
    assert found.error < 1e-6
    assert np.isfinite(found.period_error)
