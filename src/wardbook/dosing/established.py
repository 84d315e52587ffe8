"""Rows that prevent are none for who has the disease: "enoxaparin, PE yesterday" asks for the dose that treats.

What a patient has is told by a word beside the disease ("established", "5 days ago"), or by the event itself where
nobody names it but who has it. That a row prevents is told by its own words or by its headings.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from wardbook.dosing.asked_words import (
    DoseQuery,
    TermMatcher,
    positive,
    situation_words,
    stop_words,
    with_alike,
    words_of,
)
from wardbook.dosing.context import setting_of
from wardbook.dosing.for_what import background_diseases
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import known_as
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import names_thing, tells_nothing
from wardbook.dosing.unopposed import names_disease
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex


def not_preventing(regimens: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Drop the rows that only prevent what the question says that the patient has."""
    return [row for row in regimens if not is_had(row, query, same)]


def is_had(row: Regimen, query: DoseQuery, same: TermMatcher) -> bool:
    """Tell whether a row only prevents what the question says that the patient has."""
    if not _only_prevents(row) or _asks_to_prevent(query):
        return False
    if (query.setting or setting_of(query.for_text)) == "treatment" or has_event(query, row.drug):
        return True
    return any(
        _is_what_is_prevented(thing, row, same)
        for thing in things_had(_asked(query)) - query.told
        if names_disease(thing) or (same.keys(thing) and known_as(thing) is None)
    )


def treating(left: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the rows headed as treatment that name no other disease, where an event is had that the drug prevents.

    "Dose for treatment by platelets" is for the clot, though it does not name it.
    """
    return [row for row in left if row.setting == "treatment" and has_event(query, row.drug) and not _names_other(row)]


def only_prevention(place: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> bool:
    """Tell whether the rows of the drug asked about at one place all only prevent what the patient has."""
    own = [row for row in place if row.drug == query.drug]
    return bool(own) and all(is_had(row, query, same) for row in own)


def _asked(query: DoseQuery) -> str:
    return positive(query.part or query.words)


def _asks_to_prevent(query: DoseQuery) -> bool:
    """Tell whether prevention is asked, or another setting than treatment: the disease may be why."""
    return (query.setting or setting_of(query.for_text)) not in (None, "treatment") or "prophyla" in _asked(query)


def _only_prevents(row: Regimen) -> bool:
    """Tell whether a row is one that prevents: what is given before it breaks out treats what was found, and a dose
    below a heading for treatment is one step of that.
    """
    headed = setting_of(row.section.rpartition(" > ")[2])
    said = uniform(f"{situation_words(row)} ; {row.verbatim}")
    return row.setting == "prophylaxis" and headed != "treatment" and not _FOUND.search(said)


_FOUND = lazy_regex(r"\bpre-?empt|\bsecondary (?:prophyla|prevent)|\brecurren|\bprevious\b|\bhistory of\b")
"""Prevention for who has, or has had, something already."""


def has_event(query: DoseQuery, drug: str) -> bool:
    """Tell whether a question names an event as what the patient has that a drug of this name is given to prevent."""
    return any(
        drugs.search(drug)
        and event.search(_asked(query))
        and any(not _is_denied(text, each) for each in event.finditer(text))
        for text in (uniform(query.part or query.words),)
        for event, drugs in _events()
    )


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Tell whether an event is one that the patient had long ago, or may come to have."""
    return bool(_before_never().search(text[: match.start()]) or _AFTER_NEVER.match(text, match.end()))


_AFTER_NEVER = lazy_regex(
    r"\s+(?:(?:in the )?past\b|histor|hx\b|(?:many |\d+ |some |few |a )?(?:years?|yrs?|y) ago|"
    r"risk|prevention|prophyla|ppx\b|px\b|proph\b|20\d\d\b|"
    r"(?:is |was |has been )?(?:ruled out|not seen|not found|negative|excluded|unlikely))"
)


@lru_cache(maxsize=64)
def things_had(asked: str) -> frozenset[str]:
    """Give the words of what a question says the patient has, cancers and the like aside, as `words_of` gives them."""
    found = set[str]()
    for match in _before_thing().finditer(asked):
        if not _before_never().search(asked[: match.start()]):
            found |= words_of(match[1])
    for match in _behind_thing().finditer(asked):
        found |= words_of(match[1])
    for match in _infections().finditer(asked):
        if not (_before_never().search(asked[: match.start()]) or _AFTER_NEVER.match(asked, match.end())):
            found |= words_of(match[1])
    return frozenset(
        word
        for word in found - background_diseases() - stop_words()
        if not (tells_nothing(word) or _states().match(word))
    )


def _is_what_is_prevented(thing: str, row: Regimen, same: TermMatcher) -> bool:
    """Tell whether a row prevents a thing: its place names that, and not as what its patients have ("GVHD on X")."""
    words = with_alike(frozenset({thing}))
    around = " ; ".join((situation_words(row), row.verbatim, *row.notes))
    if not (words & words_of(around) or same.keys(thing) & same.keys(around)):
        return False
    whom = uniform(" ; ".join(filter(None, (row.indication, row.population, row.severity, *row.notes))))
    left = words_of(_PREVENTED.sub(" ", whom)) - words_of(f"{row.title} ; {row.section}")
    return not words & left


_PREVENTED = lazy_regex(
    r"\b(?:prophyla\w+|prevent\w*)(?: (?:of|against|for))?(?: [a-z-]+){1,3}|(?:[a-z-]+ ){1,3}(?:prophyla\w+|prevention)"
)


def _names_other(row: Regimen) -> bool:
    """Tell whether what a row is for names a disease that is no such event."""
    label = uniform(row.indication or "")
    for event, _ in _events():
        label = event.sub(" ", label)
    return any(names_thing(word) and not tells_nothing(word) for word in words_of(label))


@cache
def _events() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{row[1]})(?![\w-])"), re.compile(rf"(?:{row[2]})$"))
        for row in rows("established.tsv")
        if row[0] == "event"
    )


def _words(kind: str) -> str:
    return "|".join(row[1] for row in rows("established.tsv") if row[0] == kind)


_NAME = r"((?:[a-z][\w/-]*)(?: [a-z][\w/-]*){0,2})"


@cache
def _before_thing() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_words('before')})(?: (?:an?|the|new|acute|clinical|lab))* {_NAME}")


@cache
def _behind_thing() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_NAME} (?:{_words('behind')})(?![\w-])")


@cache
def _infections() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({_words('organism')})[ -](?:{_words('its disease')})(?![\w-])")


@cache
def _states() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('state')})$")


@cache
def _before_never() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{_words('never')})(?: (?:an?|the|of|for|in|his|her|their|any|old|provoked|unprovoked))* ?$"
    )
