"""What each of several rows says of a proposed amount, in words beside the row."""

from collections.abc import Iterator, Mapping, Sequence

from wardbook.dosing.asked import Asked
from wardbook.dosing.each_row import Judged
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import Place
from wardbook.dosing.unit import convert

SAID: Mapping[str, str] = {"within": "within", "exceeds": "exceeds it", "below": "below it"}


SPLIT = "what is asked is not judged by this row: its doses differ in it, and its words say when each holds"


def _split(each: Sequence[Judged]) -> set[Place]:
    """Give the rows of which one dose allows the amount, or may, and another does not: they say nothing of it."""
    asked = next((verdict.asked for _, verdict in each if verdict is not None), None)
    said: dict[Place, set[str]] = {}
    for row, verdict in each:
        may = "within" if asked and verdict is None and _reaches(row, asked) else ""
        said.setdefault((row.page, row.lines), set()).add(verdict.result if verdict else may)
    return {place for place, results in said.items() if {"within", "exceeds"} <= results}


def _reaches(row: Regimen, asked: Asked) -> bool:
    """Tell whether a dose that was not understood wholly is as much as what is asked."""
    if row.amount is None or (row.per, row.per_time) != (asked.per, asked.per_time):
        return False
    value = convert(row.amount.high, row.amount.unit, asked.unit)
    return value is not None and value >= asked.high


def _as_often(each: Sequence[Judged]) -> Iterator[Judged]:
    """Give of a row with doses of several rhythms those given as often as is asked, where it has such: they judge."""
    asked = next((verdict.asked for _, verdict in each if verdict is not None), None)
    often = asked.interval_h if asked else None
    so = {(row.page, row.lines) for row, _ in each if often and row.interval_h == often}
    for row, verdict in each:
        if (row.page, row.lines) not in so or row.interval_h in (None, often):
            yield row, verdict


def said_of_each(each: Sequence[Judged], shown: Sequence[Regimen]) -> dict[int, str]:
    """Give what rows say of the amount, by the place of the row in those that are shown."""
    each = list(_as_often(each))
    split = _split(each)
    verdicts = [(row, verdict.result) for row, verdict in each if verdict is not None]
    found: dict[int, str] = {}
    for at, row in enumerate(shown):
        result = next((result for other, result in verdicts if other == row), None)
        if result is not None and (row.page, row.lines) in split:
            found[at] = SPLIT
        elif result is not None:
            found[at] = f"what is asked, by this row alone: {SAID[result]}"
    return found
