"""What letters stand for, where a title or a heading tells it: "Quick bedside score (QBS)"."""

import re
from collections.abc import Iterator, Sequence

from wardbook.answering.citation import Citations
from wardbook.answering.compose import marked
from wardbook.answering.scoring import SectionHit
from wardbook.corpus.names import acronyms
from wardbook.lazy_regex import lazy_regex

_BRACKET = lazy_regex(r"(?P<short>\S+)\s*\((?P<long>[^()]+)\)")
LEAST_WORDS = 3
"""Words in a bracket behind letters from which they say what these stand for, if not by each initial."""


def letters_in_heading(letters: str, hits: Sequence[SectionHit], citations: Citations) -> str:
    """Word what letters stand for by the first heading of the pages found that tells it, cited; "" where none does."""
    for page in dict.fromkeys(hit.page for hit in hits):
        for at, line in enumerate(citations.sources.lines_of(page), 1):
            heading = _HEADING.match(line)
            for short, long in _told(heading[1]) if heading else ():
                if _plain(short) != _plain(letters) or heading is None:
                    continue
                number = citations.cite(page, _section(page, heading[1], hits), (at, at), heading[1])
                if number is not None:
                    return marked(f"{short}: {long}", number)
    return ""


def _section(page: str, heading: str, hits: Sequence[SectionHit]) -> str:
    """Give the section found that a heading is of; that of the page's own words for any other."""
    return next((hit.section for hit in hits if hit.page == page and hit.path[-1:] == (heading,)), "")


_HEADING = lazy_regex(r"#{1,6}\s+(.+?)\s*#*\s*$")


def _told(heading: str) -> Iterator[tuple[str, str]]:
    yield from acronyms(heading)
    if (match := _NAMED_BY.fullmatch(heading)) and _spells(match["short"], match["long"]):
        yield match["short"], match["long"]
    for match in _BRACKET.finditer(heading):
        words = match["long"].split()
        if len(words) >= LEAST_WORDS and words[0][0].lower() == match["short"][0].lower():
            yield match["short"], match["long"]


_NAMED_BY = lazy_regex(r"(?P<long>[^()]+?)\s{0,9}\((?P<short>(?=[^()\s]*[A-Z][^()\s]*[A-Z])[A-Za-z][\w-]{1,9})\)")


def _spells(short: str, long: str) -> bool:
    """Tell whether letters are the first letter of words and others behind it, in their order ("Lumibloom (LB)")."""
    rest = long.casefold()
    if rest[:1] != short[:1].casefold():
        return False
    for letter in _plain(short):
        at = rest.find(letter)
        if at < 0:
            return False
        rest = rest[at + 1 :]
    return True


def title_of_letters(letters: str, hits: Sequence[SectionHit], citations: Citations, told: str) -> str:
    """Word the heading of a page found that has letters in a bracket, cited: it names what these are short for.

    "" where none has, or where what was `told` holds it.
    """
    for page in dict.fromkeys(hit.page for hit in hits):
        for at, line in enumerate(citations.sources.lines_of(page), 1):
            heading = _HEADING.match(line)
            named = _NAMED_BY.fullmatch(heading[1]) if heading else None
            if not heading or not named or _plain(named["short"]) != _plain(letters):
                continue
            if named["long"].casefold() in told.casefold():
                return ""
            number = citations.cite(page, _section(page, heading[1], hits), (at, at), heading[1])
            return marked(f"{named['short']}: {named['long']}", number) if number is not None else ""
    return ""


def _plain(letters: str) -> str:
    return re.sub(r"\W", "", letters).casefold()
