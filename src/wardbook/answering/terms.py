"""What a question asks about, as weighted terms, and how much of it a piece of text holds."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

import Stemmer
from rapidfuzz.distance import OSA

from wardbook.answering.in_vain import FAILS
from wardbook.answering.question import Question, shorthand
from wardbook.answering.question_words import abbreviated, everyday_words, written_out
from wardbook.answering.spelling import other_spellings
from wardbook.answering.told_findings import told_findings
from wardbook.corpus.names import Names
from wardbook.index.words import query_terms, tokens
from wardbook.kept import OF_PARTS
from wardbook.lazy_regex import lazy_regex

_STEMMER = Stemmer.Stemmer("porter", 0)  # without its own cache, beside `stem`
FAINT = 0.1
"""Weight of an everyday word, nats."""
ASKING = 0.5
"""Weight at most of a word that tells the kind of question, and of a bare figure, nats."""
NAMED = 2.0
"""Weight at least of a name, nats: what a question is about, however often the pages speak of it."""


@lru_cache(maxsize=OF_PARTS)
def stem(token: str) -> str:
    """Give a token's stem (Porter, as SQLite FTS5 has it).

    That one leaves words of one or two letters alone ("OS"), and has the two later rules of the algorithm's author:
    "neurology" is "neurolog", "possibly" is as "possible".
    """
    if len(token) <= SHORTEST:
        return token
    later = _LATER.fullmatch(token) if len(token) <= LONGEST else None
    return str(_STEMMER.stemWord(f"{later[1]}{'log' if later[2] == 'log' else 'ble'}" if later else token))


_LATER = re.compile(r"([^\W_]*?[aeiouy][^\Waeiou_](?:[^\W_]|-)*|[^\W_]+-[^\W_]*)(log|bl)(?:y|ies)")
SHORTEST = 2
"""Letters of a word up to which it is its own stem."""
LONGEST = 60
"""Characters up to which letters without a gap are a word of English."""


def stems(text: str) -> list[str]:
    """Give the stems of a text's search tokens, in order."""
    return [stem(token) for token in tokens(text)]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question names; any of its forms will do."""

    words: str
    """As the question has it."""
    forms: tuple[tuple[str, ...], ...]
    """Stems of each spelling; a spelling occurs where all of its stems do."""
    weight: float
    """How telling it is, > 0; inverse document frequency in nats."""
    known: bool
    """True where a page holds any of its forms."""
    name: bool = False
    """True for a name that pages give (a title, an alias, an acronym)."""
    told: tuple[tuple[str, ...], ...] | None = None
    """Of a finding that is told of a patient: the forms of its own words; the others are what pages have for it."""
    under: tuple[tuple[str, ...], ...] = ()
    """Of such a finding: what it is told of under, which counts in a heading or title alone."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many passages hold a stem."""

    passages: int
    """Passages in all."""
    of: Callable[[str], int]
    """Passages that hold a stem."""

    def weight(self, stem_: str) -> float:
        """Give the inverse document frequency (Robertson and Sparck Jones, with BM25's +1 that keeps it above 0)."""
        count = self.of(stem_)
        return math.log(1 + (self.passages - count + 0.5) / (count + 0.5))


