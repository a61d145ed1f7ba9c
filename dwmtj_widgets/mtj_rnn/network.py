"""A recurrent network of magnetic tunnel junctions that learns to generate or to recognise signals."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.mtj_rnn.force import ridge
from dwmtj_widgets.mtj_rnn.inputs import MOST_SAMPLES, bounded, labels_of, signal_of, target_of
from dwmtj_widgets.mtj_rnn.results import Course, Training
from dwmtj_widgets.mtj_rnn.running import DEFAULT_SAMPLE_TIME, Progress, RunningNetwork
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import positive, whole

Floats = NDArray[np.float64]


class MTJNetwork(RunningNetwork):
    """N junctions in a recurrent loop with a trained readout. SI units; synaptic inputs are dimensionless.

    The current through junction i follows ``tau_i da_i/dt = -a_i + s (sum_j J_ij m_yj + f_i z + u_i input + b_i)``,
    its magnetization the LLG equation (`Junction.rate`), and the readout is ``z = w . m_y`` (physics.md B).

    Parameters
    ----------
    size : int
        N, 1 to 1000.
    seed : int
        Seed of all random numbers; the same seed gives the same network and the same run, bit for bit.
    **parameters : float
        Fields of `NetworkSettings` and `Junction` by name, e.g. ``gain=1.2, damping=0.1, temperature=300``.

    Raises
    ------
    Refused
        If a value is illegal or a parameter unknown.
    """

    # -- running -------------------------------------------------------------------------------------------------

    def generate(
        self, duration: float, *, progress: Progress | None = None, cancel: Event | None = None
    ) -> Floats:
        """Run freely from the present state with a frozen readout; returns the output at every sample time.

        Parameters
        ----------
        duration : float
            Seconds, rounded to whole samples.
        progress : callable, optional
            Called as ``progress(samples done, samples in all)`` every few 10 ms.
        cancel : threading.Event, optional
            Stops the run; the output until then is returned.

        Returns
        -------
        ndarray, shape (T,), or (T, K) with K readouts
        """
        return self.observe(duration, record=False, progress=progress, cancel=cancel).output

    def observe(
        self,
        duration: float,
        *,
        record: bool = True,
        progress: Progress | None = None,
        cancel: Event | None = None,
    ) -> Course:
        """Like `generate`, but returns times, output and, on request, all magnetizations."""
        samples = self._samples_in(duration)
        return self._advance(
            np.full(samples, self._input), None, record=record, progress=progress, cancel=cancel
        )

    def drive(
        self,
        signal: ArrayLike,
        *,
        record: bool = False,
        progress: Progress | None = None,
        cancel: Event | None = None,
    ) -> Course:
        """Run with `signal` (T,) as the input, one value a sample, and a frozen readout."""
        row = signal_of(signal, "signal")
        return self._advance(row, None, record=record, progress=progress, cancel=cancel)

    # -- learning ------------------------------------------------------------------------------------------------

    def train(
        self,
        target: ArrayLike,
        sample_time: float = DEFAULT_SAMPLE_TIME,
        *,
        signal: ArrayLike | None = None,
        record: bool = False,
        progress: Progress | None = None,
        cancel: Event | None = None,
    ) -> Training:
        """Train the readout to give `target` while the loop is closed (FORCE); call again to continue.

        Parameters
        ----------
        target : array_like, shape (T,) or (T, K)
            One value a sample. A different K than before starts a new readout.
        sample_time : float
            Seconds between two samples.
        signal : array_like, shape (T,), optional
            Input while training.
        record : bool
            Whether to keep all magnetizations at the sample times.
        progress, cancel
            As for `generate`. A cancelled training keeps what it has learnt.

        Raises
        ------
        Refused
            If an input is illegal.
        Unable
            If the output grew beyond all bounds; the network is as it was before the call.
        """
        wanted = target_of(target)
        inputs = signal_of(signal, "signal", wanted.shape[0]) if signal is not None else None
        self._sample_every(sample_time)
        if wanted.shape[1] != self._readout.outputs or self._window:
            self._window = 0
            self._readout = self._fresh_readout(wanted.shape[1])
        return self._train(wanted, inputs, record=record, progress=progress, cancel=cancel)

    def train_ridge(
        self,
        target: ArrayLike,
        sample_time: float = DEFAULT_SAMPLE_TIME,
        *,
        washout: int = 0,
        progress: Progress | None = None,
        cancel: Event | None = None,
    ) -> Course:
        """Train the readout as a classical reservoir: the target itself is fed back, then ridge regression.

        Parameters
        ----------
        target : array_like, shape (T,)
        washout : int
            Samples at the start that are left out.

        Returns
        -------
        Course
            The run under the perfect target; `output` is that of the new readout for its states.
        """
        wanted = target_of(target)
        skipped = whole(washout, "washout", 0, wanted.shape[0] - 1)
        self._sample_every(sample_time)
        self._window = 0
        self._readout = self._fresh_readout(wanted.shape[1])
        # The value fed back during a sample is the target at the middle of the sample, so there is no delay.
        taught = 0.5 * (wanted + np.vstack([wanted[:1], wanted[:-1]]))
        course = self._advance(
            np.full(len(wanted), self.input), taught=taught, record=True, progress=progress, cancel=cancel
        )
        if not course.completed or course.states is None:
            return course
        rows = course.states[:, 1, :] * self._alive
        self._readout.weights[:] = ridge(rows[skipped:], wanted[skipped:], self.settings.regularization)
        return replace(course, output=self._readout.read(rows).reshape(course.output.shape))

    def learn_labels(
        self,
        signal: ArrayLike,
        labels: ArrayLike,
        sample_time: float = DEFAULT_SAMPLE_TIME,
        *,
        progress: Progress | None = None,
        cancel: Event | None = None,
    ) -> Training:
        """Train one readout for each class to recognise the windows of a signal; call again to continue.

        The signal is the input, and readouts do not feed back. At the end of every window, recursive least squares
        corrects the readouts' *means* over it, which `classify` compares, towards 1 for the window's class and 0 for
        all others.

        Parameters
        ----------
        signal : array_like, shape (T,)
        labels : array_like of int, shape (windows,)
            Class of each window, from 0 on; T is a multiple of their number, windows are one period long.
        sample_time : float
            Seconds between two samples.
        progress, cancel
            As for `generate`; progress counts windows.

        Returns
        -------
        Training
            One row a window: means of the readouts before each correction, and their targets.

        Raises
        ------
        Refused
            If the labels do not fit the signal.
        """
        row = signal_of(signal, "signal")
        classes = labels_of(labels, row.size)
        window = row.size // classes.size
        outputs = max(int(classes.max()) + 1, self._readout.outputs if self._window else 2)
        self._sample_every(sample_time)
        if outputs != self._readout.outputs or self._window != window:
            self._readout = self._fresh_readout(outputs)
        self._window = window
        wanted = np.eye(outputs)[classes]
        means, norms, times = np.empty_like(wanted), np.empty(classes.size), np.empty(classes.size)
        done = 0
        while done < classes.size and not (cancel is not None and cancel.is_set()):
            course = self._advance(row[done * window : (done + 1) * window], record=True, cancel=cancel)
            if not course.completed or course.states is None:
                break
            seen = course.states[:, 1, :].mean(axis=0) * self._alive
            means[done] = self._readout.update(seen, wanted[done])
            norms[done], times[done] = np.linalg.norm(self._readout.weights), course.time[-1]
            done += 1
            if progress is not None:
                progress(done, classes.size)
        return Training(
            times[:done], means[:done], norms[:done], None, done == classes.size, target=wanted[:done]
        )

    def classify(self, signal: ArrayLike, *, cancel: Event | None = None) -> NDArray[np.intp]:
        """Return the label index of every whole period of `signal` (T,): the readout with the largest mean.

        If cancelled, only of the periods processed until then.

        Raises
        ------
        Refused
            If the network has not learnt labels, or the signal is shorter than one period.
        """
        labels: NDArray[np.intp] = np.argmax(self.scores(signal, cancel=cancel), axis=1)
        return labels

    def scores(self, signal: ArrayLike, *, cancel: Event | None = None) -> Floats:
        """Return the mean of every readout over every whole period of `signal`, shape (periods, K).

        If cancelled, only over the periods processed until then.
        """
        if not self._window:
            msg = (
                "This network has learnt no labels; call learn_labels (or recognition.train) before classify."
            )
            raise Refused(msg)
        row = signal_of(signal, "signal")
        periods = row.size // self._window
        if not periods:
            msg = f"signal has {row.size} samples; a period has {self._window}, give at least one."
            raise Refused(msg)
        output = self.drive(row[: periods * self._window], cancel=cancel).output
        heard = output.shape[0] // self._window
        outputs = self._readout.outputs
        means: Floats = output[: heard * self._window].reshape(heard, self._window, outputs).mean(axis=1)
        return means

    def forget(self) -> Self:
        """Start a new readout; the magnetizations stay."""
        self._window = 0
        self._readout = self._fresh_readout(1)
        return self

    # -- inside --------------------------------------------------------------------------------------------------

    def _train(
        self,
        wanted: Floats,
        inputs: Floats | None,
        *,
        record: bool,
        progress: Progress | None,
        cancel: Event | None,
    ) -> Training:
        row = np.full(wanted.shape[0], self.input) if inputs is None else inputs
        course = self._advance(row, wanted, record=record, progress=progress, cancel=cancel)
        return Training(
            course.time,
            course.output,
            course.weight_norm,
            course.states,
            course.completed,
            target=wanted[: course.time.size].reshape(course.output.shape),
        )

    def _samples_in(self, duration: float) -> int:
        length = positive(duration, "duration", "s")
        return bounded(length / self.sample_time, "duration", MOST_SAMPLES)
