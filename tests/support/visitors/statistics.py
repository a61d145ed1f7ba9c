"""A small survey of the Statistics Lab, and what a person reads of it."""

import re

from visitors.lab import widgets_in

from dwmtj_widgets.labs import StatisticsLab

SMALL = {"smallest": 5, "largest": 13, "steps": 3, "patterns": (1, 3), "trials": 10}


def text(lab: StatisticsLab, name: str) -> str:
    page = "".join(w.value for w in widgets_in(lab.widget) if isinstance(getattr(w, "value", None), str))
    (found,) = re.findall(rf'class="dwmtj-{name}"[^>]*>([^<]*)', page)
    return found
