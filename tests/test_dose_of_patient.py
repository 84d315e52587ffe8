"""Doses of patients whose kidneys, counts, weight or age the page speaks of elsewhere than in the row."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

DEPLETION = """# Lymphodepletion

## Regimens

| Regimen | Fludarabine | Cyclophosphamide |
|---|---|---|
| LBCL, axi-cel | 30 mg/m2 IV daily | 500 mg/m2 IV daily |

### Fludarabine and renal function

| CrCl (mL/min) | Fludarabine |
|---|---|
| >=80 | full dose |
| 50-79 | 80% of the dose |
| <50 | omit |
"""
CMV = """# Infections

## CMV

| PCR | What to do |
|---|---|
| >2,000 or disease | ganciclovir 5 mg/kg IV every 12 hours |

- ANC <500/uL: foscarnet 90 mg/kg IV every 12 hours
"""
STEROIDS = """# Corticosteroids

## Dosing

### Children (<40 kg)

| Situation | Dose | Maximum |
|---|---|---|
| CRS grade 2-3 | dexamethasone 0.3 mg/kg IV every 6 hours | 12 mg per dose |
"""
AGITATION = """# Sedation

## Agitation

Haloperidol 0.5 mg PO or IM, up to 2 mg in 24 h.

Under-65s: haloperidol 5 mg IM, up to 20 mg in 24 h.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"depletion": DEPLETION, "infections": CMV, "steroids": STEROIDS, "sedation": AGITATION}
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


def test_what_the_page_says_of_the_kidneys_comes_before_a_dose_that_does_not_go_by_them(made: Assistant) -> None:
    answer = made.ask("fludarabine axi-cel crcl 60 bsa 1.8")
    assert answer.text.startswith("Read first:")
    assert "80% of the dose" in answer.text
    assert not answer.computed
    good = made.ask("fludarabine axi-cel crcl 95 bsa 1.8")
    assert "80%" not in good.text
    assert good.computed


def test_another_drug_for_a_low_count_comes_before_the_dose(made: Assistant) -> None:
    answer = made.ask("ganciclovir anc 0.3 80 kg")
    assert answer.text.startswith("Read first: ANC <500/uL: foscarnet")
    assert not answer.computed
    assert "foscarnet" not in made.ask("ganciclovir anc 1.3 80 kg").text


def test_a_weight_in_the_heading_is_the_rows(made: Assistant) -> None:
    assert "12 mg" not in made.ask("dexamethasone child 50 kg crs grade 3").text
    assert made.ask("dexamethasone child 20 kg crs grade 3").computed


def test_a_dose_for_those_under_an_age_is_none_for_older_ones(made: Assistant) -> None:
    assert "5 mg IM, up to 20 mg" not in made.ask("haloperidol agitation 80 year old").text
    assert "5 mg IM, up to 20 mg" in made.ask("haloperidol agitation 50 year old").text


def test_a_range_in_the_label_above_a_dose_is_compared(tmp_path: Path) -> None:
    page = '# Heart\n\n## AF\n\n=== "Stable, INR 4-6"\n\n    - Bisoprolol 2.5 mg PO daily\n'
    asked = assistant_over(tmp_path, {"heart": page})
    assert "2.5 mg" not in asked.ask("bisoprolol dose AF INR 8").text
    assert "2.5 mg" in asked.ask("bisoprolol dose AF INR 5").text


def test_what_forbids_a_drug_at_a_clearance_comes_before_rows_that_go_by_it(tmp_path: Path) -> None:
    page = (
        '# Enoxaparin\n\n## Treatment\n\n=== "CrCl under 15"\n\n    Do not give.\n\n## Prophylaxis\n\n'
        "| CrCl | Dose |\n|---|---|\n| 30 or above | 40 mg SC daily |\n| under 30 | 20 mg SC daily |\n"
    )
    asked = assistant_over(tmp_path, {"enoxaparin": page})
    assert asked.ask("enoxaparin dose crcl 10").text.startswith("Read first: Do not give.")
    assert "Do not give" not in asked.ask("enoxaparin dose crcl 40").text


def test_the_dose_on_dialysis_comes_first_where_it_is_asked(tmp_path: Path) -> None:
    page = (
        "# Myeloma\n\n## Rd\n\n| CrCl | Lenalidomide, days 1-21 |\n|---|---|\n| ≥ 60 | 25 mg PO daily |\n"
        "| 30-59 | 10 mg PO daily |\n| dialysis | 5 mg PO daily, after dialysis |\n"
    )
    text = assistant_over(tmp_path, {"myeloma": page}).ask("lenalidomide dose on dialysis").text
    assert "5 mg PO daily, after dialysis" in text.split("\n")[0]


def test_months_in_a_bracket_are_the_ages_of_a_dose_of_its_own(tmp_path: Path) -> None:
    page = (
        "# Prophylaxis\n\n- atovaquone 700 mg BD with food (child 20 mg/kg daily, 3-24 months 35 mg/kg)\n"
        "- nitazoxanide 10 mg/kg (4-12 months 6 mg/kg) BD\n\n## Taper\n\nPrednisolone 20 mg daily for 3-6 months.\n"
    )
    asked = assistant_over(tmp_path, {"prophylaxis": page})
    answer = asked.ask("atovaquone 18 months old 10 kg")
    assert [str(each.low) for _, each in answer.computed] == ["350"]
    assert "35 mg/kg daily" in answer.text
    assert "200" in asked.ask("atovaquone 6 y 10 kg").text
    assert "350" not in asked.ask("atovaquone 6 y 10 kg").text
    verdict = asked.ask("atovaquone 20 mg/kg daily 18 months 10 kg ok?").verdict
    assert verdict is not None
    assert verdict[0].result == "below"
    assert "6 mg/kg × 8 kg = 48 mg" in asked.ask("nitazoxanide 6 months old 8 kg").text
    assert "for age" not in asked.ask("prednisolone taper").text


def test_a_reduced_dose_below_the_treatment_is_of_the_treatment_where_it_is_reckoned_so(tmp_path: Path) -> None:
    page = (
        "# Clots\n\n## LMWH\n\n- Tinzaparin\n"
        "  - Treatment: 175 units/kg SC daily, or 87 units/kg q12h (not in cancer)\n"
        "  - CrCl < 30: 120 units/kg daily\n  - Prophylaxis: 4500 units SC daily\n\n"
        "## Other\n\n- Dalteparin\n  - Treatment: 200 units/kg SC daily\n  - CrCl < 30: 5000 units daily\n"
        "  - Prophylaxis: 5000 units SC daily\n"
    )
    asked = assistant_over(tmp_path, {"clots": page})
    reduced = asked.ask("tinzaparin treatment dose crcl 20")
    assert [str(each.regimen.amount.low) for each in reduced.regimens if each.regimen.amount] == ["120"]
    assert "Read first" not in reduced.text
    assert "120" not in asked.ask("tinzaparin treatment dose crcl 60").text
    assert not asked.ask("dalteparin treatment dose crcl 20").regimens


def test_one_grade_for_adults_does_not_turn_away_the_other_grades(tmp_path: Path) -> None:
    page = """# Zonal syndrome

## Treatment

**Grade 1**
- If swollen: zelumab 10 mg once (adult) - children, ask.

**Grade 2**
- Zelumab 0.2 mg/kg (max 10 mg) IV 12-hourly.
"""
    answer = assistant_over(tmp_path, {"zonal": page}).ask("zelumab dose zonal syndrome adult")
    assert "0.2 mg/kg" in answer.text
    assert "10 mg once" in answer.text
