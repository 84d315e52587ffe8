"""Rules of a page that stand beside its doses: which doses they are shown with, and with which they are not."""

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens


def rules(page: str) -> dict[tuple[str, int], list[str]]:
    """Give the rules shown with each dose, by its drug and line."""
    document = read_document(page.encode(), "page")
    found = read_regimens(document, drug_names([document]))
    return {(each.drug, each.lines[0]): [said.words for said in each.limited_by if said.rule] for each in found}


def test_one_above_all_headings_is_about_every_dose_but_those_it_excepts() -> None:
    page = (
        "# Salts\n\nAdults, urine > 0.5 mL/kg/h, awake. Halve everything if eGFR < 40, except calcium gluconate.\n\n"
        "## Magnesium\n\n- magnesium sulfate 15 mmol IV over 3 h\n\n## Calcium\n\n- calcium gluconate 20 mL IV\n"
    )
    found = rules(page)
    assert found[("magnesium sulfate", 7)] == ["Halve everything if eGFR < 40, except calcium gluconate."]
    assert found[("calcium gluconate", 11)] == []


def test_one_that_names_its_drug_is_about_all_doses_of_it_on_the_page() -> None:
    page = (
        "# Chemo\n\n## A\n\n- topotecan 2 mg/m2 IV daily\n- carmustine 250 mg/m2 IV\n\n"
        "Topotecan in renal impairment: CrCl 20-39: 50 %; < 20: not recommended.\n\n## B\n\n- topotecan 4 mg/m2 IV\n"
    )
    found = rules(page)
    assert len(found[("topotecan", 5)]) == len(found[("topotecan", 12)]) == 1
    assert found[("carmustine", 6)] == []


def test_what_stands_behind_a_dose_in_its_block_is_about_it() -> None:
    page = "# Flare\n\n**Siltuximab** 9 mg/kg IV. Repeat no sooner than 20 days. No more than 2 doses in all.\n"
    assert rules(page)[("siltuximab", 3)] == ["Repeat no sooner than 20 days.", "No more than 2 doses in all."]


def test_one_right_under_a_table_is_about_its_rows() -> None:
    page = (
        "# Sepsis\n\n## Renal\n\n| Drug | CrCl 15-30 |\n|---|---|\n| meropenem | 400 mg q12h |\n"
        "| aztreonam | 800 mg q8h |\n\nThe first dose is always full.\n\n## Other\n\n- linezolid 500 mg IV q12h\n"
    )
    found = rules(page)
    assert found[("meropenem", 7)] == found[("aztreonam", 8)] == ["The first dose is always full."]
    assert found[("linezolid", 14)] == []


def test_one_in_a_section_of_several_drugs_is_about_none_that_is_sure() -> None:
    page = "# Pain\n\n## Steps\n\n- paracetamol 900 mg PO QDS\n- tramadol 40 mg PO QDS\n- CrCl < 30: half\n"
    found = rules(page)
    assert found[("paracetamol", 5)] == found[("tramadol", 6)] == []


def test_one_below_a_heading_of_another_drug_is_not_about_what_is_given_before_it() -> None:
    page = (
        "# Immunoglobulin\n\n## Before immunoglobulin\n\n- paracetamol 900 mg PO\n- IgA deficiency: contraindicated\n"
    )
    assert rules(page)[("paracetamol", 5)] == []


def test_which_weight_counts_is_about_doses_by_weight_alone() -> None:
    page = "# Chemo\n\nUse ideal body weight if BMI > 32.\n\n## A\n\n- treosulfan 200 mg/kg IV\n- mesna 900 mg IV\n"
    found = rules(page)
    assert len(found[("treosulfan", 7)]) == 1
    assert found[("mesna", 8)] == []


def test_a_threshold_and_a_target_are_no_rules() -> None:
    rules_of_none = "- CrCl >= 30 mL/min, SpO2 >= 92 % on air\n- Trough: max 3 doses first\n"
    page = f"# Fludarabine\n\n- fludarabine 20 mg/m2 IV\n{rules_of_none}"
    assert rules(page)[("fludarabine", 3)] == []
