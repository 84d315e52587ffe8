"""Whether the pages answer: a calibrated score over how much of the question the evidence holds."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from wardbook.answering.evidence import Evidence
from wardbook.answering.how_many_have import tells_share
from wardbook.answering.scoring import LED_TO, titled
from wardbook.answering.speech import counting_words, spoken_words, weighed
from wardbook.answering.strip import names_group
from wardbook.answering.terms import ASKING, FAINT, Term, held
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.telling import is_disease
from wardbook.lazy_regex import lazy_regex

THRESHOLD = 0.34
"""Probability below which wardbook says that the pages do not answer."""
SURER = 0.4
"""The same where a dose is asked, or the best passage is so far from the question that it may be of another subject."""
FAR = 0.4
"""Cosine of a question and its best passage below which they are far."""
DOUBTFUL = 0.5
"""Probability below which an answer says that it may be none."""
WEIGHTS = (-8.45, 6.5, 3.7, 2.3, -0.9)
"""Intercept and weights of the signals, in their order: logistic regression on questions over several corpora, each
asked also with what answers it taken away; see eval/README.md."""
UNKNOWN = 0.8
"""Weight at most of a word that no page holds, nats: it may be a way of speaking as well as what is asked about."""
BESIDE_VALUE = 1.5
"""Weight at most, nats, of a word that is told of a patient beside a value whose range the best unit holds."""
RARE = 5.0
"""Weight, nats, from which a term counts as rare however small the corpus."""
MOST_UNMET = 2
"""Words of asking that count as unmet at most."""
_DEMANDED = lazy_regex(
    r"(mortality|lethality|survival|incidence|prevalence|sensitivity|specificity)|costs?|prices?|shelf-?life|half-?life|"
    r"vitals?|obs|observations?",
    re.IGNORECASE,
)
"""What must be told of a subject where it is asked for; the first ones are told by a share of patients too."""
BEST = 3
"""Units whose words count together."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the score is made of."""

    coverage: float
    """Part of the question's terms, by weight, that the best units of one section and what stands above them hold."""
    dense: float
    """Cosine of the best passage with the question."""
    rarest: float = 0.0
    """Weight of the rarest term that they hold, 1 for one that hardly any page holds."""
    unmet: int = 0
    """Words of asking ("mortality") that neither they nor their headings meet."""


def signals_of(terms: Sequence[Term], ranked: Sequence[Evidence], *, several: bool = False) -> Signals:
    """Measure the signals; all 0 where nothing was found.

    `several` where things are compared: what the best units of all sections hold counts then, each thing by its own.
    """
    if not ranked or not terms:
        return Signals(0.0, 0.0)
    terms = weighed(terms)
    best = ranked[0]
    # what a question tells beside a value ("ICE 1, awake") may stand elsewhere on the page of the row that holds it
    near = [
        each for each in ranked if several or each.hit is best.hit or (best.by_value and each.hit.page == best.hit.page)
    ]
    same = near[: BEST * (1 + several)]
    aspect = max(each.aspect for each in same)
    credits = [_credit(term, same, aspect) for term in terms]
    of_age = any(term.words.lower() in _OF_AGE for term in terms)
    faint = counting_words() | _sides_unopposed(same) | _unsaid_beside(terms, credits)
    weights = [
        FAINT if not (credit or of_age or term.name) and term.words.lower() in faint else _weight(term)
        for term, credit in zip(terms, credits, strict=True)
    ]
    if best.by_value:
        weights = [
            min(weight, BESIDE_VALUE) if not (credit or term.name or names_group(term.words)) else weight
            for term, credit, weight in zip(terms, credits, weights, strict=True)
        ]
    coverage = sum(weight * credit for weight, credit in zip(weights, credits, strict=True)) / sum(weights)
    dense = max(each.hit.dense for each in ranked)
    silent = any(not credit and _demands(term, same) for term, credit in zip(terms, credits, strict=True))
    if ranked[0].lacks_drug or silent:
        return Signals(0.5 * coverage, dense)
    telling = [(term, credit) for term, credit in zip(terms, credits, strict=True) if term.weight > ASKING]
    rarest = max((term.weight for term, credit in telling if term.known and credit), default=0.0)
    unmet = sum(credit < 0.5 for term, credit in zip(terms, credits, strict=True) if _asks(term))
    return Signals(coverage, dense, rarest / max(RARE, *(term.weight for term in terms)), min(unmet, MOST_UNMET))


_OF_AGE = frozenset({"age", "aged", "old"})
"""Words by which a figure and its unit of time tell an age, for which what holds for others need not hold."""


_GOES_UNSAID = {"irradiat": frozenset({"blood", "product", "products", "component", "components", "units"})}
"""Beginnings of words, and the words that a line which holds such a one need not hold."""


def _unsaid_beside(terms: Sequence[Term], credits: Sequence[float]) -> frozenset[str]:
    """Give the words that go without saying beside a word that the lines hold ("irradiated" is said of blood)."""
    held = [term.words.lower() for term, credit in zip(terms, credits, strict=True) if credit]
    return frozenset[str]().union(
        *(words for begins, words in _GOES_UNSAID.items() if any(word.startswith(begins) for word in held))
    )


_BEFORE = frozenset({"before", "prior", "pre"})
_OTHER_SIDE = lazy_regex(r"\b(?:after|post|following|then)\b", re.IGNORECASE)
_TIME = lazy_regex(r"\d\s*(?:h|hrs?|hours?|d|days?|wks?|weeks?|months?|min(?:ute)?s?)\b", re.IGNORECASE)


