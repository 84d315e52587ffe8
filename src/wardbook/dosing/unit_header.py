"""Units that headers, captions and the lines over a table say its bare figures are in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from wardbook.corpus.table import Table
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.cell import has_dose
from wardbook.dosing.column import Column, role_of
from wardbook.dosing.context import Context, Drugs
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.dosing.route import read_routes
from wardbook.dosing.unit_missing import is_bare_dose
from wardbook.lazy_regex import lazy_regex

_WEIGHTS = lazy_regex(r"\W*(?:kgs?|kilos?|(?:body )?(?:weight|wt)(?:,? ?[\[(]?kgs?[\])]?)?)\W*")
_MASSES = lazy_regex(r"\W*(mg|mcg|micrograms?|µg|g|units?)\W*")
_BY_SIZE = lazy_regex(
    r"\W*(?:mg|mcg|micrograms?|µg|g|units?|iu|mmol)\s*(?:/|per)\s*(?:kg|m2)(?:\s*(?:/|per)\s*(?:day|d|dose|h|hr|min))?"
    r"(?:[ ,]+(?:iv|sc|po|im|subcut\w*|oral|intravenous))?\W*"
)
"""A header that is a dose by weight or surface, with its route or without."""
_DOSES_IN = lazy_regex(
    r"\b(?:doses?|dosing|dosages?)\b(?:\s+(?:below|here|are|is|all|given|stated|shown|expressed|listed|quoted|written))*"
    r"\s+in\s+"
)
"""Before the unit of all doses of a table ("All doses are in mg/kg")."""
_BUT = lazy_regex(r"\b(?:unless|except\w*|otherwise|other than|not|some|most|many)\b")
"""What a caption says that holds for all of its table without saying so for all."""
_ENDS = lazy_regex(r"(?:[^\w/]|\b(?:and|given|divided|by|dose)\b)*")
_OF_ITS_OWN = lazy_regex(r"\bper\b|[/%²]|\b(?:in|kg|m2|mgs?|g|mcg|micrograms?|µg|ng|units?|iu|ml|mmol|flat|fixed)\b")
"""In a header that may say by itself what its figures are in."""
LONGEST = 160
"""Characters; a longer paragraph over a table is no caption of it."""


@dataclass(frozen=True, slots=True)
class UnitTold:
    """What a caption says of the bare figures of its table."""

    unit: str
    """As written ("mg/kg")."""
    often: str
    """How often, as written, or ""."""
    routes: tuple[str, ...]
    """Route codes."""


def unit_told(above: Iterable[str]) -> UnitTold | None:
    """Give the unit in which the doses of a table are, by the words above it, the nearest first.

    Behind it the caption ends, but for how often and by which route: "in mg/kg unless stated" holds for no row surely.
    """
    for words in above:
        said = _DOSES_IN.search(uniform(words)) if len(words) <= LONGEST else None
        if said is None and (_BUT.search(uniform(words)) or _OF_ITS_OWN.search(uniform(words))):
            return None  # what stands nearer to the table may say otherwise ("Adults: flat doses")
        figures = read_amounts(f"1 {words[said.end() :]}") if said else ()
        if said and figures and figures[0].begin == 0 and figures[0].is_dose:
            unit, rest = words[said.end() :][: figures[0].end - 2], words[said.end() + figures[0].end - 2 :]
            often = [rest[each.begin : each.end] for each in read_frequencies(rest)]
            routes = tuple(dict.fromkeys(route.code for route in read_routes(rest)))
            left = list(uniform(rest))
            spans = [(each.begin, each.end) for each in read_frequencies(rest)]
            for begin, end in (*spans, *((each.begin, each.end) for each in read_routes(rest))):
                left[begin:end] = " " * (end - begin)
            if not _ENDS.fullmatch("".join(left)) or _BUT.search(uniform(words)):
                return None
            return UnitTold(unit, often[0] if len(often) == 1 else "", routes if len(routes) == 1 else ())
    return None


def unit_below(column: Column, cell: str, context: Context) -> str | None:
    """Give the unit of the bare figures of a cell: its header's own, else what the words above say.

    A header or a cell that says by itself what its figures are ("Children (per kg)", "400 flat") takes none from above.
    """
    told = context.unit_told if column.role in ("dose", "drug dose", "banded") else None
    told = None if any(_OF_ITS_OWN.search(uniform(words)) for words in (column.words, cell)) else told
    return column.unit or told or (context.unit if column.role == "drug dose" else None)


def with_named_units(table: Table, drugs: Drugs) -> Table:
    """Write "Dose" to headers that are a unit alone, where doses stand below them.

    So they do in a table of two columns that are headed by units ("kg" | "mg"), or of which the second header says how
    often alone; and beside drugs where the figures say how often they are given ("400 BD" below "mg"). So they do
    where a header behind the weights says how much per kg its figures are ("BD 1 mg/kg").
    """
    columns = list(table.columns)
    named = any(role_of(each) == "dose" and not _BY_SIZE.fullmatch(uniform(each)) for each in columns)
    named = named or any(_MASSES.fullmatch(uniform(each)) for each in columns)
    for at, words in enumerate([] if named else columns):
        if at and _BY_SIZE.fullmatch(uniform(words)):
            columns[at] = f"Dose ({words})"  # "Weight" | "mg/kg/dose"
            return replace(table, columns=tuple(columns))
    if rated := _rated_columns(table):
        return replace(table, columns=rated)
    if unit := _unit_beside(table):
        first = "Weight (kg)" if _WEIGHTS.fullmatch(uniform(columns[0])) else columns[0]
        return _without_supply(replace(table, columns=(first, f"Dose ({unit})", *columns[2:])))
    if len(columns) == 2 and _WEIGHTS.fullmatch(uniform(columns[0])):
        mass = _MASSES.fullmatch(uniform(columns[1]))
        if mass:
            return replace(table, columns=("Weight (kg)", f"Dose ({mass[1]})"))
        if read_frequencies(columns[1]) and all(has_dose(row.cells[-1].text) for row in table.rows):
            return replace(table, columns=("Weight (kg)", f"Dose {columns[1]}"))  # "kg" | "OD (BD on day 1)"
    named = any(role_of(words) == "drug" for words in columns) and not any(
        role_of(words) == "dose" for words in columns
    )
    for at, words in enumerate(columns if named else ()):
        plain = re.sub(r"[\W_]+", "", words)
        bare = [row.cells[at].text for row in table.rows if at < len(row.cells) and row.cells[at].text.strip()]
        if plain in ("mg", "mcg", "micrograms", "units") and bare and all(is_bare_dose(text) for text in bare):
            columns[at] = f"Dose ({plain})"
    return replace(table, columns=tuple(columns)) if tuple(columns) != table.columns else table


def _rated_columns(table: Table) -> tuple[str, ...] | None:
    """Give the headers with "BD (mg)" for one that tells by how much per kg the amounts below it were worked out.

    Nearly all that stands below is a bare figure of it; where the rows go by weight, and no header but these has doses.
    """
    first, *others = table.columns or ("",)
    if not _WEIGHTS.fullmatch(uniform(first)):
        return None
    rated = [_rated(words) for words in others]
    cells = [[row.cells[at].text for row in table.rows if at < len(row.cells)] for at in range(1, len(table.columns))]
    if not any(rated) or not all(_mostly_bare(own) for unit, own in zip(rated, cells, strict=True) if unit):
        return None
    return ("Weight (kg)", *(unit or words for unit, words in zip(rated, others, strict=True)))


def _rated(words: str) -> str | None:
    """Give what a header that holds one amount per kg makes of its figures ("OD 1.5 mg/kg" → "OD (mg)")."""
    figures = read_amounts(words)
    if len(figures) != 1 or not figures[0].is_dose or figures[0].per != "kg" or figures[0].per_time:
        return None
    unit = re.search(r"(mg|mcg|micrograms?|µg|g|units?)\s*(?:/|per)", uniform(words[figures[0].begin : figures[0].end]))
    if unit is None:
        return None
    rest = re.sub(r"\([^()]*\)", " ", f"{words[: figures[0].begin]} {words[figures[0].end :]}")
    named = re.sub(r"\W+", " ", rest).strip()
    return f"{named or 'Dose'} ({unit[1]})"


def _mostly_bare(cells: list[str]) -> bool:
    told = [cell for cell in cells if re.search(r"\d", cell)]
    return bool(told) and 2 * sum(_is_bare(cell) or _AMOUNT.fullmatch(cell) is not None for cell in told) >= len(told)


_AMOUNT = lazy_regex(r"\s*\d[\d.,]*\s*(?:mg|mcg|micrograms?|µg|g|units?)\s*", re.IGNORECASE)


_SUPPLY = lazy_regex(
    r"(?:no\.? of |number of )?(?:vials?|ampoules?|amps?|bottles?|bags?|syringes?|ml)"
    r"(?: of [\d.]+ ?(?:mg|ml|g|mcg|units?)(?: ?/ ?[\d.]* ?ml)?)?(?: ?\([^()]*\))?"
)
"""What is taken from the shelf; how often it is given is none of that."""


def _unit_beside(table: Table) -> str | None:
    """Give the mass that alone heads the column behind that of the weights or the kidney function, over bare figures.

    What stands behind it has to say how much of what is supplied that is ("kg" | "mg" | "vials"), or nothing is there.
    """
    columns = [uniform(words) for words in table.columns]
    bands = len(columns) > 1 and (_WEIGHTS.fullmatch(columns[0]) or role_of(columns[0]) == "renal")
    mass = _MASSES.fullmatch(columns[1]) if bands else None
    cells = [row.cells[1].text.strip() for row in table.rows if len(row.cells) > 1]
    if any(not _OF_SUPPLY.fullmatch(uniform(cell.text)) for row in table.rows for cell in row.cells[2:]):
        return None  # a word there may say how often
    if mass is None or not cells or not all(map(_is_bare, cells)) or not all(map(_SUPPLY.fullmatch, columns[2:])):
        return None
    return mass[1]


_OF_SUPPLY = lazy_regex(r"(?:[^a-z]|\b(?:round(?:ed)?|up|down|to|give|use|vials?|ml|about|approx)\b)*")
"""A cell that says how much of what is supplied to take, and nothing else."""


def _is_bare(text: str) -> bool:
    """Tell whether a cell is a figure, with how often it is given or without."""
    return bool(_BARE.fullmatch(uniform(text)) or is_bare_dose(text)) and not has_dose(text)


_BARE = lazy_regex(r"\W*\d+(?:[.,]\d+)*(?:\s*-\s*\d+(?:[.,]\d+)*)?\W*")


def _without_supply(table: Table) -> Table:
    """Leave out what of a table is told of supplies: "7 (3500)" vials round the dose beside them, and give none."""
    rows = tuple(replace(row, cells=row.cells[:2]) for row in table.rows)
    return replace(table, columns=table.columns[:2], rows=rows)
