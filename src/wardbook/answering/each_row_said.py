"""What each of several rows says of a proposed amount, in words beside the row."""

from collections.abc import Mapping, Sequence

from wardbook.dosing.each_row import Judged
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import Place

SAID: Mapping[str, str] = {"within": "within", "exceeds": "exceeds it", "below": "below it"}


SPLIT = "what is asked is not judged by this row: its doses differ in it, and its words say when each holds"


def _split(verdicts: Sequence[tuple[Regimen, str]]) -> set[Place]:
    """Give the rows of which one dose allows the amount and another does not: they say nothing of it."""
    said: dict[Place, set[str]] = {}
    for row, result in verdicts:
        said.setdefault((row.page, row.lines), set()).add(result)
    return {place for place, results in said.items() if {"within", "exceeds"} <= results}


def said_of_each(each: Sequence[Judged], shown: Sequence[Regimen]) -> dict[int, str]:
    """Give what rows say of the amount, by the place of the row in those that are shown."""
    verdicts = [(row, verdict.result) for row, verdict in each if verdict is not None]
    split = _split(verdicts)
    found: dict[int, str] = {}
    for at, row in enumerate(shown):
        result = next((result for other, result in verdicts if other == row), None)
        if result is not None and (row.page, row.lines) in split:
            found[at] = SPLIT
        elif result is not None:
            found[at] = f"what is asked, by this row alone: {SAID[result]}"
    return found
