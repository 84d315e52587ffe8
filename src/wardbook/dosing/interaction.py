"""Doses beside a drug that interacts: "with posaconazole: 5 mg" below another drug is its dose, for such patients."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.drug_vocabulary import published
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.subject import BOUNDED_LABEL
from wardbook.dosing.unit import convert
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_OPENS = lazy_regex(
    r"\W*((?:if |when |where )?(?:given |taken |used |together |patient |also )*(?:(?:with|on|taking|receiving)\b|w/)"
    r"(?: concurrent| concomitant)?)([^:;.\d]*):(?=\s)"
)
_OPENS_LIST = lazy_regex(
    r"\W*((?:if |when )?(?:given |taken |used |also )*(?:with|on|taking|receiving)\b)"
    r"([^:;.,\d]*(?:/|\bor\b)[^:;.,\d]*?)()(?=\s\d)"
)
"""A line that opens with several drugs and goes on with one dose, which can be of none of them."""
_OF_CLASS = lazy_regex(
    r"\W*((?:(?:if |when |where )?(?:given |taken |used )?(?:with|on|taking|receiving) )?(?:an? )?"
    r"(?:concurrent |concomitant )?(?:strong|potent|moderate) (?:cyp\w*|p-?gp) (?:inhibitors?|inducers?)\b)"
    r"([^:;.\d]*):(?=\s)"
)
"""A line that opens with a class of interacting drugs, some of them named behind it or none."""
_SMALL = lazy_regex(r"[\s,/()*+]|\b(?:or|and|both|either|the|an?|other|azoles?|strong|inhibitors?|inducers?)\b")


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for names, drugs in rows("interacting_classes.tsv"):
        named = [uniform(name.strip()) for name in names.split(";")]
        for drug in drugs.split():
            found[drug] = (*named, *(f"{name}s" for name in named))
    return found


def classes_of(drug: str) -> tuple[str, ...]:
    """Give the names of the class that a drug belongs to by what it does to others ("strong cyp3a4 inhibitor")."""
    return _classes().get(drug, ())


@dataclass(frozen=True, slots=True)
class BesideLabel:
    """What a line opens with."""

    end: int
    """Offset behind its colon."""
    words: str
    """As written, without the colon."""


@cache
def interacting() -> frozenset[str]:
    """Give the generic names of drugs beside which others have another dose."""
    return frozenset(name for (name,) in rows("interacting.tsv"))


def beside_label(words: str, mentions: Sequence[Mention], governing: str | None) -> BesideLabel | None:
    """Give the label that opens a line with drugs taken beside the `governing` one, or None.

    Nothing but names of interacting drugs stands in it: of any other drug the dose could be that drug's own.
    """
    plain = uniform(words)
    of_class = _OF_CLASS.match(plain)
    labelled = of_class or _OPENS.match(plain)
    match = labelled or _OPENS_LIST.match(plain)
    if match is None:
        return None
    named = [each for each in mentions if match.start(2) <= each.begin and each.end <= match.end(2)]
    if not labelled and (len({each.drug for each in named}) < 2 or {each.drug for each in named} & BOOSTERS):
        return None
    rest = "".join(
        " " if any(each.begin <= at < each.end for each in named) else words[at] for at in range(*match.span(2))
    )
    known = bool(named or of_class) and {each.drug for each in named} <= interacting() - {governing or ""}
    if not known or _SMALL.sub("", uniform(rest)):
        return None
    return BesideLabel(match.end(), words[match.start(1) : match.end(2)].strip())


BOOSTERS = frozenset({"ritonavir", "cobicistat"})
"""What is given to raise the level of the other drug: the dose beside it is its own."""


@cache
def _behind() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(interacting() - BOOSTERS, key=len, reverse=True))
    any_of = rf"(?:{names}|(?:(?:an?|another) )?azoles?|(?:an? )?(?:strong|moderate) (?:cyp\w*|p-?gp) (?:in\w+))"
    return re.compile(
        r"\b(?:if |when )?(?:given |taken |used |also )*(?:(?:with|on|taking|receiving)\s|w/)\s*"
        rf"({any_of}(?:(?:\s*[/,]\s*|\s+or\s+){any_of})*)\W*$"
    )


def beside_behind(words: str, end: int) -> BesideLabel | None:
    """Give the interacting drugs that end the words of a dose in a bracket ("(280 mg with x)"), or None.

    `end` is the offset behind the dose: nothing but small words may stand between.
    """
    match = _behind().search(uniform(words), end)
    return BesideLabel(match.end(), words[match.start() : match.end()].strip(" ().;,")) if match else None


def with_label(indication: str | None, beside: BesideLabel | None) -> str | None:
    """Put a label behind what a dose is for; what that denies ("no fever") ends before it."""
    return "; ".join(filter(None, (indication, beside.words if beside else None))) or None


_BY_CLASS = lazy_regex(r"\b(?:inhibitor|inducer)s?\b")
"""A question names the class itself."""


def is_unasked_beside(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a dose is for patients on an interacting drug, and the question names no such drug."""
    label = uniform((regimen.indication or "").rpartition("; ")[2])
    of_class = _OF_CLASS.match(f"{label}: ")
    if not (regimen.from_text or regimen.exception) or not (of_class or _OPENS.match(f"{label}: ")):
        return False
    named = {drug for drug in interacting() if re.search(rf"\b{re.escape(drug)}\b", label)}
    asked = {uniform(name) for pair in query.other_drugs for name in pair}
    if of_class and _BY_CLASS.search(uniform(query.part or query.words)):
        return False
    classes = (name for drug in asked for name in classes_of(drug))
    return bool(named or of_class) and not asked & named and not any(f" {name} " in f" {label} " for name in classes)


