"""Rules on figures that contradict themselves: ranges, estimates with their interval, ratios with their rates."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from wardbook.corpus.table import Row, Table
from wardbook.dosing.unit import convert, units
from wardbook.dosing.vocabulary import holds
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, shown
from wardbook.lint.prose import Piece
from wardbook.lint.view import View

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_SIGNED = rf"[-−+]?(?:{_NUMBER})"
_OTHER_UNITS = (
    "%|°c|°f|mmhg|mm hg|kpa|bpm|points?|cells|beats|breaths|hours?|hrs?|h|days?|d|weeks?|wks?|months?|mo|years?|yrs?|"
    "minutes?|mins?|min|kg|cm|mm|patients|doses"
)
_UNIT = "|".join(sorted((re.escape(name) for name in units()), key=len, reverse=True)) + "|" + _OTHER_UNITS
_RANGE = lazy_regex(
    rf"(?<![\w.,/^*×\-–−:])(?P<low>{_NUMBER})\s?(?P<lowunit>{_UNIT})?\s?[-–—]\s?(?P<high>{_NUMBER})"
    rf"\s?-?(?P<unit>{_UNIT})(?![a-z\d])(?!\s?[-–]\s?\d)",
    re.IGNORECASE,
)
_DASH = lazy_regex(r"\d\s?[a-zA-Z%°]{0,6}\s?[-–—]\s?\.?\d")
_FALLING = lazy_regex(r"taper|wean|reduc|decreas|fell|drop|lower|from|countdown|step|→", re.IGNORECASE)
_LEVEL = r"(?:9\d(?:\.\d+)?\s?%\s?-?\s?(?:CI|CrI|confidence intervals?|credible intervals?)|(?<![A-Za-z])CI)"
_BOUNDS = rf"(?P<low>{_SIGNED})\s?%?\s?(?:-|–|−|to|,|;)\s?(?P<high>{_SIGNED})"
_INTERVAL = lazy_regex(rf"{_LEVEL}\s?[:=,]?\s?[\[(]?\s?{_BOUNDS}(?![\d.])", re.IGNORECASE)
_SAYS_INTERVAL = lazy_regex(r"\b(?:CI|CrI)\b|interval", re.IGNORECASE)
_ESTIMATE = lazy_regex(
    rf"(?<![\w.,])(?P<point>{_SIGNED})(?:\s?[-–]\s?(?P<upper>{_NUMBER}))?\s?%?\s?[,;:]?\s?[\[(]?\s?$", re.IGNORECASE
)
_SPREAD = lazy_regex(
    rf"\b(?P<what>median|mean)\b(?P<between>[^.;|\d()]{{0,40}})(?P<point>{_NUMBER})\s?(?:%|[a-z/]+)?\s?[\[(,;]\s?"
    rf"(?P<kind>range|IQR|interquartile range)[:,]?\s?{_BOUNDS}(?![\d.])",
    re.IGNORECASE,
)
_RATIO_NAME = r"(?:RR|relative risks?|risk ratios?|rate ratios?|IRR|aRR)"
_RATES = lazy_regex(
    rf"(?<![\w.,])(?P<one>{_NUMBER})\s?%[^%.;|]{{0,45}}?\b(?:vs\.?|versus|against|compared (?:with|to)|than)\b"
    rf"[^%.;|\d]{{0,45}}(?P<other>{_NUMBER})\s?%(?P<gap>[^%;|]{{0,60}}?)\b{_RATIO_NAME}\b"
    rf"(?:\s?\([^)]*\))?[\s:=~≈,]*(?:of|was|is|about|approximately)?\s?(?P<ratio>{_NUMBER})(?:\s?[-–]\s?(?P<upto>{_NUMBER}))?"
    r"(?!\s?%)",
    re.IGNORECASE,
)
_RATIO_COLUMN = lazy_regex(
    r"\b(?:OR|HR|aHR|aOR|RR|aRR|IRR)\b|(?i:\b(?:relative risk|(?:risk |rate |odds |hazard )?ratio|estimate)\b)"
)
_RISK_COLUMN = lazy_regex(rf"\b{_RATIO_NAME}\b", re.IGNORECASE)
_INTERVAL_COLUMN = lazy_regex(r"\b(?:CI|CrI|confidence interval|credible interval)\b", re.IGNORECASE)
_RANGE_COLUMN = lazy_regex(
    r"\b(?:CI|CrI|interval|range|IQR|RR|OR|HR|ratio|dose|normal|age|weight|points?|score|value|limits?|rate|frequency|"
    r"incidence|duration|onset|median)\b|%",
    re.IGNORECASE,
)
_WHOLE_RANGE = lazy_regex(rf"(?P<low>{_NUMBER})\s?[-–—]\s?(?P<high>{_NUMBER})\s?(?P<unit>[%a-zµ/]+\d?)?", re.IGNORECASE)


def number(text: str) -> Decimal:
    """Read a figure with commas, a sign or no zero before its point."""
    return Decimal(text.replace(",", "").replace("−", "-").replace("+", ""))


def _half(text: str) -> Decimal:
    """Give half of a figure's last place: it was rounded by at most so much."""
    return Decimal((0, (5,), -(len(text.partition(".")[2])) - 1))


