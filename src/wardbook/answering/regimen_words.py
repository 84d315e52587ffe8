"""A regimen in the page's own words: the cells of its row, or its sentence, with what it is for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from wardbook.answering.question_words import written_out
from wardbook.answering.reference_marks import without_references
from wardbook.answering.words_above import words_above
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import situation_words
from wardbook.dosing.band import read_bands
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.column import is_blank, role_of
from wardbook.dosing.context import is_bare_class, unit_words
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.severity import grades, stated_grades
from wardbook.dosing.wording import amount_words, bands_words, describe, interval_words, maxima_words
from wardbook.lazy_regex import lazy_regex

_FOR = frozenset({"indication", "severity", "population", "weight", "age", "setting"})
_GIVEN = frozenset({"drug", "product", "dose", "text", "route", "frequency"})
_NOT_OF_ONE_DRUG = frozenset({"other", "dose", "text", "drug"})
UnitsOf = Callable[[str, str], Sequence[Unit]]
"""(page, section) to what can be quoted from it."""
Values = Sequence[tuple[str, str]]
"""(column, cell) of one row, in order."""


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
    """Word a regimen as the page has it, under what stands above it and narrows it.

    The typed reading stands in only where no row or sentence is at hand.
    """
    words = _own_words(regimen, units)
    return ": ".join([*words_above(headings_of(regimen), leads_of(regimen, units), words), words])


def headings_of(regimen: Regimen) -> list[str]:
    """Give the headings over a regimen, outermost first, without the number that ids give to the second of a name."""
    return [re.sub(r"\s\(\d+\)$", "", level) for level in regimen.section.split(" > ")]


def leads_of(regimen: Regimen, units: Sequence[Unit]) -> tuple[str, ...]:
    """Give the words that lead to the row or sentence of a regimen, outermost first."""
    return next((_leads(regimen, unit) for unit in rows_of(regimen, units)), ())


def _leads(regimen: Regimen, unit: Unit) -> tuple[str, ...]:
    """Give the words over a unit, less a bold line on another drug beside which it opens with its own drug."""
    first = next(iter(mentions_of(unit.text)), None)
    opens = first is not None and not first.begin and first.drug == regimen.drug
    lead = unit.lead[-1] if unit.lead and opens and unit.kind == "sentence" else ""
    named = {mention.drug for mention in mentions_of(lead)}
    other = named and regimen.drug not in named and uniform(lead) not in uniform(regimen.indication or "")
    other = other and _AGAINST.search(lead) is None  # "Not with x:" holds for the dose behind it
    return unit.lead[:-1] if other else unit.lead


_AGAINST = lazy_regex(r"\b(?:not|never|avoid\w*|don['’]?t|contra-?indicat\w*|stop\w*|without)\b", re.IGNORECASE)


def _own_words(regimen: Regimen, units: Sequence[Unit]) -> str:
    rows = [unit for unit in rows_of(regimen, units) if unit.kind == "row" and unit.values]
    if regimen.from_text or not rows:
        said = " ".join(without_references(unit.text) for unit in rows_of(regimen, units))
        if said and not set(_FIGURE.findall(regimen.verbatim)) <= set(_FIGURE.findall(said)):
            said = _put_before(without_references(regimen.verbatim), said)  # a sentence cut elsewhere than it was read
        return _with_drug(regimen, said or describe(regimen), _unsaid(regimen, said) if said else "")
    every = [value for row in rows for value in row.values]
    listed = [_of_drug(regimen, row.values, every) for row in rows]
    if len(rows) == 1 and (len(rows[0].values) > 2 or len(listed[0]) < len(rows[0].values)):
        return _row(regimen, rows[0], listed[0])
    return _pairs(regimen, listed, rows[0].group)


def _put_before(before: str, after: str) -> str:
    """Put words before others, those that both have only once."""
    shared = next((at for at in range(len(before)) if after.startswith(before[at:])), len(before))
    return f"{before[:shared].rstrip()} {after}".strip()


_FIGURE = lazy_regex(r"\d+(?:[.,]\d+)*")


def _situation_of_all(regimen: Regimen, said: str) -> str:
    """Word what a sentence is for; its dose's grade is left out where the sentence itself goes by several grades."""
    severity = regimen.severity or ""
    several = severity.casefold() in said.casefold() and grades(said) - stated_grades(severity)
    return situation(replace(regimen, severity=None) if several else regimen)


def _unsaid(regimen: Regimen, said: str) -> str:
    """Word what a regimen of a text is for, without what its words say themselves.

    A label inside them holds for its own clause: before the whole it would name the doses of the others too.
    """
    if not regimen.from_text:
        return _situation_of_all(regimen, said)
    heading = regimen.section.rpartition(" > ")[2]
    parts = [regimen.indication or heading, regimen.severity, regimen.population]
    left = [[piece for piece in part.split(": ") if not _says(said, piece)] for part in parts if part]
    return _joined([": ".join(pieces) for pieces in left])


