"""Doses by bands that one cell lists, that stand as columns, or that a key/value table gives."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant
from wardbook.dosing.exclusion import read_exclusions

BY_KIDNEY = """# Antivirals

| Drug | Use | Dose by CrCl (mL/min) |
|---|---|---|
| Famciclovir | VZV | >= 60: 530 mg PO q8h; 40-59: 530 mg PO q12h; 20-39: 530 mg PO daily; < 20: do not use |

Baricitinib dose by eGFR (mL/min): 60 or more: 4.1 mg PO daily; 30-59: 2.1 mg PO daily.
"""
COLUMNS = """# Antibacterials, renal bands

## Table

| Drug | CrCl > 50 mL/min | CrCl 10-50 mL/min | CrCl < 10 mL/min or HD |
|---|---|---|---|
| Aztreonam | 2.1 g IV q8h | 2.1 g IV q12h | 1.1 g IV q24h |

## Bare

| Drug | CrCl > 50 | 20-50 | < 20 | Haemodialysis |
|---|---|---|---|---|
| Cefotaxime | 2.2 g IV q6h | 2.2 g IV q8h | 1.2 g IV q8h | 1.2 g IV q12h |

## Plerixafor

| | CrCl > 50 | CrCl 20-50 | CrCl < 20 |
|---|---|---|---|
| Dose SC | 0.25 mg/kg | 0.17 mg/kg | not studied |
| Maximum | 41 mg | 28 mg | - |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"Antivirals": BY_KIDNEY, "Antibacterials - renal bands": COLUMNS}
    return assistant_over(tmp_path_factory.mktemp("bands"), pages)


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("famciclovir dose for VZV, crcl 33", "530 mg PO daily"),
        ("famciclovir dose crcl 48", "530 mg PO every 12 hours"),
        ("baricitinib dose egfr 45", "2.1 mg PO daily"),
        ("aztreonam dose crcl 22", "2.1 g IV every 12 hours"),
        ("aztreonam dose on haemodialysis", "1.1 g IV daily"),
        ("cefotaxime dose crcl 30", "2.2 g IV every 8 hours"),
        ("cefotaxime dose on haemodialysis", "1.2 g IV every 12 hours"),
    ],
)
def test_the_dose_is_that_of_the_band(made: Assistant, question: str, dose: str) -> None:
    answer = made.ask(question)
    assert answer.status == "answered"
    assert dose in answer.text
    assert len(answer.regimens) == 1


def test_the_band_that_refuses_is_told_in_the_words_of_the_page(made: Assistant) -> None:
    answer = made.ask("famciclovir dose crcl 12")
    assert answer.text == "Not covered: the page says '< 20: do not use' [1]."


def test_the_maximum_of_a_column_bounds_its_dose(made: Assistant) -> None:
    ((_, computed),) = made.ask("plerixafor 180 kg crcl 90 how many mg").computed
    assert computed.low == 41
    assert computed.capped


def test_what_is_not_found_names_no_figure_of_a_header(made: Assistant) -> None:
    answer = made.ask("aztreonam dose for endocarditis")
    assert answer.status == "not_found"
    assert "50" not in answer.text


BESIDE = """# Symptoms

| Drug | Dose | Route | When | Notes |
|---|---|---|---|---|
| Temazepam | 10.5 mg | PO | at night | 5.5 mg if 70 y or older |
| Axitinib | 5.5 mg | PO | q12h | Child-Pugh B: 2.5 mg |
| Everolimus | 10.5 mg | PO | daily | with verapamil: 5.5 mg daily |

## Stem cells

- **After autograft**: filgrastim 300 micrograms SC daily for 3 days. Over 80 kg: 480 micrograms.
"""


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("beside"), {"symptoms": BESIDE})


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("temazepam dose, pt is 78", "5.5"),
        ("temazepam dose for a 40 year old", "10.5"),
        ("temazepam dose", "10.5"),
        ("axitinib dose in Child-Pugh B", "2.5"),
        ("everolimus dose on verapamil", "5.5"),
        ("everolimus dose", "10.5"),
        ("filgrastim after autograft, weighs 92 kg", "480"),
        ("filgrastim dose after autograft, 70 kg", "300"),
    ],
)
def test_the_exception_is_chosen_only_for_whom_it_is(beside: Assistant, question: str, amount: str) -> None:
    answer = beside.ask(question)
    assert answer.status == "answered"
    assert [str(each.regimen.amount and each.regimen.amount.low) for each in answer.regimens] == [amount]


def test_the_dose_of_one_liver_class_is_none_for_another(beside: Assistant) -> None:
    assert beside.ask("axitinib dose in Child-Pugh C").regimens == ()


RESCUE = """# Rescue

## Leucovorin

| MTX (micromol/L) | Hour 40-47 | Hour 48-71 | Hour 72 and after |
|---|---|---|---|
| 0.1-1 | 14 mg/m2 q6h | 18 mg/m2 q6h | 22 mg/m2 q6h |
| > 1 | 26 mg/m2 q6h | 52 mg/m2 q6h | 90 mg/m2 q3h |
"""


@pytest.mark.parametrize(
    ("asked", "dose"),
    [("leucovorin dose mtx level 3 at hour 50", 52), ("folinic acid dose, mtx 0.4 hour 80", 22),
     ("leucovorin dose mtx level 3 at 45 h", 26)],
)  # fmt: skip
def test_a_level_and_the_hour_of_its_sample_choose_row_and_column(tmp_path: Path, asked: str, dose: int) -> None:
    answer = assistant_over(tmp_path, {"rescue": RESCUE}).ask(asked)
    assert answer.status == "answered"
    first = answer.regimens[0].regimen
    assert first.amount is not None
    assert first.amount.low == dose


