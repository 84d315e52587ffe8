"""Answers to questions about a dose: regimens looked up, worked out, checked, each with the row that it stands in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wardbook.answering.answer import Answer, CitedRegimen, Clarification, Conflict, Side
from wardbook.answering.citation import Citations
from wardbook.answering.compose import without_references
from wardbook.answering.question import Question
from wardbook.corpus.source import quoted
from wardbook.dosing.check import Asked, Verdict, check
from wardbook.dosing.compute import Computed, NotComputed, compute
from wardbook.dosing.lookup import DoseQuery, Found, TermMatcher, Wants, describe, lookup
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Regimen

KINDS = frozenset({"dose", "max", "duration", "interval", "route"})
"""Kinds of question that a lookup answers."""
MOST_SHOWN = 8
"""Regimens that are shown side by side."""
_WANTS: dict[str, Wants] = {
    "dose": "dose",
    "max": "max",
    "duration": "duration",
    "interval": "interval",
    "route": "route",
}
_TERSE = 7
"""Words up to which a drug with a patient, an event or a grade is a question for a dose."""


def asks_dose(question: Question) -> bool:
    """Tell whether a question is for a lookup: a drug, and words of dosing; or a drug and little else but a patient."""
    if not question.drugs:
        return False
    if question.kinds & KINDS:
        return not question.kinds & {"compare", "mechanism", "reference", "metadata"}
    if question.weight or question.bsa_m2 is not None:
        return True
    rest = question.grades or question.population or question.route or question.setting or len(question.mentions) > 1
    return bool(rest) and not question.kinds - {"treatment"} and len(question.text.split()) <= _TERSE


def dose_query(question: Question, drug: str, patient: Patient) -> DoseQuery:
    """Give what the question asks of one drug."""
    wants = next((_WANTS[kind] for kind in ("max", "duration", "interval", "route") if kind in question.kinds), None)
    grade = ", ".join(
        [f"grade {each}" for each in question.grades] + [word for word in question.severity if word != "refractory"]
    )
    return DoseQuery(
        drug,
        _without_drug(question),
        grade or None,
        question.setting,
        question.population,
        question.route,
        patient.weight_kg,
        patient.bsa_m2,
        patient.age_y,
        wants,
    )


def _without_drug(question: Question) -> str:
    """Give the question's words less those for the drug and the patient's measures."""
    words = question.text
    for each in (question.weight, *(written for written, _ in question.understood)):
        if each:
            words = words.replace(each, " ")
    return words


@dataclass(slots=True)
class _Draft:
    """An answer on its way."""

    asked: str
    standalone: str
    citations: Citations
    patient: Patient

    def cite(self, regimen: Regimen) -> int | None:
        """Cite the row or sentence of a regimen; None where it no longer stands."""
        lines = self.citations.sources.lines_of(regimen.page)
        quote = quoted("\n".join(lines[regimen.lines[0] - 1 : regimen.lines[1]]))
        if not _holds(regimen, quote):
            quote = quoted(regimen.verbatim)
        return self.citations.cite(regimen.page, regimen.section, regimen.lines, quote) if quote else None

    def cited(self, regimens: Iterable[Regimen]) -> list[CitedRegimen]:
        """Cite regimens; those that no longer stand are left out."""
        found = ((regimen, self.cite(regimen)) for regimen in regimens)
        return [CitedRegimen(regimen, number) for regimen, number in found if number is not None]

    def answer(self, status: str, text: str) -> Answer:
        """Give the answer so far."""
        return Answer(status, self.asked, self.standalone, text, tuple(self.citations.listed))  # type: ignore[arg-type]


def _holds(regimen: Regimen, quote: str) -> bool:
    """Tell whether lines as they are now still hold the figures of the words that were read."""
    return all(figure in quote for figure in re.findall(r"\d+(?:\.\d+)?", regimen.verbatim)[:6])


def situation(regimen: Regimen) -> str:
    """Word what a regimen is for: indication or heading, severity, population."""
    heading = regimen.section.rpartition(" > ")[2]
    parts = [regimen.indication or heading, regimen.severity, regimen.population]
    words: list[str] = []
    for part in parts:
        if part and part.casefold() not in " ".join(words).casefold():
            words.append(without_references(part.replace("\n", " ")))
    return ", ".join(words)


def statement(cited: CitedRegimen) -> str:
    """Word a regimen with what it is for, and its marker."""
    what = situation(cited.regimen)
    words = without_references(describe(cited.regimen))
    return f"{what}: {words} [{cited.citation}]" if what else f"{words} [{cited.citation}]"


def _computed(cited: Sequence[CitedRegimen], patient: Patient) -> list[tuple[int, Computed]]:
    if patient == Patient():
        return []
    found = ((at, compute(each.regimen, patient)) for at, each in enumerate(cited))
    return [(at, done) for at, done in found if isinstance(done, Computed)]


def _lines(cited: Sequence[CitedRegimen], computed: Sequence[tuple[int, Computed]]) -> str:
    """Word regimens one a bullet, the arithmetic below each."""
    worked = dict(computed)
    lines = []
    for at, each in enumerate(cited):
        lines.append(f"- {statement(each)}" if len(cited) > 1 else statement(each))
        if at in worked:
            line = f"{worked[at].arithmetic} [{each.citation}]"
            lines.append(f"  - {line}" if len(cited) > 1 else f"\n{line}")
    return "\n".join(lines)


def _warnings(cited: Sequence[CitedRegimen], found: Found) -> tuple[str, ...]:
    notes = [f"{note[:1].upper()}{note[1:]}." for note in found.not_covered]
    for each in cited:
        if each.regimen.unparsed:
            pieces = "; ".join(each.regimen.unparsed)
            notes.append(f"Part of row [{each.citation}] was not understood ({pieces}): read it as quoted.")
        if each.regimen.from_text and each.regimen.evidence:
            notes.append(f"[{each.citation}] describes what a study gave, not a recommended regimen.")
    return tuple(dict.fromkeys(notes))


def _conflicts(draft: _Draft, found: Found) -> tuple[Conflict, ...]:
    conflicts = []
    for sides in found.conflicts:
        cited = draft.cited(sides)
        if len(cited) > 1:
            what = f"{sides[0].drug}: {situation(sides[0])}"
            conflicts.append(Conflict(what, tuple(Side(describe(each.regimen), each.citation) for each in cited)))
    return tuple(conflicts)


def _several(draft: _Draft, found: Found) -> Answer:
    cited = draft.cited(found.fits[:MOST_SHOWN])
    computed = _computed(cited, draft.patient)
    conflicts = _conflicts(draft, found)
    at_odds = {id(regimen) for sides in found.conflicts for regimen in sides}
    only_conflict = len(found.conflicts) == 1 and all(id(regimen) in at_odds for regimen in found.fits)
    opening = "The pages disagree:" if only_conflict else f"{len(found.fits)} regimens fit; none is chosen for you:"
    more = len(found.fits) - len(cited)
    closing = f"\n\n{more} more are not shown." if more > 0 else ""
    answer = draft.answer(
        "answered" if only_conflict else "needs_clarification",
        f"{opening}\n\n{_lines(cited, computed)}{closing}",
    )
    clarification = None if only_conflict else Clarification(found.prompt or "Which is meant?", found.options)
    return replace(
        answer,
        regimens=tuple(cited),
        computed=tuple(computed),
        conflicts=conflicts,
        clarification=clarification,
        warnings=_warnings(cited, found),
    )


def _one(draft: _Draft, found: Found) -> Answer:
    cited = draft.cited(found.fits)
    computed = _computed(cited, draft.patient)
    answer = draft.answer("answered", _lines(cited, computed))
    return replace(
        answer, regimens=tuple(cited), computed=tuple(computed), warnings=_warnings(cited, found) + _needs(draft, cited)
    )


def _needs(draft: _Draft, cited: Sequence[CitedRegimen]) -> tuple[str, ...]:
    """Say what is missing for an amount, where the question gave some measure of the patient."""
    if draft.patient == Patient():
        return ()
    outcomes = (compute(each.regimen, draft.patient) for each in cited)
    reasons = [f"No amount was worked out: {each.reason}." for each in outcomes if isinstance(each, NotComputed)]
    return tuple(dict.fromkeys(reasons))


def _none(draft: _Draft, drug: str, found: Found) -> Answer:
    """Say that no regimen fits; name what the drug has on the pages, without a figure."""
    reason = "; ".join(found.not_covered) or f"the pages give no regimen of {drug} for this"
    listed: dict[str, int] = {}
    for each in draft.cited(found.existing[:MOST_SHOWN]):
        listed.setdefault(situation(each.regimen), each.citation)
    exists = "; ".join(f"{words} [{number}]" for words, number in listed.items())
    text = f"{reason[:1].upper()}{reason[1:]}."
    return draft.answer("not_found", f"{text} The pages have {drug} for: {exists}." if exists else text)


def answer_dose(
    asked: str,
    standalone: str,
    query: DoseQuery,
    regimens: Iterable[Regimen],
    names: TermMatcher,
    citations: Citations,
) -> Answer:
    """Answer a question about one drug's dose from its regimens."""
    draft = _Draft(asked, standalone, citations, query.patient)
    found = lookup(query, regimens, names)
    if found.kind == "none":
        return _none(draft, query.drug, found)
    answer = _one(draft, found) if found.kind == "one" else _several(draft, found)
    return answer if answer.regimens else _none(draft, query.drug, found)


