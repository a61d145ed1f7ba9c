"""The field of spheres without a browser."""

import numpy as np
import pytest
import traitlets

from dwmtj_widgets.widgets.views.sphere_field import SphereField

NOT_MESSAGES = [None, "draw", 3, [], {}, {"type": None}, {"type": "dance"}, {"type": ["draw"]}]


@pytest.fixture
def sent(monkeypatch):
    """Record the custom messages of the views, as (content, buffers)."""
    messages = []

    def send(_self, content, buffers=None):
        messages.append((content, [bytes(b) for b in buffers or ()]))

    monkeypatch.setattr(SphereField, "send", send)
    return messages


AXES = np.array([[1, 0, 0], [0, -1, 0], [0, 0.6, 0.8]])


def test_field_sends_three_signed_bytes_a_vector_and_only_what_is_new(sent):
    field = SphereField()
    field.draw(AXES)
    field.draw(AXES.copy(), np.zeros(3, bool))
    field.draw(AXES + 1e-6)
    assert len(sent) == 1
    content, (data,) = sent[0]
    assert content == {"type": "vectors", "cut": []}
    assert np.frombuffer(data, np.int8).tolist() == [127, 0, 0, 0, -127, 0, 0, 76, 102]
    field.draw(AXES, [False, True, False])
    assert sent[1] == ({"type": "vectors", "cut": [1]}, [data])
    field.draw(AXES[:2])
    assert sent[2] == ({"type": "vectors", "cut": []}, [data[:6]])
    assert field.size == 2


def test_field_shows_its_last_vectors_to_every_page_that_connects(sent):
    field = SphereField()
    field._receive(field, {"type": "ready"}, [])
    assert sent == []
    field.draw(AXES, [True, False, False])
    field._receive(field, {"type": "ready"}, [])
    assert len(sent) == 2 and sent[0] == sent[1]


@pytest.mark.parametrize(
    ("m", "cut", "sentence"),
    [
        (np.zeros((0, 3)), None, r"m got the shape \(0, 3\)"),
        (np.tile([1.0, 0, 0], (201, 1)), None, r"m got the shape \(201, 3\), but must be 1 to 200 rows"),
        (AXES.T[:2], None, r"m got a vector|m got the shape \(2, 3\)"),
        (AXES[:, :2], None, r"m got the shape \(3, 2\)"),
        (AXES[0], None, r"m got the shape \(3,\)"),
        ([[1, np.nan, 0]], None, "m got the value nan"),
        ([[2, 0, 0]], None, "m got the value 2"),
        ([[0.5, 0.5, 0]], None, "m got a vector of length 0.707"),
        ("xyz", None, "m cannot be read"),
        (AXES, [True], r"cut got the shape \(1,\) of type bool, but must be 3 values of type bool"),
        (AXES, [0, 1, 0], r"cut got the shape \(3,\) of type int64"),
    ],
)
def test_field_refuses_in_one_sentence_and_keeps_its_vectors(sent, m, cut, sentence):
    field = SphereField()
    field.draw(AXES)
    with pytest.raises(ValueError, match=sentence) as caught:
        field.draw(m, cut)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    assert field.size == 3 and len(sent) == 1


def test_field_holds_two_hundred(sent):
    field = SphereField()
    field.draw(np.tile([0.0, 0.0, 1.0], (200, 1)))
    assert len(sent[0][1][0]) == 600


def test_field_tells_of_spheres_that_are_clicked_and_entered(sent):
    field = SphereField()
    field.draw(AXES)
    heard = []
    field.on_select(lambda k: heard.append(("select", k, field.selected)))
    field.on_hover(lambda k: heard.append(("hover", k, field.selected)))
    for sequence, (kind, k) in enumerate([("select", 2), ("hover", 0), ("hover", -1), ("select", -1)]):
        field._receive(field, {"type": kind, "vector": k, "client": "a", "sequence": sequence}, [])
    assert heard == [("select", 2, 2), ("hover", 0, 2), ("hover", -1, 2), ("select", -1, -1)]
    assert field._acknowledged == "a:3"


@pytest.mark.parametrize("vector", [None, "1", 3, -2, 1.0, [0], 1e9, True])
def test_field_overhears_spheres_that_are_none_but_answers(sent, vector):
    field = SphereField()
    field.draw(AXES)
    heard = []
    field.on_select(heard.append)
    field.on_hover(heard.append)
    for content in ({"type": "hover"}, {"type": "select", "client": "a", "sequence": 7}):
        field._receive(field, {**content, "vector": vector}, [])
    assert heard == [] and field.selected == -1
    assert field._acknowledged == "a:7"


@pytest.mark.parametrize("content", NOT_MESSAGES)
def test_field_overhears_what_is_no_message(sent, content):
    field = SphereField()
    field.draw(AXES)
    field._receive(field, content, [])
    assert len(sent) == 1 and field._acknowledged == ""


def test_selection_has_to_be_a_vector_and_leaves_with_it(sent):
    field = SphereField()
    field.draw(AXES)
    field.selected = 2
    with pytest.raises(traitlets.TraitError, match="selected got vector 3, but must be 0 to 2"):
        field.selected = 3
    field.draw(AXES[:2])
    assert field.selected == -1
