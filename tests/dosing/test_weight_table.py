"""A table that only works a dose per kilogram out is no dose of its own, save where a weight is asked for."""

from decimal import Decimal

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.weight_table import with_rates, without_weight_table

PAGE = """# Baclofen

## Dose

- Baclofen 6 mg/kg IV every 8 h

## Worked out

| Weight (kg) | Baclofen (mg) |
|---|---|
| 10 | {a} |
| 20 | {b} |
| 30 | {c} |
"""


def read(text: str) -> tuple[Regimen, ...]:
    document = read_document(text.encode(), "baclofen")
    return read_regimens(document, drug_names([document]))


def query(weight: str | None = None) -> DoseQuery:
    return DoseQuery("baclofen", weight_kg=Decimal(weight) if weight else None)


def test_rows_that_agree_are_left_out() -> None:
    left, worked = without_weight_table(read(PAGE.format(a=60, b=120, c=180)), query())
    assert [row.per for row in left] == ["kg"]
    assert len(worked) == 3


@pytest.mark.parametrize("figures", [(60, 120, 250), (90, 120, 180), (600, 1200, 1800)])
def test_one_row_that_does_not_agree_keeps_them_all(figures: tuple[int, int, int]) -> None:
    a, b, c = figures
    assert without_weight_table(read(PAGE.format(a=a, b=b, c=c)), query())[1] == ()


def test_a_weight_is_looked_up_in_the_table() -> None:
    assert without_weight_table(read(PAGE.format(a=60, b=120, c=180)), query("20"))[1] == ()


def test_two_rows_may_agree_by_chance() -> None:
    text = PAGE.format(a=60, b=120, c=180).replace("| 30 | 180 |\n", "")
    assert without_weight_table(read(text), query())[1] == ()


@pytest.mark.parametrize(("band", "amount", "worked"), [("≥ 30", 180, 3), ("≥ 30", 600, 0), ("< 10", 20, 0)])
def test_an_open_band_agrees_at_its_lower_end_alone(band: str, amount: int, worked: int) -> None:
    text = PAGE.format(a=60, b=120, c=amount).replace("| 30 |", f"| {band} |")
    assert len(without_weight_table(read(text), query())[1]) == worked


def test_the_dose_per_kilogram_stands_with_the_chart_that_is_called_for() -> None:
    page = (
        "# Baclofen\n\n- Minute 15: baclofen 6 mg/kg IV\n\nBaclofen load chart\n\n"
        "| kg | mg |\n|---|---|\n| 10 | 60 |\n| 20 | 120 |\n| 30 | 180 |\n"
    )
    rate, *chart = read(page)
    assert with_rates(chart, [rate, *chart], query()) == [*chart, rate]
    assert with_rates(chart, [rate, *chart], query("20")) == chart
    assert with_rates(chart[:2], [rate, *chart[:2]], query()) == chart[:2]
