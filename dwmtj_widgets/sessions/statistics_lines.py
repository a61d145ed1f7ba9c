"""The Python that repeats the Statistics Lab's trials."""

from __future__ import annotations

from dataclasses import fields

from dwmtj_widgets.sessions.device_setting import device_text
from dwmtj_widgets.tasks.random_recall import Conditions
from dwmtj_widgets.tasks.recall_survey import Survey, SurveyPoint


def trial_lines(conditions: Conditions, point: SurveyPoint, trial: int) -> str:
    """Return the lines of Python that repeat a trial with the device and print its result."""
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
    """Return the lines that make the conditions, with the imports of these and of other `names` of their module."""
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
