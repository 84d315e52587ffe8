"""Which drug of the pages is meant, where its name leaves that open: shorthand of several, a salt of one."""

import re
from collections.abc import Sequence

from wardbook.answering.question import Question
from wardbook.answering.question_words import everyday_words
from wardbook.answering.terms import held, stem
from wardbook.corpus.names import Names
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.severity import grades, stated_grades

_SALTS = frozenset(
    "acetate besylate bromide calcium chloride citrate dihydrate disodium fumarate gluconate hydrobromide "
    "hydrochloride lactate maleate medoxomil mesilate mesylate mofetil nitrate phosphate potassium sodium succinate "
    "sulfate sulphate tartrate tosylate trometamol".split()
)
"""Second words of a drug's name that tell its salt or ester. Source: INN modified (WHO), the usual ones."""
_ELEMENTS = frozenset("aluminium calcium ferrous iron lithium magnesium potassium silver sodium zinc".split())
"""First words of names that are no drug without the second."""


def by_use(question: Question, regimens: Sequence[Regimen], drugs: DrugNames, names: Names) -> tuple[str, str] | None:
    """Give (shorthand, drug) where of the drugs that it stands for the pages give one alone for what is asked.

    Another drug of the question may be what it is given with or before.
    """
    if len(question.doubtful) != 1 or not drugs.shorthand(question.doubtful[0].word):
        return None  # of misspelt names none is chosen
    doubt = question.doubtful[0]
    if set(doubt.candidates) & set(question.drugs):
        return None
    words = {word for word in re.findall(r"[a-z]{4,}", question.text.lower()) if word != doubt.word.lower()}
    asked = {stem(word) for word in words - everyday_words() - question.asking - {"grade", "grades"}}
    keys = names.keys(question.text)
    own = [row for row in regimens if row.drug in doubt.candidates]

    def of(text: str) -> frozenset[str]:
        return frozenset((asked & held(text).stems) | (keys & names.keys(text)))

    used = {row.drug: of(_said(row)) for row in own if of(_said(row))}
    if len(used) > 1:  # one that is labelled with all of it goes before one that only stands on its page
        told = frozenset[str]().union(*used.values())
        used = {row.drug: told for row in own if of(row.indication or "") >= told}
    graded = {row.drug for row in own if grades(question.text) & stated_grades(row.severity or "")}
    used = {drug: words for drug, words in used.items() if drug in graded} or used
    given = used or {row.drug for row in own if question.setting and row.setting == question.setting}
    return (doubt.word, next(iter(given))) if len(given) == 1 else None


def _said(regimen: Regimen) -> str:
    return f"{regimen.indication or ''} {regimen.section} {regimen.page} {regimen.verbatim}"


def without_salt(question: Question, drugs: DrugNames, regimens: Sequence[Regimen]) -> tuple[str, str] | None:
    """Give (name, drug) where the pages dose a drug without the salt or ester that its name has ("MMF")."""
    for mention in drugs.find(question.text):
        first, _, rest = mention.drug.partition(" ")
        if rest in _SALTS and first not in _ELEMENTS and first in drugs.drugs:
            given = {regimen.drug for regimen in regimens if regimen.drug in (first, mention.drug)}
            if given == {first}:
                return mention.words, first
    return None
