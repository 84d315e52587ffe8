import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from wardbook.evaluation.plot import WIDTH, Bar, bars, calibration, histogram

SVG = "{http://www.w3.org/2000/svg}"


def elements(drawing: Markup) -> Counter[str]:
    return Counter(element.tag.removeprefix(SVG) for element in ET.fromstring(str(drawing)).iter())


def test_each_row_has_its_bar_and_hostile_words_stay_words() -> None:
    drawing = bars("a < b", [Bar("<script>", 0.5, 0.25, 0.75, 8), Bar("all", 1, 1, 1, 3)])
    assert elements(drawing)["rect"] == 2 and elements(drawing)["script"] == 0
    half, longest = (float(rect.get("width", "0")) for rect in ET.fromstring(str(drawing)).iter(f"{SVG}rect"))
    assert longest == pytest.approx(2 * half)
    assert "50% of 8" in drawing


@given(st.lists(st.floats(0, 1e5), max_size=30), st.floats(0, 1e4))
@settings(max_examples=40)
def test_every_value_is_drawn_inside_the_picture(values: list[float], mark: float) -> None:
    drawing = histogram("times", values, [("p50", mark)], bins=10)
    rects = list(ET.fromstring(str(drawing)).iter(f"{SVG}rect"))
    assert len(rects) == 10
    assert all(float(rect.get("y", "-1")) >= 0 and float(rect.get("x", "-1")) < WIDTH for rect in rects)


def test_calibration_draws_a_dot_for_each_bin_that_has_questions() -> None:
    assert elements(calibration("score", [(0.05, False), (0.04, True), (0.95, True), (1.0, True)]))["circle"] == 2
