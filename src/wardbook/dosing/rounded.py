"""An amount worked out, rounded as the words of its own row say ("Round to the nearest 10 mg")."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.compute import Computed, plain
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.dosing.wording import quantity
from wardbook.lazy_regex import lazy_regex

_ROUNDS = lazy_regex(r"\bround(?:ed|ing)?\b[^;.:()\d]{0,30}?\bnearest\b[^;.:()\d]{0,20}")
_AWAY = lazy_regex(r"\b(?:not|never|n['’]t|unless|only if|except)\b[^.;]{0,20}$")
_DIRECTED = lazy_regex(r"\b(?:up|down|vial|syringe|tablet|capsule|pen)\b")
_ENDS = lazy_regex(r"(?:\s*(?:increments?|steps?|doses?))*\s*(?:[.;,)|\n]|$)")


def rounded(done: Computed, words: str, row: Regimen) -> Computed:
    """Give an amount rounded to the nearest multiple that the words name, with that step shown.

    As it is where they name none or several, where it stands just between two multiples, where a maximum has decided
    it or would be passed, or where it would come to nothing.
    """
    unit, _, per_time = done.unit.partition("/")
    step = None if done.capped or per_time else _step(words, unit)
    if step is None:
        return done
    made = []
    for value in (done.low, done.high):
        parts = value / step
        if parts % 1 == Decimal("0.5"):
            return done
        made.append(plain(parts.quantize(Decimal(1), ROUND_HALF_UP) * step))
    if not all(made) or made == [done.low, done.high] or (made[1] > done.high and _may_pass(made[1], unit, row)):
        return done
    told = f"{quantity(made[0], made[1], unit)}, rounded to the nearest {quantity(step, step, unit)}"
    first, *rest = done.arithmetic.split("; ")
    return replace(done, low=made[0], high=made[1], arithmetic="; ".join([f"{first} → {told}", *rest]))


def _may_pass(value: Decimal, unit: str, row: Regimen) -> bool:
    """Tell whether an amount that was rounded up is above a maximum of the row, or one by size may be passed."""
    limits = (row.max_single, row.max_daily, row.max_single_by_size, row.max_daily_by_size)
    most = [convert(limit.value, limit.unit, unit) for limit in limits if limit]
    return bool(row.limited_by) or any(each is None or each < value for each in most)


def _step(words: str, unit: str) -> Decimal | None:
    """Give the one multiple, in the unit of the amount, to the nearest of which words round."""
    text = uniform(words)
    found: set[Decimal | None] = set()
    for match in _ROUNDS.finditer(text):
        figure = next((each for each in read_amounts(text) if each.begin == match.end()), None)
        plainly = figure is not None and figure.per is None and figure.amount.low == figure.amount.high
        if not plainly or figure is None or _AWAY.search(text[: match.start()]) or _DIRECTED.search(match[0]):
            return None
        if not _ENDS.match(text, figure.end):
            return None  # "to the nearest 10 mg above 50 kg" holds for some
        found.add(convert(figure.amount.low, figure.amount.unit, unit))
    return found.pop() if len(found) == 1 else None
