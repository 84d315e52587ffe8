"""Questions for a dose that name a second drug: what is given before it, with it, or instead of it."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

ANTIBODY = """# Fits

## Lamotrigine

- 25 mg PO daily
- with valproate: 12.5 mg PO daily

## Unheardof

- 7 mg PO BD
- with clarithromycin: 3 mg PO BD
"""
STEROIDS = """# Steroids around antibodies

## Premedication

| Antibody | Steroid | Timing |
|---|---|---|
| Rituximab | Dexamethasone 12 mg PO once | 1 h before |
| Obinutuzumab | Prednisolone 80 mg PO daily for 4 days | from 2 h before |

## Missed doses

- Rituximab: gap up to 28 days: go on; longer: start again with the first dose

## Reactions

- Penicillin allergy on rituximab: azithromycin 500 mg PO daily
"""
ANTIBODIES = """# Antibody schedules

| Drug | Step | Dose |
|---|---|---|
| Rituximab | first | 375 mg/m2 IV |
| Obinutuzumab | first | 1000 mg IV |
"""
BY_CLASS = """# Upadacitinib

## Dosing Regimens

| Setting | Dose |
|---|---|
| GVHD, adults | 22 mg PO daily |

### Dose Adjustment

- **Strong CYP3A4 inhibitor (posaconazole, voriconazole):** 11 mg PO daily
- **Moderate CYP3A4 inhibitors:** 16 mg PO daily
- **Strong CYP3A4 inducer:** avoid
- CrCl 15-59 mL/min: 8 mg PO daily
"""
ANTIVIRALS = """# Antivirals

| Drug | Induction | Maintenance |
|---|---|---|
| Cidofovir | 4 mg/kg weekly x 2 + probenecid | 4 mg/kg every 2 weeks |
"""
BY_WEIGHT = """# Eculizumab

## Dose by weight

| Weight | Induction (weekly) | Number of induction doses | Maintenance |
|---|---|---|---|
| 10 to < 20 kg | 500 mg IV | 2 | 300 mg IV every 2 weeks |
| 20 kg and above | 700 mg IV | 3 | 650 mg IV every 2 weeks |
"""
PREVENTED = """# Tocilizumab

## Dosing

### Treatment

8 mg/kg IV once.

### Prophylaxis

- Rituximab or obinutuzumab, outpatients only: 6 mg/kg IV once, 3 h before the first dose (max 540 mg)
- Blinatumomab: prophylaxis not recommended
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {
        "lamotrigine": ANTIBODY,
        "steroids": STEROIDS,
        "antibodies": ANTIBODIES,
        "eculizumab": BY_WEIGHT,
        "tocilizumab": PREVENTED,
        "upadacitinib": BY_CLASS,
        "antivirals": ANTIVIRALS,
    }
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


def amounts(made: Assistant, question: str) -> list[str]:
    return [str(each.regimen.amount.low) for each in made.ask(question).regimens if each.regimen.amount]


def test_the_dose_beside_an_interacting_drug_is_that_of_the_drug_above(made: Assistant) -> None:
    assert amounts(made, "lamotrigine dose on valproate") == ["12.5"]
    assert amounts(made, "lamotrigine dose") == ["25"]
    assert "with valproate: 12.5 mg" in made.ask("lamotrigine dose").text
    assert made.ask("clarithromycin dose").status == "not_found"


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("upadacitinib dose for GVHD", ["22"]),
        ("upadacitinib dose if pt is on posaconazole", ["11"]),
        ("upadacitinib dose with itraconazole", ["11"]),
        ("upadacitinib dose with a strong CYP3A4 inhibitor", ["11"]),
        ("upadacitinib dose on fluconazole", ["16"]),
        ("upadacitinib dose with metformin", []),
        ("upadacitinib dose with rifampicin", []),
        ("voriconazole dose", []),
    ],
)
def test_a_drug_of_the_class_that_a_line_opens_with_is_given_its_dose(
    made: Assistant, question: str, dose: list[str]
) -> None:
    assert amounts(made, question) == dose


def test_an_amount_that_is_all_another_drugs_is_no_dose_of_what_it_is_given_with(made: Assistant) -> None:
    assert made.ask("probenecid dose with cidofovir").status == "not_found"
    assert made.ask("voriconazole dose").status == "not_found"


def test_what_is_given_before_a_drug_is_not_its_own_dose(made: Assistant) -> None:
    assert "Prednisolone 80 mg" in made.ask("steroid premed for obinutuzumab?").text
    for question in (
        "premed for obinutuzumab",
        "premed before the first obinutuzumab dose",
        "premedication on rituximab",
    ):
        answer = made.ask(question)
        assert not answer.regimens
        assert "1000 mg" not in answer.text


def test_a_missed_dose_asks_for_no_amount(made: Assistant) -> None:
    answer = made.ask("rituximab missed, gap of 20 days after the last dose: go on or start again?")
    assert "gap up to 28 days: go on" in answer.text
    assert not answer.regimens


@pytest.mark.parametrize(
    "question",
    [
        "rituximab patient, penicillin allergic: what instead and dose",
        "allergic to penicillin, on rituximab: which antibiotic and dose",
    ],
)
def test_a_drug_that_is_not_borne_is_not_the_one_asked(made: Assistant, question: str) -> None:
    assert "azithromycin 500 mg" in made.ask(question).text


def test_what_is_given_with_a_drug_is_found_though_that_is_named_first(made: Assistant) -> None:
    answer = made.ask("outpatient rituximab, prophylactic tocilizumab before the first dose: what dose?")
    assert "6 mg/kg IV once" in answer.text
    assert not amounts(made, "tocilizumab prophylaxis dose with blinatumomab")


def test_a_column_headed_by_a_phase_holds_its_doses_and_what_is_counted_for_it(
    made: Assistant,
) -> None:
    assert amounts(made, "eculizumab induction 12 kg") == ["500"]
    assert amounts(made, "eculizumab maintenance 25 kg") == ["650"]
    assert all(
        "Number of induction doses" not in " ".join(each.regimen.notes)
        for each in made.ask("eculizumab maintenance 25 kg").regimens
    )


def test_doses_that_are_counted_are_not_asked_for(made: Assistant) -> None:
    assert "8" not in amounts(made, "2 tocilizumab doses left, what rituximab dose?")
