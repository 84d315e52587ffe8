import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.index import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.5 mg", ["0.5", "mg"]),
        (".5 mg", ["0.5", "mg"]),
        ("0.50 mg, 5.0 mg", ["0.5", "mg", "5", "mg"]),
        ("10mg/kg", ["10", "mg", "kg"]),
        ("25-50mg", ["25", "50", "mg"]),
        ("2–4 mg", ["2", "4", "mg"]),
        ("1,600mg", ["1600", "mg"]),
        ("5 µg or 5 μg", ["5", "ug", "or", "5", "ug"]),
        ("K+ 5.5", ["k+", "k", "5.5"]),
        ("Na+, Ca2+ and HCO3", ["na+", "na", "ca2+", "ca2", "and", "hco3"]),
        ("IL-6", ["il-6", "il", "6"]),
        ("q.i.d.", ["qid"]),
        ("b.i.d. then t.i.d", ["bid", "then", "tid"]),
        (">= 5 ≥ 5 >/= 5 ⩾5", ["ge", "5", "ge", "5", "ge", "5", "ge", "5"]),
        ("<=2, < 2", ["le", "2", "lt", "2"]),
        ("β-lactam", ["beta-lactam", "beta", "lactam"]),
        ("TNF-α", ["tnf-alpha", "tnf", "alpha"]),
        ("do not give; no dose", ["do", "not", "give", "no", "dose"]),
        ("Ménière’s", ["meniere"]),
        ("CD19+ cells", ["cd19+", "cd19", "cells"]),
        ("50 %", ["50", "%"]),
        ("Ａnakinra", ["anakinra"]),
        ("", []),
    ],
)
def test_clinical_tokens(text: str, expected: list[str]) -> None:
    assert words.tokens(text) == expected


@given(st.text(st.characters(codec="ascii")))
@settings(max_examples=300)
def test_plain_text_has_the_same_tokens_beside_other_letters(text: str) -> None:
    assert words.tokens(text + " β") == [*words.tokens(text + " "), "beta"]


@settings(max_examples=200, deadline=None)
@given(st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False))
def test_a_figure_has_one_token_however_it_is_written(figure: object) -> None:
    plain = f"{figure:f}"
    shorter = plain.rstrip("0").rstrip(".")
    assert words.tokens(plain) == words.tokens(shorter)
    assert len(words.tokens(plain)) == 1


def test_question_words_are_left_out_unless_nothing_else_is_there() -> None:
    assert words.query_terms("What is the dose of anakinra?") == ["dose", "anakinra"]
    assert words.query_terms("What is it?") == ["what", "is", "it"]
    kept = words.query_terms("is it not given with no fever before or after 5 without 0.5")
    assert {"not", "no", "before", "after", "without", "5", "0.5"} <= set(kept)


def test_stems_are_sqlites_own() -> None:
    assert words.stems(["doses", "dosing", "il-6", "0.5", "k+", "pathology", "as"]) == [
        "dose", "dose", "il-6", "0.5", "k+", "patholog", "as",
    ]  # fmt: skip
    assert words.stems([]) == []


def test_a_stemmer_that_is_full_still_knows_what_it_is_asked() -> None:
    stemmer = words._Stemmer(3)
    for number in range(9):
        known = stemmer.stems(["fevers", f"{number}", f"beds{number}"])
        assert [known["fevers"], known[f"{number}"]] == [("fever",), (f"{number}",)]
        assert len(stemmer._known) <= 3
