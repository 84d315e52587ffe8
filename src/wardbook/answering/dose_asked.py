"""What a question asks of one drug's dose: patient, proposal, situation, and the options picked at its end."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wardbook.answering.dose_question import asked_drug, borne, dose_query, proposes, without_past_drugs
from wardbook.answering.drug_lookup import Bounded, look_up, with_said
from wardbook.answering.ion_asked import is_for_ion, without_lack
from wardbook.answering.lookup_asked import asks_lookup
from wardbook.answering.past_drugs import is_failed
from wardbook.answering.picked_option import picked_option
from wardbook.answering.question import Question
from wardbook.answering.regimen_words import UnitsOf
from wardbook.dosing.asked_words import situation_words
from wardbook.dosing.check import Asked, read_proposal
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.lookup import DoseQuery, Found, TermMatcher
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient, read_weight
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import of_drug
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Pages:
    """What a dose is looked up in."""

    regimens: Sequence[Regimen]
    """All regimens of the pages."""
    drugs: DrugNames
    """Their drugs."""
    names: TermMatcher
    """Their names."""
    units_of: UnitsOf
    """What can be quoted from a section."""
    understand: Callable[[str], Question]
    """Words to a question."""
    around: Callable[[Regimen], str] = lambda regimen: ""
    """A regimen to the words of its page."""
    of_children: Callable[[str], bool] = lambda page: False
    """A page to whether it is one for children."""


@dataclass(frozen=True, slots=True)
class DoseAsked:
    """One question for a dose."""

    question: Question
    """The question without the options picked at its end."""
    query: DoseQuery
    """What is looked up."""
    regimens: Sequence[Regimen]
    """What it is looked up among: all, or those behind the options picked."""
    proposed: Asked | None
    """The amount that is to be judged, or None."""
    bound: Bounded | None
    """A weight given as a bound, or None."""

    def found(self, pages: Pages) -> Found:
        """Look it up."""
        return look_up(self.query, self.regimens, pages.names, pages.units_of, self.bound)

    def forbidden(self) -> "DoseAsked":
        """Give the same question where the pages forbid the drug for what is asked."""
        return replace(self, query=replace(self.query, forbidden=True))


def dose_asked(whole: str, pages: Pages) -> DoseAsked | None:
    """Read a question for a dose; None where it asks for none. QuestionError where no patient weighs so."""

    def look(text: str, regimens: Sequence[Regimen]) -> Found | None:
        asked = _read(text, regimens, pages)
        return asked.found(pages) if asked else None

    return _read(*picked_option(whole, pages.regimens, look), pages)


def _read(text: str, regimens: Sequence[Regimen], pages: Pages) -> DoseAsked | None:
    question = pages.understand(text)
    if question.refused:
        return None
    if not asks_lookup(question, pages.regimens, pages.drugs, pages.units_of, pages.names):
        return _of_next_drug(question, regimens, pages)
    first = dose_of(question, asked_drug(question, pages.drugs), regimens, pages)
    plain = without_past_drugs(question, pages.drugs)
    if plain != question.text and not first.found(pages).fits:  # rows of a drug that follows others name those
        return dose_of(pages.understand(plain), first.query.drug, regimens, pages)
    left = {each.drug for each in borne(question, pages.drugs)} or set(question.drugs)
    others = [drug for drug in question.drugs if drug in left - {first.query.drug}] if first.proposed is None else []
    if not others or first.found(pages).fits:
        return first
    asked = (dose_of(question, drug, regimens, pages) for drug in others)
    return next((each for each in asked if _is_given_with(each, first.query.drug, pages)), first)


def _of_next_drug(question: Question, regimens: Sequence[Regimen], pages: Pages) -> DoseAsked | None:
    """Give what is asked of the drug that comes after one that has not worked: less that one, it may be a lookup.

    "X had no effect, Y for Z" asks for the dose of Y as "Y for Z" does.
    """
    if not any(is_failed(question.text, each) for each in pages.drugs.find(question.text)):
        return None
    plain = pages.understand(without_past_drugs(question, pages.drugs))
    if plain.text == question.text or plain.refused or len(plain.drugs) != 1:
        return None
    if not asks_lookup(plain, pages.regimens, pages.drugs, pages.units_of, pages.names):
        return None
    asked = dose_of(plain, plain.drugs[0], regimens, pages)
    return asked if asked.found(pages).fits else None


def _is_given_with(asked: DoseAsked, drug: str, pages: Pages) -> bool:
    """Tell whether the rows that fit one drug of a question name the one that was taken for what is asked.

    "X, prophylactic Y": where no dose of X is for that, that of Y with X is.
    """
    found = asked.found(pages)
    names = {drug, *pages.drugs.spellings(drug)}
    names |= {written for written, other in asked.query.other_drugs if other == drug}
    names = {uniform(name).replace("-", " ") for name in names}
    query = with_said(asked.query, pages.units_of)
    said = (uniform(f"{situation_words(row)} ; {query.said(row)} ; {row.verbatim} ; {row.notes}") for row in found.fits)
    return bool(found.fits) and all(any(name in words.replace("-", " ") for name in names) for words in said)


def dose_of(question: Question, drug: str, regimens: Sequence[Regimen], pages: Pages) -> DoseAsked:
    """Give what is asked of one drug of a question."""
    picked = regimens is not pages.regimens
    if _BEFORE_CELLS.search(question.text) and any(row.setting == _DEPLETES for row in of_drug(regimens, drug)):
        question = pages.understand(_BEFORE_CELLS.sub(f" for {_DEPLETES}", question.text))
    plain = without_lack(question.text, drug)
    if plain != question.text and (own := [row for row in regimens if row.drug == drug and is_for_ion(row)]):
        question, regimens = pages.understand(plain), [*own, *(row for row in regimens if row.drug != drug)]
    weight = read_weight(question.weight) if question.weight else None
    shown = weight.shown if weight and "=" in weight.shown else ""
    age = question.age_y
    if age is None and (months := _in_months(question, drug, regimens, pages)):
        age, told = Decimal(re.sub(r"\D", "", months)) / 12, (months, "the age of the patient")
        question = replace(question, understood=(*question.understood, told))
    patient = Patient(weight.kg if weight else None, question.bsa_m2, age, None, shown)
    query = dose_query(question, drug, patient, pages.drugs)
    query = replace(query, around=pages.around, of_children=pages.of_children)
    if picked:
        query = replace(query, route=None)  # the option picked has decided it
    plain = question.text.replace(question.weight or "\0", " ")
    proposed = read_proposal(plain, patient.weight_kg) if proposes(question) else None
    return DoseAsked(question, query, regimens, proposed, _bound(question))


def _in_months(question: Question, drug: str, regimens: Sequence[Regimen], pages: Pages) -> str | None:
    """Give the age of a child by its months alone ("x 18 months"), on pages for children that dose the drug by age."""
    found: list[str] = _MONTHS.findall(question.text)
    aged = (row for row in of_drug(regimens, drug) if any(band.quantity == "age" for band in row.bands))
    if len(found) != 1 or not any(pages.of_children(row.page) for row in aged):
        return None
    return found[0]


_MONTHS = lazy_regex(
    r"(?<!\d)(?<!\bfor )(?<!\bover )(?<!\bafter )(?<!\bevery )(?<!\bwithin )(?<!\blast )(?<!\bpast )(?<!\bin )(?<!\bx )"
    r"(?<!\bat )(?<!\bmonth )(?<!-)(?<!/)\b(\d{1,2} ?(?:months?|mos?|mths?))\b"
    r"(?! ?(?:ago|of\b|course|after|later|post|since|out|from|supply|treatment|now|on\b|-|to\b))",
    re.IGNORECASE,
)
_DEPLETES = "lymphodepletion"
_BEFORE_CELLS = lazy_regex(
    r"\s(?:before|pre|prior to|ahead of)[ -](?:the |his |her |their )?"
    r"(?:car[ -]?t(?:[ -]?cells?)?|cells?|cell infusion)\b(?! therapy)",
    re.IGNORECASE,
)
"""What a drug that depletes lymphocytes is given before, where the pages give it for that."""


def _bound(question: Question) -> tuple[bool, Decimal] | None:
    above, words = question.weight_bound or (False, None)
    return (above, read_weight(words).kg) if words else None
