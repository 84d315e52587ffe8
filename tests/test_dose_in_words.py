"""Where pages have no dose for what is asked: what they say of it in words, and nothing said of another drug."""

from pathlib import Path

import pytest

from real_index import assistant, assistant_over
from wardbook.assistant import Assistant

PAGE = """# Ruxolitinib

## Dosing

### HLH
- Dose: 10 mg PO twice daily

### Prophylaxis
No prophylactic dose is recommended. The HERON trial uses itacitinib, not ruxolitinib.
"""
VALUES = """# Filgrastim

## Dosing

### Delayed use
| Parameter | Recommendation |
|---|---|
| Start | Not before day +7; ANC <300/uL or febrile neutropenia |
| Dose | filgrastim 3 ug/kg SC every other day |
"""


OTHERS = """# Isoniazid

## TB
Latent TB: isoniazid 300 mg PO daily for 9 months with pyridoxine, begin at least 4 weeks before.

**Next review:** 2026-04
"""
RATES = """# Cytokine release syndrome (CRS)

## Incidence
| Setting | Any grade | Grade 3+ |
|---|---|---|
| Myeloma, cilta-cel | 93% | 4% |
"""
TAPER = """# Methylprednisolone

## Dosing

### Methylprednisolone taper (after 3 days of 1 g)
- 250 mg IV every 12 hours for 2 days
- 125 mg IV every 12 hours for 2 days
"""
KIDNEYS = """# Baricitinib

## Dosing

### HLH
| Weight | Starting dose | Step up at 48 h if no better | Maximum |
|---|---|---|---|
| >=45 kg | 10 mg PO BID | 15 mg PO BID | 30 mg/day |
| <45 kg | 5 mg PO BID | no step | 15 mg/day |

### Renal impairment
| CrCl (mL/min) | HLH dose (adult) |
|---|---|
| 15-29 | 5 mg PO daily |
| Haemodialysis | 10 mg PO after each session |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"rux": PAGE, "gcsf": VALUES, "tb": OTHERS, "crs": RATES, "mp": TAPER, "bari": KIDNEYS}
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


def test_that_there_is_no_dose_for_a_setting_goes_before_the_doses_of_another(made: Assistant) -> None:
    answer = made.ask("Which prophylactic dose of ruxolitinib do we use?")
    assert answer.status == "answered"
    assert "No prophylactic dose is recommended" in answer.text
    assert "10 mg" not in answer.text
    assert "10 mg" in made.ask("ruxolitinib dose in HLH").text


def test_words_that_deny_another_drug_say_nothing_of_the_dose_of_this_one(made: Assistant) -> None:
    assert made.ask("itacitinib dose used in HERON?").status == "not_found"


def test_the_dose_of_what_is_given_with_another_drug_is_not_that_drugs(made: Assistant) -> None:
    assert made.ask("how much pyridoxine with the isoniazid").status == "not_found"


def test_a_product_is_not_another_one_with_the_same_ending(made: Assistant) -> None:
    assert "93%" in made.ask("CRS rate cilta-cel?").text
    assert made.ask("CRS rate ide-cel in myeloma?").status == "not_found"


def test_what_was_given_before_a_taper_is_no_dose_of_it(made: Assistant) -> None:
    answer = made.ask("how do i taper methylprednisolone after 3 days of 1 g")
    assert [str(each.regimen.amount.low) for each in answer.regimens if each.regimen.amount] == ["250", "125"]


def test_a_row_for_bad_kidneys_judges_no_other_adult(made: Assistant) -> None:
    answer = made.ask("baricitinib 20 mg BID for HLH, 80 kg adult. ok?")
    assert answer.verdict is not None
    assert answer.verdict[0].result == "exceeds"
    assert "session" not in answer.text
    assert "10 mg" in answer.text


def test_the_next_review_of_a_page_is_told(made: Assistant) -> None:
    assert made.ask("isoniazid page next review date").text.startswith("- Isoniazid: Next review: 2026-04")


def test_a_value_that_stands_in_the_row_of_the_dose_brings_the_dose(made: Assistant) -> None:
    assert "3 ug/kg" in made.ask("filgrastim dose delayed use, day +8, ANC 200").text


LINES = """# Graft-versus-host disease

## Third line
Imatinib: from 110 mg PO daily, up to 330 mg, ask.

