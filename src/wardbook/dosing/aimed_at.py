"""Values that a dose may be given to reach, and not for whom it is: of these no band is made.

"Fibrinogen > 1.4: cryoprecipitate 6 mL/kg" names what is aimed at, since it raises that value; "Na 144-149, x 2 mL/kg"
does not say whether this is aimed at or found.
"""

import re
from collections.abc import Sequence
from functools import cache

from wardbook.dosing.band import Band
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.regimen import Condition
from wardbook.dosing.vocabulary import rows


@cache
def _raised_by() -> dict[str, frozenset[str]]:
    """Give what raises each measured value."""
    return {row[0]: frozenset(name.replace("_", " ") for name in row[1].split()) for row in rows("raised_by.tsv")}


def keep_aims(draft: Draft, text: str, phrases: Sequence[Phrase], subject: Mention | None) -> None:
    """Take the bands of values that a dose may be given to reach for words that are not understood."""
    if subject is None or not draft.conditions:
        return
    before = [phrase for phrase in phrases if draft.begin <= phrase.begin and phrase.end <= subject.begin]
    bands = [phrase for phrase in before if isinstance(phrase.value, Band)]
    if not any(_may_be_aim(phrase, text, subject) for phrase in bands):
        return
    held = [phrase.value.condition for phrase in bands if isinstance(phrase.value, Band)]
    words = text[draft.begin : bands[-1].end].strip(" \n,;.")
    draft.conditions = [each for each in draft.conditions if each not in held]
    draft.unparsed = [words, *(each for each in draft.unparsed if each not in words)]


def _may_be_aim(phrase: Phrase, text: str, subject: Mention) -> bool:
    condition = phrase.value.condition if isinstance(phrase.value, Band) else None
    if condition is None or not is_measured(condition):
        return False
    return _is_raised(condition, subject.drug) or (
        condition.low is not None
        and condition.high is not None
        and re.fullmatch(r"\s*,\s*", text[phrase.end : subject.begin]) is not None
    )


def _is_raised(condition: Condition, drug: str) -> bool:
    """Tell whether a drug raises the value that the band gives a least one of, and no greatest."""
    return condition.low is not None and condition.high is None and drug in _raised_by().get(condition.quantity, ())
