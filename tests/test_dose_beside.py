"""Tables that go by another drug, by a measured value, or give another route in their remarks."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

REVERSAL = """# Reversing blood thinners

## What to give

| On | Agent | If unavailable |
|---|---|---|
| Dabigatran | Idarucizumab 5 g IV | PCC 50 units/kg |
| Rivaroxaban | Andexanet alfa 400 mg IV | PCC 25 units/kg, max 3000 units |
| Edoxaban | Not agreed here: call haematology | - |

## Head injury on warfarin

PCC 40 units/kg IV.

## Antivirals

| Drug | Dose | Remarks |
|---|---|---|
| Aciclovir | 400 mg PO BD | NBM: 5 mg/kg IV every 12 h |
"""
LOW_MAGNESIUM = """# Low magnesium

## Hypomagnesaemia: what to give

| Treatment | 0.5-0.7 mmol/L | 0.3-0.49 mmol/L | below 0.3 mmol/L, or fits |
|---|---|---|---|
| Magnesium sulfate | none | 10 mmol IV over 4 h | 20 mmol IV over 6 h |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"reversal": REVERSAL, "magnesium": LOW_MAGNESIUM}
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


def test_a_table_that_goes_by_another_drug_is_read_by_it_whatever_else_is_said(made: Assistant) -> None:
    answer = made.ask("PCC dose for rivaroxaban with a head bleed")
    assert [str(each.regimen.amount.low) for each in answer.regimens if each.regimen.amount] == ["25"]
    assert any("not compared" in each for each in answer.warnings)


def test_what_the_row_of_another_drug_says_instead_of_a_dose_is_quoted(made: Assistant) -> None:
    answer = made.ask("how much PCC on edoxaban?")
    assert answer.status == "answered"
    assert "Not agreed here: call haematology" in answer.text
    assert not answer.regimens


def test_a_dose_by_the_route_asked_in_the_remarks_of_a_row_is_quoted(made: Assistant) -> None:
    assert "NBM: 5 mg/kg IV every 12 h" in made.ask("patient is NPO, aciclovir IV dose").text
    assert made.ask("aciclovir IM dose").status == "not_found"


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("magnesium sulfate dose Mg 0.4", ["10"]),
        ("magnesium sulfate dose for hypomagnesaemia (0.2)", ["20"]),
        ("magnesium sulfate dose Mg 0.6", []),
    ],
)
def test_a_value_picks_the_column_whose_header_holds_it(made: Assistant, question: str, amounts: list[str]) -> None:
    given = [each.regimen.amount for each in made.ask(question).regimens]
    assert [str(amount.low) for amount in given if amount] == amounts
