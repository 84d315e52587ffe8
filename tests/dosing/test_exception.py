from decimal import Decimal

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen


def read(text: str) -> list[Regimen]:
    document = read_document(text.encode(), "page")
    return list(read_regimens(document, drug_names([document])))


def of_note(note: str) -> list[Regimen]:
    head = "# Symptoms\n\n| Drug | Dose | Route | When | Notes |\n|---|---|---|---|---|\n"
    return read(f"{head}| Baclofen | 10 mg | PO | q8h | {note} |\n")


@pytest.mark.parametrize(
    ("note", "amount", "whom"),
    [
        ("5 mg if 70 y or older", "5", "age"),
        ("CrCl below 30: 2.5 mg", "2.5", "creatinine clearance"),
        ("over 100 kg: 15 mg", "15", "weight"),
        ("BSA below 1.5 m2: 5 mg", "5", "body surface area"),
        ("Platelets < 50: 5 mg. Take with food", "5", "platelets"),
        ("Child-Pugh B: 4 mg; not in Child-Pugh C", "4", "Child-Pugh B"),
        ("200 mcg in pregnancy", "200", "pregnancy"),
        ("East Asian ancestry: start 5 mg. Two hours from iron", "5", "East Asian ancestry"),
        ("with clarithromycin 5 mg", "5", "with clarithromycin"),
    ],
)
def test_another_dose_for_some_patients_is_a_regimen_of_its_own(note: str, amount: str, whom: str) -> None:
    general, other = of_note(note)
    assert general.exception is None
    assert general.amount
    assert str(general.amount.low) == "10"
    assert other.amount
    assert str(other.amount.low) == amount
    assert (other.drug, other.route, other.interval_h) == (general.drug, general.route, general.interval_h)
    assert whom in (
        other.condition and other.condition.quantity,
        other.population,
        (other.indication or "")[-len(whom) :],
    )


@pytest.mark.parametrize(
    "note",
    [
        "max 30 mg",
        "CrCl < 30: 10 mg",
        "CrCl < 30: max 15 mg",
        "first dose 20 mg",
        "20 mg on day 8",
        "repeat 5 mg if over 60 kg",
        "5 mg if 70 y or liver failure",
        "with rufinamide 5 mg",
        "with ritonavir 5 mg",
        "with ciclosporin 100 mg",
        "with ciclosporin 5 mg daily",
        "over 60 kg: 5 mg/kg",
        "5 mg for hiccups",
    ],
)
def test_what_is_not_wholly_another_dose_for_some_is_none(note: str) -> None:
    assert [each for each in of_note(note) if each.exception] == []


def test_the_next_sentence_and_the_items_below_give_the_dose_of_some() -> None:
    text = (
        "# Itch\n\nHydroxyzine 25 mg PO q8h. Over 65 years: 10 mg.\n\n"
        "Cetirizine 10 mg PO daily.\n- < 40 kg: 5 mg PO daily\n"
    )
    found = [(each.drug, str(each.amount and each.amount.low), bool(each.exception)) for each in read(text)]
    assert found == [
        ("hydroxyzine", "25", False),
        ("hydroxyzine", "10", True),
        ("cetirizine", "10", False),
        ("cetirizine", "5", True),
    ]


def test_a_dose_from_an_hour_until_a_level_is_understood() -> None:
    text = (
        "# Rescue\n\nLeucovorin 15 mg/m2 IV q6h from hour 36 after the start of methotrexate, "
        "until the level is < 0.1 micromol/L.\n"
    )
    (found,) = read(text)
    assert found.unparsed == ()
    assert found.schedule == "from hour 36 after the start of methotrexate"


def test_keys_that_count_doses_and_bound_them_are_no_doses() -> None:
    rows = (
        "| **Dose** | 7 mg/kg IV (weight 30 kg or more) |\n| **Below 30 kg** | 10 mg/kg IV |\n"
        "| **Maximum** | 640 mg per dose |\n| **Doses** | no more than 3 in 24 h and 4 in all |\n"
    )
    found = read(f"# Tocilizumab\n\n## CRS\n\n| Parameter | Recommendation |\n|---|---|\n{rows}")
    assert [str(each.amount and each.amount.low) for each in found] == ["7", "10"]
    assert all(each.max_single and each.max_single.value == 640 for each in found)
    assert [each.max_doses for each in found] == [4, 4]


def test_a_maximum_below_a_table_bounds_the_dose_above_it_and_is_quoted_by_itself() -> None:
    text = (
        "# Dasatinib\n\n## Dose\n\n**Rescue:** 120 mg PO once daily.\n\n| Situation | Dose |\n|---|---|\n"
        "| Child-Pugh B | 80 mg daily |\n\nMaximum 140 mg/day in any case.\n"
    )
    rescue = next(each for each in read(text) if each.amount and each.amount.low == 120)
    assert rescue.lines == (5, 5)
    assert rescue.max_daily
    assert [stated.lines for stated in rescue.limited_by] == [(11, 11)]


def test_a_naked_point_is_never_lost_from_a_dose_for_some_patients() -> None:
    found = read("# Care\n\n- anakinra: 1 mg IV q6h; if refractory tocilizumab: .75 mg IV if CrCl < 30 mL/min\n")
    assert {each.amount.high for each in found if each.amount} <= {Decimal("0.75"), Decimal(1)}
    found = read("# Tocilizumab\n\n| Dose | Notes |\n|---|---|\n| 1.5 mg IV | .75 mg if 75 y or older |\n")
    assert {each.amount.high for each in found if each.amount} == {Decimal("1.5"), Decimal("0.75")}
