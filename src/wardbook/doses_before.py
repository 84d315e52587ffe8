"""Doses that were given before, held against the most that the pages allow: said first, and nothing is worked out.

Who tells of four doses and asks for the next no longer asks how much: a page that gives at most four answers that.
So does who asks for another one sooner than the page repeats it, or sooner after another drug than the page allows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from wardbook.answering.regimen_words import rows_of
from wardbook.corpus.lines import Lines
from wardbook.corpus.source import quoted
from wardbook.corpus.unit import Unit
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.context import says
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
    lines |= {} if lines else dict.fromkeys(_too_soon(opened, answer, dose, before, citations))
    lines |= dict.fromkeys(_after_another(opened, answer, dose, citations))
    if not lines:
        return answer
    return _said_first(replace(answer, citations=tuple(citations.listed)), list(lines)[:MOST])


MOST = 2
"""Lines that are put first."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """Words that may bound the doses of a drug in number or in time, and where they stand."""

    words: str
    """As a person reads them; of a row each cell with the name of its column."""
    page: str
    """Page id."""
    section: str
    """Section id."""
    lines: Lines
    """Lines of the file."""
    quote: str
    """As they stand in the file."""
    unit: Unit | None = None
    """The unit that holds them, where they are cited by it."""
    own: bool = False
    """True where they are the row's own: they need not be said once more."""

    def cite(self, citations: Citations) -> tuple[int, ...]:
        """Cite the words; nothing where they are gone."""
        if self.unit is not None:
            return cite_unit(self.page, self.unit, self.words, citations)
        number = citations.cite(self.page, self.section, self.lines, self.quote)
        return (number,) if number is not None else ()

    def said(self) -> str:
        """Give the words in brackets, to stand behind what is said of them."""
        words = without_references(self.words)
        return "" if self.own else f" (“{words.rstrip('.')}”)"


def _limits(opened: Opened, row: Regimen, asked: frozenset[str]) -> tuple[list[_Limit], list[_Limit]]:
    """Give the words that bound a row, and those that stand on its page on its drug for what is asked."""
    own = [
        _Limit(quoted(stated.words), row.page, stated.section, stated.lines, quoted(stated.words))
        for stated in row.limited_by
        if not mentions_of(stated.words) or any(each.drug == row.drug for each in mentions_of(stated.words))
    ]
    units = opened.units(row.page, row.section)
    own += [each for unit in rows_of(row, units) for each in _of_unit(row.page, unit, is_own=True)]
    title = opened.describe(row.page)[0]
    known = asked | opened.names.keys(title)
    beside = []
    for section in opened.index.store.section_ids(row.page):
        path = tuple(section.split(" > ")) if section else ()
        if any(says("evidence", level) or says("retired", level) for level in path):
            continue
        units = opened.units(row.page, section)
        named = _blocks_naming(row.drug, units, opened)
        for each in statements_about(row.drug, path, title, units, opened.drugs, _NONE):
            keys = opened.names.keys(" ; ".join((each.unit.text, *path))) - known - opened.names.keys(row.drug)
            if (each.named or each.unit.block in named) and not (asked and keys):
                beside += _of_unit(row.page, each.unit)
    return own, beside


_NONE = frozenset[str]()


def _blocks_naming(drug: str, units: Sequence[Unit], opened: Opened) -> set[int]:
    """Give the blocks of a section that name a drug, if in another of their sentences, and no other one."""
    named: dict[int, set[str]] = {}
    for unit in units:
        named.setdefault(unit.block, set()).update(each.drug for each in opened.drugs.find(unit.text))
    return {block for block, drugs in named.items() if drugs == {drug}}


def _of_unit(page: str, unit: Unit, *, is_own: bool = False) -> list[_Limit]:
    """Give the words of a unit, of a row first each cell with the name of its column."""
    words = [*(f"{name}: {cell}" for name, cell in unit.values if name), unit.text]
    return [_Limit(each, page, unit.section, unit.lines, unit.quote, unit, is_own) for each in words]


def _too_many(opened: Opened, answer: Answer, dose: DoseAsked, before: Before, citations: Citations) -> Iterator[str]:
    """Yield that the next dose is more than the rows shown allow; where those tell no limit, than others for the same.

    Where it is not told what for, that is any row of the drug.
    """
    if before.number < _SECOND:
        return
    asked = opened.names.keys(dose.query.for_text)
    shown = [each.regimen for each in answer.regimens]
    others = [
        row
        for row in gathered(opened.regimens).by_drug.get(dose.query.drug, ())
        if not asked or asked & opened.names.keys(f"{row.indication or ''} ; {row.title} ; {row.section}")
    ]
    found = list(_beyond(opened, shown, answer, dose, before, citations))
    if not found:
        found = list(_beyond(opened, others, answer, dose, before, citations))[:1]
    yield from found


