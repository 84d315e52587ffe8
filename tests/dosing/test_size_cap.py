from decimal import Decimal

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.compute import Computed, compute
from wardbook.dosing.drug import drug_names
from wardbook.dosing.patient import Patient
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.size_cap import read_size_cap


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("Melphalan uses actual weight BSA capped at 2.2 m2.", "2.2", "m2"),
        ("Cap BSA at 2 m2.", "2", "m2"),
        ("Maximum BSA 2.0 m²", "2.0", "m2"),
        ("Body surface area is limited to 2 m2.", "2", "m2"),
        ("Weight capped at 100 kg", "100", "kg"),
        ("Max dosing weight: 120 kg", "120", "kg"),
        ("Dose by ABW, ceiling **110 kg**.", "110", "kg"),
        ("Above 110 kg use 110 kg.", "110", "kg"),
    ],
)
def test_a_bound_on_weight_or_surface_is_read(words: str, value: str, unit: str) -> None:
    limit = read_size_cap(words)
    assert limit is not None
    assert (limit.value, limit.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "words",
    [
        "BSA is not capped at 2 m2",
        "Never cap BSA at 2 m2.",
        "max 2 mg/kg",
        "Dose capped at 2 mg",
        "max 2 g/m2",
        "BSA 2 m2",
    ],
)
def test_what_bounds_an_amount_or_nothing_is_none(words: str) -> None:
    assert read_size_cap(words) is None


PAGE = """# Conditioning

## Overview

%s

## A

| Drug | Dose |
|---|---|
| Melphalan | 140 mg/m2 IV once |
| Fludarabine | 30 mg/m2 IV once |
"""


def worked_out(sentence: str, bsa: str) -> dict[str, tuple[Decimal, bool]]:
    document = read_document((PAGE % sentence).encode(), "conditioning")
    done = {
        each.drug: compute(each, Patient(bsa_m2=Decimal(bsa)))
        for each in read_regimens(document, drug_names([document]))
    }
    return {drug: (each.high, each.capped) for drug, each in done.items() if isinstance(each, Computed)}


def test_a_bound_at_the_head_of_a_page_binds_the_doses_of_the_drug_that_it_names() -> None:
    done = worked_out("Melphalan uses actual weight. Melphalan BSA capped at 2.2 m2.", "2.5")
    assert done == {"melphalan": (Decimal(308), True), "fludarabine": (Decimal(75), False)}


def test_one_that_names_no_drug_binds_all_doses_by_surface() -> None:
    done = worked_out("Cap BSA at 2 m2.", "2.5")
    assert done == {"melphalan": (Decimal(280), True), "fludarabine": (Decimal(60), True)}


@pytest.mark.parametrize("sentence", ["Cap BSA at 2.5 m2.", "Do not cap BSA at 2 m2.", "In obesity cap BSA at 2 m2."])
def test_a_bound_that_is_not_reached_denied_or_for_some_only_changes_nothing(sentence: str) -> None:
    assert worked_out(sentence, "2.5")["melphalan"] == (Decimal(350), False)
