"""Headings, lead lines and parent bullets that draw a band: what stands below holds within it alone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from wardbook.dosing.band import RENAL, SIZES, read_bands
from wardbook.dosing.cell import has_dose
from wardbook.dosing.exclusion import read_exclusions
from wardbook.dosing.governed import whole
from wardbook.dosing.label import refuses_whom
from wardbook.dosing.notation import uniform
from wardbook.dosing.of_others import level_of_others, of_no_band, others_of
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.dosing.sentence_ends import sentences
from wardbook.lazy_regex import lazy_regex

LONGEST = 80
"""Characters of a level; a longer one is a sentence that may speak of others too."""
_OTHERS = lazy_regex(
    r"\b(?:or|and/or|unless|except|not|no|without|until|till|also|including|than|both|any|all|vs|versus|risk)\b|[?]"
)


@lru_cache(maxsize=4096)
def band_of(level: str) -> Condition | None:
    """Give the one band of a measure or the kidneys that a heading or lead draws, or None.

    One that gives doses itself is of those within a band only where it opens with it ("Under 40 kg: 5 mg/kg").
    """
    if len(level) > LONGEST or read_exclusions(level):
        return None
    bands = [each for each in read_bands(level) if each.condition.quantity in (*SIZES, *RENAL)]
    if len(bands) != 1:
        return None
    before, after = level[: bands[0].begin], level[bands[0].end :]
    if _OTHERS.search(uniform(f"{before} {after}")):
        return None
    return None if has_dose(before + after) and re.search(r"\w", before) else bands[0].condition


_LABEL = lazy_regex(r"\s*:\s")


def label_of(text: str) -> str:
    """Give the band that a block opens with and refuses a drug within first ("< 2 y: not used. X ..."), or ""."""
    bands = read_bands(text)
    colon = _LABEL.match(text, bands[0].end) if bands and not re.search(r"\w", text[: bands[0].begin]) else None
    if colon is None:
        return ""
    first, *others = sentences(text[colon.end() :])
    return text[: bands[0].end] if others and refuses_whom(first) else ""


_OF_OTHERS = lazy_regex(
    r"\W*[^:.;\d]{2,60}:\s|.*\b(?:adults?|others?|otherwise|older|younger|else|any age|all ages|everyone)\b"
)
"""A sentence with a label of its own, or on others than the one before it."""


def within_label(regimen: Regimen, block: str, refused: str | None) -> Regimen:
    """Give the dose of another drug than the one that is refused within a band that band: it is given instead.

    A dose of that drug itself, or where no heading says which it is, may be of all others.
    """
    label = label_of(block) if refused and regimen.drug != refused else ""
    of_others = regimen.population or regimen.verbatim == block or _OF_OTHERS.match(uniform(regimen.verbatim))
    return regimen if not label or of_others else within_levels(regimen, [label])


def within_levels(regimen: Regimen, levels: Sequence[str]) -> Regimen:
    """Give a dose the bands of the levels over it, of each quantity that its own words draw none of.

    One that is said to be of others ("Normal kidneys: 1 g") gets none, and nothing is worked out by it.
    A level that bounds it otherwise ("Platelets < 20", "> 120 kg or BMI > 40") is shown with it.
    """
    for at, level in reversed(list(enumerate(levels, 1))):
        condition = band_of(level)
        if condition is None:
            if _bounds(level) and not _is_told(level, regimen):
                regimen = replace(regimen, notes=(*regimen.notes, level.strip(" *:")))
        elif condition.quantity in {each.quantity for each in regimen.bands}:
            continue
        elif others := others_of(regimen, condition) or level_of_others(levels[at:], condition):
            regimen = of_no_band(regimen, others)
        elif regimen.condition is None:
            regimen = replace(regimen, condition=condition)
        else:
            regimen = replace(regimen, also=(*regimen.also, condition))
    return regimen


@lru_cache(maxsize=4096)
def _bounds(level: str) -> bool:
    """Tell whether a level without a dose says for which values of something what stands below is."""
    return len(level) <= LONGEST and not has_dose(level) and bool(read_bands(level) or whole(level))


def _is_told(level: str, regimen: Regimen) -> bool:
    words = re.sub(r"^(?:\d+[.)])+\d*\s+", "", uniform(level)).strip(" *:.")
    return any(words in uniform(told) for told in (regimen.indication or "", regimen.verbatim, *regimen.notes))
