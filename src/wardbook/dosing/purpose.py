"""What each dose of a text is for, as the words beside it say: "PE: 100 mg; arrest 50 mg", "drug: stroke 0.9 mg/kg".

Only short labels count: before a colon, at the head of a clause behind another dose, or behind "in" and "for". A label
holds for the doses after it until the next one. Long words are prose, and stay notes.
"""

import re
from collections.abc import Sequence

from wardbook.dosing.context import indication_of
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.exclusion import without_exclusions
from wardbook.dosing.form import MADE
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.separator import without
from wardbook.dosing.subject import has_unknown_drug
from wardbook.lazy_regex import lazy_regex

LONGEST = 70
"""Characters of a label before a colon."""
MOST_WORDS = 4
"""Words of a label without one."""
_NO_LABEL = lazy_regex(
    r"(?<![a-z-])(?:note|nb|start|starting|restart|resume|switch|change|convert|step|option|then|if|when|unless|until|give|given|consider|alternative|alternatively|bolus|"
    r"infusion|infuse|rate|route|oral|load|loading|max|maximum|min|minimum|day|days|first|second|third|usual|usually|"
    r"preferred|frequency|interval|duration|goal|target|add|tip|warning|caution|use|used|uses|many|some|others|may|can|"
    r"should|must|repeat|repeated|increase|reduce|decrease|continue|stop|hold|no|not|never|avoid|low|high|"
    r"range|followed|titrate|taper|total|about|approximately|up|down|example|eg|ie|monitor|check|are|is|was|were|be|has|have|"
    r"see|source|reference|formula|supplied|available|weight|age|we|you|it|they|them|this|that|these|"
    r"patients? (?:who|with)|"
    r"recommend|recommends|suggest|suggests|suggested|said|says|say|gives|gave|shows|states|page|pages|label|protocol|"
    r"after|before|within|every|each|per|equals?|contains|keep|ensure|via|treat|test|draw|order)(?![a-z])"
)
_HANGS = lazy_regex(
    r"(?<![a-z])(?:at|to|with|of|by|from|than|is|or|and|in|the|a|for|as|on)$|^(?:with|and|plus|or|to|of)\b"
)
_LINE = lazy_regex(r"\b(?:first|second|third|fourth|next|last)[ -]line\b")
"""Of which line a treatment is: no number of a dose."""
_ADDED = lazy_regex(r"[,;–—-]?\s*(?:add-?on|added|adjunct) to\s*$", re.IGNORECASE)
_LEAD = lazy_regex(r"^\W*(?:in|for)\s+(?:the\s+)?(?:treatment of\s+)?", re.IGNORECASE)
_BEHIND = lazy_regex(r"\bfor\s+(?!\d)([^.;:,()\n]{2,40})", re.IGNORECASE)
_CLAUSE = lazy_regex(r"[;\n]\s*$|\.\s+$|^\s*$")


def purposes(
    text: str, drafts: Sequence[Draft], mentions: Sequence[Mention], opening: str | None = None
) -> list[str | None]:
    """Give, for each dose of a text in its order, the label that holds for it; `opening` is that of the block."""
    text = without_exclusions(text)
    found: list[str | None] = []
    held = opening
    last = 0
    for at, draft in enumerate(drafts):
        if draft.figure is None:
            found.append(held)
            continue
        begin = max(draft.begin, last) if at else 0
        held = _before(text, begin, draft, mentions, first=at == 0) or held
        found.append(_behind(draft) or held)
        last = draft.figure.end
    for at in range(len(drafts) - 1, 0, -1):
        first, then = drafts[at - 1], drafts[at]
        if found[at - 1] is None and first.step and then.step == first.step + 1 and first.drug == then.drug:
            found[at - 1] = found[at]  # "20 mg/kg, then 5 mg/kg/h for PE": both are
    return found


def opening_label(text: str, mentions: Sequence[Mention]) -> str | None:
    """Give the label that a block opens with ("Meningitis: ..."), in force for all its sentences."""
    head, colon, _ = text.partition(":")
    if not colon or len(head) > LONGEST or re.search(r"[;.\n]", head):
        return None
    return _label(head, 0, mentions)


