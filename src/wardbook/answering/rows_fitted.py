"""Rows of an answer side by side, as many as there is room for, each with what stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Row:
    """One row or sentence of the answer, with what stands below it."""

    words: str
    """As the page has it, with its marker."""
    name: str
    """What it is for, with its marker."""
    below: list[str]
    """Which of its doses is meant, and the arithmetic, each with its marker."""


ROOM_FOR_NAMES = 200
"""Characters kept for the names of rows that have no room."""


def fitted(rows: Sequence[Row], room: int) -> str:
    """Lay out as many rows as there is room for, each with all that stands below it, and name the others."""
    text = _laid_out(rows)
    if len(rows) == 1 or len(text) <= room:
        return text
    count = next((n for n in range(len(rows) - 1, 1, -1) if len(_laid_out(rows[:n])) <= room - ROOM_FOR_NAMES), 1)
    text, names = _bullets(rows[:count]), list(dict.fromkeys(row.name for row in rows[count:]))
    for kept in range(len(names), 0, -1):
        more = f"; and {len(names) - kept} more" if kept < len(names) else ""
        also = f"\n- Also: {'; '.join(names[:kept])}{more}"
        if len(text) + len(also) <= room:
            return text + also
    return f"{text}\n- Also: {len(names)} more"


def _laid_out(rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return "\n\n".join([rows[0].words, *dict.fromkeys(rows[0].below)])
    return _bullets(rows)


def _bullets(rows: Sequence[Row]) -> str:
    """Lay out rows as bullets; what stands below each of them is said once, of all."""
    first = rows[0].below if len(rows) > 1 else []
    common = [line for line in dict.fromkeys(first) if all(line in row.below for row in rows)]
    bullets = (
        "\n".join([f"- {row.words}", *(f"  - {line}" for line in dict.fromkeys(row.below) if line not in common)])
        for row in rows
    )
    return "\n".join([*bullets, *(f"- For each of these: {line}" for line in common)])
