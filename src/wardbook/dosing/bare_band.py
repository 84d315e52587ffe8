"""Bands that name no quantity because their header or lead line does ("Dose by CrCl (mL/min)": "40-59: 450 mg")."""

import re
from functools import cache, lru_cache

from wardbook.dosing.band import DOSE_NEXT, NO_LESS, NO_MORE, read_bands
from wardbook.dosing.comparator import comparator_pattern
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.quantity import CLEARANCE_PER_KG, quantities
from wardbook.lazy_regex import lazy_regex

# words of a header → what makes a bare bound a band of it: the subject before it and the unit behind it
_PATIENT = (
    (r"cr ?cl|clcr|creatinine clearance|(?:renal|kidney) function", "crcl", "mL/min"),
    (r"e?gfr", "egfr", "mL/min"),
    (r"bsa|body surface(?: area)?", "bsa", "m2"),
    (r"(?:body ?)?weight|wt", "weight", "kg"),
    (r"ages?", "age", "years"),
)
LEADERS = r"(?:…|\.{2,}|(?:\. ){2,})"
"""Points that lead the eye from a bound to its dose ("40-59 … 750 mg")."""
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_IN_BRACKETS = lazy_regex(r"\(((?:by )?[a-z]+(?: ?[a-z]+)?(?:,? (?:in )?(?:ml/min\S*|kgs?|years?|months?))?)\)$")
_BY = lazy_regex(r"\b(?:by|per|according to|depending on|based on)\b[^:;]*$")


@cache
def _bound() -> re.Pattern[str]:
    """Give the pattern of a bare bound that opens a clause and has its dose or a colon behind it."""
    return re.compile(
        rf"(?:^|(?<=[;:\n(])|(?<=[a-z)], ))\s*(?P<bound>{_NUMBER}\s*(?:-|to)\s*(?:{comparator_pattern()}\s*)?{_NUMBER}|"
        rf"{comparator_pattern()}\s*{_NUMBER}|{_NUMBER} (?:{NO_LESS}|{NO_MORE}))"
        rf"(?=\s*(?:[:=]|{LEADERS})|\s+(?:-\s+)?{DOSE_NEXT})"
    )


@cache
def _named() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Give the patterns of all quantities with the subject and the unit that their bands are written with."""
    measured = (each for each in quantities().values() if each.name != CLEARANCE_PER_KG)
    listed = [*_PATIENT, *((each.pattern, each.name, "") for each in measured)]
    return tuple((re.compile(rf"(?<![\w/+-])(?:{names})(?![a-z\d])"), said, unit) for names, said, unit in listed)


@cache
def _openings() -> tuple[str, ...]:
    return tuple(f"{said} " for _, said, _ in _named())


@lru_cache(maxsize=4096)
def _subject(header: str) -> tuple[str, str] | None:
    """Give the subject and unit of the one quantity that a header names, else None."""
    plain = uniform(header)
    found = {(said, unit) for pattern, said, unit in _named() if pattern.search(plain)}
    subject, unit = found.pop() if len(found) == 1 else ("", "")
    if subject == "age" and re.search(r"\bmonths?\b", plain):
        unit = "months of age"
    return (subject, unit) if subject else None


def names_quantity(words: str) -> bool:
    """Tell whether words name the one quantity that a bound behind them is of ("INR", "weight")."""
    return _subject(words) is not None


def goes_by(words: str) -> bool:
    """Tell whether a line says by which quantity the doses below or behind it go ("Dose by eGFR (mL/min):").

    So does one that names it alone in brackets at its end ("Maintenance (CrCl):").
    """
    inner = _IN_BRACKETS.search(uniform(words).rstrip(" :*"))
    if inner and (_subject(inner[1]) or ("", ""))[0] in {said for _, said, _ in _PATIENT}:
        return True
    return _BY.search(uniform(words).rstrip(" :*")) is not None and _subject(words) is not None


def with_quantity(text: str, header: str) -> str:
    """Write the header's quantity and unit to each bare bound that opens a clause of a cell.

    Only where the first clause opens with one too, or with a band: behind "Days 1-2: ..." a "3-4: ..." is of days.
    """
    subject = _subject(header) if has_digit(text) else None
    bounds = list(_bound().finditer(uniform(text))) if subject else []
    if subject is None or not bounds or not (_opens(text, bounds[0]) or _is_banded(text)):
        return text
    for match in reversed(bounds):
        begin, end = match.span("bound")
        figure = begin + [each.end() for each in re.finditer(r"\d", text[begin:end])][-1]
        text = f"{text[:begin]}{subject[0]} {text[begin:figure]} {subject[1]}".rstrip() + text[figure:]
    return text


def with_own_quantity(words: str, above: str = "") -> str:
    """Write the quantity that a sentence or the line `above` it goes by to the bare bounds of its clauses."""
    head = re.match(r"[^:;]*:(?=\s*\S)", words)
    if head and goes_by(head[0]):
        return head[0] + with_quantity(words[head.end() :], head[0])
    return with_quantity(words, above) if above else words


def with_last_quantity(words: str, before: str) -> str:
    """Write the quantity of the last band before a sentence to the bare bound that it opens with ("> 70: 1 mg")."""
    bands = read_bands(before)
    named = SUBJECTS.get(bands[-1].condition.quantity) if bands else None
    return with_quantity(words, named) if named else words


def opening_quantity(words: str) -> str:
    """Give the word for the quantity of the band that a line opens with ("CrCl > 60: 300 mg"), "" where it has none."""
    first = next((band for band in read_bands(words) if not words[: band.begin].strip()), None)
    return SUBJECTS.get(first.condition.quantity, "") if first else ""


def opens_with_bound(words: str) -> bool:
    """Tell whether a line opens with a band, or with a bare bound and its dose ("20-60: 200 mg")."""
    return _bound().match(uniform(words)) is not None or opening_quantity(words) != ""


SUBJECTS = {
    "creatinine clearance": "CrCl",
    "eGFR": "eGFR",
    "body surface area": "BSA",
    "weight": "weight",
    "age": "age",
}
"""Quantity of a band to the word that names it."""


def as_written(words: str, verbatim: str) -> str:
    """Take a quantity out of words again where only without it they stand in the cell or sentence."""
    if words in verbatim or not words.startswith(_openings()):
        return words
    for _, said, unit in _named():
        if words.startswith(f"{said} "):
            bare = words[len(said) + 1 :].replace(f" {unit}" if unit else "\0", "", 1)
            words = bare if bare in verbatim else words
    return words


def _opens(text: str, match: re.Match[str]) -> bool:
    return not text[: match.start("bound")].strip()


def _is_banded(text: str) -> bool:
    return any(not text[: band.begin].strip() for band in read_bands(text))