## Microangiopathy
Defibrotide, rituximab: not recommended for microangiopathy.
"""


@pytest.mark.parametrize(
    "question", ["imatinib starting dose newly diagnosed CML", "defibrotide dose for severe hepatitis"]
)
def test_words_for_another_disease_are_no_dose_for_the_one_asked(tmp_path: Path, question: str) -> None:
    assert assistant_over(tmp_path, {"gvhd": LINES}).ask(question).status == "not_found"


def test_words_for_the_disease_asked_are_quoted(tmp_path: Path) -> None:
    assert (
        "not recommended" in assistant_over(tmp_path, {"gvhd": LINES}).ask("defibrotide dose for microangiopathy").text
    )


def test_words_on_a_dose_for_another_grade_are_no_answer() -> None:
    answer = assistant().ask("dexamethasone dose in ICANS grade 4")
    assert (answer.status, answer.regimens) == ("not_found", ())
    assert "given for grade 4, only for" in answer.text


def test_a_band_below_a_heading_of_kidneys_is_for_whatever_the_drug_is_given_for(tmp_path: Path) -> None:
    page = (
        "# Conditioning\n\n| Regimen | Drug | Dose |\n|---|---|---|\n| Flu/Mel | fludarabine | 28 mg/m2 IV daily |\n\n"
        "## Fludarabine and kidneys\n\n- CrCl > 70 — full dose\n- CrCl 40–70 — 22 mg/m2 daily (any regimen)\n"
        "- CrCl < 40 — do not give; other regimen\n"
    )
    asked = assistant_over(tmp_path, {"conditioning": page})
    said = asked.ask("fludarabine dose flu/mel crcl 50").text
    assert "22 mg/m2" in said
    assert "do not give" not in said
    said = asked.ask("fludarabine dose flu/mel crcl 35").text
    assert "do not give" in said
    assert "22 mg" not in said


ROUTES = """# Cytokine release syndrome

## Treatment
- Tocilizumab 7 mg/kg IV over 1 hour

Subcutaneous tocilizumab is not recommended (too slow).
"""


@pytest.mark.parametrize("route", ["subcut", "sc"])
def test_that_a_drug_is_not_given_by_the_route_asked_is_quoted(tmp_path: Path, route: str) -> None:
    answer = assistant_over(tmp_path, {"crs": ROUTES}).ask(
        f"{route} tocilizumab for cytokine release syndrome how much"
    )
    assert "Subcutaneous tocilizumab is not recommended" in answer.text


def test_what_is_said_of_one_route_is_not_said_of_another(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"crs": ROUTES}).ask("oral tocilizumab dose for cytokine release syndrome")
    assert answer.status == "not_found"


def test_that_there_is_no_dose_is_told_without_one_that_an_older_page_gave(tmp_path: Path) -> None:
    page = (
        "# Vexin\n\n## Dosing\n\n### Refractory storm\n\n"
        "- An older page gave vexin 100-200 mg SC every 6 hours (unverified: check local protocol).\n"
        "- No document that was read gives a vexin dose for refractory storm: follow the local protocol.\n\n"
        "### Gout\n\n| Indication | Dose | Route | Interval |\n| --- | --- | --- | --- |\n"
        "| Gout | 100 mg | SC | every 24 hours |\n"
    )
    text = assistant_over(tmp_path, {"vexin": page}).ask("max vexin dose in severe storm?").text
    assert "No document" in text and "100-200 mg" not in text


NAUSEA = """# Neurotoxicity

## Do not
- Metoclopramide, prochlorperazine: avoid, use ondansetron
- Haloperidol: no dose, never in long QT

## Grading
| Grade | Pressure | Oxygen |
|---|---|---|
| 3 | one vasopressor (with vasopressin or not) | > 4 L/min |
"""


def test_a_drug_that_is_named_in_place_of_one_that_is_avoided_has_no_dose(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"neurotoxicity": NAUSEA})
    assert asked.ask("ondansetron dose in neurotoxicity?").status == "not_found"
    assert "no dose" in asked.ask("haloperidol dose in neurotoxicity?").text


def test_the_oxygen_of_a_grade_is_no_dose_of_the_drug_in_the_cell_before(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"neurotoxicity": NAUSEA})
    assert asked.ask("vasopressin dose in grade 3 neurotoxicity?").status == "not_found"


RUNNING = """# Obinutuzumab

## Schedule
Obinutuzumab 900 mg IV once on day 1.

## Later
Siltuximab 9 mg/kg IV over 60 min on day 1.
"""


def test_a_dose_that_does_not_say_how_fast_it_runs_is_no_rate(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"obinutuzumab": RUNNING})
    declined = asked.ask("obinutuzumab infusion rate in mL/h")
    assert declined.status == "not_found"
    assert "900" not in declined.text
    assert "60 min" in asked.ask("siltuximab infusion rate").text


STEROIDS = """# CRS and ICANS

## CRS
| Grade | Dexamethasone |
| --- | --- |
| 2 | 8 mg IV q8h |

## ICANS
| Grade | Dexamethasone | Other |
| --- | --- | --- |
| 2 | 12 mg IV q12h | EEG |
| 4 | see pulse | ICU |

Grade 4: methylprednisolone 900 mg IV daily for 3 days.

## IEC-HS
First line dexamethasone 11 mg/m2 IV daily.

