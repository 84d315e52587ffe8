"""A regimen in the page's own words."""

import re

import pytest

from answering.made import names_of, read
from wardbook.answering.regimen_words import page_words, rows_of, situation
from wardbook.corpus.unit import units
from wardbook.dosing.reading import read_regimens

TABLE = """# Anakinra

## Dosing

| Indication | Population | Severity | Dose | Route | Interval | Maximum | Notes | Source |
|---|---|---|---|---|---|---|---|---|
| CRS | Adult | grade 3-4 | 100 mg [4] | SC | every 6 hours | 400 mg/day | off-label | [4] |
| ICANS | Child | — | 2 mg/kg | IV | every 12 hours | not stated | | [5] |
"""
PAIRS = """# Anakinra

## Dosing

### Therapeutic (Refractory CRS)

| Parameter | Recommendation |
|---|---|
| **Dose** | 100-200 mg SC every 12 hours |
| **Duration** | 3-7 days [2] |
| **Maximum** | Up to 400 mg/day |
"""
TEXT = "# Anakinra\n\n## Dosing\n\n- **Adults:** anakinra 100 mg SC once daily [3], not in sepsis.\n"


def worded(text: str) -> list[str]:
    """The words of each regimen of a page."""
    pages = {"drugs/anakinra": text}
    (document,) = read(pages)
    _, drugs = names_of(pages)
    found = read_regimens(document, drugs)
    assert found
    listed = units(document)
    own = {each.section: [one for one in listed if one.section == each.section] for each in found}
    return [page_words(each, own[each.section]) for each in found]


def test_a_row_is_worded_from_its_cells() -> None:
    first, second = worded(TABLE)
    for piece in ("CRS", "Adult", "grade 3-4", "anakinra 100 mg SC every 6 hours", "Maximum: 400 mg/day", "off-label"):
        assert piece in first
    assert first.index("CRS") < first.index("100 mg") < first.index("400 mg/day")
    assert "ICANS" in second
    assert "2 mg/kg IV every 12 hours" in second
    assert "CRS" not in second


def test_pairs_are_worded_dose_first_and_nothing_is_lost() -> None:
    (words,) = worded(PAIRS)
    assert words.startswith("Therapeutic (Refractory CRS): anakinra 100-200 mg SC every 12 hours")
    assert "Duration: 3-7 days" in words
    assert "Maximum: Up to 400 mg/day" in words


def test_a_sentence_is_given_whole_with_its_not() -> None:
    (words,) = worded(TEXT)
    assert "anakinra 100 mg SC once daily" in words
    assert "not in sepsis" in words


@pytest.mark.parametrize("text", [TABLE, PAIRS, TEXT])
def test_no_mark_of_the_page_and_no_figure_that_it_lacks(text: str) -> None:
    for words in worded(text):
        assert not re.search(r"\[\d", words)
        assert set(re.findall(r"\d+(?:\.\d+)?", words)) <= set(re.findall(r"\d+(?:\.\d+)?", text))


def test_what_a_regimen_is_for() -> None:
    (document,) = read({"drugs/anakinra": TABLE})
    _, drugs = names_of({"drugs/anakinra": TABLE})
    first, _ = read_regimens(document, drugs)
    assert situation(first) == "CRS, grade 3-4, Adult"
    assert [one.lines for one in rows_of(first, units(document))] == [first.lines]


def test_the_row_that_heads_a_row_stands_before_its_dose() -> None:
    table = "| Indication | Dose | Route |\n|---|---|---|\n"
    rows = "| **Children** | | |\n| Fever | 5 mg | IV |\n| **Adults** | | |\n| Fever | 50 mg | IV |\n"
    assert worded(f"# Anakinra\n\n## Dosing\n\n{table}{rows}") == [
        "Children, Fever: anakinra 5 mg IV",
        "Adults, Fever: anakinra 50 mg IV",
    ]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("### Children", "Children: Fever: anakinra 5 mg IV"),
        ("### Grade 3, not in renal failure", "Grade 3, not in renal failure: Fever: anakinra 5 mg IV"),
        ("### Do not give in\n\n#### Burns", "Do not give in: Fever: anakinra 5 mg IV"),
        ("### Notes", "Fever: anakinra 5 mg IV"),
    ],
)
def test_a_heading_that_tells_for_whom_or_denies_stands_before_the_dose(heading: str, words: str) -> None:
    table = "| Indication | Dose | Route |\n|---|---|---|\n| Fever | 5 mg | IV |\n"
    assert worded(f"# Anakinra\n\n## Dosing\n\n{heading}\n\n{table}") == [words]


def test_the_dose_itself_is_never_cut_off_before_its_bands() -> None:
    lines = [
        "**Low**: watch, anakinra no, fluids PO 2-3 L.",
        "**High**: anakinra 70 mg OD, 24 h before. CrCl 10-20: 30 mg OD.",
    ]
    *_, high, band = worded("# Anakinra\n\n## Prevention\n\n" + "\n".join(lines) + "\n")
    assert "70 mg OD" in high
    assert [each.count("30 mg") for each in (high, band)] == [1, 1]


def test_one_grade_is_not_put_before_a_sentence_that_goes_by_several() -> None:
    first, last = worded("# Anakinra\n\n## Rash\n\nAnakinra: grade 2: 50 mg daily; grade 3: 20 mg daily.\n")
    assert first == last
    assert first.endswith("Anakinra: grade 2: 50 mg daily; grade 3: 20 mg daily.")
    assert not first.startswith("Rash, grade")


@pytest.mark.parametrize(
    "line",
    [
        "Fever: anakinra 5 mg IV. Gout flare: anakinra 50 mg SC.",
        "Anakinra 5 mg IV; gout flare 50 mg SC.",
    ],
)
def test_a_label_inside_a_line_is_not_put_before_the_whole_of_it(line: str) -> None:
    found = worded(f"# Anakinra\n\n## Dosing\n\n{line}\n")
    assert len(found) == 2
    assert all(each.removeprefix("Dosing: ") == line for each in found)


def test_a_label_that_the_line_lacks_stands_before_it() -> None:
    assert worded("# Anakinra\n\n## Gout flare\n\nAnakinra 50 mg SC.\n") == ["Gout flare: Anakinra 50 mg SC."]


def test_that_none_is_given_stays_beside_the_name_of_the_drug() -> None:
    table = "| Grade | Anakinra | Other |\n|---|---|---|\n| 1 | none | rest |\n| 2 | 5 mg IV | - |\n"
    first, second = worded(f"# Flare\n\n## Treatment\n\n{table}")
    assert "Anakinra: none" in first
    assert "Anakinra: 5 mg IV" in second
    assert "Other" not in second
