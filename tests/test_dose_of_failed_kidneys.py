"""Kidneys that a machine replaces, or that fail in any words, never get the dose of the well without a word."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "flares": """# Flares

## Treatment

- First line: rituximab. Adults: 210 mg SC every 8 hours. Children: 3 mg/kg SC every 6 hours
- Rituximab with CrCl <30: give it every other day

Adults: infliximab 310 mg SC daily.
""",
    "kidneys": """# Antimicrobials and the kidney

- Micafungin: full first dose, then halve under CrCl 50

## On CVVHDF

Micafungin 810 mg daily, colistin 3 MU q8h.
""",
    "sepsis": "# Sepsis\n\n## Vancomycin\n\n- CrCl >60: 14 mg/kg q12h\n- CrCl 30-60: 13 mg/kg q24h\n",
    "machine": """# Alemtuzumab

## Alemtuzumab and the kidney

| CrCl | Standard |
|---|---|
| >= 30 | 110 mg q6h |
| < 30 or CRRT | 110 mg q12h |
| HD | 110 mg daily after HD |
""",
}


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("failed_kidneys"), PAGES)


@pytest.mark.parametrize("kidneys", ["on dialysis", "kidneys have packed up", "creatinine clearance 20", "on CRRT"])
def test_what_changes_the_dose_for_failing_kidneys_is_read_first(unit: Assistant, kidneys: str) -> None:
    text = unit.ask(f"rituximab for flares, child 15 kg, {kidneys}, dose").text
    assert "every other day" in text
    assert "45 mg" not in text


@pytest.mark.parametrize("kidneys", ["on dialysis", "on HD", "on CRRT", "creatinine 400", "urine stopped", "eGFR 12"])
def test_the_dose_of_the_well_is_none_of_failed_kidneys(unit: Assistant, kidneys: str) -> None:
    assert "310 mg" not in unit.ask(f"infliximab for flares, adult, {kidneys}, dose").text


@pytest.mark.parametrize("kidneys", ["", ", creatinine 80", ", HD MTX last week"])
def test_the_dose_of_the_well_stands_where_nothing_is_told_of_kidneys(unit: Assistant, kidneys: str) -> None:
    assert "310 mg" in unit.ask(f"infliximab for flares, adult{kidneys}, dose").text


def test_a_row_for_a_machine_is_for_no_one_else(unit: Assistant) -> None:
    text = unit.ask("micafungin CrCl 30 dose").text
    assert "halve under CrCl 50" in text
    assert "810 mg" not in text
    assert "810 mg" in unit.ask("micafungin on CVVHDF dose").text


def test_each_machine_has_its_own_row(unit: Assistant) -> None:
    filtered, dialysed = (unit.ask(f"alemtuzumab dose on {machine}").text for machine in ("CRRT", "HD"))
    assert "110 mg q12h" in filtered and "q6h" not in filtered and "after HD" not in filtered
    assert "110 mg daily after HD" in dialysed and "q6h" not in dialysed and "q12h" not in dialysed


@pytest.mark.parametrize("machine", ["CVVH", "CRRT", "dialysis"])
def test_a_clearance_that_nobody_on_a_machine_has_gives_them_no_dose(unit: Assistant, machine: str) -> None:
    assert not unit.ask(f"vancomycin dose on {machine}, 70 kg").regimens
    assert unit.ask("vancomycin dose CrCl 40").regimens
