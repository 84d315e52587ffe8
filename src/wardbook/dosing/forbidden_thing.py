"""Whether a question says a thing that words exclude: its bands, its other drug, its day, or all words of its name.

A list is read thing by thing, and a thing counts only where the question names all that tells it apart. What the
question does not say is never taken for said.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from wardbook.dosing.age import in_years, is_aged
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery, holds_word, positive, stop_words, words_of
from wardbook.dosing.band import RENAL, Band, read_bands
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.life_stage import asked_ages, stage_of
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import groups_of, liver_classes, of_other_liver
from wardbook.dosing.regimen import Condition
from wardbook.dosing.severity import grades, severity_words
from wardbook.dosing.telling import names_thing
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_WHY = lazy_regex(r"\b(?:from|due to|because|since|caused by|so|as they|who have had)\b.*|\([^()]*\)")
_PARTS = lazy_regex(r",|;|/|\bor\b|\band\b|\bnor\b|[()]|\.\s")
_MARK = "zzband"
_BESIDE = lazy_regex(
    r"\b(?:with|on|taking|receiving|beside|alongside|together|after|within|before|plus|combine|by)\b", re.IGNORECASE
)
"""What makes a drug in words on what is not to be one that is given beside, and not the one that is not given."""
_ALONE = lazy_regex(r"\b(?:isolated|alone|pure|only)\b")
_SPAN = r"(?P<n>\d+)\s*(?P<unit>h|hrs?|hours?|d|days?|weeks?)\b"
_WITHIN = lazy_regex(rf"\b(?:within|in the (?:first|last|same))\s*(?:the )?{_SPAN}")
_PAST = lazy_regex(rf"\b(?:over|more than|after|beyond|longer than|>)\s*{_SPAN}")
_AROUND = lazy_regex(r"\b(?:before|after|during)(?:,? (?:or|and|/) ?(?:before|after|during))+\b")
_OPENS = lazy_regex(r"\s*(?:in|if|with|when|for|on|during|patients?|zzband)\b")
"""What begins a thing of its own in a list, to which the hours of the one before do not go."""
_SINCE = lazy_regex(rf"{_SPAN}\s*(?:ago|after|before|post|since|following)\b")
_SAME_DAY = lazy_regex(r"\b(?:same day|(?:on )?(?:the )?day of|on the day)\b")
_HOURS = {"h": 1, "d": 24, "w": 168}
LEAST_NAME = 7
"""Letters from which the first word of a name stands for all of it ("myasthenia" for "myasthenia gravis")."""
LEAST_BEGUN = 5
"""Letters from which the beginning of a word stands for it ("chemo" of chemotherapy)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says, for comparing with what is forbidden."""

    query: DoseQuery
    """The question about the drug."""
    text: str
    """All its words."""
    names_class: Callable[[str], bool] = lambda words: False
    """Words to whether they name a class that another drug of the question is of."""


def says_one(stretch: str, asked: Asked, *, listed: bool = False) -> bool:
    """Tell whether the question names one of the things that a stretch lists."""
    if not stretch.strip() or of_other_liver(stretch, asked.text):
        return False
    stretch = _WHY.sub(lambda why: why[0] if why[0][0] == "(" and bands_of(why[0]) else " ", stretch)
    bands = bands_of(stretch)
    for at, band in reversed(list(enumerate(bands))):
        stretch = f"{stretch[: band.begin]} {_MARK}{at} {stretch[band.end :]}"
    for dose in reversed([each for each in read_amounts(stretch) if each.is_dose]):
        stretch = f"{stretch[: dose.begin]} {stretch[dose.end :]}"  # "not with the 300 mg/m2 of x": x is the thing
    beside = listed or _BESIDE.search(stretch) is not None
    stretch = _CONCENTRATION.sub(" ", stretch)
    timed: re.Match[str] | None = None
    for part in _PARTS.split(_AROUND.sub("around", stretch)):
        timed = _WITHIN.search(part) or (timed if not _OPENS.match(part) else None)
        if _is_soon(timed, part, asked) if timed else _is_asked(part, bands, asked, beside=beside):
            return True
    return False


def tells(words: str, query: DoseQuery) -> bool:
    """Tell whether words name more than the drug."""
    return bool(_telling(words, query) or bands_of(words) or groups_of(words) - {"adults"})


def bands_of(words: str) -> list[Band]:
    """Give the bands of a text, of the patient and of what is measured, left to right, none twice."""
    found = [*read_bands(words), *read_measured(words)]
    found += younger(words)
    apart = [
        each for at, each in enumerate(found) if all(each.begin >= b.end or each.end <= b.begin for b in found[:at])
    ]
    return sorted(apart, key=lambda band: band.begin)


def younger(words: str) -> list[Band]:
    """Read "under 6 months", which without the word age is a span of time to other readers, as an age."""
    return [
        Band(Condition("age", None, False, Decimal(each[1]), False, _AGE_UNITS[each[2][0]]), each.start(), each.end())
        for each in _YOUNGER.finditer(uniform(words))
    ]


_YOUNGER = lazy_regex(
    r"(?:under|below|less than|younger than|<)\s*(\d{1,2})\s*-?\s*(months?|mo|weeks?|wks?|years?|yrs?|y)\b"
)
_AGE_UNITS = {"m": "mo", "w": "wk", "y": "a"}


def _is_asked(part: str, bands: Sequence[Band], asked: Asked, *, beside: bool) -> bool:
    """Tell whether the question says one thing of a list: its bands hold, and all words that tell it apart are said."""
    query = asked.query
    held = [bands[int(at)] for at in re.findall(rf"{_MARK}(\d+)", part)]
    if not all(reaches(band.condition, part, asked) for band in held) or _is_of_other_severity(part, asked):
        return False
    if _has_what_is_lacking(part, asked):
        return False
    part = re.sub(rf"{_MARK}\d+", " ", part)
    if not _is_reached(part, asked):
        return False
    past = _PAST.search(part)
    if past and not any(_hours(each) >= _hours(past) for each in re.finditer(_SPAN, uniform(asked.text))):
        return False
    part = _PAST.sub(" ", part)
    mentions = mentions_of(part)
    named = {mention.drug for mention in mentions} - {query.drug}
    if named and not (beside and named & {drug for _, drug in query.other_drugs}):
        return False
    words = _telling(part, query) - words_of(" ".join([*named, *(mention.words for mention in mentions)]))
    if any(band.condition.quantity == "age" for band in held):
        words = frozenset(word for word in words if not _OF_AGE.match(word))
    if named or held or past:
        return not words or _all_said(words, part, asked)
    if asked.names_class(part):
        return beside
    if _is_group(part, asked) or (grades(part) and not words):
        return True
    return bool(words) and _all_said(words, part, asked) and not (_ALONE.search(part) and _names_more(words, asked))


_LACKING = lazy_regex(r"\b(?:without|in the absence of|(?:and|but|with) no)\s+(?P<what>.+)")


def _has_what_is_lacking(part: str, asked: Asked) -> bool:
    """Tell whether the question says all that those of a part are without ("for x without y", and y is told)."""
    match = _LACKING.search(part)
    words = _telling(match["what"], asked.query) if match else frozenset[str]()
    text = positive(asked.text)
    return bool(words) and all(holds_word(word, text, asked.query) for word in words)


_CONCENTRATION = lazy_regex(
    r"\b(?:(?:micro|milli|nano)?grams?|[munµ]?g|mcg|(?:micro|[mnµ])?mol|m?iu|units?|10\^?9) ?/ ?[md]?l\b",
    re.IGNORECASE,
)
"""A unit of what is measured: its slash parts no things of a list."""
_VALUE = r"(?P<n>\d+(?:\.\d+)?)"
_BOUND = lazy_regex(
    rf"(?P<sign>[<>≤≥]) ?=? ?{_VALUE}(?! ?(?:h|hrs?|hours?|d|days?|weeks?|wks?|months?|mins?|minutes?)\b)"
)
_OF_ELSE = (
    r"(?:days?|weeks?|months?|hours?|grade|stage|cycle|dose|aged?|weigh\w*|for|after|every|over|with|and|or|on)\b"
)
"""What a figure behind it is of, or what parts it from the name before."""
_NAMED_VALUE = lazy_regex(
    rf"(?P<name>\b[a-z][a-z-]{{2,}}(?: (?!{_OF_ELSE})[a-z]+){{0,3}}) ?[=:~<>]? ?{_VALUE}"
    r"(?![\d.]|,\d| ?[/-])(?! ?(?:[mk]?g|mcg|y|yrs?|years?|h|hrs?|hours?|d|days?|weeks?|months?|min\w*)\b(?! ?/))"
)
"""A value with the name of what it is of, and up to two words between ("trough is now 18")."""


def _is_reached(part: str, asked: Asked) -> bool:
    """Tell whether no value that a question gives by name fails a bound of a part that is of no known quantity.

    "Trough > 20" is not said by who asks about a trough of 9; who gives no value may mean it ("a high trough").
    """
    for bound in _BOUND.finditer(uniform(part)):
        names = words_of(uniform(part)[: bound.start()])
        told = [match for match in _NAMED_VALUE.finditer(uniform(asked.text)) if words_of(match["name"]) & names]
        values = [Decimal(match["n"]) for match in told]
        over, least = bound["sign"] in ">≥", Decimal(bound["n"])
        if values and not any(value >= least if over else value <= least for value in values):
            return False
    return True


_OF_AGE = lazy_regex(r"infant|neonat|new-?born|bab(?:y|ies)|child|toddler|adolesc|teen|elderly")
"""What words call those of some age: beside a band of it ("infants below 6 weeks") they tell no more."""


def of_others(words: str, asked: Asked) -> bool:
    """Tell whether words draw bands of which the patient is known to be in none."""
    bands = bands_of(words)
    return bool(bands) and all(holds(band.condition, asked.query.patient) is False for band in bands)


def reaches(band: Condition, part: str, asked: Asked) -> bool:
    """Tell whether a band holds, or holds for all whom the question names without a figure ("child", "on dialysis")."""
    held = holds(band, asked.query.patient)
    if held is not None:
        return held
    text = positive(asked.text)
    if band.quantity in RENAL:
        most = next((most for pattern, most in _KIDNEYS if pattern.search(uniform(text))), None)
        return most is not None and band.low is None and band.high is not None and most <= band.high
    if band.quantity != "age":
        return False
    if bare := _BARE_AGE.search(uniform(text)):
        return is_aged(band, Decimal(bare[1]) / (12 if bare[2] == "m" else Decimal("52.18")))
    stage = stage_of(text) or (_CHILD if "children" in asked_groups(asked.query) else None)
    low, high = in_years(band)
    within = stage is not None and low <= stage[0] and (high is None or stage[1] <= high)
    return within or (stage is not None and stage_of(part) == stage)


_BARE_AGE = lazy_regex(
    r"(?<!for )(?<!over )(?<!after )(?<!every )(?<!within )(?<!last )(?<!past )(?<!than )(?<!x )(?<![\d.-])\b"
    r"(\d{1,2})[ -]?(m|w)(?:onths?|o|eeks?|ks?)\b(?! (?:of|ago|after|post|course|from|into|before|then))"
)
"""An age of months or weeks without the word, which may as well be how long: what forbids it is read all the same."""
_CHILD = (Decimal(0), Decimal(16))
"""Ages of whoever is called a child, where no figure is given: a band that reaches further is about all of them."""
_KIDNEYS = (
    (lazy_regex(r"\b(?:dialysis|dialysed|h(?:a?e)?modialysis|esrd|eskd|(?:renal|kidney) failure|anuri[ac])\b"), 15),
    (lazy_regex(r"\bsever\w+ (?:renal|kidney|impaired)"), 30),
    (
        lazy_regex(r"\b(?:renal|kidney) (?:impair|insuffic|dysfunc)|\brenally impaired|\b(?:impaired|bad) (?:kid|ren)"),
        60,
    ),
)
"""What words for bad kidneys say at least, mL/min: a band that reaches up to there is about all who are called so."""


def _is_of_other_severity(part: str, asked: Asked) -> bool:
    graded, severe, said = grades(part), severity_words(part), severity_words(asked.text)
    return bool(graded and not graded & grades(asked.query.grade or "")) or bool(severe and said and not severe & said)


@cache
def _small() -> frozenset[str]:
    return frozenset(word for (line,) in rows("exclusion_words.tsv") for word in line.split())


def _telling(words: str, query: DoseQuery) -> frozenset[str]:
    """Give the words of a thing that tell it apart: no small ones, and none of the drug's name."""
    left = words_of(words) - _small() - stop_words() - words_of(query.drug)
    return frozenset(word for word in left if not word[0].isdigit())


