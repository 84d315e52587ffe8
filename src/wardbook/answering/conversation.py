"""Follow-ups: what earlier turns named completes a question that does not stand alone, by rules over the words.

Nothing is carried silently: the completed question is what is answered, and is shown as "understood as ...".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wardbook.answering.dosing_answer import asked_drug
from wardbook.answering.question import Question, shorthand
from wardbook.answering.terms import everyday_words
from wardbook.dosing.drug import DrugNames

History = Sequence[tuple[str, str]]
"""Earlier turns, oldest first: (role "user" or "assistant", words)."""
MOST_TURNS = 20
"""Turns of a history that are read, the latest."""
_LEAD_IN = re.compile(
    r"^\s*(?:and|but|so|ok(?:ay)?|then|also|now|what about|how about|and what about|same (?:for|in|with)|what if)\b"
    r"[\s,]*",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^\s*(?:and|but|also|then|so|ok(?:ay)?[ ,]|what about|how about|what if|same|why|instead|otherwise|else|more|"
    r"in that)\b|"
    r"\b(?:it|its|that|this|those|these|them|they|he|she|his|her|the same|the (?:drug|dose|max(?:imum)?|latter|"
    r"first one|second one|other one|patient))\b",
    re.IGNORECASE,
)
_KIND_WORDS = {
    "dose": "dose",
    "max": "maximum dose",
    "duration": "duration",
    "interval": "interval",
    "route": "route",
    "definition": "definition",
    "grading": "grading",
    "evidence": "incidence and evidence",
    "mechanism": "mechanism",
    "monitoring": "monitoring",
    "safety": "safety",
    "reference": "reference",
    "metadata": "evidence level and date of the page",
    "compare": "compare",
    "regulatory": "approval",
    "symptoms": "symptoms",
    "causes": "causes",
    "diagnosis": "diagnosis",
    "prognosis": "prognosis",
}
_DOSE_KINDS = frozenset({"dose", "max", "duration", "interval", "route"})


@dataclass(frozen=True, slots=True)
class Thread:
    """What a conversation is about so far; words as they were written."""

    drug: str = ""
    """The drug last named."""
    subject: str = ""
    """The event, page or other thing last named."""
    kind: str = ""
    """The kind of the last question."""
    grade: str = ""
    """ "grade 3"."""
    setting: str = ""
    """ "prophylaxis"."""
    population: str = ""
    """ "child"."""
    weight: str = ""
    """ "18 kg"."""
    age: str = ""
    """ "6 years"."""


def _drug_words(question: Question, drugs: DrugNames) -> str:
    return asked_drug(question, drugs) if question.drugs else ""


def _subject_words(question: Question, drugs: DrugNames) -> str:
    """Give the names that a question is about besides its drug; a second drug with the word before it."""
    own = _drug_words(question, drugs)
    subjects = [mention.words for mention in question.mentions if drugs.canonical(mention.words) is None]
    for mention in drugs.find(question.text):
        before = re.search(r"\b(before|after|with|following|for|on)\s+$", question.text[: mention.begin], re.IGNORECASE)
        if mention.drug != own and before:
            subjects.append(f"{before[1].lower()} {mention.words}")
    return " ".join(dict.fromkeys(subjects))


def read_thread(question: Question, drugs: DrugNames) -> Thread:
    """Give what one question says."""
    return Thread(
        _drug_words(question, drugs),
        _subject_words(question, drugs),
        question.kind if question.kind in _KIND_WORDS else "",
        f"grade {'-'.join(map(str, question.grades))}" if question.grades else "",
        question.setting or "",
        question.population or "",
        question.weight or "",
        f"{question.age_y} years" if question.age_y is not None else "",
    )


def _stands_alone(question: Question, own: Thread) -> bool:
    """Tell whether a question needs nothing from before: it says what about and of what, and leans on nothing."""
    named = bool(own.drug or own.subject)
    leans = bool(_LEANS.search(question.text))
    words = len(question.text.split())
    if named and own.kind and not _LEAD_IN.match(question.text):
        return not leans or words > 6
    if named and not leans and words > 3:
        return True
    if named or leans or own.grade or own.weight or _LEAD_IN.match(question.text):
        return False
    return words > 7 or len(_content(question)) > 1


def _content(question: Question) -> set[str]:
    """Give the words that a question has of its own: no everyday words, none that only tell its kind."""
    words = set(re.findall(r"[a-z][a-z-]{3,}", question.text.lower()))
    return words - everyday_words() - question.asking - frozenset(shorthand())


def _carried(own: Thread, before: Thread, question: Question) -> Thread:
    """Give what is carried: what the new question does not say itself. Another drug or event keeps the rest."""
    kind = "" if own.kind else before.kind
    keep_measures = (own.kind or before.kind) in _DOSE_KINDS
    drug = "" if own.drug else before.drug
    subject = "" if own.subject else before.subject
    if own.subject and not own.drug and own.kind and own.kind not in _DOSE_KINDS:
        drug = ""
    if own.drug and not own.subject and own.kind and own.kind not in _DOSE_KINDS:
        subject = ""
    return Thread(
        drug,
        subject,
        kind if not re.match(r"\s*why\b", question.text, re.IGNORECASE) else "mechanism",
        "" if own.grade or own.setting == "prophylaxis" else before.grade,
        "" if own.setting or own.grade or own.subject else before.setting,
        "" if own.population or own.age or own.weight else before.population,
        "" if own.weight or own.population or own.age or not keep_measures else before.weight,
        "" if own.age or not keep_measures else before.age,
    )


def _merge(before: Thread, own: Thread, carried: Thread) -> Thread:
    values = {name: getattr(own, name) or getattr(carried, name) for name in Thread.__slots__}
    return replace(before, **values)


def _word(text: str, carried: Thread) -> str:
    words = [
        carried.drug,
        carried.subject,
        carried.grade,
        carried.setting,
        carried.population,
        carried.weight,
        carried.age,
        _KIND_WORDS.get(carried.kind, ""),
    ]
    rest = _LEAD_IN.sub("", text).strip(" ?.,")
    added = [each for each in words if each and each.casefold() not in rest.casefold()]
    return f"{rest} ({', '.join(added)})" if rest and added else ", ".join(added) or rest


def standalone(asked: str, history: History, understand: Callable[[str], Question], drugs: DrugNames) -> str:
    """Give the question with what the conversation supplies; equal to `asked` where nothing does."""
    thread = Thread()
    said = asked
    turns = [words for role, words in history[-MOST_TURNS:] if role == "user" and words.strip()]
    if not turns:
        return asked
    for words in [*turns, asked]:
        question = understand(words)
        own = read_thread(question, drugs)
        if thread == Thread() or _stands_alone(question, own):
            thread, said = own, words
            continue
        carried = _carried(own, thread, question)
        thread = _merge(thread, own, carried)
        said = _word(words, carried) if carried != Thread() else words
    return said
