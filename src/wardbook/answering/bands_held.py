"""Lines for a value that the question gives: all whose bands hold it, and none that is for values of the other side.

A page may draw bands that overlap ("6.0 or more: repeat", "6.5 or more: calcium"), and steps without a band of their
own behind one that has it. And where only a low value is treated, what raises it is no answer to a high one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from wardbook.answering.scoring import BY_VALUE, Evidence
from wardbook.answering.value_fit import is_of_another_thing
from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import stop_words, words_of
from wardbook.dosing.given import MEASURED_OUT, gives
from wardbook.dosing.measured import cell_condition, read_measured, read_values_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import held, key_of, quantity_above
from wardbook.dosing.regimen import Condition
from wardbook.lazy_regex import lazy_regex

MOST = 6
"""Lines of an answer by a value, with those that are taken along."""
_AIM = lazy_regex(r"\b(?:keep|aim|to|until|till|target|maintain|get|hold)\W*$")
"""Before a bound that is to be reached."""


def of_value(question: str, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out what is given for a value other than the one told: past the band that heads it, or to raise a high one.

    Of a row that gives nothing nothing is left out: it may say what is not done.
    """
    if not read_measured(question, values=True):
        return list(ranked)
    ranked = _of_named_rows(question, ranked)
    ranked = [each for each in ranked if each.by_value or not _is_of_other(question, each)]
    return _without_lines_beside(question, ranked)


