"""Evidence: from ranked passages to the few sentences, bullets and rows that answer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wardbook.answering.question import Question, grades_of
from wardbook.answering.terms import Held, Term, held, kind_headings
from wardbook.corpus.unit import Unit

MOST_UNITS = 6
"""Units of an answer."""
MOST_CHARACTERS = 1000
"""Characters of the units of an answer; the contract's 1,200 less what markers and notes need."""
MARGIN = 0.8
"""A further unit is taken where its score is at least this part of the best one's."""
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|without|avoid\w*|contraindicat\w*|ineffective|only|unless|except|neither|cannot|n't)\b|n't\b",
    re.IGNORECASE,
)
_ASKS_WHAT_NOT = re.compile(
    r"\b(?:should|must|do|can|may) not\b|\bavoid\b|\bcontraindicat\w*|\bnot to\b|\bnever\b", re.IGNORECASE
)
_ANAPHOR = re.compile(
    r"^(?:it|its|this|these|those|they|their|such|that|he|she|both|either|here|then|however|but|also|the (?:drug|dose|"
    r"same|latter|former|trial|study|rate|rule|figure|risk))\b",
    re.IGNORECASE,
)
_NUMERIC = frozenset({"dose", "max", "duration", "interval", "evidence"})
_REFERENCES = re.compile(
    r"\b(?:references?|bibliography|literature|further reading|see also|citations?)\b", re.IGNORECASE
)
_PROPHYLAXIS = re.compile(r"\bprophyla\w*|\bprevent\w*|\bpre-?empt\w*", re.IGNORECASE)
_CHILD = re.compile(r"\b(?:child\w*|p(?:a)?ediatr\w*|infant\w*|neonat\w*|adolescent\w*)\b", re.IGNORECASE)
_ADULT = re.compile(r"\badults?\b", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands above a unit."""

    title: Held
    path: Held
    words: str
    apart: frozenset[str]


def _credit(term: Term, unit: Held, lead: Held, context: _Context) -> float:
    """Give how much a term counts: held by the unit itself, by its lead, by a heading, or by the page's title."""
    if unit.holds(term):
        return 1.0
    if lead.holds(term):
        return 0.9
    if context.path.holds(term):
        return 0.85
    if context.title.holds(term):
        return 0.45 if term.words in context.apart else 0.75
    return 0.0


def _coverage(terms: Sequence[Term], unit: Held, lead: Held, context: _Context) -> float:
    total = sum(term.weight for term in terms)
    return sum(term.weight * _credit(term, unit, lead, context) for term in terms) / total if total else 0.0


def _own(terms: Sequence[Term], unit: Held) -> float:
    """Give the part of the question that the unit holds itself, what its page or headings say left out."""
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if unit.holds(term)) / total if total else 0.0


def _grade_fit(question: Question, words: str, above: str) -> float:
    """Weigh the grades that a unit names, or else what stands above it, against those asked."""
    if not question.grades:
        return 0.0
    named = grades_of(words) or grades_of(above)
    if not named:
        return 0.0
    return 0.25 if set(named) & set(question.grades) else -0.4


def _setting_fit(question: Question, words: str) -> float:
    preventive = bool(_PROPHYLAXIS.search(words))
    if question.setting == "prophylaxis":
        return 0.2 if preventive else -0.1
    return -0.12 if preventive else 0.0


def _population_fit(question: Question, words: str) -> float:
    child, adult = bool(_CHILD.search(words)), bool(_ADULT.search(words))
    if question.population == "child":
        return 0.15 if child else -0.1 if adult else 0.0
    if question.population == "adult":
        return 0.1 if adult else -0.15 if child else 0.0
    return 0.0


def _kind_fit(question: Question, unit: Unit, above: str) -> float:
    """Weigh whether headings, leads or the unit's own label say that it answers this kind of question."""
    headings = kind_headings()
    label = unit.text.partition(":")[0] if ":" in unit.text[:60] else ""
    fit = 0.0
    for kind in question.kinds:
        pattern = headings.get(kind)
        if pattern and pattern.search(f"{label} {above}"):
            fit = max(fit, 0.2 if kind == question.kind else 0.12)
    if question.kinds & _NUMERIC and re.search(r"\d", unit.text):
        fit += 0.08
    return fit


def _form_fit(question: Question, unit: Unit, above: str) -> float:
    """Weigh the unit's form: references and sketches answer little; a yes-or-no question wants the "not"."""
    fit = 0.0
    if _REFERENCES.search(above):
        fit += 0.5 if question.kind == "reference" else -0.35
    if unit.kind in ("code", "picture"):
        fit -= 0.2
    if "grading" in question.kinds and unit.kind == "row" and re.search(r"\d\s*(?:mg|g|mcg)\b", unit.text):
        fit -= 0.4
    if unit.text.endswith(":") or len(unit.text) < 25:
        fit -= 0.15
    if question.yes_no and _NEGATION.search(unit.text):
        fit += 0.15
    if _ASKS_WHAT_NOT.search(question.text):
        fit += 0.25 if _NEGATION.search(unit.text) else -0.15
    return fit


def _defines(question: Question, unit: Unit, terms: Sequence[Term]) -> float:
    """Favour a sentence that opens with the thing asked about and says what it is."""
    if question.kind != "definition" or unit.kind == "row":
        return 0.0
    opening = held(unit.text[:80])
    named = [term for term in terms if term.name] or list(terms)
    says = re.search(r"\b(?:is|are|means|refers to|stands for|describes|defined as)\b|\(", unit.text[:160])
    return 0.35 if says and named and all(opening.holds(term) for term in named) else 0.0


