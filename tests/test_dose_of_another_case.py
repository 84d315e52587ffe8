"""A dose for another risk, grade, age, kidney, form of a disease or purpose is never the answer to what is asked."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

ADENO = """# Adenovirus after transplant

## Treatment

Cidofovir 1 mg/kg IV three times a week in renal risk, or 5 mg/kg IV once weekly with probenecid when the creatinine is
normal.

## Without the kidney

Isavuconazole 200 mg PO daily; 100 mg PO daily with rifabutin.
"""
KIDNEYS = """# Viral cystitis

## Drugs

| Situation | Foscarnet |
|---|---|
| Normal renal function | 60 mg/kg IV every 8 hours |
| Renal impairment (creatinine above 1.5 mg/dL) | 40 mg/kg IV every 24 hours |

Ganciclovir 5 mg/kg IV every 12 hours.

Renal impairment: ganciclovir 2 mg/kg IV every 24 hours.
"""
FLU = """# Viruses: prophylaxis, early treatment, disease

## Respiratory viruses

- Influenza: oseltamivir. Over 40 kg 75 mg PO BID for 7 days; 23-40 kg 60 mg BID.

## Herpes

Aciclovir 400 mg PO BID as prophylaxis until day +100.
"""
GVHD = """# Graft versus host disease

## Acute GVHD

- Grade II: methylprednisolone 1 mg/kg IV daily (upper gut alone: prednisolone 0.8 mg/kg PO daily).

## Chronic GVHD

First line: prednisolone 0.5 mg/kg PO daily.
"""
FORMS = """# Steroids in GVHD

| Disease | Severity | Drug | Dose |
|---|---|---|---|
| Acute GVHD | Grade II | Budesonide | 3 mg PO daily |
| Acute GVHD | Grade III-IV | Budesonide | 9 mg PO daily |
| Chronic GVHD | Moderate or severe | Budesonide | 6 mg PO daily |
"""
OLD = """# Agitation

## Drugs

| Drug | Dose | Interval |
|---|---|---|
| Lorazepam | 1 mg PO | every 6 hours |
| Haloperidol | 2 mg PO | every 8 hours |

- In the elderly lorazepam 0.5 mg PO, maximum 2 mg a day.
- Halve the dose of haloperidol in patients over 65.
"""
CLOT = """# Clots

## Treatment

Enoxaparin 1 mg/kg SC every 12 hours.

## Platelets and treatment dose

| Platelets | Clot under 30 days old | Older clot |
|---|---|---|
| > 50 | full dose | full dose |
| 30-50 | full dose with platelets given | half dose |
| < 30 | stop | stop |

## Stopping in atrial fibrillation

| CHA2DS2-VASc | Platelets | Do |
|---|---|---|
| 2 or more | 20-50 | stop the tablets, no bridging |
"""
LYSIS = """# Tumour lysis

## Prophylaxis

- **Intermediate:** allopurinol 300 mg PO daily.
- **High:** rasburicase 3 mg IV once.

## Treatment

1. Rasburicase 0.15 mg/kg IV daily for up to 5 days.
"""
FITS = """# Fits under cell therapy

- Prophylaxis in children at risk of ICANS: levetiracetam 10 mg/kg PO every 12 hours.
- Prophylaxis in adults: levetiracetam 500 mg PO every 12 hours.
- For a seizure: levetiracetam 40 mg/kg IV once.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"adeno": ADENO, "kidneys": KIDNEYS, "flu": FLU, "gvhd": GVHD, "forms": FORMS, "old": OLD, "clot": CLOT}
    return assistant_over(tmp_path_factory.mktemp("made"), pages | {"lysis": LYSIS, "fits": FITS})


def doses(made: Assistant, question: str) -> list[str]:
    return [str(each.regimen.amount.low) for each in made.ask(question).regimens if each.regimen.amount]


def test_what_is_given_along_with_a_drug_makes_no_dose_for_those_who_take_it(made: Assistant) -> None:
    assert sorted(doses(made, "cidofovir dose for adenovirus")) == ["1", "5"]
    assert doses(made, "cidofovir dose for adenovirus, normal creatinine") == ["5"]
    assert doses(made, "isavuconazole dose") == ["200"]


