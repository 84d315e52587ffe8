"""Answers to questions about a dose: regimens looked up, worked out, checked, each with the row that it stands in."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wardbook.answering.answer import Answer, CitedRegimen, Clarification, Conflict, Side
from wardbook.answering.citation import Citations
from wardbook.answering.compose import MOST_TEXT, cells_of, marked
from wardbook.answering.question import Question, shorthand
from wardbook.answering.regimen_words import page_words, rows_of, situation
from wardbook.answering.terms import everyday_words
from wardbook.corpus.source import quoted
from wardbook.corpus.unit import Unit
from wardbook.dosing.check import Asked, Verdict, check
from wardbook.dosing.compute import Computed, NotComputed, compute
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.fitting import content
from wardbook.dosing.lookup import DoseQuery, Found, TermMatcher, Wants, lookup
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Regimen

KINDS = frozenset({"dose", "max", "duration", "interval", "route"})
"""Kinds of question that a lookup answers."""
MOST_SHOWN = 24
"""Regimens that are shown side by side."""
Bounded = tuple[bool, Decimal]
"""(True for above, False for below; kg)."""
UnitsOf = Callable[[str, str], Sequence[Unit]]
"""(page, section) to what can be quoted from it."""
_WANTS: dict[str, Wants] = {
    "dose": "dose",
    "max": "max",
    "duration": "duration",
    "interval": "interval",
    "route": "route",
}


def asks_dose(question: Question) -> bool:
    """Tell whether a question is for a lookup: a drug, and words of dosing; or a drug and nothing but a situation."""
    if not question.drugs:
        return False
    if question.kinds & KINDS == {"interval"} and _OBSERVED.search(question.text):
        return False
    if question.kinds & KINDS:
        return not ("compare" in question.kinds and len(question.drugs) > 1) and not question.kinds & _OTHER
    if question.yes_no or question.kinds - {"treatment", "prevention", "list"}:
        return False
    if question.weight or question.bsa_m2 is not None:
        return True
    rest = question.grades or question.population or question.route or question.setting or len(question.mentions) > 1
    other = re.search(r"\b(?:how|when|why|what|who|where|(?:19|20)\d\d)\b", question.text, re.IGNORECASE)
    terse = len(question.text.split()) <= MOST_TERSE and not other
    return bool(rest) and terse and len(_left_over(question)) <= MOST_SITUATION


MOST_SITUATION = 1
MOST_TERSE = 7
"""Words for a situation, and words in all, up to which a drug with nothing else is a question for its dose."""
_OBSERVED = re.compile(
    r"\b(?:measur|check|monitor|test|occur|seen?\b|happen|report|develop|observ|reassess|review)\w*", re.IGNORECASE
)
_OTHER = frozenset({"mechanism", "reference", "metadata", "disagree"})


def _left_over(question: Question) -> set[str]:
    """Give the words of a question that are neither names, nor a situation, nor words of asking."""
    words = question.text
    for mention in sorted(question.mentions, key=lambda mention: -mention.begin):
        words = words[: mention.begin] + " " + words[mention.end :]
    for written, _ in question.understood:
        words = words.replace(written, " ")
    query = DoseQuery(question.drugs[0], words, None, question.setting, question.population, question.route)
    return set(content(query)) - {word for drug in question.drugs for word in drug.split()}


def dose_query(question: Question, drug: str, patient: Patient, drugs: DrugNames) -> DoseQuery:
    """Give what the question asks of one drug."""
    wants = next((_WANTS[kind] for kind in ("max", "duration", "interval", "route") if kind in question.kinds), None)
    grade = ", ".join(
        [f"grade {each}" for each in question.grades] + [word for word in question.severity if word != "refractory"]
    )
    return DoseQuery(
        drug,
        _situation_words(question, drug, drugs),
        grade or None,
        question.setting,
        question.population,
        question.route,
        patient.weight_kg,
        patient.bsa_m2,
        patient.age_y,
        wants,
    )


def _situation_words(question: Question, drug: str, drugs: DrugNames) -> str:
    """Give the question's words less the drug asked about, the patient's measures, and words of dosing."""
    words = question.text
    for mention in sorted(drugs.find(words), key=lambda mention: -mention.begin):
        if mention.drug == drug:
            words = words[: mention.begin] + " " + words[mention.end :]
    for each in (question.weight, *(written for written, _ in question.understood)):
        if each:
            words = words.replace(each, " ")
    left = _DOSING.sub(" ", words).split()
    short = shorthand()
    telling = [short.get(word.lower(), word) for word in left if word.lower() not in everyday_words() - _LINKING]
    return " ".join(telling)


_LINKING = frozenset({"with", "without", "or", "and", "first", "second", "from", "no", "not", "high", "low"})
"""Everyday words that tell a situation apart all the same."""
_DOSING = re.compile(
    r"\b(?:total |cell |max(?:imum)? |starting |single |usual |exact )*(?:dos(?:e|es|ing|age)s?|range|regimens?)\b|"
    r"\b(?:how (?:much|many|long|often|soon)|number of cells|cells?|max(?:imum)?|per kg|per dose|amount|volume|"
    r"what(?:'s| is| are)?|option|bolus)\b|[?]|"
    r"\d[\d.,]*\s*(?:mg|mcg|g|units?|ml)\b(?:/\w+)*",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"\b(?:before|after|with|without|following|post|pre|during|given|receiving|on|instead of|not|vs|versus|plus|to)"
    r"(?:\s+(?:a|an|the|his|her|prior|starting|giving))?\s*$",
    re.IGNORECASE,
)


def asked_drug(question: Question, drugs: DrugNames) -> str:
    """Give the drug that the dose is asked of: not one that only tells the situation ("flu dose before axi-cel")."""
    mentions = drugs.find(question.text)
    free = [each.drug for each in mentions if not _CONTEXT.search(question.text[: each.begin])]
    free = [drug for drug in free if drug in question.drugs] or list(question.drugs)
    known = [drug for drug in free if drug in drugs.drugs]
    return (known or free)[0]


@dataclass(slots=True)
class _Draft:
    """An answer on its way."""

    asked: str
    standalone: str
    citations: Citations
    patient: Patient
    units_of: UnitsOf

    def words(self, regimen: Regimen) -> str:
        """Word a regimen as the page has it."""
        return page_words(regimen, self.units_of(regimen.page, regimen.section))

    def cite(self, regimen: Regimen) -> int | None:
        """Cite the row or sentence of a regimen; None where it no longer stands."""
        lines = self.citations.sources.lines_of(regimen.page)
        quote = quoted("\n".join(lines[regimen.lines[0] - 1 : regimen.lines[1]]))
        if not _holds(regimen, quote):
            quote = quoted(regimen.verbatim)
        if not quote:
            return None
        rows = rows_of(regimen, self.units_of(regimen.page, regimen.section))
        cells = " | ".join([quote, *(cells_of(row) for row in rows if row.values)])
        return self.citations.cite(regimen.page, regimen.section, regimen.lines, quote, cells)

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


def _computed(cited: Sequence[CitedRegimen], patient: Patient) -> list[tuple[int, Computed]]:
    if patient == Patient():
        return []
    found = ((at, compute(each.regimen, patient)) for at, each in enumerate(cited))
    return [(at, done) for at, done in found if isinstance(done, Computed)]


def _lines(draft: _Draft, cited: Sequence[CitedRegimen], computed: Sequence[tuple[int, Computed]]) -> str:
    """Word regimens one a bullet, the arithmetic below; those past the room by what they are for alone."""
    worked = dict(computed)
    lines: dict[str, list[str]] = {}
    named: list[str] = []
    used = 0
    for at, each in enumerate(cited):
        words = f"{draft.words(each.regimen)} [{each.citation}]"
        if used and used + len(words) > MOST_TEXT:
            named.append(f"{situation(each.regimen)} [{each.citation}]")
            continue
        used += len(words)
        below = lines.setdefault(words, [])
        if at in worked:
            below.append(f"{worked[at].arithmetic} [{each.citation}]")
    several = len(lines) > 1 or named
    text = [
        "\n".join(
            [f"- {words}", *(f"  - {line}" for line in below)] if several else [words, *(f"\n{line}" for line in below)]
        )
        for words, below in lines.items()
    ]
    if named:
        text.append(f"- Also: {'; '.join(dict.fromkeys(named))}")
    return "\n".join(text)


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
        if len({each.regimen.page for each in cited}) > 1:
            what = f"{sides[0].drug}: {situation(sides[0])}"
            conflicts.append(Conflict(what, tuple(Side(draft.words(each.regimen), each.citation) for each in cited)))
    return tuple(conflicts)


def _several(draft: _Draft, found: Found) -> Answer:
    cited = draft.cited(found.fits[:MOST_SHOWN])
    computed = _computed(cited, draft.patient)
    conflicts = _conflicts(draft, found)
    at_odds = {id(regimen) for sides in found.conflicts for regimen in sides}
    pages = {regimen.page for regimen in found.fits}
    only_conflict = len(found.conflicts) == 1 and len(pages) > 1 and all(id(each) in at_odds for each in found.fits)
    opening = "The pages disagree:" if only_conflict else f"{len(found.fits)} regimens fit; none is chosen for you:"
    more = len(found.fits) - len(cited)
    closing = f"\n\n{more} more are not shown." if more > 0 else ""
    answer = draft.answer(
        "answered" if only_conflict else "needs_clarification",
        f"{opening}\n\n{_lines(draft, cited, computed)}{closing}",
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
    answer = draft.answer("answered", _lines(draft, cited, computed))
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


def within_bound(regimens: Iterable[Regimen], bound: Bounded | None) -> list[Regimen]:
    """Leave out the regimens of a weight band that lies on the other side of a bound ("under 30 kg")."""
    if bound is None:
        return list(regimens)
    above, kg = bound
    left = []
    for regimen in regimens:
        band = regimen.condition
        if band is not None and band.quantity == "weight" and band.unit == "kg":
            end = band.high if above else band.low
            if end is not None and (end <= kg if above else end >= kg):
                continue
        left.append(regimen)
    return left


def answer_dose(
    asked: str,
    standalone: str,
    query: DoseQuery,
    regimens: Iterable[Regimen],
    names: TermMatcher,
    citations: Citations,
    units_of: UnitsOf,
    bound: Bounded | None = None,
) -> Answer:
    """Answer a question about one drug's dose from its regimens; `bound` is a weight given as "under 30 kg"."""
    draft = _Draft(asked, standalone, citations, query.patient, units_of)
    found = lookup(query, within_bound(regimens, bound), names)
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
    units_of: UnitsOf,
) -> Answer:
    """Judge a proposed amount against the rows that hold."""
    draft = _Draft(asked, standalone, citations, query.patient, units_of)
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
    words = (
        f"{RESULTS[outcome.result]}. Asked: {outcome.explanation}" if outcome.explanation else RESULTS[outcome.result]
    )
    text = marked(words, number) if number else f"{words}."
    text += "".join(f"\n\n{draft.words(each.regimen)} [{each.citation}]" for each in cited)
    return replace(
        draft.answer("answered" if number else "not_found", text),
        regimens=tuple(cited),
        verdict=(outcome, number),
        warnings=_warnings(cited, found),
    )


RESULTS: Mapping[str, str] = {
    "within": "Within what the page gives",
    "exceeds": "Exceeds what the page gives",
    "below": "Below what the page gives",
    "not_covered": "Not covered by the page",
}


def as_decimal(value: str | float | Decimal | None) -> Decimal | None:
    """Give an option's number as an exact decimal."""
    return None if value is None else Decimal(str(value))
