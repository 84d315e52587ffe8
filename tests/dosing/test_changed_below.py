"""What the lines behind a table of doses change of them is shown with each of its doses."""

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens

_TABLE = "| Age | Imatinib |\n|---|---|\n| < 3 y | 110 mg/m2 BD |\n| ≥ 3 y | 210 mg BD |\n\n"


def changes(behind: str) -> list[list[str]]:
    """Give the lines shown with the two doses of a table that these lines stand behind."""
    document = read_document(f"# Rescue\n\n{_TABLE}{behind}".encode(), "page")
    found = read_regimens(document, drug_names([document]))
    return [[said.words for said in each.limited_by] for each in found if each.lines[0] in (5, 6)]


def test_lines_that_halve_the_doses_of_the_table_above_are_shown_with_them() -> None:
    told = ["Azole: half dose", "ANC < 0.4: half, ask"]
    assert changes("- Azole: half dose\n- ANC < 0.4: half, ask\n- Weigh weekly\n") == [told, told]


def test_what_a_paragraph_goes_on_with_is_not_of_the_table() -> None:
    told = ["halve with fluconazole."]
    assert changes("halve with fluconazole.\nThen dasatinib 61 mg/m2 OD. Halve if sick.\n") == [told, told]


def test_half_a_tablet_a_half_life_and_what_another_lead_governs_are_none_of_the_dose() -> None:
    behind = "Halve the tablets with a cutter.\n\nHalf-life 9 h.\n\nBy platelets:\n\n- 31-51: half dose\n"
    assert changes(behind) == [[], []]
