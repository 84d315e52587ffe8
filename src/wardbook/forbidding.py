"""What the pages forbid for the very patient or situation that a question names, put before whatever answers it.

Whichever way an answer was found, a box, list, footnote, bullet or sentence of its page that rules the drug out for
what is asked is read first; then no amount is worked out and no verdict is given from the row that does not know it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wardbook.answering.about import Statement, statements_about
from wardbook.answering.answer import Answer
from wardbook.answering.compose import NOT_ANSWERED, cite_unit, marked
from wardbook.answering.dose_question import asked_drug, dose_query
from wardbook.answering.drug_class import classes_in, said_of_class
from wardbook.answering.lookup_asked import asks_share_alone
from wardbook.answering.question import Question
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.band import SIZES, read_renal
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.conditioned import changes_beside, goes_on, is_conditioned, is_of_other_day, known_quantities
from wardbook.dosing.context import says, setting_of
from wardbook.dosing.established import has_event
from wardbook.dosing.forbidden import (
    Asked,
    for_adults,
    for_others,
    forbids,
    keeps_whole,
    overrides,
    refuses_alone,
    refuses_cell,
)
from wardbook.dosing.forbidden_thing import of_others, says_one, tells
from wardbook.dosing.interaction import classes_of, interacting
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient, holds, read_weight
from wardbook.dosing.patient_group import own_groups
from wardbook.dosing.regimens import gathered
from wardbook.dosing.route import read_routes
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

MOST = 3
"""Lines that are put before an answer."""
MOST_DRUGS = 3
"""Drugs of an answer for which such lines are looked for, where the question names none."""


_ON_OTHER = frozenset({"comparison", "evidence", "prognosis", "definition", "mechanism", "metadata", "reference"})
"""Kinds of question that are on no patient: nothing is forbidden there."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One section in which statements are looked for."""

    page: str
    path: Sequence[str]
    title: str
    units: Sequence[Unit]
    own: bool
    """True where the answer cites this section, or it opens the page: what names no drug there is about this one."""


def forbidding(
    opened: Opened, answer: Answer, question: Question, query: DoseQuery | None, k: int
) -> list[tuple[str, Statement]]:
    """Give what forbids the drug of a question for what is asked, with its page."""
    if answer.status == "refused" or (query is None and question.kinds & _ON_OTHER) or asks_share_alone(question):
        return []
    if not question.drugs:
        return _of_answer(opened, answer, question, k)
    query = query or dose_query(question, asked_drug(question, opened.drugs), _patient(question), opened.drugs)
    asked = Asked(query, question.text, lambda words: _names_class(words, query, question.text))
    return list(_forbidding(opened, answer, asked, question, k))


def _of_answer(opened: Opened, answer: Answer, question: Question, k: int) -> list[tuple[str, Statement]]:
    """Give what forbids, for what is asked, the drugs that an answer gives where the question names none."""
    dosed = [each.quote for each in answer.citations if any(figure.is_dose for figure in read_amounts(each.quote))]
    if question.kinds & _ON_OTHER or not dosed:
        return []
    drugs = dict.fromkeys(mention.drug for quote in dosed for mention in opened.drugs.find(quote))
    found: dict[tuple[str, str], tuple[str, Statement]] = {}
    for drug in list(drugs)[:MOST_DRUGS] or [""]:
        query = dose_query(question, drug, _patient(question), opened.drugs)
        for page, each in _forbidding(opened, answer, Asked(query, question.text), question, k):
            found.setdefault((page, each.words), (page, each))
    return list(found.values())


def _patient(question: Question) -> Patient:
    """Give the age and weight that a question tells; none that is not believed."""
    try:
        weight = read_weight(question.weight).kg if question.weight else None
        return Patient(weight, age_y=question.age_y)
    except QuestionError:
        return Patient()


def read_first(opened: Opened, answer: Answer, found: Sequence[tuple[str, Statement]]) -> Answer:
    """Put before an answer what forbids its drug for what is asked.

    That a page or table is not for such patients is no answer where they have none.
    """
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    lines: list[str] = []
    told = re.sub(r"\s*\[\d+\]", "", answer.text).split("\n")
    for page, each in found:
        words = f"Read first: {without_references(_with_lead(each))}"
        known = words in told or (not answer.regimens and without_references(each.words) in told[0])
        if not known and len(lines) < MOST and (numbers := cite_unit(page, each.unit, words, citations)):
            lines.append(marked(words, *numbers))
    if not lines:
        return answer
    forbidden = not all(_OF_PAGE.search(each.words) for _, each in found)
    status = "answered" if answer.status == "not_found" and forbidden else answer.status
    text = _SAYS_NOTHING.sub("", answer.text)
    if status != answer.status and NOT_ANSWERED in text:
        return replace(answer, status=status, text="\n\n".join(lines), citations=tuple(citations.listed))
    return replace(answer, status=status, text="\n\n".join([*lines, text]), citations=tuple(citations.listed))


