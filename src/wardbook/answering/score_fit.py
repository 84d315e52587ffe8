"""Bands of a score that the pages themselves name ("0-2 low, 3-6 high" below "Larch score"), and a total asked."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from wardbook.corpus.unit import Unit
from wardbook.dosing.band import meets
from wardbook.dosing.comparator import comparator_pattern, comparators
from wardbook.dosing.measured import is_quantity
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import known_as
from wardbook.dosing.regimen import Condition
from wardbook.lazy_regex import lazy_regex

SCORE = "score"
"""Name of the quantity of a total."""
_NAMED = lazy_regex(
    r"(?<![\w-])(?P<name>[a-z][a-z0-9-]*(?:'s)?)[ -](?:risk |prognostic )?(?:score|index|scale|model)\b"
)
_NO_NAME = frozenset(
    "the this that a an our your of in on by to for and or with risk total severity pain final sum prognostic clinical "
    "bedside symptom which what high low intermediate each one any no using simple new old points same raw".split()
)
_TOTAL = lazy_regex(
    r"\b(?:scor(?:e|es|ed|ing)|total|sum|has|have|had|with|got|of|at|and|about|if|for)\s*(?:is|was|of|at|=|:)?\s*(?P<points>\d{1,3})"
    r"\s*(?:points?|pts)\b|\bscor(?:e|es|ed|ing)\s*(?:is|was|of|at|=|:)?\s*(?P<score>\d{1,3})(?![\w%/-]|[.,]\d)"
)
_TOTALS = lazy_regex(r"(?:total |sum of )?(?:scores?|points?|total)(?: \((?:points|total)\))?")


@lru_cache(maxsize=4096)
def score_above(above: str) -> str:
    """Give the name of the one score that headings are of ("larch"), or ""."""
    found = {name for name in _NAMED.findall(uniform(above)) if name not in _NO_NAME}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=256)
def total_asked(question: str, name: str) -> tuple[Decimal, str] | None:
    """Give the total that a question tells of a score, with its words: by its name, or where it names no other."""
    plain = uniform(question)
    if name and (own := _of_name(name, plain)):
        return own
    others = [each for each in _NAMED.findall(plain) if each not in (name, *_NO_NAME)]
    total = _TOTAL.search(plain)
    if others or total is None:
        return None
    return Decimal(total["points"] or total["score"]), total[0]


def score_meant(words: str, before: str) -> str:
    """Give the one score that the question before names, where words tell a total and not of which, else ""."""
    named = [match for match in _NAMED.finditer(uniform(before)) if match["name"] not in _NO_NAME]
    if len({match["name"] for match in named}) != 1 or total_asked(words, "") is None:
        return ""
    return before[named[0].start() : named[0].end()]


def _of_name(name: str, plain: str) -> tuple[Decimal, str] | None:
    link = r"(?:[\s:=]|\b(?:risk|score|index|scale|points?|of|is|was|at|total)\b)*"
    found = re.search(
        rf"(?<![\w-]){re.escape(name)}{link}(?<!\d)(?P<value>\d{{1,3}})(?![\w%/-]|[.,]\d|\s*(?:mg|g|h|days?|y)\b)",
        plain,
    )
    found = found or re.search(
        rf"\b(?P<value>\d{{1,3}})\s*(?:points?|pts)?\s*(?:on|in|by) (?:the )?{re.escape(name)}\b", plain
    )
    return (Decimal(found["value"]), found[0]) if found else None


def holds_total(question: str, unit: Unit, above: str) -> Iterator[tuple[bool, str]]:
    """Yield, for each band of a score that a unit draws, whether it holds the total asked, and the words for that."""
    name = score_above(above)
    header = uniform(unit.values[0][0]).strip(" :.*") if unit.values else ""
    if header and header != name and not _TOTALS.fullmatch(header):
        name = "" if " " in header or not is_quantity(header) else header
        asked = _of_name(name, uniform(question)) if name else None
    else:
        asked = total_asked(question, name) if name else None
    if asked is None or known_as(f"{name} score") or known_as(name):  # those of the vocabulary are measured values
        return
    for band in _bands(unit.values[0][1] if unit.values else unit.text):
        yield meets(band, asked[0]), asked[1]


_BAND = lazy_regex(
    rf"(?<![\w.<>≤≥-])(?:(?P<low>\d{{1,3}})\s*(?:-|to)\s*(?P<high>\d{{1,3}})|(?P<sign>{comparator_pattern()})\s*(?P<bound>\d{{1,3}})|"
    r"(?P<one>\d{1,3})\s*(?:(?P<more>(?:or|and) (?:more|above|higher|over|greater)\b|\+)|"
    r"(?P<less>(?:or|and) (?:less|below|fewer|lower|under)\b)))(?:\s*(?:points?|pts)\b)?"
    r"(?![\w.^/]|\s*(?:%|(?:mg|g|mcg|ml|l|kg|x|min|h|hours?|days?|d|weeks?|months?|years?|yrs?|y)\b))"
)
_LABEL = lazy_regex(
    r"(?:(?:very|low|lower|intermediate|moderate|medium|high|higher|mild|severe|standard|poor|good|fair|risk|group|class|"
    r"category|band|stage|scores?|points?|total|if|a|the|of|is|[a-d]|[ivx]{1,3})\b[\s:=/]*)*"
)


@lru_cache(maxsize=20_000)
def _bands(text: str) -> tuple[Condition, ...]:
    """Give the bands that stand first in a line or clause, or behind a word for a level ("Low: 0-2; high: 7+")."""
    plain = uniform(text)
    found = []
    for match in _BAND.finditer(plain):
        head = re.split(r"[;\n,(]|[.%]\s|\s-\s", plain[: match.start()])[-1].strip()
        if _LABEL.fullmatch(head):
            found.append(_condition(match))
    return tuple(found)


def _condition(match: re.Match[str]) -> Condition:
    if match["low"]:
        return Condition(SCORE, Decimal(match["low"]), True, Decimal(match["high"]), True, "")
    if match["one"]:
        side, inclusive, bound = "high" if match["less"] else "low", True, Decimal(match["one"])
    else:
        side, inclusive = comparators()[" ".join(match["sign"].split())]
        bound = Decimal(match["bound"])
    if side == "low":
        return Condition(SCORE, bound, inclusive, None, False, "")
    return Condition(SCORE, None, False, bound, inclusive, "")
