"""What is said beside lines that speak of others than the question does."""

from datetime import date
from pathlib import Path

import pytest

from answering.made import ask, citations, evidence, hits_of
from wardbook.answering.answer import Citation
from wardbook.answering.compose import compose
from wardbook.answering.evidence import choose
from wardbook.answering.strip import names_group, note, of_pages


@pytest.mark.parametrize(
    ("question", "line", "said"),
    [
        ("anakinra in children?", "Adults rest a day.", "about adults, not children"),
        ("anakinra in adults?", "Children rest a day.", "about children, not adults"),
        ("anakinra in children?", "Adults and children rest a day.", ""),
        ("anakinra in children?", "Rest a day.", ""),
        ("anakinra in pregnancy?", "Rest a day.", "says nothing of pregnancy"),
        ("anakinra in pregnancy?", "Not in the first trimester.", ""),
        ("anakinra in renal failure?", "Rest a day.", "says nothing of renal impairment"),
        ("anakinra in renal failure?", "Halve it at CrCl 30.", ""),
        ("does anakinra help?", "Mice lived longer.", "from animals or the laboratory, not from patients"),
        ("does anakinra help mice?", "Mice lived longer.", ""),
        ("anakinra in lupus?", "Rest a day.", "not about autoimmune disease"),
        ("anakinra in lupus?", "Rest a day in SLE.", ""),
        ("anakinra?", "Rest a day.", ""),
    ],
)
def test_what_differs_is_said(question: str, line: str, said: str) -> None:
    pages = {"drugs/anakinra": f"# Anakinra\n\n## Use\n\n{line}\n"}
    found = [evidence(each) for each in hits_of(pages) if each.units]
    assert note(ask(question), found[0]) == said


def test_headings_tell_of_whom_the_lines_speak() -> None:
    pages = {"drugs/anakinra": "# Anakinra\n\n## Adults\n\nRest a day.\n\n## Children\n\nRest two.\n"}
    found = [evidence(each) for each in hits_of(pages) if each.units]
    assert [note(ask("anakinra in children?"), each) for each in found] == ["about adults, not children", ""]


def test_it_stands_once_beside_the_statement_and_before_its_marker(tmp_path: Path) -> None:
    pages = {"drugs/anakinra": "# Anakinra\n\n## Use\n\nMice lived longer on anakinra.\n\nSo did rats on it.\n"}
    found = [evidence(each, at) for each in hits_of(pages) for at in range(len(each.units))]
    text = compose(choose(ask("does anakinra help?"), found), citations(tmp_path, pages))
    assert text.count("not from patients") == 1
    assert "not from patients) [1]" in text


@pytest.mark.parametrize(
    ("words", "named"), [("pregnancy", True), ("children", True), ("dialysis", True), ("fever", False)]
)
def test_groups_of_patients_are_known(words: str, named: bool) -> None:
    assert names_group(words) is named


def of_page(updated: str | None, level: str | None) -> Citation:
    return Citation(1, "a", "A", "", (1, 1), "words", "/pages/a", level, updated)


@pytest.mark.parametrize(
    ("updated", "months"),
    [("2024-06-15", 24), ("2024-06-16", None), ("2024-05", 25), ("2024-07", None), (None, None), ("soon", None)],
)
def test_a_page_older_than_so_many_months_is_said_to_be(updated: str | None, months: int | None) -> None:
    said = of_pages([of_page(updated, None)] * 2, date(2026, 6, 15), 23)
    assert said == ((f"A was last updated on {updated}, {months} months ago.",) if months else ())


@pytest.mark.parametrize(
    ("level", "low"),
    [
        ("Low", True),
        ("Very low (case reports)", True),
        ("Expert opinion", True),
        ("High", False),
        ("Not low", False),
        ("High for treatment; low for prophylaxis", False),
        ("Low to moderate", True),
        ("Moderate", False),
        (None, False),
    ],
)
def test_a_page_that_calls_its_evidence_low_is_said_to(level: str | None, low: bool) -> None:
    said = of_pages([of_page(None, level)], date(2026, 6, 15), 24)
    assert said == ((f"A calls its own evidence: {level}.",) if low else ())
