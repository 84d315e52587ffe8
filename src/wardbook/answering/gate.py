"""The gate that every answer passes: figures of doses in its text must stand in what it cites."""

from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.compose import without_references
from wardbook.answering.dosing_answer import RESULTS
from wardbook.dosing.firewall import firewall


def _as_quoted(answer: Answer) -> str:
    """Let the rows, word for word as they were just read from the file, stand in for words that were withheld."""
    rows = {each.citation: "" for each in answer.regimens}
    quoted = {citation.n: citation.quote for citation in answer.citations if citation.n in rows}
    lines = [f"- “{without_references(quote)}” [{n}]" for n, quote in quoted.items()]
    if answer.verdict:
        lines.insert(0, f"{RESULTS[answer.verdict[0].result]} [{answer.verdict[1]}]\n")
    return "\n".join(lines)


def gated(answer: Answer) -> Answer:
    """Withhold statements whose figures their quotes do not hold; an answer that is left without any is not found."""
    if answer.status == "not_found" and not answer.citations:
        return answer  # states no fact: it says that there is none, and names sections by their headings
    quotes = {citation.n: citation.cells or citation.quote for citation in answer.citations}
    text, withheld = firewall(answer.text, quotes, [each for _, each in answer.computed], answer.standalone_question)
    if not withheld:
        return answer
    if answer.regimens:
        return replace(answer, text=_as_quoted(answer))
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
    note = f"{len(withheld)} statements were withheld: a figure in them does not stand in the lines they cite."
    return replace(answer, text=text, warnings=(*answer.warnings, note))
