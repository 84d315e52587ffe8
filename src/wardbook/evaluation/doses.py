"""How the doses of one answer stand against the gold: right row, wrong row, wrong unit, cap, asking back, figures."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import Any, Literal

from wardbook.evaluation.gold import GoldComputed, GoldDose, GoldItem
from wardbook.evaluation.plain import Figure, canonical, figures

Outcome = Literal["right", "wrong row", "wrong unit", "missing", "asked", "declined"]

_MARKED = re.compile(r"(?P<words>.*?)(?P<marks>(?:\s*\[\d+\])+)(?![\[\d\]]*:)|(?P<rest>.+)$")
"""Words and the markers that end them; a bracket before a colon ("ASCO 2021 [4]: fluids") is the page's own."""
_LABEL = re.compile(r"(?:^|[;—])[^;:—]{1,60}(?=:\s)")
"""A column's name before its value."""


def dose_outcome(gold: GoldDose, answer: Mapping[str, Any]) -> Outcome:
    """Say what became of the dose that was asked for.

    "asked" and "declined" are answers that give none; "missing" is an answer that shows no dose of any drug. The
    first regimen counts; where an answer has none, its text does.
    """
    status = answer.get("status")
    if status == "needs_clarification":
        return "asked"
    if status != "answered":
        return "declined"
    regimens = answer.get("regimens") or []
    return _regimen_outcome(gold, regimens[0]) if regimens else _text_outcome(gold, str(answer.get("text", "")))


def _regimen_outcome(gold: GoldDose, regimen: Mapping[str, Any]) -> Outcome:
    drug = str(regimen.get("drug", ""))
    if not any(_is_named(drug, each) for each in gold.drug) or _disjoint_route(gold, regimen):
        return "wrong row"
    interval = regimen.get("interval_h")
    if gold.interval_h and interval and _pair(interval) != gold.interval_h:
        return "wrong row"
    amount = regimen.get("amount")
    if gold.low is None or gold.high is None:
        return "right"
    if not amount:
        return "missing"
    low, high, unit = _decimal(amount["low"]), _decimal(amount["high"]), str(amount["unit"])
    given = canonical(low, unit, regimen.get("per")), canonical(high, unit, regimen.get("per"))
    if given == (canonical(gold.low, gold.unit, gold.per), canonical(gold.high, gold.unit, gold.per)):
        return "right"
    return "wrong unit" if (low, high) == (gold.low, gold.high) else "wrong row"


def _is_named(drug: str, gold: str) -> bool:
    """Tell whether two names of a drug have the same words, or the same letters ("co trimoxazole", "cotrimoxazole")."""
    return _words(drug) == _words(gold) or re.sub(r"\W", "", drug.casefold()) == re.sub(r"\W", "", gold.casefold())


def _words(name: str) -> frozenset[str]:
    """Give the words of a drug's name, in whatever order and however joined ("x/y", "x-y")."""
    return frozenset(re.sub(r"[-/]", "", name.casefold()).replace(",", " ").split())


def _disjoint_route(gold: GoldDose, regimen: Mapping[str, Any]) -> bool:
    routes = {str(route).upper() for route in regimen.get("route") or ()}
    return bool(gold.route and routes and routes.isdisjoint(gold.route))


def _text_outcome(gold: GoldDose, text: str) -> Outcome:
    shown = {figure for figure in figures(text) if figure.unit != "h"}
    wanted = {canonical(value, gold.unit, gold.per) for value in (gold.low, gold.high) if value is not None}
    if wanted <= shown and wanted:
        return "right"
    if not shown:
        return "missing"
    values = {value for value in (gold.low, gold.high) if value is not None}
    return "wrong unit" if values & {figure.value for figure in shown} else "wrong row"


def limit_shown(gold: GoldDose, answer: Mapping[str, Any]) -> bool | None:
    """Say whether the maximum came along, in the text or in the first regimen; None where the gold has none."""
    if gold.limit is None:
        return None
    wanted = canonical(gold.limit, gold.limit_unit)
    if any((figure.value, figure.unit) == wanted[:2] for figure in figures(str(answer.get("text", "")))):
        return True
    first = (answer.get("regimens") or [{}])[0]
    if first.get("max_doses") is not None and _decimal(first["max_doses"]) == gold.limit:
        return True
    limits = [first.get("max_single"), first.get("max_daily")]
    return any(limit and canonical(_decimal(limit["value"]), str(limit["unit"])) == wanted for limit in limits)


