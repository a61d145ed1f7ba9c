"""The course of things in the Signal Lab, without a page: training, free run, interventions, and the way back.

Every method either does all of what it says or raises `Refused` and leaves everything as it was.
"""

from __future__ import annotations

from threading import Event
from typing import Any, Final, NamedTuple

import numpy as np

from dwmtj_widgets.mtj_rnn import MTJNetwork, NetworkSettings
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.mtj_rnn.measures import relative_error
from dwmtj_widgets.mtj_rnn.running import Progress
from dwmtj_widgets.mtj_rnn.signals import at_share
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.journal import Action, Journal
from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME, Floats, Wave, match
from dwmtj_widgets.texts import tr
from dwmtj_widgets.validation import count, within

LARGEST_SIZE: Final = 200
LARGEST_SEED: Final = 999_999
MOST_PERIODS: Final = 500
CUT_SHARE: Final = 0.1
_REPORTED: Final = 200
"""Samples between two reports of progress."""
TRAINING: Final = "Length of the training in periods"
FREE_RUN: Final = "Length of the free run in periods"
"""What sentences call the two lengths."""
TARGET, OUTPUT, NORM = range(3)
"""Signals of the record."""


class PeriodError(NamedTuple):
    """How far off one period was, as RMS over the waveform's standard deviation."""

    end: int
    """Samples at its end."""
    error: float
    """In training against the waveform; in a free run after the best alignment of this period."""
    fixed: float
    """The same with the phase fixed at release, where the clock of the training goes on; nan in training."""


