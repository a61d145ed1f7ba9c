"""Recognition in the Signal Lab, without a page: a network learns labels, is tested, and reads a signal live."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn.recognition import recogniser
from dwmtj_widgets.mtj_rnn.running import Progress
from dwmtj_widgets.mtj_rnn.signals import KINDS
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.run import LARGEST_SEED, LARGEST_SIZE
from dwmtj_widgets.sessions.signal.training_set import (
    LARGEST_NOISE,
    MOST,
    MOST_WINDOWS,
    TEST_SEED,
    Confusion,
    Lesson,
)
from dwmtj_widgets.sessions.signal.wave import (
    DRAWN,
    LARGEST_AMPLITUDE,
    POINTS,
    SAMPLE_TIME,
    SHAPES,
    Floats,
    Wave,
)
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.texts import tr
from dwmtj_widgets.validation import one_of, within

INPUT: Final = 0
"""The record's first signal; the readouts follow."""


class RecognitionSession:
    """A lesson, the network that takes it, and the signal that it listens to.

    Parameters
    ----------
    lesson : Lesson, optional
        What is to be told apart.
    """

    def __init__(self, lesson: Lesson | None = None) -> None:
        self.lesson = Lesson() if lesson is None else lesson
        self.source = self.lesson.kinds[0]
        """What is fed: one of the named waveforms, or "drawn"."""
        self.drawing: tuple[float, ...] = tuple(Wave("triangle").shape.round(4).tolist())
        self.amplitude, self.noise = 1.0, 0.1
        self._begin()

    def _begin(self) -> None:
        lesson = self.lesson
        self.network = recogniser(lesson.size, lesson.seed)
        self.learnt: tuple[str, ...] = ()
        """The waveforms that the readouts stand for, in their order."""
        self.confusion: Confusion | None = None
        self.taught = 0
        """Windows that were learnt from."""
        self._listen()

    def _listen(self) -> None:
        """Begin to listen from silence."""
        self.record = SignalRecord(self.network.size, 1 + max(len(self.learnt), 1))
        self._chance = np.random.default_rng([self.lesson.seed, 3])
        self._phase = float(self._chance.uniform(0.0, 1.0))
        self._fed = 0

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def samples(self) -> int:
        """Samples that were listened to."""
        return self.record.end

    @property
    def window(self) -> int:
        """Samples in a period."""
        return self.lesson.window

    def scores(self, start: int, end: int) -> Floats:
        """Return every readout's mean over the last period at some samples, (K, T); nan before there is one."""
        begin = start - self.window + 1
        low, high = self.record.clipped(begin, end)
        rows = self.record.signals(low, high)[1:]
        sums = np.concatenate([np.zeros((len(rows), 1)), np.cumsum(rows, axis=1)], axis=1)
        result = np.full((len(rows), high - min(max(start, low), high)), np.nan)
        means = (sums[:, self.window :] - sums[:, : -self.window]) / self.window
        if means.shape[1]:
            result[:, result.shape[1] - means.shape[1] :] = means
        return result

    def label(self, at: int) -> str:
        """Return what was read after so many samples: the waveform of the largest score, empty before a period."""
        scores = self.scores(at - 1, at)
        if not self.learnt or not scores.size or np.isnan(scores[:, -1]).any():
            return ""
        return self.learnt[int(np.argmax(scores[:, -1]))]

    # -- learning and test ---------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Forget what was learnt."""
        self._begin()

    def change(self, **changes: Any) -> None:
        """Change the lesson; what was learnt is then forgotten."""
        lesson = replace(self.lesson, **changes)
        if lesson != self.lesson:
            self.lesson = lesson
            if self.source != DRAWN and self.source not in lesson.kinds:
                self.source = lesson.kinds[0]
            self._begin()

    def train(self, *, progress: Progress | None = None, cancel: Event | None = None) -> None:
        """Learn the labels from the beginning, then be tested; if cancelled, what was learnt stays."""
        lesson = self.lesson
        total = lesson.teaching + lesson.testing
        network = recogniser(lesson.size, lesson.seed)

        def taught(done: int, _all: int) -> None:
            if progress is not None:
                progress(done, total)

        def tested(done: int, _all: int) -> None:
            if progress is not None:
                progress(lesson.teaching + done, total)

        self.taught = lesson.teach(network, taught, cancel)
        self.learnt = lesson.kinds if self.taught else ()
        self.network, self.confusion = network, None
        self._listen()
        if self.taught == lesson.teaching:
            self.confusion = lesson.test(network, tested, cancel)

    # -- listening -----------------------------------------------------------------------------------------------

    def feed(self, source: str) -> None:
        """Feed another waveform from now on, with another phase."""
        self.source = one_of(source, "signal", SHAPES)
        self._phase = float(self._chance.uniform(0.0, 1.0))

    def draw(self, samples: npt.ArrayLike) -> None:
        """Feed a drawn period, 100 numbers from -1 to 1."""
        self.drawing = Wave.of_samples(np.asarray(samples, float), self.lesson.period, 1.0).samples
        self.source = DRAWN

    def set_feed(self, *, amplitude: float | None = None, noise: float | None = None) -> None:
        """Change amplitude or noise of what is fed."""
        if amplitude is not None:
            self.amplitude = within(amplitude, "Amplitude", 0.0, LARGEST_AMPLITUDE)
        if noise is not None:
            self.noise = within(noise, "Noise", 0.0, LARGEST_NOISE, "%")

    def step(self, samples: int, *, cancel: Event | None = None) -> None:
        """Listen to so many samples more."""
        if not self.learnt:
            msg = tr("The network has learnt no labels yet; train it first.")
            raise Refused(msg)
        if samples < 1:
            return
        shift = self._phase * self.window
        shape = self.fed_shape
        share = (self._fed + shift + np.arange(samples)) / self.window
        clean = self.amplitude * np.interp(share % 1.0, np.arange(POINTS) / POINTS, shape, period=1.0)
        signal = clean + self.noise * self.amplitude * self._chance.standard_normal(samples)
        course = self.network.drive(signal, record=True, cancel=cancel)
        done = course.time.size
        self._fed += done
        if course.states is not None:
            output = course.output.reshape(done, -1)
            self.record.append(np.concatenate([signal[:done, None], output], axis=1), course.states)

    @property
    def fed_shape(self) -> Floats:
        """One period of what is fed, before amplitude and noise, shape (100,)."""
        return np.array(self.drawing) if self.source == DRAWN else Wave(self.source).shape

    # -- taking away ---------------------------------------------------------------------------------------------

    def setting(self) -> dict[str, Any]:
        """Return all that makes the same lesson again."""
        lesson = self.lesson
        drawn = {"drawing": list(self.drawing)} if self.source == DRAWN else {}
        return {
            "kinds": list(lesson.kinds),
            **{name: getattr(lesson, name) for name in ("period", "noise", "teaching", "testing")},
            "size": lesson.size,
            "seed": lesson.seed,
            "source": self.source,
            "amplitude": self.amplitude,
            "feed_noise": self.noise,
            **drawn,
        }

    def restore(self, fields: Fields) -> None:
        """Take over what `setting` gave; nothing is learnt then."""
        lesson = Lesson(
            tuple(fields.items("kinds", lambda f, name: f.choice(name, KINDS), MOST)),
            fields.number("period", 0.0, 1.0, "s"),
            fields.number("noise", 0.0, LARGEST_NOISE),
            fields.whole("teaching", 1, MOST_WINDOWS),
            fields.whole("testing", 1, MOST_WINDOWS),
            fields.whole("size", 1, LARGEST_SIZE),
            fields.whole("seed", 0, LARGEST_SEED),
        )
        source = fields.choice("source", SHAPES)
        amplitude, noise = (
            fields.number("amplitude", 0.0, LARGEST_AMPLITUDE),
            fields.number("feed_noise", 0.0, LARGEST_NOISE),
        )
        drawing = self.drawing
        if source == DRAWN:
            samples = fields.items("drawing", lambda f, name: f.number(name, -1.0, 1.0), POINTS)
            drawing = Wave(DRAWN, lesson.period, 1.0, tuple(samples)).samples
        fields.close()
        self.lesson, self.source, self.drawing = lesson, source, drawing
        self.amplitude, self.noise = amplitude, noise
        self._begin()

    def python(self) -> str:
        """Return the lines of Python that repeat teaching and test, bit for bit."""
        lesson = self.lesson
        common = f"period={lesson.period!r}, sample_time={SAMPLE_TIME!r}, noise={lesson.noise!r}"
        return f"""\
from dwmtj_widgets.mtj_rnn import waveform
from dwmtj_widgets.mtj_rnn.recognition import examine, labelled_stream, recogniser, train

kinds = {lesson.kinds!r}
shapes = [waveform(kind, period=1.0, sample_time={1.0 / POINTS!r}) for kind in kinds]
network = recogniser({lesson.size}, seed={lesson.seed})
train(network, shapes, {common}, windows={lesson.teaching}, seed={lesson.seed})
stream = labelled_stream(shapes, {lesson.testing}, {common}, seed={TEST_SEED + lesson.seed})
result = examine(network, stream, classes={len(lesson.kinds)})
print(result.confusion, result.accuracy)
"""
