"""One cell of a dosing table: the regimens that it gives, with what its row, header and headings say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.clause import read_clauses
from wardbook.dosing.column import names_whom
from wardbook.dosing.context import grade_of, grades_before, joined, population_of, setting_of
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.exclusion import without_exclusions
from wardbook.dosing.leftover import tidy
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.per_day import share_per_day
from wardbook.dosing.place import RowPlace
from wardbook.dosing.purpose import purposes
from wardbook.dosing.refused import displacing, is_displaced
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.settle import settle
from wardbook.dosing.volume import goes_on_by_volume, is_no_dose
from wardbook.kept import OF_PARTS
from wardbook.lazy_regex import lazy_regex

_NUMBER = lazy_regex(r"\s*(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:\s*(?:-|to)\s*(?:\d+(?:\.\d+)?|\.\d+))?"
                     r"(?=\s*(?:$|[x,;(]|for\b|iv\b|po\b|sc\b|q\d|daily|bid|tid|(?:bd|tds|qds|od)\b|"
                     r"\d+-hourly|every|once|or\b))")  # fmt: skip


@lru_cache(maxsize=OF_PARTS)
def has_dose(text: str) -> bool:
    """Tell whether a text holds an amount that could be a dose."""
    return any(figure.is_dose for figure in read_amounts(text))


def read_cell(
    text: str,
    mentions: Sequence[Mention],
    place: RowPlace,
    *,
    doses: str | None,
    named: bool,
    cells: bool = False,
    given: bool = False,
) -> Iterator[Regimen]:
    """Give the regimens of one cell.

    `doses` is the role of a column (or key) of doses: "dose" | "drug dose" | None. In any other only amounts count, and
    only beside a drug that is sure. `named` says that row or header name the drug; `cells` that a bare power of ten
    counts cells; `given` that the cells beside say how the amounts of this one are given.
    """
    if not doses and not has_digit(text):
        return
    drafts = read_clauses(text, mentions, cells=cells, routes=place.routes)
    share_per_day(text, drafts, mentions)
    if not named and not place.drug:
        for draft in drafts:
            draft.drug = draft.drug or draft.other_drug
    _pair(text, drafts, place)
    _whole(drafts, place)
    _back_to_row(text, drafts, place)
    labels = {id(d): label for d, label in zip(drafts, purposes(text, drafts, mentions), strict=True)}
    kept = [draft for draft in drafts if draft.figure or (doses and (draft.caps or draft.unparsed))]
    if not kept and doses == "dose" and named:
        kept = drafts
    one = len({draft.drug or place.drug for draft in drafts}) == 1
    stepped = any(draft.step for draft in drafts)
    rhythm = any(draft.frequencies or draft.once for draft in drafts)
    graded = place.severity is None or len({grade_of(draft.words) for draft in drafts} - {None}) > 1
    found: list[Regimen] = []
    _keep_loose(text, [] if doses or named or given else kept, place)
    for draft in kept:
        unsure = draft.unsure and draft.drug is None and not (named and draft is drafts[0])
        loose = not (doses or named or given) and draft.drug is None and not _gives(draft)
        several = place.drug in place.drugs and len(kept) > 1 and draft.drug is None
        if unsure or loose or several or _only_bounds(draft, place) or is_displaced(text, draft):
            continue
        if _is_no_dose(text, draft, place, doses):
            found[-1:] = [_with_volume(each, text, draft, place) for each in found[-1:]]
            continue
        draft.unparsed += displacing([note for note in place.notes if not _is_of_others(note, place)])
        own = _narrowed(text, draft, place, labels[id(draft)], graded)
        # What stands beside doses that follow one another, none with a rhythm of its own, is of the last.
        shared = one and (not stepped or (draft is drafts[-1] and not rhythm))
        regimen = settle(draft, own, shared and (not named or draft.drug in (None, place.drug)))
        if regimen and place.unparsed:
            regimen = replace(regimen, unparsed=tuple(dict.fromkeys((*regimen.unparsed, *place.unparsed))))
        if regimen:
            found.append(regimen)
    yield from found


def _with_volume(last: Regimen, text: str, draft: Draft, place: RowPlace) -> Regimen:
    """Say of the dose before a volume by weight that is taken for no dose ("insulin 0.2 U/kg + G20 % 3 mL/kg") so."""
    drug = draft.drug or place.drug or ""
    if last.drug != drug or not goes_on_by_volume(text, draft, drug):
        return last
    return replace(last, unparsed=(*last.unparsed, tidy(text[draft.begin : draft.end])))


def _keep_loose(text: str, drafts: Sequence[Draft], place: RowPlace) -> None:
    """Keep an amount that says not how it is given with the dose before it ("9 mg daily, + 4 mg after dialysis")."""
    for last, draft in pairwise(drafts):
        if draft.drug is None and not _gives(draft) and last.drug in (None, place.drug) and _gives(last):
            last.unparsed.append(tidy(text[draft.begin : draft.end]))


def _is_no_dose(text: str, draft: Draft, place: RowPlace, doses: str | None) -> bool:
    """Tell whether a draft is a volume that is no dose of its drug, and say what is not understood of it else.

    In a column of doses such a volume is kept as not understood; so is a dose of one of several drugs.
    """
    if place.several and draft.drug is None and draft.figure and place.drug:
        draft.unparsed.append(place.drug)
    if not is_no_dose(draft, draft.drug or place.drug or "", draft.named or not draft.drug):
        return False
    draft.unparsed.append(tidy(text[draft.begin : draft.end]))
    return doses is None


def _is_of_others(note: str, place: RowPlace) -> bool:
    """Tell whether a note says whom of another column a dose is not for ("Over 12 y: not used")."""
    head, colon, _ = note.partition(": ")
    return bool(colon) and note in place.excluded and names_whom(head)


def _pair(text: str, drafts: Sequence[Draft], place: RowPlace) -> None:
    """Give the doses of a cell to the drugs that the row lists, where both are as many and none is an alternative."""
    doses = [draft for draft in drafts if draft.figure]
    if len(place.drugs) < 2 or len(doses) != len(place.drugs):
        return
    if any(draft.drug not in (None, drug) for draft, drug in zip(doses, place.drugs, strict=True)):
        return
    if re.search(r"\b(?:or|then|followed)\b", uniform(text)):
        return
    for draft, drug in zip(doses, place.drugs, strict=True):
        draft.drug = drug


def _whole(drafts: Sequence[Draft], place: RowPlace) -> None:
    """Keep the row's combination where a dose only names a part of it ("90 mg/kg of x" in the row of x-y)."""
    for draft in [] if place.several else drafts:
        if draft.drug and place.drug and draft.drug != place.drug and draft.drug in re.split(r"[-/+ ]+", place.drug):
            draft.notes.append(f"of {draft.drug}")
            draft.drug = None