def _sides_unopposed(units: Sequence[Evidence]) -> frozenset[str]:
    """Give the words for "before" where they count little: the best unit bounds a count, and speaks of no other side.

    Rows name what a count is needed for alone ("Threshold: LP: > 40"); for how long, and what follows, is no such row.
    """
    best = units[0]
    text = " ".join([*best.hit.path, *best.unit.lead, best.unit.text, *(name for name, _ in best.unit.values)])
    bounds = _BOUNDED.search(best.unit.text) and not _TIME.search(best.unit.text)
    return _BEFORE if bounds and not _OTHER_SIDE.search(text) else frozenset()


_OF_TIMES = frozenset({"often", "frequency", "frequently", "frequent", "interval"})
"""Words that ask how often, which a line meets that tells it."""
_OF_TARGETS = frozenset({"target", "targets", "goal", "goals", "aim", "trough", "range"})
"""Words that ask at which figure something is kept, which a line meets that tells one."""
_AIMED = lazy_regex(r"\b(?:aim|keep|goal|target|trough|level|range)s?\b", re.IGNORECASE)
_BOUNDED = lazy_regex(r"[<>≥≤]\s*=?\s*\d|\d\s*[-–]\s*\d|\b(?:above|below|over|under|at least)\s+\d", re.IGNORECASE)


_OF_INTERVALS = frozenset({"confidence", "interval", "intervals", "ci"})
_INTERVAL = lazy_regex(r"[(\[,;]\s?-?\d[\d.]{0,9}\s?%?\s?(?:-|–|to)\s?-?\d[\d.]{0,9}\s?%?\s?[)\];]|\b95 ?% ?CI\b")
"""Words that ask for the interval of an estimate, and one."""


def _gives_target(each: Evidence) -> bool:
    """Tell whether a line, or what it stands under, speaks of a level, and the line gives a range of figures."""
    above = " ".join([*each.hit.path[-1:], *each.unit.lead, *(name for name, _ in each.unit.values)])
    if any(_THRESHOLD.search(name) and re.search(r"\d", value) for name, value in each.unit.values):
        return True
    if len(each.unit.text) <= BARE_BOUND and _BOUND_ALONE.search(each.unit.text):
        return True
    return bool(_BOUNDED.search(each.unit.text) and _AIMED.search(f"{above} {each.unit.text}"))


_THRESHOLD = lazy_regex(r"\b(?:threshold|trigger|target|aim|keep)s?\b", re.IGNORECASE)
_BOUND_ALONE = lazy_regex(r"[>≥]\s*=?\s*\d")
BARE_BOUND = 40
"""Characters of a line that has room for a thing and the figure above which it is kept ("LP: plt > 40")."""


def _weight(term: Term) -> float:
    """Give what a term counts: words spoken around any subject next to nothing, what no page holds little."""
    if term.weight == ASKING and term.words.lower() in spoken_words():
        return FAINT
    whole = term.known or names_group(term.words) or is_disease(term.words.lower().removesuffix("s"))
    return term.weight if whole else min(term.weight, UNKNOWN)


def _asks(term: Term) -> bool:
    """Tell whether a term is a word that asks for something of the subject ("mortality"), and no figure."""
    return _weight(term) == ASKING and not term.words.replace(".", "").isdigit()


def _demands(term: Term, units: Sequence[Evidence]) -> bool:
    """Tell whether a term asks for one certain thing ("mortality", "cost"), and no unit gives a share of patients."""
    demanded = _DEMANDED.fullmatch(term.words)
    if demanded is None:
        return False
    return not (demanded[1] and any(tells_share(each.unit.text) for each in units))


def _credit(term: Term, units: Sequence[Evidence], aspect: float) -> float:
    """Give how much a term counts, 0 to 1; headings that answer the kind of question meet the words that ask for it."""
    first, *others = (
        held(" ".join([each.unit.text, *each.unit.lead, *(name for name, _ in each.unit.values)])) for each in units
    )
    hit = units[0].hit
    word = term.words.lower()
    often = word in _OF_TIMES and any(read_frequencies(each.unit.text) for each in units)
    aimed = word in _OF_TARGETS and any(map(_gives_target, units))
    interval = word in _OF_INTERVALS and _INTERVAL.search(units[0].unit.text) is not None
    if often or aimed or interval or word in units[0].told or first.holds(term):
        return 1.0
    if held(" ".join(hit.path)).heads(term):
        return 0.95
    title = held(titled(hit))
    if (term.name and title.holds(term)) or (term.told is not None and title.heads(term)):
        return 0.9
    if any(each.holds(term) for each in others):
        return 0.8
    if title.holds(term):
        most = max(len(title.stems.intersection(form)) for form in term.forms)
        return 0.7 + 0.2 * most / max(len(title.stems), 1)
    if any(term.words in each.beside or term.words in each.of_class for each in units):
        return LED_TO
    return aspect if _asks(term) else 0.0


def probability(signals: Signals) -> float:
    """Give the probability that the pages answer."""
    intercept, *weights = WEIGHTS
    values = (signals.coverage, signals.dense, signals.rarest, signals.unmet)
    return 1 / (1 + math.exp(-(intercept + sum(w * value for w, value in zip(weights, values, strict=True)))))


def answers(signals: Signals, confidence: float, surely: bool) -> bool:
    """Tell whether what was found may be given as an answer, by its probability; `surely` for a dose and the like."""
    return confidence >= (SURER if surely or signals.dense < FAR else THRESHOLD)
