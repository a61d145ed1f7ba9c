"""Controls of the Signal Lab: the waveform, and the network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from ipywidgets import HTML, Button, HBox, Layout

from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.page import ErrorLine, download_link
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.signal.settings import SettingsPanel
from dwmtj_widgets.labs.signal.texts import step_text
from dwmtj_widgets.mtj_rnn.signals import KINDS, MOST_CSV_BYTES
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import NAMES, Floats, Wave
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import from_shown, shown
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor
from dwmtj_widgets.widgets.entries import FloatText, IntText
from dwmtj_widgets.widgets.page.file_opener import FileOpener

Act = Callable[[Callable[[], None]], None]


class NumberField:
    """A typed number with a name, a unit and the class ``dwmtj-NAME``; the session refuses illegal ones.

    Parameters
    ----------
    label, name, hint : str
        Label, class and tooltip.
    value : float
        In the display unit.
    changed : callable
        Called with a newly typed number.
    whole : bool
        Whether it is an integer.
    """

    def __init__(
        self,
        label: str,
        name: str,
        value: float,
        changed: Callable[[float], None],
        *,
        whole: bool = True,
        hint: str = "",
    ) -> None:
        make = IntText if whole else FloatText
        self.widget = make(
            value=value,
            description=label,
            tooltip=hint or label,
            continuous_update=False,
            layout=Layout(width="auto", min_width="0"),
        )
        self.widget.add_class(f"dwmtj-{name}")
        self._by_program, self._changed = ByProgram(), changed
        self.widget.observe(self._typed, "value")

    def show(self, value: float) -> None:
        """Show a number without callbacks."""
        with self._by_program:
            self.widget.value = value

    def _typed(self, change: Any) -> None:
        if not self._by_program:
            self._changed(change["new"])


def mark(choice: Button, *, active: bool) -> None:
    """Show whether a button is chosen."""
    (choice.add_class if active else choice.remove_class)("mod-active")


def _hint(kind: str) -> str:
    """Return the tooltip of a shape's button."""
    if kind == "harmonics":
        return tr("The sum of two harmonics, sin x + sin(2 x) / 2")
    return tr("A {kind} wave").format(kind=NAMES[kind])


class WaveCard:
    """The waveform: editor, shapes, period, amplitude, files; `widget` goes into a page.

    Parameters
    ----------
    session : SignalSession
        Session of the waveform.
    act : callable
        Carries out a person's action, and shows the result.
    """

    def __init__(self, session: SignalSession, act: Act) -> None:
        self._session = session
        self._shown: Wave | None = None
        self.editor = WaveformEditor(
            session.setting.wave.shape,
            width=298,
            height=118,
            label=tr("Waveform to learn, one period"),
            drawn_name=tr("to learn"),
            reference_name=tr("generated"),
        )
        self.editor.add_class("dwmtj-waveform")
        self.editor.on_draw(lambda samples: act(partial(session.draw, samples)))
        self.shapes = {kind: button(NAMES[kind].capitalize(), f"shape-{kind}", _hint(kind)) for kind in KINDS}
        for kind, choice in self.shapes.items():
            choice.on_click(lambda _button, kind=kind: act(partial(session.choose, kind)))
        shapes = HBox([*self.shapes.values()])
        shapes.add_class("dwmtj-shapes")
        shapes.add_class("dwmtj-small")
        self.period = NumberField(
            tr("Period, ns"),
            "period",
            shown(session.setting.wave.period, "s"),
            lambda number: act(lambda: session.reshape(period=from_shown(number, "s"))),
            whole=False,
            hint=tr("Of the waveform, in ns; at least 4 samples of 0.2 ns"),
        )
        self.amplitude = NumberField(
            tr("Amplitude"),
            "amplitude",
            session.setting.wave.amplitude,
            lambda number: act(lambda: session.reshape(amplitude=number)),
            whole=False,
            hint=tr("Peak value of the waveform"),
        )
        numbers = HBox([self.period.widget, self.amplitude.widget])
        numbers.add_class("dwmtj-numbers")
        opener = FileOpener(
            lambda _name, content: act(partial(session.open_csv, content)),
            lambda sentence: act(partial(_refuse, sentence)),
            accept=".csv,.txt,.tsv,text/csv,text/plain",
            hint=tr("Open a table of one period (CSV), or drop it on the lab"),
            largest=MOST_CSV_BYTES,
        )
        self._download = HTML()
        files = HBox([HTML(tr("CSV of one period")), opener, self._download])
        files.add_class("dwmtj-files")
        files.add_class("dwmtj-small")
        self.widget = card(
            "waveform",
            caption(tr("Waveform"), tr("draw it, or choose one")),
            self.editor,
            shapes,
            numbers,
            files,
        )

    def show(self) -> None:
        """Show the session's waveform without callbacks."""
        wave = self._session.setting.wave
        self.period.show(shown(wave.period, "s"))
        self.amplitude.show(wave.amplitude)
        if wave == self._shown:
            return
        self._shown = wave
        if not np.array_equal(self.editor.samples.round(4), wave.shape.round(4)):
            self.editor.show(wave.shape)
        for kind, choice in self.shapes.items():
            mark(choice, active=kind == wave.kind)
        self._download.value = download_link(
            tr("Save"), "download-waveform", "dwmtj-waveform.csv", self._session.wave_csv(), "text/csv"
        )

    def show_generated(self, period: Floats | None) -> None:
        """Show the network's output as the faint curve, or none."""
        peak = self._session.setting.wave.amplitude
        self.editor.show_reference(None if period is None or not peak else period / peak)


