"""The statements of a section that are about one drug, or about every drug of the page.

A sentence is about the drugs that it names, else about those of the sentence before it in its paragraph or list, of its
lead, of the nearest heading above that names any, or of the page's title. Where nothing names one, it is about all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardbook.answering.drug_class import said_of_class
from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.forbidden import gives_another, lists_what_is_not
from wardbook.dosing.refusal import is_refusal
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, bullet or cell."""

    words: str
    """As a person reads it."""
    unit: Unit
    """The unit that holds it."""
    listed: bool
    """True where the heading or lead over it says that what follows is not to be."""
    named: bool
    """True where it is about this drug; False where about every drug of the page."""
    cell: str = ""
    """The cell, where it only refuses."""
    names: tuple[str, ...] = ()
    """What its row and column are called then: together they say whom it refuses."""


def statements_about(
    drug: str, path: Sequence[str], title: str, units: Sequence[Unit], drugs: DrugNames, beside: frozenset[str]
) -> Iterator[Statement]:
    """Yield the statements about a drug, in order; `beside` are the other drugs of the question: its situation.

    A name that only lists forbid ("Not with x") is no subject of theirs.
    """
    levels = (*reversed(path), title)
    headed = next(filter(None, (_named(level, drugs) - beside for level in levels)), frozenset())
    if not headed and any(said_of_class(drug, level) for level in levels):
        headed = frozenset({drug})
    about, before, dosed_last = headed, None, ""
    for unit in units:
        led = next(filter(None, (_named(level, drugs) - beside for level in reversed(unit.lead))), headed)
        listed = any(map(lists_what_is_not, (*path[-1:], *unit.lead)))
        if unit.kind == "row":
            about = headed
            if drug in _named(unit.text, drugs) or (not _named(unit.text, drugs) and drug in led):
                yield from _of_row(unit, drugs, listed=listed)
            continue
        next_bullet = before is not None and unit.block != before.block and unit.kind == before.kind == "bullet"
        goes_on = before is not None and (unit.block == before.block or next_bullet)
        about = about if goes_on and not (led - headed) else led
        dosed_last = dosed_last if goes_on else ""
        if next_bullet and before is not None and not _is_on_drugs(before.text, drugs):
            about = led
        before = unit
        for begin, end in sentences(unit.text):
            words = unit.text[begin:end].strip()
            dosed = _opens_with_dose(words, drugs)
            listed = listed and not dosed
            named = _subjects(words, drug, drugs, listed=listed)
            if not drugs.find(words) and dosed_last not in ("", drug) and any(x.is_dose for x in read_amounts(words)):
                continue  # a figure behind the dose of another drug is that one's
            dosed_last = _dosed_last(words, drugs) or dosed_last
            instead = drug in about and bool(named) and gives_another(words, drug)
            # "Contraindicated: x." behind a sentence on what else the section names is about what the section is on
            of_section = not named and lists_what_is_not(words) and (drug in headed or not headed)
            of_section = of_section and (drug in led or not led - headed)
            about = named or about
            if drug in about or not about or instead or of_section:
                yield Statement(words, unit, listed, instead or drug in about)


def _dosed_last(words: str, drugs: DrugNames) -> str:
    """Give the drug whose dose stands last in a sentence, "" where it gives none of a drug that it names."""
    doses = [each.begin for each in read_amounts(words) if each.is_dose]
    named = [mention.drug for mention in drugs.find(words) if doses and mention.end <= doses[-1]]
    return named[-1] if named else ""


def _of_row(unit: Unit, drugs: DrugNames, *, listed: bool) -> Iterator[Statement]:
    """Yield what the cells of a row say; one that only refuses with the names of its row and column, which say whom.

    Where the row gives a dose, or the column is a drug's, the cell refuses no more than what its column names.
    """
    dosed = any(each.is_dose for each in read_amounts(unit.text))
    before: list[str] = []
    for name, cell in unit.values:
        if not is_refusal(cell):
            head = "" if before or re.search(r"[a-z]{2}", cell, re.IGNORECASE) else f"{name} "
            before += [] if read_amounts(cell) else [head + cell]
            yield Statement(cell, unit, listed, True)
            continue
        for names in ([*before, name],) if dosed or _named(name, drugs) else (before, [*before, name]):
            names = [each for each in names if each]
            yield Statement(f"{' — '.join(names)}: {cell}", unit, listed, True, cell, tuple(names))


def _opens_with_dose(words: str, drugs: DrugNames) -> bool:
    """Tell whether a sentence opens with a drug and its dose: it gives it, even in a list of what is not to be."""
    first = next(iter(drugs.find(words)), None)
    if first is None or re.search(r"\w", words[: first.begin]):
        return False
    return any(each.is_dose and not words[first.end : each.begin].strip(" :") for each in read_amounts(words))


def _is_on_drugs(text: str, drugs: DrugNames) -> bool:
    """Tell whether a bullet is about the drugs that it names, so that the next one may go on from it.

    One that names a drug late in its words is about something else ("Clot: half the rate, two days, x unless ...").
    """
    found = drugs.find(text)
    return not found or len(re.findall(r"\w+", text[: found[0].begin])) <= MOST_BEFORE


MOST_BEFORE = 4
"""Words that stand before the drug that a bullet is about, at most."""


def _subjects(words: str, drug: str, drugs: DrugNames, *, listed: bool) -> frozenset[str]:
    """Give the drugs that a sentence is about: those before its first "not", where there is one."""
    found = [mention for mention in drugs.find(words) if not _CUED.search(words[: mention.begin])]
    if any(mention.drug == drug for mention in found):
        return frozenset({drug})
    opening = [mention for mention in found if not _is_forbidden(words[: mention.begin])]
    if not opening and said_of_class(drug, _OF_CLASS.split(words, 1)[0]):
        return frozenset({drug})
    if listed and (not opening or ":" not in words):
        return frozenset()
    return frozenset(mention.drug for mention in opening)


def _is_forbidden(before: str) -> bool:
    return lists_what_is_not(before.rpartition(". ")[2]) or _WITH.search(before) is not None


_OF_CLASS = lazy_regex(r"[:;]|\b(?:with|before|after|in|if|when|during|for|unless|within|while)\b", re.IGNORECASE)
"""What ends the words of a sentence that may name a class of drugs as its subject ("No steroid before ...")."""
_CUED = lazy_regex(
    r"(?<!\btreat )(?<!\btreated )(?<!\btreatment )(?<!\bstart )"
    r"\b(?:with|where|when|if|instead of|than|after|before|unlike|without|failed|like)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before the name of a drug that only tells when, or what for, another one is given."""
_WITH = lazy_regex(r"\b(?:with|on|within|after|before|of|unless|except|without|no)\b[^.;:]*$", re.IGNORECASE)


def _named(text: str, drugs: DrugNames) -> frozenset[str]:
    return frozenset(mention.drug for mention in drugs.find(text))
