"""A fixed dose for a child whom no line shown is for: said before it, with what its section says of children.

"20 mmol over 6 h" of a page written for adults is many times a small child's dose, and looks like an answer.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from wardbook.answering.answer import Answer, Citation
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.dose_question import asked_drug, dose_query
from wardbook.answering.question import Question
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.unit import Unit
from wardbook.dosing.age import in_years
from wardbook.dosing.asked_words import ADULT_Y, DoseQuery
from wardbook.dosing.band import SIZES, read_bands
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.given import gives
from wardbook.dosing.life_stage import stage_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient, holds, read_weight
from wardbook.dosing.patient_group import groups_of
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

NOT_FOR_CHILDREN = "No dose shown is said to be for children: a figure here may be an adult's."
"""What stands before fixed doses where a child is asked about and no line says that it is for one."""
MOST = 2
"""Lines on children that are put before the answer."""
_BY_SIZE = lazy_regex(r"(?:/\s?|\b(?:per|a|each)\s?)(?:kg|kilo\w*|m2|m²|m\^2|sqm)\b|(?:/\s?|\bper )year of age\b")
"""A figure by the size of the patient is none that is an adult's alone."""
_CHILDS = {"kg": Decimal(40), "[lb_av]": Decimal(88), "m2": Decimal("1.2")}
"""Sizes, by unit, that a band for children ends at the most with: lower bounds for adults are from 40 kg."""


def not_for_children(opened: Opened, answer: Answer, question: Question) -> Answer:
    """Say before an answer that its fixed doses are not said to be for children, where one is asked about."""
    if answer.status not in ("answered", "needs_clarification") or answer.verdict is not None:
        return answer
    groups = asked_groups(_query(opened, question))
    if "children" not in groups or "adults" in groups:
        return answer
    dosed = [each for each in answer.citations if f"[{each.n}]" in answer.text and _is_flat(each.cells or each.quote)]
    shown = any(_is_of_them(each.regimen, question) for each in answer.regimens)
    if not dosed or shown or any(_is_for_children(opened, each) for each in dosed):
        return answer
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    lines: list[str] = []
    drugs = {mention.drug for each in dosed for mention in opened.drugs.find(each.quote)} | {*question.drugs}
    for page, unit in _on_children(opened, {(each.page, each.section) for each in dosed}, drugs):
        if question.grades and unit.lead:
            continue  # of another grade, as its lead may say
        words = f"For children: {without_references(plain_words(unit))}"
        new = len(lines) < MOST and without_references(plain_words(unit)) not in answer.text
        if new and (numbers := cite_unit(page, unit, words, citations)):
            lines.append(marked(words, *numbers))
    parts = answer.text.split("\n\n")
    first = next((at for at, part in enumerate(parts) if not part.startswith("Read first:")), len(parts))
    text = "\n\n".join([*parts[:first], NOT_FOR_CHILDREN if not lines else FOR_OTHERS, *lines, *parts[first:]])
    return replace(answer, text=text, citations=tuple(citations.listed))


def _is_of_them(row: Regimen, question: Question) -> bool:
    """Tell whether a row is for children, or by a band of young ages that the child is in."""
    if "children" in groups_of(row.population or ""):
        return True
    ages = [band for band in row.bands if band.quantity == "age"]
    lowest = [in_years(band)[0] for band in ages]
    patient = Patient(None, None, question.age_y)
    of_young = any(low is not None and low < ADULT_Y for low in lowest) and all(holds(each, patient) for each in ages)
    return of_young or any(_ends_young(band) for band in row.bands)


FOR_OTHERS = "The fixed doses below are not said to be for children."
"""The same where the section says something of children, which is told first."""


def _query(opened: Opened, question: Question) -> DoseQuery:
    try:
        weight = read_weight(question.weight).kg if question.weight else None
    except QuestionError:
        weight = None
    patient = Patient(weight, question.bsa_m2, question.age_y)
    return dose_query(question, asked_drug(question, opened.drugs) if question.drugs else "", patient, opened.drugs)


def _is_flat(quote: str) -> bool:
    """Tell whether a line gives an amount, and none by the size of the patient."""
    return gives(quote) and _BY_SIZE.search(uniform(quote)) is None


def _is_for_children(opened: Opened, cited: Citation) -> bool:
    """Tell whether a line is of children, itself or by what stands above it; "adults and kids" heads both."""
    above = [opened.describe(cited.page)[0], *cited.page.split("/"), *cited.section.split(" > ")]
    named = any(groups_of(level) & {"children", "adults"} == {"children"} for level in above)
    return named or _is_of_young(f"{cited.cells} {cited.quote}")


def _is_of_young(words: str) -> bool:
    """Tell whether words are of children, or draw a band of age or weight that ends with theirs ("> 65 years": no)."""
    if "children" in groups_of(words):
        return True
    stage = stage_of(words)
    young = stage is not None and stage[1] is not None and stage[1] <= ADULT_Y
    return young or any(_ends_young(band.condition) for band in read_bands(words))


def _ends_young(drawn: Condition) -> bool:
    if drawn.high is None or drawn.quantity not in SIZES:
        return False
    if drawn.quantity == "age":
        return (in_years(drawn)[1] or ADULT_Y) <= ADULT_Y
    return drawn.unit in _CHILDS and drawn.high <= _CHILDS[drawn.unit]


def _on_children(opened: Opened, places: set[tuple[str, str]], drugs: set[str]) -> Iterator[tuple[str, Unit]]:
    """Yield what sections say of a dose for children in sentences that name none but these drugs."""
    for page, section in sorted(places):
        for unit in opened.units(page, section):
            others = {mention.drug for mention in opened.drugs.find(unit.text)} - drugs
            if gives(unit.text) and unit.kind != "row" and not others and "children" in groups_of(unit.text):
                yield page, unit
