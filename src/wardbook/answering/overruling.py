"""What of the question before no longer holds once something new is said."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from wardbook.answering.question import Question
from wardbook.answering.question_words import first_told
from wardbook.answering.slots import Slot
from wardbook.answering.targets import ESTABLISHED, ORGANS, Target
from wardbook.answering.turn import Turn
from wardbook.dosing.life_stage import OLDEST, Span, apart, stage_of
from wardbook.dosing.patient import read_weight
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex

CARRIED_TO_DOSES = frozenset({"weight", "age", "surface", "route", "form", "severity", "phase", "figure"})
"""Sorts of slots that only a question for a dose needs."""
_ENTERAL = lazy_regex(r"po|p\.o\.?|oral(?:ly)?|by mouth|enteral(?:ly)?", re.IGNORECASE)
_INFUSED = lazy_regex(r"infusion|drip|bolus|continuous", re.IGNORECASE)
SET_IN = lazy_regex(
    r"\b(?:he|she|they|it|pt|patient)(?:['’]s| is| has| have| are)? (?:now |actually |already |just |currently )"
    r"(?!(?:on|taking|off)\b)|(?:\bhas|['’]s) (?:now |just |already )?(?:developed|got)\b|\bnow$",
    re.IGNORECASE,
)
"""Says of an event that it has set in ("she's actually seizing", "he has developed a clot")."""
_GROWN_UP = Decimal(18)
_GROUPS: Mapping[str, Span] = {
    "child": (Decimal(0), _GROWN_UP - 1),
    "adult": (_GROWN_UP, OLDEST),
    "elderly": (Decimal(60), OLDEST),
}
HEAVY_KG = Decimal(40)
"""Kilograms from which a weight that was given without an age is not carried to a child."""


def overruled(turn: Turn, previous: Turn, placed: Mapping[Slot, Target]) -> list[Slot]:
    """Give the slots of the question before that no longer hold once the new ones do."""
    gone = [*_of_another_setting(turn, previous), *_of_another_patient(turn, previous)]
    if any(own.what in ("name", "topic", *ORGANS) and olds for own, olds in placed.items()):
        gone += previous.all("severity")  # how bad one event was tells nothing of another
    if any(own.what == "drug" and olds for own, olds in placed.items()):
        gone += previous.all("form")
    if turn.all("aspect"):
        gone += _of_doses(previous)
    if any(slot.what == "route" and _ENTERAL.fullmatch(slot.words) for slot in turn.slots):
        gone += [slot for slot in previous.all("phase") if _INFUSED.search(slot.words)]
    return list(dict.fromkeys(gone))


def _of_doses(turn: Turn) -> list[Slot]:
    """Give what only a question for a dose needs: its words of dosing, what it is for, and the patient's measures."""
    return [*turn.all("kind", "setting", *CARRIED_TO_DOSES), *(turn.all("aspect"))]


def _of_another_setting(turn: Turn, previous: Turn) -> Iterator[Slot]:
    """Give what only holds where an event is prevented, or only where it is treated."""
    if turn.question.setting == "prophylaxis":
        yield from previous.all("grade", "severity")
    elif any(map(ESTABLISHED.fullmatch, turn.text.split())) or (turn.all("topic", "name") and SET_IN.search(turn.text)):
        yield from previous.all("risk")
        yield from (slot for slot in previous.all("setting") if slot.key == "prophylaxis")
    if any(slot.key == "treatment" for slot in turn.all("setting")):  # a page may be named "Prophylaxis"
        yield from (slot for slot in previous.all("name") if first_told("setting", slot.words) == "prophylaxis")
    if turn.all("grade", "severity") and previous.question.setting == "prophylaxis":
        yield from previous.all("setting")


def _of_another_patient(turn: Turn, previous: Turn) -> Iterator[Slot]:
    """Give the measures of a patient who is not the one that is asked about now."""
    ages, befores = _ages(turn.question), _ages(previous.question)
    groups = {slot.key for slot in turn.all("age group")}
    young = min(ages or _ADULT, befores or _ADULT)[0] < _GROWN_UP
    if (ages and befores and young and apart(ages, befores)) or ("child" in groups and _is_heavy(previous.question)):
        yield from previous.all(*([] if turn.all("age") else ["age"]), "weight", "surface", *ORGANS, "pregnancy")
        yield from (slot for slot in previous.all("age group") if not ages or _is_other(slot, ages))
        if groups:
            named = previous.all("topic", "name")
            yield from (slot for slot in named if previous.text[: slot.begin].rstrip().endswith(","))
    elif turn.all("weight", "surface", "age", "age group") and _RELATIVE.search(turn.text):
        yield from previous.all("age", "age group", "weight", "surface", *ORGANS, "pregnancy")
    elif young and turn.all("age") and previous.all("age"):
        yield from previous.all("weight", "surface")  # a child's weight goes with its age
    if turn.all("weight") and not turn.all("surface"):
        yield from previous.all("surface")  # it was that of the old weight
    if _is_light(turn.question) and not ages:
        yield from (slot for slot in previous.all("age group") if slot.key != "child")


def _is_other(group: Slot, ages: Span) -> bool:
    """Tell whether a group of patients is another one than that of some ages."""
    named = stage_of(group.words) or _GROUPS.get(group.key)
    return named is None or apart(named, ages)


_RELATIVE = lazy_regex(
    r"\b(?:mother|father|mum|mom|dad|parent|brother|sister|sibling|twin|son|daughter|husband|wife|partner|uncle|aunt|"
    r"grand(?:mother|father|ma|pa|mum|dad|son|daughter)|cousin|neighbou?r|friend)\b"
    r"(?! (?:also )?(?:says?|said|tells?|told|thinks?|thought|reports?|reported|confirms?|reckons|gave|gives?|"
    r"weighed)\b)",
    re.IGNORECASE,
)
"""Another person, whose measures are told, and not one who tells those of the patient."""
_ADULT: Span = _GROUPS["adult"]


def _ages(question: Question) -> Span | None:
    """Give the ages that a patient can have by what is said; None where nothing is."""
    if question.age_y is not None:
        return question.age_y, question.age_y
    return stage_of(question.text) or _GROUPS.get(question.population or "")


def _is_light(question: Question) -> bool:
    """Tell whether a weight, or a bound above it, is less than adults weigh: the patient is none."""
    above, bound = question.weight_bound or (False, None)
    said = question.weight or bound
    try:
        return said is not None and not above and read_weight(said).kg < HEAVY_KG
    except QuestionError:
        return False


def _is_heavy(question: Question) -> bool:
    """Tell whether a patient of no stated age weighs too much to be taken for a child who is asked about next."""
    if question.weight is None or _ages(question) is not None:
        return False
    try:
        return read_weight(question.weight).kg >= HEAVY_KG
    except QuestionError:
        return False
