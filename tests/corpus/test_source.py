"""Quotes: what stands in the file, no word more."""

import pytest

from wardbook.corpus.source import quoted, stands


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("**Give** _5 mg_ `once`", "Give 5 mg once"),
        ("2*10^6 and 10**6", "2*10^6 and 10**6"),
        ("a | x \\| y | [[p|w]]", "a x \\| y [[p|w]]"),
        ("<b>5</b> mg<br>daily", "5 mg daily"),
        ("10<sup>6</sup>/kg H<sub>2</sub>O", "10<sup>6</sup>/kg H2O"),
        ("then taper<sup>a</sup>, 20 mg<sup>1</sup>, mg/m<sup>2</sup>", "then taper a, 20 mg 1, mg/m2"),
        ("<del>5</del> 6 mg", "<del>5</del> 6 mg"),
        ("Hb <baseline and weight >75 kg", "Hb <baseline and weight >75 kg"),
        ("a<!-- not this --> b", "a b"),
        ("snake_case_name &lt;5 \\> 6", "snake_case_name &lt;5 \\> 6"),
    ],
)
def test_quotes(source: str, quote: str) -> None:
    assert quoted(source) == quote
    assert quoted(quote) == quote
    assert stands(quote, source)


def test_marks_of_lines_are_no_words_but_signs_and_figures_are() -> None:
    lines = "- **5 mg**\n- once\n> 6 mg\n> words\n10. Then"
    assert quoted(lines) == "5 mg once > 6 mg words 10. Then"
    assert quoted("1. Give") == "Give"
    assert quoted(">75 kg: 5 mg", marks=False) == ">75 kg: 5 mg"


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("5 mg daily", "Give **5 mg** daily."),
        ("5 mg daily", "| 5 mg | daily |"),
        ("5 mg daily", "> 5 mg\n> daily"),
        ("ANC > 500", "ANC\n> 500"),
        ("give if > 500", "> give if\n> > 500"),
        (">75 kg: 5 mg", "- >75 kg: 5 mg"),
        ("5 mg", "take (5 mg), then"),
        ("one two", "- one\n  two"),
    ],
)
def test_what_stands(quote: str, source: str) -> None:
    assert stands(quote, source)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("5 mg daily", "15 mg daily"),
        ("5 mg daily", "0.5 mg daily"),
        ("5 mg daily", "1,5 mg daily"),
        ("5 mg", "5 mg/kg"),
        ("max 1", "max 1.5 mg"),
        ("max 1", "max 1,000 mg"),
        ("5 mg", "5 mgs"),
        ("50 mg", "5 0 mg"),
        ("ANC > 500", "ANC 500"),
        ("ANC > 500", "ANC < 500"),
        ("", "anything"),
        ("**", "anything"),
    ],
)
def test_what_does_not_stand(quote: str, source: str) -> None:
    assert not stands(quote, source)
