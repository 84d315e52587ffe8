"""What a thing is, is told by the line that says it and by no table of its grades."""

from pathlib import Path

import pytest

from real_index import assistant_over

INDEX = """# Index of the unit

## Abbreviations

| Short | Long |
| --- | --- |
| ZELS | Zonal effector-linked swelling |
| BOLS | Bead overload liver syndrome |

## Phones

- BOLS nurse: bleep 12
"""
ZELS = """# ZELS

**Last Updated:** 2026-01-01

## What we mean by it

Beads meet B cells in the organ. Painful swelling of an organ that was inflamed before.

## Grading

| Grade | ZELS of the skin |
| --- | --- |
| 1 | rash, no limit |
| 2 | limits work |
| 3 | limits self-care |

## Management

- ZELS grade 1: watch.
- Do not restart drugs for ZELS; a flare of ZELS has other signs.
- ZELS check twice weekly.
"""
ZELUMAB = """# Zelumab

Zelumab binds IL-99 itself, not its receptor.

## Place in therapy

Second line in ZELS after bolimab. Also used when bolimab is out of stock.

## Dosing

Zelumab 3 mg/kg IV once for ZELS.

## Cautions

- Zelumab: not used in ZELS of the eye.
"""


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("what is ZELS", ("Zonal effector-linked swelling", "swelling of an organ"), "limits work"),
        ("what does zels stand for", ("Zonal effector-linked swelling",), "twice weekly"),
        ("bols meaning", ("Bead overload liver syndrome",), "bleep"),
        ("what is zelumab", ("binds IL-99 itself",), "3 mg/kg"),
        ("zelumab what is it for", ("Second line in ZELS", "out of stock"), "eye"),
        ("when do we use zelumab", ("Second line in ZELS",), "3 mg/kg"),
    ],
)
def test_what_a_thing_is_is_told_by_the_line_that_says_it(
    tmp_path: Path, question: str, told: tuple[str, ...], untold: str
) -> None:
    found = assistant_over(tmp_path, {"index": INDEX, "zels": ZELS, "zelumab": ZELUMAB}).ask(question)
    assert found.status == "answered"
    assert all(words in found.text for words in told), found.text
    assert untold not in found.text


def test_what_no_line_says_is_not_made_up(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"index": INDEX, "zels": ZELS, "zelumab": ZELUMAB}).ask
    assert ask("what is quorbinase").status == "not_found"
    assert ask("what does QRX stand for").status == "not_found"


SCORE = """# ZONX

Drowsiness after beads.

## ZON score (10 points)

Score it every 6 hours. Use the patient's own language.

| Item | Ask | Points |
| --- | --- | --- |
| Colours | two colours | 4 |
| Rivers | three rivers | 3 |
| Following | follow a finger | 3 |

## Bloods

- film, LDH weekly (TQM)
- Weeks to quiet months after beads.
"""


@pytest.mark.parametrize("question", ["what is zon score", "what is the ZON"])
def test_a_score_is_its_items(tmp_path: Path, question: str) -> None:
    text = assistant_over(tmp_path, {"zonx": SCORE}).ask(question).text
    assert "Colours" in text
    assert "Following" in text
    assert "every 6 hours" not in text


def test_letters_that_no_page_writes_out_are_not_made_up(tmp_path: Path) -> None:
    """Words that happen to begin with them, one of place or time among them, are not what they stand for."""
    answer = assistant_over(tmp_path, {"zonx": SCORE}).ask("tqm meaning")
    assert answer.status == "not_found"


@pytest.mark.parametrize("question", ["zels meaning", "what does ZELS stand for"])
def test_letters_that_a_page_writes_out_are_told(tmp_path: Path, question: str) -> None:
    assert "Zonal effector" in assistant_over(tmp_path, {"index": INDEX, "zels": ZELS}).ask(question).text


def test_two_names_of_one_thing_are_told_by_the_line_that_has_both(tmp_path: Path) -> None:
    page = """---
aliases: [KEFS]
---
# Zonal swelling (ZELS)

## Overview

Zonal swelling (ZELS) is a swelling of an organ. This page was filed as KEFS; the papers write ZELS.

## Management

- KEFS grade 1: watch.
"""
    found = assistant_over(tmp_path, {"zels": page}).ask("KEFS vs ZELS, same?")
    assert found.status == "answered"
    assert "filed as KEFS; the papers write ZELS" in found.text
    assert "watch" not in found.text


@pytest.mark.parametrize("question", ["why do we give the zinc bath, what is it good for", "why the zinc bath"])
def test_why_is_told_by_the_lines_under_how_it_acts(tmp_path: Path, question: str) -> None:
    page = """# Zinc bath

## Overview

The zinc bath is short and is given on three days before the beads.

## Doses

- Zinc bath: 9 minutes.

## Mechanism

It makes room in the marrow for the beads to settle.
"""
    assert "makes room in the marrow" in assistant_over(tmp_path, {"bath": page}).ask(question).text


def test_why_sources_differ_is_told_by_no_mechanism(tmp_path: Path) -> None:
    page = """# Zinc bath

## Sources

Bath time in ZELS: one source says 9 minutes, another says 5; the sources differ in whom they counted.

## Mechanism

It makes room in the marrow for the beads to settle.
"""
    text = assistant_over(tmp_path, {"bath": page}).ask("zinc bath in ZELS, why do the sources differ").text
    assert "makes room" not in text
