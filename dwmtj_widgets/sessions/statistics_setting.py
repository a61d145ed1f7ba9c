"""Setting of the Statistics Lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

from dwmtj_widgets.hopfield import Device, published
from dwmtj_widgets.sessions.contract import Setting
from dwmtj_widgets.sessions.device_setting import drive_setting, read_circuit
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.tasks.random_recall import MOST_PATTERNS, SIZES, Conditions
from dwmtj_widgets.tasks.recall_survey import MOST_TRIALS, Survey, spread
from dwmtj_widgets.validation import whole

MOST_SIZES: Final = 60
_SEEDS: Final = (0, 2**32 - 1)


@dataclass(frozen=True)
class StatisticsSetting(Setting):
    """Setting of a survey, checked when the survey is made. SI units."""

    lab: ClassVar[str] = "statistics"

    smallest: int = 5
    largest: int = 61
    steps: int = 15
    """Number of sizes."""
    odd: bool = True
    patterns: tuple[int, ...] = (1, 2, 3, 4)
    trials: int = 100
    """Trials of each point."""
    seed: int = 1
    weight: float = 0.1
    charge_voltage: float = 0.1
    device: Device = Device()  # noqa: RUF009 - frozen, so it may be shared
    published: bool = False
    """Start as in the released simulator: somas at the input, no end before 28 ns."""
    distortion: float | None = None
    """Distorted share of the first pattern, or None for a random input."""

    @property
    def conditions(self) -> Conditions:
        """Common conditions of all trials."""
        return Conditions(
            seed=self.seed,
            weight=self.weight,
            charge_voltage=self.charge_voltage,
            device=self.device,
            soma_start="pattern" if self.published else "off",
            min_time=published.MIN_TIME if self.published else 0.0,
            distortion=self.distortion,
        )

    @property
    def sizes(self) -> list[int]:
        """The numbers of neurons."""
        steps = whole(self.steps, "number of sizes", 1, MOST_SIZES)
        return spread(self.smallest, self.largest, steps, odd=self.odd)

    def survey(self) -> Survey:
        """Return the survey of this setting.

        Raises
        ------
        Refused
            If a setting is illegal; the sentence says which and what is legal.
        """
        return Survey(self.conditions, self.sizes, self.patterns, self.trials)

    def fields(self) -> dict[str, Any]:
        """Return the setting as fields to share.

        Raises
        ------
        Refused
            If the setting is illegal.
        """
        self.survey()
        names = ("smallest", "largest", "steps", "odd", "trials", "seed")
        distorted = {} if self.distortion is None else {"distortion": self.distortion}
        return {
            **{name: getattr(self, name) for name in names},
            "patterns": list(self.patterns),
            **distorted,
            **drive_setting(self.weight, self.charge_voltage, self.device, self.published),
        }

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Return a legal shared setting.

        Raises
        ------
        Refused
            If a field is missing or not legal.
        """
        drive = read_circuit(fields)
        setting = cls(
            smallest=fields.whole("smallest", *SIZES),
            largest=fields.whole("largest", *SIZES),
            steps=fields.whole("steps", 1, MOST_SIZES),
            odd=fields.truth("odd"),
            patterns=tuple(
                fields.items(
                    "patterns", lambda entry, name: entry.whole(name, 1, MOST_PATTERNS), MOST_PATTERNS
                )
            ),
            trials=fields.whole("trials", 1, MOST_TRIALS),
            seed=fields.whole("seed", *_SEEDS),
            distortion=fields.number("distortion", 0.0, 1.0, "%") if "distortion" in fields else None,
            weight=drive.weight,
            charge_voltage=drive.charge_voltage,
            device=drive.device,
            published=drive.published,
        )
        fields.close()
        setting.survey()
        return setting
