"""Closing of widgets, because a kernel keeps every widget that is not closed, even without a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipywidgets import Widget

from dwmtj_widgets.widgets.page.page_access import PageAccess
from dwmtj_widgets.widgets.views._canvas import SHARED


def close_all(*roots: Widget) -> None:
    """Close widgets and everything that they hold: children, layouts, styles, scales, marks, layers."""
    widgets = widgets_within(*roots)
    PageAccess.announce_closing(widgets)
    for widget in widgets:
        widget.close()


def widgets_within(*roots: Widget) -> list[Widget]:
    """Return widgets and everything that they hold, each once, except what all canvases share."""
    seen: dict[int, Widget] = {id(widget): widget for widget in SHARED}
    shared = set(seen)
    waiting = list(roots)
    while waiting:
        widget = waiting.pop()
        if id(widget) not in seen:
            seen[id(widget)] = widget
            waiting.extend(_held_by(widget))
    return [widget for key, widget in seen.items() if key not in shared]


def _held_by(widget: Widget) -> Iterator[Widget]:
    for name in widget.keys:
        yield from _widgets_in(getattr(widget, name))


def _widgets_in(value: Any) -> Iterator[Widget]:
    if isinstance(value, Widget):
        yield value
    elif isinstance(value, dict):
        yield from _widgets_in(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _widgets_in(item)
