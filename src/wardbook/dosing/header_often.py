"""How often the doses below are given, as the header of their column or the line over their table says."""

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.draft import Draft
from wardbook.dosing.frequency import Frequency, read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_ONCE_DAILY = lazy_regex(r"(?<![a-z])od(?![a-z])")
_A_DAY = lazy_regex(
    r"\b(?:total|max\w*|cumulative|per|limit)\b|\bdaily (?:dose|dosage|amount|total|max|maximum|limit)|\bif\b|"
    r"\bmonitor\w*|\blevels?\b|\bcheck|\bobs\b|\bvolume|\burine"
)
"""Words of a header by which its amounts are those of a day, or of no drug: that a dose is due daily is not said."""
_ALONE = lazy_regex(r"(?:^|[(,;])\s*$")
_ENDS = lazy_regex(r"\s*(?:$|[),;:])")


def header_often(words: str) -> list[Frequency]:
    """Give the one frequency that a header of doses holds ("Full BD (mg)", "IV 4-weekly (g)"), [] for none or several.

    "OD" is once daily here: a column of doses is of no eye.
    """
    plain = uniform(words)
    if _A_DAY.search(plain) or read_amounts(words):
        return []
    found = list(read_frequencies(words))
    once = _ONCE_DAILY.search(plain)
    if once and all(once.start() >= each.end or once.end() <= each.begin for each in found):
        day = read_frequencies("po od")[0].interval_h
        found.append(Frequency(day, once.start(), once.end()))
    return found if len(found) == 1 and found[0].interval_h else []


def lead_often(words: str) -> list[Frequency]:
    """Give the frequency of a line over a table, where it is a part of its own ("Weight bands (full dose, BD):")."""
    found = header_often(words)
    alone = found and _ALONE.search(words[: found[0].begin]) and _ENDS.match(words[found[0].end :])
    return found if alone else []


_ON_DAYS = lazy_regex(
    r"\bdays? ?(?:a|per|each|every|/) ?(?:week|wk)|\bweekends?\b|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b"
)
"""Days of the week: "BD" beside them is not every 12 hours throughout."""


def told_often(header: str, lead: str, around: str) -> list[tuple[str, Draft]]:
    """Give how often doses are given by their header, else by the line over the table, as what is told beside each.

    Nothing where the words `around` them say on which days of the week alone.
    """
    words, found = header, header_often(header)
    if not found and lead:
        words, found = lead, lead_often(lead)
    if not found or any(_ON_DAYS.search(uniform(each)) for each in (header, lead, around)):
        return []
    return [(words.strip(), Draft(0, 0, frequencies=found))]
