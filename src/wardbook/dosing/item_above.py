"""A list item that is nothing but a label and a drug heads the table that stands right behind it, as a colon would."""

from wardbook.corpus.block import Block
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import stripped, uniform
from wardbook.lazy_regex import lazy_regex

LONGEST = 60
"""Characters; a longer item says more than which drug comes next."""
_LABEL = lazy_regex(
    r"\W*(?:(?!avoid|not|never|no\b|stop|see|interact|with|beware|caution|after|before|contra)"
    r"[a-z0-9][a-z0-9 /-]{0,30}:\s*)?"
    r"(?:(?:then|start|give|add|next|plus|or|and|finally|(?:first|second|third|fourth|last)[ -]?line|"
    r"(?:step|line|option|drug)(?: \d)?)\b\W*)*"
)
"""What stands before the drug of such an item ("Second line: ", "Then ")."""


def heads_table(item: Block, table: Block, drugs: Drugs) -> str | None:
    """Give the words of the list item right above a table that name the one drug that its doses are of, or None.

    A table that names a drug itself needs none.
    """
    words = stripped(item.text, " .:*_")
    named = drugs.find(words)
    if item.kind != "item" or table.table is None or len(words) > LONGEST or len(named) != 1:
        return None
    if named[0].end != len(words) or not _LABEL.fullmatch(uniform(words[: named[0].begin])):
        return None
    return None if drugs.find(table.text) or words in table.lead else words
