"""Recognition in the Signal Lab, without a page: a network learns labels, is tested, and labels a live signal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Event
from typing import Any, ClassVar, Final, Self

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn.recognition import recogniser
from dwmtj_widgets.mtj_rnn.running import Progress
from dwmtj_widgets.mtj_rnn.signals import KINDS
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Change, Open, Session, Setting
from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.setting import LARGEST_SEED, LARGEST_SIZE
from dwmtj_widgets.sessions.signal.training_set import (
    LARGEST_NOISE,
    MOST,
    MOST_WINDOWS,
    TEST_SEED,
    Confusion,
    TrainingSet,
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
"""Index of the input in the record's signals; the readouts follow."""
_FIRST_DRAWING: Final = tuple(Wave("triangle").shape.round(4).tolist())


@dataclass(frozen=True)
class RecognitionSetting(Setting):
    """The training set, and the signal that is fed."""

    lab: ClassVar[str] = "signal"

    training_set: TrainingSet = TrainingSet()  # noqa: RUF009 - frozen, so it may be shared
    source: str = ""
    """The signal that is fed: a named waveform, or "drawn"; by default the first of the training set."""
    drawing: tuple[float, ...] = _FIRST_DRAWING
    amplitude: float = 1.0
    noise: float = 0.1

    def __post_init__(self) -> None:
        if self.source != DRAWN and not self.source:
            object.__setattr__(self, "source", self.training_set.kinds[0])

    def fields(self) -> dict[str, Any]:
        """Return the setting as fields to share."""
        taught = self.training_set
        drawn = {"drawing": list(self.drawing)} if self.source == DRAWN else {}
        return {
            "kinds": list(taught.kinds),
            **{name: getattr(taught, name) for name in ("period", "noise", "teaching", "testing")},
            "size": taught.size,
            "seed": taught.seed,
            "source": self.source,
            "amplitude": self.amplitude,
            "feed_noise": self.noise,
            **drawn,
        }

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Read a shared setting.

        Raises
        ------
        Refused
            If a field is missing or not legal.
        """
        taught = TrainingSet(
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
        drawing = _FIRST_DRAWING
        if source == DRAWN:
            samples = fields.items("drawing", lambda f, name: f.number(name, -1.0, 1.0), POINTS)
            drawing = Wave(DRAWN, taught.period, 1.0, tuple(samples)).samples
        fields.close()
        return cls(taught, source, drawing, amplitude, noise)


class RecognitionSession(Session[RecognitionSetting]):
    """A training set, the network that learns it, and the signal that is fed to it.

    Parameters
    ----------
    setting : RecognitionSetting, optional
        The first setting.
    """

    def __init__(self, setting: RecognitionSetting | None = None) -> None:
        self._setting = RecognitionSetting() if setting is None else setting
        self._begin()

    def _begin(self) -> None:
        taught = self.setting.training_set
        self.network = recogniser(taught.size, taught.seed)
        self.learnt: tuple[str, ...] = ()
        """The waveforms of the readouts, in order."""
        self.confusion: Confusion | None = None
        self.taught = 0
        """Number of windows learnt."""
        self._listen()

    def _listen(self) -> None:
        """Begin an empty record of listening."""
        self.record = SignalRecord(self.network.size, 1 + max(len(self.learnt), 1))
        self._chance = np.random.default_rng([self.setting.training_set.seed, 3])
        self._phase = float(self._chance.uniform(0.0, 1.0))
        self._fed = 0

    @property
    def setting(self) -> RecognitionSetting:
        """The training set and the feed."""
        return self._setting

    def apply(self, action: Open[RecognitionSetting] | Change[RecognitionSetting]) -> None:
        """Carry out an action.

        `Open` and a `Change` of the training set forget what was learnt; a `Change` of the feed holds at once.
        """
        match action:
            case Open(setting):
                self._setting = setting
                self._begin()
            case Change(setting):
                before, self._setting = self._setting, setting
                if setting.training_set != before.training_set:
                    self._begin()

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def samples(self) -> int:
        """Number of samples fed."""
        return self.record.end

    @property
    def window(self) -> int:
        """Samples in a period."""
        return self.setting.training_set.window

    def scores(self, start: int, end: int) -> Floats:
        """Return every readout's mean over the last period, at some samples, (K, T); nan before a whole period."""
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
        """Return the waveform with the largest score after `at` samples; "" before a whole period."""
        scores = self.scores(at - 1, at)
        if not self.learnt or not scores.size or np.isnan(scores[:, -1]).any():
            return ""
        return self.learnt[int(np.argmax(scores[:, -1]))]

    # -- learning and test ---------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Forget what was learnt."""
        self._begin()

    def change(self, **changes: Any) -> None:
        """Change the training set; what was learnt is then forgotten."""
        taught, source = replace(self.setting.training_set, **changes), self.setting.source
        if source != DRAWN and source not in taught.kinds:
            source = taught.kinds[0]
        if taught != self.setting.training_set:
            self.apply(Change(replace(self.setting, training_set=taught, source=source)))

    def train(self, *, progress: Progress | None = None, cancel: Event | None = None) -> None:
        """Train a fresh network, then test it; if cancelled, what was learnt stays."""
        training_set = self.setting.training_set
        total = training_set.teaching + training_set.testing
        network = recogniser(training_set.size, training_set.seed)

        def taught(done: int, _all: int) -> None:
            if progress is not None:
                progress(done, total)

        def tested(done: int, _all: int) -> None:
            if progress is not None:
                progress(training_set.teaching + done, total)

        self.taught = training_set.teach(network, taught, cancel)
        self.learnt = training_set.kinds if self.taught else ()
        self.network, self.confusion = network, None
        self._listen()
        if self.taught == training_set.teaching:
            self.confusion = training_set.test(network, tested, cancel)

    # -- listening -----------------------------------------------------------------------------------------------

    def feed(self, source: str) -> None:
        """Feed another waveform, with a new random phase."""
        self.apply(Change(replace(self.setting, source=one_of(source, "signal", SHAPES))))
        self._phase = float(self._chance.uniform(0.0, 1.0))

    def draw(self, samples: npt.ArrayLike) -> None:
        """Feed a drawn period, 100 numbers from -1 to 1."""
        period = self.setting.training_set.period
        drawing = Wave.of_samples(np.asarray(samples, float), period, 1.0).samples
        self.apply(Change(replace(self.setting, drawing=drawing, source=DRAWN)))

    def set_feed(self, *, amplitude: float | None = None, noise: float | None = None) -> None:
        """Change the amplitude or noise of the fed signal."""
        if amplitude is not None:
            checked = within(amplitude, "Amplitude", 0.0, LARGEST_AMPLITUDE)
            self.apply(Change(replace(self.setting, amplitude=checked)))
        if noise is not None:
            checked = within(noise, "Noise", 0.0, LARGEST_NOISE, "%")
            self.apply(Change(replace(self.setting, noise=checked)))

    def step(self, samples: int, *, cancel: Event | None = None) -> None:
        """Feed `samples` more samples."""
        if not self.learnt:
            msg = tr("The network has learnt no labels yet; train it first.")
            raise Refused(msg)
        if samples < 1:
            return
        shift = self._phase * self.window
        shape = self.fed_shape
        share = (self._fed + shift + np.arange(samples)) / self.window
        clean = self.setting.amplitude * np.interp(share % 1.0, np.arange(POINTS) / POINTS, shape, period=1.0)
        signal = clean + self.setting.noise * self.setting.amplitude * self._chance.standard_normal(samples)
        course = self.network.drive(signal, record=True, cancel=cancel)
        done = course.time.size
        self._fed += done
        if course.states is not None:
            output = course.output.reshape(done, -1)
            self.record.append(np.concatenate([signal[:done, None], output], axis=1), course.states)

    @property
    def fed_shape(self) -> Floats:
        """One period of the fed signal, without amplitude and noise, shape (100,)."""
        return (
            np.array(self.setting.drawing)
            if self.setting.source == DRAWN
            else Wave(self.setting.source).shape
        )

    # -- exporting -----------------------------------------------------------------------------------------------

    def python(self) -> str:
        """Return the Python code that repeats training and test, bit for bit."""
        taught = self.setting.training_set
        common = f"period={taught.period!r}, sample_time={SAMPLE_TIME!r}, noise={taught.noise!r}"
        return f"""\
from dwmtj_widgets.mtj_rnn import waveform
from dwmtj_widgets.mtj_rnn.recognition import examine, labelled_stream, recogniser, train

kinds = {taught.kinds!r}
shapes = [waveform(kind, period=1.0, sample_time={1.0 / POINTS!r}) for kind in kinds]
network = recogniser({taught.size}, seed={taught.seed})
train(network, shapes, {common}, windows={taught.teaching}, seed={taught.seed})
stream = labelled_stream(shapes, {taught.testing}, {common}, seed={TEST_SEED + taught.seed})
result = examine(network, stream, classes={len(taught.kinds)})
print(result.confusion, result.accuracy)
"""
