"""Figures in words: no error-prone notation of the ISMP, and nothing that is not in the regimen."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import settings as fuzz
from hypothesis import strategies as st

from wardbook.server import wording

figures = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(10_000_000), places=3)
units = st.sampled_from(["mg", "g", "ug", "[iU]", "mL", "meq", "mmol", "cells", "{tablet}"])
FORBIDDEN = re.compile(r"\.\d*0(?!\d)|(?<!\d)\.\d|\d{4}(?!\d*,)|\b(?:IU|U|QD|QOD|SQ|cc)\b|[µ@&<>/]|\d[a-zA-Z]")


@fuzz(max_examples=500)
@given(figures, figures, units, st.sampled_from([None, "kg", "m2"]), st.sampled_from([None, "d", "h", "min"]))
def test_no_error_prone_notation_is_composed(
    low: Decimal, high: Decimal, unit: str, per: str | None, per_time: str | None
) -> None:
    words = wording.quantity(low, high, unit, per, per_time)
    assert not FORBIDDEN.search(words.replace("m²", "m2").replace("m2", "")), words
    shown = [Decimal(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*(?:\.\d+)?", words.replace("m²", ""))]
    assert shown == ([low] if low == high else [low, high])


def test_a_figure_and_its_unit_never_part() -> None:
    assert wording.quantity(5, 10, "mg", "kg", "d") == "5\u00a0to\u00a010\u00a0mg per\u00a0kg per\u00a0day"
    assert wording.quantity(1, 1, "[iU]") == "1\u00a0unit"
    assert wording.quantity(5000, 5000, "[iU]") == "5,000\u00a0units"


def test_intervals() -> None:
    assert wording.interval([24, 24]) == "once daily (every 24 hours)"
    assert wording.interval([6, 12]) == "every 6 to 12 hours"
    assert wording.interval([168, 168]) == "every 7 days"
    assert wording.interval([1, 1]) == "every hour"
    assert wording.interval(["0.5", "0.5"]) == "every 30 minutes"
    assert wording.interval(None) == ""


def test_a_band_keeps_its_edges() -> None:
    band = {"quantity": "weight", "low": 30, "low_inclusive": True, "high": None, "high_inclusive": False, "unit": "kg"}
    assert wording.condition(band) == "weight at least 30 kg"
    assert wording.condition(band | {"low_inclusive": False}) == "weight more than 30 kg"
    assert wording.condition(band | {"low": None, "high": 30}) == "weight less than 30 kg"
    assert wording.condition(None) == ""


def test_a_schedule_without_an_interval_never_hides_the_interval() -> None:
    rows = dict(wording.rows({"interval_h": [12, 12], "schedule": "from day 2 (or fever) to at least day 10"}))
    assert rows["How often"] == "every 12 hours; from day 2 (or fever) to at least day 10"
    rows = dict(wording.rows({"interval_h": [8, 8], "schedule": "every 12 hours"}))
    assert rows["How often"] == "every 8 hours; every 12 hours"


def test_a_card_tells_the_pages_own_words_of_how_often_and_every_note() -> None:
    regimen = {
        "amount": None, "interval_h": [8, 8], "schedule": "no sooner than every 8 hours", "notes": ["off-label"],
        "route": ["SC", "IV"], "max_single": {"value": 800, "unit": "mg"}, "max_doses": 1,
    }  # fmt: skip
    rows = dict(wording.rows(regimen))
    assert rows["How often"] == "no sooner than every 8 hours"
    assert rows["Note"] == "off-label"
    assert rows["Route"] == "subcutaneous or intravenous (IV)"
    assert rows["Maximum"] == "800\u00a0mg per dose; 1 dose in all"
    assert wording.dose(regimen) == ""
    assert set(rows) == {"Route", "How often", "Maximum", "Note"}
