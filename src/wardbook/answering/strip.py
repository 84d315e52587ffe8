"""Where what was asked about and what the lines speak of differ (population, species), which is said beside them."""

import re

from wardbook.answering.question import Question
from wardbook.answering.scoring import Evidence

_CHILD = re.compile(r"\b(?:child\w*|p(?:a)?ediatr\w*|infants?|neonat\w*|adolescents?)\b", re.IGNORECASE)
_ADULT = re.compile(r"\badults?\b", re.IGNORECASE)
_ANIMAL = re.compile(
    r"\b(?:mouse|mice|murine|rats?|rodents?|primates?|xenografts?|in vitro|cell lines?)\b",
    re.IGNORECASE,
)
_AUTOIMMUNE = re.compile(
    r"\b(?:autoimmun\w*|lupus|SLE|scleroderma|systemic sclerosis|myasthenia|myositis|vasculitis|rheumatoid)\b",
    re.IGNORECASE,
)
_SPECIAL = {
    "pregnancy": re.compile(r"\b(?:pregnan\w*|breast-?feed\w*|lactat\w*|trimester|gestation\w*)\b", re.IGNORECASE),
    "renal impairment": re.compile(
        r"\b(?:renal\w*|kidneys?|CrCl|e?GFR|creatinine|dialysis|CKD|AKI|h(?:a)?emodialysis)\b", re.IGNORECASE
    ),
    "hepatic impairment": re.compile(r"\b(?:hepat\w*|liver|cirrho\w*|Child-Pugh|bilirubin)\b", re.IGNORECASE),
    "elderly": re.compile(r"\b(?:elderly|older|geriatric|aged|years?)\b", re.IGNORECASE),
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
    return "; ".join(said)


def _of_age(question: Question, words: str) -> list[str]:
    child, adult = bool(_CHILD.search(words)), bool(_ADULT.search(words))
    if question.population == "child" and adult and not child:
        return ["about adults, not children"]
    if question.population == "adult" and child and not adult:
        return ["about children, not adults"]
    return []


def _of_group(question: Question, words: str) -> list[str]:
    pattern = _SPECIAL.get(question.population or "")
    return [f"says nothing of {question.population}"] if pattern and not pattern.search(words) else []
