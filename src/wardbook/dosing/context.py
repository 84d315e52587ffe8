"""What governs a dose from outside its own words: headings, lead lines, title; and the closed lists that read them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from wardbook.corpus.document import Document
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.draft import Mention
from wardbook.dosing.exclusion import without_exclusions
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.unit import is_dose, ucum
from wardbook.dosing.vocabulary import rows


class Drugs(Protocol):
    """What the readers of doses need to know of drug names."""

    @property
    def page_drug(self) -> Mapping[str, str]:
        """Page id to the drug that the page is about."""

    def find(self, text: str) -> Sequence[Mention]:
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
    skip: bool = False
    """True where what stands there is no dose to give (references, conversions, ...)."""
    unit: str | None = None
    """Unit in the brackets of a heading ("Lymphodepletion (mg/m2/day)"), for cells that hold bare numbers."""
    cells: bool = False
    """True where a heading speaks of cells, so that a bare "2 x 10^6" counts them."""


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    table: dict[str, list[str]] = {}
    for words, kind in rows("headings.tsv"):
        table.setdefault(kind, []).append(re.escape(words).replace(r"\ ", r"\s+"))
    return {kind: re.compile(rf"(?<![a-z\d-])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![a-z\d-])")
            for kind, words in table.items()}  # fmt: skip


def says(kind: str, text: str) -> bool:
    """Tell whether a text has a word of a class of `headings.tsv` ("evidence", "skip", "negation")."""
    return _classes()[kind].search(uniform(text)) is not None


@cache
def _beginnings(name: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![a-z-]){re.escape(row[0])}(?!-pugh| pugh)" for row in rows(name)))


def setting_of(text: str) -> str | None:
    """Give the one setting that a text names; None for none or for two."""
    table = {row[0]: row[1] for row in rows("settings.tsv")}
    plain = re.sub(r"\b(?:refractory|resistant) to \w+", "refractory", uniform(text))
    found = {table[match.group()] for match in _beginnings("settings.tsv").finditer(plain)}
    return found.pop() if len(found) == 1 else None


def population_of(text: str) -> str | None:
    """Give the words of a text that name a population ("children >= 2 years"), or None."""
    plain = uniform(without_exclusions(text))
    found = list(_beginnings("populations.tsv").finditer(plain))
    if not found:
        return None
    words = rf"{_beginnings('populations.tsv').pattern}"
    pattern = rf"(?:{words})[a-z]*(?:\s+(?:patients?|or|and|&|women|/)\s*(?:(?:{words})[a-z]*)?)*"
    match = re.search(pattern, plain)
    assert match is not None
    end = match.end()
    for phrase in read_phrases(text):
        if phrase.kind == "band" and re.fullmatch(r"[\s(,]*(?:aged\s*)?", plain[end : phrase.begin]):
            end = phrase.end
    return re.sub(r"\s+(?:or|and|&|/)$", "", text[match.start() : end].strip()).strip()


def grade_of(text: str) -> str | None:
    """Give the one grade that a text names, as worded; None for none or for several."""
    grades = [phrase for phrase in read_phrases(text) if phrase.kind == "grade"]
    return text[grades[0].begin : grades[0].end].strip() if len(grades) == 1 else None


def severity_of(text: str) -> str | None:
    """Give the words of a heading, key or header that name a grade or a severity, or None."""
    if any(phrase.kind == "grade" for phrase in read_phrases(text)):
        return grade_of(text)
    match = re.search(r"(?<![a-z-])(?:mild|moderate|severe|life-threatening|critical)(?:(?:\s*(?:-|/|,|to|or|and)\s*)"
                      r"(?:mild|moderate|severe|life-threatening|critical))*(?![a-z])", uniform(text))  # fmt: skip
    return text[match.start() : match.end()] if match else None


def qualifies(text: str) -> bool:
    """Tell whether a text has words that must be shown with a dose ("off-label", "unverified")."""
    plain = uniform(text)
    return any(words in plain for (words,) in rows("qualifiers.tsv"))


def indication_of(heading: str, mentions: Sequence[Mention]) -> str | None:
    """Give the words of a heading that are about more than dosing, or None; the inner words of a bracket where only
    they are ("Therapeutic (Refractory CRS)" → "Refractory CRS").
    """
    heading = re.sub(r"^[\d.]+\s+|\s*:$|\s*\{#[^{}]*\}$", "", heading.strip()).strip()
    outer = re.sub(r"\([^()]*\)", lambda match: " " * len(match.group()), heading)
    inner = re.search(r"\(([^()]*)\)", heading)
    if _is_more(outer, mentions):
        return heading
    return inner.group(1).strip() if inner and _is_more(inner.group(1), ()) else None


def _is_more(words: str, mentions: Sequence[Mention]) -> bool:
    characters = list(uniform(words))
    spans = [(mention.begin, mention.end) for mention in mentions]
    spans += [(phrase.begin, phrase.end) for phrase in read_phrases(words)]
    for begin, end in spans:
        characters[begin:end] = " " * (min(end, len(characters)) - begin)
    rest = _classes()["generic"].sub(" ", "".join(characters))
    rest = re.sub(
        r"(?<![a-z])(?:mild|moderate|severe|only|if|not|no|from|other|than|label|reference|copy)(?![a-z])", " ", rest
    )
    return re.search(r"[a-z]{2}", rest) is not None


def unit_words(words: str) -> str | None:
    """Give the unit that a header or heading carries, in brackets or behind a comma ("Dose (mg/kg)", "Dose, mg")."""
    for match in re.finditer(r"[(\[]([^()\[\]]*)[)\]]|,\s*([^,()]+)$|\bin ([^,()]+)$", words):
        inner = next(group for group in match.groups() if group is not None).strip()
        first = re.split(r"\s*/\s*|\s+per\s+", uniform(inner))[0]
        if is_dose(ucum(first) or "") and read_amounts(f"1 {inner}"):
            return inner
    return None


def context_of(document: Document, path: Sequence[str], lead: Sequence[str], drugs: Drugs) -> Context:
    """Read headings and lead lines, the innermost first."""
    levels = [*path, *lead]
    inner = levels[::-1]
    page_drug = drugs.page_drug.get(document.id)
    return Context(
        drug=_drug(inner, document.title, page_drug, drugs),
        indication=_indication(inner, document, page_drug, drugs),
        setting=_first_setting([*inner, document.title]),
        population=next((words for level in inner if (words := population_of(level))), None),
        severity=next((words for level in inner if (words := severity_of(level))), None),
        notes=tuple(level for level in levels if qualifies(level)),
        evidence=any(says("evidence", level) for level in levels),
        skip=any(says("skip", level) for level in levels),
        unit=next((words for level in inner if (words := unit_words(level))), None),
        cells=any(re.search(r"\bcells?\b", uniform(level)) for level in (document.title, *levels)),
    )


def _first_setting(levels: Sequence[str]) -> str | None:
    """Give the setting of the innermost level that names any; two at once decide nothing."""
    for level in levels:
        if _beginnings("settings.tsv").search(uniform(level)):
            return setting_of(level)
    return None


def _drug(inner: Sequence[str], title: str, page_drug: str | None, drugs: Drugs) -> str | None:
    for level in inner:
        named = {mention.drug for mention in drugs.find(level)}
        if named:
            return named.pop() if len(named) == 1 and not is_cued(level, drugs) else _page_or_none(named, page_drug)
    if page_drug:
        return page_drug
    named = {mention.drug for mention in drugs.find(title)}
    return named.pop() if len(named) == 1 else None


def _page_or_none(named: set[str], page_drug: str | None) -> str | None:
    """Where a heading names other drugs ("refractory to x"), only the page's own can be meant, if not one of two."""
    return page_drug if page_drug not in named or len(named) == 1 else None


def is_cued(level: str, drugs: Drugs) -> bool:
    """Tell whether a heading names its drug only as what came before or goes with ("refractory to x")."""
    pattern = (
        r"(?:refractory to|after|failure of|following|with|without|before|resistant to|intoleran\w+ (?:of|to))\s+$"
    )
    return all(re.search(pattern, uniform(level[: mention.begin])) for mention in drugs.find(level)) or (
        re.search(r"-(?:refractory|resistant|associated|induced)", uniform(level)) is not None
    )


def _indication(inner: Sequence[str], document: Document, page_drug: str | None, drugs: Drugs) -> str | None:
    for level in inner:
        if says("evidence", level):
            continue
        words = indication_of(level, drugs.find(level))
        if words:
            return words
    if page_drug or drugs.find(document.title):
        return None
    return indication_of(document.title, ())
