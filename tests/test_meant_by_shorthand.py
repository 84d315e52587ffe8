"""Shorthand and names beside the drug whose dose is asked: a product, an infection, a premedication."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

DEPLETION = """# Lymphodepletion

| Regimen | Fludarabine | Cyclophosphamide |
|---|---|---|
| Lymphodepletion before brexu-cel | 30 mg/m2 IV daily | 500 mg/m2 IV daily |
| Lymphodepletion before axi-cel | 25 mg/m2 IV daily | 400 mg/m2 IV daily |
"""
CELLS = (
    "# Products\n\n- brexu-cel (Tecartus): 1 x 10^6 cells/kg IV once\n- axi-cel (Yescarta): 2 x 10^6 cells/kg IV once\n"
)
VIRUS = """# Virus

Influenza: oseltamivir 75 mg BD 5 days; children by weight: ≤15 kg 30 mg BD, 15–23 kg 45 mg BD.
"""
STEPS = """# Step-up

## Premed, before each step dose

- dexamethasone 16 mg PO/IV
- paracetamol 1 g

## CRS

Dexamethasone 10 mg IV every 6 hours.

## Agitation

Dexmedetomidine 0.5 micrograms/kg/h IV.

## Steps

| | Step 1 |
|---|---|
| Teclistamab | 0.06 mg/kg |
"""
FITS = """# Fits

Lorazepam 4 mg IV, once more.

## Second line

Valproate 40 mg/kg IV over 10 minutes.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"depletion": DEPLETION, "products": CELLS, "virus": VIRUS, "step-up": STEPS, "fits": FITS}
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("yescarta cy 1.8 m2", "400 mg/m² × 1.8 m² = 720 mg", "500 mg"),
        ("yescarta flu 1.8 m2", "25 mg/m² × 1.8 m² = 45 mg", "30 mg"),
        ("flu before axi-cel 1.8 m2", "25 mg/m² × 1.8 m² = 45 mg", "oseltamivir"),
        ("flu positive adult oseltamivir dose", "75 mg", "fludarabine"),
        ("oseltamivir for flu", "75 mg", "fludarabine"),
        ("oseltamivir for flu child 20 kg", "oseltamivir 45 mg", "fludarabine"),
        ("dex premed teclistamab", "dexamethasone 16 mg", "10 mg"),
        ("lorazepam failed, valproate 70 kg", "40 mg/kg × 70 kg = 2,800 mg", "4 mg IV"),
    ],
)
def test_the_drug_that_is_meant(made: Assistant, question: str, said: str, unsaid: str) -> None:
    answer = made.ask(question)
    assert said in answer.text and unsaid not in answer.text


def test_a_product_alone_is_its_own_dose(made: Assistant) -> None:
    assert "cells/kg" in made.ask("tecartus dose").text


SHOCK = """# Neutropenic fever

## Which

1. **Septic shock / lactate > 4** – meropenem 2 g stat then 1 g TDS, + amikacin 15 mg/kg once.
2. **Not in shock** – ceftazidime 2 g TDS, + teicoplanin 400 mg once.
"""


@pytest.fixture(scope="module")
def shock(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("shock"), {"fever": SHOCK})


def test_what_a_dash_parts_from_several_doses_says_what_they_are_for(shock: Assistant) -> None:
    assert "15 mg/kg × 70 kg = 1,050 mg" in shock.ask("amikacin septic shock 70 kg").text
    assert "2 g" in shock.ask("meropenem dose in shock").text
    assert not shock.ask("teicoplanin dose in shock").regimens


MINUTES = """# Status

| Min | Drug |
|---|---|
| 5 | lorazepam 4 mg IV |
| 15 | velotrine 60 mg/kg IV (max 4,500 mg) over 10 min |
| 30 | propofol infusion |
"""


def test_a_step_of_minutes_is_no_dose_that_goes_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    pages = {"status": MINUTES, "drugs": "# Drugs\n\n| Drug | Class |\n|---|---|\n| Velotrine | own |\n"}
    text = assistant_over(tmp_path_factory.mktemp("minutes"), pages).ask("velotrine load 70,5 kg").text
    assert "No load dose" not in text and "60 mg/kg × 70.5 kg = 4,230 mg" in text
