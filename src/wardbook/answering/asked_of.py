"""What a question asks of a thing (when it begins, how common it is, its side effects), and the lines that tell it.

Words that hold the thing alone are no answer: who asks how common X is wants the line on X that gives a share.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from wardbook.answering.had import had
from wardbook.answering.how_many_have import counts_patients
from wardbook.answering.question import Question
from wardbook.answering.scoring import OPENING, Evidence, lists_several, titled
from wardbook.answering.terms import ASKING, Term, held, stems
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that may be asked of a thing."""

    name: str
    """ "onset" | "duration" | "frequency" | ..., see `data/asked_of.tsv`."""
    asked: re.Pattern[str]
    """Words of a question that ask it."""
    headed: re.Pattern[str]
    """Headings and labels of what tells it."""
    column: re.Pattern[str]
    """Columns that tell it."""
    says: re.Pattern[str]
    """Words of a line that tells it."""
    query: str
    """What its section is searched by beside the subject."""
    asking: frozenset[str]
    """Stems of all words that ask it."""


_NOTHING = r"(?!)"
_PARTS = ("asked", "headed", "column", "says")


@cache
def what_is_asked() -> tuple[Asked, ...]:
    """Give all that may be asked of a thing."""
    rows = files("wardbook.answering").joinpath("data/asked_of.tsv").read_text(encoding="utf-8").splitlines()
    parts: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        if row and not row.startswith("#"):
            name, part, pattern = row.split("\t")
            parts.setdefault(name, {}).setdefault(part, []).append(pattern)

    def joined(name: str, part: str) -> re.Pattern[str]:
        words = "|".join(parts[name].get(part, [_NOTHING]))
        return lazy_regex(rf"\W*(?:{words})\W*" if part == "column" else words, re.IGNORECASE)

    def asking(name: str) -> frozenset[str]:
        return frozenset(stems(" ".join(re.findall(r"[a-z]{3,}", re.sub(r"\\.", " ", " ".join(parts[name]["asked"]))))))

    def one(name: str) -> Asked:
        asked, headed, column, says = (joined(name, part) for part in _PARTS)
        return Asked(name, asked, headed, column, says, parts[name]["query"][0], asking(name))

    return tuple(map(one, parts))


@lru_cache(maxsize=256)
def asked_of(text: str) -> tuple[Asked, ...]:
    """Give what a question asks of its subject; () where it asks none of these."""
    return tuple(each for each in what_is_asked() if each.asked.search(text))


MOST_LINES = 4
"""Sentences and bullets that tell what is asked, of an answer; of a table twice as many rows."""
MOST_CHARACTERS = 650
"""Characters of them."""
NEARLY = 0.7
"""Part of the best one's points from which a line elsewhere is told with it."""
OF_SUBJECT = 0.5
"""Part of what tells beside the names of a subject, by weight, that a line on it and what stands above it hold."""
OF_WHOLE = 0.9
"""The same where nothing else names the subject, or says that the pages answer."""
_FIGURES = frozenset({"onset", "duration", "frequency"})
"""What is told by a figure."""
_OF_TOPIC = frozenset({"adverse", "watch"})
"""What is told of what a line is on: of another drug that it names ("change to X") it tells nothing."""
_OF_TABLE = frozenset({"scale", "lasting", "parts"})
"""What is told by a table, with the sentences beside it."""
_BESIDE_DOSES = frozenset({"exclusions", "interactions", "parts", "making", "home", "mimics", "statistic"})
"""What is told by a line that may hold a dose."""
_BY_HEADING = frozenset({"scale", "mimics", "home", "call", "making", "keeping"})
"""What is told under a heading of its own where there is one, whatever lines elsewhere say of it."""
_SETTING = lazy_regex(
    r"\b(?:(?:after|before|during|following|post|since|with|on|of|the) )*"
    r"(?:car[- ]?ts?(?:[- ]cells?)?|(?:cell )?infusion|the cells|cell therapy|(?:high|low)[- ]dose|patients?|people|"
    r"usually|normally|typically)\b",
    re.IGNORECASE,
)
"""Words that set a question among the pages' patients, all of whom have had it."""


def telling_lines(
    question: Question, ranked: Sequence[Evidence], terms: Sequence[Term], *, whole: bool
) -> list[list[Evidence]]:
    """Give the lines that tell each of what a question asks of its subject, the surest first; [] where it asks none.

    `whole` where nothing else says that the pages answer: a line has to hold all of the subject then.
    """
    left = {"onset", "duration"} if question.drugs else set()  # how long a drug takes or is given is another thing
    if ranked and ranked[0].by_value:  # a line that holds the value that is given answers by it
        left = {each.name for each in asked_of(question.text)} - {"lasting"}
    return [
        found
        for each in asked_of(question.text)
        if each.name not in left and (found := _lines(question, each, ranked, terms, OF_WHOLE if whole else OF_SUBJECT))
    ]


def queries(question: Question, terms: Sequence[Term]) -> Iterator[str]:
    """Give what else the pages are searched by for what a question asks of its subject."""
    for asked in asked_of(question.text):
        subject = " ".join(dict.fromkeys(term.words for term in _subject(question, asked, terms)))
        if subject:
            yield f"{subject} {asked.query}"
        if question.drugs:
            yield subject


