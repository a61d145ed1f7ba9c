"""Recognition: the streams are what they say, and forty junctions tell waveforms apart that they have not seen."""

from threading import Event

import numpy as np
import pytest

from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform
from dwmtj_widgets.mtj_rnn.measures import quality
from dwmtj_widgets.mtj_rnn.recognition import examine, labelled_stream, recogniser, train
from dwmtj_widgets.refusals import Refused

NS = 1e-9
GRID = {"period": 20 * NS, "sample_time": 0.2 * NS}


def shapes(*kinds: str) -> list[np.ndarray]:
    """One period of each kind."""
    return [waveform(kind, **GRID) for kind in kinds]


def test_a_stream_is_what_it_says() -> None:
    waves = shapes("sine", "triangle", "square")
    stream = labelled_stream(waves, 60, hold=3, noise=0.0, seed=4, **GRID)
    assert stream.signal.shape == (6000,) and stream.labels.shape == stream.first.shape == (60,)
    assert set(stream.labels) == {0, 1, 2}
    assert np.array_equal(np.flatnonzero(stream.first), np.arange(0, 60, 3))
    amplitudes, phases = [], []
    for piece in range(20):
        part = stream.signal[300 * piece : 300 * (piece + 1)]
        wave = waves[stream.labels[3 * piece]]
        amplitude = part.std() / wave.std()
        found = quality(part / amplitude, wave)
        # A square wave between two samples has one of them half-way up.
        assert found.error < (0.2 if stream.labels[3 * piece] == 2 else 0.02)
        amplitudes.append(amplitude)
        phases.append(found.phase)
        assert (stream.labels[3 * piece : 3 * piece + 3] == stream.labels[3 * piece]).all()
    assert 0.75 < min(amplitudes) < 0.9 and 1.1 < max(amplitudes) < 1.25
    assert min(phases) < -1.5 and max(phases) > 1.5


def test_noise_of_a_stream_and_its_seed() -> None:
    waves = shapes("sine", "square")
    clean, noisy = (labelled_stream(waves, 40, noise=level, seed=1, **GRID) for level in (0.0, 0.1))
    assert np.std(noisy.signal - clean.signal) == pytest.approx(0.1, rel=0.05, abs=0.0)
    again = labelled_stream(waves, 40, noise=0.1, seed=1, **GRID)
    other = labelled_stream(waves, 40, noise=0.1, seed=2, **GRID)
    assert np.array_equal(noisy.signal, again.signal)
    assert not np.array_equal(noisy.signal, other.signal)


@pytest.mark.parametrize(
    "kinds", [("sine", "square"), pytest.param(("sine", "square", "sawtooth"), marks=pytest.mark.slow)]
)
def test_forty_junctions_tell_waveforms_apart(kinds: tuple[str, ...]) -> None:
    network = recogniser(40, 1)
    train(network, shapes(*kinds), seed=10, windows=300, **GRID)
    stream = labelled_stream(shapes(*kinds), 200, seed=11, **GRID)
    result = examine(network, stream)
    assert result.accuracy > 0.95
    assert result.settled_accuracy >= result.accuracy - 0.02
    assert result.confusion.shape == (len(kinds), len(kinds))
    assert np.array_equal(result.confusion.sum(axis=1), np.bincount(stream.labels))
    assert np.trace(result.confusion) == (result.recognised == stream.labels).sum()


def test_a_network_tells_what_it_was_taught() -> None:
    """The test above could fail: with the classes' names exchanged in training nearly every answer is wrong."""
    waves = shapes("sine", "square")
    taught = labelled_stream(waves, 150, seed=10, **GRID)
    network = recogniser(40, 1)
    network.learn_labels(taught.signal, 1 - taught.labels)
    assert examine(network, labelled_stream(waves, 200, seed=11, **GRID)).accuracy < 0.1


