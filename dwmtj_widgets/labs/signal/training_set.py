"""Controls of the Signal Lab's recognition: the training set, and the input signal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ipywidgets import HBox, Widget

from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.signal.controls import Act, NumberField, mark
from dwmtj_widgets.mtj_rnn.signals import KINDS
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession
from dwmtj_widgets.sessions.signal.training_set import LARGEST_NOISE
from dwmtj_widgets.sessions.signal.wave import DRAWN, NAMES, SHAPES
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import from_shown, shown
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor


class TrainingSetCard:
    """Waveforms, noise, period, network; `widget` goes into a page.

    Parameters
    ----------
    session : RecognitionSession
        Session of the training set.
    act : callable
        Carries out a person's action, and shows the result.
    """

    def __init__(self, session: RecognitionSession, act: Act) -> None:
        self._session = session
        self.kinds = {
            kind: button(
                NAMES[kind].capitalize(),
                f"class-{kind}",
                tr("Teach {kind} waves").format(kind=NAMES[kind]),
            )
            for kind in KINDS
        }
        for kind, choice in self.kinds.items():
            choice.on_click(lambda _button, kind=kind: act(partial(self._toggle, kind)))
        training_set = session.setting.training_set

        def change(name: str) -> Callable[[float], None]:
            return lambda number: act(lambda: session.change(**{name: int(number)}))

        self.noise = QuantitySlider(
            tr("Noise"),
            "%",
            training_set.noise,
            0.0,
            0.5,
            0.01,
            name="training-noise",
            hint=tr("In training and test"),
        )
        self.noise.on_change(lambda value: act(lambda: session.change(noise=value)))
        self.numbers = {
            "period": NumberField(
                tr("Period, ns"),
                "period",
                shown(training_set.period, "s"),
                lambda number: act(lambda: session.change(period=from_shown(number, "s"))),
                whole=False,
            ),
            "teaching": NumberField(
                tr("Teach, periods"), "teaching", training_set.teaching, change("teaching")
            ),
            "size": NumberField(tr("Junctions"), "size", training_set.size, change("size")),
            "seed": NumberField(tr("Seed"), "seed", training_set.seed, change("seed")),
        }
        self.renew = button(tr("⚄ New"), "new-network", tr("A network with other random connections"))
        self.renew.on_click(
            lambda _button: act(lambda: session.change(seed=session.setting.training_set.seed + 1))
        )
        fields = self.numbers
        self.widget = card(
            "training-set",
            caption(tr("Waveforms"), tr("two to four waveforms")),
            _row([*self.kinds.values()], "shapes", "small"),
            self.noise.widget,
            _row([fields["period"].widget, fields["teaching"].widget], "numbers", "small"),
            _row([fields["size"].widget, fields["seed"].widget, self.renew], "numbers", "small"),
        )

    def show(self) -> None:
        """Show the session's training set without callbacks."""
        training_set = self._session.setting.training_set
        for kind, choice in self.kinds.items():
            mark(choice, active=kind in training_set.kinds)
        self.noise.show(training_set.noise)
        self.numbers["period"].show(shown(training_set.period, "s"))
        for name in ("teaching", "size", "seed"):
            self.numbers[name].show(getattr(training_set, name))

    def _toggle(self, kind: str) -> None:
        chosen = set(self._session.setting.training_set.kinds) ^ {kind}
        self._session.change(kinds=tuple(name for name in KINDS if name in chosen))


class FeedCard:
    """The network's input signal; `widget` goes into a page.

    Parameters
    ----------
    session : RecognitionSession
        Session of the input signal.
    act : callable
        Carries out a person's action, and shows the result.
    """

    def __init__(self, session: RecognitionSession, act: Act) -> None:
        self._session = session
        self._shown: tuple[float, ...] = ()
        self.sources = {
            kind: button(
                NAMES[kind].capitalize(),
                f"feed-{kind}",
                _feed_hint(kind, known=True),
            )
            for kind in SHAPES
        }
        for kind, choice in self.sources.items():
            choice.on_click(lambda _button, kind=kind: act(partial(session.feed, kind)))
        self.editor = WaveformEditor(
            session.fed_shape, width=298, height=110, label=tr("Fed signal, one period")
        )
        self.editor.add_class("dwmtj-waveform")
        self.editor.on_draw(lambda samples: act(partial(session.draw, samples)))
        self.amplitude = QuantitySlider(
            tr("Amplitude"),
            "1",
            session.setting.amplitude,
            0.0,
            2.0,
            0.05,
            name="feed-amplitude",
            hint=tr("Of the fed signal"),
        )
        self.noise = QuantitySlider(
            tr("Noise"),
            "%",
            session.setting.noise,
            0.0,
            LARGEST_NOISE,
            0.01,
            name="feed-noise",
            hint=tr("Of the fed signal"),
        )
        self.amplitude.on_change(lambda value: act(lambda: session.set_feed(amplitude=value)))
        self.noise.on_change(lambda value: act(lambda: session.set_feed(noise=value)))
        self.widget = card(
            "feed",
            caption(tr("Signal"), tr("choose one, or draw on it")),
            _row([*self.sources.values()], "shapes", "small"),
            self.editor,
            self.amplitude.widget,
            self.noise.widget,
        )

    def show(self) -> None:
        """Show the session's signal without callbacks."""
        session = self._session
        for kind, choice in self.sources.items():
            mark(choice, active=kind == session.setting.source)
            choice.tooltip = _feed_hint(
                kind, known=kind == DRAWN or kind in session.setting.training_set.kinds
            )
        shape = tuple(session.fed_shape.tolist())
        if shape != self._shown:
            self._shown = shape
            self.editor.show(shape)
        self.amplitude.show(session.setting.amplitude)
        self.noise.show(session.setting.noise)


def _feed_hint(kind: str, *, known: bool) -> str:
    if known:
        return tr("Feed a {kind} wave with a random phase").format(kind=NAMES[kind])
    return tr("A {kind} wave, which the network does not know").format(kind=NAMES[kind])


def _row(parts: list[Widget], *classes: str) -> HBox:
    box = HBox(parts)
    for name in classes:
        box.add_class(f"dwmtj-{name}")
    return box
