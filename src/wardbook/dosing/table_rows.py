"""Tables with a header: one regimen or more from each row, its cells read together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wardbook.corpus.table import Cell, Row, Table
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import read_bands
from wardbook.dosing.bare_band import with_quantity
from wardbook.dosing.bounds_apart import apart_by_bounds
from wardbook.dosing.by_route import by_route
from wardbook.dosing.cell import has_dose, read_cell, with_unit
from wardbook.dosing.column import (
    BY_BAND,
    Column,
    is_beside,
    is_blank,
    is_of_companions,
    notes_of,
    role_of,
    with_antidotes,
)
from wardbook.dosing.context import Context, Drugs, joined, population_of, qualifies
from wardbook.dosing.draft import Draft
from wardbook.dosing.drugs_apart import apart_by_drugs
from wardbook.dosing.electrolyte import given_by_level
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.header_often import told_often
from wardbook.dosing.in_order import begin_of_name
from wardbook.dosing.label import header_label, inherit_blanks
from wardbook.dosing.led_drug import with_led_drugs
from wardbook.dosing.measured import cell_condition
from wardbook.dosing.no_patients import of_no_patients
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.order_header import is_of_orders, tells_errors, tells_past
from wardbook.dosing.patient_group import on_dialysis
from wardbook.dosing.patients_apart import apart_by_patients
from wardbook.dosing.place import RowPlace
from wardbook.dosing.refusal import forbids_drug, is_refusal, names_another
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.row import DOSES, Pairs, only_drugs, own_drug, read_row, whole_drug
from wardbook.dosing.row_reference import with_referred
from wardbook.dosing.separator import without
from wardbook.dosing.settle import settle
from wardbook.dosing.shared_unit import with_shared_unit, with_unit_of_cell
from wardbook.dosing.step_unit import with_step_unit
from wardbook.dosing.unit_header import unit_below
from wardbook.dosing.unit_missing import is_bare_dose, unread
from wardbook.dosing.volume import is_of_cells
from wardbook.lazy_regex import lazy_regex

_WORD = lazy_regex(r"[a-z][\w-]+")
_BRACKET = lazy_regex(r"\([^()]*\)")


# A header that bounds something it does not name (">50", "30-50", "10 kg"): whom the cells are for is not understood.
_OPENS_BOUND = lazy_regex(r"\W*[<>≤≥]=?\s*\d")
"""A header that opens with a bound of which nothing was understood ("< 30 (incl. HD)")."""
_BARE_BOUND = lazy_regex(r"\s*(?:[<>≤≥]=?\s*)?\d+(?:\.\d+)?(?:\s*-\s*\d+)?\s*(?:$|/|kg\b)")
_PHASE = lazy_regex(
    r"\b(?:load(?:ing)?|maintenance|induction|initial|then|start(?:ing)?|subsequent|bolus|first dose)\b"
)
_MOMENT = lazy_regex(
    r"\W*(?:c(?:ycle)? ?\d+,? ?)?(?:days?|d|weeks?|wk|cycles?|c) ?[+-]?\d{1,3}(?: ?(?:-|to) ?[+-]?\d{1,3})?(?: ?\+)?\W*"
)
"""A header that is when its doses are given ("Day +1", "C1D8")."""
_START = lazy_regex(r"(?:start(?:ing)?|begin)(?: (?:at|with|dose|rate))?")
_SILENT = frozenset({"none", "void", "study", "source"})
_GENERIC = lazy_regex(
    r"(?:(?:recommended|usual|standard|drug|treatment|management|dose|doses|dosing|dosage|regimen|regimens|therapy|"
    r"details?|description|prescription|action|recommendation|amount|posology|and|/|of|&|\s)+)"
)


FEW = 3
"""Of so many cells of a column of drugs one may hold a dose too."""
_BY_CELLS = {("regimen", True): "dose", ("regimen", False): "notes", ("drug", True): "text"}
"""(role of the header, whether any cell holds an amount) to the role of the column."""


_OF_VERSION = lazy_regex(r"\W*(?:version|ver|rev(?:ision)?|issue|edition|amended|date|from)\b")
_OF_CHANGE = lazy_regex(
    r"\W*(?:(?:summary|details?|description|nature|reasons?) (?:of|for) )?(?:the )?"
    r"(?:changes?|changed|amendments?|revisions?|modifications?|what changed|what is new)\b"
)


def _is_history(columns: Sequence[Column]) -> bool:
    """Tell whether a table says what was changed in which version of the page: none of its doses is an order."""
    heads = [uniform(column.words) for column in columns]
    return any(map(_OF_VERSION.match, heads)) and any(map(_OF_CHANGE.match, heads))


def read_rows(
    table: Table, columns: Sequence[Column], context: Context, drugs: Drugs, place: RowPlace
) -> Iterator[Regimen]:
    """Give the regimens of a table whose columns are understood; `place` holds page and section."""
    if _is_history(columns):
        return
    table = _with_short_names(table, drugs)
    columns = _by_setting(columns)
    columns = _by_value(table, _of_several(table, of_no_patients(table, columns), drugs))
    columns = by_route(table, columns) if context.drug else columns
    first = [row.cells[0].text for row in table.rows]
    if any(column.role == "void" for column in columns) or _compares(columns, first) or _of_stock(columns, first):
        return
    if any(column.role == "study" or _ARM.search(column.words) for column in columns):
        context = replace(context, evidence=True)
    columns = with_antidotes(columns, [[row.cells[at].text for row in table.rows] for at in range(len(columns))], drugs)
    firsts = {whole_drug(row.cells[0].text, drugs) for row in table.rows}
    companions = context.gives_dose and columns[0].role not in ("drug", "product") and context.drug not in firsts
    context = replace(context, gives_dose=companions)
    columns = _without_making(table, _by_cells(table, columns, drugs))
    columns = columns if companions else _drug_column(table, columns, drugs)
    columns = _with_former(_label_columns(table, columns))
    entities = any(column.role == "drug dose" for column in columns) and columns[0].role == "label"
    labels = {
        row.cells[0].text.strip()
        for row in table.rows
        if len({cell.text for cell in row.cells}) > 1 and not _names_group(row, columns, drugs)
    }
    given = ("drug dose", "banded", "dose") if context.drug else ("drug dose", "banded")
    dosed = [at for at, each in enumerate(columns) if each.role in given and _holds_doses(table, at)]
    dosed += [at for at, each in enumerate(columns) if each.role == "banded" and at not in dosed]
    group: str | None = None
    told = with_referred(inherit_blanks(table.rows, columns))
    for row in apart_by_bounds(apart_by_patients(told, columns), columns, drugs):
        words = {cell.text.strip() for cell in row.cells}
        if (len(words) == 1 and len(row.cells) > 1) or _names_group(row, columns, drugs):
            group = row.cells[0].text.strip()
            continue
        if entities and role_of(row.cells[0].text) in _SILENT:
            continue
        above = row.group or group
        over = None if above in labels else above
        for each, doses, paired in apart_by_drugs(row, columns, drugs):
            for regimen in _row(each, over, columns, context, drugs, place):
                yield replace(regimen, verbatim=doses, notes=(*regimen.notes, *paired)) if doses else regimen
        yield from _refusals(row, over, columns, dosed, context, drugs, place)


def _with_short_names(table: Table, drugs: Drugs) -> Table:
    """Write ward shorthand that opens a row out where most of the first column are drugs ("Cy" below "Fludarabine")."""
    first = [row.cells[0].text.strip() for row in table.rows if row.cells]
    named = sum(whole_drug(text, drugs) is not None for text in first)
    short = {text: drug for text in first if not drugs.find(text) and (drug := drugs.canonical(text))}
    by_size = all(is_blank(text) or _BY_SIZE.search(uniform(text)) for text in _beside(table, short))
    of_size = by_size and len(short) > 1 and 2 * (named + len(short)) > len(first)
    beside = bool(short) and (named > 1 or (named and by_size)) and 2 * named > len(first) - len(short)
    if not (of_size or beside):
        return table
    return replace(table, rows=tuple(_renamed(row, short.get(row.cells[0].text.strip())) for row in table.rows))


_BY_SIZE = lazy_regex(r"\d ?(?:mg|mcg|g|units?) ?/ ?(?:kg|m2|m²)")
"""A dose by weight or surface, which no infection has."""


def _beside(table: Table, short: Mapping[str, str]) -> list[str]:
    return [
        cell.text for row in table.rows if row.cells and row.cells[0].text.strip() in short for cell in row.cells[1:]
    ]


def _renamed(row: Row, drug: str | None) -> Row:
    return replace(row, cells=(replace(row.cells[0], text=drug), *row.cells[1:])) if drug else row


_ARM = lazy_regex(r"\(\s*n\s*=\s*\d+\s*\)", re.IGNORECASE)
"""A header with the number of patients: the column holds what they had."""


_WHERE = lazy_regex(r"\W*(?:where|place|location|store|stock|(?:kept|stored|found)(?: in| at)?)\W*")
_STORES = lazy_regex(r"\b(?:fridges?|refrigerator|freezer|cupboards?|cabinet|store ?rooms?|drawer|shelf|trolley)\b")


def _of_stock(columns: Sequence[Column], first: Sequence[str]) -> bool:
    """Tell whether a table says where drugs are kept: what stands beside is the stock, and no dose."""
    return bool(columns and _WHERE.fullmatch(uniform(columns[0].words))) and any(
        _STORES.search(uniform(text)) for text in first
    )


def _by_value(table: Table, columns: Sequence[Column]) -> Sequence[Column]:
    """Take columns of "equivalents" for doses where the rows go by a measured value or the kidney function."""
    first = [row.cells[0].text for row in table.rows if row.cells]
    goes = columns and all(cell_condition(columns[0].words, text) for text in first)
    if not goes and (not columns or columns[0].role != "renal"):
        return columns
    return [replace(each, role="dose") if each.role == "void" else each for each in columns]


def _by_setting(columns: Sequence[Column]) -> list[Column]:
    """Take a column of maxima in another setting than that of a column beside it for doses of its own.

    "Treatment, usual max" bounds no dose below "Prophylaxis".
    """
    settings = {column.setting for column in columns if column.role in ("banded", "text")} - {None}
    return [
        _as(column, "text") if column.role == "max" and column.setting and settings - {column.setting} else column
        for column in columns
    ]


_MOST = lazy_regex(r"\bmax(?:imum|imal)?\b")


def _names_group(row: Row, columns: Sequence[Column], drugs: Drugs) -> bool:
    """Tell whether a row names one drug in its first cell and is empty else: it is the drug of the rows below."""
    first, *others = (cell.text.strip() for cell in row.cells)
    named = {mention.drug for mention in drugs.find(first)}
    return len(named) == 1 and columns[0].role != "drug" and bool(others) and not any(others) and not has_dose(first)


def _with_former(columns: Sequence[Column]) -> list[Column]:
    """Take a dose right behind the drug that is switched from for a remark, where a column of the one given follows."""
    known = list(columns)
    for at, column in enumerate(known[:-1]):
        former = column.role == "remark" and _FORMER.match(uniform(column.words))
        if former and known[at + 1].role == "dose" and any(each.role == "drug" for each in known[at + 2 :]):
            known[at + 1] = replace(known[at + 1], role="remark")
    return known


_FORMER = lazy_regex(r"\W*(?:(?:already|currently|now) (?:on|taking)|(?:switch|change) from|on now|instead of)\b")


def _label_columns(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Mark the columns that hold no dose and have no other part: they say what the rows are for."""
    doses = [
        columns[at].role == "dose" or _holds_doses(table, at) or _holds_bare_steps(table, columns, at)
        for at in range(len(columns))
    ]
    first = doses.index(True) if True in doses else 0
    found = []
    for at, column in enumerate(columns):
        role = column.role
        if doses[at]:
            pass
        elif at >= first or (role == "none" and at > 0):
            role = "remark" if role == "other" or at < first else role
        elif role in ("other", "none", "text", "drug dose") or (at == 0 and role == "source"):
            role = "label"
        found.append(_as(column, role))
    return found


