"""Texts of the Signal Lab on a run, in numbers and in words."""

from __future__ import annotations

from math import isnan

from dwmtj_widgets.mtj_rnn.measures import Quality
from dwmtj_widgets.sessions.signal.record import NORM
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.views.meters import Reading

NONE = "–"
NAN = float("nan")
GOOD_ERROR, GOOD_SHAPE = 0.05, 0.1
MANY_PPM = 10_000


def readings(session: SignalSession, moment: int | None) -> list[Reading]:
    """Return the numbers of a run at the present or an earlier moment."""
    samples = session.samples if moment is None else moment
    norm = session.record.signals(samples - 1, samples)[NORM]
    whole = session.readings.measured if moment is None else None
    period = session.last_error if moment is None else session.readings.error_at(moment)
    if whole is not None:
        error, fixed = whole.error, whole.fixed_error
    else:
        error, fixed = (NAN, NAN) if period is None else (period.error, period.fixed)
    window = _window(session) if moment is None else tr("that period")
    alive = int(session.network.alive.sum())
    cut = session.network.size - alive
    return [
        Reading(tr("Time"), quantity(samples * SAMPLE_TIME, "s", decimals=1), "time", tr("Device time")),
        Reading(
            tr("Error, {window}").format(window=window) if window else tr("Error"),
            _percent(error),
            "error-value",
            tr(
                "RMS of output minus waveform, over the waveform's standard deviation, at the best phase; "
                "below: at the phase of the training"
            ),
            "" if isnan(fixed) else tr("{error} phase fixed").format(error=_percent(fixed)),
            "fixed-error",
        ),
        Reading(
            tr("Weights |w|"),
            quantity(float(norm[-1]), "1", decimals=3) if norm.size else NONE,
            "weights",
            tr("Length of the vector of readout weights"),
            tr("frozen") if session.phase == "run" else "",
        ),
        Reading(
            tr("Period off"),
            NONE if whole is None else _pace(whole),
            "period-error",
            tr("Period of the free run relative to the waveform's, at the end of the run"),
        ),
        Reading(
            tr("Locked"),
            NONE if whole is None else f"{whole.locked}",
            "locked",
            tr("Whole periods until the free run is off by half of the waveform's standard deviation"),
            "" if whole is None else tr("of {number} periods").format(number=_periods(session)),
        ),
        Reading(
            tr("Junctions"),
            str(alive),
            "alive",
            tr("Connected junctions"),
            tr("{number} cut").format(number=cut) if cut else tr("all connected"),
        ),
    ]


def _window(session: SignalSession) -> str:
    if session.readings.measured is not None:
        return tr("{number} periods").format(number=_periods(session))
    return "" if session.phase == "ready" else tr("last period")


def _pace(whole: Quality) -> str:
    if isnan(whole.period_error):
        return NONE
    if abs(whole.period_error_ppm) < MANY_PPM:
        return f"{whole.period_error_ppm:+,.0f} ppm"
    return quantity(whole.period_error, "%", decimals=1)


def _periods(session: SignalSession) -> int:
    """Return the number of whole periods of the last thorough measure."""
    whole, wave = session.readings.measured, session.learnt
    return 0 if whole is None or wave is None else int(whole.aligned_target.size / wave.per_period + 1e-9)


def _percent(share: float) -> str:
    return NONE if isnan(share) else quantity(share, "%", digits=3)


def step_text(session: SignalSession) -> str:
    """Return a sentence if the network needs a shorter time step than the one set, else ""."""
    network = session.network
    if network.longest_step >= network.settings.time_step:
        return ""
    sentence = tr("The time step is {step} instead of {usual}: this network's fastest time allows no more.")
    return sentence.format(
        step=quantity(network.time_step, "s", digits=3), usual=quantity(network.settings.time_step, "s")
    )


def state_text(session: SignalSession, *, playing: bool, working: bool) -> str:
    """Return a sentence on the present state and the next step."""
    if working:
        return tr("Computing …")
    if session.phase == "ready":
        return tr("Ready. Train: the readout learns the waveform while its own output is fed back.")
    if session.phase == "train":
        return _training_text(session, playing=playing)
    if session.must_train:
        return tr("The waveform has changed. Train: the same network starts again at time 0.")
    if session.left:
        return _running_text(playing=playing)
    if session.readings.measured is not None:
        return _judgement(session, session.readings.measured)
    if session.undisturbed == session.samples:
        return tr("Disturbed. Go on: does it come back?")
    return tr("Measuring the whole free run …")


