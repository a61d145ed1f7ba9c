"""Random runs of both systems, from a seed: networks, devices, spreads, faults, what is done to them, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.engine.source import Action, Part, parts
from dwmtj_widgets.hopfield.variation import Variation, fabricate
from dwmtj_widgets.mtj_rnn import MTJNetwork
from dwmtj_widgets.mtj_rnn._kernels import make_room
from dwmtj_widgets.mtj_rnn.stepping import largest_torque_field

WORK: Final = 300_000
"""Device steps of a run whose cost goes with their number."""


def random_parts(kind: str, seed: int) -> list[Part]:
    """Return the parts of a random run; see `random_run`."""
    simulation, actions, interval = random_run(kind, seed)
    return list(parts(simulation, actions, interval=interval))


def random_run(kind: str, seed: int) -> tuple[Simulation, list[Action], float]:
    """Return a run, what is done to it, and seconds between frames.

    It is of the kind "events", "euler" or "full"; the last by leapfrog or Euler, with jitter or without.
    """
    rng = np.random.default_rng([seed, len(kind)])
    device = _device(rng)
    size = int(4 * 25.0 ** rng.random())
    memories = rng.integers(0, 2, (int(rng.integers(1, 4)), size))
    links = rng.random((size, size)) < rng.choice([0.7, 1.0])
    network = Network(hebbian_weights(memories, float(rng.uniform(0.05, 0.2))), device, connected=links)
    settings: dict[str, Any] = {"charge_voltage": float(rng.uniform(0.05, 0.2))}
    if kind == "full":
        network = _chip(network, rng)
    if kind != "events":
        step = float(rng.choice([5e-12, 10e-12, 20e-12, 50e-12]))
        longest = 200e-9
        if kind == "full":
            # Loading, release and the end of large networks too, in less time than they would need.
            longest = min(longest, max(WORK / size**2, 30) * 20e-12)
            settings["load_time"] = 0.3 * longest
        euler = kind == "euler" or rng.random() < 0.3
        settings |= {"integrator": "euler" if euler else "events", "time_step": step, "max_time": longest}
    if rng.random() < 0.2:
        settings["min_time"] = float(rng.uniform(0.0, 0.5)) * settings.get("max_time", 100e-9)
    settings["soma_start"] = rng.random(size) if rng.random() < 0.3 else str(rng.choice(["off", "pattern"]))
    simulation = Simulation(network, rng.integers(0, 2, size), **settings)
    length = settings.get("max_time", 120e-9)
    return simulation, _actions(rng, size, length), float(rng.choice([0.1e-9, 0.37e-9]))


def _device(rng: np.random.Generator) -> Device:
    base = Device.published() if rng.random() < 0.3 else Device()
    spread = ("soma_leak", "axon_leak", "tmr", "r_parallel", "track_length", "mtj_width")
    return replace(base, **{name: getattr(base, name) * float(rng.uniform(0.9, 1.1)) for name in spread})


def _chip(design: Network, rng: np.random.Generator) -> Network:
    faults = {"stuck": 0.02, "open": 0.05, "jitter": 0.3, "levels": 8.0}
    chosen = {name: value for name, value in faults.items() if rng.random() < 0.4}
    spread = Variation(track_length=0.03, tmr=0.05, r_parallel=0.02, leak=0.03, mobility=0.02, **chosen)
    return fabricate(design, spread, int(rng.integers(2**31)))


def _actions(rng: np.random.Generator, size: int, length: float) -> list[Action]:
    times = np.sort(rng.uniform(0.0, length, int(rng.integers(0, 4))))
    return [Action(float(time), *_done(rng, size)) for time in times]


def _done(rng: np.random.Generator, size: int) -> Any:
    one, other = (int(neuron) for neuron in rng.choice(size, 2, replace=False))
    return (
        ("flip_soma", {"neuron": one}),
        ("set_soma", {"neuron": one, "position": float(rng.random())}),
        ("cut_synapse", {"source": one, "target": other}),
        ("restore_synapse", {"source": one, "target": other}),
        ("change", {"charge_voltage": float(rng.uniform(0.05, 0.2))}),
        ("change", {"weights": hebbian_weights(rng.integers(0, 2, (2, size)), 0.1)}),
    )[int(rng.integers(6))]


@dataclass(frozen=True)
class Training:
    """A call of mtj_rnn's kernel."""

    sizes: dict[str, int]
    blocks: dict[str, NDArray[Any]]
    scalars: dict[str, float]


def random_training(seed: int) -> Training:
    """Return samples of a network of 3 to 60 junctions: cold or hot, learning or free, recorded or not."""
    rng = np.random.default_rng([seed, 7])
    size, outputs, samples = int(3 * 20.0 ** rng.random()), int(rng.integers(1, 4)), int(rng.integers(1, 9))
    steps = int(rng.integers(1, 40))
    network = MTJNetwork(
        size,
        seed,
        gain=float(rng.uniform(0.5, 2.5)),
        damping=float(rng.uniform(0.005, 0.1)),
        time_constant_spread=float(rng.uniform(1.0, 3.0)),
    )
    hot, learning, recorded = (samples if yes else 0 for yes in rng.random(3) < 0.5)
    wires, magnet = network.wires, network._magnet()
    sizes = {"N": size, "K": outputs, "T": samples, "H": hot * steps, "L": learning, "S": recorded}
    blocks = {
        "magnet": np.array(magnet),
        "m": network.magnetization,
        "current": 0.01 * rng.standard_normal(size),
        "wires": np.array([wires.scale]),
        "wires_recurrent": wires.recurrent,
        "wires_feedback": rng.uniform(-2.0, 2.0, (outputs, size)),
        "wires_alive": (rng.random(size) < 0.9).astype(np.float64),
        "wires_share": wires.share,
        "learner": np.array([float(rng.choice([1.0, 0.99]))]),
        "learner_weights": 0.1 * rng.standard_normal((outputs, size)),
        "learner_covariance": np.eye(size) / 0.1,
        "drive": rng.standard_normal((samples, size)),
        "thermal": 0.01 * rng.standard_normal((hot * steps, 3, size)),
        "targets": rng.uniform(-1.0, 1.0, (learning, outputs)),
    }
    # Sometimes so low a bound that the kernel refuses to go on.
    most = float(rng.choice([largest_torque_field(network.junction, network.time_step), 0.025], p=[0.8, 0.2]))
    return Training(sizes, blocks, {"steps": steps, "most": most})


ROOM_BLOCKS: Final = tuple(f"room_{name}" for name in make_room(1)._fields)
"""What a run of mtj_rnn leaves in its work space."""
