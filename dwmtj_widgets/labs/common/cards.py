"""Cards of a page and their headings."""

from __future__ import annotations

from ipywidgets import HTML, VBox, Widget


def card(name: str, *parts: Widget) -> VBox:
    """Return a card of a page; its class ``dwmtj-NAME-card`` sets its place in phone.css."""
    made = VBox(list(parts))
    made.add_class("dwmtj-card")
    made.add_class(f"dwmtj-{name}-card")
    return made


def caption(title: str, text: str = "") -> HTML:
    """Return the heading of a card."""
    return HTML(f'<div class="dwmtj-caption"><b>{title}</b>{text}</div>')
