import random
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wardbook.index import words

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


@pytest.fixture
def pages() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(words.SCHEMA)
    yield connection
    connection.close()


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


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
@example("\0")
@example("\ud800 K+")
@example("ﷺ" * 50)
def test_any_text_is_found_by_its_own_words(text: str) -> None:
    tokens = words.tokens(text)
    assert all(token and not set(token) & set(' "\0\t\n') for token in tokens)
    connection = sqlite3.connect(":memory:")
    connection.execute(words.SCHEMA)
    words.add(connection, [(7, "", "", text)])
    for token in tokens:
        if token.isascii():
            assert [passage for passage, _ in words.search(connection, token, 1)] == [7], token
    connection.close()


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


def test_a_page_is_found_by_other_spellings_of_what_it_says(pages: sqlite3.Connection) -> None:
    texts = [
        "Potassium K+ above 5.5 mmol/L",
        "Give 10mg/kg q.i.d.",
        "IL-6 blockade",
        "β-lactams",
        "doses of .5 mg",
        "hold if platelets ≥ 50",
    ]
    words.add(pages, [(at, "", "", text) for at, text in enumerate(texts, 1)])
    queries = ["K+", "10 mg qid", "il 6", "beta-lactam", "dose 0.5", ">= 50"]
    for at, query in enumerate(queries, 1):
        assert words.search(pages, query, 1)[0][0] == at, query


def test_titles_and_headings_weigh_more_than_text(pages: sqlite3.Connection) -> None:
    filler = "words that stand here to fill the page and say nothing of it"
    words.add(
        pages, [(1, "Other", "", f"anakinra {filler}"), (2, "Other", "Anakinra", filler), (3, "Anakinra", "", filler)]
    )
    words.add(pages, [(at, "Other", "", filler) for at in range(4, 30)])
    assert [passage for passage, _ in words.search(pages, "anakinra", 9)] == [3, 2, 1]


def test_scores_are_above_zero_and_fall(pages: sqlite3.Connection) -> None:
    words.add(pages, [(at, "", "", "dose " * at) for at in range(1, 9)])
    scores = [score for _, score in words.search(pages, "dose", 5)]
    assert len(scores) == 5
    assert all(score > 0 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_question_words_are_left_out_unless_nothing_else_is_there() -> None:
    assert words.query_terms("What is the dose of anakinra?") == ["dose", "anakinra"]
    assert words.query_terms("What is it?") == ["what", "is", "it"]
    kept = words.query_terms("is it not given with no fever before or after 5 without 0.5")
    assert {"not", "no", "before", "after", "without", "5", "0.5"} <= set(kept)


def test_a_removed_passage_is_not_found(pages: sqlite3.Connection) -> None:
    words.add(pages, [(1, "a", "b", "anakinra"), (2, "a", "b", "anakinra")])
    words.remove(pages, [1])
    assert [passage for passage, _ in words.search(pages, "anakinra", 5)] == [2]


def hostile(rng: random.Random) -> str:
    pieces = [
        '"', "'", "*", "(", ")", ":", "^", "-", "+", "{", "}", "AND", "OR", "NOT", "NEAR(", "title:", "\0", "\ud800",
        "; DROP TABLE words", "--", "/*", "%", "\\", "\u202e", "\u200b", "𝟓", "é", "ß", "İ", "1e9", ".", "..5", "5..",
        "+-", "k+", "\udfff",
    ]  # fmt: skip
    return (
        " ".join(rng.choices(pieces, k=rng.randint(1, 12))) if rng.random() < 0.5 else "".join(rng.choices(pieces, k=9))
    )


def test_five_thousand_hostile_queries_raise_nothing(pages: sqlite3.Connection) -> None:
    words.add(pages, [(1, "K+", "Dose", "5 mg not given")])
    rng = random.Random(0)
    for _ in range(5000):
        words.search(pages, hostile(rng), 5)


def test_very_long_queries_raise_nothing(pages: sqlite3.Connection) -> None:
    words.add(pages, [(1, "K+", "Dose", "5 mg not given")])
    for query in (
        "a" * 50_000,
        "dose " * 10_000,
        " ".join(map(str, range(10_000))),
        "-" * 50_000,
        "a-" * 25_000,
        "q." * 25_000,
    ):
        words.search(pages, query, 5)
    assert words.search(pages, "dose " * 10_000, 5)


def test_hostile_pages_are_indexed(pages: sqlite3.Connection) -> None:
    rng = random.Random(1)
    texts = [hostile(rng) for _ in range(300)]
    words.add(pages, [(at, text, text, text) for at, text in enumerate(texts, 1)])
    assert pages.execute("SELECT count(*) FROM words").fetchone() == (300,)