@pytest.mark.slow
def test_three_waveforms_that_change_with_every_period_are_told_apart() -> None:
    waves = shapes("sine", "triangle", "square")
    network = recogniser(40, 0)
    train(network, waves, seed=0, hold=1, **GRID)
    assert examine(network, labelled_stream(waves, 400, seed=1, hold=1, **GRID)).accuracy > 0.94


def test_lessons_in_parts_are_one_lesson_and_labels_do_not_feed_back() -> None:
    taught = labelled_stream(shapes("sine", "square"), 20, seed=3, **GRID)
    one, parts = recogniser(10, 2), recogniser(10, 2)
    course = one.learn_labels(taught.signal, taught.labels)
    first = parts.learn_labels(taught.signal[:700], taught.labels[:7])
    second = parts.learn_labels(taught.signal[700:], taught.labels[7:])
    assert np.array_equal(one.weights, parts.weights)
    assert np.array_equal(np.vstack([first.output, second.output]), course.output)
    assert course.output.shape == course.error.shape == (20, 2)
    assert np.array_equal(course.target.argmax(axis=1), taught.labels)
    assert not one.wires.feedback.any()
    again = recogniser(10, 2, feedback=0.0)
    again.learn_labels(taught.signal, taught.labels)
    assert np.array_equal(again.weights, one.weights)


def test_scores_are_the_means_of_the_readouts() -> None:
    taught = labelled_stream(shapes("sine", "square"), 10, seed=3, **GRID)
    network = recogniser(10, 2)
    network.learn_labels(taught.signal, taught.labels)
    state = network.save()
    output = network.drive(taught.signal).output
    network.restore(state)
    scores = network.scores(taught.signal[:-1])
    assert scores == pytest.approx(output.reshape(10, 100, 2).mean(axis=1)[:9], rel=1e-12, abs=1e-14)
    network.restore(state)
    assert np.array_equal(
        network.classify(taught.signal), output.reshape(10, 100, 2).mean(axis=1).argmax(axis=1)
    )


def test_a_network_can_change_from_labels_to_generating() -> None:
    network = MTJNetwork(10, 2)
    taught = labelled_stream(shapes("sine", "square"), 4, seed=3, **GRID)
    network.learn_labels(taught.signal, taught.labels)
    network.train(waveform("sine", **GRID))
    assert network.generate(20 * NS).shape == (100,)
    with pytest.raises(Refused, match="learnt no labels"):
        network.classify(taught.signal)
    assert network.wires.feedback.any()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"waveforms": shapes("sine")}, "waveforms are 1"),
        ({"waveforms": [[0.0, np.nan], [1.0, 2.0]]}, "waveform 0"),
        ({"windows": 0}, "windows is 0"),
        ({"hold": 0}, "hold is 0"),
        ({"noise": -1.0}, "noise"),
        ({"amplitudes": (1.2, 0.8)}, "amplitudes"),
        ({"period": 20.1 * NS}, "whole number"),
        ({"period": 0.4 * NS}, "at least 0.8 ns"),
        ({"seed": -3}, "seed"),
    ],
)
def test_streams_that_cannot_be_made(changes: dict[str, object], words: str) -> None:
    options: dict[str, object] = {"waveforms": shapes("sine", "square"), "windows": 4, **GRID, **changes}
    with pytest.raises(Refused, match=words):
        labelled_stream(**options)  # type: ignore[arg-type]


def test_a_cancelled_examination_counts_nothing_that_was_not_heard() -> None:
    shapes, cancel = [np.sin(np.arange(20)), np.cos(np.arange(20))], Event()
    network = recogniser(5)
    train(network, shapes, period=4e-9, windows=4)
    cancel.set()
    stream = labelled_stream(shapes, 6, period=4e-9, sample_time=0.2e-9)
    found = examine(network, stream, classes=2, cancel=cancel)
    assert found.confusion.tolist() == [[0, 0], [0, 0]]
    assert np.isnan(found.accuracy) and np.isnan(found.settled_accuracy)
    assert found.labels.shape == found.recognised.shape == (0,)
