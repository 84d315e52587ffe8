"""Answers to questions about a dose: when a lookup answers, and what of a page it gives."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from answering.made import DRUGS, ask, citations, names_of, read
from wardbook.answering.answer import Answer
from wardbook.answering.check_answer import answer_check
from wardbook.answering.compose import MOST_TEXT
from wardbook.answering.dosing_answer import (
    answer_dose,
    as_decimal,
    asked_drug,
    dose_query,
)
from wardbook.answering.drug_lookup import within_bound
from wardbook.answering.lookup_asked import asks_dose
from wardbook.answering.question import understand
from wardbook.corpus.unit import Unit, units
from wardbook.dosing.check import read_amount
from wardbook.dosing.patient import Patient, read_weight
from wardbook.dosing.reading import read_regimens

PAGES = {
    "drugs/anakinra": """# Anakinra

## Dosing

| Indication | Population | Dose | Route | Interval | Maximum |
|---|---|---|---|---|---|
| CRS | Adult | 100 mg | SC | every 6 hours | 400 mg/day |
| Prophylaxis of ICANS | Adult | 200 mg | SC | every 24 hours | 200 mg/day |
""",
    "drugs/tocilizumab": """# Tocilizumab

## Dosing

| Indication | Weight | Dose | Route | Maximum |
|---|---|---|---|---|
| CRS | at least 30 kg | 8 mg/kg | IV | 800 mg per dose |
| CRS | under 30 kg | 12 mg/kg | IV | 800 mg per dose |
""",
    "drugs/siltuximab": """# Siltuximab

