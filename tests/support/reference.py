"""What the tests measure against: the reference folder, and networks made at random.

The reference data are measured or published elsewhere and never copied into the project; where their folder
is absent a test that needs it is skipped, and says so.
"""

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import NDArray

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights

ROOT = Path(__file__).resolve().parents[2]
NANOMETRE = 1e-9
NANOSECOND = 1e-9
PICOSECOND = 1e-12

TRANSIENTS = ("n3_s2", "n5_s1", "n5_rm1000", "n8_s1", "n8_2pat", "n12_s1", "n20_s1")
GRAPHS = ("g05_60.0", "g05_60.1", "g05_60.2", "g05_60.3", "g05_60.4")


def reference_file(name: str) -> Path:
    """Return the path of a reference file, or skip the test."""
    folder = os.environ.get("DWMTJ_REFERENCE")
    path = (Path(folder) if folder else ROOT.parent / "shared" / "reference") / name
    if not path.exists():
        pytest.skip(
            f"The reference file {path} is not here; set DWMTJ_REFERENCE to the folder that holds it."
        )
    return path


def reference_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a reference table."""
    with reference_file(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bits(text: str) -> NDArray[np.uint8]:
    """Return "0110" as an array."""
    return np.array([int(character) for character in text], dtype=np.uint8)


def letters_network(device: Device) -> Network:
    """Return the network of the released image recalls: the letters U, T and D stored at 0.1 V."""
    letters = {row["letter"]: bits(row["bits"]) for row in reference_rows("image_recall/letters.csv")}
    return Network(hebbian_weights([letters[letter] for letter in "UTD"], 0.1), device)


@dataclass(frozen=True)
class Transient:
    """One circuit simulation: its settings and what it measured."""

    settings: dict[str, Any]
    weights: NDArray[np.float64]
    pattern: NDArray[np.uint8]
    times: NDArray[np.float64]
    """(T,) seconds."""
    soma: NDArray[np.float64]
    """(T, N) positions x/L."""
    axon: NDArray[np.float64]
    """(T, N, N) positions x/L, nan on the diagonal."""
    dendrite: NDArray[np.float64]
    """(T, N) volts."""
    power: NDArray[np.float64]
    """(T, 4) watts: supply, loading, synapses, total."""

    def network(self, *, exact_mobility: bool = True) -> Network:
        """Return the same network, with the mobility that the circuit simulation was told, or Table I's."""
        mobility = self.settings["mobility"] if exact_mobility else 0.0
        return Network(self.weights, Device(r_track=self.settings["r_track_ohm"], fixed_mobility=mobility))

    def simulation(self, *, exact_mobility: bool = True, min_time: float = 0.0) -> Simulation:
        """Return a fresh run of it."""
        return Simulation(
            self.network(exact_mobility=exact_mobility),
            self.pattern,
            charge_voltage=self.settings["charge_voltage_V"],
            load_time=self.settings["load_time_ns"] * NANOSECOND,
            soma_start=self.settings["soma_start"],
            min_time=min_time,
        )


def transient(name: str) -> Transient:
    """Read one circuit simulation."""
    settings = json.loads(reference_file(f"ngspice/{name}.json").read_text(encoding="utf-8"))
    with np.load(reference_file(f"ngspice/{name}.npz")) as data:
        samples, size = data["soma_x_nm"].shape
        axon = np.full((samples, size, size), np.nan)
        source, target = data["axon_pairs"].T
        axon[:, source, target] = data["axon_x_nm"] / settings["track_length_nm"]
        return Transient(
            settings=settings,
            weights=data["weights_V"],
            pattern=data["start"],
            times=data["t_ns"] * NANOSECOND,
            soma=data["soma_x_nm"] / settings["track_length_nm"],
            axon=axon,
            dendrite=data["v_dendrite"],
            power=data["power_W"],
        )


@dataclass(frozen=True)
class Case:
    """A run that was made at random."""

    network: Network
    pattern: NDArray[np.uint8]
    options: dict[str, Any]

    def simulation(self, **changes: Any) -> Simulation:
        """Return a fresh simulation, with some options changed."""
        return Simulation(self.network, self.pattern, **{**self.options, **changes})


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    sizes: tuple[int, int] = (2, 9),
    integrator: str = "events",
    any_device: bool = True,
) -> Case:
    """Draw a network, sometimes with cut synapses, a pattern and how the run starts."""
    size = draw(st.integers(*sizes), label="size")
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1), label="seed"))
    known = [Device(), Device(), Device.published()]
    device = draw(st.sampled_from([*known, draw(devices())] if any_device else known), label="device")
    if draw(st.booleans(), label="Hebbian"):
        weights = hebbian_weights(rng.integers(0, 2, (draw(st.integers(1, 3), label="patterns"), size)), 0.1)
    else:
        half = np.triu(rng.normal(0.0, 0.1, (size, size)), 1)
        weights = half + half.T
    cut = rng.random((size, size)) < draw(st.sampled_from([0.0, 0.0, 0.2]), label="share of synapses cut")
    starts = ["off", "pattern", rng.random(size)]
    options = {
        "charge_voltage": draw(st.sampled_from([0.1, 0.25, 0.05]), label="charge voltage"),
        "soma_start": starts[draw(st.integers(0, 2), label="start")],
        "integrator": integrator,
        "load_time": 18
        * NANOSECOND,  # the slowest of these devices would load for longer than the run may last
        "max_time": 400 * NANOSECOND,
    }
    return Case(Network(weights, device, connected=~cut), rng.integers(0, 2, size).astype(np.uint8), options)


@st.composite
def devices(draw: st.DrawFn) -> Device:
    """Draw a device in the neighbourhood of Table I."""
    length = draw(st.floats(60 * NANOMETRE, 200 * NANOMETRE))
    return Device(
        track_length=length,
        mtj_width=length * draw(st.floats(0.05, 0.5)),
        mtj_center=draw(st.floats(0.4, 0.6)),
        soma_leak=draw(st.floats(-1.0, 1.0)),
        axon_leak=draw(st.floats(-10.0, -2.0)),
        tmr=draw(st.floats(0.5, 6.0)),
        r_parallel=draw(st.floats(100.0, 2000.0)),
        r_track=draw(st.floats(500.0, 6000.0)),
    )
