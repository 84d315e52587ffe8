"""From chosen evidence to the text of an answer, each statement with its marker."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat, takewhile

from wardbook.answering.citation import Citations
from wardbook.answering.evidence import Evidence, SectionHit
from wardbook.answering.question import grades_of
from wardbook.answering.reference_marks import without_references
from wardbook.answering.words_above import LONGEST, lines_above, words_above
from wardbook.answering.words_behind import taken_back
from wardbook.corpus.unit import Unit, sentences, word_values
from wardbook.dosing.figure import read_figures
from wardbook.dosing.firewall import stops

MOST_TEXT = 1200
"""Characters of an answer's text at most."""


def _heading(each: Evidence) -> str:
    return each.hit.path[-1] if each.hit.path else each.hit.title


def _plain_values(unit: Unit) -> list[tuple[str, str]]:
    """Give the cells of a row without a page's own reference marks, and none that holds no more than these."""
    values = ((without_references(name), without_references(value)) for name, value in unit.values)
    return [(name, value) for name, value in values if value]


def plain_words(unit: Unit) -> str:
    """Give the words of a unit without a page's own reference marks."""
    if unit.kind == "row" and unit.values:
        return word_values(_plain_values(unit), without_references(unit.group))
    return without_references(unit.text)


def _row_words(each: Evidence, grades: Sequence[int]) -> str:
    """Word a row; of a key/value table the section's heading goes before, since the row alone does not say of what.

    Of columns that are grades only those asked for are given.
    """
    unit = each.unit
    values = _plain_values(unit)
    graded = {name: set(grades_of(name)) for name, _ in values}
    if grades and sum(map(bool, graded.values())) > 1 and any(found & set(grades) for found in graded.values()):
        values = [pair for pair in values if not graded[pair[0]] or graded[pair[0]] & set(grades)]
    words = word_values(values, without_references(unit.group))
    return f"{_heading(each)} — {words}" if len(unit.values) <= 2 else words


def _words(each: Evidence, several_pages: bool, grades: Sequence[int]) -> str:
    unit = each.unit
    words = _row_words(each, grades) if unit.kind == "row" and unit.values else without_references(unit.text)
    words = narrowed(each, words)
    title = re.sub(r"\s*\([^()]*\d[^()]*\)", "", each.hit.title)
    if several_pages and title.casefold() not in words.casefold() and not re.search(r"\d", title):
        words = f"{title}: {words}"
    return re.sub(r"\s*\n\s*", " · " if unit.kind == "bullet" else " ", words)


def narrowed(each: Evidence, words: str) -> str:
    """Put what stands above a statement and narrows it before its words."""
    return ": ".join([*words_above(each.hit.path, each.unit.lead, words), words])


def compose(chosen: Sequence[Evidence], citations: Citations, grades: Sequence[int] = ()) -> str:
    """Word the chosen evidence, one bullet a unit, each ending in its marker; what no longer stands is left out."""
    pages = {each.hit.page for each in chosen}
    statements: list[str] = []
    noted: set[str] = set()
    used = 0
    leads = {
        (each.hit.page, lead.rstrip(": ")) for each in chosen for lead in each.unit.lead[-1:] if len(lead) <= LONGEST
    }
    for each in chosen:
        if each.unit.text.endswith(":") and (each.hit.page, each.unit.text.rstrip(": ")) in leads:
            continue  # it only leads to others, whose words begin with it
        words = _words(each, len(pages) > 1, grades)
        if each.note and each.note not in noted:
            words = f"{words} ({each.note})"
            noted.add(each.note)
        if used and used + len(words) + 8 > MOST_TEXT:
            continue
        numbers = cite_unit(each.hit.page, each.unit, words, citations)
        if numbers:
            behind = _taken_back(each, chosen, citations)
            statements.append(" ".join([marked(words, *numbers, *cite_above(each, words, citations)), *behind]))
            used += len(words) + 8
    return statements[0] if len(statements) == 1 else "\n".join(f"- {words}" for words in statements)


def _taken_back(each: Evidence, chosen: Sequence[Evidence], citations: Citations) -> Iterator[str]:
    """Word the sentences that take a statement back, once for all of their paragraph that is told."""
    told = [other.unit for other in chosen]
    last = [unit for unit in told if (unit.section, unit.block) == (each.unit.section, each.unit.block)][-1]
    if each.unit is not last:
        return
    for unit in taken_back(each.unit, each.hit.units):
        words = without_references(unit.text)
        numbers = () if unit in told else cite_unit(each.hit.page, unit, words, citations)
        if numbers:
            yield marked(words, *numbers)


