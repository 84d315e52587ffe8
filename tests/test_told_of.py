"""What is asked of a thing is told by the line that tells it: a share, a day, an effect; and by none that does not."""

from pathlib import Path

import pytest

from real_index import assistant_over

ZELS = """# ZELS

## Definition

ZELS is a swelling of an organ that was inflamed before.

## Course by product

| Product | Any ZELS | Grade 3+ | Median onset | Median duration |
| --- | --- | --- | --- | --- |
| bead-19 | 61% | 9% | day 4 | 6 days |
| bead-22 | 47% | 5% | day 7 | 5 days |

## Going home

ZELS patients go home when 24 hours without oxygen.

## Management

- ZELS grade 2: zelumab 3 mg/kg IV once. ZELS grade 3: ring the consultant.
"""
ZELUMAB = """# Zelumab

## Dosing

| Group | Dose |
| --- | --- |
| Adults | zelumab 3 mg/kg IV once |
| Children | zelumab 2 mg/kg IV once |

## Mood

Irritability in up to 13%.

## Cells

Zelumab slows the CAR-T cells; persistence at month 3 was the same.
"""
BOLIMAB = """# Bolimab

## Contraindications

- Known hypersensitivity to bolimab; bowel perforation.

## Storage

Bolimab is kept in the blue fridge.
"""
SCORE = """# Bead score

## Points

| Item | Points |
| --- | --- |
| LDH above 1.5 x ULN | 2 |
| Ferritin above 800 | 1 |

## Groups

| Score | Group | Place |
| --- | --- | --- |
| 0-1 | low | home |
| 2-3 | high | ward |
"""


@pytest.mark.parametrize(
    ("question", "told", "section"),
    [
        ("when does ZELS normally start after the infusion?", ("day 4", "day 7"), "Course by product"),
        ("how long does ZELS last", ("6 days", "5 days"), "Course by product"),
        ("how common is severe zels", ("9%", "5%"), "Course by product"),
        ("what are the side effects of zelumab", ("Irritability",), "Mood"),
        ("does zelumab harm the cells", ("persistence at month 3 was the same",), "Cells"),
        ("what goes into the bead score", ("LDH", "Ferritin"), "Points"),
    ],
)
def test_what_is_asked_of_a_thing_is_told_first(
    tmp_path: Path, question: str, told: tuple[str, ...], section: str
) -> None:
    pages = {"zels": ZELS, "zelumab": ZELUMAB, "bolimab": BOLIMAB, "bead-score": SCORE}
    found = assistant_over(tmp_path, pages).ask(question)
    assert found.status == "answered"
    assert all(words in found.text for words in told), found.text
    assert found.citations[0].section == section


def test_whom_a_drug_is_not_for_is_no_side_effect_of_it(tmp_path: Path) -> None:
    pages = {"zels": ZELS, "zelumab": ZELUMAB, "bolimab": BOLIMAB, "bead-score": SCORE}
    assert assistant_over(tmp_path, pages).ask("side effects of bolimab").status == "not_found"
