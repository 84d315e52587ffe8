"""What stands before the colon that a clause opens with is said of all drugs behind it, and not of the first alone."""

from collections.abc import Sequence

from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.notation import stripped, uniform
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.sequence import OTHERS
from wardbook.lazy_regex import lazy_regex

_HEAD = lazy_regex(r"[^:;\n]{2,80}:(?=\s)")
_NOT_THESE = lazy_regex(r"\b(?:standard|usual|normal(?! saline)|teen\w*|adolescents?|bigger|older|heavier)\b")
"""Words for others than those before, which say of no figure whom: nothing may be worked out by such a dose."""
_APART = lazy_regex(r"[;\n()]|\.\s")


def keep_head(text: str, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Give what bounds the first dose before its drug is named to the doses of other drugs that are listed behind it.

    "Under 8 kg: x 1 mg/kg, y 20 mg/kg" gives neither to anybody else; a semicolon, a bracket or a full stop ends that.
    """
    first = drafts[0]
    head = _HEAD.match(text, first.begin)
    if head is None or first.figure is None or first.figure.begin < head.end():
        return
    if any(first.begin <= each.begin < head.end() for each in mentions):
        return
    label = text[first.begin : head.end() - 1]
    banded = any(
        phrase.kind == "band" and phrase.begin < len(label)
        for phrase in read_phrases(text[first.begin : first.figure.end])
    )
    unread = [words for words in first.unparsed if words in label]
    notes = [stripped(label, " *_")] if any(words in label for words in first.notes) else []
    for draft in drafts[1:]:
        own = text[draft.begin : draft.end]
        if draft.figure is None or _APART.search(text[head.end() : draft.figure.begin]):
            return
        if not draft.named or draft.drug == first.drug or draft.conditions:
            continue
        if OTHERS.search(uniform(own)):
            if first.conditions or first.unparsed:
                whom = [words for words in draft.notes if _NOT_THESE.search(uniform(words))]
                draft.notes = [words for words in draft.notes if words not in whom]
                draft.unparsed = [*draft.unparsed, *whom]
            continue
        if banded:
            draft.conditions, draft.or_else = list(first.conditions), list(first.or_else)
        draft.unparsed = [*unread, *draft.unparsed]
        draft.notes = [*notes, *draft.notes]
