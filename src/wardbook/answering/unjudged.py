"""What a question says beside a proposed amount that no comparison took up: then "within" would promise too much."""

import re
from collections.abc import Iterable, Iterator

from wardbook.answering.question import Question
from wardbook.answering.question_words import everyday_words
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import situation_words, stop_words
from wardbook.dosing.band import RENAL, read_bands
from wardbook.dosing.course import SPELLED
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.measured import read_values_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import numbered
from wardbook.dosing.patient import read_clearance
from wardbook.dosing.quantity import held, is_measured
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.told_range import reaches
from wardbook.dosing.unit import unit
from wardbook.lazy_regex import lazy_regex

_SIGN = (
    r"(?:[<>≤≥]=?|under|over|below|above|less than|more than|at least|at most|up to|older than|younger than|from)\s*"
)
_BY_WEIGHT = lazy_regex(rf"{_SIGN}\d[\d.]*\s*kg\b(?!\s*/)|\d\s*(?:-|to)\s*\d+\s*kg\b(?!\s*/)")
_BY_AGE = lazy_regex(
    rf"{_SIGN}\d[\d.]*\s*-?\s*(?:y|yr|yrs|years?|months?|mo|weeks?|days? old)\b|"
    rf"{_SIGN}\d{{1,3}}(?=\s*(?:[:;,.)]|$|old\b|or\b|and\b))|"
    r"\b(?:elderly|older (?:people|adults|patients)|neonat\w*|infants?)\b"
)
_AGAIN = lazy_regex(r"\b(?:second|third|fourth|another|repeat(?:ed)?|again)\b(?![ -]lines?\b)")
_AGE = lazy_regex(r"\b(?:age[ds]?\s*)?\d+\s*-?\s*(?:y|yr|yo|year|month|mo|week|day)?s?\b(?:[ -]?old)?")
_WORDED = lazy_regex(rf"\b(?:{'|'.join(SPELLED)})(?= (?:days?|weeks?|doses|cycles)\b)")
_NUMBER = lazy_regex(
    r"(?<![\w.])(?<![A-Za-z]-)\d(?:[\d.,]*\d)?(?:\s*(?:days?|d|weeks?|wks?|months?|hours?|hrs?|h|doses?|times|cycles?|%|x|kg|ml/min)\b)?"
)


def unjudged(question: Question, row: Regimen, quote: str, beside: Iterable[str]) -> list[str]:
    """Give the question's words for what was not compared with the row: figures, age, weight, a further dose.

    `quote` are the row's words, `beside` those of its section: an age or weight counts where they draw a line by it.
    """
    own = uniform(quote)
    near = [own, *(uniform(text) for text in beside)]
    held = row.condition.quantity if row.condition else ""
    found = []
    if question.age_y is not None and held != "age" and any(_BY_AGE.search(text) for text in near):
        found.append("the age")
    if question.weight and row.per != "kg" and held != "weight" and any(_BY_WEIGHT.search(text) for text in near):
        found.append("the weight")
    text = uniform(question.text.replace(question.weight or "\0", " "))
    text = _WORDED.sub(lambda match: str(SPELLED[match[0]]), text)
    found += [
        f"“{words}”"
        for words in _left_over(question, _without_day(_without_held(text, row), own), own)
        if not _stands(words, own)
    ]
    asked = uniform(question.text)
    once, of = _ONCE.search(own) is not None, uniform(situation_words(row))
    found += [f"“{each[0]}”" for each in _AGAIN.finditer(asked) if (once and each[0] not in of) or each[0] not in own]
    found += [f"“{each[0]}”" for each in _SAME_DAY.finditer(asked) if each[0] not in own]
    found += [f"“{word}”" for word in ruled_out(question, own, row)]
    return list(dict.fromkeys(found))


_ONCE = lazy_regex(r"\b(?:single|once|one dose|only|not|no (?:second|repeat|further|more than))\b")
_SAME_DAY = lazy_regex(r"\b(?:same day|day of)\b")
_DAYS = lazy_regex(r"\bdays?\b")
_RULES_OUT = lazy_regex(
    r"\b(?:not|no|never|avoid\w*|contra-?indicat\w*|withdrawn|unless|except|stop\w*|hold|exclude\w*)\b"
)
LEAST_OF_WORD = 4
"""Letters or digits from which a word tells of the patient."""


