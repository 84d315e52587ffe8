"""A dose asked of two drugs, or of one drug in two situations: each is looked up alone and both are shown."""

import re
from collections.abc import Callable
from dataclasses import replace

from wardbook.answering.answer import Answer, Citation
from wardbook.answering.dose_question import KINDS
from wardbook.answering.two_sides import alone
from wardbook.opened import Opened

Ask = Callable[[str], Answer]
"""Words to the answer to them."""


_SHOWN = frozenset({"answered", "needs_clarification"})


def with_each(opened: Opened, answer: Answer, whole: str, ask: Ask) -> Answer:
    """Give the doses of both sides where a question is for those of two, and the answer has not both.

    Only where each of them alone has a dose: else nothing is set beside nothing.
    """
    question = opened.understand(whole)
    if not question.kinds & (KINDS | {"compare"}) or answer.status == "refused" or answer.verdict is not None:
        return answer
    sides = alone(question, opened.drugs)
    of_drugs = all(opened.drugs.canonical(side) for side, _ in sides)
    if of_drugs and not question.kinds & KINDS and answer.status != "not_found":
        return answer  # which of two drugs is to be given is told in words
    if not sides or _shows(opened, answer, [side for side, _ in sides]):
        return answer
    each = [(side, ask(words)) for side, words in sides]
    surely = all(one.status == "answered" for _, one in each)
    enough = surely or (answer.status == "not_found" and all(one.status in _SHOWN for _, one in each))
    if not enough or not all(one.regimens and one.verdict is None for _, one in each):
        return answer
    return _joined(answer, each)


def _shows(opened: Opened, answer: Answer, sides: list[str]) -> bool:
    """Tell whether an answer shows a line of each of two drugs."""
    drugs = [opened.drugs.canonical(side) for side in sides]
    if answer.status != "answered" or not all(drugs):
        return False
    shown = {mention.drug for each in answer.citations for mention in opened.drugs.find(each.quote)}
    return all(drug in shown for drug in drugs)


def _joined(answer: Answer, each: list[tuple[str, Answer]]) -> Answer:
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
