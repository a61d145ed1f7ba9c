"""Closing of labs that no notebook cell shows any more, because their cell ran again.

Kernel and page keep their halves of every widget until it is closed. A person who runs a cell again expects the new
lab to replace the earlier one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from threading import RLock
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, Final

from IPython.core.getipython import get_ipython
from ipywidgets import VBox, Widget
from ipywidgets.widgets.widget import _instances

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page._closing import close_all, widgets_within
from dwmtj_widgets.widgets.page.page_access import PageAccess

GRACE: Final = 10.0
"""Time limit for a page's answer that it still shows a lab, s."""
DEPTH: Final = 4
"""Depth to which the values of variables are searched for a lab, as in a list or a lesson's prediction."""
MOST_LOOKED_AT: Final = 20_000
"""Most objects searched, so that running a cell never waits for this."""
_HISTORY: Final = re.compile(r"_{1,3}|_i{1,3}|_i?\d+|_[ido]h|In|Out")
_NO_HOLDERS: Final = (ModuleType, type, FunctionType, MethodType, BuiltinFunctionType)


class Whole(VBox):
    """The whole page of a lab or of a lesson's part, shown and closed as one.

    Attributes
    ----------
    owner : Shown or None
        The lab that closes it.
    """

    owner: Shown | None = None

    def _repr_mimebundle_(self, **options: Any) -> Any:
        CELLS.note(self)
        return super()._repr_mimebundle_(**options)


class Shown:
    """A lab or a part of a lesson: displaying it shows its `widget`."""

    @property
    def widget(self) -> Whole:
        """The page."""
        return self._whole

    @widget.setter
    def widget(self, whole: Whole) -> None:
        self._whole = whole
        whole.owner = self

    def close(self) -> None:
        """Close the widgets."""
        close_all(self._whole)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if self._whole.comm is None:
            print(tr("This was closed when its cell ran again, or by close(). Make a new one."))  # noqa: T201
        else:
            display(self._whole)


class Cells:
    """The notebook cells that show each whole, from IPython's events.

    A whole is closed when every cell that showed it has run again without showing it, no variable holds it, and no
    view shows it: neither another window nor a copy of the cell. A reloaded or lost page does not report the end of
    its views, so all views are asked, and those that do not answer in time no longer count.
    """

    def __init__(self) -> None:
        # In JupyterLab messages of a page and cells may run in different threads.
        self._lock = RLock()
        self._shell: Any = None
        self._now: list[Whole] = []
        self._cells: dict[Whole, set[str]] = {}
        """The cells that show each whole; "" stands for an unknown cell, and is permanent."""
        self._asked: set[Whole] = set()
        """Wholes whose views have been asked and may still answer."""

    def note(self, whole: Whole) -> None:
        """Note that a whole is displayed."""
        shell = get_ipython()
        if shell is None or whole.owner is None:
            return
        if shell is not self._shell:
            self._shell = shell
            shell.events.register("pre_run_cell", self._begin)
            shell.events.register("post_run_cell", self._ran)
        with self._lock:
            if whole not in self._cells:
                self._cells[whole] = set()
                for access in _accesses(whole):
                    access.on_unseen(lambda: self._look(whole))
            self._now.append(whole)

    def _begin(self, _info: Any) -> None:
        # A display between two runs of cells belongs to no cell.
        self._shown_by("")

    def _shown_by(self, cell: str) -> list[Whole]:
        with self._lock:
            shown, self._now = self._now, []
            for whole in shown:
                self._cells[whole].add(cell)
            return shown

    def _ran(self, result: Any) -> None:
        cell = result.info.cell_id or ""
        with self._lock:
            shown = self._shown_by(cell)
            if cell:
                for whole, cells in self._cells.items():
                    if whole not in shown:
                        cells.discard(cell)
            for whole in list(self._cells):
                self._look(whole, ask=True)

    def _answered(self, whole: Whole) -> None:
        self._asked.discard(whole)
        for access in _accesses(whole):
            access.keep_answered()
        self._look(whole)

    def _look(self, whole: Whole, *, ask: bool = False) -> None:
        """Close an unused whole; if only views may show it, `ask` them."""
        with self._lock:
            if not self._cells.get(whole, True) and not self._is_held(whole):
                self._close_or_ask(whole, ask)

    def _close_or_ask(self, whole: Whole, ask: bool) -> None:
        if not any(access.is_shown for access in _accesses(whole)):
            del self._cells[whole]
            self._asked.discard(whole)
            self._forget(whole)
            if whole.owner is not None:
                whole.owner.close()
        elif ask and whole not in self._asked:
            self._asked.add(whole)
            for access in _accesses(whole):
                access.ask_views()
            _later(GRACE, self._answered, whole)

    def _is_held(self, whole: Whole) -> bool:
        names = list(self._shell.user_ns.items())
        variables = (value for name, value in names if not _HISTORY.fullmatch(name))
        return _reach(variables, (whole, whole.owner), no_holders=(*_NO_HOLDERS, type(self._shell)))

    def _forget(self, whole: Whole) -> None:
        """Remove a whole and its owner from the history of outputs, which would keep them for ever."""
        gone = (whole, whole.owner)
        variables = self._shell.user_ns
        for history in (variables, variables.get("Out", {})):
            for name in [n for n, value in history.items() if any(value is one for one in gone)]:
                del history[name]


def _later(seconds: float, *call: Any) -> None:
    asyncio.get_running_loop().call_later(seconds, *call)


def _accesses(whole: Whole) -> list[PageAccess]:
    return [widget for widget in widgets_within(whole) if isinstance(widget, PageAccess)]


def _reach(values: Iterable[Any], wanted: Sequence[Any], no_holders: tuple[type, ...]) -> bool:
    """Return whether values are, or contain, a wanted object: in containers, attributes, and widgets' children."""
    seen = {id(_instances)}  # ipywidgets' list of all widgets does not count
    level = list(values)
    for _ in range(DEPTH):
        deeper: list[Any] = []
        for value in level:
            if any(value is one for one in wanted):
                return True
            if id(value) not in seen and len(seen) < MOST_LOOKED_AT:
                seen.add(id(value))
                deeper.extend(_held_in(value, no_holders))
        level = deeper
    return False


def _held_in(value: Any, no_holders: tuple[type, ...]) -> Iterable[Any]:
    if isinstance(value, no_holders):
        return ()
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if isinstance(value, Widget):
        return getattr(value, "children", ())
    return list(vars(value).values()) if hasattr(value, "__dict__") else ()


CELLS: Final = Cells()
