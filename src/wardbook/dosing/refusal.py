"""Cells of a drug's own column of doses that say that it is not given ("no", "omit")."""

from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_REFUSAL = lazy_regex(
    r"(?:no|none|nil|omit|avoid|hold|stop|withhold|contra-?indicated|do not (?:use|give)|"
    r"not (?:given|used|recommended|needed))\s*(?:$|[:;,.(\[])"
)


def is_refusal(words: str) -> bool:
    """Tell whether the words of a cell of doses open with a refusal."""
    return _REFUSAL.match(uniform(words).strip()) is not None


def refuses(regimen: Regimen) -> bool:
    """Tell whether a regimen is the refusal of a table's cell and gives no dose."""
    return regimen.amount is None and not regimen.from_text and is_refusal(regimen.verbatim)
