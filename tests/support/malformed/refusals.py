"""What is asked of every refusal: one plain sentence, at little cost."""

import re
import tracemalloc
from collections.abc import Callable
from time import thread_time

import pytest

from dwmtj_widgets.refusals import Refused

MOST_SECONDS = 1.0
"""Seconds of this thread's own time, so that a busy machine does not count."""
MOST_BYTES = 64_000_000
LONGEST_SENTENCE = 300


def sentence_of(attempt: Callable[[], object]) -> str:
    """Return the one plain sentence with which something is refused, at little cost."""
    begun = thread_time()
    with pytest.raises(Refused) as refusal:
        attempt()
    assert thread_time() - begun < MOST_SECONDS
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=re.escape(str(refusal.value))):
            attempt()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES
    sentence = str(refusal.value)
    assert_plain(sentence)
    return sentence


def assert_plain(sentence: str) -> None:
    assert sentence.endswith(".")
    assert len(sentence) <= LONGEST_SENTENCE
    assert sentence.isprintable(), "one line, no half or control characters"
    assert not re.search(r"Traceback|\w+(Error|Exception)\b|<class|object at 0x|errno", sentence)
