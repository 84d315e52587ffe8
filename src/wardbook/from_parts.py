"""A question of two parts, asked one by one where no statement of the pages holds both."""

import re
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.dose_question import KINDS
from wardbook.answering.question import Question
from wardbook.from_pages import from_pages
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

_ASKS = r"(?:what|how|when|where|which|who|whom|why)\b"
_SPLIT = lazy_regex(rf"\s*(?:[?;]\s*(?:and\s+)?|,?\s+and\s+|,\s+)(?={_ASKS})", re.IGNORECASE)
_BEGINS = lazy_regex(rf"\W*{_ASKS}", re.IGNORECASE)
LEAST_OF_A_PART = 3
"""Words of a question that is one by itself."""


def parts_of(question: str) -> tuple[str, ...]:
    """Split a question where another one begins ("what target, and what if not reached"); () where it is one.

    What stands before the first question word is told of the patient, and cannot be left out.
    """
    parts = [part.strip(" ?,;") for part in _SPLIT.split(question)]
    whole = all(_BEGINS.match(part) and len(part.split()) >= LEAST_OF_A_PART for part in parts)
    return tuple(parts) if len(parts) > 1 and whole else ()


def from_pages_in_parts(opened: Opened, asked: str, whole: str, question: Question, k: int) -> Answer:
    """Answer from the pages; where they do not hold it all, the first part of it that they hold, and say so.

    A later part is about what the first one names. A dose that is asked for in a part is not looked for in words.
    """
    answer = from_pages(opened, asked, whole, question, k)
    parts = parts_of(question.text)
    if answer.status != "not_found" or not parts or question.kinds & KINDS:
        return answer
    first = opened.understand(parts[0])
    subject = " ".join(dict.fromkeys([*(each.words for each in first.mentions), *sorted(first.drug_words)]))
    for at, part in enumerate(parts):
        alone = first if at == 0 else opened.understand(f"{part} {subject}".strip())
        found = from_pages(opened, asked, whole, alone, k)
        if found.status == "answered":
            rest = " and ".join(f"“{each}”" for each in parts if each != part)
            return replace(found, warnings=(*found.warnings, f"Answered for “{part}”: ask {rest} by itself."))
    return answer
