"""Scores of what can be quoted: how well each sentence, bullet and row answers a question."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul

from wardbook.answering.action import action_fit, first_fit
from wardbook.answering.age_held import words_of_age
from wardbook.answering.carried import carried
from wardbook.answering.drug_class import told_by_class
from wardbook.answering.fit import (
    acts,
    asks_all,
    compares,
    defines,
    form_fit,
    grade_fit,
    is_criterion,
    lists_references,
    population_fit,
    setting_fit,
)
from wardbook.answering.furniture import FURNITURE, is_furniture
from wardbook.answering.had import came_before, had
from wardbook.answering.headed import asked_kinds, aspect_fit
from wardbook.answering.in_vain import failed_words, next_fit
from wardbook.answering.otherwise import not_had, of_case
from wardbook.answering.question import Question
from wardbook.answering.speech import of_barred, of_mechanism, weighed
from wardbook.answering.terms import ASKING, Held, Term, held, stems
from wardbook.answering.time_asked import ANCHOR, of_time, time_fit
from wardbook.answering.use_asked import use_fit
from wardbook.answering.value_fit import holds_value
from wardbook.corpus.unit import Unit
from wardbook.kept import OF_QUESTIONS
from wardbook.lazy_regex import lazy_regex

HELD = 1.35
"""What a unit gains that holds all of the question's terms."""
FOUND = 0.5
"""What the best section of the ranking gains."""
ASPECT = 0.35
"""What a unit gains whose heading answers this kind of question."""
ALONE = 0.55
"""What the heading or the words of a mechanism add: nothing else tells how something acts."""
BARE = 0.8
"""What a heading of the kind asked adds where the question has nothing but a name beside it ("X prognosis")."""
ACTS = 0.6
"""How far a line that tells how something acts is on a mechanism, whatever its heading."""
CARRIED = 0.5
"""Credit of a term that a sentence names no more, since one before it did ("Evidence for it is poor")."""
COMPARES = 0.8
"""How far a line that sets the things named against each other is on a comparison, whatever its heading."""
HEADED = 0.8
"""How far a section that is headed by what the items are asked of is on that."""
OPENING = 40
"""Characters in which a line names what it is of."""
BY_VALUE = 0.5
"""What a unit gains whose range holds the value that the question gives, and loses where it does not."""
OTHER_WORDS = 0.85
"""What a finding counts that a unit speaks of in other words than the question."""
ON_FINDING = 0.2
"""What a unit gains whose headings or page are on a finding that is told of a patient."""
LED_TO = 0.7
"""What a drug counts that only sections beside name."""
RETIRED = 0.6
"""What a line of a page that no longer holds loses: it stands behind what answers as well."""
_BESIDE = lazy_regex(r"\b(?:with|without|if on|on|plus|versus|vs\.?|than) [\w-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SectionHit:
    """One section that retrieval found."""

    page: str
    """Page id."""
    title: str
    """Page title."""
    section: str
    """Section id."""
    path: tuple[str, ...]
    """Headings above and of the section."""
    score: float
    """Fused score of its best passage, about 0 to 1 within one ranking."""
    dense: float
    """Best cosine of its passages with the question."""
    units: tuple[Unit, ...]
    """What can be quoted from it."""
    retired: bool = False
    """True where its page says that it no longer holds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One unit that answers."""

    hit: SectionHit
    """Where it stands."""
    unit: Unit
    """The sentence, bullet or row."""
    score: float
    """How well it answers, comparable within one question."""
    coverage: float
    """Part of the question's terms, by weight, that it and what stands above it hold, 0 to 1."""
    lacks_drug: bool = False
    """True where a drug that the question names is nowhere in it or above it."""
    above: float = 0.0
    """Part of the question's terms, by weight, that its headings and the page's title hold, 0 to 1."""
    aspect: float = 0.0
    """How far its headings say that it answers this kind of question, 0 to 1, see `fit.aspect_fit`."""
    holds: frozenset[str] = frozenset()
    """Words of the telling terms that it or its leads hold; words of asking only where its label does."""
    open: frozenset[str] = frozenset()
    """Words of the telling terms that pages hold and neither its headings nor the page's title do."""
    beside: frozenset[str] = frozenset()
    """Words of the drugs asked about that only a section beside its own holds, under the same heading."""
    of_class: frozenset[str] = frozenset()
    """Words of the drugs asked about that it speaks of by their class alone, see `drug_class`."""
    by_value: bool | None = None
    """Whether its ranges hold the values that the question gives; None where they are of none of them."""
    told: frozenset[str] = frozenset()
    """Words of the question that give these values, where they hold them."""
    note: str = ""
    """How what it speaks of differs from what was asked about ("about adults, not children"), see `strip.note`."""


def titled(hit: SectionHit) -> str:
    """Give the title of a section's page with its file's name and folders, which say what it is about too."""
    return " ".join([hit.title, *hit.page.split("/")])


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands above a unit."""

    title: Held
    path: Held
    apart: frozenset[str]
    several: bool


def _above(term: Term, context: _Context) -> float:
    """Give how much a term counts that a heading or the page's title holds."""
    if context.path.heads(term):
        return 0.95
    if context.title.heads(term):
        return 0.45 if term.words in context.apart else 0.97 if term.name and not context.several else 0.7
    return 0.0


def _shared(term: Term, own: Held, context: _Context) -> bool:
    """Tell whether a line holds of a name of several words what the title above it lacks ("PJP" of PJP prophylaxis)."""
    if not term.name or len(term.forms[0]) < 2 or term.words.lower() == " ".join(term.forms[0][:1]):
        return False
    above = context.title.stems | context.path.stems
    rest = set(term.forms[0]) - above
    return bool(rest) and len(rest) < len(term.forms[0]) and rest <= own.stems


def _share(weights: Sequence[float], credits: Iterable[float]) -> float:
    """Give the part of the terms, by weight, that is credited, 0 to 1."""
    total = sum(weights)
    return sum(map(mul, weights, credits)) / total if total else 0.0


def _asked_drugs(question: Question, terms: Sequence[Term]) -> list[Term]:
    """Give the drugs that a unit must speak of, itself or by what stands above it; else it is about another one.

    Of two compared, a unit may speak of one; but where no page has one of them, nothing compares them.
    """
    given = had(question) | failed_words(question) | not_had(question)
    drugs = [term for term in terms if term.words.lower() in question.drug_words - given]
    return [term for term in drugs if not term.known] if question.kinds & {"compare", "order"} else drugs


def asks_kind_alone(question: Question, terms: Sequence[Term]) -> bool:
    """Tell whether a question names one thing by its name, and all its other words tell no more than its one kind."""
    named = [term for term in terms if term.name or term.words.lower() in question.drug_words]
    said = {"grade", "grades"} if question.grades else set[str]()
    telling = [term for term in terms if term.weight > ASKING and term.words.lower() not in said]
    alone = len(named) == 1 and all(term in named for term in telling)
    return alone and len(asked_kinds(question)) == 1 and question.kind != "other"


def _only_beside(question: Question, terms: Sequence[Term], hit: SectionHit, unit: Unit) -> bool:
    """Tell whether a drug that the question names stands in a unit only as what is given beside another ("with X").

    The question names no other, and the title and headings, which tell of what the line is, do not hold it.
    """
    if question.kinds & {"compare", "evidence", "prognosis"}:
        return False  # an arm of a trial is those "with X"
    drugs = [term for term in terms if term.words.lower() in question.drug_words]
    if len(drugs) != 1 or not held(unit.text).holds(drugs[0]):
        return False
    if held(" ".join([hit.title, *hit.path, *unit.lead])).holds(drugs[0]):
        return False
    if not _of_asked(question.text).holds(drugs[0]) or _is_had(question.text, drugs[0].words):
        return False
    return not held(_BESIDE.sub(" ", unit.text)).holds(drugs[0])


@lru_cache(maxsize=OF_QUESTIONS)
def _of_asked(question: str) -> Held:
    return Held(_BESIDE.sub(" ", question))


def _is_had(question: str, drug: str) -> bool:
    """Tell whether a drug is what the patient has already ("an aspirin patient")."""
    return bool(re.search(rf"\b{re.escape(drug)} (?:patients?|users?)\b", question, re.IGNORECASE))


def _holds(terms: Sequence[Term], there: Sequence[bool], unit: Unit) -> frozenset[str]:
    """Give the words of the terms that pages hold and are `there`; words of asking only in its label or first cell."""
    label = held(unit.values[0][1] if unit.values else unit.text.partition(":")[0] if ":" in unit.text[:60] else "")
    return frozenset(
        term.words
        for term, is_there in zip(terms, there, strict=True)
        if term.known and (is_there if term.weight > ASKING else term.weight == ASKING and label.holds(term))
    )


def _in_initials(terms: Sequence[Term], text: str) -> frozenset[str]:
    """Give the words of terms that no page has and that are the initials of words of a text ("BSC")."""
    short = [term.words.lower() for term in terms if not term.known and re.fullmatch(r"[A-Za-z]{3,5}", term.words)]
    return frozenset(word for word in short if word in initials(text, len(word)))


@lru_cache(maxsize=20_000)
def initials(text: str, count: int) -> frozenset[str]:
    """Give the initials of so many words that follow one another in a text, lower case.

    No long form of letters holds a word of place or time: "weeks to months after" is none of "TMA".
    """
    whole = re.findall(r"[^\W\d_]+", text.lower())
    telling = [word for word in whole if word not in ("and", "of", "the")]
    runs = (words[at : at + count] for words in (whole, telling) for at in range(len(words) - count + 1))
    return frozenset("".join(word[0] for word in run) for run in runs if _NOT_NAMED.isdisjoint(run))


_NOT_NAMED = frozenset(
    "to after before by in on at from for is are be was if until till than then not no or as when with within".split()
)


def _past(question: Question, terms: Sequence[Term], hits: Iterable[SectionHit]) -> dict[str, frozenset[str]]:
    """Give, by page, the drugs after which something was found in a patient that a line found on the page names."""
    came = came_before(question)
    drugs = [term for term in terms if term.words.lower() in came]
    found: dict[str, set[str]] = {}
    for hit in hits if drugs else ():
        words = held(" ".join([hit.title, *hit.path, *(unit.text for unit in hit.units)]))
        found.setdefault(hit.page, set()).update(term.words for term in drugs if words.holds(term))
    return {page: frozenset(words) for page, words in found.items()}


def _opens(label: str, term: Term) -> bool:
    """Tell whether a row's label begins with a drug, so that the rows beside it are each of what they begin with."""
    first = tuple(stems(label.replace("-", " ")))
    return any(first[: len(form)] == form for form in term.forms)


def _is_headed(terms: Sequence[Term], hit: SectionHit, context: _Context) -> bool:
    """Tell whether the heading right above names what tells most, and the title or headings all else that tells."""
    telling = [term for term in terms if term.weight > ASKING]
    most = max(telling, key=lambda term: term.weight, default=None)
    if most is None or not hit.path or not held(hit.path[-1]).holds(most):
        return False
    return all(context.path.holds(term) or context.title.holds(term) for term in telling)


def score_hit(
    question: Question,
    terms: Sequence[Term],
    hit: SectionHit,
    apart: frozenset[str] = frozenset(),
    beside: frozenset[str] = frozenset(),
    only: Callable[[Unit], bool] | None = None,
    past: frozenset[str] = frozenset(),
) -> list[Evidence]:
    """Score the units of a section; `apart` are terms that the page speaks of as one thing among several.

    `beside` are drugs asked about that sections under the same heading name: a section that holds all else that is
    asked ("Exclusion criteria" beside "Thrombolysis") is about them too. A row beside one that names the drug is not.
    """
    path = " ".join(hit.path)
    context = _Context(held(titled(hit)), held(path), apart, lists_several(hit.title))
    # what no page holds tells units apart no more than what the title says of all of them
    known = [term for term in terms if term.known]
    credits = [_above(term, context) for term in terms]
    weights, of_known = [term.weight for term in terms], [term.weight for term in known]
    above = _share(weights, credits)
    left = frozenset(
        term.words
        for term, credit in zip(terms, credits, strict=True)
        if term.known and term.weight > ASKING and not credit
    )
    telling = [term for term in terms if term.known and term.weight > ANCHOR]
    drugs = _asked_drugs(question, terms)
    # what is done for a finding need not name the drug that came before it again where its page does
    drugs = [term for term in drugs if term.words not in past]
    names = [term for term in terms if term.known and (term.name or term.words.lower() in question.drug_words)]
    elsewhere = question.kind == "definition" and any(
        term.name and not credit for term, credit in zip(terms, credits, strict=True)
    )
    headed = asks_all(question) and question.kind != "grading" and _is_headed(known, hit, context)
    weight = BARE if asks_kind_alone(question, terms) else ALONE if question.kind == "mechanism" else ASPECT
    on_patient = any(term.told is not None for term in terms)
    on_finding = any(term.told is not None and credit for term, credit in zip(terms, credits, strict=True))
    tabled = {
        unit.block for unit in hit.units if unit.values and any(_opens(unit.values[0][1], term) for term in drugs)
    }
    found = []
    for at, unit in enumerate(hit.units):
        if only and not only(unit):
            continue
        lead = " ".join([*unit.lead, *(name for name, _ in unit.values)])
        own, led, before = held(unit.text), held(lead), held(carried(hit.units, at))
        words = f"{unit.text} {path} {lead}"
        over = held(f"{titled(hit)} {path} {lead} {carried(hit.units, at)}")
        unnamed = [term for term in drugs if not own.holds_with(over, term)]
        of_class = told_by_class(question, known, unnamed, (hit.title, *hit.path), unit)
        unnamed = [term for term in unnamed if term.words not in of_class]
        led_to = unnamed and unit.block not in tabled and _all_else(known, unnamed, own, over, beside)
        lacks = bool(unnamed and not led_to) or _only_beside(question, terms, hit, unit)
        by_value, told = holds_value(question.text, unit, "\n".join([hit.title, *hit.path, *unit.lead]))
        if by_value and is_criterion(question, hit.path, unit):
            by_value, told = None, frozenset[str]()
        told |= _in_initials(terms, unit.text) | words_of_age(question, words)
        defined = defines(question, unit, terms)
        aspect = 1.0 if defined else 0.0 if elsewhere else aspect_fit(question, unit, hit.path)
        if question.kind == "mechanism" and acts(unit.text):
            aspect = max(aspect, ACTS)
        if "compare" in question.kinds and compares(unit.text) and all(own.holds_with(over, term) for term in names):
            aspect = max(aspect, COMPARES)
        if headed:
            aspect = max(aspect, HEADED)
        near = beside if led_to else frozenset[str]()
        spoken_of = near | of_class
        asserted = held(_DENIED.sub(" ", unit.text)) if on_patient and _DENIED.search(unit.text) else own
        there = [
            term.words.lower() in told
            or (own if term.told is None else asserted).holds(term)
            or led.holds(term)
            or _shared(term, own, context)
            for term in terms
        ]
        credited = [
            LED_TO
            if term.words in spoken_of
            else _whole(term, own)
            if is_there
            else max(credit, CARRIED * before.holds(term))
            for term, is_there, credit in zip(terms, there, credits, strict=True)
        ]
        holds = _holds(terms, there, unit)
        named = any(credit > CARRIED for term, credit in zip(terms, credited, strict=True) if term in telling)
        score = (
            HELD * _share(of_known, [credit for term, credit in zip(terms, credited, strict=True) if term.known])
            + FOUND * hit.score
            + weight * aspect
            + grade_fit(question, unit, f"{path} {lead}")
            + setting_fit(question, words)
            + population_fit(question, words)
            + form_fit(question, unit, f"{path} {lead}")
            + next_fit(question, unit, hit.path)
            + first_fit(question, hit.path)
            + action_fit(question, unit, on_it=not on_patient or on_finding or _speaks_of_found(terms, there))
            + use_fit(question.text, unit, hit.path, f"{path} {lead}")
            + time_fit(question, unit, named, own_named=any(term.words in holds for term in telling))
            + defined
            + (ON_FINDING if on_finding else 0.0)
            - min(0.012 * at, 0.1)
            - (0.5 if lacks else 0.0)
            - (FURNITURE if is_furniture(unit) and question.kind not in _ON_PAGES else 0.0)
            - (RETIRED if hit.retired else 0.0)
            + {True: BY_VALUE, False: -BY_VALUE, None: 0.0}[by_value]
        )
        coverage = _share(weights, credited)
        found.append(
            Evidence(hit, unit, score, coverage, lacks, above, aspect, holds, left, near, of_class, by_value, told)
        )
    return found


_ON_PAGES = frozenset({"metadata", "reference"})
"""Kinds of question that the head and foot of a page may answer."""
_DENIED = lazy_regex(r"\b(?:no|without|nil|absence of|free of)\s+[\w-]+|\bafebrile\b|\b[\w]+-free\b", re.IGNORECASE)
"""Says that something is not found ("no fever 48 h", of who may go home)."""


def _speaks_of_found(terms: Sequence[Term], there: Sequence[bool]) -> bool:
    """Tell whether a unit speaks of a finding that is told of a patient."""
    return any(is_there and term.told is not None for term, is_there in zip(terms, there, strict=True))


def _whole(term: Term, own: Held) -> float:
    """Give what a term counts that a unit holds: a finding told by other words than the page's a little less."""
    return 1.0 if term.told is None or any(own.stems.issuperset(form) for form in term.told) else OTHER_WORDS


def _all_else(terms: Sequence[Term], unnamed: Sequence[Term], own: Held, over: Held, beside: frozenset[str]) -> bool:
    """Tell whether sections beside name the drugs that a unit lacks, and it holds all else that tells, one at least."""
    telling = [term for term in terms if term.weight > ASKING and term not in unnamed]
    named = all(term.words in beside for term in unnamed)
    return named and bool(telling) and all(own.holds_with(over, term) for term in telling)


def _beside(drugs: Sequence[Term], hits: Iterable[SectionHit]) -> dict[tuple[str, tuple[str, ...]], frozenset[str]]:
    """Give, by page and heading, the drugs that the sections right below it name in a heading or open a line with.

    Right below the title the headings alone tell: a page on several drugs has its "Premedication" for all of them.
    """
    found: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for hit in hits:
        openings = (_BESIDE.sub(" ", unit.text[:OPENING]) for unit in hit.units)
        words = held(" ".join([*hit.path[-1:], *(openings if len(hit.path) > 1 else ())]))
        named = {term.words for term in drugs if words.holds(term)}
        found.setdefault((hit.page, hit.path[:-1]), set()).update(named)
    return {place: frozenset(words) for place, words in found.items()}


def _apart(terms: Sequence[Term], hits: Sequence[SectionHit]) -> dict[str, frozenset[str]]:
    """Give, by page, the names that its title lacks as asked, or has among several, and its headings or words have.

    Such a name stands for one thing among several on the page; the title alone then says little.
    """
    found: dict[str, set[str]] = {}
    for term in (term for term in terms if term.name):
        form = term.forms[0]
        for hit in hits:
            title = held(hit.title).stems
            if title.issuperset(form) and lists_several(hit.title):
                apart = held(" ".join(hit.path)).holds(term)
            else:
                titled = any(title.issuperset(each) for each in term.forms) and not _JOINED.search(hit.title)
                titled = titled or _is_short_for(term.words, hit.title)
                apart = not titled and any(held(unit.text).stems.issuperset(form) for unit in hit.units)
            if apart:
                found.setdefault(hit.page, set()).add(term.words)
    return {page: frozenset(words) for page, words in found.items()}


def _is_short_for(words: str, title: str) -> bool:
    """Tell whether a name is the initials of words of a title ("CRS"): the page's own, and no thing among several."""
    return words.isupper() and words.lower() in initials(title, len(words))


_JOINED = lazy_regex(r"\w (?:and|&|or|vs\.?|versus) \w|\w ?/ ?\w", re.IGNORECASE)
"""In a title of two things ("Risk model for X and Y"), of which a line is of the one that it names itself."""


def lists_several(title: str) -> bool:
    """Tell whether a title lists things ("Risk scores: A, B and C")."""
    return len(re.split(r"[:,;]", title)) > 2


def _without_references(question: Question, hits: list[SectionHit]) -> list[SectionHit]:
    """Leave out lists of references, which state nothing, where the question does not ask for a paper.

    An entry that stands among other lines is left out too: "Rivers K, et al." is no line on potassium.
    """
    if question.kinds & {"reference", "metadata"}:
        return hits
    listed = [hit for hit in hits if not lists_references(hit.path)]
    if "evidence" in question.kinds:
        return listed
    return [
        replace(hit, units=tuple(unit for unit in hit.units if not _names_authors(unit.text)))
        if any(_names_authors(unit.text) for unit in hit.units)
        else hit
        for hit in listed
    ]


_AUTHORS = lazy_regex(r"\b[A-Z][\w'’-]+ [A-Z]{1,3}, (?:[A-Z][\w'’ -]+ [A-Z]{1,3}, )*et al\b")


@lru_cache(maxsize=20_000)
def _names_authors(text: str) -> bool:
    return _AUTHORS.search(text) is not None


def rank(
    question: Question,
    terms: Sequence[Term],
    hits: Iterable[SectionHit],
    only: Callable[[Unit], bool] | None = None,
) -> list[Evidence]:
    """Rank the units of all sections, or `only` some of them, best first; equal scores by page and line."""
    terms = of_time(question, of_mechanism(question, of_barred(question, weighed(terms))))
    listed = [
        replace(hit, units=of_case(question, hit.title, hit.path, hit.units))
        for hit in _without_references(question, list(hits))
    ]
    apart = _apart(terms, listed)
    beside = _beside(_asked_drugs(question, terms), listed)
    past = _past(question, terms, listed)
    found = [
        each
        for hit in listed
        for each in score_hit(
            question,
            terms,
            hit,
            apart.get(hit.page, frozenset()),
            beside[hit.page, hit.path[:-1]],
            only,
            past.get(hit.page, frozenset()),
        )
    ]
    return _by_value_first(sorted(found, key=lambda each: (-each.score, each.hit.page, each.unit.lines)))


def _by_value_first(ranked: list[Evidence]) -> list[Evidence]:
    """Put the best line before the ones of its section that draw no range, where its own holds the value asked.

    The points of a score are given by more lines than the one that says what a total of 2 means.
    """
    best = ranked[0] if ranked else None
    if best is None or best.by_value is not None:
        return ranked
    near = (each for each in ranked if each.hit is best.hit and each.by_value and each.score >= NEARLY * best.score)
    first = next(near, None)
    return [first, *(each for each in ranked if each is not first)] if first else ranked


NEARLY = 0.95
"""Part of the best line's score from which one that holds the value asked goes before it."""
