"""An answer as words for a terminal."""

import pytest

from wardbook.answering.answer import Answer, Citation, Clarification, Conflict, Side, to_json
from wardbook.render import readable, terminal

ROW = Citation(1, "drugs/drug", "Drug", "Dosing", (4, 5), "Give [[x|this]] 5&nbsp;mg", "/pages", "Low", "2025-06-15")
BARE = Citation(2, "notes", "Notes", "", (7, 7), "Words.", "/pages")


def shown(width: int = 100, **fields: object) -> str:
    given: dict[str, object] = {"citations": (ROW, BARE)}
    return terminal(to_json(Answer("answered", "q?", "q?", "Give 5 mg. [1]", **{**given, **fields})), width)  # type: ignore[arg-type]


def test_text_then_sources_with_place_words_date_and_level() -> None:
    assert shown().split("\n") == [
        "Give 5 mg. [1]",
        "",
        "[1] Drug > Dosing, lines 4-5 (drugs/drug.md)",
        "    “Give this 5 mg”",
        "    updated 2025-06-15; evidence: Low",
        "",
        "[2] Notes, line 7 (notes.md)",
        "    “Words.”",
        "    no date on the page",
    ]


def test_what_was_understood_comes_first_and_warnings_after() -> None:
    answer = Answer("answered", "max?", "max (drug)", "Give 5 mg. [1]", warnings=("Old page.",))
    lines = terminal(to_json(answer)).split("\n")
    assert lines[0] == "Understood as: max (drug)"
    assert lines[-1] == "! Old page."


@pytest.mark.parametrize(("status", "words"), [("not_found", "Not in these pages."), ("refused", "Not a question")])
def test_a_no_says_so_in_its_first_line(status: str, words: str) -> None:
    answer = Answer(status, "q?", "q?", "The pages do not answer.")  # type: ignore[arg-type]
    assert terminal(to_json(answer)).startswith(words)


def test_options_and_disagreements_are_listed() -> None:
    found = shown(
        clarification=Clarification("Which?", ("child", "adult")),
        conflicts=(Conflict("the dose", (Side("5 mg", 1), Side("7 mg", 2))),),
    )
    assert "Which?\n  a. child\n  b. adult" in found
    assert "The pages disagree on the dose:\n  5 mg [1]\n  7 mg [2]" in found


@pytest.mark.parametrize("width", [20, 40, 79])
def test_lines_keep_to_the_width_and_no_word_is_lost(width: int) -> None:
    text = "- " + "some words of a bullet " * 12 + "[1]\n\n1. short [2]"
    lines = terminal(to_json(Answer("answered", "q?", "q?", text)), width).split("\n")
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())
    assert lines[1].startswith("  ")


def test_a_table_is_drawn_in_columns_and_keeps_its_empty_cells() -> None:
    text = "|  | a | b |\n| --- | --- | --- |\n| Onset | 60 s [1] |  |"
    drawn = terminal(to_json(Answer("answered", "q?", "q?", text)), 60)
    assert [line.split() for line in drawn.splitlines() if "─" not in line] == [["a", "b"], ["Onset", "60", "s", "[1]"]]


def test_figures_and_signs_of_a_quote_stay() -> None:
    assert readable("at [most](x.md) &gt;5 mg \\* 2 < 3") == "at most >5 mg * 2 < 3"


def test_a_quote_within_the_words_is_as_readable_as_under_them() -> None:
    text = "The page says “Give &lt;5 mg, [at](x.md) most \\>2”. [1]"
    assert terminal(to_json(Answer("answered", "q?", "q?", text))) == "The page says “Give <5 mg, at most >2”. [1]"
