"""Lines that open with a drug taken beside another: whose dose they give, and when it is meant."""

import pytest
from made_regimens import TERMS, amount, regimen

from wardbook.dosing.drug import DrugMention
from wardbook.dosing.interaction import beside_label
from wardbook.dosing.lookup import DoseQuery, lookup


def named(text: str, *drugs: str) -> list[DrugMention]:
    return [DrugMention(drug, drug, text.index(drug), text.index(drug) + len(drug)) for drug in drugs]


@pytest.mark.parametrize(
    ("text", "drugs", "label"),
    [
        ("with posaconazole: 5 mg BD", ("posaconazole",), "with posaconazole"),
        ("On phenytoin or carbamazepine: 50 mg", ("phenytoin", "carbamazepine"), "On phenytoin or carbamazepine"),
        ("with dexamethasone: 40 mg weekly", ("dexamethasone",), None),
        ("with posaconazole 300 mg daily: 5 mg", ("posaconazole",), None),
        ("posaconazole: 300 mg", ("posaconazole",), None),
        ("with food: 300 mg", (), None),
        ("Strong CYP3A4 inhibitor (posaconazole): 5 mg", ("posaconazole",), "Strong CYP3A4 inhibitor (posaconazole)"),
        ("With moderate CYP3A4 inhibitors: 5 mg", (), "With moderate CYP3A4 inhibitors"),
        ("Strong pain: 5 mg", (), None),
    ],
)
def test_only_interacting_drugs_make_a_label(text: str, drugs: tuple[str, ...], label: str | None) -> None:
    found = beside_label(text, named(text, *drugs), "somedrug")
    assert (found.words if found else None) == label


def test_a_drug_is_no_label_of_its_own_doses() -> None:
    assert (
        beside_label("with posaconazole: 5 mg", named("with posaconazole: 5 mg", "posaconazole"), "posaconazole")
        is None
    )


def test_the_dose_beside_a_drug_is_for_those_who_take_it_and_is_read_with_the_other() -> None:
    plain = regimen(amount("10"), from_text=True, lines=(1, 1))
    beside = regimen(amount("5"), indication="with posaconazole", from_text=True, lines=(2, 2))
    found = lookup(DoseQuery("somedrug"), [plain, beside], TERMS)
    assert (found.fits, found.remarks) == ((plain,), (beside,))
    asked = DoseQuery("somedrug", "with posaconazole", other_drugs=(("posaconazole", "posaconazole"),))
    assert lookup(asked, [plain, beside], TERMS).fits == (beside,)
