"""A line of nothing but order words and a drug heads the table or list right behind it, as one with a colon would."""

from collections.abc import Sequence

from wardbook.corpus.block import Block
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Drugs
from wardbook.dosing.draft import Mention
from wardbook.dosing.notation import stripped, uniform
from wardbook.lazy_regex import lazy_regex

LONGEST = 60
"""Characters; a longer item says more than which drug comes next."""
_ORDER = lazy_regex(
    r"\W*(?:(?:then|start|give|add|next|plus|or|and|finally|(?:first|second|third|fourth|last|1st|2nd|3rd|4th)[ -]?"
    r"(?:line|choice|option)|"
    r"(?:step|line|option|drug)(?: \d)?)\b\W*)*"
)
"""What stands before the drug of such an item ("Second line: ", "Then ")."""
_LABEL = lazy_regex(
    r"\W*(?!avoid|not|never|no\b|stop|see|interact|with|beware|caution|after|before|contra)"
    r"[a-z0-9][a-z0-9 /-]{0,30}:\s*"
)
"""Another label ("Premedication: ")."""


def heads_table(item: Block, table: Block, above: Sequence[str], drugs: Drugs) -> str | None:
    """Give the words of the list item right above a table that name the one drug that its doses are of, or None.

    A table that names a drug itself needs none. Where the title or a heading `above` names another drug, the table may
    be of that one, and the item of what is taken beside it.
    """
    if item.kind == "paragraph":
        return _caption(item, table, above, drugs)
    named = _named(item, table, drugs)
    if named is None or not _ORDER.fullmatch(_before(item, named)):
        return None
    return None if _is_another(named, above, drugs) else stripped(item.text, " .:*_")


_REMARK = lazy_regex(
    r"[.;:!?]|\b(?:not?|avoid|stop|see|levels?|after|before|interact\w*|revers\w*|antidotes?|tox\w*|"
    r"poison\w*|overdos\w*|resist\w*|allerg\w*|contra\w*|held|hold|users?|patients?|fail\w*|taking|on|with|without|if|or|and|vs)\b|\d"
)


_OF_TABLE = lazy_regex(
    r"(?:table \d+[.:]? )?(?:(?:our|the|unit|ward|usual|standard|adult|adults|child|children|paediatric|pediatric|"
    r"iv|oral|weight[- ]based) )*(?:(?:dos(?:es?|ing|age)|regimens?|schedule|prescribing|table)(?: (?:of|for))? )?"
)
"""What may stand before the drug in the caption of a table."""


def _caption(line: Block, table: Block, above: Sequence[str], drugs: Drugs) -> str | None:
    """Give the line right above a table without a drug that opens with one and says little else: its caption.

    A label may stand before the drug ("High risk: x"), or words for what a table is ("Table 2. Dosing of x").
    """
    words = stripped(line.text, " .:*_")
    named = drugs.find(words)
    if table.table is None or table.lead or line.lines[0] != line.lines[1] or len(words) > LONGEST or len(named) != 1:
        return None
    before = uniform(words[: named[0].begin])
    labelled = named[0].end == len(words) and _LABEL.fullmatch(before)
    if not (labelled or _OF_TABLE.fullmatch(before)) or _REMARK.search(uniform(words[named[0].begin :])):
        return None
    if has_dose(words) or drugs.find(table.text):
        return None
    return None if _is_another(named[0], above, drugs) else words


def may_be_of_item(item: Block, table: Block, above: Sequence[str], drugs: Drugs) -> bool:
    """Tell whether a table may be of the drug of the list item right above it, and not of the one that is told `above`.

    A bare name in a list ("- Fluconazole") is not enough.
    """
    named = _named(item, table, drugs)
    if named is None or not _is_another(named, above, drugs):
        return False
    before = _before(item, named)
    return bool(before.strip()) and bool(_ORDER.fullmatch(before) or _LABEL.fullmatch(before))


def heads_list(blocks: Sequence[Block], at: int, above: Sequence[str], drugs: Drugs) -> str | None:
    """Give the words of the paragraph right above a list that name the one drug that its doses are of, or None.

    No item of the list names a drug beside a dose; the page and its headings name no other one. Behind a dash it may
    say why ("Xyz - long QT, liver").
    """
    begin = end = at
    while begin and blocks[begin].kind == "item":
        begin -= 1
    while end < len(blocks) and blocks[end].kind == "item":
        end += 1
    head, listed = blocks[begin], blocks[begin + 1 : end]
    whole = stripped(head.text, " .:*_")
    words, _, why = whole.partition(" – ") if " – " in whole else whole.partition(" - ")
    named = drugs.find(words)
    if has_dose(why) or _REMARK.search(uniform(why)):
        return None
    if head.kind != "paragraph" or not listed or len(words) > LONGEST or len(named) != 1 or named[0].end != len(words):
        return None
    if words in blocks[at].lead or any(drugs.find(each.text) for each in listed if has_dose(each.text)):
        return None
    alone = _ORDER.fullmatch(_before(head, named[0])) and not _is_another(named[0], above, drugs)
    return words if alone else None


def _named(item: Block, table: Block, drugs: Drugs) -> Mention | None:
    """Give the one drug of a short item that it ends with, where the table right behind names none."""
    words = stripped(item.text, " .:*_")
    named = drugs.find(words)
    if item.kind != "item" or table.table is None or len(words) > LONGEST or len(named) != 1:
        return None
    return None if named[0].end != len(words) or drugs.find(table.text) or words in table.lead else named[0]


def _before(item: Block, named: Mention) -> str:
    return uniform(stripped(item.text, " .:*_")[: named.begin])


def _is_another(named: Mention, above: Sequence[str], drugs: Drugs) -> bool:
    return any(mention.drug != named.drug for words in above for mention in drugs.find(words))
