"""The frame of an experiment made from parts of a lab."""

from __future__ import annotations

from ipywidgets import VBox, Widget

from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.common.style import lesson_sheet, style_sheet
from dwmtj_widgets.labs.lessons.part import heading
from dwmtj_widgets.widgets.page.canvas_shield import CanvasShield
from dwmtj_widgets.widgets.page.page_access import PageAccess


def bench(title: str, name: str, *inside: Widget) -> Whole:
    """Return the card of an experiment, with the style sheets of the labs and of the lessons.

    Parameters
    ----------
    title : str
    name : str
        The card gets the class ``dwmtj-NAME``.
    *inside : Widget
        Content, from top to bottom.
    """
    sheets = VBox([CanvasShield(), PageAccess(), style_sheet(), lesson_sheet()])
    sheets.add_class("dwmtj-sheets")
    made = Whole([heading("Experiment", title), *inside, sheets])
    for found in ("lab", "lesson-bench", "lesson-part", name):
        made.add_class(f"dwmtj-{found}")
    return made
