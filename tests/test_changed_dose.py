"""By how much the dose of a drug is changed beside another one is told by the line on both, and is no dose."""

from pathlib import Path

import pytest

from real_index import assistant_over

PAGE = """# Interactions

## What an azole does to the others

| When you start | Tacrolimus | Sirolimus |
| --- | --- | --- |
| posaconazole | cut to a third, level on day 3 | cut to one tenth |
| voriconazole | cut by half | contraindicated |
| micafungin | kidneys | - |

## Muscle

Simvastatin is contraindicated with ciclosporin and with posaconazole.
"""
DOSES = """# Posaconazole

## Dosing

- Prophylaxis: posaconazole 300 mg daily.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder: Path = tmp_path_factory.mktemp("changed")
    return assistant_over(folder, {"interactions": PAGE, "posaconazole": DOSES})


@pytest.mark.parametrize(
    "question",
    ["posaconazole with tacrolimus how much to drop", "on posaconazole, tacrolimus cut by how much?"],
)
def test_the_cell_of_both_drugs_answers(question: str, assistant) -> None:  # type: ignore[no-untyped-def]
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "cut to a third" in answer.text
    assert "300 mg" not in answer.text


def test_a_cell_that_tells_no_change_does_not(assistant) -> None:  # type: ignore[no-untyped-def]
    answer = assistant.ask("micafungin with tacrolimus how much to reduce")
    assert "third" not in answer.text.split("\n")[0]


OTHERS = """# Doses after transplant

## Tacrolimus

Start at 0.03 mg/kg twice daily. Posaconazole: cut tacrolimus to a third.

## Sirolimus

Posaconazole is contraindicated by its label; we reduce by 90%.
"""
LETERMOVIR = """# Letermovir

## Interactions

Tacrolimus up (cut 40%), voriconazole down.
"""


def test_a_line_below_another_drugs_heading_is_of_that_one(tmp_path: Path) -> None:
    made = assistant_over(tmp_path, {"others": OTHERS, "letermovir": LETERMOVIR})
    assert "90%" not in made.ask("tacrolimus with posaconazole dose change").text
    assert "third" in made.ask("tacrolimus with posaconazole dose change").text
    assert "90%" in made.ask("sirolimus with posaconazole dose change").text
    assert "40%" in made.ask("tacrolimus dose change with letermovir").text
