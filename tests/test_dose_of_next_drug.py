"""A figure behind the dose of another drug is that one's; what goes on after a gap is chosen by how long it was."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

FITS = """# Fits

## Prophylaxis

| CrCl (mL/min) | Levetiracetam |
|---|---|
| > 50 | 500 mg BID |
| < 30 | 250 mg BID |

Mood change on levetiracetam: switch to lacosamide 100 mg BID. Max 300 mg/day if CrCl < 30.

## Loads

| Drug | Dose |
|---|---|
| Valproate | 40 mg/kg IV |

Max 3 g as one load.

## Mouth pain

Gr 2 oxycodone 5 mg PO q4h; or morphine 15 mg PO. 7.5 mg if > 70.
"""
STEPS = """# Steps

## Missed doses

| Drug | Gap since last dose |
|---|---|
| Zelumab after step 1 | ≤7 days: go on with 0.3 mg/kg; >7 days: start again |
| Zelumab after full dose | ≤62 days: go on; 63–111 days: from 0.3 mg/kg; >111 days: from the start |

## Doses

| Drug | Step 1 | Full |
|---|---|---|
| Zelumab SC | 0.06 mg/kg day 1 | 1.5 mg/kg day 7 |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("next")
    return assistant_over(folder, {"fits": FITS, "steps": STEPS})


def test_a_maximum_behind_another_drug_is_that_ones(made: Assistant) -> None:
    assert "300 mg" not in made.ask("levetiracetam prophylaxis CrCl 20").text
    assert "300 mg" in made.ask("lacosamide CrCl 20").text
    assert "3 g" in made.ask("valproate load").text


def test_a_dose_for_the_old_behind_two_drugs_is_of_the_last(made: Assistant) -> None:
    assert "Read first: 7.5" not in made.ask("oxycodone mouth pain 75 y").text
    assert "Read first: 7.5" in made.ask("morphine mouth pain 75 y").text


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("zelumab missed 70 days, 80 kg", ("start again", "from 0.3 mg/kg"), "24 mg"),
        ("zelumab after step 1, missed 10 days", ("start again",), "63"),
        ("zelumab after step 1, missed 5 days", ("go on with 0.3 mg/kg",), "start again"),
    ],
)
def test_what_goes_on_after_a_missed_time(made: Assistant, question: str, said: tuple[str, ...], not_said: str) -> None:
    text = made.ask(question).text
    assert all(words in text for words in said)
    assert not_said not in text