def _training_text(session: SignalSession, *, playing: bool) -> str:
    if not session.left:
        return _trained_text(session)
    if playing:
        sentence = tr("Learning the {wave} wave: after every sample the weights are corrected.")
    else:
        sentence = tr("Learning the {wave} wave: paused.")
    return sentence.format(wave=(session.learnt or session.setting.wave).title)


def _trained_text(session: SignalSession) -> str:
    """Return the result of a training, from the error of its last period."""
    last = session.last_error
    if last is None or last.error < GOOD_ERROR:
        return tr("Learnt. Freeze and generate: does the network go on by itself?")
    if session.setting.wave.jumps:
        sentence = tr("Trained, still {error} off: it cannot follow the jump. Freeze and generate?")
    else:
        sentence = tr("Trained, and still {error} off. Train longer, or freeze and generate.")
    return sentence.format(error=_percent(last.error))


def _running_text(*, playing: bool) -> str:
    if playing:
        return tr("Running freely with frozen weights: nothing corrects it any more.")
    return tr("Running freely with frozen weights: paused.")


def _judgement(session: SignalSession, whole: Quality) -> str:
    """Return the result of a finished free run, and advice."""
    if whole.error < GOOD_ERROR:
        return tr("It has learnt the waveform. Kick it, cut junctions or heat it, and go on.")
    if session.readings.silent:
        return tr("It has fallen silent. Restore what was changed, or train it again.")
    cut = session.network.size - int(session.network.alive.sum())
    if whole.shape_error >= GOOD_SHAPE:
        if cut:
            sentence = tr("Without {number} junctions it is lost. Restore them, or train again.")
            return sentence.format(number=cut)
        if session.setting.wave.jumps:
            return tr("It cannot follow the jump; longer training does not help, more junctions do a little.")
        return tr("It does not hold the waveform. Try another network, or more junctions, 100 say.")
    if whole.locked < _periods(session):
        if session.setting.wave.jumps:
            sentence = tr(
                "Right shape, wrong pace after {number} periods; longer training does not help a jump."
            )
        else:
            sentence = tr(
                "Right shape, wrong pace: out of step after {number} periods. More junctions hold it."
            )
        return sentence.format(number=whole.locked)
    return tr("The shape is right, the pace nearly. Kick it, cut junctions or heat it, and go on.")


def steps(
    session: SignalSession, share: float | None, *, playing: bool
) -> tuple[list[tuple[str, str, float]], str]:
    """Return the steps of the bar, from drawing to the free run, and one word on the present step."""
    phase, done = session.phase, _share(session)
    order = ["ready", "train", "run"]
    at = 0 if session.must_train and phase == "run" else order.index(phase)
    labels = [
        tr("1 Waveform"),
        tr("2 Train, {number} periods").format(number=session.setting.train_periods),
        tr("3 Free run, {number} periods").format(number=session.setting.run_periods),
    ]
    result = []
    for number, label in enumerate(labels):
        state = "now" if number == at else ("past" if number < at else "ahead")
        result.append((label, state, (share if share is not None else done) if number else 1.0))
    word = {"ready": tr("ready"), "train": tr("training"), "run": tr("generating")}[phase]
    unmeasured = session.readings.measured is None and session.undisturbed < session.samples
    measuring = session.finished and phase == "run" and unmeasured
    if session.finished and share is None and not measuring:
        return result, {"train": tr("trained"), "run": tr("generated")}[phase]
    return result, word if playing or measuring or phase == "ready" else tr("held")


def _share(session: SignalSession) -> float:
    """Return the finished share of the present phase."""
    wave = session.learnt or session.setting.wave
    if session.phase == "ready":
        return 0.0
    periods = session.setting.train_periods if session.phase == "train" else session.setting.run_periods
    return min(max(1.0 - session.left / (periods * wave.per_period), 0.0), 1.0)
