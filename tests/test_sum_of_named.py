"""An amount that the question names is worked out, whichever of the rows that give it is meant."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Before the cells

## Lymphodepletion

| Product | Fludarabine | Cyclophosphamide | Days |
| --- | --- | --- | --- |
| one-cel | 30 mg/m2 IV | 500 mg/m2 IV | -5, -4, -3 |
| two-cel | 30 mg/m2 IV | 900 mg/m2 IV | -4, -3, -2 |
| three-cel | 25 mg/m2 IV | 250 mg/m2 IV | -4, -3, -2 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("sum"), {"before": PAGE})


def test_the_amount_named_is_worked_out(assistant: Assistant) -> None:
    answer = assistant.ask("fludarabine 30 mg/m2 bsa 1.8 how much")
    assert answer.status == "answered"
    assert "30 mg/m2 × 1.8 m² = 54 mg" in answer.text.replace("mg/m²", "mg/m2")
    assert "25 mg" not in answer.text


def test_none_is_chosen_where_no_amount_is_named(assistant: Assistant) -> None:
    assert assistant.ask("fludarabine bsa 1.8 how much").status == "needs_clarification"


@pytest.mark.parametrize("question", ["cyclophosphamide dose before car-t", "cy dose pre cart"])
def test_what_goes_before_the_cells_is_lymphodepletion(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "needs_clarification"
    assert "900 mg/m2" in answer.text.replace("mg/m²", "mg/m2")


PROTOCOLS = """# Conditioning

| Protocol | Busulfan | Days |
| --- | --- | --- |
| Bu-Cy | 3.1 mg/kg IV OD | -7, -6, -5, -4 |
| Flu-Bu | 3.1 mg/kg IV OD | -4, -3 |

| Protocol | Thiotepa | Days |
| --- | --- | --- |
| TBF | 5.1 mg/kg IV OD | -7, -6 |
| TT | 5.1 mg/kg IV BD | -5 |

| Protocol | Melphalan |
| --- | --- |
| BEAM | 140 mg/m2 IV |
| Mel | 200 mg/m2 IV |
"""


def test_an_amount_that_all_protocols_give_is_worked_out_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    ask = assistant_over(tmp_path_factory.mktemp("all"), {"conditioning": PROTOCOLS}).ask
    answer = ask("busulfan dose for 70 kg")
    assert answer.status == "answered", answer.text
    assert "3.1 mg/kg × 70 kg = 217 mg" in answer.text
    assert "Flu-Bu" in answer.text
    assert ask("thiotepa dose for 70 kg").status == "needs_clarification"  # once and twice a day
    assert ask("melphalan dose bsa 1.8").status == "needs_clarification"
    assert ask("busulfan dose").status == "needs_clarification"  # nothing to work out