def _back_to_row(text: str, drafts: Sequence[Draft], place: RowPlace) -> None:
    """Let a dose of another day be of the row's drug again behind one of what goes before ("D1 x 1 g; D8 2 mg")."""
    before: str | None = None
    for last, draft in pairwise(drafts):
        apart = text[last.begin : draft.begin].rstrip().endswith(";") and last.schedule and draft.schedule
        goes_on = before is not None and last.drug is None
        other = before if goes_on else last.drug
        back = not draft.named and place.drug and draft.drug == other != place.drug and draft.schedule
        before = other if back and (apart or goes_on) else None
        if before:
            draft.drug = None


def _narrowed(text: str, draft: Draft, place: RowPlace, label: str | None, graded: bool) -> RowPlace:
    """Let a dose's own words say for whom and what for, before what row and header say; the grade only if `graded`."""
    own = text[draft.begin : draft.end] if draft.words.strip() == "" else draft.words
    before = text[draft.begin : draft.figure.begin] if draft.figure else ""
    return replace(
        place,
        indication=joined(place.indication, label),
        population=population_of(own) or place.population,
        setting=setting_of(without_exclusions(own)) or place.setting,
        severity=(graded and (grade_of(own) or grades_before(before))) or place.severity,
    )


def _only_bounds(draft: Draft, place: RowPlace) -> bool:
    """Tell whether a cell only bounds a rate or a dose, with nothing that says how it is given: a threshold."""
    how = (
        draft.routes
        or draft.frequencies
        or draft.once
        or draft.duration
        or place.routes
        or place.siblings
        or place.duration
    )
    return draft.figure is None and draft.bounds > 0 and not how and not draft.caps


def _gives(draft: Draft) -> bool:
    """Tell whether an amount without a drug of its own at least says how it is given."""
    figure = draft.figure
    return bool(draft.routes or draft.frequencies or draft.once or (figure and (figure.per or figure.per_time)))


def with_unit(text: str, words: str | None) -> str:
    """Write the header's unit behind the bare number that opens a cell ("30 x 3 days" under "mg/m2/day")."""
    match = _NUMBER.match(uniform(text)) if words else None
    return f"{text[: match.end()]} {words}{text[match.end() :]}" if match else text
