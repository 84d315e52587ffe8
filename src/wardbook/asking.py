"""A question to an Answer: refuse, look a dose up, or choose what answers from the pages."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer, Clarification, Conflict, Side
from wardbook.answering.caution import cautions
from wardbook.answering.citation import Citations
from wardbook.answering.compose import cells_of, cite_unit, compose, not_found_text, without_references
from wardbook.answering.confidence import THRESHOLD, probability, signals_of
from wardbook.answering.disagreement import at_odds
from wardbook.answering.dose_asked import DoseAsked, Pages, dose_asked
from wardbook.answering.dose_question import KINDS
from wardbook.answering.dosing_answer import answer_check, answer_dose
from wardbook.answering.evidence import (
    Evidence,
    SectionHit,
    choose,
    in_reading_order,
    rank,
    with_antecedents,
    with_siblings,
)
from wardbook.answering.question import Question
from wardbook.answering.special import asked_page, entries, is_reference_section, page_facts, word_entries
from wardbook.answering.terms import Term, held
from wardbook.answering.unjudged import unjudged
from wardbook.answering.written_ways import widened
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.errors import QuestionError
from wardbook.opened import Opened

NEAREST = 3
"""Sections that a "not found" names."""


def answer_question(opened: Opened, asked: str, whole: str, k: int) -> Answer:
    """Answer the question `whole`, which is `asked` with what the conversation supplies, from the best k sections."""
    pages = Pages(opened.regimens, opened.drugs, opened.names, opened.units, opened.understand)
    try:
        dose = dose_asked(whole, pages)
    except QuestionError as fault:
        return Answer("refused", asked, whole, f"{fault.reason}: {fault.mend}.")
    if dose is not None:
        return _noted(_dose(opened, asked, whole, dose, k), dose.question)
    question = opened.understand(whole)
    if question.refused:
        return Answer("refused", asked, whole, f"{question.refused}.")
    if question.doubtful and not question.drugs and question.kinds & KINDS:
        return _did_you_mean(asked, whole, question)
    return _noted(_from_pages(opened, asked, whole, question, k), question)


def _terms(opened: Opened, question: Question) -> tuple[Term, ...]:
    """Give the terms of a question in all the ways in which these pages write them."""
    return widened(opened.terms(question), question, opened.frequencies)


_TIMES = frozenset({"interval", "duration"})
"""Kinds of question that may be about other things than a dose ("how often platelets on X")."""


def _noted(answer: Answer, question: Question) -> Answer:
    notes = tuple(f"“{written}” understood as {meant}." for written, meant in question.understood)
    return replace(answer, warnings=(*notes, *answer.warnings)) if notes else answer


def _did_you_mean(asked: str, whole: str, question: Question) -> Answer:
    doubt = question.doubtful[0]
    names = " or ".join(doubt.candidates)
    text = f"“{doubt.word}” could be {names}: which is meant? Nothing was looked up."
    options = tuple(doubt.candidates)
    return Answer(
        "needs_clarification", asked, whole, text, clarification=Clarification("Which drug is meant?", options)
    )


def _dose(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer:
    """Look the dose up, or judge the amount that is proposed; where nothing fits, give what the pages say in words."""
    given = (dose.query, dose.regimens, opened.names, opened.citations(), opened.units)
    if dose.proposed is not None:
        answer = _not_beyond(opened, answer_check(asked, whole, dose.proposed, *given), dose.question)
    else:
        answer = answer_dose(asked, whole, *given, dose.bound)
    question = dose.question
    if answer.status != "not_found":
        return _cautioned(opened, answer, dose, k)
    said = _said_of_dose(opened, asked, whole, question, k)
    if said is None and not question.kinds & (KINDS - _TIMES) and not question.weight:
        said = _from_pages(opened, asked, whole, question, k, without_doses=True)
    if said is None or said.status != "answered":
        said = _unread(opened, asked, whole, question, k)
    return said if said is not None and said.status == "answered" else answer


def _not_beyond(opened: Opened, answer: Answer, question: Question) -> Answer:
    """Take a "within" back where the question says more than was compared; the row stays, with what was not judged."""
    verdict, number = answer.verdict or (None, None)
    if verdict is None or verdict.result != "within" or verdict.regimen is None or number is None:
        return answer
    row = verdict.regimen
    quote = next(each.quote for each in answer.citations if each.n == number)
    left = unjudged(question, row, quote, (unit.text for unit in opened.units(row.page, row.section)))
    if not left:
        return answer
    _, _, rest = answer.text.partition("\n\n")
    named = f"You also named {', '.join(left)}: not compared."
    text = f"Not judged: the amount alone is within this row [{number}]. {named}\n\n{rest}"
    return replace(answer, text=text, verdict=(replace(verdict, result="not_covered"), number))


def _cautioned(opened: Opened, answer: Answer, dose: DoseAsked, k: int) -> Answer:
    """Put before a dose what the pages say against the drug in a situation that the question names and no row has."""
    question = dose.question
    ranked = rank(question, opened.terms(question), opened.hits(question, k))
    shown = [each.regimen for each in answer.regimens]
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    lines = []
    for each in cautions(question, dose.query, shown, ranked, opened.drugs):
        unit, page = each.evidence.unit, each.evidence.hit.page
        words = without_references(each.words)
        numbers = cite_unit(page, unit, words, citations) if words not in answer.text else ()
        lines += [f"Read first: {words} {''.join(f'[{number}]' for number in numbers)}"] if numbers else []
    if not lines:
        return answer
    return replace(answer, text="\n\n".join([*lines, answer.text]), citations=tuple(citations.listed))


def _unread(opened: Opened, asked: str, whole: str, question: Question, k: int) -> Answer | None:
    """Where no dose of the drug could be read, quote the words of the pages that give it one."""
    known = any(drug in gathered(opened.regimens).by_drug for drug in question.drugs)
    terms = _terms(opened, question)
    ranked = rank(question, terms, opened.hits(question, k))
    ranked = _without_doses(opened, ranked) if known else ranked  # what was looked up was turned away for a reason
    found = [each for each in ranked if _gives_dose(opened, each, question) and (not known or each.coverage > _WHOLE)]
    found = found or [each for each in ranked if not known and _denies_drug(opened, each, question)]
    if known and not all(term.known for term in terms if term.weight > 1):
        return None
    citations = opened.citations()
    text = compose(in_reading_order(choose(question, found)[:MOST_UNREAD]), citations) if found else ""
    if text and not any(_gives_dose(opened, each, question) for each in found):
        return Answer("answered", asked, whole, text, tuple(citations.listed))
    note = f"No dose of {question.drugs[0]} could be read into its parts: these are the words of the pages."
    return Answer("answered", asked, whole, text, tuple(citations.listed), warnings=(note,)) if text else None


_DENIED = re.compile(
    r"^[\s:,(–—-]*(?:\w+ ){0,2}?(?:no role|not (?:stocked|used|recommended|available|given|indicated|for|on formulary)|"
    r"avoid|do not|never|contraindicated|no longer|withdrawn|no dose)\b",
    re.IGNORECASE,
)


def _denies_drug(opened: Opened, each: Evidence, question: Question) -> bool:
    """Tell whether the words right behind the drug's name say that it is not given ("theophylline: no role")."""
    text = each.unit.text
    own = [mention for mention in opened.drugs.find(text) if mention.drug in question.drugs]
    unstated = _NO_DOSE.search(text) and _OF_DOSES.search(text)
    of_it = _is_of_drug(opened, each, question.drugs)
    return bool(own) and of_it and bool(unstated or any(_DENIED.match(text[mention.end :]) for mention in own))


