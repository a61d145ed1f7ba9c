"""The actions on a network in order, so that they can be repeated from the start or from any kept state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dwmtj_widgets.mtj_rnn import MTJNetwork
from dwmtj_widgets.mtj_rnn.results import NetworkState
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME, Wave

MOST_KEPT: Final = 60
"""Most states kept; at 200 junctions each takes 0.3 MB."""
FIRST_INTERVAL: Final = 100
"""Samples between the first kept states; the interval doubles whenever there are too many."""


@dataclass(frozen=True)
class Action:
    """An action after `at` samples."""

    kind: str
    """"train", "run", "kick", "cut", "mend" or "change"."""
    at: int
    count: int = 0
    """Number of samples of a "train" or "run"."""
    wave: Wave | None = None
    offset: int = 0
    """Sample of the wave with which the training begins."""
    values: tuple[Any, ...] = ()

    @property
    def end(self) -> int:
        """Number of samples after the action."""
        return self.at + self.count

    def part(self, start: int, end: int) -> Action:
        """Return the part of a training or run between two sample numbers."""
        low, high = max(self.at, start), min(self.end, end)
        return replace(self, at=low, count=high - low, offset=self.offset + low - self.at)

    def carry_out(self, network: MTJNetwork) -> None:
        """Carry out the action on a network."""
        if self.kind == "train" and self.wave is not None:
            target = self.wave.row(self.offset + self.count)[self.offset :]
            network.train(target, SAMPLE_TIME)
        elif self.kind == "run":
            network.generate(self.count * SAMPLE_TIME)
        elif self.kind == "change":
            network.change(**dict(self.values))
        elif self.kind == "kick":
            network.kick(seed=self.values[0])
        elif self.kind == "cut":
            network.cut(list(self.values))
        else:
            network.mend()

    def python(self) -> str:
        """Return the Python code of the action on ``network``."""
        if self.kind == "train" and self.wave is not None:
            row = self.wave.python(self.offset + self.count)
            return f"target = {row}\nnetwork.train(target[{self.offset}:], {SAMPLE_TIME!r})"
        if self.kind == "run":
            return f"output = network.generate({self.count} * {SAMPLE_TIME!r})"
        if self.kind == "change":
            return f"network.change({keywords(dict(self.values))})"
        arguments = {"kick": "seed={0}", "cut": "{1}"}.get(self.kind, "")
        first = self.values[0] if self.values else ""
        return f"network.{self.kind}({arguments.format(first, list(self.values))})"


@dataclass
class Journal:
    """All actions since a network was made, and some of its states."""

    actions: list[Action] = field(default_factory=list)
    _kept: list[tuple[int, int, NetworkState]] = field(default_factory=list)
    """Number of samples, number of actions until then, state."""
    _interval: int = FIRST_INTERVAL

    def note(self, action: Action) -> None:
        """Add an action; one that continues the last is joined to it."""
        last = self.actions[-1] if self.actions else None
        if last is None or (last.kind, last.wave, last.end) != (action.kind, action.wave, action.at):
            self.actions.append(action)
        elif action.kind == "change":
            self.actions[-1] = replace(
                last, values=tuple({**dict(last.values), **dict(action.values)}.items())
            )
        elif action.kind == "run" or (action.kind == "train" and last.offset + last.count == action.offset):
            self.actions[-1] = replace(last, count=last.count + action.count)
        else:
            self.actions.append(action)

    def keep(self, samples: int, network: MTJNetwork) -> None:
        """Keep the network's state if it is time for another one."""
        if samples - (self._kept[-1][0] if self._kept else 0) < self._interval:
            return
        self._kept.append((samples, len(self.actions), network.save()))
        if len(self._kept) > MOST_KEPT:
            self._interval *= 2
            self._kept = self._kept[1::2]

    def bring(self, network: MTJNetwork, samples: int) -> None:
        """Bring a fresh network to its state after `samples`, bit for bit.

        The network must be made like the first. Actions at that very moment are left out.
        """
        start, done = 0, 0
        last = next((entry for entry in reversed(self._kept) if entry[0] <= samples), None)
        if last is not None:
            start, done, state = last
            network.restore(state)
        for action in self._between(start, done, samples):
            action.carry_out(network)

    def cut_after(self, samples: int) -> None:
        """Forget the actions after, and at the moment of, `samples`."""
        self.actions = [
            action.part(0, samples) if action.count else action
            for action in self.actions
            if action.at < samples
        ]
        self._kept = [entry for entry in self._kept if entry[0] <= samples]

    def last_of(self, *kinds: str) -> Action | None:
        """Return the latest action of some kinds."""
        return next((action for action in reversed(self.actions) if action.kind in kinds), None)

    def python(self) -> str:
        """Return the Python code of all actions on ``network``."""
        return "\n".join(action.python() for action in self.actions)

    def _between(self, start: int, done: int, samples: int) -> Iterator[Action]:
        for number, action in enumerate(self.actions):
            if action.count:
                if min(action.end, samples) > max(action.at, start):
                    yield action.part(start, samples)
            elif number >= done and action.at < samples:
                yield action


def keywords(values: dict[str, float]) -> str:
    """Return values as keyword arguments."""
    return ", ".join(f"{name}={value!r}" for name, value in values.items())
