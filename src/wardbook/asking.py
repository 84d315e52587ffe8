"""A question to an Answer: refuse, look a dose up, or choose what answers from the pages."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer, Clarification
from wardbook.answering.compose import compose, not_found_text
from wardbook.answering.confidence import THRESHOLD, probability, signals_of
from wardbook.answering.dosing_answer import KINDS, answer_check, answer_dose, asks_dose, dose_query
from wardbook.answering.evidence import SectionHit, choose, in_reading_order, rank, with_antecedents
from wardbook.answering.question import Question
from wardbook.dosing.check import Asked, read_amount
from wardbook.dosing.patient import Patient, read_weight
from wardbook.errors import QuestionError
from wardbook.opened import Opened

NEAREST = 3
"""Sections that a "not found" names."""
_PROPOSES = re.compile(
    r"\b(?:ok|okay|safe|right|correct|allowed|too (?:much|high|low|little)|can (?:i|we) give|within|exceed\w*|over the|"
    r"enough|acceptable|appropriate)\b",
    re.IGNORECASE,
)


def answer_question(opened: Opened, asked: str, whole: str, k: int) -> Answer:
    """Answer the question `whole`, which is `asked` with what the conversation supplies, from the best k sections."""
    question = opened.understand(whole)
    if question.refused:
        return Answer("refused", asked, whole, f"{question.refused}.")
    if asks_dose(question):
        answer = _dose(opened, asked, whole, question)
        if answer is not None:
            return _noted(answer, question)
    elif question.doubtful and not question.drugs and question.kinds & KINDS:
        return _did_you_mean(asked, whole, question)
    return _noted(_from_pages(opened, asked, whole, question, k), question)


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


def _patient(question: Question) -> Patient:
    weight = read_weight(question.weight).kg if question.weight else None
    return Patient(weight, question.bsa_m2, question.age_y)


def _dose(opened: Opened, asked: str, whole: str, question: Question) -> Answer | None:
    """Look the dose up; None where the question names several drugs and is better answered from the pages."""
    drugs = [drug for drug in question.drugs if drug in opened.drugs.drugs] or list(question.drugs)
    try:
        patient = _patient(question)
        proposed = _proposed(question)
    except QuestionError as fault:
        return Answer("refused", asked, whole, f"{fault.reason}: {fault.mend}.")
    query = dose_query(question, drugs[0], patient)
    if proposed is not None:
        return answer_check(asked, whole, proposed, query, opened.regimens, opened.names, opened.citations())
    return answer_dose(asked, whole, query, opened.regimens, opened.names, opened.citations())


def _proposed(question: Question) -> Asked | None:
    """Read the amount that a question proposes to give ("is 600 mg/day ok?"), or None."""
    if not (question.yes_no and _PROPOSES.search(question.text)):
        return None
    words = question.text.replace(question.weight or "\0", " ")
    match = re.search(r"\d[\d.,]*\s*[a-zA-Z]+(?:\s*(?:/|per)\s*[a-zA-Z0-9]+){0,2}", words)
    if not match:
        return None
    try:
        return read_amount(match[0])
    except QuestionError:
        return None


def _from_pages(opened: Opened, asked: str, whole: str, question: Question, k: int) -> Answer:
    """Choose what answers from the best k sections, or say that the pages do not."""
    terms = opened.terms(question)
    hits = opened.hits(question, k)
    ranked = rank(question, terms, hits)
    confidence = round(probability(signals_of(terms, ranked)), 3)
    if confidence < THRESHOLD:
        return _not_found(asked, whole, hits, confidence)
    citations = opened.citations()
    chosen = in_reading_order(with_antecedents(choose(question, ranked)))
    text = compose(chosen, citations)
    if not text:
        return _not_found(asked, whole, hits, confidence)
    moved = tuple(f"{page} changed since it was indexed: run `wardbook index`." for page in citations.moved)
    return Answer("answered", asked, whole, text, tuple(citations.listed), warnings=moved, confidence=confidence)


def _not_found(asked: str, whole: str, hits: Sequence[SectionHit], confidence: float) -> Answer:
    text = not_found_text("The pages do not answer this question", hits[:NEAREST])
    return Answer("not_found", asked, whole, text, confidence=confidence)
