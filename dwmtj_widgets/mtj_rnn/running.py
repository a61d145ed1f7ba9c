"""The running network: its state, its settings, and interventions at any moment."""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from threading import Event
from typing import Any, Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.mtj_rnn import _kernels
from dwmtj_widgets.mtj_rnn.force import Readout
from dwmtj_widgets.mtj_rnn.inputs import LARGEST_SIGNAL, MOST_SAMPLES, bounded
from dwmtj_widgets.mtj_rnn.macrospin import GYROMAGNETIC_RATIO, Junction
from dwmtj_widgets.mtj_rnn.results import Course, NetworkState
from dwmtj_widgets.mtj_rnn.stepping import LongestStep, largest_torque_field, longest_step
from dwmtj_widgets.mtj_rnn.wiring import Draw, NetworkSettings
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.units import quantity
from dwmtj_widgets.validation import count, known_names, numbers, positive, short, whole, within

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

LARGEST_SIZE: Final = 1000
MOST_RECORDED: Final = 1_000_000_000
"""Bytes of recorded magnetizations."""
CHUNK_WORK: Final = 500_000
"""Junction steps between two checks of `cancel`: 10 to 50 ms."""
SAMPLE_TIMES: Final = (1e-12, 1e-7)
DEFAULT_SAMPLE_TIME: Final = 0.2e-9


