"""Answers that have a place of their own: a page's date and level, the entry of a reference list."""

from pathlib import Path

import pytest

from answering.made import ask, citations, evidence, hit, hits_of, terms, unit
from wardbook.answering.evidence import SectionHit
from wardbook.answering.special import (
    asked_page,
    asks_rating,
    asks_review,
    asks_writer,
    entries,
    is_reference_section,
    page_facts,
    sources_told,
    titled_so,
    word_entries,
)

PAGE = """# Anakinra

Helps in fever [2]. Not in rash [1].

## Key References

1. Smith A. Rash. J Made Up 2020. DOI: [10.9/a(1)b](https://doi.org/10.9/a(1)b)
2. Jones B. Fever. J Made Up 2021.

---

**Evidence Level:** Low (one arm)

**Last Updated:** 2025-06-15
"""


def nowhere(_page: str, _line: int) -> str:
    return ""


def test_the_page_tells_its_date_and_level_in_its_own_words(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drugs/anakinra": PAGE})
    lines = page_facts("how old is this page?", "drugs/anakinra", made, lambda _, line: f"Part {line}").splitlines()
    assert sorted(line.partition(" [")[0] for line in lines) == [
        "- Anakinra: Evidence Level: Low (one arm)",
        "- Anakinra: Last Updated: 2025-06-15",
    ]
    assert {(each.section, each.lines) for each in made.listed} == {("Part 12", (12, 12)), ("Part 14", (14, 14))}


def test_what_is_asked_of_a_page_comes_first(tmp_path: Path) -> None:
    def first(question: str) -> str:
        made = citations(tmp_path, {"drugs/anakinra": PAGE})
        return page_facts(question, "drugs/anakinra", made, nowhere).splitlines()[0]

    assert "Evidence Level" in first("evidence level?")
    assert "Last Updated" in first("how old is this page?")


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("> **Status:** Active | **Version:** 2.0 | **Last Updated:** 2026-02-07\n", "Last Updated: 2026-02-07"),
        ("---\nlast_updated: 2026-02-07\nevidence_level: High\n---\n", "last_updated: 2026-02-07"),
        ("Last reviewed: May 2024\n", "Last reviewed: May 2024"),
    ],
)
def test_wherever_people_write_it(tmp_path: Path, head: str, words: str) -> None:
    text = f"{head}\n# Anakinra\n\nHelps.\n"
    assert words in page_facts(
        "how old is this page?", "drugs/anakinra", citations(tmp_path, {"drugs/anakinra": text}), nowhere
    )


@pytest.mark.parametrize("line", ["*Authors: A. Made, MD*", "Written by the made-up pharmacists.", "owner:: A. Made"])
def test_who_wrote_a_page_is_told_in_its_own_words_or_not_at_all(tmp_path: Path, line: str) -> None:
    def told(text: str, question: str = "who wrote that anakinra in CRS") -> str:
        return page_facts(question, "drugs/anakinra", citations(tmp_path, {"drugs/anakinra": text}), nowhere)

    assert told(f"# Anakinra\n\n{line}\n").partition(" [")[0] == f"- Anakinra: {line.strip('*')}"
    assert told(PAGE) == ""
    assert asks_writer("who wrote this page?")
    assert not asks_writer("who wrote that trial?")


def test_a_page_that_tells_nothing_of_itself_gives_nothing(tmp_path: Path) -> None:
    text = "# Anakinra\n\nThe status of the patient and the updated dose.\n"
    assert page_facts("", "drugs/anakinra", citations(tmp_path, {"drugs/anakinra": text}), nowhere) == ""


def test_the_page_that_is_named_is_meant() -> None:
    found = [hit(unit("x"), page="events/crs", title="CRS")]

    def page(question: str, found: list[SectionHit] = found) -> str | None:
        return asked_page(ask(question), found, terms(question))

    assert page("how old is the Anakinra page?") == "drugs/anakinra"
    assert page("how old is this page?") == "events/crs"
    assert page("how old is this page?", []) is None


def test_a_page_that_is_on_something_else_is_not_meant() -> None:
    found = [hit(unit("x"), page="a/weather", title="Weather"), hit(unit("x"), page="b/tides", title="Spring tides")]

    def page(question: str) -> str | None:
        return asked_page(ask(question), found, terms(question))

    assert page("when was the tides page last updated") == "b/tides"
    assert page("when was the chocolate page last updated") is None


