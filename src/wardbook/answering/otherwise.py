"""Statements whose own label is for other patients than the question's: another severity, another sex, no bleed.

A page that lists what to give for each of several cases is right on each, and an answer with the wrong one is not.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from wardbook.answering.question import Question
from wardbook.corpus.names import tokens
from wardbook.corpus.unit import Unit
from wardbook.dosing.against import deny_one_another, rule_out
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import positive, words_of
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.of_title import joined_conditions
from wardbook.dosing.patient_group import groups_of
from wardbook.dosing.severity import severity_words
from wardbook.dosing.telling import names_thing, tells_nothing
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

LONGEST_LABEL = 60
"""Characters of a label before a colon."""
_NOT_HAD = lazy_regex(
    r"[\s-]+(?:is |was |are )?(?:allerg|intoleran|hypersens|contra-?indicat|not tolerated|not available|unavailable)",
    re.IGNORECASE,
)
_PEN_ALLERGY = lazy_regex(r"\bpen(?:icillin)?[\s-]+(?:allerg|hypersens)", re.IGNORECASE)
_PENICILLINS = lazy_regex(r"cillin\b")
"""The ending of the drugs of which an allergy to one is an allergy to all."""
_REFUSED = lazy_regex(r"\b(?:not|no|never|avoid|instead of)\s+(?:[a-z]+\s+){0,2}$")
_ALLERGIC = lazy_regex(r"\b(?:allerg\w*|intoleran\w*|hypersensitiv\w*) (?:to|of) (?:the )?$", re.IGNORECASE)


def of_case(question: Question, title: str, path: Sequence[str], units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Leave out the units of a section that are for another case than the question's, or give what cannot be had.

    A severity is another one only where the section has the one that is asked; so is a case in a table that has a row
    for the level of risk asked.
    """
    defines = "definition" in question.kinds and "treatment" not in question.kinds  # "what do we do" defines nothing
    if defines or question.kinds & {"compare", "grading"}:
        return units
    if _is_of_other_part(question.text, title, " ".join(path)):
        return ()
    if _is_of_other_age(question, " ".join([title, *path])):
        units = tuple(unit for unit in units if not any(each.is_dose for each in read_amounts(unit.text)))
    labels = [label_of(unit) for unit in units]
    asked = _widened(severity_words(positive(question.text)))
    scaled = any(_widened(severity_words(label)) & asked for label in labels)
    level = _level(question.text, labels)
    levelled = {unit.block for unit, label in zip(units, labels, strict=True) if level and _level_of(label) == level}
    barred, rivalled = not_had(question), _of_other_things(question.text, units, labels)
    return tuple(
        unit
        for unit, label in zip(units, labels, strict=True)
        if not (
            unit in rivalled
            or _is_other_case(label, question.text, asked if scaled else frozenset())
            or (level and _is_other_level(label, level, question.text, unit.block in levelled))
            or gives_any(unit, barred)
        )
    )


def _of_other_things(asked: str, units: Sequence[Unit], labels: Sequence[str]) -> list[Unit]:
    """Give the units labelled by a disease or organism that is not asked, beside one labelled by what is.

    "Varicella, seronegative: ..." is none of the lines on a contact with measles where one is labelled "Measles". What
    denies or warns stays, whatever it is labelled by ("Active tuberculosis: do not give").
    """
    things = _things(asked)
    named = [_things(label) for label in labels]
    lists = [unit.block if unit.values else unit.kind for unit in units]
    led = {one for one, own in zip(lists, named, strict=True) if own & things}
    return [
        unit
        for unit, own, one in zip(units, named, lists, strict=True)
        if own and one in led and not own & things and not _things(unit.text) & things and not _DENIES.search(unit.text)
    ]


_DENIES = lazy_regex(r"\b(?:no|not|never|avoid\w*|contra-?indicat\w*|stop|hold|withh[eo]ld)\b", re.IGNORECASE)


@lru_cache(maxsize=OF_BOTH)
def _things(text: str) -> frozenset[str]:
    """Give the words of a text for diseases, events and organisms."""
    return frozenset(word for word in words_of(positive(text)) if names_thing(word) and not tells_nothing(word))


_LEVEL = lazy_regex(r"\s*(?:very )?(?:low|moderate|intermediate|medium|high)(?: risk)?\s*", re.IGNORECASE)
_ANY_LEVEL = lazy_regex(r"\b(?:low|moderate|intermediate|medium|high)\b")
_RISK = lazy_regex(
    r"\b((?:very )?(?:low|moderate|intermediate|medium|high))[ -](?:[a-z0-9-]+[ -])?(?:risk|score|band|category|tier)\b"
)


def _level(asked: str, labels: Sequence[str]) -> str | None:
    """Give the level of a risk that is asked ("low emetic risk"), where the labels are such levels and one is it."""
    own = {_level_of(label) for label in labels if _LEVEL.fullmatch(label)}
    level = level_asked(asked)
    return level if len(own) > 1 and level in own else None


