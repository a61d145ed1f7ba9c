"""One person at one lab, without a browser: what they do arrives as messages, what they see is read from widgets."""

import re
from collections.abc import Iterator
from typing import Any

from ipywidgets import HTML, Widget


class Watch:
    """A clock on the wall that the tests turn."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def widgets_in(root: Widget) -> Iterator[Widget]:
    """Yield a widget and all that is inside it."""
    waiting = [root]
    while waiting:
        widget = waiting.pop()
        yield widget
        waiting.extend(getattr(widget, "children", ()))


def find(root: Widget, name: str) -> Widget:
    """Return the only widget of the class ``dwmtj-NAME``."""
    (found,) = (w for w in widgets_in(root) if f"dwmtj-{name}" in w._dom_classes)
    return found


class Visitor:
    """Finds things by their CSS class, as the browser tests do."""

    def __init__(self, lab: Any, watch: Watch) -> None:
        self.watch, self.lab = watch, lab
        self.session = lab.session

    def widgets(self) -> Iterator[Widget]:
        return widgets_in(self.lab.widget)

    def find(self, name: str) -> Widget:
        return find(self.lab.widget, name)

    def press(self, name: str) -> None:
        button = self.find(name)
        assert not button.disabled, f"{name} cannot be pressed"
        button.click()

    def text(self, name: str) -> str:
        """Return the text inside the first HTML element of a class."""
        if name == "error":
            sentence = re.search(r'<p role="alert">(.*?)</p>', self.find(name).value)
            return sentence.group(1) if sentence else ""
        for widget in self.widgets():
            if isinstance(widget, HTML):
                inside = re.search(rf'class="dwmtj-{name}[ "][^>]*>(.*?)</(?:b|dd|div|span|i)>', widget.value)
                if inside:
                    return re.sub("<[^>]*>", "", inside.group(1))
        return ""

    def frames(self, count: int, seconds: float = 0.03) -> None:
        """Let the browser ask for frames."""
        for _ in range(count):
            self.watch.now += seconds
            self.say("clock", {"type": "ask"})

    def say(self, name: str, content: dict) -> None:
        # Not by _handle_custom_msg, which hides what goes wrong.
        widget = self.lab.desk.clock if name == "clock" else self.find(name)
        widget._receive(widget, content, [])

    def open_file(self, content: bytes, name: str = "x.png") -> None:
        self.find("upload")._receive(None, {"type": "file", "name": name}, [memoryview(content)])

    def chart(self, name: str):
        """Return the marks (earlier run, present run, moment) of a chart."""
        (figure,) = (w for w in self.lab.charts[name].widget.children if hasattr(w, "marks"))
        return figure.marks

    def look_back(self, index: int):
        """Move the slider to a recorded moment, and return that."""
        self.find("scrub").value = index / (len(self.session.recording) - 1)
        return self.session.recording[index]
