"""What a sentence without a dose says of the dose in the sentence before it: for whom not, whether again, if at all."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.exclusion import read_exclusions
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_LETTER = lazy_regex(r"\w")
_REPEATS = lazy_regex(
    r"\W*(?:(?:once|twice) (?:more|again)\b|again (?:after|every|in|once)\b|"
    r"(?:may |can |could |do not |don't |never )?(?:be )?repeat(?:ed)?(?:\W*$| (?:the )?doses?\b|"
    r" (?:once|twice|after|in|every|no|not|only|if|at|up|x)\b)|"
    r"(?:no|a|one) (?:second|further|repeat|more) (?:dose|infusion)\b|after (?:two|three|four|\d) doses\b)"
)
_CONDITIONS = lazy_regex(
    r"\W*(?:(?:this is|this|it is|it|is|should be|to be|for use|use|used|give|given|start|started)\s+)*(?:"
    r"(?:not|never) (?:an? |the |as )*(?:first|second|1st|2nd)(?:[ -]?line|[ -]choice)\b|"
    r"(?:second|third|fourth|last|2nd|3rd)[ -]?line(?=\W*$|\s+(?:only|if|when|after|options?|agent|drug|for|in|use)\b)|"
    r"(?:last resort|second choice)\b|"
    r"not (?:routinely |usually |generally |currently |yet )*(?:recommended|advised|licensed|suitable|appropriate|"
    r"indicated|approved|funded|stocked|for (?:use|routine))\b|"
    r"only (?:if|when|in|with|for|after|on|as|where|while|once|until|under|by)\b|"
    r"(?:reserved?|restricted|limited) (?:for|to)\b|"
    r"(?:consultant|specialist|inpatient|icu|intensive care)s?(?: (?:use|decision|approval|advice|initiation))? only\b)"
)
"""Opens a sentence on whether, and in whose hands, the dose before it is given at all."""


_DENIED = lazy_regex(
    r"\b(?:we|i) (?:do not|don't|never|no longer) (?:do|use|give|want|recommend|offer|order|prescribe) "
    r"(?:it|this|that|them)\b(?! (?:without|unless|to|in|with|for|if|when|until|after|before|as|at|on|alone)\b)|"
    r"\A\W*(?:(?:this|it) (?:is|was) )?(?:removed|withdrawn|retired|discontinued|no longer (?:used|given|done)|"
    r"not (?:done|used|given) (?:here|any ?more|by us)|ignore (?:this|it))\b"
    r"(?! (?:when|once|if|after|until|by|from|with|for|to|as|at|on)\b)"
)
"""A sentence that says of the dose before it that it is not given."""


def with_said_behind(found: Sequence[Regimen], words: str, *, close: bool, own: bool) -> list[Regimen]:
    """Give the doses of the drug last spoken of what a sentence behind them says.

    `close` where no other is between, `own` where it names no other drug.
    """
    last = found[-1].drug
    if close and own and _DENIED.search(uniform(words)):
        said = words.strip(" .")
        return [replace(each, unparsed=(*each.unparsed, said)) if each.drug == last else each for each in found]
    return [_with(each, words, close=close) if each.drug == last else each for each in found]


def sets_condition(words: str) -> bool:
    """Tell whether a sentence says on which condition the dose before it is given."""
    return _CONDITIONS.match(uniform(words)) is not None


def _with(regimen: Regimen, words: str, *, close: bool) -> Regimen:
    barred = _barred(regimen, words)
    if barred is not regimen:
        return barred
    if _REPEATS.match(uniform(words)) or (close and sets_condition(words)):
        return replace(regimen, notes=(*regimen.notes, words.strip(" .")))
    return regimen


def _barred(regimen: Regimen, words: str) -> Regimen:
    """Give a dose the exclusion that is the whole of a later sentence ("Never for pneumonia.")."""
    for exclusion in read_exclusions(words)[:1]:
        said = words[exclusion.begin : exclusion.end]
        if exclusion.whom and not _LETTER.search(words[: exclusion.begin]):
            regimen = replace(
                regimen,
                notes=(*regimen.notes, said),
                excluded=(*regimen.excluded, said),
                condition=regimen.condition or exclusion.outside,
            )
    return regimen
