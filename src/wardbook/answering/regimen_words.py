"""A regimen in the page's own words: the cells of its row, or its sentence, with what it is for."""

import re
from collections.abc import Sequence

from wardbook.answering.compose import without_references
from wardbook.corpus.unit import Unit
from wardbook.dosing.column import is_blank, role_of
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.wording import describe

_FOR = frozenset({"indication", "severity", "population", "weight", "age", "renal", "setting"})
_GIVEN = frozenset({"drug", "product", "dose", "text", "route", "frequency"})


def situation(regimen: Regimen) -> str:
    """Word what a regimen is for: indication or heading, severity, population."""
    heading = regimen.section.rpartition(" > ")[2]
    return _joined([regimen.indication or heading, regimen.severity, regimen.population])


def _joined(parts: Sequence[str | None]) -> str:
    words: list[str] = []
    for part in parts:
        if part and part.casefold() not in ", ".join(words).casefold():
            words.append(without_references(part.replace("\n", " ")))
    return ", ".join(words)


def rows_of(regimen: Regimen, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give the units of a section that lie in the lines of a regimen."""
    first, last = regimen.lines
    return tuple(unit for unit in units if first <= unit.lines[0] and unit.lines[1] <= last)


def page_words(regimen: Regimen, units: Sequence[Unit]) -> str:
    """Word a regimen as the page has it; the typed reading stands in only where no row or sentence is at hand."""
    rows = [unit for unit in rows_of(regimen, units) if unit.kind == "row" and unit.values]
    if regimen.from_text or not rows:
        said = " ".join(without_references(unit.text) for unit in rows_of(regimen, units))
        return _with_drug(regimen, said or describe(regimen), situation(regimen) if said else "")
    if len(rows) == 1 and len(rows[0].values) > 2:
        return _row(regimen, rows[0])
    return _pairs(regimen, rows)


def _row(regimen: Regimen, row: Unit) -> str:
    """Word one row: what for, then drug, dose, route and interval, then every other cell under its column's name."""
    what_for: list[str | None] = [row.lead[-1] if row.lead else None]
    given: list[str] = []
    rest: list[str] = []
    for at, (column, cell) in enumerate(row.values):
        name = without_references(column)
        value = without_references(cell)
        role = role_of(name)
        if not value or (role == "source" and not re.search(r"[a-z]{3}", value)) or is_blank(value):
            continue
        if role in _FOR or (at == 0 and role not in _GIVEN):
            what_for.append(value)
        elif role in _GIVEN:
            given.append(value)
        else:
            rest.append(f"{name}: {value}" if name else value)
    heading = regimen.section.rpartition(" > ")[2] if not any(what_for[1:]) else None
    words = "; ".join([" ".join(given), *rest] if given else rest)
    return _with_drug(regimen, words, _joined([*what_for, heading]))


def _pairs(regimen: Regimen, rows: Sequence[Unit]) -> str:
    """Word a key/value table: the dose first, then every other pair under its key."""
    dose: list[str] = []
    rest: list[str] = []
    for row in rows:
        key, value = row.values[0][1], without_references("; ".join(cell for _, cell in row.values[1:]))
        if role_of(key) == "dose" and not dose:
            dose.append(value)
        elif value:
            rest.append(f"{key.rstrip(':')}: {value}")
    heading = regimen.section.rpartition(" > ")[2]
    return _with_drug(regimen, "; ".join(dose + rest), heading)


def _with_drug(regimen: Regimen, words: str, what_for: str) -> str:
    """Put the drug before words that do not name it, and what it is for before both."""
    named = regimen.drug in f"{what_for} {words}".casefold()
    stem = regimen.drug[: max(5, len(regimen.drug) - 3)]
    if not named and stem not in words.casefold():
        words = f"{regimen.drug} {words}"
    return f"{what_for}: {words}" if what_for else words