@lru_cache(maxsize=256)
def level_asked(asked: str) -> str | None:
    """Give the one level of a risk or score that is asked ("high Larch score"), or None."""
    found = _RISK.findall(uniform(asked))
    alone = len(_ANY_LEVEL.findall(uniform(asked))) == 1
    return str(found[0]) if len(found) == 1 and alone else None


def is_of_level(label: str, asked: str) -> bool:
    """Tell whether a label is no more than the level of a risk or score that is asked."""
    level = level_asked(asked)
    return level is not None and _LEVEL.fullmatch(label) is not None and _level_of(label) == level


def _is_other_level(label: str, level: str, asked: str, levelled: bool) -> bool:
    """Tell whether a label is another level, or a case that the question does not name beside rows of levels."""
    if _level_of(label) == level or not label:
        return False
    return bool(_LEVEL.fullmatch(label)) or (levelled and not _plain(label) <= _plain(asked))


def _level_of(label: str) -> str:
    return uniform(label).strip().removesuffix(" risk")


def closer_row(asked: str, row: Unit, units: Sequence[Unit]) -> Unit | None:
    """Give the row of a row's table whose label says all that the row's does, and more that the question says too.

    For "delirium in Parkinson's" the row "Delirium, Parkinson's" is meant, and not the one "Delirium".
    """
    own, said = _plain(label_of(row)), _plain(asked)
    beside = [unit for unit in units if unit.kind == "row" and unit.block == row.block and unit is not row]
    found = [unit for unit in beside if own and own < _plain(label_of(unit)) and _plain(label_of(unit)) - own <= said]
    return found[0] if len(found) == 1 and row.kind == "row" else None


def _plain(text: str) -> frozenset[str]:
    """Give the words of a text without a possessive or plural "s"."""
    words = re.findall(r"[a-z]{2,}", re.sub(r"[’']s\b", "", uniform(text)))
    return frozenset(word.removesuffix("s") if len(word) > 4 else word for word in words)


def _is_of_other_age(question: Question, above: str) -> bool:
    """Tell whether title and headings are for children and the question for an adult, or the other way round."""
    named = groups_of(above) & {"children", "adults"}
    asked = {"child": "children", "adult": "adults"}.get(question.population or "")
    return bool(asked and named) and asked not in named


def _widened(words: frozenset[str]) -> frozenset[str]:
    """Take what is not severe for mild and moderate too."""
    return words | {"mild", "moderate"} if "non-severe" in words else words


def _is_of_other_part(asked: str, title: str, headings: str) -> bool:
    """Tell whether headings name one condition of a title that joins several, and a question only another of them."""
    parts = joined_conditions(title)
    said, wanted = frozenset(tokens(headings)), frozenset(tokens(uniform(asked)))
    named = [part for part in parts if part & said]
    others = [part for part in parts if part not in named and part & wanted]
    return bool(named and others) and not any(part & wanted for part in named)


def _is_other_case(label: str, asked: str, severity: frozenset[str]) -> bool:
    if not label:
        return False
    own = _widened(severity_words(label)) if severity else frozenset()
    return bool(own and not own & severity) or deny_one_another(label, asked) or rule_out(label, asked)


@lru_cache(maxsize=20_000)
def label_of(unit: Unit) -> str:
    """Give the words that say which case a statement is for: a row's first cell, or what stands before its colon."""
    if unit.values:
        return unit.values[0][1]
    label, colon, _ = unit.text.partition(":")
    return label if colon and len(label) <= LONGEST_LABEL else ""


def not_had(question: Question) -> frozenset[str]:
    """Give the drugs that by the question's words the patient cannot have ("cipro contraindicated")."""
    short = frozenset({"penicillin"}) if _PEN_ALLERGY.search(question.text) else frozenset()
    return short | frozenset(
        each.drug
        for each in mentions_of(question.text)
        if _NOT_HAD.match(question.text, each.end) or _ALLERGIC.search(question.text[: each.begin])
    )


def gives_any(unit: Unit, drugs: frozenset[str]) -> bool:
    """Tell whether a statement gives a dose, and none but doses of such drugs, or names a dose right behind one."""
    if not drugs:
        return False
    named = mentions_of(unit.text)
    amounts = [each.begin for each in read_amounts(unit.text) if each.is_dose]
    plain = uniform(unit.text)
    for at, each in enumerate(named):
        end = named[at + 1].begin if at + 1 < len(named) else len(unit.text)
        if _is_of(each.drug, drugs) and any(each.end <= amount < end for amount in amounts):
            return not _REFUSED.search(plain[: each.begin])
    return False


def _is_of(drug: str, named: frozenset[str]) -> bool:
    """Tell whether a drug is one of those named or holds it, or is a penicillin as one of them is."""
    parts = {drug, *re.split(r"[-/+ ]", drug)}
    return bool(parts & named) or bool(_PENICILLINS.search(drug) and any(map(_PENICILLINS.search, named)))
