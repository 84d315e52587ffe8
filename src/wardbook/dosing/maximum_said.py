"""Maxima that the words beside a dose name; nothing is worked out beside one that no field holds."""

import re
from collections.abc import Collection, Sequence

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.limit_words import speaks_of_maximum
from wardbook.dosing.notation import stripped, uniform
from wardbook.dosing.regimen import Limit, Regimen
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_MAXIMUM = lazy_regex(
    r"\b(?:max(?:imum|\.)?(?: (?:single|daily|total))?(?: dose)?|(?:not|never) (?:to )?exceed(?:ing)?|no more than|"
    r"(?:not|never) (?:to )?be (?:more than|above|over|higher than|greater than)|"
    r"capped at|(?P<hours>(?!24)\d+ ?-? ?(?:h|hrs?|hours?|hourly) )(?:limit|cap|ceiling|max\w*))(?: of|:| is)?\s+(?=\d)"
)


_SEVERAL = lazy_regex(r"\d[\d.,]*(?:\s?/\s?\d[\d.,]*)+\s?[a-zµ]+")
"""Maxima of several days at once ("2000/2000/1000 mg")."""


def maximum_not_read(regimen: Regimen) -> str:
    """Give the words of a maximum in a row that has none in any field, or of one of some hours; "" if there is none."""
    known = any(
        (regimen.max_single, regimen.max_daily, regimen.max_single_by_size, regimen.max_daily_by_size, regimen.max_rate)
    )
    for text in map(uniform, (regimen.verbatim, *regimen.notes)):
        for match in _MAXIMUM.finditer(text):
            if known and not match["hours"]:
                continue
            if several := _SEVERAL.match(text, match.end()):
                return text[match.start() : several.end()].strip()
            figures = read_amounts(text[match.end() :])
            if figures and figures[0].begin == 0 and figures[0].is_dose and figures[0].per_time not in ("min", "h"):
                if _is_above(figures[0], regimen):
                    continue
                return text[match.start() : match.end() + figures[0].end].strip()
    return ""


def _is_above(most: Figure, regimen: Regimen) -> bool:
    """Tell whether a maximum by weight or surface leaves a step of a dose by the same measure as it is."""
    dose = regimen.amount
    if dose is None or regimen.step is None or most.per is None or (most.per, most.per_time) != (regimen.per, None):
        return False
    value = convert(most.amount.low, most.amount.unit, dose.unit)
    return value is not None and value >= dose.high


def is_untold(words: str, before: Sequence[Regimen], named: Collection[str]) -> bool:
    """Tell whether a sentence behind doses calls an amount the most, and no field of the last drug's doses holds it.

    `named` are its drugs. A bare "Max 800." is an amount too; how many doses, how fast or how long is none.
    """
    own = [each for each in before if each.drug == before[-1].drug]
    if not speaks_of_maximum(words) or set(named) - {before[-1].drug} or any(words in each.unparsed for each in own):
        return False
    figures = [each for each in read_amounts(words) if each.is_dose and each.amount.unit in GIVEN]
    figures = [each for each in figures if each.per_time in (None, "d")]
    if not figures:
        return _BARE.fullmatch(uniform(words)) is not None
    known = [limit for each in own for limit in limits_of(each)]
    return not any(
        convert(limit.value, limit.unit.partition("/")[0], each.amount.unit) in (each.amount.low, each.amount.high)
        for each in figures
        for limit in known
    )


GIVEN = frozenset({"mg", "g", "ug", "[iU]", "mmol", "meq", "ng"})
_BARE = lazy_regex(r"\W*(?:max(?:imum)?|cap(?:ped at)?|limit|ceiling)\.?(?: dose)?(?: of|:| is)?\s*\d[\d,.]*\W*")
"""A maximum without its unit."""


def limits_of(regimen: Regimen) -> list[Limit]:
    """Give all maxima that fields of a regimen hold."""
    every = (
        regimen.max_single,
        regimen.max_daily,
        regimen.max_single_by_size,
        regimen.max_daily_by_size,
        regimen.max_rate,
    )
    return [limit for limit in every if limit]


_OPENS = lazy_regex(
    r"(?:absolute |daily |single )?max(?:imum)?\b|(?:do )?not (?:to )?exceed|no more than|cap(?:ped)?\b"
)


def maxima_of(remark: str) -> list[str]:
    """Give the maxima of a remark: the whole of it where one opens it, else the parts that are nothing but one.

    One with words behind it ("IBW, max 20 mg in liver disease") may be for some only, and stays words.
    """
    if _OPENS.match(uniform(remark)):
        return [remark] if read_amounts(remark) else []
    parts = [stripped(part, " .") for part in re.split(r"[\n;]|,(?!\d)|\.\s", remark)]
    return [part for part in parts if _OPENS.match(uniform(part)) and _ends_with_amount(part)]


def _ends_with_amount(text: str) -> bool:
    return any(not text[figure.end :].strip(" ./()") for figure in read_amounts(text)[:1])
