"""Doses of one row, each in the column of another setting, product or kind: the one of the column that is asked."""

from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery, content, holds_word, words_of
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import Place

LONGEST = 3
"""Words of a label at most."""


def of_column(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Drop, of the doses of one row or sentence, those that are labelled otherwise than what the question names.

    In a table with a column for each setting, and in "400 mg (X patients 800 mg)", who names X is not given the other.
    """
    asked = content(query)
    places: dict[Place, list[Regimen]] = {}
    for row in regimens if asked else ():
        if row.amount:
            places.setdefault((row.page, row.lines), []).append(row)
    gone: set[int] = set()
    for rows in places.values():
        shared = frozenset.intersection(*(frozenset(row.notes) for row in rows))
        shared |= {note for row in rows for note in row.notes if _leads_all(note, rows)}
        named = [row for row in rows if any(_is_asked(note, query) for note in row.notes if note not in shared)]
        others = [row for row in rows if row not in named]
        if query.route and any(query.route in row.route for row in others) and not any(row.route for row in named):
            continue  # by the route asked only the others are said to be
        if named and any(row.notes for row in others):
            gone |= {id(row) for row in others}
    return [row for row in regimens if id(row) not in gone]


def _leads_all(note: str, rows: Sequence[Regimen]) -> bool:
    """Tell whether a label leads in the one sentence that all the doses are of ("Influenza: 75 mg; children 30 mg")."""
    return all(row.verbatim.startswith(f"{note}:") for row in rows)


def _is_asked(label: str, query: DoseQuery) -> bool:
    """Tell whether a short label without a figure is all named by the question."""
    words = words_of(label)
    if not words or len(label.split()) > LONGEST or any(map(str.isdigit, label)):
        return False
    return all(any(holds_word(asked, word, query) for asked in content(query)) for word in words)