def _refuse(sentence: str) -> None:
    raise Refused(sentence)


class NetworkCard:
    """The network: size, seed, lengths of training and run, and every setting; `widget` goes into a page.

    Parameters
    ----------
    session : SignalSession
        Session of the network.
    act : callable
        Carries out a person's action, and shows the result.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(self, session: SignalSession, act: Act, error: ErrorLine) -> None:
        self._session = session
        self.size = NumberField(
            tr("Junctions"),
            "size",
            session.network.size,
            lambda number: act(lambda: session.renew(size=int(number))),
            hint=tr("Number of junctions; another number makes a new network"),
        )
        self.seed = NumberField(
            tr("Seed"),
            "seed",
            session.network.seed,
            lambda number: act(lambda: session.renew(seed=int(number))),
            hint=tr("Chooses the random connections; another number makes a new network"),
        )
        hint = tr("A network with other random connections, at time 0")
        self.renew = button(tr("⚄ New"), "new-network", hint)
        self.renew.on_click(lambda _button: act(lambda: session.renew(seed=session.network.seed + 1)))
        self.train_periods = NumberField(
            tr("Train, periods"),
            "train-periods",
            session.setting.train_periods,
            lambda number: act(lambda: session.set_lengths(train_periods=int(number))),
            hint=tr("Length of a training in periods of the waveform"),
        )
        self.run_periods = NumberField(
            tr("Run, periods"),
            "run-periods",
            session.setting.run_periods,
            lambda number: act(lambda: session.set_lengths(run_periods=int(number))),
            hint=tr("Length of a free run in periods of the waveform"),
        )
        self.settings = SettingsPanel(lambda name, value: act(lambda: session.change(**{name: value})), error)
        self.step_note = HTML()
        self.step_note.add_class("dwmtj-step-note")
        rows = [
            HBox([self.size.widget, self.seed.widget, self.renew]),
            HBox([self.train_periods.widget, self.run_periods.widget]),
        ]
        for row in rows:
            row.add_class("dwmtj-numbers")
            row.add_class("dwmtj-small")
        self.widget = card("network", caption(tr("Network")), *rows, self.step_note, self.settings.widget)

    def show(self) -> None:
        """Show the session's network without callbacks."""
        session = self._session
        self.size.show(session.network.size)
        self.seed.show(session.network.seed)
        self.train_periods.show(session.setting.train_periods)
        self.run_periods.show(session.setting.run_periods)
        self.settings.show({**vars(session.network.settings), **vars(session.network.junction)})
        sentence = step_text(session)
        self.step_note.value = f'<p class="dwmtj-hint">{sentence}</p>' if sentence else ""
