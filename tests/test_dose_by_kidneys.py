"""Doses of a table by kidney function, and what the pages say of a drug for bad kidneys elsewhere than in its rows."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

SEIZURES = """# Seizures

## Prophylaxis

Velotrine 750 mg twice daily by mouth from day 0 to day 30.

## Second line

Load: velotrine 60 mg/kg IV. Kidney: the load is not changed.
"""
KIDNEYS = """# Kidneys

## Anticonvulsants

| Velotrine | Dose |
|---|---|
| CrCl ≥80 | 500–1500 mg BD |
| 30–79 | 250–750 mg BD |
| <30 | 250–500 mg BD |
| HD | 500–1000 mg OD |

## Blockers

| Drug | Normal | CrCl <30 |
|---|---|---|
| Brimoxil | – | no change |
| Taranol | per page | do not give |
"""
FUNGI = """# Fungi

## Treatment

Moldazole

- PO: 400 mg BD.
- IV: 6 mg/kg BD. Avoid IV if CrCl <50 (carrier) unless no option.
"""
FEVER = "# Fever\n\n## Storm\n\nBrimoxil 8 mg/kg IV once.\n\n## Depletion\n\nTaranol 30 mg/m2 IV daily for 3 days.\n"
VOCABULARY = "# Drugs\n\n| Drug | Class |\n|---|---|\n" + "".join(
    f"| {name} | own |\n" for name in ("Velotrine", "Brimoxil", "Taranol", "Moldazole")
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"seizures": SEIZURES, "kidneys": KIDNEYS, "fungi": FUNGI, "fever": FEVER, "drugs": VOCABULARY}
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("velotrine CrCl 25", "250–500 mg"),
        ("velotrine CrCl 55", "250–750 mg"),
        ("velotrine prophylaxis CrCl 25", "250–500 mg"),
        ("velotrine maintenance CrCl 25", "250–500 mg"),
        ("velotrine prophylaxis on dialysis", "500–1000 mg"),
        ("brimoxil storm 70 kg CrCl 20", "no change"),
        ("brimoxil storm 70 kg on dialysis", "no change"),
        ("taranol 1.8 m2 depletion CrCl 25", "do not give"),
    ],
)
def test_what_the_pages_say_for_bad_kidneys(made: Assistant, question: str, said: str) -> None:
    answer = made.ask(question)
    assert answer.status == "answered" and said in answer.text and not answer.computed


def test_it_is_told_that_the_table_says_no_setting(made: Assistant) -> None:
    assert "The page does not say that it is for prophylaxis." in made.ask("velotrine prophylaxis CrCl 25").warnings


def test_a_load_is_no_dose_of_that_table(made: Assistant) -> None:
    assert "250" not in made.ask("velotrine load 70 kg CrCl 25").text


def test_an_unchanged_load_does_not_speak_against_a_verdict(made: Assistant) -> None:
    assert made.ask("is velotrine 1 g bd ok CrCl 25").text.startswith("Exceeds")
    assert made.ask("is velotrine 250 mg bd ok CrCl 25").text.startswith("Within")


def test_an_exclusion_by_kidneys_excludes_nobody_whose_kidneys_are_not_told(made: Assistant) -> None:
    assert "6 mg/kg × 70 kg = 420 mg" in made.ask("moldazole IV 70 kg").text
    assert "Avoid IV if CrCl" in made.ask("moldazole IV 70 kg CrCl 40").text
    assert not made.ask("moldazole IV 70 kg CrCl 40").computed
