"""A proposed amount against the row that holds."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_regimens import amount, at_least, below, hours, limit, regimen

from wardbook.dosing.check import Asked, Verdict, check, read_amount, read_proposal
from wardbook.dosing.compute import NotComputed
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Regimen, Stated
from wardbook.errors import QuestionError

FIXED = regimen(amount("100", "200"), interval_h=hours(6, 12), max_daily=limit("400"))
PER_KG = regimen(amount("8"), per="kg", max_single=limit("800"))


def result(asked: str, row: Regimen, weight: str | None = None) -> str:
    verdict = check(read_amount(asked), [row], Patient(weight_kg=Decimal(weight) if weight else None))
    return verdict.result if isinstance(verdict, Verdict) else f"asks {verdict.needs}"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("600 mg/day", Asked(Decimal(600), Decimal(600), "mg", None, "d")),
        ("12 mg/kg", Asked(Decimal(12), Decimal(12), "mg", "kg", None)),
        ("1 g q6h", Asked(Decimal(1), Decimal(1), "g", None, None, hours(6))),
        ("0.5-1 mg/kg/day", Asked(Decimal("0.5"), Decimal(1), "mg", "kg", "d")),
        ("5,000 units", Asked(Decimal(5000), Decimal(5000), "[iU]")),
    ],
)
def test_an_amount_is_read(text: str, asked: Asked) -> None:
    assert read_amount(text) == asked


@pytest.mark.parametrize("text", ["", "600", "lots", "10 mg or 20 mg", "600 mg/day q6h", "10 mg q6h bid", "1,25 mg"])
def test_what_is_not_one_amount_is_refused(text: str) -> None:
    with pytest.raises(QuestionError):
        read_amount(text)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("600 mg/day", "exceeds"),
        ("0.6 g/day", "exceeds"),
        ("400 mg/day", "within"),
        ("400.01 mg/day", "exceeds"),
        ("200 mg/day", "within"),
        ("199 mg/day", "below"),
        ("150 mg", "within"),
        ("201 mg", "exceeds"),
        ("99 mg", "below"),
        ("100 mcg", "below"),
        ("200 mg q6h", "exceeds"),
        ("200 mg q12h", "within"),
        ("12 mg/kg", "asks weight_kg"),
        ("100 mL", "not_covered"),
        ("10 mg/h", "not_covered"),
    ],
)
def test_a_fixed_dose_with_a_days_maximum(asked: str, expected: str) -> None:
    assert result(asked, FIXED) == expected


@pytest.mark.parametrize(
    ("asked", "weight", "expected"),
    [
        ("12 mg/kg", None, "exceeds"),
        ("8 mg/kg", None, "within"),
        ("7 mg/kg", None, "below"),
        ("801 mg", None, "exceeds"),
        ("700 mg", None, "asks weight_kg"),
        ("560 mg", "70", "within"),
        ("561 mg", "70", "exceeds"),
        ("800 mg", "120", "within"),
        ("960 mg", "120", "exceeds"),
        ("8 mg/kg", "120", "exceeds"),
        ("800 mg/day", "100", "not_covered"),
    ],
)
def test_a_dose_per_weight_with_a_cap(asked: str, weight: str | None, expected: str) -> None:
    assert result(asked, PER_KG, weight) == expected


def test_above_the_usual_dose_and_not_above_the_maximum_is_within_and_said() -> None:
    row = regimen(amount("100", "200"), max_single=limit("400"))
    verdict = check(read_amount("300 mg"), [row], Patient())
    assert isinstance(verdict, Verdict)
    assert verdict.result == "within"
    assert verdict.explanation == "300 mg is above the dose of 100–200 mg and not above the maximum of 400 mg per dose"
    assert verdict.limit is not None
    assert verdict.limit.value == 400


def test_the_bound_is_the_figure_of_the_page() -> None:
    verdict = check(read_amount("600 mg/day"), [FIXED], Patient())
    assert isinstance(verdict, Verdict)
    assert verdict.regimen is FIXED
    assert verdict.limit is not None
    assert (verdict.limit.value, verdict.limit.unit, verdict.limit.per_time) == (Decimal(400), "mg", "d")


def test_bands_ask_for_the_weight_and_then_decide() -> None:
    rows = [
        regimen(amount("8"), per="kg", condition=at_least("30")),
        regimen(amount("12"), per="kg", condition=below("30")),
    ]
    asked = read_amount("12 mg/kg")
    first = check(asked, rows, Patient())
    assert isinstance(first, NotComputed)
    assert first.needs == "weight_kg"
    for weight, expected in (("29.9", "within"), ("30", "exceeds")):
        verdict = check(asked, rows, Patient(weight_kg=Decimal(weight)))
        assert isinstance(verdict, Verdict)
        assert verdict.result == expected


def test_rows_that_judge_differently_decide_nothing() -> None:
    rows = [regimen(amount("100")), regimen(amount("200"))]
    outcome = check(read_amount("200 mg"), rows, Patient())
    assert isinstance(outcome, NotComputed)
    assert "differently" in outcome.reason


def test_a_row_not_understood_covers_nothing() -> None:
    assert result("100 mg", regimen(amount("100"), unparsed=("x 3",))) == "not_covered"
    assert result("100 mg", regimen(None)) == "not_covered"


def test_no_row_covers_nothing() -> None:
    verdict = check(read_amount("100 mg"), [], Patient())
    assert isinstance(verdict, Verdict)
    assert verdict.result == "not_covered"


FIGURES = st.integers(1, 2000).map(lambda value: Decimal(value) / 10)


@given(FIGURES, FIGURES, FIGURES, FIGURES)
def test_against_plain_comparison(asked: Decimal, one: Decimal, other: Decimal, cap: Decimal) -> None:
    low, high = sorted((one, other))
    row = regimen(amount(str(low), str(high)), max_single=limit(str(cap)))
    expected = "exceeds" if asked > cap else "below" if asked < min(low, cap) else "within"
    assert result(f"{asked} mg", row) == expected


@given(FIGURES, FIGURES, st.integers(1, 3000).map(lambda value: Decimal(value) / 10))
def test_per_weight_against_plain_comparison(asked: Decimal, dose: Decimal, weight: Decimal) -> None:
    weight = max(weight, Decimal("0.3"))
    made = Fraction(dose) * Fraction(weight)
    expected = "exceeds" if Fraction(asked) > made else "below" if Fraction(asked) < made else "within"
    assert result(f"{asked} mg", regimen(amount(str(dose)), per="kg"), str(weight)) == expected


@pytest.mark.parametrize(
    ("asked", "row", "expected"),
    [
        ("8 mg/kg q2h", {"per": "kg", "interval_h": hours(8)}, "exceeds"),
        ("8 mg/kg q8h", {"per": "kg", "interval_h": hours(8)}, "within"),
        ("8 mg/kg q12h", {"per": "kg", "interval_h": hours(8)}, "below"),
        ("8 mg/kg every 8 hours", {"per": "kg", "max_doses": 1}, "exceeds"),
        ("8 mg/kg every 8 hours", {"per": "kg", "schedule": "single dose"}, "exceeds"),
        ("8 mg/kg x 6 doses", {"per": "kg", "max_doses": 4}, "exceeds"),
        ("8 mg/kg q6h", {"per": "kg"}, "not_covered"),
        ("8 mg/kg 3x/week", {"per": "kg", "interval_h": hours(168)}, "not_covered"),
        ("8 mg q5h", {"max_daily": limit("32"), "interval_h": hours(4)}, "exceeds"),
        ("8 mg once", {"schedule": "single dose"}, "within"),
    ],
)
def test_how_often_is_judged_too(asked: str, row: dict[str, object], expected: str) -> None:
    proposed = read_proposal(asked)
    assert proposed is not None
    verdict = check(proposed, [regimen(amount("8"), **row)], Patient())
    assert isinstance(verdict, Verdict)
    assert verdict.result == expected


def test_too_often_is_said_in_words() -> None:
    verdict = check(read_amount("100 mg q2h"), [FIXED], Patient())
    assert isinstance(verdict, Verdict)
    assert "maximum of 400 mg/day" in verdict.explanation
    verdict = check(read_amount("8 mg q2h"), [regimen(amount("8"), interval_h=hours(8))], Patient())
    assert isinstance(verdict, Verdict)
    assert verdict.explanation.endswith("q2h is more often than every 8 hours")


def test_a_day_that_only_the_interval_makes_is_no_figure_of_the_words() -> None:
    verdict = check(read_amount("8 mg q8h"), [regimen(amount("8"), interval_h=hours(24))], Patient())
    assert isinstance(verdict, Verdict)
    assert (verdict.result, verdict.explanation) == ("exceeds", "q8h is more often than daily")
    more = check(read_amount("12 mg q8h"), [regimen(amount("8"), interval_h=hours(6, 12))], Patient())
    assert isinstance(more, Verdict)
    assert more.explanation.startswith("12 mg is above the dose of 8 mg")


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("8 mg on all three days", {"duration": "1 day", "schedule": "day -2 only, once"}, "exceeds"),
        ("8 mg x 5 days", {"duration": "3 days"}, "exceeds"),
        ("8 mg for 3 days", {"duration": "3 days"}, "within"),
        ("8 mg for two days", {"schedule": "single dose"}, "exceeds"),
        ("8 mg 3 days before the scan", {"schedule": "single dose"}, "within"),
        ("8 mg at day 5", {"duration": "3 days"}, "within"),
    ],
)
def test_on_how_many_days_is_judged_too(text: str, row: dict[str, object], expected: str) -> None:
    proposed = read_proposal(text)
    assert proposed is not None
    verdict = check(proposed, [regimen(amount("8"), **row)], Patient())
    assert isinstance(verdict, Verdict)
    assert verdict.result == expected


def test_a_days_maximum_by_weight_is_the_patients() -> None:
    row = regimen(amount("15"), per="kg", interval_h=hours(4, 6), max_daily=limit("75", "mg/kg"))
    assert result("300 mg q4h", row, "20") == "exceeds"
    assert result("300 mg q6h", row, "20") == "within"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is somedrug 8 mg/kg q2h ok for CRS 70kg", Asked(Decimal(8), Decimal(8), "mg", "kg", None, hours(2))),
        ("2 g q8h ok for 3200 g baby?", Asked(Decimal(2), Decimal(2), "g", None, None, hours(8))),
        ("crcl 45 mL/min, is 30 mg daily ok", Asked(Decimal(30), Decimal(30), "mg", None, None, hours(24))),
        ("is 8 mg/kg x 3 days ok", Asked(Decimal(8), Decimal(8), "mg", "kg", days=3)),
        ("is 10 mg or 20 mg ok", None),
        ("is it ok for 70 kg", None),
    ],
)
def test_a_proposal_is_read_from_free_text(text: str, expected: Asked | None) -> None:
    assert read_proposal(text) == expected


_TWO = {"max_daily": limit("4", "g"), "max_daily_by_size": limit("75", "mg/kg")}
_DAY = regimen(amount("15"), per="kg", interval_h=hours(4, 6), **_TWO)
_RATE = regimen(amount("2", unit="ug"), per="kg", per_time="min", max_rate=limit("10", "ug/kg"))
_FIXED_RATE = regimen(amount("18", unit="[iU]"), per="kg", per_time="h", max_rate=limit("2000", "[iU]"))


@pytest.mark.parametrize(
    ("asked", "row", "weight", "expected"),
    [
        ("80 mg/kg/day", _DAY, None, "exceeds"),
        ("70 mg/kg/day", _DAY, None, "within"),
        ("4200 mg/day", _DAY, None, "exceeds"),
        ("1600 mg/day", _DAY, "20", "exceeds"),
        ("3900 mg/day", _DAY, "60", "within"),
        ("4100 mg/day", _DAY, "60", "exceeds"),
        ("5 mcg/kg/min", _RATE, None, "within"),
        ("12 mcg/kg/min", _RATE, None, "exceeds"),
        ("900 mcg/min", _RATE, "80", "exceeds"),
        ("18 units/kg/h", _FIXED_RATE, "120", "exceeds"),
        ("20 units/kg/h", _FIXED_RATE, "80", "exceeds"),
        ("18 units/kg/h", _FIXED_RATE, "80", "within"),
    ],
)
def test_every_maximum_of_a_row_holds(asked: str, row: Regimen, weight: str | None, expected: str) -> None:
    assert result(asked, row, weight) == expected


def test_a_maximum_for_some_patients_holds_for_them_alone() -> None:
    stated = Stated("Dosing", (3, 3), "Over 75 years: at most 8 mg.", at_least("75", "age", "a"), limit("8"))
    row = regimen(amount("8"), max_single=limit("16"), limited_by=(stated,))
    asked = read_amount("16 mg")
    old = check(asked, [row], Patient(age_y=Decimal(80)))
    young = check(asked, [row], Patient(age_y=Decimal(40)))
    assert isinstance(old, Verdict) and isinstance(young, Verdict)
    unknown = check(asked, [row], Patient())
    assert isinstance(unknown, Verdict)
    assert (old.result, young.result, unknown.result) == ("exceeds", "within", "not_covered")


@pytest.mark.parametrize(("rule", "expected"), [(True, "exceeds"), (False, "not_covered")])
def test_a_rule_that_names_an_amount_does_not_allow_it(rule: bool, expected: str) -> None:
    words = "Do not give 70 mg if eGFR < 25." if rule else "May go up to 70 mg."
    row = regimen(amount("15"), limited_by=(Stated("Dosing", (3, 3), words, rule=rule),))
    assert result("70 mg", row) == expected


def test_a_dose_above_that_of_its_band_exceeds_it_though_the_maximum_of_others_is_higher() -> None:
    row = regimen(amount("5"), condition=below("40"), max_single=limit("10"))
    assert result("10 mg", row, "30") == "exceeds"
    assert result("10 mg", regimen(amount("5"), max_single=limit("10"))) == "within"


def test_too_much_by_every_row_is_too_much_though_the_band_is_open() -> None:
    rows = [
        regimen(amount("1"), max_daily=limit("5"), lines=(1, 1)),
        regimen(amount("0.25"), max_daily=limit("5"), condition=at_least("80", "age", "a"), lines=(1, 1)),
    ]
    outcome = check(read_amount("8 mg/day"), rows, Patient())
    assert isinstance(outcome, Verdict) and outcome.result == "exceeds" and outcome.regimen == rows[0]
    assert isinstance(check(read_amount("1 mg"), rows, Patient()), NotComputed)


def test_an_amount_above_all_rows_is_judged_by_the_highest() -> None:
    rows = [regimen(amount(dose), per="kg", lines=(int(dose), int(dose))) for dose in ("1", "5", "3")]
    verdict = check(read_amount("7 mg/kg"), rows, Patient())
    assert isinstance(verdict, Verdict) and verdict.result == "exceeds"
    assert verdict.regimen == rows[1]


@pytest.mark.parametrize(
    ("asked", "words", "expected"),
    [
        ("75 mg", "max 50 mg", "exceeds"),
        ("50 mg", "max 50 mg", "not_covered"),
        ("75 mg", "max 50 mg per day", "not_covered"),
        ("75 mg/day", "max 50 mg", "not_covered"),
        ("75 mg", "then 50 mg", "not_covered"),
    ],
)
def test_above_a_maximum_of_whatever_it_is_is_too_much(asked: str, words: str, expected: str) -> None:
    row = regimen(amount("25"), unparsed=(words,))
    found = result(asked, row)
    assert found == expected
    assert result(asked, regimen(amount("25"), unparsed=(words,), interval_h=hours(6))) == "not_covered"


def test_above_a_stated_maximum_is_too_much_whatever_else_was_not_understood() -> None:
    row = regimen(amount("0.1"), per="kg", max_single=limit("10"), unparsed=("over 70 y: half of it",))
    assert result("13 mg", row) == "exceeds"
    assert result("9 mg", row) == "not_covered"


def test_a_figure_not_understood_that_is_as_high_may_allow_it() -> None:
    row = regimen(amount("0.1"), per="kg", max_single=limit("10"), unparsed=("20 mg if ventilated",))
    assert result("13 mg", row) == "not_covered"
    assert result("25 mg", row) == "exceeds"


def test_a_day_has_one_dose_where_it_is_given_once_so_the_maximum_of_the_day_is_of_the_dose() -> None:
    row = regimen(amount("3"), interval_h=hours(24), max_daily=limit("12"))
    assert [result(f"{asked} mg daily", row) for asked in (6, 13)] == ["within", "exceeds"]


@pytest.mark.parametrize(
    ("asked", "fields", "result"),
    [
        ("10 mg/kg", {}, "exceeds"),
        ("2 mg/kg", {}, None),  # in how many doses is not said
        ("1 mg/kg", {}, None),
        ("2.1 mg/kg", {"max_daily": limit("3", "mg/kg")}, None),  # the day may have as much
        ("3.1 mg/kg", {"max_daily": limit("3", "mg/kg")}, "exceeds"),
        ("2.1 mg/kg", {"max_daily": limit("1", "mg/kg")}, "exceeds"),
        ("10 mg/m2", {}, None),
        ("900 mg", {}, None),  # the weight is not told
    ],
)
def test_one_dose_above_a_whole_day(asked: str, fields: dict[str, Any], result: str | None) -> None:
    row = regimen(amount("2"), per="kg", per_time="d", **fields)
    outcome = check(read_amount(asked), [row], Patient())
    found = outcome.result if isinstance(outcome, Verdict) else None
    assert found in ((result,) if result else (None, "not_covered"))


def test_one_dose_above_a_whole_day_by_the_weight() -> None:
    row = regimen(amount("2"), per="kg", per_time="d")
    for asked, result in (("180 mg", "exceeds"), ("160 mg", "not_covered"), ("90 mg", "not_covered")):
        outcome = check(read_amount(asked), [row], Patient(Decimal(80)))
        assert isinstance(outcome, Verdict)
        assert outcome.result == result


def test_a_day_asked_in_doses_is_no_dose_above_a_day() -> None:
    row = regimen(amount("2"), per="kg", per_time="d")
    outcome = check(read_amount("1 mg/kg q12h"), [row], Patient())
    assert isinstance(outcome, Verdict)
    assert outcome.result == "within"
