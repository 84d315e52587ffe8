"""Salts that are given by their level in the blood: below "Potassium", a row of a level and an amount is its dose."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wardbook.corpus.block import Block
from wardbook.corpus.table import Table
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.bare_band import with_quantity
from wardbook.dosing.context import Context, Drugs
from wardbook.dosing.measured import cell_condition
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.subject import has_unknown_drug
from wardbook.lazy_regex import lazy_regex

_UNITS = {"potassium": ("mmol", "meq"), "magnesium": ("mmol", "meq", "g"), "phosphate": ("mmol",)}
"""Each of them, and the units that its dose is told in."""
_HEADING = lazy_regex(
    r"\W*(?:(?:low|serum|iv|oral|replacing|replacement of|correcting)\s+)*(potassium|magnesium|phosphate|phosphorus)"
    r"(?:\s+(?:low|replacement|replacing|repletion|supplements?|supplementation|correction|iv|po|oral|scale|protocol|"
    r"table|orders?|dosing|doses?))*\W*(?:\([^()]*\)\W*)?"
)
_OPENS = lazy_regex(r"\W*(?:[<>≤≥]=?\s*)?\d")
_OR_ELSE = lazy_regex(r"\W*[<>≤≥]=?\s*\d+(?:\.\d+)?\s+or\b[^:;.\d]{2,40}:\s")
"""A level, or what else calls for the dose ("< 0.9 or arrhythmia: ...")."""


def with_electrolyte(
    block: Block, context: Context, path: Sequence[str], above: Iterable[Regimen], drugs: Drugs
) -> Context:
    """Give the context of a block below a heading of such a salt its name, where the block goes by the level.

    Of a list the salt that its items have named so far is meant, where it is one alone (`above`).
    """
    heading = _HEADING.fullmatch(uniform(path[-1])) if path and context.drug is None else None
    if heading is None:
        return context
    name = "phosphate" if heading[1] == "phosphorus" else heading[1]
    if block.table is not None:
        given = _goes_by_level(block.table, name, drugs)
        return replace(context, drug=name, by_level=True) if given else context
    plain = uniform(block.text)
    opens = _OPENS.match(plain) and with_quantity(block.text, name) != block.text
    if not (opens or _OR_ELSE.match(plain)):
        return context
    free = not drugs.find(block.text) and not has_unknown_drug(block.text, ()) and _is_of(name, block.text)
    salts = {each.drug for each in above if name in each.drug or name.removesuffix("e") in each.drug}
    return replace(context, by=name, drug=(salts.pop() if len(salts) == 1 else name) if free else None)


def _is_of(name: str, text: str) -> bool:
    """Tell whether all doses of a text, one at least, are told as those of a salt are."""
    units = [figure.amount.unit for figure in read_amounts(text) if figure.is_dose]
    return bool(units) and set(units) <= {*_UNITS[name], "mL", "L"} and any(unit in _UNITS[name] for unit in units)


def _goes_by_level(table: Table, name: str, drugs: Drugs) -> bool:
    """Tell whether the first column of a table draws the levels of a salt, over its doses or those of named drugs."""
    levels = [cell_condition(table.columns[0], row.cells[0].text) for row in table.rows if row.cells]
    drawn = [level for level in levels if level]
    if not drawn or any(level.quantity != name for level in drawn):
        return False
    cells = [cell.text for row in table.rows for cell in row.cells[1:]]
    own = [text for text in cells if not drugs.find(text) and any(figure.is_dose for figure in read_amounts(text))]
    named = any(drugs.find(words) for words in table.columns)
    return bool(own) and not named and all(_is_of(name, text) and not has_unknown_drug(text, ()) for text in own)
