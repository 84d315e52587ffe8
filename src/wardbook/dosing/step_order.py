"""Doses of a drug that are stepped up by numbered rows or cells: the second dose is the second step, not the full one.

Who asks for the first, second or next dose is given the step in that place of the order, also where it is not so called
("Step 2"); behind the last numbered one stands the dose that the drug goes on with ("Full").
"""

from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.fit import Fit
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import numbered
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_PLACES = ("first", "second", "third", "fourth", "fifth")
_PLACE = lazy_regex(
    rf"\b(?P<place>{'|'.join(_PLACES)}|[1-5](?:st|nd|rd|th))\s+"
    r"(?:(?!full\b|target\b|treatment\b|maintenance\b|lines?\b|steps?\b)[a-z-]+\s+)?(?:doses?|injection)\b"
)
_BEGINS = lazy_regex(r"\b(?:start|starting|initial|beginning)\s+(?:doses?|dosing|with)\b|\bdose to (?:start|begin)\b")
_NEXT = lazy_regex(rf"\b(?:(?P<place>{'|'.join(_PLACES)})|next)(?:\s+(?:one|dose|step))?\W*$")
"""Ends a question that is asked on behind a numbered step ("step 1", then "second", "next")."""


def place_asked(text: str) -> int | None:
    """Give which dose in the order is asked ("second dose", "start dose", "step 1 ... next"); None where it is none."""
    plain = uniform(text)
    steps = numbered(plain).get("step", ())
    told = steps[-1][0] if steps else None
    behind = _NEXT.search(plain) if told is not None else None
    if behind is not None and told is not None:
        return _PLACES.index(behind["place"]) + 1 if behind["place"] else told + 1
    found = {_number(match["place"]) for match in _PLACE.finditer(plain)}
    found |= {1} if _BEGINS.search(plain) else set()
    return found.pop() if len(found) == 1 and told is None else None


def _number(word: str) -> int:
    return int(word[0]) if word[0].isdigit() else _PLACES.index(word) + 1


def fits_place(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> Fit | None:
    """Compare the place of a dose among the steps of its section with the one asked; None where there are no steps."""
    asked = place_asked(query.part)
    if asked is None:
        return None
    if asked == 1 and regimen.step is not None:
        return Fit.SAYS if regimen.step == 1 else Fit.AGAINST
    rows = [row for row in beside if row.amount and (row.page, row.section) == (regimen.page, regimen.section)]
    order = sorted({_step(row, query) for row in rows})
    if regimen.amount is None or len(order) < _LEAST or len(order) - (order[-1] == _LAST) < 1:
        return None
    meant = order[min(asked, len(order)) - 1]
    return Fit.SAYS if _step(regimen, query) == meant else Fit.AGAINST


def is_placed(rows: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether rows are the dose in the place that is asked, by the number of their step."""
    asked = place_asked(query.part)
    return asked is not None and all(row.step == asked or _step(row, query) != _LAST for row in rows)


_LEAST = 2
"""Places from which doses are an order."""
_LAST = 99
"""Place of a dose that is not numbered: it stands behind the numbered ones."""


def _step(row: Regimen, query: DoseQuery) -> int:
    """Give the number of the step that labels a row or its column; of its place in its sentence where there is none."""
    for words in (" ; ".join(filter(None, (row.indication, *row.notes))), query.said(row)):
        steps = numbered(words).get("step", ())
        if len(steps) == 1 and steps[0][0] == steps[0][1]:
            return steps[0][0]
    return _LAST