def cite_above(each: Evidence, words: str, citations: Citations) -> list[int]:
    """Cite the lines above a unit whose figures its statement repeats: of headings, and of words that lead to it."""
    unit, page = each.unit, each.hit.page
    levels = [*reversed(unit.lead), *reversed(each.hit.path)]
    above = lines_above(levels, words, unit.text, unit.lines[0], citations.sources.lines_of(page))
    numbers = (citations.cite(page, unit.section, lines, quote) for lines, quote in above)
    return [number for number in numbers if number is not None]


def cells_of(unit: Unit) -> str:
    """Give a row's words for the gate: each cell under its column's name, then the cells alone."""
    if not unit.values:
        return unit.quote
    return " | ".join([unit.text, *(f"{name}: {value}" for name, value in unit.values), *(v for _, v in unit.values)])


def cite_unit(page: str, unit: Unit, words: str, citations: Citations) -> tuple[int, ...]:
    """Cite a unit, its table's header where the words hold a figure of it, what it shares with a row above or is under.

    Nothing where the unit is gone.
    """
    number = citations.cite(page, unit.section, unit.lines, unit.quote, cells_of(unit))
    if number is None:
        return ()
    named = [name for name, _ in unit.values if re.search(r"\d", name) and name in words]
    head = citations.cite(page, unit.section, unit.head_lines, unit.head) if named and unit.head else None
    shared = (
        citations.cite(page, unit.section, lines, quote) for text, quote, lines in unit.shared if is_told(text, words)
    )
    return (number, *(each for each in (head, *shared) if each is not None))


def is_told(text: str, words: str) -> bool:
    """Tell whether the words of a statement repeat a text of the page, its reference marks aside."""
    return without_references(text).rstrip(": ") in words


def marked(words: str, *numbers: int) -> str:
    """Put the markers after every sentence of a statement.

    Also where only the gate sees one with a figure end ("x10^9/L. In"), since it judges that one by its own markers.
    """
    markers = "".join(f"[{number}]" for number in numbers)
    ends = [end for _, end in sentences(words)]
    seen = stops(words)
    ends += [end for begin, end in pairwise([0, *seen]) if any(map(str.isdigit, words[begin:end]))]
    parts = (words[begin:end].strip() for begin, end in pairwise(sorted({0, *ends, len(words)})))
    return " ".join(f"{part} {markers}" for part in parts if part)


def name_sections(hits: Iterable[SectionHit], numbers: Iterable[Sequence[int]] = ()) -> str:
    """Name sections for a person: "Anakinra > Overview; CRS > Grading"; a heading that tells a dose is not repeated.

    `numbers` are those of what is cited of each, which go behind its name.
    """
    named: dict[str, str] = {}
    numbers = list(numbers)
    may_stand = _tells_no_figure if any(numbers) else tells_no_dose
    for hit, cited in zip(hits, chain(numbers, repeat(())), strict=False):
        name = " > ".join((hit.title, *takewhile(may_stand, hit.path)))
        named[name] = named.get(name, "") + "".join(f"[{number}]" for number in cited)
    return "; ".join(f"{name} {markers}".strip() for name, markers in named.items())


def tells_no_dose(heading: str) -> bool:
    """Tell whether a heading or title holds no figure that could be taken for a dose."""
    figures = read_figures(heading)
    return not figures.dose_like | figures.rhythms


def _tells_no_figure(heading: str) -> bool:
    """Tell whether a heading holds no figure, which would be taken for one of the lines that are cited."""
    figures = read_figures(heading)
    return tells_no_dose(heading) and not figures.numbers | figures.labels


NOT_ANSWERED = "The pages do not answer this question"
"""What is said where nothing of the pages answers."""


def not_found_text(reason: str, nearest: Sequence[SectionHit], numbers: Sequence[Sequence[int]] = ()) -> str:
    """Say in one sentence that the pages do not answer, and name the nearest sections, with what is cited of each."""
    where = f" Nearest sections: {name_sections(nearest, numbers)}." if nearest else ""
    return f"{reason}.{where}"
