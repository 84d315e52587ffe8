"""Groups of patients that a text or a regimen names: children, pregnancy, renal impairment and the like."""

import re
from functools import cache, lru_cache

from wardbook.dosing.band import RENAL
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import CLEARANCE_PER_KG
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.vocabulary import rows
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

SPECIAL = ("children", "pregnancy", "lactation", "renal impairment", "hepatic impairment")
"""Groups for whom a row that does not name them is no answer."""


@cache
def _groups() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("population_groups.tsv")}


@cache
def group_pattern() -> re.Pattern[str]:
    """Give the pattern of a word that names a group."""
    words = sorted(_groups(), key=len, reverse=True)
    return re.compile(rf"(?<![a-z-])({'|'.join(map(re.escape, words))})\w*")


@lru_cache(maxsize=OF_BOTH)
def groups_of(text: str) -> frozenset[str]:
    """Give the groups of patients that a text names ("children", "renal impairment", ...)."""
    plain = _CHILD_CLASS.sub("child-pugh", uniform(text))
    return frozenset(_groups()[word] for word in group_pattern().findall(plain))


_CHILD_CLASS = lazy_regex(r"\bchild[ -]?(?:a ?(?:/|-|&|,|or|and|to) ?)?[bc]\b(?![-.]?\w)")
"""A class of the liver by the first of its two names ("Child C not recommended"): no child is told of."""


_NO_IMPAIRMENT = lazy_regex(
    r"\b(?:(?:kidneys?|renal)(?: (?:kidneys?|renal|cell)){0,3} "
    r"(?:stones?|colic|calcul[a-z]+|cysts?|cancer|carcinoma|tumou?rs?|infections?)|"
    r"(?:kidneys?|renal|liver|hepatic)(?: (?:kidneys?|renal|liver|hepatic)){0,3} "
    r"(?:(?:transplant )?donors?|donation|biops[a-z]+|scans?|ultrasound|team|ward|unit|clinic|consultant|registrar|"
    r"nurse|doctor)|"
    r"(?:donated|gave|give)(?: up)? (?:an?|one|his|her|their)(?: (?:own|left|right))? kidney)\b"
)
"""Organs that are named, and not for working badly: a kidney donor has a good one left."""


def groups_told(text: str) -> frozenset[str]:
    """Give the groups that a question names; "kidney stones" or "the renal team" tells of no impairment."""
    return groups_of(_NO_IMPAIRMENT.sub(" ", uniform(text)))


_CHILD_PUGH = lazy_regex(
    r"\bchild[ -]?(?:turcotte[ -])?pugh(?: (?:class|score|stage|grade))?[ :]*"
    r"\(?([abc](?:\s*(?:,|/|-|&|or|and|to)\s*[abc])*)\b(?!-)"
)


def liver_classes(text: str) -> frozenset[str]:
    """Give the Child-Pugh classes that a text names, of a range all ("Child-Pugh A-C")."""
    found = frozenset[str]()
    for match in _CHILD_PUGH.finditer(uniform(text)):
        letters = re.findall(r"\b[abc]\b", match[1])
        ranged = re.search(r"-|\bto\b", match[1])
        found |= (
            frozenset(each for each in "abc" if letters[0] <= each <= letters[-1]) if ranged else frozenset(letters)
        )
    return found


def of_other_liver(words: str, asked: str) -> bool:
    """Tell whether words are of Child-Pugh classes of which a question that names one has none."""
    own, said = liver_classes(words), liver_classes(asked)
    return bool(own and said) and not own & said


_DENIED = lazy_regex(r"\b(?:not|non|no|without)[ -]+(?:in |a )?[^\s,;()]+")


def denied_groups(text: str) -> dict[str, frozenset[str]]:
    """Give the words by which a text denies groups of patients, with these ("women, not pregnant")."""
    found = {words: groups_of(words) for words in _DENIED.findall(uniform(text))}
    return {words: groups for words, groups in found.items() if groups}


def _affirmed(text: str) -> str:
    """Give a text without the groups that it denies."""
    return _DENIED.sub(" ", uniform(text))


def stated_groups(regimen: Regimen) -> frozenset[str]:
    """Give the groups of patients that a row's own words or band state, those of its page's title left out."""
    own = _affirmed(regimen.indication or "").removeprefix(_affirmed(regimen.title))
    renal = any(band.quantity in (*RENAL, CLEARANCE_PER_KG) and band.high is not None for band in regimen.bands)
    named = groups_of(own) | groups_of(_affirmed(regimen.population or ""))
    return named | {"renal impairment"} if renal else named


_ORGAN = r"(?:renal|kidneys?|hepatic|liver)"
_CHAPTER = lazy_regex(rf"(?:^|[/&,+]|\band\b)\s*{_ORGAN}\s*(?:$|[/&,+]|\band\b)")


def _without_chapter(words: str, title: str) -> str:
    """Leave out a title that lists organs as chapters do ("GI / Liver"): its rows are not for impaired ones."""
    plain = _affirmed(title)
    listed = _CHAPTER.search(plain) and re.search(r"[/&,+]|\band\b", plain)
    return words.removeprefix(plain) if listed else words


def _file(regimen: Regimen) -> str:
    """Give the words of a page's file name, whatever joins them ("somedrug-children")."""
    return re.sub(r"[-_]+", " ", regimen.page.rpartition("/")[2])


def own_groups(regimen: Regimen) -> frozenset[str]:
    """Give the groups of patients that a regimen is for: those that it names, or that its band is about."""
    indication = groups_of(_without_chapter(_affirmed(regimen.indication or ""), regimen.title))
    named = groups_of(_affirmed(regimen.population or ""))
    # a row for adults on a page for children is for adults
    named |= indication & (set(SPECIAL) - ({"children"} if named & {"children", "adults"} else set()))
    # a table of doses for adults under "Renal impairment" is for no other adults
    named |= groups_of(_affirmed(regimen.section)) & {"renal impairment", "hepatic impairment"} if named else named
    named = named or indication | groups_of(_affirmed(regimen.section)) or groups_of(_file(regimen))
    if any(band.quantity in (*RENAL, CLEARANCE_PER_KG) for band in regimen.bands):
        named |= {"renal impairment"}
    return named


@cache
def hd_words() -> str:
    """Give the pattern of "HD" for dialysis: before what is given in high doses it is none."""
    return rf"\bhd\b(?![- ]?(?:{'|'.join(row[0] for row in rows('high_dose.tsv'))}))"


@cache
def _dialysis() -> re.Pattern[str]:
    return re.compile(rf"(?<!not on )(?<!not )(?<!no )\b(?:ha?emo-?)?dialy|{hd_words()}", re.IGNORECASE)


_FILTERED = lazy_regex(
    r"(?<!not on )(?<!not )(?<!no )\b(?:crrt|cvv?hd?f?|ha?emo-?(?:dia)?filtr[a-z]+|continuous renal replacement)\b",
    re.IGNORECASE,
)


def on_filtration(text: str) -> bool:
    """Tell whether words are of patients on continuous renal replacement, whose doses are no others'."""
    return _FILTERED.search(text) is not None


def on_dialysis(text: str) -> bool:
    """Tell whether words are of patients on dialysis."""
    return _dialysis().search(text) is not None
