from decimal import Decimal
from typing import Any

import pytest
from gold_samples import answer, cited, regimen
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.evaluation.doses import (
    asked_back,
    computed_right,
    dose_outcome,
    limit_shown,
    unsupported_figures,
    wrong_dose,
)
from wardbook.evaluation.gold import GoldComputed, GoldDose, GoldItem

GOLD = GoldDose(
    ("zelumab", "zel"),
    Decimal(8),
    Decimal(8),
    "mg",
    "kg",
    None,
    ("IV",),
    (Decimal(12), Decimal(12)),
    Decimal(800),
    "mg",
)


def test_a_drug_is_named_the_same_however_its_parts_are_joined() -> None:
    gold = GoldDose(("zel-otimab",), Decimal(8), Decimal(8), "mg", "kg")
    assert dose_outcome(gold, answer(regimens=[regimen(drug="zel otimab")])) == "right"
    assert dose_outcome(gold, answer(regimens=[regimen(drug="zelotima")])) == "wrong row"


@pytest.mark.parametrize(
    ("first", "outcome"),
    [
        (regimen(), "right"),
        (regimen(amount={"low": "0.008", "high": 0.008, "unit": "g"}), "right"),
        (regimen(drug="Zelumab", route=["SC", "IV"], interval_h=None), "right"),
        (regimen(amount={"low": 8, "high": 8, "unit": "g"}), "wrong unit"),
        (regimen(drug="zel"), "right"),
        (regimen(per=None), "wrong unit"),
        (regimen(per="m2"), "wrong unit"),
        (regimen(80), "wrong row"),
        (regimen(8, 12), "wrong row"),
        (regimen(drug="zelumide"), "wrong row"),
        (regimen(route=["PO"]), "wrong row"),
        (regimen(interval_h=[24, 24]), "wrong row"),
        (regimen(amount=None), "missing"),
    ],
)
def test_the_first_regimen_decides(first: dict[str, Any], outcome: str) -> None:
    assert dose_outcome(GOLD, answer(regimens=[first, regimen()])) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("8 mg/kg IV [1]", "right"),
        ("80 mg/kg IV [1]", "wrong row"),
        ("8 mg IV [1]", "wrong unit"),
        ("see the page [1]", "missing"),
        ("within 12 hours [1]", "missing"),
    ],
)
def test_without_regimens_the_text_decides(text: str, outcome: str) -> None:
    assert dose_outcome(GOLD, answer(text)) == outcome


@pytest.mark.parametrize(
    ("status", "outcome"), [("needs_clarification", "asked"), ("not_found", "declined"), ("missing", "declined")]
)
def test_an_answer_that_gives_none_is_not_a_wrong_dose(status: str, outcome: str) -> None:
    assert dose_outcome(GOLD, answer(status=status, regimens=[regimen(80)])) == outcome


def test_the_maximum_comes_along_in_text_or_in_the_regimen() -> None:
    bare = regimen(max_single=None)
    assert limit_shown(GOLD, answer("8 mg/kg", regimens=[regimen()]))
    assert limit_shown(GOLD, answer("8 mg/kg, max 0.8 g", regimens=[bare]))
    assert limit_shown(GOLD, answer("8 mg/kg, max 80 mg", regimens=[bare])) is False
    assert limit_shown(GoldDose(("zelumab",)), answer("8 mg/kg")) is None


def test_asking_back_needs_a_question() -> None:
    assert asked_back(answer(status="needs_clarification", clarification={"prompt": "which?"}))
    assert not asked_back(answer(status="needs_clarification"))
    assert not asked_back(answer(clarification={"prompt": "which?"}))