def low_above_high(view: View) -> Iterator[Finding]:
    """Find a range whose low end is above its high end."""
    for piece in view.figured:
        found = dict.fromkeys([*_bare_ranges(piece), *_intervals(piece), *_range_cells(piece)])
        for words in found:
            message = f"the range {shown(words)} has its low end above its high end: mend or turn it"
            yield Finding(view.page, piece.line, "F01", message)


def _bare_ranges(piece: Piece) -> Iterator[str]:
    if not _DASH.search(piece.text):
        return
    for match in _RANGE.finditer(piece.text):
        low = _same_unit(number(match["low"]), match["lowunit"], match["unit"])
        before = piece.text[max(0, match.start() - 40) : match.start()]
        after = piece.text[match.end() : match.end() + 12]
        falling = _FALLING.search(before) or re.search(r"before|prior|→", after)
        if low is not None and low > number(match["high"]) and not falling:
            yield match[0].strip()


def _same_unit(value: Decimal, unit: str | None, wanted: str) -> Decimal | None:
    """Give the low figure in the unit of the high one; None where they do not go together."""
    if unit is None or unit.casefold() == wanted.casefold():
        return value
    return convert(value, unit.lower(), wanted.lower())


def _says_interval(text: str) -> bool:
    return holds(text.casefold(), ("ci", "cri", "interval")) and _SAYS_INTERVAL.search(text) is not None


def _intervals(piece: Piece) -> Iterator[str]:
    if not _says_interval(piece.text):
        return
    for match in _INTERVAL.finditer(piece.text):
        if number(match["low"]) > number(match["high"]) and not match["high"].startswith(("-", "−")):
            yield match[0].strip()


def _range_cells(piece: Piece) -> Iterator[str]:
    """Give cells that are a range and nothing else, under a column in which ranges stand."""
    if piece.row is None or piece.table is None:
        return
    for column, cell in zip(piece.table.columns, piece.row.cells, strict=True):
        match = _WHOLE_RANGE.fullmatch(cell.text.strip())
        if match and _RANGE_COLUMN.search(column) and number(match["low"]) > number(match["high"]):
            yield cell.text.strip()


def estimate_outside(view: View) -> Iterator[Finding]:
    """Find a point estimate outside its interval, or a median outside its range."""
    for piece in view.figured:
        found = [*_text_estimates(piece.text)]
        if piece.row is not None and piece.table is not None:
            found += _row_estimates(piece.table, piece.row)
        for point, interval in dict.fromkeys(found):
            message = f"{shown(point)} lies outside its interval {shown(interval)}: mend one of the two"
            yield Finding(view.page, piece.line, "F02", message)


def _text_estimates(text: str) -> Iterator[tuple[str, str]]:
    for match in _INTERVAL.finditer(text) if _says_interval(text) else ():
        point = _ESTIMATE.search(text, 0, match.start())
        if point and _outside(point["point"], point["upper"], match["low"], match["high"]):
            yield point[0].strip(" ([,;:"), match[0].strip()
    for match in _SPREAD.finditer(text) if "range" in text.lower() or "iqr" in text.lower() else ():
        if _outside(match["point"], None, match["low"], match["high"]):
            yield f"{match['what']} {match['point']}", f"{match['low']}-{match['high']}"


def _outside(point: str, upper: str | None, low: str, high: str) -> bool:
    """Tell whether an estimate (or a range of estimates) lies outside its bounds; turned bounds are another rule's."""
    bounds = number(low), number(high)
    values = number(point), number(upper or point)
    slack = _half(point)
    return bounds[0] <= bounds[1] and (values[0] + slack < bounds[0] or values[1] - slack > bounds[1])