def _as(column: Column, role: str) -> Column:
    return column if column.role == role else replace(column, role=role)


def _holds_doses(table: Table, at: int) -> bool:
    return any(has_dose(row.cells[at].text) for row in table.rows)


def _holds_bare_steps(table: Table, columns: Sequence[Column], at: int) -> bool:
    """Tell whether a column holds steps in the unit of the steps beside them."""
    rows = ([(each.words, cell.text) for each, cell in zip(columns, row.cells, strict=False)] for row in table.rows)
    return any(at < len(row) and with_step_unit(row, at) != row[at][1] for row in rows)


def _by_cells(table: Table, columns: Sequence[Column], drugs: Drugs) -> list[Column]:
    """Settle by their cells the columns that hold names or doses ("Regimen", "Steroid").

    A column of drugs stays one where few of its cells hold a dose too, and the doses have a column of their own.
    """
    beside = any(column.role == "dose" and _holds_doses(table, at) for at, column in enumerate(columns))
    found = []
    for at, column in enumerate(columns):
        doses = _holds_doses(table, at)
        if column.role == "regimen":
            doses = any(has_dose(_BOUNDED.sub(" ", uniform(row.cells[at].text))) for row in table.rows)
        role = column.role
        if role == "product" and at > 0:
            named = [has_dose(row.cells[at].text) and bool(drugs.find(row.cells[at].text)) for row in table.rows]
            role = "text" if FEW * sum(named) > len(named) else role  # "CAR-T" beside "Autograft": whose doses they are
        if column.role == "drug" and beside:
            doses = FEW * sum(has_dose(row.cells[at].text) for row in table.rows) > len(table.rows)
        role = _BY_CELLS.get((role, doses), role)
        if doses and role == "schedule" and _START.fullmatch(uniform(column.words).strip(" :")):
            role = "dose"
        found.append(_as(column, role))
    return found


