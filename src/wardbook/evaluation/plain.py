"""Words and figures made comparable, on their own and not with the reader that is being measured."""

import html
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_SYMBOLS = str.maketrans(
    {
        "≥": ">=", "≧": ">=", "\uf0b3": ">=", "≤": "<=", "≦": "<=", "\uf0a3": "<=", "→": "->", "\uf0e0": "->",
        "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "×": "x", "µ": "u", "μ": "u",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
        "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u2060": None,
        "’": "'", "‘": "'", "“": '"', "”": '"', "\uf0ad": "↑",
    }
)  # fmt: skip
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TAG = re.compile(
    r"</?(?:table|thead|tbody|tfoot|tr|td|th|br|p|ul|ol|li|dl|dt|dd|caption|details|summary|blockquote|pre|hr|sup|sub|"
    r"div|col|colgroup|center)\b[^<>]*>",
    re.IGNORECASE,
)
_INLINE = re.compile(r"</?(?:b|i|u|em|strong|span|a|font)\b[^<>]*>", re.IGNORECASE)
"""Tags inside of words and sentences, which part nothing ("<b>5 mg</b>.")."""
_WIKILINK = re.compile(r"\[\[([^\[\]|]*?)(?:\\?\|([^\[\]]*))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_LINE_START = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-+*•][ \t]+)?", re.MULTILINE)
_RULE = re.compile(r"^[ \t|:+-]{3,}$", re.MULTILINE)
_MARKER = re.compile(r"\[\d+\]")
_LATEX = {r"$\ge$": ">=", r"$\geq$": ">=", r"$\le$": "<=", r"$\leq$": "<=", r"$\times$": "x"}


