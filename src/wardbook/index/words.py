"""Words: the clinical tokens of pages and queries, and their stems; `bm25` ranks passages by them.

Pages and queries go through the same `tokens`. What a general-purpose splitter loses is kept: figures and decimals
("0.5"; ".5" is "0.5"), a figure glued to its unit ("10mg" is "10 mg"), ions ("K+"), names with a figure ("IL-6", and
its parts), "q.i.d." as "qid", comparison signs as words, Greek letters by name, "no" and "not". The Porter
stemmer of SQLite's FTS5 then folds plurals and endings on both sides.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from threading import Lock

from wardbook.kept import OF_BOTH

MAX_QUERY_TERMS = 64
"""Distinct terms of a query that are searched; a longer one is cut, so that no question costs seconds."""
_QUESTION_WORDS = frozenset(
    "a an and any are as at be by can could did do does for from had has have how i if in into is it its long many "
    "me much my of on or our shall should that the their them there these they this those to us was we were what when "
    "where which who whom whose why will with would you your".split()
)
"""Words that say nothing about a page. "no", "not", "without", "before", "after", "between" and figures are never among
them, since they change what is asked."""
_GREEK = str.maketrans({
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
})  # fmt: skip
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
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_TOKEN = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?|\.\d+)|(?P<percent>%)"
    r"|(?P<ion>(?<![\w.+-])(?:na|k|ca|mg|cl|h|li|zn|fe|cu|hco3|nh4|po4|cd\d+)\d?(?:\+\+|\+|--)(?![\w+]))"
    r"|(?P<word>[^\W\d_]+(?:[^\W_]*)(?:-[^\W_]+)*)",
)


def tokens(text: str) -> list[str]:
    """Split a text into its search tokens, in order; any string will do."""
    found: list[str] = []
    for match in _TOKEN.finditer(_fold(text)):
        kind, token = match.lastgroup, match[0]
        if kind == "figure":
            found.append(_figure(token))
        elif kind == "ion":
            found += [token, token.rstrip("+-")]
        elif "-" in token:
            found += _parts(token)
        else:
            found.append(token)
    return found


def _fold(text: str) -> str:
    """Lower case, compatible forms, accents off, signs and Greek letters as words."""
    plain = text if text.isascii() else text.translate(_SIGNS)
    if plain.isascii():  # nearly all of a page, in a quarter of the time: accents and Greek cannot occur
        return _signs_worded(plain.casefold().replace("\0", " "))
    plain = unicodedata.normalize("NFKD", plain.encode("utf-8", "replace").decode("utf-8").casefold())
    plain = _NOT_ASCII.sub(_without_accents, plain).replace("\0", " ")
    return _signs_worded(plain).translate(_GREEK)


def _without_accents(run: re.Match[str]) -> str:
    return "".join(char for char in run[0] if unicodedata.category(char) != "Mn")


def _signs_worded(plain: str) -> str:
    for sign, word in _WRITTEN_SIGNS:
        plain = sign.sub(word, plain)
    return plain


def _figure(figure: str) -> str:
    """Write a figure one way: ".5" and "0.50" as "0.5", "5.0" as "5"."""
    whole, _, part = figure.partition(".")
    part = part.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{part}" if part else whole.lstrip("0") or "0"


def _parts(word: str) -> list[str]:
    """Give a word that is joined by hyphens ("il-6") whole and by its parts."""
    return [word, *(part for part in word.split("-") if part)]


def query_terms(text: str) -> list[str]:
    """Give the distinct terms to search for, in order; question words are left out unless nothing else is there."""
    terms = list(dict.fromkeys(tokens(text)))
    telling = [term for term in terms if term not in _QUESTION_WORDS]
    return (telling or terms)[:MAX_QUERY_TERMS]


class _Stemmer:
    """SQLite's own Porter stemmer, which SQLite offers through a full-text table alone; stems are remembered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[str, tuple[str, ...]] = {}
        self._lock = Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5(word, content = '',"
            """ tokenize = "porter unicode61 remove_diacritics 0 categories 'L* M* N* Co' tokenchars '.+-%'")"""
        )
        self._connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, instance)")

    def stems(self, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give the stems of each token: one, or none or several where SQLite knows one of its letters for no letter."""
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            with self._lock:
                known.update(self._learned(new))
                if len(known) > self._most:
                    self._known = {}  # who asks now, here or in another thread, keeps what is there
        return known

    def _learned(self, new: list[str]) -> dict[str, tuple[str, ...]]:
        run = self._connection.execute
        self._connection.executemany("INSERT INTO words(rowid, word) VALUES (?, ?)", enumerate(new, 1))
        found: dict[int, list[str]] = {}
        for at, stem in run("SELECT doc, term FROM stems ORDER BY doc, offset"):
            found.setdefault(at, []).append(stem)
        run("INSERT INTO words(words) VALUES ('delete-all')")
        return {word: tuple(found.get(at, ())) for at, word in enumerate(new, 1)}


MOST_STEMS = 500_000
"""Tokens of pages whose stems are remembered."""
_STEMMER = _Stemmer(MOST_STEMS)
_OF_QUERIES = _Stemmer(OF_BOTH)


def stems(words: list[str], *, of_pages: bool = True) -> list[str]:
    """Give the stems of tokens, in order; those of the pages are remembered longer."""
    known = (_STEMMER if of_pages else _OF_QUERIES).stems(words)
    return [stem for word in words for stem in known[word]]
