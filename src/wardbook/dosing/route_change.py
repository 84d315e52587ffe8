"""What a text says of changing from one route to another ("IV to PO 1:4", "oral dose = 2 x IV dose"): no dose."""

import re
from collections.abc import Iterable, Iterator

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.notation import uniform
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

_PIECE = lazy_regex(r"\([^()]*\)|[^;\n()]+")
_FACTOR = r"(?:[x*×]\s*\d+(?:\.\d+)?(?![\w.])|\d+(?:\.\d+)?\s*(?:[x*×](?![\w])|times\b))"
_RHYTHM = r"(?!\s*(?:a|per|each|every|daily|doses|days?|hours?|h|weeks?|wks?|more)\b)"
_RATIO = lazy_regex(rf"\d\s*:\s*\d|\bratio\b|\bconver\w+|\bequiv\w*|=|\bmultipl\w+|{_FACTOR}{_RHYTHM}")
_TO = lazy_regex(r"\bto\b|->|→|=|:|\btimes\b|[x*×]")
# "(IV x 2)" behind a dose by mouth: with anything behind the number ("x 2 doses") it may be how often.
_OF_OTHER = lazy_regex(rf"\(\s*(?:[a-z. ]*?{_FACTOR}|{_FACTOR}{_RHYTHM}\s+(?:the\s+)?[a-z.]+(?:\s+dose)?)\s*\)")


_FACTOR_BEFORE = lazy_regex(
    rf"(?:{_FACTOR}|\d\s*:\s*\d+(?:\.\d+)?|\b(?:conver\w+|equiv\w*|ratio|switch\w*|bioavailab\w*)\b[^.;\n]*)\s*$"
)


def _is_example(before: str, bracket: str, doses: int) -> bool:
    """Tell whether a bracket works out one route's dose from another's ("oral: x 2 (IV 100 mg → PO 200 mg)")."""
    joined = re.search(r"->|→|⇒|=|\bto\b|\bis\b", bracket)
    return bracket.startswith("(") and doses == 2 and bool(joined) and _FACTOR_BEFORE.search(before) is not None


def route_changes(text: str, routes: Iterable[str] = ()) -> Iterator[tuple[int, int]]:
    """Give the brackets and clauses that only say how one route's dose makes another's; `routes` are the dose's own."""
    own = frozenset(routes)
    for match in _PIECE.finditer(text):
        words = uniform(match.group())
        named = {route.code for route in read_routes(match.group())}
        doses = [each for each in read_amounts(match.group()) if each.is_dose]
        if doses and len(named) > 1 and _is_example(uniform(text[: match.start()]), words, len(doses)):
            yield match.span()
        if not named or not re.search(r"\d", words) or doses:
            continue
        if len(named) > 1 and _RATIO.search(words) and _TO.search(words) and not re.search(r"\bdoses\b|%", words):
            yield match.span()
        elif len(named) == 1 and _OF_OTHER.fullmatch(words):
            before = own or {route.code for route in read_routes(text[: match.start()])}
            if before and not named & before:
                yield match.span()
