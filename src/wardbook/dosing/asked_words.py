"""The words of a question about one drug, and whether the words of a row hold, deny or rule out what they say."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, Protocol

from wardbook.dosing.age import in_years
from wardbook.dosing.band import RENAL
from wardbook.dosing.life_stage import stage_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient, read_clearance
from wardbook.dosing.patient_group import group_pattern, groups_of, hd_words
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.told_range import told_range
from wardbook.dosing.vocabulary import rows
from wardbook.kept import OF_BOTH, OF_PARTS
from wardbook.lazy_regex import lazy_regex

Wants = Literal["dose", "max", "duration", "route", "interval", "start"]
ADULT_Y = Decimal(18)
"""Years from which a patient is an adult."""
LIGHTEST_ADULT_KG = Decimal(25)
"""A patient below this weight is taken for a child unless the question says otherwise."""
REDUCED = Decimal(60)
"""mL/min under which kidney function is reduced (KDIGO 2012, G3a and worse)."""
PHASES = frozenset("load loading maintenance induction initial bolu first second line preop statu".split())
"""Words for the phase of a treatment, as `words_of` gives them: they prefer rows, and tell no indication."""
STAYS = (
    r"(?: (?:yet|fully|adequately|sufficiently|been))*"
    r" (?:\d+ ?(?:h|hrs?|hours?|d|days?)\b|"
    r"improv|respon|answer|resol|controll|better|settl|toler|adequa|sustain|reach|fall|clear|effect|"
    r"work|help|stop|enough)"
)
"""What a disease did not do: it is there all the same ("CRS not improved", "no response to x")."""
_NEGATED = lazy_regex(
    rf"\b(?:without|(?:no|not(?! severe| critical| life.threatening))\b(?!{STAYS})|except|excluding|rather than|"
    r"other than|in the absence of)\b[^,;()]*"
)
_OF_ORGANS = r"(?:impairment|failure|dysfunction|insufficiency|disease|function|patients?)\b"
_ORGANS = r"(?:renal|kidneys?|liver|hepatic)"
_OF_KIDNEYS = r"(?:(?:serum |s)?creatinine(?: clearance)?|cr ?cl|clcr|e?gfr)"
_ARE = r"(?: function)?(?: (?:is|are|was|were))? (?:normal|ok|okay|fine|good|healthy)\b"
NORMAL_ORGANS = (
    rf"\b(?:(?:normal|good|healthy) {_ORGANS}\b(?: function)?|normal {_OF_KIDNEYS}\b"
    rf"|(?:{_ORGANS}|{_OF_KIDNEYS}){_ARE})"
)
"""Words that tell that kidneys or liver are not impaired."""
_TOKEN = lazy_regex(r"[^\W_]+")
_WORD = lazy_regex(r"[^\W_]+[- ]cel(?![^\W_])|[^\W_]+")
"""A word; the short name of a product of cells is one ("tisa-cel" shares none with "axi-cel")."""


class TermMatcher(Protocol):
    """What knows that two wordings are one thing ("CRS", "cytokine release syndrome")."""

    def keys(self, text: str) -> frozenset[str]:
        """Give the keys of the known terms in a text."""


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
    phrases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words of `as_written` with words that all together are the same thing ("ugib": "upper", "gi", "bleeding")."""

    other_drugs: tuple[tuple[str, str], ...] = ()
    """Other drugs of the question: as written, generic name."""
    named: tuple[tuple[Decimal, str, str | None], ...] = ()
    """Amounts that the question names without asking for a judgement ("the 1 mg/kg option"): figure, UCUM unit, per."""

    not_routes: frozenset[str] = frozenset()
    """Codes of routes that there are not ("no iv access")."""
    weight_shown: str = ""
    """How the weight was converted to kilograms, where it was."""
    called: str = ""
    """The name by which the question calls the drug, lower case, where it is another than the generic one ("ivig")."""
    calls: tuple[str, ...] = ()
    """The drug's further names, its generic one left out, where it is called by one of them."""
    measured: str = ""
    """The question's words with drugs by their generic names, from which measured values are read."""
    told: frozenset[str] = frozenset()
    """Words that name a measured value by which rows of the drug are told apart: they name no indication."""
    part: str = ""
    """The question's words for a numbered part of a schedule ("cycle 1 day 15"), or all its words."""
    forbidden: bool = False
    """True where the pages forbid the drug for what is asked: nothing is chosen, worked out or judged."""
    said: Callable[[Regimen], str] = field(default=lambda regimen: "", compare=False)
    """A regimen to what its row says of the situation beyond the typed reading: first cells, its column's header."""
    around: Callable[[Regimen], str] = field(default=lambda regimen: "", compare=False)
    """A regimen to the words of its page."""
    of_children: Callable[[str], bool] = field(default=lambda page: False, compare=False)
    """A page to whether it is of a unit for children, or says itself that it is for them."""

    @property
    def words(self) -> str:
        """What is asked, as the person wrote it."""
        return " ".join((self.as_written or self.for_text).split())

    @property
    def patient(self) -> Patient:
        """What the question says of the patient."""
        return _patient(self)

    @property
    def is_adult(self) -> bool:
        """True where the question says that the patient is an adult, in words or by the age."""
        ages = told_range("age", self.measured or self.for_text)
        if self.age_y is not None or ages is not None:
            low = self.age_y if ages is None or self.age_y is not None else in_years(ages)[0]
            return low is not None and low >= ADULT_Y
        named = groups_of(positive(f"{self.for_text} ; {self.population or ''}"))
        return "adults" in named and "children" not in named

    @property
    def is_child(self) -> bool:
        """True where the question calls the patient a child, and by no word that a grown-up may be called by too."""
        if self.age_y is not None or told_range("age", self.measured or self.for_text) is not None:
            return False
        text = f"{positive(self.for_text)} ; {self.population or ''}"
        stage = stage_of(text)
        return groups_of(text) & {"children", "adults"} == {"children"} and (stage is None or stage[1] < ADULT_Y)


