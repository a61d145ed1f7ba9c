"""Conventional methods on the Max-cut Lab's graph: search for the optimum, and Goemans-Williamson if installed."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from threading import Event

from ipywidgets import HTML, HBox

from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.maxcut.searched import SearchedLab
from dwmtj_widgets.tasks.graphs import Graph
from dwmtj_widgets.tasks.maxcut_baselines import Division, goemans_williamson
from dwmtj_widgets.tasks.maxcut_exact import exact_cut
from dwmtj_widgets.texts import tr

LONGEST_SEARCH = 10.0
"""Time limit of the search for the optimum, s; it cannot be stopped earlier."""

EXACT, RELAXED = tr("Exact search"), "Goemans–Williamson"


class Comparison:
    """Baselines that take seconds: `buttons` and `text` with the results go into a page.

    Parameters
    ----------
    lab : SearchedLab
        The lab with the graph.
    """

    def __init__(self, lab: SearchedLab) -> None:
        self._lab = lab
        self._method = ""
        self._asked: Graph | None = None
        self.results: dict[str, Division] = {}
        """Results of the methods on the present graph."""
        self.work: BackgroundWork[Division] = BackgroundWork(
            lambda: None, self._ended, self._refused, "compare"
        )
        self.exact = button(
            tr("Find optimum"),
            "exact",
            tr("Branch and bound on this computer, for at most {time} s").format(time=f"{LONGEST_SEARCH:g}"),
        )
        self.exact.on_click(lambda _button: lab.desk.press(partial(self.start, EXACT)))
        self._buttons = [self.exact]
        if find_spec("cvxpy") is not None:
            self.relaxed = button(RELAXED, "goemans-williamson", tr("Round the semidefinite relaxation"))
            self.relaxed.on_click(lambda _button: lab.desk.press(partial(self.start, RELAXED)))
            self._buttons.append(self.relaxed)
        self.text = HTML()
        self.text.add_class("dwmtj-exact-text")
        self.buttons = HBox([*self._buttons, self.work.clock])
        self.buttons.add_class("dwmtj-small")

    def start(self, method: str) -> None:
        """Start one of the methods, if none is running."""
        if self.work.running:
            return
        graph = self._lab.session.setting.graph
        self._method, self._asked = method, graph

        def work(_cancel: Event) -> Division:
            if method == RELAXED:
                return goemans_williamson(graph.adjacency)
            return exact_cut(graph.adjacency, LONGEST_SEARCH)

        self.work.start(work)
        self._show()

    def forget(self) -> None:
        """Drop all results and the running search, which belong to another graph."""
        self.results, self._asked = {}, None
        self._show()

    def redraw(self) -> None:
        """Update the text, because a better cut may be known now."""
        self._show()

    @property
    def bound(self) -> float | None:
        """Upper bound on the graph's cuts, as far as it is proven here."""
        bounds = [result.bound for result in self.results.values() if result.bound is not None]
        return min(bounds, default=None)

    def close(self) -> None:
        """End the thread; the result of a running search is dropped."""
        self.work.close()

    def _ended(self, result: Division) -> None:
        if self._asked is self._lab.session.setting.graph:
            self.results[self._method] = result
            self._lab.beaten(result.cut)  # which redraws this too
        else:
            self._show()

    def _refused(self, sentence: str) -> None:
        self._show()
        if self._asked is self._lab.session.setting.graph:
            self._lab.error.say(sentence)

    def _show(self) -> None:
        for one in self._buttons:
            one.disabled = self.work.running
        lines = [_sentence(method, result, self._lab.best_known) for method, result in self.results.items()]
        if self.work.running and self._asked is not None:
            sentence = tr("{method} is under way …")
            if self._method == EXACT:
                sentence = tr("{method} is under way, at most {time} s …")
            lines.append(sentence.format(method=self._method, time=f"{LONGEST_SEARCH:g}"))
        self.text.value = "<br>".join(lines)


def _sentence(method: str, result: Division, best: float) -> str:
    """Return a method's result relative to the best known cut, which the method did not know."""
    bounded = result.bound is not None
    if result.cut >= best:
        sentence = tr("{method}: {cut} found, not proven.")
        if result.proven:
            sentence = tr("{method}: {cut} is the optimum, proven.")
        elif bounded:
            sentence = tr("{method}: {cut} found, not proven; no cut exceeds {bound}.")
    elif result.bound is not None and best >= result.bound:
        sentence = tr("{method}: no cut exceeds {bound}, so the best known is the optimum, proven.")
    elif bounded:
        sentence = tr("{method}: {cut} found, less than the best known {best}; no cut exceeds {bound}.")
    else:
        sentence = tr("{method}: {cut} found, less than the best known {best}.")
    return sentence.format(
        method=method, cut=f"{result.cut:g}", best=f"{best:g}", bound=f"{result.bound:g}" if bounded else ""
    )
