"""What stands right behind a statement and takes from it: "Not in children.", a bullet under it "except at night"."""

import re
from collections.abc import Iterator, Sequence

from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.binding import mentions_of
from wardbook.lazy_regex import lazy_regex

_TAKES = lazy_regex(
    r"(?:avoid|do not|don[’']t|never|not|contra-?indicated|hold|must not|should not|"
    r"except|excluding|unless|only|but|however|nor|other than)\b",
    re.IGNORECASE,
)


_BACK = re.compile(
    r"\(?(?:(?:this|that|it|which|the (?:policy|practice|study|trial)) (?:was|is|has been) )?"
    r"(?:withdrawn|abandoned|superseded|retracted|revoked|discontinued|closed(?= (?:in |since )?(?:19|20)\d\d))\b|"
    r"(?:we|this (?:unit|ward|hospital|page)) (?:do|does|did)(?: not|n['’]t) (?:do|use|give|follow|offer|recommend) "
    r"(?:this|that|it|so)\b|(?:this|it|that) (?:is|was) (?:not|no longer) (?:done|used|given|followed|our practice)\b",
    re.IGNORECASE,
)
"""Takes back all that its paragraph says ("Withdrawn 2022.", "We do not do this yet.")."""


def taken_back(unit: Unit, units: Sequence[Unit]) -> Iterator[Unit]:
    """Give the later sentences of a unit's own paragraph that take it back; it is never told without them."""
    if unit.kind == "row" or unit not in units:
        return
    for other in units[units.index(unit) + 1 :]:
        if other.block != unit.block or other.section != unit.section:
            return
        if _BACK.match(other.text):
            yield other


def words_behind(unit: Unit, units: Sequence[Unit]) -> Iterator[Unit]:
    """Give the units that take from one of a section's `units`: the sentences behind it and the bullets under it.

    So does the note that a mark in its words points to ("X*" over "* Not if ..."), and what bounds the doses of a table
    right below it ("Never as a bolus.").
    """
    if unit in units:
        yield from _notes(unit, units)
        yield from _limits(unit, units)
    if unit.kind == "row" or unit not in units:
        return
    for other in units[units.index(unit) + 1 :]:
        takes = bool(_TAKES.match(other.text))
        goes_on = other.block == unit.block and other.kind == unit.kind and other.section == unit.section
        under = bool(other.lead) and other.lead[-1].rstrip(": ") == unit.text.rstrip(": ")
        if not under and not (goes_on and takes):
            return
        if takes:
            yield other


_MARK = lazy_regex(r"(?<=[\w)%²])\s?(\*{1,3}|[†‡§¶])(?![\w*])|(?<=\S)\s?(\([a-z]\))(?!\w)")


def _notes(unit: Unit, units: Sequence[Unit]) -> Iterator[Unit]:
    """Give the notes below a table or list that begin with a mark which stands behind a word of a unit."""
    marks = {mark for pair in _MARK.findall(unit.text) for mark in pair if mark}
    for other in units[units.index(unit) + 1 :] if marks else ():
        opening = _OPENING.match(other.text)
        if (
            other.kind != "row"
            and opening
            and (opening[0] in marks or any(f" {mark} " in other.text for mark in marks))
        ):
            yield other


_OPENING = lazy_regex(r"\*{1,3}(?!\*)|[†‡§¶]|\([a-z]\)")


_BOUNDS = lazy_regex(
    r"\W*(?:max(?:imum)?\b|never\b|(?:not?|no) (?:more|faster|quicker) than\b|not to exceed\b|"
    r"do(?: not|n['’]t) (?:exceed|give|infuse|bolus|push)\b|not as\b)",
    re.IGNORECASE,
)


def _limits(unit: Unit, units: Sequence[Unit]) -> Iterator[Unit]:
    """Give the sentences of the paragraph right below a dose's table that bound what its rows give."""
    if unit.kind != "row" or not any(figure.is_dose for figure in read_amounts(unit.text)):
        return
    at = units.index(unit)
    behind = [other for other in units[at + 1 :] if other.block != unit.block]
    before = " ; ".join([unit.section, *unit.lead, *(other.text for other in units[: at + 1])])
    known = {mention.drug for mention in mentions_of(before)}
    for other in behind:
        if other.kind != "sentence" or other.block != behind[0].block or other.section != unit.section:
            return
        others = {mention.drug for mention in mentions_of(other.text)} - known
        if others and any(figure.is_dose for figure in read_amounts(other.text)):
            return  # what goes on behind the dose of another drug is of that one
        if _BOUNDS.match(other.text):
            yield other
