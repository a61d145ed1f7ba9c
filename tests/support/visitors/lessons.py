"""What a student presses in a lesson."""

from ipywidgets import Button
from reference import ROOT
from visitors.lab import find

from dwmtj_widgets.labs.lessons.course import TOPICS

FOLDER = ROOT / "notebooks" / "lessons"
NUMBERS = range(1, len(TOPICS) + 1)


def press(part, name: str) -> None:
    button = find(part.widget, name)
    assert isinstance(button, Button) and not button.disabled, name
    button.click()
