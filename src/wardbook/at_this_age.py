"""What the pages say of a drug at the age of a young child, where another measure chose the dose: read before it.

"< 30 kg: 12 mg/kg" is of every light child, and its row does not know that elsewhere there is "under 2 years: no
licensed dose". A band of ages that a baby or toddler may be in is read first; nothing is worked out where it surely is.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from wardbook.answering.answer import Answer
from wardbook.answering.citation import Citations
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.reconsidered import without_sums
from wardbook.answering.reference_marks import without_references
from wardbook.answering.words_above import lines_above
from wardbook.corpus.unit import Unit
from wardbook.dosing.asked_words import DoseQuery, positive
from wardbook.dosing.band import read_bands
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.for_what import fits_indication
from wardbook.dosing.life_stage import Span, ages_of, apart, stage_of
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.opened import Opened

MOST = 2
"""Lines that are put before a dose."""
_YOUNG_Y = Decimal(12)
"""Years up to which a band that ends there is one of children."""
_LIGHT_KG = Decimal(12)
"""A child of no more may well be under two years old (WHO: the median at two years)."""
_LIGHT_AGES = (Decimal(0), Decimal(4))
"""Ages of so light a child."""


def at_this_age(opened: Opened, answer: Answer, query: DoseQuery) -> Answer:
    """Put before a dose what the pages give or withhold at the age of the young child that is asked about."""
    ages = _ages(query)
    if ages is None or not answer.regimens:
        return answer
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    lines: dict[str, bool] = {}
    for row in _rows(opened, answer, query, ages):
        low, high = ages_of(row.population, row.condition)
        for unit in _units(opened, row):
            said = without_references(plain_words(unit))
            if said in answer.text or len(lines) >= MOST:
                continue
            heading = _heading(said, row)
            words = "Read first: " + ": ".join(filter(None, [heading, said]))
            if numbers := cite_unit(row.page, unit, words, citations):
                numbers += _above(heading, words, unit, row.page, citations)
                lines[marked(words, *numbers)] = low <= ages[0] and ages[1] <= high
    if not lines:
        return answer
    answer = without_sums(answer) if any(lines.values()) else answer
    return replace(answer, text="\n\n".join([*lines, answer.text]), citations=tuple(citations.listed))


def _ages(query: DoseQuery) -> Span | None:
    """Give the ages that a young child can have, by its age, its stage of life or its weight; None for others."""
    if query.age_y is not None:
        return (query.age_y, query.age_y) if query.age_y < _YOUNG_Y else None
    if "children" not in asked_groups(query):
        return None
    stage = stage_of(f"{positive(query.for_text)} ; {query.population or ''}")
    if stage is not None:
        return stage if stage[1] <= _YOUNG_Y else None
    return _LIGHT_AGES if query.weight_kg is not None and query.weight_kg <= _LIGHT_KG else None


def _rows(opened: Opened, answer: Answer, query: DoseQuery, ages: Span) -> Iterator[Regimen]:
    """Yield the rows of the drug, for nothing else than is asked, with a band of ages that the child may be in."""
    shown = {(each.regimen.page, each.regimen.lines) for each in answer.regimens}
    if any(_is_of_young(each.regimen) for each in answer.regimens):
        return  # the age has chosen the dose
    for row in gathered(opened.regimens).by_drug.get(query.drug, ()):
        if (row.page, row.lines) in shown or row.evidence or opened.retired(row.page) or not _is_of_young(row):
            continue
        if apart(ages_of(row.population, row.condition), ages):
            continue
        if fits_indication(row, query, opened.names) is not Fit.AGAINST:
            yield row


def _is_of_young(row: Regimen) -> bool:
    """Tell whether a row is by its band for those up to some age of children."""
    return ages_of(row.population, row.condition)[1] <= _YOUNG_Y


def _heading(said: str, row: Regimen) -> str:
    """Give the heading that tells the age, where the words below it do not."""
    heading = row.section.rpartition(" > ")[2]
    return heading if read_bands(heading) and not read_bands(said) else ""


def _above(heading: str, words: str, unit: Unit, page: str, citations: Citations) -> tuple[int, ...]:
    """Cite the heading."""
    above = lines_above([heading], words, unit.text, unit.lines[0], citations.sources.lines_of(page)) if heading else ()
    numbers = (citations.cite(page, unit.section, lines, quote) for lines, quote in above)
    return tuple(number for number in numbers if number is not None)


def _units(opened: Opened, row: Regimen) -> list[Unit]:
    units = opened.units(row.page, row.section)
    return [unit for unit in units if unit.lines[0] <= row.lines[0] <= row.lines[1] <= unit.lines[1]]