def _lacks_drug(question: Question, terms: Sequence[Term], words: str) -> bool:
    """Tell whether a drug that the question names is nowhere in a unit or above it; then it is about another one."""
    if "compare" in question.kinds:
        return False
    drugs = [term for term in terms if term.words.lower() in question.drug_words]
    return bool(drugs) and not all(held(words).holds(term) for term in drugs)


def score_hit(
    question: Question, terms: Sequence[Term], hit: SectionHit, apart: frozenset[str] = frozenset()
) -> list[Evidence]:
    """Score every unit of a section; `apart` are terms that the page speaks of as one thing among several."""
    path = " ".join(hit.path)
    context = _Context(held(hit.title), held(path), path, apart)
    found = []
    for at, unit in enumerate(hit.units):
        lead = " ".join(unit.lead)
        own, above = held(unit.text), f"{path} {lead}"
        coverage = _coverage(terms, own, held(lead), context)
        words = f"{unit.text} {above}"
        lacks = _lacks_drug(question, terms, f"{hit.title} {words}")
        score = (
            coverage
            + 0.35 * _own(terms, own)
            + 0.35 * hit.score
            + _kind_fit(question, unit, above)
            + _grade_fit(question, unit.text, above)
            + _setting_fit(question, words)
            + _population_fit(question, words)
            + _form_fit(question, unit, above)
            + _defines(question, unit, terms)
            - min(0.012 * at, 0.1)
            - (0.5 if lacks else 0.0)
        )
        found.append(Evidence(hit, unit, score, coverage, lacks))
    return found


def _apart(terms: Sequence[Term], hits: Sequence[SectionHit]) -> dict[str, frozenset[str]]:
    """Give, by page, the names that its title does not have as asked and its words or headings do.

    Such a name is an alias of the page that stands for one thing among several on it; the title alone then says little.
    """
    found: dict[str, set[str]] = {}
    for term in (term for term in terms if term.name):
        form = term.forms[0]
        for hit in hits:
            if not held(hit.title).stems.issuperset(form) and any(
                held(unit.text).stems.issuperset(form) for unit in hit.units
            ):
                found.setdefault(hit.page, set()).add(term.words)
    return {page: frozenset(words) for page, words in found.items()}


def rank(question: Question, terms: Sequence[Term], hits: Iterable[SectionHit]) -> list[Evidence]:
    """Rank the units of all sections, best first; equal scores by page and line."""
    listed = list(hits)
    apart = _apart(terms, listed)
    found = [each for hit in listed for each in score_hit(question, terms, hit, apart.get(hit.page, frozenset()))]
    return sorted(found, key=lambda each: (-each.score, each.hit.page, each.unit.lines))


def _alike(one: Unit, other: Unit) -> bool:
    left, right = set(held(one.text).stems), set(held(other.text).stems)
    return len(left & right) > 0.8 * min(len(left), len(right)) if left and right else False


def choose(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Take the units that answer: the best, and those nearly as good that add something, best first."""
    if not ranked:
        return []
    floor = ranked[0].score * MARGIN
    taken: list[Evidence] = []
    used = 0
    for each in ranked:
        if each.score < floor or len(taken) >= MOST_UNITS:
            break
        size = len(each.unit.text)
        if (used and used + size > MOST_CHARACTERS) or any(_alike(each.unit, other.unit) for other in taken):
            continue
        taken.append(each)
        used += size
    return taken


_WHOLE_BLOCK = frozenset({"grading", "list"})
MOST_SIBLINGS = 10
"""Rows or bullets of one table or list that are taken together."""


def with_siblings(question: Question, taken: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """For criteria and lists, take all rows or bullets of the best one's table or list in place of other sections."""
    if not taken or not question.kinds & _WHOLE_BLOCK or taken[0].unit.kind == "sentence":
        return list(taken)
    best = taken[0]
    siblings = [
        each
        for each in ranked
        if each.hit is best.hit and each.unit.block == best.unit.block and each.unit.kind == best.unit.kind
    ]
    if best.unit.kind == "bullet":
        near = [unit for unit in best.hit.units if unit.kind == "bullet" and unit.lead == best.unit.lead]
        siblings = [each for each in ranked if each.hit is best.hit and each.unit in near]
    if not 1 < len(siblings) <= MOST_SIBLINGS:
        return list(taken)
    return [best, *(each for each in siblings if each is not best)]


def with_antecedents(taken: Sequence[Evidence]) -> list[Evidence]:
    """Put before a sentence that begins with "it", "these" and the like the sentence that it leans on."""
    found: list[Evidence] = []
    for each in taken:
        units = each.hit.units
        at = units.index(each.unit)
        before = units[at - 1] if at else None
        leans = each.unit.kind == "sentence" and _ANAPHOR.match(each.unit.text)
        if leans and before is not None and before.block == each.unit.block and before.kind == "sentence":
            found.append(replace(each, unit=before))
        found.append(each)
    return list({(each.hit.page, each.unit.lines, each.unit.quote): each for each in found}.values())


def in_reading_order(taken: Sequence[Evidence]) -> list[Evidence]:
    """Keep the best first, and the others of its section with it as the page has them; then the next section."""
    order: Mapping[tuple[str, str], int] = {
        key: at for at, key in enumerate(dict.fromkeys((each.hit.page, each.hit.section) for each in taken))
    }
    best = taken[0] if taken else None

    def place(each: Evidence) -> tuple[int, bool, tuple[int, int]]:
        return order[(each.hit.page, each.hit.section)], each is not best, each.unit.lines

    return sorted(taken, key=place)
