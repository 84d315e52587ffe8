"""Salts that are given by their level in the blood: below "Potassium", a row of a level and an amount is its dose."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wardbook.corpus.block import Block
from wardbook.corpus.table import Cell, Table
from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.bare_band import with_quantity
from wardbook.dosing.column import Column
from wardbook.dosing.context import Context, Drugs
from wardbook.dosing.measured import cell_condition
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.row import Pairs
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
_LOW_THEN_DOSE = lazy_regex(
    r"\W*(?:[<≤]=?\s*|(?:below|under|less than)\s+|\d+(?:\.\d+)?\s*(?:-|to)\s*[<≤]?=?\s*)\d+(?:\.\d+)?"
    r"\s*(?:mmol/l|meq/l|mg/dl)?(?:\s+or\b[^:;.\d]{2,40})?\s*:\s*(?:(?:give|iv|po|oral(?:ly)?|ng)\b\s*)*\d"
)
"""A level with an upper bound, right before an amount: above a level something is taken away, or left out."""
_TAKEN = lazy_regex(
    r"\b(?:remov\w*|los[ets]\w*|stop\w*|less|out of|minus|reduc\w*|subtract\w*|deduct\w*|withh\w*|omit\w*|hold|"
    r"halve\w*|cut|lower\w*|fewer|without|instead|no|not|never|avoid)\b|\btak\w+\b[^.;]*\b(?:out|off|away)\b"
)
_GIVEN_BELOW = lazy_regex(
    r"(?:(?:doses?|dosing|give|given|replac\w+|supplement\w*|iv|po|intravenous|oral|enteral|ng|tube|by|via|line|central|"
    r"peripheral|adults?|child(?:ren)?|infants?|paediatrics?|pediatrics?|amount|infusion|treatment|action|orders?|"
    r"if|able|tolerated|possible|preferred|what|to|the|for|in|of|and|or|potassium|magnesium|phosphate|mmol|meq|kg|mg|g)(?:\W+|$))+"
)
"""Headers of what is given ("Replacement (IV)"); below another ("Symptoms", "In urine") an amount may be anything."""
_IS_GIVEN = lazy_regex(r"\b(?:iv|po|oral(?:ly)?|over \d+(?:\.\d+)?(?:\s*-\s*\d+)? ?(?:h|hrs?|hours?|min|minutes?))\b")
"""How it is given, said in the cell itself."""
_NOT_GIVEN = lazy_regex(
    r"\b(?:lost|loss\w*|remov\w*|ris\w*|expect\w*|re-?check\w*|dialys\w*|urin\w*|target\w*|aim\w*|content|contains?|max\w*|"
    r"intake|output|diet\w*|already|had|stop\w*|wrong|error\w*|before|avoid|old|previous)\b"
)


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
    free = free and bool(_LOW_THEN_DOSE.match(plain)) and not _TAKEN.search(plain) and not _other_ion(name, block.text)
    salts = {each.drug for each in above if name in each.drug or name.removesuffix("e") in each.drug}
    return replace(context, by=name, drug=(salts.pop() if len(salts) == 1 else name) if free else None)


def _is_of(name: str, text: str) -> bool:
    """Tell whether all doses of a text, one at least, are told as those of a salt are."""
    units = [figure.amount.unit for figure in read_amounts(text) if figure.is_dose]
    return bool(units) and set(units) <= {*_UNITS[name], "mL", "L"} and any(unit in _UNITS[name] for unit in units)


def given_by_level(pairs: Pairs, read: Pairs, name: str, drugs: Drugs) -> list[tuple[Column, Cell]]:
    """Leave out the cells of a row of levels that name no drug, and of which it is not sure that they give the salt."""
    level = cell_condition(pairs[0][0].words, pairs[0][1].text)
    above = level is not None and level.high is None
    return [
        (column, cell)
        for column, cell in read
        if drugs.find(cell.text) or (not above and _gives(name, column.words, cell.text))
    ]


def _gives(name: str, header: str, text: str) -> bool:
    plain = " ".join(re.sub(r"[^a-z]+", " ", uniform(header)).split())
    given = _GIVEN_BELOW.fullmatch(plain) or (_IS_GIVEN.search(uniform(text)) and not _NOT_GIVEN.search(plain))
    return bool(given) and not _TAKEN.search(uniform(text)) and not _other_ion(name, text)


def _other_ion(name: str, text: str) -> bool:
    """Tell whether an amount of a text stands beside another ion than a salt's own ("10 mmol calcium")."""
    ions = "|".join({"potassium", "magnesium", "phosphate", "calcium", "sodium", "bicarbonate"} - {name})
    beside = rf"(?:mmol|meq|g)(?:/kg)?\s+(?:of\s+)?(?:{ions})\b|\b(?:{ions})\W+\d"
    return re.search(beside, uniform(text)) is not None


_LEVEL = lazy_regex(
    r"\W*(?:(?:serum|plasma|blood|lab|last|the) )?(?:levels?|values?|results?|labs?)\b(?:\s*\([^()]*\))?\W*"
)


def with_level_named(table: Table, name: str) -> Table:
    """Name a salt in the first header where that only says that its level stands below ("Level")."""
    first = table.columns[0] if table.columns else ""
    if not _LEVEL.fullmatch(uniform(first)):
        return table
    unit = re.search(r"\([^()]*\)", first)
    return replace(table, columns=(f"{name.capitalize()} {unit[0] if unit else ''}".strip(), *table.columns[1:]))


def _goes_by_level(table: Table, name: str, drugs: Drugs) -> bool:
    """Tell whether the first column of a table draws the levels of a salt, over its doses or those of named drugs."""
    header = with_level_named(table, name).columns[0]
    levels = [cell_condition(header, row.cells[0].text) for row in table.rows if row.cells]
    drawn = [level for level in levels if level]
    if not drawn or any(level.quantity != name for level in drawn):
        return False
    rows = [zip(table.columns[1:], row.cells[1:], strict=False) for row in table.rows if row.cells]
    dosed = [(words, cell.text) for row in rows for words, cell in row if _doses(cell.text)]
    own = [(words, text) for words, text in dosed if not drugs.find(text)]
    given = [text for words, text in own if _gives(name, words, text)]
    named = any(drugs.find(words) for words in table.columns)
    sure = all(_is_of(name, text) for text in given) and not any(has_unknown_drug(text, ()) for _, text in own)
    return bool(given) and not named and sure


def _doses(text: str) -> list[Figure]:
    return [figure for figure in read_amounts(text) if figure.is_dose]
