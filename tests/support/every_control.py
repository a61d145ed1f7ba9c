"""Everything that a visitor can do to a page, found by looking at its widgets, and errors that are made inside."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import ipywidgets
import numpy as np
from ipywidgets import Widget
from visitors.lab import widgets_in

import dwmtj_widgets
from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor
from dwmtj_widgets.widgets.editors.pixel_editor import PixelEditor
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor
from dwmtj_widgets.widgets.page.answer_keeper import AnswerKeeper
from dwmtj_widgets.widgets.page.clock import AnimationClock
from dwmtj_widgets.widgets.page.file_opener import FileOpener
from dwmtj_widgets.widgets.page.save_box import SaveBox
from dwmtj_widgets.widgets.page.share_box import ShareBox
from dwmtj_widgets.widgets.plots.curve_plot import CurvePlot
from dwmtj_widgets.widgets.plots.heat_map import HeatMap
from dwmtj_widgets.widgets.views.sphere_field import SphereField
from dwmtj_widgets.widgets.views.track_field import TrackField

PACKAGE = Path(dwmtj_widgets.__file__).parent
EDGE = (
    "cli",
    "labs",
    "widgets",
    "faults.py",
    "refusals.py",
    "texts.py",
    "units.py",
    "_jit.py",
    "__init__.py",
)
"""Parts of the package that are the edge itself, or its words and numbers; an error is made in any other."""


@dataclass(frozen=True)
class Act:
    """Something that a visitor can do."""

    name: str
    do: Callable[[], object]
    undo: Callable[[], object] = lambda: None
    """Puts a control back where it was."""


def acts_on(root: Widget) -> Iterator[Act]:
    """Yield everything that can be done to a widget and all inside it."""
    for widget in list(widgets_in(root)):
        name = "/".join([type(widget).__name__, *(c for c in widget._dom_classes if c.startswith("dwmtj-"))])
        for kind, act in _acts(widget):
            trait = {"open": "selected_index", "choose": "index", "toggle": "value", "set": "value"}.get(kind)
            undo = partial(setattr, widget, trait, getattr(widget, trait)) if trait else lambda: None
            yield Act(f"{name}: {kind}", act, undo)


def _acts(widget: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    if isinstance(widget, ipywidgets.Button):
        # Not by click(), which hides what goes wrong.
        for callback in widget._click_handlers.callbacks:
            yield "click", partial(callback, widget)
    elif isinstance(widget, (ipywidgets.Accordion, ipywidgets.Tab)):
        yield "open", lambda: setattr(widget, "selected_index", None if widget.selected_index == 0 else 0)
    elif getattr(widget, "options", ()):
        yield "choose", lambda: setattr(widget, "index", ((widget.index or 0) + 1) % len(widget.options))
    elif hasattr(widget, "options"):
        return  # a list without a choice
    elif isinstance(getattr(widget, "value", None), bool):
        yield "toggle", lambda: setattr(widget, "value", not widget.value)
    elif isinstance(getattr(widget, "value", None), (int, float)) and "value" in widget.keys:
        yield "set", lambda: setattr(widget, "value", _other_number(widget))
    elif isinstance(widget, ipywidgets.Text):
        yield "type", lambda: setattr(widget, "value", "2" if widget.value == "1" else "1")
    else:
        for content, buffers in _messages(widget):
            yield str(content["type"]), partial(widget._receive, widget, content, buffers)


def _other_number(widget: Any) -> float:
    low, high = getattr(widget, "min", 0), getattr(widget, "max", 9)
    if isinstance(widget, ipywidgets.FloatLogSlider):
        low, high = widget.base**low, widget.base**high
    middle = type(widget.value)((low + high) / 2)
    return middle if middle != widget.value else low


def _messages(widget: Widget) -> list[tuple[dict[str, Any], list[Any]]]:
    sender = {"client": "visitor", "sequence": 1, "stroke": 1}
    stroke = np.linspace(-1.0, 1.0, 8, dtype="<f4").tobytes()
    file = {"type": "file", "name": "x.txt"}
    by_class: dict[type, list[tuple[dict[str, Any], list[Any]]]] = {
        AnimationClock: [({"type": kind}, []) for kind in ("ready", "ask", "hidden", "shown")],
        TrackField: [({"type": kind, "neuron": 0}, []) for kind in ("select", "hover")],
        SphereField: [({"type": kind, "vector": 0, **sender}, []) for kind in ("select", "hover")],
        HeatMap: [({"type": "pick", "column": 0, "row": 0}, [])],
        CurvePlot: [({"type": "pick", "curve": 0, "point": 0}, [])],
        PixelEditor: [
            ({"type": "paint", "value": 1, "cells": [0], **sender}, []),
            ({"type": "paint", "value": 0, "cells": [0], **sender, "stroke": 2}, []),
            ({"type": "undo"}, []),
            ({"type": "select", "cell": 0}, []),
        ],
        GraphEditor: [
            ({"type": "select", "node": 0, **sender}, []),
            ({"type": "edit", "op": "add", "x": 0.5, "y": 0.4, "from": 0, "generation": 0, **sender}, []),
            ({"type": "undo"}, []),
        ],
        WaveformEditor: [
            ({"type": "draw", "columns": [0, 7], **sender}, [memoryview(stroke)]),
            ({"type": "clear"}, []),
            ({"type": "undo"}, []),
        ],
        FileOpener: [(file, [memoryview(b"##.\n#.#\n.##\n")]), (file, [memoryview(b"3 2\n1 2 1\n2 3 1\n")])],
        SaveBox: [({"type": "save", "label": label}, []) for label in getattr(widget, "_labels", ())],
        ShareBox: [
            *(({"type": "give", "what": what}, []) for what in ("address", "file", "python")),
            ({"type": "keep"}, []),
            ({"type": "take", "what": "file", "text": "{}"}, []),
        ],
        AnswerKeeper: [({"type": "kept", "text": "1"}, [])],
    }
    return next((found for kind, found in by_class.items() if isinstance(widget, kind)), [])


class Mistake:
    """While it is entered, the first call behind the edge, made by this thread, raises `error` instead."""

    def __init__(self, error: Exception) -> None:
        self.error, self.made = error, ""

    def __enter__(self) -> "Mistake":
        assert sys.gettrace() is None, "a debugger or a measurement of coverage is at work"
        sys.settrace(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        assert threading.gettrace() is None

    def _called(self, frame: FrameType, _event: str, _arg: Any) -> None:
        if self.made or not _is_ours(frame) or _is_importing(frame):
            return
        inside = Path(frame.f_code.co_filename).relative_to(PACKAGE).parts
        if inside[0] not in EDGE and "_kernels" not in inside and frame.f_code.co_name[0] != "<":
            self.made = f"{'/'.join(inside)}:{frame.f_code.co_name}"
            raise self.error


def _is_ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(f"{PACKAGE}{os.sep}")  # fast: it is asked at every call


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == "<module>" and _is_ours(frame):
            return True
        frame = frame.f_back
    return False
