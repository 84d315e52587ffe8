"""Whether a question says a thing that words exclude: its bands, its other drug, its day, or all words of its name.

A list is read thing by thing, and a thing counts only where the question names all that tells it apart. What the
question does not say is never taken for said.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from wardbook.dosing.asked_words import DoseQuery, holds_word, positive, stop_words, words_of
from wardbook.dosing.band import Band, read_bands
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.fitting import asked_groups
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
    stretch = _WHY.sub(" ", stretch)
    bands = bands_of(stretch)
    for at, band in reversed(list(enumerate(bands))):
        stretch = f"{stretch[: band.begin]} {_MARK}{at} {stretch[band.end :]}"
    beside = listed or _BESIDE.search(stretch) is not None
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
    found += [Band(_young(match), match.start(), match.end()) for match in _YOUNGER.finditer(uniform(words))]
    apart = [
        each for at, each in enumerate(found) if all(each.begin >= b.end or each.end <= b.begin for b in found[:at])
    ]
    return sorted(apart, key=lambda band: band.begin)


_YOUNGER = lazy_regex(
    r"(?:under|below|less than|younger than|<)\s*(\d{1,2})\s*-?\s*(months?|mo|weeks?|wks?|years?|yrs?|y)\b"
)
_AGE_UNITS = {"m": "mo", "w": "wk", "y": "a"}


def _young(match: re.Match[str]) -> Condition:
    """Read "under 6 months", which without the word age is a span of time to other readers, as an age."""
    return Condition("age", None, False, Decimal(match[1]), False, _AGE_UNITS[match[2][0]])


def _is_asked(part: str, bands: Sequence[Band], asked: Asked, *, beside: bool) -> bool:
    """Tell whether the question says one thing of a list: its bands hold, and all words that tell it apart are said."""
    query = asked.query
    held = [bands[int(at)] for at in re.findall(rf"{_MARK}(\d+)", part)]
    if not all(holds(band.condition, query.patient) for band in held) or _is_of_other_severity(part, asked):
        return False
    part = re.sub(rf"{_MARK}\d+", " ", part)
    mentions = mentions_of(part)
    named = {mention.drug for mention in mentions} - {query.drug}
    if named and not (beside and named & {drug for _, drug in query.other_drugs}):
        return False
    words = _telling(part, query) - words_of(" ".join([*named, *(mention.words for mention in mentions)]))
    if named or held:
        return not words or _all_said(words, part, asked)
    if asked.names_class(part):
        return beside
    if _is_group(part, asked) or (grades(part) and not words):
        return True
    return bool(words) and _all_said(words, part, asked) and not (_ALONE.search(part) and _names_more(words, asked))


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
    most = Decimal(timed["n"]) * _HOURS[timed["unit"][0]]
    words = _telling(part.replace(timed[0], " "), asked.query)
    named = {mention.drug for mention in mentions_of(part)} - {asked.query.drug}
    others = {drug for _, drug in asked.query.other_drugs}
    about = bool(named & others) if named else bool(words) and _all_said(words, part, asked)
    if _SAME_DAY.search(text):
        return about or not words
    since = [Decimal(each["n"]) * _HOURS[each["unit"][0]] for each in _SINCE.finditer(text)]
    return about and any(hours < most for hours in since)
