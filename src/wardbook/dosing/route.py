"""Routes: by which way a text says that a dose is given."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from wardbook.dosing.notation import uniform
from wardbook.dosing.vocabulary import any_of, rows
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Route:
    """A route as it stands in a text."""

    code: str
    """ "IV", "SC", "PO", ..."""
    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""


_OTHER = (
    r"\s+(?:fluids?|access|lines?|hydration|contrast|catheters?|antibiotics?|antimicrobials?|crystalloids?|steroids?)\b"
)
"""What makes a route word the name of something else ("IV fluids")."""


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    codes = {row[0].lower(): row[1] for row in rows("routes.tsv")}
    cased = frozenset(row[0].lower() for row in rows("routes.tsv") if row[2:] == ("case",))
    names = sorted(codes, key=len, reverse=True)
    words = any_of(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?<![a-z\d-])(?:{words})(?![a-z\d])(?!-[a-z])(?!{_OTHER})"), codes, cased


@cache
def _denied() -> re.Pattern[str]:
    words = "|".join(re.escape(row[0].lower()) for row in rows("routes.tsv"))
    return re.compile(
        rf"\b(?:no|not|without|lost|lacks?|failed|unable to get|can(?:no|')?t (?:get|have|take))\s+(?:an?\s+|any\s+)?"
        rf"(?P<route>{words})(?![a-z\d])(?:\s+(?:access|lines?|route))?|"
        rf"\b(?P<lacking>{words})(?![a-z\d])(?:\s+(?:[a-z-]+|form|supply|stock)){{0,3}}?\s+"
        r"(?:(?:is|are|has|have|all|now|currently|been)\s+)*"
        r"(?:out of stock|unavailable|not available|run out|ran out|sold out|on back ?order|gone)\b|"
        r"\b(?:npo|nbm|nil by mouth|nothing by mouth|(?:can(?:no|')?t|unable to|not) swallow(?:ing)?)\b"
    )


NEVER_UNSAID = frozenset(
    "IT ICV IVT IP IA ID INH TOP OPH PV TD intravesical intrapleural intralesional intra-articular epidural".split()
)
"""Routes to one place of the body: a row that does not say them is for another one."""
BY_MOUTH = "PO"
"""The route of which "nil by mouth" leaves nothing."""


_PUMPED = lazy_regex(
    r"\b(?:pca|nca|(?:patient|nurse|proxy)[ -]controlled|lock-?out(?: (?:time|interval|period))?|"
    r"syringe[ -](?:pump|driver)s?)\b"
)
_NEVER_PUMPED = frozenset("PO SL BUC PR PV TOP OPH INH IN TD".split())
"""Routes by which no pump gives anything."""


def is_pumped(text: str) -> bool:
    """Tell whether a text is of what a pump gives on demand, or drives."""
    return _PUMPED.search(uniform(text)) is not None


def never_pumped(routes: Iterable[str]) -> bool:
    """Tell whether there are routes, and by none of them a pump gives anything."""
    return bool(given := set(routes)) and given <= _NEVER_PUMPED


def is_pumped_otherwise(text: str, route: str) -> bool:
    """Tell whether a text is of what a pump gives on demand, while the route asked is one by which no pump gives."""
    return route in _NEVER_PUMPED and is_pumped(text)


def without_denied(text: str) -> tuple[str, frozenset[str]]:
    """Blank out the routes that a question says there are not ("no iv access", "IV out of stock"); give these too.

    The text keeps its length.
    """
    denied = set()
    _, codes, _ = _pattern()
    for match in _denied().finditer(uniform(text)):
        named = match["route"] or match["lacking"]
        denied.add(codes[named] if named else BY_MOUTH)
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return text, frozenset(denied)


@cache
def _products() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {row[0]: row[1] for row in rows("product_routes.tsv")}
    words = any_of(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(codes, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), codes


def routes_of_products(text: str) -> frozenset[str]:
    """Give the codes of the routes by which alone products that a text names are given ("SCIG")."""
    pattern, codes = _products()
    return frozenset(codes[" ".join(match.group().split())] for match in pattern.finditer(uniform(text)))


_NUMERAL = lazy_regex(
    r"(?:\bi{1,3}[a-d]?\s*(?:-|/|\bto\b|\bor\b|\band\b)|\b(?:grades?|stages?|class|type|phase))\s*(?P<four>iv)\b"
)
"""The number four ("III-IV", "stage IV")."""


def without_numerals(text: str) -> str:
    """Blank out "IV" where it is a number; the text keeps its length."""
    for match in _NUMERAL.finditer(uniform(text)):
        begin, end = match.span("four")
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text


_HEART = lazy_regex(
    r"\b(?:ecg|ekg|electrocardiogram|qtc?|qrs|av[ -]block|heart block)\b|\bpr (?:interval|prolong\w*|> ?\d)"
)
"""Beside "PR" it is the interval of an electrocardiogram."""

_NOTHING = lazy_regex(r"\b(?:nil|nothing|not)\s+$")


@lru_cache(maxsize=OF_BOTH)
def read_routes(text: str) -> tuple[Route, ...]:
    """Find every route of a text, left to right; short forms that are also words ("IT", "PR") only in capitals."""
    pattern, codes, cased = _pattern()
    found = []
    for match in pattern.finditer(uniform(without_numerals(text))):
        name = " ".join(match.group().split())
        if name == "pr" and _HEART.search(uniform(text)):
            continue
        if name == "by mouth" and _NOTHING.search(uniform(text[: match.start()])):
            continue
        if name not in cased or text[match.start() : match.end()].isupper():
            found.append(Route(codes[name], match.start(), match.end()))
    return tuple(found)
