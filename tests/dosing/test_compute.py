"""Arithmetic on one regimen, against hand-worked lines and against fractions."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_regimens import amount, at_least, below, hours, limit, regimen

from wardbook.dosing.compute import Computed, NotComputed, compute, compute_daily, day_total
from wardbook.dosing.patient import Patient, read_weight
from wardbook.dosing.regimen import Regimen, Stated

WEIGHTS = st.decimals("0.3", "400", places=2)
FIGURES = st.decimals("0.01", "5000", places=2).filter(lambda value: value > 0)


def patient_of(given: dict[str, str]) -> Patient:
    return replace(Patient(), **{name: Decimal(value) for name, value in given.items()})  # type: ignore[arg-type]


def worked(row: Regimen, **patient: str) -> Computed:
    done = compute(row, patient_of(patient))
    assert isinstance(done, Computed), done
    return done


def refused(row: Regimen, **patient: str) -> NotComputed:
    done = compute(row, patient_of(patient))
    assert isinstance(done, NotComputed), done
    return done


def test_the_cap_is_applied_and_shown() -> None:
    done = worked(regimen(amount("8"), per="kg", max_single=limit("800")), weight_kg="120")
    assert done == Computed(
        inputs=(("weight_kg", Decimal(120)),),
        low=Decimal(800),
        high=Decimal(800),
        unit="mg",
        capped=True,
        arithmetic="8 mg/kg × 120 kg = 960 mg → 800 mg, the maximum single dose",
    )


def test_below_the_cap_nothing_is_lowered() -> None:
    done = worked(regimen(amount("8"), per="kg", max_single=limit("800")), weight_kg="99.99")
    assert (done.low, done.capped, done.arithmetic) == (
        Decimal("799.92"),
        False,
        "8 mg/kg × 99.99 kg = 799.92 mg",
    )
    assert not worked(regimen(amount("8"), per="kg", max_single=limit("800")), weight_kg="100").capped


def test_a_cap_in_another_unit_is_converted_and_shown_as_the_page_has_it() -> None:
    done = worked(regimen(amount("60"), per="kg", max_single=limit("4.5", "g")), weight_kg="100")
    assert (done.low, done.unit) == (Decimal(4500), "mg")
    assert done.arithmetic == "60 mg/kg × 100 kg = 6,000 mg → 4,500 mg (4.5 g), the maximum single dose"


def test_a_cap_that_cannot_be_compared_refuses() -> None:
    assert "maximum" in refused(regimen(amount("8"), per="kg", max_single=limit("10", "mL")), weight_kg="70").reason


def test_a_range_stays_a_range_and_only_its_upper_end_is_lowered() -> None:
    done = worked(regimen(amount("1", "2"), per="kg", max_single=limit("100")), weight_kg="80")
    assert (done.low, done.high, done.capped) == (Decimal(80), Decimal(100), True)


def test_a_days_amount_is_capped_and_then_divided() -> None:
    row = regimen(amount("40"), per="kg", per_time="d", interval_h=hours(6), max_daily=limit("2", "g"))
    done = worked(row, weight_kg="70")
    assert (done.low, done.unit, done.capped) == (Decimal(500), "mg", True)
    assert done.arithmetic.startswith(
        "40 mg/kg/day × 70 kg = 2,800 mg/day → 2,000 mg/day (2 g/day), the maximum in a day ÷ 4 doses = 500 mg"
    )


def test_a_days_amount_with_an_open_interval_is_not_divided() -> None:
    row = regimen(amount("40"), per="kg", per_time="d", interval_h=hours(6, 12))
    assert "how many doses" in refused(row, weight_kg="70").reason


def test_a_days_amount_that_does_not_divide_evenly_is_refused_and_never_rounded() -> None:
    row = regimen(amount("10"), per="kg", per_time="d", interval_h=hours(8))
    assert "evenly" in refused(row, weight_kg="10").reason


def test_a_rate_stays_a_rate() -> None:
    done = worked(regimen(amount("0.05", "0.1", "ug"), per="kg", per_time="min"), weight_kg="70")
    assert (done.low, done.high, done.unit) == (Decimal("3.5"), Decimal(7), "ug/min")


def test_a_dose_per_surface_needs_the_surface() -> None:
    row = regimen(amount("300"), per="m2")
    assert refused(row, weight_kg="70").needs == "bsa_m2"
    assert worked(row, bsa_m2="1.8").low == Decimal(540)


def test_what_was_not_understood_is_never_computed_with() -> None:
    row = regimen(amount("8"), per="kg", unparsed=("then 4 something",))
    assert "not understood" in refused(row, weight_kg="70").reason
    assert isinstance(compute_daily(row, Patient(weight_kg=Decimal(70))), NotComputed)


@pytest.mark.parametrize(("weight", "held"), [("29.99", False), ("30", True), ("30.01", True)])
def test_the_band_decides_at_its_edge(weight: str, held: bool) -> None:
    row = regimen(amount("8"), per="kg", condition=at_least("30"))
    assert isinstance(compute(row, Patient(weight_kg=Decimal(weight))), Computed) is held
    light = regimen(amount("12"), per="kg", condition=below("30"))
    assert isinstance(compute(light, Patient(weight_kg=Decimal(weight))), Computed) is not held


def test_a_band_in_pounds_is_met_in_kilograms() -> None:
    row = regimen(amount("8"), per="kg", condition=at_least("66", unit="[lb_av]"))
    assert worked(row, weight_kg="30").low == Decimal(240)
    assert "66 lb" in refused(row, weight_kg="29").reason


def test_an_age_band_asks_for_the_age() -> None:
    row = regimen(amount("8"), per="kg", condition=at_least("2", "age", "a"))
    assert refused(row, weight_kg="12").needs == "age_y"
    assert ("age_y", Decimal(2)) in worked(row, weight_kg="12", age_y="2").inputs


def test_a_fixed_dose_needs_no_arithmetic() -> None:
    assert "fixed" in refused(regimen(amount("100")), weight_kg="70").reason


def test_a_days_total_comes_from_the_interval_and_is_capped() -> None:
    row = regimen(amount("100", "200"), interval_h=hours(6, 12), max_daily=limit("400"))
    done = compute_daily(row, Patient())
    assert isinstance(done, Computed)
    assert (done.low, done.high, done.unit, done.capped) == (Decimal(200), Decimal(400), "mg/d", True)
    assert done.arithmetic == (
        "100–200 mg × 2–4 doses in 24 hours = 200–800 mg/day → 200–400 mg/day, the maximum in a day"
    )


def test_a_days_total_that_the_interval_may_exceed_is_said_with_the_dose() -> None:
    row = regimen(amount("5"), per="kg", interval_h=hours(6, 8), max_daily=limit("1000"))
    assert "above it" in worked(row, weight_kg="60").arithmetic
    assert "above it" not in worked(row, weight_kg="50").arithmetic


@pytest.mark.parametrize(
    ("every", "weight", "dose", "capped"),
    [
        (24, "50", 1000, True),
        (24, "30", 900, False),
        (6, "20", 250, True),
        (12, "16", 480, False),
        (12, "17", 500, True),
    ],
)
def test_a_dose_is_lowered_to_what_the_days_maximum_leaves_it(every: int, weight: str, dose: int, capped: bool) -> None:
    row = regimen(amount("30"), per="kg", interval_h=hours(every), max_daily=limit("1000"))
    done = worked(row, weight_kg=weight)
    assert done.high == dose
    assert done.capped == capped
    assert ("no more than the maximum of 1,000 mg/day" in done.arithmetic) == capped


def test_a_maximum_per_kg_is_the_patients_and_shown_as_the_page_has_it() -> None:
    row = regimen(amount("15"), per="kg", interval_h=hours(6), max_daily=limit("50", "mg/kg"))
    done = worked(row, weight_kg="20")
    assert done.high == 250
    assert done.capped
    assert "maximum 1,000 mg/day (50 mg/kg/day)" in done.arithmetic


def test_a_converted_weight_is_shown_and_rounding_is_stated() -> None:
    weight = read_weight("66 lb")
    done = compute(regimen(amount("12"), per="kg"), Patient(weight.kg, weight_shown=weight.shown))
    assert isinstance(done, Computed)
    assert done.arithmetic.startswith("66 lb = 29.93709642 kg; 12 mg/kg × 29.93709642 kg = 359.24515704 mg")
    assert done.arithmetic.endswith("about 359.2 mg, rounded to one decimal")
    assert done.high == Decimal("359.24515704")


def test_an_interval_without_whole_doses_gives_no_days_total() -> None:
    assert day_total(amount("100"), hours(7)) is None
    assert day_total(amount("100"), hours(48)) is None
    assert day_total(amount("100"), None) is None


@given(FIGURES, WEIGHTS, FIGURES)
def test_the_result_is_exact_and_never_above_the_cap(dose: Decimal, weight: Decimal, cap: Decimal) -> None:
    row = regimen(amount(str(dose)), per="kg", max_single=limit(str(cap)))
    done = compute(row, Patient(weight_kg=weight))
    assert isinstance(done, Computed)
    exact = Fraction(dose) * Fraction(weight)
    assert Fraction(done.high) == min(exact, Fraction(cap))
    assert done.capped == (exact > Fraction(cap))


@given(FIGURES, WEIGHTS, st.sampled_from([4, 6, 8, 12, 24]))
@settings(max_examples=50)
def test_a_day_is_the_dose_times_the_doses(dose: Decimal, weight: Decimal, every: int) -> None:
    done = compute_daily(regimen(amount(str(dose)), per="kg", interval_h=hours(every)), Patient(weight_kg=weight))
    assert isinstance(done, Computed)
    assert Fraction(done.low) == Fraction(dose) * Fraction(weight) * 24 / every


@pytest.mark.parametrize(
    ("weight", "low", "by"), [("20", "200", "40 mg/kg/day"), ("80", "600", "2.4 g/day")], ids=["by weight", "fixed"]
)
def test_the_lower_of_two_maxima_of_a_day_holds(weight: str, low: str, by: str) -> None:
    day = limit("2.4", "g")
    row = regimen(amount("15"), per="kg", interval_h=hours(6), max_daily=day, max_daily_by_size=limit("40", "mg/kg"))
    done = worked(row, weight_kg=weight)
    assert (done.low, done.capped) == (Decimal(low), True)
    assert by in done.arithmetic


def test_a_rate_is_lowered_to_its_maximum() -> None:
    row = regimen(amount("18", unit="[iU]"), per="kg", per_time="h", max_rate=limit("2000", "[iU]"))
    assert (worked(row, weight_kg="120").low, worked(row, weight_kg="120").capped) == (Decimal(2000), True)
    assert (worked(row, weight_kg="100").low, worked(row, weight_kg="100").capped) == (Decimal(1800), False)


def test_a_maximum_of_a_band_takes_the_place_of_the_common_one_within_it() -> None:
    stated = Stated("Dosing", (1, 1), "3 g if >120 kg", at_least("120"), limit("3", "g"))
    row = regimen(amount("30"), per="kg", max_single=limit("2", "g"), limited_by=(stated,))
    assert worked(row, weight_kg="130").low == Decimal(3000)
    assert worked(row, weight_kg="100").low == Decimal(2000)


@pytest.mark.parametrize(("weight", "most", "capped"), [("200", "27", True), ("120", "19.2", False)])
def test_one_dose_is_no_more_than_the_maximum_of_a_day_though_how_often_is_not_said(
    weight: str, most: str, capped: bool
) -> None:
    done = compute(regimen(amount("0.16"), per="kg", max_daily=limit("27")), Patient(weight_kg=Decimal(weight)))
    assert isinstance(done, Computed)
    assert (done.high, done.capped) == (Decimal(most), capped)


def test_nothing_is_worked_out_where_a_maximum_of_the_row_was_not_read() -> None:
    row = regimen(amount("5"), per="kg", verbatim="5 mg/kg, maximum 320 mg of the first part a day")
    assert "maximum 320 mg" in refused(row, weight_kg="80").reason
    rate = regimen(amount("5"), per="kg", verbatim="5 mg/kg at no more than 50 mg/min")
    assert isinstance(compute(rate, Patient(weight_kg=Decimal(80))), Computed)
