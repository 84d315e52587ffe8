"""Rows that call their drug by one of several names ("IVIG", "SCIG"): by that name a question chooses among them."""

import re
from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen


def called_so(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Drop the rows that call the drug by another name where some call it as the question does.

    A row of neither name stands where it is not given by another route than all that have the name, and so do those
    of other pages, which may have their own name for the same.
    """
    own = [row for row in regimens if query.called and _stands_in(query.called, _words(row, query))]
    named, pages = {id(row) for row in own}, {row.page for row in own}
    routes = {route for row in own for route in row.route}

    def stands(row: Regimen) -> bool:
        elsewhere = routes and row.route and routes.isdisjoint(row.route)
        return not (elsewhere or any(_stands_in(name, _words(row, query)) for name in query.calls))

    return [row for row in regimens if not own or id(row) in named or row.page not in pages or stands(row)]


def _words(row: Regimen, query: DoseQuery) -> str:
    """Give the words of a row, with the heading right above it."""
    heading = row.section.rpartition(" > ")[2]
    return uniform(" ; ".join(filter(None, (row.indication, row.population, heading, query.said(row)))))


def _stands_in(name: str, words: str) -> bool:
    return name in words and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words) is not None
