"""Words of a question written out and their typing errors resolved, each by the one narrow rule of its kind."""

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from wardbook.answering.question_words import asking_spellings, kinds_of
from wardbook.corpus.names import Names
from wardbook.dosing.drug import DrugNames, Resolution

_SHORT = (
    (re.compile(r"\b1st\b", re.IGNORECASE), "first"),
    (re.compile(r"\b2nd\b", re.IGNORECASE), "second"),
    (re.compile(r"\b3rd\b", re.IGNORECASE), "third"),
    (re.compile(r"\bb4\b", re.IGNORECASE), "before"),
    (re.compile(r"\bhw\b", re.IGNORECASE), "how"),
    (re.compile(r"\bwat\b|\bwht\b", re.IGNORECASE), "what"),
    (re.compile(r"\bw/o\b", re.IGNORECASE), "without"),
    (re.compile(r"\bb/?w\b", re.IGNORECASE), "between"),
)
_NOT_THE_DRUG = re.compile(
    r"\s*-?\s*(?:vaccin\w*|shots?|like|symptoms?|season\w*|tests?|swabs?|virus|[ab]\b)", re.IGNORECASE
)


def spelled_out(text: str) -> str:
    """Write out the shorthand of small words, on which rules stand ("b4" is "before")."""
    for pattern, words in _SHORT:
        text = pattern.sub(words, text)
    return re.sub(r"[A-Za-z]{5,}", lambda match: _asking_word(match[0]), text)


@lru_cache(maxsize=4096)
def _asking_word(word: str) -> str:
    """Give the word of asking that a misspelt one is meant for ("definiton"), or the word itself."""
    lower, limit = word.lower(), 1 if len(word) <= 7 else 2
    if lower in asking_spellings():
        return word
    near = [known for known in asking_spellings() if known[0] == lower[0] and abs(len(known) - len(lower)) <= 1]
    near = [known for known in near if OSA.distance(lower, known, score_cutoff=limit) == 1]
    return near[0] if len(near) == 1 and not near[0].startswith(lower) and not lower.startswith(near[0]) else word


def drug_shorthand(text: str, drugs: DrugNames) -> tuple[str, list[tuple[str, str]]]:
    """Write out shorthand that means a drug beside words of dosing or another drug ("flu dose before ...")."""
    if not (set(kinds_of(text)) & {"dose", "max", "duration", "interval", "route"} or drugs.find(text)):
        return text, []
    known = {mention.words.lower() for mention in drugs.find(text)}
    understood: list[tuple[str, str]] = []
    for match in reversed(list(re.finditer(r"[A-Za-z]{2,}", text))):
        short = drugs.vocabulary.short.get(match[0].lower())
        drug = drugs.canonical(match[0]) if short and short.beside else None
        if drug and match[0].lower() not in known and not _NOT_THE_DRUG.match(text, match.end()):
            text = text[: match.start()] + drug + text[match.end() :]
            understood.insert(0, (match[0], drug))
    return text, understood


def _prefix_of_one(word: str, drugs: DrugNames) -> Resolution | None:
    """Take a word of six letters or more for the one drug of all known ones whose name begins with it ("levoflox")."""
    if len(word) < 6 or drugs.canonical(word):
        return None
    known = {**drugs.vocabulary.names, **drugs.names}
    found = {drug for name, drug in known.items() if name.startswith(word.lower())}
    if len(found) != 1 or not found <= drugs.drugs:
        return None
    return Resolution(word, next(iter(found)), "near", name=next(iter(found)))


def misspelt_drugs(
    text: str, names: Names, drugs: DrugNames, found: frozenset[str], on_pages: Callable[[str], bool]
) -> tuple[list[str], list[Resolution], list[tuple[str, str]]]:
    """Resolve words that no name covers as misspelt drugs, by the one narrow rule of `DrugNames.resolve`.

    Gives the drugs, the words that stay in doubt, and (as written, as understood). A word in `found` or on the pages
    is none.
    """
    extra: list[str] = []
    doubtful: list[Resolution] = []
    understood: list[tuple[str, str]] = []
    for word in dict.fromkeys(re.findall(r"[A-Za-z][A-Za-z-]{4,}", text)):
        if word.lower() in found or names.mentions(word) or on_pages(word):
            continue
        resolution = _prefix_of_one(word, drugs) or drugs.resolve(word)
        if resolution.how == "near" and resolution.drug:
            extra.append(resolution.drug)
            understood.append((word, resolution.drug))
        elif resolution.how == "unsure":
            doubtful.append(resolution)
    return extra, doubtful, understood
