"""Of which drug a dose is: only what stands right beside the amount is sure."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.context import beginnings, classes
from wardbook.dosing.cue import cue
from wardbook.dosing.draft import Mention
from wardbook.dosing.drug_vocabulary import published
from wardbook.dosing.form import MADE_AS
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase, read_phrases
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_PLAIN_GAP = lazy_regex(
    rf"(?:[^\w.]|\b(?:{MADE_AS}|at|of|is|dose|dosed|dosing|loading|maintenance|starting|initial|to|a|an|by|infusion|given|load|loads|bolus|push|gtt|drip|be|as|if|in|for|use|"
    r"therapy|treatment|low-dose|high-dose|low|high|single|first|second|about|approximately|injection|adults?|child(?:ren)?|"
    r"patients?|pediatric|paediatric|weight|weighing|then|or|and|max|maximum|may|can|should|start|starts|begin|begins|with|usual|"
    r"standard|pulse|total|dosage|the|sodium|succinate|phosphate|hydrochloride|acetate)\b)*"
)
_WITH_GAP = lazy_regex(r"[\s:(=-]*(?:\(?dose )?")
BOUNDED_LABEL = lazy_regex(
    r"\s*(?:dose\s*)?[<>≤≥]=?\s*\d+(?:\.\d+)?(?:\s*m?c?g)?(?:\s*(?:/|a |per )\s*(?:day|d|24 ?h))?\s*:"
)
"""Behind a drug: a bound of its own dose, as of one that is taken beside ("x ≤ 200 mg: 10 mg BD")."""
_CUED_GAP = lazy_regex(r"\s*(?:\(?dose )?")
AFTER_GAP = lazy_regex(
    r"(?:\s|\b(?:of|dose|doses|the|daily|once|twice|per|day|equivalent|divided|body|weight|or)\b|/)*"
)


def subject_of(text: str, named: Sequence[Mention], phrases: Sequence[Phrase], anchor: Phrase | None) -> Mention | None:
    """Tell which of the drugs named in a stretch the dose is surely of.

    It stands right before the amount, with only routes, bands, times and small words between, or right behind it.
    """
    if anchor is None:
        drugs = {mention.drug for mention in named}
        return named[0] if len(drugs) == 1 and not is_companion(text, named[0]) else None
    for mention in reversed([mention for mention in named if mention.end <= anchor.begin]):
        gap = uniform(text[mention.end : anchor.begin])
        if is_companion(text, mention):
            near = (_WITH_GAP if _is_given_with(text, mention) else _CUED_GAP).fullmatch(gap) is not None
        else:
            near = not BOUNDED_LABEL.match(gap) and _is_plain(text, phrases, mention.end, anchor.begin)
            near = near or _is_labelled(text, named, mention, anchor)
        if near:
            return mention
    for mention in named:
        if mention.begin >= anchor.end and follows(text, anchor.end, mention):
            return mention
    return None


def _is_plain(text: str, phrases: Sequence[Phrase], begin: int, end: int) -> bool:
    """Tell whether only phrases, brackets and small words stand between a drug and an amount."""
    gap = list(uniform(text[begin:end]))
    for phrase in phrases:
        if begin <= phrase.begin and phrase.end <= end:
            gap[phrase.begin - begin : phrase.end - begin] = " " * (phrase.end - phrase.begin)
    words = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", "".join(gap))
    return _PLAIN_GAP.fullmatch(words) is not None


def _is_labelled(text: str, named: Sequence[Mention], mention: Mention, anchor: Phrase) -> bool:
    """Tell whether a drug opens a line with a colon, and few words of a label stand before its dose ("X: stroke 9 mg").

    No other drug, known or not, may stand between.
    """
    gap = text[mention.end : anchor.begin]
    colon = re.match(r"\s*(?:\([^()]*\)\s*)?:", gap)
    if colon is None or re.search(r"\w", text[: mention.begin]) or has_unknown_drug(gap, ()):
        return False
    if any(mention.end <= other.begin < anchor.begin for other in named):
        return False
    if unknown_before(text, mention.end, anchor.begin) is not None or ambiguous_before(text, named, anchor.begin):
        return False
    words = re.sub(r"\([^()]*\)", " ", gap[colon.end() :]).split()
    return len(words) <= 4 and not any(re.search(r"[\d;.:]", word) for word in words)


def other_drug(text: str, named: Sequence[Mention], anchor: Phrase | None) -> str | None:
    """Give the one drug that stands before a dose without being cued as another's companion."""
    before = {m.drug for m in named if anchor is None or m.end <= anchor.begin if not is_companion(text, m)}
    return before.pop() if len(before) == 1 else None


