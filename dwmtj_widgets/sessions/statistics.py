"""What happens in the Statistics Lab, without a page: what is to be tried, and the survey that tries it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from threading import Event
from typing import Any

import numpy as np

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.device_setting import device_text
from dwmtj_widgets.sessions.statistics_summary import Estimate, mean, share
from dwmtj_widgets.tasks import checks
from dwmtj_widgets.tasks.random_recall import PUBLISHED_MIN_TIME, Conditions, run_trial
from dwmtj_widgets.tasks.recall_survey import Point, Survey, spread
from dwmtj_widgets.texts import tr

MOST_SIZES = 60


@dataclass(frozen=True)
class Settings:
    """What a person asks for; checked when it is begun. SI units."""

    smallest: int = 5
    largest: int = 61
    steps: int = 15
    """Number of sizes."""
    odd: bool = True
    patterns: tuple[int, ...] = (1, 2, 3, 4)
    trials: int = 100
    """A point."""
    seed: int = 1
    weight: float = 0.1
    charge_voltage: float = 0.1
    device: Device = Device()  # noqa: RUF009 - frozen, so it may be shared
    published: bool = False
    """Start as the released simulator did: somas at the input, not stopped before 28 ns."""
    distortion: float | None = None
    """Share of the first pattern that is distorted, or None for a random input."""

    @property
    def conditions(self) -> Conditions:
        """What all trials have in common."""
        return Conditions(
            seed=self.seed,
            weight=self.weight,
            charge_voltage=self.charge_voltage,
            device=self.device,
            soma_start="pattern" if self.published else "off",
            min_time=PUBLISHED_MIN_TIME if self.published else 0.0,
            distortion=self.distortion,
        )

    @property
    def sizes(self) -> list[int]:
        """The numbers of neurons."""
        steps = checks.whole(self.steps, "number of sizes", 1, MOST_SIZES)
        return spread(self.smallest, self.largest, steps, odd=self.odd)

    def survey(self) -> Survey:
        """Return the survey that is asked for.

        Raises
        ------
        Refused
            If a setting is illegal; the sentence says which and what is legal.
        """
        return Survey(self.conditions, self.sizes, self.patterns, self.trials)


class StatisticsSession:
    """Settings, and the survey that was begun with some of them.

    A refused setting leaves the survey as it was.
    """

    def __init__(self) -> None:
        self.settings = Settings()
        self.planned = self.settings
        """The last settings that were legal."""
        self.survey: Survey | None = None
        self.surveyed: Settings | None = None
        """The settings of the survey."""
        self._shares: dict[tuple[Point, str, str], tuple[int, Estimate]] = {}
        self._means: dict[tuple[Point, str], tuple[int, Estimate]] = {}
        # Compiled kernels are loaded now, so that the first curve need not wait for them.
        run_trial(Conditions(), neurons=3, patterns=1, trial=0)

    @property
    def changed(self) -> bool:
        """Whether the settings are no more those of the survey; how many trials are wanted does not count."""
        if self.surveyed is None:
            return False
        names = (entry.name for entry in fields(Settings) if entry.name != "trials")
        return any(getattr(self.settings, name) != getattr(self.surveyed, name) for name in names)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the survey, or those that are planned before there is one."""
        return tuple(self.planned.sizes) if self.survey is None else self.survey.sizes

    @property
    def patterns(self) -> tuple[int, ...]:
        """The numbers of patterns of the survey, or those that are planned before there is one."""
        return self.planned.patterns if self.survey is None else self.survey.patterns

    def count(self, point: Point) -> int:
        """Return how many trials of a point there are."""
        return 0 if self.survey is None else self.survey.count(point)

    def change(self, **changes: Any) -> None:
        """Ask for something else.

        Raises
        ------
        Refused
            If it cannot be made. It stays requested, as two settings may need to change before both are legal;
            `sizes` and `patterns` stay the last legal ones.
        """
        self.settings = replace(self.settings, **changes)
        self.settings.survey()
        self.planned = self.settings

    def become(self, settings: Settings) -> None:
        """Ask for something else altogether, which must be legal; what was tried is given up."""
        self.settings = self.planned = settings
        self.survey = self.surveyed = None
        self._shares.clear()
        self._means.clear()

    @property
    def asked(self) -> Settings:
        """The settings that make what is there again: as asked for, with all trials that were made of them.

        Raises
        ------
        Refused
            If a setting is illegal.
        """
        if self.survey is not None and not self.changed:
            return replace(self.settings, trials=self.survey.trials)
        self.settings.survey()
        return self.settings

    def begin(self) -> None:
        """Make a new survey of the present settings; its trials are made by `work`."""
        self.survey = self.settings.survey()
        self.surveyed = self.settings
        self._shares.clear()
        self._means.clear()

    def more(self) -> None:
        """Want what is missing of the survey or, if nothing is, so many trials more as the settings say.

        Raises
        ------
        Refused
            If there is no survey, or there would be too many trials.
        """
        survey = self._begun()
        if survey.finished:
            survey.extend(self.settings.trials)

    def work(self, cancel: Event) -> None:
        """Make the wanted trials until `cancel` is set."""
        self._begun().run(cancel)

    def share(self, point: Point, measure: str, system: str) -> Estimate | None:
        """Return a share by the trials so far, None before the first; see `statistics_summary.share`.

        Only the device's has an interval.
        """
        count, key = self.count(point), (point, measure, system)
        if self.survey is None or not count:
            return None
        if key not in self._shares or self._shares[key][0] != count:
            records, device = self.survey.records(point), system == "device"
            self._shares[key] = count, share(records, point.neurons, measure, system, interval=device)
        return self._shares[key][1]

    def mean(self, point: Point, quantity: str) -> Estimate | None:
        """Return the mean time, energy or power by the trials so far, None before the first."""
        count, key = self.count(point), (point, quantity)
        if self.survey is None or not count:
            return None
        if key not in self._means or self._means[key][0] != count:
            self._means[key] = count, mean(self.survey.records(point), quantity)
        return self._means[key][1]

    def next_failed(self, point: Point, after: int) -> int | None:
        """Return the number of the next trial that did not end in a pattern, from the first again after the last."""
        numbers, records = self._begun().numbered(point)
        failed = numbers[records["wrong"] > 0]
        if not len(failed):
            return None
        later = failed[failed > after]
        return int(later[0] if len(later) else failed[0])

    def python(self, point: Point, trial: int) -> str:
        """Return the lines of Python that make a trial again."""
        return python_lines(self._begun().conditions, point, trial)

    def record(self, point: Point, trial: int) -> np.void:
        """Return what is kept of a trial.

        Raises
        ------
        Refused
            If it has not been made.
        """
        made, records = self._begun().numbered(point)
        if trial not in made:
            sentence = (
                tr("Trial {trial} of {neurons} neurons has not been made; there are 0 to {last}.")
                if len(made)
                else tr("Trial {trial} of {neurons} neurons has not been made; there are none yet.")
            )
            raise Refused(sentence.format(trial=trial, neurons=point.neurons, last=made.max(initial=0)))
        record: np.void = records[int(np.searchsorted(made, trial))]
        return record

    def _begun(self) -> Survey:
        if self.survey is None:
            msg = tr("Nothing has been tried yet; press Start.")
            raise Refused(msg)
        return self.survey