_BOUNDED = lazy_regex(r"[<>≤≥]=?\s*\d[\d.,]*\s*m?c?g\b(?:/\w+)*")
"""An amount by which regimens are told apart ("x >= 60 mg/kg"): none is given."""


def _without_making(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Take what an infusion is mixed of, and the steps of its rate, for remarks beside a column of what is given."""
    given = any(
        column.role in ("dose", "drug dose") or (column.role == "text" and _holds_doses(table, at))
        for at, column in enumerate(columns)
    )
    beside = {"mix": "remark", "step": "remark"} if given else {"mix": "other", "step": "text"}
    return [_as(column, beside.get(column.role, column.role)) for column in columns]


_BARE_CELL = lazy_regex(r"\s*(?:[<>≤≥]=?\s*)?\d+(?:\.\d+)?(?:\s*-\s*\d+(?:\.\d+)?)?\s*")
"""A bound, a range or a figure without a unit."""


_BOUND_CELL = lazy_regex(r"\s*[<>≤≥]=?\s*\d+(?:\.\d+)?\s*|(?=.*\.)\s*\d+(?:\.\d+)?\s*-\s*\d+(?:\.\d+)?\s*")
"""A bound, or a range with a decimal point, of what its header does not say in a way that is understood."""


_IN_A_TIME = lazy_regex(
    r"\W*\d+\s*-?\s*(?:h|hrs?|hours?|hourly|min|minutes?)\s*-?\s*(?:dose\s+)?(?:limit|maximum|max\.?|ceiling)\W*"
)
"""Labels a row of what may be given at most in a time ("4 h limit")."""


def _compares(columns: Sequence[Column], first: Sequence[str]) -> bool:
    """Tell whether every column is another drug: a table of equivalents, where a row is no order."""
    named = [column.drug for column in columns if column.role == "drug dose"]
    others = [column for column in columns if column.role not in ("drug dose", "source", "notes")]
    if columns and all(_BARE_CELL.fullmatch(uniform(text)) for text in first):
        return False  # the first is measured: "x at 48 h"
    return len(set(named)) > 1 and not others


def _drug_column(table: Table, columns: Sequence[Column], drugs: Drugs) -> list[Column]:
    """Find the drug column by what it holds, where no header says so."""
    known = list(columns)
    if any(column.role == "drug" for column in known) or not table.rows:
        return known
    if known[0].role in ("other", "none", "text", "label") and is_of_companions(known[0].words):
        known[0] = replace(known[0], role="remark")
    if known[0].role in ("other", "none", "text") or _are_drug_products(table, known, drugs):
        names = [(drugs.find(row.cells[0].text), begin_of_name(row.cells[0].text)) for row in table.rows]
        opening = sum(1 for named, begin in names if any(m.begin <= begin + 2 for m in named))
        unnamed = not known[0].words.strip() and any(_holds_doses(table, at) for at in range(1, len(known)))
        dosed = unnamed or any(column.role in ("dose", "banded", "text") for column in known[1:])
        if opening * 2 > len(table.rows) and dosed:
            known[0] = replace(known[0], role="drug")
            return known
    at = 0 if with_led_drugs(table, known, drugs) else _column_of_names(table, known, drugs)
    if at is not None:
        known[at] = replace(known[at], role="drug")
    return known


def _column_of_names(table: Table, columns: Sequence[Column], drugs: Drugs) -> int | None:
    """Give the one column before that of the doses most of whose cells name a drug and nothing else ("Choice")."""
    doses = [at for at, column in enumerate(columns) if column.role == "dose"]
    if not doses or drugs.find(" ; ".join(columns[at].words for at in doses)):
        return None
    named = [
        at
        for at, column in enumerate(columns)
        if column.role in ("other", "text")
        and not is_beside(column.words)
        and 2 * sum(_names_drugs(row.cells[at].text, drugs) for row in table.rows) > len(table.rows)
    ]
    return named[0] if len(named) == 1 and 0 < named[0] < doses[0] else None


def _names_drugs(text: str, drugs: Drugs) -> bool:
    return whole_drug(text, drugs) is not None or only_drugs(text, drugs)


def _are_drug_products(table: Table, columns: Sequence[Column], drugs: Drugs) -> bool:
    """Tell whether a column of products lists drugs of whose own doses the table is, and no products of cells."""
    if columns[0].role != "product":
        return False
    doses = [row.cells[at].text for row in table.rows for at, column in enumerate(columns) if column.role == "dose"]
    said = uniform(" ".join([*doses, *(column.words for column in columns)]))
    named = {mention.drug for row in table.rows for mention in drugs.find(row.cells[0].text)}
    return len(named) > 1 and not drugs.find(" ; ".join(doses)) and not re.search(r"\bcells?\b|\bx ?10\b|10\^", said)


def _row(
    row: Row, group: str | None, columns: Sequence[Column], context: Context, drugs: Drugs, place: RowPlace
) -> Iterator[Regimen]:
    own = own_drug(row.cells[0].text, drugs)
    pairs = [
        (replace(column, role="text") if _holds_dose_too(column, cell) else _beside_cells(column, own), cell)
        for column, cell in zip(columns, row.cells, strict=False)
    ]
    dosed = any(column.role in ("dose", "drug dose") for column in columns)
    read = [pair for pair in pairs if _may_give(*pair, dosed, context, drugs)]
    if context.by_level and context.drug:
        read = given_by_level(pairs, read, context.drug, drugs)
    if not read:
        return
    base = read_row(row, group, pairs, context, drugs, place)
    yield from _beside_doses(pairs, read, base, context, drugs)
    if (
        not base.conditions
        and columns[0].role in ("schedule", "label")
        and _BOUND_CELL.fullmatch(uniform(row.cells[0].text))
    ):
        base.unparsed.append(f"{columns[0].words}: {row.cells[0].text.strip()}")  # of what is not known
    if _IN_A_TIME.fullmatch(uniform(row.cells[0].text)):
        return  # what a pump gives at most
    base.setting = base.setting or _setting_of_doses(pairs)
    if base.drug is None and not base.drugs:
        base.drug = _named_once([cell.text for _, cell in read], drugs) or _named_for_patients(read, drugs)
    named = context.by_level or any(column.role in ("drug", "product") for column in columns)
    alone = bool(base.drugs) or (bool(pairs) and whole_drug(pairs[0][1].text, drugs) is not None)
    for column, cell in read:
        yield from _cell(column, cell, base, context, drugs, named or (alone and column.role == "banded"), pairs)


def _beside_cells(column: Column, own: str | None) -> Column:
    """Take the drug from a column headed by a product of cells where the row is of the drug given before it."""
    if own is None or not column.drug or not is_of_cells(column.drug) or is_of_cells(own):
        return column
    return replace(column, drug=None, role="dose")


def _beside_doses(pairs: Pairs, read: Pairs, base: RowPlace, context: Context, drugs: Drugs) -> Iterator[Regimen]:
    """Give the orders of cells beside the doses that name their drug and how it is given ("anakinra 90 mg SC q6h")."""
    if any(tells_errors(column.words) for column, _ in pairs):
        return
    for column, cell in pairs:
        if column.role != "other" or (column, cell) in read or context.evidence or not has_dose(cell.text):
            continue
        if not is_of_orders(column.words):
            continue
        place = replace(_in_column(column, cell, base, drugs), drug=None, drugs=(), several=False)
        for regimen in read_cell(cell.text, drugs.find(cell.text), place, doses=None, named=False):
            if regimen.amount and (regimen.route or regimen.interval_h):
                yield regimen


def _named_once(texts: Sequence[str], drugs: Drugs) -> str | None:
    """Give the drug that the first of a row's doses names for them all: the others name none and are of as much."""
    first, *others = texts
    named = drugs.find(first)
    amounts = [[figure.amount for figure in read_amounts(text)] for text in texts]
    alone = len(named) == 1 and not re.search(r"\w", first[: named[0].begin]) and not any(map(drugs.find, others))
    same = len(amounts[0]) == 1 and all(each == amounts[0] for each in amounts if each)
    return named[0].drug if alone and same and any(amounts[1:]) else None


def _named_for_patients(read: Pairs, drugs: Drugs) -> str | None:
    """Give the drug that the first dose of a row opens with, where the others are that drug's for other patients.

    Below "Adult" and "Child" it is named once: "x 200 mg OD | 6 mg/kg OD".
    """
    patients = [population_of(column.words) for column, _ in read]
    named, *others = [drugs.find(cell.text) for _, cell in read]
    alone = len(named) == 1 and not re.search(r"\w", read[0][1].text[: named[0].begin]) and not any(others)
    return named[0].drug if others and alone and all(patients) and len(set(patients)) == len(patients) else None


def _may_give(column: Column, cell: Cell, dosed: bool, context: Context, drugs: Drugs) -> bool:
    """Tell whether a cell is read for doses; outside columns of doses only an amount counts, and has a digit."""
    if column.role in ("dose", "drug dose"):
        return not is_blank(cell.text)
    if column.role not in DOSES or context.evidence or not has_digit(cell.text) or is_blank(cell.text):
        return False
    return column.role != "other" or not dosed or context.by_level or _is_told(column, cell, drugs)


def _setting_of_doses(pairs: Pairs) -> str | None:
    """Give the setting that the headers of all dose columns name: what the row says beside them is said of no other."""
    settings = {column.setting for column, _ in pairs if column.role in ("dose", "drug dose")}
    return settings.pop() if len(settings) == 1 else None


def _holds_dose_too(column: Column, cell: Cell) -> bool:
    """Tell whether a cell of whom a row is for, or of its drug, gives a dose too."""
    return (column.role in BY_BAND and _doses_beside_band(cell.text)) or (column.role == "drug" and has_dose(cell.text))


def _doses_beside_band(text: str) -> bool:
    """Tell whether a cell of whom a row is for gives a dose too ("CrCl > 50 mL/min" gives no flow of 50 mL/min)."""
    bands = [(band.begin, band.end) for band in read_bands(text)]
    return has_dose(without(text, bands))


def _refusals(
    row: Row,
    group: str | None,
    columns: Sequence[Column],
    dosed: Sequence[int],
    context: Context,
    drugs: Drugs,
    place: RowPlace,
) -> Iterator[Regimen]:
    """Give, without an amount, the cells of a drug's own column of doses that say that it is not given ("no")."""
    cells = [(at, row.cells[at].text) for at in dosed if at < len(row.cells)]
    refused = [
        at
        for at, words in cells
        if (is_refusal(words) and not has_dose(_BRACKET.sub(" ", words)))
        or names_another(words, columns[at].drug or "", drugs)
    ]
    if refused:
        base = read_row(row, group, list(zip(columns, row.cells, strict=False)), context, drugs, place)
        told = base.severity or base.conditions or base.product or on_dialysis(row.cells[0].text)
        for at in refused:
            if not (told or columns[at].severity or columns[at].bands):
                continue  # "Raises the pressure: no" is a fact of the drug
            words = row.cells[at].text.strip()
            whole = _in_column(columns[at], row.cells[at], base, drugs)
            said = f"{columns[at].words.strip()}: {words}"
            denied = forbids_drug(words) or names_another(words, columns[at].drug or "", drugs)
            excluded = [*whole.excluded, *([said] if denied and said not in whole.excluded else [])]
            own = replace(whole, notes=[*whole.notes, said], excluded=excluded)
            regimen = settle(Draft(0, len(words)), own)
            yield from [regimen] if regimen else []


def _is_told(column: Column, cell: Cell, drugs: Drugs) -> bool:
    """Tell whether a header says when or how its doses are given, and the cell how often or how fast."""
    plain = uniform(column.words).strip(" :")
    if tells_past(plain) or tells_errors(plain):
        return False
    how = (
        bool(read_routes(column.words) or _PHASE.search(plain))
        or re.fullmatch(r"drip|gtt|infusion|continuous|oral|push", plain) is not None
    )
    often = read_frequencies(cell.text) or any(figure.per_time for figure in read_amounts(cell.text))
    return bool((how or header_label(column, drugs)) and often)


def _tells(column: Column) -> bool:
    """Tell whether a header says more than that doses stand below it ("CrCl 10-29", "If no response", "ICU")."""
    plain = _BRACKET.sub(" ", uniform(column.words))
    generic = _GENERIC.fullmatch(plain.strip(" :.*")) is not None
    return qualifies(column.words) or not (generic or column.drug or not plain.strip())


def _cell(
    column: Column,
    cell: Cell,
    base: RowPlace,
    context: Context,
    drugs: Drugs,
    named: bool,
    pairs: Pairs,
) -> Iterator[Regimen]:
    text = with_unit(cell.text, unit_below(column, cell.text, context))
    if text == cell.text and (column, cell) in pairs:
        text = with_step_unit([(each.words, said.text) for each, said in pairs], pairs.index((column, cell)))
    text = with_unit_of_cell(with_shared_unit(with_quantity(text, column.words)))
    place = _in_column(column, cell, base, drugs)
    cells = context.cells or any("cell" in uniform(each.words) or each.role == "product" for each, _ in pairs)
    mentions = drugs.find(text)
    own = uniform(column.words)
    if not column.bands and (_BARE_BOUND.match(own.rpartition(" / ")[2]) or _OPENS_BOUND.match(own)):
        place.unparsed.append(column.words.strip())
    if column.role == "text" and column.setting and _MOST.search(uniform(column.words)):
        place.unparsed.append(column.words.strip())
    if column.drug and pairs and _is_dosed_otherwise(*pairs[0], column.drug, drugs):
        place.unparsed.append(pairs[0][1].text.strip())
    if not place.schedule and (_PHASE.search(uniform(column.words)) or _MOMENT.fullmatch(uniform(column.words))):
        place.schedule = [column.words.strip()]
    doses = column.role if column.role in ("dose", "drug dose") else None
    named = named or column.drug is not None
    beside = any(
        (each.role in _HOW and not is_blank(said.text))
        or (column.bands and each.role in _GIVEN and has_dose(said.text))
        for each, said in pairs
    )
    given = column.role == "banded" and (beside or _is_row_of_doses(pairs))
    found = list(read_cell(text, mentions, place, doses=doses, named=named, cells=cells, given=given))
    found = [_as_headed(each, column.words) for each in found]
    yield from found
    yield from unread(text, mentions, place, found)
    if not found and place.drug and not place.several and is_bare_dose(cell.text):
        whole = settle(Draft(0, len(cell.text), unparsed=[cell.text.strip()]), place)
        yield from [whole] if whole else []


_HEADED_PER = (
    (
        "d",
        lazy_regex(
            r"\b(?:total|dose|given|amount)?\s*(?:per|a|/)\s?(?:day|24 ?h(?:ours?|rs?)?)\b|"
            r"\b(?:daily total|total daily)\b"
        ),
    ),
    ("wk", lazy_regex(r"\b(?:per|a|/)\s?week\b|\b(?:weekly total|total weekly)\b")),
)
_HEADED_KG = lazy_regex(r"(?:\bdose|\bamount|^)\W*(?:/|per)\s?kg\b")


def _as_headed(regimen: Regimen, header: str) -> Regimen:
    """Give a dose what its header says that it is per ("Dose/kg", "X (total per day)"), where its cell does not.

    What is per day and given several times is no single dose.
    """
    words = uniform(header)
    if regimen.amount is None:
        return regimen
    if regimen.per is None and _HEADED_KG.search(words) and regimen.amount.unit in ("mg", "g", "ug", "[iU]", "mmol"):
        return replace(regimen, per="kg")
    per = next((time for time, pattern in _HEADED_PER if pattern.search(words)), None)
    return replace(regimen, per_time=per) if per and not (regimen.per_time or regimen.interval_h) else regimen


def _is_row_of_doses(pairs: Pairs) -> bool:
    """Tell whether a row holds one amount below each band of the headers ("750 mg" | "1 g" below "< 40 kg")."""
    figures = [(said.text.strip(), read_amounts(said.text)) for _, said in pairs]
    return len(pairs) > 1 and all(
        column.bands
        and len(found) == 1
        and found[0].is_dose
        and (found[0].begin, found[0].end) == (0, len(text))
        and found[0].amount.unit not in ("mL", "L")
        for (column, _), (text, found) in zip(pairs, figures, strict=True)
    )


def _is_dosed_otherwise(column: Column, cell: Cell, drug: str, drugs: Drugs) -> bool:
    """Tell whether a row without a header opens with another drug and a bare figure ("x 400" below a blank header).

    That may be the usual dose of the drug that the row is of, and the column's drug what is taken beside it.
    """
    named = drugs.find(cell.text)
    if re.search(r"\w", column.words) or len(named) != 1 or named[0].drug == drug:
        return False
    head, rest = uniform(cell.text[: named[0].begin]), uniform(cell.text[named[0].end :])
    return not re.search(r"\w", head) and re.match(r"\s*\d+(?:\.\d+)?(?!\s*%)", rest) is not None


def _of_several(table: Table, columns: Sequence[Column], drugs: Drugs) -> list[Column]:
    """Take the drug from a header that names something else too by which cells open ("XY 5 mg" below "X / XY")."""
    found = []
    for at, column in enumerate(columns):
        heads = [_NAME.match(row.cells[at].text) for row in table.rows] if column.drug else []
        words = _WORD.findall(uniform(column.words))
        other = any(head and not drugs.find(head[1]) and uniform(head[1]) in words for head in heads)
        found.append(replace(column, drug=None, role="other") if other else column)
    return found


_NAME = lazy_regex(r"\W*([A-Za-z][\w-]*)\s+(?=\d)")


_HOW = frozenset({"route", "frequency"})
"""Columns beside one that is headed by patients or a grade: they say how the amounts in it are given."""
_GIVEN = frozenset({"dose", "drug dose"})
"""Columns of the dose of all beside one that is headed by a band: what stands in it is the dose of those."""


def _product_beside(column: Column, base: RowPlace, drugs: Drugs) -> list[str]:
    """Give the product that a row is of, where a column's drug is another one: its dose is the one given with it."""
    product = base.product
    headed = [mention.drug for mention in drugs.find(column.words)] if column.drug is None and base.drug else []
    if product is None and headed and all(map(is_of_cells, headed)):
        return [column.words.strip()]
    if product is None or column.drug is None or column.drug in {mention.drug for mention in drugs.find(product)}:
        return []
    return [product]


_STEPS = lazy_regex(r"\W*(?:step(?:ped)?[ -]?up|increase|titrat|escalat|raise|go up)")
"""A header that tells when a dose is raised ("Step up at 48 h"): it tells nothing that the dose is for."""


def _in_column(column: Column, cell: Cell, base: RowPlace, drugs: Drugs) -> RowPlace:
    """Add what a column's header says to what the other cells of the row say."""
    label = None if _STEPS.match(uniform(column.words)) else header_label(column, drugs)
    product = _product_beside(column, base, drugs)
    (first, last), (begin, end) = base.lines, cell.lines
    return replace(
        base,
        lines=base.lines if cell.spanned or begin >= first else (begin, max(last, end)),
        verbatim=cell.text.strip(),
        drug=column.drug or base.drug,
        several=base.several and not column.drug,
        population=column.population or base.population,
        severity=column.severity or base.severity,
        setting=column.setting or base.setting,
        or_else=column.or_else or base.or_else,
        conditions=[*((column.words, phrase.value.condition) for phrase in column.bands), *base.conditions],  # type: ignore[union-attr]
        notes=[*notes_of(column.words, base.notes), *([column.words.strip()] if _tells(column) else []), *product],
        siblings=base.siblings or told_often(column.words, base.lead, base.indication or ""),
        indication=joined(joined(base.indication, label), product[0] if product else None),
        unparsed=list(base.unparsed),
        routes=tuple(route.code for route in read_routes(column.words)) or base.routes,
    )
