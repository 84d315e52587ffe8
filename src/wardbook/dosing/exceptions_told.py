"""The dose of all others says whom it is not for: the words of a bracket or sentence that give some another one.

"40 mg OD (20 mg if < 50 kg)": who is lighter has the second dose, and the first is never shown to him without it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.notation import has_digit
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.separator import within, without
from wardbook.lazy_regex import lazy_regex

_CAP = lazy_regex(r"\b(?:max\w*\.?|up to)\s*[\d.,]+\s*[a-z]*(?:/[a-z]+)*(?: per dose)?", re.IGNORECASE)
_BRACKET = lazy_regex(r"\(([^()]*)\)")


def with_exceptions_told(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Note beside each dose that has no band the words that give some patients another dose of the drug."""
    by_lines: dict[tuple[object, ...], list[Regimen]] = {}
    for each in regimens:
        by_lines.setdefault(_key(each), []).append(each)
    return [_told(each, by_lines[_key(each)]) for each in regimens]


def _key(regimen: Regimen) -> tuple[object, ...]:
    return regimen.drug, regimen.page, regimen.section, regimen.lines


def _told(regimen: Regimen, beside: Sequence[Regimen]) -> Regimen:
    if regimen.amount is None or regimen.bands or regimen.exception or regimen.evidence or len(beside) < 2:
        return regimen
    said = (*regimen.notes, *regimen.unparsed)
    new = [words for words in dict.fromkeys(_exceptions(regimen, beside)) if not any(words in each for each in said)]
    return replace(regimen, notes=(*regimen.notes, *new)) if new else regimen


def _is_alike(other: Regimen, regimen: Regimen) -> bool:
    """Tell whether two doses can be of one order: a volume of mouthwash is none of what is told of the milligrams."""
    if other.amount is None or regimen.amount is None:
        return True
    return "mL" not in {other.amount.unit, regimen.amount.unit} or other.amount.unit == regimen.amount.unit


def _exceptions(regimen: Regimen, beside: Sequence[Regimen]) -> Iterator[str]:
    """Yield the words of the doses beside one that are for some patients: of a sentence, or of a bracket behind it."""
    others = [each for each in beside if each.amount not in (None, regimen.amount)]
    yield from (each.exception for each in beside if each.exception and _is_alike(each, regimen))
    figures = [each for each in read_amounts(regimen.verbatim) if each.is_dose] if "(" in regimen.verbatim else []
    brackets = [match for match in _BRACKET.finditer(regimen.verbatim) if has_digit(match[1])] if figures else []
    spans = [match.span() for match in (*brackets, *_CAP.finditer(regimen.verbatim))]
    solved = regimen.amount is not None and regimen.amount.unit != "mL"  # "4 mg in 100 mL": the dose is the first
    outer = [each for each in figures if not within(each.begin, spans) and not (solved and each.amount.unit == "mL")]
    for match in brackets:
        host = next((each for each in reversed(outer) if each.end <= match.start()), None)
        if host is None or (host.amount, host.per) != (regimen.amount, regimen.per):
            continue
        words = _CAP.sub(lambda cap: " " * len(cap[0]), match[1])
        inner = [each for each in read_amounts(words) if each.is_dose]
        said = without(words, [(each.begin, each.end) for each in inner])
        given = [each.amount for each in others if not each.step]
        if any(each.amount in given for each in inner) and re.search(r"[^\W\d_]{2}|[<>≤≥]", said):
            yield match[1].strip()
