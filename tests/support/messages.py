"""Messages between a widget and the page that is not there."""

from typing import Any

from ipywidgets import Widget

MALFORMED = [None, "ask", 3, [], {}, {"type": None}, {"type": "unknown"}, {"type": []}]


def say(widget: Widget, content: Any) -> None:
    """Let a widget hear what the browser would send it. ipywidgets logs what a callback raises, and goes on."""
    widget._handle_custom_msg(content, [])
