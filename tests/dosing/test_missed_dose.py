"""What is for who missed a dose is never the dose; only who asks for it has it."""

import pytest
from made_regimens import TERMS

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.lookup import DoseQuery, lookup
from wardbook.dosing.missed_dose import is_of_missed
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen


def read(page: str) -> list[Regimen]:
    document = read_document(page.encode(), "page")
    return list(read_regimens(document, drug_names([document])))


KEYS = "# Tacrolimus\n\n| Item | Value |\n|---|---|\n| Dose | 2 mg PO BD |\n| If vomited | repeat 1 mg |\n"
ITEMS = "# Tacrolimus\n\n- Tacrolimus 2 mg PO BD\n- Missed dose: tacrolimus 1 mg once\n- If a dose is late: 1 mg\n"
BELOW = "# Tacrolimus\n\nTacrolimus 2 mg PO BD.\n\n## Missed or late doses\n\nTacrolimus 1 mg PO within 4 h.\n"


@pytest.mark.parametrize(("page", "words"), [(KEYS, "vomited"), (ITEMS, "missed dose"), (BELOW, "missed dose")])
def test_the_dose_for_who_missed_one_is_no_answer(page: str, words: str) -> None:
    rows = read(page)
    assert len(rows) > 1
    found = lookup(DoseQuery("tacrolimus"), rows, TERMS)
    assert {row.amount.low for row in found.fits if row.amount} == {2}
    asked = lookup(DoseQuery("tacrolimus", words), rows, TERMS)
    assert {row.amount.low for row in asked.fits if row.amount} >= {1}, asked


def test_where_nothing_else_stands_it_is_none_either() -> None:
    rows = read("# Tacrolimus\n\n## Missed doses\n\nTacrolimus 1 mg PO within 4 h.\n")
    assert rows and lookup(DoseQuery("tacrolimus"), rows, TERMS).kind == "none"


@pytest.mark.parametrize(
    "page",
    [
        "# Ondansetron\n\n## Vomiting\n\nOndansetron 4 mg PO q8h.",
        "# Ondansetron\n\n- Ondansetron 4 mg PO q8h; if a dose is vomited give no other.",
        "# Letermovir\n\n| When | Dose |\n|---|---|\n| Late | 480 mg PO OD |",
        "# Mesna\n\n- Delayed vomiting: aprepitant 80 mg PO OD.",
        "# Letermovir\n\n| Drug | Dose | Missed dose |\n|---|---|---|\n| Letermovir | 480 mg PO OD | Missed: skip |",
        "# Letermovir\n\n| Drug | Dose | Missed dose |\n|---|---|---|\n| Letermovir | 480 mg PO OD | within 12 h |",
        "# Methotrexate\n\n## Delayed clearance: glucarpidase dosing\n\nGlucarpidase 50 units/kg IV once.",
        "# Ondansetron\n\n## Delayed nausea injections\n\nOndansetron 4 mg IV q8h.",
        "# Card\n\n- Delayed infusion reactions: hydrocortisone 100 mg IV.",
        "# Card\n\n- Interrupted infusion: heparin 50 units/kg IV.",
    ],
)
def test_vomiting_and_what_is_late_are_something_else(page: str) -> None:
    rows = read(page)
    assert rows and not any(map(is_of_missed, rows))