def plain(text: str, *, link_stem: bool = False) -> str:
    """Give the words of Markdown (or of an answer) on one line, without emphasis, pipes, tags, escapes and markers.

    With `link_stem` a wikilink without words of its own counts as the last part of its target.
    """
    for latex, sign in _LATEX.items():
        text = text.replace(latex, sign)
    text = _LINE_START.sub(" ", _RULE.sub(" ", text))
    text = html.unescape(_TAG.sub(" ", _INLINE.sub("", text))).translate(_SYMBOLS)
    text = _WIKILINK.sub(lambda found: found[2] or (found[1].rsplit("/", 1)[-1] if link_stem else found[1]), text)
    text = _MARKER.sub(" ", _LINK.sub(r"\1", text))
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|<>~^$-])", r"\1", text)
    text = re.sub(r"\bm[\^]?[2²]", "m2", text)
    text = re.sub(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: "^" + found[1].translate(_SUPERSCRIPTS), text)
    text = re.sub(r"[*`]+|~~|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)", "", text).replace("|", " ")
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Give the words as they are compared with a needed fact: lower case, ranges, figures and signs spaced alike."""
    text = plain(text, link_stem=True).casefold()
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"(?<=\d)\s*(?:-|\bto\b)\s*(?=\d)", "-", text)
    text = re.sub(r"(?<=\d)(?=(?:mg|mcg|ug|g|kg|ml|units?|iu|h|hrs?|hours?|days?|%)\b)", " ", text)
    text = re.sub(r"(?<=\d)\s+%", "%", text)
    text = re.sub(r"([<>]=?)\s+(?=\d)", r"\1", text)
    text = re.sub(r"\s*/\s*", "/", text)
    return " ".join(re.sub(r"\s+([,.;:)])", r"\1", text.replace("( ", "(")).split())


def holds(text: str, variant: str) -> bool:
    """Say whether the folded `text` holds `variant` as whole words; "20 mg" is not in "120 mg" nor in "20 mg/kg".

    A variant that is nothing but a figure is held in any wording of it: "every 24 hours" in "daily".
    """
    wanted = folded(variant)
    if not wanted:
        return False
    if _WHOLE.fullmatch(wanted) and figures(wanted) <= figures(text):
        return True
    before = r"(?<![\w.])" if wanted[0].isalnum() else ""
    after = r"(?:e?s)?(?![\w]|\.\d|/\s*(?:kg|m2)\b)" if wanted[-1].isalnum() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


class Figure(NamedTuple):
    """One amount, duration or interval found in words."""

    value: Decimal
    """In the unit that `unit` names."""
    unit: str
    """ "mg", "[iU]", "mL", "cells", "mmol", "meq", "tablet" or "h"."""
    per: str | None
    """ "kg", "m2" or None."""


UNITS: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("mg", "mgs", "milligram", "milligrams"), ("mg", Decimal(1))),
    **dict.fromkeys(("g", "gm", "gms", "gram", "grams"), ("mg", Decimal(1000))),
    **dict.fromkeys(("ug", "mcg", "mcgs", "microgram", "micrograms"), ("mg", Decimal("0.001"))),
    **dict.fromkeys(("ng", "nanogram", "nanograms"), ("mg", Decimal("0.000001"))),
    **dict.fromkeys(("[iu]", "iu", "ius", "unit", "units", "u", "international units"), ("[iU]", Decimal(1))),
    **dict.fromkeys(("ml", "mls", "cc"), ("mL", Decimal(1))),
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), ("mL", Decimal(1000))),
    **dict.fromkeys(("cell", "cells"), ("cells", Decimal(1))),
    **dict.fromkeys(("mmol", "mmols"), ("mmol", Decimal(1))),
    **dict.fromkeys(("meq", "meqs"), ("meq", Decimal(1))),
    **dict.fromkeys(("tablet", "tablets", "tab", "tabs"), ("tablet", Decimal(1))),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "hourly"), ("h", Decimal(1))),
    **dict.fromkeys(("d", "day", "days"), ("h", Decimal(24))),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), ("h", Decimal(168))),
}
"""Spelling in lower case → the unit it is compared in, and the factor."""

_FREQUENCIES = {
    r"\b(?:twice (?:a |per )?da(?:y|ily)|bid|b\.i\.d\.|bd)(?!\w)": 12,
    r"\b(?:(?:three times|thrice) (?:a |per )?da(?:y|ily)|tid|t\.i\.d\.|tds|t\.d\.s\.)(?!\w)": 8,
    r"\b(?:four times (?:a |per )?da(?:y|ily)|qid|q\.i\.d\.|qds|q\.d\.s\.)(?!\w)": 6,
    r"\b(?:every other day|alternate days|qod)\b": 48,
    r"\b(?:weekly|(?:once )?(?:a|per|each|every) week)\b": 168,
    r"\b(?:(?:once )?(?:a|per|each|every) day|(?:once )?daily|nightly|nocte|mane|od|qd|qam|qpm|qhs|"
    r"at (?:night|bedtime)|q ?day)\b|/d(?:ay)?\b": 24,
}
"""Words → hours; read in this order, each place once ("twice daily" is not "daily")."""
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_SPELLINGS = "|".join(re.escape(spelling) for spelling in sorted(UNITS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?<![\w.,])(?:[qx] ?)?(?P<low>{_NUMBER})"
    rf"(?:\s*(?P<u1>{_SPELLINGS})?(?:/kg|/m2)?\s*(?:-|to|or)\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*x\s*10\s*\^?\s*(?P<power>\d+))?(?:\s*(?P<scale>million|billion))?(?:(?<=\d|n)\s*(?:[a-z+-]+\s+){{0,4}}?(?=cells)|[\s-]*)"
    rf"(?P<unit>{_SPELLINGS})(?![a-z\]])(?:\s*(?:/|per )\s*(?P<per>kg|m2))?",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"(?:(?:every|each|per|q) ?)?(?:{_FIGURE.pattern})|{'|'.join(_FREQUENCIES)}", re.IGNORECASE)
"""Words that are one figure and nothing else."""
_SCALES = {None: 1, "million": 10**6, "billion": 10**9}


def canonical(value: Decimal, unit: str, per: str | None = None) -> Figure:
    """Give a figure in the unit that it is compared in; a unit that is not in the table keeps its own spelling."""
    name, factor = UNITS.get(unit.casefold().replace("µ", "u").replace("μ", "u"), (unit, Decimal(1)))
    return Figure((value * factor).normalize(), name, per)


@lru_cache(maxsize=4096)
def figures(text: str) -> frozenset[Figure]:
    """Give every figure with a unit that stands in the words; both ends of a range carry its unit."""
    words = rest = folded(text)
    found: set[Figure] = set()
    for pattern, hours in _FREQUENCIES.items():
        rest, times = re.subn(pattern, " ", rest)
        if times:
            found.add(canonical(Decimal(hours), "h"))
    for match in _FIGURE.finditer(words):
        scale = Decimal(10) ** int(match["power"] or 0) * _SCALES[(match["scale"] or "").lower() or None]
        per = match["per"]
        for number, unit in ((match["low"], match["u1"] or match["unit"]), (match["high"], match["unit"])):
            if number:
                # "8 h or 90 mg/kg": what the second is per, the first is not
                of_both = number != match["low"] or canonical(scale, unit).unit == canonical(scale, match["unit"]).unit
                found.add(canonical(Decimal(number.replace(",", "")) * scale, unit, per if of_both else None))
    return frozenset(found)
