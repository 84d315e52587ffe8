"""How far a word reaches that tells what some doses of a text are for: its setting ("prophylaxis"), its grade.

One before a dose, as a label, holds for it and those after it until the next one; one behind a dose is of that dose,
and of those that "and" or "+" joins with it: "50 mg BID; prophylaxis 20 mg (10 mg if < 40 kg)", "5 mg as prophylaxis".
"""

from collections.abc import Sequence

from wardbook.dosing.context import beginnings, is_denied, setting_of
from wardbook.dosing.draft import Draft
from wardbook.dosing.exclusion import without_exclusions
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import phrases_of
from wardbook.dosing.severity import without_stopped
from wardbook.lazy_regex import lazy_regex

Marks = Sequence[tuple[int, str]]
"""Offset of each word, and what it tells."""

_JOINED = lazy_regex(r"[^,;.\n]*(?:\band\b|\bplus\b|\+|&)[^,;.\n]*")


_EVENTS = frozenset({"lymphodepletion", "mobilization", "bridging"})
_WHEN = lazy_regex(r"\b(?:from|until|till|since|through|(?:start|begin(?:ning)?|end) of)(?: the)? $")
"""Before such a setting: it is the time from or to which a dose is given ("from conditioning to day 80")."""
_AROUND = lazy_regex(r"\b(?:before|after|during|prior to)(?: the)? $")
"""The same, where the words name another setting as well."""

_ALREADY = lazy_regex(
    r"\b(?:(?:even|also|already|still|if|when|while|whether|who (?:is|are)|patients?|those) "
    r"(?:(?:not|already|still) )*on|despite) (?:[a-z-]+ )?$"
)
"""Before the setting of what a patient has already ("even if on prophylaxis"): the dose is none of that."""


def settings_in(text: str, drafts: Sequence[Draft]) -> list[str | None]:
    """Give the setting that a text tells for each of its doses, in their order; None where it tells none, or two."""
    plain = without_exclusions(text)
    marks = [
        (match.start(), setting)
        for match in beginnings("settings.tsv").finditer(uniform(plain))
        if (setting := setting_of(plain[match.start() : match.end()]))
        and not is_denied(uniform(plain), match.start())
        and not (setting in _EVENTS and _WHEN.search(uniform(plain[: match.start()])))
        and not _ALREADY.search(uniform(plain[: match.start()]))
    ]
    if len({told for _, told in marks}) > 1:
        marks = [each for each in marks if each[1] not in _EVENTS or not _AROUND.search(uniform(plain[: each[0]]))]
    return _reach(text, drafts, marks)


def grades_in(text: str, drafts: Sequence[Draft]) -> list[str | None]:
    """Give the grade that a text tells for each of its doses, as worded."""
    phrases = phrases_of("grade", without_stopped(text))
    return _reach(text, drafts, [(phrase.begin, text[phrase.begin : phrase.end].strip()) for phrase in phrases])


def _reach(text: str, drafts: Sequence[Draft], marks: Marks) -> list[str | None]:
    found: list[str | None] = []
    held: str | None = None
    for at, draft in enumerate(drafts):
        figure = draft.figure
        begin = figure.begin if figure else draft.end
        own = [mark for mark in marks if _is_in(draft, mark[0]) or (at == 0 and mark[0] < begin)]
        before = {told for place, told in own if place < begin}
        behind = {told for place, told in own if place >= begin}
        if before:
            held = before.pop() if len(before) == 1 else None
        told = behind.pop() if len(behind) == 1 and not held else None
        found.append(held or told)
        if told and not held:
            _share_back(text, drafts[: at + 1], found, told)
    return found


def _share_back(text: str, drafts: Sequence[Draft], found: list[str | None], told: str) -> None:
    """Give what stands behind the last of several doses that are given together to those before it."""
    for at in range(len(drafts) - 2, -1, -1):
        first, last = drafts[at].figure, drafts[at + 1].figure
        if found[at] or not (first and last) or not _JOINED.fullmatch(uniform(text[first.end : last.begin])):
            return
        found[at] = told


def _is_in(draft: Draft, place: int) -> bool:
    """Tell whether an offset lies in a dose's own words."""
    return draft.begin <= place < draft.end and not draft.words[place - draft.begin].isspace()