class SignalRun:
    """One network, the waveform it is to learn, its record, and what is done to it.

    Parameters
    ----------
    wave : Wave, optional
        What is to be learnt.
    size, seed : int
        Of the network; 1 to 200 junctions.
    train_periods, run_periods : int
        How long a training and a free run are, in periods of the waveform.
    changes : dict of str to float, optional
        Settings of the network that are not the defaults.
    """

    def __init__(
        self,
        wave: Wave | None = None,
        size: int = 40,
        seed: int = 0,
        *,
        train_periods: int = 100,
        run_periods: int = 50,
        changes: dict[str, float] | None = None,
    ) -> None:
        self.wave = Wave() if wave is None else wave
        self.train_periods = _periods(train_periods, TRAINING)
        self.run_periods = _periods(run_periods, FREE_RUN)
        self.changes: dict[str, float] = dict(changes or {})
        self._begin(made_network(size, seed, self.changes))

    def _begin(self, network: MTJNetwork) -> None:
        """Start over with a fresh network."""
        self.network = network
        self._start = changed(_values(network))
        self.record = SignalRecord(network.size, 3)
        self.course = object()
        """Stands for the course of events; it is another one after going back, even where the record is as long."""
        self.journal = Journal()
        self.phase = "ready"
        """"ready", "train" or "run"."""
        self.left = 0
        """Samples that the present phase still takes."""
        self.learnt: Wave | None = None
        """The wave of the last training."""
        self._phase_start = 0
        self.undisturbed = 0
        """Samples at the last beginning of a phase or intervention."""
        self._row: tuple[Wave, Floats] | None = None
        self._kicks = 0
        self.errors: list[PeriodError] = []
        """Errors of every whole period since the network was made."""

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
        """The error of the last whole period since the phase began or was disturbed, None before there is one."""
        last = self.errors[-1] if self.errors else None
        return last if last is not None and last.end > self.undisturbed else None

    @property
    def must_train(self) -> bool:
        """Whether the present waveform has not been learnt."""
        return self.learnt != self.wave

    # -- the run -------------------------------------------------------------------------------------------------

    def train(self) -> None:
        """Begin a training, or go on with one that is under way.

        A new waveform begins with the network as it was made, at time 0: what the junctions did before would make
        another run of the same seed.
        """
        if not self.wave.varies:
            msg = tr("The waveform is flat, so there is nothing to learn; draw one that varies.")
            raise Refused(msg)
        if self.phase == "train" and self.left:
            return
        if self.learnt is not None and self.must_train:
            self.renew()
        self.phase, self._phase_start = "train", self.samples
        self.undisturbed, self.left = self.samples, self._samples_of(self.train_periods)

    def generate(self) -> None:
        """Freeze the readout and let the network run by itself, or go on with that."""
        if self.learnt is None:
            msg = tr("The network has learnt nothing yet; train it first.")
            raise Refused(msg)
        if self.phase != "run":
            self.phase, self._phase_start = "run", self.samples
            self.undisturbed, self.left = self.samples, 0
        if not self.left:
            self.left = self._samples_of(self.run_periods, self.learnt)

    def go_on(self) -> None:
        """Go on with what is under way, or begin with what comes next."""
        if self.phase == "run":
            self.generate()
        elif not self.left:
            self.train() if self.must_train else self.generate()

    def step(self, samples: int, *, cancel: Event | None = None) -> None:
        """Advance by so many samples, or to the end of the present phase."""
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
        self._do(Action("kick", self.samples, values=(self._kicks,)))
        self._kicks += 1

    def cut(self, junctions: list[int]) -> None:
        """Disconnect junctions."""
        self._do(Action("cut", self.samples, values=tuple(int(k) for k in junctions)))

    def cut_some(self) -> None:
        """Disconnect a tenth of all junctions, chosen by chance from those that are left."""
        alive = np.flatnonzero(self.network.alive)
        if not alive.size:
            msg = tr("All junctions are cut already; restore them first.")
            raise Refused(msg)
        number = min(max(round(CUT_SHARE * self.network.size), 1), alive.size)
        chosen = np.random.default_rng([self.network.seed, alive.size]).choice(alive, number, replace=False)
        self.cut(sorted(chosen.tolist()))

    def mend(self) -> None:
        """Connect all junctions again."""
        self._do(Action("mend", self.samples))

    def change(self, **parameters: float) -> None:
        """Change settings of the network or its junctions in mid-run."""
        changes = {**self.changes, **parameters}
        if self.samples == 0 and not self.journal.actions:
            self._begin(made_network(self.network.size, self.network.seed, changes))
        else:
            self._do(Action("change", self.samples, values=tuple(parameters.items())))
        self.changes = changed(changes)

    def renew(self, size: int | None = None, seed: int | None = None) -> None:
        """Make a new network with the present settings, and begin at time 0."""
        size = self.network.size if size is None else size
        self._begin(made_network(size, self.network.seed if seed is None else seed, self.changes))

    def set_lengths(self, **periods: int) -> None:
        """Change `train_periods` or `run_periods`; it holds from the next training or free run on."""
        said = {"train_periods": TRAINING, "run_periods": FREE_RUN}
        checked = {name: _periods(value, said[name]) for name, value in periods.items()}
        self.train_periods = checked.get("train_periods", self.train_periods)
        self.run_periods = checked.get("run_periods", self.run_periods)

    def continue_from(self, samples: int) -> None:
        """Go back to where the network was after so many samples, and go on with the present settings."""
        if not self.record.first <= samples <= self.samples:
            sentence = tr("sample {number} is not in the record; it has the samples {first} to {last}.")
            msg = sentence.format(number=samples, first=self.record.first, last=self.samples)
            raise Refused(msg)
        if samples == 0:
            self.renew()
            return
        network = made_network(self.network.size, self.network.seed, self._start)
        self.journal.bring(network, samples)
        self.network = network
        self.journal.cut_after(samples)
        self.record.cut_after(samples)
        self.course = object()
        self.errors = [entry for entry in self.errors if entry.end <= samples]
        self._resume()

    # -- inside --------------------------------------------------------------------------------------------------

    def _train(self, wanted: int, cancel: Event | None) -> None:
        offset = self.samples - self._phase_start
        if self._row is None or self._row[0] != self.wave or len(self._row[1]) < offset + wanted:
            self._row = (self.wave, self.wave.row(offset + self.left))
        target = self._row[1][offset : offset + wanted]
        course = self.network.train(target, SAMPLE_TIME, record=True, cancel=cancel)
        self.learnt = self.wave
        self._note(
            Action("train", self.samples, course.time.size, self.wave, offset),
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
        """Note the error of every period that has become whole."""
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
        """Number of the sample with which the last training's waveform began: its clock goes on when it is let go."""
        taught = self.journal.last_of("train")
        return 0 if taught is None else taught.at - taught.offset

    def _going_on(self, begin: int, length: int) -> Floats:
        """Return the waveform at some samples as it would be if the training had gone on."""
        wave = self.learnt
        assert wave is not None, "there is no free run without a training"
        return at_share(
            wave.one_period, (np.arange(begin, begin + length) - self.clock_start) / wave.per_period
        )

    def _do(self, action: Action) -> None:
        action.carry_out(self.network)
        self.journal.note(action)
        self.undisturbed = self.samples

    def _samples_of(self, periods: int, wave: Wave | None = None) -> int:
        return round(periods * (self.wave if wave is None else wave).per_period)

    def _resume(self) -> None:
        """Be in the phase that the end of the journal is in."""
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
        whole = self.train_periods if last.kind == "train" else self.run_periods
        self.left = max(self._samples_of(whole, self.learnt) - done, 0)
        self.undisturbed = max(self._phase_start, *(d.at for d in self.journal.actions if not d.count), 0)
        present = _values(self.network)
        if self.changes != changed(present):
            wanted = {**{name: _default(name) for name in changed(present)}, **self.changes}
            new = tuple((name, value) for name, value in wanted.items() if value != present[name])
            self._do(Action("change", self.samples, values=new))


def made_network(size: int, seed: int, changes: dict[str, float]) -> MTJNetwork:
    """Return a fresh network, refusing what a page cannot show."""
    junctions = int(within(count(size, "Number of junctions", 1), "Number of junctions", 1, LARGEST_SIZE))
    number = int(within(count(seed, "Seed", 0), "Seed", 0, LARGEST_SEED))
    return MTJNetwork(junctions, number, **changes)


def _periods(value: int, name: str) -> int:
    return int(within(count(value, name, 1), name, 1, MOST_PERIODS))


def _values(network: MTJNetwork) -> dict[str, float]:
    return {**vars(network.settings), **vars(network.junction)}


def _default(name: str) -> float:
    return float(getattr(NetworkSettings() if name in NetworkSettings.names() else Junction(), name))


def changed(values: dict[str, float]) -> dict[str, float]:
    """Return the values that are not the defaults."""
    return {name: value for name, value in values.items() if value != _default(name)}
