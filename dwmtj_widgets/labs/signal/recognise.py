"""The Signal Lab's second mode: teach labels, and watch the network tell signals apart."""

from __future__ import annotations

from html import escape

import numpy as np
from ipywidgets import HTML, Widget

from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.signal.export import CHART, SignalExport
from dwmtj_widgets.labs.signal.mode import STEP_SAMPLES, SignalMode, Steps
from dwmtj_widgets.labs.signal.training_set import FeedCard, TrainingSetCard
from dwmtj_widgets.labs.signal.transport import SignalTransport
from dwmtj_widgets.sessions.signal.recognition import INPUT, RecognitionSession
from dwmtj_widgets.sessions.signal.training_set import Confusion
from dwmtj_widgets.sessions.signal.wave import DRAWN, NAMES, Wave
from dwmtj_widgets.sessions.snapshot import to_file
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.signal_scope import SignalScope

CLASS_COLOURS = [palette.SERIES[k] for k in (0, 1, 2, 3)]


class RecogniseMode(SignalMode):
    """Controls, views and clock of one `RecognitionSession`.

    Parameters
    ----------
    session : RecognitionSession
        The training set, the network and its input.
    error : ErrorLine
        The page's error line.
    """

    def __init__(self, session: RecognitionSession, error: ErrorLine) -> None:
        transport = SignalTransport(
            button(
                tr("▶ Train"), "train", tr("Teach each readout its waveform, then test with unseen windows")
            ),
            button(tr("▶ Feed the signal"), "feed", tr("Let the network listen to the signal")),
            step_hint=tr("Listen for 1 ns of device time"),
            restart_hint=tr("Forget what was learnt"),
        )
        super().__init__(error, transport, "recognition", legend=False)
        self.session: RecognitionSession = session
        for unused in (transport.instant, transport.run, self.scrub.go_on):
            unused.layout.display = "none"
        self.input_scope = SignalScope(
            names=[tr("input")], colours=[palette.INK], height=176, label=tr("Input over time")
        )
        self.input_scope.add_class("dwmtj-scope")
        self.score_scope = SignalScope(
            height=158,
            limits=(-0.4, 1.4),
            colours=CLASS_COLOURS,
            label=tr("Score of every label over time"),
        )
        self.score_scope.add_class("dwmtj-scores")
        self.training_card = TrainingSetCard(session, self.act)
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
            lambda: to_file("signal", {"mode": "recognise", **session.setting.fields()}),
            error,
        )
        self.parts = self._layout()
        self._wire(
            first=self.train, second=self.listen, pause=self.pause, step=self.single_step, reset=self.reset
        )

    def _layout(self) -> dict[str, list[Widget]]:
        scores = caption(tr("Scores"), tr("mean of every readout over the last period"))
        test = caption(tr("Test"), tr("unseen phases, amplitudes, noise"))
        return {
            "top": [self.transport.widget, self.clock, self.work.clock],
            "left": [self.training_card.widget, self.feed_card.widget],
            "middle": [
                card("scope", self._head(), self.state, self.input_scope),
                card("scores", scores, self.score_scope),
                self._raster(),
            ],
            "right": [
                card("label", self.verdict),
                card("confusion", test, self.table),
                card("spheres", caption(tr("Junctions")), self.stage.spheres),
            ],
            "bottom": [self.scrub.widget],
        }

    # -- what a person does --------------------------------------------------------------------------------------

    def train(self) -> None:
        """Train and test, in the background."""
        self.halt()
        training_set = self.session.setting.training_set
        self.in_background(
            lambda progress, cancel: self.session.train(progress=progress, cancel=cancel),
            training_set.teaching + training_set.testing,
        )

    def listen(self) -> None:
        """Feed the signal, or continue."""
        self.halt()
        self.session.step(0)
        self.play()

    def single_step(self) -> None:
        """Pause, and advance by a nanosecond."""
        self.stand()
        self.session.step(STEP_SAMPLES)
        self.refresh()

    def reset(self) -> None:
        """Discard the training."""
        self.clock.playing = False
        self.act(self.session.reset)

    # -- showing -------------------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        """Set all controls to the session's values, which matters after a refusal."""
        self.training_card.show()
        self.feed_card.show()

    def _advance(self, samples: int) -> bool:
        if not self.session.learnt:  # a change has discarded the training
            self.clock.playing = False
            return True
        self.session.step(samples)
        return False

    def _draw_views(self) -> None:
        session, record = self.session, self.session.record
        window = self.stage.window(record, session.window, self.scrubbed)
        low, high = record.clipped(window.low, window.high)
        rows = record.signals(low, high)
        top = 1.5 * max(session.setting.amplitude, 0.1)
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
        training_set = session.setting.training_set
        train = tr("1 Train, {teaching} periods; test, {testing}")
        names = [
            train.format(teaching=training_set.teaching, testing=training_set.testing),
            tr("2 Feed and watch the label"),
        ]
        bar = [(name, _state(number, at), share) for number, name in enumerate(names)]
        if working:
            word, sentence = tr("training"), tr("Teaching, then testing with unseen windows …")
        elif not session.learnt:
            word = tr("ready")
            sentence = tr("Ready. Train: each readout learns to give 1 for its waveform.")
        elif playing:
            word = tr("listening")
            sentence = tr("Listening: the label is the largest score. Choose or draw another signal.")
        else:
            word, sentence = tr("trained"), tr("Trained. Feed the signal and watch the label.")
        primary = "" if playing or working else ("second" if session.learnt else "first")
        return (bar, word), sentence, primary


def _state(number: int, at: int) -> str:
    return "now" if number == at else ("past" if number < at else "ahead")


def _verdict(session: RecognitionSession, label: str, scores: list[float]) -> str:
    source = NAMES[DRAWN] if session.setting.source == DRAWN else Wave(session.setting.source).title
    fed, read = tr("Fed: {wave}").format(wave=source), tr("Read:")
    known = session.setting.source in session.learnt
    right = "" if not label or not known else ("right" if label == session.setting.source else "wrong")
    word = Wave(label).title if label else "–"
    bars = "".join(
        f'<div><span>{escape(Wave(kind).title)}</span><i style="--share:{100 * min(max(score, 0.0), 1.0):.0f}%;'
        f'--colour:{palette.themed(colour)}"></i><b>{score:.2f}</b></div>'
        for kind, score, colour in zip(session.learnt, scores, CLASS_COLOURS, strict=False)
        if not np.isnan(score)
    )
    return (
        f'<div class="dwmtj-heard"><span>{escape(fed)}</span><span>{escape(read)} <b class="dwmtj-label {right}">'
        f'{escape(word)}</b></span></div><div class="dwmtj-score-bars">{bars}</div>'
    )


def _no_table(session: RecognitionSession) -> str:
    if session.learnt:
        return tr("Stopped before the test; Train begins again.")
    return tr("Appears after the training.")


def _table(confusion: Confusion) -> str:
    """Return the counts as a table, shaded by their share of the inputs."""
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
    line = tr("{accuracy} of {number} windows right, {level} interval {low} to {high}").format(
        accuracy=f'<b class="dwmtj-accuracy">{accuracy}</b>',
        number=confusion.total,
        level="95%",
        low=low,
        high=high,
    )
    corner = escape(tr("fed \\ read"))
    return (
        f'<div class="dwmtj-accuracy-line">{line}</div><table><tr><td>{corner}</td>{head}</tr>{rows}</table>'
    )


def _dark(share: float) -> str:
    return ' class="dark"' if share > 0.55 else ""