def ruled_out(question: Question, own: str, row: Regimen) -> list[str]:
    """Give the words of a question that a row has only in a clause which says for whom or when it is not.

    Other words for the row's own drug ("no better after toci") are none of them.
    """
    clauses = re.split(r"[;.]\s|[\n|]", uniform(own))
    against = " ".join(clause for clause in clauses if _RULES_OUT.search(clause))
    rest = [clause for clause in clauses if not _RULES_OUT.search(clause)]
    known = everyday_words() | stop_words() | {"grade", "stage"}
    named = " ".join(question.drug_words) if set(question.drugs) == {row.drug} else ""
    own_words = _WORD.findall(uniform(f"{row.drug} {named} {situation_words(row)} {rest}"))
    said = set(_WORD.findall(against)) - set(own_words)
    words = dict.fromkeys(_WORD.findall(uniform(question.text)))
    telling = (word for word in words if len(word) >= LEAST_OF_WORD and word in said and word not in known)
    return [word for word in telling if unit(word) is None]  # "units" stands in any clause


_WORD = lazy_regex(r"[a-z][a-z\d-]+")


def _stands(words: str, own: str) -> bool:
    """Tell whether the row has the same figure with the same unit."""
    match = re.match(r"([\d.,]*\d)[.,]?\s*([a-z/%]*?)s?$", words)
    if match is None:
        return False
    return bool(re.search(rf"(?<![\d.]){re.escape(match[1])}(?![\d.]*\d)[\s-]*{re.escape(match[2])}", own))


_DAY = lazy_regex(r"\bday ?\+ ?(\d+)")
_NOT_BEFORE_DAY = lazy_regex(r"\b(?:(?P<after>after|beyond)|from|not before|not give before) day ?\+ ?(?P<day>\d+)")


def _without_day(text: str, own: str) -> str:
    """Leave out the day that a question gives ("day +16"), where it lies behind every day that the row starts at."""
    asked = _DAY.findall(text)
    starts = [(int(each["day"]), bool(each["after"])) for each in _NOT_BEFORE_DAY.finditer(own)]
    if len(asked) != 1 or not starts or len(starts) < len(_DAY.findall(own)):
        return text
    if any(int(asked[0]) < day + after for day, after in starts):
        return text
    return _DAY.sub(" ", text)


def _left_over(question: Question, text: str, own: str) -> Iterator[str]:
    """Yield the figures of a question that are no amount or frequency, and no measure or part that is compared."""
    spans = [(each.begin, each.end) for each in read_amounts(text) if each.is_dose]
    spans += [(each.begin, each.end) for each in read_frequencies(text)]
    for begin, end in sorted(spans, reverse=True):
        text = f"{text[:begin]} {text[end:]}"
    if question.age_y is not None:
        text = _AGE.sub(" ", text, count=1)
    if question.bsa_m2 is not None:
        text = re.sub(r"\b(?:bsa|body surface(?: area)?)\D{0,6}[\d.]+|[\d.]+\s*m(?:2|\^2|²)", " ", text)
    if numbered(text) and not (_DAYS.search(own) and _DAYS.search(text)):
        text = re.sub(r"\b(?:day|cycle|week|dose|step|course|bag|shock)s?\s+-?\d+", " ", text)
    if read_clearance(text) is not None:
        text = re.sub(r"\b(?:cr ?cl|clcr|e?gfr|clearance)\D{0,12}[\d.]+", " ", text)
    text = re.sub(r"\b(?:grades?|gr|g)\s*\d(?:\s*-\s*\d)?", " ", text)
    for match in _NUMBER.finditer(text):
        yield " ".join(match[0].split()).rstrip(".,")


def _without_held(text: str, row: Regimen) -> str:
    """Drop the values, ranges and bounds that lie in the bands of the row: it was chosen by them."""
    for told in reversed(read_bands(text)):
        if any(
            reaches(band, [told.condition]) for band in row.bands if _of_one(band.quantity, told.condition.quantity)
        ):
            text = f"{text[: told.begin]} {text[told.end :]}"
    for band in filter(is_measured, row.bands):
        for value in reversed(read_values_of(band.quantity, text)):
            if held(value.condition, band):
                text = f"{text[: value.begin]} {text[value.end :]}"
    return text


def _of_one(quantity: str, told: str) -> bool:
    """Tell whether two names are of one quantity, as the clearance and the filtration are."""
    return quantity == told or {quantity, told} <= set(RENAL)
