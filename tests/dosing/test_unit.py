from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbook.dosing.unit import convert, is_dose, ucum, units


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("mg", "mg"), ("MG", "mg"), ("mcg", "ug"), ("µg", "ug"), ("μg", "ug"), ("gm", "g"), ("units", "[iU]"),
        ("IU", "[iU]"), ("U", "[iU]"), ("mEq", "meq"), ("mL", "mL"), ("cc", "mL"), ("DS tablets", "{DS tablet}"),
        ("[iU]", "[iU]"), ("ug", "ug"), ("gtt", "[drp]"),
    ],
)  # fmt: skip
def test_a_ward_spelling_has_its_code(spelling: str, code: str) -> None:
    assert ucum(spelling) == code


@pytest.mark.parametrize("spelling", ["", "nit", "megagauss", "furlong", "m g", "mgg", "%"])
def test_a_word_outside_the_table_is_no_unit(spelling: str) -> None:
    assert ucum(spelling) is None


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("1", "g", "mg", "1000"), ("0.5", "mg", "ug", "500"), ("250", "ug", "mg", "0.25"), ("1", "L", "mL", "1000"),
        ("30", "MU", "units", "30000000"), ("7", "d", "h", "168"), ("10", "[lb_av]", "kg", "4.5359237"),
        ("2", "a", "mo", "24"), ("3", "ng", "pg", "3000"),
    ],
)  # fmt: skip
def test_units_of_one_dimension_convert_exactly(value: str, source: str, target: str, expected: str) -> None:
    assert convert(Decimal(value), source, target) == Decimal(expected)


def test_units_of_two_dimensions_are_refused() -> None:
    assert convert(Decimal(100), "[iU]", "mg") is None
    assert convert(Decimal(1), "mL", "mg") is None
    assert convert(Decimal(70), "kg", "mg") is None, "a body weight is no dose"
    assert convert(Decimal(1), "{DS tablet}", "{SS tablet}") is None


def test_what_has_no_finite_decimal_is_refused_and_not_rounded() -> None:
    assert convert(Decimal(5), "min", "h") is None
    assert convert(Decimal(10), "kg", "[lb_av]") is None


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_there_and_back_is_the_same_figure(value: Decimal) -> None:
    for source, target in (("g", "ug"), ("mg", "ng"), ("L", "mL")):
        there = convert(value, source, target)
        assert there is not None
        assert convert(there, target, source) == value


def test_every_pair_of_codes_converts_within_its_dimension_only() -> None:
    by_code = {unit.code: unit for unit in units().values()}
    for source, target in product(by_code.values(), repeat=2):
        if source.dimension != target.dimension:
            assert convert(Decimal(1), source.code, target.code) is None


def test_a_body_weight_or_a_time_is_no_dose_unit() -> None:
    assert is_dose("mg") and is_dose("[iU]") and is_dose("{tablet}") and is_dose("cells")
    assert not is_dose("kg") and not is_dose("h") and not is_dose("a") and not is_dose("furlong")
