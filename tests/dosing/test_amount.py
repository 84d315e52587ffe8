from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbook.dosing.amount import Figure, read_amounts, word

READ = [
    ("8 mg/kg IV", "8 8 mg kg -"),
    ("500mg", "500 500 mg - -"),
    ("100-200 mg SC", "100 200 mg - -"),
    ("100 – 200 mg", "100 200 mg - -"),
    ("100 mg to 200 mg", "100 200 mg - -"),
    ("4 to 8g", "4 8 g - -"),
    (".5-.75mg/kg", "0.5 0.75 mg kg -"),
    ("1,600mg", "1600 1600 mg - -"),
    ("2gm", "2 2 g - -"),
    ("0,5 mg", "0.5 0.5 mg - -"),
    ("0,125 mg", "0.125 0.125 mg - -"),
    ("7,5 mg", "7.5 7.5 mg - -"),
    ("0,05 – 0,1 mg/kg", "0.05 0.1 mg kg -"),
    ("2,5–5 mg", "2.5 5 mg - -"),
    ("50\n mcg/hr", "50 50 ug - h"),
    ("5 mcg/kg/min", "5 5 ug kg min"),
    ("30 mg/m^2/day", "30 30 mg m2 d"),
    ("30 mg/m²/day", "30 30 mg m2 d"),
    ("30 mg per m2 per day", "30 30 mg m2 d"),
    ("4 g/24h", "4 4 g - d"),
    ("1.8 million units", "1800000 1800000 [iU] - -"),
    ("100 units/hour", "100 100 [iU] - h"),
    ("2 DS tabs", "2 2 {DS tablet} - -"),
    ("2 x 10^6 cells/kg", "2000000 2000000 cells kg -"),
    ("0.5-4 × 10⁸ CAR-positive viable T cells", "50000000 400000000 cells - -"),
    ("0.4 x 10^8 to 2 x 10^8 cells", "40000000 200000000 cells - -"),
    ("40 million cells", "40000000 40000000 cells - -"),
    ("day 1 - 8 mg/kg", "8 8 mg kg -"),
    ("grade 2 – 10 mg", "10 10 mg - -"),
    ("a 10-mg dose", "10 10 mg - -"),
    ("100mg IV/PO", "100 100 mg - -"),
    ("IL-6 100 pg/mL", "100 100 pg mL -"),
]


def shown(figure: Figure) -> str:
    amount = figure.amount
    return f"{amount.low:f} {amount.high:f} {amount.unit} {figure.per or '-'} {figure.per_time or '-'}"


