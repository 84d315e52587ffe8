"""Levels: a measured value that a question gives ("K 3.0", "QTc 510") against the bound that a sentence draws."""

from decimal import Decimal

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_GIVEN = lazy_regex(
    r"(?<![\w-])(?P<what>[a-z][a-z0-9+]{0,14})\s*(?:(?:is|was|of|at|=|:)\s*)?(?P<value>\d+(?:\.\d+)?)(?![\w.])"
)
_BOUND = lazy_regex(
    r"(?<![\w-])(?P<what>[a-z][a-z0-9+]{0,14})\s*(?:is|was|falls|drops|rises|remains)?\s*"
    r"(?P<sign><=?|>=?|≤|≥|below|under|less than|lower than|above|over|more than|greater than|at least|at most)\s*"
    r"(?P<value>\d+(?:\.\d+)?)"
)
_NO_LEVEL = frozenset(
    "age aged weight wt if not the to over under above below for in of a day days week cycle grade dose step month "
    "year bsa height by patients patient than is or and with max x q every at crcl egfr gfr".split()
)
_SAME = {
    "potassium": "k",
    "k+": "k",
    "platelets": "plt",
    "platelet": "plt",
    "plts": "plt",
    "hb": "hgb",
    "neutrophils": "anc",
    "qt": "qtc",
}


def levels(asked: str) -> dict[str, Decimal]:
    """Give the values that a question names, by what they are of, lower case."""
    found = {_name(match["what"]): Decimal(match["value"]) for match in _GIVEN.finditer(uniform(asked))}
    return {what: value for what, value in found.items() if what not in _NO_LEVEL}


def speaks_of_level(words: str, asked: str) -> bool:
    """Tell whether a sentence draws a bound that a value of the question lies beyond ("if K < 3.3" of "K 3.0")."""
    given = levels(asked)
    for match in _BOUND.finditer(uniform(words)):
        value = given.get(_name(match["what"]))
        if value is not None and _lies(value, match["sign"], Decimal(match["value"])):
            return True
    return False


def _name(word: str) -> str:
    return _SAME.get(word, word)


def _lies(value: Decimal, sign: str, bound: Decimal) -> bool:
    if value == bound:
        return sign in ("<=", ">=", "≤", "≥", "at least", "at most")
    return (
        value < bound
        if sign[0] in "<≤" or sign in ("below", "under", "less than", "lower than", "at most")
        else value > bound
    )
