"""The setting of the Statistics Lab as fields to share, and the Python that makes its trials again."""

from __future__ import annotations

from typing import Any, Final

from dwmtj_widgets.sessions.device_setting import drive_setting, read_circuit
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.sessions.statistics import MOST_SIZES, Settings, StatisticsSession, survey_lines
from dwmtj_widgets.tasks.random_recall import MOST_PATTERNS, SIZES
from dwmtj_widgets.tasks.recall_survey import MOST_TRIALS

_SEEDS: Final = (0, 2**32 - 1)


def statistics_setting(settings: Settings) -> dict[str, Any]:
    """Return settings of the Statistics Lab as fields."""
    names = ("smallest", "largest", "steps", "odd", "trials", "seed")
    distorted = {} if settings.distortion is None else {"distortion": settings.distortion}
    return {
        **{name: getattr(settings, name) for name in names},
        "patterns": list(settings.patterns),
        **distorted,
        **drive_setting(settings.weight, settings.charge_voltage, settings.device, settings.published),
    }


def read_statistics(fields: Fields) -> Settings:
    """Take the settings that were shared, a survey of which can be made.

    Raises
    ------
    Refused
        If a field is missing or not legal.
    """
    drive = read_circuit(fields)
    settings = Settings(
        smallest=fields.whole("smallest", *SIZES),
        largest=fields.whole("largest", *SIZES),
        steps=fields.whole("steps", 1, MOST_SIZES),
        odd=fields.truth("odd"),
        patterns=tuple(
            fields.items("patterns", lambda entry, name: entry.whole(name, 1, MOST_PATTERNS), MOST_PATTERNS)
        ),
        trials=fields.whole("trials", 1, MOST_TRIALS),
        seed=fields.whole("seed", *_SEEDS),
        distortion=fields.number("distortion", 0.0, 1.0, "%") if "distortion" in fields else None,
        weight=drive.weight,
        charge_voltage=drive.charge_voltage,
        device=drive.device,
        published=drive.published,
    )
    settings.survey()
    return settings


def statistics_python(session: StatisticsSession) -> str:
    """Return the lines of Python that make all trials again, of the survey or of the one that is planned.

    Raises
    ------
    Refused
        If the setting cannot be tried.
    """
    return survey_lines(session.asked.survey() if session.survey is None else session.survey)
