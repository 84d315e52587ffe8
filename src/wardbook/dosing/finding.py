"""Findings that a question names in other words than a row: "low IgG" of a replacement of immunoglobulin."""

import re
from functools import cache

from wardbook.dosing.asked_words import DoseQuery, positive, situation_words, words_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex


def finding_words(regimen: Regimen, query: DoseQuery) -> frozenset[str]:
    """Give the words of a question for findings that a row, its headings or its page hold in other words."""
    band = f"{regimen.condition.quantity} <" if regimen.condition and regimen.condition.low is None else ""
    own = (situation_words(regimen), query.said(regimen), regimen.drug, regimen.verbatim, *regimen.notes, band)
    return found_words(positive(query.part or query.words), positive(" ; ".join(own)))


def found_words(asked: str, said: str) -> frozenset[str]:
    """Give the words of a question that name findings which the words of a row hold, in whatever words."""
    plain = uniform(asked)
    if not _MAY_NAME.search(plain):
        return frozenset()
    own = _HELD_BACK.sub(" ", uniform(said))
    named = ((_one_of(names).findall(plain), held) for _, names, held in rows("findings.tsv"))
    return words_of(" ; ".join(each for found, held in named if found and _one_of(held).search(own) for each in found))


_MAY_NAME = lazy_regex(
    r"\blow\b|\b(?:high|raised)\b|hyper|[ae]mi[ac]|eni[ac]|hypo|f[ei][bv][re]|pyrex|temp|[ek]g\b|qrs|wave|deficien"
)
"""A part of every name of a finding: the patterns are made only where they may match."""
_HELD_BACK = lazy_regex(
    r"[^;,.()]*\b(?:hold|held|withh[eo]ld|stop(?:ped)?|avoid|reduce[ds]?|halve[ds]?|not|never|contraindicated|caution|monitor|"
    r"check|watch|causes?|risk)\b[^;,()]*"
)
"""What is not given, or is watched, at a finding: the dose is not for it."""


@cache
def _one_of(patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(each.strip() for each in patterns.split(';'))})(?![a-z])")