@pytest.mark.parametrize(
    ("low", "high", "unit", "capped", "right"),
    [
        (800, 800, "mg", True, True),
        ("0.8", "0.8", "g", True, True),
        (800, 800, "mg", False, False),
        (800.1, 800.1, "mg", True, False),
        (700, 800, "mg", True, False),
        (800, 800, "mg/d", True, True),
        (800, 800, "mg/h", True, False),
    ],
)
def test_a_computed_amount_is_exact(low: object, high: object, unit: str, capped: bool, right: bool) -> None:
    made = {"low": low, "high": high, "unit": unit, "capped": capped, "arithmetic": ""}
    gold = GoldComputed(Decimal(800), Decimal(800), "mg", True)
    assert computed_right(gold, answer(computed=[made])) is right


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Fever: 8 mg/kg IV every 12 hours [1]", []),
        ("Fever: 8 mg/kg IV twice daily [1]", []),
        ("Fever: 80 mg/kg IV [1]", ["80 mg/kg"]),
        ("Fever: 8 mg IV [1]", ["8 mg"]),
        ("Fever: 8 mg/m2 IV [1]", ["8 mg/m2"]),
        ("Fever: 8 mg/kg every 6 hours [1]", ["6 h"]),
        ("Rash: 20-40 mg PO [2]", []),
        ("Rash: 20-40 mg PO [1]", ["20 mg", "40 mg"]),
        ("Fever 8 mg/kg [1] and rash 40 mg [2].", []),
        ("Fever 8 mg/kg [1] and rash 40 mg.", ["40 mg"]),
        ("Rash: 20-40 mg PO [1][2]", []),
        ("For 100 mg as asked", []),
        ("Fever, ASCO 2021 [4]: 8 mg/kg; every 12 hours [1]", []),
        ("Fever, ASCO 2021 [1]: 9 mg/kg [1]", ["9 mg/kg"]),
        ("Fever — Limit in 24 hours: 8 mg/kg [1]", []),
        ("Fever — Limit in 24 hours: 8 mg/kg every 24 hours [1]", ["24 h"]),
        ("- Fever: 8 mg/kg [1].\n- Rash: 40 mg [2]", []),
        ("Fever 8 mg/kg [1]. Rash 20 mg PO [1].", ["20 mg"]),
        ("Minutes: 0-30 — mL/kg/h: 0.3 [1]", []),
    ],
)
def test_a_figure_stands_in_the_quote_that_its_marker_cites(text: str, missing: list[str]) -> None:
    citations = [
        cited(1, "Dosing", "Fever 8 mg/kg IV every 12 hours"),
        cited(2, "Dosing", "Rash 20-40 mg PO daily"),
    ]
    assert unsupported_figures(answer(text, citations=citations, question="100 mg ok?")) == missing


def test_what_the_calculator_shows_is_supported() -> None:
    made = {"low": 560, "high": 560, "unit": "mg", "capped": False, "arithmetic": "8 mg/kg × 70 kg = 560 mg"}
    assert unsupported_figures(answer("8 mg/kg × 70 kg = 560 mg", computed=[made])) == []
    assert unsupported_figures(answer("570 mg", computed=[made])) == ["570 mg"]


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["mg", "g", "mcg", "units"]))
@settings(max_examples=100)
def test_a_changed_figure_never_passes(shown: int, held: int, unit: str) -> None:
    found = unsupported_figures(answer(f"{shown} {unit} [1]", citations=[cited(1, "", f"{held} {unit}")]))
    assert bool(found) == (shown != held)


def item(**fields: Any) -> GoldItem:
    return GoldItem("q1", "dose", "how much?", True, "answered", **fields)


@pytest.mark.parametrize(
    ("gold", "given", "reason"),
    [
        (item(dose=GOLD), answer(regimens=[regimen()]), None),
        (item(dose=GOLD), answer(regimens=[regimen(9)]), "wrong row"),
        (item(computed=GoldComputed(Decimal(800), Decimal(800), "mg", True)), answer(), None),
        (
            item(computed=GoldComputed(Decimal(800), Decimal(800), "mg", True)),
            answer(computed=[{"low": 960, "high": 960, "unit": "mg", "capped": False}]),
            "worked out wrong",
        ),
        (item(verdict="exceeds"), answer(verdict={"result": "within"}), "verdict within, not exceeds"),
        (item(verdict="exceeds"), answer(), None),
        (item(), answer("5 mg"), "unsupported figure 5 mg"),
    ],
)
def test_wrong_doses_are_told_with_their_reason(gold: GoldItem, given: dict[str, Any], reason: str | None) -> None:
    assert wrong_dose(gold, given) == reason
