"""Sentences that give some patients other doses which could not be read: the doses before them are not for these."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.band import DOSE_NEXT, read_bands
from wardbook.dosing.context import Drugs
from wardbook.dosing.exclusion import outside
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.lazy_regex import lazy_regex

_DOSE = lazy_regex(DOSE_NEXT)


_IN_FACT = lazy_regex(
    r"\W*(?:in (?:practice|fact|reality|most)|here|we (?:use|give)|locally|on this (?:unit|ward)|usually)\b"
)


def with_unread(words: str, before: Sequence[Regimen], drug: str | None, drugs: Drugs) -> list[Regimen]:
    """Keep a sentence that gives the drug of the dose before it otherwise in practice as not understood of that dose.

    "x 0.3 mg/kg OD. In practice: fixed 4 mg": nobody is told the first without the second.
    """
    told = {each.drug for each in before}
    if len(told) != 1 or drug not in (None, *told) or drugs.find(words) or not _IN_FACT.match(uniform(words)):
        return list(before)
    return [replace(each, unparsed=(*each.unparsed, words.strip(" ."))) if each.amount else each for each in before]


def without_banded(words: str, before: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Keep the doses before a sentence for those outside the band that it opens with, where none of its own was read.

    "x 50 mg, in y 100 mg. Below 40 kg: 1 / 2 mg/kg in that order": for them the sentence stands, and nothing of it is
    computed with.
    """
    bands = read_bands(words)
    last = before[-1] if before else None
    opens = bands and not re.search(r"\w", words[: bands[0].begin]) and _DOSE.search(uniform(words)[bands[0].end :])
    if last is None or not opens or {mention.drug for mention in drugs.find(words)} - {last.drug}:
        return list(before)
    band, contrary = bands[0].condition, outside(words[: bands[0].end])
    if contrary is None or len(bands) > 1:
        return list(before)
    own = [each for each in before if each.drug == last.drug and band.quantity not in _quantities(each)]
    kept = [_narrowed(each, contrary) if each in own else each for each in before]
    unread = [
        replace(each, verbatim=words, condition=band, also=(), unparsed=(words,), notes=(), step=None) for each in own
    ]
    return [*kept, *unread]


def _quantities(regimen: Regimen) -> set[str]:
    return {band.quantity for band in regimen.bands}


def _narrowed(regimen: Regimen, band: Condition) -> Regimen:
    return replace(regimen, also=(*regimen.also, band)) if regimen.condition else replace(regimen, condition=band)
