"""A question to an Answer: refuse, look a dose up, or choose what answers from the pages."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from wardbook.after_gap import after_gap
from wardbook.answering.about import Statement
from wardbook.answering.answer import Answer, Citation, CitedRegimen, Clarification
from wardbook.answering.asked_of import asked_of
from wardbook.answering.bare_amount import with_amount_unit
from wardbook.answering.bare_bound import with_unit
from wardbook.answering.caution import (
    Caution,
    cautions,
    changes,
    for_value,
    not_for_prevention,
    says_no_dose,
    speaks_against,
    speaks_against_prevention,
    without_dose,
)
from wardbook.answering.check_answer import answer_check
from wardbook.answering.class_asked import class_asked, doses_of_class
from wardbook.answering.compose import MOST_TEXT, cite_unit, not_found_text, plain_words
from wardbook.answering.dose_asked import DoseAsked, dose_asked
from wardbook.answering.dose_question import KINDS, TIMES, proposes
from wardbook.answering.dosing_answer import answer_dose
from wardbook.answering.drug_class import DrugClass
from wardbook.answering.evidence import Evidence, rank
from wardbook.answering.fit import tells_ending
from wardbook.answering.for_patients import statements
from wardbook.answering.ion_asked import by_its_ion
from wardbook.answering.kidneys_told import bad_kidneys
from wardbook.answering.lookup_asked import without_events
from wardbook.answering.other_weights import is_of_other_weights
from wardbook.answering.question import Question
from wardbook.answering.rate_asked import asks_how_it_runs, gives_rate, rate_asked
from wardbook.answering.reconsidered import reconsidered, surely_computed, without_sums
from wardbook.answering.reference_marks import without_references
from wardbook.answering.someone_else import patient_alone, told_of
from wardbook.at_this_age import at_this_age
from wardbook.beside_dose import with_said_beside
from wardbook.changed_dose import changed_beside
from wardbook.corpus.lines import Lines
from wardbook.corpus.unit import Unit
from wardbook.dose_in_words import (
    said_beside,
    said_for_patients,
    said_for_setting,
    said_of_change,
    said_of_dose,
    unread,
)
from wardbook.dose_on_page import dose_on_page
from wardbook.doses_before import with_doses_before
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import RENAL
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.compute import Computed
from wardbook.dosing.established import only_prevention
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.forbidden import gives_no_reason
from wardbook.dosing.measured import read_measured
from wardbook.dosing.not_given import is_unreduced
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import groups_of, on_dialysis
from wardbook.dosing.phase import in_phase
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.dosing.told import gives_measured
from wardbook.ending import ended_by, how_many, until_when
from wardbook.errors import QuestionError
from wardbook.forbidding import forbidding, read_first
from wardbook.from_pages import NEAREST, from_pages, without_regimens
from wardbook.from_parts import from_pages_in_parts
from wardbook.lazy_regex import lazy_regex
from wardbook.none_stated import none_stated
from wardbook.not_for_children import not_for_children
from wardbook.opened import Opened
from wardbook.other_bands import with_other_bands
from wardbook.other_sides import with_other_sides
from wardbook.other_use import dose_for_other_use, gives_row
from wardbook.rate_checked import rate_checked
from wardbook.told_against import told_against


def answer_said(opened: Opened, asked: str, whole: str, words: str, k: int) -> Answer:
    """Answer `words`, in which the question `whole` is said; a dose is asked of the patient alone."""
    alone, others = patient_alone(words)
    notes = (told_of(others),) if others and opened.understand(alone).drugs else ()
    alone = alone if notes else words
    if kidneys := _kidneys(opened, alone):
        both, instead = f"{alone}, {kidneys[1]}", alone.replace(*kidneys)
        if told := next((each for each in (both, instead) if _asks_dose(opened, each)), None):
            alone, notes = told, (*notes, f"“{kidneys[0]}” understood as {kidneys[1]}.")
    answer = _answer(opened, asked, whole, alone, k)
    return replace(answer, warnings=(*notes, *answer.warnings)) if notes else answer


def _kidneys(opened: Opened, words: str) -> tuple[str, str] | None:
    """Give what tells of bad kidneys in a question on a drug, and the usual words for it."""
    drugs = opened.understand(words).drugs
    rows = (row for drug in drugs for row in gathered(opened.regimens).by_drug.get(drug, ()))
    by_creatinine = any(band.quantity == "creatinine" for row in rows for band in row.bands)
    return bad_kidneys(words, by_creatinine) if drugs else None


def _asks_dose(opened: Opened, words: str) -> bool:
    try:
        return dose_asked(words, opened.pages) is not None
    except QuestionError:
        return True


def _answer(opened: Opened, asked: str, whole: str, words: str, k: int) -> Answer:
    pages = opened.pages
    if after := after_gap(opened, asked, whole, opened.understand(words)):
        return after
    said = with_unit(words, opened.drugs, opened.regimens, opened.units)
    judged = proposes(opened.understand(said))
    said, taken = with_amount_unit(said, opened.drugs, opened.regimens) if judged else (said, ())
    whole = said if taken else whole  # what the answer is held against has the unit too
    try:
        dose = dose_asked(said, pages)
    except QuestionError as fault:
        return Answer("refused", asked, whole, f"{fault.reason}: {fault.mend}.")
    if dose is not None:
        answer = rate_checked(opened, _looked_up(opened, asked, whole, dose, k), dose, k)
        first = forbidding(opened, answer, dose.question, dose.query, k)
        if first:
            answer = _looked_up(opened, asked, whole, dose.forbidden(), k)
        answer = with_doses_before(opened, _read_first(opened, answer, first, dose.question), dose)
        answer = _noted(answer, dose.question, opened)
        return replace(answer, warnings=(*taken, *answer.warnings))
    question = opened.understand(said)
    if question.refused:
        return Answer("refused", asked, whole, f"{question.refused}.")
    if question.doubtful and not question.drugs and question.kinds & KINDS:
        return _did_you_mean(asked, whole, question)
    of_class = class_asked(without_events(question), pages)
    doses = doses_of_class(question, pages) if of_class else []
    if doses and (each := _of_each(opened, asked, whole, doses, k)):
        return _noted(each, question, opened)
    answer = from_pages_in_parts(opened, asked, whole, question, k)
    answer = _of_use(opened, answer, question, k)
    dosed = without_events(question).kinds & KINDS and not asked_of(question.text)
    if answer.status == "not_found" and len(question.drugs) == 1:
        answer = _of_ion(opened, asked, whole, question.text, question.drugs[0], k) or answer
    found = answer.status != "not_found"
    quotes = [each.quote for each in answer.citations]
    doses_of_it = [quote for quote in quotes if any(figure.is_dose for figure in read_amounts(quote))] or quotes[:1]
    if of_class and dosed and found and not all(_is_on(of_class[1], quote) for quote in doses_of_it):
        words = f"No dose of what is asked ({of_class[0]}) could be read for that"
        answer = Answer("not_found", asked, whole, not_found_text(words, opened.hits(question, k)[:NEAREST]))
    answer = with_other_sides(opened, answer, question, k)
    answer = _read_first(opened, answer, forbidding(opened, answer, question, None, k), question)
    return _noted(answer, question, opened)


def _of_use(opened: Opened, answer: Answer, question: Question, k: int) -> Answer:
    """Take back lines that give the drug's dose for something else than what is asked; words on that may stand."""
    other = dose_for_other_use(opened, answer, question)
    if other is None:
        return answer
    asked = (answer.question, answer.standalone_question)
    said = from_pages(opened, *asked, question, k, without_doses=True)
    told = said.status == "answered" and not gives_row(opened, said, other.query.drug)
    return said if told else _from_rows(opened, *asked, other)


