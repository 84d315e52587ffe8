"""What the other cells of a row say: for whom a drug is, in brackets behind its name."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens


@pytest.mark.parametrize(
    ("cell", "drug"),
    [
        ("Cefepime (penicillin rash)", "cefepime"),
        ("Azithromycin (allergy to penicillin or doxycycline)", "azithromycin"),
        ("Caspofungin (fluconazole-resistant)", "caspofungin"),
        ("Amphotericin B (liposomal)", "liposomal amphotericin b"),
    ],
)
def test_a_drug_in_brackets_that_the_patient_does_not_bear_is_no_part_of_the_name(cell: str, drug: str) -> None:
    page = f"# Fever\n\n| Situation | Drug | Dose |\n| --- | --- | --- |\n| Stable | {cell} | 2 g IV q8h |\n"
    document = read_document(page.encode(), "fever")
    found = read_regimens(document, drug_names([document]))
    assert [each.drug for each in found] == [drug]
    assert cell.partition("(")[2].rstrip(")") in f"{found[0].verbatim} {found[0].notes}"
