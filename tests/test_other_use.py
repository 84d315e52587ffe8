"""Who asks what a drug is for in a few words is shown no dose that is for something else."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

CALM = """# Sedatives

## Doses

| Drug | Indication | Dose | Route | Frequency |
|---|---|---|---|---|
| Clobazam | Convulsive status | 11 mg | IV | every 5 minutes as needed |
| Atovaquone | Toxoplasma prophylaxis | 1,510 mg | PO | every 24 hours |

Clobazam is a sedative: watch the airway of all who have it.
"""
OTHER = """# Sleep

Patients sleep badly on the ward. Earplugs help; lights go out at ten.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("made"), {"calm": CALM, "sleep": OTHER})


@pytest.mark.parametrize(
    "question",
    [
        "clobazam anxiety",
        "clobazam for sleep",
        "clobazam to calm down",
        "clobazam for the shakes",
        "atovaquone to treat toxoplasma",
        "atovaquone for toxoplasma encephalitis, he has it now",
    ],
)
def test_a_dose_for_something_else_is_no_answer(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert "11 mg" not in answer.text
    assert "1,510 mg" not in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("clobazam for convulsive status", "11 mg"),
        ("clobazam status", "11 mg"),
        ("atovaquone toxoplasma prophylaxis", "1,510 mg"),
    ],
)
def test_the_dose_for_what_is_asked_stays(made: Assistant, question: str, said: str) -> None:
    assert said in made.ask(question).text
