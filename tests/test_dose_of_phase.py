"""A load is no maintenance: what goes on is looked up as such, also where its line does not name the drug again."""

from pathlib import Path

from real_index import assistant_over

LISTED = """# Fast rate

## Stable
- Digoxin load 500 micrograms PO, again after 6 h
- Maintenance 125 micrograms daily; CrCl < 30 62.5 micrograms daily
- Amiodarone 300 mg IV over 60 min
"""
TABLE = """# Myeloma

## Lenalidomide
| CrCl | Lenalidomide, days 1-21 |
|---|---|
| >= 60 | 25 mg PO daily |
| 30-59 | 10 mg PO daily |

Maintenance after autograft: lenalidomide 5 mg PO daily.
"""
ALONE = """# Seizures

## Status
- Valproate load 40 mg/kg IV over 5 min
- Phenytoin 20 mg/kg IV, then 100 mg PO every 8 hours
"""


def test_a_line_that_goes_on_is_of_the_drug_of_the_line_above(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"rate": LISTED})
    text = asked.ask("digoxin maintenance").text
    assert "125" in text
    assert "500" not in text
    assert "62.5" in asked.ask("digoxin maintenance crcl 25").text
    assert "500" in asked.ask("digoxin load").text


def test_a_row_of_the_kidneys_does_not_go_before_the_maintenance(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"myeloma": TABLE}).ask("lenalidomide maintenance crcl 80").text
    assert "5 mg PO daily" in text
    assert "25 mg" not in text


def test_a_load_is_no_maintenance_where_the_pages_have_none(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"seizures": ALONE})
    declined = asked.ask("valproate maintenance")
    assert declined.status == "not_found"
    assert "40 mg/kg" not in declined.text
    assert "100 mg" in asked.ask("phenytoin maintenance").text


def test_what_goes_on_from_a_first_day_is_the_maintenance(tmp_path: Path) -> None:
    lines = "# Micafungin\n\n- 100 mg IV on day 1, then 60 mg IV OD\n- CrCl < 30: 90 mg IV day 1, then 40 mg IV OD\n"
    asked = assistant_over(tmp_path, {"micafungin": lines})
    first = asked.ask("micafungin maintenance dose crcl 20").regimens[0].regimen
    assert first.amount is not None
    assert first.amount.low == 40


def test_what_another_page_gives_over_minutes_stands_beside_what_is_called_a_load(tmp_path: Path) -> None:
    pages = {
        "toxicity": "# Cells\n\n- Active seizure: levetiracetam load 40 mg/kg (max 3 g) IV over 10 min.\n",
        "seizures": "# Seizures\n\n## Second line\n\n1. **Levetiracetam 60 mg/kg (max 4.5 g) IV over 5 min**\n",
    }
    answer = assistant_over(tmp_path, pages).ask("levetiracetam loading dose")
    assert "40 mg/kg" in answer.text
    assert "60 mg/kg" in answer.text
    assert answer.status == "needs_clarification" or answer.conflicts


def test_what_goes_on_is_offered_for_no_load(tmp_path: Path) -> None:
    page = "# Fits\n\n## Keeping on\n\nLacosamide 100 mg BD.\n\n## Prevention\n\nLacosamide 50 mg BD.\n"
    asked = assistant_over(tmp_path, {"fits": page})
    declined = asked.ask("lacosamide load")
    assert declined.status == "not_found"
    assert "100 mg" not in declined.text and "Keeping on" in declined.text
    assert asked.ask("lacosamide dose").status != "not_found"


def test_a_dose_given_once_is_still_shown_where_a_load_is_asked(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"rate": "# Rate\n\nAmiodarone 300 mg IV once.\n"}).ask("amiodarone load").text
    assert text.startswith("No load dose of amiodarone could be read") and "300 mg" in text


def test_a_course_of_days_makes_no_load(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"teicoplanin": "# Teicoplanin\n\n400 mg IV q24h for 10 days.\n"})
    assert "400 mg" not in asked.ask("teicoplanin loading dose").text
    assert "400 mg" in asked.ask("teicoplanin dose").text


def test_doses_of_which_others_follow_may_be_a_load(tmp_path: Path) -> None:
    line = "# Teicoplanin\n\n600 mg IV q12h for 3 doses, then 400 mg IV q24h for 10 days.\n"
    assert "600 mg" in assistant_over(tmp_path, {"teicoplanin": line}).ask("teicoplanin loading dose").text


def test_what_speaks_against_preventing_comes_before_the_dose_of_treatment(tmp_path: Path) -> None:
    page = (
        "# Glow syndrome\n\n## Prevention\n\n- Zelumab prophylaxis: not recommended (trial stopped in 2023).\n\n"
        "## Treat\n\nZelumab 6.25 mg/kg IV every 6 h.\n"
    )
    told = assistant_over(tmp_path, {"glow": page}).ask("zelumab prophylaxis dose in glow syndrome").text
    assert "not recommended" in told
    assert "6.25" not in told.split("not recommended")[0]


FUNGI = """# Moulds

## Prevention
- Posaconazole 310 mg BD D1, then 310 mg OD
- Isavuconazole 0.2 mg D1, then 0.9 mg D8

## Fits
- Levetiracetam 490 mg BD
- Levetiracetam 61 mg/kg in 100 mL over 10 min

## By kidneys
- Levetiracetam 250 mg after dialysis
"""


def test_a_larger_dose_of_a_first_day_is_the_load(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"moulds": FUNGI})
    (row,) = asked.ask("posaconazole loading dose").regimens
    assert row.regimen.step == 1
    assert "No loading dose" in asked.ask("isavuconazole loading dose").text  # what steps up is none


def test_what_goes_by_weight_over_minutes_is_the_load_where_no_row_is_called_so(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"moulds": FUNGI}).ask("levetiracetam load 70 kg")
    assert "61 mg/kg" in answer.text
    assert "250 mg" not in answer.text
    assert "Not said to be a load" in answer.text