def python_lines(conditions: Conditions, point: Point, trial: int) -> str:
    """Return the lines of Python that make a trial again with the device, and print how it ends."""
    numbers = f"neurons={point.neurons}, patterns={point.patterns}, trial={trial}"
    return "\n".join(
        [
            *conditions_lines(conditions, "draw_trial, recall, wrong_bits"),
            f"patterns, cue, _ = draw_trial(conditions, {numbers})",
            "run = recall(patterns, cue, conditions)",
            'print(run.bits, wrong_bits(run.bits, patterns), "bits wrong")',
            'print(run.time, "s,", run.energy, "J")',
        ]
    )


def survey_lines(survey: Survey) -> str:
    """Return the lines of Python that make all trials of a survey, and print the shares of right bits."""
    numbers = f"{list(survey.sizes)!r}, {list(survey.patterns)!r}, trials={survey.trials}"
    return "\n".join(
        [
            *conditions_lines(survey.conditions, more="from dwmtj_widgets.tasks.recall_survey import Survey"),
            f"survey = Survey(conditions, {numbers})",
            "survey.run()",
            "for point in survey.points:",
            '    wrong = survey.records(point)["wrong"]',
            '    print(point, 1 - wrong.mean() / point.neurons, "of the bits right")',
        ]
    )


def conditions_lines(conditions: Conditions, names: str = "", more: str = "") -> list[str]:
    """Return the lines that make conditions, after imports of them and of other `names` of their module."""
    plain = Conditions()
    changed = {
        entry.name: getattr(conditions, entry.name)
        for entry in fields(Conditions)
        if entry.init and getattr(conditions, entry.name) != getattr(plain, entry.name)
    }
    arguments = [f"{k}={device_text(v) if k == 'device' else repr(v)}" for k, v in changed.items()]
    imported = ", ".join(filter(None, ["Conditions", names]))
    return [
        *(["from dwmtj_widgets import Device"] if "device" in changed else []),
        f"from dwmtj_widgets.tasks.random_recall import {imported}",
        *([more] if more else []),
        "",
        f"conditions = Conditions({', '.join(arguments)})",
    ]