def asks_in_vain(question: Question, told: Sequence[Sequence[Evidence]], ranked: Sequence[Evidence]) -> bool:
    """Tell whether side effects of a drug or the items of a score are asked for and no line tells any.

    Whom a drug is not for, and how many items there are, is no answer.
    """
    plain = question.population is None and question.age_y is None  # of whom another one is taken, that is told
    listed = any(_LISTED.search(each.unit.text) for each in ranked[:MOST_LINES])
    if (
        plain
        and not (told or listed)
        and _ITEMS.search(question.text)
        and any(each.name == "parts" for each in asked_of(question.text))
    ):
        return True
    asks = any(each.name == "adverse" for each in asked_of(question.text))
    return asks and bool(question.drugs) and not told and _ADVERSE.search(question.text) is not None


_LISTED = lazy_regex(r"[\w ()/-], [\w ()/-]+, ")
_ITEMS = lazy_regex(r"\b(?:questions|items|tasks)\b", re.IGNORECASE)
_ADVERSE = lazy_regex(r"\bside[- ]?effects?\b|\badverse\b", re.IGNORECASE)


def tells(told: Sequence[Sequence[Evidence]], chosen: Sequence[Evidence]) -> bool:
    """Tell whether the best line chosen otherwise tells something that is asked, and the others hold the rest."""
    shown = [each.unit for each in chosen]
    first = any(each.unit in shown[:1] for lines in told for each in lines)
    return first and all(any(each.unit in shown for each in lines[:2]) and _mostly(lines, shown) for lines in told)


def _mostly(lines: Sequence[Evidence], shown: Sequence[Unit]) -> bool:
    """Tell whether most rows of a table that tells it are shown: one of them alone is part of what it tells."""
    rows = [each.unit for each in lines if each.unit.kind == "row"]
    return 2 * sum(unit in shown for unit in rows) >= len(rows)


