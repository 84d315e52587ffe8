"""Titles that list several conditions: a row that names one of them is for that one alone."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen


def read(page: str, text: str) -> tuple[Regimen, ...]:
    document = read_document(text.encode(), page)
    return read_regimens(document, drug_names([document]))


SECTIONS = "\n## Croup\n\nBudesonide 2 mg once.\n\n## Epiglottitis\n\nCeftriaxone 50 mg/kg daily.\n"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("airway", "# Croup and epiglottitis"),
        ("airway", "# Stridor: croup & epiglottitis"),
        ("croup-epiglottitis", "# Stridor"),
        ("airway", "# Croup/epiglottitis"),
    ],
)
def test_a_section_that_names_one_condition_of_the_title_is_not_for_the_others(page: str, title: str) -> None:
    croup, other = read(page, title + SECTIONS)
    assert (croup.for_one, croup.not_for) == (("croup",), ("epiglottitis",))
    assert (other.for_one, other.not_for) == (("epiglottitis",), ("croup",))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("stridor", "# Croup and epiglottitis\n\n## Doses\n\nBudesonide 2 mg once.\n"),
        ("lung-abscess", "# Lung abscess\n\n## Abscess\n\nCeftriaxone 2 g daily.\n"),
        ("croup", "# Treatment and prophylaxis of croup\n\n## Treatment\n\nBudesonide 2 mg once.\n"),
        ("croup", "# Croup in adults and children\n\n## Children\n\nBudesonide 2 mg once.\n"),
        ("otitis", "# Acute and chronic otitis\n\n## Acute\n\nAmoxicillin 500 mg three times daily.\n"),
    ],
)
def test_nothing_is_left_out_where_no_condition_is_told_apart(page: str, text: str) -> None:
    assert not {"croup", "otitis", "lung", "epiglottitis"} & {
        word for regimen in read(page, text) for word in regimen.not_for
    }
    assert read(page, text)


def test_initials_name_a_condition_written_out_in_the_title() -> None:
    first, _ = read(
        "x",
        "# Acute chest syndrome and priapism\n\n## ACS\n\nCeftriaxone 2 g daily.\n\n## Priapism\n\nEtilefrine 5 mg.\n",
    )
    assert first.not_for == ("priapism",)


def test_a_title_that_lists_the_drug_itself_lists_no_conditions() -> None:
    sections = "\n## Leucovorin by level\n\nLeucovorin 31 mg IV every 6 h.\n"
    (row,) = read("rescue", f"# Methotrexate and leucovorin rescue\n{sections}")
    assert not row.not_for