| Patients | Treatment x5d | Prophylaxis x10d |
|---|---|---|
| Adults | 60 mg BID | 60 mg daily |
""",
    "events/crs": "# Cytokine Release Syndrome (CRS)\n\nFever.\n",
    "events/icans": "# Immune Effector Cell-Associated Neurotoxicity Syndrome (ICANS)\n\nConfusion.\n",
}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("anakinra dose", True),
        ("max anakinra in CRS", True),
        ("anakinra grade 3 CRS", True),
        ("toci 18kg child crs", True),
        ("how long is anakinra given?", True),
        ("dose in CRS", False),
        ("compare the doses of tocilizumab and anakinra", False),
        ("mechanism of anakinra", False),
        ("does anakinra help in CRS?", False),
        ("evidence level of anakinra dosing", False),
        ("side effects of anakinra", False),
        ("who gets anakinra dosing", False),
        ("how often BP and temp after an anakinra dose", False),
        ("how often is anakinra given", True),
    ],
)
def test_when_a_lookup_answers(text: str, asks: bool) -> None:
    assert asks_dose(ask(text)) == asks


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("anakinra dose after tocilizumab", "anakinra"),
        ("after tocilizumab, what anakinra dose?", "anakinra"),
        ("dose of tocilizumab with anakinra", "tocilizumab"),
        ("tocilizumab dose", "tocilizumab"),
        ("anakinra failed at 48h: tocilizumab mg per dose?", "tocilizumab"),
        ("anakinra and still febrile, tocilizumab how much", "tocilizumab"),
        ("anakinra with a rash: dose of tocilizumab", "tocilizumab"),
        ("fits going on after 2x anakinra, 90 kg, tocilizumab IV load = ?", "tocilizumab"),
        ("two lots of anakinra have not worked, tocilizumab loading dose?", "tocilizumab"),
        ("anakinra not working, max dose?", "anakinra"),
        ("had anakinra five days ago, now CRS, they want tocilizumab, what is it per kilo", "tocilizumab"),
        ("due for anakinra next week and on the ward now, tocilizumab, how much and how often?", "tocilizumab"),
        ("anakinra or tocilizumab, how much", "anakinra"),
        ("we gave anakinra, now tocilizumab, what's the dose", "tocilizumab"),
        ("anakinra stopped, tocilizumab for CRS dose", "tocilizumab"),
        ("how much anakinra now that tocilizumab was started", "anakinra"),
    ],
)
def test_the_drug_asked_of_is_not_the_one_of_the_situation(text: str, drug: str) -> None:
    assert asked_drug(ask(text), DRUGS) == drug


def answer(text: str, folder: Path, proposed: str | None = None, pages: Mapping[str, str] = PAGES) -> Answer:
    """Answer a question over the pages of this file, or others, as asking does."""
    names, drugs = names_of(pages)
    documents = read(pages)
    regimens = [each for document in documents for each in read_regimens(document, drugs)]
    listed = {document.id: units(document) for document in documents}
    question = understand(text, names, drugs)
    patient = Patient(read_weight(question.weight).kg if question.weight else None)
    query = dose_query(question, asked_drug(question, drugs), patient, drugs)
    made = citations(folder, pages)

    def units_of(page: str, section: str) -> list[Unit]:
        return [one for one in listed[page] if one.section == section]

    if proposed:
        return answer_check(text, text, read_amount(proposed), query, regimens, names, made, units_of)
    return answer_dose(text, text, query, regimens, names, made, units_of)


def test_the_one_that_fits_is_given_with_its_row(tmp_path: Path) -> None:
    found = answer("anakinra dose in CRS", tmp_path)
    assert found.status == "answered"
    assert found.text == "CRS, Adult: anakinra 100 mg SC every 6 hours; Maximum: 400 mg/day [1]"
    assert found.citations[0].quote == "CRS Adult 100 mg SC every 6 hours 400 mg/day"
    assert found.citations[0].lines == (7, 7)
    assert [each.citation for each in found.regimens] == [1]


def test_figures_of_column_names_are_cited_with_their_header(tmp_path: Path) -> None:
    found = answer("siltuximab treatment dose", tmp_path)
    assert "x5d" in found.text
    assert all("[2]" in line for line in found.text.splitlines() if "x5d" in line)
    assert found.citations[1].quote == "Patients Treatment x5d Prophylaxis x10d"


def test_prophylaxis_does_not_get_the_therapeutic_row(tmp_path: Path) -> None:
    found = answer("anakinra dose for ICANS prophylaxis", tmp_path)
    assert [each.regimen.amount.low for each in found.regimens if each.regimen.amount] == [Decimal(200)]
    assert "100 mg" not in found.text


@pytest.mark.parametrize(
    ("kg", "arithmetic", "most"),
    [("18", "12 mg/kg × 18 kg = 216 mg", 216), ("60", "8 mg/kg × 60 kg = 480 mg", 480), ("120", "= 960 mg", 800)],
)
def test_the_weight_chooses_the_band_and_the_cap_holds(tmp_path: Path, kg: str, arithmetic: str, most: int) -> None:
    found = answer(f"tocilizumab dose in CRS, {kg} kg", tmp_path)
    ((at, worked),) = found.computed
    assert (at, int(worked.high), worked.capped) == (0, most, kg == "120")
    assert arithmetic in found.text
    assert len(found.regimens) == 1


def test_a_weight_left_open_is_asked_for(tmp_path: Path) -> None:
    found = answer("tocilizumab dose in CRS", tmp_path)
    assert found.status == "needs_clarification"
    assert found.clarification
    assert "weight" in found.clarification.prompt
    assert {"8 mg/kg", "12 mg/kg"} <= {piece for piece in ("8 mg/kg", "12 mg/kg") if piece in found.text}
    assert found.computed == ()


@pytest.mark.parametrize("text", ["anakinra dose in rheumatoid arthritis", "tocilizumab dose for ICANS prophylaxis"])
def test_where_none_fits_no_figure_is_given(tmp_path: Path, text: str) -> None:
    found = answer(text, tmp_path)
    assert found.status == "not_found"
    assert not any(figure in found.text for figure in ("100", "200", "400", "8 mg", "12 mg", "800"))
    assert (found.regimens, found.computed) == ((), ())


@pytest.mark.parametrize(
    ("amount", "result"),
    [("100 mg", "within"), ("500 mg/day", "exceeds"), ("50 mg", "below"), ("200 mg/week", "not_covered")],
)
def test_a_proposed_amount_is_judged_by_its_row(tmp_path: Path, amount: str, result: str) -> None:
    found = answer("anakinra in CRS", tmp_path, amount)
    assert found.verdict
    assert found.verdict[0].result == result
    assert found.verdict[1] in (1, None)
    assert found.status in ("answered", "not_found")


def test_no_verdict_over_what_no_row_is_for(tmp_path: Path) -> None:
    found = answer("anakinra in rheumatoid arthritis", tmp_path, "100 mg")
    assert found.verdict
    assert found.verdict[0].result == "not_covered"
    assert (found.status, found.regimens) == ("not_found", ())


@pytest.mark.parametrize(("text", "amount"), [("tocilizumab in CRS", "300 mg"), ("anakinra in CRS", "3 mg/kg")])
def test_no_verdict_where_the_weight_decides_and_is_not_known(tmp_path: Path, text: str, amount: str) -> None:
    found = answer(text, tmp_path, amount)
    assert (found.status, found.verdict) == ("needs_clarification", None)
    assert found.clarification
    assert "weight" in found.clarification.prompt


def test_a_row_that_is_gone_is_not_given(tmp_path: Path) -> None:
    names, drugs = names_of(PAGES)
    regimens = [each for document in read(PAGES) for each in read_regimens(document, drugs)]
    made = citations(tmp_path, {**PAGES, "drugs/anakinra": "# Anakinra\n\nNothing any more.\n"})
    query = dose_query(understand("anakinra dose in CRS", names, drugs), "anakinra", Patient(), drugs)
    found = answer_dose("q", "q", query, regimens, names, made, lambda page, section: ())
    assert (found.status, found.regimens, found.citations) == ("not_found", (), ())
    assert "100 mg" not in found.text


def test_a_bound_leaves_out_the_band_on_its_other_side() -> None:
    _, drugs = names_of(PAGES)
    bands = [each for document in read(PAGES) for each in read_regimens(document, drugs) if each.condition]
    light = within_bound(bands, (False, Decimal(30)))
    heavy = within_bound(bands, (True, Decimal(30)))
    assert [each.amount.low for each in light if each.amount] == [12]
    assert [each.amount.low for each in heavy if each.amount] == [8]
    assert within_bound(bands, None) == bands


def test_options_are_exact_decimals() -> None:
    assert as_decimal(0.1) == Decimal("0.1")
    assert as_decimal("72.50") == Decimal("72.5")
    assert as_decimal(None) is None


@pytest.mark.parametrize("count", [3, 12, 18])
def test_many_rows_are_shown_whole_while_there_is_room_and_the_rest_is_named(tmp_path: Path, count: int) -> None:
    trees = "ash elm fir oak yew bay fig ivy nut".split()
    wards = [f"{tree} {storey}" for storey in ("upper", "lower") for tree in trees]
    rows = "".join(
        f"| Fever of the {ward} ward | Adult | {5 + at} mg | IV | every 6 hours | {90 + at} mg/day |\n"
        for at, ward in enumerate(wards[:count])
    )
    head = PAGES["drugs/anakinra"].partition("| CRS")[0]
    found = answer("anakinra dose", tmp_path, pages={**PAGES, "drugs/anakinra": head + rows})
    assert len(found.text) <= MOST_TEXT
    for line in found.text.splitlines():
        if " mg IV" in line:
            assert re.search(r"Maximum: \d+ mg/day \[\d+\]$", line), "no row is shown without its maximum"
    assert ("Also: " in found.text) == (count > 12)
    assert len(found.regimens) == count


def test_bullets_under_a_dose_that_take_from_it_are_read_with_it(tmp_path: Path) -> None:
    page = "# Anakinra\n\n## Fever\n\n- Anakinra 100 mg SC daily\n  - not in renal failure\n  - kept cold\n"
    found = answer("anakinra dose in fever", tmp_path, pages={**PAGES, "drugs/anakinra": page})
    assert found.text.endswith("Read with it: not in renal failure [2]")