_BRACKETS = lazy_regex(r"\([^()]*\)")
"""What an answer says in brackets did not choose it."""
_SAYS_NOTHING = lazy_regex(r" \(says nothing of [a-z ]+\)")
"""What is noted of a statement, and is not so beside one that does say it."""


def _with_lead(each: Statement) -> str:
    """Put what lists a thing as forbidden before the thing."""
    lead = each.unit.lead[-1:] if each.listed or goes_on(each.words) else ()
    return ": ".join([*(words.rstrip(": ") for words in lead), with_subject(each)])


def with_subject(each: Statement) -> str:
    """Give a sentence that begins with "it" or "this" behind the one that says what it is ("The pen ... It is not")."""
    text, at = each.unit.text, each.unit.text.find(each.words)
    if at <= 0 or not _PRONOUN.match(each.words):
        return each.words
    before = [text[begin:end].strip() for begin, end in sentences(text) if end <= at + 1]
    return f"{before[-1]} {each.words}" if before else each.words


_PRONOUN = lazy_regex(r"\W*(?:it|this|these|they|that|those)\b", re.IGNORECASE)


def _names_class(words: str, query: DoseQuery, text: str = "") -> bool:
    """Tell whether words name the class of another drug of a question, or a drug of a class that its `text` names."""
    others = {drug for _, drug in query.other_drugs}
    beside = {mention.drug for mention in mentions_of(words)} & interacting()
    if any(each.has(drug) for each, _ in classes_in(text) for drug in beside):
        return True
    plain = uniform(words)
    known = any(re.search(rf"\b{re.escape(name)}s?\b", plain) for drug in others for name in classes_of(drug))
    return known or any(each.has(drug) for each, _ in classes_in(words) for drug in others)


def _forbidding(
    opened: Opened, answer: Answer, asked: Asked, question: Question, k: int
) -> Iterator[tuple[str, Statement]]:
    """Yield what forbids the drug for what is asked, with its page."""
    rows = [each.regimen for each in answer.regimens]
    for_children = any("children" in own_groups(row) for row in rows) or _OF_CHILDREN.search(answer.text)
    of_patient = any(band.quantity in SIZES and holds(band, asked.query.patient) for row in rows for band in row.bands)
    beside = frozenset(drug for _, drug in asked.query.other_drugs)
    routes = {asked.query.route} if asked.query.route else {route for row in rows for route in row.route}
    routes = routes or {route.code for route in read_routes(answer.text)}
    told: set[str] = set()
    known = known_quantities(_BRACKETS.sub(" ", answer.text), asked)
    for place in _places(opened, answer, asked.query.drug, question, k):
        before: Statement | None = None
        for each in statements_about(asked.query.drug, place.path, place.title, place.units, opened.drugs, beside):
            goes_on = before is not None and before.unit.block == each.unit.block and each.unit.kind == "sentence"
            said, before = before.words if before and goes_on else "", each
            near = each.named or place.own or overrides(each.words, asked)
            if _key(each) in told or not near or _is_by_other_route(each, place, said, routes):
                continue
            if _is_row_of_others(each, asked):
                continue
            if _is_against(each, place, asked, for_children=bool(for_children), of_patient=of_patient) or _changes(
                each, place, asked, known, [row.verbatim for row in rows], dosed=answer.status != "not_found"
            ):
                told.add(_key(each))
                yield place.page, each


def _is_row_of_others(each: Statement, asked: Asked) -> bool:
    """Tell whether a row opens with nothing but a band of which the patient is known to be none ("CrCl" "< 30")."""
    if each.unit.kind != "row" or not each.unit.values or re.search(r"[a-z]{2}", each.unit.values[0][1], re.IGNORECASE):
        return False
    name, cell = each.unit.values[0]
    renal = [holds(band.condition, asked.query.patient) for band in read_renal(name, cell)]
    return of_others(f"{name} {cell}", asked) or (bool(renal) and not any(each is not False for each in renal))


def _key(each: Statement) -> str:
    """Give what a statement is known by: its words, or a row with its cell, whichever names stand before that."""
    return f"{each.unit.text}: {each.cell}" if each.cell else each.words


def _is_against(each: Statement, place: _Place, asked: Asked, *, for_children: bool, of_patient: bool) -> bool:
    """Tell whether a statement rules the drug out for what is asked, or keeps the dose that is asked whole.

    `for_children` tells whether the answer's doses are for children, `of_patient` whether they are for just the weight
    or age that is asked: whom the page as such is for does not speak against these.
    """
    if each.names:
        return refuses_cell(each.cell, each.names, asked)
    if forbids(each.words, asked, listed=each.listed) or overrides(each.words, asked):
        return True
    if each.unit.kind == "row":
        return False
    if (none := _NONE_OF.match(each.words)) and _is_of(asked.query.drug, none["what"]):
        return says_one(none["whom"], asked)
    if refuses_alone(each.words, asked) and _is_headed(each, place, asked):
        return True
    if not (place.own or _OF_PAGE.search(each.words)):
        return False
    if not of_patient and each.words.rstrip().endswith(".") and for_others(each.words, asked):
        return True
    return not for_children and for_adults(each.words, asked)