def _read_first(opened: Opened, answer: Answer, first: Sequence[tuple[str, Statement]], question: Question) -> Answer:
    """Put before an answer what forbids its drug, and what speaks against its dose in a word of the question."""
    answer = read_first(opened, answer, first)
    told = told_against(opened, answer, question)
    answer = read_first(opened, without_sums(answer), told) if told else answer
    return not_for_children(opened, answer, question)


def _of_ion(opened: Opened, asked: str, whole: str, text: str, drug: str, k: int) -> Answer | None:
    """Give what the pages give for a level of an ion, where its salt is asked for; None where they give nothing."""
    ion = by_its_ion(text, drug, opened.drugs)
    answer = from_pages(opened, asked, whole, opened.understand(ion), k, only_by_value=True) if ion else None
    return answer if answer and answer.status == "answered" else None


def _looked_up(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer:
    answer = _with_rate(opened, _dose(opened, asked, whole, dose, k), dose)
    answer = with_other_bands(opened, with_said_beside(opened, answer, dose.query), dose.query)
    answer = at_this_age(opened, answer, dose.query)
    return with_other_sides(opened, answer, dose.question, k)


def _is_on(of_class: DrugClass, quote: str) -> bool:
    """Tell whether a quote names a class of drugs or a drug of it."""
    return of_class.named_in(quote) or any(of_class.has(mention.drug) for mention in mentions_of(quote))


def _of_each(opened: Opened, asked: str, whole: str, doses: Sequence[DoseAsked], k: int) -> Answer | None:
    """Put the doses of several drugs of a class side by side and ask which is meant; None where they are too many."""
    citations, text = opened.citations(), [SEVERAL]
    regimens: list[CitedRegimen] = []
    computed: list[tuple[int, Computed]] = []
    warnings: list[str] = []
    for dose in doses:
        given = (dose.query, dose.regimens, opened.names, citations, opened.units)
        answer = _cautioned(opened, answer_dose(asked, whole, *given, dose.bound), dose, k)
        citations.listed[:] = answer.citations
        text.append(_ONE_OF.sub("", answer.text))
        computed += [(at + len(regimens), each) for at, each in answer.computed]
        regimens += answer.regimens
        warnings += answer.warnings
    if sum(map(len, text)) > MOST_TEXT:
        return None
    options = tuple(dose.query.drug for dose in doses)
    return Answer(
        "needs_clarification",
        asked,
        whole,
        "\n\n".join(text),
        tuple(citations.listed),
        tuple(regimens),
        tuple(computed),
        clarification=Clarification("Which drug is meant?", options),
        warnings=tuple(dict.fromkeys(warnings)),
    )


SEVERAL = "Several drugs of what is asked fit; none is chosen for you:"
"""What stands above the doses of several drugs of one class."""
_ONE_OF = lazy_regex(
    r"^(?:\d+ regimens fit; none is chosen for you|All stand in one row, whose words say when each holds):\s+",
    re.MULTILINE,
)


def _for_value(opened: Opened, dose: DoseAsked, shown: Sequence[Regimen], k: int) -> list[Caution]:
    """Give what the pages of a dose say for a measured value that the question gives and none of the rows goes by."""
    question, pages = dose.question, {row.page for row in shown}
    banded = any(is_measured(band) and holds(band, dose.query.patient) for row in shown for band in row.bands)
    if banded or not read_measured(question.text, values=True):
        return []
    ranked = rank(question, opened.terms(question), opened.hits(question, k))
    sections = {(row.page, row.section) for row in shown}
    doses = gathered(opened.regimens).by_place
    looked_up = {place for place, rows in doses.items() if any(row.drug == dose.query.drug for row in rows)}
    beside = [
        each
        for each in ranked
        if (each.hit.page, each.hit.section) in sections and (each.hit.page, each.unit.lines) not in looked_up
    ]
    own = [*(each for each in without_regimens(opened, ranked) if each.hit.page in pages), *beside]
    own = [each for each in own if not is_of_other_weights(question, each.unit)]
    own = [each for each in own if not _prevents(opened, each.hit.page, each.unit.lines, dose)]
    told = for_value(question, dose.query.drug, own, opened.drugs, sections)
    return [each for each in told if changes(each.words) or not _UNCHANGED.search(each.words)]


def _for_kidneys(opened: Opened, dose: DoseAsked, shown: Sequence[Regimen], k: int) -> list[Caution]:
    """Give what the pages of a dose say of its drug for the clearance or dialysis asked, and no row shown is.

    Where rows go by the clearance, that is only what speaks against the drug.
    """
    query, pages = dose.query, {row.page for row in shown}
    dialysed = on_dialysis(query.part)
    told = query.patient.crcl is not None or "renal impairment" in asked_groups(query)
    if not told or any(is_unreduced(row, query) for row in shown):
        return []
    banded = any(band.quantity in RENAL for row in shown for band in row.bands)
    hits = [hit for hit in opened.hits(dose.question, k) if hit.page in pages]
    found = statements(query, frozenset({"renal impairment"}), hits, opened.drugs, lambda page, unit: False)
    own = list(gathered(opened.regimens).by_drug.get(query.drug, ()))
    of_phase = in_phase(own, query)
    others = {(row.page, row.lines) for row in (*shown, *(row for row in own if row not in of_phase))}
    return [
        Caution(plain_words(each.unit), each)
        for each in found
        if (each.hit.page, each.unit.lines) not in others
        and not _UNCHANGED.search(each.unit.text)
        and ((dialysed and on_dialysis(each.unit.text)) or not banded or speaks_against(each.unit))
    ]


def _with_rate(opened: Opened, answer: Answer, dose: DoseAsked) -> Answer:
    """Take back a dose that does not say how fast it runs, where that alone is asked; its sections are named."""
    asks = asks_how_it_runs(dose.question.text, opened.drugs) and dose.proposed is None
    said = any(figure.is_dose for figure in read_amounts(answer.text)) and answer.status == "answered"
    dosed = said or any(each.regimen.amount for each in answer.regimens)
    if not (asks and dosed) or gives_rate(answer.text):
        return answer
    where = {each.section or each.title: each.n for each in reversed(answer.citations)}
    named = "; ".join(f"{section} [{number}]" for section, number in reversed(where.items()))
    own = gathered(opened.regimens).by_drug.get(dose.query.drug, ())
    rated = any(gives_rate(row.verbatim) for row in own)
    drug = dose.query.drug
    none = f"No dose of {drug} that fits what is asked tells its rate" if rated else f"The pages give no rate of {drug}"
    text = f"{none}. It is spoken of in: {named}."
    return Answer("not_found", answer.question, answer.standalone_question, text, answer.citations)


_UNCHANGED = lazy_regex(r"\b(?:full dose|unchanged|no (?:change|adjust\w*|reduction))\b", re.IGNORECASE)


def _noted(answer: Answer, question: Question, opened: Opened) -> Answer:
    """Say what was understood: shorthand, typing errors, and names of drugs that the answer has by another one only."""
    shown = " ".join([answer.text, *(each.quote for each in answer.citations)]).casefold()
    named = [
        (mention.words, mention.drug)
        for mention in opened.drugs.find(question.text)
        if mention.words.casefold() not in shown and mention.drug.casefold() in shown
    ]
    understood = dict.fromkeys([*question.understood, *named])
    notes = tuple(f"“{written}” understood as {meant}." for written, meant in understood)
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
    answer = _from_rows(opened, asked, whole, dose)
    question = dose.question
    headed = any(tells_ending(question.text, each.section or "") for each in answer.citations)
    if not headed and (ended := ended_by(opened, asked, whole, dose, k)):
        return ended
    if dose.proposed is None and (changed := said_of_change(opened, asked, whole, dose, answer, k)):
        return changed
    if until := until_when(opened, asked, whole, dose, answer, k):
        return until
    if count := how_many(opened, asked, whole, dose, answer, k):
        return count
    if not _holds_value(dose, answer):
        by_value = from_pages(opened, asked, whole, question, k, only_by_value=True)
        if by_value.status == "answered" and not _stands_in(by_value, answer) and not _cites(opened, by_value, dose):
            return by_value
    none = answer.status == "not_found" and dose.proposed is None
    if none and (of_ion := _of_ion(opened, asked, whole, question.text, dose.query.drug, k)):
        return of_ion
    if dose.proposed is None and (said := said_for_setting(opened, asked, whole, dose, answer, k)):
        return said
    if answer.status != "not_found":
        return _cautioned(opened, answer, dose, k)
    said = _in_words(opened, asked, whole, dose, answer, k)
    return answer if said.status == "answered" and _cites(opened, said, dose) else said


def _cites(opened: Opened, said: Answer, dose: DoseAsked) -> bool:
    """Tell whether words cite a dose of the drug that only prevents what the patient has."""
    return any(_prevents(opened, each.page, each.lines, dose) for each in said.citations)


def _prevents(opened: Opened, page: str, lines: Lines, dose: DoseAsked) -> bool:
    own = gathered(opened.regimens).by_drug.get(dose.query.drug, ())
    place = [row for row in own if row.page == page and row.lines[0] <= lines[1] and lines[0] <= row.lines[1]]
    return only_prevention(place, dose.query, opened.names)


def _from_rows(opened: Opened, asked: str, whole: str, dose: DoseAsked) -> Answer:
    given = (dose.query, dose.regimens, opened.names, opened.citations(), opened.units)
    if dose.proposed is None:
        return surely_computed(answer_dose(asked, whole, *given, dose.bound), dose)
    return reconsidered(answer_check(asked, whole, dose.proposed, *given), dose, opened.units)


def _in_words(opened: Opened, asked: str, whole: str, dose: DoseAsked, answer: Answer, k: int) -> Answer:
    """Where no regimen fits, give what the pages say of the dose in words; none of the well for failing kidneys."""
    said = _words(opened, asked, whole, dose, answer, k)
    if said is answer or "renal impairment" not in asked_groups(dose.query):
        return said
    return said if any(_is_of_kidneys(opened, each, dose.query.drug) for each in said.citations) else answer


def _is_of_kidneys(opened: Opened, cited: Citation, drug: str) -> bool:
    """Tell whether a line, or its heading, is of bad kidneys, and of no other drug than this."""
    named = {mention.drug for mention in opened.drugs.find(cited.quote)}
    told = groups_of(f"{cited.cells or ''} ; {cited.quote} ; {cited.section} ; {cited.title}")
    return "renal impairment" in told and (not named or drug in named)


def _words(opened: Opened, asked: str, whole: str, dose: DoseAsked, answer: Answer, k: int) -> Answer:
    question = dose.question
    if said := said_for_patients(opened, asked, whole, dose, k):
        return replace(said, verdict=answer.verdict)
    if said := said_beside(opened, asked, whole, dose):
        return replace(said, verdict=answer.verdict)
    if on_page := dose_on_page(opened, asked, whole, dose, k):
        return _cautioned(opened, on_page, dose, k)
    said = said_of_dose(opened, asked, whole, question, k)
    for_amount = question.kinds & (KINDS - TIMES) or question.weight or rate_asked(question.text, opened.drugs)
    said = said or changed_beside(opened, asked, whole, dose, k)
    if said is None and not for_amount:
        said = from_pages(opened, asked, whole, question, k, without_doses=True)
    if said is None or said.status != "answered":
        said = unread(opened, asked, whole, dose, k)
    if said is None or said.status != "answered":
        said = none_stated(opened, answer, question, dose.query, k)
    return said if said is not None and said.status == "answered" else answer


def _holds_value(dose: DoseAsked, answer: Answer) -> bool:
    """Tell whether a measured value that the question gives, by which rows of the drug go, chose the rows shown."""
    rows = [row for row in dose.regimens if row.drug == dose.query.drug]
    if dose.proposed is not None or not gives_measured(dose.query, rows):
        return True
    shown = [each.regimen for each in answer.regimens]
    return any(holds(band, dose.query.patient) for row in shown for band in row.bands if is_measured(band))


def _stands_in(said: Answer, dose: Answer) -> bool:
    """Tell whether all that is said stands in the rows of a dose that was found."""
    rows = [each.regimen for each in dose.regimens]
    return bool(rows) and all(
        any(row.page == each.page and row.lines[0] <= each.lines[0] <= each.lines[1] <= row.lines[1] for row in rows)
        for each in said.citations
    )


def _cautioned(opened: Opened, answer: Answer, dose: DoseAsked, k: int) -> Answer:
    """Put before a dose what the pages say against the drug in a situation that the question names and no row has."""
    question = dose.question
    shown = [each.regimen for each in answer.regimens]

    def ranked(only: Callable[[Unit], bool] = speaks_against) -> list[Evidence]:
        return rank(question, opened.terms(question), opened.hits(question, k), only=only)

    none = without_dose(dose.query, shown, lambda: ranked(says_no_dose), opened.drugs)
    of_patient = [*_for_value(opened, dose, shown, k), *_for_kidneys(opened, dose, shown, k)]
    of_patient = [each for each in of_patient if not gives_no_reason(each.words)]
    unprevented = not_for_prevention(dose.query, shown, lambda: ranked(speaks_against_prevention), opened.drugs)
    told = [*none, *unprevented, *cautions(question, dose.query, shown, ranked, opened.drugs), *of_patient]
    told = [each for each in told if not _prevents(opened, each.evidence.hit.page, each.evidence.unit.lines, dose)]
    changed = none or of_patient or unprevented or any(changes(each.words) for each in told)
    if changed and (answer.verdict is not None or none) and not dose.query.forbidden:
        answer = _from_rows(opened, answer.question, answer.standalone_question, dose.forbidden())
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    lines = []
    for each in told:
        unit, page = each.evidence.unit, each.evidence.hit.page
        words = without_references(each.words)
        numbers = cite_unit(page, unit, words, citations) if words not in answer.text else ()
        lines += [f"Read first: {words} {''.join(f'[{number}]' for number in numbers)}"] if numbers else []
    if not lines:
        return answer
    answer = without_sums(answer) if changed else answer
    return replace(answer, text="\n\n".join([*lines, answer.text]), citations=tuple(citations.listed))