@lru_cache(maxsize=64)
def _patient(query: DoseQuery) -> Patient:
    """Read the patient of a question once: each row is held against it."""
    said = query.measured or query.for_text
    ranged = told_range(RENAL[0], said)  # "CrCl under 50": `for_text` has lost the "under"
    crcl = query.crcl if query.crcl is not None or ranged else read_clearance(query.for_text)
    size = (query.weight_kg, query.bsa_m2, query.age_y, crcl, query.weight_shown)
    return Patient(*size, said, query.is_adult, query.is_child)


@lru_cache(maxsize=OF_PARTS)
def words_of(text: str) -> frozenset[str]:
    """Give the words of a text, lower case, a plural "s" cut off."""
    return frozenset(
        (word.removesuffix("s") if len(word) > 4 else word).replace(" ", "-")
        for word in _WORD.findall(uniform(text))
        if len(word) > 1
    )


@lru_cache(maxsize=OF_PARTS)
def positive(text: str) -> str:
    """Give a text without what it denies ("ICANS without CRS" → "ICANS ")."""
    return _NEGATED.sub(" ", uniform(text))


@lru_cache(maxsize=OF_BOTH)
def denied(text: str) -> str:
    """Give what a text denies ("ICANS without CRS" → "without crs")."""
    return " ".join(_NEGATED.findall(uniform(text)))


def indication_words(regimen: Regimen) -> str:
    """Give the words that say what a regimen is for: its indication, else its section, else its page."""
    return regimen.indication or regimen.section or regimen.page.rpartition("/")[2]


