"""What a page says of itself, wherever people write it, and nothing that it does not say."""

import pytest
from reading_aids import odd, page

from wardbook.corpus.document import Metadata
from wardbook.corpus.metadata import iso_date


def test_front_matter_as_its_words() -> None:
    document = odd("front_matter")
    assert (document.title, document.title_from) == ("Drug: a", "front matter")
    assert document.metadata == Metadata("Moderate", "2025-06-15", "1.10", None, "drug", ("first", "second, third"), ())


def test_a_rule_at_the_head_of_a_page_is_no_front_matter() -> None:
    document = odd("front_matter_none")
    assert [section.id for section in document.sections] == ["", "Dosing"]
    assert document.sections[0].blocks[0].text == "A page may begin with a rule."


def test_bold_lines_at_the_end() -> None:
    found = odd("footer").metadata
    assert (found.evidence_level, found.last_updated) == ("Moderate (Phase II | small)", "2025-06-15")
    assert found.see_also == ("one", "folder/two", "../three.md")


def test_a_block_quote_at_the_top() -> None:
    found = odd("quote_metadata").metadata
    assert (found.status, found.version, found.last_updated) == ("Active", "2.0", "2026-02-07")


def test_an_italic_review_line_and_a_list_of_pages() -> None:
    found = odd("review_line").metadata
    assert (found.last_updated, found.see_also) == ("2025-03-03", ("one", "two#Dosing"))


def test_a_list_under_a_bold_see_also() -> None:
    assert page("# P\n\nWords.\n\n**See also:**\n\n- [[a]]\n- [[b]]\n").metadata.see_also == ("a", "b")


def test_absent_means_absent() -> None:
    assert odd("no_metadata").metadata == Metadata()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-06-15", "2025-06-15"),
        ("15 June 2025", "2025-06-15"),
        ("June 15th, 2025", "2025-06-15"),
        ("Sept 2025", "2025-09"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("04/05/2025", None),
        ("2025-02-30", None),
        ("soon", None),
    ],
)
def test_dates(words: str, day: str | None) -> None:
    assert iso_date(words) == day


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: [", "p.md:2: front matter is not YAML"),
        ("title: a: b: c", "p.md:2: front matter is not YAML"),
        ("a: " + "[" * 1200, "p.md:1: front matter is nested too deeply"),
        ("a: " + "x" * 70_000, "p.md:1: front matter has more than 65,536 characters"),
    ],
)
def test_front_matter_that_cannot_be_read_is_named_and_the_page_goes_on(front: str, reason: str) -> None:
    from wardbook.corpus.reading import read_document

    warnings: list[str] = []
    document = read_document(f"---\n{front}\n---\n# T\n\n5 mg\n".encode(), "p", warnings)
    assert document.title == "T"
    assert len(warnings) == 1 and warnings[0].startswith(reason) and warnings[0].endswith("mend or remove it")


def test_aliases_that_would_expand_without_end_are_harmless() -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]" for at in range(1, 30)]
    document = page("---\n" + "\n".join(bomb) + "\nstatus: *a29\naliases: *a29\n---\nWords.\n")
    assert document.metadata == Metadata()


def test_a_page_may_ask_not_to_be_searched() -> None:
    assert not page("---\nsearch:\n  exclude: true\n---\nWords.\n").searchable
    assert page("---\nsearch:\n  exclude: false\n---\nWords.\n").searchable
