"""A year that a question names: what is told of another year answers it not."""

import re
from collections.abc import Iterator, Sequence

from wardbook.answering.scoring import Evidence
from wardbook.lazy_regex import lazy_regex

_YEAR = lazy_regex(
    r"(?<![\d.,/x×])(?P<first>(?:19|20)\d\d)(?:\s*(?:-|–|to)\s*(?P<last>(?:19|20)\d\d|\d\d))?(?![\d.,]*\d|\s*(?:[µm]?[cg]|m?l\b|"
    r"units?|iu\b|kcal|%|/|cells))",
    re.IGNORECASE,
)
"""A year, or the first and the last of several."""


def of_year(asked: str, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out statements that are told of other years than the one asked.

    One that names no year may be of any, save where the best one is of another and none is of the one asked.
    """
    years = set(_years(asked))
    if not years:
        return list(ranked)
    told = [(each, set(_years(each.unit.text)), set(_years(_above(each)))) for each in ranked]
    kept = [each for each, own, above in told if not own or (own | above) & years]
    said = any((own | above) & years for _, own, above in told)
    return kept if said or kept[:1] == list(ranked[:1]) else []


def _above(each: Evidence) -> str:
    return " ; ".join([each.hit.title, *each.hit.path])


def _years(text: str) -> Iterator[int]:
    for match in _YEAR.finditer(text):
        first, last = match["first"], match["last"] or match["first"]
        yield from range(int(first), int(first[: len(first) - len(last)] + last) + 1)
