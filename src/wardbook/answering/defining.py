"""What a thing is: the line that says it, or the entry of a list of abbreviations, in place of all that names it.

"What is X" and "what does X stand for" ask for one statement. The lines that speak of X most are others: the rows of
its grades, its doses, what not to do in it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum

from wardbook.answering.carried import goes_on
from wardbook.answering.fit import acts
from wardbook.answering.headed import heads
from wardbook.answering.named_as import (
    Forms,
    forms_of,
    is_thing,
    names_scale,
    names_thing,
    spells,
    starts_with,
    title_of,
)
from wardbook.answering.question import Question, grades_of
from wardbook.answering.scoring import Evidence, initials
from wardbook.answering.terms import Term, stems
from wardbook.answering.thing_asked import Thing, thing_asked
from wardbook.corpus.names import acronyms
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.lazy_regex import lazy_regex

MOST = 2
"""Statements that define a thing, of an answer."""
FURTHER = 350
"""Characters up to which what stands behind a statement is told with it."""


class How(IntEnum):
    """How a line says what a thing is, the surest last."""

    LETTERS = 1
    """As an entry of abbreviations: "X - long form"."""
    WITH_INITIALS = 2
    """By words in a row whose initials it is."""
    WITH_LETTERS = 3
    """In passing: "the long form (X)"."""
    OPENS_SECTION = 4
    """As the first words of a section that it heads."""
    OPENS = 5
    """As the first words of its page, or of the part of it that says what it is."""
    ACTS = 6
    """By how it acts: "X binds ..."."""
    SAYS = 7
    """By saying that it is such a thing: "X is a ..."."""
    SERVES = 8
    """By saying what it is for, where that is asked."""


def defining(question: Question, ranked: Sequence[Evidence], terms: Sequence[Term]) -> list[Evidence]:
    """Give the lines that say what the thing is that is asked about, the surest first; none where it is not asked."""
    thing = thing_asked(question.text)
    if thing is None or (thing.wants == "when" and not question.drugs):
        return []
    forms = forms_of(thing.words, terms)
    found: dict[How, list[Evidence]] = {}
    for each in ranked:
        if how := _how(each, thing, forms):
            found.setdefault(how, []).append(each)
    if thing.wants == "letters":
        ways = (found.get(how, []) for how in (How.LETTERS, How.SAYS, How.WITH_LETTERS, How.WITH_INITIALS))
        return next(filter(None, ways), [])[:1]
    if thing.wants == "when" and How.SERVES not in found:
        return []
    best = _best(found, thing)
    if not any(how > How.OPENS_SECTION for how in found) and (items := _items(ranked, forms)):
        best = items
    told = " ".join(each.unit.text for each in best).casefold()
    letters = found.get(How.LETTERS, [])[:1] if thing.wants == "is" else []
    return [*(each for each in letters if _meant(each.unit).casefold() not in told), *best]


def one_and_same(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the lines that have both names of one thing, where it is asked whether they are the same."""
    names = {mention.words.casefold() for mention in question.mentions}
    if question.kind != "compare" or len(names) < 2 or len({mention.key for mention in question.mentions}) != 1:
        return []
    return [each for each in ranked if all(name in each.unit.text.casefold() for name in names)][:MOST]


_SCALE = lazy_regex(r"\b(?:scores?|scales?|index|points?|criteria|assessment|checklist|tool)\b", re.IGNORECASE)
MOST_ITEMS = 10
"""Items of a score that say what it is."""


def _items(ranked: Sequence[Evidence], forms: Forms) -> list[Evidence]:
    """Give the rows under the heading of a score: its items say what it is better than how often it is taken."""
    for each in ranked:
        heading = each.hit.path[-1] if each.hit.path else ""
        if each.unit.kind == "row" and _SCALE.search(heading) and names_scale(title_of(heading), forms):
            rows = [unit for unit in each.hit.units if unit.kind == "row" and unit.block == each.unit.block]
            return [replace(each, unit=unit) for unit in rows[:MOST_ITEMS]]
    return []


