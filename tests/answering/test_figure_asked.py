"""What a question asks a figure of, and whether words give it: other figures beside the same words are no answer."""

import pytest

from answering.made import DRUGS, evidence, hit, unit
from wardbook.answering.figure_asked import asks_target, bound_asked, with_figure


def _kept(question: str, text: str, title: str = "Page") -> bool:
    return bool(with_figure(question, [evidence(hit(unit(text), title=title))], DRUGS))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("posaconazole target trough level", True),
        ("what trough do we aim for with vancomycin", True),
        ("therapeutic range of lithium", True),
        ("what level of care does he need", False),
        ("what does rituximab target", False),
        ("target organ damage", False),
    ],
)
def test_a_target_level_is_asked_by_level_and_target_side_by_side(question: str, asked: bool) -> None:
    assert asks_target(question) is asked


@pytest.mark.parametrize(
    ("question", "quantity"),
    [
        ("at what ANC should it be withheld", "neutrophils"),
        ("what Hb do we transfuse at?", "haemoglobin"),
        ("threshold for platelet transfusion", "platelets"),
        ("MAP target in septic shock", "mean arterial pressure"),
        ("what potassium do we give", ""),
        ("at what age is it stopped", ""),
    ],
)
def test_a_bound_is_asked_of_a_measured_quantity(question: str, quantity: str) -> None:
    assert bound_asked(question) == quantity


@pytest.mark.parametrize(
    ("question", "text", "kept"),
    [
        ("at what ANC is it stopped", "Neutrophils daily for 5 days (median nadir day 4)", False),
        ("at what ANC is it stopped", "ALT > 6 x ULN: stop", False),
        ("at what ANC is it stopped", "Stop for neutrophils below 0.5", True),
        ("at what Hb do we transfuse", "Red cells below 70 g/L", True),
        ("at what Hb do we transfuse", "No fixed threshold: by symptoms", True),
        ("posaconazole target level", "Posaconazole: cut sirolimus to a third, levels every 3 days", False),
        ("posaconazole target level", "On posaconazole, sirolimus trough 4-6 ng/mL", False),
        ("posaconazole target level", "Posaconazole trough above 0.7 mg/L", True),
        ("posaconazole target level", "Posaconazole: levels are not needed", True),
        ("wells 5, what now", "Send a gas before you treat a well patient", False),
        ("ICE score 5, which grade", "ICE 3-6: grade 2", True),
        ("wells 5, what now", "Wells score above 4: CT", True),
        ("posaconazole dose", "Posaconazole: cut sirolimus to a third", True),
    ],
)
def test_words_without_the_figure_asked_for_are_left_out(question: str, text: str, kept: bool) -> None:
    assert _kept(question, text) is kept


def test_of_several_quantities_the_bounds_of_all_are_kept() -> None:
    asked = "cut-offs for potassium and urate in larch fever"
    assert _kept(asked, "potassium ≥6.0 mmol/L")
    assert _kept(asked, "uric acid ≥476 micromol/L")
    assert not _kept(asked, "phosphate ≥1.45 mmol/L")
    assert not _kept("cut-off for potassium in larch fever", "uric acid ≥476 micromol/L")
