"""A proposed amount where several rows may be meant: a verdict only where each of them gives it."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

STORM = """# Storm after cells

## Grade 2

Zelumab 110 mg SC 6-hourly.

## Grade 4

Zelumab 110 mg SC 6-hourly (CrCl <30: 110 mg 12-hourly).

## Neuro

Zelumab 110 mg SC 6-hourly with dexamethasone 10 mg IV.
"""
CLOTS = """# Clots

## Treatment

Moderate and above: defibrotide 6.2 mg/kg IV 6-hourly, each over 2 h.

| Baseline weight (kg) | Defibrotide per dose (mg) | per day (mg) |
|---|---|---|
| 50 | 310 | 1240 |
| 60 | 372 | 1488 |
| 70 | 434 | 1736 |
"""
FITS = """# Fits

## Steps

- 5 min, child: lorazepam 0.1 mg/kg IV (max 4 mg)
- 5 min, adult: lorazepam 4 mg IV

## Sickness before chemo

Lorazepam 2 mg the night before.
"""
BUGS = """# Bugs

## Fever

Meropenem 1.1 g IV every 8 hours.

## Meningism

Meropenem 2.1 g IV every 8 hours.

## Abscess

Meropenem 1.1 g, or as micro say up to 6.6 g in a day by pump, IV every 8 hours.
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"storm": STORM, "clots": CLOTS, "fits": FITS, "bugs": BUGS}
    return assistant_over(tmp_path_factory.mktemp("each"), pages)


@pytest.mark.parametrize(
    ("question", "verdict", "rows"),
    [
        ("zelumab 110 mg qds too much?", "within", 3),
        ("zelumab 220 mg qds too much?", "exceeds", 3),
        ("zelumab 60 mg qds enough?", "below", 3),
        ("defibrotide 10 mg/kg qds correct?", "exceeds", 1),  # its table only works the dose out
        ("defibrotide 6.2 mg/kg qds correct?", "within", 1),
        ("lorazepam 0.1 mg/kg for 60 kg so 6 mg right?", "exceeds", 3),
    ],
)
def test_what_each_row_says_is_the_verdict(ward: Assistant, question: str, verdict: str, rows: int) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered", answer.text
    assert answer.verdict is not None
    assert answer.verdict[0].result == verdict, answer.text
    assert len({each.regimen.lines for each in answer.regimens}) >= rows, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "meropenem 2.1 g tds too much?",  # the rows differ
        "lorazepam 0.05 mg/kg for 60 kg so 3 mg right?",
        "lorazepam 0.1 mg/kg for 60 kg so 8 mg right?",  # not what the weight makes
        "zelumab 110 mg bd ok?",  # by the row for bad kidneys alone it is within
    ],
)
def test_no_verdict_where_they_differ(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.verdict is None or answer.verdict[0].result in ("not_covered", "below"), answer.text
    assert answer.verdict is None or "bd" in question, answer.text


def test_each_row_says_its_own_where_they_differ(ward: Assistant) -> None:
    text = ward.ask("meropenem 2.1 g tds too much?").text
    assert "by this row alone: within" in text
    assert "by this row alone: exceeds it" in text


def test_a_row_not_understood_takes_no_part(ward: Assistant) -> None:
    answer = ward.ask("meropenem 9 g tds ok?")
    shown = [line for line in answer.text.split("\n") if "pump" in line]
    assert not any("alone" in line for line in shown), answer.text
