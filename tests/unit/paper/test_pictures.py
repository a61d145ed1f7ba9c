"""Pictures and numbers of the report."""

from xml.etree import ElementTree

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.charts import ticks
from dwmtj_widgets.paper.findings import Chart, Series, measured_text, text
from dwmtj_widgets.paper.svg import chart_svg


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_ticks_span_the_range(low, span):
    marks = ticks(low, low + span)
    assert marks[0] <= low + 1e-6 * span + 1e-11
    assert marks[-1] >= low + span - 1e-6 * span - 1e-11
    assert 2 <= len(marks) <= 9
    assert len(set(np.diff(marks).round(9))) <= 2


def test_chart_shows_names_and_escapes_them():
    series = [
        Series("a < b", [1, 2, 3], [1.0, float("nan"), 3.0], [0.5, 1.0, 2.5], [1.5, 2.0, 3.5]),
        Series("released", [1, 2], [1.0, 2.0], kind="released", colour=1),
        Series("printed", [1, 2], [1.0, 2.0], kind="printed", colour=2),
        Series("flat", [1], [2.0], kind="limit", colour=3),
    ]
    drawing = chart_svg(Chart("T & t", "time in ns", "energy in nJ", series))
    root = ElementTree.fromstring(drawing)
    words = " ".join(root.itertext())
    assert root.attrib["aria-label"] == "T & t"
    for name in ("a < b", "released", "printed", "flat", "time in ns", "energy in nJ"):
        assert name in words
    assert "nan" not in drawing


def test_numbers_are_shown_in_the_papers_units():
    assert text(81.2e-9, "s") == "81.2 ns"
    assert text(155.6e-18, "J s") == "155.6 aJ s"
    assert text(0.04, "V") == "0.04 V"
    assert text(0.0902, "%", 3) == "9.02%"
    assert text(None, "s") == "–"
    assert measured_text("s", 3.5e-9, 3.699e-9) == "3.500 to 3.699 ns"
    assert measured_text("%", 1.0) == "100.0%"
    assert measured_text("V", 0.04, 0.06) == "0.04 to 0.06 V"
    assert measured_text("1", 11.0) == "11"
    assert measured_text("1", 1.0728) == "1.073"
    assert measured_text("s", 3e-6) == "3000 ns"
