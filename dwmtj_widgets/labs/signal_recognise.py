"""The Signal Lab's second mode: teach labels, and watch the network tell signals apart."""

from __future__ import annotations

from html import escape

import numpy as np
from ipywidgets import HTML, HBox, Widget

from dwmtj_widgets.labs.cards import caption, card
from dwmtj_widgets.labs.page import ErrorLine
from dwmtj_widgets.labs.recognition_lesson import Confusion
from dwmtj_widgets.labs.recognition_session import INPUT, RecognitionSession
from dwmtj_widgets.labs.signal_export import CHART, SignalExport
from dwmtj_widgets.labs.signal_lesson import FeedCard, LessonCard
from dwmtj_widgets.labs.signal_mode import SignalMode, Steps
from dwmtj_widgets.labs.signal_record import SignalRecord
from dwmtj_widgets.labs.signal_stage import SignalStage
from dwmtj_widgets.labs.signal_transport import SignalTransport
from dwmtj_widgets.labs.signal_wave import Wave
from dwmtj_widgets.labs.snapshot import to_file
from dwmtj_widgets.labs.transport import button
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.signal_scope import SignalScope

STEP_SAMPLES = 5
CLASS_COLOURS = [palette.SERIES[k] for k in (0, 1, 2, 3)]


class RecogniseMode(SignalMode):
    """Controls, views and clock round one `RecognitionSession`.

    Parameters
    ----------
    session : RecognitionSession
        The lesson, the network and what it listens to.
    error : ErrorLine
        The page's.
    """

    def __init__(self, session: RecognitionSession, error: ErrorLine) -> None:
        transport = SignalTransport(
            button("▶ Train", "train", "Teach one readout a waveform, then test with unseen windows"),
            button("▶ Feed the signal", "feed", "Let the network listen to the signal"),
            step_hint="Listen for 1 ns of device time",
            restart_hint="Forget what was learnt",
        )
        super().__init__(error, transport, "recognition")
        self.session = session
        for unused in (transport.instant, transport.run, self.scrub.go_on):
            unused.layout.display = "none"
        self.input_scope = SignalScope(
            names=["input"], colours=[palette.INK], height=176, label="Input over time"
        )
        self.input_scope.add_class("dwmtj-scope")
        self.score_scope = SignalScope(
            height=158, limits=(-0.4, 1.4), colours=CLASS_COLOURS, label="Score of every label over time"
        )
        self.score_scope.add_class("dwmtj-scores")
        self.stage = SignalStage(self._select, legend=False)
        self.lesson_card = LessonCard(session, self.act)
        self.feed_card = FeedCard(session, self.act)
        self.verdict, self.table = HTML(), HTML()
        self.verdict.add_class("dwmtj-verdict-box")
        self.table.add_class("dwmtj-confusion")
        for view in (self.input_scope, self.score_scope, self.stage.raster):
            view.add_class(f"dwmtj-{CHART}")
        self.export = SignalExport(
            "signal-recognition",
            lambda: session.record,
            lambda: ("input", *(f"readout_{kind}" for kind in session.learnt)),
            lambda: to_file("signal", {"mode": "recognise", **session.setting()}),
            error.guarded,
        )
        self.parts = self._layout()
        self._wire(
            first=self.train, second=self.listen, pause=self.pause, step=self.single_step, reset=self.reset
        )

    def _layout(self) -> dict[str, list[Widget]]:
        head = HBox([self.steps, self.export.box])
        head.add_class("dwmtj-signal-head")
        scores = caption("Scores", "mean of every readout over the last period")
        raster = card("raster", caption("All junctions", "m_y over the same time"), self.stage.raster)
        test = caption("Test", "unseen phases, amplitudes, noise")
        return {
            "top": [self.transport.widget, self.clock, self.work.clock],
            "left": [self.lesson_card.widget, self.feed_card.widget],
            "middle": [
                card("scope", head, self.state, self.input_scope),
                card("scores", scores, self.score_scope),
                raster,
            ],
            "right": [
                card("label", self.verdict),
                card("confusion", test, self.table),
                card("spheres", caption("Junctions"), self.stage.spheres),
            ],
            "bottom": [self.scrub.widget],
        }

    # -- what a person does --------------------------------------------------------------------------------------

    def train(self) -> None:
        """Teach and test, in the background."""
        self.halt()
        lesson = self.session.lesson
        self.in_background(
            lambda progress, cancel: self.session.train(progress=progress, cancel=cancel),
            lesson.teaching + lesson.testing,
        )

    def listen(self) -> None:
        """Feed the signal, or go on with it."""
        self.halt()
        self.session.step(0)
        self.play()

    def single_step(self) -> None:
        """Hold, and listen for a nanosecond."""
        self.halt()
        self.clock.playing = False
        self.scrubbed = None
        self.session.step(STEP_SAMPLES)
        self.refresh()

    def reset(self) -> None:
        """Forget what was learnt."""
        self.clock.playing = False
        self.act(self.session.reset)

    def _select(self, junction: int) -> None:
        self.stage.raster.selected = junction

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def record(self) -> SignalRecord:
        """The record of what was listened to."""
        return self.session.record

    def show_settings(self) -> None:
        """Put all controls where the session is, which matters after something was refused."""
        self.lesson_card.show()
        self.feed_card.show()

    def _advance(self, samples: int) -> bool:
        if not self.session.learnt:  # what was changed meanwhile made it forget
            self.clock.playing = False
            return True
        self.session.step(samples)
        return False

    def _draw_views(self) -> None:
        session, record = self.session, self.session.record
        window = self.stage.window(record, session.window, self.scrubbed)
        low, high = record.clipped(window.low, window.high)
        rows = record.signals(low, high)
        top = 1.5 * max(session.amplitude, 0.1)
        if self.input_scope.limits != (-top, top):
            self.input_scope.limits = (-top, top)
        self.stage.show_signals(self.input_scope, window, rows[INPUT : INPUT + 1], low)
        scores = session.scores(low, high) if session.learnt else np.empty((0, high - low))
        self.stage.show_signals(self.score_scope, window, scores, low)
        self.stage.draw_junctions(record, window, session.network.magnetization, session.network.alive)

    def _write(self) -> None:
        session = self.session
        at = session.samples if self.scrubbed is None else self.scrubbed
        label = session.label(at)
        self.verdict.value = _verdict(session, label, session.scores(at - 1, at)[:, -1:].ravel().tolist())
        names = [Wave(kind).title for kind in session.learnt]
        if self.score_scope.names != names:
            self.score_scope.names = names

    def _draw_charts(self) -> None:
        confusion = self.session.confusion
        self.table.value = _table(confusion) if confusion is not None else _no_table(self.session)

    def _words(self, *, working: bool) -> tuple[Steps, str, str]:
        session, playing = self.session, self.clock.playing
        done, total = self._done
        at = 0 if working or not session.learnt else 1
        share = done / total if working else (0.0 if at == 0 else 1.0)
        lesson = session.lesson
        names = [f"1 Train, {lesson.teaching} periods; test, {lesson.testing}", "2 Feed and watch the label"]
        bar = [(name, _state(number, at), share) for number, name in enumerate(names)]
        if working:
            word, sentence = "training", "Teaching, then testing with unseen windows …"
        elif not session.learnt:
            word, sentence = (
                "ready",
                "Ready. Train: the readout of each waveform learns to say 1 while it is heard.",
            )
        elif playing:
            word, sentence = (
                "listening",
                "Listening: the label is the largest score. Choose or draw another signal.",
            )
        else:
            word, sentence = "trained", "Trained. Feed the signal and watch the label."
        primary = "" if playing or working else ("second" if session.learnt else "first")
        return (bar, word), sentence, primary


