"""Amounts that a row binds to a group: above them is too much for these patients, below them is left unjudged."""

from decimal import Decimal

import pytest
from made_regimens import TERMS, amount, limit, regimen

from wardbook.dosing.asked import read_amount
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.group_limit import group_limits, judged_by_group
from wardbook.dosing.regimen import Condition

ROW = regimen(amount("1", unit="g"), max_daily=limit("4", "g"), notes=("2 g/day in cirrhosis; 500 mg if ascites",))


def judged(proposed: str, words: str, **asked: Decimal) -> str | None:
    found = judged_by_group(read_amount(proposed), DoseQuery("somedrug", words, **asked), [ROW], TERMS)  # type: ignore[arg-type]
    return found[1].words if found else None


def test_above_the_amount_for_the_group_is_too_much() -> None:
    assert judged("3 g/day", "cirrhosis") == "2 g/day in cirrhosis"
    assert judged("1 g every 6 hours", "cirrhosis") == "2 g/day in cirrhosis"
    assert judged("600 mg", "with ascites") == "500 mg if ascites"


@pytest.mark.parametrize(("proposed", "words"), [("2 g/day", "cirrhosis"), ("3 g/day", ""), ("3 g/day", "pregnancy")])
def test_other_amounts_and_patients_are_left_unjudged(proposed: str, words: str) -> None:
    assert judged(proposed, words) is None


def test_a_band_of_the_kidneys_counts_where_it_holds() -> None:
    row = regimen(amount("50"), unparsed=("max 400 mg/day; 200 mg/day if CrCl < 30",))
    asked = read_amount("300 mg/day")
    assert judged_by_group(asked, DoseQuery("somedrug", crcl=Decimal(20)), [row], TERMS)
    assert judged_by_group(asked, DoseQuery("somedrug", crcl=Decimal(80)), [row], TERMS) is None


def test_another_drug_of_the_row_binds_nothing() -> None:
    row = regimen(amount("50"), notes=("with prednisolone 20 mg if cirrhosis",))
    assert not list(group_limits(DoseQuery("somedrug", "cirrhosis"), [row], TERMS))


def test_a_row_for_something_else_binds_nothing() -> None:
    row = regimen(amount("1", unit="g"), indication="HLH", notes=("2 g/day in cirrhosis",))
    assert not list(group_limits(DoseQuery("somedrug", "CRS in cirrhosis"), [row], TERMS))


def test_a_row_whose_band_the_patient_is_not_in_binds_nothing() -> None:
    healthy = Condition("creatinine clearance", Decimal(30), True, None, False, "mL/min")
    row = regimen(amount("50"), condition=healthy, notes=("30 mg if cirrhosis",))
    query = DoseQuery("somedrug", "cirrhosis", crcl=Decimal(20))
    assert not list(group_limits(query, [row], TERMS))
    assert list(group_limits(DoseQuery("somedrug", "cirrhosis"), [row], TERMS))