class RunningNetwork:
    """`MTJNetwork` without learning; see there for the parameters."""

    def __init__(self, size: int = 40, seed: int = 0, **parameters: float) -> None:
        self.size = whole(size, "size", 1, LARGEST_SIZE)
        self.seed = count(seed, "seed", 0)
        self.junction, self.settings = Junction(), NetworkSettings()
        self.draw = Draw.of(self.size, self.seed)
        self._m = self.draw.start()
        self._current = np.zeros(self.size)
        self._alive = np.ones(self.size, dtype=bool)
        self._input = 0.0
        self._window = 0
        self._learnt = 0
        self._epoch, self._ticks, self._sample_time, self._steps = 0.0, 0, DEFAULT_SAMPLE_TIME, 1
        self._owed = 0.0
        self._thermal_rng = np.random.default_rng([self.seed, 2])
        self._agitation_rng = np.random.default_rng([self.seed, 3])
        self._readout = self._fresh_readout(1)
        self.change(**parameters)

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def time(self) -> float:
        """Seconds of device time since the network was made."""
        return self._epoch + self._ticks * self.time_step

    @property
    def sample_time(self) -> float:
        """Seconds between two samples; `train` sets it."""
        return self._sample_time

    @property
    def time_step(self) -> float:
        """Step of the integrator in seconds: the sample time over a whole number, at most `longest_step`."""
        return self._sample_time / self._steps

    @property
    def longest_step(self) -> float:
        """Longest step in seconds that this network's fastest time scale allows."""
        return self._longest(self.junction, self.settings).length

    @property
    def magnetization(self) -> Floats:
        """(3, N) unit vectors, a copy."""
        return self._m.copy()

    @property
    def torque_field(self) -> Floats:
        """(N,) torque fields of the currents in tesla, a copy."""
        return self._current.copy()

    @property
    def alive(self) -> NDArray[np.bool_]:
        """(N,) False for junctions that are cut, a copy."""
        return self._alive.copy()

    @property
    def weights(self) -> Floats:
        """(N,) weights of the readout, (K, N) with more than one, a copy."""
        return _squeezed(self._readout.weights.copy(), axis=0)

    @property
    def output(self) -> Any:
        """Present value of the readout, a float; (K,) with more than one."""
        values = self._readout.read(self._m[1] * self._alive)
        return float(values[0]) if values.size == 1 else values

    @property
    def input(self) -> float:
        """The constant input while no signal is driven; 0 at first."""
        return self._input

    @input.setter
    def input(self, value: float) -> None:
        self._input = within(value, "input", -LARGEST_SIGNAL, LARGEST_SIGNAL)

    @property
    def wires(self) -> _kernels.Wires:
        """The kernel's connections: the random draw times the strengths of the settings."""
        settings = self.settings
        return _kernels.Wires(
            settings.gain * self.draw.recurrent,
            self._feedback(),
            self._alive.astype(np.float64),
            self.time_step / self._time_constants(settings),
            settings.torque_scale,
        )

    @property
    def temperature(self) -> float:
        """Kelvin; may be set at any time."""
        return self.settings.temperature

    @temperature.setter
    def temperature(self, value: float) -> None:
        self.change(temperature=value)

    # -- running, intervening -----------------------------------------------------------------------------------------

    def step(self, duration: float) -> Self:
        """Run freely for `duration` seconds, to the nearest whole step of the integrator.

        The sum of all durations is rounded, so that many short calls advance as far as one long one.
        """
        length = positive(duration, "duration", "s")
        bounded(length / self.time_step, "duration", MOST_SAMPLES * self._steps)
        asked = self._owed + length / self.time_step
        left = round(asked)
        start = self.save()
        while left:
            ticks = min(left, self._chunk_steps)
            drive = self._drive(np.full(1, self._input), None, agitated=False)
            room = np.empty((1, self._readout.outputs)), np.empty(1), np.empty((0, 3, self.size))
            self._call_kernel(drive, np.empty((0, self._readout.outputs)), ticks, *room, start)
            left -= ticks
        self._owed = asked - round(asked)
        return self

    def change(self, **parameters: float) -> Self:
        """Change fields of `NetworkSettings` or `Junction` during a run; the network's random numbers stay.

        A new regularization resets P at once, while the weights stay (`Readout.renew`). A time step that was set must
        be short enough for the network's fastest time scale (`longest_step`); the default is shortened if needed.

        Raises
        ------
        Refused
            If a parameter is unknown or its value illegal, or the time step that is set is too long.
        """
        known = {*NetworkSettings.names(), *Junction.names()}
        unknown = sorted(set(parameters) - known)
        if unknown:
            names = known_names(unknown[0], sorted(known), "NetworkSettings and Junction")
            msg = f"{short(unknown[0])} is no parameter of a network; {names}."
            raise Refused(msg)
        device = {name: value for name, value in parameters.items() if name in Junction.names()}
        others = {name: value for name, value in parameters.items() if name in NetworkSettings.names()}
        junction, settings = replace(self.junction, **device), replace(self.settings, **others)
        self._check_step(junction, settings)
        now = self.time
        self.junction, self.settings = junction, settings
        self._readout.forgetting = settings.forgetting
        if "regularization" in parameters:
            self._readout.renew(settings.regularization)
            self._learnt = 0
        self._set_clock(now, self._sample_time)
        return self

    def kick(self, strength: float = 0.3, seed: int = 0) -> Self:
        """Turn every magnetization in a random direction by about `strength` radians, 0 to 10."""
        push = within(strength, "strength", 0.0, 10.0)
        rng = np.random.default_rng(count(seed, "seed", 0))
        m = self._m + push * rng.standard_normal(self._m.shape)
        self._m = m / np.linalg.norm(m, axis=0)
        return self

    def cut(self, indices: ArrayLike) -> Self:
        """Disconnect junctions: they get no current, and their output is ignored."""
        self._alive[self._indices(indices)] = False
        return self

    def mend(self, indices: ArrayLike | None = None) -> Self:
        """Reconnect junctions, by default all that were cut."""
        self._alive[self._indices(indices) if indices is not None else slice(None)] = True
        return self

    def save(self) -> NetworkState:
        """Return the network's complete state."""
        return NetworkState(
            size=self.size,
            seed=self.seed,
            junction=self.junction,
            settings=self.settings,
            magnetization=self._m.copy(),
            torque_field=self._current.copy(),
            weights=self._readout.weights.copy(),
            covariance=self._readout.covariance.copy(),
            learnt=self._learnt,
            alive=self._alive.copy(),
            clock=(self._epoch, self._ticks, self._sample_time),
            owed=self._owed,
            input=self._input,
            window=self._window,
            generators=(
                deepcopy(dict(self._thermal_rng.bit_generator.state)),
                deepcopy(dict(self._agitation_rng.bit_generator.state)),
            ),
        )

    def restore(self, state: NetworkState) -> Self:
        """Restore a saved state of this network, or of another one of the same size and seed."""
        if (state.size, state.seed) != (self.size, self.seed):
            msg = (
                f"The state is of {state.size} junctions with seed {state.seed}; this network has {self.size} "
                f"with seed {self.seed}, make one like it."
            )
            raise Refused(msg)
        self.junction, self.settings = state.junction, state.settings
        self._m, self._current = state.magnetization.copy(), state.torque_field.copy()
        self._readout = self._fresh_readout(state.weights.shape[0])
        self._readout.weights[:], self._readout.covariance[:] = state.weights, state.covariance
        self._alive = state.alive.copy()
        self._input, self._window, self._learnt = state.input, state.window, state.learnt  # after the readout
        self._set_clock(state.clock[0], state.clock[2])
        self._epoch, self._ticks = state.clock[:2]
        self._owed = state.owed
        self._thermal_rng.bit_generator.state = state.generators[0]
        self._agitation_rng.bit_generator.state = state.generators[1]
        return self

    # -- inside --------------------------------------------------------------------------------------------------

    def _advance(
        self,
        inputs: Floats,
        targets: Floats | None = None,
        *,
        taught: Floats | None = None,
        record: bool = False,
        progress: Progress | None = None,
        cancel: Event | None = None,
    ) -> Course:
        """Run one sample for each of `inputs` (T,), learning `targets` (T, K), or with `taught` (T, K) fed back."""
        total, outputs = inputs.size, self._readout.outputs
        self._check_record(total if record else 0)
        output, norm = np.empty((total, outputs)), np.empty(total)
        states = np.empty((total if record else 0, 3, self.size))
        start, first_tick = self.save(), self._ticks
        chunk = max(self._chunk_steps // self._steps, 1)
        done = 0
        while done < total and not (cancel is not None and cancel.is_set()):
            step = chunk if targets is None else min(chunk, self._until_renewal())
            part = slice(done, min(done + step, total))
            drive = self._drive(
                inputs[part],
                None if taught is None else taught[part],
                targets is not None or taught is not None,
            )
            wanted = np.empty((0, outputs)) if targets is None else targets[part]
            self._call_kernel(drive, wanted, self._steps, output[part], norm[part], states[part], start)
            if targets is not None:
                self._count_learnt(part.stop - done)
            done = part.stop
            if progress is not None:
                progress(done, total)
        ticks = first_tick + self._steps * np.arange(1, done + 1, dtype=np.float64)
        return Course(
            time=self._epoch + ticks * self.time_step,
            output=_squeezed(output[:done], axis=1),
            weight_norm=norm[:done],
            states=states[:done] if record else None,
            completed=done == total,
        )

    def _call_kernel(
        self,
        drive: Floats,
        targets: Floats,
        steps: int,
        output: Floats,
        norm: Floats,
        states: Floats,
        start: NetworkState,
    ) -> None:
        samples = drive.shape[0]
        wires, learner = self.wires, self._readout.learner
        # The kernel checks no bounds, and a second thread may have changed the readouts meanwhile.
        if not output.shape[1] == learner.weights.shape[0] == wires.feedback.shape[0]:
            self.restore(start)
            msg = "the readouts were changed while the network ran; let one thread at a time have a network."
            raise RuntimeError(msg)
        thermal = np.empty((0, 3, self.size))
        if self.settings.temperature > 0.0:
            scale = self.junction.thermal_field(self.settings.temperature, self.time_step)
            thermal = scale * self._thermal_rng.standard_normal((samples * steps, 3, self.size))
        done = _kernels.advance(
            self._m,
            self._current,
            self._magnet(),
            wires,
            learner,
            drive,
            thermal,
            targets,
            steps,
            output,
            norm,
            states,
            largest_torque_field(self.junction, self.time_step),
            _kernels.make_room(self.size),
        )
        if done < 0:
            self._refuse_field(start)
        if done < samples:
            self.restore(start)
            msg = (
                "the output grew beyond all bounds, and the network was put back; "
                "raise the regularization, or bring the forgetting factor nearer to 1."
            )
            raise Unable(msg)
        self._ticks += samples * steps

    def _refuse_field(self, start: NetworkState) -> None:
        """Restore `start` and refuse torque fields that the steps cannot follow."""
        reached, step = float(np.abs(self._current).max()), self.time_step
        most = largest_torque_field(self.junction, step)
        self.restore(start)
        msg = (
            f"The torque field reached {quantity(reached, 'T', digits=3)}, and steps of {quantity(step, 's')} follow "
            f"no more than {quantity(most, 'T', digits=3)}; the network was put back. Make signal, feedback or torque "
            "scale smaller, or the time step shorter."
        )
        raise Unable(msg)

    def _check_step(self, junction: Junction, settings: NetworkSettings) -> None:
        """Refuse an explicit time step that is too long."""
        if settings.time_step == NetworkSettings().time_step:
            return
        longest = self._longest(junction, settings)
        if settings.time_step > longest.length:
            msg = (
                f"Time step (time_step) is {quantity(settings.time_step, 's')}; this network allows at most "
                f"{quantity(longest.length, 's', digits=3)}, {longest.reason}: make it shorter, or leave it out."
            )
            raise Refused(msg)

    def _time_constants(self, settings: NetworkSettings) -> Floats:
        """Return every synapse's time constant in seconds, (N,)."""
        result: Floats = settings.time_constant * settings.time_constant_spread**self.draw.spread
        return result

    def _longest(self, junction: Junction, settings: NetworkSettings) -> LongestStep:
        return longest_step(junction, settings, float(self._time_constants(settings).min()))

    def _magnet(self) -> _kernels.Magnet:
        junction = self.junction
        turn = 0.5 * GYROMAGNETIC_RATIO * self.time_step / (1.0 + junction.damping**2)
        return _kernels.Magnet(
            junction.bias_field, junction.magnetization, junction.damping, junction.torque_ratio, turn
        )

    def _feedback(self) -> Floats:
        """(K, N), zero for readouts of labels, which do not feed back."""
        strength = 0.0 if self._window else self.settings.feedback
        return strength * self.draw.feedback(self._readout.outputs)

    def _drive(self, inputs: Floats, taught: Floats | None, agitated: bool) -> Floats:
        settings, draw = self.settings, self.draw
        drive = settings.bias * draw.bias + np.multiply.outer(inputs, settings.input_strength * draw.input)
        if taught is not None:
            drive += taught @ self._feedback()
        if agitated and settings.agitation > 0.0:
            drive += settings.agitation * self._agitation_rng.standard_normal(drive.shape)
        return drive

    def _until_renewal(self) -> int:
        """Samples that may be learnt before P is renewed."""
        if self.settings.renewal == 0.0:
            return sys.maxsize  # never
        return max(round(self.settings.renewal / self._sample_time) - self._learnt, 1)

    def _count_learnt(self, samples: int) -> None:
        renewed = samples >= self._until_renewal()
        self._learnt = 0 if renewed else self._learnt + samples
        if renewed:
            self._readout.renew(self.settings.renewal_regularization)

    def _fresh_readout(self, outputs: int) -> Readout:
        self._learnt = 0
        return Readout(outputs, self.size, self.settings.regularization, self.settings.forgetting)

    def _sample_every(self, sample_time: float) -> None:
        self._set_clock(self.time, within(sample_time, "sample_time", *SAMPLE_TIMES, "s"))

    def _set_clock(self, now: float, sample_time: float) -> None:
        step = min(self.settings.time_step, self.longest_step)
        # A rounding error must not make 50.000000001 steps of a sample into 51.
        steps = max(int(np.ceil(sample_time / step * (1.0 - 1e-9))), 1)
        if (steps, sample_time) != (self._steps, self._sample_time):
            self._epoch, self._ticks, self._owed = now, 0, 0.0
            self._steps, self._sample_time = steps, sample_time

    @property
    def _chunk_steps(self) -> int:
        # From about 40 junctions on, the coupling matrix costs more than the junctions' own motion.
        return max(int(CHUNK_WORK / (self.size * (1.0 + self.size / 40.0))), 1)

    def _check_record(self, samples: int) -> None:
        if samples * 24 * self.size > MOST_RECORDED:
            msg = (
                f"{samples:,} samples of {self.size} magnetizations take {samples * 24 * self.size / 1e9:.1f} GB; "
                f"the most is {MOST_RECORDED / 1e9:.0f} GB, record a shorter run."
            )
            raise Refused(msg)

    def _indices(self, indices: ArrayLike) -> NDArray[np.intp]:
        given = np.atleast_1d(numbers(indices, "indices"))
        wrong = ~((given >= 0) & (given < self.size) & (given == np.floor(given)))
        if given.ndim != 1 or wrong.any():
            shown = f"{given[wrong][0]:g}" if wrong.any() else f"of shape {given.shape}"
            msg = f"indices hold {shown}; this network's junctions are numbered 0 to {self.size - 1}."
            raise Refused(msg)
        return given.astype(np.intp)


def _squeezed(values: Floats, axis: int) -> Floats:
    return values.squeeze(axis) if values.shape[axis] == 1 else values
