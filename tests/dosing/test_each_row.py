"""A proposed amount against each of several rows: what all of them say, and what keeps it from being said."""

from decimal import Decimal

from made_regimens import amount, hours, limit, regimen

from wardbook.dosing.check import read_amount
from wardbook.dosing.each_row import agreed, judged_each
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Condition, Regimen


def _weighing(kg: str, high: str = "") -> Condition:
    return Condition("weight", Decimal(kg), True, Decimal(high or kg), True, "kg")


def _results(asked: str, *rows: Regimen, remarks: tuple[Regimen, ...] = ()) -> list[str]:
    each = judged_each(read_amount(asked), rows, Patient())
    return [verdict.result for verdict in agreed(each, remarks)]


SIX_HOURLY = regimen(amount("100"), interval_h=hours(6))
TWICE = regimen(amount("100"), interval_h=hours(12), lines=(2, 2))


def test_all_say_the_same() -> None:
    assert _results("300 mg q12h", SIX_HOURLY, TWICE) == ["exceeds", "exceeds"]


def test_they_differ() -> None:
    assert _results("100 mg q6h", SIX_HOURLY, TWICE) == []


def test_a_row_not_understood_keeps_silent() -> None:
    unread = regimen(amount("50"), unparsed=("or 400 mg",), lines=(3, 3))
    assert _results("900 mg q6h", SIX_HOURLY, unread) == []


def test_a_row_without_an_amount_keeps_silent() -> None:
    assert _results("900 mg q6h", SIX_HOURLY, regimen(lines=(3, 3))) == []


def test_a_sentence_beside_may_allow_it() -> None:
    remark = regimen(amount("50"), unparsed=("x",), verbatim="or 900 mg by pump", lines=(3, 3))
    assert _results("900 mg q6h", SIX_HOURLY, remarks=(remark,)) == []
    assert _results("1000 mg q6h", SIX_HOURLY, remarks=(remark,)) == ["exceeds"]


RULE = regimen(amount("6.25"), per="kg", interval_h=hours(6))
TABLE = tuple(
    regimen(amount(dose), condition=_weighing(kg), lines=(9, 9)) for kg, dose in (("50", "312"), ("60", "375"))
)


def test_the_rule_speaks_for_the_table_worked_out_from_it() -> None:
    assert _results("10 mg/kg q6h", *TABLE, RULE) == ["exceeds"]
    assert _results("6.25 mg/kg q6h", *TABLE, RULE) == ["within"]
    assert _results("5 mg/kg q6h", *TABLE, RULE) == ["below"]


def test_a_table_of_other_doses_is_no_rules() -> None:
    other = regimen(amount("400"), condition=_weighing("50"), lines=(9, 9))
    assert _results("10 mg/kg q6h", other, RULE) == []


def test_a_table_of_another_page_is_no_rules() -> None:
    other = regimen(amount("312"), condition=_weighing("50"), page="other")
    assert _results("10 mg/kg q6h", other, RULE) == []


def test_a_band_without_an_end_is_no_rules() -> None:
    heavy = Condition("weight", Decimal(50), True, None, False, "kg")
    assert _results("10 mg/kg q6h", regimen(amount("312"), condition=heavy), RULE) == []


def test_maxima_of_all() -> None:
    rows = (regimen(amount("0.1"), per="kg", max_single=limit("4")), regimen(amount("25", unit="ug"), per="kg"))
    assert _results("6 mg", rows[0]) == ["exceeds"]
    assert _results("6 mg", *rows) == []  # the second has no maximum: it goes by a weight that is not told