def spellings_as_stems(spellings: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Give the stems of each spelling; what is joined by a hyphen counts as its parts."""
    forms = (tuple(stem(token) for token in tokens(words) if "-" not in token) for words in spellings)
    return tuple(dict.fromkeys(form for form in forms if form))


def _term(
    words: str, spellings: Sequence[str], frequencies: Frequencies, name: bool, faint: bool = False
) -> Term | None:
    forms = spellings_as_stems(spellings)
    if not forms:
        return None
    # a spelling is as telling as its rarest word; a name is as telling as its commonest spelling that pages use
    weights = [max(map(frequencies.weight, form)) for form in forms]
    held = [all(frequencies.of(part) for part in form) for form in forms]
    known = [weight for weight, there in zip(weights, held, strict=True) if there]
    weight = min(known) if known else max(weights)
    if not name and words.lower() in everyday_words():
        weight = FAINT
    elif faint or words.replace(".", "").isdigit():
        weight = min(weight, ASKING)
    elif name:
        weight = max(weight, NAMED)
    return Term(words, forms, weight, bool(known), name)


def _joined_names(question: Question, rest: str, frequencies: Frequencies) -> tuple[list[Term | None], str]:
    """Give the drugs whose name has a hyphen as one thing each ("x-cel" is no "y-cel"), and the words without them.

    So are short forms of two words ("hd mtx"), with the one drug that the question does not name otherwise.
    """
    found: list[Term | None] = []
    unnamed = [drug for drug in question.drugs if drug not in question.drug_words]
    for words in sorted(question.drug_words):
        at = rest.lower().find(words)
        short = " " in words and words not in question.drugs and len(unnamed) == 1
        if ("-" in words or short) and at >= 0:
            found.append(_term(words, (words, *(unnamed if short else ())), frequencies, False))
            rest = f"{rest[:at]} {rest[at + len(words) :]}"
    return found, rest


_IDENTIFIER = lazy_regex(r"(?<![\w-])([a-z]{1,5})-(\d+[a-z]?)(?![\w-]|\.\d)", re.IGNORECASE)
_NUMBERED = frozenset(
    "age arm class cycle day dose grade group level line month part phase score stage step type week year".split()
)
"""Words that a figure counts: "grade-3" is written without the hyphen too."""


def _identifiers(rest: str, frequencies: Frequencies) -> tuple[list[Term | None], str]:
    """Give names of letters and a figure ("IL-6") that the pages have as one thing each, and the words without them.

    By its parts, any other of that kind ("IL-1") would hold most of the name.
    """
    found: list[Term | None] = []
    for match in _IDENTIFIER.finditer(rest):
        name = match[0].lower()
        if match[1].lower() not in _NUMBERED and frequencies.of(stem(name)):
            forms = tuple((stem(each),) for each in (name, name.replace("-", "")))
            found.append(Term(match[0], forms, frequencies.weight(stem(name)), True))
            rest = rest.replace(match[0], " ", 1)
    return found, rest


def _found_in_patient(question: Question, rest: str, frequencies: Frequencies) -> tuple[list[Term | None], str]:
    """Give what is found in the patient as one thing each, by the words of pages too, and the words without them.

    Names that the pages give stay names.
    """
    found: list[Term | None] = []
    kept = {word for each in question.mentions for word in each.words.lower().split()} | question.drug_words | _THINGS
    kept -= {"blood"} if _PRESSURE.search(question.text) else set()
    alone = bool(question.kinds & _OF_FINDING) and not question.yes_no  # "does X help the confusion?"
    named: set[str] = set()
    for each in told_findings(question.text):
        words = [word for word in re.findall(r"[^\W_][\w'’]*", each.words) if word.lower() not in kept]
        ways = _ways((each.words, *each.on_pages), frequencies)
        under = () if alone else _ways(each.told_under, frequencies)
        bare = alone or each.words == question.text.strip(" ?.")
        if not (words and (ways or under)) or (bare and _FIGURE.search(each.words)):  # a value is told by a range
            continue
        own = tuple(way for way in spellings_as_stems([each.words]) if way in ways)
        weight = max(NAMED, min(max(map(frequencies.weight, way)) for way in ways or under))
        if own and len(own[0]) == 1:  # a plain word of the pages is as telling as it is rare
            weight = frequencies.weight(own[0][0])
        if each.name not in named:  # "fever 38.5" tells one thing
            found.append(Term(each.words, ways, weight, True, told=own, under=under))
        named.add(each.name)
        for word in words:
            rest = re.sub(rf"(?<![\w']){re.escape(word)}(?![\w'])", " ", rest, count=1)
    return found, rest


_FIGURE = lazy_regex(r"\d")
_PRESSURE = lazy_regex(r"\bblood pressure\b", re.IGNORECASE)
_THINGS = frozenset(
    "platelet platelets plt plts blood red cells plasma ffp transfusion line hickman picc port lumen cvc catheter "
    "cannula infusion".split()
)
"""Words of a finding for what it is found of, which tell something of their own."""
_OF_FINDING = frozenset("grading definition evidence list reference metadata monitoring mechanism".split())
"""Kinds of question that ask something of the finding itself, and not of what it may be or what is done for it."""


def _ways(words: Sequence[str], frequencies: Frequencies) -> tuple[tuple[str, ...], ...]:
    """Give the stems of words and phrases that these pages hold."""
    return tuple(way for way in spellings_as_stems(words) if all(map(frequencies.of, way)))


def _without_initials(words: str) -> str:
    """Give a name without the letters that its first words are cut to ("c difficile")."""
    return " ".join(word for word in words.split() if len(word) > 1)


_HERE = lazy_regex(
    r"\b(?:on|in|at|for) (?:(?:our|my|this) (?:own )?|(?:the )?(?=ward\b))"
    r"(?:ward|unit|cent(?:re|er)|hospital|clinic|department|service|site)\b",
    re.IGNORECASE,
)
"""Where the person asks, which names no subject."""
_ON_SHIFT = lazy_regex(
    r"\b(?:on|during|over|for) (?:the|a|my|this|our|tonight['’]?s) (?:(?:night|day|late|early|long|weekend|first) )*"
    r"(?:shift|on[- ]call)\b|\b(?:in the )?middle of the night\b|\bat (?:about )?\d{1,2}(?::\d\d)? ?(?:am|pm)\b|"
    r"\b(?:right|just) now\b",
    re.IGNORECASE,
)
"""When the person asks, which names none either."""
_AT_NIGHT = lazy_regex(r"\b(?:at|by|during the|in the) (?:night|weekends?)\b|\bout of hours\b", re.IGNORECASE)
_SINCE_INFUSION = lazy_regex(
    r"(?<=\bafter )((?:the )?(?:(?:car[- ]?t|cells?)[- ])?)(?:re-?)?infusion\b(?! (?:reaction|rate|site|related))",
    re.IGNORECASE,
)
"""Since when something is asked: the infusion of the cells, which the lines on what follows name seldom."""


def terms_of(question: Question, names: Names, frequencies: Frequencies) -> tuple[Term, ...]:
    """Give the terms of a question: the names in it, drugs that were resolved, then its other words."""
    found: list[Term | None] = []
    rest = _ON_SHIFT.sub(lambda match: " " * len(match[0]), question.text)
    if "contact" in question.kinds:  # whom to call in that hour, and nothing of what is done in it
        rest = _AT_NIGHT.sub(lambda match: " " * len(match[0]), rest)
    rest = _SINCE_INFUSION.sub(lambda match: f"{match[1]}{' ' * (len(match[0]) - len(match[1]))}", rest)
    if question.kind == "definition" or (question.kind == "treatment" and told_findings(question.text)):
        rest = _HERE.sub(lambda match: " " * len(match[0]), rest)
    for mention in sorted(question.mentions, key=lambda mention: -mention.begin):
        spellings = (mention.words, *names.spellings(mention.key))
        found.insert(0, _term(mention.words, spellings, frequencies, True))
        rest = rest[: mention.begin] + " " + rest[mention.end :]
    for written, drug in question.understood:
        if drug not in question.drugs:
            if " " in drug and drug in rest:
                found.append(_term(drug, (drug, written, _without_initials(drug)), frequencies, False))
                rest = rest.replace(drug, " ", 1)
            continue
        spellings = (drug, *(words for key in names.keys(drug) for words in names.spellings(key)))
        found.append(_term(drug, spellings, frequencies, True))
        for words in (written, drug):  # whole words: "hydrocort" is no part of the hydrocortisone that it stands for
            rest = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", rest)
    joined, rest = _joined_names(question, rest, frequencies)
    found += joined
    identified, rest = _identifiers(rest, frequencies)
    found += identified
    told, rest = _found_in_patient(question, rest, frequencies)
    found += told
    phrases, rest = _written_out(rest, frequencies)
    found += phrases
    days, rest = _days(rest, frequencies)
    found += days
    short = shorthand()
    for token in query_terms(FAILS.sub(" failing ", rest)):
        if "-" in token or not any(char.isalnum() for char in token):
            continue
        meaning = short.get(token)
        others = [other for way in meaning or () for other in other_spellings(way)]
        spellings = (token, *meaning, *others) if meaning else (token, *_nearly(token, question))
        spellings = _NO if token in _NO else spellings
        # what is defined is the subject: "define refractory status"
        faint = token in question.asking or (token in question.severity and question.kind != "definition")
        found.append(_term(token, spellings, frequencies, _is_page_in_short(token, names), faint))
    return tuple(dict.fromkeys(term for term in found if term))


@cache
def _shorts() -> dict[str, tuple[str, ...]]:
    """Give, by phrase of two words or more, what is short for it ("lumbar puncture": "lp")."""
    found: dict[str, list[str]] = {}
    pairs = ((short, words) for short, ways in shorthand().items() for words in ways)
    unless = ((short, words) for short, (words, always) in written_out().items() if not always)
    for short, words in chain(pairs, unless):
        if " " in words and short.isalpha():
            found.setdefault(words.lower(), []).append(short.lower())
    return {words: tuple(dict.fromkeys(shorts)) for words, shorts in found.items()}


def _written_out(rest: str, frequencies: Frequencies) -> tuple[list[Term | None], str]:
    """Give phrases that these pages have in short as one thing each ("lumbar puncture": LP), and the other words.

    A phrase whose short form no page has is left to its words.
    """
    found: list[Term | None] = []
    plain = rest.lower()
    for words, shorts in _shorts().items():
        said = re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", rest, re.IGNORECASE) if words in plain else None
        held = [short for short in shorts if frequencies.of(stem(short))] if said else []
        if said and held:
            found.append(_term(words, (words, *held), frequencies, False))
            rest = f"{rest[: said.start()]} {rest[said.end() :]}"
    return found, rest


_DAY = lazy_regex(r"(?<![\w-])(?:day|d)\s?([+-]?)\s?(\d{1,3})(?![\w.%/-])", re.IGNORECASE)


def _days(rest: str, frequencies: Frequencies) -> tuple[list[Term | None], str]:
    """Give the days that a question counts ("day 100") as one thing each, in the ways in which pages write them."""
    found: list[Term | None] = []
    for match in _DAY.finditer(rest):
        minus, figure = "-" if match[1] == "-" else "", match[2]
        forms = ((stem("day"), figure), (f"d{minus}{figure}",), ("d", figure))
        known = any(all(map(frequencies.of, form)) for form in forms)
        found.append(Term(match[0], forms, DAY, known))
    return found, _DAY.sub(" ", rest) if found else rest


DAY = 0.6
"""Weight of a day that a question counts, nats: hardly more than a bare figure, as it may only tell how far it is."""


def _is_page_in_short(token: str, names: Names) -> bool:
    """Tell whether a word is short for what a page is on, though the page does not give it ("TLS")."""
    words, always = written_out().get(token, ("", True))
    return not always and any(
        each.pages and (each.begin, each.end) == (0, len(words)) for each in names.mentions(words)
    )


def _nearly(token: str, question: Question) -> list[str]:
    """Give the drug that a word left open is one letter from, where no other one is: pages may be found by it."""
    candidates = [each for doubt in question.doubtful if doubt.word.lower() == token for each in doubt.candidates]
    near = [each for each in candidates if OSA.distance(token, each) == 1]
    return near if len(near) == 1 else []


_NO = (
    *("no", "not", "cannot", "never", "avoid", "unless", "except", "contraindicated", "contraindications"),
    *("don", "doesn", "shouldn", "mustn", "isn", "aren"),  # as "don't" is cut into words
)
"""Words of which one answers for another where a question says what is not so."""


def _in_letters(words: str, frequencies: Frequencies) -> list[str]:
    """Give the letters by which pages write words that they hardly ever write out ("lymphocytes": ALC)."""
    rare = [word for word in re.findall(r"[a-z&]{3,}", words.lower()) if frequencies.of(stem(word)) <= RARE]
    ways = (way for word in rare for way in abbreviated().get(word, ()) if _LETTERS.fullmatch(way))
    return [way for way in ways if frequencies.of(stem(way))][:MOST_WAYS]


_LETTERS = lazy_regex(r"[a-z]?[b-df-hj-np-tv-z]{2,3}")
"""Letters that are no word of English: at most the first one is a vowel."""
_TO_CALL = "call ring phone bleep contact escalation"
"""Words by which the places are found that tell whom to call: no two hospitals call it the same."""

MOST_WAYS = 3
"""Words of pages for one finding that is told of a patient, by which sections are searched for."""
RARE = 3
"""Passages up to which a spelling counts as rare; only then are other spellings searched for beside it."""


def expanded(
    question: Question, names: Names, frequencies: Frequencies, names_of: Mapping[str, tuple[str, ...]]
) -> str:
    """Give the question's words with what shorthand, rare spellings and resolved typing errors stand for, and with the
    names that the pages have for its drugs; `names_of` gives all names of a drug.

    A spelling that the pages themselves use often needs no other beside it: the words of a long form would outweigh
    the rest of the question.
    """
    words = question.text
    for written, meant in question.understood:
        words = re.sub(rf"\b{re.escape(written)}\b", meant, words)
    short = shorthand()
    extra = [
        " ".join(short[token])
        for token in dict.fromkeys(re.findall(r"[\w/']+", words.lower()))
        if token in short and not (token in written_out() and frequencies.of(stem(token)) > RARE)
    ]
    for mention in question.mentions:
        if all(frequencies.of(part) > RARE for part in spellings_as_stems([mention.words])[0]):
            continue
        others = [name for name in names.spellings(mention.key) if name.casefold() != mention.words.casefold()]
        extra += sorted(others, key=len, reverse=True)[:1] + others[:1]
    for drug in question.drugs:
        used = {name: min(map(frequencies.of, stems(name)), default=0) for name in (drug, *names_of.get(drug, ()))}
        commonest = max(used, key=lambda name: used[name])  # pages have a brand in one place, and letters everywhere
        extra += [name for name in dict.fromkeys((drug, commonest)) if name.lower() not in words.lower()]
    extra += _in_letters(words, frequencies)
    if "contact" in question.kinds:
        extra.append(_TO_CALL)
    for each in told_findings(question.text):
        held = (way for way in (*each.on_pages, *each.told_under) if all(map(frequencies.of, stems(way))))
        extra += [way for way in held if way.lower() not in words.lower()][:MOST_WAYS]
    return " ".join(dict.fromkeys([words, *extra]))


_CHILD_PUGH = lazy_regex(r"\bchild[- ](?:turcotte[- ])?pugh\b", re.IGNORECASE)


class Held:
    """The stems of a piece of text, asked whether they hold a term."""

    def __init__(self, text: str) -> None:
        """Take the text; a grade of liver disease by its authors is of no child."""
        self.stems = frozenset(stems(_CHILD_PUGH.sub("pugh", text)))

    def holds(self, term: Term) -> bool:
        """Tell whether any spelling of the term occurs."""
        stems = self.stems
        # asked thousands of times a question, so no generator; the first stem alone rules most forms out
        for form in term.forms:  # noqa: SIM110
            if form[0] in stems and (len(form) == 1 or stems.issuperset(form)):
                return True
        return False

    def heads(self, term: Term) -> bool:
        """Tell whether a heading holds the term, or what it is told of under."""
        return self.holds(term) or any(self.stems.issuperset(form) for form in term.under)

    def holds_with(self, other: "Held", term: Term) -> bool:
        """Tell whether any spelling of the term occurs in this text and another together."""
        mine, theirs = self.stems, other.stems
        return any(all(stem in mine or stem in theirs for stem in form) for form in term.forms)


@lru_cache(maxsize=20_000)
def held(text: str) -> Held:
    """Give the stems of a text of the pages, remembered; pages change only with the index."""
    return Held(text)


@cache
def kind_headings() -> dict[str, re.Pattern[str]]:
    """Give, for each kind of question, the words that head what answers it."""
    rows = files("wardbook.answering").joinpath("data/kind_headings.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {kind: lazy_regex(rf"\b(?:{pattern})\b", re.IGNORECASE) for kind, pattern in pairs}
