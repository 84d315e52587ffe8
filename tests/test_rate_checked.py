"""How fast something runs, checked against the greatest rate of the pages."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

SALTS = """# Salts

## Potassium

| K (mmol/L) | Oral | IV |
|---|---|---|
| 3.0-3.4 | Sando-K 2 tabs TDS | - |
| 2.5-2.9 | - | 40 mmol in 1 L over 5 h |

- Max rate: peripheral 11 mmol/h, central 22 mmol/h with monitor. Fix magnesium first.
- Child: max 0.3 mmol/kg/h.

## Magnesium

| Mg | IV |
|---|---|
| < 0.5 | 20 mmol in 250 mL over 5 h |

- Max rate 5 mmol/h.

## Phosphate

Sodium glycerophosphate 20 mmol over 12 h.
"""
BOX = """# Electrolytes IV

> [!danger] Potassium
> Never push. Max 0.3 mmol/kg/h on the ward. Max 11 mmol/h ward, 22 mmol/h ICU.

Check urine. Max 2 mmol/h of anything else.

## Potassium

| K | Give |
|---|---|
| < 3 | IV 20 mmol over 4 h |
"""
OTHER = """# Zelumab

## Giving

Zelumab 500 mg IV once. Max rate 200 mg/h. In theatre zelumab 100 mg over 10 min.
"""


@pytest.fixture(scope="module")
def salts(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("salts"), {"salts": SALTS, "zelumab": OTHER})


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("box"), {"iv": BOX})


def _verdict(assistant: Assistant, question: str) -> str | None:
    answer = assistant.ask(question)
    return answer.verdict[0].result if answer.verdict and answer.status == "answered" else None


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("kcl 40 mmol over 1 hr peripheral ok?", "exceeds"),
        ("kcl 40 mmol in 1 h ok?", "exceeds"),
        ("kcl 15 mmol over 1 h peripheral line ok?", "exceeds"),
        ("potassium chloride 30 mmol/h ok?", "exceeds"),
    ],
)
def test_the_rate_is_judged(salts: Assistant, question: str, result: str) -> None:
    answer = salts.ask(question)
    assert _verdict(salts, question) == result, answer.text
    assert "11 mmol/h" in answer.text
    assert "[1]" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "kcl 15 mmol over 1 h ok?",  # by one line too fast, by the other not
        "kcl 10 mmol over 1 h in a child of 3 y ok?",
        "kcl 10 mmol over 1 h ok, egfr 20?",  # more is told than was compared
        "kcl 15 mmol over 1 h central line ok?",  # no faster, but for whom and where is for a person to read
        "kcl 20 mmol over 2 h peripheral ok?",
        "kcl 15 mmol over 1 h central line ok in heart failure?",
        "kcl 40 mmol ok?",
        "kcl 40 mmol over 4-6 h ok?",
        "kcl 10 mmol bolus over 1 h ok?",
    ],
)
def test_no_rate_is_judged(salts: Assistant, question: str) -> None:
    assert _verdict(salts, question) not in ("within", "exceeds", "below"), salts.ask(question).text


def test_where_the_lines_differ_they_are_shown(salts: Assistant) -> None:
    answer = salts.ask("kcl 15 mmol over 1 h ok?")
    assert answer.status == "needs_clarification", answer.text
    assert "peripheral 11 mmol/h, central 22 mmol/h" in answer.text


def test_the_rate_of_another_ion_is_not_taken(salts: Assistant) -> None:
    answer = salts.ask("phosphate 20 mmol over 1 h ok?")
    assert answer.verdict is None or answer.verdict[0].result == "not_covered", answer.text


def test_what_the_pages_give_faster_themselves_is_not_called_too_fast(salts: Assistant) -> None:
    assert _verdict(salts, "zelumab 100 mg over 10 min ok?") != "exceeds"


def test_the_box_of_an_ion_is_on_it(box: Assistant) -> None:
    assert _verdict(box, "kcl 40 mmol over 1 h ok?") == "exceeds"
    assert _verdict(box, "kcl 5 mmol over 1 h ok?") is None  # 0.3 mmol/kg/h may be less


def test_the_doses_stay_below_rates_that_are_not_judged(salts: Assistant) -> None:
    answer = salts.ask("kcl 15 mmol over 1 h central line ok?")
    assert answer.status == "needs_clarification"
    assert all(f"[{each.citation}]" in answer.text for each in answer.regimens), answer.text