MOST_UNREAD = 2
"""Rows or sentences that are quoted where none could be read."""


def _gives_dose(opened: Opened, each: Evidence, question: Question) -> bool:
    """Tell whether the first amount behind the drug's name comes before any other drug's."""
    text = each.unit.text
    mentions = opened.drugs.find(text)
    amounts = [figure.begin for figure in read_amounts(text) if figure.is_dose]
    for mention in mentions:
        end = next((other.begin for other in mentions if other.begin >= mention.end), len(text))
        if mention.drug in question.drugs and any(mention.end <= begin < end for begin in amounts):
            return True
    return False


def _said_of_dose(opened: Opened, asked: str, whole: str, question: Question, k: int) -> Answer | None:
    """Where no regimen fits, give what the pages say in words of that drug in that situation ("no dose stated").

    Only words that hold everything the question names will do, and no row or sentence that is a regimen: those were
    looked up, and are for something else.
    """
    terms = [term for term in _terms(opened, question) if not _ASKING.fullmatch(term.words)]
    if not terms or not all(term.known for term in terms if term.weight > 1):
        return None
    found = [
        each
        for each in _without_doses(opened, rank(question, terms, opened.hits(question, k)))
        if each.coverage > _WHOLE
        and not each.lacks_drug
        and _NO_DOSE.search(each.unit.text)
        and _OF_DOSES.search(f"{each.unit.text} {each.hit.section}")
        and _is_of_drug(opened, each, question.drugs)
    ]
    if not found:
        return None
    citations = opened.citations()
    text = compose(in_reading_order(choose(question, found)[:2]), citations)
    return Answer("answered", asked, whole, text, tuple(citations.listed)) if text else None


