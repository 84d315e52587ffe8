"""What is said beside an answer: whom its lines speak of where others were asked about, how old its pages are."""

import re
from collections.abc import Iterable
from datetime import date

from wardbook.answering.answer import Citation
from wardbook.answering.question import Question
from wardbook.answering.scoring import Evidence
from wardbook.lazy_regex import lazy_regex

_CHILD = lazy_regex(r"\b(?:child\w*|p(?:a)?ediatr\w*|infants?|neonat\w*|adolescents?)\b", re.IGNORECASE)
_ADULT = lazy_regex(r"\badults?\b", re.IGNORECASE)
_ANIMAL = lazy_regex(
    r"\b(?:mouse|mice|murine|rats?|rodents?|primates?|xenografts?|in vitro|cell lines?)\b",
    re.IGNORECASE,
)
_AUTOIMMUNE = lazy_regex(
    r"\b(?:autoimmun\w*|lupus|SLE|scleroderma|systemic sclerosis|myasthenia|myositis|vasculitis|rheumatoid)\b",
    re.IGNORECASE,
)
_LOW = lazy_regex(
    r"(?<!not )\blow\b|\b(?:expert|personal) opinion\b|\bcase (?:reports?|series)\b|\banecdot\w*|"
    r"\blevel (?:4|5|iv|v)\b",
    re.IGNORECASE,
)
_HIGH = lazy_regex(r"\W*(?:high|moderate|strong|good)\b", re.IGNORECASE)
"""Opens a level that is low for a part of the page at most."""
_SPECIAL = {
    "pregnancy": lazy_regex(r"\b(?:pregnan\w*|breast-?feed\w*|lactat\w*|trimester|gestation\w*)\b", re.IGNORECASE),
    "renal impairment": lazy_regex(
        r"\b(?:renal\w*|kidneys?|CrCl|e?GFR|creatinine|dialysis|CKD|AKI|h(?:a)?emodialysis)\b", re.IGNORECASE
    ),
    "hepatic impairment": lazy_regex(r"\b(?:hepat\w*|liver|cirrho\w*|Child-Pugh|bilirubin)\b", re.IGNORECASE),
    "elderly": lazy_regex(r"\b(?:elderly|older|geriatric|aged|years?)\b", re.IGNORECASE),
}


def names_group(words: str) -> bool:
    """Tell whether words name a group of patients for whom what holds for others need not hold ("pregnancy")."""
    return bool(_CHILD.search(words)) or any(pattern.search(words) for pattern in _SPECIAL.values())


def note(question: Question, each: Evidence) -> str:
    """Say how what a unit speaks of differs from what was asked about; "" where nothing tells so."""
    words = " ".join([each.unit.text, *each.unit.lead, *each.hit.path])
    said = [*_of_age(question, words), *_of_group(question, f"{words} {each.hit.title}")]
    if _ANIMAL.search(each.unit.text) and not _ANIMAL.search(question.text):
        said.append("from animals or the laboratory, not from patients")
    if _AUTOIMMUNE.search(question.text) and not _AUTOIMMUNE.search(f"{words} {each.hit.title}"):
        said.append("not about autoimmune disease")
    said += [f"does not name {drug}" for drug in sorted(each.of_class)]
    return "; ".join(said)


_BRACKETS = lazy_regex(r"\([^()]*\)")


def _of_age(question: Question, words: str) -> list[str]:
    child, adult = bool(_CHILD.search(words)), bool(_ADULT.search(words))
    apart = not _ADULT.search(_BRACKETS.sub(" ", words))  # "2 mL/kg (adult 150 mL)" is for children too
    if question.population == "child" and adult and not child and not apart:
        return ["about adults, not children"]
    if question.population == "adult" and child and not adult:
        return ["about children, not adults"]
    return []


def _of_group(question: Question, words: str) -> list[str]:
    pattern = _SPECIAL.get(question.population or "")
    return [f"says nothing of {question.population}"] if pattern and not pattern.search(words) else []


def of_pages(citations: Iterable[Citation], today: date, months: int) -> tuple[str, ...]:
    """Say which cited pages were last updated more than so many months ago, and which call their own evidence low."""
    found: dict[str, None] = {}
    for each in citations:
        age = _months(each.last_updated, today)
        if age is not None and age > months:
            found[f"{each.title} was last updated on {each.last_updated}, {age} months ago."] = None
        level = each.evidence_level or ""
        if _LOW.search(level) and not _HIGH.match(level):
            found[f"{each.title} calls its own evidence: {each.evidence_level}."] = None
    return tuple(found)


def _months(day: str | None, today: date) -> int | None:
    """Give the whole months since an ISO date or month ("2025-06-15", "2025-06"); None where there is none."""
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", day or "")
    if found is None:
        return None
    months = (today.year - int(found[1])) * 12 + today.month - int(found[2])
    return months - (int(found[3] or 1) > today.day)