def answer_check(
    asked: str,
    standalone: str,
    proposed: Asked,
    query: DoseQuery,
    regimens: Iterable[Regimen],
    names: TermMatcher,
    citations: Citations,
) -> Answer:
    """Judge a proposed amount against the rows that hold."""
    draft = _Draft(asked, standalone, citations, query.patient)
    found = lookup(query, regimens, names)
    if found.kind == "none":
        answer = _none(draft, query.drug, found)
        return replace(answer, verdict=(Verdict("not_covered", proposed), None))
    outcome = check(proposed, found.fits, query.patient)
    if isinstance(outcome, NotComputed):
        answer = _several(draft, found)
        options = found.options if outcome.needs is None else ()
        return replace(
            answer,
            status="needs_clarification",
            clarification=Clarification(f"{outcome.reason}.", options),
            verdict=None,
        )
    row = outcome.regimen
    cited = draft.cited([row] if row else [])
    number = cited[0].citation if cited else None
    words = f"{_RESULT[outcome.result]}: {outcome.explanation}" if outcome.explanation else _RESULT[outcome.result]
    text = f"{words} [{number}]" if number else f"{words}."
    text += "".join(f"\n\n{statement(each)}" for each in cited)
    return replace(
        draft.answer("answered" if number else "not_found", text),
        regimens=tuple(cited),
        verdict=(outcome, number),
        warnings=_warnings(cited, found),
    )


_RESULT = {
    "within": "Within what the page gives",
    "exceeds": "Exceeds what the page gives",
    "below": "Below what the page gives",
    "not_covered": "Not covered by the page",
}


def as_decimal(value: str | float | Decimal | None) -> Decimal | None:
    """Give an option's number as an exact decimal."""
    return None if value is None else Decimal(str(value))
