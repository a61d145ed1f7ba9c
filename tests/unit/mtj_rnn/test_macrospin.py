"""One junction: closed forms, the kernel against the readable equation, its order, the sphere, energy, heat."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from dwmtj_widgets.mtj_rnn import Junction, MTJNetwork, _kernels
from dwmtj_widgets.mtj_rnn.macrospin import BOLTZMANN, GYROMAGNETIC_RATIO, VACUUM_PERMEABILITY
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import DISPLAY_UNITS

PICOSECOND = 1e-12
Floats = NDArray[np.float64]


def unit(vectors: Floats) -> Floats:
    """Scale vectors, (3, N), to length 1."""
    return np.ascontiguousarray(vectors / np.linalg.norm(vectors, axis=0))


def integrated(
    junction: Junction,
    m: Floats,
    torque_field: Floats,
    *,
    step: float,
    samples: int,
    per_sample: int = 1,
    thermal: Floats | None = None,
) -> Floats:
    """Run lone junctions under constant torque fields in the kernel; (T, 3, N) after every sample."""
    size = m.shape[1]
    turn = 0.5 * GYROMAGNETIC_RATIO * step / (1.0 + junction.damping**2)
    magnet = _kernels.Magnet(
        junction.bias_field, junction.magnetization, junction.damping, junction.torque_ratio, turn
    )
    still = np.zeros((size, size))
    wires = _kernels.Wires(still, np.zeros((1, size)), np.ones(size), np.zeros(size), 1.0)
    learner = _kernels.Learner(np.zeros((1, size)), np.eye(size), 1.0)
    states = np.empty((samples, 3, size))
    done = _kernels.advance(
        m.copy(),
        torque_field.copy(),
        magnet,
        wires,
        learner,
        np.zeros((samples, size)),
        np.empty((0, 3, size)) if thermal is None else thermal,
        np.empty((0, 1)),
        per_sample,
        np.empty((samples, 1)),
        np.empty(samples),
        states,
        np.inf,
        _kernels.make_room(size),
    )
    assert done == samples
    return states


@pytest.mark.kernels
@pytest.mark.parametrize("bias", [20e-3, 50e-3, 150e-3])
@pytest.mark.parametrize("damping", [0.005, 0.02, 0.1])
def test_small_precession_has_the_closed_forms_frequency_and_decay(bias: float, damping: float) -> None:
    junction = Junction(bias_field=bias, damping=damping)
    step = 0.2 * PICOSECOND
    states = integrated(
        junction, unit(np.array([[1.0], [1e-3], [0.0]])), np.zeros(1), step=step, samples=4000, per_sample=5
    )
    y, z = states[:, 1, 0], states[:, 2, 0]
    # With both axes scaled to a circle the complex amplitude is one damped exponential and a small counter-rotation.
    turning = np.exp(-1j * junction.damped_frequency * 5 * step * np.arange(1, 4001))
    ratio = np.sqrt((bias + junction.magnetization) / bias)
    signal = y - 1j * ratio * z
    rotating = signal * (
        turning if abs((signal * turning).mean()) > abs((signal / turning).mean()) else 1 / turning
    )
    window = np.ones(200) / 200
    slow = np.convolve(rotating, window, mode="valid")
    keep = np.abs(slow) > 1e-3 * np.abs(slow[0])
    moments = 5 * step * np.arange(slow.size)[keep]
    decay = -np.polyfit(moments, np.log(np.abs(slow[keep])), 1)[0]
    offset = np.polyfit(moments, np.unwrap(np.angle(slow[keep])), 1)[0]
    assert decay == pytest.approx(junction.damping_rate, rel=0.01, abs=0.0)
    assert abs(offset) < 2e-3 * junction.precession_frequency


@pytest.mark.kernels
def test_kittel_frequency_of_the_default_is_6_4_gigahertz() -> None:
    # gamma / 2 pi * sqrt(0.05 * 1.05) T, by hand.
    assert Junction().precession_frequency / (2 * np.pi) == pytest.approx(
        1.760859e11 / 6.283185307 * 0.229128785, rel=1e-8, abs=0.0
    )


@pytest.mark.kernels
def test_linearised_equation_is_the_jacobian_of_the_rate() -> None:
    """Eigenvalues of the numerical Jacobian at rest are -damping_rate +- i damped_frequency."""
    junction = Junction(damping=0.07)
    step = 1e-6
    columns = []
    for axis in (1, 2):
        m = np.array([1.0, 0.0, 0.0])
        m[axis] = step
        columns.append(junction.rate(m, 0.0)[1:] / step)
    eigenvalues = np.linalg.eigvals(np.array(columns).T)
    assert eigenvalues.real == pytest.approx([-junction.damping_rate] * 2, rel=1e-6, abs=0.0)
    assert np.abs(eigenvalues.imag) == pytest.approx([junction.damped_frequency] * 2, rel=1e-6, abs=0.0)


def test_rest_under_a_constant_torque_is_the_sigmoid() -> None:
    fields_applied = np.linspace(-0.3, 0.3, 13)
    start = unit(np.vstack([np.ones(13), np.zeros(13), np.zeros(13)]))
    for ratio, tolerance in ((0.0, 1e-9), (0.2, 0.01)):
        junction = Junction(torque_ratio=ratio, damping=0.1)
        end = integrated(junction, start, fields_applied, step=2 * PICOSECOND, samples=1, per_sample=10_000)[
            0
        ]
        assert end[1] == pytest.approx(junction.sigmoid(fields_applied), rel=0.0, abs=tolerance)
        # What is at rest in the kernel is at rest in the readable equation.
        scale = GYROMAGNETIC_RATIO * junction.magnetization
        assert np.abs(junction.rate(end, fields_applied)).max() < 1e-9 * scale


@pytest.mark.kernels
@given(st.integers(0, 2**32 - 1))
def test_one_tiny_step_of_the_kernel_is_the_readable_equation(seed: int) -> None:
    rng = np.random.default_rng(seed)
    m, a = unit(rng.standard_normal((3, 7))), rng.uniform(-0.3, 0.3, 7)
    junction = Junction(
        bias_field=rng.uniform(1e-3, 0.5),
        magnetization=rng.uniform(0.1, 2.0),
        damping=rng.uniform(0.0, 0.5),
        torque_ratio=rng.uniform(-1.0, 1.0),
    )
    thermal = rng.standard_normal((1, 3, 7)) * 0.1
    step = 1e-17
    after = integrated(junction, m, a, step=step, samples=1, thermal=thermal)[0]
    rate = junction.rate(m, a, thermal[0])
    # The step turns by about 1e-6 rad, so its own second order is that small too.
    assert (after - m) / step == pytest.approx(rate, rel=0.0, abs=2e-5 * GYROMAGNETIC_RATIO)


@pytest.mark.kernels
def test_second_order_against_an_independent_solver() -> None:
    junction, duration = Junction(), 0.4e-9
    m, a = unit(np.array([[1.0, 0.2], [0.3, -1.0], [-0.2, 0.4]])), np.array([0.03, -0.06])
    exact = solve_ivp(
        lambda _t, flat: junction.rate(flat.reshape(3, 2), a).ravel(),
        (0.0, duration),
        m.ravel(),
        method="DOP853",
        rtol=1e-12,
        atol=1e-12,
    ).y[:, -1].reshape(3, 2)  # fmt: skip
    steps = np.array([200, 400, 800, 1600])
    errors = []
    for count in steps:
        end = integrated(junction, m, a, step=duration / count, samples=1, per_sample=int(count))[0]
        errors.append(np.abs(end - exact).max())
    orders = -np.diff(np.log(errors)) / np.diff(np.log(steps))
    assert orders == pytest.approx([2.0] * 3, rel=0.0, abs=0.15)
    assert errors[0] < 1e-3


@given(st.integers(0, 2**32 - 1), st.floats(1e-13, 2e-11))
def test_length_is_kept_to_a_trillionth(seed: int, step: float) -> None:
    rng = np.random.default_rng(seed)
    m, a = unit(rng.standard_normal((3, 5))), rng.uniform(-0.5, 0.5, 5)
    thermal = 0.05 * rng.standard_normal((2000, 3, 5))
    for heat in (None, thermal):
        states = integrated(Junction(), m, a, step=step, samples=40, per_sample=50, thermal=heat)
        assert np.abs(np.linalg.norm(states, axis=1) - 1.0).max() < 1e-12


@pytest.mark.parametrize("damping", [0.02, 0.05, 0.1])
def test_energy_never_rises_without_current(damping: float) -> None:
    junction = Junction(damping=damping)
    m = unit(np.random.default_rng(3).standard_normal((3, 50)))
    states = integrated(junction, m, np.zeros(50), step=4 * PICOSECOND, samples=2000)
    energy = junction.energy_density(np.moveaxis(states, 1, 0))
    scale = junction.saturation_magnetization * junction.magnetization
    assert np.diff(energy, axis=0).max() < 1e-13 * scale
    assert energy[-1] == pytest.approx(
        [-junction.saturation_magnetization * junction.bias_field] * 50, rel=1e-6, abs=0.0
    )


def test_without_damping_the_energy_stays() -> None:
    junction = Junction(damping=0.0)
    m = unit(np.random.default_rng(4).standard_normal((3, 20)))
    states = integrated(junction, m, np.zeros(20), step=0.1 * PICOSECOND, samples=100, per_sample=100)
    energy = junction.energy_density(np.moveaxis(states, 1, 0))
    scale = junction.saturation_magnetization * junction.magnetization
    assert np.abs(energy - energy[0]).max() < 1e-4 * scale


def test_thermal_fluctuations_have_boltzmanns_equipartition() -> None:
    """Half k_B T in each of the two directions: V M_s B <y^2> = V M_s (B + M) <z^2> = k_B T."""
    junction, temperature, step = Junction(volume=4e-22, damping=0.1), 300.0, 1 * PICOSECOND
    rng = np.random.default_rng(5)
    size, samples, per_sample = 200, 150, 100
    m = unit(np.vstack([np.ones(size), np.zeros((2, size))]))
    heat = junction.thermal_field(temperature, step) * rng.standard_normal((samples * per_sample, 3, size))
    states = integrated(
        junction, m, np.zeros(size), step=step, samples=samples, per_sample=per_sample, thermal=heat
    )[20:]
    moment = junction.saturation_magnetization * junction.volume
    expected_y = BOLTZMANN * temperature / (moment * junction.bias_field)
    expected_z = BOLTZMANN * temperature / (moment * (junction.bias_field + junction.magnetization))
    # Some 26,000 samples, a few of which are independent: 2 % of statistics, and the anharmonic 0.3 %.
    assert np.mean(states[:, 1] ** 2) == pytest.approx(expected_y, rel=0.05, abs=0.0)
    assert np.mean(states[:, 2] ** 2) == pytest.approx(expected_z, rel=0.05, abs=0.0)


@pytest.mark.kernels
def test_thermal_field_by_hand() -> None:
    junction = Junction(damping=0.05, volume=4e-23, magnetization=1.0)
    # sqrt(2 * 0.05 * 1.380649e-23 * 300 / (1.760859e11 * 4e-23 / 1.25663706e-6 * 4e-12))
    assert junction.thermal_field(300.0, 4e-12) == pytest.approx(4.29818e-3, rel=1e-5, abs=0.0)
    assert junction.thermal_field(0.0, 4e-12) == 0.0
    assert junction.saturation_magnetization == pytest.approx(1.0 / VACUUM_PERMEABILITY, rel=1e-15, abs=0.0)


@pytest.mark.kernels
@pytest.mark.parametrize("kind", [Junction, type(MTJNetwork(2).settings)])
def test_every_parameter_tells_a_slider_what_it_needs(kind: type) -> None:
    labels = [entry.metadata["label"] for entry in fields(kind)]
    symbols = [entry.metadata["symbol"] for entry in fields(kind)]
    assert len(set(labels)) == len(labels) and len(set(symbols)) == len(symbols)
    for entry in fields(kind):
        low, high = entry.metadata["legal"]
        assert low <= entry.default <= high, entry.name
        assert entry.metadata["unit"] in DISPLAY_UNITS, entry.name
        if entry.metadata["slider"] is not None:
            lowest, highest, step = entry.metadata["slider"]
            assert low <= lowest <= entry.default <= highest <= high, entry.name
            assert 0.0 < step <= highest - lowest, entry.name
        for bad in (
            high * 1.01 + 1e-30,
            low - 0.01 * abs(low) - 1e-30,
            float("nan"),
            float("inf"),
            "much",
            None,
        ):
            with pytest.raises(Refused, match=entry.name):
                replace(kind(), **{entry.name: bad})
    assert set(kind.controls()) == {e.name for e in fields(kind) if e.metadata["slider"] is not None}
