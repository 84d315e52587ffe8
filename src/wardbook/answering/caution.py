"""Cautions: what the pages say against a drug in the situation that a question names, whatever row its dose has."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wardbook.answering.compose import plain_words
from wardbook.answering.fit import is_preventive
from wardbook.answering.levels import levels, speaks_of_level
from wardbook.answering.otherwise import label_of
from wardbook.answering.question import Question
from wardbook.answering.question_words import everyday_words
from wardbook.answering.scoring import Evidence
from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import denied, holds_word, situation_words, stop_words, words_of
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.forbidden_thing import Asked, of_others
from wardbook.dosing.lookup import DoseQuery
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.severity import grades
from wardbook.dosing.telling import tells_nothing
from wardbook.lazy_regex import lazy_regex

MOST = 2
"""Cautions that are put before an answer."""
_AGAINST = lazy_regex(
    r"\b(?:avoid\w*|(?:do not|don[’']t|never|must not|should not)(?! (?:be )?(?:withh|delay|omit|stop|wait))|"
    r"(?<!not )(?<!not a )contraindicat\w*|no role|no longer|unsafe|"
    r"(?:is|are) (?:left out|omitted)|"
    r"not (?:\w+ )?(?:recommended|given|use|used|approved|licensed|indicated|advised|work)|not (?:for|in|to be|below|"
    r"under|above|within|with|if|when|until|after|before|during|on)|"
    r"(?:permanently )?discontinue|stop for good|(?<!not )(?<!never )withhold|hold (?:if|when))\b|"
    r"^\W*no [a-z-]+ (?:with|within|in|for|if|when|before|after|during)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caution:
    """One sentence, bullet or row against it."""

    words: str
    """As a person reads it."""
    evidence: Evidence
    """The unit that holds it."""


def cautions(
    question: Question,
    query: DoseQuery,
    shown: Sequence[Regimen],
    ranked: Callable[[], Iterable[Evidence]],
    drugs: DrugNames,
) -> list[Caution]:
    """Give the best sentences that speak against the drug in words of the question that no shown regimen has.

    `ranked` gives the evidence on the question, best first, and is called where there are such words; of its units
    only those that `speaks_against` matter. A sentence that names other drugs only is about these.
    """
    names = " ".join(mention.words for mention in drugs.find(question.text) if mention.drug == query.drug)
    beside = set(question.drugs) - {query.drug}
    named = words_of(names) | levels(question.text).keys()
    left = _unplaced(question, query, shown) - named
    # a title names all that its page is on: what speaks against the drug itself in one of these still counts
    untitled = _unplaced(question, query, [replace(row, title="", page="") for row in shown]) - named
    route = question.route if not any(question.route in each.route for each in shown) else None
    if not untitled and route is None and not levels(question.text):
        return []
    found: dict[str, Caution] = {}
    for each in ranked():
        if each.by_value is False or _is_of_other_grade(each.unit, question):  # of another band than the patient's
            continue
        own = any((each.hit.page, each.unit.lines) == (row.page, row.lines) for row in shown)
        for words in _statements(each, drugs, own=own):
            changed = _changes_beside(words, beside, drugs) and _is_headed(each, query.drug, drugs)
            against = _AGAINST.search(words) and _governs(each, words, query.drug, beside, drugs)
            against = against and not of_others(words, Asked(query, question.text))
            if words in found or not (changed or against):
                continue
            routes = {stated.code for stated in read_routes(words)}
            itself = against and any(mention.drug == query.drug for mention in drugs.find(words))
            heard = words if changed or own else _behind_dose(words)
            situation = any(holds_word(word, heard, query) for word in (untitled if itself else left))
            if route in routes or situation or speaks_of_level(words, question.text):
                found[words] = Caution(words, each)
    return list(found.values())[:MOST]


def _is_of_other_grade(unit: Unit, question: Question) -> bool:
    """Tell whether a row or labelled line is of grades of which none is asked."""
    own = grades(label_of(unit))
    return bool(own and question.grades) and not own & set(question.grades)


_OPENS = lazy_regex(r"\b(?:not|never|avoid\w*|do not|don[’']t)\b", re.IGNORECASE)


def _behind_dose(words: str) -> str:
    """Give of a line with a dose that it forbids to some ("Treatment: 1 mg/kg (not in cancer)") whom it forbids it to.

    What stands before is what that dose is for.
    """
    doses = [figure.end for figure in read_amounts(words) if figure.is_dose]
    opens = _OPENS.search(words, doses[-1]) if doses else None
    return words[opens.start() :] if opens else words


_NO_DOSE = lazy_regex(
    r"\bno (?:[a-z]+ ){0,2}(?:dos(?:e|es|ing)|regimen)\b(?=[^.;]{0,12}"
    r"\b(?:stated|given|agreed|established|known|defined|recommended|exists?)\b|\s*(?:$|[.;|,(]))|"
    r"\bno (?:single )?(?:agreed|approved|verified|established) (?:dose|regimen)\b|"
    r"\bno (?:document|source|guideline|page|paper|label|study)\b[^.;]{0,30}\b(?:gives?|gave|states?|has)\b"
    r"[^.;]{0,30}\bdos",
    re.IGNORECASE,
)


def says_no_dose(unit: Unit) -> bool:
    """Tell whether a statement or row says that there is no dose."""
    return _NO_DOSE.search(unit.text) is not None


def without_dose(
    query: DoseQuery, shown: Sequence[Regimen], ranked: Callable[[], Iterable[Evidence]], drugs: DrugNames
) -> list[Caution]:
    """Give what the pages of a dose say of there being none, where its row says that it is not for what is asked.

    "Not specific to X" beside the dose, in a question about X: the row for X that states no dose comes first.
    """
    asked = {word for word in words_of(query.part) - stop_words() if not tells_nothing(word)}
    not_for = [denied(" ; ".join([*row.notes, row.section])) for row in shown]
    if not shown or not all(any(holds_word(word, words, query) for word in asked) for words in not_for):
        return []
    pages = {row.page for row in shown}
    found = [
        Caution(plain_words(each.unit), each)
        for each in ranked()
        if each.hit.page in pages and _is_headed(each, query.drug, drugs) and each.unit.kind == "row"
    ]
    return found[:MOST]


def not_for_prevention(
    query: DoseQuery, shown: Sequence[Regimen], ranked: Callable[[], Iterable[Evidence]], drugs: DrugNames
) -> list[Caution]:
    """Give what speaks against preventing anything with a drug, where that is asked and no row shown prevents."""
    if query.setting != "prophylaxis" or any(row.setting == query.setting for row in shown):
        return []
    return [
        Caution(plain_words(each.unit), each)
        for each in ranked()
        if query.drug in {mention.drug for mention in drugs.find(each.unit.text)}
        and is_preventive(" ".join([*each.unit.lead, each.unit.text]))
    ][:MOST]


_CHANGES = lazy_regex(
    r"\b(?:half|halve[ds]?|reduce[ds]?|reduction|lower(?:ed)?|decrease[ds]?|double[ds]?)\b", re.IGNORECASE
)


def _changes_beside(words: str, beside: Collection[str], drugs: DrugNames) -> bool:
    """Tell whether words change a dose beside another drug that the question names ("with x: half the dose")."""
    return bool(_CHANGES.search(words)) and any(mention.drug in beside for mention in drugs.find(words))


def changes(words: str) -> bool:
    """Tell whether words change a dose."""
    return bool(_CHANGES.search(words))


def _is_headed(each: Evidence, drug: str, drugs: DrugNames) -> bool:
    """Tell whether the nearest of the headings above a unit that name a drug, or its title, names this one."""
    for text in (*reversed(each.hit.path), each.hit.title):
        if named := {mention.drug for mention in drugs.find(text)}:
            return drug in named
    return False


def for_value(
    question: Question,
    drug: str,
    ranked: Iterable[Evidence],
    drugs: DrugNames,
    sections: Collection[tuple[str, str]] = (),
) -> list[Caution]:
    """Give the rows and clauses on the drug whose range holds a value that the question gives and no dose goes by.

    "Bilirubin 1.5 to 3: 50% of the dose" stands beside the dose of a patient with a bilirubin of 2. In the dose's own
    `sections` (page, section) that may be another drug for such patients; one beside them whose heading names no drug
    is about theirs, and so is a row of a section by itself that changes doses and is below headings that name none.
    """
    beside = set(question.drugs) - {drug}
    parents = {(page, section.rpartition(" > ")[0]) for page, section in sections if " > " in section}
    found: dict[str, Caution] = {}
    of_all: dict[str, Caution] = {}
    for each in ranked:
        words = each.unit.text
        page, section = each.hit.page, each.hit.section
        parent, _, heading = section.rpartition(" > ")
        beside_dose = (page, section) in sections or ((page, parent) in parents and not drugs.find(heading))
        if each.by_value and (beside_dose or _governs(each, words, drug, beside, drugs)):
            found.setdefault(words, Caution(words, each))
        elif each.by_value and " > " not in section and _changes_all(each, drugs):
            of_all.setdefault(words, Caution(words, each))
    return [*found.values(), *(of_all[words] for words in of_all if words not in found)][:MOST]


_OF_DOSES = lazy_regex(
    r"\b(?:full|half|quarter|reduced|whole|no|third of (?:the )?) dos(?:e|es)\b|\d\s*% of (?:the )?dos|"
    r"\bhalve\b|\b(?:stop|hold|withhold)\b",
    re.IGNORECASE,
)


def _changes_all(each: Evidence, drugs: DrugNames) -> bool:
    """Tell whether a row tells what becomes of doses, and neither it nor anything above it names a drug.

    Its first cell is the range that holds the value: one that opens with something else ("CHA2DS2-VASc") is for that.
    """
    unit = each.unit
    if not (unit.values and any(word in unit.values[0][0].casefold() for word in each.told)):
        return False
    above = (unit.text, *unit.lead, *each.hit.path, each.hit.title)
    dosed = any(figure.is_dose for figure in read_amounts(unit.text))
    return unit.kind == "row" and not dosed and bool(_OF_DOSES.search(unit.text)) and not any(map(drugs.find, above))


def speaks_against(unit: Unit) -> bool:
    """Tell whether a unit may hold a sentence that speaks against something, or changes a dose."""
    return bool(_AGAINST.search(unit.text) or _CHANGES.search(unit.text))


_NO_PREVENTION = lazy_regex(
    r"\bno (?:\w+ ){0,2}?(?:prophyla|prevent|pre-?empt)"
    r"|\b(?:prophyla\w+|prevent(?:ion|ive)\w*)\s*:?\s*(?:no|none|never|not)\b",
    re.IGNORECASE,
)


def speaks_against_prevention(unit: Unit) -> bool:
    """Tell whether a unit may hold a sentence that speaks against something, or denies that anything is prevented."""
    return speaks_against(unit) or _NO_PREVENTION.search(unit.text) is not None


def _unplaced(question: Question, query: DoseQuery, shown: Sequence[Regimen]) -> frozenset[str]:
    """Give the telling words of a question that the rows shown do not have."""
    placed = [f"{situation_words(each)} ; {each.verbatim} ; {query.said(each)}" for each in shown]
    known = words_of(query.drug) | stop_words() | everyday_words()
    return frozenset(
        word
        for word in words_of(question.text)
        if word not in known and not word[0].isdigit() and not any(holds_word(word, text, query) for text in placed)
    )


def _statements(each: Evidence, drugs: DrugNames, *, own: bool) -> Iterator[str]:
    """Give a row without a dose whole, other units sentence by sentence.

    Of a row with a dose that is not shown (`own`), its first cell with each cell beside the dose that speaks against
    it: the row was not chosen, and its "not in ..." is about the drug for all that.
    """
    text = each.unit.text
    if each.unit.kind == "row":
        if not any(figure.is_dose for figure in read_amounts(text)):
            yield text
        elif not own and (name := each.unit.values[0][1]) and drugs.find(name):
            cells = (cell for _, cell in each.unit.values[1:])
            yield from (f"{name}: {cell}" for cell in cells if _AGAINST.search(cell) and not read_amounts(cell))
        return
    for begin, end in sentences(text):
        yield text[begin:end].strip()


def _governs(each: Evidence, words: str, drug: str, beside: set[str], drugs: DrugNames) -> bool:
    """Tell whether the nearest drugs named, in the sentence or above it, are the one asked about.

    Those that the question names beside it are its situation ("never with etanercept").
    """
    above = [each.unit.text, *reversed(each.unit.lead), *reversed(each.hit.path), each.hit.title]
    for text in (words, *above):
        named = ({mention.drug for mention in drugs.find(text)} or drugs.labelled(text)) - beside
        if named:
            return drug in named
    return False
