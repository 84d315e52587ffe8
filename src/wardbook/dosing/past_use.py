"""What a page tells of doses that were given before, or are no longer ("x 50 mg used to stand here"): no order."""

import re
from collections.abc import Sequence

from wardbook.dosing.draft import Draft
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_USED = lazy_regex(
    r"\b(?:has|have|had)\s+(?:only\s+|also\s+|sometimes\s+|rarely\s+)?been\s+(?:used|given|tried)\s+"
    r"(?:once|twice|(?:to|in)\s+(?:\d+|one|two|three|four|five|six|some|a few|several)\b|"
    r"\d+|(?:two|three|four|five|six)\b|a few|several|some|rarely|occasionally|here|locally)[^.]*"
)
_CONDITION = lazy_regex(r"\b(?:if|once|when|where|after|until|till|unless|before|who|that|which|whom)\b[^.;:]*$")

_WHEN = lazy_regex(r"\b(?:once(?! (?:daily|a |weekly|only|per|every))|when|if|until|till|unless|as soon as)\b")
_NOW = lazy_regex(r"(?:is|are)\b")
"""Opens words that may say what is done later ("steroids are discontinued once grade 1")."""
_GONE = lazy_regex(
    r"\b(?:was|were|is|are|has been|have been)\s+(?:\w+\s+){0,4}?"
    r"(?:removed(?! (?:by|with|in|during|from the body))|retired|withdrawn|discontinued|superseded|abandoned|dropped|"
    r"wrong|too much|too high|in the (?:19|20)\d\d|in the old|"
    r"what (?:they|he|she|parents|patients|people|families) (?:have|had|take|took|give|gave))\b[^.]*|"
    r"\bused to (?:be|stand)\b[^.]*|\b(?:ignore (?:it|this|that)|not what we (?:give|use|do)|"
    r"(?:must|should|to) be (?:crossed (?:off|out)|struck (?:off|out|through))|"
    r"must not be (?:ordered|used|given)|(?:retired|removed|withdrawn|discontinued)(?: in)? \d)[^.]*"
)
"""Behind a dose: it is not, or no longer, what is given."""
_BARE_GONE = lazy_regex(
    r"(?<=[\s(])(?:now )?(?:withdrawn|removed|retired|discontinued|abandoned|obsolete|superseded|stopped|deleted|"
    r"no longer (?:used|given|done|stocked)|not (?:used|done|given) any ?more)"
    r"(?:,? (?:here|now|locally|with us|(?:in|since|from) (?:(?:19|20)\d\d|[a-z]{3,9} (?:19|20)\d\d)))*\s*(?=[).,;]|$)"
)
"""Right behind a dose, at the end of its bracket or clause: it is given no more ("IV 16 mg/kg withdrawn here")."""
NEAR = 30
"""Characters between a dose and what says bare that it is gone."""
_OLD = lazy_regex(
    r"\b(?:old|former|previous(?! doses?\b)|earlier|outdated) "
    r"(?:order(?: set)?s?|doses?|protocols?|pages?|versions?|regimens?|tables?|bundles?|cards?|charts?|guidelines?|"
    r"polic(?:y|ies)|leaflets?|posters?|sheets?)\b|\bit happened\b|"
    r"\bdoes nothing\b|\b(?:is|are) (?:useless|of no use)\b|\bha(?:s|ve) no (?:role|place)\b|"
    r"\bsome (?:centres|centers|units|hospitals|people|groups) (?:have |still |also )?"
    r"(?:use|used|give|gave|given|try|tried)\b"
)
"""Before a dose: it is what was given once, or what others give."""


def keep_past_use(words: str, drafts: Sequence[Draft]) -> None:
    """Say of the doses before words of past use that these were not understood of them."""
    _keep_gone(words, drafts)
    _keep_bare_gone(words, drafts)
    said = _USED.search(uniform(words))
    if said is None:
        return
    before = [draft for draft in drafts if draft.figure and draft.figure.end <= said.start()]
    last = max((draft.figure.end for draft in before if draft.figure), default=None)
    if last is None or _CONDITION.search(uniform(words[last : said.start()])):
        return
    for draft in before:
        draft.unparsed.append(words[said.start() : said.end()].strip(" .;,"))


def _keep_gone(words: str, drafts: Sequence[Draft]) -> None:
    """Say of doses that a sentence calls gone, or others', what it says of them."""
    plain = uniform(words)
    gone, old = _GONE.search(plain), _OLD.search(plain)
    if gone and _NOW.match(gone[0]) and _WHEN.search(gone[0]):
        gone = None  # it says until when the dose is given
    for draft in drafts:
        behind = draft.figure is not None and gone is not None and draft.figure.end <= gone.start()
        if draft.figure and gone and behind and not _WHEN.search(plain[draft.figure.end : gone.start()]):
            draft.unparsed.append(words[gone.start() : gone.end()].strip(" .;,)"))
        elif (
            draft.figure
            and old
            and old.end() <= draft.figure.begin
            and not re.search(r"[.;,]|\bgive\b", plain[old.end() : draft.figure.begin])
        ):
            draft.unparsed.append(words[old.start() : old.end()])


def _keep_bare_gone(words: str, drafts: Sequence[Draft]) -> None:
    """Say of the one dose right before a bare participle what that says of it."""
    plain = uniform(words)
    for gone in _BARE_GONE.finditer(plain):
        before = [draft for draft in drafts if draft.figure and draft.figure.end <= gone.start()]
        last = max(before, key=lambda draft: draft.figure.end if draft.figure else 0, default=None)
        if last is None or last.figure is None:
            continue
        between = plain[last.figure.end : gone.start()]
        if len(between) <= NEAR and not re.search(r"[.;,]|\b(?:if|when|until|till|once|for|after|every)\b", between):
            last.unparsed.append(words[gone.start() : gone.end()].strip())
