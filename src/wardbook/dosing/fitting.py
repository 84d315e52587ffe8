"""How one regimen meets one thing asked: it says so, it leaves it open, or it speaks against it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import Literal, Protocol

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import meets, read_bands
from wardbook.dosing.context import setting_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient, holds, read_clearance
from wardbook.dosing.patient_group import SPECIAL, group_pattern, groups_of, own_groups
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.severity import grades, severity_words, stated_grades
from wardbook.dosing.unit import convert
from wardbook.dosing.unstated import own_words
from wardbook.dosing.vocabulary import rows

Wants = Literal["dose", "max", "duration", "route", "interval", "start"]
LIGHTEST_ADULT_KG = Decimal(25)
"""A patient below this weight is taken for a child unless the question says otherwise."""
REDUCED = Decimal(60)
"""mL/min under which kidney function is reduced (KDIGO 2012, G3a and worse)."""
PHASES = frozenset("load loading maintenance induction initial bolu first second line preop statu".split())
"""Words for the phase of a treatment, as `words_of` gives them: they prefer rows, and tell no indication."""
_NEGATED = re.compile(r"\b(?:without|no|not|except|excluding|rather than|other than|in the absence of)\b[^,;()]*")
_NEAR_NOT = re.compile(
    r"\b(?:without|no|excluding|except|in the absence of)\b[^,;()]*|\b(?:not|non)[ -]+[^\s,;()]+(?:\s+[^\s,;()]+)?"
)
_OF_ORGANS = r"(?:impairment|failure|dysfunction|insufficiency|disease|function|patients?)\b"
NORMAL_ORGANS = r"\bnormal (?:renal|kidneys?|liver|hepatic)\b(?: function)?"
"""Words that tell that kidneys or liver are not impaired."""
_TOKEN = re.compile(r"[^\W_]+")


class TermMatcher(Protocol):
    """What knows that two wordings are one thing ("CRS", "cytokine release syndrome")."""

    def keys(self, text: str) -> frozenset[str]:
        """Give the keys of the known terms in a text."""


class Fit(IntEnum):
    """How far a regimen meets one thing that was asked."""

    AGAINST = 0
    """It is for something else."""
    OPEN = 1
    """It does not say."""
    SAYS = 2
    """It says so."""


@dataclass(frozen=True, slots=True)
class DoseQuery:
    """What is asked about one drug; None or empty where the question does not say."""

    drug: str
    """Generic name, as `DrugNames.canonical` gives it."""
    for_text: str = ""
    """Free words on the indication and the situation."""
    grade: str | None = None
    """Grade or severity in words ("3", "grade 3-4", ">= 2", "severe")."""
    setting: str | None = None
    """ "treatment" | "prophylaxis" | ..."""
    population: str | None = None
    """Free words ("child", "pregnancy", "renal impairment")."""
    route: str | None = None
    """Route code ("IV", "PO", ...)."""
    weight_kg: Decimal | None = None
    """Body weight, kilograms."""
    bsa_m2: Decimal | None = None
    """Body surface area, square metres."""
    age_y: Decimal | None = None
    """Age, years."""
    wants: Wants | None = None
    """The part of the regimen that is asked, or None for all of it."""
    crcl: Decimal | None = None
    """Creatinine clearance or eGFR, mL/min; read from `for_text` where it is not given."""
    renal_told: bool = False
    """True where the kidney function has chosen the rows already."""
    as_written: str = ""
    """`for_text` without what shorthand was written out to; empty where the two are the same."""
    meanings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words of `as_written` with other words for the same thing ("icu": "intensive", "care")."""

    named: tuple[tuple[Decimal, str, str | None], ...] = ()
    """Amounts that the question names without asking for a judgement ("the 1 mg/kg option"): figure, UCUM unit, per."""

    weight_shown: str = ""
    """How the weight was converted to kilograms, where it was."""
    said: Callable[[Regimen], str] = field(default=lambda regimen: "", compare=False)
    """A regimen to what its row says of the situation beyond the typed reading: first cells, its column's header."""

    @property
    def words(self) -> str:
        """What is asked, as the person wrote it."""
        return " ".join((self.as_written or self.for_text).split())

    @property
    def patient(self) -> Patient:
        """What the question says of the patient."""
        crcl = self.crcl if self.crcl is not None else read_clearance(self.for_text)
        return Patient(self.weight_kg, self.bsa_m2, self.age_y, crcl, self.weight_shown)


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text, lower case, a plural "s" cut off."""
    return frozenset(
        word.removesuffix("s") if len(word) > 4 else word for word in _TOKEN.findall(uniform(text)) if len(word) > 1
    )


def positive(text: str) -> str:
    """Give a text without what it denies ("ICANS without CRS" → "ICANS ")."""
    return _NEGATED.sub(" ", uniform(text))


def denied(text: str) -> str:
    """Give what a text denies ("ICANS without CRS" → "without crs")."""
    return " ".join(_NEGATED.findall(uniform(text)))


def indication_words(regimen: Regimen) -> str:
    """Give the words that say what a regimen is for: its indication, else its section, else its page."""
    return regimen.indication or regimen.section or regimen.page.rpartition("/")[2]


def fits_indication(regimen: Regimen, query: DoseQuery, same: TermMatcher) -> Fit:
    """Compare the indication by known terms, and by plain words where the question has no known term."""
    asked = same.keys(positive(query.for_text)) - same.keys(query.drug)
    own = indication_words(regimen)
    said = same.keys(positive(own)) - same.keys(query.drug)
    if same.keys(denied(query.for_text)) & said or same.keys(denied(own)) & asked:
        return Fit.AGAINST
    if denies(regimen, query) or rivals(regimen, query):
        return Fit.AGAINST
    if asked:
        said |= same.keys(positive(query.said(regimen)))
        if asked & (said | same.keys(positive(regimen.severity or ""))) or _names(query.for_text, own, same):
            return Fit.SAYS
        return _open_indication(regimen, said, asked, same)
    plain = content(query)
    if not plain:
        return Fit.SAYS
    text = positive(f"{situation_words(regimen)} ; {query.said(regimen)}")
    held = [word for word in plain if holds_word(word, text, query)]
    return Fit.SAYS if 2 * len(held) > len(plain) or _label_stands_in(regimen, plain) else Fit.AGAINST


def _label_stands_in(regimen: Regimen, plain: frozenset[str]) -> bool:
    """Tell whether all words of what a row says it is for stand in the question ("anaphylaxis" in "... to blood")."""
    label = words_of(positive(regimen.indication or "")) - stop_words()
    headings = words_of(f"{regimen.section} {regimen.page.rpartition('/')[2]}")
    return bool(label - headings) and label <= plain


def holds_word(word: str, text: str, query: DoseQuery) -> bool:
    """Tell whether a text holds a word of the question: itself, its beginning ("enceph"), two words that it joins
    ("cdiff"), or what its shorthand stands for.
    """
    tokens = _TOKEN.findall(uniform(text))
    own = words_of(text)
    if (
        word in own
        or (len(word) >= LEAST_ENDING and _base(word) in map(_base, own))
        or (len(word) >= LEAST_BEGINNING and any(token.startswith(word) for token in tokens))
    ):
        return True
    if any(left + right == word for left, right in pairwise(tokens)):
        return True
    if len(word) >= LEAST_INITIALS and word in _initials(tokens, len(word)):
        return True
    return any(written == word and set(meant) & own for written, meant in query.meanings)


LEAST_INITIALS = 3
"""Letters from which a word may be the initials of words that follow one another ("mud", matched unrelated donor)."""


def _initials(tokens: Sequence[str], count: int) -> set[str]:
    return {"".join(token[0] for token in tokens[at : at + count]) for at in range(len(tokens) - count + 1)}


LEAST_ENDING = 6
"""Letters from which the noun and the adjective of a thing are one word ("anaphylaxis", "anaphylactic")."""
_ENDINGS = (
    (re.compile(r"(?:laxis|lactic)$"), "la"),
    (re.compile(r"(?:psis?|ptic)$"), "p"),
    (re.compile(r"(?:osis?|otic)$"), "o"),
    (re.compile(r"(?:ysis?|ytic)$"), "y"),
    (re.compile(r"(?:ice|iceal|ix)$"), "i"),
    (re.compile(r"(?:sion|sive)$"), "s"),
    (re.compile(r"(?:emia|emic|aemia|aemic)$"), "em"),
    (re.compile(r"(?:enia|enic)$"), "en"),
)


def _base(word: str) -> str:
    """Give a word without the ending of the noun or adjective."""
    return next((pattern.sub(end, word) for pattern, end in _ENDINGS if pattern.search(word)), word)


LEAST_BEGINNING = 5
"""Letters from which the beginning of a word stands for it."""


def denies(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether one side denies what the other says ("with vision loss" asked, "without vision loss" given)."""
    own = " ; ".join(filter(None, (regimen.indication, regimen.severity, regimen.population)))
    mine, theirs = _sides(own), _sides(query.words)
    telling = content(query)
    return bool((theirs[0] & mine[1] & telling) or (theirs[1] & mine[0] - mine[1]))


