"""Values, ages and kidneys for which a page's rows are not: nothing of these rows is given for them."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

ELECTROLYTES = """# Electrolytes

## Potassium

| K (mEq/L) | IV | Recheck |
|---|---|---|
| 3.6 – 3.9 | KCl 20 mEq over 2 h | next AM |
| 3.1 – 3.5 | KCl 40 mEq over 4 h | 4 h after |
| ≤ 2.5 | KCl 80 mEq, call | halfway |

## High K (> 6.0 or EKG change)

- Calcium gluconate 2 g IV over 5 min
- Albuterol 10 mg neb over 15 min

## Tacrolimus level

| Trough (ng/mL) | Action |
|---|---|
| < 3 | increase 25–30 % |
| 5–10 | no change |
| 10.1–15 | decrease 20 % |
"""
PATIENTS = """# Ward

## Anaphylaxis

| Age | Adrenaline IM 1 mg/mL |
|---|---|
| adult, ≥ 12 y | 0.5 mg |
| 6–12 y | 0.3 mg |

## Anakinra for IEC-HS

Anakinra 200 mg IV q6h.

| eGFR (mL/min/1.73 m²) | Anakinra IEC-HS dose |
|---|---|
| 15–30 | 201 mg IV q12h |
| < 15 or HD | 101 mg IV q12h |
| CVVH | no reduction |

## Foscarnet

| CrCl mL/min/kg | Induction (mg/kg) |
|---|---|
| > 1.4 | 91 q12h |
| > 1.0–1.4 | 71 q12h |

## Extravasation

- Dexrazoxane 1000 mg/m² IV d1, d2, then 500 mg/m² d3 (max 2000/2000/1000 mg)

## Prophylaxis, children

| Drug | Dose | Max |
|---|---|---|
| Aciclovir PO | 20 mg/kg tds | [^a] |

[^a]: Not above 400 mg per dose.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("others"), {"electrolytes": ELECTROLYTES, "ward": PATIENTS})


@pytest.mark.parametrize("question", ["potassium 2.55 iv", "potassium 3.95", "K 3.05"])
def test_a_potassium_between_the_rows_is_not_given_what_is_for_a_high_one(asked: Assistant, question: str) -> None:
    told = asked.ask(question)
    assert "albuterol" not in told.text.lower()
    assert "Calcium gluconate 2 g" not in told.text


def test_a_high_potassium_is_given_it(asked: Assistant) -> None:
    assert "Calcium gluconate 2 g" in asked.ask("high potassium 6.4").text
    assert "KCl 40 mEq" in asked.ask("potassium 3.3 iv").text


def test_a_level_between_the_rows_is_answered_by_no_other_row(asked: Assistant) -> None:
    assert "increase" not in asked.ask("tacrolimus trough 15.05").text
    assert "decrease 20" in asked.ask("tacrolimus trough 12").text


def test_a_child_whom_a_row_for_adults_names_by_age_has_both_rows(asked: Assistant) -> None:
    both = asked.ask("adrenaline 12 year old anaphylaxis")
    assert both.status == "needs_clarification"
    assert "0.5 mg" in both.text
    assert "0.3 mg" in both.text
    assert "0.5 mg" not in asked.ask("adrenaline 8 year old anaphylaxis").text


def test_a_row_for_dialysis_is_none_for_a_filter(asked: Assistant) -> None:
    told = asked.ask("anakinra on CVVH IEC-HS").text
    assert "101 mg" not in told
    assert "no reduction" in told
    assert "101 mg" in asked.ask("anakinra on HD IEC-HS").text


def test_a_clearance_is_compared_with_bands_by_the_kilogram_over_the_weight(asked: Assistant) -> None:
    reduced = asked.ask("foscarnet 70 kg CrCl 80 induction")  # 1.14 mL/min/kg
    assert "71 mg/kg × 70 kg = 4,970 mg" in reduced.text
    assert "91 mg/kg" not in reduced.text
    assert "91 mg/kg × 60 kg = 5,460 mg" in asked.ask("foscarnet 60 kg CrCl 110 induction").text
    assert asked.ask("foscarnet 70 kg CrCl 30 induction").status == "not_found"
    assert asked.ask("foscarnet CrCl 80 induction").status == "needs_clarification"


def test_nothing_is_worked_out_beside_maxima_of_several_days(asked: Assistant) -> None:
    told = asked.ask("dexrazoxane BSA 2.2")
    assert "2,200" not in told.text
    assert any("maximum" in warning for warning in told.warnings)


def test_a_maximum_in_a_footnote_holds_and_is_cited(asked: Assistant) -> None:
    told = asked.ask("aciclovir prophylaxis child 30 kg")
    assert "400 mg, the maximum single dose" in told.text
    assert any("Not above 400 mg" in citation.quote for citation in told.citations)
