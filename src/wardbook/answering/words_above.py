"""What stands above a statement and must go with it: for whom it holds, that it is denied, that it holds no more."""

import re
from collections.abc import Iterator, Sequence

from wardbook.answering.reference_marks import without_references
from wardbook.corpus.lines import Lines
from wardbook.corpus.source import quoted
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.context import population_of, says, severity_of
from wardbook.dosing.figure import read_figures
from wardbook.lazy_regex import lazy_regex

LONGEST = 90
"""Characters of a lead that goes before the words under it; a longer one is a sentence of its own, unless it denies."""
_DENIES = lazy_regex(
    r"\b(?:not?|never|only|except|unless|avoid\w*|contra-?indicat\w*|prohibited|forbidden)\b|n't\b", re.IGNORECASE
)

_BARE = lazy_regex(r"[A-Za-z][\w ,+/-]{0,40}?\W{1,3}[<>≤≥~]?\d[\d.,–-]*\s?%?(?: ?\([^()]*\))?\.?")
"""A label and a figure, which only the heading above says what it is of ("zelumab 6.1")."""


def words_above(headings: Sequence[str], leads: Sequence[str], words: str) -> list[str]:
    """Give the headings and leads that go before the words of a statement, outermost first, none that it repeats.

    The nearest lead does, unless it is long, and the nearest heading where the words are no more than a label and a
    figure, or a dose without its drug; of the others those that tell for whom or at which grade, that deny, and that
    something holds no more.
    """
    bare = not leads and (_BARE.fullmatch(words) is not None or _is_unnamed_dose(words, headings))
    found: list[str] = []
    for at, level in enumerate((*headings, *leads), 1 - len(headings) - len(leads)):
        plain = without_references(level).rstrip(": ")
        nearest = at == 0 and (bool(leads) or bare) and len(plain) <= LONGEST
        repeated = plain.casefold() in " ".join([*found, words]).casefold()
        if plain and not repeated and (nearest or _narrows(plain)):
            found.append(plain)
    return found


def _is_unnamed_dose(words: str, headings: Sequence[str]) -> bool:
    """Tell whether words give a dose and name no drug, and the heading right above names it."""
    above = headings[-1] if headings else ""
    return bool(mentions_of(above)) and any(each.is_dose for each in read_amounts(words)) and not mentions_of(words)


def _narrows(level: str) -> bool:
    narrows = population_of(level) or severity_of(level) or _DENIES.search(level) or _RINGS.search(level)
    return bool(narrows) or says("retired", level)


_RINGS = lazy_regex(r"\b(?:ring|call|phone|bleep)\b.{0,200}\d{3}", re.IGNORECASE)
"""Tells a number to ring for what stands below it."""


def lines_above(
    levels: Sequence[str], words: str, own: str, at: int, lines: Sequence[str]
) -> Iterator[tuple[Lines, str]]:
    """Find the lines of headings and leads whose figures a statement repeats and its own words do not hold.

    Gives each with its words as quoted; `at` is the statement's first line, `lines` are those of its page.
    """
    for level in dict.fromkeys(levels):
        borrowed = without_references(level).rstrip(": ")
        figures = read_figures(borrowed)
        telling = figures.numbers or figures.rhythms or figures.dose_like or re.search(r"\d", borrowed)
        if not telling or borrowed not in words or borrowed in own:
            continue
        above = (n for n in range(min(at, len(lines)), 0, -1) if borrowed in without_references(quoted(lines[n - 1])))
        if found := next(above, 0):
            yield (found, found), quoted(lines[found - 1])
