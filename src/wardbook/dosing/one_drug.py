"""Blocks that name no drug below those that name only one: bands of that drug, and tables of its dose by weight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wardbook.corpus.block import Block
from wardbook.corpus.table import Cell, Table
from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.band import RENAL, SIZES, read_bands
from wardbook.dosing.cell import with_unit
from wardbook.dosing.column import Column, read_column
from wardbook.dosing.context import Drugs
from wardbook.dosing.going_on import is_near
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sentence_ends import sentences
from wardbook.dosing.subject import has_unknown_drug
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_THEN = lazy_regex(r"\s*(?:[:=,→]|->)?\s*(?:(?:give|use|dose|reduce to|only)\s+)*(?=\d)")
_LEAD = lazy_regex(r"\W*(?:(?:if|for|in|when|patients?|with)\s+)*")
_MAXIMUM = lazy_regex(
    r"\W*(?:(?:absolute |single |daily |usual )?max(?:imum|\.)?|not more than|no more than|never more than|cap(?:ped)?|"
    r"(?:do )?not exceed|never exceed)"
    r"(?:\s+(?:single|daily|doses?|is|of|per|each|a|the|adult|for|any|one)\b)*[\s:]*\d[\d.,]*\s*-?\s*(?:mg|g|mcg|micrograms?|units?|iu|mmol|ml)\b"
    r"(?:\s*(?:/|per|a|in|each|every)\s*(?:dose|day|d|24 ?h(?:ours?)?|infusion|injection|kg|m2|m²|single dose))*\W*"
)
"""A maximum and nothing else, also of a day or by weight."""
_BY_ROUTE = lazy_regex(
    r"\W*(?:po|iv|sc|oral(?:ly)?)\b(?:\s*(?:if|when)\s+(?:not|unable|can ?not|can't|nil)\b[^:;.\d]{0,40})?:\s*(?=\d)"
)
"""A route, and no more than when that way is taken ("IV if not absorbing: 250 mg")."""


@dataclass(slots=True)
class Above:
    """What the blocks of a section give and name, down to the one that is read."""

    regimens: list[Regimen] = field(default_factory=list)
    """Their doses, the exceptions from these aside."""
    named: frozenset[str] = frozenset()
    """All drugs that they name."""
    last: frozenset[str] = frozenset()
    """Those that the nearest one names that names any."""
    sure: bool = True
    """Whether each that holds a dose was understood."""

    def add(self, text: str, given: Sequence[Regimen], sure: bool, drugs: Drugs) -> None:
        """Put a block behind them."""
        here = frozenset(mention.drug for mention in drugs.find(text))
        self.regimens += given
        self.named |= here
        self.last = here or self.last
        self.sure = self.sure and sure


def is_below_another(block: Block, drug: str, levels: Sequence[str], above: Above, drugs: Drugs) -> bool:
    """Tell whether an item that names no drug goes on with a list whose doses are all of others than the page's.

    Under "Premedication", "- MRD+: 6 mg/m2" behind "- Dexamethasone 7 mg/m2" may be of either. The heading or lead
    (`levels`) that names the drug says whose it is.
    """
    told = {each.drug for each in above.regimens}
    if not told or drug in told or drugs.find(block.text):
        return False
    return not any(mention.drug == drug for level in levels for mention in drugs.find(level))


def goes_on_for(words: str, above: Above, drugs: Drugs) -> str | None:
    """Give the drug of the doses above a block that gives it by a band, another route, or its maximum, naming none.

    All that the section names up to there is this one drug, and each dose is of it. The band is one of kidney, weight
    or age ("CrCl 15-30: 480 mg"): a level in the blood may be what another drug is for.
    """
    told = {each.drug for each in above.regimens if each.amount and not each.evidence}
    if not above.sure or len(above.named) != 1 or told != above.named:
        return None
    if _MAXIMUM.fullmatch(uniform(words)) and not drugs.find(words):
        return next(iter(told))
    first, *others = list(sentences(words))
    if not read_amounts(first) or drugs.find(first) or has_unknown_drug(first, ()):
        return None
    if any(map(read_amounts, others)) or not _opens(first) or not is_near(first, above.regimens):
        return None
    return next(iter(told))


def _opens(words: str) -> bool:
    """Tell whether a sentence opens with a band of the patient or a route, and has its dose right behind."""
    if _BY_ROUTE.match(uniform(words)):
        return True
    bands = read_bands(words)
    if not bands or bands[0].condition.quantity not in (*RENAL, *SIZES):
        return False
    return bool(_LEAD.fullmatch(uniform(words[: bands[0].begin])) and _THEN.match(uniform(words[bands[0].end :])))


NEAR = Decimal("0.15")
"""By so much of it a rounded dose may lie beside the one worked out for any weight of its band."""


def of_weights(table: Table, above: Above, drugs: Drugs) -> str | None:
    """Give the one drug named last above a table of doses by weight, where these are its dose per kg worked out.

    The table names no other drug. Of one of its columns every row that draws both ends of its band must agree.
    """
    if len(above.last) != 1 or len(table.columns) < 2 or len(table.rows) < 2:
        return None
    drug = next(iter(above.last))
    rates = [each for each in above.regimens if each.drug == drug and each.per == "kg" and not each.evidence]
    words = [*table.columns, *(cell.text for row in table.rows for cell in row.cells)]
    if not rates or any({mention.drug for mention in drugs.find(each)} - above.last for each in words):
        return None
    columns = [read_column(each, drugs) for each in table.columns]
    weights = [_weights(columns[0], row.cells[0]) for row in table.rows]
    for at, column in enumerate(columns[1:], 1):
        doses = [_dose(column, row.cells[at]) for row in table.rows]
        closed = [(span, dose) for span, dose in zip(weights, doses, strict=True) if span and dose]
        if len(closed) > 1 and any(all(_agree(span, dose, rate) for span, dose in closed) for rate in rates):
            return drug
    return None


def of_kidneys(table: Table, lead: str, above: Above, drugs: Drugs) -> str | None:
    """Give the one drug of the doses above a table by kidney function that names none, right below a lead on kidneys.

    No other drug may be named between ("Renal:" below a paragraph on one drug alone).
    """
    told = {each.drug for each in above.regimens if not each.evidence}
    column = read_column(table.columns[0], drugs) if table.columns else None
    if column is None or column.role != "renal" or len(told) != 1 or told != above.named or told != above.last:
        return None
    words = [*table.columns, *(cell.text for row in table.rows for cell in row.cells), lead]
    return None if any(map(drugs.find, words)) else next(iter(told))


def _weights(column: Column, cell: Cell) -> tuple[Decimal, Decimal] | None:
    """Give both ends of the band of weight that a cell draws."""
    if column.role != "weight":
        return None
    text = cell.text if re.search(r"[a-z]", uniform(cell.text)) else f"{cell.text} kg"
    bands = read_bands(f"weight {text}")
    whole = bands[0].condition if len(bands) == 1 else None
    if whole is None or whole.quantity != "weight" or whole.low is None or whole.high is None:
        return None
    return whole.low, whole.high


def _dose(column: Column, cell: Cell) -> Figure | None:
    """Give the one amount of a cell."""
    figures = [figure for figure in read_amounts(with_unit(cell.text, column.unit)) if figure.is_dose]
    return figures[0] if len(figures) == 1 and figures[0].per is None else None


def _agree(span: tuple[Decimal, Decimal], dose: Figure, rate: Regimen) -> bool:
    """Tell whether a dose is near what a dose per kg makes of some weight of its band."""
    if rate.amount is None:
        return False
    ends = [convert(each, rate.amount.unit, dose.amount.unit) for each in (rate.amount.low, rate.amount.high)]
    if ends[0] is None or ends[1] is None:
        return False
    least, most = ends[0] * span[0] * (1 - NEAR), ends[1] * span[1] * (1 + NEAR)
    return least <= dose.amount.low and dose.amount.high <= most
