"""One device: Table I, mobility, the conductance law and its edges, the released preset, field metadata."""

from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference import NANOMETRE, devices

from dwmtj_widgets import Device
from dwmtj_widgets.hopfield.device import DeviceArray
from dwmtj_widgets.units import DISPLAY_UNITS

TABLE_I = {
    "lande_g": 2.1,
    "polarization": 0.7,
    "saturation_magnetization": 8e5,
    "cross_section": 50e-18,
    "track_length": 100e-9,
    "mtj_width": 20e-9,
    "mtj_center": 0.5,
    "soma_leak": 0.2,
    "axon_leak": -5.0,
    "tmr": 3.0,
    "r_parallel": 500.0,
    "r_track": 2000.0,
}
OFF, ON = 1.0 / 2000.0, 1.0 / 500.0


def test_defaults_are_table_one() -> None:
    device = Device()
    assert {name: getattr(device, name) for name in TABLE_I} == TABLE_I
    assert device.window_conductance_step == 0.0
    assert device.r_antiparallel == 2000.0
    assert (device.window_low, device.window_high) == pytest.approx((0.4, 0.6), rel=1e-15, abs=0.0)


def test_mobility_is_the_spin_transfer_of_table_one() -> None:
    # mu = g P mu_B / (2 e M_s A), with the constants of CODATA 2018 written out.
    expected = 2.1 * 0.7 * 9.2740100783e-24 / (2 * 1.602176634e-19 * 8e5 * 50e-18)
    assert Device().mobility == pytest.approx(expected, rel=1e-14, abs=0.0)
    assert Device().mobility == pytest.approx(1.0636e6, rel=5e-5, abs=0.0)


@pytest.mark.parametrize(
    ("field", "power"),
    [("lande_g", 1), ("polarization", 1), ("saturation_magnetization", -1), ("cross_section", -1)],
)
def test_mobility_scales_with_each_of_its_parameters(field: str, power: int) -> None:
    changed = replace(Device(), **{field: TABLE_I[field] * 1.25})
    assert changed.mobility / Device().mobility == pytest.approx(1.25**power, rel=1e-14, abs=0.0)


def test_prescribed_mobility_overrules_the_derived_one() -> None:
    assert Device(fixed_mobility=1234.5, lande_g=3.0).mobility == 1234.5


@pytest.mark.parametrize(
    ("position", "conductance"),
    [
        (0.0, OFF),
        (0.2, OFF),
        (0.4, OFF),
        (0.45, 0.75 * OFF + 0.25 * ON),
        (0.5, (OFF + ON) / 2),
        (0.55, 0.25 * OFF + 0.75 * ON),
        (0.6, ON),
        (0.8, ON),
        (1.0, ON),
    ],
)
def test_conductance_of_table_one(position: float, conductance: float) -> None:
    assert float(Device().conductance(position)) == pytest.approx(conductance, rel=1e-13, abs=0.0)


@pytest.mark.parametrize(
    ("position", "conductance"),
    [
        (0.0, OFF),
        (0.45, OFF),
        (np.nextafter(0.45, 1.0), OFF + 0.1 * ON),
        (0.475, 0.75 * OFF + 0.25 * ON + 0.1 * ON),
        (0.5, (OFF + ON) / 2 + 0.1 * ON),
        (np.nextafter(0.55, 0.0), ON + 0.1 * ON),
        (0.55, ON),
        (1.0, ON),
    ],
)
def test_conductance_of_the_released_simulator_has_a_step_inside_the_window(
    position: float, conductance: float
) -> None:
    assert float(Device.published().conductance(position)) == pytest.approx(conductance, rel=1e-12, abs=0.0)


def test_released_preset_differs_from_table_one_in_three_fields() -> None:
    table, released = Device(), Device.published()
    different = {
        entry.name for entry in fields(Device) if getattr(table, entry.name) != getattr(released, entry.name)
    }
    assert different == {"mtj_width", "window_conductance_step", "fixed_mobility"}
    assert released.mobility == 4 * 265933
    assert (released.window_low, released.window_high) == pytest.approx((0.45, 0.55), rel=1e-15, abs=0.0)


@given(devices(), st.lists(st.floats(0.0, 1.0), min_size=2, max_size=20))
def test_conductance_never_falls_as_the_wall_moves_on(device: Device, positions: list[float]) -> None:
    conductance = device.conductance(np.sort(positions))
    off, on = 1.0 / device.r_antiparallel, 1.0 / device.r_parallel
    assert (np.diff(conductance) >= -1e-15 * on).all()
    assert conductance.min() >= off * (1 - 1e-15)
    assert conductance.max() <= on * (1 + 1e-15)


@given(devices(), st.floats(0.0, 1.0), st.floats(0.1, 10.0))
def test_conductance_does_not_depend_on_the_scale_of_the_track(
    device: Device, position: float, scale: float
) -> None:
    longer = replace(device, track_length=device.track_length * scale, mtj_width=device.mtj_width * scale)
    # An edge of the window may move by a rounding error; the law is continuous there.
    assert float(longer.conductance(position)) == pytest.approx(
        float(device.conductance(position)), rel=1e-12, abs=0.0
    )


def test_device_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        Device().tmr = 2.0  # type: ignore[misc]


def test_an_array_of_devices_is_every_single_device() -> None:
    rng = np.random.default_rng(7)
    size = 4
    variation = {
        "tmr": rng.uniform(1.0, 5.0, (size, size)),
        "r_parallel": rng.uniform(300.0, 800.0, (size, size)),
        "mtj_width": rng.uniform(5.0, 40.0, (size, size)) * NANOMETRE,
        "mtj_center": rng.uniform(0.4, 0.6, (size, size)),
        "polarization": rng.uniform(0.5, 0.9, (size, size)),
    }
    array = DeviceArray(Device(), size, variation)
    positions = rng.random((size, size))
    conductance, mobility = array.conductance(positions), array.mobility
    for entry in np.ndindex(size, size):
        single = Device(**{name: values[entry] for name, values in variation.items()})
        assert conductance[entry] == float(single.conductance(positions[entry]))
        assert mobility[entry] == single.mobility


def test_every_field_tells_a_slider_what_it_needs() -> None:
    for entry in fields(Device):
        low, high = entry.metadata["legal"]
        assert low <= entry.default <= high, entry.name
        assert entry.metadata["label"], entry.name
        assert entry.metadata["symbol"], entry.name
        assert entry.metadata["unit"] in DISPLAY_UNITS, entry.name
        if entry.metadata["slider"] is not None:
            lowest, highest, step = entry.metadata["slider"]
            assert low <= lowest < highest <= high, entry.name
            assert lowest <= entry.default <= highest, entry.name
            assert 0.0 < step <= highest - lowest, entry.name
            for end in (lowest, highest):
                assert getattr(replace(Device(), **{entry.name: end}), entry.name) == end


def test_labels_and_symbols_are_unique() -> None:
    for key in ("label", "symbol"):
        texts = [entry.metadata[key] for entry in fields(Device)]
        assert len(set(texts)) == len(texts)


def test_controls_are_the_fields_of_table_one_in_its_order() -> None:
    assert list(Device.controls()) == list(TABLE_I)
