"""Names right before a dose that no list knows: the dose is theirs, and not of the drug before them."""

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_PREPARATION = lazy_regex(
    r"(?:^|[;,:+&(.]|\b(?:or|and|plus|with|then)\b)\s*([a-z][a-z-]+)\s+\d+(?:\.\d+)?\s*(?:%|n\b|molar\b)"
    r"(?:\s*(?:topical|paste|ointment|cream|gel|solution|drops|spray|lotion|patch|liquid|mouthwash))*\s*$"
)
"""A word and its strength, which open a clause and end right before an amount ("or xyso 99% 2 mL")."""
_JOINED = lazy_regex(r"[,;:]\s*([A-Z][A-Za-z]*(?:-[A-Za-z]+){1,3})\s+$")
"""A name of parts that opens a clause with a capital and ends right before an amount (", Zn-plus-protein 133 mg")."""
_NO_NAME = lazy_regex(
    r"(?:max|maximum|min|of|in|at|to|by|give|dose|apply|use|topical|oral|iv|im|sc|po|top|add|rinse|saline|nacl|water|"
    r"glucose|dextrose|albumin|mouthwash|rinse|solution|suspension|syrup|cream|ointment|gel|paste|drops|spray|patch|"
    r"tablets?|ampoules?|vials?|bags?|or|and|plus|then)\Z"
)
_NO_PART = lazy_regex(
    r"\b(?:non|post|pre|anti|low|high|mid|long|short|first|second|third|once|twice|child|day|week|day|step|re|co|"
    r"start|over|under|weight|age|dose|line|risk|grade|half|double|one|two|three)\b"
)


def names_other(text: str, begin: int, end: int) -> bool:
    """Tell whether a name of its own stands between `begin` and an amount at `end`: a preparation, or one of parts."""
    head = text[max(begin - 2, 0) : end]  # a clause may be cut behind its comma
    made = _PREPARATION.search(uniform(head))
    if made and not _NO_NAME.match(made[1]):
        return True
    joined = _JOINED.search(head)
    return joined is not None and not _NO_PART.search(uniform(joined[1]))
