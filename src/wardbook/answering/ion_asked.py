"""A salt asked for a level of its ion ("KCl for K 2.8"): what the pages give for that level may not name the salt."""

import re
from collections.abc import Callable

from wardbook.dosing.drug import DrugNames
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex


def by_its_ion(text: str, drug: str, drugs: DrugNames) -> str | None:
    """Give a question with the ion in place of the salt; None where it gives no value of the ion, or names others.

    "potassium chloride, K 2.8, how much" is "potassium, K 2.8, how much".
    """
    ion, _, rest = drug.partition(" ")
    named = [mention for mention in drugs.find(text) if mention.drug == drug]
    if not (rest and named) or len({each.drug for each in drugs.find(text)}) > 1:
        return None
    for mention in reversed(named):
        text = f"{text[: mention.begin]}{ion}{text[mention.end :]}"
    if ion not in {band.condition.quantity for band in read_measured(text, values=True)}:
        return None
    return re.sub(r"\b(?:chloride|sul(?:f|ph)ate|phosphate|gluconate)\b", " ", text) if ion != "phosphate" else text


_IONS = {"k": "potassium", "mg": "magnesium", "ca": "calcium", "po4": "phosphate", "phos": "phosphate", "na": "sodium"}
"""Chemical symbols and ward names of ions."""
_LACK = lazy_regex(
    rf"\b(?:low|falling|lack of)\s+({'|'.join([*_IONS, *dict.fromkeys(_IONS.values())])})\b", re.IGNORECASE
)


def without_lack(text: str, drug: str) -> str:
    """Drop the words for a lack of the very ion that a salt gives ("low Mg" of magnesium sulfate)."""
    ion = drug.partition(" ")[0]
    return _LACK.sub(lambda match: " " if _IONS.get(match[1].lower(), match[1].lower()) == ion else match[0], text)


def is_for_ion(row: Regimen) -> bool:
    """Tell whether the headings or the indication of a salt's row name its ion: it is given for a lack of that."""
    ion = row.drug.partition(" ")[0]
    return ion in uniform(" ; ".join((row.indication or "", row.section, row.title)))


_NAMED = lazy_regex(rf"\b(?:{'|'.join(dict.fromkeys(_IONS.values()))})\b", re.IGNORECASE)


def ions_named(text: str) -> frozenset[str]:
    """Give the ions that a text names by their whole names, or by their symbols where nothing else is named ("K")."""
    symbol = _IONS.get(text.strip().rstrip(":+").lower())
    return frozenset(each.lower() for each in _NAMED.findall(text)) | ({symbol} if symbol else frozenset())


_REPLACED = lazy_regex(
    r"\b(?:replac(?:e|ed|ing|ement)|supplement(?:s|ation|ing)?|top(?:ping|ped)?[ -]?up|replet(?:e|ion|ing))\b",
    re.IGNORECASE,
)
_SYMBOLS = "|".join([*_IONS, *dict.fromkeys(_IONS.values()), "mag", "phosphate"])
_LEVEL = lazy_regex(rf"\b(?:{_SYMBOLS})\+?\s*(?:(?:is|of|at|level|<|=)\s*)*\d", re.IGNORECASE)


def giving(text: str, on_pages: Callable[[str], bool]) -> str:
    """Write "give" where a question asks how an ion is replaced ("K 2.6, how do I replace"), and no page says it so."""
    if not (_NAMED.search(text) or _LEVEL.search(text)):
        return text
    return _REPLACED.sub(lambda match: match[0] if on_pages(match[0].lower()) else "give", text)
