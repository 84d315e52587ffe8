"""Tables of infusions by the pump: what is asked for as a rate, and what it is for by another place of the page."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PUMPS = """# Continuous infusions

## Pump table

| Medicine | Mix | Start rate | Titrate | Maximum rate |
|---|---|---|---|---|
| Esmolol | 2500 mg in 250 mL | 50 mcg/kg/min | by 25 mcg/kg/min every 5 min | 200 mcg/kg/min |
| Nicardipine | 25 mg in 250 mL | 5 mg/h | by 2.5 mg/h every 15 min | 15 mg/h |
| Procainamide | Withdrawn; no rate is given | Withdrawn; no rate is given | - | - |

## Aortic dissection

1. Esmolol first.
2. Add nicardipine when the pulse is below 60.
3. Never procainamide.
"""
WARFARIN = """# Reversal

- Major bleed: vitamin K 10 mg IV
- INR 5-9, no bleed: omit warfarin, no vitamin K
"""
LADDER = """# Croup

## Step 2 (15 to 30 min)

| Drug | Load | Maximum |
|---|---|---|
| Phenytoin | 20 mg/kg IV | 2000 mg |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("made"), {"infusions": PUMPS, "croup": LADDER, "reversal": WARFARIN})


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("esmolol start rate and max, adult ICU?", "Start rate: 50 mcg/kg/min"),
        ("nicardipine rate?", "Start rate: 5 mg/h"),
        ("what rate of nicardipine do I run", "Start rate: 5 mg/h"),
        ("procainamide infusion rate", "no rate is given"),
    ],
)
def test_a_rate_asked_of_a_drug_is_looked_up(made: Assistant, question: str, held: str) -> None:
    answer = made.ask(question)
    assert answer.status == "answered"
    assert held in answer.text


def test_neither_mix_nor_steps_of_the_rate_are_doses(made: Assistant) -> None:
    assert len(made.ask("nicardipine dose").regimens) == 1


@pytest.mark.parametrize(
    ("question", "worked"), [("esmolol max rate 80 kg", 16000), ("esmolol start rate 80 kg", 4000)]
)
def test_the_maximum_is_worked_out_where_it_is_asked(made: Assistant, question: str, worked: int) -> None:
    assert [done.high for _, done in made.ask(question).computed] == [worked]


def test_a_row_for_anything_is_given_for_what_its_page_gives_the_drug_for(made: Assistant) -> None:
    answer = made.ask("nicardipine rate in aortic dissection")
    assert "5 mg/h" in answer.text
    assert "Add nicardipine" in answer.text
    assert len(answer.citations) == 2


@pytest.mark.parametrize("question", ["procainamide rate in aortic dissection", "esmolol rate in croup"])
def test_what_no_place_of_the_page_gives_the_drug_for_stays_without_a_dose(made: Assistant, question: str) -> None:
    assert not any(each.amount for each in (one.regimen for one in made.ask(question).regimens))


def test_a_heading_with_figures_is_cited_where_it_is_repeated(made: Assistant) -> None:
    answer = made.ask("phenytoin load, 70 kg")
    assert "Step 2 (15 to 30 min)" in answer.text
    assert "20 mg/kg × 70 kg = 1,400 mg" in answer.text


def test_a_place_that_says_not_to_give_a_drug_gives_it_for_nothing(made: Assistant) -> None:
    assert "10 mg" not in made.ask("vitamin K INR 8 no bleeding").text


def test_a_dose_in_words_is_none_for_what_no_page_speaks_of(made: Assistant) -> None:
    assert made.ask("major bleed").status == "answered"
    assert made.ask("bleed in QVZ").status == "not_found"


def test_at_which_rate_of_a_drug_something_is_done_is_no_dose_of_it(made: Assistant) -> None:
    assert not made.ask("at what esmolol rate do we add nicardipine").regimens


USED = """# Siltuximab

## When we use it

- CRS grade 2 or above that persists after two doses of tocilizumab
- ICANS with CRS

Not for isolated neuropathy. Not for sepsis.

## Dose

| Key | Value |
|---|---|
| Dose (adult) | 9 mg/kg IV |
| Cap | 900 mg |

**See also:** [[gene]] | sepsis
"""
GENE = """# Ex vivo gene therapy

Leukodystrophy, beta-thalassaemia, sickle cell disease.
Unlike aplastic anaemia, all are inherited.

## Conditioning

| Weight | Busulfan dose (IV, daily for 4 days) |
|---|---|
| < 16 kg | 4.4 mg/kg |
| 16 to 40 kg | 4.0 mg/kg |
"""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("made"), {"siltuximab": USED, "gene": GENE})


@pytest.mark.parametrize(
    ("question", "amount", "held"),
    [
        ("siltuximab dose adult CRS", "9", "CRS grade 2 or above"),
        ("busulfan mg per day, child 20 kg, thalassaemia", "4.0", "beta-thalassaemia"),
    ],
)
def test_what_a_page_is_about_or_lists_as_its_uses_is_what_its_one_dose_is_for(
    listed: Assistant, question: str, amount: str, held: str
) -> None:
    answer = listed.ask(question)
    assert [str(each.regimen.amount.low) for each in answer.regimens if each.regimen.amount] == [amount]
    assert held in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "siltuximab dose in sepsis",
        "siltuximab dose for neuropathy",
        "siltuximab for psoriasis, dose",
        "busulfan dose in aplastic anaemia, 20 kg",
        "busulfan dose for myeloma 20 kg",
    ],
)
def test_what_a_page_denies_or_does_not_list_has_no_dose(listed: Assistant, question: str) -> None:
    assert not listed.ask(question).regimens


TIMED = """# Rescue

## Second line

- Siltuximab 11 mg/kg IV once.
- Tocilizumab 8 mg/kg IV over 60 min (max 800 mg).
"""


@pytest.mark.parametrize("asked", ["run over how long", "over how many minutes?"])
def test_over_how_long_a_drug_runs_is_told_by_no_dose_without_a_time(tmp_path: Path, asked: str) -> None:
    ask = assistant_over(tmp_path, {"rescue": TIMED}).ask
    assert "over 60 min" in ask(f"tocilizumab {asked}").text
    none = ask(f"siltuximab {asked}")
    assert (none.status, "11 mg" in none.text) == ("not_found", False)
