"""A question as understood: what kind it is, what it names, and what it gives (grade, weight, population)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from wardbook.corpus.names import Mention, Names
from wardbook.corpus.symbols import meant
from wardbook.dosing.drug import DrugNames, Resolution

LONGEST = 2000
"""Characters of a question that are read; a longer one is refused by the caller."""

_YES_NO = re.compile(
    r"^\s*(?:so |and |but )?(?:is|are|was|were|does|do|did|can|could|should|must|may|will|would|has|have|need)\b|"
    r"\b(?:ok|okay|safe|allowed|effective|approved|indicated|licensed|recommended)\b.{0,60}\?",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"\b(?:grade|gr|g|stage)\s*\.?-?\s*([0-5])(?:\s*(?:-|–|to|or|/|and)\s*(?:grade\s*)?([1-5]))?\b"
    r"(\s*\+| or (?:above|higher|more))?",
    re.IGNORECASE,
)
_SEVERITY = re.compile(
    r"\b(severe|mild|moderate|life.threatening|refractory|critical|bad|awful|fatal)\b", re.IGNORECASE
)
_WEIGHT = re.compile(
    r"(?<![\w./])(\d[\d,]*(?:\.\d+)?)\s*(kilograms?|kilos?|kgs?|pounds?|lbs?|stones?|st)\b(?!\s*/)(?!\s*per)",
    re.IGNORECASE,
)
_BELOW = re.compile(r"(?:[<≤]\s*|\b(?:lt|under|below|less than|lighter than|up to|at most)\s+)=?\s*$", re.IGNORECASE)
_ABOVE = re.compile(r"(?:[>≥]\s*|\b(?:gt|over|above|more than|heavier than|at least)\s+)=?\s*$", re.IGNORECASE)
_BSA = re.compile(
    r"(?:\bbsa\b\s*(?:of|is|=|:)?\s*)(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*m(?:2|²|\^2)\b(?!\s*/)", re.IGNORECASE
)
_AGE = re.compile(
    r"(?<![\w.])(\d{1,3})\s*-?\s*(?:years?|yrs?|y/?o|yo|y)(?:\s*-?\s*old)?\b|\bage[d]?\s*(?:of\s*)?(\d{1,3})\b",
    re.IGNORECASE,
)

_YOUNG = re.compile(
    r"(?<![\w.])(\d{1,3})\s*-?\s*(months?|mos?|weeks?|wks?)\s*-?\s*"
    r"(?:old|of age|(?=(?:bab(?:y|ies)|infant|child|kid|toddler|boy|girl|neonate|newborn)\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood by rules; nothing is guessed that its words do not say."""

    text: str
    """As asked, symbols as what they mean, blanks squeezed."""
    kind: str
    """The first kind of `data/question_words.tsv` whose words occur, or "other"."""
    kinds: frozenset[str]
    """All kinds whose words occur."""
    yes_no: bool
    """True where it asks for a yes or no."""
    mentions: tuple[Mention, ...]
    """Known names in it."""
    drugs: tuple[str, ...]
    """Generic names of the drugs in it, in order."""
    drug_words: frozenset[str]
    """The words that name these drugs, lower case."""
    doubtful: tuple[Resolution, ...]
    """Words that may be a misspelt drug and could not be told apart."""
    understood: tuple[tuple[str, str], ...]
    """(as written, as understood) of typing errors that were resolved."""
    grades: tuple[int, ...]
    """Grades that it names."""
    severity: tuple[str, ...]
    """Words for severity in it."""
    setting: str | None
    """ "prophylaxis", "treatment", ... or None."""
    population: str | None
    """ "child", "adult", "pregnancy", "renal impairment", ... or None."""
    route: str | None
    """ "IV", "SC", ... or None."""
    weight: str | None
    """Weight as written with its unit ("18kg"), or None."""
    weight_bound: tuple[bool, str] | None
    """A weight given as a bound ("under 30 kg"): True for above; the weight as written. `weight` is None then."""
    bsa_m2: Decimal | None
    """Body surface, m2."""
    age_y: Decimal | None
    """Age, years."""
    asking: frozenset[str]
    """Words that told the kind, lower case; they say little of the subject."""
    refused: str | None
    """Why it is not for wardbook, or None."""


