"""Where no regimen answers a question for a dose: what the pages say of it in words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.change_of_route import change_of_route, tells_change
from wardbook.answering.compose import cite_unit, compose, marked, plain_words
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.evidence import (
    Evidence,
    choose,
    in_reading_order,
    rank,
)
from wardbook.answering.for_patients import GROUPS, statements
from wardbook.answering.measures import grades_of
from wardbook.answering.question import Question
from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.asked_words import DoseQuery, content, holds_word, words_of
from wardbook.dosing.band import RENAL, read_bands
from wardbook.dosing.context import setting_of
from wardbook.dosing.drug import DrugMention
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import asked_groups, is_replaced, works
from wardbook.dosing.for_what import fits_indication
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import groups_of, on_dialysis, on_filtration
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.dosing.route import read_routes
from wardbook.dosing.telling import names_thing
from wardbook.from_pages import NO_DOSE, from_pages, terms_as_written, without_equivalents, without_regimens
from wardbook.in_its_place import WHOLE
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

MOST_UNREAD = 2
"""Rows or sentences that are quoted where none could be read."""

_DENIED = lazy_regex(
    r"^[\s:,(–—-]*(?:\w+ ){0,2}?(?:no role|not (?:stocked|used|recommended|available|given|indicated|for|on formulary)|"
    r"avoid|do not|never|contraindicated|no longer|withdrawn|no dose)\b",
    re.IGNORECASE,
)

_OF_DOSES = lazy_regex(r"\b(?:dos(?:e|es|ed|ing|age)|regimens?|maximum|given|use[ds]?|recommend\w*)\b", re.IGNORECASE)

_ASKING = lazy_regex(r"dos(?:e|es|ing|age)|max(?:imum)?|how|much|many|long|often|amount|mg|total", re.IGNORECASE)


def said_of_dose(
    opened: Opened,
    asked: str,
    whole: str,
    question: Question,
    k: int,
    only: Callable[[Evidence], bool] = lambda each: True,
) -> Answer | None:
    """Where no regimen fits, give what the pages say in words of that drug in that situation ("no dose stated").

    Only words that hold everything the question names will do, and no row or sentence that is a regimen: those were
    looked up, and are for something else.
    """
    terms = [term for term in terms_as_written(opened, question) if not _ASKING.fullmatch(term.words)]
    terms = [term for term in terms if not (question.route and read_routes(term.words))]
    if not terms or not all(term.known for term in terms if term.weight > 1):
        return None
    found = [
        each
        for each in without_regimens(opened, rank(question, terms, opened.hits(question, k)))
        if each.coverage > WHOLE
        and not each.lacks_drug
        and not _draws_line(each.unit, question)
        and each.by_value is not False
        and _denies_dose(opened, each.unit.text, question.drugs)
        and _is_of_setting(each, question.setting)
        and _OF_DOSES.search(f"{each.unit.text} {each.hit.section}")
        and _is_of_drug(opened, each, question.drugs)
        and (not question.route or question.route in {route.code for route in read_routes(each.unit.text)})
        and only(each)
    ]
    if not found:
        return None
    citations = opened.citations()
    # beside words that there is no dose, one that is told as older or unsure would be taken for it
    undosed = [each for each in found if not any(figure.is_dose for figure in read_amounts(each.unit.text))]
    text = compose(in_reading_order(choose(question, undosed or found)[:2]), citations)
    return Answer("answered", asked, whole, text, tuple(citations.listed)) if text else None


def _is_of_setting(each: Evidence, asked: str | None) -> bool:
    """Tell whether words are of no other setting than the one asked; where none is asked, than their headings are."""
    own = setting_of(each.unit.text)
    return own in (None, asked) or (asked is None and own in map(setting_of, each.hit.path))


def said_of_change(opened: Opened, asked: str, whole: str, dose: DoseAsked, answer: Answer, k: int) -> Answer | None:
    """Where the change from one route to another is asked, give the words that tell it, else that none do.

    None where nothing of that is asked, several drugs are, or the dose found is one by both routes.
    """
    change = change_of_route(dose.question.text)
    if change is None or len(dose.question.drugs) > 1:
        return None
    both = change.first | change.then
    rows = [each.regimen for each in answer.regimens]
    if rows and all(len(both) > 1 and both <= {*row.route} for row in rows):
        return None
    said = from_pages(opened, asked, whole, dose.question, k, only=lambda unit: tells_change(_of_unit(unit), change))
    if said.status == "answered" and not said.warnings:
        return said
    if not rows:
        return None
    listed = dict.fromkeys(f"{each.section or each.title} [{each.n}]" for each in answer.citations)
    text = f"No words on changing the route of {dose.query.drug} were found. It is dosed in: {'; '.join(listed)}."
    return Answer("not_found", asked, whole, text, answer.citations)


def _of_unit(unit: Unit) -> str:
    return " ; ".join((*unit.lead, unit.text))


def said_for_setting(opened: Opened, asked: str, whole: str, dose: DoseAsked, answer: Answer, k: int) -> Answer | None:
    """Where none of the doses found says that it is for the setting asked, give the words of the pages that one is not.

    "No prophylactic dose is recommended" answers before the doses for treatment.
    """
    setting = dose.query.setting
    if setting is None or any(each.regimen.setting == setting for each in answer.regimens):
        return None
    if denied := _denied_for_setting(opened, asked, whole, dose, k):
        return denied
    if answer.status == "not_found":
        return None

    def of_setting(each: Evidence) -> bool:
        return setting_of(each.unit.text) == setting or any(setting_of(level) == setting for level in each.hit.path)

    return said_of_dose(opened, asked, whole, dose.question, k, only=of_setting)


_NONE_GIVEN = lazy_regex(
    r"\W*(?:there is |we have )?no (?:[a-z-]+ ){0,2}dos(?:e|es|ing|age) (?:[a-z]+ ){0,3}"
    r"(?:recommended|established|agreed|given|known|stated|defined|validated)\b",
    re.IGNORECASE,
)


def _denied_for_setting(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer | None:
    """Quote, from under a heading of the drug, that there is no dose for the setting asked, whatever the event is.

    A line that names an event of its own says it of that one alone.
    """
    query = dose.query
    citations, lines = opened.citations(), []
    for hit in opened.hits(dose.question, k):
        above = ({m.drug for m in opened.drugs.find(text)} for text in (*reversed(hit.path), hit.title))
        if next(filter(None, above), set()) != {query.drug}:
            continue
        headed = any(setting_of(level) == query.setting for level in hit.path)
        for unit in filter(lambda each: _NONE_GIVEN.match(each.text), hit.units):
            events = {word for word in words_of(unit.text) if names_thing(word)} - content(query)
            if not events and (headed or setting_of(unit.text) == query.setting):
                words = plain_words(unit)
                numbers = cite_unit(hit.page, unit, words, citations)
                lines += [marked(words, *numbers)] if numbers else []
    return Answer("answered", asked, whole, "\n\n".join(lines), tuple(citations.listed)) if lines else None


def _denies_dose(opened: Opened, text: str, drugs: Sequence[str]) -> bool:
    """Tell whether words say that there is no dose, of the drugs asked about: "x, not y" says it of y alone."""
    found = opened.drugs.find(text)
    others = [mention.begin for mention in found if mention.drug not in drugs]
    own = [mention.begin for mention in found if mention.drug in drugs]
    return any(
        not any(re.fullmatch(r"\s*(?:the )?", text[match.end() : begin]) for begin in others if begin >= match.end())
        and not (own and all(begin > match.end() and _INSTEAD.search(text[match.end() : begin]) for begin in own))
        for match in NO_DOSE.finditer(text)
    )


_INSTEAD = lazy_regex(
    r"[,;:.(–—-][^,;:.]*\b(?:use|give|prefer|choose|try|start|(?:switch|change) to|replace with)\s+(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
"""Between what is not given and the drug that is given in its place ("x: avoid, use y")."""


def said_beside(opened: Opened, asked: str, whole: str, dose: DoseAsked) -> Answer | None:
    """Where no regimen fits, quote the row that another drug of the question has in a table of this one's doses."""
    names = {uniform(name) for pair in dose.query.other_drugs for name in pair}
    own = gathered(opened.regimens).by_drug.get(dose.query.drug, ()) if names else ()
    citations, lines = opened.citations(), []
    for page, section in dict.fromkeys((row.page, row.section) for row in own):
        for unit in opened.units(page, section):
            told = unit.kind == "row" and unit.values and uniform(unit.values[0][1]).strip(" .*") in names
            if told and len(unit.values) > 1 and not any(each.is_dose for each in read_amounts(unit.text)):
                words = plain_words(unit)
                numbers = cite_unit(page, unit, words, citations)
                lines += [marked(words, *numbers)] if numbers else []
    text = "\n\n".join(lines)
    return Answer("answered", asked, whole, text, tuple(citations.listed)) if text else None


