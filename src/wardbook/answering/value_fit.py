"""Whether a sentence, bullet or row draws a range that holds the value of a question ("4-5 intermediate" of 4Ts 5)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from wardbook.answering.score_fit import SCORE, holds_total
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import stop_words, words_of
from wardbook.dosing.band import RENAL, SIZES, Band, meets, read_bands, read_renal
from wardbook.dosing.given import gives
from wardbook.dosing.lasting import LASTING, bounds_drawn, is_at_other_hours, told_lasting
from wardbook.dosing.measured import (
    bare_figures,
    cell_condition,
    header_quantity,
    read_by_nouns,
    read_measured,
    read_more,
    read_values_of,
)
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import read_clearance
from wardbook.dosing.quantity import held, key_of, quantities, quantity_above
from wardbook.dosing.regimen import Condition
from wardbook.dosing.severity import severity_words
from wardbook.kept import OF_QUESTIONS
from wardbook.lazy_regex import lazy_regex

Held = tuple[bool | None, frozenset[str]]
"""Whether a unit holds the values asked, and the words of the question that give those which it holds."""
_NONE: Held = (None, frozenset())


_LABELLED = lazy_regex(r"\b(?:grades?|gr|stages?|cycles?|days?|weeks?|age[ds]?|step|line|phase|type)\s*$")


@lru_cache(maxsize=256)
def gives_value(question: str) -> bool:
    """Tell whether a question has a figure that may be a value: no dose, time, weight or grade."""
    return any(not _LABELLED.search(question[:begin].lower()) for begin in bare_figures(question))


@lru_cache(maxsize=OF_QUESTIONS)
def holds_value(question: str, unit: Unit, above: str) -> Held:
    """Tell whether a unit's own ranges hold the values that a question gives; None where they are of none of them.

    `above` are the headings and the title, by which a bare list ("mild 10.5-11.9, moderate 12-13.9") is of a quantity.
    """
    if unit.kind == "row" and unit.values and is_at_other_hours(unit.values[0][1], question):
        return False, frozenset()
    if (
        not (gives_value(question) or told_lasting(question))
        or unit.kind in ("code", "picture")
        or not any(map(str.isdigit, unit.text))
    ):
        return _NONE
    told: dict[str, list[bool | None]] = {}
    words = frozenset[str]()
    for quantity, result, given in _told(question, unit, above):
        told.setdefault(quantity, []).append(result)
        words |= _words(given) if result else frozenset()
    each = [True if True in results else False if set(results) == {False} else None for results in told.values()]
    if not each:
        return _NONE
    if True in each and not told.keys() - set(RENAL) and read_measured(question, values=True) and gives(unit.text):
        return _NONE  # a dose for such kidneys, and nothing of the other value that is told
    if len(each) > 1 and _draws_either(unit):
        held_one = True in each or (None if None in each else False)
    else:
        held_one = False if False in each else None if None in each else True
    return held_one, words if held_one else frozenset()


_EITHER = lazy_regex(r"\d[^.;:\n]*(?:\.\d[^.;:\n]*)*\bor\b[^.;:\n]*\d")


def _draws_either(unit: Unit) -> bool:
    """Tell whether one of two bounds is enough by a unit's words ("K < 2.5 or QTc > 500"; not "K 6-7 or rising: ...").

    Which of two doses is given says nothing of bounds.
    """
    return any(_EITHER.search(_without_doses(text)) for text in [cell for _, cell in unit.values] or [unit.text])


def _without_doses(text: str) -> str:
    plain = uniform(text)
    for figure in reversed([each for each in read_amounts(text) if each.is_dose]):
        plain = f"{plain[: figure.begin]};{plain[figure.end :]}"
    return plain


def _words(given: str) -> frozenset[str]:
    """Give the words of a value, a figure without the zeros that end it too: searched for, 3.0 is 3."""
    words = frozenset(word for word in re.split(r"[^\w.+-]+", given.lower()) if word)
    return words | {re.sub(r"\.0+$", "", word) for word in words}


def _told(question: str, unit: Unit, above: str) -> Iterator[tuple[str, bool | None, str]]:
    """Yield quantity, whether its value lies in a range of the unit, and the words that give the value."""
    listed = quantity_above(_NUMBERED.sub("", above)) or _level_above(question, above)
    own = _conditions(unit, listed)
    led = read_measured(unit.lead[-1]) if unit.lead and not own else ()
    for condition in (*own, *(band.condition for band in led)):
        if condition.quantity in RENAL:
            clearance = read_clearance(question)
            if clearance is not None:
                yield condition.quantity, meets(condition, clearance), ""
            continue
        bands = read_values_of(condition.quantity, question)
        values = {held(band.condition, condition) for band in bands}
        if values:
            given = " ".join(question[band.begin : band.end] for band in bands)
            yield key_of(condition.quantity)[0], values.pop() if len(values) == 1 else None, given
    for condition, others in _or_else(unit, listed):
        for band in read_values_of(condition.quantity, question):
            within = held(band.condition, condition)
            if within or (within is False and not words_of(others) & words_of(question)):
                yield key_of(condition.quantity)[0], within, question[band.begin : band.end]
    yield from _of_score(question, unit)
    for holds, given in holds_total(question, unit, above):
        yield SCORE, holds, given
    yield from _lasts(question, unit)


def _of_score(question: str, unit: Unit) -> Iterator[tuple[str, bool | None, str]]:
    """Yield whether cells below a name hold the points that a question gives a score of that name ("ICE score 4").

    The page heads the column with the name alone ("ICE"), which else says nothing of what its ranges are of.
    """
    asked = uniform(question)
    for header, cell in unit.values:
        name = re.sub(r"\(.*?\)", " ", header).strip()
        if not _SHORT_NAME.fullmatch(name) or not re.search(rf"(?<![\w-]){re.escape(name.lower())} score\b", asked):
            continue
        drawn = cell_condition(f"{name} score", cell)
        for band in read_values_of(drawn.quantity, question) if drawn else ():
            held_there = held(band.condition, drawn) if drawn else None
            yield SCORE, held_there, question[band.begin : band.end]


_SHORT_NAME = lazy_regex(r"[A-Z][A-Za-z0-9-]{1,9}")


def _lasts(question: str, unit: Unit) -> Iterator[tuple[str, bool | None, str]]:
    """Yield whether the time that the question tells something to have lasted lies within bounds that a unit draws."""
    told = told_lasting(question)
    if told is None or told.condition.low is None:
        return
    for bound in bounds_drawn(unit.text):
        yield LASTING, meets(bound, told.condition.low), question[told.begin : told.end]


def ranges_across(unit: Unit) -> bool:
    """Tell whether a row gives the ranges of one quantity in its columns, so that a value picks a column."""
    return len(_across(unit)) > 1


def _across(unit: Unit) -> list[Condition]:
    label = unit.values[0][1] if unit.values else ""
    return [found for _, cell in unit.values[1:] if (found := cell_condition(label, cell))]


@lru_cache(maxsize=50_000)
def _conditions(unit: Unit, listed: str) -> tuple[Condition, ...]:
    """Give the ranges of a unit: of its cells by their headers, and those that its words name or are listed of."""
    if not unit.values:
        return tuple(band.condition for band in (*_ranges(unit.text), *read_more(unit.text, listed)))
    if across := _across(unit):
        return tuple(across)
    found: list[Condition] = []
    for at, (header, cell) in enumerate(unit.values):
        own = cell_condition(_header(unit, at, listed), cell)
        renal = [band.condition for band in read_renal(header, cell)]
        if own is not None:
            found.append(own)
        elif renal:
            found += renal
        elif at == 0 or not is_told(header):
            found += [band.condition for band in _ranges(cell)]
    return tuple(found)


_OF_ANY = lazy_regex(r"(?:serum |plasma |blood )?(?:levels?|values?|results?|concentrations?)\b(?P<unit>\s*[(\[,].*)?")
_OR_ELSE = lazy_regex(r"\s+or\s+(?=[A-Za-z])")


_NUMBERED = lazy_regex(r"^\W*\d+(?:\.\d+)*[.)]?\s+(?=[A-Za-z])", re.MULTILINE)
"""The number of a heading ("2. Magnesium")."""


def _header(unit: Unit, at: int, listed: str) -> str:
    """Give the header of a row's cell; "Level (mmol/L)" in the row "Potassium" is "Potassium (mmol/L)".

    So it is in the first column below a heading that names what the table goes by (`listed`).
    """
    header, label = unit.values[at][0], unit.values[0][1]
    general = _OF_ANY.fullmatch(uniform(header))
    if at == 0:
        return f"{listed} {general['unit'] or ''}" if general and listed in quantities() else header
    known = header_quantity(label) if general else None
    return f"{label} {general['unit'] or ''}" if general and known and known[0] in quantities() else header


@lru_cache(maxsize=50_000)
def _or_else(unit: Unit, listed: str) -> tuple[tuple[Condition, str], ...]:
    """Give the ranges of cells that words may take the place of ("< 1.95 or symptoms"), with these words.

    A value in them is enough; one beyond them is of another row, where the question has none of the words.
    """
    cells = ((_header(unit, at, listed), _OR_ELSE.split(cell)) for at, (_, cell) in enumerate(unit.values))
    return tuple(
        (found, " ".join(others))
        for header, (cell, *others) in cells
        if others and (found := cell_condition(header, cell))
    )


def is_of_another_thing(question: str, unit: Unit) -> bool:
    """Tell whether a row opens with words of which the question says none: the value in it is that thing's.

    A row that opens with a degree or with a figure is of what its table is of.
    """
    label = unit.values[0][1] if unit.kind == "row" and unit.values else ""
    if re.search(r"\d", label) or severity_words(label):
        return False
    telling = words_of(label) - stop_words()
    return bool(telling) and not telling & words_of(question)


_DONE = lazy_regex(r"\b(?:dose|treatment|management|action|therapy|goal|target|(?:do|give|then|plan|change)\b)")


def is_told(header: str) -> bool:
    """Tell whether a column holds what is done or given, and no criterion."""
    return _DONE.search(uniform(header)) is not None


def _ranges(text: str) -> list[Band]:
    named = [*read_measured(text), *read_by_nouns(text)]
    return [*named, *(band for band in read_bands(text) if band.condition.quantity not in SIZES)]


_LEVEL = lazy_regex(r"(?<![a-z-])(?P<drug>[a-z][a-z-]{3,})\s+(?:levels?|troughs?)\b")


def _level_above(question: str, above: str) -> str:
    """Give the level that a question gives a value of, where headings name what it is of and that it is a level."""
    asked = _LEVEL.search(uniform(question))
    plain = uniform(above)
    if asked is None or asked["drug"] not in plain or not re.search(r"\b(?:levels?|troughs?|target)\b", plain):
        return ""
    return f"{asked['drug']} level"
