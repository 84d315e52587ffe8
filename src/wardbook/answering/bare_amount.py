"""An amount that a question names without its unit ("somedrug 800 bid ok?"), in the unit that the drug's rows have.

Only right behind the drug's name, and only where all its rows have one unit. That it was taken so is told.
"""

from collections.abc import Iterable

from wardbook.dosing.drug import DrugNames
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.dosing.wording import unit_word
from wardbook.lazy_regex import lazy_regex

_PER = r"(?:\s*/\s*|\s+(?:per|a)\s+)(?P<size>m2|m²|sqm|square met(?:er|re)|kg|kilo(?:gram)?)\b(?!\s*(?:/|per))"
_HOW = (
    r"\s*(?:(?:iv|po|sc|im|orally|oral|by mouth)\s+)?(?:od|bd|bid|tds|tid|qds|qid|nocte|mane|daily|weekly|once|twice|"
    r"three times|stat|x ?\d{1,2} ?(?:d|days?|doses?)|every \d|\d{1,2}[- ]hourly|q ?\d{1,2} ?h)(?![a-z\d])"
)
_BARE = lazy_regex(
    rf"\s*(?:dose\s+)?(?:(?:of|at|is|was|on)\s+)?(?<![\d.])(?P<figure>\d+(?:\.\d+)?)(?:{_PER}|(?P<how>{_HOW}))"
)
_CHECKED = lazy_regex(
    r"\s*(?:dose\s+)?(?:(?:of|at|is|was|on)\s+)?(?<![\d.])(?P<figure>\d+(?:\.\d+)?)"
    r"(?=\s*(?:[,?]|$|(?:(?:is|be|that|this)\s+)?(?:right|correct|ok|okay|fine|too (?:much|high|low)|enough)\b|"
    r"(?:with|w/|and|but|pt|patient|when)\b))"
)
"""The same without a word for how often, where the question asks whether it is right."""
_CHECKS = lazy_regex(r"\b(?:right|correct|ok|okay|fine|too (?:much|high|low)|enough)\b")
_SIZES = {"k": "kg", "m": "m2", "s": "m2"}


_JOINED = lazy_regex(
    r"\s*(?:dose\s+)?(?<![\d.])(?P<figure>\d+(?:\.\d+)?)(?=\s*(?:\+|&|/|,|and\b|plus\b|with\b)\s*(?:then\s+)?$)"
)
"""The same before another drug and its amount ("x 30 + y 300 per m2"): both are by the same measure."""


def with_amount_unit(text: str, drugs: DrugNames, regimens: Iterable[Regimen]) -> tuple[str, tuple[str, ...]]:
    """Write the unit behind the bare amounts of a question; with what was taken for said."""
    taken: list[str] = []
    plain, dosed = uniform(text), gathered(regimens).by_drug
    size, behind, checked = None, len(plain), _CHECKS.search(plain)
    for mention in reversed(drugs.find(text)) if len(plain) == len(text) else ():
        joined = _JOINED.match(plain[:behind], mention.end) if taken else None
        bare = _BARE.match(plain, mention.end)
        match, behind = joined or bare or (_CHECKED.match(plain, mention.end) if checked else None), mention.begin
        if match is None:
            continue
        size = size if joined else _SIZES[bare["size"][0]] if bare and bare["size"] else None
        if unit := _unit_of(dosed.get(mention.drug, ()), size):
            begin = match.end("figure")
            end = bare.end("size") if size and bare and not joined else begin
            text = f"{text[:begin]} {unit}{text[end:]}"
            taken.insert(0, f"“{match['figure']}” behind {mention.words} understood as {match['figure']} {unit}.")
    return text, tuple(taken)


def _unit_of(rows: Iterable[Regimen], size: str | None) -> str | None:
    """Give the one unit of a drug's doses, per kg or m2 as asked; None where there are several, or none is given so.

    "Somedrug 140 daily" of a drug that is given by surface alone may be meant per square metre.
    """
    doses = [row for row in rows if row.amount and not row.evidence and row.per_time not in ("h", "min")]
    units = {row.amount.unit for row in doses if row.amount}
    if len(units) != 1 or size not in {row.per for row in doses}:
        return None
    return f"{unit_word(units.pop())}/{size}" if size else unit_word(units.pop())