def _without_lines_beside(question: str, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out what a section on the quantity gives beside no band of its own, where another gives for the value.

    Of potassium 6.7 the section on replacing it speaks in vain: none of its bands holds that.
    """
    holding = {_place(each) for each in ranked if each.by_value and gives(each.unit.text)}
    told = {key_of(band.condition.quantity)[0] for band in read_measured(question, values=True)}
    return [
        each
        for each in ranked
        if not holding
        or _place(each) in holding
        or each.by_value
        or quantity_above("\n".join([each.hit.title, *each.hit.path])) not in told
        or not gives(each.unit.text)
    ]


def _place(each: Evidence) -> tuple[str, str]:
    return each.hit.page, each.hit.section


def _of_named_rows(question: str, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out the rows that are each of a thing of which the question says nothing, where one beside it is named.

    "Platelets 35 before LP" is not answered by the row of another procedure whose bound 35 reaches, but by its own.
    """
    named = [each for each in ranked if _opens_with(question, each.unit)]
    blocks = {(each.hit.page, each.hit.section, each.unit.block) for each in named}
    if not any(each.by_value is not None for each in named):
        return list(ranked)
    others = [
        each
        for each in ranked
        if (each.hit.page, each.hit.section, each.unit.block) in blocks
        and each not in named
        and is_of_another_thing(question, each.unit)
    ]
    lifted = {
        id(each): replace(each, score=each.score + BY_VALUE, by_value=None) for each in named if not each.by_value
    }
    kept = [lifted.get(id(each), each) for each in ranked if each not in others]
    return sorted(kept, key=lambda each: -each.score) if lifted else kept


def _opens_with(question: str, unit: Unit) -> bool:
    """Tell whether a row opens with words that tell something, and the question says them all."""
    label = unit.values[0][1] if unit.kind == "row" and unit.values else ""
    telling = words_of(label) - stop_words()
    return bool(telling) and not re.search(r"\d", label) and telling <= words_of(question)


def is_turned_away(question: str, ranked: Sequence[Evidence]) -> bool:
    """Tell whether the best line, or a table by the value, is for values other than the one told."""
    if not ranked or any(each.by_value for each in ranked):
        return False
    if any(True in _by_heading(question, each) for each in ranked):
        return False
    rows = [each for each in ranked[:NEAR] if each.unit.kind == "row" and _is_of_other_band(question, each)]
    return _is_of_other_band(question, ranked[0]) or len(rows) > 1


NEAR = 8
"""Lines among which the rows of a table by the value stand, if the question is about it."""


def with_all_bands(chosen: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Add to an answer by a value the lines of its section whose bands hold it too, and the steps behind a band."""
    if not chosen or not chosen[0].by_value:
        return list(chosen)
    best = chosen[0]
    own = {each.unit: each for each in ranked if each.hit is best.hit or each.hit.units == best.hit.units}
    taken = [each.unit for each in chosen]
    more = [unit for unit, each in own.items() if each.by_value and _is_beside(unit, best.unit)]
    for unit in sorted([*more, *(each.unit for each in chosen if each.by_value)], key=lambda each: each.lines):
        more += _steps_behind(unit, best.hit.units, own)
    added = [own[unit] for unit in dict.fromkeys(more) if unit in own and unit not in taken]
    return [*chosen, *added][: max(MOST, len(chosen))]


def _is_beside(unit: Unit, best: Unit) -> bool:
    """Tell whether two units are of one table or list, or both sentences."""
    return unit.kind == best.kind and (unit.block == best.block or unit.kind != "row")


def _steps_behind(unit: Unit, units: Sequence[Unit], own: dict[Unit, Evidence]) -> list[Unit]:
    """Give the numbered steps behind one up to the next that has a band: they belong to its band."""
    if unit.number is None or unit not in units:
        return []
    found = []
    for step in units[units.index(unit) + 1 :]:
        each = own.get(step)
        if step.number is None or step.lead != unit.lead or each is None or each.by_value is not None:
            break
        found.append(step)
    return found


def _is_of_other(question: str, each: Evidence) -> bool:
    unit = each.unit
    if _is_of_other_band(question, each) or _is_under_other_band(question, each):
        return True
    if not gives(unit.text):
        return False
    first = next((unit.text[begin:end] for begin, end in sentences(unit.text)), unit.text)
    return _moves_wrong_way(question, " ".join([*unit.lead[-1:], first]))


def _is_of_other_band(question: str, each: Evidence) -> bool:
    """Tell whether a line gives something below a band that does not hold the value told."""
    if each.by_value is not False or not (
        gives(each.unit.text) or (each.unit.kind == "row" and _MOVES.search(each.unit.text))
    ):
        return False
    return (_is_keyed if each.unit.kind == "row" else _is_headed)(question, each.unit)


_MOVES = lazy_regex(
    r"\b(?:in|de)crease|\breduce|\braise|\blower|\bhold\b|\bhalve|\b(?:ml|mg|mcg|units?)\s*/\s*h", re.IGNORECASE
)
"""What is done for the values of a row, without a dose."""
_OPENS_BOUND = lazy_regex(r"\(\s*(?=[<>≤≥])")


def _is_under_other_band(question: str, each: Evidence) -> bool:
    """Tell whether a line gives something below a heading whose band does not hold the value told, nor another way in.

    "High K (> 6.0 or ECG change)" heads nothing for a potassium of 2.9.
    """
    if not gives(each.unit.text) or False not in _by_heading(question, each):
        return False
    ways = " ".join(re.findall(r"\bor\b([^\d]*)", uniform(each.hit.path[-1])))
    return not _says_one(question, ways)


def _by_heading(question: str, each: Evidence) -> list[bool | None]:
    """Tell of each value of the question whether a band in the heading of a line holds it."""
    if not each.hit.path or not any(map(str.isdigit, each.hit.path[-1])):
        return []
    heading = _OPENS_BOUND.sub(" ", each.hit.path[-1])
    drawn = [band.condition for band in read_measured(heading)]
    return [held(told.condition, band) for band in drawn for told in read_values_of(band.quantity, question)]


def _is_keyed(question: str, unit: Unit) -> bool:
    """Tell whether the first cell of a row is a band that does not hold the value told, nor another way in."""
    drawn = cell_condition(*unit.values[0]) if unit.values else None
    told = [band.condition for band in read_values_of(drawn.quantity, question)] if drawn else []
    ways = re.findall(r"\bor\b([^\d]*)", uniform(unit.values[0][1])) if drawn else []
    return (
        drawn is not None
        and any(held(each, drawn) is False for each in told)
        and not _says_one(question, " ".join(ways))
    )


def _says_one(question: str, words: str) -> bool:
    plain = uniform(question)
    return any(word in plain for word in re.findall(r"[a-z]{3,}", words))


def _is_headed(question: str, unit: Unit) -> bool:
    """Tell whether a band that heads a line, before what it gives, does not hold the value told, nor another way in."""
    text, plain = unit.text, uniform(unit.text)
    doses = [figure.begin for figure in read_amounts(text) if figure.is_dose]
    for band in read_measured(text):
        head, _, _ = plain[band.end :].partition(":")
        others = re.search(r"\bor\b(?P<words>[^\d:]*)", head)
        if _AIM.search(plain[: band.begin]) or len(plain[: band.begin].split()) > MOST_BEFORE:
            continue
        if others and _says_one(question, others["words"]):
            continue
        if (doses and band.begin > doses[0]) or ":" not in plain[band.end :]:
            continue
        if any(held(told.condition, band.condition) is False for told in read_measured(question, values=True)):
            return True
    return False


MOST_BEFORE = 4
"""Words before a band that heads a line."""


@dataclass(frozen=True, slots=True)
class _Moved:
    """What raises and what lowers a quantity."""

    low: Condition
    """Values that are low."""
    high: Condition
    """Values that are high."""
    raising: re.Pattern[str]
    """What raises it."""
    lowering: re.Pattern[str]
    """What lowers it."""


@cache
def _moved() -> tuple[_Moved, ...]:
    rows = files("wardbook.answering").joinpath("data/moved_values.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(_moved_row(*row.split("\t")) for row in rows if row and not row.startswith("#"))


def _moved_row(name: str, unit: str, low: str, high: str, raising: str, lowering: str) -> _Moved:
    return _Moved(
        Condition(name, None, False, Decimal(low), False, unit),
        Condition(name, Decimal(high), False, None, False, unit),
        _words(raising),
        _words(lowering),
    )


def _words(listed: str) -> re.Pattern[str]:
    """Read what is given; a bare name (marked ~) is so only beside a salt or an amount: "glucose hourly" gives none."""
    names = listed.split(" ; ")
    bare = "|".join(name[1:] for name in names if name.startswith("~"))
    whole = [name for name in names if not name.startswith("~")]
    if bare:
        whole += [rf"(?:{bare})[ -](?:{_SALT})", rf"(?:{bare})(?: [a-z]+){{0,2}} [\d.-]*{_AMOUNT}"]
        whole += [rf"{_AMOUNT}(?: of)? (?:{bare})"]
    return lazy_regex(rf"(?<![a-z])(?:{'|'.join(whole)})(?![a-z])")


_SALT = (
    r"(?:glycero)?(?:gluconate|chloride|carbonate|sul(?:f|ph)ate|phosphate|aspartate|oxide|acetate|citrate|lactate)s?"
)
_AMOUNT = rf"(?:{MEASURED_OUT}|\d ?(?:%|m?g\b(?!/d?l)))"
_NOT_GIVEN = lazy_regex(
    r"\b(?:(?:re-?)?check|monitor|stop|hold|withhold|halve|until|avoid|omit)\b[^.,;:]*$|\blow[ -]$"
    r"|\b(?:no|not|never|without)(?: [a-z]+)? $"
)
"""Before a name that is not given but measured, ended or kept from."""


def _is_given(names: re.Pattern[str], plain: str) -> bool:
    return any(not _NOT_GIVEN.search(plain[: match.start()]) for match in names.finditer(plain))


_STOPPED = lazy_regex(r"\b(?:stop|hold|withhold|omit)\b[^.,;:]*$")


def _is_stopped(moved: _Moved, plain: str) -> bool:
    """Tell whether words take away the very thing of which the value is high ("Stop potassium in fluids")."""
    named = re.finditer(rf"(?<![a-z]){moved.low.quantity}\b|{moved.raising.pattern}", plain)
    return any(_STOPPED.search(plain[: match.start()]) for match in named)


def _moves_wrong_way(question: str, words: str) -> bool:
    """Tell whether words give only what raises a value that is high already, or lowers a low one."""
    plain = uniform(words)
    for told in read_measured(question, values=True):
        for each in _moved():
            if each.low.quantity != told.condition.quantity:
                continue
            ups = _is_given(each.raising, plain)
            downs = _is_given(each.lowering, plain) or _is_stopped(each, plain)
            if ups == downs:
                continue
            if held(told.condition, each.high if ups else each.low):
                return True
    return False
