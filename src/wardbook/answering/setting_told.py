"""What a question tells of all patients of the pages ("after CAR-T"), without which it asks the same.

Pages of a unit name its procedure where it begins, and hardly on the lines that hold for what comes behind it.
"""

import re
from collections.abc import Iterable

from wardbook.answering.terms import ASKING, NAMED, Term
from wardbook.index.words import tokens
from wardbook.lazy_regex import lazy_regex

_PROCEDURE = (
    r"(?:car[- ]?t(?:[- ]cells?)?(?: (?:infusion|therapy|treatment|products?))?|cell (?:therapy|infusion)|"
    r"(?:(?:allogeneic|autologous|allo|auto|stem[- ]cell|bone[- ]marrow|marrow) )*"
    r"(?:transplant(?:ation)?s?|hsct|hct|sct|bmt)|surgery)"
)
_SETTING = lazy_regex(
    rf"(?<![\w-])(?:(?:after|post|following|since)[\s-]+(?:(?:the|a|an|his|her|their|my) )?{_PROCEDURE}|"
    rf"(?:in|for|with) {_PROCEDURE} (?:patients?|recipients?))(?![\w-])",
    re.IGNORECASE,
)
_OF_PROCEDURE = lazy_regex(rf"(?<![\w-])(?:{_PROCEDURE}|bispecifics?)(?![\w-])", re.IGNORECASE)


COMMON = 3.0
"""Weight, nats, up to which a procedure is common on the pages: some twentieth of their passages name it."""
_PLACED = frozenset({"after", "post", "following", "since", "in", "for", "with"})


def without_setting(text: str, terms: Iterable[Term]) -> str | None:
    """Give a question without the procedure that sets it; None where it names none, or not one of most of the pages.

    What is left has to name something.
    """
    found = _SETTING.search(text)
    if found is None:
        return None
    rest = re.sub(r"\s+", " ", f"{text[: found.start()]} {text[found.end() :]}").strip(" ,")
    inside, outside = set(tokens(found[0])), set(tokens(rest))
    of_it = [term for term in terms if set(tokens(term.words)) <= inside]
    named = any(term.name for term in of_it)
    telling = [term for term in of_it if term.weight > ASKING and term.words.lower() not in _PLACED]
    common = bool(telling) and all(term.known and term.weight <= (NAMED if named else COMMON) for term in telling)
    left = [term for term in terms if term not in of_it and set(tokens(term.words)) <= outside]
    return rest if common and any(term.weight > ASKING for term in left) else None


def names_procedure(words: str) -> bool:
    """Tell whether words name a procedure: they may be for the patients of that one alone."""
    return _OF_PROCEDURE.search(words) is not None