def _state(number: int, at: int) -> str:
    return "now" if number == at else ("past" if number < at else "ahead")


def _verdict(session: RecognitionSession, label: str, scores: list[float]) -> str:
    fed = Wave(session.source).title if session.source != "drawn" else "drawn"
    known = session.source in session.learnt
    right = "" if not label or not known else ("right" if label == session.source else "wrong")
    word = Wave(label).title if label else "–"
    bars = "".join(
        f'<div><span>{escape(Wave(kind).title)}</span><i style="--share:{100 * min(max(score, 0.0), 1.0):.0f}%;'
        f'--colour:{palette.themed(colour)}"></i><b>{score:.2f}</b></div>'
        for kind, score, colour in zip(session.learnt, scores, CLASS_COLOURS, strict=False)
        if not np.isnan(score)
    )
    return (
        f'<div class="dwmtj-heard"><span>Fed: {escape(fed)}</span><span>Read: <b class="dwmtj-label {right}">'
        f'{escape(word)}</b></span></div><div class="dwmtj-score-bars">{bars}</div>'
    )


def _no_table(session: RecognitionSession) -> str:
    return "Stopped before the test; Train begins again." if session.learnt else "Comes with the training."


def _table(confusion: Confusion) -> str:
    """Return the counts as a table, shaded by their share of what was fed."""
    names = [Wave(kind).title for kind in confusion.kinds]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = ""
    for name, row in zip(names, confusion.counts, strict=True):
        total = max(int(row.sum()), 1)
        cells = "".join(
            f'<td style="--share:{100 * count / total:.0f}%"{_dark(count / total)}>{count}</td>'
            for count in row
        )
        rows += f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
    accuracy, low, high = (
        quantity(share, "%", digits=3) for share in (confusion.accuracy, *confusion.interval)
    )
    return (
        f'<div class="dwmtj-accuracy-line"><b class="dwmtj-accuracy">{accuracy}</b> of {confusion.total} windows '
        f"right, 95% interval {low} to {high}</div>"
        f"<table><tr><td>fed \\ read</td>{head}</tr>{rows}</table>"
    )


def _dark(share: float) -> str:
    return ' class="dark"' if share > 0.55 else ""
