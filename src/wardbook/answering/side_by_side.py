"""Two or three things compared, side by side in a small table, each cell with its marker."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from wardbook.answering.citation import Citations
from wardbook.answering.compose import cite_above, cite_unit, narrowed, plain_words
from wardbook.answering.evidence import MARGIN, Evidence
from wardbook.answering.reference_marks import without_references
from wardbook.answering.terms import ASKING, Term, held
from wardbook.dosing.amount import read_amounts
from wardbook.lazy_regex import lazy_regex

MOST_LINES = 8
"""Lines of a table below its head."""
MOST_TOLD = 2
"""Statements on each thing where no table of the pages holds them."""
LONGEST_CELL = 240
"""Characters of a statement that is put into a cell."""
LESS_HELD = 0.05
"""Part of what is asked that a row may hold less than the best piece of evidence."""
MOST_ROWS = 3
"""Rows of one thing."""
_LOOKED_AT = 12
"""Pieces of evidence on each thing that are looked through for rows."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the things that a question compares."""

    name: str
    """As the question has it."""
    subject: tuple[Term, ...]
    """The terms that name it."""
    terms: tuple[Term, ...]
    """What is asked of it, itself included."""
    own: tuple[Evidence, ...]
    """The evidence on it, best first."""

    @property
    def best(self) -> tuple[Evidence, ...]:
        """The evidence that is nearly as good as the best, and holds as much of what is asked or more of it."""
        found: list[Evidence] = []
        held_so_far: set[str] = set()
        for each in self.own[:_LOOKED_AT]:
            as_much = each.coverage >= self.own[0].coverage - LESS_HELD
            if each.score >= MARGIN * self.own[0].score and (as_much or each.holds - held_so_far):
                found.append(each)
                held_so_far |= each.holds
        return tuple(found)

    def named_in(self, words: str) -> bool:
        """Tell whether words name it."""
        return bool(self.subject) and all(held(words).holds(term) for term in self.subject)


Cells = list[tuple[str, tuple[int, ...]]]
"""The words and markers of one line's cells, a column each."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table before it is worded."""

    heads: list[str]
    """The thing that each column is about."""
    lines: list[tuple[str, Cells]]
    """What a line is about, "" for statements that say it themselves; its cells."""


def side_by_side(compared: Sequence[Compared], citations: Citations) -> str:
    """Word a comparison as a Markdown table; "" where not each of the things has something to stand in it."""
    grid = (
        _of_rows(compared, citations, asked_only=True)
        or _of_columns(compared, citations)
        or _of_rows(compared, citations)
        or _of_words(compared, citations)
    )
    if grid is None:
        return ""
    labelled = any(label for label, _ in grid.lines)
    head: Cells = [("", ()), *((name, ()) for name in grid.heads)]
    table: list[Cells] = [head, *([(label, ()), *cells] for label, cells in grid.lines)]
    worded = [" | ".join(_cell(*cell) for cell in (row if labelled else row[1:])) for row in table]
    rule = " | ".join(["---"] * (len(grid.heads) + labelled))
    return "\n".join(f"| {row} |" for row in (worded[0], rule, *worded[1:]))


def _cell(words: str, numbers: Sequence[int]) -> str:
    plain = re.sub(r"\s*\n\s*", "; ", without_references(words)).replace("|", "/")
    return " ".join([plain, "".join(f"[{number}]" for number in numbers)]).strip()


def _of_columns(compared: Sequence[Compared], citations: Citations) -> _Grid | None:
    """Give the rows asked for of a table whose columns are the things compared."""
    every = {id(each.unit): each for thing in compared for each in thing.best}
    lines: list[tuple[str, Cells]] = []
    for each in sorted(every.values(), key=lambda each: -each.score)[:MOST_TOLD]:
        label, cells = _across(each, compared)
        numbers = cite_unit(each.hit.page, each.unit, each.unit.text, citations) if _is_asked(label, compared) else ()
        if cells and numbers:
            lines.append((label, [(cell, numbers) for cell in cells]))
    return _Grid([thing.name for thing in compared], lines) if lines else None


def _across(each: Evidence, compared: Sequence[Compared]) -> tuple[str, list[str]]:
    """Give a row's first cell, and its cell under each of the things; no cells where one has none."""
    values = each.unit.values if each.unit.kind == "row" else ()
    cells = [next((value for name, value in values[1:] if thing.named_in(name)), "") for thing in compared]
    return (_name(each), cells) if all(cells) else ("", [])


def _name(row: Evidence) -> str:
    """Give a row's first cell under the words that head it and narrow it ("Children: a")."""
    first = row.unit.values[0][1]
    return narrowed(row, f"{row.unit.group.rstrip(': ')}: {first}" if row.unit.group else first)


def _gives_dose(words: str) -> bool:
    return any(figure.is_dose for figure in read_amounts(words))


def _of_rows(compared: Sequence[Compared], citations: Citations, *, asked_only: bool = False) -> _Grid | None:
    """Give the columns of rows of one shape, a row a column; those asked for alone where the question names some.

    What a row's first cell says beyond the thing's name ("200 mg daily") stands on top.
    """
    for rows in _alike(compared):
        names = list(dict.fromkeys(name for _, row in rows for name, _ in row.unit.values[1:]))
        asked = [name for name in names if _is_asked(name, compared)]
        if asked or not asked_only:
            break
    else:
        return None
    asked = asked if _all_named(asked, [row for _, row in rows], compared) else []
    numbers = [cite_unit(row.hit.page, row.unit, row.unit.text, citations) for _, row in rows]
    columns = [dict(row.unit.values[1:]) for _, row in rows]
    if not all(numbers):
        return None
    # a dose is told with all that its row says of it
    dosed = any(_gives_dose(column.get(name, "")) for name in asked for column in columns)
    shown = [name for name in names if dosed or not asked or name in asked][:MOST_LINES]
    told = [(name, [column.get(name, "-") for column in columns]) for name in shown]
    heads = [thing.name for thing, _ in rows]
    firsts = [_name(row) for _, row in rows]
    if [each.casefold() for each in firsts] != [head.casefold() for head in heads]:
        told.insert(0, ("", firsts))
    return _Grid(heads, [(label, list(zip(cells, numbers, strict=True))) for label, cells in told])


