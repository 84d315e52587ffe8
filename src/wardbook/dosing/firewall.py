"""The gate in front of every answer: a dose-like figure leaves only if the quote that its own marker cites holds it.

The gate reads the finished text and knows nothing of how it was made. Text is taken apart into sentences, bullets and
table rows, and each of these at its markers: words belong to the markers that follow them. Every figure of a piece must
stand in the quotes of its markers: the same number, unit, per and time, written in whatever notation; or be part of an
arithmetic that is shown. A piece that fails takes its whole sentence, bullet or row with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wardbook.dosing.compute import Computed
from wardbook.dosing.figure import Fact, Figures, read_figures
from wardbook.dosing.wording import quantity
from wardbook.lazy_regex import lazy_regex

_MARKERS = lazy_regex(r"(?:\[\d+\](?!\()[\s,;]*)+")
_MARKER = lazy_regex(r"\[(\d+)\]")
_BULLET = lazy_regex(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_ROW = lazy_regex(r"\s*\|")
_RULE = lazy_regex(r"[\s|:\-]+\Z")
_STOP = lazy_regex(r"[.!?](?:[*_\"”')]*)(?:\s*\[\d+\])*(?=\s+(?:[\"“(*_]*[A-Z0-9]|\[\[)|\s*\n)")
_ABBREVIATION = lazy_regex(
    r"\b(?:e\.g|i\.e|approx|max|min|vs|no|dr|ca|cf|fig|resp|incl|excl|etc|al)\.\Z", re.IGNORECASE
)
_ASKED = lazy_regex(r"\b(?:asked|proposed|you)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, bullet or table row, or what stands between them."""

    text: str
    """Word for word, line ends included; all units together are the whole text."""
    judged: bool
    """False for what stands between, such as blank lines."""


def firewall(
    text: str, quotes: Mapping[int, str], computed: Sequence[Computed] = (), asked: str = ""
) -> tuple[str, tuple[str, ...]]:
    """Withhold each sentence, bullet or row with a figure that its own quotes do not hold; give the rest and the list.

    `quotes` maps marker numbers to the words quoted. `asked` is the question: a body measure of it, or the amount that
    a person proposes where the sentence says so ("asked", "proposed"), may be repeated. Where anything was withheld, a
    last line says so.
    """
    held = {n: read_figures(quote) for n, quote in quotes.items()}
    shown = _shown(computed)
    question = read_figures(asked)
    kept, withheld = [], []
    for unit in _units(text):
        if unit.judged and not _passes(unit.text, held, shown, question):
            withheld.append(" ".join(unit.text.split()))
            kept.append("\n" if unit.text.endswith("\n") else "")
        else:
            kept.append(unit.text)
    if not withheld:
        return text, ()
    rest = re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()
    return f"{rest}\n\n{withheld_words(len(withheld))}".lstrip(), tuple(withheld)


def withheld_words(count: int) -> str:
    """Say in one line that statements were withheld."""
    what = "One statement was" if count == 1 else f"{count} statements were"
    return f"{what} withheld: a figure in it does not stand in the lines it cites."


def _passes(unit: str, held: Mapping[int, Figures], shown: Figures, question: Figures) -> bool:
    return all(
        _piece_passes(words, [held[n] for n in numbers if n in held], bool(numbers), shown, question)
        for words, numbers in _pieces(unit)
    )


def _piece_passes(words: str, quotes: list[Figures], marked: bool, shown: Figures, question: Figures) -> bool:
    """Tell whether every figure of a piece stands in its quotes, in a shown arithmetic, or in the question."""
    figures = read_figures(words)
    given = question.all if _ASKED.search(words) else question.measures
    allowed = shown.all.union(given, *(quote.all for quote in quotes))
    if not figures.dose_like | figures.rhythms <= allowed or not _maxima_pass(figures, quotes, shown):
        return False
    if (marked or figures.speaks_of_doses) and not figures.numbers <= allowed:
        return False
    return _labels_pass(figures, quotes, question) and _drugs_pass(figures, quotes, shown)


def _labels_pass(figures: Figures, quotes: list[Figures], question: Figures) -> bool:
    """Tell whether grades, names with digits and dates are those of the quotes, where these have any of that kind."""
    known = frozenset[Fact]().union(*(quote.labels for quote in quotes))
    kinds = {"year", *(label[1] for label in known)} if quotes else set()
    return all(label in known | question.labels for label in figures.labels if label[1] in kinds)


def _drugs_pass(figures: Figures, quotes: list[Figures], shown: Figures) -> bool:
    """Tell whether no amount is moved to another drug of the same quote ("a 30 mg and b 300 mg" to "b 30 mg")."""
    pairs = frozenset[tuple[str, Fact]]().union(*(quote.of_drugs for quote in quotes))
    dosed, owned = {drug for drug, _ in pairs}, {fact for _, fact in pairs}
    return all(
        (drug, fact) in pairs or drug not in dosed or fact not in owned or fact in shown.all
        for drug, fact in figures.of_drugs
    )


def _maxima_pass(figures: Figures, quotes: list[Figures], shown: Figures) -> bool:
    """Tell whether what is called a maximum is one in the quotes, where these name any."""
    named = frozenset[Fact]().union(*(quote.maxima for quote in quotes))
    return not named or figures.maxima <= named | shown.all


def _shown(computed: Sequence[Computed]) -> Figures:
    """Read the figures of the arithmetic and its outcome."""
    lines = [item.arithmetic for item in computed]
    for item in computed:
        unit, _, per_time = item.unit.partition("/")
        lines.append(quantity(item.low, item.high, unit, None, per_time or None))
        lines += [quantity(item.low, item.low, unit, None, per_time or None)]
        lines += [quantity(item.high, item.high, unit, None, per_time or None)]
        lines += [
            f"{value:f} {'kg' if name == 'weight_kg' else 'm2'}" for name, value in item.inputs if name != "age_y"
        ]
    return read_figures("\n".join(lines))


def _pieces(unit: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the words before each group of markers with these, and what is left behind the last without any."""
    begin = 0
    body = _BULLET.sub("", unit, count=1) if _BULLET.match(unit) else unit
    for match in _MARKERS.finditer(body):
        yield body[begin : match.start()], tuple(int(n) for n in _MARKER.findall(match.group()))
        begin = match.end()
    yield body[begin:], ()


def _units(text: str) -> Iterator[_Unit]:
    """Take a text apart into sentences, bullets (with their continuation lines) and table rows."""
    block = ""
    for line in text.splitlines(keepends=True):
        starts = _BULLET.match(line) or _ROW.match(line) or not line.strip()
        if starts:
            yield from _sentences(block)
            block = ""
        if _ROW.match(line) or not line.strip():
            yield _Unit(line, judged=bool(line.strip()) and not _RULE.match(line))
        else:
            block += line
    yield from _sentences(block)


def _sentences(block: str) -> Iterator[_Unit]:
    """Split a paragraph into sentences, each with the markers behind its full stop; a bullet stays whole."""
    if not block:
        return
    if _BULLET.match(block):
        yield _Unit(block, judged=True)
        return
    begin = 0
    for end in stops(block):
        yield _Unit(block[begin:end], judged=True)
        begin = end
    yield _Unit(block[begin:], judged=True)


def stops(text: str) -> list[int]:
    """Give where the sentences of a paragraph end before its last one: each of them is judged by its own markers."""
    return [each.end() for each in _STOP.finditer(text) if not _ABBREVIATION.search(text[: each.start() + 1])]
