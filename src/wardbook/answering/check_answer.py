"""Answers to whether a proposed dose is right: the verdict of the row that holds, and the row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from wardbook.answering.answer import Answer, CitedRegimen, Clarification
from wardbook.answering.citation import Citations
from wardbook.answering.compose import marked
from wardbook.answering.dose_draft import Draft, worked_out
from wardbook.answering.dosing_answer import (
    MOST_ELSEWHERE,
    SPEAKS_OTHERWISE,
    no_dose,
    several_doses,
    unspoken,
    warnings_of,
)
from wardbook.answering.drug_lookup import look_up, with_said
from wardbook.answering.regimen_words import UnitsOf
from wardbook.dosing.asked import Asked
from wardbook.dosing.check import Verdict, check
from wardbook.dosing.compute import NotComputed
from wardbook.dosing.each_row import agreed, judged_each
from wardbook.dosing.group_limit import GroupLimit, judged_by_group
from wardbook.dosing.lookup import DoseQuery, Found, TermMatcher
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import Regimens, gathered
from wardbook.dosing.unmet import Unmet, unmet

_NOT_JUDGED = "Not judged: the amount alone could be compared with this row"
RESULTS: Mapping[str, str] = {
    "within": "Within what the page gives",
    "exceeds": "Exceeds what the page gives",
    "below": "Below what the page gives",
    "not_covered": "Not covered by the page",
}


def answer_check(
    asked: str,
    standalone: str,
    proposed: Asked,
    query: DoseQuery,
    regimens: Iterable[Regimen],
    names: TermMatcher,
    citations: Citations,
    units_of: UnitsOf,
) -> Answer:
    """Judge a proposed amount against the rows that hold."""
    listed = gathered(regimens)
    draft = Draft(asked, standalone, citations, query, units_of, listed.by_place)
    if proposed.per_time in ("h", "min"):
        query = replace(query, part=f"{query.part} rate".strip())  # a rate is judged by rows that give rates
    found = look_up(query, listed, names, units_of)
    query = with_said(query, units_of)
    of_group = judged_by_group(proposed, query, listed.by_drug.get(query.drug, ()), names)
    if of_group is not None and not query.forbidden:
        return _by_group(draft, found, *of_group)
    if found.kind == "none":
        answer = no_dose(draft, query.drug, found)
        return replace(answer, verdict=(Verdict("not_covered", proposed), None))
    meant = found.usual or found.fits
    each = judged_each(proposed, meant, query.patient) if found.kind == "several" and not query.forbidden else []
    alike = agreed(each, found.remarks)
    outcome = check(proposed, meant, query.patient)
    case = partial(_case, draft, query, listed)
    if isinstance(outcome, NotComputed) and alike and not any(map(case, alike)):
        outcome = alike[0]
    if isinstance(outcome, NotComputed):
        answer = several_doses(draft, found, each)
        if query.forbidden:
            return replace(answer, verdict=(Verdict("not_covered", proposed), None))
        options = found.options if outcome.needs is None else ()
        return replace(
            answer,
            status="needs_clarification",
            clarification=Clarification(f"{outcome.reason}.", options),
            unsaid=found.unsaid,
            verdict=None,
        )
    return _judged(draft, found, outcome, alike, case)


Case = Callable[[Verdict], Unmet | None]
"""A row's verdict to what keeps it from being the question's."""


def _judged(draft: Draft, found: Found, outcome: Verdict, alike: Sequence[Verdict], case: Case) -> Answer:
    """Word a judgement by the row that holds; `alike` are those of all rows that may be meant, where they agree."""
    row = outcome.regimen
    cited = draft.cited([row] if row else [])
    number = cited[0].citation if cited else None
    words, outcome, beside = _settled(draft, found, outcome, cited, case)
    cited += [each for each in draft.cited(beside[:MOST_ELSEWHERE]) if each.citation != number]
    bounding = draft.bounding(cited[0].regimen, outcome.explanation) if cited else []
    text = "\n\n".join([*draft.read_first(cited[:1]), marked(words, number, *bounding) if number else f"{words}."])
    text += "".join(f"\n\n{draft.statement(each)}" for each in cited)
    text += "".join(f"\n\n{line}" for each in cited for line in draft.limits(each.regimen))
    if (alike or found.usual) and row and outcome.result != "not_covered":
        left = [other for other in found.fits if other != row]
        others = draft.cited(left[:MOST_BESIDE])
        same = [other for other in others if any(one.regimen == other.regimen for one in alike)]
        outcome = replace(outcome, also=tuple(other.regimen for other in same))
        text += _beside(draft, SAME_BY, same, text)
        text += _beside(draft, BESIDE, [other for other in others if other not in same], text)
        text += f"\n\n{len(left) - MOST_BESIDE} more are not shown." if len(left) > MOST_BESIDE else ""
        cited += others
    return replace(
        draft.answer("answered" if number else "not_found", text),
        regimens=tuple(cited),
        computed=tuple(worked_out(draft, cited[:1])),
        unsaid=found.unsaid,
        verdict=(outcome, number),
        warnings=warnings_of(draft, cited, found),
    )


def _settled(
    draft: Draft, found: Found, outcome: Verdict, cited: Sequence[CitedRegimen], case: Case
) -> tuple[str, Verdict, Sequence[Regimen]]:
    """Word the finding of a row, or why it is not the question's; with the doses that may be meant instead."""
    open_ = replace(outcome, result="not_covered", explanation="")
    if draft.read_first(cited) or draft.query.forbidden:
        return f"Not judged by this row: {SPEAKS_OTHERWISE}", open_, ()
    if cited and found.lacking.load and not _is_given_once(cited):
        return f"Not judged: this row does not give a {found.lacking.load} dose", open_, ()
    if cited and (named := ", ".join(unspoken(draft, found))):
        return f"{_NOT_JUDGED}, which does not speak of “{named}”", open_, ()
    if cited and (beyond := _beyond_elsewhere(draft, outcome)):
        return f"Not judged: {BEYOND}", open_, beyond
    if cited and (kept := case(outcome)):
        return f"Not judged: {kept.words}", open_, kept.beside
    said = f". Asked: {outcome.explanation}" if outcome.explanation else ""
    if found.lacking.load:
        said += f". The row does not call it a {found.lacking.load} dose"
    return f"{RESULTS[outcome.result]}{said}", outcome, ()


