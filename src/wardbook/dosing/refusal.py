"""Cells of a drug's own column of doses that say that it is not given ("no", "omit", "x instead")."""

from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_REFUSAL = lazy_regex(
    r"(?:no|none|nil|never|omit|avoid|hold|stop|withhold|contra-?indicated|"
    r"(?:do|must|should) not (?:use|give|replace|treat|prescribe|administer|transfuse|dose)|"
    r"not (?:given|used|recommended|needed|done|suitable|indicated)|no (?:standing|regular|routine|fixed) dose)"
    r"\s*(?:$|[:;,.(\[])"
)
_ELSEWHERE = lazy_regex(r"(?:see|ask|discuss)\b")
_INSTEAD = lazy_regex(r"\binstead\b(?! of)")


def is_refusal(words: str) -> bool:
    """Tell whether the words of a cell of doses open with a refusal."""
    return forbids_drug(words) or _ELSEWHERE.match(uniform(words).strip()) is not None


def forbids_drug(words: str) -> bool:
    """Tell whether the words of a cell of doses open by saying that it is not given, and refer nowhere instead."""
    return _REFUSAL.match(uniform(words).strip()) is not None


def names_another(words: str, drug: str, drugs: Drugs) -> bool:
    """Tell whether a cell of a drug's own column gives another one in its place ("x 1 g IV daily instead")."""
    named = {mention.drug for mention in drugs.find(words)}
    return bool(named) and drug not in named and _INSTEAD.search(uniform(words)) is not None


def refuses(regimen: Regimen) -> bool:
    """Tell whether a regimen is the refusal of a table's cell and gives no dose."""
    said = is_refusal(regimen.verbatim) or _INSTEAD.search(uniform(regimen.verbatim)) is not None
    return regimen.amount is None and not regimen.from_text and said
