"""Words: clinical tokens, and ranked full-text search over them (BM25 in SQLite FTS5).

Pages and queries go through the same `tokens`. What a general-purpose splitter loses is kept: figures and decimals
("0.5"; ".5" is "0.5"), a figure glued to its unit ("10mg" is "10 mg"), ions ("K+"), names with a figure ("IL-6", and
its parts), "q.i.d." as "qid", comparison signs as words, Greek letters by name, "no" and "not". The porter stemmer of
FTS5 then folds plurals and endings on both sides.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence

MAX_QUERY_TERMS = 64
"""Distinct terms of a query that are searched; a longer one is cut, so that no question costs seconds."""
WEIGHTS = (8.0, 6.0, 1.0)
"""Weights of a match in title, headings and body, as `bm25()` of FTS5 takes them."""
SCHEMA = (
    "CREATE VIRTUAL TABLE words USING fts5(title, heading, body,"
    """ tokenize = "porter unicode61 remove_diacritics 0 categories 'L* M* N* Co' tokenchars '.+-%'")"""
)

_QUESTION_WORDS = frozenset(
    "a an and any are as at be by can could did do does for from had has have how i if in into is it its long many "
    "me much my of on or our shall should that the their them there these they this those to us was we were what when "
    "where which who whom whose why will with would you your".split()
)
"""Words that say nothing about a page. "no", "not", "without", "before", "after", "between" and figures are never among
them, since they change what is asked."""
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_SIGNS = str.maketrans({
    "≥": " ge ", "≧": " ge ", "⩾": " ge ", "≤": " le ", "≦": " le ", "⩽": " le ", "±": " plusminus ", "×": " x ",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "’": "'", "·": ".", "⁺": "+", "⁻": "-",
})  # fmt: skip
_WRITTEN_SIGNS = (
    (re.compile(r">\s*/?\s*="), " ge "),
    (re.compile(r"<\s*/?\s*="), " le "),
    (re.compile(r"<"), " lt "),
    (re.compile(r">"), " gt "),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
    (re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?"), lambda match: match[0].replace(".", "")),
    (re.compile(r"'s\b"), ""),
    (re.compile(r"[µμ](?=[a-z]+\b)"), "u"),
)
_TOKEN = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?|\.\d+)|(?P<percent>%)"
    r"|(?P<ion>(?<![\w.+-])(?:na|k|ca|mg|cl|h|li|zn|fe|cu|hco3|nh4|po4|cd\d+)\d?(?:\+\+|\+|--)(?![\w+]))"
    r"|(?P<word>[^\W\d_]+(?:[^\W_]*)(?:-[^\W_]+)*)",
)


def tokens(text: str) -> list[str]:
    """Split a text into its search tokens, in order; any string will do."""
    found: list[str] = []
    for match in _TOKEN.finditer(_fold(text)):
        if match["figure"]:
            found.append(_figure(match["figure"]))
        elif match["percent"]:
            found.append("%")
        elif match["ion"]:
            found += [match["ion"], match["ion"].rstrip("+-")]
        else:
            found += _word(match["word"])
    return found


def _fold(text: str) -> str:
    """Lower case, compatible forms, accents off, signs and Greek letters as words."""
    if text.isascii():  # nearly all of a page, in a quarter of the time: accents and Greek cannot occur
        return _signs_worded(text.casefold().replace("\0", " "))
    plain = text.translate(_SIGNS)
    plain = unicodedata.normalize("NFKD", plain.encode("utf-8", "replace").decode("utf-8").casefold())
    plain = "".join(char for char in plain if unicodedata.category(char) != "Mn").replace("\0", " ")
    return "".join(_GREEK.get(char, char) for char in _signs_worded(plain))


def _signs_worded(plain: str) -> str:
    for sign, word in _WRITTEN_SIGNS:
        plain = sign.sub(word, plain)
    return plain


def _figure(figure: str) -> str:
    """Write a figure one way: ".5" and "0.50" as "0.5", "5.0" as "5"."""
    whole, _, part = figure.partition(".")
    part = part.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{part}" if part else whole.lstrip("0") or "0"


def _word(word: str) -> list[str]:
    """Give a word; one joined by hyphens or holding figures ("il-6", "cd19", "q6h") also by its parts."""
    parts = word.split("-")
    if len(parts) == 1:
        return [word]
    return [word, *(part for part in parts if part)]


def query_terms(text: str) -> list[str]:
    """Give the distinct terms to search for, in order; question words are left out unless nothing else is there."""
    terms = list(dict.fromkeys(tokens(text)))
    telling = [term for term in terms if term not in _QUESTION_WORDS]
    return (telling or terms)[:MAX_QUERY_TERMS]


def add(connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Index passages given as (passage id, title, headings, body)."""
    connection.executemany(
        "INSERT INTO words(rowid, title, heading, body) VALUES (?, ?, ?, ?)",
        ((passage, *(" ".join(tokens(field)) for field in fields)) for passage, *fields in rows),
    )


def remove(connection: sqlite3.Connection, passages: Iterable[int]) -> None:
    """Take passages out by id."""
    connection.executemany("DELETE FROM words WHERE rowid = ?", ((passage,) for passage in passages))


def search(
    connection: sqlite3.Connection, text: str, k: int, weights: Sequence[float] = WEIGHTS
) -> list[tuple[int, float]]:
    """Rank passages by BM25 over title, headings and body; gives up to `k` of (passage id, score), best first.

    All scores are above 0; a passage that shares no word with the text is not given.

    Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009; k1 1.2 and b 0.75 are fixed in FTS5. Equal
    scores are ordered by passage id.
    """
    terms = query_terms(text)
    if not terms or k < 1:
        return []
    query = " OR ".join(f'"{term}"' for term in terms)
    rows = connection.execute(
        "SELECT rowid, -bm25(words, ?, ?, ?) AS score FROM words WHERE words MATCH ?"
        " ORDER BY score DESC, rowid LIMIT ?",
        (*weights, query, k),
    )
    return [(passage, score) for passage, score in rows]
