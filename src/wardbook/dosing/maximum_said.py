"""A maximum that a row's words name and no field of its reading holds: nothing is worked out beside one."""

import re

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen

_MAXIMUM = re.compile(
    r"\b(?:max(?:imum|\.)?(?: (?:single|daily|total))?(?: dose)?|(?:not|never) (?:to )?exceed(?:ing)?|no more than|"
    r"capped at)(?: of|:| is)?\s+(?=\d)"
)


def maximum_not_read(regimen: Regimen) -> str:
    """Give the words of a maximum in a row that has none in any field, "" where there is no such."""
    if any(
        (regimen.max_single, regimen.max_daily, regimen.max_single_by_size, regimen.max_daily_by_size, regimen.max_rate)
    ):
        return ""
    text = uniform(regimen.verbatim)
    for match in _MAXIMUM.finditer(text):
        figures = read_amounts(text[match.end() :])
        if figures and figures[0].begin == 0 and figures[0].is_dose and figures[0].per_time not in ("min", "h"):
            return text[match.start() : match.end() + figures[0].end].strip()
    return ""