def _says(said: str, piece: str) -> bool:
    plain = re.escape(" ".join(without_references(piece).casefold().split()))
    return re.search(rf"(?<!\w){plain}(?!\w)", " ".join(said.casefold().split())) is not None


def row_said(regimen: Regimen, units: Sequence[Unit]) -> str:
    """Give what the row of a regimen says of its situation: cells that hold no dose, its own column's header, and what
    stands above; of a sentence only what stands above. What shorthand stands for is said too.
    """
    said: list[str] = []
    own = _squeezed(regimen.verbatim)
    for unit in rows_of(regimen, units):
        lead = _leads(regimen, unit)
        said += [*lead, unit.group] if unit.group else lead
        whole = any(own == _squeezed(cell) for _, cell in unit.values)
        if _is_of_another_dose(unit, own):
            continue
        for at, (name, cell) in enumerate([] if regimen.from_text else unit.values):
            if at == 0 or (role_of(name) in _FOR and not read_amounts(cell)):
                said.append(cell)
            if own == _squeezed(cell) or (not whole and own in _squeezed(cell)):
                said.append(name)
    return " ; ".join([*said, *_long_forms(f"{situation_words(regimen)} ; {' ; '.join(said)}")])


def _is_of_another_dose(unit: Unit, own: str) -> bool:
    """Tell whether a row among those of one regimen is the key of another dose ("Dose (stable)", "Dose (shock)")."""
    cells = [cell for _, cell in unit.values]
    doses = len(cells) == _KEY_AND_VALUE and role_of(cells[0]) == "dose" and bool(read_amounts(cells[1]))
    return doses and own not in _squeezed(cells[1])


_KEY_AND_VALUE = 2
"""Cells of a row of a table of keys."""


@lru_cache(maxsize=4096)
def _long_forms(text: str) -> tuple[str, ...]:
    """Give what the shorthand in capitals of a text stands for ("CINV"): the page says this too."""
    capitals = dict.fromkeys(re.findall(r"\b[A-Z]{2,}\b", text))
    return tuple(words for short in capitals if (words := written_out().get(short.lower(), ("", False))[0]))


def _squeezed(text: str) -> str:
    return " ".join(re.sub(r"[*_`]", "", text).split())


def dose_words(regimen: Regimen, beside: Sequence[Regimen] = ()) -> Iterator[str]:
    """Yield wordings of one of the several doses of a row, the fullest first: its column, dose, route, how often, band.

    The second does without the band, whose wording may not be the page's. What all doses `beside` are called alike
    tells none of them.
    """
    if regimen.unparsed or regimen.amount is None:
        return
    head = " ".join(filter(None, (amount_words(regimen), " or ".join(regimen.route), interval_words(regimen))))
    behind = regimen.verbatim if regimen.from_text else ""  # a remark in brackets behind a dose is no name of it
    labels = [note for note in regimen.notes if _is_label(note, regimen) and f"({note}" not in behind]
    own = [note for note in labels if not all(note in each.notes for each in beside)] or labels
    label = next((note for note in labels if note == regimen.schedule), next(iter(own), None))
    label = label or (regimen.severity if regimen.from_text else None)
    schedule = regimen.schedule if regimen.schedule != label else None
    lead = f"{without_references(label)}: " if label else ""
    band = f"for {bands_words(regimen)}" if regimen.condition else None
    yield lead + "; ".join(filter(None, (head, schedule, band, *maxima_words(regimen))))
    if band and label:
        yield lead + "; ".join(filter(None, (head, schedule, *maxima_words(regimen))))


def _is_label(note: str, regimen: Regimen) -> bool:
    """Tell whether a note may be the name of the column or situation that a dose stands under."""
    of_other_kind = note in regimen.excluded or re.search(r"\b(?:not|never|avoid|max\w*|only)\b", note, re.IGNORECASE)
    said = note.casefold() == (regimen.indication or "").casefold()
    return len(note) <= MOST_LABEL and not (said or of_other_kind or read_amounts(note) or is_bare_class(note))


MOST_LABEL = 40
"""Characters of a note that may be the name of a column or situation."""


def _of_drug(regimen: Regimen, values: Values, every: Values) -> Values:
    """Leave out the columns of other drugs, where one is headed by the regimen's own; `every` is of all its rows."""
    stem = regimen.drug.split()[0][:7]
    own = [name for name, _ in values if stem in name.casefold()]
    dose = _squeezed(regimen.verbatim)
    held = [name in own for name, cell in every if dose in _squeezed(cell)]
    if not own or (held and not any(held)):
        return values  # the column of the drug's level holds no dose of it
    return [
        (name, cell)
        for at, (name, cell) in enumerate(values)
        if at == 0 or name in own or role_of(name) not in _NOT_OF_ONE_DRUG
    ]


