"""Lines that are none for what a patient has: of what prevents it, or the dose of what was given before, or failed."""

from collections.abc import Sequence

from wardbook.answering.action import asks_what_to_do
from wardbook.answering.fit import is_preventive
from wardbook.answering.in_vain import failed_words, is_of_failure, says_next, tells_failure
from wardbook.answering.question import Question
from wardbook.answering.scoring import Evidence
from wardbook.answering.terms import Term, held
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.binding import mentions_of


def of_patient(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out such lines where a question tells a finding and asks what to do ("wheezy after x", "fitting now").

    The dose of a drug that the question names stays where its line speaks of the finding, and so does what stands
    under a heading that tells that the drug has failed.
    """
    failed = [term for term in terms if term.words.lower() in failed_words(question)]
    ranked = [each for each in ranked if says_next(each.unit, each.hit.path) or not _gives(each, failed, question)]
    found = [term for term in terms if term.told is not None]
    if not found or not asks_what_to_do(question):
        return list(ranked)
    drugs = [term for term in terms if term.words.lower() in question.drug_words]
    if not drugs:
        asked = question.setting == "prophylaxis" or "prevention" in question.kinds
        return [each for each in ranked if asked or not is_preventive(_words(each))]
    next_step = tells_failure(question.text)
    return [
        each
        for each in ranked
        if _speaks(each, found) or not _doses(each, drugs) or (next_step and is_of_failure(each.hit.path))
    ]


def _gives(each: Evidence, failed: Sequence[Term], question: Question) -> bool:
    """Tell whether a line gives a dose of a drug that has failed, and of no other."""
    own = held(each.unit.text)
    others = {mention.drug for mention in mentions_of(each.unit.text)}.difference(question.drugs)
    dosed = any(figure.is_dose for figure in read_amounts(each.unit.text))
    return dosed and not others and any(own.holds(term) for term in failed)


def _words(each: Evidence) -> str:
    return " ".join([*each.hit.path, *each.unit.lead, each.unit.text])


def _speaks(each: Evidence, found: Sequence[Term]) -> bool:
    words, above = held(_words(each)), held(" ".join(each.hit.path))
    return any(words.holds(term) or above.heads(term) for term in found)


def _doses(each: Evidence, drugs: Sequence[Term]) -> bool:
    """Tell whether a line gives a dose, and it or what it stands under names one of the drugs."""
    words = held(f"{each.hit.title} {_words(each)}")
    return any(words.holds(term) for term in drugs) and any(figure.is_dose for figure in read_amounts(each.unit.text))
