"""The gate that every answer passes: figures of doses in its text must stand in what it cites."""

import re
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.check_answer import RESULTS
from wardbook.answering.compose import marked, tells_no_dose
from wardbook.answering.reference_marks import without_references
from wardbook.dosing.firewall import firewall
from wardbook.lazy_regex import lazy_regex

_NUMBERS = lazy_regex(r"\[(\d+)\]")


def _as_quoted(answer: Answer) -> str:
    """Let the rows, word for word as they were just read from the file, stand in for words that were withheld."""
    rows = {each.citation for each in answer.regimens}
    first = {
        int(n) for line in answer.text.split("\n") if line.startswith("Read first: ") for n in _NUMBERS.findall(line)
    }
    kept = sorted(answer.citations, key=lambda citation: citation.n not in first)
    quoted = {citation.n: citation.quote for citation in kept if citation.n in rows | first}
    lines = [
        f"- {'Read first: ' if n in first and n not in rows else ''}“{without_references(quote)}” [{n}]"
        for n, quote in quoted.items()
    ]
    if answer.verdict and answer.verdict[1]:
        lines.insert(0, f"{RESULTS[answer.verdict[0].result]} [{answer.verdict[1]}]\n")
    return "\n".join(lines)


def _lines_as_cited(answer: Answer) -> str:
    """Let the lines cited stand in for statements of which one was withheld: what is left might answer otherwise."""
    words = (
        (citation.n, without_references((citation.cells or citation.quote).partition(" | ")[0]))
        for citation in answer.citations
    )
    return "\n".join(f"- {marked(text, n)}" for n, text in words)


NOTHING_FITS = "No regimen fits what is asked; what the pages have for something else is cited."
"""Words of an answer that finds nothing, where those that name what there is are withheld."""
_MASK = {ord(str(digit)): 0xE000 + digit for digit in range(10)}
"""Digits to characters of private use, which no page keeps."""


def _masked(text: str, titles: set[str]) -> str:
    """Hide the figures of a page's title where it stands before a statement or a section ("Protocol 7 > Use [1]")."""
    for title in titles:
        if re.search(r"\d", title):
            hidden = title.translate(_MASK)
            text = re.sub(rf"^((?:[-*] )?){re.escape(title)}(?=: )", rf"\g<1>{hidden}", text, flags=re.MULTILINE)
            if tells_no_dose(title):  # a title that gives a dose is no mere name beside other lines' citations
                text = re.sub(rf"(?<=[:;] ){re.escape(title)}(?= > )", hidden, text)
    found = _NEAREST.search(text)
    if found and tells_no_dose(found[0]):  # headings alone: "5. Still febrile day 4"
        text = f"{text[: found.start()]}{found[0].translate(_MASK)}{text[found.end() :]}"
    return text


_NEAREST = lazy_regex(r"(?<=Nearest sections: )[^\n]*")
"""Headings of what is nearest, with the numbers of their citations between them."""


def _unmasked(text: str) -> str:
    return text.translate({hidden: digit for digit, hidden in _MASK.items()})


def gated(answer: Answer) -> Answer:
    """Withhold statements whose figures their quotes do not hold; an answer that is left without any is not found."""
    if answer.status == "not_found" and not answer.citations:
        return answer  # states no fact: it says that there is none, and names sections by their headings
    quotes = {citation.n: citation.cells or citation.quote for citation in answer.citations}
    masked = _masked(answer.text, {citation.title for citation in answer.citations})
    text, withheld = firewall(masked, quotes, [each for _, each in answer.computed], answer.standalone_question)
    text = _unmasked(text)
    if not withheld:
        return answer
    if answer.regimens:
        return replace(answer, text=_as_quoted(answer))
    if answer.status == "not_found":  # doses for something else, quoted whole, would read as the answer
        return replace(answer, text=text.strip() or NOTHING_FITS)
    if not any(citation.n and f"[{citation.n}]" in text for citation in answer.citations):
        words = "What was found is withheld: its figures do not stand in the lines that it cites."
        return replace(
            answer,
            status="not_found",
            text=words,
            regimens=(),
            computed=(),
            conflicts=(),
            clarification=None,
            verdict=None,
        )
    quoted = _lines_as_cited(answer)
    if not firewall(quoted, quotes, (), answer.standalone_question)[1]:
        note = "Statements were withheld, whose figures do not stand in the lines they cite: these are the lines."
        return replace(answer, text=quoted, warnings=(*answer.warnings, note))
    note = f"{len(withheld)} statements were withheld: a figure in them does not stand in the lines they cite."
    return replace(answer, text=text, warnings=(*answer.warnings, note))