@cache
def shorthand() -> Mapping[str, str]:
    """Give ward shorthand and the words that it stands for."""
    rows = files("wardbook.answering").joinpath("data/shorthand.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row and not row.startswith("#"))


@cache
def _words() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Give, by table and name, the pattern of the words that tell; names in the file's order."""
    tables: dict[str, dict[str, list[str]]] = {}
    rows = files("wardbook.answering").joinpath("data/question_words.tsv").read_text(encoding="utf-8").splitlines()
    for table, name, pattern in (row.split("\t") for row in rows if row and not row.startswith("#")):
        tables.setdefault(table, {}).setdefault(name, []).append(pattern)
    return {
        table: {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in names.items()}
        for table, names in tables.items()
    }


def _told(table: str, text: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _words()[table].items() if pattern.search(text))


def _first(table: str, text: str) -> str | None:
    return next(iter(_told(table, text)), None)


def kinds_of(text: str) -> tuple[str, ...]:
    """Give the kinds of question whose words occur, the most telling first."""
    return _told("kind", text)


def asking_words(text: str) -> frozenset[str]:
    """Give the words of a question that tell its kind ("incidence", "how often"), lower case."""
    found = (match[0] for pattern in _words()["kind"].values() for match in pattern.finditer(text))
    return frozenset(word for words in found if len(words.split()) < 6 for word in re.findall(r"[a-z]+", words.lower()))


def grades_of(text: str) -> tuple[int, ...]:
    """Give the grades that a text names; "grade 3-4" and "grade 3+" name several."""
    grades: list[int] = []
    for match in _GRADE.finditer(text):
        low = int(match[1])
        high = int(match[2]) if match[2] else 5 if match[3] else low
        apart = match[2] and re.search(r"\b(?:and|or)\b|/", match[0])
        grades += (low, high) if apart else range(low, max(low, high) + 1)
    return tuple(dict.fromkeys(grades))


def _bound(text: str, weight: re.Match[str] | None) -> tuple[bool, str] | None:
    """Tell a weight that is a bound ("<30 kg", "under 30 kg", "30 kg or more") from one that a patient has."""
    if weight is None:
        return None
    before, after = text[: weight.start()], text[weight.end() :]
    if _BELOW.search(before) or re.match(r"\s*(?:or|and) (?:less|below|under)", after, re.IGNORECASE):
        return False, weight[0]
    if _ABOVE.search(before) or re.match(r"\s*(?:(?:or|and) (?:more|above|over)|\+)", after, re.IGNORECASE):
        return True, weight[0]
    return None


def _two_weights(text: str) -> str | None:
    """Refuse a question that gives two body weights; neither is chosen."""
    found = dict.fromkeys(match[0].replace(" ", "").lower() for match in _WEIGHT.finditer(text))
    bands = (
        _BELOW.search(text) or _ABOVE.search(text) or re.search(r"[<>≤≥]|\b(?:under|over|at least|to|between)\b", text)
    )
    return (
        f"the question gives several weights ({', '.join(found)}): ask with one"
        if len(found) > 1 and not bands
        else None
    )


def _number(match: re.Match[str] | None) -> Decimal | None:
    return Decimal(next(group for group in match.groups() if group)) if match else None


def _classes(mentions: tuple[Mention, ...], drugs: DrugNames) -> Iterator[str]:
    """Give the words of a question that are classes of drugs which have a page ("steroids")."""
    named = (mention.words.lower() for mention in mentions if mention.pages)
    return (words for words in named if words in drugs.vocabulary.classes)


def _age(text: str) -> Decimal | None:
    """Read an age, in years; months are twelfths, weeks 7 of 365.25 days."""
    young = _YOUNG.search(text)
    if young is None:
        return _number(_AGE.search(text))
    count = Decimal(young[1])
    return count / 12 if young[2].lower().startswith("m") else count * 7 / Decimal("365.25")


_NOT_THE_DRUG = re.compile(
    r"\s*-?\s*(?:vaccin\w*|shots?|like|symptoms?|season\w*|tests?|swabs?|virus|[ab]\b)", re.IGNORECASE
)


def _drug_shorthand(text: str, drugs: DrugNames) -> tuple[str, list[tuple[str, str]]]:
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


def _resolve_words(
    text: str, names: Names, drugs: DrugNames, found: frozenset[str], on_pages: Callable[[str], bool]
) -> tuple[list[str], list[Resolution], list[tuple[str, str]]]:
    """Resolve words that no name covers as misspelt drugs, by the one narrow rule of `DrugNames.resolve`."""
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


_REFUSALS = {
    "command": "wardbook answers questions from its pages and takes no other instructions",
    "order": "wardbook gives no orders for a patient; it shows what the pages say",
}


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


def spelled_out(text: str) -> str:
    """Write out the shorthand of small words, on which rules stand ("b4" is "before")."""
    for pattern, words in _SHORT:
        text = pattern.sub(words, text)
    return re.sub(r"[A-Za-z]{5,}", lambda match: _asking_word(match[0]), text)


@cache
def _asking_words() -> tuple[str, ...]:
    rows = files("wardbook.answering").joinpath("data/asking_spellings.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(row.strip() for row in rows if row and not row.startswith("#"))


@lru_cache(maxsize=4096)
def _asking_word(word: str) -> str:
    """Give the word of asking that a misspelt one is meant for ("definiton"), or the word itself."""
    lower, limit = word.lower(), 1 if len(word) <= 7 else 2
    if lower in _asking_words():
        return word
    near = [known for known in _asking_words() if known[0] == lower[0] and abs(len(known) - len(lower)) <= 1]
    near = [known for known in near if OSA.distance(lower, known, score_cutoff=limit) == 1]
    return near[0] if len(near) == 1 and not near[0].startswith(lower) and not lower.startswith(near[0]) else word


def understand(
    asked: str, names: Names, drugs: DrugNames, on_pages: Callable[[str], bool] = lambda word: False
) -> Question:
    """Understand a question by rules over its words; a word that stands on the pages is no misspelt drug."""
    text = spelled_out(re.sub(r"\s+", " ", meant(asked)).strip())
    text, short = _drug_shorthand(text, drugs)
    covered = frozenset(word.lower() for mention in drugs.find(text) for word in mention.words.split())
    resolved, doubtful, understood = _resolve_words(text, names, drugs, covered, on_pages)
    for written, meant_drug in understood:
        text = re.sub(rf"\b{re.escape(written)}\b", meant_drug, text)
    understood = [*short, *understood]
    mentions = names.mentions(text)
    found = drugs.find(text)
    extra = [drug for drug in resolved if drug not in {mention.drug for mention in found}]
    kinds = kinds_of(text)
    weight = _WEIGHT.search(text)
    bound = _bound(text, weight)
    return Question(
        text=text,
        kind=kinds[0] if kinds else "other",
        kinds=frozenset(kinds),
        yes_no=bool(_YES_NO.search(text)),
        mentions=mentions,
        drugs=tuple(dict.fromkeys([mention.drug for mention in found] + extra)),
        drug_words=frozenset([*(mention.words.lower() for mention in found), *extra, *_classes(mentions, drugs)]),
        doubtful=tuple(doubtful),
        understood=tuple(understood),
        grades=grades_of(text),
        severity=tuple(dict.fromkeys(match.lower() for match in _SEVERITY.findall(text))),
        setting=_first("setting", text),
        population=_first("population", text),
        route=_first("route", text),
        weight=weight[0] if weight and not bound else None,
        weight_bound=bound,
        bsa_m2=_number(_BSA.search(text)),
        age_y=_age(text),
        asking=asking_words(text),
        refused=_REFUSALS.get(_first("refusal", text) or "") or _two_weights(text),
    )
