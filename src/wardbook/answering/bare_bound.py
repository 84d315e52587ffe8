"""A bound that a question gives without its unit ("dex over 75"): years or kilograms, as the drug's pages have it.

Only where the pages tell which: the figure bounds ages alone or weights alone beside the drug's doses, or the doses
have bands of one of the two alone. What bounds a measured value, or says how long a dose runs, is left as it is.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from wardbook.answering.bars import stated_bands
from wardbook.answering.question_words import everyday_words
from wardbook.answering.regimen_words import UnitsOf
from wardbook.dosing.asked_words import stop_words
from wardbook.dosing.bare_band import names_quantity
from wardbook.dosing.comparator import comparator_pattern
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.dosing.regimens import gathered
from wardbook.lazy_regex import lazy_regex

_BOUND = lazy_regex(
    rf"(?<![\w/])(?:(?P<before>[a-z][\w/+-]*)\s+)?(?P<sign>{comparator_pattern()})\s*"
    r"(?P<figure>\d{1,3}(?:\.\d)?)(?![\w.,/%:²-]*\w|\s*[-–/%])(?:\s+(?P<behind>[a-z]+))?"
)
_RUNS = frozenset("infuse infused infusion give given run iv mg g mcg ml units push inject slowly".split())
"""Words before a bound that may be of how long a dose runs: there it is only what it is on the page, figure and all."""
_NUMBERED = frozenset("dose doses rate day cycle week grade score stage max maximum".split())
"""Words before a bound that is of these."""
_UNITS = {"age": "years", "weight": "kg"}
_ROUTES = frozenset({"iv", "po", "sc", "im"})


def with_unit(text: str, drugs: DrugNames, regimens: Iterable[Regimen], units_of: UnitsOf) -> str:
    """Write the unit of age or weight behind a bare bound of a question, where its drug's pages tell which it is."""
    plain = uniform(text)
    matches = [
        match
        for match in _BOUND.finditer(plain)
        if plain[: match.start("sign")].rstrip()[-1:] not in (":", "/", "=")  # of what is named before it
        and _is_bare(match["before"], match["behind"], drugs)
    ]
    if len(matches) != 1 or len(plain) != len(text):
        return text
    own = [row for each in drugs.find(text) for row in gathered(regimens).by_drug.get(each.drug, ())]
    figure, runs = Decimal(matches[0]["figure"]), matches[0]["before"] in _RUNS
    quantity = _quantity(figure, list(_bands(own, units_of)), [] if runs else own) if own else None
    at = matches[0].end("figure")
    return f"{text[:at]} {_UNITS[quantity]}{text[at:]}" if quantity else text


def _is_bare(before: str | None, behind: str | None, drugs: DrugNames) -> bool:
    """Tell whether the words around a bound leave open what it bounds."""
    if before and before not in _RUNS and (before in _NUMBERED or names_quantity(before)):
        return False
    return behind is None or behind in everyday_words() | stop_words() | _ROUTES or bool(drugs.find(behind))


def _bands(own: Iterable[Regimen], units_of: UnitsOf) -> Iterator[Condition]:
    """Yield the bands of a drug's doses, and those that stand in their sections."""
    listed = list(own)
    yield from (band for row in listed for band in row.bands)
    for page, section in dict.fromkeys((row.page, row.section) for row in listed):
        for unit in units_of(page, section):
            for text in (cell for _, cell in unit.values) if unit.values else (unit.text,):
                yield from (band.condition for band in (*stated_bands(text), *read_measured(text)))


def _quantity(figure: Decimal, around: list[Condition], own: Iterable[Regimen]) -> str | None:
    """Give what a figure bounds beside the doses, else the one of age and weight that the doses have bands of."""
    bounding = {band.quantity for band in around if figure in (band.low, band.high)}
    named = bounding or {band.quantity for row in own for band in row.bands}
    found = named & _UNITS.keys()
    return found.pop() if len(found) == 1 and (not bounding or len(bounding) == 1) else None