def said_for_patients(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer | None:
    """Where no regimen fits a patient, quote what the pages say of the drug for such patients, as not to give it."""
    query = dose.query
    groups = asked_groups(query) | ({"renal impairment"} if query.patient.crcl is not None else frozenset())
    groups &= GROUPS
    if not groups:
        return None
    by_place = gathered(opened.regimens).by_place

    def is_other(page: str, unit: Unit) -> bool:
        words = " ".join([unit.text, *unit.lead, *(name for name, _ in unit.values)])
        if is_replaced(query) and _is_by_clearance(words, filtered=on_filtration(query.words)):
            return True
        if on_filtration(query.words) and on_dialysis(words) and not on_filtration(words):
            return True
        own = [each for each in by_place.get((page, unit.lines), ()) if each.drug == query.drug and each.amount]
        if own and all(_is_headed_for(each, groups) for each in own):
            return False
        fits = [fits_indication(each, query, opened.names) for each in own]
        return bool(fits) and all(fit is Fit.AGAINST for fit in fits)

    hits = list(opened.hits(dose.question, k))
    for group in sorted(groups):  # a question of many words finds the table for bad kidneys last
        hits += [
            each
            for each in opened.hits(opened.understand(f"{query.drug} {group} {_ALSO.get(group, '')}"), k)
            if (each.page, each.section) not in {(hit.page, hit.section) for hit in hits}
        ]
    found = statements(query, groups, hits, opened.drugs, is_other)
    citations = opened.citations()
    text = compose(found, citations) if found else ""
    if not text:
        return None
    note = f"No dose of {query.drug} for {' or '.join(sorted(groups))} could be read: these are the words of the pages."
    return Answer("answered", asked, whole, text, tuple(citations.listed), warnings=(note,))


def _is_by_clearance(words: str, *, filtered: bool) -> bool:
    """Tell whether words go by a clearance that who is on a machine has not: any for one who is filtered."""
    if on_dialysis(words) or on_filtration(words) or "dialys" in uniform(words):
        return False
    bands = [band.condition for band in read_bands(words) if band.condition.quantity in RENAL]
    return bool(bands) if filtered else works(bands, words)


_ALSO = {"renal impairment": "CrCl kidney", "hepatic impairment": "liver"}
"""Other words by which pages speak of a group of patients."""


def _is_headed_for(regimen: Regimen, groups: frozenset[str]) -> bool:
    """Tell whether a dose is for what its heading says alone, and that is one of these groups of patients.

    Under "X and kidneys" it is for whatever X is given for, and so is "Dialysis: ..." there, or on a page of X alone: a
    table of many drugs by kidney function tells the usual doses, and what needs more stands elsewhere.
    """
    heading, own = regimen.section.rpartition(" > ")[2], regimen.indication
    led = regimen.drug in f"{regimen.page} {regimen.section}".casefold() and bool(groups & groups_of(own or ""))
    return bool(groups & groups_of(heading)) and (own in (None, heading) or led)


def unread(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer | None:
    """Where no dose of the drug could be read, quote the words of the pages that give it one for what is asked."""
    question = replace(dose.question, drugs=(dose.query.drug,))
    known = any(drug in gathered(opened.regimens).by_drug for drug in question.drugs)
    terms = terms_as_written(opened, question)
    ranked = without_equivalents(question, rank(question, terms, opened.hits(question, k)))
    ranked = [each for each in ranked if not _is_row_of_another(opened, each, question.drugs)]
    if known:  # what was looked up was turned away for a reason
        ranked = without_regimens(opened, ranked)
    else:
        ranked = [each for each in ranked if not _is_all_of_others(opened, each, dose.query.drug)]
    ranked = [each for each in ranked if each.by_value is not False]  # for another value than the one asked
    ranked = [each for each in ranked if _is_for(opened, each, dose.query)]
    ranked = [each for each in ranked if not (_is_of_other_grade(each, question) or _draws_line(each.unit, question))]
    found = [each for each in ranked if _gives_dose(opened, each, question) and (not known or each.coverage > WHOLE)]
    found = found or [each for each in ranked if not known and _denies_drug(opened, each, question)]
    if known and not all(term.known for term in terms if term.weight > 1):
        return None
    citations = opened.citations()
    text = compose(in_reading_order(choose(question, found)[:MOST_UNREAD]), citations) if found else ""
    if text and not any(_gives_dose(opened, each, question) for each in found):
        return Answer("answered", asked, whole, text, tuple(citations.listed))
    note = f"No dose of {question.drugs[0]} could be read into its parts: these are the words of the pages."
    return Answer("answered", asked, whole, text, tuple(citations.listed), warnings=(note,)) if text else None


def _is_all_of_others(opened: Opened, each: Evidence, drug: str) -> bool:
    """Tell whether every amount of a line was read as another drug's ("5 mg/kg weekly + X" of what X is given with)."""
    rows = gathered(opened.regimens).by_place.get((each.hit.page, each.unit.lines), ())
    if not rows or any(words_of(drug) & words_of(row.drug) for row in rows):
        return False
    taken = {(row.amount.low, row.amount.high) for row in rows if row.amount}
    amounts = [figure.amount for figure in read_amounts(each.unit.text) if figure.is_dose]
    return all((amount.low, amount.high) in taken for amount in amounts)


def _is_for(opened: Opened, each: Evidence, query: DoseQuery) -> bool:
    """Tell whether a unit, with its page and headings, names each disease or event that the question does.

    A dose for another one is none, and neither is it an answer that the drug is not given for another.
    """
    words = " ; ".join((each.hit.title, *each.hit.path, *each.unit.lead, each.unit.text))
    keys = opened.names.keys
    named = [word for word in content(query) if names_thing(word) or keys(word)]
    return all(holds_word(word, words, query) or keys(word) & keys(words) for word in named)


def _is_of_other_grade(each: Evidence, question: Question) -> bool:
    """Tell whether words name grades, and none that is asked about."""
    named = grades_of(each.unit.text)
    return bool(question.grades and named) and not set(named) & set(question.grades)


def _draws_line(unit: Unit, question: Question) -> bool:
    """Tell whether a row's amounts say where something begins ("Threshold of high dose"), and that is not asked."""
    if _LINE.search(question.text):
        return False
    amounts = [name for name, cell in unit.values if any(each.is_dose for each in read_amounts(cell))]
    return bool(amounts) and all(_LINE.search(name) for name in amounts)


_LINE = lazy_regex(r"\b(?:thresholds?|cut-?\s?offs?|definitions?|counts? as)\b", re.IGNORECASE)


def _denies_drug(opened: Opened, each: Evidence, question: Question) -> bool:
    """Tell whether the words right behind the drug's name say that it is not given ("theophylline: no role")."""
    text = each.unit.text
    own = [mention for mention in opened.drugs.find(text) if mention.drug in question.drugs]
    sentence = " ".join(text[b:e] for b, e in sentences(text) if any(b <= mention.begin < e for mention in own))
    unstated = _denies_dose(opened, sentence, question.drugs) and _OF_DOSES.search(sentence)
    of_it = _is_of_drug(opened, each, question.drugs)
    if setting_of(text) not in (None, question.setting):
        return False
    return bool(own) and of_it and bool(unstated or any(_DENIED.match(text[mention.end :]) for mention in own))


def _gives_dose(opened: Opened, each: Evidence, question: Question) -> bool:
    """Tell whether the first amount behind the drug's name comes before any other drug's."""
    text = each.unit.text
    mentions = opened.drugs.find(text)
    amounts = [figure.begin for figure in read_amounts(text) if figure.is_dose and not _is_criterion(text, figure)]
    for mention in mentions:
        end = next((other.begin for other in mentions if other.begin >= mention.end), len(text))
        own = [begin for begin in amounts if mention.end <= begin < end]
        if mention.drug in question.drugs and own and not _is_beside(text, mention, own[0]):
            return True
    return bool(amounts) and _is_labelled_with(opened, each, mentions, question)


def _is_labelled_with(opened: Opened, each: Evidence, mentions: Sequence[DrugMention], question: Question) -> bool:
    """Tell whether a line under a drug's heading gives its dose behind a label of drugs that it is given with.

    "Y or Z: 6 mg/kg once" on the page of X is X's dose with these, where the question names one of them as well.
    """
    label, colon, _ = each.unit.text.partition(":")
    inside = bool(mentions and colon) and all(mention.end <= len(label) for mention in mentions)
    named = inside and any(mention.words.casefold() in question.text.casefold() for mention in mentions)
    above = ({m.drug for m in opened.drugs.find(text)} for text in (*reversed(each.hit.path), each.hit.title))
    return named and next(filter(None, above), set()) == set(question.drugs)


def _is_criterion(text: str, figure: Figure) -> bool:
    """Tell whether an amount is a flow of gas, or a bound that something lies above ("> 4 L/min")."""
    flow = figure.amount.unit == "L" and figure.per_time == "min"
    return flow or _ABOVE.search(text[: figure.begin]) is not None


_ABOVE = lazy_regex(r"(?:[>≥]\s*=?|\b(?:more than|over|above|at least|exceeding))\s*$", re.IGNORECASE)
_BESIDE = lazy_regex(r"\b(?:with|without|on|taking|receiving|plus|after|before|instead of)\b[^.;—]*$", re.IGNORECASE)


def _is_beside(text: str, mention: DrugMention, amount: int) -> bool:
    """Tell whether a label only names a drug that is taken beside the one dosed ("Without x (y or z): 480 mg")."""
    return bool(_BESIDE.search(text[: mention.begin]) and re.search(r"[:—]", text[mention.end : amount]))


def _is_row_of_another(opened: Opened, each: Evidence, drugs: Sequence[str]) -> bool:
    """Tell whether a row opens with another drug: its amounts are of that one, and the drug asked goes with it."""
    first = each.unit.values[0][1] if each.unit.kind == "row" and each.unit.values else ""
    named = {mention.drug for mention in opened.drugs.find(first)}
    return bool(named) and not named & set(drugs)


def _is_of_drug(opened: Opened, each: Evidence, drugs: Sequence[str]) -> bool:
    """Tell whether a row is one of the drug asked about, and not another's that only mentions it."""
    if each.unit.kind != "row" or not each.unit.values:
        return True
    head = " ".join([each.hit.title, each.hit.section, *each.unit.lead, each.unit.values[0][1]])
    return any(mention.drug in drugs for mention in opened.drugs.find(head))
