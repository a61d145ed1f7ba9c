"""The clock of a page."""

from dataclasses import dataclass

import pytest
from messages import MALFORMED, say

from dwmtj_widgets.widgets.page import clock
from dwmtj_widgets.widgets.page.clock import LONGEST_FRAME, AnimationClock


@dataclass
class Watch:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(clock, "monotonic", watch)
    return watch


def test_clock_answers_every_request_and_counts_only_while_it_plays(sent, watch) -> None:
    frames = []
    ticker = AnimationClock()
    ticker.on_frame(frames.append)
    assert not ticker.playing
    say(ticker, {"type": "ask"})
    assert frames == []
    assert len(sent) == 1, "a browser that gets no answer stops asking"
    ticker.playing = True
    watch.now += 0.03
    say(ticker, {"type": "ask"})
    watch.now += 0.02
    say(ticker, {"type": "ask"})
    assert frames == pytest.approx([0.03, 0.02])
    ticker.playing = False
    say(ticker, {"type": "ask"})
    assert len(frames) == 2
    assert [(who, content) for who, content, _ in sent] == [(ticker, {"type": "frame"})] * 4


def test_clock_does_not_count_pauses_and_absences(sent, watch) -> None:
    frames = []
    ticker = AnimationClock(playing=True)
    ticker.on_frame(frames.append)
    say(ticker, {"type": "ask"})
    watch.now += 60.0  # the page was hidden
    say(ticker, {"type": "ask"})
    assert frames[-1] == LONGEST_FRAME == 0.1
    ticker.playing = False
    watch.now += 60.0
    ticker.playing = True
    say(ticker, {"type": "ask"})
    assert frames[-1] == 0.0


def test_frame_is_drawn_before_the_browser_hears_of_it(sent, watch) -> None:
    order = []
    ticker = AnimationClock(playing=True)
    ticker.on_frame(lambda _seconds: order.append(len(sent)))
    say(ticker, {"type": "ask"})
    assert order == [0]
    assert len(sent) == 1


def test_failing_callback_still_gives_the_browser_its_answer(sent, watch) -> None:
    ticker = AnimationClock(playing=True)
    ticker.on_frame(lambda _seconds: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ticker._receive(ticker, {"type": "ask"}, [])
    assert [content for _, content, _ in sent] == [{"type": "frame"}]


def test_callback_that_stops_the_clock_is_the_last(sent, watch) -> None:
    frames = []
    ticker = AnimationClock(playing=True)

    def once(seconds: float) -> None:
        frames.append(seconds)
        ticker.playing = False

    ticker.on_frame(once)
    say(ticker, {"type": "ask"})
    say(ticker, {"type": "ask"})
    assert len(frames) == 1


def test_clock_tells_of_pages_that_come_hide_and_show(sent) -> None:
    heard = []
    ticker = AnimationClock()
    ticker.on_ready(lambda: heard.append("ready"))
    ticker.on_visibility(heard.append)
    for kind in ("ready", "hidden", "shown"):
        say(ticker, {"type": kind})
    assert heard == ["ready", False, True]
    assert sent == []


@pytest.mark.parametrize("content", [*MALFORMED, {"type": "frame"}])
def test_clock_overhears_what_it_does_not_know(sent, content) -> None:
    frames = []
    ticker = AnimationClock(playing=True)
    ticker.on_frame(frames.append)
    ticker._receive(ticker, content, [])
    assert frames == []
    assert sent == []
