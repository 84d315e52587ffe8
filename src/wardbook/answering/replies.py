"""What a reply to our own clarifying question picks from the options that were offered."""

import re
from collections.abc import Sequence

from wardbook.answering.measures import grades_of
from wardbook.answering.slots import is_telling
from wardbook.answering.terms import stem
from wardbook.lazy_regex import lazy_regex

_PLACES = (
    r"(?:the )?(?:first|former|1st)(?: (?:one|option))?",
    r"(?:the )?(?:second|latter|2nd)(?: (?:one|option))?",
    r"(?:the )?(?:third|3rd)(?: (?:one|option))?",
    r"(?:the )?(?:fourth|4th)(?: (?:one|option))?",
)
_LAST = lazy_regex(r"(?:the )?(?:last|bottom)(?: (?:one|option))?", re.IGNORECASE)
_NUMBER = lazy_regex(r"(?:option|number|no\.?|#)?\s*(\d)(?:st|nd|rd|th)?(?: one)?", re.IGNORECASE)
_LETTER = lazy_regex(r"(?:option )?\(?([a-z])[).]?", re.IGNORECASE)


def picked(said: str, options: Sequence[str]) -> str | None:
    """Give the one option that a reply means, by its place or by words that it alone has; None where it is open."""
    words = said.strip(" .,!?")
    if not options or not words:
        return None
    return _by_place(words, options) or _by_words(words, options)


def _by_place(words: str, options: Sequence[str]) -> str | None:
    if number := _NUMBER.fullmatch(words):
        graded = [option for option in options if grades_of(option)]
        if graded:
            fits = [option for option in graded if int(number[1]) in grades_of(option)]
            return fits[0] if len(fits) == 1 else None
        return _at(int(number[1]) - 1, options)
    if letter := _LETTER.fullmatch(words):
        return _at(ord(letter[1].lower()) - ord("a"), options)
    if _LAST.fullmatch(words):
        return options[-1]
    place = next((at for at, each in enumerate(_PLACES) if re.fullmatch(each, words, re.IGNORECASE)), None)
    return None if place is None else _at(place, options)


def _at(place: int, options: Sequence[str]) -> str | None:
    return options[place] if 0 <= place < len(options) else None


def _by_words(words: str, options: Sequence[str]) -> str | None:
    said = _telling(words)
    fits = [option for option in options if said and said <= _telling(option)]
    exact = [option for option in fits if _telling(option) == said]
    found = exact if len(exact) == 1 else fits
    return found[0] if len(found) == 1 else None


_DENIAL = lazy_regex(
    r"\b(?:(?:not (?:in|for|with)|avoid(?: in)?|contra-?indicated(?: in)?)\s*:\s*([^;()]*)|"
    r"(?:no|not|without)\s+([^,;()]*))",
    re.IGNORECASE,
)


def _telling(words: str) -> frozenset[str]:
    """Give the telling words of a reply or option; those that it denies are other words ("without CRS")."""
    denied = " ".join(match[1] or match[2] for match in _DENIAL.finditer(words))
    return _stems(_DENIAL.sub(" ", words)) | {f"not {word}" for word in _stems(denied)}


def _stems(words: str) -> frozenset[str]:
    return frozenset(
        stem(word) for word in re.findall(r"[\w<>≥≤=-]+", words.lower()) if is_telling(word) or word.isdigit()
    )
