"""A dose answer on its way: its rows cited, worded and, where the question gives a measure, worked out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wardbook.answering.answer import Answer, CitedRegimen
from wardbook.answering.bars import Bar, bars
from wardbook.answering.citation import Citations
from wardbook.answering.compose import MOST_TEXT, cells_of, cite_unit, is_told, marked
from wardbook.answering.each_row_said import SPLIT
from wardbook.answering.reference_marks import without_references
from wardbook.answering.regimen_words import (
    UnitsOf,
    dose_words,
    has_unit_of,
    headings_of,
    leads_of,
    page_words,
    rows_of,
    situation,
)
from wardbook.answering.rows_fitted import Row, fitted
from wardbook.answering.whole_maximum import is_bounded, passes, with_maximum
from wardbook.answering.withheld import withheld
from wardbook.answering.words_above import lines_above
from wardbook.answering.words_behind import taken_back, words_behind
from wardbook.corpus.lines import Lines
from wardbook.corpus.source import quoted
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.compute import Computed, compute
from wardbook.dosing.firewall import firewall
from wardbook.dosing.forbidden import Asked
from wardbook.dosing.patient import Patient
from wardbook.dosing.product_form import is_of_other_form
from wardbook.dosing.regimen import Amount, Regimen
from wardbook.dosing.regimens import Place
from wardbook.dosing.rounded import rounded
from wardbook.dosing.route import routes_of_products
from wardbook.dosing.unstated import is_by_route
from wardbook.lazy_regex import lazy_regex

_FIGURES = lazy_regex(r"\d[\d,]*(?:\.\d+)?")


@dataclass(slots=True)
class Draft:
    """An answer on its way."""

    asked: str
    """The question as asked."""
    standalone: str
    """The question with what the conversation supplies."""
    citations: Citations
    """What is cited so far."""
    query: DoseQuery
    """What is looked up."""
    units_of: UnitsOf
    """What can be quoted from a section."""
    siblings: Mapping[Place, Sequence[Regimen]] = field(default_factory=dict)
    """The regimens of the drug that each row or sentence holds, by page and lines."""
    most: bool = False
    """True where the maximum is asked: what is worked out is the highest rate, where a row has one."""

    @property
    def patient(self) -> Patient:
        """What the question says of the patient."""
        return self.query.patient

    def words(self, regimen: Regimen) -> str:
        """Word a regimen as the page has it."""
        return page_words(regimen, self.units_of(regimen.page, regimen.section))

    def lines(self, regimen: Regimen) -> str:
        """Give all words of the row or sentence of a regimen, each cell with the name of its column."""
        units = rows_of(regimen, self.units_of(regimen.page, regimen.section))
        cells = (f"{name}: {cell}" for unit in units for name, cell in unit.values)
        return " ; ".join([regimen.verbatim, *(unit.text for unit in units), *cells])

    def cite(self, regimen: Regimen) -> int | None:
        """Cite the row or sentence of a regimen; None where it no longer stands."""
        lines = self.citations.sources.lines_of(regimen.page)
        quote = quoted("\n".join(lines[regimen.lines[0] - 1 : regimen.lines[1]]))
        if not _holds(regimen, quote):
            quote = quoted(regimen.verbatim)
        if not quote:
            return None
        rows = rows_of(regimen, self.units_of(regimen.page, regimen.section))
        named = [f"{row.values[0][1]}: {cell}" for row in rows if len(row.values) > 2 for _, cell in row.values[1:]]
        limits = [stated.words for stated in regimen.limited_by]
        cells = " | ".join([quote, *(cells_of(row) for row in rows if row.values), *named, *limits])
        return self.citations.cite(regimen.page, regimen.section, regimen.lines, quote, cells)

    def statement(self, each: CitedRegimen, opening: str = "") -> str:
        """Word a regimen as the page has it, each sentence with its markers."""
        words = f"{opening}{self.words(each.regimen)}"
        return marked(words, each.citation, *self.heads(each.regimen, words))

    def heads(self, regimen: Regimen, words: str) -> list[int]:
        """Cite the header of a regimen's table where words repeat a column's name that holds a figure.

        What the row shares with one above or is under, and the words repeat, is cited too.
        """
        rows = rows_of(regimen, self.units_of(regimen.page, regimen.section))
        heads = dict.fromkeys(
            (unit.section, unit.head_lines, unit.head)
            for unit in rows
            if unit.head
            and any(name in words and (re.search(r"\d", name) or has_unit_of(name, cell)) for name, cell in unit.values)
        )
        heads |= dict.fromkeys(
            (unit.section, lines, quote) for unit in rows for text, quote, lines in unit.shared if is_told(text, words)
        )
        heads |= dict.fromkeys(self._above(regimen, words))
        numbers = [self.citations.cite(regimen.page, *head) for head in heads]
        return [number for number in numbers if number is not None]

    def _above(self, regimen: Regimen, words: str) -> Iterator[tuple[str, Lines, str]]:
        """Give the headings and leads that words repeat and that hold a figure ("Step 2 (10 to 30 min)")."""
        units = self.units_of(regimen.page, regimen.section)
        levels = [*reversed(leads_of(regimen, units)), *reversed(headings_of(regimen))]
        own = " ".join(unit.text for unit in rows_of(regimen, units))
        lines = self.citations.sources.lines_of(regimen.page)
        for place, quote in lines_above(levels, words, own, regimen.lines[0], lines):
            yield regimen.section, place, quote

    def limits(self, regimen: Regimen) -> list[str]:
        """Word what bounds a dose: sentences elsewhere on the page, and what takes from its own right behind it."""
        behind = list(self._taken_from(regimen))
        told = [marked(without_references(words), number) for words, number in self._stated(regimen)]
        return [*(words for words in told if not any(words in each for each in behind)), *behind]

    def _taken_from(self, regimen: Regimen) -> Iterator[str]:
        """Word what stands right behind the sentence of a dose and takes from it ("Not in children.")."""
        units = self.units_of(regimen.page, regimen.section)
        own = rows_of(regimen, units)
        behind = [*words_behind(own[-1], units), *taken_back(own[-1], units)] if own else []
        for unit in dict.fromkeys(behind):
            words = f"Read with it: {without_references(unit.text)}"
            if numbers := cite_unit(regimen.page, unit, words, self.citations):
                yield marked(words, *numbers)

    def _stated(self, regimen: Regimen) -> Iterator[tuple[str, int]]:
        """Cite the sentences elsewhere on the page that bound a dose."""
        for stated in regimen.limited_by:
            told = stated.head and self.patient.crcl is not None  # the row of this patient is read first
            if stated.lines == regimen.lines or told:
                continue  # its words stand in the row itself
            place, words = (regimen.page, stated.section, stated.lines), quoted(stated.words)
            if (number := self.citations.cite(*place, words, stated.under_head)) is not None:
                yield stated.under_head or stated.words, number

    def bounding(self, regimen: Regimen, words: str) -> list[int]:
        """Cite the sentences elsewhere that hold a figure of these words which the row itself does not."""
        figures = set(_FIGURES.findall(words)) - set(_FIGURES.findall(self.words(regimen)))
        return [number for said, number in self._stated(regimen) if figures & set(_FIGURES.findall(said))]

    def bars(self, regimen: Regimen) -> tuple[Bar, ...]:
        """Give what stands beside a regimen and speaks against it, or otherwise than it, for this patient."""
        found = bars(regimen, Asked(self.query, self.standalone), self.units_of(regimen.page, regimen.section))
        own = [row for rows in self.siblings.values() for row in rows if row.page == regimen.page]
        others = {row.lines for row in own if found and is_of_other_form(regimen, row)}
        return tuple(bar for bar in found if bar.unit.lines not in others)

    def is_bounded(self, regimen: Regimen, done: Computed) -> bool:
        """Tell whether words beside a dose bound it, or a row that gives the same one, below what was worked out."""
        elsewhere = self.bounded_elsewhere(regimen, done.high, done.unit)
        return bool(elsewhere) or is_bounded(regimen, done, self.patient, self.units_of(regimen.page, regimen.section))

    def bounded_elsewhere(self, regimen: Regimen, amount: Decimal, unit: str) -> list[Regimen]:
        """Give the rows of the drug that give the same dose with a maximum that an amount passes."""
        own = (row for rows in self.siblings.values() for row in rows if row.drug == regimen.drug)
        return [row for row in with_maximum(regimen, own) if passes(amount, unit.partition("/")[0], row)]

    def read_first(self, cited: Iterable[CitedRegimen]) -> list[str]:
        """Word the bars of regimens, each with its marker; what stands in the words of its own row is told as well."""
        found: dict[str, None] = {}
        for each in cited:
            for bar in self.bars(each.regimen):
                words = f"Read first: {without_references(bar.words)}"
                if numbers := cite_unit(each.regimen.page, bar.unit, words, self.citations):
                    found[marked(words, *numbers)] = None
        return list(found)

    def cited(self, regimens: Iterable[Regimen]) -> list[CitedRegimen]:
        """Cite regimens; those that no longer stand are left out."""
        found = ((regimen, self.cite(regimen)) for regimen in regimens)
        return [CitedRegimen(regimen, number) for regimen, number in found if number is not None]

    def answer(self, status: str, text: str) -> Answer:
        """Give the answer so far."""
        return Answer(status, self.asked, self.standalone, text, tuple(self.citations.listed))  # type: ignore[arg-type]

    def one_of(self, each: CitedRegimen) -> str:
        """Word which of the doses of its row a regimen is; "" where the lines do not hold every figure so worded."""
        if any(sibling.unparsed for sibling in self.beside(each.regimen)):
            return ""
        quotes = {
            each.citation: next(one.cells or one.quote for one in self.citations.listed if one.n == each.citation)
        }
        for words in dose_words(each.regimen, self.beside(each.regimen)):
            line = f"{each.regimen.drug} {words} [{each.citation}]"
            if not firewall(line, quotes)[1]:
                said = " ; ".join([words, *each.regimen.notes]) if each.regimen.condition else words
                return line + "".join(f"[{number}]" for number in self.heads(each.regimen, said))
        return ""

    def named(self, each: CitedRegimen) -> str:
        """Name what a regimen is for; its page alone where a heading tells figures that its own lines do not hold."""
        words = situation(each.regimen)
        quote = next(one.cells or one.quote for one in self.citations.listed if one.n == each.citation)
        stands = words and not firewall(f"{words} [{each.citation}]", {each.citation: quote})[1]
        return words if stands else each.regimen.page.rpartition("/")[2]

    def beside(self, regimen: Regimen) -> Sequence[Regimen]:
        """Give the regimens of the drug that stand in the same lines, itself among them."""
        listed = self.siblings.get((regimen.page, regimen.lines), ())
        return [each for each in listed if each.drug == regimen.drug]


def _holds(regimen: Regimen, quote: str) -> bool:
    """Tell whether lines as they are now still hold the figures of the words that were read."""
    return all(figure in quote for figure in re.findall(r"\d+(?:\.\d+)?", regimen.verbatim)[:6])


def worked_out(draft: Draft, cited: Sequence[CitedRegimen]) -> list[tuple[int, Computed]]:
    """Work out what the patient's measures make of regimens, each with its place in the list.

    A dose for some case only ("0.5 mg/kg if ...") is not worked out alone where the plain one beside it was not
    understood; nor is one that words beside it keep from this patient.
    """
    if draft.patient == Patient() or draft.query.forbidden:
        return []
    rows = [each.regimen for each in cited]
    products = routes_of_products(draft.query.part)  # of one that goes by another route the same is another amount
    plain = [
        each.regimen
        for each in cited
        if not products
        or (any(is_by_route(each.regimen, route) for route in products) and not _is_hidden(draft, each.regimen))
    ]
    found = (
        (at, compute(_at_most(each.regimen) if draft.most else each.regimen, draft.patient))
        for at, each in enumerate(cited)
        if each.regimen in plain and not (draft.bars(each.regimen) or withheld(each.regimen, draft, rows))
    )
    return [
        (at, rounded(done, draft.lines(cited[at].regimen), cited[at].regimen))
        for at, done in found
        if isinstance(done, Computed) and not draft.is_bounded(cited[at].regimen, done)
    ]


def _at_most(regimen: Regimen) -> Regimen:
    """Give a rate by weight or surface at its maximum, where it has one by the same measure."""
    limit = regimen.max_rate
    unit, _, per = limit.unit.partition("/") if limit else ("", "", "")
    if limit is None or not per or per != regimen.per:
        return regimen
    return replace(regimen, amount=Amount(limit.value, limit.value, unit), max_rate=None)


def _is_hidden(draft: Draft, regimen: Regimen) -> bool:
    """Tell whether a sentence holds a dose before this one that was not understood, and this is no later step of it."""
    beside = [each for each in draft.beside(regimen) if each.from_text]
    before = beside[: beside.index(regimen)] if regimen in beside else []
    return regimen.step is None and any(each.unparsed and each.amount for each in before)


_NONE: Mapping[int, str] = {}


def lines_of(
    draft: Draft,
    cited: Sequence[CitedRegimen],
    computed: Sequence[tuple[int, Computed]],
    room: int = MOST_TEXT,
    judged: Mapping[int, str] = _NONE,
) -> str:
    """Word regimens one row a bullet, below it which of its doses fit and the arithmetic; past the room only named.

    `judged` is what a regimen says of the amount asked about, by its place in the list.
    """
    worked = dict(computed)
    shown = Counter((each.regimen.page, each.regimen.lines) for each in cited)
    rows: dict[Place, Row] = {}
    for at, each in enumerate(cited):
        place = (each.regimen.page, each.regimen.lines)
        if place not in rows:
            rows[place] = Row(draft.statement(each), f"{draft.named(each)} [{each.citation}]", [])
        course = each.regimen.step is not None and shown[place] == len(draft.beside(each.regimen))
        barred = draft.query.forbidden or draft.bars(each.regimen)
        if len(draft.beside(each.regimen)) > 1 and not (course or barred):
            rows[place].below += filter(None, [draft.one_of(each)])
        if at in worked:
            line = worked[at].arithmetic
            rows[place].below.append(marked(line, each.citation, *draft.bounding(each.regimen, line)))
        if at in judged:
            line = marked(judged[at], each.citation)
            rows[place].below += [] if line in rows[place].below and judged[at] == SPLIT else [line]
        rows[place].below += [line for line in draft.limits(each.regimen) if line not in rows[place].below]
    return fitted(list(rows.values()), room)
