"""What the Signal Lab says about a run, in numbers and in words."""

from __future__ import annotations

from math import isnan

from dwmtj_widgets.labs.signal_run import NORM
from dwmtj_widgets.labs.signal_session import LIVE_PERIODS, SignalSession
from dwmtj_widgets.labs.signal_wave import SAMPLE_TIME
from dwmtj_widgets.mtj_rnn.measures import Quality
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.meters import Reading

NONE = "–"
GOOD_ERROR, GOOD_SHAPE = 0.05, 0.1
MANY_PPM = 10_000


def readings(session: SignalSession, moment: int | None) -> list[Reading]:
    """Return the numbers of a run at its present, or at the moment that is looked back at."""
    samples = session.samples if moment is None else moment
    norm = session.record.signals(samples - 1, samples)[NORM]
    whole = session.measured if moment is None else None
    error = session.error() if moment is None else session.error_at(moment)
    if whole is not None:
        error = whole.error
    alive = int(session.network.alive.sum())
    cut = session.network.size - alive
    return [
        Reading("Time", quantity(samples * SAMPLE_TIME, "s", decimals=1), "time", "Of the device"),
        Reading(
            "Error",
            _percent(error),
            "error-value",
            "RMS of output minus waveform over the waveform's standard deviation",
            _error_note(session) if moment is None else "of that period",
        ),
        Reading(
            "Weights |w|",
            quantity(float(norm[-1]), "1", decimals=3) if norm.size else NONE,
            "weights",
            "Length of the vector of readout weights",
            "frozen" if session.phase == "run" else "",
        ),
        Reading(
            "Period off",
            NONE if whole is None else _pace(whole),
            "period-error",
            "Period of the free run against the waveform's, when the run is at its end",
        ),
        Reading(
            "Locked",
            NONE if whole is None else f"{whole.locked}",
            "locked",
            "Whole periods until the free run is off by half of the waveform's standard deviation",
            "" if whole is None else f"of {_periods(session)} periods",
        ),
        Reading(
            "Junctions", str(alive), "alive", "That are connected", f"{cut} cut" if cut else "all connected"
        ),
    ]


def _error_note(session: SignalSession) -> str:
    if session.phase == "train":
        return "last period"
    if session.phase != "run":
        return ""
    if session.measured is not None:
        return f"over {_periods(session)} periods"
    return f"last {LIVE_PERIODS} periods"


def _pace(whole: Quality) -> str:
    if isnan(whole.period_error):
        return NONE
    if abs(whole.period_error_ppm) < MANY_PPM:
        return f"{whole.period_error_ppm:+,.0f} ppm"
    return quantity(whole.period_error, "%", decimals=1)


def _periods(session: SignalSession) -> int:
    """Return how many whole periods the last thorough measure is of."""
    whole, wave = session.measured, session.learnt
    return 0 if whole is None or wave is None else int(whole.aligned_target.size / wave.per_period + 1e-9)


def _percent(share: float) -> str:
    return NONE if isnan(share) else quantity(share, "%", digits=3)


def state_text(session: SignalSession, *, playing: bool, working: bool) -> str:
    """Say what happens, and what comes next."""
    wave = (session.learnt or session.wave).title
    if working:
        return "Computing …"
    if session.phase == "ready":
        return "Ready. Train: the readout learns the waveform while its own output is fed back."
    if session.must_train and session.phase == "run":
        return "The waveform is another one now. Train: the network learns it with a fresh readout."
    if session.phase == "train":
        if session.left:
            more = (
                "after every sample the weights are corrected."
                if playing
                else "held in the middle of training."
            )
            return f"Learning the {wave} wave: {more}"
        return "Learnt. Freeze and generate: does the network go on by itself?"
    whole = session.measured
    if whole is None and not session.left:
        if session.undisturbed == session.samples:
            return "Disturbed. Go on: does it come back?"
        return "Measuring the whole free run …"
    if session.left or whole is None:
        more = "nothing corrects it any more." if playing else "held."
        return f"Running freely with frozen weights: {more}"
    more = "Kick it, cut junctions or heat it, and go on."
    if whole.error < GOOD_ERROR:
        return f"It has learnt it. {more}"
    if whole.shape_error >= GOOD_SHAPE:
        return "It does not hold the waveform. Train longer, or try another network."
    if whole.locked < _periods(session):
        return f"The shape is right, the pace is not: out of step after {whole.locked} periods. Train longer."
    return f"The shape is right, the pace nearly. {more}"


def steps(
    session: SignalSession, share: float | None, *, playing: bool
) -> tuple[list[tuple[str, str, float]], str]:
    """Return the steps of the bar and one word: where a person is on the way from drawing to the free run."""
    phase, done = session.phase, _share(session)
    order = ["ready", "train", "run"]
    at = 0 if session.must_train and phase == "run" else order.index(phase)
    labels = [
        "1 Waveform",
        f"2 Train, {session.train_periods} periods",
        f"3 Free run, {session.run_periods} periods",
    ]
    result = []
    for number, label in enumerate(labels):
        state = "now" if number == at else ("past" if number < at else "ahead")
        result.append((label, state, (share if share is not None else done) if number else 1.0))
    word = {"ready": "ready", "train": "training", "run": "generating"}[phase]
    unmeasured = session.measured is None and session.undisturbed < session.samples
    measuring = session.finished and phase == "run" and unmeasured
    if session.finished and share is None and not measuring:
        return result, {"train": "trained", "run": "generated"}[phase]
    return result, word if playing or measuring or phase == "ready" else "held"


def _share(session: SignalSession) -> float:
    """Return how much of the present phase is done."""
    wave = session.learnt or session.wave
    if session.phase == "ready":
        return 0.0
    periods = session.train_periods if session.phase == "train" else session.run_periods
    return min(max(1.0 - session.left / (periods * wave.per_period), 0.0), 1.0)
