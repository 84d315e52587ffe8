"""Words that name a thing measured in the body, and a drug where a dose of it follows at once ("potassium 40 mmol")."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from wardbook.dosing.notation import uniform
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_SOUGHT = lazy_regex(
    r"\b(?:if|when|keep|maintain|aim|target|goal|until|till|above|below)\b"
    r"(?:\s+(?:the|a|an|serum|plasma|blood|level|of|for|at|is|corrected))*\s+$"
)
"""Before a level that is waited for or aimed at ("If potassium 5.5 mmol", "Keep the potassium 4 mmol")."""
_BOUNDS = lazy_regex(
    r"\s*(?::|(?:or|and) (?:lower|less|below|under|above|more|over|higher|greater)\b|\W*(?:then )?stop\b)"
)
"""Behind a level that bounds something ("0.4 mmol or lower", "0.5 mmol: ...", "5.5 mmol stop ...")."""

_BY_TUBE = lazy_regex(
    r"\b(?:(?:via|by|down|through|into|per)(?:\s+(?:the|an?|his|her|their))?\s+"
    r"|(?:ngt?|njt?|og|rig|tube)\s*(?:/|,|\bor\b|\band\b)\s*|(?:po|oral)\s*/\s*)$"
)
"""Before a tube into the stomach, by which another drug is given ("via PEG 2 g", "NG or PEG 1 g")."""


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, tuple[str, Decimal | None, bool]]]:
    """Give the pattern of the words with an amount behind them; of each the drug, the least amount in mmol, a tube."""
    number = r"\d+(?:\.\d+)?"
    told = rows("names_when_dosed.tsv")
    words = "|".join(
        rf"{re.escape(word)}(?=\s+{number}\s*(?:[-–]\s*{number}\s*)?(?:{units})(?:/kg)?(?![\w/]))"
        for word, units, *_ in told
    )
    drugs = {
        word: (drug, None if least == "-" else Decimal(least), way == "tube") for word, _, drug, least, way in told
    }
    return re.compile(rf"\b(?:{words})", re.IGNORECASE), drugs


_IN_MOLES = lazy_regex(r"\s+(\d+(?:\.\d+)?)[-\s\d.]*(?:mmol|meq)(/kg)?")


def when_dosed(text: str) -> Iterator[tuple[str, int, int]]:
    """Give drug, begin and end of each of these words that is followed by a dose, not by a level in the blood."""
    pattern, drugs = _names()
    for match in pattern.finditer(text):
        drug, least, tube = drugs[match[0].lower()]
        by_tube = tube and _BY_TUBE.search(uniform(text[: match.start()]))
        if not by_tube and not _is_level(text, match.start(), match.end(), least):
            yield drug, match.start(), match.end()


def _is_level(text: str, begin: int, end: int, least: Decimal | None) -> bool:
    """Tell whether the amount behind a word is one in mmol that is waited for, aimed at, or too small for a dose."""
    behind = uniform(text[end:])
    amount = _IN_MOLES.match(behind)
    if amount is None or amount[2]:
        return False
    small = least is not None and Decimal(amount[1]) < least
    sought = _SOUGHT.search(uniform(text[:begin]))
    return small or sought is not None or _BOUNDS.match(behind, amount.end()) is not None
