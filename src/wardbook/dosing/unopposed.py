"""Rows of a drug that no word of a question speaks against, where it says for what only in words that no row has.

"Haplo", "post allo" or "how do I chart" name no disease: they tell of the patient, or of the person who asks. Where
no row has such words, a row stands all the same if nothing asked is another thing than it is for, and its page knows
the words; what was not compared is told beside it.
"""

import re
from collections.abc import Sequence

from wardbook.dosing.against import denies, rivals
from wardbook.dosing.asked_words import (
    DoseQuery,
    TermMatcher,
    content,
    holds_word,
    positive,
    words_of,
)
from wardbook.dosing.drug_vocabulary import published
from wardbook.dosing.for_what import aside, held_words, keys_asked
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import is_disease, names_thing, tells_nothing
from wardbook.lazy_regex import lazy_regex


def unopposed(left: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Give the rows that nothing asked speaks against, of these the ones that hold most of its words.

    None where not the amount is asked ("how often ferritin on X" asks for no interval of X), or a known term of the
    pages is: rows are compared by that.
    """
    asked = keys_asked(positive(query.for_text), same) - same.keys(query.drug) - same.keys(query.setting or "")
    given_on = query.wants == "duration" and _GOES_ON.search(query.part)
    if not (query.wants in (None, "dose", "max") or given_on) or asked - same.keys(aside(query.part)):
        return []
    kept = [
        (len(held), row)
        for row in left
        if row.amount
        and not denies(row, query)
        and not rivals(row, query)
        and _is_known(row, query, held := held_words(row, query, same))
    ]
    most = max((count for count, _ in kept), default=0)
    return [row for count, row in kept if count == most]


_GOES_ON = lazy_regex(
    r"\bfor how long\b|"
    r"\bhow long\b.{0,60}\b(?:continue[ds]?|carry on|keep|given?|take|taken|go on|run|prescribed|stay on)\b",
    re.IGNORECASE,
)
"""Asks how long the drug itself is given."""


def _is_known(row: Regimen, query: DoseQuery, held: frozenset[str]) -> bool:
    """Tell whether a row lacks words of the question that name no thing, drug or change, and its page has them."""
    lacking = content(query) - held
    rest = lacking - words_of(aside(query.part))
    drugs = frozenset(word for written, _ in query.other_drugs for word in words_of(written))
    if rest & (_CHANGING | drugs) or any(word in published().names for word in rest):
        return False
    naming = rest if query.wants == "duration" else lacking  # after an operation another dose may hold
    if any(_may_name(word, query) for word in naming - drugs) or any(map(names_disease, lacking - drugs)):
        return False
    return bool(lacking) and all(
        tells_nothing(word) or word in _HAD or holds_word(word, query.around(row), query) for word in rest
    )


_CHANGING = frozenset(
    "adjust adjusted convert cut decrease decreased double extra half held hold increase increased miss missed other "
    "percent reduce reduced reduction repeat repeated restart resume same second stop switch third".split()
)
"""Words that ask for another dose than the row's, or for what becomes of it."""


def _may_name(word: str, query: DoseQuery) -> bool:
    """Tell whether a word names a disease, or may do so as short as acronyms are, or in capitals."""
    short = len(word) <= ACRONYM and word not in _HAD
    capitals = word not in _HAD and any(words_of(each) == {word} for each in _capitals(query))
    return names_disease(word) or short or capitals


_HAD = frozenset({"bmt", "car", "cart", "hct", "hsct", "sct"})
"""Treatments as short as acronyms that a patient has or had: no disease that a dose is for."""


ACRONYM = 3
"""Letters up to which a word that is none of plain English may be an acronym."""


def _capitals(query: DoseQuery) -> list[str]:
    return re.findall(r"\b[A-Z][A-Z0-9-]+\b", query.words)


def names_disease(word: str) -> bool:
    """Tell whether a word, as `words_of` gives it, names what a dose may be for, be it common or rare."""
    return names_thing(word) or is_disease(word)