def _best(found: dict[How, list[Evidence]], thing: Thing) -> list[Evidence]:
    """Give the surest statements, each with what goes on about it behind."""
    how = max((each for each in found if each > How.WITH_LETTERS), default=None)
    if how is None:
        return []
    taken = found[how]
    if how == How.SERVES:
        taken = sorted(taken, key=lambda each: (not _is_on_use(each), each.hit.page, each.unit.lines))
    taken = taken[:MOST]
    if how in (How.SAYS, How.OPENS):  # "A, B and C are scores" says little of B, the section on it beside more
        pages = {each.hit.page for each in taken}
        beside = (each for each in found.get(How.OPENS_SECTION, []) if each.hit.page in pages)
        taken = [*taken, *beside][:MOST]
    return _told_further(taken, thing.wants != "is" or how in (How.OPENS, How.OPENS_SECTION))


def _meant(unit: Unit) -> str:
    """Give what an entry of abbreviations has beside the letters."""
    if unit.values:
        return unit.values[1][1] if len(unit.values) > 1 else ""
    found = _SUBJECT.match(unit.text)
    return unit.text[found.end() :] if found else ""


def _how(each: Evidence, thing: Thing, forms: Forms) -> How | None:
    """Tell how a line says what a thing is, or is for where that is asked; None where it does not."""
    unit = each.unit
    if thing.wants in ("use", "when") and _serves(each, forms):
        return How.SERVES
    if unit.kind == "row":
        return _of_row(each, thing.words, forms)
    if unit.kind not in ("sentence", "bullet"):
        return None
    said = _of_sentence(unit.text, thing.words, forms)
    if said:
        return said
    if starts_with(unit.text, forms) and acts(unit.text[:160]):
        return How.ACTS
    if opens := _opens(each, forms):
        return opens
    if any(is_thing(short, forms) for short, _ in acronyms(unit.text)):
        return How.WITH_LETTERS
    letters = thing.words.lower()
    return How.WITH_INITIALS if len(letters) > MOST and letters in initials(unit.text, len(letters)) else None


_SUBJECT = lazy_regex(
    r"(?P<thing>[^.;:=|]{1,110}?)(?P<mark>\s*[:=]\s*|\s+[-–—]\s+|\s+\((?=[^()]*\)\s*$)|"
    r"\s+(?:is|are|means?|refers to|stands for|describes|denotes)\s+)"
)
"""Begins a statement with what it is of, and goes on to say what that is."""
_OTHERWISE = lazy_regex(
    r"(?:not\b(?! (?:the same|a\b|an\b))|\w+ed\b(?! (?:as|to be)\b)|\W*\d|"
    r"(?:given|seen|rare|common|more|less|most|never|also|on|in|at|within|available|contraindicated|likely|see|"
    r"the same|first)\b)",
    re.IGNORECASE,
)
"""Goes on behind the verb otherwise than to say what a thing is ("X is given in", "X is rare")."""
_STANDS = frozenset({":", "=", "-", "–", "—", "stands for", "mean", "means", "("})
_SAYS = frozenset({"=", "mean", "means", "refers to", "stands for", "describes", "denotes"})
LONG_ENOUGH = 40
"""Characters behind a name and its letters from which they describe it ("Long form (LF): a disorder of ...")."""


def _of_sentence(text: str, named: str, forms: Forms) -> How | None:
    """Tell whether a sentence or bullet begins with a thing and goes on to say what it is, or what it stands for."""
    found = _SUBJECT.match(text[:400])
    if not found or not names_thing(found["thing"], forms):
        return None
    rest, mark = text[found.end() :].strip(" .)"), found["mark"].strip()
    if is_thing(rest, forms):  # one name by the other
        return How.LETTERS if stems(rest) != stems(named) else None
    if mark in _STANDS and spells(named, rest):
        return How.LETTERS
    described = mark in (":", "-", "–", "—") and "(" in found["thing"] and len(rest) > LONG_ENOUGH
    says = mark in _SAYS or described or (mark in ("is", "are") and not _OTHERWISE.match(rest))
    return How.SAYS if says else None


_LISTS = lazy_regex(
    r"\b(?:abbreviations?|acronyms?|glossary|terms?|definitions?|means|meaning|stands for|long(?: form)?|in full|"
    r"written out)\b",
    re.IGNORECASE,
)
"""Heads entries that say what letters or words mean."""


def _of_row(each: Evidence, named: str, forms: Forms) -> How | None:
    """Tell whether a row is the entry of letters or a word, and of what they stand for."""
    values = each.unit.values
    if len(values) <= 1 or not is_thing(values[0][1], forms):
        return None
    above = " ".join([*each.hit.path[-1:], each.hit.title, *(name for name, _ in values)])
    return How.LETTERS if spells(named, values[1][1]) or _LISTS.search(above) else None