def test_the_entries_that_name_more_of_what_is_asked_come_first_and_none_twice() -> None:
    words = ("Anakinra at sea. 2019.", "Anakinra: a consensus on the tides. 2020.", "Anakinra at sea. 2019.")
    listed = [(f"page{at}", unit(each)) for at, each in enumerate(words)]
    asked = terms("anakinra tides consensus paper")
    found = titled_so(listed, asked[:1], asked)
    assert [(page, one.text) for page, one in found] == [("page1", words[1]), ("page0", words[0])]


def test_the_entry_that_a_statement_points_to(tmp_path: Path) -> None:
    sections = hits_of({"drugs/anakinra": PAGE})
    body = next(each for each in sections if not each.section)
    listed = [("drugs/anakinra", one) for each in sections if "References" in each.section for one in each.units]
    fever = next(at for at, one in enumerate(body.units) if "fever" in one.text)
    found = entries([evidence(body, fever)], listed)
    assert [one.number for _, one in found] == ["2"]
    made = citations(tmp_path, {"drugs/anakinra": PAGE})
    assert word_entries(found, made).startswith("Jones B. Fever.")
    assert (made.listed[0].section, made.listed[0].lines) == ("Key References", (8, 8))
    assert entries([evidence(body, fever)], []) == []


def test_an_entry_of_another_page_with_the_same_number_is_not_meant() -> None:
    (section,) = hits_of({"drugs/anakinra": "# Anakinra\n\nHelps in fever [2].\n"})
    other = unit("Other. 2019.", number="2")
    assert entries([evidence(section)], [("events/crs", other)]) == []


@pytest.mark.parametrize(
    ("section", "lists"),
    [("Key References", True), ("Evidence > Bibliography", True), ("References > Notes", False), ("Dosing", False)],
)
def test_a_reference_section_is_known_by_its_heading(section: str, lists: bool) -> None:
    assert is_reference_section(section) == lists


@pytest.mark.parametrize(
    ("question", "rates"),
    [
        ("how solid is what you say about beads", True),
        ("how sure are the things you say about beads", True),
        ("how solid is the bead", False),
    ],
)
def test_how_sure_a_page_is_may_be_asked_of_what_it_says(question: str, rates: bool) -> None:
    assert asks_rating(question) is rates


def test_a_page_is_dated_by_whatever_it_calls_its_date(tmp_path: Path) -> None:
    pages = {
        "front": "---\nreviewed: 2024-11-12\nevidence: cohorts, level C\n---\n# Front\n\nHelps.\n",
        "signed": "# Signed\n\nA. Birch, v2, May 2023. For all wards.\n\n## Use\n\nSince March 2021 once daily.\n",
        "touched": "# Touched\n\nlast touched: 17.09.24 (A. B.)\n",
        "undated": "# Undated\n\nHelps.\n\n## Use\n\nSince March 2021 once daily.\n",
    }
    made = citations(tmp_path, pages)
    asked = "when was this page last looked over?"
    assert "2024-11-12" in page_facts(asked, "front", made, nowhere)
    assert "level C" in page_facts("how good is the evidence behind this page", "front", made, nowhere)
    assert "May 2023" in page_facts(asked, "signed", made, nowhere)
    assert "17.09.24" in page_facts(asked, "touched", made, nowhere)
    assert page_facts(asked, "undated", made, nowhere) == ""


def test_when_a_guideline_must_be_revised_is_its_next_review(tmp_path: Path) -> None:
    made = citations(tmp_path, {"a": "# A\n\nDoc. 4   Date ratified: 11/09/2024   Review date: 11/09/2027\n\nHelps.\n"})
    asked = "by when must the zelumab guideline be revised"
    assert asks_review(asked)
    assert "Review date: 11/09/2027" in page_facts(asked, "a", made, nowhere)
    assert not asks_review("when must the zelumab dose be reviewed")


def test_what_a_page_rests_on_is_told_by_its_own_line(tmp_path: Path) -> None:
    made = citations(
        tmp_path, {"a": "# A\n\nHelps.\n\nRefs: Birch 2019; larch guideline 2022.\n", "b": "# B\n\nHelps.\n"}
    )
    assert "larch guideline 2022" in sources_told("guideline sources for the schedule", "a", made, nowhere)
    assert sources_told("which trial showed that", "a", made, nowhere) == ""
    assert sources_told("guideline sources for the schedule", "b", made, nowhere) == ""
