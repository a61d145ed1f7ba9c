"""The setting of a run of the Signal Lab: the waveform, the network, the lengths of training and free run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from dataclasses import fields as dataclass_fields
from types import MappingProxyType
from typing import Any, ClassVar, Final, Self

from dwmtj_widgets.mtj_rnn import MTJNetwork, NetworkSettings
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.sessions.contract import Setting
from dwmtj_widgets.sessions.signal.wave import DRAWN, POINTS, SHAPES, Wave
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.validation import count, within

LARGEST_SIZE: Final = 200
LARGEST_SEED: Final = 999_999
MOST_PERIODS: Final = 500
TRAINING: Final = "Length of the training in periods"
FREE_RUN: Final = "Length of the free run in periods"
"""The names of the two lengths in sentences."""
DEFAULTS: Final[Mapping[str, float]] = MappingProxyType({**vars(NetworkSettings()), **vars(Junction())})
"""Default settings of a network and its junctions."""


@dataclass(frozen=True)
class SignalSetting(Setting):
    """Everything that determines a training and a free run."""

    lab: ClassVar[str] = "signal"

    wave: Wave = Wave()  # noqa: RUF009 - frozen, so it may be shared
    """The waveform to learn."""
    size: int = 40
    """Number of junctions, 1 to 200."""
    seed: int = 0
    train_periods: int = 100
    """Length of a training in periods of the waveform."""
    run_periods: int = 50
    """Length of a free run in periods of the waveform."""
    changes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Settings of the network that differ from the defaults."""

    def __post_init__(self) -> None:
        for name, said, least, most in (
            ("size", "Number of junctions", 1, LARGEST_SIZE),
            ("seed", "Seed", 0, LARGEST_SEED),
            ("train_periods", TRAINING, 1, MOST_PERIODS),
            ("run_periods", FREE_RUN, 1, MOST_PERIODS),
        ):
            checked = within(count(getattr(self, name), said, least), said, least, most)
            object.__setattr__(self, name, int(checked))
        object.__setattr__(self, "changes", MappingProxyType(changed(self.changes)))

    def network(self) -> MTJNetwork:
        """Return a fresh network.

        Raises
        ------
        Refused
            If it cannot be made.
        """
        return MTJNetwork(self.size, self.seed, **self.changes)

    def fields(self) -> dict[str, Any]:
        """Return the setting as fields to share."""
        wave = self.wave
        return {
            "waveform": wave.kind,
            **({"samples": list(wave.samples)} if wave.samples else {}),
            "period": wave.period,
            "amplitude": wave.amplitude,
            "size": self.size,
            "seed": self.seed,
            "train_periods": self.train_periods,
            "run_periods": self.run_periods,
            "changed": dict(self.changes),
        }

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Read a shared setting.

        Raises
        ------
        Refused
            If a field is missing or not legal.
        """
        kind = fields.choice("waveform", SHAPES)
        samples = (
            fields.items("samples", lambda f, n: f.number(n, -1.0, 1.0), POINTS) if kind == DRAWN else []
        )
        period, amplitude = fields.number("period", 0.0, 1.0, "s"), fields.number("amplitude", 0.0, 1e6)
        wave = Wave(kind, period, amplitude, tuple(samples))
        size = fields.whole("size", 1, LARGEST_SIZE)
        seed = fields.whole("seed", 0, LARGEST_SEED)
        lengths = {n: fields.whole(n, 1, MOST_PERIODS) for n in ("train_periods", "run_periods")}
        table = fields.table("changed")
        changes = {
            entry.name: _number(table, entry)
            for entry in (*dataclass_fields(NetworkSettings), *dataclass_fields(Junction))
            if entry.name in table
        }
        table.close()
        fields.close()
        return cls(wave, size, seed, **lengths, changes=changes)


def values_of(network: MTJNetwork) -> dict[str, float]:
    """Return the settings of a network and its junctions."""
    return {**vars(network.settings), **vars(network.junction)}


def changed(values: Mapping[str, float]) -> dict[str, float]:
    """Return the values that differ from the defaults; unknown names stay, so that the network refuses them."""
    return {name: value for name, value in values.items() if value != DEFAULTS.get(name)}


def _number(table: Fields, entry: Field[Any]) -> float:
    low, high = entry.metadata["legal"]
    return table.number(entry.name, low, high, entry.metadata["unit"])
