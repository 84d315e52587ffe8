"""Keys that say of which of several doses their cell is a part: "Prophylaxis, dose" | "Prophylaxis, maximum"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.band import read_bands
from wardbook.dosing.column import Column, role_of
from wardbook.dosing.context import Drugs
from wardbook.dosing.label import header_label
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_PARTS = frozenset({"max", "max doses", "max daily", "route", "frequency", "duration", "infusion", "schedule"})
_DOSE = lazy_regex(r"\b(?:dos(?:e|es|ing|age)|regimens?)\b")
_MAXIMUM = lazy_regex(
    r"\W*(?:max(?:imum|imal|\.)?|limit|cap)\b(?: (?:single|daily))?(?: dose)?(?: (?:for|of|in|with))?\b"
)


def part_of(key: Column, doses: Sequence[Column]) -> tuple[Column, str] | None:
    """Give the one dose that a key names beside the part that it tells, with the role of that part, or None.

    "IVIG replacement, maximum" is of "IVIG replacement, dose", "Maximum (induction)" of "Induction".
    """
    for name, role in _split(key):
        held = [each for each in doses if _names(name, each)]
        if len(held) == 1:
            return held[0], role
    inner = re.search(r"\(([^()]+)\)", uniform(key.words))
    pattern = rf"\b{re.escape(inner[1].strip())}\b" if inner else r"(?!)"
    held = [each for each in doses if re.search(pattern, uniform(each.words))]
    return (held[0], key.role) if len(held) == 1 and len(doses) > 1 and key.role in ("max", "max daily") else None


def _split(key: Column) -> list[tuple[str, str]]:
    """Give each way to read a key as a name and a part, the longest name first ("CRS, maximum" → "crs", "max")."""
    plain = uniform(key.words)
    found = []
    for match in reversed(list(re.finditer(r"[\s,:;()-]+", plain))):
        name, part = _bare(plain[: match.start()]), plain[match.end() :].strip(" )")
        role = role_of(part) if part else "other"
        if name and role in _PARTS:
            found.append((name, role))
    opened = _MAXIMUM.match(plain)
    if opened and (name := _bare(plain[opened.end() :])):
        found.append((name, key.role if key.role in _PARTS else "max"))
    return found


def _bare(words: str) -> str:
    """Give a name without the word "dose" and the marks around it."""
    return " ".join(_DOSE.sub(" ", words).split()).strip(" ,:;()-")


def _names(name: str, dose: Column) -> bool:
    """Tell whether a name is that of a dose: the whole of its key, what stands in brackets or draws a band aside."""
    plain = uniform(dose.words)
    outer = re.sub(r"\([^()]*\)", " ", plain)
    inner = re.fullmatch(r"\W*dos(?:e|ing|age)\s*\(([^()]+)\)\W*", plain)
    return name in (_bare(plain), _bare(outer), inner[1].strip() if inner else None) and not read_bands(name)


_LAST = lazy_regex(r"[\s,:;(–-]+dos(?:e|es|ing|age)\)?[\s:]*$", re.IGNORECASE)
_OWN = lazy_regex(r"\W*dos(?:e|ing|age)\s*[(,:–-]\s*([^()]+)\)?\W*", re.IGNORECASE)
_KIND = lazy_regex(r"\b(?:replacement|substitution)\b")


def key_label(key: Column, drugs: Drugs) -> str | None:
    """Give what the dose of a key is for ("Refractory CRS, dose" → "Refractory CRS"), or None.

    "Replacement" beside another word tells one, where alone it is only what the table is of.
    """
    words = own_label(key) or _LAST.sub("", key.words)
    label = header_label(replace(key, words=words), drugs) if words.strip() else None
    named = _KIND.search(uniform(words)) and not _KIND.fullmatch(uniform(words).strip(" :*"))
    return label or (words.strip(" :*") if named and not read_bands(words) else None)


def own_label(key: Column) -> str | None:
    """Give what a key sets behind "Dose" ("Dose (stable)" → "stable"): in which case its dose is given, or None."""
    own = _OWN.fullmatch(key.words)
    return own[1].strip() if own and own[1].strip() else None
