"""Bands of a text that are of something else than of its dose: of what changes it, of a repeat, of a list of reasons.

"200 mg on day 1 (day 2 if CrCl < 40)" gives 200 mg to everybody: only the day is another one for some. What changes
a dose for the patients of a band is not understood, and is kept as that; what only tells when to give it again, what
to do else or what to aim at stays words; and of a list of reasons no band is taken, as it need not hold.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.separator import within, without
from wardbook.lazy_regex import lazy_regex

_BRACKET = lazy_regex(r"\([^()]*\)")
_PIECE = lazy_regex(r"(?P<mark>[;,\n](?!\d)|(?<=[a-z\d)%])\.\s|\b(?:or|then)\b)", re.IGNORECASE)
"""What opens a piece of a text: a comma, a semicolon, a full stop or "or"."""
_TOLD = frozenset({"number", "duration", "time", "schedule", "infusion", "frequency"})
"""Kinds of phrases that say how a dose is given, or are not understood."""
_GIVEN = ("dose", "cap", "aside")
"""Roles of amounts that have a band of their own."""
_LENGTHS = frozenset({"duration", "time"})
_CHANGES = lazy_regex(
    r"\b(?:reduc\w+|lower(?:ed|ing)?|decreas\w+|adjust\w*|modif\w+|alter(?:ed)?|chang\w+|shorten\w*|lengthen\w*|"
    r"prolong\w*|extend\w*|increas\w+|rais(?:e|ed|ing)|escalat\w+|de-?escalat\w+|delay\w*|postpone\w*|halv\w+|"
    r"doubl\w+|instead|(?:ideal|adjusted|lean)(?: body)?(?: weight| wt)?|a?ibw\d*|adjbw|abw)\b(?! (?:in|of)\b)"
)
"""What is done to a dose, or by which weight it is worked out, where it stands with a band."""
_UNCHANGED = lazy_regex(r"\bno(?:t|n)? (?:\w+ ){0,2}(?:adjust\w*|chang\w+|reduc\w+|modif\w+)\b")
_AGAIN = lazy_regex(
    r"\b(?:repeat\w*|re-?dos(?:e|ed|ing)|again|(?:second|another|further|extra|additional) (?:dose|bolus|course)s?)\b"
)
_AIM = lazy_regex(r"\b(?:aim\w*|target\w*|goal|keep|maintain|until|till|monitor\w*|check|recheck)\b[^;,.()]*$")
_COUNTED = lazy_regex(r"\b(?:if|when|with|for|in)\s+(?:at least |any )?(?:\d|two|three)(?: or more)? of\b[^;\n]*")
"""How many of several criteria a patient must meet: no one of them decides."""
_TIED = lazy_regex(r"\b(?:if|when)\s*(?:the\s+)?$")
_PLAIN = lazy_regex(
    r"\b(?:only|but|and|also|especially|particularly|preferably|even|usually|may|can|should|to|be|is|are|it|an?|the|"
    r"alternatives?|option|considered?|prefer\w*|used?|using|giv(?:e|en|ing)|start\w*|add(?:ed)?|in|by|at|on|of|with|for|"
    r"patients?|people|those|adults?|child(?:ren)?|first|second|choice|line|suffic\w+|dose|doses|dosing|once|daily|then|"
    r"as|per|or|no|not|if|when|indicated|suitable|allowed|acceptable|needed|required|flat|fixed|swallow\w*|under|over|"
    r"plus|from|who|has|have|grade|stable)\b|[\W\d_]"
)
"""Words beside a band that name nothing else for which, or with which, a dose is given."""


def otherwise(
    text: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str], named: Sequence[int]
) -> tuple[list[tuple[int, int]], tuple[Phrase, ...]]:
    """Give what changes the doses of a text for the patients of a band, and its phrases with the bands of other things.

    A band that only words tell of becomes a level; one of several reasons, a number that is not understood.
    """
    doses = [phrase for phrase in phrases if roles.get(phrase) == "dose"]
    if not doses or not any(phrase.kind == "band" for phrase in phrases):
        return [], tuple(phrases)
    plain = uniform(text)
    changes = [*_brackets(text, plain, phrases, roles), *_pieces(text, plain, phrases, roles)]
    blank = without(plain, [(phrase.begin, phrase.end) for phrase in phrases])
    counted = [match.span() for match in _COUNTED.finditer(plain)]
    found = []
    for phrase in phrases:
        if phrase.kind == "band" and not within(phrase.begin, changes):
            last = max((each.end for each in doses if each.end <= phrase.begin), default=0)
            following = min((each.begin for each in doses if each.begin >= phrase.end), default=len(plain))
            beside = last and any(last <= at < phrase.begin for at in named)  # what stands behind a drug is its own
            if within(phrase.begin, counted) or (not beside and _is_listed(phrase, plain, blank, last, following)):
                phrase = replace(phrase, kind="number", value=None)
            elif (last and _is_of_words(phrase, plain, blank, last, following)) or (
                not last and _is_of_item(phrase, plain, blank, following)
            ):
                phrase = replace(phrase, kind="level", value=None)
        found.append(phrase)
    return changes, tuple(found)


def _is_of_words(band: Phrase, plain: str, blank: str, last: int, following: int) -> bool:
    """Tell whether a band behind a dose is tied to words of its piece: to a repeat, an aim, or what else is done."""
    if following < len(plain) and not re.search(r"[;,.()\n]", plain[band.end : following]):
        return False  # it heads the next dose
    marks = [match for match in _PIECE.finditer(plain, last, band.begin) if match["mark"] not in ("or", "then")]
    bracket = plain.rfind("(", last, band.begin)
    begin = max(marks[-1].end() if marks else last, bracket + 1)
    before = plain[begin : band.begin]
    if _AGAIN.search(before) or _AIM.search(before) or _UNCHANGED.search(before):
        return True
    tied = _TIED.search(before)
    if begin in (last, bracket + 1) or not tied:
        return False
    behind = re.match(r"[^;,.()\n]*", blank[band.end :])
    clause = marks[-1]["mark"] == ";" and not before[: tied.start()].strip()
    others = blank[begin : begin + tied.start()] if not clause else behind[0] if behind else ""
    return _PLAIN.sub("", others) != ""


def _is_of_item(band: Phrase, plain: str, blank: str, following: int) -> bool:
    """Tell whether a band before a dose is of another item of a list of things than the dose is.

    The dose stands in a bracket on a later one ("with A > 50, suspected B (x 45 mg)"), or the band's own one goes on
    in words that are no reason ("bed flat, A 28-32 for some hours, x 250 mL").
    """
    between = _blank_points(plain[band.end : following])
    at = between.rfind("(")
    if at > between.rfind(")") and "," in between[:at] and not re.search(r"[:;\n]", between[:at]):
        return True
    listed = re.search(r"\S,\s*$", plain[: band.begin])
    goes_on = re.match(r"\s+for\b[^,:;.()\n]*,[^:;.\n]*$", between)
    return bool(listed and goes_on)


_OPENS_LIST = lazy_regex(r"\b(?:if|when|with|only|in)\b|\bfor\b(?! \d)")
_ANY = lazy_regex(r"\bor\b|\b(?:risks?|checklist|any of|one of)\b")
"""What makes a list of reasons one of which is enough."""
_CUT = lazy_regex(r",(?!\d)\s*(?:or\b)?|\bor\b")


def _is_listed(band: Phrase, plain: str, blank: str, last: int, following: int) -> bool:
    """Tell whether a band is one of three or more reasons with commas between, of which one is told in words.

    "Only with shock, age > 70 or pneumonia": it need not hold.
    """
    points = _blank_points(plain)
    begin = max(last, *(points.rfind(mark, last, band.begin) + 1 for mark in ";:.\n"))
    ties = [match.start() for match in _OPENS_LIST.finditer(plain, begin, band.begin)]
    if last and not ties:
        return False
    begin = ties[-1] if last else begin
    ahead = re.match(r"[^;:.\n→]*", points[band.end : following])
    end = band.end + (ahead.end() if ahead else 0)
    if end == following < len(plain):  # what the dose is of is no reason
        end = max(band.end, plain.rfind(",", band.end, end))
    if "," not in plain[begin:end] or not _ANY.search(plain[begin:end]):
        return False
    cuts = [begin, *(each.end() for each in _CUT.finditer(plain, begin, end)), end]
    items = [(a, b) for a, b in pairwise(cuts) if re.search(r"[^\W_]", _CUT.sub("", plain[a:b]))]
    own = [(a, b) for a, b in items if a <= band.begin < b]
    foreign = [(a, b) for a, b in items if (a, b) not in own and _PLAIN.sub("", blank[a:b])]
    bare = all(not _PLAIN.sub("", blank[max(a, band.begin) : b]) for a, b in own)
    return len(items) > 2 and bare and bool(foreign)


def _blank_points(plain: str) -> str:
    """Blank the points within figures."""
    return re.sub(r"(?<=\d)\.(?=\d)", " ", plain)


def _brackets(
    text: str, plain: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]
) -> Iterator[tuple[int, int]]:
    """Give the brackets behind a dose that say what is otherwise for a band ("(day 2 if CrCl < 40)")."""
    first = min(phrase.end for phrase, role in roles.items() if role == "dose")
    for match in _BRACKET.finditer(text, first):
        begin, end = match.span()
        inside = [phrase for phrase in phrases if begin < phrase.begin < end]
        band = next((phrase for phrase in inside if phrase.kind == "band"), None)
        if band is None or any(roles.get(phrase) in _GIVEN for phrase in inside):
            continue
        if (
            any(_tells(phrase, plain) for phrase in inside if phrase.begin < band.begin)
            or _heads(band, plain, end, inside)
            or _is_change(plain[begin:end])
        ):
            yield begin, end


def _pieces(text: str, plain: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> Iterator[tuple[int, int]]:
    """Give the pieces behind a dose that say what is otherwise for a band (", or day 2 if CrCl < 40")."""
    first = min(phrase.end for phrase, role in roles.items() if role == "dose")
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    plain = without(plain, brackets)
    inside = [(phrase.begin, phrase.end) for phrase in phrases]
    marks = [each for each in _PIECE.finditer(plain, first) if not any(a < each.start("mark") < b for a, b in inside)]
    for mark, after in zip(marks, [*marks[1:], None], strict=True) if marks else ():
        end = after.start() if after else len(plain)
        own = [
            phrase for phrase in phrases if mark.start() <= phrase.begin < end and not within(phrase.begin, brackets)
        ]
        band = next((phrase for phrase in own if phrase.kind == "band"), None)
        if band is None or any(roles.get(phrase) in _GIVEN for phrase in own):
            continue
        before = {phrase.kind for phrase in phrases if phrase.begin < mark.start()}
        told = [phrase for phrase in own if phrase.begin < band.begin and _tells(phrase, plain)]
        if (
            any(phrase.kind == "number" or _is_in(phrase.kind, before) for phrase in told)
            or _heads(band, plain, end, own)
            or _is_change(plain[mark.end() : end])
        ):
            yield mark.start() + (not mark["mark"][0].isalpha()), end


def _is_in(kind: str, kinds: set[str]) -> bool:
    return kind in kinds or (kind in _LENGTHS and bool(_LENGTHS & kinds))


def _tells(phrase: Phrase, plain: str) -> bool:
    return phrase.kind in _TOLD and (phrase.kind == "frequency" or has_digit(plain[phrase.begin : phrase.end]))


def _heads(band: Phrase, plain: str, end: int, own: Sequence[Phrase]) -> bool:
    """Tell whether a band heads how else a dose is given, or what share of it ("CrCl < 30: 50 %")."""
    behind = re.match(r"\s*(?:[:=]|→|->)\s*", plain[band.end : end])
    if behind is None:
        return False
    at = band.end + behind.end()
    return re.match(r"\d+\s*%", plain[at:end]) is not None or any(
        _tells(phrase, plain) and phrase.begin == at for phrase in own
    )


def _is_change(plain: str) -> bool:
    return _CHANGES.search(plain) is not None and _UNCHANGED.search(plain) is None