def _row_estimates(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    """Give (estimate, interval) where they stand in two columns of one row and do not fit."""
    cells = [(column, cell.text) for column, cell in zip(table.columns, row.cells, strict=True)]
    interval = next((text for name, text in cells if _is_interval(name)), None)
    point = next((text for name, text in cells if _is_point(name)), None)
    if not interval or not point:
        return
    bounds = re.fullmatch(rf"\D{{0,12}}?{_BOUNDS}\s?%?[)\]]?", re.sub(r"^9\d\s?%\s?CI:?", "", interval).strip())
    value = re.match(rf"[~≈\s]*(?P<point>{_SIGNED})(?:\s?[-–]\s?(?P<upper>{_NUMBER}))?(?![\d.,])", point)
    if bounds and value and _outside(value["point"], value["upper"], bounds["low"], bounds["high"]):
        yield f"{value[0].strip()}", f"{interval}"


@lru_cache(maxsize=1024)
def _is_interval(column: str) -> bool:
    return _INTERVAL_COLUMN.search(column) is not None


@lru_cache(maxsize=1024)
def _is_point(column: str) -> bool:
    return _RATIO_COLUMN.search(column) is not None and not _is_interval(column)


@lru_cache(maxsize=1024)
def _is_risk(column: str) -> bool:
    return _RISK_COLUMN.search(column) is not None


def ratio_against_rates(view: View) -> Iterator[Finding]:
    """Find a relative risk that is not the ratio of the two percentages beside it."""
    for piece in view.figured:
        found = [*_text_ratios(piece.text)]
        if piece.row is not None and piece.table is not None:
            found += _row_ratios(piece.table, piece.row)
        for one, other, ratio in found:
            quotient = number(one) / number(other)
            message = (
                f"{one}% against {other}% is a ratio of {quotient:.2f}, and the page says {shown(f'RR {ratio}')}: "
                "mend one of the three"
            )
            yield Finding(view.page, piece.line, "F03", message)


def _text_ratios(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _RATES.finditer(text) if text.count("%") > 1 else ():
        ratio, upto = match["ratio"], match["upto"]
        if not _fits(match["one"], match["other"], ratio, upto):
            yield match["one"], match["other"], f"{ratio}-{upto}" if upto else ratio


def _row_ratios(table: Table, row: Row) -> Iterator[tuple[str, str, str]]:
    """Give (rate, rate, RR) of a row that holds two percentages and a relative risk, and does not fit."""
    cells = [(column, cell.text.strip()) for column, cell in zip(table.columns, row.cells, strict=True)]
    ratios = [text for name, text in cells if _is_risk(name)]
    if not ratios:
        return
    rates = [m for name, text in cells if not _is_interval(name) and (m := _rate(name, text))]
    value = re.match(rf"[~≈\s]*({_NUMBER})(?:\s?[-–]\s?({_NUMBER}))?(?![\d.,%])", ratios[0])
    if len(rates) == 2 and value and not _fits(rates[0], rates[1], value[1], value[2]):
        yield rates[0], rates[1], value[0].strip()


def _rate(column: str, text: str) -> str | None:
    """Give a cell's percentage, where it is one figure and nothing that changes its meaning."""
    match = re.fullmatch(rf"[~≈\s]*({_NUMBER})\s?(%?)(?:\s?\([^)%]*\))?(?:\s?\[[\d,]+\])*", text)
    return match[1] if match and (match[2] or "%" in column) else None


def _fits(one: str, other: str, ratio: str, upto: str | None) -> bool:
    """Tell whether a ratio follows from two rates, in either order, each rounded as it is written."""
    first, second = (_rounded(one), _rounded(other))
    low, high = number(ratio) - _half(ratio), number(upto or ratio) + _half(upto or ratio)
    return any(low <= top and high >= bottom for bottom, top in (_quotient(first, second), _quotient(second, first)))


def _rounded(text: str) -> tuple[Decimal, Decimal]:
    return max(Decimal(0), number(text) - _half(text)), number(text) + _half(text)


def _quotient(over: tuple[Decimal, Decimal], under: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    """Give the least and greatest ratio of two rounded figures."""
    top = over[1] / under[0] if under[0] else Decimal("Infinity")
    return over[0] / under[1], top