def together(told: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """Give the lines that tell all that is asked, none twice."""
    return list({(each.hit.page, each.unit.lines, each.unit.quote): each for lines in told for each in lines}.values())


def _lines(
    question: Question, asked: Asked, ranked: Sequence[Evidence], terms: Sequence[Term], part: float
) -> list[Evidence]:
    subject = _subject(question, asked, terms)
    if not subject:
        return []
    points = {id(each): _points(question, asked, each, subject, part) for each in ranked}
    able = sorted((each for each in ranked if points[id(each)]), key=lambda each: -points[id(each)])
    if not able:
        return []
    if asked.name in _BY_HEADING:
        able = [each for each in able if _is_headed(asked, each)] or able
    best = able[0]
    near = [each for each in able if each.hit is best.hit or points[id(each)] >= NEARLY * points[id(best)]]
    for row in (each for each in near[:MOST_LINES] if each.unit.kind == "row"):
        rows = [each for each in able if each.hit is row.hit and each.unit.block == row.unit.block]
        if len(rows) > 1:
            above = [] if best.unit.kind == "row" else [best]
            return [*above, *sorted(rows[: 2 * MOST_LINES], key=lambda each: each.unit.lines)]
    taken: list[Evidence] = []
    for each in near[:MOST_LINES]:
        if not taken or sum(len(one.unit.text) for one in (*taken, each)) <= MOST_CHARACTERS:
            taken.append(each)
    return taken


def _subject(question: Question, asked: Asked, terms: Sequence[Term]) -> list[Term]:
    """Give the terms of what something is asked of, without the words that ask it and that set it among patients."""
    asking = asked.asking.union(*(each.asking for each in asked_of(question.text)))
    left = set(stems(_SETTING.sub(" ", question.text))) | set(question.drugs)
    return [
        term
        for term in terms
        if term.weight > ASKING
        and (_is_name(term, question) or not set(stems(term.words)) <= asking)
        and (set(stems(term.words)) <= left or term.words.lower() in question.drugs)
        and term.words.lower() not in had(question)
    ]


def _is_name(term: Term, question: Question) -> bool:
    return term.name or term.words.lower() in question.drug_words


def _points(question: Question, asked: Asked, each: Evidence, subject: Sequence[Term], part: float) -> float:
    """Weigh how surely a line tells what is asked of the subject; 0 where it does not."""
    unit, hit = each.unit, each.hit
    kinds = ("sentence", "bullet", "row", *(("code",) if asked.name == "parts" else ()))
    if unit.kind not in kinds or unit.text.rstrip().endswith((":", "?")):
        return 0.0
    own = held(" ".join([unit.text, *unit.lead]))
    beside = " ".join(one.text for one in hit.units) if asked.name in _OF_TABLE else _before(each)
    several = lists_several(hit.title)  # each of its sections is on one of them, whatever names the page has
    title = "" if several else titled(hit)
    subject = [replace(term, forms=term.forms[:1]) if several else term for term in subject]
    over = held(" ".join([title, *hit.path, *(name for name, _ in unit.values), beside]))
    there = [term for term in subject if own.holds_with(over, term)]
    names = [term for term in subject if _is_name(term, question)]
    if not all(term in there for term in names) or not there:
        return 0.0
    weight = sum(term.weight for term in subject if term.known or part == OF_WHOLE)
    if sum(term.weight for term in there) < (part if names else OF_WHOLE) * weight:
        return 0.0
    says = _says(asked, each)
    if not says:
        return 0.0
    topic = held(" ".join([title, *hit.path, *unit.lead, unit.text[:OPENING], _before(each)]))
    on_topic = all(topic.holds(term) for term in (names or there))
    named = on_topic if names else any(own.holds(term) for term in subject)
    if asked.name in _OF_TOPIC and not on_topic:
        return 0.0
    severe = "severe" in question.severity and _SEVERE.search(f"{unit.text} {' '.join(n for n, _ in unit.values)}")
    return says + 2.0 * named + 0.5 * bool(severe) + 0.5 * hit.score + 0.25 * each.score


_SEVERE = lazy_regex(r"\bsevere\b|\bgrade ?(?:>=|≥)? ?[34]|(?:>=|≥) ?(?:grade )?3\b", re.IGNORECASE)


def _before(each: Evidence) -> str:
    """Give the first words of the paragraph of a sentence: what it begins with is what all of it is on."""
    units = each.hit.units
    first = next(unit for unit in units if unit.block == each.unit.block)
    return first.text[:40] if each.unit.kind == "sentence" and first.kind == "sentence" else ""


def _says(asked: Asked, each: Evidence) -> float:
    """Weigh whether a line tells what is asked, by its own words, by the column of a cell, or by what heads it."""
    unit, hit = each.unit, each.hit
    label = unit.text.partition(":")[0] if ":" in unit.text[:60] and unit.kind != "row" else ""
    label = label if label.count("(") == label.count(")") else ""  # "(unverified: ...)" labels nothing
    headed = any(asked.headed.search(words) for words in (label, *hit.path[-1:], *unit.lead[-1:]))
    dosed = any(figure.is_dose for figure in read_amounts(unit.text))
    if asked.name == "adverse":
        return _says_adverse(each, headed)
    figured = re.search(r"\d", unit.text) is not None
    if asked.name == "parts" and unit.values and _TOTAL.search(unit.values[0][0]):
        return 0.0
    columns = unit.values[:1] if asked.name == "scale" else unit.values[1:]
    column = any(asked.column.fullmatch(name) for name, cell in columns if re.search(r"\d|^[IVX]+$", cell))
    says = asked.says.search(unit.text) is not None and (unit.kind != "row" or asked.name != "signs")
    if dosed and asked.name not in _BESIDE_DOSES:
        return 0.0
    listed = unit.kind == "bullet" and headed and asked.name == "frequency"
    if asked.name == "frequency":
        named = " ".join(name for name, _ in unit.values)
        column = column and ("%" in f"{unit.text} {named}" or counts_patients(unit.text))
        says = counts_patients(unit.text)
    if asked.name in _FIGURES and not (figured and (says or column or listed)):
        return 0.0
    return 2.0 * says + 1.5 * column + 1.0 * headed if says or column or headed else 0.0


def _is_headed(asked: Asked, each: Evidence) -> bool:
    return any(asked.headed.search(words) for words in (*each.hit.path[-1:], *each.unit.lead[-1:]))


_TOTAL = lazy_regex(r"\b(?:total|score|sum|points|grade|result)\b", re.IGNORECASE)
"""Heads the column of what the points of a score add up to."""
_RESULT = lazy_regex(r"\b(?:RR|OR|HR)\b|\b9[05] ?% ?CI\b", re.IGNORECASE)
_CAUTION = lazy_regex(r"\bcautions?\b", re.IGNORECASE)
"""A word of what a drug may do to anyone, where a heading calls it that."""
_AGAINST = lazy_regex(r"contra-?indic|caution|do not|never|avoid|exclusion|dos(?:e|ing)\b", re.IGNORECASE)


@cache
def _effects() -> re.Pattern[str]:
    rows = files("wardbook.answering").joinpath("data/adverse_effects.tsv").read_text(encoding="utf-8").splitlines()
    return lazy_regex(rf"\b(?:{'|'.join(row for row in rows if row and not row.startswith('#'))})", re.IGNORECASE)


def _says_adverse(each: Evidence, headed: bool) -> float:
    """Weigh whether a line tells what a drug does that nobody wants; whom it is not for is another thing."""
    unit = each.unit
    if _RESULT.search(f"{unit.text} {' '.join(name for name, _ in unit.values)}"):
        return 0.0
    opening = _CAUTION.sub(" ", unit.text[:40]) if headed else unit.text[:40]
    against = any(_AGAINST.search(words) for words in (*each.hit.path[-1:], *unit.lead[-1:], opening))
    effect = _effects().search(unit.text) is not None
    dosed = any(figure.is_dose for figure in read_amounts(unit.text))
    if headed:
        return 0.0 if against else 3.0 + effect
    return 1.5 if effect and not against and not dosed else 0.0
