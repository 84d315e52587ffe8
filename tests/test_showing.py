"""A page or a section as it stands in its file."""

from pathlib import Path

import pytest

from wardbook.errors import CorpusError, QuestionError
from wardbook.showing import find_page, show_page

PAGE = "# Drug\n\nAbove.\n\n## Dosing\n\n### Children\n\n| a | b |\n|---|---|\n\n## Safety\n\nNone.\n".replace(
    "\n", "\r\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "drugs").mkdir()
    (tmp_path / "drugs" / "drug.md").write_bytes(PAGE.encode())
    (tmp_path / "other.MD").write_text("# Other\n\nWords.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("wanted", ["drugs/drug", "drug", "Drug", "drugs/drug.md", "DRUGS/DRUG"])
def test_a_page_is_found_by_its_id_its_file_or_its_end(corpus: Path, wanted: str) -> None:
    assert find_page(corpus, wanted).id == "drugs/drug"


def test_a_page_is_shown_whole(corpus: Path) -> None:
    shown = show_page(corpus, "drug", None)
    assert (shown["page"], shown["title"], shown["section"]) == ("drugs/drug", "Drug", None)
    assert shown["text"].split("\n")[8] == "| a | b |"
    assert shown["lines"] == [1, len(shown["text"].split("\n"))]
    assert show_page(corpus, "other", None)["title"] == "Other"


def test_a_page_without_sections_says_that_it_has_none(corpus: Path) -> None:
    with pytest.raises(QuestionError, match="it has none: leave the section out"):
        show_page(corpus, "other", "Dosing")


@pytest.mark.parametrize("section", ["Dosing > Children", "children", "DOSING > children"])
def test_a_section_is_found_by_its_id_or_its_heading(corpus: Path, section: str) -> None:
    shown = show_page(corpus, "drug", section)
    assert (shown["section"], shown["lines"]) == ("Dosing > Children", [7, 11])
    assert shown["text"].split("\n")[0] == "### Children"


def test_what_is_not_there_is_said_with_what_is(corpus: Path) -> None:
    with pytest.raises(QuestionError) as refusal:
        show_page(corpus, "drug", "Nope")
    assert "Dosing > Children; Safety" in str(refusal.value)
    with pytest.raises(QuestionError) as refusal:
        show_page(corpus, "dru", None)
    assert "drugs/drug" in str(refusal.value)
    with pytest.raises(QuestionError):
        show_page(corpus, "../" + corpus.name + "/drugs/drug", None)
    with pytest.raises(CorpusError):
        show_page(corpus / "none", "drug", None)
