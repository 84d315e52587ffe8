"""Rules between pages: one fact told in two ways."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache, partial

from rapidfuzz import fuzz

from wardbook.corpus.names import tokens
from wardbook.dosing.amount import word
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, shown
from wardbook.lint.statement import Statement
from wardbook.lint.view import Corpus

_SAME_EXPANSION = 88
"""Likeness (0-100) from which two long forms are spellings of one."""
_LITTLE = frozenset(
    "a an and for in of on or the to with by adult adults patients treatment management therapy dosing dose".split()
)
"""Words that tell no indication or population from another; a dose for no stated population is an adult's."""
_COURSE = lazy_regex(r"loading|maintenance|bolus|infusion|initial|first|second|third|repeat|then|step|taper|day \d+")
_BASE = {"ug": "mg", "g": "mg", "ng": "mg"}


def other_dose(corpus: Corpus) -> Iterator[Finding]:
    """Find the same drug, indication and severity with another dose, interval or maximum on another page."""
    token_set = cache(partial(_token_set, _short_forms(corpus)))
    known: dict[tuple[object, ...], dict[tuple[object, ...], _Told]] = defaultdict(dict)
    for facts in corpus.pages:
        own: dict[tuple[object, ...], list[_Told]] = defaultdict(list)
        for regimen in facts.regimens:
            own[_use(regimen, token_set)].append(_told(regimen))
        for use, told in own.items():
            before = known[use]
            others = [
                other for other in before.values() if any(_can_be_one(each.regimen, other.regimen) for each in told)
            ]
            what = _difference(others, told) if others else None
            if what:
                yield _told_apart(what, others[0].regimen, told[0].regimen)
            for each in told:
                before.setdefault(each.content, each)


@dataclass(frozen=True, slots=True)
class _Told:
    """A regimen with what two pages may tell differently, each None where the page leaves it open."""

    regimen: Regimen
    dose: tuple[object, ...] | None
    interval: tuple[Decimal, Decimal] | None
    maximum: tuple[object, ...] | None

    @property
    def content(self) -> tuple[object, ...]:
        """All that is compared; of many pages that tell the same, one is kept."""
        return (self.dose, self.interval, self.maximum, self.regimen.route, self.regimen.setting)


def _told(regimen: Regimen) -> _Told:
    amount = regimen.amount
    assert amount is not None  # `Facts` hold no other
    unit = _BASE.get(amount.unit, amount.unit)
    sides = (convert(amount.low, amount.unit, unit), convert(amount.high, amount.unit, unit))
    limits = [limit for limit in (regimen.max_single, regimen.max_daily) if limit]
    kinds = (regimen.max_single is not None, regimen.max_daily is not None)
    most = (kinds, *((word(limit.value), limit.unit) for limit in limits)) if limits else None
    return _Told(regimen, (sides, unit, regimen.per, regimen.per_time), regimen.interval_h, most)


def _told_apart(what: str, other: Regimen, regimen: Regimen) -> Finding:
    uses = (regimen.indication, regimen.severity, regimen.population)
    message = (
        f"{regimen.drug} for {shown(', '.join(part for part in uses if part))}: {what} {_words(regimen)} here, "
        f"{_words(other)} in {other.page}.md:{other.lines[0]}: make them agree, or say on both why not"
    )
    return Finding(regimen.page, regimen.lines[0], "B01", message)


def _words(regimen: Regimen) -> str:
    interval = regimen.interval_h
    often = f" every {word(interval[0])}-{word(interval[1])} h" if interval and interval[0] != interval[1] else ""
    often = f" every {word(interval[0])} h" if interval and not often else often
    most = [limit for limit in (regimen.max_single, regimen.max_daily) if limit]
    capped = f", maximum {word(most[0].value)} {most[0].unit}" if most else ""
    return shown(f"{regimen.verbatim}{often}{capped}")


def _short_forms(corpus: Corpus) -> dict[str, str]:
    """Give the acronym of each long form that has one alone, so that either spelling names an indication."""
    forms: dict[str, set[str]] = defaultdict(set)
    for facts in corpus.pages:
        for short, long, _ in facts.acronyms:
            forms[_spelled(long)].add(short.casefold())
    return {long: min(shorts) for long, shorts in forms.items() if len(shorts) == 1}


def _use(regimen: Regimen, token_set: Callable[[str | None], frozenset[str]]) -> tuple[object, ...]:
    """Give what a dose is for; two pages that give the same use should give the same dose."""
    parts = (regimen.indication, regimen.severity, regimen.population)
    part_of_course = _COURSE.findall(f"{regimen.verbatim} {regimen.schedule} {' '.join(regimen.notes)}".casefold())
    return (regimen.drug, *map(token_set, parts), regimen.condition, frozenset(part_of_course))


