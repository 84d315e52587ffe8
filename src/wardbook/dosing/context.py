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
    about: str | None = None
    """The innermost heading, where it says more than the drugs that it names ("Methotrexate rescue")."""
    about_drugs: frozenset[str] = frozenset()
    """The drugs named in `about`; for the dose of another drug, it says what the dose is for."""


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
                      r"(?:mild|moderate|severe|life-threatening|critical))*(?![a-z])"
                      r"(?!\s+(?:[a-z\d]+\s+)?(?:inhibitors?|inducers?|risk|intensity|allerg\w*|emet\w+|renal|hepatic|kidney|liver))",
                      uniform(text))  # fmt: skip
    return text[match.start() : match.end()] if match else None


def qualifies(text: str) -> bool:
    """Tell whether a text has words that must be shown with a dose ("off-label", "unverified")."""
    plain = uniform(text)
    return any(words in plain for (words,) in rows("qualifiers.tsv"))


def indication_of(heading: str, mentions: Sequence[Mention]) -> str | None:
    """Give the words of a heading that are about more than dosing, or None; the inner words of a bracket where only
    they are ("Therapeutic (Refractory CRS)" → "Refractory CRS").
    """
    heading = re.sub(r"^(?:\d+\.)+\d*\s+|^\d+\)\s+|\s*:$|\s*\{#[^{}]*\}$", "", heading.strip()).strip()
    outer = re.sub(r"\([^()]*\)", lambda match: " " * len(match.group()), heading)
    inner = re.search(r"\(([^()]*)\)", heading)
    if _is_more(outer, mentions):
        return heading
    within = inner and any(inner.start() <= mention.begin < inner.end() for mention in mentions)
    return inner.group(1).strip() if inner and not within and _is_more(inner.group(1), ()) else None


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
    title = _title(document, path)
    about = path[-1] if path else ""
    about_drugs = frozenset(mention.drug for mention in drugs.find(about))
    return Context(
        drug=_drug(inner, document.title, page_drug, drugs),
        indication=_indication(path, lead, title, page_drug, drugs),
        setting=_first_setting([*inner, title]),
        population=next((words for level in [*inner, title] if (words := population_of(level))), None),
        severity=next((words for level in inner if (words := severity_of(level))), None),
        notes=tuple(level for level in levels if qualifies(level)),
        evidence=any(says("evidence", level) for level in levels) or _is_evidence(title),
        skip=any(says("skip", level) or says("aside", level) for level in levels),
        unit=next((words for level in inner if (words := unit_words(level))), None),
        cells=any(re.search(r"\bcells?\b", uniform(level)) for level in (document.title, *levels)),
        about=about if about_drugs and not _is_list(about, drugs) else None,
        about_drugs=about_drugs,
    )


def _title(document: Document, path: Sequence[str]) -> str:
    """Give the title that governs a section: none of the page's where it lies under an H1 of its own."""
    own = any(section.level == 1 and section.path == tuple(path[:1]) for section in document.sections if path)
    return "" if own else document.title


def _is_evidence(title: str) -> bool:
    """Tell whether a title says nothing but that studies follow ("Evidence", "Key trials")."""
    rest, found = _classes()["evidence"].subn(" ", uniform(title))
    return found > 0 and not _is_more(rest, ())


def _is_list(heading: str, drugs: Drugs) -> bool:
    """Tell whether a heading holds nothing but names of drugs."""
    for mention in reversed(drugs.find(heading)):
        heading = heading[: mention.begin] + heading[mention.end :]
    rest = re.sub(r"\([^()]*\)|\b(?:and|or|dos(?:e|es|ing|age)|the|with|plus|regimens?)\b", " ", uniform(heading))
    return re.search(r"[a-z]{2}", rest) is None


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


def _indication(
    path: Sequence[str], lead: Sequence[str], title: str, page_drug: str | None, drugs: Drugs
) -> str | None:
    """Give what the innermost heading is for, with the lead lines and parent bullets under it."""
    found = _heading_indication(path, title, page_drug, drugs)
    for level in lead:
        words = None if says("evidence", level) else indication_of(level, drugs.find(level))
        if words and len(words) < LONGEST_LABEL:
            found = joined(found, words.strip(" :*"))
    return found


def _heading_indication(path: Sequence[str], title: str, page_drug: str | None, drugs: Drugs) -> str | None:
    inner = None
    for level in reversed(path):
        words = None if says("evidence", level) else indication_of(level, drugs.find(level))
        if words:
            inner = joined(words, inner) if inner else words
            if not is_situation(words):
                return inner
    if page_drug or drugs.find(title) or is_class(title, drugs):
        return inner
    whole = indication_of(title, ())
    return joined(whole, inner) if whole and inner else inner or whole


def is_situation(words: str) -> bool:
    """Tell whether words only narrow an indication ("Outpatient", "Severe", "Children"): alone they name none."""
    rest = _classes()["situation"].sub(" ", uniform(words))
    return not _is_more(rest, ())


def is_class(title: str, drugs: Drugs) -> bool:
    """Tell whether a title only names a class of drugs ("Opioids")."""
    rest, found = _drug_classes().subn(" ", uniform(title))
    return bool(found) and not _is_more(rest, drugs.find(title))


@cache
def _drug_classes() -> re.Pattern[str]:
    names = sorted({row[0].lower() for row in rows("drug_names_classes.tsv")}, key=len, reverse=True)
    return re.compile(rf"(?<![a-z\d-])(?:{'|'.join(map(re.escape, names))})s?(?![a-z\d-])")


LONGEST_LABEL = 80
"""Characters; a longer lead is a sentence and no label."""


def joined(outer: str | None, inner: str | None) -> str | None:
    """Put what a label adds behind what the headings say ("Pneumonia: Outpatient"); nothing is said twice."""
    if not outer or not inner:
        return outer or inner
    first, second = uniform(outer), uniform(inner)
    if re.search(rf"(?<![a-z\d]){re.escape(second)}(?![a-z\d])", first):
        return outer
    if re.search(rf"(?<![a-z\d]){re.escape(first)}(?![a-z\d])", second):
        return inner
    return f"{outer}: {inner}"
