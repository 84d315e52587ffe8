"""Doses of several bands, or of one cell, of which only one says its unit: each is in that unit.

"< 4 y 2.5 / ≥ 4 y 5 mg"; "400 mg BD, 200 BD if under 2 y".
"""

import re

from wardbook.dosing.amount import number, read_amounts
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_NUMBER = r"\d+(?:\.\d+)?"
_BAND = (
    rf"(?:[<>≤≥]=?\s*{_NUMBER}|{_NUMBER}\+?(?:\s*(?:-|to)\s*<?\s*{_NUMBER})?)\s*"
    r"(?:kg|y|yo|yrs?|years?|mo|mths?|months?|wks?|weeks?)(?![a-z])\+?"
)
_OFTEN = r"(?:od|bd|bid|tds|tid|qds|qid|daily|once|q\d{1,2}h)"
_DOSE = rf"(?P<low>{_NUMBER})(?:\s*-\s*(?P<high>{_NUMBER}))?"
_PIECE = lazy_regex(
    rf"(?<![\w.,<>≤≥-]){_BAND}\s*[:=]?\s*{_DOSE}(?P<often>\s+{_OFTEN})?\s*(?:[/;,|]|\bor\b)\s*(?={_BAND})"
)
_LAST = lazy_regex(rf"{_BAND}\s*[:=]?\s*(?=\d)")
FAR = 20
"""Doses of two bands are never further apart than by so much."""


def with_shared_unit(text: str) -> str:
    """Write the unit of the last dose of such a series behind the bare figures before it."""
    plain = uniform(text)
    pieces = list(_PIECE.finditer(plain))
    at = len(pieces)
    while at:
        end = at
        while at > 1 and pieces[at - 2].end() == pieces[at - 1].start():
            at -= 1
        at -= 1
        text = _written(text, plain, pieces[at:end])
    return text


def _written(text: str, plain: str, run: list[re.Match[str]]) -> str:
    """Write it to one series, whose last dose stands right behind its pieces."""
    last = _LAST.match(plain, run[-1].end())
    figure = next((each for each in read_amounts(text) if last and each.begin == last.end() and each.is_dose), None)
    if figure is None or figure.amount.unit in ("kg", "") or figure.bare_scale:
        return text
    size = re.compile(rf"{_NUMBER}(?:\s*-\s*{_NUMBER})?").match(plain, figure.begin)
    if size is None or size.end() > figure.end:
        return text
    unit = text[size.end() : figure.end]
    first = number(re.split(r"\s*-\s*", size[0])[0])
    values = [number(each[side]) for each in run for side in ("low", "high") if each[side]]
    if not first or any(not value or value > FAR * first or first > FAR * value for value in values):
        return text
    for each in reversed(run):
        end = each.end("high") if each["high"] else each.end("low")
        text = f"{text[:end]}{unit if unit[:1] == ' ' else ' ' + unit}{text[end:]}"
    return text


_BARE = lazy_regex(
    rf"(?:[,;/]|\bor\b|\bthen\b|→|->)\s*(?P<bare>\d{{2,4}}(?:\.\d+)?(?:\s*-\s*\d{{2,4}}(?:\.\d+)?)?)(?=\s+{_OFTEN}(?![a-z\d]))"
)
"""Behind another dose of its cell: a figure without a unit, and how often it is given."""
MOST = 6
"""Bare figures; a cell of more is a list of something else, and long to read once more."""
ALIKE = 5
"""A dose of the same cell and unit is never larger or smaller than by so much."""


_UNTOLD = lazy_regex(
    r"[^,;/\n]*?(?:[<>≤≥]=?\s*\d+(?:\.\d+)?\s*(?=[,;/)\n]|$)|\b(?:renal|severe|mild|moderate|hepatic)\b)"
)
"""Behind a bare figure: a bound of nobody knows what, or a word for whom it is, by which its dose is another one's."""


def with_unit_of_cell(text: str) -> str:
    """Write the unit of the doses of a cell, where all have the same, behind a bare figure that says how often."""
    plain = uniform(text)
    bare = list(_BARE.finditer(plain))
    figures = read_amounts(text) if 0 < len(bare) <= MOST else ()
    units = {(each.amount.unit, each.per, each.per_time) for each in figures}
    if len(units) != 1 or not figures[0].is_dose or figures[0].per or figures[0].begin > bare[0].start():
        return text
    if any(_UNTOLD.match(plain, each.end()) for each in bare):
        return text
    said = re.search(r"[a-zµ]+$", plain[figures[0].begin : figures[0].end])
    largest, least = max(each.amount.high for each in figures), min(each.amount.low for each in figures)
    for match in reversed(bare) if said else ():
        values = [number(each) for each in re.split(r"\s*-\s*", match["bare"])]
        if all(ALIKE * value >= least and value <= ALIKE * largest for value in values):
            assert said is not None
            text = f"{text[: match.end('bare')]} {said[0]}{text[match.end('bare') :]}"
    return text
