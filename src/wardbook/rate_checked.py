"""A check of how fast something runs ("KCl 40 mmol over 1 h ok?") against the greatest rate that the pages state.

It stands in a line beside the doses and is no dose of its own: an electrolyte has its under the name of the ion.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from wardbook.answering.answer import Answer, Clarification
from wardbook.answering.check_answer import RESULTS
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.ion_asked import ions_named
from wardbook.corpus.unit import Unit
from wardbook.dosing.asked_words import ADULT_Y, LIGHTEST_ADULT_KG
from wardbook.dosing.check import Verdict
from wardbook.dosing.context import says
from wardbook.dosing.greatest_rate import (
    Rate,
    greatest_rates,
    judged,
    rates_given,
    read_rate,
    telling_rates,
    told_apart,
)
from wardbook.dosing.often import Bound
from wardbook.opened import Opened

MOST_LINES = 3
"""Lines with a greatest rate that are shown."""
OPEN = "Not judged. The pages give these greatest rates; read for whom and where each holds:"


def rate_checked(opened: Opened, answer: Answer, dose: DoseAsked, k: int) -> Answer:
    """Judge the rate that a question proposes, where the answer has found no dose too high already."""
    asked, proposed = read_rate(dose.question.text.replace(dose.question.weight or "\0", " ")), dose.proposed
    result = answer.verdict[0].result if answer.verdict else None
    if asked is None or proposed is None or result == "exceeds" or dose.query.forbidden:
        return answer
    lines = list(_lines(opened, dose, k))
    child = _is_child(dose)
    stated = [(rate, page, unit) for page, unit in lines for rate in greatest_rates(unit.text)]
    rates = told_apart([rate for rate, _, _ in stated], dose.question.text, child=child)
    found = judged(asked, rates, dose.query.weight_kg)
    if found is None:
        return answer
    verdict, limit = found
    given = [rate for _, unit in lines for rate in rates_given(unit.text)]
    if verdict == "exceeds" and _is_given(asked, told_apart(given, dose.question.text, child=child), dose):
        verdict = "open"
    salt = bool(ions_named(dose.query.drug))
    if verdict != "exceeds" and (not salt or result in ("within", "below")):
        return answer
    compared = [each for each in stated if each[0] in rates]
    # never "within": whom a rate is too fast for, or where, may stand in any words of the line or the question
    return _worded(opened, answer, (asked, "exceeds" if verdict == "exceeds" else "open", limit), compared, dose)


def _is_given(asked: Rate, given: list[Rate], dose: DoseAsked) -> bool:
    """Tell whether the pages give it as fast themselves."""
    return any((one := judged(asked, [rate], dose.query.weight_kg)) and one[0] != "exceeds" for rate in given)


def _is_child(dose: DoseAsked) -> bool:
    query = dose.query
    young = query.age_y is not None and query.age_y < ADULT_Y
    light = query.weight_kg is not None and query.weight_kg < LIGHTEST_ADULT_KG
    return young or light or dose.question.population == "child"


def _lines(opened: Opened, dose: DoseAsked, k: int) -> Iterator[tuple[str, Unit]]:
    """Yield the lines on the drug, or the ion of a salt, of the pages that were found."""
    for page in dict.fromkeys(hit.page for hit in opened.hits(dose.question, k)):
        title = opened.describe(page)[0]
        for section in opened.index.store.section_ids(page):
            path = section.split(" > ") if section else []
            if any(says("evidence", level) or says("retired", level) for level in path):
                continue
            head, last = "", 0
            for unit in opened.units(page, section):
                head = head if unit.lines[0] <= last else ""
                levels = [telling_rates(unit.text), *reversed(unit.lead), head, *reversed(path), title]
                if _is_on(opened, levels, dose.query.drug):
                    yield page, unit
                head, last = _head_of(unit) or head, unit.lines[1]


def _head_of(unit: Unit) -> str:
    """Give the word that opens a box ("Potassium. Never push. Max ..."): what follows in its lines is on that."""
    first = re.match(r"\W*([A-Za-z]+)", unit.text)
    return first[1] if first and unit.kind == "sentence" and ions_named(first[1]) else ""


def _is_on(opened: Opened, levels: list[str], drug: str) -> bool:
    """Tell whether the nearest words that name a drug or an ion name the one asked, and no other."""
    ion = next(iter(ions_named(drug)), "")
    for level in levels:
        ions, drugs = ions_named(level), {each.drug for each in opened.drugs.find(level)}
        if ion:
            ions |= {name for each in drugs for name in ions_named(each)}
            if ions:
                return ions == {ion}
        elif drugs:
            return drugs == {drug}
    return False


def _worded(
    opened: Opened,
    answer: Answer,
    found: tuple[Rate, str, Rate],
    stated: list[tuple[Rate, str, Unit]],
    dose: DoseAsked,
) -> Answer:
    asked, verdict, limit = found
    citations = opened.citations()
    citations.listed.extend(answer.citations if verdict == "open" else ())
    numbers: dict[Unit, tuple[int, ...]] = {}
    first = sorted(stated, key=lambda each: each[0] != limit)
    for _, page, unit in first:
        if (
            unit not in numbers
            and len(numbers) < MOST_LINES
            and (cited := cite_unit(page, unit, plain_words(unit), citations))
        ):
            numbers[unit] = cited
    deciding = next((numbers[unit] for rate, _, unit in first if rate == limit and unit in numbers), ())
    if not deciding or dose.proposed is None:
        return answer
    lines = [f"- {marked(plain_words(unit), *cited)}" for unit, cited in numbers.items()]
    if verdict == "open":  # the doses that were found stay below it
        doses = f"\n\n{answer.text}" if answer.regimens else ""
        text = "\n".join([OPEN, "", *lines]) + doses
        ask = Clarification("Where and how does it run, and what does the patient weigh?", ())
        opened_up = replace(answer, status="needs_clarification", text=text, clarification=ask, verdict=None)
        return replace(opened_up, citations=tuple(citations.listed))
    base = replace(answer, regimens=(), computed=(), conflicts=(), warnings=(), citations=tuple(citations.listed))
    bound = Bound(limit.figure, limit.unit, limit.per, limit.per_time)
    said = f"{asked.words} is faster than the greatest rate"
    judgement = Verdict("exceeds", dose.proposed, bound, None, said)
    text = "\n".join([marked(f"{RESULTS['exceeds']}. Asked: {said}", *deciding), "", *lines])
    return replace(base, status="answered", text=text, clarification=None, verdict=(judgement, deciding[0]), unsaid=())
