"""What the page of an answer rules out in a word that the question tells of the patient: put before the dose.

`forbidding` asks whether all that tells a thing apart is said. Beside a dose one word is enough to be read first: who
asks "Mg 0.5, myasthenia" must see "Contraindicated: heart block, myasthenia", and "K 3.2 in TLS" "TLS: don't replace".
"""

import re
from collections.abc import Iterator, Sequence

from wardbook.answering.about import Statement, statements_about
from wardbook.answering.answer import Answer
from wardbook.answering.dose_question import asked_drug
from wardbook.answering.question import Question
from wardbook.answering.terms import ASKING, Term, held
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.context import says
from wardbook.dosing.given import gives
from wardbook.dosing.measured import read_measured
from wardbook.dosing.quantity import known_as
from wardbook.dosing.telling import names_thing
from wardbook.from_pages import terms_as_written
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

MOST = 2
"""Lines that are told so."""
_ON_OTHER = frozenset({"comparison", "evidence", "prognosis", "definition", "mechanism", "metadata", "reference"})
"""Kinds of question that are on no patient."""
_CUE = lazy_regex(
    r"\b(?:(?<!not )(?<!not a )(?<!n['’]t )contra-?indicat\w*|contra(?=:)|exclu(?:de[ds]?|sions?)(?=\s*:)|"
    r"(?:do|should|must|may|can) not|(?:do|should|must|ca)n[’']t|cannot|"
    r"never|avoid|not (?:with|in|if|for|to|when|after|before|during|given|used)|unsafe)\b"
    r"(?!\s+(?:be\s+)?(?:need|withh|delay|omit|stop|wait|reduc))",
    re.IGNORECASE,
)
"""What is not to be; "not contraindicated" and "do not withhold" are for the drug."""
_PARTS = lazy_regex(r"[;]|(?<=[.:])\s+(?=[A-Z])")


def told_against(opened: Opened, answer: Answer, question: Question) -> list[tuple[str, Statement]]:
    """Give the sentences of the pages that a dose stands on that rule out what the question tells beside it."""
    dosed = [each for each in answer.citations if _is_dosed(each.quote)]
    dosed = dosed or ([*answer.citations] if question.drugs else [])
    if answer.status in ("refused", "not_found") or question.kinds & _ON_OTHER or not dosed:
        return []
    drug = asked_drug(question, opened.drugs) if question.drugs else ""
    found: dict[str, tuple[str, Statement]] = {}
    for page in dict.fromkeys(each.page for each in dosed):
        own = {each.section for each in dosed if each.page == page}
        quotes = [each.quote for each in dosed if each.page == page]
        told = _told(opened, question, " ; ".join([*own, opened.describe(page)[0], *quotes]))
        for each in _of_page(opened, page, own, drug) if told else ():
            if any(_rules_out(words, told) for words in _PARTS.split(each.words)):
                found.setdefault(each.words, (page, each))
    return [found[words] for words in found if words not in answer.text][:MOST]


def _is_dosed(quote: str) -> bool:
    return any(figure.bare_scale for figure in read_amounts(quote)) or gives(quote)


def _told(opened: Opened, question: Question, above: str) -> list[Term]:
    """Give what a question tells that is a thing, neither its drug nor a value, and that the dose does not stand under.

    What headings and titles name all that is below them is on; what the row of the dose names it is for.
    """
    values = " ".join(
        question.text[each.begin : each.end] for each in read_measured(question.text, values=True)
    ).lower()
    return [
        term
        for term in terms_as_written(opened, question)
        if term.weight > ASKING
        and term.words.lower() not in (*question.drug_words, *question.drugs)
        and not any(map(str.isdigit, term.words[:1]))
        and known_as(term.words.lower()) is None
        and term.words.lower() not in values.split()
        and (term.name or names_thing(term.words.lower()) or not opened.is_plain(term.words.lower()))
        and not _holds(above, term)
    ]


def _holds(words: str, term: Term) -> bool:
    """Tell whether words hold a term, be it without the word that its long name ends in ("tumour lysis" of TLS)."""
    stems = held(words).stems
    forms = (
        tuple(stem for stem in form if stem not in _GENERAL) if len(form) > MOST_NAME else form for form in term.forms
    )
    return any(stems.issuperset(form) for form in forms)


_GENERAL = frozenset({"syndrom", "syndroma", "diseas", "disord"})
"""Stems of words for any disease."""
MOST_NAME = 2
"""Words of a name from which one for any disease may be left out."""


def _of_page(opened: Opened, page: str, own: set[str], drug: str) -> Iterator[Statement]:
    """Yield the sentences of a dose's sections, of what opens the page, and elsewhere those below the drug's name."""
    title = opened.describe(page)[0]
    for section in opened.index.store.section_ids(page):
        path = tuple(section.split(" > ")) if section else ()
        if any(says("evidence", level) or says("retired", level) for level in path):
            continue
        units = opened.units(page, section)
        near = not section or any(one == section or one.startswith(f"{section} > ") for one in own)
        opened_with = _opened_with(drug, units, opened) if drug and not near else set()
        for each in statements_about(drug, path, title, units, opened.drugs, frozenset()):
            if each.unit.kind == "row":
                continue
            if near or (drug and (each.named or each.unit in opened_with)):
                yield each


def _opened_with(drug: str, units: Sequence[Unit], opened: Opened) -> set[Unit]:
    """Give the bullets above whose list the last line opens with the drug."""
    found, last, named = set[Unit](), None, False
    for unit in units:
        if unit.kind == "bullet" and last is not None and last.kind != "bullet":
            mentions = opened.drugs.find(last.text)
            named = any(each.drug == drug and not re.search(r"\w", last.text[: each.begin]) for each in mentions)
        if unit.kind == "bullet" and named:
            found.add(unit)
        last = unit
    return found


def _rules_out(words: str, told: Sequence[Term]) -> bool:
    """Tell whether words hold a cue of what is not to be and something that is told."""
    return _CUE.search(words) is not None and any(_holds(words, term) for term in told)
