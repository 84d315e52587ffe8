"""Rules between pages: one fact told in two ways."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz import fuzz

from wardbook.corpus.names import tokens
from wardbook.dosing.amount import word
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.lint.finding import Finding, shown
from wardbook.lint.statement import Statement
from wardbook.lint.view import Corpus

_SAME_EXPANSION = 88
"""Likeness (0-100) from which two long forms are spellings of one."""
_LITTLE = frozenset("a an and for in of on or the to with by".split())
_BASE = {"ug": "mg", "g": "mg", "ng": "mg"}


def other_dose(corpus: Corpus) -> Iterator[Finding]:
    """Find the same drug, indication and severity with another dose, interval or maximum on another page."""
    groups: dict[tuple[object, ...], dict[str, list[Regimen]]] = defaultdict(lambda: defaultdict(list))
    for facts in corpus.pages:
        for regimen in facts.regimens:
            if regimen.amount and regimen.indication and not regimen.unparsed and not regimen.from_text:
                groups[_use(regimen)][facts.page].append(regimen)
    for pages in groups.values():
        (first, known), *others = pages.items()
        for page, regimens in others:
            what = _difference(known, regimens)
            if what:
                message = (
                    f"{regimens[0].drug} for {shown(_for(regimens[0]))}: {what} {shown(regimens[0].verbatim, 70)} "
                    f"here, {shown(known[0].verbatim, 70)} in {first}.md:{known[0].lines[0]}: make them agree, or say "
                    "on both why not"
                )
                yield Finding(page, regimens[0].lines[0], "B01", message)


def _use(regimen: Regimen) -> tuple[object, ...]:
    parts = (regimen.indication, regimen.severity, regimen.population, regimen.setting)
    routes = frozenset(regimen.route)
    band = regimen.condition
    return (regimen.drug, *(_token_set(part) for part in parts), routes, band)


def _token_set(text: str | None) -> frozenset[str]:
    return frozenset(token for token in tokens(text or "") if token not in _LITTLE)


def _for(regimen: Regimen) -> str:
    return ", ".join(part for part in (regimen.indication, regimen.severity, regimen.population) if part)


def _difference(known: list[Regimen], regimens: list[Regimen]) -> str | None:
    """Tell in what two pages differ where not one of their rows agrees: dose, interval or maximum."""
    for what, key in (("dose", _dose), ("interval", _interval), ("maximum", _maximum)):
        one, other = {key(regimen) for regimen in known}, {key(regimen) for regimen in regimens}
        if None not in one | other and not one & other:
            return what
    return None


def _dose(regimen: Regimen) -> tuple[object, ...] | None:
    amount = regimen.amount
    if amount is None:
        return None
    unit = _BASE.get(amount.unit, amount.unit)
    sides = (convert(amount.low, amount.unit, unit), convert(amount.high, amount.unit, unit))
    return (sides, unit, regimen.per, regimen.per_time)


def _interval(regimen: Regimen) -> tuple[Decimal, Decimal] | None:
    return regimen.interval_h


def _maximum(regimen: Regimen) -> tuple[object, ...] | None:
    limits = [limit for limit in (regimen.max_single, regimen.max_daily) if limit]
    kinds = (regimen.max_single is not None, regimen.max_daily is not None)
    return (kinds, *((word(limit.value), limit.unit) for limit in limits)) if limits else None


def other_figure(corpus: Corpus) -> Iterator[Finding]:
    """Find the same RR, incidence or grading limit told differently on another page."""
    known: dict[tuple[object, ...], list[tuple[str, Statement]]] = defaultdict(list)
    for facts in corpus.pages:
        for said in facts.statements:
            if not said.anchors or not said.words:
                continue
            told = known[said.kind, said.words, said.grades]
            others = [(page, other) for page, other in told if page != facts.page and _on_same(said, other)]
            told.append((facts.page, said))
            if others and not any(_agree(said, other) for _, other in others):
                page, other = others[0]
                message = (
                    f"{shown(said.shown, 80)} here, {shown(other.shown, 80)} in {page}.md:{other.line}: "
                    "one fact, two figures: make them agree, or say on both why not"
                )
                yield Finding(facts.page, said.line, "B02", message)


def _on_same(one: Statement, other: Statement) -> bool:
    """Tell whether two statements that share their words speak of the same drug or study."""
    if one.kind == "limit":
        return one.anchors == other.anchors
    return one.anchors <= other.anchors or other.anchors <= one.anchors


def _agree(one: Statement, other: Statement) -> bool:
    """Tell whether two statements can both hold: equal figures, rounding aside; of limits, the one may name fewer."""
    mine, theirs = set(one.values), set(other.values)
    if one.kind == "limit":
        return mine <= theirs or theirs <= mine
    return _alike(one.values[0], other.values[0])


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
