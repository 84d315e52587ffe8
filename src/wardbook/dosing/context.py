"""What governs a dose from outside its own words: headings, lead lines, title; and the closed lists that read them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.draft import Mention
from wardbook.dosing.exclusion import without_exclusions
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import phrases_of, read_phrases
from wardbook.dosing.unit import is_dose, ucum
from wardbook.dosing.vocabulary import any_of, rows
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

_CARRIED_UNIT = lazy_regex(r"[(\[]([^()\[\]]*)[)\]]|,\s*([^,()]+)$|\bin ([^,()]+)$")
_REFRACTORY_TO = lazy_regex(r"\b(?:refractory|resistant) to \w+")
_TWO_LETTERS = lazy_regex(r"[a-z]{2}")
_INNER = lazy_regex(r"\(([^()]*)\)")
_BRACKET = lazy_regex(r"\([^()]*\)")
_AROUND_HEADING = lazy_regex(r"^(?:\d+\.)+\d*\s+|^\d+\)\s+|\s*:$|\s*\{#[^{}]*\}$")


class Drugs(Protocol):
    """What the readers of doses need to know of drug names."""

    @property
    def page_drug(self) -> Mapping[str, str]:
        """Page id to the drug that the page is about."""

    def find(self, text: str) -> tuple[Mention, ...]:
        """Find the drugs named in a text, left to right."""

    def canonical(self, name: str) -> str | None:
        """Give the generic name of an exactly known name."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the words around a dose say; None where they do not."""

    drug: str | None = None
    """The one drug that the nearest of them names, else the page's."""
    indication: str | None = None
    """Words of the nearest heading that is not only about dosing."""
    setting: str | None = None
    """ "treatment" | "prophylaxis" | ..."""
    population: str | None = None
    """As worded."""
    severity: str | None = None
    """As worded."""
    notes: tuple[str, ...] = ()
    """Headings and lead lines that qualify ("Prophylactic (Under Investigation)")."""
    evidence: bool = False
    """True where they say that a study is described."""
    studies: bool = False
    """True where they tell what studies gave; what is given here stands there only where its words say so."""
    skip: bool = False
    """True where what stands there is no dose to give (references, conversions, ...)."""
    unit: str | None = None
    """Unit in the brackets of a heading ("Lymphodepletion (mg/m2/day)"), for cells that hold bare numbers."""
    unit_told: str | None = None
    """Unit that the words above a table say all its doses are in ("Doses in mg/kg q12h:")."""
    cells: bool = False
    """True where a heading speaks of cells, so that a bare "2 x 10^6" counts them."""
    about: str | None = None
    """The innermost heading, where it says more than the drugs that it names ("Methotrexate rescue")."""
    routes: tuple[str, ...] = ()
    """Of the innermost of them that says nothing but a drug and a route ("Paracetamol IV:", "Oral vancomycin")."""
    by: str = ""
    """The innermost of them, where it says by which quantity the doses go ("Dose by eGFR (mL/min):")."""
    about_drugs: frozenset[str] = frozenset()
    """The drugs named in `about`; for the dose of another drug, it says what the dose is for."""
    gives_dose: bool = False
    """True where the nearest of them that names a drug says that what follows are its doses ("Xyz dose by ...")."""
    by_level: bool = False
    """True for a table whose rows go by the level of the salt that the heading names: all amounts in it are doses."""


@cache
def classes() -> dict[str, re.Pattern[str]]:
    """Give the pattern of each class of words of `headings.tsv`, over uniform text."""
    table: dict[str, list[str]] = {}
    for words, kind in rows("headings.tsv"):
        table.setdefault(kind, []).append(re.escape(words).replace(r"\ ", r"\s+"))
    return {kind: lazy_regex(rf"(?<![a-z\d-])(?:{any_of(sorted(words, key=len, reverse=True))})(?![a-z\d-])")
            for kind, words in table.items()}  # fmt: skip


@lru_cache(maxsize=OF_BOTH)
def says(kind: str, text: str) -> bool:
    """Tell whether a text has a word of a class of `headings.tsv` ("evidence", "skip", "negation").

    A syringe is a form that a drug comes in; one that a driver or pump empties is an infusion.
    """
    return classes()[kind].search(_DRIVEN.sub(" ", uniform(text))) is not None


_DRIVEN = lazy_regex(r"\bsyringe[ -](?:drivers?|pumps?|infusions?)\b")


