"""The scope of the Signal Lab."""

import numpy as np
import pytest

from dwmtj_widgets.widgets.plots.signal_scope import MOST_POINTS, SignalScope


def test_scope_sends_the_last_frame_to_a_page_that_comes_later() -> None:
    scope, sent = SignalScope(), []
    scope.send = lambda content, buffers: sent.append((content, buffers))
    scope.show([[0.0, 0.5, np.nan]], first=1.0, step=0.2, low=0.0, high=2.0, marks=[(1.5, "kick")], now=1.2)
    scope._receive(scope, {"type": "ready"}, [])
    assert len(sent) == 2
    assert sent[0] == sent[1]
    content, (points,) = sent[1]
    assert (content["lines"], content["first"], content["now"], content["marks"]) == (
        1,
        1.0,
        1.2,
        [[1.5, "kick"]],
    )
    np.testing.assert_array_equal(np.frombuffer(points, "<f4"), np.float32([0.0, 0.5, np.nan]))
    scope.close()


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([0.0, 1.0], {}),
        (np.zeros((1, MOST_POINTS + 1)), {}),
        (np.zeros((20, 3)), {}),
        ([[0.0]], {"low": 1.0, "high": 1.0}),
        ([[0.0]], {"step": 0.0}),
    ],
)
def test_scope_refuses_what_it_cannot_draw(values, axis: dict) -> None:
    scope = SignalScope()
    before = dict(scope._frame)
    with pytest.raises(ValueError, match=r"\.$"):
        scope.show(values, **{"first": 0.0, "step": 1.0, "low": 0.0, "high": 1.0, **axis})
    assert scope._frame == before
    scope.close()
