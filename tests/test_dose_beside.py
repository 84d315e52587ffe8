"""What is only named beside a dose, and doses to prevent beside those to treat."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PARTNERS = """# Letermovir

## Dosing by co-medication

| Co-medication | Dose |
|---|---|
| With cyclosporine | 240 mg PO daily |
| Without cyclosporine (tacrolimus, sirolimus or none) | 480 mg PO daily |
"""
STATUS = """# Status epilepticus

## Refractory

- RSI and intensive care. Zelothal or ketamine for induction (anaesthetist)
- Midazolam 0.2 mg/kg IV

## Alcohol

- Thiamine
  - Prophylaxis: 100 mg IV daily for 3 days, then PO
  - Suspected encephalopathy: 500 mg IV TID for 3 days
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("words"), {"letermovir": PARTNERS, "status": STATUS})


@pytest.mark.parametrize("question", ["sirolimus dose", "zelothal dose", "dose of zelothal in refractory status"])
def test_what_is_only_named_beside_a_dose_has_none(made: Assistant, question: str) -> None:
    assert made.ask(question).status == "not_found"


def test_a_dose_to_prevent_is_no_worse_than_one_to_treat(made: Assistant) -> None:
    found = made.ask("thiamine dose")
    assert found.status == "needs_clarification"
    assert "100 mg" in found.text and "500 mg" in found.text