@cache
def beginnings(name: str) -> re.Pattern[str]:
    """Give the pattern of the beginnings of words in the first column of a vocabulary, over uniform text."""
    return re.compile(rf"(?<![a-z-])(?:{any_of(re.escape(row[0]) for row in rows(name))})(?!-pugh| pugh)")


@lru_cache(maxsize=OF_BOTH)
def setting_of(text: str) -> str | None:
    """Give the one setting that a text names; None for none or for two."""
    table = {row[0]: row[1] for row in rows("settings.tsv")}
    plain = _REFRACTORY_TO.sub("refractory", uniform(text))
    viral = is_of_virus(text)
    told = (each.group() for each in beginnings("settings.tsv").finditer(plain) if not is_denied(plain, each.start()))
    found = {"treatment" if viral and word in PRE_EMPT else table[word] for word in told}
    return found.pop() if len(found) == 1 else None


_DENIES = lazy_regex(r"\b(?:not|never|nor)(?: (?:for|as|in|a|an|the|used|given|recommended|routine(?:ly)?))* $")


def is_denied(plain: str, begin: int) -> bool:
    """Tell whether the word at an offset of a (uniform) text says what something is not for ("(not prophylaxis)")."""
    return _DENIES.search(plain[:begin]) is not None


PRE_EMPT = ("pre-empt", "preempt")
"""Words of what is given before there is disease: of a virus that is found it is a treatment, else it prevents."""
_VIRUS = lazy_regex(r"\b(?:cmv|ebv|hhv-?\d|adeno(?:virus\w*)?|bk|ptld|vir(?:us\w*|al|a?emia\w*)|antivirals?|pcr)\b")


@lru_cache(maxsize=4096)
def is_of_virus(text: str) -> bool:
    """Tell whether a text names a virus, or that one is looked for."""
    return _VIRUS.search(uniform(text)) is not None


@lru_cache(maxsize=4096)
def population_of(text: str) -> str | None:
    """Give the words of a text that name a population ("children >= 2 years"), or None."""
    plain = uniform(without_exclusions(text))
    found = list(beginnings("populations.tsv").finditer(plain))
    if not found:
        return None
    words = rf"{beginnings('populations.tsv').pattern}"
    pattern = rf"(?:{words})[a-z]*(?:,?\s+(?:patients?|or|and|&|women|/)\s*(?:(?:{words})[a-z]*)?)*"
    match = re.search(pattern, plain)
    assert match is not None
    end = match.end()
    bands = phrases_of("band", text)
    if any(re.fullmatch(r"\s*(?:and|or|&|/)\s*", plain[band.end : match.start()]) for band in bands):
        return None  # "12 years and adults": the band says for whom
    for phrase in bands:
        if phrase.begin >= end and re.fullmatch(r"[\s(,]*(?:aged\s*)?", plain[end : phrase.begin]):
            end = phrase.end
    return re.sub(r",?\s+(?:or|and|&|/)$", "", text[match.start() : end].strip()).strip()


def grade_of(text: str) -> str | None:
    """Give the one grade that a text names, as worded; None for none or for several."""
    grades = phrases_of("grade", text)
    return text[grades[0].begin : grades[0].end].strip() if len(grades) == 1 else None


_EITHER_GRADE = lazy_regex(r"(?: with(?:out)? [a-z]+(?: [a-z]+)?)?\s*(?:[,/]|,?\s*\b(?:or|and)\b)\s*(?:for )?")
"""Between two grades of one dose ("grade 1 with pain or grade 2"): what else must be so, no other event."""


def grades_before(text: str) -> str | None:
    """Give the several grades that the last clause of the words before a dose is for, as worded; None for others."""
    clause = text.rpartition(";")[2]
    grades = phrases_of("grade", clause)
    between = [uniform(clause[one.end : other.begin]) for one, other in pairwise(grades)]
    if len(grades) < 2 or not all(map(_EITHER_GRADE.fullmatch, between)):
        return None
    return clause[grades[0].begin : grades[-1].end].strip()


@lru_cache(maxsize=4096)
def severity_of(text: str) -> str | None:
    """Give the words of a heading, key or header that name a grade or a severity, or None."""
    if phrases_of("grade", text):
        return grade_of(text)
    match = re.search(r"(?<![a-z-])(?:(?:not|non)[ -]+)?"
                      r"(?:mild|moderate|severe|life-threatening|critical)(?:(?:\s*(?:-|/|,|to|or|and)\s*)"
                      r"(?:mild|moderate|severe|life-threatening|critical))*(?![a-z])"
                      r"(?!\s+(?:[a-z\d]+\s+)?(?:inhibitors?|inducers?|risk|intensity|allerg\w*|emet\w+|renal|hepatic|kidney|liver))",
                      uniform(text))  # fmt: skip
    return text[match.start() : match.end()] if match else None


