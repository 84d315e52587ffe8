"""Notation that kills: ways of writing a dose that ISMP's list of error-prone abbreviations has people misread.

Source: Institute for Safe Medication Practices, List of Error-Prone Abbreviations, Symbols, and Dose Designations;
the Joint Commission's "Do Not Use" list. Laboratory values (a mass per volume) are no doses and are left alone.
"""

import re
from collections.abc import Iterable, Iterator

from wardbook.dosing.vocabulary import holds
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, listed, shown
from wardbook.lint.view import View

_UNIT = (
    r"(?:mg|mcg|µg|μg|ug|micrograms?|milligrams?|grams?|gm|g|ng|mL|ml|cc|units?|IU|U|mEq|meq|mmol|million units"
    r"|tablets?|tabs?|vials?|drops?|puffs?)"
)
_DOSE = rf"(?P<unit>{_UNIT})(?![A-Za-z²³^]|[.-][A-Z])(?!\s?/\s?(?:[dcµμumc]*[Ll]\b|mm|hpf|g\b|mg\b|mmol))"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_TO = r"\s*(?:-|–|—|to)\s*"
_ZERO = lazy_regex(
    rf"(?<![\w.,/^])(?:\d[\d,]*\.\d*0(?:{_TO}{_NUMBER})?|{_NUMBER}{_TO}\d[\d,]*\.\d*0)(?![\d.])\s*{_DOSE}"
)
_NAKED = lazy_regex(rf"(?<![\d.,\w)])(?:\.\d+(?:{_TO}\.?{_NUMBER})?|{_NUMBER}{_TO}\.\d+)\s*{_DOSE}")
_U = lazy_regex(
    r"(?<![\w.,/^-])\d[\d,]*(?:\.\d+)?(?:\s*(?:-|–|to)\s*\d[\d,.]*)?\s*(?:IU|iu|U|u)(?![\w²³^-]|\.[A-Z])(?!\s?/\s?[dmµμu]?[Ll]\b)"
)
_QD = lazy_regex(r"(?<![\w.])(?:QD|qd|Qd|QOD|qod|q\.\s?d\.?|Q\.\s?D\.?|q\.\s?o\.\s?d\.?|Q\.\s?O\.\s?D\.?)(?![\w])")
_MICRO = lazy_regex(
    r"(?:\d[\d.,]*\s?)?(?<![A-Za-zµμ])(?:[µμ]g|(?<=\d)ug|(?<=\d )ug)(?![A-Za-z])(?!\s?/\s?(?:[dµμm]?[Ll]\b|g\b))"
)
_GLUED = lazy_regex(rf"(?<![\w.,/^µ]){_NUMBER}(?:(?:-|–){_NUMBER})?{_DOSE}")
_SIGN = lazy_regex(
    rf"(?:&[lg]t;|\\?[<>])\s?(?!=){_NUMBER}(?:{_TO}{_NUMBER})?\s*(?P<unit>mg|mcg|µg|μg|ug|g|grams?|units?|IU|U)"
    r"(?![A-Za-z²³^]|[.-][A-Z])(?!\s?/\s?(?:[dcµμumc]*[Ll]\b|mm|hpf|g\b|mg\b|mmol|cre))"
)
_MEASURED = lazy_regex(
    r"protein|albumin|urin|excret|stool|haemoglobin|hemoglobin|\bHb\b|\bHgb\b|weigh|spike|glucose|creatinine|ferritin|"
    r"\bCRP\b|tumou?r|bilirubin|fibrinogen|d-dimer|triglycerid|level|concentration|uric|lactate|calcium",
    re.IGNORECASE,
)


def _each(
    lines: Iterable[tuple[int, str]], view: View, code: str, pattern: re.Pattern[str], message: str
) -> Iterator[Finding]:
    """Give one finding a line, with all its words that match."""
    for line, text in lines:
        found = pattern.finditer(text)
        words = [match[0].strip() for match in found if pattern is not _SIGN or _is_given(text, match)]
        if words:
            yield Finding(view.page, line, code, message.format(listed([shown(word) for word in dict.fromkeys(words)])))


def _is_given(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bound belongs to a dose, by what stands around it, and not to something measured."""
    return not _MEASURED.search(text[max(0, match.start() - 45) : match.end() + 20])


def _holding(view: View, sign: str) -> Iterator[tuple[int, str]]:
    """Give the lines with figures that hold what every match of a dearer pattern holds."""
    found = re.compile(sign).search
    return ((line, text) for line, text in view.figures if found(text))


def trailing_zero(view: View) -> Iterator[Finding]:
    """Find "1.0 mg", read as 10 mg."""
    message = "trailing zero in {}, read as ten times as much: write the figure without it"
    return _each(_holding(view, r"\.\d*0"), view, "N01", _ZERO, message)


def naked_decimal(view: View) -> Iterator[Finding]:
    """Find ".5 mg", read as 5 mg."""
    message = "no zero before the decimal point in {}, read as ten times as much: write 0.5"
    return _each(_holding(view, r"\.\d"), view, "N02", _NAKED, message)


def unit_letter(view: View) -> Iterator[Finding]:
    """Find "10 U", read as 100, and "IU", read as IV or 10."""
    lines = _holding(view, r"[\d.,]\s*[iI]?[uU](?!\w)")
    return _each(lines, view, "N03", _U, "U or IU in {}, read as a zero, as IV or as 10: write units")


def once_daily(view: View) -> Iterator[Finding]:
    """Find "QD", read as QID."""
    lines = ((line, text) for line, text in view.raw if holds(text, "qQ") and line not in view.references.lines)
    return _each(lines, view, "N04", _QD, "{} is read as four times a day: write daily, or every other day")


def microgram(view: View) -> Iterator[Finding]:
    """Find "µg", read as mg."""
    lines = ((line, text) for line, text in view.figures if not text.isascii() or "ug" in text)
    return _each(lines, view, "N05", _MICRO, "{} is read as mg: write mcg")


def glued_unit(view: View) -> Iterator[Finding]:
    """Find "10mg", whose m is read as a zero."""
    lines = _holding(view, r"[\d,][^\W\d]")
    return _each(lines, view, "N06", _GLUED, "no blank between figure and unit in {}: write it with one")


def sign_before_dose(view: View) -> Iterator[Finding]:
    """Find "<" and ">" before a dose, mistaken for each other or for a figure."""
    message = "a sign before a dose in {}, read the other way round or as a figure: write less than, more than"
    return _each(_holding(view, "[<>&]"), view, "N07", _SIGN, message)
