"""What letters stand for is told by a title or a heading, where these alone tell it."""

from pathlib import Path

import pytest

from real_index import assistant_over

PAGES = {
    "glow": "---\ntitle: GLS\n---\n# GLS (glow lamp syndrome)\n\n## Treatment\nZelumab does not help GLS.\n",
    "quick": "# Scores\n\n## Quick bedside score (QBS)\n\nTaken at night. QBS of 3 or more: call.\n",
    "other": "# VOM\n\n## Who\nVOM (see the list) is rare.\n",
}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what does GLS stand for", "GLS: glow lamp syndrome"),
        ("whats qbs stand for", "QBS: Quick bedside score"),
        ("qbs = ?", "QBS: Quick bedside score"),
    ],
)
def test_letters_are_told_by_the_heading_that_writes_them_out(tmp_path: Path, question: str, told: str) -> None:
    answer = assistant_over(tmp_path, PAGES).ask(question)
    assert answer.status == "answered"
    assert told in answer.text
    assert answer.citations[0].quote.endswith(")")


def test_a_bracket_that_says_something_else_is_no_long_form(tmp_path: Path) -> None:
    assert "VOM: see the list" not in assistant_over(tmp_path, PAGES).ask("what does VOM stand for").text


def test_a_title_that_writes_a_word_out_tells_its_letters(tmp_path: Path) -> None:
    pages = {"lb": "# Lumibloom (LB)\n\n## Before\nThe last LB dose is on day 3.\n"}
    assert "LB: Lumibloom" in assistant_over(tmp_path, pages).ask("what does LB mean").text


def test_what_a_thing_is_begins_with_the_title_that_has_its_letters(tmp_path: Path) -> None:
    pages = {"vox": "# Lamp-like disease after glow (VOX)\n\nVOX is a rise of lamps that comes late.\n"}
    text = assistant_over(tmp_path, pages).ask("what is VOX").text
    assert text.splitlines()[0].startswith("- VOX: Lamp-like disease after glow [1]")
    assert "rise of lamps" in text
