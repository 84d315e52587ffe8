"""Whether pages are a children's unit's by their own words: its doses by weight or surface are then for children.

"Handbook of the Children's Cancer Unit" stands once, on the first page; none of its rows says "child" again. Only doses
per kilogram or square metre are taken so: a fixed one may still be that of the young adults whom the unit has as well.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import groups_of
from wardbook.lazy_regex import lazy_regex

_HOME = lazy_regex(r"(?:\d+[\s._-]*)?(?:home|index|readme|start|welcome|about|contents|main)\b", re.IGNORECASE)
"""File names of the page that says what a folder of pages is."""
_CHILD = r"(?:child(?:ren)?(?:'?s)?'?|(?:sick )?kids|pa?ediatrics?|infants? and children)"
_PLACE = r"(?:hospitals?|units?|wards?|dep(?:artmen)?t|service|cent(?:re|er)|division|programme|program|clinic|team)\b"
_UNIT = lazy_regex(rf"\b{_CHILD}(?!\w)[^.;:()]{{0,80}}\b{_PLACE}")
_FOR = (
    r"\b(?:we (?:only )?(?:look after|treat|care for|see)|(?:written|meant|is|are|for use) (?:only )?(?:for|in)|"
    r"apply to|applies to)"
)
_FOR_CHILDREN = lazy_regex(rf"{_FOR} (?:only |all )?(?:adults and )?{_CHILD}(?!\w)")
_FOR_ADULTS = lazy_regex(rf"{_FOR} (?:only |all )?adults?\b|\badults? only\b")
_SENT_THERE = lazy_regex(
    r"\b(?:ring|phone|call|ask|refer\w*|transfer\w*|send|sent|contact|bleep|belong\w*|goes|go to|no|not|never|nothing|"
    r"none|other|another|instead|elsewhere|under \d+|across|their)\b"
)
_ADULTS = lazy_regex(r"(?<!young )(?<!young-)\badults?\b")


def is_childrens(page: str, pages: Collection[str], lead_of: Callable[[str], Iterable[str]]) -> bool:
    """Tell whether a page is one for children by its lead, its folders, or the home page of the nearest that tells.

    `lead_of` gives the sentences of a page before its first heading below the title.
    """
    if (told := _of_page(lead_of(page))) is not None:
        return told
    for folder in _folders(page):
        if named := groups_of(re.sub(r"[-_]+", " ", folder.rpartition("/")[2])) & {"children", "adults"}:
            return named == {"children"}
        for home in (each for each in pages if each.rpartition("/")[0] == folder and _HOME.match(_name(each))):
            if (told := _of_unit(lead_of(home))) is not None:
                return told
    return False


def _name(page: str) -> str:
    return page.rpartition("/")[2]


def _folders(page: str) -> Iterator[str]:
    """Yield the folders that a page lies in, the nearest first, that of all pages ("") last."""
    while page:
        page = page.rpartition("/")[0]
        yield page


def _of_page(lead: Iterable[str]) -> bool | None:
    """Tell whether a page says that it is for children, alone or with adults; None where it says nothing of whom."""
    said = [each for each in map(uniform, lead) if _SENT_THERE.search(each) is None]
    if any(_FOR_CHILDREN.search(each) for each in said):
        return True
    return False if any(_FOR_ADULTS.search(each) for each in said) else None


def _of_unit(lead: Iterable[str]) -> bool | None:
    """Tell whether a unit is one for children; one for both sides says nothing of what a page is for."""
    said = [uniform(each) for each in lead]
    if any(_ADULTS.search(each) for each in said):
        return False
    here = (each for each in said if _SENT_THERE.search(each) is None)
    return True if any(_UNIT.search(each) or _FOR_CHILDREN.search(each) for each in here) else None
