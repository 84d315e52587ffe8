"""Doses of others than the patients of a band that is drawn over or before them ("Otherwise 800 mg")."""

from dataclasses import replace

from wardbook.dosing.band import SIZES
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
    found = found or (_GROWN.match(plain) if sized and bounded else None)
    if found is None:
        return None
    label = found.end() if plain.startswith(":", found.end()) else found.end("whom")
    return words[found.start("whom") : label].strip(" *_")


def of_no_band(regimen: Regimen, words: str) -> Regimen:
    """Give a dose of others the words of whom it is for, by which nothing may be worked out."""
    if words in " ".join(regimen.unparsed):
        return regimen
    return replace(regimen, unparsed=(*regimen.unparsed, words))
