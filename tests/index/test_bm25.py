import random
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wardbook.index import words
from wardbook.index.bm25 import Row, Searcher, Writer
from wardbook.index.store import SCHEMA

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


def add(connection: sqlite3.Connection, rows: list[Row]) -> None:
    writer = Writer(connection)
    writer.add(rows)
    writer.flush()


def search(connection: sqlite3.Connection, text: str, k: int) -> list[tuple[int, float]]:
    return Searcher(connection).search(text, k)


def empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for statement in SCHEMA:
        connection.execute(statement)
    return connection


@pytest.fixture
def pages() -> Iterator[sqlite3.Connection]:
    connection = empty()
    yield connection
    connection.close()


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
@example("\0")
@example("\ud800 K+")
@example("ﷺ" * 50)
def test_any_text_is_found_by_its_own_words(text: str) -> None:
    tokens = words.tokens(text)
    assert all(token and not set(token) & set(' "\0\t\n') for token in tokens)
    connection = empty()
    add(connection, [(7, "", "", text)])
    for token in tokens:
        if token.isascii():
            assert [passage for passage, _ in search(connection, token, 1)] == [7], token
    connection.close()


def test_a_page_is_found_by_other_spellings_of_what_it_says(pages: sqlite3.Connection) -> None:
    texts = [
        "Potassium K+ above 5.5 mmol/L",
        "Give 10mg/kg q.i.d.",
        "IL-6 blockade",
        "β-lactams",
        "doses of .5 mg",
        "hold if platelets ≥ 50",
    ]
    add(pages, [(at, "", "", text) for at, text in enumerate(texts, 1)])
    queries = ["K+", "10 mg qid", "il 6", "beta-lactam", "dose 0.5", ">= 50"]
    for at, query in enumerate(queries, 1):
        assert search(pages, query, 1)[0][0] == at, query


def test_titles_and_headings_weigh_more_than_text(pages: sqlite3.Connection) -> None:
    filler = "words that stand here to fill the page and say nothing of it"
    add(pages, [(1, "Other", "", f"anakinra {filler}"), (2, "Other", "Anakinra", filler), (3, "Anakinra", "", filler)])
    add(pages, [(at, "Other", "", filler) for at in range(4, 30)])
    assert [passage for passage, _ in search(pages, "anakinra", 9)] == [3, 2, 1]


def test_scores_are_above_zero_and_fall(pages: sqlite3.Connection) -> None:
    add(pages, [(at, "", "", "dose " * at) for at in range(1, 9)])
    scores = [score for _, score in search(pages, "dose", 5)]
    assert len(scores) == 5
    assert all(score > 0 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_a_removed_passage_is_not_found(pages: sqlite3.Connection) -> None:
    add(pages, [(1, "a", "b", "anakinra"), (2, "a", "b", "anakinra")])
    writer = Writer(pages)
    writer.remove([(1, "a", "b", "anakinra")])
    writer.add([(3, "a", "", "other words")])
    writer.flush()
    assert [passage for passage, _ in search(pages, "anakinra", 5)] == [2]
    assert [passage for passage, _ in search(pages, "a", 5)] == [2, 3]
    assert pages.execute("SELECT count FROM words WHERE stem = 'b'").fetchone() == (1,)


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
    add(pages, [(1, "K+", "Dose", "5 mg not given")])
    rng, searcher = random.Random(0), Searcher(pages)
    for _ in range(5000):
        searcher.search(hostile(rng), 5)


def test_very_long_queries_raise_nothing(pages: sqlite3.Connection) -> None:
    add(pages, [(1, "K+", "Dose", "5 mg not given")])
    for query in (
        "a" * 50_000,
        "dose " * 10_000,
        " ".join(map(str, range(10_000))),
        "-" * 50_000,
        "a-" * 25_000,
        "q." * 25_000,
    ):
        search(pages, query, 5)
    assert search(pages, "dose " * 10_000, 5)


def test_hostile_pages_are_indexed(pages: sqlite3.Connection) -> None:
    rng = random.Random(1)
    texts = [hostile(rng) for _ in range(300)]
    add(pages, [(at, text, text, text) for at, text in enumerate(texts, 1)])
    (lengths,) = pages.execute("SELECT lengths FROM word_lengths").fetchone()
    assert len(lengths) == 4 * 300


WORDS = st.sampled_from("dose doses anakinra il-6 0.5 mg not grade severe k+ pathology given giving study % as".split())
FIELD = st.lists(WORDS, max_size=12).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=12), FIELD, st.integers(1, 12))
def test_scores_are_those_of_sqlites_own_full_text_search(
    passages: list[tuple[str, str, str]], query: str, k: int
) -> None:
    connection = empty()
    add(connection, [(at, *fields) for at, fields in enumerate(passages, 1)])
    connection.execute(
        "CREATE VIRTUAL TABLE outside USING fts5(title, heading, body,"
        """ tokenize = "porter unicode61 remove_diacritics 0 categories 'L* M* N* Co' tokenchars '.+-%'")"""
    )
    for at, fields in enumerate(passages, 1):
        tokens = [" ".join(words.tokens(field)) for field in fields]
        connection.execute("INSERT INTO outside(rowid, title, heading, body) VALUES (?, ?, ?, ?)", (at, *tokens))
    terms = words.query_terms(query)
    expected = connection.execute(
        "SELECT rowid, -bm25(outside, 8.0, 6.0, 1.0) AS score FROM outside WHERE outside MATCH ?"
        " ORDER BY score DESC, rowid LIMIT ?",
        (" OR ".join(f'"{term}"' for term in terms) or '"nothing"', k),
    ).fetchall()
    found = search(connection, query, k)
    assert [key for key, _ in found] == [key for key, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], rel=1e-12)
    connection.close()


def test_words_that_no_page_holds_leave_nothing_behind(pages: sqlite3.Connection) -> None:
    add(pages, [(1, "Fever", "", "cooling")])
    searcher = Searcher(pages)
    for number in range(50):
        assert [key for key, _ in searcher.search(f"fever in bed {number}", 5)] == [1]
    assert len(searcher._kept) == 1
