"""Rows that call their drug by one of several names ("IVIG", "SCIG"): by that name a question chooses among them."""

import re
from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery, TermMatcher, content, holds_word, stop_words, words_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import tells_nothing

_ROUTED = re.compile(r"(?:iv|sc|im)[a-z]{2,3}")
"""A name that begins with its route ("SCIG"): rows by another route are of another product."""


def called_so(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Drop the rows that call the drug by another name where some call it as the question does.

    Not where a row has both names: they are of one thing then ("Co-trimoxazole (Septrin)"). A row of neither name
    stands, unless the name tells a route and the row is given by none that rows of the name are; and so do the rows of
    other pages, which may have their own name for the same.
    """
    own = [row for row in regimens if query.called and _stands_in(query.called, _words(row, query))]
    others = [name for name in query.calls if not any(_stands_in(name, _words(row, query)) for row in own)]
    named, pages = {id(row) for row in own}, {row.page for row in own}
    routes = {route for row in own for route in row.route} if _ROUTED.fullmatch(query.called) else set()

    def stands(row: Regimen) -> bool:
        elsewhere = routes and row.route and routes.isdisjoint(row.route)
        return not (elsewhere or any(_stands_in(name, _words(row, query)) for name in others))

    return [row for row in regimens if not own or id(row) in named or row.page not in pages or stands(row)]


def headed_so(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep the rows under the drug's name with the words before it that the question has ("post-transplant X").

    All rows, where none is headed or labelled so.
    """
    names = "|".join(re.escape(_plain(name)) for name in (query.drug, query.called, *query.calls) if name)
    found = re.search(rf"((?:[\w+]+ )?[\w+]+) (?:{names})\b", _plain(query.part))
    if not found or not words_of(found[1]) - stop_words():
        return list(regimens)
    first, _, second = found[1].rpartition(" ")
    for words in filter(None, (first and found[1], second)):
        if not words_of(words) - stop_words() or words_of(words) & _WAYS:
            continue
        called = re.compile(rf"\b{re.escape(words)} (?:{names})\b")
        kept = [row for row in regimens if called.search(_plain(f"{row.section} ; {row.indication or ''}"))]
        if kept:
            return kept
    return list(regimens)


def sectioned_so(regimens: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Drop the rows below other headings of a page that has one which is just what is asked ("BEAM", of "X dose beam").

    Its title may name all that the page is on. What is for anybody ("All", "Doses"), or names it too, stands.
    """
    asked = [word for word in content(query) if not same.keys(word)]
    kept = list(regimens)
    for word in asked:
        pages = {row.page for row in kept if row.amount and any(words_of(each) == {word} for each in _levels(row))}
        kept = [row for row in kept if row.page not in pages or _names(word, row, query) or _is_for_any(row)]
    return kept


def _levels(row: Regimen) -> list[str]:
    return row.section.split(" > ")


def _names(word: str, row: Regimen, query: DoseQuery) -> bool:
    return holds_word(word, f"{row.section} ; {row.indication or ''} ; {row.verbatim} ; {query.said(row)}", query)


def _is_for_any(row: Regimen) -> bool:
    telling = words_of(row.section) - stop_words() - words_of(row.drug)
    return all(tells_nothing(word) for word in telling)


_WAYS = frozenset("iv po sc im oral intravenous subcutaneous dose".split())
"""Words before a drug's name that other comparisons read."""


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s-]+", uniform(text)))


def _words(row: Regimen, query: DoseQuery) -> str:
    """Give the words of a row, with the heading right above it."""
    heading = row.section.rpartition(" > ")[2]
    return uniform(" ; ".join(filter(None, (row.indication, row.population, heading, query.said(row)))))


def _stands_in(name: str, words: str) -> bool:
    return name in words and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words) is not None
