"""Statements that two pages may tell differently: a rate, a ratio, a limit of a grade, each with what it is about.

Two statements speak of the same thing only if all words that mean something are the same; a drug or study may stand on
one of the two pages alone. That misses paraphrases and keeps false alarms away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from wardbook.corpus.document import Document
from wardbook.corpus.names import tokens
from wardbook.corpus.section import Section
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.page_drugs import PageDrugs
from wardbook.lint.prose import Piece

_BLANK = lazy_regex(r"[\s,]")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_PERCENT = lazy_regex(rf"(?<![\w.,])(?:{_NUMBER}\s?[-–]\s?)?{_NUMBER}\s?%")
_RATIO = lazy_regex(
    r"\b(?P<name>RR|OR|HR|(?i:relative risk|odds ratio|hazard ratio))\b(?P<of>(?: (?:of|for) [a-z -]{2,30}?)??)"
    r"[\s:=~≈]*(?:of|was|is)?\s?"
    rf"(?P<value>{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?)"
)
_PERCENT_CELL = lazy_regex(rf"({_PERCENT.pattern})(?:\s?\[[\d, \]\[]+\])*")
_LABEL = lazy_regex(r"study|trial|product|drug|population|disease|outcome|event", re.IGNORECASE)
_RATIO_NAME = lazy_regex(r"\b(?:RR|OR|HR|(?i:relative risk|odds ratio|hazard ratio))\b")
_RATIO_CELL = lazy_regex(rf"[~≈\s]*({_NUMBER}(?:\s?[-–]\s?{_NUMBER})?)(?:\s?\(.*\))?(?:\s*\[[\d,]+\])*")
_GRADE = lazy_regex(
    r"\bgrades?\s?(?P<sign>≥|>=|>|≤|<=)?\s?(?P<low>[1-5]|IV|III|II|I|V)\b"
    r"(?:\s?(?:[-–]|to|or|and|/)\s?(?P<high>[1-5]|IV|III|II|I|V)\b)?"
    r"(?P<more>\+|\s(?:or|and)\s(?:above|higher|more|greater|worse|over))?",
    re.IGNORECASE,
)
_OF_SOURCE = lazy_regex(r"\[[\d, -]+\]|\((?:from a secondary|unverified)[^)]*\)")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_STUDY = lazy_regex(r"\b(?!CD\d)[A-Z]{3,}[A-Za-z]*-\d+[A-Z]?\b|\b[A-Z][a-zà-ÿ]{2,}(?: et al\.?,?)? (?:19|20)\d\d\b")
_GRADING = lazy_regex(
    r"\b(?:grading|grades?|criteria|definitions?|scale|classification|staging|score)\b", re.IGNORECASE
)
_FIGURE = lazy_regex(
    rf"(?<![\w.,-])(?:{_NUMBER}\s?[-–]\s?)?{_NUMBER}(?:\s?[x×]\s?10\^\d+)?"
    r"\s?(?:%|°C|°F|[a-zA-Zµ]+(?:/[a-zA-Zµ\d]+)*|/[a-zA-Zµ]+)?"
)
_WHOLE_SENTENCE = 5
"""Least words of a sentence that is taken to say one thing."""
_LONG = 250
"""Characters of a sentence that may say more than one thing."""
_FEW = 3
"""Most figures of such a sentence."""
_STOP = frozenset(
    "a an the of in on at to for with and or by was were is are be been has had have who that this it its as from "
    "about approximately around patient patients people subjects participants occurred occur occurs occurring seen "
    "reported report reports rate rates incidence frequency observed had developed develop after overall study trial "
    "data source result results value values figure figures other percent all among under than".split()
)
"""Words that say nothing of what a figure is about."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure with what it is about."""

    line: int
    """Line of the file."""
    kind: str
    """ "rate" | "RR" | "OR" | "HR" | "limit"."""
    words: frozenset[str]
    """What it is about, without drugs, studies and grades."""
    grades: frozenset[str]
    """Grades ("3", "3+", "1-2")."""
    anchors: frozenset[str]
    """Drugs and studies."""
    values: tuple[str, ...]
    """The figures, as written, without blanks."""
    shown: str
    """Words of the page."""


def statements(document: Document, pieces: tuple[Piece, ...], drugs: PageDrugs) -> Iterator[Statement]:
    """Give the statements of a page that can be held against another page's."""
    named = {mention.drug for mention in drugs.find(document.title)}
    subject = named.pop() if len(named) == 1 else f"page {' '.join(tokens(document.title.partition('(')[0]))}"
    for piece in pieces:
        if piece.row is None:
            yield from _text(piece, drugs, subject)
        elif _GRADING.search(" ".join((*piece.section.path, *piece.lead))):
            yield from _limits(piece, document.title)
        else:
            yield from _cells(piece, drugs, subject)


def _text(piece: Piece, drugs: PageDrugs, subject: str) -> Iterator[Statement]:
    """Read a bullet or sentence that holds one percentage or one ratio, and no other that could be meant."""
    if len(piece.text) >= _LONG:
        return
    rates = _PERCENT.findall(piece.text) if "%" in piece.text else []
    ratios = list(_RATIO.finditer(piece.text))
    if len(rates) == 1 and not ratios:
        about = _PERCENT.sub(" ", piece.text)
        yield _statement(piece, "rate", about, (_tight(rates[0]),), drugs, subject)
    elif not ratios and not rates:
        yield from _any_figure(piece, drugs, subject)
    elif len(ratios) == 1 and len(rates) == 0:
        about = _RATIO.sub(lambda match: f" {match['of']} ", piece.text)
        yield _statement(piece, _kind(ratios[0]["name"]), about, (_tight(ratios[0]["value"]),), drugs, subject)


