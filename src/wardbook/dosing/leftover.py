"""What no field took of the words around a dose: kept as notes, or as not understood where a number stands in them."""

import re
from collections.abc import Sequence

from wardbook.dosing.comparator import comparator_pattern
from wardbook.dosing.draft import Draft
from wardbook.dosing.notation import stripped, uniform
from wardbook.dosing.phrase import Phrase
from wardbook.lazy_regex import lazy_regex

_WORD = lazy_regex(r"[a-z\d%≥≤<>~]+")
_JOINING = lazy_regex(r"^(?:or|and|then|OR)\b|\b(?:or|and|then|OR|for|if)$")
_MARK = lazy_regex(r"\s*\[\^?\w{1,4}(?:[,-]\s*\w{1,4})*\]")
_STOP = frozenset(
    "a an the of at to be is are as by in per or and then for on with give given giving administer administered dose "
    "doses dosing dosage start use may can should iv total mg each day it this that if from recommended recommendation "
    "usually typical typically usual regimen therapy treatment via weight".split()
)


def keep_leftovers(
    draft: Draft,
    text: str,
    phrases: Sequence[Phrase],
    used: list[tuple[int, int]],
    others: Sequence[tuple[int, int]],
) -> None:
    """Keep what no field took: words as notes, words with a number that is no known phrase as `unparsed`.

    How often another drug (`others`) was given before ("after x 3 times: ...") is no figure of this dose.
    """
    at = draft.begin
    for begin, end in [*sorted(used), (draft.end, draft.end)]:
        if begin > at:
            _leftover(draft, text, at, begin, phrases, others)
        at = max(at, end)


_GIVEN_BEFORE = lazy_regex(
    r"\b(?:after|fail\w*|despite|within|following|refractory|had|received|previous|prior|since|relaps\w*|unresponsive)\b"
)
_COUNT = lazy_regex(
    r"(?<![\w.])(?:x\s?\d{1,2}|\d{1,2}\s+(?:\w+\s+)?(?:doses?|courses?|lines?|cycles?|days?|weeks?|months?|hours?|h))"
    r"(?![\w]|\.\d)"
)


_PER_MASS = lazy_regex(r"per (?:m?c?g|µg|micrograms?|units?|mmol)\b(?! ?[/\d])")
"""Right behind an amount: it is no dose by itself, but what is given for so much of another drug ("0.5 mg per mg")."""
_BOUND = lazy_regex(rf"{comparator_pattern()}\s*\d+(?:\.\d+)?")
"""A bound of nothing that is named: whom the dose behind it is for is not understood."""


def _is_given_before(text: str, begin: int, end: int, others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether all the numbers of a label count what was given of another drug, or the time since."""
    words = uniform(text[begin:end])
    named = any(begin <= at < end for at, _ in others)
    return named and _GIVEN_BEFORE.search(words) is not None and not re.search(r"\d", _COUNT.sub(" ", words))


def _leftover(
    draft: Draft, text: str, begin: int, end: int, phrases: Sequence[Phrase], others: Sequence[tuple[int, int]]
) -> None:
    inside = [phrase for phrase in phrases if begin <= phrase.begin < end]
    ahead = draft.figure is not None and end <= draft.figure.begin
    counted = ahead and _is_given_before(text, begin, end, others)
    bound = ahead and _BOUND.fullmatch(uniform(tidy(text[begin:end])))
    if bound or (any(phrase.kind == "number" for phrase in inside) and not counted):
        draft.unparsed.append(tidy(text[begin:end]))
        return
    words = tidy(_MARK.sub("", text[begin:end]))
    if ahead is False and draft.figure is not None and _PER_MASS.match(uniform(words)):
        draft.unparsed.append(words)
        return
    words = tidy(_JOINING.sub("", words))
    meaning = [word for word in _WORD.findall(uniform(words)) if word not in _STOP]
    if meaning:
        draft.notes.append(words)


def tidy(words: str) -> str:
    """Cut off the blanks, signs and unpaired brackets around a piece of text."""
    words = stripped(words, " \n,;:.-–—/+&|")
    for _ in range(2):
        if words.startswith(")") or (words.startswith("(") and ")" not in words):
            words = stripped(words[1:], " \n,;:.-–—/+&|")
        if words.endswith("(") or (words.endswith(")") and "(" not in words):
            words = words[:-1].rstrip(" \n,;:.-–—/+&|")
    pair = words.startswith("(") and words.endswith(")") and words.count("(") == 1
    return words[1:-1].strip() if pair else words