def _before(text: str, begin: int, draft: Draft, mentions: Sequence[Mention], *, first: bool) -> str | None:
    assert draft.figure is not None
    head = text[begin : draft.figure.begin]
    cut = max((match.end() for match in re.finditer(r"[;\n]|\.\s", head)), default=0)
    begin, clause = begin + cut, head[cut:]
    boundary = bool(cut) or (not first and _CLAUSE.search(text[:begin]) is not None)
    labels = []
    *named, rest = _split(clause)
    at = begin
    for part in named:
        if len(part) <= LONGEST:
            labels.append(_of_other(part, at, mentions, draft) or _label(_without_grade(part), at, mentions))
        at += len(part) + 1
    if named or boundary or _LEAD.match(rest):
        labels.append(_short(rest, at, mentions, bare=boundary and not named and not _LEAD.match(rest)))
    return ": ".join(dict.fromkeys(label for label in labels if label)) or None


def _without_grade(part: str) -> str:
    """Blank the grade that a label names beside what it is of ("CRS grade 2"): it is no part of the words."""
    return without(part, [(each.begin, each.end) for each in read_phrases(part) if each.kind == "grade"])


def _split(clause: str) -> list[str]:
    """Cut at colons, those of times and ratios left out."""
    return re.split(r":(?!\d)", clause)


def _label(part: str, at: int, mentions: Sequence[Mention]) -> str | None:
    """Give the words of a part if they can only be what a dose is for; they name no drug and hold no number."""
    plain = list(part)
    inside = [m for m in mentions if at <= m.begin < at + len(part)]
    for mention in inside:
        plain[mention.begin - at : mention.end - at] = " " * (mention.end - mention.begin)
    words = _ADDED.sub("", re.sub(r"\([^()]*\)", " ", "".join(plain)))
    words = " ".join(words.split()).strip(" *-–—•,()")
    if (
        len({m.drug for m in inside}) > 1
        or _HANGS.search(uniform(words))
        or re.search(r"\d", words)
        or _NO_LABEL.search(_LINE.sub("", uniform(words)))
        or has_unknown_drug(words, ())
    ):
        return None
    return _LEAD.sub("", words) if indication_of(words, ()) else None


def _of_other(part: str, at: int, mentions: Sequence[Mention], draft: Draft) -> str | None:
    """Give the drug before a colon where the dose is of another one ("Digoxin: digoxin antibodies 10 vials")."""
    words = part.strip()
    whole = [m for m in mentions if at <= m.begin < at + len(part)]
    named = {m.drug for m in whole}
    behind = any(m.drug == draft.drug and m.begin >= at + len(part) for m in mentions)
    outside = re.sub(r"\([^()\d]*\)", "", words)
    covered = sum(m.end - m.begin for m in whole) >= len(outside) - 3 * len(whole)
    return words if named and draft.drug not in named and behind and covered else None


def _short(rest: str, at: int, mentions: Sequence[Mention], *, bare: bool) -> str | None:
    """Give the words between a drug (or the head of a clause) and its dose, phrases left out."""
    inside = [m for m in mentions if at <= m.begin < at + len(rest)]
    if inside and bare:
        head = _without_grade(rest[: inside[0].begin - at])
        return _label(head, -1, ()) if head.strip() != rest[: inside[0].begin - at].strip() else None
    plain = list(rest)
    for mention in inside:
        plain[mention.begin - at : mention.end - at] = " " * (mention.end - mention.begin)
    words = "".join(plain)
    for phrase in read_phrases(words):
        if phrase.kind not in ("band", "route", "frequency", "once", "infusion", "grade"):
            return None
        words = words[: phrase.begin] + " " * (phrase.end - phrase.begin) + words[phrase.end :]
    words = without(words, [match.span() for match in MADE.finditer(uniform(words))])
    words = re.sub(r"\([^()]*\)", " ", words)
    words = " ".join(words.split()).strip(" ,-–—*")
    return _label(words, -1, ()) if len(words.split()) <= MOST_WORDS else None


def _behind(draft: Draft) -> str | None:
    """Give what stands behind a dose's "for" ("8 mg/kg for VRE"), times left out."""
    assert draft.figure is not None
    for match in _BEHIND.finditer(draft.words, max(0, draft.figure.end - draft.begin)):
        words = re.sub(r"\s+only$", "", match.group(1).strip())
        if len(words.split()) <= MOST_WORDS and not read_phrases(words):
            return _label(words, -1, ())
    return None
