"""Cells that say what for before they name the drug: "Rash to penicillin: cefepime", "Zoster - aciclovir"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wardbook.corpus.table import Table
from wardbook.dosing.cell import has_dose
from wardbook.dosing.column import Column
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_LEADS = lazy_regex(r"\s*:\s+|\s+[-–—>→]+\s+")
_BESIDE = lazy_regex(r"\s*\b(?:plus|with|together with|in addition to)\b", re.IGNORECASE)
_NOT_TO_BE_HAD = lazy_regex(
    r"\s{0,3}[^\w\s]?\s{0,3}(?:is |if )?(?:unavailable|not available|not possible|out of stock|short(?:age)?|"
    r"contra-?indicated|not tolerated|"
    r"intoleran\w*|allerg\w*|fail\w*)\b",
    re.IGNORECASE,
)
"""Behind the drug in whose place the one behind the label is given ("x unavailable: y")."""
_ROLES = frozenset({"other", "none", "text", "label", "indication", "population"})


@dataclass(frozen=True, slots=True)
class Led:
    """What a cell says of its drug."""

    label: str
    """What stands before it."""
    drug: str
    """The words of the drug."""
    beside: str
    """What is given with it ("plus vancomycin"), or ""."""


def led_drug(text: str, drugs: Drugs) -> Led | None:
    """Take a cell apart that names a drug right behind a label; None where it opens with a drug, or names several."""
    mentions = drugs.find(text)
    if not mentions or has_dose(text):
        return None
    if not re.search(r"[^\W\d]{3}", text[: mentions[0].begin]) and not _NOT_TO_BE_HAD.match(text, mentions[0].end):
        return None
    for lead in _LEADS.finditer(text):
        behind = [m for m in mentions if m.begin >= lead.end()]
        if not behind or re.search(r"\w", text[lead.end() : behind[0].begin]):
            continue
        rest = text[lead.end() :]
        with_it = _BESIDE.search(rest, behind[0].end - lead.end())
        end = with_it.start() if with_it else len(rest)
        own = {m.drug for m in behind if m.begin < lead.end() + end}
        if _NOT_TO_BE_HAD.match(text, mentions[0].end) and len({m.drug for m in behind}) > 1:
            return None  # whose dose stands beside is not sure
        if len(own) == 1:
            return Led(text[: lead.start()].strip(), rest[:end].strip(), rest[end:].strip())
    return None


def with_led_drugs(table: Table, columns: Sequence[Column], drugs: Drugs) -> bool:
    """Tell whether the first column names a drug behind a label in most rows, and the doses beside name none."""
    if columns[0].role not in _ROLES or any(column.drug for column in columns):
        return False
    led = sum(led_drug(row.cells[0].text, drugs) is not None for row in table.rows)
    doses = [cell.text for row in table.rows for cell in row.cells[1:] if has_dose(cell.text)]
    by_bands = all(uniform(column.words).strip() for column in columns[1:])
    return 2 * led > len(table.rows) and bool(doses) and by_bands and not any(drugs.find(text) for text in doses)