def is_of_fluid(text: str, anchor: Phrase) -> bool:
    """Tell whether an amount is of a fluid, named before or right behind it ("with 1 L saline before each dose")."""
    figure = anchor.value
    volume = isinstance(figure, Figure) and figure.amount.unit in ("mL", "L")
    before = uniform(text[: anchor.begin])
    behind = volume and cue("fluid after").match(uniform(text[anchor.end :]))
    return bool(behind or cue("fluid").search(before) or (volume and cue("fluid volume").search(before)))


_MADE_UP = lazy_regex(r"\b(?:in|into|(?:dilut\w+|ma[dk]e up)(?:\s[a-z]+)?\s(?:to|with))\s*$")

_RUNS = lazy_regex(r"\s*,?\s*(?:iv\s+)?(?:over|for)\s+\d")


def is_diluent(text: str, anchor: Phrase) -> bool:
    """Tell whether an amount is that of the fluid in which a drug is given ("xyz: in 50 mL saline over 1 h").

    The fluid is named behind it, or nothing is but for how long that runs ("same dose, in 100 mL, over 1 h").
    """
    figure = anchor.value
    if not isinstance(figure, Figure) or figure.amount.unit not in ("mL", "L") or figure.per or figure.per_time:
        return False
    after = uniform(text[anchor.end :])
    behind = cue("fluid after").match(after) or _RUNS.match(after)
    return bool(behind and _MADE_UP.search(uniform(text[: anchor.begin])))


def _is_given_with(text: str, mention: Mention) -> bool:
    """Tell whether a drug is given with another ("and x: 10 mg"), not before or instead of it ("refractory to x")."""
    before, after = uniform(text[: mention.begin]), uniform(text[mention.end :])
    return not cue("alternative").search(before) and not cue("source after").match(after)


def others_before(text: str, named: Sequence[Mention], anchor: Phrase | None) -> frozenset[str]:
    """Give the drugs before a dose in its own stretch, but those that it is given after or instead of."""
    return frozenset(m.drug for m in named if anchor and m.end <= anchor.begin and _is_given_with(text, m))


_LISTED = lazy_regex(r"(?<=\bon )(?:[a-z]{3,}[a-z-]*\s*(?:/|\bor\b)\s*)+$")
"""What else patients are on, before the last of what they are on ("patients on x / y")."""


def is_companion(text: str, mention: Mention) -> bool:
    """Tell whether the words around a drug say that the dose is of another ("refractory to x", "x label")."""
    before, after = _LISTED.sub("", uniform(text[: mention.begin])), uniform(text[mention.end :])
    if _COUNTED_BY.search(before):
        return True
    if ADDS.fullmatch(before):
        return False
    return any((cue("companion").search(before), cue("alternative").search(before), cue("source after").match(after)))


ADDS = lazy_regex(r"\W*(?:and|or|then|plus|also)\s+")
"""Opens a sentence that goes on to another drug ("And x begins with ..."): it is given beside none of that sentence."""
_COUNTED_BY = lazy_regex(r"\b(?:per|for (?:each|every)) \d[\d.,]* ?[a-zµ]+ +(?:\([^()]*\) )?(?:of )?$")
"""Before a drug by whose amount another is dosed ("1 mg per 100 units of x")."""


_LAST_WORD = lazy_regex(r"(?<![a-z-])([a-z](?:[a-z-]+|\d{1,2}))[\s:(]*$")


def ambiguous_before(text: str, named: Sequence[Mention], begin: int) -> bool:
    """Tell whether the word right before an offset is ward shorthand for one of several drugs ("pred 40 mg").

    Or it is a name cut short. It names a drug, though not which: what follows is of none that stands before it.
    """
    plain = uniform(text[:begin])
    word = _LAST_WORD.search(plain)
    before, behind = (plain[: word.start(1)], plain[word.end(1) :]) if word else ("", "")
    # what opens a bracket (blank where that is read by itself) says beside what, and a label says what for
    own = not before.endswith("(") and not (len(before) > 1 and before.isspace()) and not behind.strip()
    own = own and (not before.strip() or before.rstrip()[-1:] in ".;:,|")  # "heparin sodiu" is one name
    known = word is not None and (published().short.get(word[1]) or (own and _is_shortened(word[1])))
    return bool(word and known and not any(mention.begin <= word.start(1) < mention.end for mention in named))


