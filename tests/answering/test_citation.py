"""Citations: the quote stands in the file now, where it is said to stand."""

from pathlib import Path

import pytest

from answering.made import citations
from wardbook.answering.citation import anchor, page_url

PAGE = """# Drug

## Dosing

Give **5 mg** once a day.

| Use | Dose |
|---|---|
| Fever | 15 mg |
| Rash | 5 mg/kg |
"""


def test_a_quote_that_stands_is_numbered_and_described(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drugs/drug": PAGE})
    assert made.cite("drugs/drug", "Dosing", (5, 5), "Give 5 mg once a day.") == 1
    assert made.cite("drugs/drug", "Dosing", (9, 9), "Fever 15 mg", "Use: Fever | Dose: 15 mg") == 2
    first = made.listed[0]
    assert (first.page, first.title, first.section, first.lines) == ("drugs/drug", "Drug", "Dosing", (5, 5))
    assert (first.evidence_level, first.last_updated) == ("Low", "2026-01-02")
    assert first.url == "/pages/drugs/drug?lines=5-5#dosing"
    assert [each.cells for each in made.listed] == ["Give 5 mg once a day.", "Use: Fever | Dose: 15 mg"]
    assert made.moved == []


def test_the_same_words_are_cited_once(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drug": PAGE})
    assert made.cite("drug", "Dosing", (5, 5), "Give 5 mg once a day.") == 1
    assert made.cite("drug", "Dosing", (5, 5), "Give 5 mg once a day.") == 1
    assert len(made.listed) == 1


@pytest.mark.parametrize("quote", ["Give 50 mg once a day.", "5 mg once a week", "", "Fever | 5 mg", "Rash 5 mg"])
def test_words_that_do_not_stand_are_not_cited(tmp_path: Path, quote: str) -> None:
    made = citations(tmp_path, {"drug": PAGE})
    assert made.cite("drug", "Dosing", (5, 10), quote) is None
    assert made.listed == []
    assert made.moved == ["drug"]


def test_words_that_moved_are_cited_where_they_stand_now(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drug": PAGE.replace("## Dosing", "A new line.\n\n## Dosing")})
    assert made.cite("drug", "Dosing", (9, 9), "Fever 15 mg") == 1
    assert made.listed[0].lines == (11, 11)
    assert made.moved == ["drug"]


def test_words_that_stand_twice_elsewhere_are_not_guessed(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drug": "# Drug\n\nNew.\n\nGive it.\n\nGive it.\n"})
    assert made.cite("drug", "", (3, 3), "Give it.") is None


def test_a_page_that_changed_its_figure_is_noticed(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drug": PAGE})
    (tmp_path / "drug.md").write_text(PAGE.replace("| 15 mg |", "| 150 mg |"), encoding="utf-8")
    assert made.cite("drug", "Dosing", (9, 9), "Fever 15 mg") is None
    assert made.moved == ["drug"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00broken"])
def test_a_page_that_is_gone_or_no_text_is_no_error(tmp_path: Path, content: bytes | None) -> None:
    made = citations(tmp_path, {"drug": PAGE})
    (tmp_path / "drug.md").unlink()
    if content:
        (tmp_path / "drug.md").write_bytes(content)
    assert made.cite("drug", "Dosing", (5, 5), "Give 5 mg once a day.") is None


def test_a_file_with_windows_line_ends_and_a_mark_at_its_head_is_the_same(tmp_path: Path) -> None:
    made = citations(tmp_path, {"drug": PAGE})
    (tmp_path / "drug.md").write_bytes(b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode())
    assert made.cite("drug", "Dosing", (5, 5), "Give 5 mg once a day.") == 1
    assert made.moved == []


def test_addresses() -> None:
    assert anchor("Dosing Regimens > Therapeutic (Refractory CRS)") == "dosing-regimens-therapeutic-refractory-crs"
    assert anchor("") == "top"
    assert page_url("a b/ü", "", (2, 3)) == "/pages/a%20b/%C3%BC?lines=2-3#top"
