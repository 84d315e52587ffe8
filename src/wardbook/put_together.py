"""Several answers put below each other as one, each under the name of what it is on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer, Citation


def joined(answer: Answer, each: Sequence[tuple[str, Answer]]) -> Answer:
    """Put the answers below each other, their citations numbered anew."""
    citations: list[Citation] = []
    open_one = next((one for _, one in each if one.status != "answered"), each[0][1])
    result = replace(
        answer,
        status=open_one.status,
        clarification=open_one.clarification,
        regimens=(),
        computed=(),
        conflicts=(),
        warnings=(),
    )
    text = []
    for side, one in each:
        numbers = {}
        for own in one.citations:
            same = next((there for there in citations if there.quote == own.quote and there.page == own.page), None)
            if same is None:
                same = replace(own, n=len(citations) + 1)
                citations.append(same)
            numbers[own.n] = same.n
        words = re.sub(r"\[(\d+)\]", lambda mark: f"[{numbers.get(int(mark[1]), mark[1])}]", one.text)  # noqa: B023
        text.append(f"{side}:\n\n{words}")
        at = len(result.regimens)
        sides = (
            replace(told, sides=tuple(replace(own, citation=numbers[own.citation]) for own in told.sides))
            for told in one.conflicts
        )
        result = replace(
            result,
            conflicts=(*result.conflicts, *sides),
            regimens=(*result.regimens, *(replace(own, citation=numbers[own.citation]) for own in one.regimens)),
            computed=(*result.computed, *((index + at, what) for index, what in one.computed)),
            warnings=tuple(dict.fromkeys([*result.warnings, *one.warnings])),
            unsaid=(*result.unsaid, *one.unsaid),
        )
    return replace(result, text="\n\n".join(text), citations=tuple(citations))