BEYOND = "the pages also give this dose with a maximum, and what is asked is above that"


def _beyond_elsewhere(draft: Draft, outcome: Verdict) -> list[Regimen]:
    """Give the rows that give the dose of the one that allows an amount, with a maximum that the amount passes."""
    row, asked, size = outcome.regimen, outcome.asked, draft.patient.weight_kg
    if row is None or outcome.result != "within" or asked.per_time is not None or (asked.per == "kg" and not size):
        return []
    amount = asked.high * (size or 1) if asked.per == "kg" else asked.high
    return draft.bounded_elsewhere(row, amount, asked.unit) if asked.per in (None, "kg") else []


def _is_given_once(cited: Sequence[CitedRegimen]) -> bool:
    """Tell whether no row tells how often its dose is given: a load is judged by it, which no dose that goes on is."""
    return all(one.regimen.interval_h is None and one.regimen.per_time is None for one in cited)


def _case(draft: Draft, query: DoseQuery, listed: Regimens, verdict: Verdict) -> Unmet | None:
    """Give what keeps a row's verdict from being the question's."""
    row = verdict.regimen
    return unmet(verdict, query, listed.by_drug.get(row.drug, ()), draft.lines(row)) if row else None


MOST_BESIDE = 8
"""Further rows that are shown with a verdict that all of them give."""
SAME_BY = "By each of these it is the same:"
BESIDE = "Beside it the pages give:"


def _beside(draft: Draft, opening: str, cited: Sequence[CitedRegimen], shown: str) -> str:
    """List further rows under an opening; "" where all of them are shown already, as doses of one row are."""
    statements = dict.fromkeys(draft.statement(each) for each in cited)
    lines = [f"- {words}" for words in statements if words not in shown]
    return "\n\n" + "\n".join([opening, "", *lines]) if lines else ""


def _by_group(draft: Draft, found: Found, verdict: Verdict, limit: GroupLimit) -> Answer:
    """Word a judgement by what a row binds to the patients asked about."""
    cited = draft.cited([limit.regimen])
    number = cited[0].citation
    words = f"{RESULTS[verdict.result]} for this patient (“{limit.words}”). Asked: {verdict.explanation}"
    text = "\n\n".join([marked(words, number), *(draft.statement(each) for each in cited)])
    return replace(
        draft.answer("answered", text),
        regimens=tuple(cited),
        verdict=(verdict, number),
        warnings=warnings_of(draft, cited, replace(found, not_covered=())),
    )