def _any_figure(piece: Piece, drugs: PageDrugs, subject: str) -> Iterator[Statement]:
    """Read a sentence with a few figures: another page that has all its words should have its figures too."""
    text = _bare(piece.text)
    found = list(_FIGURE.finditer(_without_grades(text, "_")))
    if not 1 <= len(found) <= _FEW or len(tokens(text)) < _WHOLE_SENTENCE:
        return
    about = text
    for match in reversed(found):
        about = f"{about[: match.start()]} {about[match.end() :]}"
    yield _statement(piece, "figure", about, tuple(_tight(match[0]) for match in found), drugs, subject)


def _cells(piece: Piece, drugs: PageDrugs, subject: str) -> Iterator[Statement]:
    """Read the cells of a row that are one percentage or one ratio; first cell and column say what it is."""
    assert piece.table is not None and piece.row is not None
    cells = [(name, cell.text) for name, cell in zip(piece.table.columns, piece.row.cells, strict=True)]
    for name, text in cells[1:]:
        rate = _PERCENT_CELL.fullmatch(text.strip()) if "%" in text else None
        ratio = _ratio_of(name)
        if rate and not _is_source(name):
            about = f"{_labels(cells)} {name}"
            yield _statement(piece, "rate", about, (_tight(rate[1]),), drugs, subject)
        elif ratio and (value := _RATIO_CELL.fullmatch(text.strip())):
            yield _statement(piece, _kind(ratio), _labels(cells), (_tight(value[1]),), drugs, subject)


def _labels(cells: list[tuple[str, str]]) -> str:
    """Give the words of a row's first cell, and of those under a column that says what the row is of."""
    return " ".join(text for at, (name, text) in enumerate(cells) if at == 0 or _LABEL.search(name))


@lru_cache(maxsize=1024)
def _ratio_of(column: str) -> str | None:
    """Give the ratio that a column names, as written, or None."""
    match = _RATIO_NAME.search(column)
    return match[0] if match else None


@lru_cache(maxsize=1024)
def _is_source(column: str) -> bool:
    return bool(re.search(r"source|reference|evidence", column, re.IGNORECASE))


def _limits(piece: Piece, title: str) -> Iterator[Statement]:
    """Read the cells of a grading table: grade and finding in row and column, a figure in the cell."""
    assert piece.table is not None and piece.row is not None
    cells = list(zip(piece.table.columns, piece.row.cells, strict=True))
    subject = frozenset(_acronyms(" ".join((*piece.section.path, *piece.lead, title))))
    label = piece.row.cells[0].text
    for name, cell in cells[1:]:
        values = tuple(dict.fromkeys(_tight(found) for found in _FIGURE.findall(_bare(cell.text))))
        grades = frozenset(_grades(f"{label} {name}"))
        if values and len(grades) == 1 and subject and not _is_source(name):
            words = _words(f"{label} {name}")
            shown = f"{label}, {name}: {cell.text}" if name else f"{label}: {cell.text}"
            yield Statement(piece.line, "limit", words, grades, subject, values, shown)


def _acronyms(text: str) -> Iterator[str]:
    return (found.casefold() for found in re.findall(r"\b[A-Z][A-Z0-9-]*[A-Z]\b", text))


def _statement(
    piece: Piece, kind: str, about: str, values: tuple[str, ...], drugs: PageDrugs, subject: str
) -> Statement:
    about = _bare(about)
    mentions = drugs.find(about)
    studies = [match[0] for match in _STUDY.finditer(about)]
    rest = about
    for mention in reversed(mentions):
        rest = f"{rest[: mention.begin]} {rest[mention.end :]}"
    for study in studies:
        rest = rest.replace(study, " ")
    anchors = {mention.drug for mention in mentions} | {"".join(tokens(study)) for study in studies}
    anchors |= {mention.drug for name in _governing(piece) for mention in drugs.find(name)}
    anchors = anchors or {subject}
    return Statement(piece.line, kind, _words(rest), frozenset(_grades(about)), frozenset(anchors), values, piece.text)


def _governing(piece: Piece) -> tuple[str, ...]:
    section: Section = piece.section
    return (*section.path, *piece.lead)


def _bare(text: str) -> str:
    """Leave out citation marks and what is said of the source."""
    return _OF_SOURCE.sub(" ", text)


def _speaks_of_grade(text: str) -> bool:
    return "grade" in text.casefold()


def _without_grades(text: str, mark: str) -> str:
    """Give a text with its grades blotted out, every offset as it was."""
    return _GRADE.sub(lambda match: mark * len(match[0]), text) if _speaks_of_grade(text) else text


def _grades(text: str) -> Iterator[str]:
    for match in _GRADE.finditer(text) if _speaks_of_grade(text) else ():
        low = _ROMAN.get(match["low"].upper(), match["low"])
        high = _ROMAN.get(match["high"].upper(), match["high"]) if match["high"] else None
        above = match["more"] or match["sign"] in ("≥", ">=")
        yield f"{low}+" if above else f"{low}-{high}" if high else f"{match['sign'] or ''}{low}"


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(_without_grades(text, " ")) if word not in _STOP)


def _tight(found: str) -> str:
    return _BLANK.sub("", found).replace("–", "-").casefold()


def _kind(name: str) -> str:
    return {"relative risk": "RR", "odds ratio": "OR", "hazard ratio": "HR"}.get(name.casefold(), name.upper())
