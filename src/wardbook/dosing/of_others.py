"""Doses of others than the patients of a band that is drawn over or before them ("Otherwise 800 mg")."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from wardbook.dosing.band import SIZES, read_bands
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.lazy_regex import lazy_regex

_REST = r"otherwise|else|(?:all |the )?others?|everyone|everybody|any age|all ages|any weight"
_LEAD = r"\W*(?:(?:for|in|if|all|the|give|patients?|children|child|dose)\s+)*\b"
_OTHER = lazy_regex(
    rf"{_LEAD}(?P<whom>standard|usual|normal(?! saline)|(?:heavier|lighter|bigger|smaller|older|younger)(?! than))\b"
    r"[^\d:;,.]*"
)
_GROWN = lazy_regex(rf"{_LEAD}(?P<whom>adults?|teen\w*|adolescents?|grown-?ups?)\b[^\d:;,.]*")
"""Whom an upper bound of weight or age divides from those within; those of bad kidneys may be adults too."""
_YOUNG = lazy_regex(rf"{_LEAD}(?P<whom>child(?:ren)?|p(?:a)?ediatrics?|infants?|bab(?:y|ies)|neonates?)\b[^\d:;,.]*")
"""Whom a lower bound that only the grown reach divides from those within."""
_GROWN_FROM = {"weight": Decimal(35), "age": Decimal(12)}
"""Kilograms and years from which such a bound is of the grown."""
_GROWN_ABOVE = {"weight": Decimal(40), "age": Decimal(18)}
"""Kilograms and years up to which a bound leaves the grown out."""
_BESIDE = lazy_regex(rf"[^\d]{{0,60}}?\b(?P<whom>{_REST})\b[^\d:;,.]*")


def others_of(regimen: Regimen, band: Condition | None) -> str | None:
    """Give the words by which a dose is of others than those of a band (None: of no single one), or None.

    They open its sentence, or what is said of the dose alone ("500 mg q12h, normal kidneys 1 g q8h").
    """
    said = [note for note in (*regimen.notes, regimen.indication or "", regimen.population or "") if note]
    for words in (regimen.verbatim, *(each for each in said if each in regimen.verbatim)):
        if found := opens_on_others(words, band):
            return found
    return None


def opens_on_others(words: str, band: Condition | None) -> str | None:
    """Give the words by which a sentence opens as one on others than those of a band, or None.

    The usual dose of those above a bound of kidney function is theirs; that of those above a weight is of the lighter.
    """
    plain = uniform(words)
    sized = band is None or band.quantity in SIZES
    bounded = band is None or band.high is not None
    found = _BESIDE.match(plain)
    found = found or (_OTHER.match(plain) if sized or bounded else None)
    return _told(plain, words, found or _of_other_age(plain, band))


def level_of_others(levels: Sequence[str], band: Condition) -> str | None:
    """Give the words by which a level below that of a band opens as one on others than its ("Adults:"), or None.

    Adults may weigh less than 60 kg: such a bound stays theirs.
    """
    most = _GROWN_ABOVE.get(band.quantity)
    if band.high is not None and (most is None or (band.high > most and band.unit in ("kg", "a"))):
        return None
    plain = ((words, uniform(words)) for words in levels)
    told = (_told(each, words, _of_other_age(each, band)) for words, each in plain if not read_bands(words))
    return next(filter(None, told), None)


def _of_other_age(plain: str, band: Condition | None) -> re.Match[str] | None:
    """Match words that open on the grown where a band of size ends, or on the young where it begins with the grown."""
    if band is not None and band.quantity not in SIZES:
        return None
    if band is None or band.high is not None:
        return _GROWN.match(plain)
    least = _GROWN_FROM.get(band.quantity)
    grown = least is not None and band.low is not None and band.low >= least and band.unit in ("kg", "a")
    return _YOUNG.match(plain) if grown else None


def _told(plain: str, words: str, found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    label = found.end() if plain.startswith(":", found.end()) else found.end("whom")
    return words[found.start("whom") : label].strip(" *_")


def of_no_band(regimen: Regimen, words: str) -> Regimen:
    """Give a dose of others the words of whom it is for, by which nothing may be worked out."""
    if words in " ".join(regimen.unparsed):
        return regimen
    return replace(regimen, unparsed=(*regimen.unparsed, words))