_CLAUSE_WITH = lazy_regex(r"[;.\n]\s*(?:if |when )?(?:(?:given |taken |used |also )*(?:with|on)|taking|receiving)\s+$")


_CLAUSE = lazy_regex(r"[;.\n]\s*$")
_LABEL_WITH = lazy_regex(
    r"\b(?:if |when )?(?:with|on|taking|receiving)\s+[a-z-]{3,}(?:\s+or\s+|\s*/\s*)"
    r"(?:[a-z-]{3,}(?:\s+or\s+|\s*[/,]\s*))*$"
)
"""Before the last drug of a label of those that are taken beside ("with x or y: 5 mg"), wherever it stands."""


def doubt_companions(text: str, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Give a dose behind a new clause that opens with another drug to neither ("X 10 mg BID; with Y 5 mg BID").

    It may be Y's, or how much of X is given beside Y. What follows without a name is not Y's either, and what is given
    beside a drug that interacts ("with Y: 5 mg BID") is surely not that one's.
    """
    doubted: str | None = None
    host = drafts[0]
    for before, draft in pairwise(drafts):
        assert before.figure and draft.figure  # only a text without any dose has a draft without one
        host = host if before.unsure else before
        assert host.figure
        own = [m for m in mentions if draft.begin <= m.begin and m.end <= draft.figure.begin]
        head = uniform(text[before.figure.end : own[0].begin]) if len(own) == 1 else ""
        unit, other = draft.figure.amount.unit, host.figure.amount.unit
        alike = draft.figure.per == host.figure.per and convert(Decimal(1), unit, other) is not None
        bounded = own and _CLAUSE.search(head) and BOUNDED_LABEL.match(uniform(text[own[0].end :]))
        labelled = len(own) == 1 and re.match(r"\s*:", text[own[0].end :]) is not None
        beside = labelled and own[0].drug in interacting() - BOOSTERS
        label = _LABEL_WITH.search(head) if beside else None
        if own and (bounded or label or _CLAUSE_WITH.search(head)) and alike:
            draft.unsure, doubted = True, own[0].drug
            begin = before.figure.end + label.start() if label else own[0].begin
            host.unparsed.append(text[begin : draft.figure.end])
            draft.drug = None if labelled and own[0].drug in interacting() else draft.drug
        elif doubted and not own and draft.drug == doubted:
            draft.drug = None


_BESIDE = lazy_regex(
    r"\W*(?:if |when |where |for those |in those )?(?:given |taken |used |together |also |patients? )*"
    r"(?:(?:with|on|taking|receiving)\b|w/)(?P<what>[^:;.]*)"
)


def _beside(regimen: Regimen) -> list[str]:
    """Give what a dose is said to be given beside, in its own words ("240 mg with x")."""
    return [match["what"] for note in regimen.notes if (match := _BESIDE.fullmatch(uniform(note).strip(" .,()")))]


def is_dose_beside(regimen: Regimen, names: Collection[str], rows: Sequence[Regimen]) -> bool:
    """Tell whether a sentence gives a dose, and this one in its place for those who take one of these drugs."""
    words = " ; ".join(_beside(regimen))
    named = {name for name in names if re.search(rf"\b{re.escape(name)}\b", words)}
    return bool(named) and any(
        (row.page, row.lines, row.drug) == (regimen.page, regimen.lines, regimen.drug)
        and row.amount
        and not any(name in uniform(" ; ".join(row.notes)) for name in named)
        for row in rows
    )


def is_dose_beside_unasked(regimen: Regimen, rows: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether a dose stands in place of another one beside a drug, and the question names no such drug.

    What is given along with a drug ("5 mg/kg weekly with probenecid") makes no dose of its own: only beside a drug that
    interacts, which with small words is all that is said, and where both doses are given alike.
    """
    words = _beside(regimen) if regimen.from_text else []
    named = {each for each in re.findall(r"[a-z-]{5,}", " ; ".join(words)) if each in published().names}
    asked = {uniform(name) for pair in query.other_drugs for name in pair}
    if named & asked or not named <= interacting() or not any(_names_only(said, named) for said in words):
        return False
    alike = [row for row in rows if (row.per, row.interval_h) == (regimen.per, regimen.interval_h)]
    return is_dose_beside(regimen, named, alike)


def _names_only(words: str, named: Collection[str]) -> bool:
    """Tell whether words are nothing but names of drugs and small words."""
    for name in named:
        words = words.replace(name, " ")
    return not _SMALL.sub("", words)


_LABEL = lazy_regex(r"[^:;\n]{1,120}:(?=\s)")
_HAD_BEFORE = lazy_regex(
    r"(?:\b(?:on|despite|failing|failed|after|beyond|(?:refractory|resistant) to|"
    r"(?:respon\w+|improve\w*|better) (?:to|on|with))|"
    r"(?:>|≥|\b(?:after|over|beyond)) ?\d+ ?(?:h|hours?|d|days?|doses?) of) (?:high[- ]dose |the )?$"
)


def had_before(words: str, mentions: Sequence[Mention], governing: str | None) -> tuple[Mention, ...]:
    """Give the drugs that a line's label says a patient has already, where it stands under the name of another.

    "Grade 2, > 48 h on dexamethasone: 100 mg" under "Anakinra" is a dose of anakinra.
    """
    plain = uniform(words)
    label = _LABEL.match(plain) if governing and mentions else None
    if label is None or any(each.drug == governing or each.end > label.end() for each in mentions):
        return ()
    return tuple(mentions) if all(_HAD_BEFORE.search(plain[: each.begin]) for each in mentions) else ()