def _sides(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the words that a text affirms, and those that it denies close by."""
    plain = uniform(text)
    no = words_of(" ".join(_NEAR_NOT.findall(plain))) - _SMALL
    return words_of(_NEAR_NOT.sub(" ", plain)) - no, no


_SMALL = frozenset(
    "without no not non excluding except in the absence of to on if or and for with is be yet more than".split()
)


@cache
def _rivals() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Give the sets of words of which one rules out the others."""
    return tuple(tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in patterns) for patterns in rows("rivals.tsv"))


def rivals(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether the row's own words name what rules out what is asked ("outpatient" asked, "inpatient" given)."""
    parts = (regimen.indication, regimen.severity, regimen.population, regimen.schedule, *regimen.notes)
    own = positive(" ; ".join(part for part in parts if part))
    heading = positive(regimen.section.rpartition(" > ")[2])
    asked = positive(query.words)
    for patterns in _rivals():
        wanted = {at for at, pattern in enumerate(patterns) if pattern.search(asked)}
        stated = {at for at, pattern in enumerate(patterns) if pattern.search(own)} or {
            at for at, pattern in enumerate(patterns) if pattern.search(heading)
        }
        if wanted and stated and not wanted & stated:
            return True
    return False


def _names(asked: str, own: str, same: TermMatcher) -> bool:
    """Tell whether a known term of one word stands word for word in both ("HLH" in "HLH/MAS in general")."""
    return any(same.keys(word) for word in words_of(positive(asked)) & words_of(positive(own)))


def _open_indication(regimen: Regimen, said: frozenset[str], asked: frozenset[str], same: TermMatcher) -> Fit:
    """Tell a regimen without any indication of its own from one that is for another thing.

    A row that does not say what for stands for what is asked only where its page or headings name that; else the dose
    of one indication would be offered for another.
    """
    if regimen.indication is not None or said:
        return Fit.AGAINST
    return Fit.OPEN if asked & same.keys(positive(situation_words(regimen))) else Fit.AGAINST


def speaks_for(regimen: Regimen, query: DoseQuery, same: TermMatcher) -> bool:
    """Tell whether a sentence with one dose holds, in its own words, all that is asked; other sentences speak for none.

    Only what its headings and its typed reading leave open is looked for there.
    """
    doses = {(each.amount.low, each.amount.high) for each in read_amounts(regimen.verbatim) if each.is_dose}
    if not regimen.from_text or len(doses) > 1 or denies(regimen, query) or rivals(regimen, query):
        return False
    text = positive(f"{situation_words(regimen)} ; {regimen.verbatim}")
    asked = same.keys(positive(query.for_text)) - same.keys(query.drug)
    plain = content(query)
    return (
        bool(plain or asked)
        and asked <= same.keys(text)
        and all(holds_word(word, text, query) or same.keys(word) & same.keys(text) for word in plain)
    )


def states_no_indication(regimen: Regimen, same: TermMatcher) -> bool:
    """Tell whether neither the row nor its headings say what the dose is for."""
    return regimen.indication is None and not same.keys(positive(indication_words(regimen)))


def situation_words(regimen: Regimen) -> str:
    """Give the words that say what a regimen is for: its row's own, its headings and its page, remarks left out."""
    parts = (
        regimen.indication,
        regimen.section,
        regimen.setting,
        regimen.population,
        regimen.severity,
        regimen.schedule,
        regimen.page,
    )
    return " ; ".join(part for part in parts if part)


def context_words(regimen: Regimen) -> str:
    """Give all words that say when a regimen holds."""
    parts = (
        regimen.indication,
        regimen.section,
        regimen.setting,
        regimen.population,
        regimen.severity,
        regimen.schedule,
    )
    return " ; ".join(part for part in (*parts, *regimen.notes, regimen.page) if part)


def content(query: DoseQuery) -> frozenset[str]:
    """Give the words of the question that tell of an indication or situation."""
    known = words_of(query.drug) | stop_words() | PHASES
    for text in (query.route or "", query.setting or "", query.population or "", query.grade or ""):
        known |= words_of(text)
    plain = _without_patterns(query.words)
    known |= {word for word, meant in query.meanings if not words_of(_without_patterns(" ".join(meant))) - known}
    return frozenset(word for word in words_of(plain) if word not in known and not any(map(str.isdigit, word)))


def _without_patterns(text: str) -> str:
    """Drop the words that other comparisons read: groups of patients, settings, grades."""
    plain = re.sub(rf"{NORMAL_ORGANS}|{group_pattern().pattern}(?:\s+{_OF_ORGANS})?", " ", uniform(text))
    plain = re.sub(r"\bml ?/ ?min\S*|\baki\b", " ", plain)
    plain = re.sub(r"\b(?:creatinine clearance|cr ?cl|clcr|e?gfr)\b", " ", plain)
    plain = re.sub(r"\b\d+ ?-?(?:y|yr|yo|y/o|year|month|mo|week|wk|day)s?\b(?:[ -]?old\b)?|\bage[ds]?\b", " ", plain)
    plain = re.sub(r"\bchild[ -]?pugh\b(?:\s+(?:class )?[abc\d]+\b)?", " ", plain)
    plain = re.sub(r"\b(?:prophyla|prevent|treat|therap|manag|rescue)\w*", " ", plain)
    return re.sub(
        r"\b(?:grades?|gr|g|(?:non[ -]?)?(?:mild|moderate|severe|life.threatening|critical|fulminant))\b", " ", plain
    )


@cache
def stop_words() -> frozenset[str]:
    """Give words of questions that tell no indication."""
    return frozenset(word for (word,) in rows("asking_words.tsv"))


def fits_setting(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare the setting; a grade or severity asked tells that the patient has the condition."""
    asked = query.setting or setting_of(query.for_text)
    if asked is None and (query.grade or grades(query.for_text)):
        return Fit.AGAINST if regimen.setting == "prophylaxis" else Fit.SAYS
    if asked is None:
        return Fit.SAYS
    if regimen.setting is None:
        return Fit.OPEN
    return Fit.SAYS if regimen.setting == asked else Fit.AGAINST


def asked_severity(query: DoseQuery) -> tuple[frozenset[int], frozenset[str]]:
    """Give the grades and the words for severity that are asked."""
    text = query.grade or ""
    text = f"grade {text}" if re.match(r"\s*(?:[<>≤≥]=?\s*)?\d", text) else text
    both = f"{text} ; {query.for_text}"
    return grades(both), severity_words(both)


def fits_severity(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare grades with grades and words with words; "severe" is no grade unless the page makes it one."""
    asked, asked_words = asked_severity(query)
    if not asked and not asked_words:
        return Fit.SAYS
    said, said_words = own_severity(regimen)
    said_words = said_words or severity_words(" ; ".join(regimen.notes))
    if not said and not said_words:
        return Fit.OPEN
    if asked and said:
        return Fit.SAYS if asked & said else Fit.AGAINST
    if asked_words and said_words:
        return Fit.SAYS if asked_words & said_words else Fit.AGAINST
    return Fit.OPEN


def own_severity(regimen: Regimen) -> tuple[frozenset[int], frozenset[str]]:
    """Give the grades and the words for severity of a regimen: of its severity, else of its indication."""
    if regimen.severity:
        return stated_grades(regimen.severity), severity_words(regimen.severity)
    return grades(regimen.indication or ""), severity_words(regimen.indication or "")


def speaks_otherwise(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a severity is asked and stated that cannot be compared: grades here, words there, or neither."""
    asked, asked_words = asked_severity(query)
    said, said_words = own_severity(regimen)
    stated = bool(regimen.severity or said or said_words)
    return bool(asked or asked_words) and stated and not (asked and said) and not (asked_words and said_words)


def asked_groups(query: DoseQuery) -> frozenset[str]:
    """Give the groups of patients that are asked, by words, by age, or by a weight that only children have."""
    text = positive(query.for_text)
    healthy = bool(re.search(NORMAL_ORGANS, text))
    named = groups_of(query.population or "") | groups_of(re.sub(NORMAL_ORGANS, " ", text))
    named -= {"renal impairment", "hepatic impairment"} if healthy else set()
    if query.weight_kg is not None and query.weight_kg < LIGHTEST_ADULT_KG and "adults" not in named:
        named |= {"children"}
    if query.age_y is not None:
        named |= {"children" if query.age_y < 18 else "adults"}
    if query.patient.crcl is not None and query.patient.crcl < REDUCED:
        named |= {"renal impairment"}
    return named - {"renal impairment"} if query.renal_told else named


def fits_population(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare groups of patients, and the age with the ages that the regimen names."""
    asked, own = asked_groups(query), own_groups(regimen)
    if query.age_y is not None and not _age_holds(regimen, query.age_y):
        return Fit.AGAINST
    if not asked:
        return Fit.SAYS
    if asked & own & set(SPECIAL) or (asked <= own):
        return Fit.SAYS
    if asked == {"children"} and not own and regimen.condition and regimen.condition.quantity in ("weight", "age"):
        return Fit.SAYS  # a dose by weight or age that names no group is for whoever weighs or is so
    if asked & set(SPECIAL):
        return Fit.AGAINST
    return Fit.OPEN if not own & {"children", "adults"} or own & asked else Fit.AGAINST


def _age_holds(regimen: Regimen, age: Decimal) -> bool:
    bands = [band.condition for band in read_bands(regimen.population or "") if band.condition.quantity == "age"]
    if not bands:
        return True
    values = [(band, convert(age, "a", band.unit)) for band in bands]
    met = any(value is not None and meets(band, value) for band, value in values)
    return met or (age >= 18 and "adults" in groups_of(regimen.population or ""))


def fits_band(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare weight, age or surface with the band of the row."""
    if regimen.condition is None:
        return Fit.OPEN
    held = holds(regimen.condition, query.patient)
    return Fit.OPEN if held is None else Fit.SAYS if held else Fit.AGAINST


def fits_route(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen] = ()) -> Fit:
    """Compare the route; one that only another dose of the same lines has speaks neither way."""
    if query.route is None:
        return Fit.SAYS
    if not regimen.route:
        others = {
            code for row in beside if (row.page, row.lines) == (regimen.page, regimen.lines) for code in row.route
        }
        other = {route.code for route in read_routes(own_words(regimen))} - {query.route} - others
        return Fit.AGAINST if other else Fit.OPEN
    return Fit.SAYS if query.route in regimen.route else Fit.AGAINST