_WHAT_IT_IS = lazy_regex(
    r"\bwhat (?:it|this|that|we mean)\b|\bmeans?\b|\bterms?\b|\brole\b|\bplace\b|\bwhy we\b|\bkey facts\b|\bin short\b|"
    r"\bhow it works\b|\bwhen we use\b",
    re.IGNORECASE,
)
"""Heads what a page says of its subject as a whole."""
_ABOUT_PAGE = lazy_regex(
    r"\W*(?:last (?:updated|reviewed)|evidence level|level of evidence|authors?|owner|version|reviewed|next review|"
    r"see also|updated|written by|category)\b",
    re.IGNORECASE,
)
"""Begins what is said of the page itself."""


def _opens(each: Evidence, forms: Forms) -> How | None:
    """Tell whether a sentence is the first of a page or section on the thing, in a part that says what it is."""
    hit, unit = each.hit, each.unit
    prose = (one for one in hit.units if one.kind in ("sentence", "bullet") and not _ABOUT_PAGE.match(one.text))
    if (
        grades_of(unit.text)
        or unit is not next(prose, None)
        or unit.text.rstrip().endswith(":")
        or len(unit.text.split()) <= MOST + 1
    ):
        return None
    if (names_thing(title_of(hit.title), forms) or names_thing(hit.title, forms)) and (
        not hit.path or _is_on_it(hit.path[-1])
    ):
        return How.OPENS
    headed = bool(hit.path) and names_thing(title_of(hit.path[-1]), forms)
    return How.OPENS_SECTION if headed and unit.kind == "sentence" else None


def _is_on_it(heading: str) -> bool:
    return heads("definition", heading) or _WHAT_IT_IS.search(heading) is not None


_SERVES = lazy_regex(
    r"\b(?:use[ds]?(?: it| here| by| in| as| for| when)|indicated|licen[cs]ed|labelled|labeled|approved for|"
    r"(?:first|second|third|last)[ -](?:line|choice)|(?:reserved|kept) for|held back for|drug of choice|"
    r"option (?:in|for|when)|given (?:for|when|to|in)|treats)\b",
    re.IGNORECASE,
)
"""Says what a thing is for."""
_DENIED = lazy_regex(
    r"^[^.;:]{0,60}\b(?:not|never|no longer|stopped|contraindicated|advises? against)\b", re.IGNORECASE
)
"""Begins by saying what a thing is not for."""


def _serves(each: Evidence, forms: Forms) -> bool:
    """Tell whether a statement says what a drug or product is for: its own line, or one of its page."""
    unit, hit = each.unit, each.hit
    if not (names_thing(title_of(hit.title), forms) or starts_with(hit.title, forms) or starts_with(unit.text, forms)):
        return False
    says = _SERVES.search(unit.text[:200]) is not None and not any(each.is_dose for each in read_amounts(unit.text))
    headed = bool(hit.path) and heads("indication", hit.path[-1]) and unit.kind in ("sentence", "bullet")
    return (says or headed) and unit.kind != "code" and not _DENIED.search(unit.text)


def _is_on_use(each: Evidence) -> bool:
    """Tell whether a statement stands at the top of its page, or under words for what a thing is or is for."""
    near = " ".join(each.hit.path[-1:])
    return not near or heads("indication", near) or _is_on_it(near)


_IT = lazy_regex(r"(?:it|its|they|these|this|all)\b", re.IGNORECASE)


def _told_further(best: Sequence[Evidence], whole: bool) -> list[Evidence]:
    """Put the sentences behind a statement that go on about it, or the `whole` of what its short section tells."""
    found: list[Evidence] = []
    for each in best:
        units = each.hit.units
        found.append(each)
        used = len(each.unit.text)
        for unit in units[units.index(each.unit) + 1 :]:
            used += len(unit.text)
            leans = unit.block == each.unit.block and (goes_on(unit.text) or _IT.match(unit.text))
            if used > FURTHER or unit.kind not in ("sentence", "bullet") or not (whole or leans):
                break
            found.append(replace(each, unit=unit))
    return list({(each.hit.page, each.unit.lines, each.unit.quote): each for each in found}.values())