def asked_back(answer: Mapping[str, Any]) -> bool:
    """Say whether the answer leaves the choice open, with what there is to choose from side by side."""
    return answer.get("status") == "needs_clarification" and bool(answer.get("clarification"))


def computed_right(gold: GoldComputed, answer: Mapping[str, Any]) -> bool:
    """Say whether some computed amount is exactly the gold's (after conversion of units), capped likewise.

    A gold in mg leaves open whether that is once or the day's amount.
    """
    wanted = canonical(gold.low, gold.unit), canonical(gold.high, gold.unit)
    day = "" if "/" in gold.unit else "/d"
    return any(
        tuple(canonical(_decimal(made[end]), made["unit"].removesuffix(day)) for end in ("low", "high")) == wanted
        and bool(made.get("capped")) == gold.capped
        for made in answer.get("computed") or ()
    )


def unsupported_figures(answer: Mapping[str, Any]) -> list[str]:
    """List the figures with a unit in the text that neither the quotes cited there, nor the question, nor the
    calculator hold; "150 mg/kg" is such a one where the quote says "150 mg". Times in the names of columns
    ("Limit in 24 hours: 3 doses") are no such figures, nor is a row's label the figure of the next column's unit.
    """
    quotes = {cited.get("n"): figures(unescape(str(cited.get("quote", "")))) for cited in answer.get("citations") or ()}
    always = figures(f"{answer.get('question', '')} {answer.get('standalone_question', '')}") | _worked_out(answer)
    missing: list[str] = []
    for words, marks in _segments(str(answer.get("text", ""))):
        held = always.union(*(quotes.get(mark, set()) for mark in marks))
        words = words.replace(" — ", " ; ")
        shown = figures(_LABEL.sub(";", words)) | {figure for figure in figures(words) if figure.unit != "h"}
        missing += [_worded(figure) for figure in sorted(shown - held, key=str)]
    return missing


def _segments(text: str) -> Iterator[tuple[str, list[int]]]:
    """Give each piece of text with the markers that follow it on its line; a line's rest has those of none."""
    for line in text.split("\n"):
        for match in _MARKED.finditer(line):
            yield match["words"] or match["rest"], [int(mark) for mark in re.findall(r"\d+", match["marks"] or "")]


def _worked_out(answer: Mapping[str, Any]) -> set[Figure]:
    found: set[Figure] = set()
    for made in answer.get("computed") or ():
        found |= figures(str(made.get("arithmetic", "")))
        found |= {canonical(_decimal(made[end]), str(made["unit"])) for end in ("low", "high")}
    verdict = answer.get("verdict") or {}
    asked = verdict.get("asked") or {}
    found |= {
        canonical(_decimal(asked[end]), str(asked.get("unit", "")), asked.get("per"))
        for end in ("low", "high")
        if asked.get(end) is not None
    }
    return found


def _worded(figure: Figure) -> str:
    return f"{figure.value:f} {figure.unit}" + (f"/{figure.per}" if figure.per else "")


def _pair(value: object) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, list | tuple) and len(value) == 2 else (value, value)
    return _decimal(low), _decimal(high)


def _decimal(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal("NaN")


def wrong_dose(item: GoldItem, answer: Mapping[str, Any]) -> str | None:
    """Say why the answer gives a wrong dose, or None: the harm that is counted first.

    Wrong: another row or unit first, an amount worked out wrong, a false verdict, a figure that nothing holds.
    """
    if item.dose and (outcome := dose_outcome(item.dose, answer)) in ("wrong row", "wrong unit"):
        return outcome
    if item.computed and answer.get("computed") and not computed_right(item.computed, answer):
        return "worked out wrong"
    found = (answer.get("verdict") or {}).get("result")
    if item.verdict and found and found != item.verdict:
        return f"verdict {found}, not {item.verdict}"
    unsupported = unsupported_figures(answer)
    return f"unsupported figure {unsupported[0]}" if unsupported else None
