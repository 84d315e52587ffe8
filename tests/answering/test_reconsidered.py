"""Verdicts looked at again: by the amount as capped, and by what the row rules out."""

from pathlib import Path

import pytest

from real_index import assistant_over

PAGE = """# Steroids

## Dosing
- Prednisone 0.8 mg/kg PO daily (max 60 mg/day).
- Metoclopramide 10 mg PO q8h, for no more than 5 days.
- Dapsone 100 mg PO daily; not in G6PD deficiency.
- Gentamicin single dose only, 5 mg/kg IV. A second dose needs the microbiologist.
- Pegfilgrastim 6 mg SC once, 24-72 h after chemo.

- Zoledronate 2 mg/kg IV 6-hourly (round to nearest 100 mg, cap 800 mg in 24 h).
- Ertapenem 90 mg/kg IV q6h (max 4.5 g per dose).

## Veno-occlusive disease
Defibrotide 6.25 mg/kg IV q6h.
"""


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("prednisone 70 mg 100 kg ok?", "exceeds"),
        ("prednisone 0.8 mg/kg 90 kg ok?", "exceeds"),
        ("prednisone 60 mg 100 kg ok?", "within"),
        ("prednisone 40 mg 50 kg ok?", "within"),
        ("metoclopramide 10 mg tds day 7 ok?", "not_covered"),
        ("metoclopramide 10 mg tds ok?", "within"),
        ("dapsone 100 mg g6pd ok?", "not_covered"),
        ("dapsone 100 mg daily ok?", "within"),
        ("gentamicin 400 mg second dose 80 kg ok?", "not_covered"),
        ("pegfilgrastim 6 mg same day ok?", "not_covered"),
        ("pegfilgrastim 6 mg ok?", "within"),
        ("defibrotide 437.5 mg 70 kg prophylaxis ok?", "not_covered"),
        ("zoledronate 200 mg q6h 80 kg ok?", "within"),
        ("zoledronate 300 mg q6h 80 kg ok?", "exceeds"),
        ("zoledronate 200 mg q4h 80 kg ok?", "exceeds"),
        ("ertapenem 4.5 g q6h 60 kg ok?", "within"),
        ("ertapenem 3 g q6h 60 kg ok?", "below"),
        ("ertapenem 5 g q6h 60 kg ok?", "exceeds"),
    ],
)
def test_a_verdict_is_no_better_than_what_was_compared(tmp_path: Path, question: str, result: str) -> None:
    verdict = assistant_over(tmp_path, {"steroids": PAGE}).ask(question).verdict
    assert verdict
    assert verdict[0].result == result


def test_nothing_is_worked_out_for_whom_the_row_rules_out(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"steroids": PAGE.replace("Dapsone 100 mg", "Dapsone 2 mg/kg")}).ask
    assert ask("dapsone dose 50 kg").computed
    assert not ask("dapsone dose 50 kg g6pd deficient").computed
    assert not ask("defibrotide prophylaxis 70 kg").computed