LEAST_OF_NAME = 5
"""Letters of a name that has been cut short; fewer begin too many words."""


@cache
def _in_use() -> tuple[str, ...]:
    return tuple(sorted(name for name, drug in published().names.items() if drug in published().common))


def _is_shortened(word: str) -> bool:
    """Tell whether a word is no name, but the beginning of that of a drug in use ("tranexamic", "fonda")."""
    if len(word) < LEAST_OF_NAME or word in published().names or word in published().ordinary or _is_plain_word(word):
        return False
    names = _in_use()
    at = bisect_left(names, word)
    rest = [name[len(word) :] for name in names[at : bisect_left(names, f"{word}~")]]
    return bool(rest) and all(each[0].isalpha() or each.startswith(" acid") for each in rest)  # "immune" is no name


def _is_plain_word(word: str) -> bool:
    return word in _ordinary() or _PLAIN_GAP.fullmatch(word) is not None or word in published().classes


_HEADS = lazy_regex(r"\s*:\s")


def heads_next(text: str, end: int, mention: Mention) -> bool:
    """Tell whether a drug behind an amount is the label of what comes next ("4 mg PO Xyz: abc 2 g"); not "4 mg of"."""
    head = _HEADS.match(text, mention.end)
    if head is None or re.search(r"\bof\b", uniform(text[end : mention.begin])):
        return False
    return any(each.is_dose for each in read_amounts(text[head.end() :]))


def follows(text: str, end: int, mention: Mention) -> bool:
    """Tell whether only routes, frequencies and small words stand between an amount and a drug ("1 mg/kg IV of x")."""
    if heads_next(text, end, mention):
        return False
    gap = text[end : mention.begin]
    for phrase in reversed(read_phrases(gap)):
        if phrase.kind in ("route", "frequency", "once"):
            gap = gap[: phrase.begin] + " " + gap[phrase.end :]
    return AFTER_GAP.fullmatch(uniform(gap)) is not None


_LONG_WORD = lazy_regex(r"(?<![a-z-])[a-z][a-z-]{5,}")


@cache
def _stems() -> tuple[str, ...]:
    return tuple(row[0] for row in rows("drug_stems.tsv"))


def has_unknown_drug(text: str, mentions: Sequence[Mention], begin: int = 0) -> bool:
    """Tell whether a text has a word built like a drug name that is none of the drugs found in it.

    `begin` is the offset of the text in the one that the mentions were found in.
    """
    known = [(mention.begin - begin, mention.end - begin) for mention in mentions]
    return any(
        match[0].endswith(_stems(), 1) and not any(first <= match.start() < last for first, last in known)
        for match in _LONG_WORD.finditer(uniform(text))
    )


# Endings of words that say of an amount whom, when or what for, and of no substance ("neuropathy", "suspected").
_NO_SUBSTANCE = lazy_regex(
    r".*(?:itis|[oe]sis|emia|oma|pathy|phy|opy|ogy|ed|ing|ly|ness|less|[tsx]ions?|ment|ity|ism|ous|ary|ory|ic|ics|"
    r"[cegnsirtu]al|ble|ent|ive|ure|ers?|est|th|ss|sease|iate|ct|ue|ke|ys|wise)"
)
_SUBSTANCE = lazy_regex(r".*(?:ental|ital)")


def unknown_before(text: str, begin: int, end: int) -> int | None:
    """Give where a word begins that stands alone in a drug's place right before an amount at `end`, and may be a name.

    It has six letters or more, is no word known for something else, and only phrases and small words (or the label of
    a step) stand between `begin` and it.
    """
    head = list(uniform(text[begin:end]))
    for phrase in read_phrases(text[begin:end]):
        head[phrase.begin : phrase.end] = " " * (phrase.end - phrase.begin)
    match = re.search(r"(?:^|[\s:,;.(+&])([a-z][a-z-]{5,})[\s:(]*$", "".join(head))
    return begin + match.start(1) if match and not _is_known(match[1]) else None


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(row[0] for row in rows("drug_names_ordinary.tsv"))


def _is_known(word: str) -> bool:
    """Tell whether a word is known for something else than a substance."""
    if _NO_SUBSTANCE.fullmatch(word) and not _SUBSTANCE.fullmatch(word):
        return True
    if any(word.removesuffix(end) in _ordinary() for end in ("", "s")) or _PLAIN_GAP.fullmatch(word):
        return True
    named = (classes()["generic"], classes()["situation"], beginnings("settings.tsv"), beginnings("populations.tsv"))
    return any(pattern.match(word) for pattern in named)
