"""What is said beside lines that speak of others than the question does."""

from pathlib import Path

import pytest

from answering.made import ask, citations, evidence, hits_of
from wardbook.answering.compose import compose
from wardbook.answering.evidence import choose
from wardbook.answering.strip import names_group, note


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