@lru_cache(maxsize=OF_BOTH)
def qualifies(text: str) -> bool:
    """Tell whether a text has words that must be shown with a dose ("off-label", "unverified")."""
    plain = uniform(text)
    return any(words in plain for (words,) in rows("qualifiers.tsv"))


def indication_of(heading: str, mentions: tuple[Mention, ...]) -> str | None:
    """Give the words of a heading that are about more than dosing, or None; the inner words of a bracket where only
    they are ("Therapeutic (Refractory CRS)" → "Refractory CRS").
    """
    heading = _AROUND_HEADING.sub("", heading.strip()).strip()
    outer = _BRACKET.sub(lambda match: " " * len(match.group()), heading)
    inner = _INNER.search(heading)
    if is_more(outer, mentions):
        return heading
    within = inner and any(inner.start() <= mention.begin < inner.end() for mention in mentions)
    return inner.group(1).strip() if inner and not within and is_more(inner.group(1), ()) else None


@lru_cache(maxsize=4096)
def is_more(words: str, mentions: tuple[Mention, ...]) -> bool:
    """Tell whether words say anything but drugs, phrases of doses and generic words."""
    characters = list(uniform(words))
    spans = [(mention.begin, mention.end) for mention in mentions]
    spans += [(phrase.begin, phrase.end) for phrase in read_phrases(words)]
    for begin, end in spans:
        characters[begin:end] = " " * (min(end, len(characters)) - begin)
    rest = classes()["generic"].sub(" ", "".join(characters))
    rest = re.sub(
        r"(?<![a-z])(?:mild|moderate|severe|only|if|not|no|from|other|than|label|reference|copy)(?![a-z])", " ", rest
    )
    return _TWO_LETTERS.search(rest) is not None


_OFTEN_BEHIND = lazy_regex(
    r"(?<=[a-z²\d])\s+(?:(?:once|twice|three times|four times) (?:daily|a day)|daily|weekly|od|bd|tds|qds|qd|bid|tid|"
    r"qid|q ?\d{1,2} ?h|\d{1,2}[ -]?hourly)\W*$",
    re.IGNORECASE,
)
"""How often, behind the unit that a header carries; `header_often` reads it."""


def unit_words(words: str) -> str | None:
    """Give the unit that a header or heading carries, in brackets or behind a comma ("Dose (mg/kg)", "Dose, mg")."""
    for match in _CARRIED_UNIT.finditer(words):
        inner = next(group for group in match.groups() if group is not None).strip()
        inner = _OFTEN_BEHIND.sub("", inner)  # "(mg OD)"
        first = re.split(r"\s*/\s*|\s+per\s+", uniform(inner))[0]
        if is_dose(ucum(first) or "") and read_amounts(f"1 {inner}"):
            return inner
    return None


@lru_cache(maxsize=4096)
def is_situation(words: str) -> bool:
    """Tell whether words only narrow an indication ("Outpatient", "Severe", "Children"): alone they name none."""
    rest = classes()["situation"].sub(" ", uniform(words))
    return not is_more(rest, ())


def is_class(title: str, drugs: Drugs) -> bool:
    """Tell whether a title only names a class of drugs ("Opioids")."""
    rest, found = _drug_classes().subn(" ", uniform(title))
    return bool(found) and not is_more(rest, drugs.find(title))


def is_bare_class(words: str) -> bool:
    """Tell whether words are the name of a class of drugs and nothing else."""
    return _drug_classes().fullmatch(uniform(words).strip(" :.*")) is not None


@cache
def _drug_classes() -> re.Pattern[str]:
    names = sorted({row[0].lower() for row in rows("drug_names_classes.tsv")}, key=len, reverse=True)
    return re.compile(rf"(?<![a-z\d-])(?:{any_of(map(re.escape, names))})s?(?![a-z\d-])")


def joined(outer: str | None, inner: str | None) -> str | None:
    """Put what a label adds behind what the headings say ("Pneumonia: Outpatient"); nothing is said twice."""
    if not outer or not inner:
        return outer or inner
    first, second = uniform(outer), uniform(inner)
    if _stands_in(second, first):
        return outer
    if _stands_in(first, second):
        return inner
    return f"{outer}: {inner}"


def _stands_in(words: str, text: str) -> bool:
    return words in text and re.search(rf"(?<![a-z\d]){re.escape(words)}(?![a-z\d])", text) is not None
