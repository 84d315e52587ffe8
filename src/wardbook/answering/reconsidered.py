"""A verdict looked at again: by the amount worked out and capped, and by what the question says beside it."""

import re
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.check_answer import RESULTS
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.regimen_words import UnitsOf, rows_of
from wardbook.answering.unjudged import ruled_out, unjudged
from wardbook.dosing.check import Asked, Verdict
from wardbook.dosing.compute import Computed, compute
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.rounded import rounded
from wardbook.dosing.unit import convert
from wardbook.dosing.why_not import is_not_to_prevent
from wardbook.dosing.wording import quantity


def reconsidered(answer: Answer, dose: DoseAsked, units_of: UnitsOf) -> Answer:
    """Take a verdict back that says less than the answer shows.

    Above the amount that a maximum brings the dose down to is "exceeds", whatever the dose per kg would make. "Within"
    is none where the question says more than was compared; the row stays, with what was not judged.
    """
    verdict, number = answer.verdict or (None, None)
    if verdict is not None and number is not None and (made := _as_rounded(verdict, dose, units_of)):
        told = f"{_asked_words(verdict.asked)} is the dose as its row rounds it: {made.arithmetic}"
        words = f"{RESULTS['within']}. [{number}] Asked: {told} [{number}]"
        at = next(at for at, each in enumerate(answer.regimens) if each.regimen == verdict.regimen)
        within = replace(verdict, result="within", explanation=told)
        return replace(_worded(answer, within, number, words), computed=((at, made),))
    if verdict is None or verdict.result not in ("within", "below") or verdict.regimen is None or number is None:
        return answer
    for _, done in answer.computed:
        if said := _above_capped(done, dose):
            found = replace(verdict, result="exceeds", explanation=said)
            return _worded(answer, found, number, f"{RESULTS['exceeds']}. [{number}] Asked: {said} [{number}]")
    rows = (verdict.regimen, *verdict.also)
    treats = is_not_to_prevent(dose.query, rows)
    if verdict.result == "below" and not treats:
        return answer
    left = ["“prophylaxis”"] if treats else []
    left += [words for row in rows for words in _unjudged_by(row, answer, dose, units_of)]
    if not left:
        return answer
    named = f"You also named {', '.join(dict.fromkeys(left))}: not compared."
    words = f"Not judged: the amount alone was compared with this row [{number}]. {named}"
    return _worded(answer, replace(verdict, result="not_covered"), number, words)


def _as_rounded(verdict: Verdict, dose: DoseAsked, units_of: UnitsOf) -> Computed | None:
    """Give the dose as the words of its row round it, where the amount asked about is that and "exceeds" the plain one.

    What is too much of a day is so however one dose is rounded.
    """
    asked, row = dose.proposed, verdict.regimen
    if verdict.result not in ("exceeds", "below") or asked is None or row is None or asked.per or asked.per_time:
        return None
    done = compute(row, dose.query.patient)
    if not isinstance(done, Computed) or (verdict.limit and verdict.limit.per_time):
        return None
    words = " ; ".join([row.verbatim, *(unit.text for unit in rows_of(row, units_of(row.page, row.section)))])
    made = rounded(done, words, row)
    low, high = (convert(value, asked.unit, made.unit) for value in (asked.low, asked.high))
    if made is done or low is None or high is None or low < made.low or high > made.high:
        return None
    often = asked.interval_h or row.interval_h
    daily = convert(row.max_daily.value, row.max_daily.unit, asked.unit) if row.max_daily else None
    too_much = row.max_daily and (daily is None or often is None or asked.high * 24 / often[0] > daily)
    return None if too_much else made


def _asked_words(asked: Asked) -> str:
    return quantity(asked.low, asked.high, asked.unit, asked.per, asked.per_time)


def _unjudged_by(row: Regimen, answer: Answer, dose: DoseAsked, units_of: UnitsOf) -> list[str]:
    """Give the question's words that were not compared with a row."""
    numbers = {each.citation for each in answer.regimens if each.regimen == row}
    quote = next(each.quote for each in answer.citations if each.n in numbers)
    units = units_of(row.page, row.section)
    above = " ".join(dict.fromkeys(words for unit in rows_of(row, units) for words in unit.lead))
    return unjudged(dose.question, row, f"{quote} {above}", (unit.text for unit in units))


def surely_computed(answer: Answer, dose: DoseAsked) -> Answer:
    """Leave out what was worked out from a row that rules out what the question says, or is not said to prevent."""
    quotes = {each.n: each.quote for each in answer.citations}
    for at, _ in answer.computed:
        cited = answer.regimens[at]
        if ruled_out(dose.question, quotes.get(cited.citation, ""), cited.regimen):
            return without_sums(answer)
    shown = [each.regimen for each in answer.regimens]
    return without_sums(answer, _NOT_SAID) if shown and is_not_to_prevent(dose.query, shown) else answer


_OTHERWISE = "the page speaks against it, or gives another dose, for this patient"
_NOT_SAID = "the page does not say that the dose is for prevention"


def without_sums(answer: Answer, reason: str = _OTHERWISE) -> Answer:
    """Leave out what was worked out, and say why."""
    sums = [done.arithmetic for _, done in answer.computed]
    if not sums:
        return answer
    kept = (line for line in answer.text.split("\n") if not any(each in line for each in sums))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).rstrip()
    note = f"No amount was worked out: {reason}."
    return replace(answer, text=text, computed=(), warnings=(*answer.warnings, note))


def _worded(answer: Answer, verdict: Verdict, number: int, words: str) -> Answer:
    """Put other words in the place of the verdict's."""
    _, _, rest = answer.text.partition("\n\n")
    return replace(answer, text=f"{words}\n\n{rest}", verdict=(verdict, number))


def _above_capped(done: Computed, dose: DoseAsked) -> str | None:
    """Say that the amount asked about is above the one worked out, where a maximum lowered that; None if it is not."""
    asked, weight = dose.proposed, dose.query.patient.weight_kg
    if asked is None or not done.capped or asked.per not in (None, "kg") or (asked.per and weight is None):
        return None
    unit, _, time = done.unit.partition("/")
    high = asked.high * (weight or 1) if asked.per else asked.high
    value = convert(high, asked.unit, unit) if (asked.per_time or "") == time else None
    if value is None or value <= done.high:
        return None
    most = quantity(done.high, done.high, unit, None, time or None)
    return f"{_asked_words(asked)} is above {most}, the dose as the maximum leaves it"