@pytest.mark.parametrize("said", ["normal creatinine", "creatinine is normal", "normal kidneys", "eGFR normal"])
def test_normal_kidneys_are_not_those_of_the_row_for_impaired_ones(made: Assistant, said: str) -> None:
    assert doses(made, f"foscarnet dose, {said}") == ["60"]
    assert doses(made, f"ganciclovir dose, {said}") == ["5"]


def test_the_dose_that_treats_is_not_the_one_that_prevents(made: Assistant) -> None:
    found = made.ask("oseltamivir prophylaxis dose")
    assert (found.status, found.regimens) == ("not_found", ())
    assert "Influenza" in found.text
    assert sorted(doses(made, "oseltamivir dose for influenza")) == ["60", "75"]
    assert doses(made, "aciclovir prophylaxis dose") == ["400"]


@pytest.mark.parametrize("grade", ["grade 1", "grade III", "III-IV"])
def test_a_grade_is_not_of_the_chronic_form_nor_of_another_grade_that_opens_the_line(
    made: Assistant, grade: str
) -> None:
    assert doses(made, f"prednisolone dose GVHD {grade}") == []


def test_the_chronic_form_and_the_grade_that_is_given_have_their_dose(made: Assistant) -> None:
    assert doses(made, "prednisolone dose chronic GVHD") == ["0.5"]
    assert doses(made, "prednisolone dose GVHD grade 2") == ["0.8"]


def test_a_word_for_severity_chooses_neither_form_of_a_disease(made: Assistant) -> None:
    assert sorted(doses(made, "budesonide dose severe GVHD")) == ["6", "9"]
    assert doses(made, "budesonide dose severe chronic GVHD") == ["6"]
    assert doses(made, "budesonide dose GVHD II to IV") == ["3", "9"]


def test_the_old_have_their_own_dose_and_the_young_have_not(made: Assistant) -> None:
    assert doses(made, "lorazepam dose for an 80-year-old") == ["0.5"]
    assert sorted(doses(made, "lorazepam dose for a 68-year-old")) == ["0.5", "1"]
    assert doses(made, "lorazepam dose for a 40-year-old") == ["1"]


@pytest.mark.parametrize(("whom", "told"), [("80-year-old", True), ("elderly patient", True), ("40-year-old", False)])
def test_what_is_changed_for_the_old_is_read_before_the_dose(made: Assistant, whom: str, told: bool) -> None:
    assert ("Halve" in made.ask(f"haloperidol dose for agitation, {whom}").text) is told


@pytest.mark.parametrize(("platelets", "told"), [("45", "half dose"), ("20", "stop")])
def test_a_table_of_all_doses_of_a_page_is_read_before_one_of_them(made: Assistant, platelets: str, told: str) -> None:
    first = made.ask(f"enoxaparin treatment dose, platelets {platelets}").text.split("\n")[0]
    assert first.startswith("Read first:")
    assert told in first
    assert "Read first" not in made.ask("enoxaparin treatment dose").text


def test_a_table_that_opens_with_another_score_is_for_that(made: Assistant) -> None:
    assert "no bridging" not in made.ask("enoxaparin treatment dose, platelets 45").text


def test_a_level_of_risk_chooses_its_row_and_no_other_stands_for_it(made: Assistant) -> None:
    assert doses(made, "rasburicase high risk") == ["3"]
    assert doses(made, "rasburicase low risk") == []
    assert doses(made, "rasburicase dose for intermediate risk") == []
    assert doses(made, "allopurinol intermediate risk") == ["300"]


def test_the_dose_for_adults_stands_beside_that_for_children_of_one_purpose(made: Assistant) -> None:
    assert sorted(doses(made, "levetiracetam prophylaxis dose in ICANS")) == ["10", "500"]
    assert doses(made, "levetiracetam prophylaxis dose in a child at risk of ICANS") == ["10"]
    assert doses(made, "levetiracetam prophylaxis adult") == ["500"]
