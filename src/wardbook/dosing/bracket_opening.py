"""What opens a bracket before a dose of its own: a bound of the dose before it, or a clause of other patients."""

import re
from collections.abc import Mapping, Sequence

from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.separator import without


def behind_opening(text: str, begin: int, end: int, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> int:
    """Give where a bracket goes on behind a maximum or band that opens it, which is of the dose before the bracket.

    "5 mg/kg q8h (max 400 mg; CrCl < 30: 2 mg/kg)": 400 mg bounds the 5 mg/kg; "6 mg (40-80 kg; 4 mg if under 40 kg)":
    the 6 mg is for 40-80 kg. The bracket's begin where none opens it.
    """
    if (alone := _behind_band(text, begin, phrases)) is not None:
        return alone
    if (apart := _behind_clause(text, begin, end, phrases, roles)) is not None:
        return apart
    amounts = [phrase for phrase in phrases if begin < phrase.begin < end and phrase.kind == "amount"]
    if roles.get(amounts[0]) != "cap" or any(begin < p.begin < amounts[0].begin for p in phrases):
        return begin
    dose = next(phrase for phrase in amounts if roles.get(phrase) == "dose")
    stop = re.compile(r"[;,.](?!\d)").search(text, amounts[0].end, dose.begin)
    return stop.start() if stop else begin


def clauses_before(
    text: str, asides: Sequence[tuple[int, int]], phrases: Sequence[Phrase], roles: Mapping[Phrase, str]
) -> list[tuple[int, int]]:
    """Give the clauses of other patients that open a bracket before a dose of its own."""
    opened = [(text.rfind("(", 0, begin), begin, end) for begin, end in asides if text[begin] == ";"]
    return [(at, begin) for at, begin, end in opened if _behind_clause(text, at, end, phrases, roles) == begin]


def _behind_clause(
    text: str, begin: int, end: int, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]
) -> int | None:
    """Give where a bracket goes on behind a clause of other patients without a dose, or None.

    "8 mg IV (> 75 y single dose lower; liver failure 6 mg)": those over 75 have not the 6 mg.
    """
    dose = next(p.begin for p in phrases if begin < p.begin < end and roles.get(p) == "dose")
    stop = text.rfind(";", begin, dose)
    clause = [phrase for phrase in phrases if begin < phrase.begin < stop]
    said = stop > 0 and re.search(r"[^\W\d_]{3}", without(text, [(p.begin, p.end) for p in clause])[begin:stop])
    return stop if said and any(phrase.kind == "band" for phrase in clause) else None


def _behind_band(text: str, begin: int, phrases: Sequence[Phrase]) -> int | None:
    """Give where a bracket goes on behind a band that is all that its first clause says, or None."""
    first = next((phrase for phrase in phrases if phrase.begin > begin), None)
    if first is None or first.kind != "band":
        return None
    stop = re.compile(r"\s*(?:[;,](?!\d)|\n)").match(text, first.end)
    opens = re.fullmatch(r"\W*(?:(?:for|if|in|weight|patients)\W+)*", uniform(text[begin : first.begin]))
    return stop.end() - 1 if stop and opens else None