def _is_group(part: str, asked: Asked) -> bool:
    """Tell whether a part names a group of patients that is asked, and no band of it."""
    if liver_classes(part):
        return bool(liver_classes(part) & liver_classes(asked.text))
    if stage := stage_of(part):  # "not in neonates" is not about every child
        low, high = asked_ages(positive(asked.text), asked.query.age_y, asked.query.weight_kg)
        return not re.search(r"\d", part) and stage[0] <= low and high <= stage[1]
    groups = groups_of(part) - {"adults"} - ({"renal impairment"} if asked.query.patient.crcl is not None else set())
    return not re.search(r"\d", part) and bool(groups & asked_groups(asked.query))


def _all_said(words: frozenset[str], part: str, asked: Asked) -> bool:
    """Tell whether the question says all words of a thing; of a long name the first word stands for it."""
    text = positive(asked.text)
    aim = frozenset(word for word in words if word.startswith(("prophyla", "prevent")))
    if aim and asked.query.setting != "prophylaxis":
        return False
    words -= aim
    things = frozenset(word for word in words if names_thing(word))
    held = frozenset(word for word in words if holds_word(word, text, asked.query) or _is_begun(word, text))
    if words <= held or (things and things <= held and len(words - held) <= 1):
        return True
    first = next((token for token in re.findall(r"[a-z\d]+", uniform(part)) if token in words), "")
    return len(first) >= LEAST_NAME and first in held and len(words) == 2 and names_thing(first)


def _is_begun(word: str, text: str) -> bool:
    return any(len(said) >= LEAST_BEGUN and word.startswith(said) for said in words_of(text))


def _names_more(words: frozenset[str], asked: Asked) -> bool:
    own = " ".join(words)
    return any(names_thing(word) and not holds_word(word, own, asked.query) for word in words_of(asked.text))


def _is_soon(timed: re.Match[str], part: str, asked: Asked) -> bool:
    """Tell whether what is not to be within some hours of something is asked as near to it."""
    text = positive(asked.text)
    words = _telling(part.replace(timed[0], " "), asked.query)
    named = {mention.drug for mention in mentions_of(part)} - {asked.query.drug}
    others = {drug for _, drug in asked.query.other_drugs}
    about = bool(named & others) if named else bool(words) and _all_said(words, part, asked)
    if _SAME_DAY.search(text):
        return about or not words
    return about and any(_hours(each) < _hours(timed) for each in _SINCE.finditer(text))


def is_past(words: str) -> bool:
    """Tell whether words name a time since something ("over 12 h")."""
    return _PAST.search(words) is not None


def _hours(span: re.Match[str]) -> int:
    return int(span["n"]) * _HOURS[span["unit"][0]]