@pytest.mark.parametrize(("text", "expected"), READ)
def test_an_amount_is_read_as_people_write_it(text: str, expected: str) -> None:
    assert [shown(figure) for figure in read_amounts(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "875/125 mg", "2 x 500 mg", "1,25 mg", "5,10 mg", "10 ± 2 mg", "2 x 106 cells/kg", "1,2,3 mg", "100-50 mg",
        "100 mg/0.67 mL", "400 mg/80 mg", "5 G-CSF", "7 days", "40 kg", "grade 3", "500 QID", "12 mgx", "0 mg",
        "1,00 mg", "100 mg/foo", "heparin 1 500 units",
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_sure_is_no_amount(text: str) -> None:
    assert read_amounts(text) == ()


def test_a_level_is_no_dose() -> None:
    (figure,) = read_amounts("ferritin > 10,000 ng/mL")
    assert not figure.is_dose
    (dose,) = read_amounts("10,000 units")
    assert dose.is_dose


def test_a_power_of_ten_without_a_unit_is_kept_apart() -> None:
    (figure,) = read_amounts("100-300 x 10^6")
    assert shown(figure) == "100000000 300000000  - -"
    assert figure.bare_scale and not figure.is_dose


def test_a_number_before_an_amount_is_not_glued_to_it() -> None:
    (figure,) = read_amounts("level 3 100 mg")
    assert shown(figure) == "100 100 mg - -"


def test_offsets_are_those_of_the_text_as_it_stands() -> None:
    text = "Give **8 mg/kg** IV (max 800 mg)"
    assert [text[figure.begin : figure.end] for figure in read_amounts(text)] == ["8 mg/kg", "800 mg"]


@pytest.mark.parametrize(
    ("value", "written"),
    [("0.50", "0.5"), ("1.0", "1"), ("3E+2", "300"), ("1600", "1,600"), (".5", "0.5"), ("1E+7", "10,000,000")],
)
def test_a_figure_is_worded_so_that_it_cannot_be_misread(value: str, written: str) -> None:
    assert word(Decimal(value)) == written


figures = st.decimals(min_value="0.001", max_value="9999999", places=3)


@given(
    figures, st.sampled_from(["mg", "g", "mcg", "units", "mL", "mEq", "cells"]), st.sampled_from(["", " ", "\u00a0"])
)
def test_what_is_worded_is_read_back_the_same(value: Decimal, unit: str, blank: str) -> None:
    (figure,) = read_amounts(f"give {word(value)}{blank}{unit} now")
    assert figure.amount.low == figure.amount.high == value


@given(st.text(alphabet="0123456789.,-–x ^/mgkcdayu⁶ ()", max_size=40))
def test_no_text_breaks_the_reader_and_every_figure_lies_in_its_words(text: str) -> None:
    for figure in read_amounts(text):
        assert 0 <= figure.begin < figure.end <= len(text)
        assert 0 <= figure.amount.low <= figure.amount.high > 0


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("vein above the wrist, 18G or larger", []),
        ("pass a 16 G cannula, then give 1 g", ["1"]),
        ("ceftriaxone 2G IV", ["2"]),
        ("through a peripheral line give 20 g of albumin", ["20"]),
    ],
)
def test_the_gauge_of_a_needle_is_no_amount(text: str, amounts: list[str]) -> None:
    assert [str(figure.amount.low) for figure in read_amounts(text)] == amounts


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("5 000 units", 5000), ("2 000 000 units", 2000000), ("12 000 mg/m2", 12000), ("day 1 500 units", 500),
        ("cycle 3 250 mg", 250), ("give 1 500 mg tablet", 500),
    ],
)  # fmt: skip
def test_thousands_that_stand_apart_are_one_figure(text: str, high: int) -> None:
    assert [figure.amount.high for figure in read_amounts(text)] == [Decimal(high)]


@pytest.mark.parametrize(
    ("text", "highs"),
    [
        ("bag 1 150 mg/kg over 1 h, bag 2 50 mg/kg, bag 3 110 mg/kg", [150, 50, 110]),
        ("infusion 1 110 mg, infusion 2 910 mg", [110, 910]),
        # one alone, a drug, and one that no number leads up to may be of thousands
        ("infusion 1 250 mg", []),
        ("anakinra 1 500 mg, anakinra 2 500 mg", []),
        ("anakinra 1 250 mg/m2", []),
        ("bag 1 150 mg, bag 3 250 mg", []),
    ],
)
def test_what_is_numbered_has_no_thousands_behind_its_number(text: str, highs: list[int]) -> None:
    assert [figure.amount.high for figure in read_amounts(text)] == [Decimal(high) for high in highs]


@pytest.mark.parametrize("text", ["1e99 mg", "1 x 10^99 cells/kg", "9" * 40 + " mg", "1.5e30 mg to 2e99 mg"])
def test_an_amount_beyond_all_reason_is_none(text: str) -> None:
    assert read_amounts(text) == ()


def test_a_very_large_amount_is_read_exactly() -> None:
    assert [str(figure.amount.high) for figure in read_amounts("1.5e15 cells, 1e20 mg")] == [
        "1500000000000000",
        "1" + "0" * 20,
    ]


@pytest.mark.parametrize("text", ["0.5e-3 mg", "5e-3 mg/kg"])
def test_an_exponent_is_no_amount_of_its_own(text: str) -> None:
    assert read_amounts(text) == ()