def _token_set(short: Mapping[str, str], text: str | None) -> frozenset[str]:
    plain = _spelled(text or "")
    for long, acronym in short.items():
        if long in plain:
            plain = plain.replace(long, acronym)
    return frozenset(token.removesuffix("s") for token in plain.split() if token not in _LITTLE)


def _can_be_one(one: Regimen, other: Regimen) -> bool:
    """Tell whether route and setting allow that two regimens are one; what a page leaves open fits all."""
    routes = not one.route or not other.route or bool(set(one.route) & set(other.route))
    return routes and (one.setting is None or other.setting is None or one.setting == other.setting)


def _difference(known: list[_Told], told: list[_Told]) -> str | None:
    """Tell in what two pages differ where not one of their rows agrees: dose, interval or maximum."""
    for what in ("dose", "interval", "maximum"):
        one, other = ({getattr(each, what) for each in side} for side in (known, told))
        if None not in one | other and not one & other:
            return what
    return None


def other_figure(corpus: Corpus) -> Iterator[Finding]:
    """Find the same RR, incidence, grading limit or other figure told differently on another page."""
    known: dict[tuple[object, ...], dict[tuple[object, ...], tuple[str, Statement]]] = defaultdict(dict)
    for facts in corpus.pages:
        own: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for said in facts.statements:
            if said.anchors and said.words:
                own[said.kind, said.words, said.grades, said.anchors].append(said)
        for (*about, _), told in own.items():
            before = known[tuple(about)]
            others = [
                (page, other) for page, other in before.values() if page != facts.page and _on_same(told[0], other)
            ]
            if others and not any(_agree(said, other) for said in told for _, other in others):
                yield _told_differently(facts.page, told[0], *others[0])
            for said in told:
                before.setdefault((said.anchors, said.values), (facts.page, said))


def _told_differently(page: str, said: Statement, other_page: str, other: Statement) -> Finding:
    message = (
        f"{shown(said.shown, 80)} here, {shown(other.shown, 80)} in {other_page}.md:{other.line}: "
        "one fact, two figures: make them agree, or say on both why not"
    )
    return Finding(page, said.line, "B02", message)


def _on_same(one: Statement, other: Statement) -> bool:
    """Tell whether two statements that share their words speak of the same drug or study."""
    if one.kind == "limit":
        return one.anchors == other.anchors
    if one.anchors <= other.anchors or other.anchors <= one.anchors:
        return True
    titles = [next(iter(said.anchors)).split() for said in (one, other)]
    return all(title[0] == "page" for title in titles) and (
        set(titles[0]) <= set(titles[1]) or set(titles[1]) <= set(titles[0])
    )


def _agree(one: Statement, other: Statement) -> bool:
    """Tell whether two statements can both hold: equal figures, rounding aside; of limits, the one may name fewer."""
    mine, theirs = set(one.values), set(other.values)
    if one.kind == "limit":
        return mine <= theirs or theirs <= mine
    return len(one.values) == len(other.values) and all(
        _alike(a, b) for a, b in zip(one.values, other.values, strict=True)
    )


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> bool:
    """Tell whether two figures or ranges are the same within the last place of the coarser one."""
    first, second = (re.findall(r"\d+(?:\.\d+)?", value) for value in (one, other))
    if len(first) != len(second):
        return False
    return all(_round_alike(a, b) for a, b in zip(first, second, strict=True))


def _round_alike(one: str, other: str) -> bool:
    places = min(len(text.partition(".")[2]) for text in (one, other))
    step = Decimal((0, (1,), -places))
    return abs(Decimal(one) - Decimal(other)) <= (step / 2 if one.count(".") != other.count(".") else 0)


def two_expansions(corpus: Corpus) -> Iterator[Finding]:
    """One acronym expanded in two ways."""
    known: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for facts in corpus.pages:
        for short, long, line in facts.acronyms:
            key = short.casefold().removesuffix("s")
            if any(_same_expansion(long, other) for _, _, other in known[key]):
                continue
            if known[key]:
                page, at, other = known[key][0]
                where = f"for {shown(other)} in {page}.md:{at}"
                message = f"{short} stands for {shown(long)} here and {where}: write one of them out"
                yield Finding(facts.page, line, "B03", message)
            known[key].append((facts.page, line, long))


def _same_expansion(one: str, other: str) -> bool:
    """Tell whether two long forms are one, British and American spelling, plural and a word more or less aside."""
    first, second = _spelled(one), _spelled(other)
    short, long = sorted((first.split(), second.split()), key=len)
    return set(short) <= set(long) or fuzz.ratio(first, second) >= _SAME_EXPANSION


def _spelled(text: str) -> str:
    plain = " ".join(tokens(text)).removesuffix("s")
    for british, american in (("ae", "e"), ("oe", "e"), ("our", "or"), ("isation", "ization"), ("yse", "yze")):
        plain = plain.replace(british, american)
    return plain
