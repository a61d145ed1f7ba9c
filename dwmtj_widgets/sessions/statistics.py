"""The Statistics Lab without a page: a setting, and its survey."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from threading import Event
from typing import Any, TypeAlias

import numpy as np

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Change, Open, Session
from dwmtj_widgets.sessions.statistics_lines import survey_lines, trial_lines
from dwmtj_widgets.sessions.statistics_setting import StatisticsSetting
from dwmtj_widgets.sessions.statistics_summary import Estimate, mean, share
from dwmtj_widgets.tasks.random_recall import Conditions, run_trial
from dwmtj_widgets.tasks.recall_survey import Survey, SurveyPoint
from dwmtj_widgets.texts import tr


@dataclass(frozen=True)
class Begin:
    """Begin a new survey with the present setting; `StatisticsSession.work` makes its trials."""


@dataclass(frozen=True)
class More:
    """Finish the survey, else request the setting's number of trials once more."""


Action: TypeAlias = Open[StatisticsSetting] | Change[StatisticsSetting] | Begin | More


class StatisticsSession(Session[StatisticsSetting]):
    """A setting, and the survey begun with an earlier or the same one.

    A refused setting does not change the survey.

    Parameters
    ----------
    setting : StatisticsSetting, optional
        The initial setting.
    """

    def __init__(self, setting: StatisticsSetting | None = None) -> None:
        self._setting = StatisticsSetting() if setting is None else setting
        self.planned = self._setting
        """The last legal setting."""
        self.survey: Survey | None = None
        self.surveyed: StatisticsSetting | None = None
        """Setting of the survey."""
        self._shares: dict[tuple[SurveyPoint, str, str], tuple[int, Estimate]] = {}
        self._means: dict[tuple[SurveyPoint, str], tuple[int, Estimate]] = {}
        # Load the compiled kernels now, so that the first curve need not wait for them.
        run_trial(Conditions(), neurons=3, patterns=1, trial=0)

    @property
    def changed(self) -> bool:
        """Whether the setting differs from the survey's in more than the number of trials."""
        if self.surveyed is None:
            return False
        names = (entry.name for entry in fields(StatisticsSetting) if entry.name != "trials")
        return any(getattr(self.setting, name) != getattr(self.surveyed, name) for name in names)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Sizes of the survey, or the planned ones before that."""
        return tuple(self.planned.sizes) if self.survey is None else self.survey.sizes

    @property
    def patterns(self) -> tuple[int, ...]:
        """Numbers of patterns of the survey, or the planned ones before that."""
        return self.planned.patterns if self.survey is None else self.survey.patterns

    def count(self, point: SurveyPoint) -> int:
        """Return the number of finished trials of a point."""
        return 0 if self.survey is None else self.survey.count(point)

    @property
    def setting(self) -> StatisticsSetting:
        """The present setting, legal or not."""
        return self._setting

    def apply(self, action: Action) -> None:
        """Carry out an action.

        A `Change` to an illegal setting is kept, because two values may need to change before both are legal; `sizes`
        and `patterns` stay the last legal ones.

        Raises
        ------
        Refused
            If it is not legal now.
        """
        match action:
            case Open(setting):
                setting.survey()
                self._setting = self.planned = setting
                self._give_up()
            case Change(setting):
                self._setting = setting
                setting.survey()
                self.planned = setting
            case Begin():
                survey = self.setting.survey()
                self._give_up()
                self.survey, self.surveyed = survey, self.setting
            case More():
                survey = self._begun()
                if survey.finished:
                    survey.extend(self.setting.trials)

    def change(self, **changes: Any) -> None:
        """Replace some fields of the setting."""
        self.apply(Change(replace(self.setting, **changes)))

    def begin(self) -> None:
        """Begin a new survey with the present setting."""
        self.apply(Begin())

    def more(self) -> None:
        """Finish the survey, else request more trials."""
        self.apply(More())

    def _give_up(self) -> None:
        self.survey = self.surveyed = None
        self._shares.clear()
        self._means.clear()

    @property
    def asked(self) -> StatisticsSetting:
        """The setting that repeats the survey: the present one, with the number of finished trials.

        Raises
        ------
        Refused
            If a setting is illegal.
        """
        if self.survey is not None and not self.changed:
            return replace(self.setting, trials=self.survey.trials)
        self.setting.survey()
        return self.setting

    def work(self, cancel: Event) -> None:
        """Make the requested trials until `cancel` is set."""
        self._begun().run(cancel)

    def share(self, point: SurveyPoint, measure: str, system: str) -> Estimate | None:
        """Return a share of the trials so far, None before the first; see `statistics_summary.share`.

        Only the device's share has an interval.
        """
        count, key = self.count(point), (point, measure, system)
        if self.survey is None or not count:
            return None
        if key not in self._shares or self._shares[key][0] != count:
            records, device = self.survey.records(point), system == "device"
            self._shares[key] = count, share(records, point.neurons, measure, system, interval=device)
        return self._shares[key][1]

    def mean(self, point: SurveyPoint, quantity: str) -> Estimate | None:
        """Return the mean time, energy or power of the trials so far, None before the first."""
        count, key = self.count(point), (point, quantity)
        if self.survey is None or not count:
            return None
        if key not in self._means or self._means[key][0] != count:
            self._means[key] = count, mean(self.survey.records(point), quantity)
        return self._means[key][1]

    def next_failed(self, point: SurveyPoint, after: int) -> int | None:
        """Return the number of the next trial that did not end in a pattern, cyclically."""
        numbers, records = self._begun().numbered(point)
        failed = numbers[records["wrong"] > 0]
        if not len(failed):
            return None
        later = failed[failed > after]
        return int(later[0] if len(later) else failed[0])

    def python(self) -> str:
        """Return the lines that repeat all trials of the survey, or of the planned one."""
        return survey_lines(self.asked.survey() if self.survey is None else self.survey)

    def trial_python(self, point: SurveyPoint, trial: int) -> str:
        """Return the lines of Python that repeat a trial."""
        return trial_lines(self._begun().conditions, point, trial)

    def record(self, point: SurveyPoint, trial: int) -> np.void:
        """Return the record of a trial.

        Raises
        ------
        Refused
            If the trial has not been made.
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
