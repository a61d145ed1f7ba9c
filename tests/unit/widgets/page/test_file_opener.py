"""The button that opens a file: what reaches Python, what the page has refused, and no more than was allowed."""

import pytest

from dwmtj_widgets.widgets.page.file_opener import FileOpener, refusal


@pytest.fixture
def told() -> tuple[FileOpener, list, list]:
    opened: list = []
    refused: list = []
    opener = FileOpener(lambda name, content: opened.append((name, content)), refused.append, largest=4)
    return opener, opened, refused


def test_a_file_is_opened_as_often_as_it_is_brought(told) -> None:
    opener, opened, refused = told
    for _ in range(2):
        opener._receive(opener, {"type": "file", "name": "a.png"}, [memoryview(b"1234")])
    assert opened == [("a.png", b"1234")] * 2
    assert refused == []


def test_more_than_was_allowed_is_refused_whatever_the_page_let_through(told) -> None:
    opener, opened, refused = told
    opener._receive(opener, {"type": "file", "name": "a.png"}, [memoryview(b"12345")])
    assert opened == []
    assert refused == ["a.png has 5 bytes; at most 4 are read. Choose a smaller file."]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"type": "too large", "name": "a" * 99, "size": 12_000_000}, "12,000,000 bytes; at most 5,000,000"),
        ({"type": "unreadable", "name": "a.csv", "reason": "gone"}, "a.csv could not be read"),
        ({"type": "useless", "name": "a.exe"}, "a.exe is no file that this lab can open"),
    ],
)
def test_what_the_page_refuses_is_one_sentence(message, words) -> None:
    sentence = refusal(message, 5_000_000)
    assert words in sentence
    assert sentence.endswith(".") and len(sentence) < 160


@pytest.mark.parametrize(
    "message",
    [
        None,
        7,
        {},
        {"type": "file", "name": 3},
        {"type": "file", "name": "a"},
        {"type": "too large", "name": "a"},
    ],
)
def test_forged_messages_are_ignored(told, message) -> None:
    opener, opened, refused = told
    opener._receive(opener, message, [])
    assert (opened, refused) == ([], [])
