"""Maxima that stand apart from the doses they bound and that no field took up: shown with these, and never passed over.

"Maintenance doses should not exceed 1.5 g" in a bullet below, "Max 5 mg midazolam, 100 mcg fentanyl" behind two doses,
a table of nothing but maxima: what could not be read into a dose's own maximum is said beside it, and nothing is worked
out past it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.unit import sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.context import Drugs, says
from wardbook.dosing.limit_words import opens_limit, phases_of, speaks_of_maximum
from wardbook.dosing.maximum_said import GIVEN, limits_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Amount, Regimen, Stated
from wardbook.dosing.route import read_routes
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_HEADS_MAXIMA = lazy_regex(r"\W*(?:max(?:imum|ima|\.)?|ceiling|upper limit|dose limit|cap|limit)\b")
"""A header of a column of maxima."""
_OVER_ALL = lazy_regex(r"\b(?:life-?time|cumulative|course|in all|in total)\b")
"""Says of a maximum that it is of all doses together, which bounds no single one."""


def bind_untold(document: Document, regimens: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Give doses the maxima of their page that no field of theirs holds, by the drug that is named, else by section."""
    found = list(regimens)
    for stated, named in _stated(document, drugs):
        amounts = [each.amount for each in read_amounts(stated.words) if each.is_dose and each.amount.unit in GIVEN]
        own = {each.drug for each in regimens if each.section == stated.section and each.amount}
        about = named or (own if len(own) == 1 else frozenset[str]())
        held = [at for at, each in enumerate(found) if each.drug in about and _may_bound(stated, each, bool(named))]
        own_dose = (each for each in regimens if each.amount and each.drug in about and each.from_text)
        said = any(each.verbatim in stated.words or stated.words in each.verbatim for each in own_dose)
        if said and not opens_limit(stated.words):
            continue  # it gives a dose itself, and its maximum is of that
        if any(_says_it(stated.words, amounts, found[at]) for at in held):
            continue
        for at in held:
            found[at] = replace(found[at], limited_by=(*found[at].limited_by, stated))
    return found


def _stated(document: Document, drugs: Drugs) -> Iterator[tuple[Stated, frozenset[str]]]:
    """Yield the sentences and rows of a page that call an amount the most, with the drugs that they name."""
    for section in document.sections:
        if any(says("evidence", level) or says("retired", level) for level in (document.title, *section.path)):
            continue
        for block in section.blocks:
            for lines, words in _said(block):
                plain = uniform(words)
                figures = [each for each in read_amounts(words) if each.is_dose and each.amount.unit in GIVEN]
                figures = [each for each in figures if each.per_time in (None, "d")]
                if figures and speaks_of_maximum(words) and not _OVER_ALL.search(plain):
                    yield Stated(section.id, lines, words), frozenset(each.drug for each in drugs.find(words))


def _said(block: Block) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the sentences of a text; of a table with no doses beside its maxima, each maximum with its drug."""
    if block.table is None:
        yield from ((block.lines, block.text[begin:end].strip()) for begin, end in sentences(block.text))
        return
    heads = block.table.columns
    maxima = [at for at, words in enumerate(heads) if _HEADS_MAXIMA.match(uniform(words))]
    for row in block.table.rows:
        others = [cell.text for at, cell in enumerate(row.cells) if at not in maxima]
        if len(maxima) == 1 and others and not any(each.is_dose for text in others for each in read_amounts(text)):
            yield row.lines, f"{others[0]}: {heads[maxima[0]]} {row.cells[maxima[0]].text}"


def _may_bound(stated: Stated, regimen: Regimen, named: bool) -> bool:
    """Tell whether a maximum may be of a dose: of its section where it names no drug, of its phase and route."""
    if regimen.amount is None or regimen.evidence or regimen.unparsed:
        return False
    if not named and regimen.section != stated.section:
        return False
    phases, routes = phases_of(stated.words), {route.code for route in read_routes(stated.words)}
    own = phases_of(" ; ".join([regimen.indication or "", regimen.schedule or "", *regimen.notes]))
    other_route = routes and regimen.route and not routes & set(regimen.route)
    return not other_route and not (phases and own and not phases & own)


def _says_it(words: str, amounts: Sequence[Amount], regimen: Regimen) -> bool:
    """Tell whether a dose holds the maximum already, in a field or among its words."""
    told = " ; ".join(
        [regimen.verbatim, *regimen.notes, *(each.words for each in regimen.limited_by), regimen.schedule or ""]
    )
    if words[:LEAST] in told or told in words:
        return True
    return any(
        convert(limit.value, limit.unit.partition("/")[0], amount.unit) in (amount.low, amount.high)
        for limit in limits_of(regimen)
        for amount in amounts
    )


LEAST = 40
"""Characters by which a sentence is known again among a dose's words."""