BELOW = """# CRS

## Treatment

| Grade | Tocilizumab |
|---|---|
| 2 | 7 mg/kg IV, max 650 mg |
| 3 | as grade 2 |

Under 30 kg tocilizumab is 11 mg/kg.
"""


def test_a_sentence_on_those_below_a_weight_is_read_beside_the_row_for_all(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"crs": BELOW})
    for grade in (2, 3):
        answer = asked.ask(f"tocilizumab dose grade {grade} CRS")
        first = answer.regimens[0].regimen
        assert answer.status == "answered"
        assert first.amount is not None
        assert first.amount.low == 7
        assert "Under 30 kg tocilizumab is 11 mg/kg" in answer.text
    _, light = asked.ask("tocilizumab dose grade 3 CRS, 20 kg").computed[0]
    assert light.low == 220
    assert asked.ask("tocilizumab 11 mg/kg for grade 2 CRS ok?").verdict is None


def test_no_behind_a_bound_of_a_list_refuses_those_below_it(tmp_path: Path) -> None:
    page = (
        "# Kidneys\n\n## Doses\n\n- Ertapenem 1 g daily (CrCl 40-60: 700 mg; < 30: no, ask)\n"
        "- Cefazolin 2 g q8h; CrCl 30-60: 1 g q8h; < 20 avoid\n"
        "- Tobramycin 5 mg/kg; CrCl 30-60: 3 mg/kg; < 5 days: no level\n\n"
        "## Bone\n\n| Ca | Do |\n|---|---|\n| > 3.0 | saline, ibandronate 6 mg (CrCl 40-60: 4 mg; < 30: no) |\n"
    )
    asked = assistant_over(tmp_path, {"kidneys": page})
    refused = asked.ask("ertapenem 700 mg crcl 20 ok?")
    assert refused.verdict is not None
    assert refused.verdict[0].result == "not_covered"
    assert not asked.ask("ertapenem dose crcl 20").regimens
    assert "< 30: no" in asked.ask("ertapenem dose crcl 20").text
    assert not asked.ask("cefazolin dose crcl 15").regimens
    assert "< 30: no" in asked.ask("ibandronate dose crcl 20").text
    assert asked.ask("ertapenem dose crcl 50").regimens
    assert "1 g daily" in asked.ask("ertapenem dose crcl 90").text
    own = asked.ask("tobramycin dose crcl 40").regimens
    assert [str(row.regimen.amount.low) for row in own if row.regimen.amount] == ["3"]
    assert not any("no" in note for row in own for note in row.regimen.excluded)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("1 g daily; adjustment with CrCl < 30: nil", False),
        ("1 g daily (dose change if CrCl < 30: no)", False),
        ("1 g daily (adjust for CrCl 30-60: 700 mg; < 30: no)", True),
        ("1 g daily (CrCl < 30: no)", True),
    ],
)
def test_no_to_a_change_of_the_dose_refuses_nobody(words: str, refused: bool) -> None:
    assert any(each.whom for each in read_exclusions(words)) is refused


SEIZURES = """# Seizures

## Convulsing

1. 0 min: airway.
2. 10 min: valproate 40 mg/kg IV over 10 min (max 3000 mg).

   | kg | mg |
   |---|---|
   | 40-49 | 1700 |
   | 50-59 | 2100 |
   | 60+ | 2800 |
3. 25 min: phenobarbital 15 mg/kg

## Going on

Valproate 500 mg BD.

## Sepsis

Vancomycin 15 mg/kg IV over 60 min q12h.

| mg | mL |
|---|---|
| 500 | 10 |
"""


@pytest.fixture(scope="module")
def seizures(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("seizures"), {"seizures": SEIZURES})


def test_a_table_headed_by_units_alone_gives_the_dose_of_a_weight(seizures: Assistant) -> None:
    answer = seizures.ask("valproate load 55 kg")
    assert [str(each.regimen.amount.low) for each in answer.regimens if each.regimen.amount] == ["2100"]
    assert "could be read" not in answer.text
    assert not any("500" in str(each.regimen.amount) for each in seizures.ask("vancomycin 80 kg").regimens)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("valproate 2100 mg 55 kg convulsing ok?", "within"),
        ("valproate 2200 mg 55 kg convulsing ok?", "not_covered"),
        ("valproate 40 mg/kg 55 kg convulsing ok?", "not_covered"),
        ("valproate 2900 mg 55 kg convulsing ok?", "exceeds"),
        ("valproate 30 mg/kg load convulsing ok?", "below"),
    ],
)
def test_what_a_rule_allows_and_the_table_of_weights_does_not_is_not_judged(
    seizures: Assistant, question: str, result: str
) -> None:
    verdict = seizures.ask(question).verdict
    assert verdict is not None
    assert verdict[0].result == result


def test_a_dose_that_is_given_again_is_called_no_load(seizures: Assistant) -> None:
    assert "No load dose of vancomycin could be read" in seizures.ask("vancomycin load 80 kg").text


def test_a_dose_by_weight_over_minutes_is_said_not_to_be_called_a_load(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"prep": "# Prep\n\n## Doses\n\nBusulfan 0.8 mg/kg IV over 120 min.\n"})
    answer = asked.ask("busulfan loading dose 70 kg")
    assert [str(each.low) for _, each in answer.computed] == ["56"]
    assert "Not said to be a loading dose" in answer.text
    assert "Not said to be" not in asked.ask("busulfan dose 70 kg").text
