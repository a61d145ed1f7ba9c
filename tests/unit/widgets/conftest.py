"""What widgets would send to a page."""

import pytest
from ipywidgets import Widget


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """Record the custom messages of every widget, as (widget, content, buffers)."""
    messages: list[tuple] = []

    def send(self, content, buffers=None):
        messages.append((self, content, [bytes(b) for b in buffers or ()]))

    monkeypatch.setattr(Widget, "send", send)
    return messages