_NONE_OF = lazy_regex(
    r"\W*(?:no|never|without) (?P<what>[a-z][a-z -]*?) (?P<whom>(?:with|before|after|during|in|for|if|when|on)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that begins by giving none ("No steroid before ...")."""


def _is_of(drug: str, words: str) -> bool:
    return uniform(drug) in uniform(words) or said_of_class(drug, words)


def _changes(
    each: Statement, place: _Place, asked: Asked, known: frozenset[str], shown: Sequence[str], *, dosed: bool
) -> bool:
    """Tell whether a sentence changes the dose for the patient asked about, or for the day.

    `shown` are the words of the rows that the answer gives, `dosed` tells whether it gives any dose. A dose of the
    sentence's own is told only beside it, and in the same section or under the drug's own name: elsewhere it may be
    for anything else.
    """
    if keeps_whole(each.words):
        return False
    named = list(mentions_of(each.words))
    own = [mention for mention in named if mention.drug == asked.query.drug]
    if each.unit.kind == "row" or (named and not own and not _BESIDE.search(each.words[: named[0].begin])):
        return False  # of other drugs
    if own and named[0] not in own:
        return False
    if any(figure.is_dose for figure in read_amounts(each.words)):
        setting = next(filter(None, map(setting_of, (each.words, *reversed(place.path)))), None)
        other = asked.query.setting is not None and setting not in (None, asked.query.setting)
        had = setting == "prophylaxis" and has_event(asked.query, asked.query.drug)
        if not dosed or other or had or not (place.own or own):
            return False
    lead = each.unit.lead[-1] if each.unit.lead else ""
    if is_of_other_day(each.words, asked, named=bool(own)):
        return True
    if changes_beside(each.words, asked, {mention.drug for mention in named}):
        return not any(each.words in row for row in shown)
    return not any(each.words in row or row in each.unit.text for row in shown) and is_conditioned(
        each.words, lead, asked, known
    )


_BESIDE = lazy_regex(
    r"\b(?:no|with|on|without|except(?: for)?|unless|taking|than|after|before)\s+(?:an? |the )?$", re.IGNORECASE
)
"""Before the name of a drug that is given beside, or left out of what a sentence says of all."""


def _is_headed(each: Statement, place: _Place, asked: Asked) -> bool:
    """Tell whether the question says all that the headings and the lead over a bare refusal say ("Lupus")."""
    above = [level.rstrip(": ") for level in (*place.path, *each.unit.lead) if tells(level, asked.query)]
    return bool(above) and all(forbids(f"{level}: {each.words}", asked) for level in above)


def _is_by_other_route(each: Statement, place: _Place, before: str, routes: set[str]) -> bool:
    """Tell whether a statement, or the one `before` it that it goes on from, is of a route that is not asked about."""
    levels = (each.words, before, *each.unit.lead, *reversed(place.path))
    first = (min(read_routes(text), key=lambda route: route.begin, default=None) for text in levels)
    return bool(routes) and any(route.code not in routes for route in first if route)


def _above(section: str) -> Iterator[str]:
    """Give the sections that a section stands under."""
    while section := section.rpartition(" > ")[0]:
        yield section


_OF_PAGE = lazy_regex(
    r"\b(?:the|this) (?:whole )?(?:page|guideline|protocol|document|table)\b|\bnone of th(?:is|ese)\b|"
    r"\bunless (?:otherwise )?(?:said|stated|noted|specified|marked)\b",
    re.IGNORECASE,
)
_OF_CHILDREN = lazy_regex(r"\b(?:child|p(?:a)?ediatric|infant|neonat)", re.IGNORECASE)


def _places(opened: Opened, answer: Answer, drug: str, question: Question, k: int) -> Iterator[_Place]:
    """Yield the sections of the pages that the answer cites, or that dose the drug where it cites none, then others."""
    cited = {(each.page, each.section) for each in answer.citations}
    cited |= {(page, above) for page, section in cited for above in _above(section)}
    rows = {(each.page, each.section) for each in gathered(opened.regimens).by_drug.get(drug, ()) if not each.evidence}
    own = cited if answer.status != "not_found" else rows
    pages = list(dict.fromkeys(page for page, _ in sorted(own)))
    # what a page that no longer holds forbids stands beside its own doses only
    pages = [page for page in pages if not opened.retired(page)] or pages
    seen: set[tuple[str, str]] = set()
    for page in pages:
        title = opened.describe(page)[0]
        for section in opened.index.store.section_ids(page):
            path = tuple(section.split(" > ")) if section else ()
            if any(says("evidence", level) or says("retired", level) for level in path):
                continue
            seen.add((page, section))
            yield _Place(page, path, title, opened.units(page, section), (page, section) in own or not section)
    for hit in opened.hits(question, k):
        evidence = any(says("evidence", level) or says("retired", level) for level in (hit.title, *hit.path))
        if (hit.page, hit.section) not in seen and not evidence and (hit.page in pages or not opened.retired(hit.page)):
            yield _Place(hit.page, hit.path, hit.title, hit.units, False)