def holds_word(word: str, text: str, query: DoseQuery) -> bool:
    """Tell whether a text holds a word of the question: itself, its beginning ("enceph"), two words that it joins
    ("cdiff"), or what its shorthand stands for.
    """
    said = _said(text)
    own = said.words
    if (
        word in own
        or (len(word) >= LEAST_ENDING and _base(word) in said.bases)
        or (len(word) >= LEAST_BEGINNING and f" {word}" in said.line)
    ):
        return True
    if word in said.joined or _alike().get(word, frozenset()) & own:
        return True
    if len(word) >= LEAST_INITIALS and (word in _initials(text, len(word)) or _is_led_by_initials(word, said.tokens)):
        return True
    if word in SALTS and any(word in names and (names - {word}) & own for names in _drugs_beside(query)):
        return True
    if any(written == word and _names_one(meant, own, text) for written, meant in query.meanings):
        return True
    plain = replace(query, phrases=())
    return any(
        written == word and all(holds_word(each, text, plain) for each in meant) for written, meant in query.phrases
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a text, as a word of a question is looked for among them."""

    tokens: tuple[str, ...]
    words: frozenset[str]
    bases: frozenset[str]
    """The words without the ending of the noun or adjective."""
    joined: frozenset[str]
    """Each two words that follow one another as one."""
    line: str
    """The tokens with a blank before each."""


@lru_cache(maxsize=OF_PARTS)
def _said(text: str) -> _Said:
    tokens = tuple(_TOKEN.findall(uniform(text)))
    words = words_of(text)
    pairs = {left + right for left, right in pairwise(tokens)}
    joined = pairs | {pair.removesuffix("s") for pair in pairs}
    return _Said(tokens, words, frozenset(map(_base, words)), frozenset(joined), "".join(f" {each}" for each in tokens))


def _names_one(meant: Sequence[str], own: frozenset[str], text: str) -> bool:
    """Tell whether one of several words or names stands in a text, a name of several parts whole ("axi-cel")."""
    if own.intersection(meant):
        return True
    parts = [" ".join(_TOKEN.findall(each)) for each in meant if not each.isalnum()]
    said = f" {' '.join(_TOKEN.findall(uniform(text)))} " if parts else ""
    return any(f" {each} " in said for each in parts)


SALTS = frozenset("acetate calcium chloride citrate gluconate magnesium phosphate potassium sodium sulfate".split())
"""Words of a drug's name that its short name leaves out ("bicarbonate" for sodium bicarbonate)."""


def _drugs_beside(query: DoseQuery) -> list[frozenset[str]]:
    return [words_of(written) for written, _ in query.meanings if " " in written]


@cache
def _alike() -> dict[str, frozenset[str]]:
    """Give the other words for the same event, by each of them ("attack": "exacerbation", "flare")."""
    groups = [words_of(words) for (words,) in rows("alike_words.tsv")]
    return {word: group - {word} for group in groups for word in group}


def with_alike(words: frozenset[str]) -> frozenset[str]:
    """Give words with the other words for the same events ("bleeding": "bleed", "haemorrhage")."""
    return words.union(*(_alike().get(word, frozenset()) for word in words))


LEAST_INITIALS = 3
"""Letters from which a word may be the initials of words that follow one another ("mud", matched unrelated donor)."""


@lru_cache(maxsize=OF_PARTS)
def _initials(text: str, count: int) -> frozenset[str]:
    letters = "".join(token[0] for token in _said(text).tokens)
    return frozenset(letters[at : at + count] for at in range(len(letters) - count + 1))


def _is_led_by_initials(word: str, tokens: Sequence[str]) -> bool:
    """Tell whether a word is an acronym of a text with the initials of the words before it ("tatma", "trauma-associated
    tma").
    """
    ends = [at for at, token in enumerate(tokens) if len(token) >= LEAST_INITIALS and word.endswith(token)]
    return any(
        (before := len(word) - len(tokens[at])) > 1
        and word[:before] == "".join(token[0] for token in tokens[max(at - before, 0) : at])
        for at in ends
    )


LEAST_ENDING = 6
"""Letters from which the noun and the adjective of a thing are one word ("anaphylaxis", "anaphylactic")."""
_ENDINGS = (
    (lazy_regex(r"(?:laxis?|lactic)$"), "la"),
    (lazy_regex(r"(?:psis?|ptic)$"), "p"),
    (lazy_regex(r"(?:osis?|otic)$"), "o"),
    (lazy_regex(r"(?:ysis?|ytic)$"), "y"),
    (lazy_regex(r"(?:ice|iceal|ix)$"), "i"),
    (lazy_regex(r"(?:sion|sive)$"), "s"),
    (lazy_regex(r"(?:emia|emic|aemia|aemic)$"), "em"),
    (lazy_regex(r"(?:enia|enic)$"), "en"),
    (lazy_regex(r"(?:rgy|rgie|rgic)$"), "rg"),
    (lazy_regex(r"(?:pathy|pathie|pathic)$"), "path"),
    (lazy_regex(r"i[sz](?:ation|ed?|er|ing)$"), "iz"),
    (lazy_regex(r"(?:tively|tive)$"), "tiv"),
)


def _base(word: str) -> str:
    """Give a word without the ending of the noun or adjective."""
    return next((pattern.sub(end, word) for pattern, end in _ENDINGS if pattern.search(word)), word)


LEAST_BEGINNING = 5
"""Letters from which the beginning of a word stands for it."""


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
        regimen.title,
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
    return " ; ".join(part for part in (*parts, *regimen.notes, regimen.page, regimen.title) if part)


@lru_cache(maxsize=64)
def content(query: DoseQuery) -> frozenset[str]:
    """Give the words of the question that tell of an indication or situation."""
    known = words_of(query.drug) | stop_words() | PHASES | query.told
    for text in (query.route or "", query.setting or "", query.population or "", query.grade or ""):
        known |= words_of(text)
    plain = _without_patterns(query.words)
    known -= words_of(" ".join(_EPONYM.findall(query.part or query.words)))
    known |= {word for word, meant in query.meanings if not words_of(_without_patterns(" ".join(meant))) - known}
    return frozenset(word for word in words_of(plain) if word not in known and not any(map(str.isdigit, word)))


_EPONYM = lazy_regex(
    r"(?<=[\w,;] )(?:[A-Z][a-z]{2,}(?=['’]s\b)|"
    r"(?!(?:patient|person|child|baby|mother|father|man|woman|body|it|who)\b)[a-z]{3,}"
    r"(?=['’]?s (?:disease|syndrome|sarcoma|lymphoma|arthritis|palsy|an?emia|thyroiditis|granulomatosis)\b))"
)
"""A person's name as a disease has it, not at the beginning ("for Still's"): it is none of the words spelt alike."""


def written(words: frozenset[str], query: DoseQuery) -> list[str]:
    """Give words of a question, which `words_of` has cut, as they are written there, in order."""
    return [each for each in dict.fromkeys(_TOKEN.findall(uniform(query.words))) if words_of(each) & words]


def _without_patterns(text: str) -> str:
    """Drop the words that other comparisons read: groups of patients, settings, grades."""
    plain = re.sub(rf"{NORMAL_ORGANS}|{group_pattern().pattern}(?:\s+{_OF_ORGANS})?", " ", uniform(text))
    plain = _measured().sub(" ", re.sub(rf"\bml ?/ ?min\S*|\b(?:aki|crrt|cvv?hd?f?)\b|{hd_words()}", " ", plain))
    plain = re.sub(r"\b(?:cycle|course|step|month)s? \d+\b", " ", plain)
    plain = re.sub(r"\bi{1,3}(?: ?(?:-|/|to) ?| )(?:i{2,3}|iv)\b", " ", plain)
    plain = re.sub(r"\b(?:creatinine clearance|cr ?cl|clcr|e?gfr)\b", " ", plain)
    plain = re.sub(r"\b\d+ ?-?(?:y|yr|yo|y/o|year|month|mo|week|wk|day)s?\b(?:[ -]?old\b)?|\bage[ds]?\b", " ", plain)
    plain = re.sub(r"\b(?:in|over|within) (?:an? )?\d* ?(?:h|hrs?|hours?|mins?|minutes?)\b", " ", plain)
    plain = re.sub(r"\bper (?:kg|kilo|m2|sqm|metre squared)\b", " ", plain)
    plain = re.sub(r"\bchild[ -]?pugh\b(?:\s+(?:class )?[abc\d]+\b)?", " ", plain)
    plain = re.sub(r"\b(?:prophyla|prevent|treat|therap|manag|rescue|pre-?med|pretreat)\w*", " ", plain)
    return re.sub(
        r"\b(?:grades?|gr|g|(?:non[ -]?)?(?:mild|moderate|severe|life.threatening|critical|fulminant))\b", " ", plain
    )


@cache
def _measured() -> re.Pattern[str]:
    """Give the pattern of what is measured in the patient with its figure ("INR 7"): it tells no indication."""
    names = "|".join(re.escape(name) for (name,) in sorted(rows("levels.tsv"), key=lambda row: -len(row[0])))
    return re.compile(rf"\b(?:{names})\b(?: (?:level|of|is|was|now|at))*[\s:=<>≤≥~]*\d[\d.,]*")


def without_values(text: str) -> str:
    """Drop what is measured in the patient with its figure ("anc <500"): it tells of a state, and no indication."""
    return _measured().sub(" ", uniform(text))


@cache
def stop_words() -> frozenset[str]:
    """Give words of questions that tell no indication."""
    return frozenset(word for (word,) in rows("asking_words.tsv"))
