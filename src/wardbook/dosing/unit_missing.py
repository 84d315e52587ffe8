"""Doses whose unit the page leaves out ("xyzal 100 OD"): shown as not understood, never guessed and never dropped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.settle import Place, settle
from wardbook.lazy_regex import lazy_regex

_FIGURE = r"\d{2,4}(?:\.\d+)?(?:\s*-\s*\d{2,4})?"
_BARE = lazy_regex(
    rf"\s*:?\s*{_FIGURE}\s*(?=(?:od|bd|bid|tds|tid|qds|qid|nocte|mane|daily|weekly|alt(?:ernate)? days|then|iv|po|sc|"
    r"d[-+]?\d{1,2}|days?\s*[-+]?\d{1,2}|\d{1,2}[- ]hourly|q\d{1,2}h)(?![a-z\d])|→|->)"
)
"""Right behind a drug: a figure, and how often, how, on which day it is given, or what follows it."""
_JOINED = lazy_regex(rf"\s*:?\s*{_FIGURE}\s*(?=\+|;|$|and\b)")
"""The same beside another such dose."""
_DOSED = lazy_regex(r"\s*:?\s*\d")
_LEVEL = lazy_regex(r"\b(?:levels?|troughs?|target|aim|auc|ng/ml|mg/l)\b")
_END = lazy_regex(r"[;\n]|\.(?=\s|$)|\)")


def unit_missing(words: str, mentions: Sequence[Mention]) -> list[tuple[Mention, str]]:
    """Give the drugs that a figure without a unit stands right behind, with the words of its dose.

    A figure in a sentence on levels in the blood may be one.
    """
    if not mentions or not has_digit(words):
        return []
    plain = uniform(words)
    sure = {at for at, each in enumerate(mentions) if _BARE.match(plain, each.end)}
    if not sure or _LEVEL.search(plain):
        return []
    found = []
    for at, mention in enumerate(mentions):
        if at in sure or _JOINED.match(plain, mention.end):
            stop = _END.search(words, mention.end)
            later = (each.begin for each in mentions[at + 1 :] if _DOSED.match(plain, each.end))
            ends = [stop.start() if stop else len(words), *later]
            found.append((mention, words[mention.begin : min(ends)].strip(" ,+(")))
    return found


def is_bare_dose(text: str) -> bool:
    """Tell whether a cell is a figure without a unit, and how often or by which route it is given ("400 BID")."""
    return _BARE.match(uniform(text)) is not None and not _LEVEL.search(uniform(text))


def unread(words: str, mentions: Sequence[Mention], place: Place, given: Sequence[Regimen]) -> Iterator[Regimen]:
    """Give them as regimens without an amount, where the text gives nothing else of the drug."""
    known = {each.drug for each in given}
    for mention, said in unit_missing(words, mentions):
        if mention.drug not in known and not read_amounts(said):
            draft = Draft(mention.begin, mention.end, drug=mention.drug, unparsed=[said])
            bare = replace(place, drug=mention.drug, conditions=[], siblings=[])
            if regimen := settle(draft, bare):
                yield regimen