_NO_DOSE = re.compile(
    r"\bno (?:\w+ ){0,2}(?:dos\w+|regimens?|role|data|evidence|maximum|recommend\w*|schedule|figure|use)\b|"
    r"\b(?:not|never|avoid\w*|contraindicat\w*|unverified|older|superseded|historical|withheld|local protocol)\b",
    re.IGNORECASE,
)
_OF_DOSES = re.compile(r"\b(?:dos(?:e|es|ed|ing|age)|regimens?|maximum|given|use[ds]?|recommend\w*)\b", re.IGNORECASE)


def _without_doses(opened: Opened, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out the rows and sentences that are regimens: those were looked up, and are for something else."""
    taken = gathered(opened.regimens).dosed_lines
    return [each for each in ranked if not any((each.hit.page, line) in taken for line in _span(each.unit))]


def _is_of_drug(opened: Opened, each: Evidence, drugs: Sequence[str]) -> bool:
    """Tell whether a row is one of the drug asked about, and not another's that only mentions it."""
    if each.unit.kind != "row" or not each.unit.values:
        return True
    head = " ".join([each.hit.title, each.hit.section, *each.unit.lead, each.unit.values[0][1]])
    return any(mention.drug in drugs for mention in opened.drugs.find(head))


_ASKING = re.compile(r"dos(?:e|es|ing|age)|max(?:imum)?|how|much|many|long|often|amount|mg|total", re.IGNORECASE)
_WHOLE = 0.82
"""Coverage from which every telling word of the question stands in the words or the headings above them."""


def _span(each: Regimen | Unit) -> range:
    return range(each.lines[0], each.lines[1] + 1)


def _from_pages(
    opened: Opened, asked: str, whole: str, question: Question, k: int, without_doses: bool = False
) -> Answer:
    """Choose what answers from the best k sections, or say that the pages do not."""
    terms = _terms(opened, question)
    hits = opened.hits(question, k)
    ranked = rank(question, terms, hits)
    ranked = _without_doses(opened, ranked) if without_doses else ranked
    ranked = [each for each in ranked if not each.lacks_drug]
    confidence = round(probability(signals_of(terms, ranked)), 3)
    citations = opened.citations()
    text = _special(opened, question, hits, ranked, citations)
    if not text and confidence < THRESHOLD:
        return _not_found(asked, whole, hits, confidence)
    chosen = [] if text else _chosen(opened, question, ranked, k)
    odds = at_odds(chosen, ranked)
    added = [side for sides in odds for side in sides if side.unit not in [each.unit for each in chosen]]
    text = text or compose([*chosen, *added], citations, question.grades)
    if not text:
        return _not_found(asked, whole, hits, confidence)
    moved = tuple(f"{page} changed since it was indexed: run `wardbook index`." for page in citations.moved)
    conflicts = _conflicts(odds, citations)
    return Answer(
        "answered",
        asked,
        whole,
        text,
        tuple(citations.listed),
        conflicts=conflicts,
        warnings=moved,
        confidence=confidence,
    )


def _conflicts(odds: Sequence[Sequence[Evidence]], citations: Citations) -> tuple[Conflict, ...]:
    """Name the disagreements, each side with its citation; a side that no longer stands leaves none."""
    found = []
    for sides in odds:
        numbered = [
            (
                side,
                citations.cite(side.hit.page, side.hit.section, side.unit.lines, side.unit.quote, cells_of(side.unit)),
            )
            for side in sides
        ]
        told = tuple(
            Side(f"{side.hit.title}: {without_references(side.unit.text)}", n) for side, n in numbered if n is not None
        )
        if len(told) > 1:
            found.append(Conflict(" > ".join(sides[0].hit.path) or sides[0].hit.title, told))
    return tuple(found)


def _special(
    opened: Opened, question: Question, hits: Sequence[SectionHit], ranked: Sequence[Evidence], citations: Citations
) -> str:
    """Answer what has a place of its own: a page's date and evidence level, a paper that a statement points to."""
    if question.kind == "metadata":
        page = asked_page(question, hits)
        return page_facts(page, citations, opened.index.store.section_at) if page else ""
    if question.kind == "reference" and ranked:
        direct = ranked[0]
        if direct.coverage > _WHOLE and is_reference_section(direct.hit.section):
            return ""
        near = [each for each in ranked[:4] if each.score > 0.75 * ranked[0].score]
        pages = dict.fromkeys(each.hit.page for each in near)
        listed = [(page, unit) for page in pages for unit in opened.references(page)]
        return word_entries(entries(near, listed)[:3], citations)
    return ""


def _chosen(opened: Opened, question: Question, ranked: Sequence[Evidence], k: int) -> list[Evidence]:
    """Choose what answers; of two things compared, something of each."""
    taken = with_siblings(question, choose(question, ranked), ranked)
    if question.kind == "compare":
        taken = _of_each(opened, question, taken, k)
    return in_reading_order(with_antecedents(taken))


def _of_each(opened: Opened, question: Question, taken: Sequence[Evidence], k: int) -> list[Evidence]:
    """Add the best evidence on each of the things compared, asked for one at a time."""
    names = [mention.words for mention in opened.drugs.find(question.text)]
    if len(set(names)) < 2:
        names = [mention.words for mention in question.mentions if mention.pages]
    if len(set(names)) < 2 and (two := _OF_TWO.search(question.text)):
        names = list(two.groups())
    names = list(dict.fromkeys(names))[:3]
    if len(names) < 2:
        return list(taken)
    found = list(taken[:2])
    for name in names:
        words = question.text
        for other in names:
            words = words if other == name else words.replace(other, " ")
        alone = opened.understand(words)
        terms = _terms(opened, alone)
        subject = [term for term in terms if term.words.lower() == name.lower()]
        own = [
            each
            for each in rank(alone, terms, opened.hits(alone, k))
            if all(held(f"{each.hit.title} {each.hit.section} {each.unit.text}").holds(term) for term in subject)
        ]
        found += [each for each in own[:2] if each.unit not in [other.unit for other in found]]
    return found


_OF_TWO = re.compile(r"(?<![\w-])([\w-]+) (?:vs\.?|versus) ([\w-]+)", re.IGNORECASE)
"""Two things compared that no page is named after ("Hill vs Stanford")."""


def _not_found(asked: str, whole: str, hits: Sequence[SectionHit], confidence: float) -> Answer:
    text = not_found_text("The pages do not answer this question", hits[:NEAREST])
    return Answer("not_found", asked, whole, text, confidence=confidence)
