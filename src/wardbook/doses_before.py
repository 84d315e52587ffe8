"""Doses that were given before, held against the most that the pages allow: said first, and nothing is worked out.

Who tells of four doses and asks for the next no longer asks how much: a page that gives at most four answers that.
So does who asks for another one sooner than the page repeats it, or sooner after another drug than the page allows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from wardbook.answering.about import statements_about
from wardbook.answering.answer import Answer
from wardbook.answering.citation import Citations
from wardbook.answering.compose import cite_unit, marked
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.dose_question import proposes
from wardbook.answering.each_row_said import SAID
from wardbook.answering.reconsidered import without_sums
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.source import quoted
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.doses_counted import most_doses
from wardbook.dosing.doses_told import Before, hours_since, told_before
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import holds
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

_REASON = "what was given before, as it is told, speaks against another dose"
_MORE = "With those told before it is more doses than the page allows"
_SOONER = "Sooner after the last one than the page gives it"
_MORE_OFTEN = "More often than the page gives it"


def with_doses_before(opened: Opened, answer: Answer, dose: DoseAsked) -> Answer:
    """Put before the dose of a drug that the doses told before leave none, or that it is too soon for the next."""
    if answer.status in ("refused", "not_found"):
        return answer
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    drug = dose.query.drug
    told = [told_before(text, opened.drugs.find(text), drug) for text in (dose.question.text, answer.question)]
    before = replace(told[0], number=max(each.number for each in told), same_day=any(each.same_day for each in told))
    lines = dict.fromkeys(_too_many(opened, answer, dose, before, citations))
    lines |= {} if lines else dict.fromkeys(_too_soon(answer, dose, before, citations))
    lines |= dict.fromkeys(_after_another(opened, answer, dose, citations))
    if not lines:
        return answer
    return _said_first(replace(answer, citations=tuple(citations.listed)), list(lines)[:MOST])


MOST = 2
"""Lines that are put first."""


def _too_many(opened: Opened, answer: Answer, dose: DoseAsked, before: Before, citations: Citations) -> Iterator[str]:
    """Yield that the next dose is more than the rows shown allow; where it is not told what for, than any row does."""
    if before.number < _SECOND:
        return
    shown = [each.regimen for each in answer.regimens]
    others = gathered(opened.regimens).by_drug.get(dose.query.drug, ())
    found = list(_beyond(shown, answer, dose, before, citations))
    if not found and not opened.names.keys(dose.query.for_text):
        found = list(_beyond(others, answer, dose, before, citations))[:1]
    yield from found


_SECOND = 2
_GOES_ON = lazy_regex(r"\b(?:then|thereafter|followed by)\b|->|→", re.IGNORECASE)
"""In the words of a row: after so many doses it gives another one."""


def _beyond(
    rows: Sequence[Regimen], answer: Answer, dose: DoseAsked, before: Before, citations: Citations
) -> Iterator[str]:
    numbers = {id(each.regimen): each.citation for each in answer.regimens}
    for row in rows:
        if row.retired or row.evidence or any(holds(band, dose.query.patient) is False for band in row.bands):
            continue
        counted = row.max_doses and row.step is None and not _GOES_ON.search(row.verbatim)
        if counted and row.max_doses and before.number > row.max_doses:
            words, number = "", numbers.get(id(row)) or _cite_row(row, citations)
        elif (limit := _limit(row, before)) is not None:
            words, number = f" (“{limit[0].rstrip('.')}”)", citations.cite(*limit[1])
        else:
            continue
        if number is not None:
            yield marked(f"{_MORE}{words}: read this first", number)


def _limit(row: Regimen, before: Before) -> tuple[str, tuple[str, str, tuple[int, int], str]] | None:
    """Give the sentence that bounds the doses of a row in number, and its place; None where it allows the next."""
    for stated in row.limited_by:
        if mentions_of(stated.words) and all(each.drug != row.drug for each in mentions_of(stated.words)):
            continue
        whole, daily = most_doses(stated.words)
        if (whole and before.number > whole) or (daily and before.same_day and before.number > daily):
            words = without_references(quoted(stated.words))
            return words, (row.page, stated.section, stated.lines, quoted(stated.words))
    return None


def _cite_row(row: Regimen, citations: Citations) -> int | None:
    lines = citations.sources.lines_of(row.page)
    return citations.cite(row.page, row.section, row.lines, quoted("\n".join(lines[row.lines[0] - 1 : row.lines[1]])))


_HOURS = r"(?:at least )?(\d{1,2}) ?(?:-|to )?(?:\d{1,2} ?)?(?:h|hrs?|hours?|hourly)\b"
_REPEATED = lazy_regex(
    r"\b(?:repeat\w*|again|re-?dose\w*|next dose|sooner|earlier)\b[^.;]{0,120}?"
    rf"(?:\b(?:after|every|than|in|at|q)|≥|>=?) ?{_HOURS}"
)


def _too_soon(answer: Answer, dose: DoseAsked, before: Before, citations: Citations) -> Iterator[str]:
    """Yield that the next dose is asked sooner, or doses more often, than every row shown that tells it gives them."""
    judged = answer.verdict is not None and answer.verdict[0].result == "exceeds"
    asked = before.often if proposes(dose.question) and not judged else None
    hours, words = (before.hours, _SOONER) if before.hours is not None else (asked, _MORE_OFTEN)
    if hours is None:
        return
    found = []
    for each in answer.regimens:
        row = each.regimen
        least = [(row.interval_h[0], each.citation, "")] if row.interval_h else []
        for stated in row.limited_by:
            if match := _REPEATED.search(uniform(stated.words)):
                number = citations.cite(row.page, stated.section, stated.lines, quoted(stated.words))
                told = without_references(quoted(stated.words)).rstrip(".")
                least += [(Decimal(match[1]), number, f" (“{told}”)")] if number else []
        found += least[:1]
    if found and all(hours < each[0] for each in found):
        yield marked(f"{words}{found[0][2]}: read this first", found[0][1])


_NOT = lazy_regex(
    r"\b(?:not|never|no|avoid|contra-?indicated|don[’']t|wait|until|delay)\b",
)
_WITHIN = lazy_regex(
    r"(?:<|≤|\bless than|\bwithin|\bunder|\bin the (?:last|past|previous)|\bat least|≥|>=?) ?"
    r"(\d{1,2}) ?(?:h|hrs?|hours?)\b"
)


def _after_another(opened: Opened, answer: Answer, dose: DoseAsked, citations: Citations) -> Iterator[str]:
    """Yield the sentences of the dose's sections that keep it from those who had another drug as short a time ago."""
    text, drug = dose.question.text, dose.query.drug
    found = opened.drugs.find(text)
    others = {mention.drug for mention in found} - {drug}
    since = {each: hours for each in others if (hours := hours_since(text, found, each)) is not None}
    places = dict.fromkeys((each.page, each.section) for each in answer.citations) if since else {}
    for page, section in places:
        path, title = tuple(section.split(" > ")), opened.describe(page)[0]
        units = opened.units(page, section)
        for each in statements_about(drug, path, title, units, opened.drugs, frozenset(since)):
            match = _WITHIN.search(uniform(each.words))
            named = {mention.drug for mention in opened.drugs.find(each.words)} & since.keys()
            if match is None or not _NOT.search(uniform(each.words)) or len(named) != 1:
                continue
            words = f"Read first: {without_references(each.words)}"
            if since[named.pop()] < Decimal(match[1]) and (numbers := cite_unit(page, each.unit, words, citations)):
                yield marked(words, *numbers)


def _said_first(answer: Answer, lines: list[str]) -> Answer:
    """Put lines before an answer, and leave out what was worked out and judged as though nothing were told."""
    answer = without_sums(answer, _REASON)
    paragraphs = answer.text.split("\n\n")
    verdict = answer.verdict
    if verdict is not None and verdict[0].result in ("within", "below"):
        answer = replace(answer, verdict=(replace(verdict[0], result="exceeds", explanation=""), verdict[1]))
        paragraphs = paragraphs[1:]
    judged = f"by this row alone: {SAID['within']}"
    text = "\n".join(line for line in "\n\n".join(paragraphs).split("\n") if judged not in line)
    warnings = tuple(each for each in answer.warnings if not each.startswith("No second dose"))
    return replace(answer, text="\n\n".join([*lines, text]), warnings=warnings)
