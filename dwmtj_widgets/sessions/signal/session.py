"""The Signal Lab without a page: training, free run, interventions, and going back.

Every method either succeeds or raises `Refused` and changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn.measures import relative_error
from dwmtj_widgets.mtj_rnn.running import Progress
from dwmtj_widgets.mtj_rnn.signals import at_share
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Change, Open, Session
from dwmtj_widgets.sessions.signal.journal import Action, Journal, keywords
from dwmtj_widgets.sessions.signal.readings import SignalReadings
from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.setting import DEFAULTS, SignalSetting, changed, values_of
from dwmtj_widgets.sessions.signal.wave import POINTS, SAMPLE_TIME, Floats, Wave, match
from dwmtj_widgets.texts import tr

CUT_SHARE: Final = 0.1
_REPORTED: Final = 200
"""Samples between two reports of progress."""


class PeriodError(NamedTuple):
    """The error of one period: RMS over the waveform's standard deviation."""

    end: int
    """Number of samples at the end of the period."""
    error: float
    """In training relative to the waveform; in a free run after the best alignment of this period."""
    fixed: float
    """The same with the phase fixed at release, so that the clock of the training goes on; nan in training."""


class SignalSession(Session[SignalSetting]):
    """A network, the waveform that it learns, its record, and the actions of a person.

    Parameters
    ----------
    setting : SignalSetting, optional
        The first setting.
    """

    def __init__(self, setting: SignalSetting | None = None) -> None:
        self._begin(SignalSetting() if setting is None else setting)
        self.readings = SignalReadings(self)

    @property
    def setting(self) -> SignalSetting:
        """The setting of the next training, free run and network."""
        return self._setting

    def apply(self, action: Open[SignalSetting] | Change[SignalSetting] | Action) -> None:
        """Carry out an action, or refuse it and change nothing.

        A `Change` of the waveform holds for a training under way, a change of the lengths from the next phase on, a
        change of the network's settings at once. Another size or seed makes a new network.

        Raises
        ------
        Refused
            If the action is not legal.
        """
        match action:
            case Open(setting):
                self._begin(setting)
            case Change(setting):
                self._change(setting)
            case Action():
                self._intervene(action)

    def _begin(self, setting: SignalSetting) -> None:
        """Start over with a fresh network."""
        network = setting.network()
        self._setting, self._start = setting, setting
        self.network = network
        self.record = SignalRecord(network.size, 3)
        self.course = object()
        """Identifies the course of the run: going back makes another one, even if the record becomes as long again."""
        self.journal = Journal()
        self.phase = "ready"
        """"ready", "train" or "run"."""
        self.left = 0
        """Samples left in the present phase."""
        self.learnt: Wave | None = None
        """The wave of the last training."""
        self._phase_start = 0
        self.undisturbed = 0
        """Number of samples when the last phase began or the last intervention happened."""
        self._row: tuple[Wave, Floats] | None = None
        self._kicks = 0
        self.errors: list[PeriodError] = []
        """The errors of all whole periods since the network was made."""

    @property
    def samples(self) -> int:
        """Samples since the network was made."""
        return self.record.end

    @property
    def time(self) -> float:
        """Seconds of device time since the network was made."""
        return self.samples * SAMPLE_TIME

    @property
    def finished(self) -> bool:
        """Whether the present phase has run to its end."""
        return self.phase != "ready" and self.left == 0

    @property
    def last_error(self) -> PeriodError | None:
        """The error of the last whole period since the phase began or was disturbed; None without one."""
        last = self.errors[-1] if self.errors else None
        return last if last is not None and last.end > self.undisturbed else None

    @property
    def must_train(self) -> bool:
        """Whether the present waveform has not been learnt."""
        return self.learnt != self.setting.wave

    # -- the run -------------------------------------------------------------------------------------------------

    def train(self) -> None:
        """Begin a training, or continue one.

        A new waveform begins with a fresh network at time 0: the earlier motion of the junctions would change the
        run of this seed.
        """
        if not self.setting.wave.varies:
            msg = tr("The waveform is flat, so there is nothing to learn; draw one that varies.")
            raise Refused(msg)
        if self.phase == "train" and self.left:
            return
        if self.learnt is not None and self.must_train:
            self.renew()
        self.phase, self._phase_start = "train", self.samples
        self.undisturbed, self.left = self.samples, self._samples_of(self.setting.train_periods)

    def generate(self) -> None:
        """Freeze the readout and let the network run freely, or continue the free run."""
        if self.learnt is None:
            msg = tr("The network has learnt nothing yet; train it first.")
            raise Refused(msg)
        if self.phase != "run":
            self.phase, self._phase_start = "run", self.samples
            self.undisturbed, self.left = self.samples, 0
        if not self.left:
            self.left = self._samples_of(self.setting.run_periods, self.learnt)

    def go_on(self) -> None:
        """Continue the present phase, or begin the next one."""
        if self.phase == "run":
            self.generate()
        elif not self.left:
            self.train() if self.must_train else self.generate()

    def step(self, samples: int, *, cancel: Event | None = None) -> None:
        """Advance by `samples`, but not beyond the end of the present phase."""
        if self.phase == "ready":
            self.train()
        wanted = min(samples, self.left)
        if wanted < 1:
            return
        if self.phase == "train":
            self._train(wanted, cancel)
        else:
            course = self.network.observe(wanted * SAMPLE_TIME, cancel=cancel)
            self._note(
                Action("run", self.samples, course.time.size), course, np.full(course.time.size, np.nan)
            )
        self._judge()

    def finish(self, *, progress: Progress | None = None, cancel: Event | None = None) -> None:
        """Advance to the end of the present phase."""
        self.go_on()
        total = self.left
        while self.left and not (cancel is not None and cancel.is_set()):
            self.step(_REPORTED, cancel=cancel)
            if progress is not None:
                progress(total - self.left, total)

    # -- intervening ---------------------------------------------------------------------------------------------

    def kick(self) -> None:
        """Push every magnetization in a random direction, by about 0.3 radians."""
        self.apply(Action("kick", self.samples, values=(self._kicks,)))
        self._kicks += 1

    def cut(self, junctions: list[int]) -> None:
        """Disconnect junctions."""
        self.apply(Action("cut", self.samples, values=tuple(int(k) for k in junctions)))

    def cut_some(self) -> None:
        """Disconnect a tenth of all junctions, drawn from the connected ones."""
        alive = np.flatnonzero(self.network.alive)
        if not alive.size:
            msg = tr("All junctions are cut already; restore them first.")
            raise Refused(msg)
        number = min(max(round(CUT_SHARE * self.network.size), 1), alive.size)
        chosen = np.random.default_rng([self.network.seed, alive.size]).choice(alive, number, replace=False)
        self.cut(sorted(chosen.tolist()))

    def mend(self) -> None:
        """Reconnect all junctions."""
        self.apply(Action("mend", self.samples))

    def change(self, **parameters: float) -> None:
        """Change settings of the network or its junctions during the run."""
        self.apply(Change(replace(self.setting, changes={**self.setting.changes, **parameters})))

    def renew(self, size: int | None = None, seed: int | None = None) -> None:
        """Make a new network with the present setting, at time 0."""
        size, seed = self.setting.size if size is None else size, self.setting.seed if seed is None else seed
        self.apply(Open(replace(self.setting, size=size, seed=seed)))

    def set_lengths(self, **periods: Any) -> None:
        """Change `train_periods` or `run_periods`, from the next training or free run on."""
        self.apply(Change(replace(self.setting, **periods)))

    def continue_from(self, samples: int) -> None:
        """Go back to the moment after `samples`; the run continues with the present settings."""
        if not self.record.first <= samples <= self.samples:
            sentence = tr("sample {number} is not in the record; it has the samples {first} to {last}.")
            msg = sentence.format(number=samples, first=self.record.first, last=self.samples)
            raise Refused(msg)
        if samples == 0:
            self.renew()
            return
        network = self._start.network()
        self.journal.bring(network, samples)
        self.network = network
        self.journal.cut_after(samples)
        self.record.cut_after(samples)
        self.course = object()
        self.errors = [entry for entry in self.errors if entry.end <= samples]
        self._resume()

    # -- the waveform --------------------------------------------------------------------------------------------

    def set_wave(self, wave: Wave) -> None:
        """Set the waveform; a training under way continues with it."""
        self.apply(Change(replace(self.setting, wave=wave)))

    def choose(self, kind: str) -> None:
        """Set a named shape, with the present period and amplitude."""
        self.set_wave(Wave(kind, self.setting.wave.period, self.setting.wave.amplitude))

    def draw(self, samples: npt.ArrayLike) -> None:
        """Set a drawn period, 100 numbers from -1 to 1."""
        self.set_wave(
            Wave.of_samples(np.asarray(samples, float), self.setting.wave.period, self.setting.wave.amplitude)
        )

    def reshape(self, **changes: Any) -> None:
        """Change period or amplitude."""
        self.set_wave(replace(self.setting.wave, **changes))

    def open_csv(self, content: bytes) -> None:
        """Set the waveform from a table of one period."""
        self.set_wave(Wave.from_csv(content, self.setting.wave.period, self.setting.wave.amplitude))

    # -- exporting -----------------------------------------------------------------------------------------------

    def python(self) -> str:
        """Return the Python code that repeats the run since the network was made, bit for bit."""
        network, actions = self.network, self.journal.actions
        signals = sorted({"drawn" if d.wave.samples else "waveform" for d in actions if d.wave is not None})
        lines = ["from dwmtj_widgets.mtj_rnn import MTJNetwork"]
        if signals:
            lines.append(f"from dwmtj_widgets.mtj_rnn.signals import {', '.join(signals)}")
        more = f", {keywords(dict(self._start.changes))}" if self._start.changes else ""
        lines += ["", f"network = MTJNetwork({network.size}, seed={network.seed}{more})"]
        lines += [action.python() for action in actions]
        return "\n".join([*lines, "print(network.output)", ""])

    def wave_csv(self) -> bytes:
        """Return one period of the waveform as comma-separated values: time in s, value."""
        times = np.arange(POINTS) / POINTS * self.setting.wave.period
        rows = zip(times.tolist(), self.setting.wave.one_period.tolist(), strict=True)
        return "\n".join(["time_s,value", *(f"{t:.6g},{v:.6g}" for t, v in rows), ""]).encode()

    # -- inside --------------------------------------------------------------------------------------------------

    def _train(self, wanted: int, cancel: Event | None) -> None:
        offset = self.samples - self._phase_start
        if self._row is None or self._row[0] != self.setting.wave or len(self._row[1]) < offset + wanted:
            self._row = (self.setting.wave, self.setting.wave.row(offset + self.left))
        target = self._row[1][offset : offset + wanted]
        course = self.network.train(target, SAMPLE_TIME, record=True, cancel=cancel)
        self.learnt = self.setting.wave
        self._note(
            Action("train", self.samples, course.time.size, self.setting.wave, offset),
            course,
            target[: course.time.size],
        )

    def _note(self, action: Action, course: Any, target: Floats) -> None:
        if not action.count:
            return
        self.journal.note(action)
        self.record.append(np.stack([target, course.output, course.weight_norm], axis=1), course.states)
        self.left -= action.count
        self.journal.keep(self.samples, self.network)

    def _judge(self) -> None:
        """Append the errors of the periods that are now whole."""
        wave = self.learnt
        if wave is None:
            return
        length = round(wave.per_period)
        begin = max(self.undisturbed, self.errors[-1].end if self.errors else 0, self.record.first)
        while begin + length <= self.samples:
            target, output, _norm = self.record.signals(begin, begin + length)
            if self.phase == "train":
                error, fixed = relative_error(output, target, wave.one_period), float("nan")
            else:
                error = match(output, wave).error
                fixed = relative_error(output, self._going_on(begin, length), wave.one_period)
            begin += length
            self.errors.append(PeriodError(begin, error, fixed))

    @property
    def clock_start(self) -> int:
        """Number of the sample at which the last training's waveform began; its clock goes on in the free run."""
        taught = self.journal.last_of("train")
        return 0 if taught is None else taught.at - taught.offset

    def _going_on(self, begin: int, length: int) -> Floats:
        """Return the waveform at some samples, as if the training had gone on."""
        wave = self.learnt
        assert wave is not None, "there is no free run without a training"
        return at_share(
            wave.one_period, (np.arange(begin, begin + length) - self.clock_start) / wave.per_period
        )

    def _change(self, setting: SignalSetting) -> None:
        before = self.setting
        fresh = self.samples == 0 and not self.journal.actions
        if (setting.size, setting.seed) != (before.size, before.seed) or (
            setting.changes != before.changes and fresh
        ):
            self._begin(setting)
        else:
            self._bring(dict(before.changes), dict(setting.changes))
            self._setting = setting

    def _bring(self, present: dict[str, float], wanted: dict[str, float]) -> None:
        """Change the network's settings from `present` to `wanted`, which list differences from the defaults."""
        new = {**{name: DEFAULTS[name] for name in present}, **wanted}
        changes = tuple(
            (name, value) for name, value in new.items() if value != present.get(name, DEFAULTS.get(name))
        )
        if changes:
            self._intervene(Action("change", self.samples, values=changes))

    def _intervene(self, action: Action) -> None:
        action.carry_out(self.network)
        self.journal.note(action)
        self.undisturbed = self.samples

    def _samples_of(self, periods: int, wave: Wave | None = None) -> int:
        return round(periods * (self.setting.wave if wave is None else wave).per_period)

    def _resume(self) -> None:
        """Restore the phase at the end of the journal."""
        last, trained = self.journal.last_of("train", "run"), self.journal.last_of("train")
        assert last is not None, "samples come from nothing else"
        self.learnt = None if trained is None else trained.wave
        self._row = None
        stretches = [action for action in self.journal.actions if action.count]
        start = last
        for action in reversed(stretches):
            if action.kind != last.kind:
                break
            start = action
        self.phase, self._phase_start = last.kind, last.at - last.offset if last.kind == "train" else start.at
        done = self.samples - self._phase_start
        whole = self.setting.train_periods if last.kind == "train" else self.setting.run_periods
        self.left = max(self._samples_of(whole, self.learnt) - done, 0)
        self.undisturbed = max(self._phase_start, *(d.at for d in self.journal.actions if not d.count), 0)
        self._bring(changed(values_of(self.network)), dict(self.setting.changes))
