"""Forms of a product (tablet, suspension, IV): the dose of one is none of another, where rows are told apart by it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.vocabulary import rows

INJECTION = "injection"
"""The form that is given by no mouth."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # "2 tablets" counts what is given, and "not suspension" is none
    return tuple(
        (form, re.compile(rf"(?<![\d.] )(?<![a-z\d-])(?<!\bnot )(?<!\bno )(?:{words})(?![a-z\d-])"))
        for form, words in rows("product_forms.tsv")
    )


@lru_cache(maxsize=4096)
def forms_of(words: str) -> frozenset[str]:
    """Give the forms that words name."""
    plain = uniform(words)
    return frozenset(form for form, pattern in _patterns() if pattern.search(plain))


def of_form(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Drop the rows of another form than the one asked; a row that names none stands."""
    asked = forms_of(query.words) | ({INJECTION} if query.route == "IV" else frozenset())
    return [row for row in regimens if not asked or _stands(row, asked)]


def is_of_other_form(row: Regimen, other: Regimen) -> bool:
    """Tell whether two rows are each of a form, and of none together."""
    own, others = own_forms(row), own_forms(other)
    return bool(own and others) and not own & others


def _stands(row: Regimen, asked: frozenset[str]) -> bool:
    if "IV" in row.route and INJECTION in asked:
        return True
    own = own_forms(row)
    return not own or bool(own & asked)


def own_forms(row: Regimen) -> frozenset[str]:
    """Give the forms that a row is of, by its innermost words that name any."""
    return next(filter(None, map(forms_of, _levels(row))), frozenset())


def _levels(row: Regimen) -> Iterator[str]:
    yield " ; ".join([row.verbatim if row.from_text else "", *row.notes])
    yield from reversed((row.indication or "").split(": "))
    yield row.section.rpartition(" > ")[2]