_SECOND = 2
_GOES_ON = lazy_regex(r"\b(?:then|thereafter|followed by)\b|->|→", re.IGNORECASE)
"""In the words of a row: after so many doses it gives another one."""


def _beyond(
    opened: Opened,
    rows: Sequence[Regimen],
    answer: Answer,
    dose: DoseAsked,
    before: Before,
    citations: Citations,
) -> Iterator[str]:
    numbers = {id(each.regimen): each.citation for each in answer.regimens}
    asked = opened.names.keys(dose.query.for_text)
    for row in rows:
        if row.retired or row.evidence or any(holds(band, dose.query.patient) is False for band in row.bands):
            continue
        counted = row.max_doses and row.step is None and not _GOES_ON.search(row.verbatim)
        if counted and row.max_doses and before.number > row.max_doses:
            number = numbers.get(id(row)) or _cite_row(row, citations)
            yield from [marked(f"{_MORE}: read this first", number)] if number is not None else []
            continue
        told = _limits(opened, row, asked)
        own, beside = ([each for each in limits if any(most_doses(each.words))] for limits in told)
        passed = any(_passes(each, before) for each in own)
        if not passed and (own or not all(_passes(each, before) for each in beside)):
            continue  # of several that are told of the drug beside its row the widest one holds
        for each in (*own, *beside):
            if _passes(each, before) and (cited := each.cite(citations)):
                yield marked(f"{_MORE}{each.said()}: read this first", *cited)
                break


def _passes(limit: _Limit, before: Before) -> bool:
    """Tell whether the next dose is one more than words allow."""
    whole, daily = most_doses(limit.words)
    return bool((whole and before.number > whole) or (daily and before.same_day and before.number > daily))


def _cite_row(row: Regimen, citations: Citations) -> int | None:
    lines = citations.sources.lines_of(row.page)
    return citations.cite(row.page, row.section, row.lines, quoted("\n".join(lines[row.lines[0] - 1 : row.lines[1]])))


_HOURS = r"(?:at least )?(\d{1,2}) ?(?:-|to )?(?:\d{1,2} ?)?(?:h|hrs?|hours?|hourly)\b"
_REPEATED = lazy_regex(
    r"\b(?:repeat\w*|again|re-?dose\w*|next dose|sooner|earlier)\b[^.;]{0,120}?"
    rf"(?:\b(?:after|every|than|in|at|q)|≥|>=?) ?{_HOURS}"
    rf"|\b(?:min(?:imum|\.)?|least|shortest) (?:interval|gap)(?: of| is|:| between doses:?)* ?{_HOURS}"
    rf"|(?:≥|>=?|\bat least) ?{_HOURS} (?:apart|between)\b"
)


def _gap(words: str) -> Decimal | None:
    """Give the least hours between two doses that words tell."""
    match = _REPEATED.search(uniform(words))
    return Decimal(next(filter(None, match.groups()))) if match else None


def _too_soon(opened: Opened, answer: Answer, dose: DoseAsked, before: Before, citations: Citations) -> Iterator[str]:
    """Yield that the next dose is asked sooner, or doses more often, than every row shown that tells it gives them."""
    judged = answer.verdict is not None and answer.verdict[0].result == "exceeds"
    asked = before.often if proposes(dose.question) and not judged else None
    hours, words = (before.hours, _SOONER) if before.hours is not None else (asked, _MORE_OFTEN)
    if hours is None:
        return
    found: list[tuple[Decimal, _Limit | int]] = []
    for each in answer.regimens:
        row = each.regimen
        if row.interval_h:
            found.append((row.interval_h[0], each.citation))
            continue
        for told in _limits(opened, row, opened.names.keys(dose.query.for_text)):
            gaps = [(gap, limit) for limit in told if (gap := _gap(limit.words)) is not None]
            if gaps:
                found.append(min(gaps, key=lambda one: one[0]))
                break
    if not found or any(hours >= gap for gap, _ in found):
        return
    by = found[0][1]
    cited, said = ((by,), "") if isinstance(by, int) else (by.cite(citations), by.said())
    if cited:
        yield marked(f"{words}{said}: read this first", *cited)


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