## Premedication
| Product | Steroid |
| --- | --- |
| Epcoritamab | Prednisolone 70 mg PO daily for 4 days |
| Teclistamab | Dexamethasone 14 mg PO once |
"""


@pytest.mark.parametrize(
    ("question", "dose", "drug"),
    [
        ("steroids for ICANS grade 2", "12 mg IV", "dexamethasone"),
        ("steroid dose grade 4 ICANS", "900 mg IV", "methylprednisolone"),
        ("what dose of steroid before teclistamab?", "14 mg PO", "dexamethasone"),
        ("steroid premed for epcoritamab dose", "70 mg PO", "prednisolone"),
    ],
)
def test_the_dose_of_a_class_is_that_of_its_one_drug_that_has_it(
    tmp_path: Path, question: str, dose: str, drug: str
) -> None:
    answer = assistant_over(tmp_path, {"tox": STEROIDS}).ask(question)
    assert dose in answer.text
    assert any(drug in each for each in answer.warnings)
    assert "11 mg/m2" not in answer.text


def test_a_section_on_initials_beside_the_conditions_of_the_title_gives_no_dose_for_these(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"tox": STEROIDS}).ask("dexamethasone dose grade 4 ICANS")
    assert "11 mg/m2" not in answer.text


def test_a_class_that_tells_a_disease_is_not_the_drug_that_is_asked(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"tox": STEROIDS}).ask("dose for steroid-refractory ICANS grade 2")
    assert not any("understood as dexamethasone" in each for each in answer.warnings)


def test_that_no_dose_prevents_anything_is_said_whatever_the_event_is(tmp_path: Path) -> None:
    made = assistant_over(tmp_path, {"ruxolitinib": PAGE})
    for question in ("ruxolitinib prophylaxis dose for CRS", "which prophylactic dose of ruxolitinib do we use?"):
        answer = made.ask(question)
        assert "No prophylactic dose is recommended" in answer.text
        assert not answer.regimens


def test_several_drugs_of_a_class_are_shown_side_by_side_and_asked_about(tmp_path: Path) -> None:
    page = (
        "# Anticoagulation\n\n## DVT\nApixaban 11 mg BID for 7 days.\n\nRivaroxaban 16 mg BID for 21 days.\n\n"
        "## Pain\nGabapentin 120 mg TID; CrCl < 30: 120 mg daily.\n\nOxycodone only after a call.\n"
    )
    made = assistant_over(tmp_path, {"dvt": page})
    answer = made.ask("DOAC dose for DVT")
    assert answer.status == "needs_clarification"
    assert {each.regimen.drug for each in answer.regimens} == {"apixaban", "rivaroxaban"}
    assert answer.clarification is not None
    assert "apixaban" in answer.clarification.options
    assert "Gabapentin" not in made.ask("opioid dose CrCl 20").text


THRESHOLDS = """# Grading aid

## High dose
| Vasopressor | Threshold of high dose | Status |
|---|---|---|
| Dopamine alone | at least 10 mcg/kg/min | unverified: check local protocol |
"""


def test_where_a_high_dose_begins_is_no_dose_to_give(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"grading": THRESHOLDS})
    assert asked.ask("dopamine start dose").status == "not_found"
    assert "10 mcg/kg/min" in asked.ask("dopamine threshold of high dose").text


REPLACED = """# Gentamicin and amikacin

Version 4 supersedes version 3 (gentamicin 7 mg/kg, amikacin 20 mg/kg: **no longer used**).

Gentamicin 5 mg/kg IV daily. Amikacin 15 mg/kg IV daily.
"""


@pytest.mark.parametrize(("drug", "now", "before"), [("gentamicin", "5 mg/kg", "7"), ("amikacin", "15 mg/kg", "20")])
def test_a_list_that_ends_with_no_longer_used_gives_no_dose(tmp_path: Path, drug: str, now: str, before: str) -> None:
    answer = assistant_over(tmp_path, {"aminoglycosides": REPLACED}).ask(f"{drug} dose for 90 kg")
    assert now in answer.text
    assert f"{before} mg/kg" not in answer.text


def test_the_dose_of_what_no_page_names_is_not_told(tmp_path: Path) -> None:
    page = "# Neurology\n\nOther states: no treatment and no dose is stated here. Dose: see the pharmacy.\n"
    assert assistant_over(tmp_path, {"neurology": page}).ask("zorblatin dose").status == "not_found"


def test_what_speaks_against_one_drug_of_a_class_is_shown_with_their_doses(tmp_path: Path) -> None:
    page = (
        "# Anticoagulation\n\n## DVT\nApixaban 11 mg BID for 7 days.\n\nRivaroxaban 16 mg BID for 21 days.\n\n"
        "Do not use rivaroxaban with ketoconazole.\n"
    )
    answer = assistant_over(tmp_path, {"dvt": page}).ask("DOAC dose for DVT on ketoconazole")
    assert answer.status == "needs_clarification"
    assert "Do not use rivaroxaban with ketoconazole" in answer.text
