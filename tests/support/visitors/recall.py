"""A visitor of the Recall Lab: what a person does arrives as messages."""

from visitors.lab import Visitor, Watch

from dwmtj_widgets.labs import RecallLab


class RecallVisitor(Visitor):
    def __init__(self, watch: Watch) -> None:
        super().__init__(RecallLab(), watch)

    def draw(self, name: str, cells, value: int, stroke: int = 1) -> None:
        cells = [int(cell) for cell in cells]
        message = {"client": "me", "sequence": stroke, "stroke": stroke, "value": value, "cells": cells}
        self.say(name, {"type": "paint", **message})


def open_device_panel(visitor) -> None:
    visitor.find("device-panel").selected_index = 0