def _row(regimen: Regimen, row: Unit, values: Values) -> str:
    """Word one row: what for, then drug, dose, route and interval, then every other cell under its column's name."""
    what_for: list[str | None] = [row.lead[-1] if row.lead else None, row.group or None]
    given: list[tuple[str, str, str]] = []
    rest: list[str] = []
    for at, (column, cell) in enumerate(values):
        name, value, role = without_references(column), without_references(cell), role_of(without_references(column))
        silent = is_blank(value) and not _is_none_given(regimen, name, value)
        if not value or (role == "source" and not re.search(r"[a-z]{3}", value)) or silent:
            continue
        dosed = read_amounts(value) and (at or read_bands(name))
        if (role in _FOR or (at == 0 and role not in _GIVEN)) and not dosed:
            what_for.append(f"{name} {value}" if name and _NUMBER_ALONE.match(value) else value)
        elif role in _GIVEN and not (role == "product" and name and read_amounts(value)):
            given.append((name, role, f"{name}: {value}" if has_unit_of(name, value) else value))
        else:
            rest.append(f"{name}: {value}" if name else value)
    heading = regimen.section.rpartition(" > ")[2] if not any(what_for[2:]) else None
    words = "; ".join(filter(None, dict.fromkeys([_given(given), *rest])))
    if regimen.drug not in words.casefold() and re.match(r"[^:;—]*\(.*?\):\s", words):
        words = f"{regimen.drug} — {words}"  # the name of a column that says more in brackets stands apart
    return _with_drug(regimen, words, _joined([*what_for, heading]))


def _is_none_given(regimen: Regimen, name: str, value: str) -> bool:
    """Tell whether a cell of the drug's own column gives no dose ("none"): without it the name reads as an order."""
    return regimen.amount is None and (regimen.drug in name.casefold() or value == _squeezed(regimen.verbatim))


_PHASE = lazy_regex(r"\b(?:start(?:ing)?|initial|load(?:ing)?|bolus|maintenance)\b", re.IGNORECASE)


_NUMBER_ALONE = lazy_regex(r"\d+(?:\s*[-–]\s*\d+)?(?:\s*$|\s+onwards?\b)")


def _given(cells: Sequence[tuple[str, str, str]]) -> str:
    """Put drug, dose, route and interval into one phrase; several doses, or that of a phase, each under its column."""
    doses = dict.fromkeys(value for _, role, value in cells if role in ("dose", "text"))
    if len(doses) < 2 and not any(role == "dose" and _PHASE.search(name) for name, role, _ in cells):
        return " ".join(dict.fromkeys(value for _, _, value in cells))
    head = " ".join(dict.fromkeys(value for _, role, value in cells if role in ("drug", "product")))
    named: dict[str, str] = {}
    for name, role, value in cells:
        if role not in ("drug", "product"):
            named.setdefault(value, name)
    doses_of = "; ".join(
        f"{name}: {value}" if name and not value.startswith(f"{name}: ") else value for value, name in named.items()
    )
    return f"{head} — {doses_of}" if head else doses_of


def _pairs(regimen: Regimen, listed: Sequence[Values], group: str) -> str:
    """Word a key/value table: the dose first, then every other pair under its key."""
    dose: list[str] = []
    rest: list[str] = []
    for values in listed:
        name, key = values[0]
        key = f"{name} {key}" if name and _NUMBER_ALONE.match(key) else key
        cells = (
            f"{name}: {cell}" if _tells_when(name) or has_unit_of(name, cell) else cell for name, cell in values[1:]
        )
        value = without_references("; ".join(cells))
        if role_of(key) == "dose" and not dose:
            dose.append(value)
        elif value:
            rest.append(f"{key.rstrip(':')}: {value}")
    heading = regimen.section.rpartition(" > ")[2]
    return _with_drug(regimen, "; ".join(dose + rest), _joined([heading, group]))


def has_unit_of(name: str, value: str) -> bool:
    """Tell whether a cell is a bare figure whose unit stands in the name of its column: it is never shown without."""
    if not re.search(r"\d", value) or read_amounts(value):
        return False
    alone = read_amounts(f"1 {name.strip()}")
    return unit_words(name) is not None or (bool(alone) and alone[0].begin == 0)


def _tells_when(name: str) -> bool:
    """Tell whether the name of a column says which dose it is, or how often."""
    return bool(name) and bool(_PHASE.search(name) or read_frequencies(name))


def _with_drug(regimen: Regimen, words: str, what_for: str) -> str:
    """Put the drug before words that do not name it, and what it is for before both."""
    named = regimen.drug in f"{what_for} {words}".casefold()
    stem = regimen.drug[: max(5, len(regimen.drug) - 3)]
    if not named and stem not in words.casefold():
        words = f"{regimen.drug} {words}"
    lead = bool(what_for) and not words.casefold().startswith(f"{what_for.casefold()}:")
    return f"{what_for}: {words}" if lead else words