def _all_named(columns: Sequence[str], rows: Sequence[Evidence], compared: Sequence[Compared]) -> bool:
    """Tell whether all that is asked of the things stands in the columns asked for, or over or at the head of the rows.

    Where a word does not ("ratio"), the column that is meant may be named otherwise.
    """
    over = " ".join([*columns, *(" ".join([each.hit.title, *each.hit.path, each.unit.values[0][1]]) for each in rows)])
    asked = [term for term in compared[0].terms if not any(term in each.subject for each in compared)]
    return all(held(over).holds(term) for term in asked if term.known and term.weight > ASKING)


def _is_asked(column: str, compared: Sequence[Compared]) -> bool:
    """Tell whether a column is named by what is asked of the things."""
    return any(
        _names(column, term)
        for term in compared[0].terms
        if term.weight >= ASKING and not term.words.isdigit() and not any(term in each.subject for each in compared)
    )


LONGEST_INITIALS = 3
"""Letters up to which a word is taken for initials, of which another with an s is no plural ("CR", "CRS")."""


def _names(column: str, term: Term) -> bool:
    """Tell whether a column's name holds a term, initials letter for letter."""
    initials = len(term.words) <= LONGEST_INITIALS and term.words.isalpha()
    whole = not initials or re.search(rf"(?<!\w){term.words}(?!\w)", column, re.IGNORECASE)
    return bool(whole) and held(column).holds(term)


def _alike(compared: Sequence[Compared]) -> Iterator[list[tuple[Compared, Evidence]]]:
    """Give the rows of each thing that share their columns, a table at a time, those of one table first."""
    first, *others = ([row for row in thing.best if _is_row_of(row, thing)] for thing in compared)
    for shares in (_in_one_table, _of_one_shape):
        for one in first:
            found = [[row for row in rows if shares(one, row)][:MOST_ROWS] for rows in (first, *others)]
            if all(found) and len({id(row.unit) for rows in found for row in rows}) == sum(map(len, found)):
                yield [(thing, row) for thing, rows in zip(compared, found, strict=True) for row in rows]


def _is_row_of(row: Evidence, thing: Compared) -> bool:
    return row.unit.kind == "row" and len(row.unit.values) > 1 and thing.named_in(row.unit.values[0][1])


def _in_one_table(one: Evidence, other: Evidence) -> bool:
    mine, theirs = ((each.hit.page, each.unit.section, each.unit.block) for each in (one, other))
    return mine == theirs


def _of_one_shape(one: Evidence, other: Evidence) -> bool:
    mine, theirs = ({name for name, _ in each.unit.values[1:]} for each in (one, other))
    return len(mine) > 1 and mine == theirs


def _of_words(compared: Sequence[Compared], citations: Citations) -> _Grid | None:
    """Give the best statements on each thing beside each other, where all are short."""
    told: list[Cells] = []
    first = compared[0].own[:MOST_TOLD]
    for thing in compared:
        worded = [(each, narrowed(each, plain_words(each.unit))) for each in _labelled_as(first, thing.own)]
        cited = [(words, _cited(each, words, citations)) for each, words in worded if len(words) <= LONGEST_CELL]
        told.append([(words, numbers) for words, numbers in cited if numbers])
    same = [cell for cell in told[0] if all(cell in cells for cells in told)]  # said of all, it sets none apart
    same = [cell for cell in same if not any(thing.named_in(cell[0]) for thing in compared)]
    told = [[cell for cell in cells if cell not in same] for cells in told]
    lines = [("", [*cells]) for cells in zip_longest(*told, fillvalue=("", ()))] if all(told) else []
    return _Grid([thing.name for thing in compared], lines) if lines else None


def _labelled_as(first: Sequence[Evidence], own: Sequence[Evidence]) -> list[Evidence]:
    """Give, for each of the first thing's statements, the one of another thing whose label begins alike, else the best.

    "Costimulatory domain: a" stands beside "Costimulation: b", whatever else names a domain.
    """
    alike = [next((each for each in own[:_LOOKED_AT] if _begin_alike(one, each)), None) for one in first]
    rest = iter([each for each in own[:MOST_TOLD] if each not in alike])
    found = [each or next(rest, None) for each in alike]
    return [each for each in (*found, *rest) if each][:MOST_TOLD]


_LABEL = lazy_regex(r"\W*([A-Za-z][\w -]{2,40}):\s")
LEAST_ALIKE = 6
"""First letters that two labels share at least where they are of one thing."""


def _begin_alike(one: Evidence, other: Evidence) -> bool:
    """Tell whether two statements open with a label each, and those with the same word or the first part of it."""
    mine, theirs = (_LABEL.match(each.unit.text) for each in (one, other))
    if not mine or not theirs:
        return False
    left, right = mine[1].lower(), theirs[1].lower()
    return left == right or (len(left) >= LEAST_ALIKE and left[:LEAST_ALIKE] == right[:LEAST_ALIKE])


def _cited(each: Evidence, words: str, citations: Citations) -> tuple[int, ...]:
    """Cite a statement with the headings whose figures stand before its words; nothing where it is gone."""
    numbers = cite_unit(each.hit.page, each.unit, words, citations)
    return (*numbers, *cite_above(each, words, citations)) if numbers else ()
